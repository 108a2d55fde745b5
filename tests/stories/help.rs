//! What Kith is for, and how one begins.

use crate::kit::Town;

#[tokio::test]
async fn help_tells_by_task_and_its_buttons_start() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let help = ana.runs("/help").await.message();
    assert!(help.is_private());
    insta::assert_snapshot!(help.seen());

    let form = ana.presses(&help, "Add somebody").await;
    assert_eq!(form.field("Name"), "");
    let saved = ana.fills(&form, &[("Name", "Grace")]).await;
    assert!(saved.text().starts_with("Saved **Grace**."), "{}", saved.text());
    assert_ne!(saved.message().id, help.id, "the help stays");
    ana.presses(&help, "Plan a nudge").await.form();
    ana.presses(&help, "Settings").await.form();
    let list = ana.presses(&help, "Show my network").await;
    assert!(list.text().contains("**Grace**"), "{}", list.text());
    town.close().await;
}
