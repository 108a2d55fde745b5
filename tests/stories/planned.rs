//! `/nudge`: what one wants to be reminded of, planned, listed, changed, cancelled.

use serde_json::json;

use crate::kit::{Person, Town, at};

/// Plans with a phrase and says when it comes.
async fn planned(person: &Person<'_>, when: &str) -> jiff::Timestamp {
    let answer = person.runs(&format!("/nudge me about: it when: {when}")).await;
    assert!(answer.text().starts_with("I'll remind you"), "{when}: {}", answer.text());
    answer.message().times()[0]
}

/// docs/nudges.md: delivery-hour, own-time, span
#[tokio::test]
async fn phrases_mean_what_they_say() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    for (phrase, then) in [
        ("tomorrow 9am", "2033-03-02T09:00:00Z"),
        ("tomorrow", "2033-03-02T09:00:00Z"),
        ("in 2 weeks", "2033-03-15T09:00:00Z"),
        ("friday 3pm", "2033-03-04T15:00:00Z"),
        ("in 1 month", "2033-04-01T08:00:00Z"),
        ("1 jan 2034", "2034-01-01T09:00:00Z"),
    ] {
        assert_eq!(planned(&ana, phrase).await, at(then), "{phrase}");
    }
    let soon = planned(&ana, "in 90 minutes").await;
    assert_eq!(soon.strftime("%H:%M").to_string(), "11:30");
    town.passes("90m").await;
    let letter = ana.latest().await;
    insta::assert_snapshot!("planned_letter", letter.seen());
    town.close().await;
}

/// docs/nudges.md: two-readings
#[tokio::test]
async fn two_readings_are_asked_back_for() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let asked = ana.runs("/nudge me about: the talk when: next friday").await;
    insta::assert_snapshot!("two_readings", asked.message().seen());
    let second = asked.message().buttons()[1].clone();
    let answer = ana.presses(&asked.message(), &second).await;
    insta::assert_snapshot!("second_reading", answer.message().seen());
    assert_eq!(answer.message().id, asked.message().id);
    assert_eq!(answer.message().times()[0], at("2033-03-11T09:00:00Z"));
    town.close().await;
}

#[tokio::test]
async fn what_was_asked_back_means_days_later_what_it_meant_then() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    town.passes("2d").await;
    let one = ana.runs("/nudge me about: the talk when: next friday").await.message();
    let other = ana.runs("/nudge me about: the other talk when: next friday").await.message();
    // It was Thursday; now it is Saturday.
    town.passes("1d20h").await;
    let answer = ana.presses(&one, &one.buttons()[1]).await;
    assert_eq!(answer.message().times()[0], at("2033-03-11T09:00:00Z"), "{}", answer.text());
    let over = ana.presses(&other, &other.buttons()[0]).await;
    assert!(over.text().contains("which has passed"), "{}", over.text());
    town.passes("10d").await;
    assert_eq!(ana.letters().await.len(), 1);
    town.close().await;
}

#[tokio::test]
async fn a_snooze_until_one_of_two_moments_is_asked_back_for_too() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/nudge me about: the talk when: in 2 weeks").await;
    let asked = ana.runs("/nudge snooze nudge: talk until: next friday").await.message();
    assert_eq!(asked.buttons().len(), 3, "{}", asked.seen());
    let second = asked.buttons()[1].clone();
    let snoozed = ana.presses(&asked, &second).await;
    assert_eq!(snoozed.message().times()[0], at("2033-03-11T09:00:00Z"));

    town.passes("10d").await;
    let nudge = ana.latest().await;
    ana.presses(&nudge, "Snooze").await;
    let form = ana.chooses(&nudge, "Another time…").await;
    let asked = ana.fills(&form, &[("When", "next sunday")]).await.message();
    assert_eq!((asked.id.as_str(), asked.buttons().len()), (nudge.id.as_str(), 3), "{}", asked.seen());
    let back = ana.presses(&asked, "Back").await.message();
    assert_eq!(back.seen(), nudge.seen());
    ana.presses(&nudge, "Snooze").await;
    let form = ana.chooses(&nudge, "Another time…").await;
    let asked = ana.fills(&form, &[("When", "next sunday")]).await.message();
    let first = asked.buttons()[0].clone();
    let snoozed = ana.presses(&asked, &first).await;
    assert!(snoozed.text().starts_with("**Snoozed:** the talk"), "{}", snoozed.text());

    town.passes("5d").await;
    let nudge = ana.latest().await;
    let form = ana.presses(&nudge, "Done").await;
    let asked = ana.fills(&form, &[("What next", "the slides"), ("When", "next friday")]).await.message();
    let second = asked.buttons()[1].clone();
    let done = ana.presses(&asked, &second).await;
    assert!(done.text().contains("Then: the slides"), "{}", done.text());
    town.close().await;
}

