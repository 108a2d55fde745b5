//! A round runs: groups are reminded, asked whether they met, and asked half-way how it is going.

use serde_json::json;

use super::MORNINGS;
use crate::kit::{Message, Person, Town};

/// How somebody signs up.
pub const PEER: &str = "Sign up";
pub const MENTOR: &str = "Sign up as mentor";
pub const MENTEE: &str = "Sign up as mentee";

/// A round of such a shape runs, with these people; each came with their topic.
pub async fn runs<'a>(
    town: &'a Town,
    olga: &Person<'a>,
    shape: &str,
    people: &[(&str, &str, &str)],
) -> Vec<Person<'a>> {
    let board = olga.opens_round("Spring", shape).await;
    runs_by(town, olga, &board, people).await
}

/// A round runs in which these people sign up on its board.
pub async fn runs_by<'a>(
    town: &'a Town,
    olga: &Person<'a>,
    board: &Message,
    people: &[(&str, &str, &str)],
) -> Vec<Person<'a>> {
    let mut all = Vec::new();
    for (name, how, topic) in people {
        let person = town.member(name).await;
        person.signs_up(board, how, &[topic], &MORNINGS).await;
        all.push(person);
    }
    town.passes("8d").await;
    olga.publishes().await;
    all
}

impl Person<'_> {
    /// Their group's thread.
    pub async fn thread(&self) -> String {
        let threads = self.threads().await;
        threads.last().unwrap_or_else(|| panic!("no thread"))["id"].as_str().unwrap().to_owned()
    }

    /// What Kith said last in a room.
    pub async fn last_in(&self, room: &str) -> String {
        self.reads(room).await.pop().unwrap().text()
    }

    /// Their letters whose first line holds something.
    pub async fn letters_with(&self, part: &str) -> Vec<Message> {
        let mut all = self.letters().await;
        all.retain(|letter| letter.first().contains(part));
        all
    }

    /// The one letter whose first line holds something.
    pub async fn letter(&self, part: &str) -> Message {
        let mut all = self.letters_with(part).await;
        let said: Vec<String> = self.letters().await.iter().map(|it| it.first().to_owned()).collect();
        assert_eq!(all.len(), 1, "{part}: {said:?}");
        all.remove(0)
    }
}

/// A text with people by name.
fn named(text: &str, people: &[Person<'_>], names: &[&str], room: &str) -> String {
    let mut text = text.replace(room, "room");
    for (person, name) in people.iter().zip(names) {
        text = text.replace(&person.id, name);
    }
    text
}

#[tokio::test]
async fn each_is_asked_once_after_a_meeting_and_can_say_something_else() {
    let mut town = Town::open().await;
    {
        let olga = town.organizer("Olga").await;
        let people = runs(&town, &olga, "pairs", &[("Ana", PEER, "Rust"), ("Bo", PEER, "Rust")]).await;
        let [ana, bo] = &people[..] else { unreachable!() };
        let room = ana.thread().await;
        // Before the meeting the group is reminded, with times that would do.
        town.passes("12d").await;
        let reminded = ana.reads(&room).await.pop().unwrap();
        assert!(reminded.first().contains("no time is agreed on"), "{}", reminded.first());
        assert!(!reminded.lines().is_empty());
        assert!(ana.letters_with("did you meet").await.is_empty());
        town.passes("3d").await;
        let asked = ana.letter("did you meet").await;
        insta::assert_snapshot!("check_in", named(&asked.seen(), &people, &["Ana", "Bo"], &room));
        bo.letter("did you meet").await;
        let said = ana.presses(&asked, "Not yet").await.message();
        assert!(said.buttons().contains(&"Suggest a time".to_owned()), "{}", said.text());
        let again = ana.presses(&said, "Change").await.message();
        let said = ana.presses(&again, "Yes").await.message();
        assert_eq!(said.first(), "Noted: you met.");
        let mine = ana.runs("/mentorship mine").await.message();
        assert!(mine.text().contains("1. you met"), "{}", mine.text());
        insta::assert_snapshot!("mine_running", named(&mine.seen(), &people, &["Ana", "Bo"], &room));
    }
    // Nothing is asked twice, whatever happens meanwhile.
    town.restart().await;
    town.passes("1d").await;
    let ana = town.person("Ana").await;
    ana.letter("Noted: you met").await;
    assert!(ana.letters_with("did you meet").await.is_empty());
    town.close().await;
}

#[tokio::test]
async fn what_was_agreed_is_reminded_of_and_asked_about_after_it() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let people = runs(&town, &olga, "pairs", &[("Ana", PEER, "Rust"), ("Bo", PEER, "Rust")]).await;
    let [ana, bo] = &people[..] else { unreachable!() };
    let room = ana.thread().await;
    let intro = ana.reads(&room).await.remove(0);
    let last = intro.lines().pop().unwrap();
    ana.chooses(&intro, &last).await;
    town.passes("1m").await;
    let at = ana.reads(&room).await.pop().unwrap().times()[0];
    let now: jiff::Timestamp = town.get("/clock").await["now"].as_str().unwrap().parse().unwrap();
    let before = at - jiff::SignedDuration::from_hours(23);
    town.passes(&format!("{}s", before.duration_since(now).as_secs())).await;
    let reminded = ana.last_in(&room).await;
    assert!(reminded.contains("you meet"), "{reminded}");
    assert!(bo.letters_with("did you meet").await.is_empty());
    town.passes("1d4h").await;
    bo.letter("did you meet").await;
    // The planned day brings nothing more about this one; the next is asked about on its own day.
    town.passes("10d").await;
    bo.letter("did you meet").await;
    town.passes("10d").await;
    assert_eq!(bo.letters_with("did you meet").await.len(), 2);
    town.close().await;
}

#[tokio::test]
async fn half_way_each_is_asked_how_it_is_going_with_a_number_and_a_word() {
    let mut town = Town::open().await;
    {
        let olga = town.organizer("Olga").await;
        let people = runs(&town, &olga, "pairs", &[("Ana", PEER, "Rust"), ("Bo", PEER, "Rust")]).await;
        town.passes("43d").await;
        let asked = people[0].letter("half-way").await;
        insta::assert_snapshot!("pulse", asked.seen());
        let said = people[0].presses(&asked, "4").await;
        let form = people[0].presses(&said.message(), "Add a word").await;
        let said = people[0].fills(&form, &[("What works, what doesn't?", "*good* talks")]).await.message();
        insta::assert_snapshot!("pulse_said", said.seen());
        // Somebody else's buttons are nobody's.
        let (status, _) =
            town.tries("/click", json!({"as": people[1].id, "message": said.id, "button": "Change"})).await;
        assert!(status >= 400);
    }
    town.restart().await;
    town.passes("2d").await;
    let bo = town.person("Bo").await;
    bo.letter("half-way").await;
    town.close().await;
}

#[tokio::test]
async fn a_standstill_of_weeks_brings_one_check_in_and_not_three() {
    let mut town = Town::open().await;
    {
        let olga = town.organizer("Olga").await;
        runs(&town, &olga, "pairs", &[("Ana", PEER, "Rust"), ("Bo", PEER, "Rust")]).await;
    }
    town.stop().await;
    town.post("/clock", json!({"advance": "44d"})).await;
    town.start().await;
    town.passes("1h").await;
    let ana = town.person("Ana").await;
    let asked = ana.letter("did you meet").await;
    assert!(asked.text().contains("meeting 3 of"), "{}", asked.text());
    town.close().await;
}
