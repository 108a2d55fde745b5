//! When nothing comes: quiet days, pauses; and `/nudge why`, which says so.

use crate::kit::{Town, at};

/// docs/nudges.md: quiet-day, way-through
#[tokio::test]
async fn what_falls_on_a_quiet_day_comes_on_the_next_one_that_is_not() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/settings quiet_days: tue and wed").await;
    let saved = ana.runs("/connection add name: Bo every: 1 week").await.message();
    assert_eq!(saved.times(), [at("2033-03-10T09:00:00Z")], "Thursday, not Tuesday");
    let why = ana.runs("/nudge why who: Bo").await;
    insta::assert_snapshot!("why_quiet_day", why.message().seen());
    town.passes("8d23h").await;
    assert_eq!(ana.letters().await.len(), 1);
    for (days, said) in [
        ("every day", "would leave no day"),
        ("mon to sun", "would leave no day"),
        ("someday", "I can't read “someday” as days"),
    ] {
        let answer = ana.runs(&format!("/settings quiet_days: {days}")).await;
        assert!(answer.text().contains(said), "{days}: {}", answer.text());
    }
    let answer = ana.runs("/settings digest: weekly_wednesday").await;
    assert!(answer.text().contains("on one of your quiet days"), "{}", answer.text());
    town.close().await;
}

/// docs/nudges.md: pause
#[tokio::test]
async fn in_a_pause_everything_waits_and_comes_as_one_at_its_end() {
    let mut town = Town::open().await;
    let ana = town.member("Ana").await;
    let id = ana.id.clone();
    ana.runs("/connection add name: Bo every: 1 week").await;
    ana.runs("/connection add name: Chi every: 2 weeks").await;
    ana.runs("/nudge me about: the rent when: 12 mar 2033").await;
    let paused = ana.runs("/nudge pause until: 21 mar 2033").await;
    insta::assert_snapshot!("paused", paused.message().seen());
    let why = ana.runs("/nudge why").await;
    insta::assert_snapshot!("why_paused", why.message().seen());
    town.passes("10d").await;
    town.restart().await;
    town.passes("9d").await;
    let ana = town.with_id(&id);
    assert!(ana.letters().await.is_empty());
    town.passes("23h").await;
    assert_eq!(ana.letters().await.len(), 1);
    assert_eq!(ana.latest().await.first(), "**3 nudges today**: the rent, Bo, Chi");
    town.close().await;
}

/// docs/nudges.md: pause-dates
#[tokio::test]
async fn dates_in_a_pause_are_named_and_said_with_was_after_it() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace every: never").await;
    ana.runs("/connection add name: Bo every: never").await;
    ana.runs("/nudge date who: Grace what: birthday on: 12 march").await;
    ana.runs("/nudge date who: Bo what: interview at Acme on: 18 march").await;
    ana.runs("/nudge date who: Bo what: first day on: 18 april").await;
    let paused = ana.runs("/nudge pause until: 21 mar 2033").await;
    insta::assert_snapshot!("paused_over_dates", paused.message().seen());
    town.passes("20d").await;
    let digest = ana.latest().await;
    assert_eq!(digest.text().matches("the day was <t:").count(), 2, "{}", digest.text());
    let grace = ana.presses(&digest, "Grace: birthday").await.message();
    assert!(grace.text().contains("🎂 Birthday** · the day was <t:"), "{}", grace.text());
    let late = ["late", "belated", "after", "without a word", "away", "still on me", "missed"];
    for opener in grace.openers() {
        assert!(late.iter().any(|word| opener.to_lowercase().contains(word)), "{opener}");
    }
    town.close().await;
}

/// docs/nudges.md: resume, span
#[tokio::test]
async fn a_pause_that_is_ended_early_lets_come_what_waited() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Bo every: 1 week").await;
    ana.runs("/nudge me about: the rent when: 20 mar 2033").await;
    let paused = ana.runs("/nudge pause until: 21 mar 2033").await.message();
    town.passes("9d").await;
    assert!(ana.letters().await.is_empty());
    // What was set for a span of minutes is not held.
    ana.runs("/nudge me about: the oven when: in 20 minutes").await;
    town.passes("20m").await;
    assert_eq!(ana.latest().await.first(), "the oven: your reminder");

    let resumed = ana.presses(&paused, "Resume").await.message();
    insta::assert_snapshot!("resumed", resumed.seen());
    town.passes("1m").await;
    assert_eq!(ana.latest().await.first(), "**Bo**: time to be in touch");
    town.passes("10d").await;
    assert_eq!(ana.latest().await.first(), "the rent: your reminder");
    assert_eq!(ana.letters().await.len(), 3);
    town.close().await;
}

