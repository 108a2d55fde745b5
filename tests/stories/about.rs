//! What Kith says of itself.

use crate::kit::Town;

#[tokio::test]
async fn about_says_what_it_is_and_leads_to_the_help() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let about = ana.runs("/about").await.message();
    assert!(about.is_private());
    assert!(about.first().contains(env!("CARGO_PKG_VERSION")), "{}", about.first());
    insta::with_settings!({filters => vec![(env!("CARGO_PKG_VERSION"), "[version]")]}, {
        insta::assert_snapshot!(about.seen());
    });

    let help = ana.presses(&about, "Help").await.message();
    assert_ne!(help.id, about.id);
    assert!(help.text().contains("/connection add"), "{}", help.text());
    town.close().await;
}
