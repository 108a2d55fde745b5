//! Ana skips a meeting, pauses, and leaves a round that runs.

use super::running::{PEER, runs};
use crate::kit::Town;

const TRIO: [(&str, &str, &str); 3] = [("Ana", PEER, "Rust"), ("Bo", PEER, "Rust"), ("Cy", PEER, "Rust")];

#[tokio::test]
async fn who_skips_a_meeting_is_not_asked_about_it_and_the_group_knows() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let people = runs(&town, &olga, "circles of 3 to 4", &TRIO).await;
    let [ana, bo, _] = &people[..] else { unreachable!() };
    let room = ana.thread().await;
    let skipped = ana.runs("/mentorship skip").await;
    assert!(skipped.text().contains("It doesn't know why"), "{}", skipped.text());
    town.passes("2s").await;
    assert!(bo.last_in(&room).await.contains("can't come to the next meeting"));
    let count = bo.reads(&room).await.len();
    // Said twice it is said once.
    ana.runs("/mentorship skip").await;
    town.passes("2s").await;
    assert_eq!(bo.reads(&room).await.len(), count);
    town.passes("15d").await;
    bo.letter("did you meet").await;
    assert!(ana.letters_with("did you meet").await.is_empty());
    // An old button tells how things stand.
    let late = ana.presses(&skipped.message(), "Come after all").await;
    assert!(late.text().contains("that meeting is over"), "{}", late.text());
    let skipped = ana.runs("/mentorship skip").await.message();
    let back = ana.presses(&skipped, "Come after all").await;
    assert!(back.text().contains("you can come after all"), "{}", back.text());
    town.passes("14d").await;
    ana.letter("did you meet").await;
    town.close().await;
}

#[tokio::test]
async fn who_pauses_is_left_alone_until_then() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let people = runs(&town, &olga, "circles of 3 to 4", &TRIO).await;
    let [ana, bo, _] = &people[..] else { unreachable!() };
    let room = ana.thread().await;
    let unread = ana.runs("/mentorship pause until: blursday").await;
    assert!(unread.text().contains("Nothing was changed"), "{}", unread.text());
    let again = ana.presses(&unread.message(), "Try again").await;
    again.holds(&[("Until", "blursday")]);
    let long = ana.fills(&again, &[("Until", "in 1 year")]).await;
    assert!(long.text().contains("before your pause does"), "{}", long.text());
    let paused = ana.runs("/mentorship pause until: in 3 weeks").await;
    assert!(paused.text().contains("you pause until"), "{}", paused.text());
    town.passes("15d").await;
    assert!(bo.reads(&room).await.iter().any(|it| it.first().contains("takes a break until")));
    bo.letter("did you meet").await;
    assert!(ana.letters_with("did you meet").await.is_empty());
    town.passes("7d").await;
    ana.letter("your break is over").await;
    town.passes("7d").await;
    ana.letter("did you meet").await;
    // By the button, and back before its end.
    let mine = ana.runs("/mentorship mine").await.message();
    let form = ana.presses(&mine, "Pause").await;
    let paused = ana.fills(&form, &[("Until", "in 2 weeks")]).await.message();
    let back = ana.presses(&paused, "I'm back").await;
    assert!(!back.text().contains("You are pausing"), "{}", back.text());
    town.passes("2s").await;
    assert!(bo.last_in(&room).await.contains("is back"));
    town.close().await;
}

#[tokio::test]
async fn who_leaves_can_undo_it_for_ten_minutes_and_then_everybody_is_told() {
    let mut town = Town::open().await;
    {
        let olga = town.organizer("Olga").await;
        let people = runs(&town, &olga, "circles of 3 to 4", &TRIO).await;
        let [ana, bo, _] = &people[..] else { unreachable!() };
        let room = bo.thread().await;
        let asked = ana.runs("/mentorship leave").await.message();
        let kept = ana.presses(&asked, "Keep").await;
        assert!(kept.text().contains("you are in group 1"), "{}", kept.text());
        let asked = ana.runs("/mentorship leave").await.message();
        let left = ana.presses(&asked, "Leave").await.message();
        town.passes("9m").await;
        assert_eq!(bo.reads(&room).await.len(), 1, "nobody was told yet");
        let back = ana.presses(&left, "Undo").await;
        assert!(back.text().contains("Nobody was told anything"), "{}", back.text());
        town.passes("20m").await;
        assert_eq!(bo.reads(&room).await.len(), 1);
        assert!(ana.runs("/mentorship mine").await.text().contains("you are in group 1"));
        let asked = ana.runs("/mentorship leave").await.message();
        ana.presses(&asked, "Leave").await;
    }
    town.restart().await;
    town.passes("11m").await;
    let (ana, bo, olga) = (town.person("Ana").await, town.person("Bo").await, town.person("Olga").await);
    let room = bo.thread().await;
    assert!(bo.last_in(&room).await.contains("**Ana** has left the round"));
    olga.letter("**Ana** has left the round").await;
    assert!(ana.threads().await.is_empty());
    assert!(ana.runs("/mentorship mine").await.text().contains("You have left"));
    assert!(ana.runs("/mentorship skip").await.text().contains("You have left"));
    town.passes("15d").await;
    assert!(ana.letters_with("did you meet").await.is_empty());
    bo.letter("did you meet").await;
    town.close().await;
}

#[tokio::test]
async fn each_stage_of_a_round_has_its_own_answer() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let ana = town.member("Ana").await;
    let board = olga.opens_round("Spring", "pairs").await;
    ana.signs_up(&board, PEER, &["Rust"], &["Monday morning"]).await;
    for command in ["skip", "leave", "pause"] {
        let early = ana.runs(&format!("/mentorship {command}")).await;
        assert!(early.text().contains("has not begun"), "{}", early.text());
    }
    assert!(ana.runs("/organize attention").await.text().contains("those who may manage the server"));
    town.close().await;
}
