//! Organizers look back on a round, and members on theirs.

use serde_json::Value;

use super::MORNINGS;
use crate::kit::{Answer, Person, Town};

/// Names that would do harm where they are not taken as text.
const NASTY: [&str; 9] = [
    "=HYPERLINK(\"http://e.org\")",
    "**Bo** @everyone",
    "</text><script>",
    "Dee, \"D\"",
    "-2+3",
    "Ünï #1",
    "+44 Fay",
    "@here",
    "שלום",
];

impl Town {
    /// The files that came with an answer, by name.
    pub async fn files(&self, answer: &Answer) -> Vec<(String, Vec<u8>)> {
        let message = answer.message();
        let mut files = Vec::new();
        for it in message.json["attachments"].as_array().unwrap() {
            let bytes =
                self.client.get(it["url"].as_str().unwrap()).send().await.unwrap().bytes().await.unwrap();
            files.push((it["filename"].as_str().unwrap().to_owned(), bytes.to_vec()));
        }
        files
    }
}

pub fn file<'a>(files: &'a [(String, Vec<u8>)], name: &str) -> &'a [u8] {
    &files.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no {name}")).1
}

/// Each row of a table, by its head.
pub fn rows(csv: &[u8]) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().from_reader(csv);
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// Nine people with such names in circles of three, whose round has ended and who were asked how it was.
async fn circles_that_end<'a>(town: &'a Town, olga: &Person<'a>) -> Vec<Person<'a>> {
    let board = olga.opens_round("=Spring, \"2033\"", "circles of 3 to 4").await;
    let mut people = Vec::new();
    for name in NASTY {
        let person = town.member(name).await;
        person.signs_up(&board, "Sign up", &["Rust"], &MORNINGS).await;
        people.push(person);
    }
    town.passes("8d").await;
    let groups = olga.runs("/organize preview").await.message();
    let asked = olga.presses(&groups, "Publish").await.message();
    olga.presses(&asked, "Publish").await;
    town.passes("10s").await;
    town.passes("15d").await;
    for person in &people[..2] {
        person.presses(&person.letter("did you meet").await, "Yes").await;
    }
    people[2].presses(&people[2].letter("did you meet").await, "Not yet").await;
    town.passes("28d").await;
    for (person, how) in people.iter().zip(["4", "5 · very well", "3 · so-so"]) {
        person.presses(&person.letter("How is it going?").await, how).await;
    }
    town.passes("41d").await;
    people
}

#[tokio::test]
async fn an_organizer_reads_how_a_round_went_with_a_picture_and_files() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let early = olga.runs("/organize report").await;
    assert!(early.text().contains("No round of this server has groups yet"), "{}", early.text());
    let people = circles_that_end(&town, &olga).await;

    // Two answers are too few to show: one could tell whose they are.
    for (person, learned) in people.iter().zip(["=1+1", "[x](http://e.org) **bold**"]) {
        let asked = person.asked_how_it_was().await;
        person.says(&asked, "I would do it again", "The organizers, without my name", learned, "").await;
    }
    let few = olga.runs("/organize report").await;
    insta::assert_snapshot!("few", few.message().seen());
    let text = String::from_utf8(file(&town.files(&few).await, "spring-2033-report.csv").to_vec()).unwrap();
    assert!(!text.contains("1+1") && !text.contains("bold"), "{text}");

    let rest = [
        ("I would do it again", "The organizers, with my name", "@everyone reads this", "Time"),
        ("Perhaps I would do it again", "The organizers, without my name", "", "<@1> & co"),
        ("I would not do it again", "The organizers, with my name", "-3 days, \"quoted\"\nsecond line", ""),
    ];
    for (person, (again, open, learned, valued)) in people[2..].iter().zip(rest) {
        let asked = person.asked_how_it_was().await;
        person.says(&asked, again, open, learned, valued).await;
    }
    town.passes("7d").await;
    let report = olga.runs("/organize report").await;
    insta::assert_snapshot!("report", report.message().seen());
    assert_eq!(
        report.message().json["embeds"][0]["image"]["url"].as_str().map(|it| it.ends_with("report.png")),
        Some(true)
    );
    let files = town.files(&report).await;
    let picture = file(&files, "report.png");
    assert!(picture.starts_with(b"\x89PNG"));
    if let Some(folder) = std::env::var_os("PICTURES_TO") {
        std::fs::write(std::path::Path::new(&folder).join("story.png"), picture).unwrap();
    }
    let csv = file(&files, "spring-2033-report.csv");
    insta::assert_snapshot!("report_csv", String::from_utf8(csv.to_vec()).unwrap());
    let figures: Value = serde_json::from_slice(file(&files, "spring-2033-report.json")).unwrap();
    assert_eq!(figures["figures"]["answered"], 5);
    assert_eq!(figures["figures"]["again"], serde_json::json!([3, 1, 1]));
    assert_eq!(figures["round"]["name"], "=Spring, \"2033\"");

    let ana = people[0].runs("/organize report").await;
    assert!(ana.text().contains("Rounds are run by") && town.files(&ana).await.is_empty(), "{}", ana.text());
    town.close().await;
}

