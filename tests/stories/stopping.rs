//! Kith is asked to stop: it finishes what is in flight, and leaves.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::kit::{Pass, Program, Town, Wire};

#[tokio::test]
async fn a_letter_in_flight_is_finished_and_noted() {
    let (town, wire, kith) = Program::in_a_town().await;
    let ana = town.ana_with_a_nudge().await;

    wire.lets(Pass::NoAnswers);
    let stopped = async {
        wire.holds_more_than(0).await;
        kith.gets("TERM");
        kith.says("stopping").await;
        wire.lets(Pass::All);
        kith.ends().await
    };
    let (_, ended) = tokio::join!(town.passes("1h"), stopped);
    assert_eq!(ended.status.code(), Some(0), "{}", ended.said);
    assert_eq!(ana.letters().await.len(), 1);

    let before = town.sandbox.requests_since(0).len();
    let _kith = Program::run(&town).await;
    town.passes("1h").await;
    assert_eq!(ana.letters().await.len(), 1);
    let asked = town.sandbox.requests_since(before as u64);
    assert!(asked.iter().all(|call| !call.path.ends_with("/messages")), "nothing was left to look for");
    town.close().await;
}

#[tokio::test]
async fn somebody_who_waits_for_an_answer_gets_it() {
    let (town, wire, kith) = Program::in_a_town().await;
    let ana = town.member("Ana").await;
    town.passes("1s").await;

    wire.lets(Pass::NoRequests);
    let held = wire.held();
    let stopped = async {
        wire.holds_more_than(held).await;
        kith.gets("TERM");
        kith.says("stopping").await;
        wire.lets(Pass::All);
        kith.ends().await
    };
    let (answer, ended) = tokio::join!(ana.runs("/connection add name: Grace"), stopped);
    assert!(answer.text().starts_with("Saved **Grace**."), "{}", answer.text());
    assert_eq!(ended.status.code(), Some(0), "{}", ended.said);
    town.close().await;
}

#[tokio::test]
async fn a_second_signal_leaves_at_once() {
    let (town, wire, kith) = Program::in_a_town().await;
    let ana = town.ana_with_a_nudge().await;

    wire.lets(Pass::NoAnswers);
    let stopped = async {
        wire.holds_more_than(0).await;
        kith.gets("TERM");
        kith.says("stopping").await;
        let began = Instant::now();
        kith.gets("INT");
        let ended = kith.ends().await;
        (ended, began.elapsed())
    };
    let (_, (ended, took)) = tokio::join!(town.passes("1h"), stopped);
    assert_eq!(ended.status.code(), Some(1), "{}", ended.said);
    assert!(took < Duration::from_secs(2), "{took:?}");

    wire.lets(Pass::All);
    let _kith = Program::run(&town).await;
    town.passes("1h").await;
    assert_eq!(ana.letters().await.len(), 1);
    town.close().await;
}

#[tokio::test]
async fn what_hangs_is_left_after_ten_seconds() {
    let (town, wire, kith) = Program::in_a_town().await;
    town.ana_with_a_nudge().await;
    wire.lets(Pass::NoAnswers);
    let stopped = async {
        wire.holds_more_than(0).await;
        let began = Instant::now();
        kith.gets("TERM");
        let ended = kith.ends().await;
        (ended, began.elapsed())
    };
    let (_, (ended, took)) = tokio::join!(town.passes("1h"), stopped);
    assert_eq!(ended.status.code(), Some(0), "{}", ended.said);
    assert!(took < Duration::from_secs(11), "{took:?}");
    town.close().await;
}

#[tokio::test]
async fn with_nothing_to_do_it_leaves_at_once_and_well() {
    let town = Town::without_kith().await;
    for signal in ["TERM", "INT"] {
        let kith = Program::run(&town).await;
        let began = Instant::now();
        kith.gets(signal);
        let ended = kith.ends().await;
        assert_eq!(ended.status.code(), Some(0), "{}", ended.said);
        assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
        let kiths = ended.said.lines().filter(|line| line.contains(" kith::"));
        assert!(kiths.clone().all(|line| line.contains(" INFO ")), "{}", ended.said);
    }
    town.close().await;
}

#[tokio::test]
async fn it_works_and_stops_though_nobody_reads_its_log() {
    let town = Town::without_kith().await;
    let mut kith = Program::run(&town).await;
    kith.loses_its_reader().await;
    let ana = town.member("Ana").await;
    town.post(&format!("/users/{}/dms", ana.id), json!({"open": false})).await;
    ana.runs("/nudge me about: the talk when: in 1 hour").await;
    // What cannot be sent is logged.
    town.passes("1h").await;
    let list = ana.runs("/nudge list").await;
    assert!(list.text().contains("Your DMs are closed to me"), "{}", list.text());
    kith.gets("TERM");
    assert_eq!(kith.ends().await.status.code(), Some(0));
    town.close().await;
}

#[tokio::test]
async fn it_can_be_stopped_while_discord_is_away() {
    let town = Town::without_kith().await;
    let wire = Wire::to(&town.sandbox.url()).await;
    wire.lets(Pass::NoAnswers);
    let kith = Program::start(&town, &["run"], &[("KITH_DISCORD_API_URL", &wire.url)]);
    wire.holds_more_than(0).await;
    let began = Instant::now();
    kith.gets("TERM");
    let ended = kith.ends().await;
    assert_eq!(ended.status.code(), Some(0), "{}", ended.said);
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    town.close().await;
}

#[tokio::test]
async fn a_wrong_token_is_told_and_ends_it() {
    let town = Town::without_kith().await;
    let kith = Program::start(&town, &["run"], &[("DISCORD_TOKEN", "not-the-token")]);
    let ended = kith.ends().await;
    assert_eq!(ended.status.code(), Some(1), "{}", ended.said);
    assert!(
        ended.said.contains("Discord does not know this token (401): set DISCORD_TOKEN"),
        "{}",
        ended.said
    );
    assert!(!ended.said.contains("not-the-token"), "{}", ended.said);
    town.close().await;
}