/// docs/nudges.md: stop
#[tokio::test]
async fn stop_on_a_snoozed_one_stops_what_repeats() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/nudge me about: water the plants when: every friday").await;
    town.passes("3d").await;
    let nudge = ana.latest().await;
    ana.presses(&nudge, "Snooze").await;
    ana.chooses(&nudge, "Tomorrow").await;
    town.passes("1d").await;
    let again = ana.latest().await;
    assert_eq!(ana.letters().await.len(), 2);
    ana.presses(&again, "Stop").await;
    town.passes("30d").await;
    assert_eq!(ana.letters().await.len(), 2);
    town.close().await;
}

#[tokio::test]
async fn stop_stops_what_was_snoozed_of_it_too_and_undo_brings_both_back() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/nudge me about: water the plants when: every friday").await;
    town.passes("3d").await;
    let first = ana.latest().await;
    ana.presses(&first, "Snooze").await;
    ana.chooses(&first, "In a month").await;
    town.passes("7d").await;
    let second = ana.latest().await;
    ana.presses(&second, "Stop").await;
    ana.presses(&second, "Undo").await;
    let list = ana.runs("/nudge list").await.text();
    assert_eq!(list.matches("water the plants").count(), 3, "one waits, two are planned: {list}");
    ana.presses(&second, "Stop").await;
    town.passes("60d").await;
    assert_eq!(ana.letters().await.len(), 2);
    town.close().await;
}

#[tokio::test]
async fn what_was_snoozed_and_comes_with_the_next_one_is_one_with_it() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/nudge me about: water the plants when: every friday").await;
    town.passes("3d").await;
    let first = ana.latest().await;
    ana.presses(&first, "Snooze").await;
    ana.chooses(&first, "Next week").await;
    town.passes("7d").await;
    let letters = ana.letters().await;
    assert_eq!((letters.len(), letters[1].first()), (2, first.first()));
    town.close().await;
}

#[tokio::test]
async fn what_repeats_from_a_time_on_comes_at_that_time_and_follows_the_settings() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/nudge me about: the oven when: in 2 hours repeat: every day").await;
    town.passes("2h").await;
    assert_eq!(ana.letters().await.len(), 1);
    // Only the first was a span: the next is noon, wherever she is.
    let shown = ana.runs("/settings timezone: New York").await.message();
    ana.presses(&shown, "Move").await;
    town.passes("1d4h59m").await;
    assert_eq!(ana.letters().await.len(), 1);
    town.passes("1m").await;
    assert_eq!(ana.letters().await.len(), 2);
    town.close().await;
}

#[tokio::test]
async fn what_is_past_or_no_time_is_told_and_can_be_mended() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let past = ana.runs("/nudge me about: the talk when: yesterday").await;
    insta::assert_snapshot!("past", past.message().seen());
    let refused = ana.runs("/nudge me about: the talk when: next fri-ish").await;
    insta::assert_snapshot!("no_time", refused.message().seen());
    let refused_repeat = ana.runs("/nudge me about: the talk when: friday repeat: often").await;
    insta::assert_snapshot!("no_repeat", refused_repeat.message().seen());

    let form = ana.presses(&refused.message(), "Try again").await;
    let typed = form.form()["components"][0]["components"][0]["value"].clone();
    assert_eq!(typed, "the talk");
    let answer = ana.fills(&form, &[("Of what", "the talk"), ("When", "friday 3pm")]).await;
    assert_eq!(answer.message().times()[0], at("2033-03-04T15:00:00Z"), "{}", answer.text());
    assert_eq!(answer.message().id, refused.message().id, "the message that asked for it");

    // What is planned already, shown and changed: one message, whatever is typed into its forms.
    let card = answer.message();
    for (button, text) in [("Edit", "at some point"), ("Snooze", "some day")] {
        let form = match button {
            "Edit" => ana.presses(&card, button).await,
            _ => {
                let menu = ana.presses(&card, button).await;
                ana.chooses(&menu.message(), "Another time…").await
            }
        };
        let refused = ana.fills(&form, &[("When", text)]).await.message();
        assert_eq!(
            (refused.id.as_str(), refused.buttons()),
            (card.id.as_str(), vec!["Try again".into(), "Back".into()])
        );
        let back = ana.presses(&refused, "Back").await.message();
        assert_eq!(back.times()[0], at("2033-03-04T15:00:00Z"), "{button}: {}", back.text());
    }
    town.close().await;
}

