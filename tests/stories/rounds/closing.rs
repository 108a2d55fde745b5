//! A round ends: people say how it was, mentors read what they may, threads are put away.

use serde_json::{Value, json};

use super::MORNINGS;
use crate::kit::{Message, Person, Town};

/// A mentor with three mentees, whose round of twelve weeks runs.
pub async fn a_group_that_runs<'a>(town: &'a Town, olga: &Person<'a>, names: &[&str]) -> Vec<Person<'a>> {
    town.lets_kith_give_roles().await;
    let draft = olga.drafts_round("Spring", "one mentor with up to 3 mentees").await;
    let more = olga.presses(&draft, "More settings").await.message();
    let options = "Private channels, mentors' consent, a role at the end";
    let more = olga.chooses_in(&more, options, &["Whoever took part gets a role at the end"]).await.message();
    let draft = olga.presses(&more, "Back").await.message();
    let opened = olga.presses(&draft, "Open sign-up").await;
    assert!(opened.text().contains("sign-up is open"), "{}", opened.text());
    let board = town.board(olga).await;
    let mut people = Vec::new();
    for (nth, name) in names.iter().enumerate() {
        let person = town.member(name).await;
        let how = if nth == 0 { "Sign up as mentor" } else { "Sign up as mentee" };
        person.signs_up(&board, how, &["Rust"], &MORNINGS).await;
        people.push(person);
    }
    town.passes("8d").await;
    let groups = olga.runs("/organize preview").await.message();
    let asked = olga.presses(&groups, "Publish").await.message();
    olga.presses(&asked, "Publish").await;
    town.passes("10s").await;
    assert!(olga.latest().await.first().contains("the round is running"), "{}", olga.latest().await.first());
    people
}

impl Town {
    /// Kith may manage the roles of the server that stand below its own.
    pub async fn lets_kith_give_roles(&self) {
        let manage_roles = 1_u64 << 28;
        let body = json!({"name": "Kith's", "permissions": manage_roles.to_string()});
        let role = self.post(&format!("/guilds/{}/roles", self.guild), body).await;
        let kith = self.get("/world").await["bot"]["id"].as_str().unwrap().to_owned();
        let path = format!("/guilds/{}/members/{kith}/roles", self.guild);
        self.post(&path, json!({"add": [role["id"]]})).await;
    }

    /// A text with people's names where they are mentioned.
    fn named(&self, people: &[(&Person<'_>, &str)], text: String) -> String {
        people.iter().fold(text, |text, (person, name)| text.replace(&format!("<@{}>", person.id), name))
    }

    /// The roles of somebody in the server, by name.
    pub async fn roles_of(&self, person: &Person<'_>) -> Vec<String> {
        let path = format!("/guilds/{}/members/{}", self.guild, person.id);
        let member = self.as_kith_gets(&path).await;
        let all = self.as_kith_gets(&format!("/guilds/{}/roles", self.guild)).await;
        let all = all
            .as_array()
            .unwrap()
            .iter()
            .filter(|role| member["roles"].as_array().unwrap().contains(&role["id"]));
        all.map(|role| role["name"].as_str().unwrap().to_owned()).collect()
    }

    async fn as_kith_gets(&self, path: &str) -> Value {
        let url = format!("{}/api/v10{path}", self.sandbox.url());
        let token = format!("Bot {}", self.sandbox.token());
        let sent = self.client.get(url).header("Authorization", token).send().await.unwrap();
        sent.error_for_status().unwrap().json().await.unwrap()
    }
}

impl Person<'_> {
    /// The last message that asks how the round was.
    pub async fn asked_how_it_was(&self) -> Message {
        let all = self.letters().await;
        let firsts: Vec<String> = all.iter().map(|it| it.first().to_owned()).collect();
        let found = all.into_iter().rev().find(|it| it.buttons().iter().any(|it| it == "Say how it was"));
        found.unwrap_or_else(|| panic!("not asked: {firsts:?}"))
    }

    /// Says how the round was.
    pub async fn says(
        &self,
        asked: &Message,
        again: &str,
        open: &str,
        learned: &str,
        valued: &str,
    ) -> Message {
        self.chooses_in(asked, "Would you do it again?", &[again]).await;
        self.chooses_in(asked, "Who may read your words?", &[open]).await;
        let form = self.presses(asked, "Say how it was").await;
        let fields = [("What you learned", learned), ("What you valued", valued)];
        self.fills(&form, &fields).await.message()
    }
}

#[tokio::test]
async fn a_round_ends_and_each_says_how_it_was_in_their_own_way() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let people = a_group_that_runs(&town, &olga, &["Mia", "Ana", "Bo", "Cy"]).await;
    let [mia, ana, bo, cy] = &people[..] else { panic!() };
    let names = [(mia, "Mia"), (ana, "Ana"), (bo, "Bo"), (cy, "Cy")];
    town.passes("84d").await;
    let asked = ana.asked_how_it_was().await;
    insta::assert_snapshot!("asked", town.named(&names, asked.seen()));
    let thread = ana.threads().await[0]["id"].as_str().unwrap().to_owned();
    let said = ana.reads(&thread).await.pop().unwrap();
    assert!(said.first().contains("**Spring** is over: thank you all"), "{}", said.first());
    assert_eq!(town.roles_of(ana).await, ["Spring"]);
    assert_eq!(town.roles_of(mia).await, ["Spring"]);

