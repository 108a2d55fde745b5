//! Ana adds somebody, a week passes, the nudge comes, she answers it, and the next one comes by its rhythm.

use crate::kit::Town;

#[tokio::test]
async fn add_a_week_passes_the_nudge_comes_done_and_the_next_one_comes() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;

    let saved = ana.runs("/connection add name: Grace Hopper every: 1 week").await;
    assert!(saved.text().starts_with("Saved **Grace Hopper**."), "{}", saved.text());
    assert!(saved.message().is_private());
    assert!(ana.inbox().await.is_empty());

    town.passes("7d").await;
    let nudge = ana.latest().await;
    assert_eq!(ana.inbox().await.len(), 1);
    assert_eq!(nudge.first(), "**Grace Hopper**: time to be in touch");
    assert_eq!(nudge.buttons(), ["Done", "Snooze", "Skip", "Stop", "Show"]);

    let form = ana.presses(&nudge, "Done").await;
    let done = ana.fills(&form, &[("What happened", "coffee")]).await;
    assert_eq!(done.message().id, nudge.id, "the message itself changes");
    assert!(done.text().starts_with("**Done:** **Grace Hopper**."), "{}", done.text());
    assert_eq!(done.message().buttons(), ["Undo", "Show"]);

    town.passes("6d").await;
    assert_eq!(ana.inbox().await.len(), 1);
    town.passes("1d").await;
    let next = ana.latest().await;
    assert_eq!(ana.inbox().await.len(), 2);
    assert!(next.text().contains("chat") && next.text().contains("coffee"), "{}", next.text());
    town.close().await;
}
