//! What Ana does from the menu of a person.

use crate::kit::Town;

#[tokio::test]
async fn somebody_in_the_server_is_added_and_logged_from_their_menu() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let ben = town.stranger("Ben").await;

    let nobody = ana.picks("Log a touch", &ben).await;
    assert_eq!(nobody.text(), "**Ben** is not in your network yet. Nothing was logged.");
    assert!(nobody.message().is_private());
    let form = ana.picks("Add to my network", &ben).await;
    assert_eq!(form.field("Name"), "Ben");
    let saved = ana.fills(&form, &[("Relationship", "peer"), ("How often to be in touch", "2 weeks")]).await;
    assert!(saved.text().starts_with("Saved **Ben**. First nudge"), "{}", saved.text());
    assert!(saved.message().is_private());
    let card = ana.runs("/connection show who: ben").await.text();
    assert!(card.contains(&format!("On Discord: <@{}>", ben.id)), "{card}");

    let again = ana.picks("Add to my network", &ben).await;
    assert!(again.text().contains("in your network already"), "{}", again.text());
    let form = ana.picks("Log a touch", &ben).await;
    let refused = ana.fills(&form, &[("What it was", "brunch")]).await;
    assert!(refused.text().contains("“brunch”"), "{}", refused.text());
    let form = ana.presses(&refused.message(), "Try again").await;
    let logged = ana.fills(&form, &[("What it was", "Call"), ("When it was", "yesterday")]).await;
    assert!(logged.text().starts_with("Logged with **Ben**: call,"), "{}", logged.text());
    let herself = ana.picks("Add to my network", &ana).await;
    assert_eq!(herself.text(), "That is you. Pick somebody else for your network.");
    let herself = ana.picks("Log a touch", &ana).await;
    assert_eq!(herself.text(), "That is you. Pick somebody else for your network.");
    assert!(ben.inbox().await.is_empty());
    town.close().await;
}
