//! Groups are published, and a round ends, while Kith is killed again and again: every thread and every role is made
//! once, every message comes once.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::MORNINGS;
use crate::kit::{Pass, Person, Program, Town, Wire};

/// How often Kith is killed.
const KILLS: u32 = 12;
/// How long something to send is waited for.
const PATIENCE: Duration = Duration::from_secs(8);
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
        letters.push(all.iter().filter(|it| it.first().contains("your group is ready")).count());
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

/// Kith is killed again and again, each time as soon as a request is on the wire: in turn after it took effect and before
/// Kith knows, and before it reaches Discord. Until there is something to send it takes so long;
/// once nothing more is sent it lives.
pub async fn killed(town: &Town, wire: &Wire, mut kith: Program, (kills, until): (u32, &str)) -> Program {
    for kill in 0..kills {
        let before = wire.held();
        wire.lets(if kill % 2 == 0 { Pass::NoAnswers } else { Pass::NoRequests });
        let is_held = async {
            let held = tokio::time::timeout(PATIENCE, wire.holds_more_than(before)).await.is_ok();
            if held {
                kith.dies().await;
                wire.is_cut();
                None
            } else {
                wire.lets(Pass::All);
                Some(kith)
            }
        };
        let (_, left) = tokio::join!(town.passes(if kill == 0 { until } else { "1s" }), is_held);
        wire.lets(Pass::All);
        if let Some(kith) = left {
            assert!(kill > 0, "nothing was sent");
            return kith;
        }
        kith = Program::run_over(town, &wire.url).await;
    }
    kith
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
    let done = told.iter().filter(|it| it.first().contains("the round is running")).count();
    assert_eq!(done, 1);
    for id in &people {
        let person = town.with_id(id);
        let thread = person.threads().await[0]["id"].as_str().unwrap().to_owned();
        assert_eq!(person.reads(&thread).await.len(), 1, "introduced once");
    }
    kith.dies().await;
    town.close().await;
}

/// A round of pairs with a role at the end, which an organizer has just ended by hand.
async fn ended(town: &Town, pairs: usize) -> Vec<String> {
    town.lets_kith_give_roles().await;
    let olga = town.organizer("Olga").await;
    let draft = olga.drafts_round("Spring", "pairs").await;
    let more = olga.presses(&draft, "More settings").await.message();
    let menu = "Private channels, mentors' consent, a role at the end";
    let more = olga.chooses_in(&more, menu, &["Whoever took part gets a role at the end"]).await.message();
    let draft = olga.presses(&more, "Back").await.message();
    olga.presses(&draft, "Open sign-up").await;
    let board = town.board(&olga).await;
    let mut people = Vec::new();
    for nth in 0..pairs * 2 {
        let person = town.member(&format!("Person {nth}")).await;
        person.signs_up(&board, "Sign up", &["Rust"], &MORNINGS).await;
        people.push(person.id);
    }
    town.passes("8d").await;
    olga.publishes().await;
    let ask = olga.runs("/organize close").await.message();
    olga.presses(&ask, "End it now").await;
    town.passes("1m").await;
    people
}

#[tokio::test]
async fn killed_while_a_round_ends_each_is_asked_once_and_has_the_role_once() {
    const PAIRS: usize = 6;
    let mut town = Town::open().await;
    let people = ended(&town, PAIRS).await;
    town.stop().await;
    let wire = Wire::to(&town.sandbox.url()).await;
    let kith = Program::run_over(&town, &wire.url).await;
    let before = town.sandbox.requests_since(0).last().unwrap().seq;
    let kith = killed(&town, &wire, kith, (4, "61s")).await;
    town.passes("5m").await;
    for id in &people {
        let person = town.with_id(id);
        person.letter("How was it?").await;
        assert_eq!(town.roles_of(&person).await, ["Spring"]);
        let said = person.reads(&person.thread().await).await;
        assert_eq!(said.iter().filter(|it| it.first().contains("thank you all")).count(), 1);
    }
    let calls = town.sandbox.requests_since(before);
    let made = |route: &str| calls.iter().filter(|it| it.route == route && it.status < 300).count();
    assert_eq!(made("POST /guilds/{guild.id}/roles"), 1, "one role for all");

    // Threads are put away, and nobody is told twice that the round is closed.
    let threads = threads(&town, &people).await;
    town.passes("6d23h50m").await;
    let kith = killed(&town, &wire, kith, (2, "10m")).await;
    town.passes("5m").await;
    kith.dies().await;
    for thread in threads {
        let seen = town.as_kith("GET", &format!("/channels/{thread}"), Value::Null).await;
        assert_eq!(seen["thread_metadata"]["archived"], true);
    }
    let olga = town.person("Olga").await;
    olga.letter("is over: 12 people are asked").await;
    olga.letter("is closed: 0 of 12").await;
    for id in &people {
        town.with_id(id).letter("You can say it until").await;
    }
    town.close().await;
}

/// The threads that these people are in.
async fn threads(town: &Town, people: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    for id in people {
        all.push(town.with_id(id).thread().await);
    }
    all.sort();
    all.dedup();
    all
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
    assert!(town.board(&olga).await.first().contains("**Spring** is running"));
    town.close().await;
}