    let noted = ana
        .says(
            &asked,
            "I would do it again",
            "My mentor too, and with my name",
            "**To ask** @everyone",
            "=1+1 Mia's patience",
        )
        .await;
    insta::assert_snapshot!("noted", town.named(&names, noted.seen()));
    let asked = bo.asked_how_it_was().await;
    bo.says(
        &asked,
        "Perhaps I would do it again",
        "My mentor too, without my name",
        "That I talk too fast",
        "",
    )
    .await;
    let told = mia.letters().await.len();
    assert!(mia.asked_how_it_was().await.lines().contains(&"The organizers, with my name".to_owned()));

    // Cy is reminded, once; the others are not.
    town.passes("4d").await;
    let reminded =
        |all: Vec<Message>| all.iter().filter(|it| it.first().contains("You can say it until")).count();
    assert_eq!(reminded(cy.letters().await), 1);
    assert_eq!(reminded(ana.letters().await), 0);
    assert_eq!(reminded(mia.letters().await), 1, "she has not answered either");
    let first = cy.letters().await.into_iter().find(|it| it.first().contains("How was it?")).unwrap();
    cy.says(
        &first,
        "I would not do it again",
        "Only the organizers, without my name",
        "Nothing to be shown",
        "",
    )
    .await;
    assert_eq!(mia.letters().await.len(), told + 1, "nothing of what was said is shown before the end");

    town.passes("3d").await;
    let read = mia.latest().await;
    insta::assert_snapshot!("read_by_the_mentor", town.named(&names, read.seen()));
    assert!(!read.text().contains("Nothing to be shown") && !read.text().contains("Bo"));
    let closed = olga.latest().await;
    assert_eq!(closed.first(), "**Spring** is closed: 3 of 4 said how it was.");
    let thread = town.as_kith_gets(&format!("/channels/{thread}")).await;
    assert_eq!(thread["thread_metadata"]["archived"], json!(true));
    assert!(town.board(&olga).await.first().contains("**Spring** is over"));

    // Who comes later is told, and keeps what they typed.
    let late = mia.asked_how_it_was().await;
    let answer = mia.presses(&late, "Say how it was").await;
    assert!(answer.text().contains("is closed, so I can't take any more"), "{}", answer.text());
    town.close().await;
}

#[tokio::test]
async fn one_stays_in_touch_with_a_press_and_undoes_it_as_anywhere() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let people = a_group_that_runs(&town, &olga, &["Mia", "Ana"]).await;
    let [mia, ana] = &people[..] else { panic!() };
    town.passes("84d").await;
    let asked = ana.asked_how_it_was().await;
    let saved = ana.presses(&asked, "Stay in touch: Mia").await;
    assert!(saved.text().starts_with("Saved **Mia**"), "{}", saved.text());
    let card = ana.runs(&format!("/connection show who: <@{}>", mia.id)).await.text();
    assert!(card.contains("mentor") && card.contains("in Spring") && card.contains("4 weeks"), "{card}");
    let again = ana.presses(&asked, "Stay in touch: Mia").await;
    assert!(again.text().contains("already"), "{}", again.text());
    ana.presses(&saved.message(), "Undo").await;
    let card = ana.runs("/connection show who: Mia").await;
    assert!(!card.text().contains("in Spring"), "{}", card.text());
    let asked = mia.asked_how_it_was().await;
    mia.presses(&asked, "Stay in touch: Ana").await;
    let card = mia.runs("/connection show who: Ana").await.text();
    assert!(card.contains("mentee") && card.contains("2 weeks"), "{card}");
    // An only mentee is known by what they write, so there is no way to be unnamed.
    let lines = ana.asked_how_it_was().await.lines();
    assert!(!lines.iter().any(|it| it.contains("My mentor too, without")), "{lines:?}");
    town.close().await;
}

