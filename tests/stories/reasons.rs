//! Why a nudge asks what it asks: each kind comes for its reason, and its letter says so.

use std::collections::BTreeSet;

use kith::nudges::prompts::{PromptFacts, Prompts};

use crate::kit::{Message, Person, Town};

/// The latest DM, which is the only one that came since `before` were there.
async fn the_one_after(person: &Person<'_>, before: usize) -> Message {
    let mut inbox = person.letters().await;
    assert_eq!(inbox.len(), before + 1, "{inbox:#?}");
    inbox.pop().unwrap()
}

/// docs/nudges.md: kind-give, says-why, done
#[tokio::test]
async fn whoever_asked_more_than_they_gave_is_to_give_and_reads_the_numbers() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs(
        "/connection add name: Grace Hopper relationship: mentor every: 3 weeks note: moving to compilers",
    )
    .await;
    ana.runs("/log who: Grace what: asked note: read my talk").await;
    town.passes("7d").await;
    ana.runs("/log who: Grace what: received note: an introduction to Bo").await;

    town.passes("21d").await;
    let letter = the_one_after(&ana, 0).await;
    insta::assert_snapshot!("give_value", letter.seen());

    // What she gives is counted; one is still open, and since the second.
    let form = ana.presses(&letter, "Done").await;
    ana.fills(&form, &[("What happened", "sent her the article")]).await;
    town.passes("21d").await;
    let letter = the_one_after(&ana, 1).await;
    insta::assert_snapshot!("give_value_again", letter.seen());

    // Even: a mentor is asked for feedback or checked in with.
    let form = ana.presses(&letter, "Done").await;
    ana.fills(&form, &[]).await;
    town.passes("21d").await;
    let letter = the_one_after(&ana, 2).await;
    assert_eq!(letter.first(), "**Grace Hopper**: time to check in");
    town.close().await;
}

/// docs/nudges.md: kind-feedback, says-why, done
#[tokio::test]
async fn feedback_is_asked_for_where_the_relationship_carries_it_and_none_was_for_three_months() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Bo relationship: peer every: 13 weeks").await;
    ana.runs("/log who: Bo what: met note: lunch").await;

    town.passes("91d").await;
    let letter = the_one_after(&ana, 0).await;
    insta::assert_snapshot!("ask_feedback", letter.seen());

    // Asking is having: so what comes next is giving; after that, feedback again only when its time has come.
    let form = ana.presses(&letter, "Done").await;
    ana.fills(&form, &[("What happened", "asked about my design meetings")]).await;
    ana.runs("/log who: Bo what: gave").await;
    town.passes("91d").await;
    let letter = the_one_after(&ana, 1).await;
    insta::assert_snapshot!("after_feedback", letter.seen());
    town.close().await;
}

/// docs/nudges.md: kind-check-in, says-why
#[tokio::test]
async fn mentors_mentees_sponsors_and_proteges_are_checked_in_with() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/settings digest: each").await;
    for relationship in ["mentor", "mentee", "sponsor", "protégé"] {
        ana.runs(&format!(
            "/connection add name: My {relationship} relationship: {relationship} every: 1 week"
        ))
        .await;
    }
    town.passes("7d").await;
    let inbox = ana.letters().await;
    let mut seen: Vec<String> = inbox.iter().map(Message::seen).collect();
    seen.sort();
    insta::assert_snapshot!("check_in", seen.join("\n---\n"));
    town.close().await;
}

/// docs/nudges.md: kind-follow-up, says-why
#[tokio::test]
async fn everybody_else_is_followed_up_with_and_the_letter_says_what_is_known() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Chi relationship: friend every: 2 weeks note: two kids, climbs").await;
    town.passes("14d").await;
    let first = the_one_after(&ana, 0).await;
    insta::assert_snapshot!("follow_up_untouched", first.seen());

    ana.runs("/log who: Chi what: call note: new job at the harbour").await;
    town.passes("14d").await;
    let second = the_one_after(&ana, 1).await;
    insta::assert_snapshot!("follow_up", second.seen());
    town.close().await;
}

/// docs/nudges.md: kind-chosen
#[tokio::test]
async fn a_kind_that_was_chosen_wins() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace relationship: mentor every: off").await;
    ana.runs("/log who: Grace what: asked").await;
    ana.runs("/nudge me about: the compiler team when: in 2 weeks who: Grace kind: ask_referral").await;
    town.passes("14d").await;
    let letter = the_one_after(&ana, 0).await;
    insta::assert_snapshot!("chosen_kind", letter.seen());
    town.close().await;
}

#[tokio::test]
async fn to_reflect_is_to_be_asked_a_question_and_each_time_another() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/nudge me about: the month when: tomorrow kind: reflect repeat: every month").await;
    let mut asked = BTreeSet::new();
    for month in 0..4 {
        town.passes(if month == 0 { "1d" } else { "31d" }).await;
        let letter = the_one_after(&ana, month).await;
        assert!(letter.text().contains("**You could ask yourself:**"), "{}", letter.text());
        for question in letter.openers() {
            assert!(asked.insert(question.clone()), "{question} again");
        }
    }
    assert_eq!(asked.len(), 8);
    town.close().await;
}

/// docs/nudges.md: openers
#[tokio::test]
async fn no_opener_comes_twice_for_one_person_while_unused_ones_are_left() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace Hopper every: 1 day").await;
    let facts = PromptFacts { name: "Grace", ..PromptFacts::default() };
    let fitting = Prompts::embedded().unwrap().choose("follow_up", &facts, &[], 0, usize::MAX).len();

    let mut offered = BTreeSet::new();
    for day in 0..fitting / 2 {
        town.passes("1d").await;
        let letter = the_one_after(&ana, day).await;
        assert_eq!(letter.openers().len(), 2);
        for opener in letter.openers() {
            assert!(offered.insert(opener.clone()), "{opener} again on day {day}");
        }
        ana.presses(&letter, "Skip").await;
    }
    assert!(offered.len() >= 6, "{offered:#?}");
    town.close().await;
}
