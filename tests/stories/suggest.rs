//! Whom to be in touch with now: asked for, never sent unasked; a press, and the nudge is there.

use crate::kit::Town;

/// docs/nudges.md: suggest, suggest-left-out
#[tokio::test]
async fn whoever_asks_is_told_whom_and_why_and_begins_with_a_press() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace Hopper relationship: peer every: off").await;
    ana.runs("/log who: Grace what: asked note: read my talk").await;
    ana.runs("/log who: Grace what: asked").await;
    ana.runs("/connection add name: Bo every: 3 weeks").await;
    ana.runs("/connection add name: Cem relationship: mentee every: off").await;
    ana.runs("/connection add name: Dora every: off").await;
    ana.runs("/connection add name: Eve every: 4 weeks").await;
    town.passes("21d").await;
    let about_bo = ana.latest().await;
    ana.presses(&about_bo, "Skip").await;
    town.passes("8d").await;
    ana.runs("/log who: Dora what: asked").await;

    let suggested = ana.runs("/nudge suggest").await.message();
    assert!(suggested.is_private());
    // Not Dora, who was just asked; not Eve, whose nudge waits.
    insta::assert_snapshot!("suggested", suggested.seen());
    assert_eq!(suggested.buttons(), ["Bo", "Grace Hopper", "Cem"]);
    assert_eq!(ana.letters().await.len(), 2, "Bo's and Eve's, which their rhythms brought");

    let nudge = ana.presses(&suggested, "Grace Hopper").await.message();
    assert_eq!(nudge.id, suggested.id, "in its place");
    insta::assert_snapshot!("taken_up", nudge.seen());
    let again = ana.runs("/nudge suggest").await.message();
    assert_eq!(again.buttons(), ["Bo", "Cem"], "Grace's waits now");
    let list = ana.runs("/nudge list").await;
    assert!(list.text().contains("**Grace Hopper**"), "{}", list.text());

    let form = ana.presses(&nudge, "Done").await;
    let done = ana.fills(&form, &[("What happened", "sent her the article")]).await;
    assert!(done.text().starts_with("**Done:** **Grace Hopper**"), "{}", done.text());
    let shown = ana.runs("/connection show who: Grace").await;
    assert!(shown.text().contains("gave once"), "{}", shown.text());
    town.close().await;
}

/// docs/nudges.md: suggest-counts
#[tokio::test]
async fn what_is_taken_up_is_one_of_those_that_rhythms_bring_that_day() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/settings max_a_day: 2").await;
    ana.runs("/connection add name: Zoe every: never").await;
    ana.runs("/log who: Zoe what: asked").await;
    for name in ["Bo", "Chi"] {
        ana.runs(&format!("/connection add name: {name} every: 1 week")).await;
    }
    town.passes("6d22h30m").await;
    let suggested = ana.runs("/nudge suggest").await.message();
    ana.presses(&suggested, "Zoe").await;
    town.passes("1h").await;
    assert_eq!(ana.latest().await.first(), "**Bo**: time to be in touch");
    town.passes("1d").await;
    assert_eq!(ana.latest().await.first(), "**Chi**: time to be in touch");
    town.close().await;
}

#[tokio::test]
async fn how_long_one_was_silent_is_said_once() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Fay relationship: friend every: 4 weeks").await;
    ana.runs("/log who: Fay").await;
    for _ in 0..2 {
        town.passes("28d").await;
        ana.presses(&ana.latest().await, "Skip").await;
    }
    town.passes("9d").await;
    let suggested = ana.runs("/nudge suggest").await;
    insta::assert_snapshot!("said_once", suggested.message().seen());
    assert_eq!(suggested.text().matches("your last touch was").count(), 1, "{}", suggested.text());
    town.close().await;
}

