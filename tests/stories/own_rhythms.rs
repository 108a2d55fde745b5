//! Rhythms of one's own for each relationship, for those who are added without one.

use crate::kit::{Town, at};

/// docs/nudges.md: usual-rhythm
#[tokio::test]
async fn whoever_is_added_without_a_rhythm_gets_ones_own_for_their_relationship() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace relationship: mentor").await;
    let set = ana.runs("/settings relationship: mentor every: 3 weeks").await;
    insta::assert_snapshot!("set", set.message().seen());

    let cem = ana.runs("/connection add name: Cem relationship: mentor").await;
    assert_eq!(cem.message().times()[0], at("2033-03-22T09:00:00Z"), "{}", cem.text());
    let named = ana.runs("/connection add name: Dora relationship: mentor every: 1 week").await;
    assert_eq!(named.message().times()[0], at("2033-03-08T09:00:00Z"));
    let other = ana.runs("/connection add name: Eve relationship: sponsor").await;
    assert!(other.text().contains("every 8 weeks"), "{}", other.text());
    // Who was there already stays.
    let grace = ana.runs("/connection show who: Grace").await;
    assert!(grace.text().contains("every 4 weeks"), "{}", grace.text());

    ana.runs("/settings relationship: client every: never").await;
    let fay = ana.runs("/connection add name: Fay relationship: client").await;
    assert!(fay.text().starts_with("Saved **Fay**. No nudges"), "{}", fay.text());
    let shown = ana.runs("/settings").await;
    insta::assert_snapshot!("settings", shown.message().seen());

    let off = ana.runs("/settings relationship: mentor every: off").await;
    insta::assert_snapshot!("off", off.message().seen());
    let gil = ana.runs("/connection add name: Gil relationship: mentor").await;
    assert!(gil.text().contains("every 4 weeks"), "{}", gil.text());
    town.close().await;
}

#[tokio::test]
async fn what_is_half_said_or_no_rhythm_is_told_and_mended() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let mut told = vec![];
    for line in ["relationship: mentor", "every: 3 weeks", "relationship: mentor every: often"] {
        told.push(ana.runs(&format!("/settings {line}")).await.text());
    }
    insta::assert_snapshot!("refused", told.join("\n"));
    let refused = ana.runs("/settings relationship: mentor every: 20 years").await.message();
    let form = ana.presses(&refused, "Try again").await;
    assert_eq!(form.field("How often to be in touch"), "20 years");
    let set = ana.fills(&form, &[("How often to be in touch", "2 years")]).await;
    assert!(set.text().starts_with("Whoever you add as mentor comes every 2 years"), "{}", set.text());

    // With something else that is refused, nothing is changed.
    ana.runs("/settings timezone: Atlantis relationship: mentor every: 1 week").await;
    let cem = ana.runs("/connection add name: Cem relationship: mentor").await;
    assert!(cem.text().contains("every 2 years"), "{}", cem.text());
    let both = ana.runs("/settings timezone: Lisbon relationship: mentor every: 1 week").await;
    assert!(both.text().contains("Europe/Lisbon") && both.text().contains("every week"), "{}", both.text());
    town.close().await;
}
