//! A mentor goes silent: the mentees are told kindly, the organizer gets another one as one click.

use super::running::{MENTEE, MENTOR, runs};
use crate::kit::Town;

#[tokio::test]
async fn a_silent_mentor_is_replaced_with_one_click() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    // Three mentors for two mentees: one of them waits.
    let people = [
        ("Max", MENTOR, "Rust"),
        ("Mia", MENTOR, "Rust"),
        ("Moe", MENTOR, "Rust"),
        ("Ana", MENTEE, "Rust"),
        ("Bo", MENTEE, "Rust"),
    ];
    let people = runs(&town, &olga, "one mentor and one mentee", &people).await;
    let (mentors, ana) = (&people[..3], &people[3]);
    let room = ana.thread().await;
    let mut theirs = None;
    let mut waits = None;
    for mentor in mentors {
        match mentor.threads().await.first() {
            Some(thread) if thread["id"] == room.as_str() => theirs = Some(mentor),
            None => waits = Some(mentor),
            Some(_) => {}
        }
    }
    let (mentor, new) = (theirs.unwrap(), waits.unwrap());
    town.passes("15d").await;
    let asked = ana.letter("did you meet").await;
    ana.presses(&asked, "Not yet").await;
    // Everybody else answers.
    for person in mentors.iter().chain([&people[4]]).filter(|it| it.id != mentor.id && it.id != new.id) {
        let asked = person.letter("did you meet").await;
        person.presses(&asked, "Yes").await;
    }
    town.passes("12d").await;
    assert!(ana.letters_with("quiet for a while").await.is_empty());
    town.passes("3d").await;
    ana.letter("quiet for a while").await;
    let asked = olga.letter("the mentor of group").await;
    assert!(asked.text().contains("would lose their place"), "{}", asked.text());
    assert!(asked.text().contains("comes in from the wait list"), "{}", asked.text());
    olga.presses(&asked, "Do it").await;
    town.passes("1m").await;
    mentor.letter("your place has gone to somebody else").await;
    assert!(mentor.threads().await.is_empty());
    new.letter("you have a place in a group").await;
    assert_eq!(new.thread().await, room);
    let mine = ana.runs("/mentorship mine").await;
    assert!(mine.text().contains("your mentor"), "{}", mine.text());
    // Nothing of it comes again.
    town.passes("3d").await;
    ana.letter("quiet for a while").await;
    olga.letter("done, approved by").await;
    assert!(olga.letters_with("has no mentor").await.is_empty());
    town.close().await;
}

#[tokio::test]
async fn a_mentor_whose_group_met_is_not_silent() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let people =
        runs(&town, &olga, "one mentor and one mentee", &[("Max", MENTOR, "Rust"), ("Ana", MENTEE, "Rust")])
            .await;
    town.passes("15d").await;
    let asked = people[1].letter("did you meet").await;
    people[1].presses(&asked, "Yes").await;
    town.passes("16d").await;
    assert!(people[1].letters_with("quiet for a while").await.is_empty());
    assert!(olga.letters_with("has no mentor").await.is_empty());
    town.close().await;
}
