//! Somebody's dates: birthdays every year, and being in touch before an interview or an event.

use crate::kit::{Answer, Message, Person, Town};

fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

/// When the nudge comes, as the answer says.
fn comes(answer: &Answer) -> jiff::Timestamp {
    answer.message().times()[0]
}

/// Ana, who knows Grace and hears of her only by her dates. It is Tuesday, 1 March 2033, ten o'clock.
async fn ana_who_knows_grace(town: &Town) -> Person<'_> {
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace Hopper relationship: peer every: off").await;
    ana
}

async fn until(town: &Town, then: &str) {
    town.post("/clock", serde_json::json!({"set": then})).await;
}

/// docs/nudges.md: yearly-date
#[tokio::test]
async fn a_birthday_comes_every_year_and_has_words_of_its_own() {
    let town = Town::open().await;
    let ana = ana_who_knows_grace(&town).await;
    let planned = ana.runs("/nudge date who: Grace what: birthday on: 12 may 1988").await;
    insta::assert_snapshot!("birthday_planned", planned.message().seen());
    assert_eq!(comes(&planned), at("2033-05-12T08:00:00Z"));
    let shown = ana.runs("/connection show who: Grace").await;
    insta::assert_snapshot!("card", shown.message().seen());

    until(&town, "2033-05-12T08:00:00Z").await;
    let letter = ana.latest().await;
    insta::assert_snapshot!("birthday", letter.seen());
    assert_eq!(letter.openers().len(), 2);
    assert!(letter.openers().iter().all(|opener| opener.to_lowercase().contains("birthday")));
    let form = ana.presses(&letter, "Done").await;
    ana.fills(&form, &[("What happened", "wrote a card")]).await;
    until(&town, "2034-05-12T07:59:00Z").await;
    assert_eq!(ana.letters().await.len(), 1);
    until(&town, "2034-05-12T08:00:00Z").await;
    assert_eq!(ana.letters().await.len(), 2);
    town.close().await;
}

#[tokio::test]
async fn a_birthday_that_is_snoozed_is_still_one_when_it_is_back() {
    let town = Town::open().await;
    let ana = ana_who_knows_grace(&town).await;
    ana.runs("/nudge date who: Grace what: birthday on: 2 march").await;
    town.passes("1d").await;
    let letter = ana.latest().await;
    ana.presses(&letter, "Snooze").await;
    ana.chooses(&letter, "Tomorrow").await;
    let card = ana.runs("/connection show who: Grace").await;
    assert_eq!(card.text().matches("birthday").count(), 1, "{}", card.text());
    town.passes("1d").await;
    let again = ana.latest().await;
    assert_eq!(ana.letters().await.len(), 2);
    assert!(again.text().contains("🎂 Birthday"), "{}", again.text());
    assert!(again.openers().iter().all(|opener| !letter.openers().contains(opener)));
    town.close().await;
}

/// docs/nudges.md: openers-own
#[tokio::test]
async fn an_anniversary_is_congratulated_on_and_other_yearly_days_are_left_to_the_member() {
    let town = Town::open().await;
    let ana = ana_who_knows_grace(&town).await;
    ana.runs("/nudge date who: Grace what: work anniversary on: 2 march").await;
    town.passes("1d").await;
    let letter = ana.letter("work anniversary").await;
    assert_eq!(letter.openers().len(), 2);
    let congratulates = |opener: &String| {
        let opener = opener.to_lowercase();
        opener.contains("congratulations") || opener.contains("happy anniversary")
    };
    assert!(letter.openers().iter().all(congratulates), "{}", letter.text());
    ana.runs("/nudge date who: Grace what: the day we met on: every 3 march").await;
    town.passes("1d").await;
    let letter = ana.letter("the day we met").await;
    assert_eq!(letter.openers(), [""; 0]);
    town.close().await;
}

