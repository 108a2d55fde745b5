//! Somebody's DMs are closed: what is for them is held, told at their next command, and sent once they are open.

use serde_json::json;

use crate::kit::{Answer, Message, Pass, Town};

/// docs/nudges.md: closed, try-again
#[tokio::test]
async fn what_cannot_be_sent_is_held_told_and_sent_once_when_dms_are_open() {
    let mut town = Town::open().await;
    let ana = town.member("Ana").await;
    let id = ana.id.clone();
    ana.runs("/connection add name: Grace every: 1 week").await;
    ana.runs("/nudge me about: the talk when: in 7 days").await;
    town.post(&format!("/users/{id}/dms"), json!({"open": false})).await;
    town.passes("8d").await;
    assert!(ana.letters().await.is_empty());

    // Nobody knocks at a closed door again and again.
    let asked = town.sandbox.requests_since(0).len();
    town.passes("2d").await;
    assert_eq!(town.sandbox.requests_since(0).len(), asked);

    let told = ana.runs("/help").await;
    insta::assert_snapshot!("closed_dms_told", told.message().seen());
    let list = ana.runs("/nudge list").await;
    assert!(list.text().contains("2 waiting for you"), "{}", list.text());

    // Still closed: it is held again, the answer says so, and the next command does.
    let still = ana.presses(&told.message(), "Try again").await;
    assert_eq!(still.message().id, told.message().id);
    insta::assert_snapshot!("closed_dms_still", still.message().first());
    assert_eq!(still.message().buttons(), told.message().buttons());
    town.passes("1m").await;
    assert!(ana.letters().await.is_empty());
    let told = ana.runs("/help").await;
    assert!(told.message().buttons().contains(&"Try again".to_owned()), "{:?}", told.message().buttons());

    town.post(&format!("/users/{id}/dms"), json!({"open": true})).await;
    let trying = ana.presses(&told.message(), "Try again").await;
    assert_eq!(trying.message().id, told.message().id, "the message itself says what came of it");
    let open = "\n\nYour DMs are open: 2 nudges that waited here have come.";
    assert!(trying.message().first().ends_with(open), "{}", trying.text());
    assert!(!trying.text().contains("Your DMs are closed"), "{}", trying.text());
    assert_eq!(trying.message().buttons(), ["Add somebody", "Plan a nudge", "Show my network", "Settings"]);
    town.passes("1m").await;
    let letters = ana.letters().await;
    let firsts: Vec<&str> = letters.iter().map(Message::first).collect();
    assert_eq!(firsts, ["**2 nudges today**: the talk, Grace"]);

    town.restart().await;
    town.passes("1h").await;
    let ana = town.with_id(&id);
    assert_eq!(ana.letters().await.len(), 1);
    let told = ana.runs("/help").await;
    assert!(!told.message().buttons().contains(&"Try again".to_owned()), "{:?}", told.message().buttons());
    town.close().await;
}

/// docs/nudges.md: try-again
#[tokio::test]
async fn a_try_while_a_thread_is_being_chosen_brings_each_once_and_says_where() {
    for open in [true, false] {
        let (town, wire) = Town::open_as_discord().await;
        let ana = town.member("Ana").await;
        town.post(&format!("/users/{}/dms", ana.id), json!({"open": false})).await;
        ana.runs("/nudge me about: the talk when: in 1 day").await;
        ana.runs("/nudge me about: the book when: in 2 days").await;
        town.passes("3d").await;
        let told = ana.runs("/nudge list").await.message();
        town.post(&format!("/users/{}/dms", ana.id), json!({"open": open})).await;
        // The message is under way when the thread is asked for.
        let press = |button: &str| json!({"as": ana.id, "message": told.id, "button": button});
        let before = wire.held();
        wire.lets(Pass::NoRequests);
        let chosen = async {
            wire.holds_more_than(before).await;
            town.tries("/click", press("Use a private thread")).await
        };
        let freed = async {
            wire.holds_more_than(before + 1).await;
            wire.lets(Pass::All);
        };
        let (tried, chosen, ()) = tokio::join!(town.tries("/click", press("Try again")), chosen, freed);
        assert!(tried.0 < 300 && chosen.0 < 300, "{tried:?} {chosen:?}");
        let text = Answer::from(chosen.1).text();
        assert!(text.contains("from now on") && !text.contains("closed"), "{open}: {text}");
        town.passes("1m").await;
        let thread = ana.threads().await[0]["id"].as_str().unwrap().to_owned();
        let (letters, there) = (ana.letters().await, ana.reads(&thread).await);
        let all: Vec<&str> = there.iter().skip(1).chain(&letters).map(Message::first).collect();
        assert_eq!(all, ["**2 nudges today**: the talk, the book"], "{open}");
        assert_eq!(letters.is_empty(), !open, "{letters:?}");
        let told = ana.runs("/nudge list").await;
        assert!(!told.text().contains("closed"), "{}", told.text());
        town.close().await;
    }
}

#[tokio::test]
async fn whoever_closed_their_dms_before_the_first_command_is_told_too() {
    let town = Town::open().await;
    let ana = town.stranger("Ana").await;
    town.post(&format!("/users/{}/dms", ana.id), json!({"open": false})).await;
    ana.runs("/settings timezone: Europe/London").await;
    ana.runs("/nudge me about: the talk when: tomorrow").await;
    town.passes("1d").await;
    let told = ana.runs("/nudge list").await;
    assert!(told.text().contains("Your DMs are closed to me, so one nudge waits here."), "{}", told.text());
    town.close().await;
}

/// Where Kith and somebody share no server, open DMs do not help.
#[tokio::test]
async fn whoever_shares_no_server_with_kith_is_told_that_and_not_to_open_their_dms() {
    let town = Town::open().await;
    let ana = town.ana_with_a_nudge().await;
    let apart = json!({
        "kind": "status", "route": "POST /channels/{channel.id}/messages", "status": 403,
        "body": {"code": 50278, "message": "Cannot send messages to this user due to having no mutual guilds"},
    });
    town.post("/faults", apart).await;
    town.passes("2h").await;
    let told = ana.runs_in_dm("/help").await.message();
    insta::assert_snapshot!("apart_told", told.first());
    let why = ana.runs_in_dm("/nudge why").await.text();
    assert!(why.contains("we share none, so one nudge waits. Join one that I am in"), "{why}");
    let still = ana.presses(&told, "Try again").await.message();
    insta::assert_snapshot!("apart_still", still.first());
    let fault = town.client.delete(format!("{}/sandbox/v1/faults", town.sandbox.url())).send().await;
    assert!(fault.unwrap().status().is_success());
    let tried = ana.presses(&still, "Try again").await;
    assert!(tried.text().contains("what waited here has come"), "{}", tried.text());
    assert_eq!(ana.latest().await.first(), "the talk: your reminder");
    town.close().await;
}
