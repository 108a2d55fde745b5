//! Discord fails in one way or another just when a letter leaves: it comes all the same, once.

use serde_json::{Value, json};

use crate::kit::Town;

const SEND: &str = "POST /channels/{channel.id}/messages";
const OPEN: &str = "POST /users/@me/channels";

/// A nudge falls due while this goes wrong.
async fn comes_once(fault: Value) {
    let town = Town::open().await;
    // A member's DM is opened before anything is due.
    let early = fault["route"] == OPEN;
    if early {
        town.post("/faults", fault.clone()).await;
    }
    let ana = town.member("Ana").await;
    if !early {
        town.post("/faults", fault.clone()).await;
    }
    ana.runs("/nudge me about: the talk when: in 1 hour").await;
    town.passes("2h").await;
    town.passes("1d").await;
    let letters = ana.letters().await;
    assert_eq!(letters.len(), 1, "{fault}: {letters:?}");
    assert!(letters[0].text().contains("the talk"), "{fault}");
    let struck = town.get("/faults").await;
    assert_eq!(struck["faults"], json!([]), "{fault} struck nothing");
    town.close().await;
}

#[tokio::test]
async fn discord_is_out_of_order_for_a_while() {
    comes_once(json!({"kind": "status", "route": SEND, "status": 503, "count": 2})).await;
}

#[tokio::test]
async fn no_dm_can_be_opened_for_a_while() {
    comes_once(json!({"kind": "status", "route": OPEN, "status": 500, "count": 1})).await;
}

#[tokio::test]
async fn too_much_was_asked_of_the_channel() {
    comes_once(json!({"kind": "rate_limit", "route": SEND, "retry_after": 0.3, "count": 2})).await;
}

#[tokio::test]
async fn too_much_was_asked_of_all() {
    comes_once(json!({"kind": "rate_limit", "global": true, "retry_after": 0.3, "count": 2})).await;
}

#[tokio::test]
async fn the_connection_is_cut_before_the_letter_is_there() {
    comes_once(json!({"kind": "drop", "route": SEND, "after": "request", "count": 1})).await;
}

#[tokio::test]
async fn the_connection_is_cut_once_the_letter_is_there() {
    comes_once(json!({"kind": "drop", "route": SEND, "after": "effect", "count": 1})).await;
}

#[tokio::test]
async fn dms_are_opened_a_few_at_a_time_where_discord_wants_it_so() {
    let town = Town::open().await;
    town.post("/limits", json!({"enforce": true, "dm_opens_per_10_minutes": 2})).await;
    let mut people = Vec::new();
    for name in ["Ana", "Bo", "Cy", "Dee", "Eli"] {
        let person = town.member(name).await;
        person.runs("/nudge me about: the talk when: in 1 hour").await;
        people.push(person);
    }
    town.passes("2h").await;
    town.passes("1d").await;
    for person in &people {
        assert_eq!(person.letters().await.len(), 1, "{}", person.id);
    }
    let calls = town.sandbox.requests_since(0);
    assert!(calls.iter().any(|call| call.response["code"] == 40003), "nothing was refused");
    town.close().await;
}