/// docs/nudges.md: leap-day
#[tokio::test]
async fn a_29_february_is_the_28th_in_common_years_for_a_whole_leap_cycle() {
    let town = Town::open().await;
    let ana = ana_who_knows_grace(&town).await;
    let planned = ana.runs("/nudge date who: Grace what: birthday on: 29 feb 2000").await;
    insta::assert_snapshot!("leap_day_planned", planned.message().seen());
    let ahead = ana.runs("/nudge date who: Grace what: the fair on: every 29 feb before: 1 week").await;
    assert_eq!(comes(&ahead), at("2034-02-21T09:00:00Z"));
    for (n, (fair, day)) in [
        ("2034-02-21", "2034-02-28"),
        ("2035-02-21", "2035-02-28"),
        ("2036-02-22", "2036-02-29"),
        ("2037-02-21", "2037-02-28"),
        ("2038-02-21", "2038-02-28"),
    ]
    .into_iter()
    .enumerate()
    {
        for (at, first, before) in
            [(fair, "**Grace Hopper**: the fair", 2 * n), (day, "**Grace Hopper**: birthday", 2 * n + 1)]
        {
            until(&town, &format!("{at}T08:59:00Z")).await;
            assert_eq!(ana.letters().await.len(), before, "before {at}");
            until(&town, &format!("{at}T09:00:00Z")).await;
            assert_eq!(ana.letters().await.len(), before + 1, "on {at}");
            assert_eq!(ana.latest().await.first(), first);
        }
    }
    town.close().await;
}

/// docs/nudges.md: quiet-day-date
#[tokio::test]
async fn on_a_quiet_day_it_comes_before_the_date_and_not_after() {
    let town = Town::open().await;
    let ana = ana_who_knows_grace(&town).await;
    ana.runs("/settings quiet_days: weekends").await;
    // Saturday, and the day before a Monday.
    let planned = ana.runs("/nudge date who: Grace what: birthday on: 5 march").await;
    insta::assert_snapshot!("birthday_before_quiet_days", planned.message().seen());
    let event = ana.runs("/nudge date who: Grace what: the fair on: 14 march before: 1 day").await;
    assert_eq!(comes(&event), at("2033-03-11T09:00:00Z"), "{}", event.text());
    let calendar = ana.runs("/nudge calendar").await;
    assert!(calendar.text().starts_with("**2 reminders**"), "{}", calendar.text());
    until(&town, "2033-03-04T09:00:00Z").await;
    let letter = ana.latest().await;
    assert!(letter.text().contains("🎂 Birthday** · the day is <t:"), "{}", letter.text());
    assert!(letter.text().contains(":D>, <t:"), "that it lies ahead: {}", letter.text());
    let why = ana.runs("/nudge why who: Grace").await;
    assert!(
        why.text().contains("one of your quiet days, so it comes on the last other day before"),
        "{}",
        why.text()
    );
    until(&town, "2033-03-11T09:00:00Z").await;
    assert_eq!(ana.latest().await.first(), "**Grace Hopper**: the fair");
    until(&town, "2034-03-02T09:00:00Z").await;
    assert_eq!(ana.letters().await.len(), 2, "each once");
    // A Sunday in 2034.
    until(&town, "2034-03-03T09:00:00Z").await;
    assert_eq!(ana.letters().await.len(), 3);
    town.close().await;
}

/// docs/nudges.md: single-date
#[tokio::test]
async fn before_an_interview_one_is_in_touch() {
    let town = Town::open().await;
    let ana = ana_who_knows_grace(&town).await;
    let planned = ana.runs("/nudge date who: Grace what: interview at Acme on: 18 march").await;
    insta::assert_snapshot!("date_planned", planned.message().seen());
    let week = ana.runs("/nudge date who: Grace what: first day on: 4 april before: 1 week").await;
    // Summer time has begun.
    assert_eq!(comes(&week), at("2033-03-28T08:00:00Z"));
    until(&town, "2033-03-16T09:00:00Z").await;
    let letter = ana.latest().await;
    insta::assert_snapshot!("date", letter.seen());
    assert_eq!(ana.letters().await.len(), 1);
    let shown = ana.runs("/connection show who: Grace").await;
    assert!(!shown.text().contains("interview"), "it is over: {}", shown.text());
    assert!(shown.text().contains("first day"), "{}", shown.text());
    until(&town, "2034-04-04T09:00:00Z").await;
    assert_eq!(ana.letters().await.len(), 2, "each once");
    town.close().await;
}

