//! Done, with what comes next and no time for it: Kith asks when, and keeps what was typed.

use crate::kit::{Message, Person, Town, at};

async fn nudged<'a>(town: &'a Town, plans: &str) -> (Person<'a>, Message) {
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace every: 1 month").await;
    ana.runs(&format!("/nudge me {plans} when: in 1 day")).await;
    town.passes("1d").await;
    let nudge = ana.latest().await;
    (ana, nudge)
}

/// docs/nudges.md: done-next
#[tokio::test]
async fn what_comes_next_without_a_time_is_asked_back_for() {
    let town = Town::open().await;
    let (ana, nudge) = nudged(&town, "about: pay rent").await;
    let form = ana.presses(&nudge, "Done").await;
    let typed = [("What happened", "paid"), ("What next", "check that it arrived")];
    let asked = ana.fills(&form, &typed).await.message();
    assert_eq!(asked.id, nudge.id);
    insta::assert_snapshot!("what_next_when", asked.seen());
    let back = ana.presses(&asked, "Back").await.message();
    assert_eq!(back.seen(), nudge.seen());

    let form = ana.presses(&nudge, "Done").await;
    let asked = ana.fills(&form, &typed).await.message();
    let form = ana.presses(&asked, "Another time…").await;
    assert_eq!(form.field("What next"), "check that it arrived");
    let asked = ana.fills(&form, &typed).await.message();
    let done = ana.presses(&asked, "Next week").await.message();
    insta::assert_snapshot!("what_next_planned", done.seen());
    assert_eq!(done.times(), [at("2033-03-09T09:00:00Z")]);
    let undone = ana.presses(&done, "Undo").await.message();
    assert_eq!(undone.seen(), nudge.seen());
    let list = ana.runs("/nudge list").await.text();
    assert!(!list.contains("check that it arrived"), "{list}");
    town.close().await;
}

/// docs/nudges.md: done-next
#[tokio::test]
async fn what_comes_next_can_be_noted_without_a_reminder() {
    let town = Town::open().await;
    let (ana, nudge) = nudged(&town, "about: pay rent").await;
    let form = ana.presses(&nudge, "Done").await;
    let asked = ana.fills(&form, &[("What next", "check that it arrived")]).await.message();
    let done = ana.presses(&asked, "Just note it").await.message();
    assert_eq!(done.first(), "**Done:** pay rent. “→ check that it arrived”");
    assert!(ana.runs("/nudge list").await.text().starts_with("Nothing waits and nothing is planned"));
    town.close().await;
}

/// docs/nudges.md: done-next
#[tokio::test]
async fn with_somebody_it_stands_in_the_note_and_the_talk_is_logged_once() {
    let town = Town::open().await;
    let (ana, nudge) = nudged(&town, "about: her talk who: Grace").await;
    let form = ana.presses(&nudge, "Done").await;
    let asked =
        ana.fills(&form, &[("What happened", "coffee"), ("What next", "the article")]).await.message();
    let done = ana.presses(&asked, "Tomorrow").await;
    assert!(done.text().contains("Then: the article"), "{}", done.text());
    let card = ana.runs("/connection show who: Grace").await.text();
    assert_eq!(card.matches("coffee → the article").count(), 1, "{card}");
    town.passes("1d").await;
    assert_eq!(ana.latest().await.first(), "**Grace**: the article");
    town.close().await;
}
