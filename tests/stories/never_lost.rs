//! A reminder is never lost, whatever is taken back, and comes no second time once it was answered.

use serde_json::json;

use crate::kit::{Message, Person, Town};

/// Ana's nudge about Grace, a week after she added her.
async fn nudged(town: &Town) -> (Person<'_>, Message) {
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace every: 1 week").await;
    town.passes("7d").await;
    let nudge = ana.latest().await;
    (ana, nudge)
}

async fn has_dms(town: &Town, person: &Person<'_>, open: bool) {
    town.post(&format!("/users/{}/dms", person.id), json!({"open": open})).await;
}

fn firsts(messages: &[Message]) -> Vec<&str> {
    messages.iter().map(Message::first).collect()
}

/// The nudge can be answered, and its rhythm goes on.
async fn goes_on(town: &Town, ana: &Person<'_>) {
    let inbox = ana.runs("/nudge inbox").await.message();
    assert!(inbox.first().starts_with("**One nudge waits for you**"), "{}", inbox.seen());
    let skipped = ana.presses(&inbox, "Skip").await;
    assert!(skipped.text().contains("Skipped"), "{}", skipped.text());
    let before = ana.letters().await.len();
    town.passes("7d").await;
    assert_eq!(ana.letters().await.len(), before + 1);
}

/// docs/nudges.md: removed, undo
#[tokio::test]
async fn a_nudge_that_was_pressed_while_its_person_was_removed_waits_again_with_them() {
    let town = Town::open().await;
    let (ana, nudge) = nudged(&town).await;
    let asked = ana.runs("/connection remove who: Grace").await;
    let removed = ana.presses(&asked.message(), "Remove").await;
    let over = ana.presses(&nudge, "Done").await;
    assert!(over.text().starts_with("**No longer open:**"), "{}", over.text());
    assert!(ana.runs("/nudge inbox").await.text().starts_with("Nothing waits"));
    ana.presses(&removed.message(), "Undo").await;
    goes_on(&town, &ana).await;
    town.close().await;
}

/// docs/nudges.md: log-answers, undo
#[tokio::test]
async fn a_nudge_that_was_pressed_before_the_talk_was_taken_back_waits_again() {
    let town = Town::open().await;
    let (ana, nudge) = nudged(&town).await;
    let logged = ana.runs("/log who: Grace").await;
    let over = ana.presses(&nudge, "Done").await;
    assert!(over.text().starts_with("**No longer open:**"), "{}", over.text());
    ana.presses(&logged.message(), "Undo").await;
    goes_on(&town, &ana).await;
    town.close().await;
}

/// docs/nudges.md: buttons, snooze
#[tokio::test]
async fn what_was_snoozed_and_came_again_is_done_once_from_either_message() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace every: never").await;
    let gives =
        json!({"about": "send the article", "when": "in 1 day", "who": "Grace", "kind": "give_value"});
    let planned = ana.runs_with("nudge me", gives).await;
    assert!(planned.text().starts_with("I'll remind you"), "{}", planned.text());
    town.passes("1d").await;
    let first = ana.latest().await;
    ana.presses(&first, "Snooze").await;
    let snoozed = ana.chooses(&first, "Tomorrow").await.message();
    town.passes("1d").await;
    let again = ana.latest().await;
    assert_ne!(again.id, first.id);

    let form = ana.presses(&snoozed, "Done").await;
    let done = ana.fills(&form, &[]).await;
    assert!(done.text().starts_with("**Done:**"), "{}", done.text());
    let second = ana.presses(&again, "Done").await;
    assert!(second.text().starts_with("**Done:**"), "no form opens: {}", second.text());
    let card = ana.runs("/connection show who: Grace").await.text();
    assert_eq!(card.matches("gave something").count(), 1, "{card}");

    // Taken back in one of them, it waits in both.
    ana.presses(&second.message(), "Undo").await;
    let form = ana.presses(&again, "Done").await;
    ana.fills(&form, &[]).await;
    let card = ana.runs("/connection show who: Grace").await.text();
    assert_eq!(card.matches("gave something").count(), 1, "{card}");
    assert!(ana.runs("/nudge inbox").await.text().starts_with("Nothing waits"));
    town.close().await;
}

/// docs/nudges.md: buttons, snooze
#[tokio::test]
async fn a_person_who_was_snoozed_and_came_again_is_done_once_too() {
    let town = Town::open().await;
    let (ana, first) = nudged(&town).await;
    ana.presses(&first, "Snooze").await;
    let snoozed = ana.chooses(&first, "Tomorrow").await.message();
    town.passes("1d").await;
    let form = ana.presses(&ana.latest().await, "Done").await;
    ana.fills(&form, &[("What happened", "coffee")]).await;
    let second = ana.presses(&snoozed, "Done").await;
    assert!(second.text().starts_with("**Done:** **Grace**. “coffee”"), "{}", second.text());
    town.close().await;
}