#[tokio::test]
async fn an_organizer_ends_a_round_early_takes_it_back_and_ends_the_wait() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let people = a_group_that_runs(&town, &olga, &["Mia", "Ana"]).await;
    let ana = &people[1];
    let stranger = ana.runs("/organize close").await;
    assert!(stranger.text().contains("Rounds are run by"), "{}", stranger.text());
    let ask = olga.runs("/organize close").await.message();
    let closes = olga.presses(&ask, "End it now").await.message();
    town.passes("1m").await;
    let back = olga.presses(&closes, "Undo").await;
    assert!(back.text().contains("goes on"), "{}", back.text());
    town.passes("1h").await;
    assert!(!ana.letters().await.iter().any(|it| it.first().contains("How was it?")));

    let ask = olga.runs("/organize close").await.message();
    let closes = olga.presses(&ask, "End it now").await.message();
    town.passes("2m10s").await;
    let asked = ana.asked_how_it_was().await;
    let late = olga.presses(&closes, "Undo").await;
    assert!(late.text().contains("have gone out"), "{}", late.text());
    ana.says(&asked, "I would do it again", "My mentor too, and with my name", "A lot", "All of it").await;

    let ask = olga.runs("/organize close").await.message();
    assert!(ask.text().contains("1 of 2 have answered"), "{}", ask.text());
    olga.presses(&ask, "Close it now").await;
    town.passes("10s").await;
    assert!(people[0].latest().await.text().contains("**Ana**"), "{}", people[0].latest().await.text());
    // Nothing comes of the entries that were planned: no reminder, no second end.
    let letters = (people[0].letters().await.len(), olga.letters().await.len());
    town.passes("90d").await;
    assert_eq!((people[0].letters().await.len(), olga.letters().await.len()), letters);
    let over = olga.runs("/organize close").await;
    assert!(over.text().contains("There is no round here for that now"), "{}", over.text());
    town.close().await;
}

#[tokio::test]
async fn where_the_role_is_refused_the_organizer_reads_why_and_mends_it() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let people = a_group_that_runs(&town, &olga, &["Mia", "Ana"]).await;
    let refused = json!({
        "kind": "status", "route": "POST /guilds/{guild.id}/roles", "status": 403, "count": 1,
        "body": {"code": 50013, "message": "Missing Permissions"},
    });
    town.post("/faults", refused).await;
    town.passes("84d").await;
    let told: Vec<Message> = olga.letters().await;
    let told: Vec<&Message> =
        told.iter().filter(|it| it.first().contains("did not let me give the role")).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].text().contains("Manage Roles"), "{}", told[0].text());
    assert!(town.roles_of(&people[0]).await.is_empty());
    olga.presses(told[0], "Try again").await;
    town.passes("10s").await;
    for person in &people {
        assert_eq!(town.roles_of(person).await, ["Spring"]);
    }
    town.close().await;
}

#[tokio::test]
async fn who_left_on_the_way_is_not_asked_and_who_is_gone_from_the_server_troubles_nobody() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let people = a_group_that_runs(&town, &olga, &["Mia", "Ana", "Bo", "Cy"]).await;
    let [mia, ana, bo, cy] = &people[..] else { panic!() };
    town.passes("15d").await;
    mia.presses(&mia.letter("did you meet").await, "Yes").await;
    let leave = cy.runs("/mentorship leave").await.message();
    cy.presses(&leave, "Leave").await;
    town.passes("68d20h").await;
    town.post(&format!("/guilds/{}/leave", town.guild), json!({"user": bo.id})).await;
    town.passes("6h").await;
    assert!(!cy.letters().await.iter().any(|it| it.first().contains("How was it?")));
    assert!(town.roles_of(cy).await.is_empty());
    let asked = ana.asked_how_it_was().await;
    assert!(asked.text().contains("You met once.") && !asked.text().contains("Cy"), "{}", asked.text());
    assert_eq!(town.roles_of(ana).await, ["Spring"]);
    let told: Vec<String> = olga.letters().await.iter().map(|it| it.first().to_owned()).collect();
    assert!(!told.iter().any(|it| it.contains("did not let me give the role")), "{told:?}");
    let report = olga.runs("/organize report").await.text();
    assert!(report.contains("1 of 1 met") && report.contains("left along the way"), "{report}");
    let history = cy.runs("/mentorship history").await.text();
    assert!(history.contains("You left along the way."), "{history}");
    town.close().await;
}