#[tokio::test]
async fn what_was_taken_up_is_snoozed_skipped_and_stopped_as_any_other() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    for name in ["Bo", "Cem", "Dora"] {
        ana.runs(&format!("/connection add name: {name} every: off")).await;
        ana.runs(&format!("/log who: {name} what: received")).await;
    }
    town.passes("2d").await;
    let bo = ana.runs("/nudge suggest").await.message();
    ana.presses(&bo, "Bo").await;
    ana.presses(&bo, "Snooze").await;
    let snoozed = ana.chooses(&bo, "In 3 days").await;
    assert!(snoozed.text().starts_with("**Snoozed:** **Bo**"), "{}", snoozed.text());
    let cem = ana.runs("/nudge suggest").await.message();
    ana.presses(&cem, "Cem").await;
    let skipped = ana.presses(&cem, "Skip").await;
    assert!(skipped.text().starts_with("**Skipped:** **Cem**."), "{}", skipped.text());
    let dora = ana.runs("/nudge suggest").await.message();
    ana.presses(&dora, "Dora").await;
    ana.presses(&dora, "Stop").await;

    town.passes("3d").await;
    assert_eq!(ana.letters().await.len(), 1);
    let again = ana.latest().await;
    assert_eq!(again.first(), "**Bo**: your turn to give");
    town.passes("90d").await;
    assert_eq!(ana.letters().await.len(), 1, "none of them has a rhythm");
    town.close().await;
}

#[tokio::test]
async fn a_suggestion_before_its_time_takes_the_place_of_what_was_to_come() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Bo every: 2 weeks").await;
    ana.runs("/log who: Bo what: asked").await;
    town.passes("12d").await;
    let suggested = ana.runs("/nudge suggest").await.message();
    // Pressed twice, one comes.
    ana.presses_twice(&suggested, "Bo").await;
    let list = ana.runs("/nudge list").await;
    assert_eq!(list.text().matches("**Waiting**").count(), 1, "{}", list.text());
    town.passes("3d").await;
    assert!(ana.letters().await.is_empty(), "it is there already");
    let skipped = ana.presses(&suggested, "Skip").await;
    assert!(skipped.text().starts_with("**Skipped:** **Bo**. Next nudge"), "{}", skipped.text());
    town.passes("14d").await;
    assert_eq!(ana.letters().await.len(), 1);
    town.close().await;
}

#[tokio::test]
async fn more_than_five_are_turned_over_and_nobody_is_a_warm_word() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let empty = ana.runs("/nudge suggest").await;
    insta::assert_snapshot!("nobody_known", empty.message().seen());
    ana.runs("/connection add name: Zoe every: 8 weeks").await;
    let none = ana.runs("/nudge suggest").await;
    insta::assert_snapshot!("nobody_now", none.message().seen());

    for n in 1..=7 {
        ana.runs(&format!("/connection add name: Person {n} every: off")).await;
        ana.runs(&format!("/log who: Person {n} what: asked")).await;
    }
    town.passes("2d").await;
    let first = ana.runs("/nudge suggest").await.message();
    assert_eq!(first.buttons(), ["Person 1", "Person 2", "Person 3", "Person 4", "Person 5", "More"]);
    let second = ana.presses(&first, "More").await.message();
    assert_eq!(second.buttons(), ["Person 6", "Person 7", "Back"]);
    ana.runs("/connection remove who: Person 7").await;
    let first = ana.presses(&second, "Back").await.message();
    assert_eq!(first.buttons().len(), 6);
    town.close().await;
}

#[tokio::test]
async fn somebody_who_is_gone_is_not_taken_up() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Bo every: off").await;
    ana.runs("/log who: Bo what: asked").await;
    town.passes("2d").await;
    let suggested = ana.runs("/nudge suggest").await.message();
    let question = ana.runs("/connection remove who: Bo").await.message();
    ana.presses(&question, "Remove").await;
    let gone = ana.presses(&suggested, "Bo").await;
    assert!(
        gone.text().starts_with("The person this button is about is not in your network"),
        "{}",
        gone.text()
    );
    town.close().await;
}