/// docs/nudges.md: log-answers, try-again
#[tokio::test]
async fn what_was_answered_by_a_talk_while_dms_were_closed_does_not_come() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace every: 1 week").await;
    ana.runs("/connection add name: Bo every: 1 week").await;
    ana.runs("/connection add name: Chi every: 8 days").await;
    has_dms(&town, &ana, false).await;
    town.passes("8d").await;
    ana.runs("/log who: Grace").await;
    ana.runs("/log who: Chi").await;
    let told = ana.runs("/nudge why").await;
    assert!(told.text().contains("one nudge waits"), "{}", told.text());
    has_dms(&town, &ana, true).await;
    let tried = ana.presses(&told.message(), "Try again").await;
    assert!(tried.text().contains("what waited here has come"), "{}", tried.text());
    assert_eq!(firsts(&ana.letters().await), ["**Bo**: time to be in touch"]);
    town.close().await;
}

/// docs/nudges.md: log-answers, undo
#[tokio::test]
async fn a_talk_that_is_taken_back_while_dms_are_closed_lets_the_nudge_come() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace every: 1 week").await;
    has_dms(&town, &ana, false).await;
    town.passes("7d").await;
    let logged = ana.runs("/log who: Grace").await;
    assert!(logged.text().contains("nudges can't reach you"), "none waits: {}", logged.text());
    ana.presses(&logged.message(), "Undo").await;
    let told = ana.runs("/nudge why").await;
    assert!(told.text().contains("one nudge waits"), "{}", told.text());
    has_dms(&town, &ana, true).await;
    ana.presses(&told.message(), "Try again").await;
    assert_eq!(firsts(&ana.letters().await), ["**Grace**: time to be in touch"]);
    town.close().await;
}

/// docs/nudges.md: try-again
#[tokio::test]
async fn after_a_month_of_closed_dms_what_waited_is_one_message_even_for_who_likes_each_by_itself() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/settings digest: each").await;
    for (day, name) in ["Grace", "Bo", "Chi", "Dan"].into_iter().enumerate() {
        ana.runs(&format!("/connection add name: {name} every: {} days", day + 2)).await;
    }
    ana.runs("/nudge me about: the plants when: every day").await;
    has_dms(&town, &ana, false).await;
    town.passes("30d").await;
    let told = ana.runs("/nudge list").await;
    assert!(told.text().contains("so 5 nudges wait here"), "{}", told.text());
    has_dms(&town, &ana, true).await;
    let tried = ana.presses(&told.message(), "Try again").await;
    assert!(tried.text().contains("5 nudges that waited here have come"), "{}", tried.text());
    let letters = ana.letters().await;
    assert_eq!(letters.len(), 1, "{:?}", firsts(&letters));
    insta::assert_snapshot!("waited_a_month", letters[0].seen());
    let skipped = ana.chooses(&letters[0], "Grace").await.message();
    ana.presses(&skipped, "Skip").await;
    // From now on each is a message again.
    town.passes("1d").await;
    assert_eq!(ana.latest().await.first(), "the plants: your reminder");
    town.close().await;
}

/// docs/nudges.md: refused, inbox
#[tokio::test]
async fn a_nudge_that_discord_does_not_take_is_told_of_and_waits_in_the_inbox() {
    let town = Town::open().await;
    let ana = town.ana_with_a_nudge().await;
    let body = json!({"code": 50_035, "message": "Invalid Form Body"});
    let route = "POST /channels/{channel.id}/messages";
    let fault = json!({"kind": "status", "route": route, "status": 400, "body": body, "count": 1});
    town.post("/faults", fault).await;
    town.passes("2h").await;
    assert!(ana.letters().await.is_empty());
    let told = ana.runs("/nudge list").await;
    insta::assert_snapshot!("refused_told", told.message().first());
    let again = ana.runs("/nudge list").await;
    assert!(!again.text().contains("did not take"), "once: {}", again.text());
    let inbox = ana.runs("/nudge inbox").await;
    assert!(inbox.text().contains("the talk"), "{}", inbox.text());
    town.close().await;
}

/// docs/nudges.md: removed
#[tokio::test]
async fn of_somebody_who_was_removed_nothing_is_left_of_what_came() {
    let town = Town::open().await;
    let (ana, nudge) = nudged(&town).await;
    ana.runs("/nudge me about: the book who: Grace when: in 1 hour").await;
    town.passes("1h").await;
    let planned = ana.latest().await;
    let asked = ana.runs("/connection remove who: Grace").await;
    ana.presses(&asked.message(), "Remove").await;
    town.passes("11m").await;
    let gone = ana.presses(&nudge, "Done").await;
    assert!(gone.text().contains("not planned any more"), "{}", gone.text());
    // What she planned herself waits on, without the name.
    let inbox = ana.runs("/nudge inbox").await;
    assert!(inbox.text().contains("the book") && !inbox.text().contains("Grace"), "{}", inbox.text());
    let why = ana.runs("/nudge why").await;
    assert!(!why.text().contains("Grace"), "{}", why.text());
    let skipped = ana.presses(&planned, "Skip").await;
    assert_eq!(skipped.message().first(), "**Skipped:** the book.");
    town.close().await;
}
