//! A zone changes its clock rules, and a Kith that knows of it starts: what was planned for nine there comes at nine.

use jiff::tz::TimeZone;
use kith::id::UserId;
use kith::members::rules::{Rules, store::put};
use kith::store::{Store, StoreError};

use crate::kit::{Town, at};

/// While Kith is not running: as if it had planned for these people by rules without London's summer of 2033.
async fn knew_no_summer(town: &Town, people: &[&str]) {
    let mut rules = Rules::of(&TimeZone::get("Europe/London").unwrap());
    let (spring, autumn) = (at("2033-03-02T00:00:00Z").as_second(), at("2033-12-01T00:00:00Z").as_second());
    rules.changes.retain(|(at, _)| !(spring..autumn).contains(at));
    let store = Store::open_existing(&town.store()).unwrap();
    let kept = store.write(|tx| -> Result<(), StoreError> {
        people.iter().try_for_each(|id| put(tx, UserId(id.parse().unwrap()), "Europe/London", &rules))
    });
    kept.await.unwrap();
    store.close().await.unwrap();
}

/// docs/nudges.md: zone-rules
#[tokio::test]
async fn what_was_planned_for_nine_there_still_comes_at_nine_there() {
    let mut town = Town::open().await;
    let (ana, bo) = (town.member("Ana").await, town.stranger("Bo").await);
    bo.runs("/settings timezone: Asia/Tokyo").await;
    // By the rules that Kith is made to have known, which have no summer, this is nine in London.
    let planned = ana.runs("/nudge me about: the talk when: 4 apr 2033 10am").await;
    assert_eq!(planned.message().times()[0], at("2033-04-04T09:00:00Z"));
    ana.runs("/connection add name: Grace Hopper every: 6 weeks").await;
    ana.runs("/nudge me about: the oven when: in 840 hours").await;
    bo.runs("/nudge me about: the talk when: 4 apr 2033 9am").await;
    let (ana, bo) = (ana.id.clone(), bo.id.clone());
    town.stop().await;
    knew_no_summer(&town, &[&ana]).await;
    town.start().await;

    let (ana, bo) = (town.with_id(&ana), town.with_id(&bo));
    let told = ana.runs("/nudge list").await;
    insta::assert_snapshot!("told_once", told.message().seen());
    assert!(told.message().is_private());
    let again = ana.runs("/nudge list").await;
    assert!(!again.text().contains("clock rules"), "{}", again.text());
    assert!(!bo.runs("/nudge list").await.text().contains("clock rules"));

    // Nine in London, in summer.
    town.passes("33d21h59m").await;
    assert_eq!((ana.letters().await.len(), bo.letters().await.len()), (0, 1));
    town.passes("1m").await;
    assert_eq!(ana.letters().await.len(), 1);
    // What was set for a span comes after that span.
    town.passes("1d1h59m").await;
    assert_eq!(ana.letters().await.len(), 1);
    town.passes("1m").await;
    assert_eq!(ana.letters().await.len(), 2);
    town.close().await;
}

#[tokio::test]
async fn the_next_start_moves_nothing_again() {
    let mut town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/nudge me about: the talk when: 4 apr 2033 10am").await;
    let id = ana.id.clone();
    town.stop().await;
    knew_no_summer(&town, &[&id]).await;
    town.start().await;
    town.restart().await;
    let ana = town.with_id(&id);
    let list = ana.runs("/nudge list").await;
    assert_eq!(list.message().times()[0], at("2033-04-04T08:00:00Z"), "{}", list.text());
    assert!(list.text().contains("changed its clock rules"), "{}", list.text());
    town.close().await;
}
