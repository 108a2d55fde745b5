//! A command that names no nudge takes the only one, or asks which one is meant.

use crate::kit::{Town, at};

/// docs/nudges.md: which-one
#[tokio::test]
async fn the_only_one_is_taken() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    assert!(ana.runs("/nudge done").await.text().starts_with("Nothing waits for you."));
    assert!(ana.runs("/nudge edit").await.text().starts_with("Nothing waits and nothing is planned"));
    ana.runs("/nudge me about: the talk when: tomorrow").await;
    let form = ana.runs("/nudge edit").await;
    assert_eq!(form.field("Of what"), "the talk");
    let snoozed = ana.runs("/nudge snooze until: friday").await;
    assert_eq!(snoozed.message().times()[0], at("2033-03-04T09:00:00Z"), "{}", snoozed.text());
    town.passes("3d").await;
    assert_eq!(ana.letters().await.len(), 1);

    // It came: what waits can be put off, too, and answered.
    let snoozed = ana.runs("/nudge snooze until: tomorrow").await;
    assert!(snoozed.text().starts_with("**Snoozed:** the talk"), "{}", snoozed.text());
    town.passes("1d").await;
    let form = ana.runs("/nudge done").await;
    let done = ana.fills(&form, &[("What happened", "it went well")]).await;
    assert!(done.text().starts_with("**Done:** the talk. “it went well”"), "{}", done.text());
    ana.runs("/nudge me about: the book when: tomorrow").await;
    let cancelled = ana.runs("/nudge cancel").await;
    assert_eq!(cancelled.text(), "Cancelled: the book.");
    ana.presses(&cancelled.message(), "Undo").await;
    assert!(ana.runs("/nudge list").await.text().contains("the book"));
    town.close().await;
}

/// docs/nudges.md: which-one
#[tokio::test]
async fn of_several_one_is_chosen() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace every: 1 week").await;
    ana.runs("/nudge me about: the talk who: Grace when: tomorrow").await;
    ana.runs("/nudge me about: the book when: in 2 weeks").await;
    ana.runs("/nudge me about: the rent when: 12 mar 2033").await;
    let asked = ana.runs("/nudge cancel").await.message();
    insta::assert_snapshot!("which_nudge", asked.seen());
    let cancelled = ana.chooses(&asked, "the rent").await.message();
    assert_eq!((cancelled.first(), &cancelled.id), ("Cancelled: the rent.", &asked.id));
    let none = ana.runs("/nudge edit nudge: the moon").await.message();
    insta::assert_snapshot!("which_nudge_else", none.seen());
    assert_eq!(ana.chooses(&none, "the book").await.field("Of what"), "the book");

    town.passes("7d").await;
    let asked = ana.runs("/nudge snooze until: in 3 days").await.message();
    assert_eq!(asked.lines(), ["Grace: the talk", "Grace", "the book"], "{}", asked.seen());
    let snoozed = ana.chooses(&asked, "Grace").await.message();
    assert!(snoozed.text().starts_with("**Snoozed:** **Grace**"), "{}", snoozed.text());
    // By her name, which both bear that wait.
    let done = ana.runs("/nudge done nudge: grace").await;
    assert_eq!(done.field("What happened"), "");
    let offered = ana.is_offered("/nudge snooze nudge: gra", "nudge").await;
    assert_eq!(offered.len(), 1, "{offered:?}");
    // Somebody else's menu is of no use.
    let eve = town.member("Eve").await;
    assert!(eve.runs("/nudge done").await.text().starts_with("Nothing waits"));
    town.close().await;
}
