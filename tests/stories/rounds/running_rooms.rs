//! A group's thread rests, is locked, or is gone; groups in channels of their own.

use serde_json::json;

use super::publishing::{MANAGE_CHANNELS, MANAGE_ROLES};
use super::running::{MENTEE, MENTOR, PEER, runs, runs_by};
use crate::kit::Town;

const PAIR: [(&str, &str, &str); 2] = [("Ana", PEER, "Rust"), ("Bo", PEER, "Rust")];

#[tokio::test]
async fn a_reminder_wakes_a_thread_that_rests() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let people = runs(&town, &olga, "pairs", &PAIR).await;
    let room = people[0].thread().await;
    // A week without a word, and Discord puts it away; the reminder comes before the meeting.
    town.passes("12d").await;
    assert!(people[0].last_in(&room).await.contains("no time is agreed on"));
    town.close().await;
}

#[tokio::test]
async fn a_thread_that_is_gone_is_told_and_made_anew() {
    let mut town = Town::open().await;
    let room;
    {
        let olga = town.organizer("Olga").await;
        let people = runs(&town, &olga, "pairs", &PAIR).await;
        room = people[0].thread().await;
        town.post(&format!("/channels/{room}/delete"), json!({"as": olga.id})).await;
        people[0].runs("/mentorship skip").await;
        town.passes("10s").await;
        let told = olga.letter("I can't write to group 1").await;
        assert!(told.text().contains("was deleted"), "{}", told.text());
        // Everything else goes on.
        town.passes("15d").await;
        people[1].letter("did you meet").await;
        olga.letter("I can't write to group 1").await;
        let list = olga.runs("/organize attention").await;
        assert!(list.text().contains("I can't write to it"), "{}", list.text());
        let made = olga.presses(&told, "Make a new thread").await;
        assert!(made.text().contains("gets its new thread"), "{}", made.text());
        olga.presses(&list.message(), "New thread for 1").await;
    }
    town.restart().await;
    town.passes("1m").await;
    let (ana, bo, olga) = (town.person("Ana").await, town.person("Bo").await, town.person("Olga").await);
    let new = ana.thread().await;
    assert_ne!(new, room);
    assert_eq!(ana.threads().await.len(), 1);
    assert_eq!(bo.thread().await, new);
    assert!(ana.reads(&new).await[0].first().contains("this is your group"));
    assert!(olga.runs("/organize attention").await.text().contains("nothing needs you"));
    town.close().await;
}

#[tokio::test]
async fn a_thread_that_is_locked_is_told_and_waits_until_it_is_open() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let people = runs(&town, &olga, "pairs", &PAIR).await;
    let room = people[0].thread().await;
    town.post(&format!("/threads/{room}"), json!({"as": olga.id, "archived": true, "locked": true})).await;
    let kith = town.get("/world").await["bot"]["id"].clone();
    let path = format!("/channels/{}/permissions", town.general);
    let manage_threads = 1_u64 << 34;
    town.post(&path, json!({"of": kith, "deny": manage_threads.to_string()})).await;
    people[0].runs("/mentorship skip").await;
    town.passes("10s").await;
    let told = olga.letter("I can't write to group 1").await;
    assert!(told.text().contains("is locked"), "{}", told.text());
    town.post(&format!("/threads/{room}"), json!({"as": olga.id, "archived": false, "locked": false})).await;
    let tried = olga.presses(&told, "Try again").await;
    assert!(tried.text().contains("again"), "{}", tried.text());
    town.passes("10s").await;
    assert!(people[1].last_in(&room).await.contains("can't come to the next meeting"));
    assert!(olga.runs("/organize attention").await.text().contains("nothing needs you"));
    town.close().await;
}

#[tokio::test]
async fn who_comes_into_a_private_channel_is_let_in_and_who_leaves_sees_it_no_more() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    town.lets_kith(MANAGE_CHANNELS | MANAGE_ROLES).await;
    let board = olga.opens_round_in_channels("Spring", "one mentor and one mentee").await;
    let people = [("Max", MENTOR, "Rust"), ("Ana", MENTEE, "Rust"), ("Bo", MENTEE, "Rust")];
    let people = runs_by(&town, &olga, &board, &people).await;
    let [max, ana, bo] = &people[..] else { unreachable!() };
    let room = max.channels("spring").await.remove(0);
    let (has, waits) = if ana.channels("spring").await.is_empty() { (bo, ana) } else { (ana, bo) };
    let asked = has.runs("/mentorship leave").await.message();
    has.presses(&asked, "Leave").await;
    town.passes("11m").await;
    assert!(has.channels("spring").await.is_empty());
    let asked = olga.letter("has no mentee").await;
    olga.presses(&asked, "Do it").await;
    town.passes("1m").await;
    assert_eq!(waits.channels("spring").await, [room.as_str()]);
    assert!(waits.last_in(&room).await.contains("joins you. Say hello"));
    town.close().await;
}
