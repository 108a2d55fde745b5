//! Give before you ask: whoever plans an ask to somebody to whom only asks went is told so, and can give first.

use crate::kit::{Person, Town};

fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

/// Ana, who asked Grace twice. It is Tuesday, 1 March 2033, ten o'clock.
async fn ana_who_asked_twice(town: &Town) -> Person<'_> {
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace Hopper relationship: mentor every: off").await;
    ana.runs("/log who: Grace what: asked").await;
    ana.runs("/log who: Grace what: asked").await;
    ana
}

/// docs/nudges.md: give-first
#[tokio::test]
async fn an_ask_after_asks_is_planned_said_as_a_fact_and_giving_comes_first() {
    let town = Town::open().await;
    let ana = ana_who_asked_twice(&town).await;
    let card = ana.runs("/connection show who: Grace").await;
    assert!(card.text().contains("gave nothing · your turn to give"), "{}", card.text());

    let planned = ana
        .runs("/nudge me about: the compiler team when: in 2 weeks who: Grace kind: ask_referral")
        .await
        .message();
    insta::assert_snapshot!("planned", planned.seen());
    let given = ana.presses(&planned, "Give something first").await.message();
    insta::assert_snapshot!("give_first", given.seen());
    assert_eq!(given.times()[0], at("2033-03-02T09:00:00Z"));
    // Taken back, the ask alone is planned, and the offer stands again.
    let back = ana.presses(&given, "Undo").await.message();
    assert_eq!(back.seen(), planned.seen());
    ana.presses(&back, "Give something first").await;

    town.passes("1d").await;
    let letter = ana.latest().await;
    insta::assert_snapshot!("to_give", letter.seen());
    let form = ana.presses(&letter, "Done").await;
    ana.fills(&form, &[("What happened", "sent her the article")]).await;
    town.passes("13d").await;
    assert_eq!(ana.letters().await.len(), 2);
    assert_eq!(ana.latest().await.first(), "**Grace Hopper**: the compiler team");
    town.close().await;
}

/// docs/nudges.md: give-back
#[tokio::test]
async fn after_asking_giving_back_is_offered_where_the_balance_says_so() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Bo every: never").await;
    let gave = ana.runs("/log who: Bo what: gave").await.message();
    let even = ana.runs("/log who: Bo what: asked").await.message();
    let buttons = ["Add a note", "Show", "Undo"];
    assert_eq!(
        (gave.buttons(), even.buttons()),
        (buttons.map(str::to_owned).to_vec(), buttons.map(str::to_owned).to_vec())
    );
    let asked = ana.runs("/log who: Bo what: asked").await.message();
    let planned = ana.presses(&asked, "Give something back").await.message();
    insta::assert_snapshot!("give_back", planned.seen());
    assert_ne!(planned.id, asked.id, "what was logged can still be taken back");
    let again = ana.presses(&asked, "Give something back").await.message();
    assert!(again.text().starts_with("This comes"), "{}", again.text());
    let asked = ana.runs("/log who: Bo what: asked").await.message();
    assert!(!asked.buttons().contains(&"Give something back".to_owned()), "it is planned");
    town.passes("1d").await;
    assert_eq!(ana.latest().await.first(), "**Bo**: give something back");
    town.close().await;
}

#[tokio::test]
async fn it_is_planned_once_and_offered_once() {
    let town = Town::open().await;
    let ana = ana_who_asked_twice(&town).await;
    let ask = "/nudge me about: my talk when: in 2 weeks who: Grace kind: ask_feedback";
    let planned = ana.runs(ask).await.message();
    ana.presses_twice(&planned, "Give something first").await;
    let again = ana.runs(ask).await.message();
    assert_eq!(again.buttons(), ["Edit", "Undo"], "it is planned already");
    town.passes("1d").await;
    assert_eq!(ana.letters().await.len(), 1);
    town.close().await;
}

#[tokio::test]
async fn before_an_ask_today_giving_comes_at_once() {
    let town = Town::open().await;
    let ana = ana_who_asked_twice(&town).await;
    let planned =
        ana.runs("/nudge me about: my talk when: today 3pm who: Grace kind: ask_feedback").await.message();
    ana.presses(&planned, "Give something first").await;
    town.passes("1m").await;
    assert_eq!(ana.latest().await.first(), "**Grace Hopper**: give something before you ask");
    town.close().await;
}

#[tokio::test]
async fn nothing_is_said_where_something_was_given_or_nothing_is_asked() {
    let town = Town::open().await;
    let ana = ana_who_asked_twice(&town).await;
    let other = ana.runs("/nudge me about: lunch when: in 2 weeks who: Grace").await.message();
    assert_eq!(other.buttons(), ["Edit", "Undo"]);
    ana.runs("/log who: Grace what: gave").await;
    let ask =
        ana.runs("/nudge me about: my talk when: in 2 weeks who: Grace kind: ask_feedback").await.message();
    assert_eq!(ask.buttons(), ["Edit", "Undo"]);
    let nobody = ana.runs("/nudge me about: my talk when: in 2 weeks kind: ask_feedback").await.message();
    assert_eq!(nobody.buttons(), ["Edit", "Undo"]);
    town.close().await;
}
