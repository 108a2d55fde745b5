//! Kith is killed, at the worst moments and at any: each nudge arrives once. Two more such moments are in `peers`.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use crate::kit::{Pass, Program, Town};

#[tokio::test]
async fn an_answer_that_is_lost_on_the_way_brings_no_second_letter() {
    let (town, wire, kith) = Program::in_a_town().await;
    let ana = town.ana_with_a_nudge().await;

    wire.lets(Pass::NoAnswers);
    let cut = async {
        wire.holds_more_than(0).await;
        wire.is_cut();
        wire.lets(Pass::All);
    };
    tokio::join!(town.passes("1h"), cut);
    town.passes("1h").await;
    assert_eq!(ana.letters().await.len(), 1);
    kith.says("a letter did not arrive").await;
    kith.dies().await;
    let before = town.sandbox.requests_since(0).len() as u64;
    let _kith = Program::run_over(&town, &wire.url).await;
    town.passes("1h").await;
    assert_eq!((ana.letters().await.len(), town.looks_since(before)), (1, 0));
    town.close().await;
}

#[tokio::test]
async fn killed_before_somebody_was_answered_what_they_asked_for_is_done() {
    let (town, wire, kith) = Program::in_a_town().await;
    let ana = town.member("Ana").await;
    town.passes("1s").await;

    wire.lets(Pass::NoRequests);
    let (answer, ()) = tokio::join!(ana.runs("/connection add name: Grace"), kith.dies_once_held(&wire));
    assert_eq!(answer.json()["interaction"]["failed"], "The application did not respond");

    wire.lets(Pass::All);
    let _kith = Program::run_over(&town, &wire.url).await;
    let list = ana.runs("/connection list").await;
    assert!(list.text().contains("Grace"), "{}", list.text());
    town.close().await;
}

#[tokio::test]
async fn what_kith_says_is_saved_outlives_any_kill() {
    let town = Town::without_kith().await;
    let ana = town.stranger("Ana").await;
    for name in ["Bo", "Chi", "Dan", "Eve", "Fay"] {
        let kith = Program::run(&town).await;
        let saved = ana.runs(&format!("/connection add name: {name}")).await;
        kith.dies().await;
        assert!(saved.text().starts_with(&format!("Saved **{name}**.")), "{}", saved.text());
    }
    let _kith = Program::run(&town).await;
    let list = ana.runs("/connection list").await;
    for name in ["Bo", "Chi", "Dan", "Eve", "Fay"] {
        assert!(list.text().contains(name), "{}", list.text());
    }
    town.close().await;
}

#[tokio::test]
async fn a_request_that_arrives_after_the_restart_brings_no_second_letter() {
    let (town, wire, kith) = Program::in_a_town().await;
    let ana = town.ana_with_a_nudge().await;

    wire.lets(Pass::NoRequests);
    let killed = async {
        wire.holds_more_than(0).await;
        kith.dies().await;
    };
    tokio::join!(town.passes("1h"), killed);
    let _kith = Program::run(&town).await;
    town.passes("1s").await;
    assert_eq!(ana.letters().await.len(), 1);
    let sends = |town: &Town| {
        let calls = town.sandbox.requests_since(0);
        calls.iter().filter(|call| call.route == "POST /channels/{channel.id}/messages").count()
    };
    let before = sends(&town);
    wire.lets(Pass::All);
    town.sees(|| sends(&town) > before).await;
    assert_eq!(ana.letters().await.len(), 1, "Discord knows it by its nonce");
    town.close().await;
}

/// docs/nudges.md: once
#[tokio::test]
async fn killed_25_times_with_letters_in_flight_each_nudge_arrives_once() {
    const KILLS: usize = 25;
    /// In an hour, in which some are of one person.
    const AT_ONCE: usize = 7;
    const NUDGES: usize = AT_ONCE * (KILLS + 1);
    let mut town = Town::open().await;
    let mut people = Vec::new();
    for name in ["Ana", "Bo", "Chi", "Dan", "Eve"] {
        let person = town.member(name).await;
        person.runs("/settings digest: each").await;
        people.push(person.id);
    }
    for n in 0..NUDGES {
        let person = town.with_id(&people[n % people.len()]);
        let when = format!("in {} hours", 1 + n / AT_ONCE);
        let planned = person.runs(&format!("/nudge me about: thing {n} when: {when}")).await;
        assert!(planned.text().starts_with("I'll remind you"), "{}", planned.text());
    }
    town.stop().await;

    let arrived = async |town: &Town| {
        let mut all = BTreeMap::new();
        for id in &people {
            for letter in town.with_id(id).letters().await {
                // What is late comes as one message.
                let text = letter.text();
                let things: BTreeSet<String> = text
                    .split("thing ")
                    .skip(1)
                    .map(|rest| rest.chars().take_while(char::is_ascii_digit).collect())
                    .collect();
                for thing in things {
                    *all.entry(thing).or_insert(0_usize) += 1;
                }
            }
        }
        all
    };
    // The first hour passes in peace, and tells how long sending takes here and now.
    let kith = Program::run(&town).await;
    let began = Instant::now();
    town.passes("1h").await;
    let whole = began.elapsed();
    kith.dies().await;
    assert_eq!(arrived(&town).await.len(), AT_ONCE);

    let mut in_flight = 0;
    for kill in 0..KILLS {
        let kith = Program::run(&town).await;
        let moment = whole.mul_f64(rand::random_range(0.0..1.0));
        let killed = async {
            tokio::time::sleep(moment).await;
            kith.dies().await;
        };
        let before = arrived(&town).await.len();
        tokio::join!(town.passes("1h"), killed);
        let after = arrived(&town).await.len();
        in_flight += usize::from(before < after && after < AT_ONCE * (kill + 2));
    }
    let _kith = Program::run(&town).await;
    town.passes("1h").await;
    let all = arrived(&town).await;
    assert_eq!(all.len(), NUDGES, "none is missing: {all:#?}");
    assert!(all.values().all(|times| *times == 1), "none came twice: {all:#?}");
    assert!(in_flight >= 3, "only {in_flight} of {KILLS} kills were in the middle of sending");
    town.close().await;
}