#[tokio::test]
async fn an_export_has_all_that_an_organizer_may_see_and_no_more() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let board = olga.opens_round("Spring", "pairs").await;
    let (ana, bo) = (town.member(NASTY[0]).await, town.member(NASTY[1]).await);
    for person in [&ana, &bo] {
        person.signs_up(&board, "Sign up", &["Rust"], &MORNINGS).await;
    }
    let cy = town.member("Cy").await;
    let form = ana.presses(&board, "My sign-up").await.message();
    let form = ana.presses(&form, "Edit").await.message();
    ana.chooses_in(&form, "Whom must you not be with? Nobody is told.", &[&cy.id]).await;
    let export = olga.runs("/organize export").await;
    assert!(export.message().is_private());
    let files = town.files(&export).await;
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "spring-export.json",
            "spring-sign-ups.csv",
            "spring-groups.csv",
            "spring-check-ins.csv",
            "spring-feedback.csv"
        ]
    );
    for (name, bytes) in &files {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(
            !text.contains(&cy.id) && !text.contains("avoid") && !text.contains("wish"),
            "{name}: {text}"
        );
    }
    let sign_ups = rows(file(&files, "spring-sign-ups.csv"));
    let who: Vec<&str> = sign_ups.iter().map(|row| row["name"].as_str()).collect();
    assert_eq!(who, [format!("'{}", NASTY[0]).as_str(), NASTY[1]]);
    assert_eq!(sign_ups[0]["topics"], "Rust");
    let all: Value = serde_json::from_slice(file(&files, "spring-export.json")).unwrap();
    assert_eq!(all["sign_ups"][0]["name"], NASTY[0]);

    let refused = ana.runs("/organize export").await;
    assert!(refused.text().contains("Rounds are run by") && town.files(&refused).await.is_empty());
    town.close().await;
}

#[tokio::test]
async fn a_member_reads_their_own_rounds_and_nobody_elses() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let nobody = town.member("Zoe").await;
    let none = nobody.runs("/mentorship history").await;
    assert!(none.text().contains("You have not taken part in a round yet"), "{}", none.text());
    let people = circles_that_end(&town, &olga).await;
    let asked = people[0].asked_how_it_was().await;
    people[0].says(&asked, "I would do it again", "The organizers, without my name", "**much**", "").await;
    let history = people[0].runs("/mentorship history").await;
    assert!(history.message().is_private());
    let text = history.text();
    assert!(text.contains("You took part in one round") && text.contains(r"\*\*much\*\*"), "{text}");
    assert!(text.contains("With **"), "{text}");
    let theirs = people[1].runs("/mentorship history").await.text();
    assert!(!theirs.contains("much"), "{theirs}");
    town.close().await;
}
