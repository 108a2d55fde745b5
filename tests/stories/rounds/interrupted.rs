//! Groups are published while Kith is killed again and again: every thread is made once, every message comes once.

use std::collections::BTreeMap;

use serde_json::Value;

use super::MORNINGS;
use crate::kit::{Pass, Person, Program, Town, Wire};

/// How often Kith is killed.
const KILLS: u32 = 12;
/// How many pairs are made.
const PAIRS: usize = 12;

/// A round of pairs whose groups are found, with Kith in this process.
async fn found(town: &Town, pairs: usize) -> (Person<'_>, Vec<String>) {
    let olga = town.organizer("Olga").await;
    let board = olga.opens_round("Spring", "pairs").await;
    let mut people = Vec::new();
    for nth in 0..pairs * 2 {
        let person = town.member(&format!("Person {nth}")).await;
        person.signs_up(&board, "Sign up", &["Rust"], &MORNINGS).await;
        people.push(person.id);
    }
    // DM channels are opened a few at a time.
    town.passes("8d").await;
    olga.runs("/organize preview").await;
    (olga, people)
}

/// How many threads each of these people is in, and how many messages about their group they got.
async fn counted(town: &Town, people: &[String]) -> (Vec<usize>, Vec<usize>) {
    let (mut threads, mut letters) = (Vec::new(), Vec::new());
    for id in people {
        let person = town.with_id(id);
        threads.push(person.threads().await.len());
        let all = person.letters().await;
        letters.push(all.iter().filter(|it| it.first().contains("your group is there")).count());
    }
    (threads, letters)
}

/// The round's threads in the sandbox, by name: also those that nobody is in.
fn made(town: &Town) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    for call in town.sandbox.requests_since(0) {
        if call.route == "POST /channels/{channel.id}/threads" && call.status < 300 {
            let name = call.response["name"].as_str().map(ToOwned::to_owned);
            *all.entry(name.unwrap_or_default()).or_insert(0) += 1;
        }
    }
    all
}

#[tokio::test]
async fn killed_while_groups_are_made_each_thread_and_each_message_is_there_once() {
    let mut town = Town::open().await;
    let (olga, people) = found(&town, PAIRS).await;
    let olga = olga.id;
    town.stop().await;

    let wire = Wire::to(&town.sandbox.url()).await;
    let mut kith = Program::run_over(&town, &wire.url).await;
    let organizer = town.with_id(&olga);
    let asked = organizer.runs("/organize publish").await.message();
    organizer.presses(&asked, "Publish").await;
    for kill in 0..KILLS {
        // In turn before a request reaches Discord, and after it took effect and before Kith knows.
        wire.lets(if kill % 2 == 0 { Pass::NoAnswers } else { Pass::NoRequests });
        tokio::join!(town.passes("1s"), kith.dies_once_held(&wire));
        wire.lets(Pass::All);
        kith = Program::run_over(&town, &wire.url).await;
    }
    town.passes("5m").await;
    let (threads, letters) = counted(&town, &people).await;
    assert!(threads.iter().all(|count| *count == 1), "{threads:?}");
    assert!(letters.iter().all(|count| *count == 1), "{letters:?}");
    let made = made(&town);
    assert_eq!(made.len(), PAIRS, "{made:?}");
    assert!(made.values().all(|count| *count == 1), "{made:?}");
    let looks = town.sandbox.requests_since(0);
    let looks = looks.iter().filter(|it| it.method == "GET" && it.path.contains("/threads/active")).count();
    assert!(looks > 0, "no kill fell into the making of a thread");
    let told = town.with_id(&olga).letters().await;
    let done = told.iter().filter(|it| it.first().contains("the round runs")).count();
    assert_eq!(done, 1);
    for id in &people {
        let person = town.with_id(id);
        let thread = person.threads().await[0]["id"].as_str().unwrap().to_owned();
        assert_eq!(person.reads(&thread).await.len(), 1, "introduced once");
    }
    kith.dies().await;
    town.close().await;
}

#[tokio::test]
async fn many_groups_come_out_at_discords_pace_and_the_board_counts() {
    let pairs = std::env::var("KITH_TEST_GROUPS").map_or(40, |given| given.parse().unwrap());
    let mut town = Town::without_kith().await;
    town.sends(200);
    town.start().await;
    let (olga, people) = found(&town, pairs).await;
    let limits: Value = serde_json::json!({"global_per_second": 50, "enforce": true});
    town.post("/limits", limits).await;
    let asked = olga.runs("/organize publish").await.message();
    let begun = olga.presses(&asked, "Publish").await;
    assert!(begun.text().contains(&format!("of {pairs} groups are made")), "{}", begun.text());
    town.passes("10m").await;
    let (threads, letters) = counted(&town, &people).await;
    assert!(threads.iter().all(|count| *count == 1), "{threads:?}");
    assert!(letters.iter().all(|count| *count == 1), "{letters:?}");
    assert_eq!(made(&town).len(), pairs);
    assert!(town.board(&olga).await.first().contains("**Spring** runs"));
    town.close().await;
}