/// docs/nudges.md: repeat
#[tokio::test]
async fn what_repeats_comes_again_and_only_the_last_one_waits() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let answer = ana.runs("/nudge me about: water the plants when: every friday").await;
    assert_eq!(answer.message().times()[0], at("2033-03-04T09:00:00Z"), "{}", answer.text());
    let answer = ana.runs("/nudge me about: the garden when: 1 apr 2033 repeat: every 3 months").await;
    insta::assert_snapshot!("repeats", answer.message().seen());
    town.passes("11d").await;
    let letters = ana.letters().await;
    assert_eq!(letters.len(), 2);
    let list = ana.runs("/nudge list").await;
    insta::assert_snapshot!("list_with_one_waiting", list.message().seen());

    let old = ana.presses(&letters[0], "Done").await;
    assert!(old.text().starts_with("**No longer open:** water the plants."), "{}", old.text());
    let form = ana.presses(&letters[1], "Done").await;
    ana.fills(&form, &[]).await;
    town.passes("7d").await;
    let third = ana.latest().await;
    let stopped = ana.presses(&third, "Stop").await;
    insta::assert_snapshot!("repeat_stopped", stopped.message().seen());
    town.passes("360d").await;
    // Spring, summer, autumn, winter: the garden, at nine of the summer and of the winter.
    let garden = ana.letters().await.split_off(3);
    assert_eq!(garden.len(), 4);
    town.close().await;
}

#[tokio::test]
async fn whom_it_is_about_is_found_asked_for_or_said_to_be_unknown() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/settings digest: each").await;
    ana.runs("/connection add name: Grace Hopper every: off").await;
    ana.runs("/connection add name: Grace Kelly every: off").await;
    let which = ana.runs("/nudge me about: the film when: tomorrow who: grace").await;
    insta::assert_snapshot!("which_grace", which.message().seen());
    let answer = ana.chooses(&which.message(), "Grace Kelly").await;
    assert!(answer.text().contains("**Grace Kelly**"), "{}", answer.text());

    let one = ana.runs("/nudge me about: the compiler when: tomorrow who: hopper").await;
    assert!(one.text().contains("**Grace Hopper**"), "{}", one.text());
    let nobody = ana.runs("/nudge me about: the film when: tomorrow who: Bogart").await;
    assert!(!nobody.text().starts_with("I'll remind you"), "{}", nobody.text());
    town.passes("1d").await;
    let mut firsts: Vec<String> = ana.letters().await.iter().map(|it| it.first().to_owned()).collect();
    firsts.sort();
    assert_eq!(firsts, ["**Grace Hopper**: the compiler", "**Grace Kelly**: the film"]);
    town.close().await;
}

