//! Ana logs what she had to do with people: the daily act.

use crate::kit::{Town, at};

#[tokio::test]
async fn each_kind_of_touch_is_logged_and_the_balance_told() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Bo every: 1 week").await;
    let mut pictures = Vec::new();
    for what in ["chat", "call", "met", "message", "asked", "received", "gave"] {
        let logged = ana.runs(&format!("/log who: Bo what: {what}")).await;
        assert!(logged.message().is_private());
        pictures.push(logged.message().seen());
    }
    insta::assert_snapshot!(pictures.join("\n\n"));
    let card = ana.runs("/connection show who: Bo").await.text();
    assert!(card.contains("Balance: you asked once, received once, gave once"), "{card}");
    town.close().await;
}

/// docs/nudges.md: last-touch, log-answers
#[tokio::test]
async fn talking_postpones_the_nudge_to_the_time_that_is_told() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Bo every: 1 week").await;
    town.passes("3d").await;
    let logged = ana.runs("/log who: Bo note: coffee").await;
    assert_eq!(logged.message().times()[1], at("2033-03-11T09:00:00Z"));
    town.passes("5d").await;
    assert!(ana.inbox().await.is_empty(), "postponed");
    town.passes("2d").await;
    let nudge = ana.latest().await;
    assert!(nudge.text().contains("coffee"), "{}", nudge.text());

    // Taken back in time, all is as before: the nudge waits.
    let logged = ana.runs("/log who: Bo").await.message();
    assert_eq!(logged.times()[1], at("2033-03-18T09:00:00Z"));
    let undone = ana.presses(&logged, "Undo").await;
    assert_eq!(
        undone.text(),
        "Taken back: that touch with **Bo**. The nudge about them still waits for your answer (`/nudge inbox`)."
    );
    let form = ana.presses(&nudge, "Snooze").await;
    let snoozed = ana.chooses(&form.message(), "In 3 months").await;
    assert!(snoozed.text().starts_with("**Snoozed:**"), "{}", snoozed.text());
    let until = ana.runs("/connection show who: Bo").await.message().times()[1];
    let logged = ana.runs("/log who: Bo").await.message();
    ana.presses(&logged, "Undo").await;
    assert_eq!(ana.runs("/connection show who: Bo").await.message().times()[1], until, "still snoozed");
    let card = ana.runs("/connection show who: Bo").await.text();
    assert_eq!(card.matches("chat").count(), 1, "{card}");
    let logged = ana.runs("/log who: Bo").await.message();
    town.passes("11m").await;
    let late = ana.presses(&logged, "Undo").await;
    assert!(late.text().starts_with("It is too late"), "{}", late.text());
    town.close().await;
}

/// docs/nudges.md: older-touch
#[tokio::test]
async fn past_moments_are_understood_and_future_ones_refused() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Bo every: 1 week").await;
    for (when, then, next) in [
        ("2 days ago", "2033-02-27T12:00:00Z", "2033-03-06T09:00:00Z"),
        ("yesterday", "2033-02-28T12:00:00Z", "2033-03-07T09:00:00Z"),
        ("this morning", "2033-03-01T09:00:00Z", "2033-03-08T09:00:00Z"),
    ] {
        let logged = ana.runs(&format!("/log who: Bo when: {when}")).await;
        assert_eq!(logged.message().times()[..2], [at(then), at(next)], "{when}: {}", logged.text());
    }
    // What was before the last touch does not move the next nudge.
    let logged = ana.runs("/log who: Bo what: met when: last friday").await;
    assert_eq!(logged.message().times()[..2], [at("2033-02-25T12:00:00Z"), at("2033-03-08T09:00:00Z")]);

    let refused = ana.runs("/log who: Bo what: met when: tomorrow note: lunch").await;
    insta::assert_snapshot!(refused.message().seen());
    let form = ana.presses(&refused.message(), "Try again").await;
    assert_eq!((form.field("What it was"), form.field("When it was")), ("met".into(), "tomorrow".into()));
    let logged = ana.fills(&form, &[("When it was", "yesterday")]).await;
    assert_eq!(logged.message().id, refused.message().id);
    assert!(logged.text().starts_with("Logged with **Bo**: met,"), "{}", logged.text());

    let offered = ana.is_offered("/log who: Bo when: yest", "when").await;
    assert_eq!(offered[0].1, "yesterday");
    assert!(offered[0].0.contains("28 February 2033"), "{offered:?}");
    town.close().await;
}

#[tokio::test]
async fn two_readings_are_asked_back_and_logged_once() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Bo every: 1 week").await;
    // It is Tuesday: yesterday, or the one of last week.
    let question = ana.runs("/log who: Bo what: call when: last monday note: news").await.message();
    insta::assert_snapshot!(question.seen());
    let button = question.buttons()[1].clone();
    let answers = ana.presses_twice(&question, &button).await;
    for answer in &answers {
        assert_eq!(answer.message().id, question.id);
        assert_eq!(answer.message().times()[0], at("2033-02-21T12:00:00Z"), "{}", answer.text());
    }
    let card = ana.runs("/connection show who: Bo").await.text();
    assert_eq!(card.matches("call,").count(), 1, "{card}");
    let undone = ana.presses(&answers[0].message(), "Undo").await;
    assert!(undone.text().starts_with("Taken back"), "{}", undone.text());
    town.close().await;
}

#[tokio::test]
async fn a_note_is_added_to_a_touch_afterwards() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Bo").await;
    let logged = ana.runs("/log who: Bo").await.message();
    assert_eq!(logged.buttons(), ["Add a note", "Show", "Undo"]);
    let form = ana.presses(&logged, "Add a note").await;
    let noted = ana.fills(&form, &[("Note", "she moves to compilers")]).await;
    assert_eq!((noted.message().id, noted.message().buttons()[0].as_str()), (logged.id, "Edit note"));
    let card = ana.presses(&noted.message(), "Show").await;
    assert!(card.text().contains("“she moves to compilers”"), "{}", card.text());

    // A long one survives that its time was not understood.
    let note = "word ".repeat(1_199) + "words";
    let refused = ana.runs(&format!("/log who: Bo when: sometime note: {note}")).await.message();
    let form = ana.presses(&refused, "Try again").await;
    let logged = ana.fills(&form, &[("When it was", "")]).await.message();
    let form = ana.presses(&logged, "Edit note").await;
    assert_eq!(form.field("Note") + form.field("Note, continued").as_str(), note);
    town.close().await;
}
