//! What was found in others' code that loses, repeats or floods, and that Kith does none of it: each
//! story says whose it is. That a crash at any other moment changes nothing is in `crash`, and what
//! else a button does weeks later in `answers`.

use serde_json::json;

use crate::kit::{Pass, Program, Town, at};

/// reminder-rs sends a reminder and deletes its row after that, so one that dies in between sends it
/// again. Here the letter that arrived is found, however long Kith was gone.
#[tokio::test]
async fn killed_before_the_answer_was_read_the_letter_is_found_and_not_sent_again() {
    let (town, wire, kith) = Program::in_a_town().await;
    let ana = town.ana_with_a_nudge().await;

    wire.lets(Pass::NoAnswers);
    tokio::join!(town.passes("1h"), kith.dies_once_held(&wire));
    assert_eq!(ana.letters().await.len(), 1);

    wire.lets(Pass::All);
    let before = town.sandbox.requests_since(0).len() as u64;
    let kith = Program::run_over(&town, &wire.url).await;
    // Beyond the minutes in which Discord compares nonces.
    town.passes("1h").await;
    assert_eq!(ana.letters().await.len(), 1);
    assert_eq!(town.looks_since(before), 1, "it was looked for once");
    kith.dies().await;
    let before = town.sandbox.requests_since(0).len() as u64;
    let _kith = Program::run_over(&town, &wire.url).await;
    town.passes("1h").await;
    assert_eq!((ana.letters().await.len(), town.looks_since(before)), (1, 0), "and noted");
    town.close().await;
}

/// RemindmeBot deletes a reminder and sends it after that, so one that dies in between loses it.
/// Here the letter stays in the outbox until it is known to have arrived.
#[tokio::test]
async fn killed_before_the_letter_reached_discord_it_is_sent_after_the_restart() {
    let (town, wire, kith) = Program::in_a_town().await;
    let ana = town.ana_with_a_nudge().await;

    wire.lets(Pass::NoRequests);
    tokio::join!(town.passes("1h"), kith.dies_once_held(&wire));
    assert!(ana.letters().await.is_empty());

    wire.lets(Pass::All);
    let _kith = Program::run_over(&town, &wire.url).await;
    town.passes("1s").await;
    assert_eq!(ana.letters().await.len(), 1);
    town.close().await;
}

/// RemindmeBot keeps a snooze in memory for 500 seconds, and its buttons go with the process. Here a
/// snooze is in the store before it is said, and a button needs nothing but the store.
#[tokio::test]
async fn a_snooze_outlives_kills_and_buttons_work_weeks_later() {
    let town = Town::without_kith().await;
    let kith = Program::run(&town).await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace every: 1 week").await;
    town.passes("7d").await;
    let nudge = ana.latest().await;
    kith.dies().await;

    let kith = Program::run(&town).await;
    let menu = ana.presses(&nudge, "Snooze").await;
    kith.dies().await;
    let kith = Program::run(&town).await;
    let snoozed = ana.chooses(&menu.message(), "In 3 days").await;
    kith.dies().await;
    assert_eq!(snoozed.message().times()[0], at("2033-03-11T09:00:00Z"));

    let kith = Program::run(&town).await;
    town.passes("3d").await;
    assert_eq!(ana.letters().await.len(), 2, "it came back");
    let again = ana.latest().await;
    town.passes("42d").await;
    kith.dies().await;

    let _kith = Program::run(&town).await;
    assert_eq!(ana.letters().await.len(), 2, "what is not answered comes no second time");
    let form = ana.presses(&again, "Done").await;
    let done = ana.fills(&form, &[("What happened", "lunch")]).await;
    assert!(done.text().starts_with("**Done:** **Grace**. “lunch”"), "{}", done.text());
    assert_eq!(done.message().times()[0], at("2033-04-29T08:00:00Z"), "a week later, in summer time");
    town.close().await;
}

/// Monica sends a mail for each thing that was missed. Here what fell due while Kith was not running
/// comes as one message.
///
/// docs/nudges.md: standstill, standstill-repeat
#[tokio::test]
async fn down_for_three_days_what_was_missed_comes_once_and_nothing_twice() {
    let mut town = Town::open().await;
    let ana = town.member("Ana").await;
    let id = ana.id.clone();
    ana.runs("/nudge me about: the talk when: tomorrow").await;
    ana.runs("/nudge me about: the plants when: every day").await;
    ana.runs("/connection add name: Grace every: 2 days").await;
    town.stop().await;
    town.post("/clock", json!({"jump": "3d"})).await;
    town.start().await;
    town.passes("1s").await;
    let firsts = async |town: &Town| {
        let letters = town.with_id(&id).letters().await;
        letters.iter().map(|letter| letter.first().to_owned()).collect::<Vec<_>>()
    };
    // One message, and it says since when.
    let missed = ["**3 nudges today**: the talk, the plants, Grace"];
    assert_eq!(firsts(&town).await, missed);
    insta::assert_snapshot!("after_three_days", town.with_id(&id).latest().await.seen());
    for _ in 0..2 {
        town.restart().await;
        town.passes("1h").await;
        assert_eq!(firsts(&town).await, missed);
    }
    town.passes("1d").await;
    assert_eq!(firsts(&town).await.len(), 2, "the plants, again");
    town.close().await;
}
