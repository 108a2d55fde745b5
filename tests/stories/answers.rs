//! What the buttons of a nudge do: done, snooze, skip, stop, undo, show; at once, weeks later, twice, too late.

use serde_json::json;

use crate::kit::{Answer, Message, Person, Town, at};

/// Ana's nudge about Grace, which came on Tuesday, 8 March, at nine; it is ten now.
async fn nudged<'a>(town: &'a Town) -> (Person<'a>, Message) {
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace Hopper every: 1 week note: moving to compilers").await;
    town.passes("7d").await;
    let nudge = ana.latest().await;
    (ana, nudge)
}

/// When the next nudge comes, as an answer says.
fn next(answer: &Answer) -> jiff::Timestamp {
    answer.message().times()[0]
}

/// Nothing more comes until `then`, and at that time one does.
async fn comes_at(town: &Town, person: &Person<'_>, then: &str) -> Message {
    let before = person.letters().await.len();
    let earlier = at(then) - jiff::SignedDuration::from_mins(1);
    town.post("/clock", json!({"set": earlier.to_string()})).await;
    assert_eq!(person.letters().await.len(), before, "nothing before {then}");
    town.post("/clock", json!({"set": then})).await;
    assert_eq!(person.letters().await.len(), before + 1, "one at {then}");
    person.latest().await
}

/// docs/nudges.md: done, done-next
#[tokio::test]
async fn done_says_what_happened_and_plans_what_comes_next() {
    let town = Town::open().await;
    let (ana, nudge) = nudged(&town).await;
    let form = ana.presses(&nudge, "Done").await;
    let done = ana
        .fills(
            &form,
            &[
                ("What happened", "coffee; she starts in May"),
                ("What next", "send the article"),
                ("When", "friday"),
            ],
        )
        .await;
    insta::assert_snapshot!("done_and_next", done.message().seen());
    assert_eq!(done.message().times()[0], at("2033-03-15T09:00:00Z"), "a week after the talk");

    let sent = comes_at(&town, &ana, "2033-03-11T09:00:00Z").await;
    insta::assert_snapshot!("what_was_next", sent.seen());
    // Done with it is a touch too, so the rhythm counts from there.
    let form = ana.presses(&sent, "Done").await;
    let done = ana.fills(&form, &[]).await;
    assert_eq!(next(&done), at("2033-03-18T09:00:00Z"));
    comes_at(&town, &ana, "2033-03-18T09:00:00Z").await;
    town.close().await;
}

/// docs/nudges.md: done-next
#[tokio::test]
async fn done_with_a_time_alone_puts_the_next_nudge_there() {
    let town = Town::open().await;
    let (ana, nudge) = nudged(&town).await;
    let form = ana.presses(&nudge, "Done").await;
    let done = ana.fills(&form, &[("When", "in 2 weeks")]).await;
    assert_eq!(next(&done), at("2033-03-22T09:00:00Z"));
    comes_at(&town, &ana, "2033-03-22T09:00:00Z").await;
    town.close().await;
}