#[tokio::test]
async fn a_pause_whose_days_are_over_this_year_says_which_year_it_means() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    town.passes("32d").await;
    // It is 2 April 2033.
    let far = ana.runs("/nudge pause until: 30 mar from: 20 mar").await.message();
    insta::assert_snapshot!("pause_next_year", far.seen());
    let form = ana.presses(&far, "Change").await;
    form.holds(&[("Until", "30 mar"), ("From", "20 mar")]);
    let near = ana.fills(&form, &[("Until", "30 apr"), ("From", "20 apr")]).await.message();
    assert_eq!((near.id.as_str(), near.times()[0]), (far.id.as_str(), at("2033-04-20T08:00:00Z")));
    assert!(!near.text().contains("Mind the year"), "{}", near.text());
    let long = ana.runs("/nudge pause until: 30 mar").await;
    assert!(long.text().contains("Mind the year: it ends in **2034**"), "{}", long.text());
    town.close().await;
}

#[tokio::test]
async fn a_pause_is_planned_refused_and_shown() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let none = ana.runs("/nudge pause").await;
    assert!(none.text().starts_with("No pause is set"), "{}", none.text());
    let set = ana.runs("/nudge pause from: 20 mar 2033 until: 5 apr 2033").await;
    insta::assert_snapshot!("pause_planned", set.message().seen());
    let shown = ana.runs("/settings").await;
    assert!(shown.text().contains("Pause: "), "{}", shown.text());
    let resumed = ana.runs("/nudge resume").await;
    assert!(resumed.text().starts_with("The pause is over."), "{}", resumed.text());

    let refused = ana.runs("/nudge pause from: 20 mar 2033 until: 10 mar 2033").await;
    insta::assert_snapshot!("pause_refused", refused.message().seen());
    let form = ana.presses(&refused.message(), "Try again").await;
    form.holds(&[("Until", "10 mar 2033"), ("From", "20 mar 2033")]);
    let set = ana.fills(&form, &[("Until", "30 mar 2033"), ("From", "20 mar 2033")]).await;
    assert!(set.text().starts_with("Nothing comes from"), "{}", set.text());
    for (until, said) in [("yesterday", "which has passed"), ("soonish", "soonish"), ("1 jan 2200", "2100")] {
        let refused = ana.runs(&format!("/nudge pause until: {until}")).await;
        assert!(refused.text().contains(said), "{until}: {}", refused.text());
        assert!(refused.text().contains("No pause was set."), "{}", refused.text());
    }
    town.close().await;
}

/// docs/nudges.md: why
#[tokio::test]
async fn why_goes_through_what_holds_something_back_with_a_mend_for_each() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let nothing = ana.runs("/nudge why").await;
    insta::assert_snapshot!("why_nothing", nothing.message().seen());
    ana.runs("/connection add name: Bo every: off").await;
    let none = ana.runs("/nudge why who: Bo").await.message();
    insta::assert_snapshot!("why_no_rhythm", none.seen());
    let form = ana.presses(&none, "Set a rhythm").await;
    ana.fills(&form, &[("How often to be in touch", "1 week")]).await;

    ana.runs("/settings quiet_hours: 08:00-10:00").await;
    let quiet = ana.runs("/nudge why who: Bo").await.message();
    insta::assert_snapshot!("why_quiet_hours", quiet.seen());
    let settings = ana.presses(&quiet, "Settings").await;
    assert!(settings.text().contains("Quiet hours: 08:00-10:00"), "{}", settings.text());

    town.post(&format!("/users/{}/dms", ana.id), serde_json::json!({"open": false})).await;
    town.passes("7d").await;
    let closed = ana.runs("/nudge why").await.message();
    insta::assert_snapshot!("why_closed_dms", closed.seen());
    let still = ana.presses(&closed, "Try again").await.message();
    assert!(
        still.first().starts_with("I tried: your DMs are still closed to me, so one nudge"),
        "{}",
        still.seen()
    );
    assert_ne!(still.id, closed.id, "what was found stays");
    let waits = ana.runs("/nudge why who: Bo").await.message();
    assert!(waits.text().contains("waits for your answer"), "{}", waits.text());
    let nudge = ana.presses(&waits, "Answer it").await.message();
    assert!(nudge.buttons().contains(&"Done".to_owned()), "{}", nudge.seen());
    ana.presses(&nudge, "Skip").await;
    let after = ana.runs("/nudge why who: Bo").await;
    assert!(after.text().contains("You skipped it."), "{}", after.text());

    for name in ["Kim Ray", "Kim Stone"] {
        ana.runs(&format!("/connection add name: {name} every: off")).await;
    }
    let which = ana.runs("/nudge why who: kim").await;
    let kim = ana.chooses(&which.message(), "Kim Stone").await;
    assert!(kim.text().contains("No rhythm is set"), "{}", kim.text());
    let nobody = ana.runs("/nudge why who: Zoe").await;
    assert!(nobody.message().buttons().contains(&"Add them".to_owned()), "{}", nobody.message().seen());
    town.close().await;
}
