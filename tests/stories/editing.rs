//! What is planned is edited: what is left as it stands stays what it was.

use serde_json::json;

use crate::kit::{Person, Town};

/// Edits what is planned about `about`, through the form.
async fn edits(ana: &Person<'_>, about: &str, fields: &[(&str, &str)]) -> String {
    let mut form = ana.runs(&format!("/nudge edit nudge: {about}")).await;
    // Where there are several, the next one to come.
    if !form.json()["modal"].is_object() {
        form = ana.chooses(&form.message(), about).await;
    }
    ana.fills(&form, fields).await.text()
}

/// docs/nudges.md: span, edit
#[tokio::test]
async fn a_span_is_held_back_by_nothing_once_its_text_is_edited() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/settings quiet_hours: 22-7").await;
    town.post("/clock", json!({"set": "2033-03-01T22:30:00Z"})).await;
    ana.runs("/nudge me about: oven when: in 20 minutes").await;
    let changed = edits(&ana, "oven", &[("Of what", "the oven")]).await;
    assert!(changed.starts_with("Changed."), "{changed}");
    town.passes("20m").await;
    assert_eq!(ana.latest().await.first(), "the oven: your reminder");
    town.close().await;
}

/// docs/nudges.md: pause, edit
#[tokio::test]
async fn what_a_pause_holds_back_is_edited_and_comes_at_its_end() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/nudge me about: the talk when: 5 mar 2033").await;
    ana.runs("/nudge pause until: 10 mar 2033").await;
    town.passes("5d").await;
    let changed = edits(&ana, "the talk", &[("Of what", "the slides")]).await;
    assert!(changed.starts_with("Changed."), "{changed}");
    // How it repeats is changed, and its time is not.
    let changed = edits(&ana, "the slides", &[("How it repeats", "every week")]).await;
    assert!(changed.starts_with("Changed.") && changed.contains("every week"), "{changed}");
    town.passes("4d").await;
    assert_eq!(ana.latest().await.first(), "the slides: your reminder");
    town.passes("2d").await;
    assert_eq!(ana.letters().await.len(), 2, "Saturdays, as it was meant");
    town.close().await;
}

/// docs/nudges.md: stop
#[tokio::test]
async fn what_was_snoozed_of_a_row_is_still_of_it_once_edited() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/nudge me about: the plants when: every friday").await;
    town.passes("3d").await;
    let first = ana.latest().await;
    ana.presses(&first, "Snooze").await;
    ana.chooses(&first, "In 3 days").await;
    let changed = edits(&ana, "the plants", &[("When", "monday 3pm")]).await;
    assert!(changed.starts_with("Changed."), "{changed}");
    town.passes("3d6h").await;
    let again = ana.latest().await;
    assert_eq!(ana.letters().await.len(), 2);
    ana.presses(&again, "Stop").await;
    town.passes("30d").await;
    assert_eq!(ana.letters().await.len(), 2);
    town.close().await;
}