#[tokio::test]
async fn a_time_that_is_misread_keeps_what_was_typed() {
    let town = Town::open().await;
    let (ana, nudge) = nudged(&town).await;
    let form = ana.presses(&nudge, "Done").await;
    let refused = ana
        .fills(&form, &[("What happened", "coffee"), ("What next", "the article"), ("When", "next fri-ish")])
        .await;
    insta::assert_snapshot!("done_misread", refused.message().seen());
    assert_eq!(refused.message().id, nudge.id, "the letter itself says so");
    assert_eq!(ana.letters().await.len(), 1);
    let back = ana.presses(&refused.message(), "Back").await;
    assert_eq!(back.message().seen(), nudge.seen(), "and leads back to what it was");
    let form = ana.presses(&nudge, "Done").await;
    let refused = ana
        .fills(&form, &[("What happened", "coffee"), ("What next", "the article"), ("When", "next fri-ish")])
        .await;

    let form = ana.presses(&refused.message(), "Try again").await;
    let typed: Vec<&str> = form.form()["components"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["components"][0]["value"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(typed, ["coffee", "the article", "next fri-ish"]);
    let done = ana.fills(&form, &[("When", "friday")]).await;
    assert_eq!(done.message().id, nudge.id, "no button of the old state is left");
    assert!(done.text().starts_with("**Done:** **Grace Hopper**. “coffee”"), "{}", done.text());
    assert_eq!(done.message().buttons(), ["Undo", "Show"]);
    comes_at(&town, &ana, "2033-03-11T09:00:00Z").await;
    town.close().await;
}

/// docs/nudges.md: snooze
#[tokio::test]
async fn snooze_offers_times_and_comes_back() {
    let town = Town::open().await;
    let (ana, nudge) = nudged(&town).await;
    let menu = ana.presses(&nudge, "Snooze").await;
    insta::assert_snapshot!("snooze_menu", menu.message().seen());
    assert_eq!(menu.message().id, nudge.id);

    let back = ana.presses(&menu.message(), "Back").await;
    assert_eq!(back.message().seen(), nudge.seen());

    let menu = ana.presses(&nudge, "Snooze").await;
    let snoozed = ana.chooses(&menu.message(), "In 3 days").await;
    insta::assert_snapshot!("snoozed", snoozed.message().seen());
    let again = comes_at(&town, &ana, "2033-03-11T09:00:00Z").await;
    assert_eq!(again.first(), nudge.first());
    town.close().await;
}

#[tokio::test]
async fn snooze_until_another_time_and_across_a_restart() {
    let mut town = Town::open().await;
    let (_, nudge) = nudged(&town).await;
    let ana = town.person("Ana").await;
    let menu = ana.presses(&nudge, "Snooze").await;
    let form = ana.chooses(&menu.message(), "Another time…").await;
    let refused = ana.fills(&form, &[("When", "some day")]).await;
    insta::assert_snapshot!("snooze_misread", refused.message().seen());
    let form = ana.presses(&refused.message(), "Try again").await;
    let snoozed = ana.fills(&form, &[("When", "thursday 3pm")]).await;
    assert_eq!((snoozed.message().id, ana.letters().await.len()), (nudge.id.clone(), 1));
    assert_eq!(next(&snoozed), at("2033-03-10T15:00:00Z"));

    town.restart().await;
    let ana = town.person("Ana").await;
    let again = comes_at(&town, &ana, "2033-03-10T15:00:00Z").await;
    assert_eq!(again.first(), nudge.first());
    town.close().await;
}

#[tokio::test]
async fn what_was_snoozed_can_be_done_before_it_comes_again() {
    let town = Town::open().await;
    let (ana, nudge) = nudged(&town).await;
    let menu = ana.presses(&nudge, "Snooze").await;
    let snoozed = ana.chooses(&menu.message(), "Tomorrow").await;
    assert_eq!(snoozed.message().buttons(), ["Done", "Undo", "Show"]);
    let form = ana.presses(&snoozed.message(), "Done").await;
    let done = ana.fills(&form, &[("What happened", "coffee")]).await;
    assert_eq!(next(&done), at("2033-03-15T09:00:00Z"));
    let undone = ana.presses(&done.message(), "Undo").await;
    assert!(undone.text().starts_with("**Snoozed:**"), "{}", undone.text());
    assert_eq!(next(&undone), at("2033-03-09T09:00:00Z"));
    comes_at(&town, &ana, "2033-03-09T09:00:00Z").await;
    town.close().await;
}

/// docs/nudges.md: skip, stop
#[tokio::test]
async fn skip_waits_for_the_next_time_and_stop_for_none() {
    let town = Town::open().await;
    let (ana, nudge) = nudged(&town).await;
    let skipped = ana.presses(&nudge, "Skip").await;
    insta::assert_snapshot!("skipped", skipped.message().seen());
    assert_eq!(next(&skipped), at("2033-03-15T09:00:00Z"));
    let second = comes_at(&town, &ana, "2033-03-15T09:00:00Z").await;
    let stopped = ana.presses(&second, "Stop").await;
    insta::assert_snapshot!("stopped", stopped.message().seen());
    town.passes("60d").await;
    assert_eq!(ana.letters().await.len(), 2);
    town.close().await;
}

/// docs/nudges.md: undo, one-at-a-time
#[tokio::test]
async fn every_answer_can_be_taken_back_for_ten_minutes() {
    let town = Town::open().await;
    let (ana, nudge) = nudged(&town).await;
    let form = ana.presses(&nudge, "Done").await;
    let done = ana.fills(&form, &[("What happened", "x"), ("What next", "y"), ("When", "tomorrow")]).await;
    let undone = ana.presses(&done.message(), "Undo").await;
    assert_eq!(undone.message().seen(), nudge.seen(), "open again, and the talk is not logged");

    let menu = ana.presses(&nudge, "Snooze").await;
    let snoozed = ana.chooses(&menu.message(), "Tomorrow").await;
    ana.presses(&snoozed.message(), "Undo").await;
    let skipped = ana.presses(&nudge, "Skip").await;
    ana.presses(&skipped.message(), "Undo").await;
    let stopped = ana.presses(&nudge, "Stop").await;
    let undone = ana.presses(&stopped.message(), "Undo").await;
    assert_eq!(undone.message().seen(), nudge.seen());
    // One at a time: while this one is open nothing else comes, not even what was planned and taken back.
    town.passes("30d").await;
    assert_eq!(ana.letters().await.len(), 1);

    let skipped = ana.presses(&nudge, "Skip").await;
    town.passes("11m").await;
    let late = ana.presses(&skipped.message(), "Undo").await;
    assert!(late.message().is_private());
    assert!(late.text().starts_with("It is too late to take that back"), "{}", late.text());
    assert!(ana.latest().await.first().starts_with("**Skipped:**"));
    town.close().await;
}

/// docs/nudges.md: buttons, one-at-a-time
#[tokio::test]
async fn buttons_work_weeks_and_restarts_later() {
    let mut town = Town::open().await;
    let (_, nudge) = nudged(&town).await;
    town.passes("40d").await;
    town.restart().await;
    let ana = town.person("Ana").await;
    assert_eq!(ana.letters().await.len(), 1, "one that is not answered does not pile up");
    let shown = ana.presses(&nudge, "Show").await;
    assert!(shown.message().is_private() && shown.text().contains("moving to compilers"), "{}", shown.text());
    let form = ana.presses(&nudge, "Done").await;
    town.restart().await;
    let ana = town.person("Ana").await;
    let done = ana.fills(&form, &[("What happened", "lunch")]).await;
    assert_eq!(next(&done), at("2033-04-24T08:00:00Z"), "a week later, at nine in summer time");
    town.close().await;
}

/// docs/nudges.md: buttons
#[tokio::test]
async fn a_button_pressed_twice_at_once_counts_once() {
    let town = Town::open().await;
    let (ana, nudge) = nudged(&town).await;
    // The same nudge twice: its letter, and what the list shows of it on another screen.
    let listed = ana.runs("/nudge list").await.message();
    let copy = ana.chooses(&listed, "Grace Hopper").await.message();

    let (one, two) = tokio::join!(ana.presses(&nudge, "Skip"), ana.presses(&copy, "Skip"));
    assert_eq!((one.text(), next(&one)), (two.text(), at("2033-03-15T09:00:00Z")));
    let (one, two) = tokio::join!(ana.presses(&nudge, "Undo"), ana.presses(&copy, "Undo"));
    assert_eq!((one.message().seen(), two.message().seen()), (nudge.seen(), nudge.seen()));

    tokio::join!(ana.presses(&nudge, "Snooze"), ana.presses(&copy, "Snooze"));
    let (one, two) = tokio::join!(ana.chooses(&nudge, "Tomorrow"), ana.chooses(&copy, "In 3 days"));
    assert_eq!(next(&one), next(&two), "the first one holds");
    tokio::join!(ana.presses(&nudge, "Undo"), ana.presses(&copy, "Undo"));

    let (one, two) = tokio::join!(ana.presses(&nudge, "Stop"), ana.presses(&copy, "Stop"));
    assert!(one.text().starts_with("**Stopped:**") && two.text().starts_with("**Stopped:**"));
    town.passes("30d").await;
    assert_eq!(ana.letters().await.len(), 1);
    town.close().await;
}

#[tokio::test]
async fn a_form_that_is_sent_twice_counts_once() {
    let town = Town::open().await;
    let (ana, nudge) = nudged(&town).await;
    // One form from the letter, one from the list; the client shows one at a time.
    let listed = ana.runs("/nudge list").await.message();
    let again = ana.chooses(&listed, "Grace Hopper").await.message();
    let fields = [("What happened", "coffee"), ("What next", "the article"), ("When", "tomorrow")];
    let form = ana.presses(&again, "Done").await;
    ana.fills(&form, &fields).await;
    let late = ana.presses(&nudge, "Done").await;
    assert!(late.text().starts_with("**Done:**"), "{}", late.text());
    let shown = ana.runs("/connection show who: Grace").await;
    assert_eq!(shown.text().matches("coffee").count(), 1, "{}", shown.text());
    town.passes("1d").await;
    assert_eq!(ana.letters().await.len(), 2, "what comes next comes once");
    town.close().await;
}

/// docs/nudges.md: log-answers
#[tokio::test]
async fn a_nudge_that_was_answered_elsewhere_says_so_and_changes_nothing() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/settings digest: each").await;
    for name in ["Bo", "Chi", "Dan", "Eve"] {
        ana.runs(&format!("/connection add name: {name} every: 1 week")).await;
    }
    town.passes("7d").await;
    let letters = ana.letters().await;
    for name in ["Bo", "Chi", "Dan", "Eve"] {
        ana.runs(&format!("/log who: {name} what: call")).await;
    }
    let list = ana.runs("/nudge list").await;
    assert!(!list.text().contains("Waiting"), "{}", list.text());
    for (nudge, button) in letters.iter().zip(["Skip", "Snooze", "Done", "Stop"]) {
        let answer = ana.presses(nudge, button).await;
        assert_eq!(answer.message().id, nudge.id);
        assert!(answer.text().starts_with("**No longer open:**"), "{}", answer.text());
        assert_eq!(next(&answer), at("2033-03-15T09:00:00Z"));
    }
    insta::assert_snapshot!("answered_elsewhere", ana.latest().await.seen());
    town.passes("7d").await;
    assert_eq!(ana.letters().await.len(), 8);
    town.close().await;
}

/// docs/nudges.md: removed
#[tokio::test]
async fn somebody_who_is_removed_takes_their_nudges_along() {
    let town = Town::open().await;
    let (ana, nudge) = nudged(&town).await;
    let asked = ana.runs("/connection remove who: Grace").await;
    ana.presses(&asked.message(), "Remove").await;
    let answer = ana.presses(&nudge, "Done").await;
    insta::assert_snapshot!("removed", answer.message().seen());

    // Planned, and removed before it came: it never comes.
    ana.runs("/connection add name: Bo every: 1 week").await;
    let asked = ana.runs("/connection remove who: Bo").await;
    ana.presses(&asked.message(), "Remove").await;
    town.passes("60d").await;
    assert_eq!(ana.letters().await.len(), 1);
    town.close().await;
}

#[tokio::test]
async fn a_removal_taken_back_leaves_the_nudge_open() {
    let town = Town::open().await;
    let (ana, nudge) = nudged(&town).await;
    let asked = ana.runs("/connection remove who: Grace").await;
    let removed = ana.presses(&asked.message(), "Remove").await;
    ana.presses(&removed.message(), "Undo").await;
    let skipped = ana.presses(&nudge, "Skip").await;
    assert_eq!(next(&skipped), at("2033-03-15T09:00:00Z"));
    town.close().await;
}

#[tokio::test]
async fn nobody_acts_on_somebody_elses_nudge() {
    let town = Town::open().await;
    let (ana, nudge) = nudged(&town).await;
    let eve = town.member("Eve").await;
    town.passes("1m").await;
    // Her client lets her press what stands on her own messages only; so she has a message with Ana's buttons.
    let buttons = ["Done", "Snooze", "Skip", "Stop", "Show"];
    let copies = buttons.map(|button| {
        json!({
            "type": 2, "style": 2, "label": button, "custom_id": nudge.custom_id(button),
        })
    });
    let message = json!({"content": "Forged", "components": [{"type": 1, "components": copies}]});
    town.forges(&eve.dm().await, message).await;
    let forged = eve.latest().await;
    for button in buttons {
        let answer = eve.presses(&forged, button).await;
        assert!(answer.message().is_private());
        insta::assert_snapshot!(format!("forged_{}", button.to_lowercase()), answer.message().seen());
    }
    let list = ana.runs("/nudge list").await;
    assert!(list.text().contains("Waiting") && list.text().contains("Grace"), "{}", list.text());
    town.close().await;
}