#[tokio::test]
async fn what_is_no_date_is_told_and_mended_with_what_was_typed() {
    let town = Town::open().await;
    let ana = ana_who_knows_grace(&town).await;
    let mut told: Vec<String> = vec![];
    for typed in [
        "what: birthday on: 31 february",
        "what: interview on: yesterday",
        "what: interview on: 1 jan 2101",
        "what: birthday on: soonish",
        "what: interview on: friday before: 3 hours",
        "what: interview on: friday before: 2 years",
    ] {
        told.push(ana.runs(&format!("/nudge date who: Grace {typed}")).await.text());
    }
    insta::assert_snapshot!("refused", told.join("\n"));
    let list = ana.runs("/nudge list").await;
    assert!(list.text().starts_with("Nothing waits and nothing is planned"), "{}", list.text());

    let refused =
        ana.runs("/nudge date who: Grace what: interview on: soonish before: 1 week").await.message();
    let form = ana.presses(&refused, "Try again").await;
    assert_eq!((form.field("What it is"), form.field("When it is")), ("interview".into(), "soonish".into()));
    let fields = [
        ("What it is", "interview"),
        ("When it is", "1 april"),
        ("How long before to be in touch", "1 week"),
    ];
    let planned = ana.fills(&form, &fields).await;
    assert_eq!(comes(&planned), at("2033-03-25T09:00:00Z"), "{}", planned.text());
    let nobody = ana.runs("/nudge date who: Nobody what: birthday on: 12 may").await;
    assert!(nobody.text().starts_with("Nobody in your network fits"), "{}", nobody.text());
    town.close().await;
}

#[tokio::test]
async fn whom_and_which_day_are_asked_back_for() {
    let town = Town::open().await;
    let ana = ana_who_knows_grace(&town).await;
    ana.runs("/connection add name: Grace Kelly every: off").await;
    let which =
        ana.runs("/nudge date who: grace what: premiere on: next friday before: 1 day").await.message();
    let asked = ana.chooses(&which, "Grace Kelly").await.message();
    assert_eq!(asked.buttons().len(), 2, "{}", asked.text());
    let second = asked.buttons()[1].clone();
    let planned = ana.presses(&asked, &second).await;
    assert_eq!(comes(&planned), at("2033-03-10T09:00:00Z"), "{}", planned.text());
    let shown = ana.runs("/connection show who: Kelly").await;
    assert!(shown.text().contains("premiere"), "{}", shown.text());
    town.close().await;
}

#[tokio::test]
async fn a_date_is_edited_as_a_date_and_cancelled_as_any_nudge() {
    let town = Town::open().await;
    let ana = ana_who_knows_grace(&town).await;
    let planned = ana.runs("/nudge date who: Grace what: birthday on: 12 may").await.message();
    let form = ana.presses(&planned, "Edit").await;
    assert_eq!(form.field("When it is"), "every year on 12 May");
    let fields =
        [("What it is", "birthday"), ("When it is", "13 may"), ("How long before to be in touch", "1")];
    let edited: Message = ana.fills(&form, &fields).await.message();
    assert_eq!(edited.times()[0], at("2033-05-12T08:00:00Z"), "{}", edited.text());
    let cancelled = ana.presses(&edited, "Cancel it").await;
    assert!(cancelled.text().starts_with("Cancelled: birthday"), "{}", cancelled.text());
    until(&town, "2034-06-01T09:00:00Z").await;
    assert!(ana.letters().await.is_empty());
    town.close().await;
}