#[tokio::test]
async fn the_list_turns_pages_and_opens_what_is_chosen() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let empty = ana.runs("/nudge list").await;
    insta::assert_snapshot!("list_empty", empty.message().seen());
    for n in 1..=23 {
        ana.runs(&format!("/nudge me about: thing {n} when: in {n} days")).await;
    }
    let first = ana.runs("/nudge list").await;
    assert_eq!((first.message().lines().len(), first.message().buttons()), (10, vec!["More".to_owned()]));
    let second = ana.presses(&first.message(), "More").await;
    assert_eq!(second.message().buttons(), ["Back", "More"]);
    let third = ana.presses(&second.message(), "More").await;
    assert_eq!(third.message().lines(), ["thing 21", "thing 22", "thing 23"]);

    let shown = ana.chooses(&third.message(), "thing 22").await;
    insta::assert_snapshot!("planned_card", shown.message().seen());
    let card = shown.message();
    let form = ana.presses(&card, "Edit").await;
    let edited = ana
        .fills(
            &form,
            &[
                ("Of what", "another thing"),
                ("When", "2033-03-10 17:30"),
                ("How it repeats", "every 2 weeks"),
            ],
        )
        .await;
    insta::assert_snapshot!("planned_edited", edited.message().seen());
    assert_eq!(edited.message().times()[0], at("2033-03-10T17:30:00Z"));

    let menu = ana.presses(&card, "Snooze").await;
    let back = ana.presses(&menu.message(), "Back").await;
    assert_eq!(back.message().times()[0], at("2033-03-10T17:30:00Z"));
    ana.presses(&card, "Snooze").await;
    let snoozed = ana.chooses(&card, "In 2 weeks").await;
    assert_eq!(snoozed.message().times()[0], at("2033-03-15T09:00:00Z"));

    let cancelled = ana.presses(&card, "Cancel it").await;
    insta::assert_snapshot!("cancelled", cancelled.message().seen());
    let again = ana.presses(&card, "Undo").await;
    assert_eq!(again.message().times()[0], at("2033-03-15T09:00:00Z"));
    ana.presses(&card, "Cancel it").await;
    town.passes("11m").await;
    let late = ana.presses(&card, "Undo").await;
    assert!(late.text().starts_with("It is too late"), "{}", late.text());
    town.passes("30d").await;
    assert_eq!(ana.letters().await.len(), 22);
    town.close().await;
}

#[tokio::test]
async fn edit_snooze_and_cancel_take_what_is_typed() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/nudge me about: the talk when: in 3 days").await;
    ana.runs("/nudge me about: the tax when: in 4 days").await;
    let snoozed = ana.runs("/nudge snooze nudge: talk until: in 2 weeks").await;
    assert_eq!(snoozed.message().times()[0], at("2033-03-15T09:00:00Z"));
    let form = ana.runs("/nudge edit nudge: TALK").await;
    let edited = ana.fills(&form, &[("Of what", "the talk"), ("When", "friday 3pm")]).await;
    assert_eq!(edited.message().times()[0], at("2033-03-04T15:00:00Z"), "{}", edited.text());
    let cancelled = ana.runs("/nudge cancel nudge: tax").await;
    assert!(cancelled.text().starts_with("Cancelled: the tax"), "{}", cancelled.text());
    // Once nothing is left, the list says so.
    let list = ana.runs("/nudge cancel nudge: the").await;
    assert!(list.text().starts_with("Cancelled: the talk"), "{}", list.text());
    let list = ana.runs("/nudge cancel nudge: nothing like it").await;
    assert!(list.text().starts_with("Nothing waits"), "{}", list.text());
    town.passes("30d").await;
    assert!(ana.letters().await.is_empty());
    town.close().await;
}

#[tokio::test]
async fn while_one_types_what_is_understood_is_shown() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/nudge me about: the talk when: in 3 days").await;
    let offered = |line: &'static str, focused: &'static str| {
        let ana = &ana;
        async move {
            let all = ana.is_offered(line, focused).await;
            all.into_iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join("\n")
        }
    };
    insta::assert_snapshot!("offered_when", offered("/nudge me when: in 2 w", "when").await);
    insta::assert_snapshot!("offered_two", offered("/nudge me when: next friday", "when").await);
    insta::assert_snapshot!("offered_nothing", offered("/nudge me when: xyz", "when").await);
    insta::assert_snapshot!("offered_empty", offered("/nudge me when:", "when").await);
    insta::assert_snapshot!("offered_repeat", offered("/nudge me repeat: every 3 m", "repeat").await);
    let planned = ana.is_offered("/nudge cancel nudge: tal", "nudge").await;
    assert_eq!(planned.len(), 1);
    assert_eq!(planned[0].0, "the talk");
    ana.runs_with("nudge cancel", json!({"nudge": planned[0].1})).await;
    town.passes("10d").await;
    assert!(ana.letters().await.is_empty());
    town.close().await;
}

#[tokio::test]
async fn somebody_can_plan_so_many_and_no_more() {
    let town = Town::open_with(&[("limits.open_nudges_per_member", "3")]).await;
    let ana = town.member("Ana").await;
    for n in 1..=3 {
        planned(&ana, &format!("in {n} days")).await;
    }
    let full = ana.runs("/nudge me about: one more when: tomorrow").await;
    insta::assert_snapshot!("full", full.message().seen());
    town.passes("1d").await;
    planned(&ana, "tomorrow").await;
    town.close().await;
}
