//! The gateway is disturbed: Kith connects anew and goes on, or says why it cannot.

use std::time::Duration;

use discord_sandbox::Disturbance;
use serde_json::{Value, json};

use crate::kit::{Program, Town};

/// The one connection.
async fn connection(town: &Town) -> Option<Value> {
    let gateway = town.get("/gateway").await;
    gateway["connections"].as_array().unwrap().first().cloned()
}

/// Disturbs the connection; what Ana does next works all the same.
async fn survives(how: Disturbance, resumes: bool) {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let before = connection(&town).await.unwrap();
    assert_eq!(before["resumed"], false);
    town.sandbox.disturb(how);
    let anew = async {
        loop {
            match connection(&town).await {
                Some(now) if now["resumed"] == true || now["since"] != before["since"] => return now,
                _ => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    };
    let now = tokio::time::timeout(Duration::from_secs(20), anew).await.unwrap();
    assert_eq!(now["resumed"], resumes, "{how:?}");

    let saved = ana.runs("/connection add name: Grace every: 1 week").await;
    assert!(saved.text().starts_with("Saved **Grace**."), "{}", saved.text());
    town.passes("7d").await;
    let nudge = ana.latest().await;
    let skipped = ana.presses(&nudge, "Skip").await;
    assert!(skipped.text().starts_with("**Skipped:**"), "{}", skipped.text());
    town.close().await;
}

#[tokio::test]
async fn asked_to_reconnect_it_resumes() {
    survives(Disturbance::Reconnect, true).await;
}

#[tokio::test]
async fn cut_off_it_resumes() {
    survives(Disturbance::Cut, true).await;
}

#[tokio::test]
async fn closed_with_a_passing_error_it_resumes() {
    survives(Disturbance::Close(4000), true).await;
}

#[tokio::test]
async fn told_that_its_session_may_be_resumed_it_resumes() {
    survives(Disturbance::Invalid { resumable: true }, true).await;
}

#[tokio::test]
async fn told_that_its_session_is_over_it_begins_a_new_one() {
    survives(Disturbance::Invalid { resumable: false }, false).await;
}

#[tokio::test]
async fn a_gateway_that_falls_silent_is_given_up_and_a_nudge_comes_once() {
    let town = Town::that_wants_heartbeats_every(Duration::from_millis(500)).await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace every: 1 week").await;
    let before = connection(&town).await.unwrap();
    town.post("/faults", json!({"kind": "gateway_silent", "count": 2})).await;
    // It falls due while Discord hears nothing of Kith's heartbeats.
    town.passes("7d").await;
    let anew = async {
        while connection(&town)
            .await
            .is_none_or(|now| now["since"] == before["since"] && now["resumed"] != true)
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), anew).await.unwrap();
    let letters = ana.letters().await;
    assert_eq!(letters.len(), 1, "{letters:?}");
    let skipped = ana.presses(&letters[0], "Skip").await;
    assert!(skipped.text().starts_with("**Skipped:**"), "{}", skipped.text());
    town.passes("1h").await;
    assert_eq!(ana.letters().await.len(), 1);
    town.close().await;
}

#[tokio::test]
async fn what_somebody_does_while_it_is_cut_off_is_answered_after_the_resume() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    town.sandbox.disturb(Disturbance::Cut);
    let saved = ana.runs("/connection add name: Grace").await;
    assert!(saved.text().starts_with("Saved **Grace**."), "{}", saved.text());
    town.close().await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_final_close_ends_it_with_a_sentence() {
    for (code, sentence) in [
        (4004, "Discord refuses the token (4004): set DISCORD_TOKEN"),
        (4013, "Discord refuses the intents (4013 or 4014)"),
        (4014, "Discord refuses the intents (4013 or 4014)"),
    ] {
        let town = Town::without_kith().await;
        let kith = Program::run(&town).await;
        town.sandbox.disturb(Disturbance::Close(code));
        let ended = kith.ends().await;
        assert_eq!(ended.status.code(), Some(1), "{code}: {}", ended.said);
        assert!(ended.said.contains(sentence), "{code}: {}", ended.said);
        town.close().await;
    }
}
