//! What comes at one moment is one message; what waits is in the inbox.

use crate::kit::{Person, Town};

async fn knows(ana: &Person<'_>, names: &[&str]) {
    for name in names {
        ana.runs(&format!("/connection add name: {name} every: 1 week")).await;
    }
}

/// docs/nudges.md: one-message, answer-each
#[tokio::test]
async fn three_people_on_one_day_are_one_message_and_each_is_answered_in_it() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    knows(&ana, &["Grace", "Bo", "Chi"]).await;
    town.passes("7d").await;
    assert_eq!(ana.letters().await.len(), 1);
    let digest = ana.latest().await;
    insta::assert_snapshot!("digest", digest.seen());

    // The first row's Done is Grace's.
    let form = ana.presses(&digest, "Done").await;
    let done = ana.fills(&form, &[("What happened", "coffee")]).await.message();
    assert_eq!(done.id, digest.id, "in the same message");
    insta::assert_snapshot!("digest_one_done", done.seen());

    // Somebody's own letter, with openers and the way back.
    let bo = ana.presses(&done, "Bo").await.message();
    insta::assert_snapshot!("digest_entry", bo.seen());
    let snoozing = ana.presses(&bo, "Snooze").await.message();
    let snoozed = ana.chooses(&snoozing, "Tomorrow").await.message();
    assert!(snoozed.text().contains("⏰ **Bo**: comes again"), "{}", snoozed.text());
    let chi = ana.presses(&snoozed, "Chi").await.message();
    let all = ana.presses(&chi, "Show all").await.message();
    assert_eq!(all.seen(), snoozed.seen());
    let skipped = ana.presses(&all, "Skip").await.message();
    insta::assert_snapshot!("digest_all_answered", skipped.seen());

    // Undo stands beside each.
    let bo = ana.presses(&skipped, "Bo").await.message();
    let back = ana.presses(&bo, "Undo").await.message();
    assert!(back.text().contains("Follow up · **Bo**"), "{}", back.text());
    town.passes("1d").await;
    assert_eq!(ana.letters().await.len(), 1, "Bo waits in the digest, and comes no second time");
    town.close().await;
}

/// docs/nudges.md: answer-each
#[tokio::test]
async fn where_rows_run_out_a_menu_picks_whom_to_act_on() {
    let mut town = Town::open().await;
    let ana = town.member("Ana").await;
    let id = ana.id.clone();
    knows(&ana, &["Ada", "Bo", "Chi", "Dan", "Eve", "Fay"]).await;
    ana.runs("/nudge me about: the accounts when: 8 mar 2033").await;
    town.passes("7d").await;
    insta::assert_snapshot!("digest_with_menu", ana.latest().await.seen());
    town.restart().await;
    town.passes("30d").await;

    // Weeks and a restart later.
    let ana = town.with_id(&id);
    let digest = ana.letters().await[0].clone();
    let dan = ana.chooses(&digest, "Dan").await.message();
    assert_eq!(dan.buttons(), ["Done", "Snooze", "Skip", "Stop", "Show", "Show all"]);
    let digest = ana.presses(&dan, "Skip").await.message();
    assert!(digest.text().contains("➜ **Dan**: skipped this time."), "{}", digest.text());

    let asked = ana.presses(&digest, "Snooze all").await.message();
    insta::assert_snapshot!("digest_snoozing_all", asked.seen());
    let all = ana.presses(&asked, "Back").await.message();
    assert_eq!(all.seen(), digest.seen());
    ana.presses(&all, "Snooze all").await;
    let snoozed = ana.chooses(&asked, "Tomorrow").await.message();
    insta::assert_snapshot!("digest_all_snoozed", snoozed.seen());
    let back = ana.presses(&snoozed, "Undo").await.message();
    assert!(back.buttons().contains(&"Snooze all".to_owned()), "{}", back.seen());
    // Whatever is typed is understood, or asked back for.
    ana.presses(&back, "Snooze all").await;
    let form = ana.chooses(&back, "Another time…").await;
    let misread = ana.fills(&form, &[("When", "soonish")]).await.message();
    assert!(misread.text().contains("I can't read “soonish”"), "{}", misread.text());
    let form = ana.presses(&misread, "Try again").await;
    let asked = ana.fills(&form, &[("When", "next friday")]).await.message();
    assert_eq!(asked.buttons().len(), 3, "{}", asked.seen());
    let all = ana.presses(&asked, "Back").await.message();
    ana.presses(&all, "Snooze all").await;
    ana.chooses(&all, "In 3 days").await;
    town.passes("2d").await;
    assert_eq!(ana.letters().await.len(), 1);
    town.passes("1d").await;
    let again = ana.latest().await;
    assert!(again.first().starts_with("**6 nudges today**: the accounts, "), "{}", again.first());
    town.close().await;
}

/// docs/nudges.md: each-by-itself, weekly
#[tokio::test]
async fn each_by_itself_and_once_a_week_are_for_whoever_likes_them() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/settings digest: each").await;
    knows(&ana, &["Bo", "Chi"]).await;
    town.passes("7d").await;
    let firsts: Vec<String> = ana.letters().await.iter().map(|it| it.first().to_owned()).collect();
    assert_eq!(firsts, ["**Bo**: time to be in touch", "**Chi**: time to be in touch"]);

    // Tuesday the 8th. From now on what rhythms bring waits for Friday; what she planned does not.
    let eve = town.member("Eve").await;
    eve.runs("/settings digest: weekly_friday").await;
    knows(&eve, &["Dan"]).await;
    town.passes("1d").await;
    knows(&eve, &["Fay"]).await;
    eve.runs("/nudge me about: the dentist when: 16 mar 2033").await;
    town.passes("7d").await;
    let firsts: Vec<String> = eve.letters().await.iter().map(|it| it.first().to_owned()).collect();
    assert_eq!(firsts, ["the dentist: your reminder"]);
    town.passes("2d").await;
    assert_eq!(eve.latest().await.first(), "**2 people this week**: Dan, Fay");
    town.close().await;
}

/// docs/nudges.md: weekly, most-a-week
#[tokio::test]
async fn a_weekly_message_brings_all_of_the_week_and_says_so() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/settings digest: weekly_friday max_a_day: 1").await;
    // Due on Tuesday and Wednesday of next week.
    knows(&ana, &["Ada", "Bo", "Chi", "Dan"]).await;
    town.passes("1d").await;
    knows(&ana, &["Eve", "Fay", "Gus", "Hal", "Ida"]).await;
    // She had something of Ida.
    ana.runs("/log who: Ida what: asked").await;
    town.passes("9d").await;
    let week = ana.latest().await;
    assert!(week.first().starts_with("**7 people this week**: Ida, Ada, Bo"), "{}", week.first());
    let why = ana.runs("/nudge why who: Hal").await;
    assert!(why.text().contains("more was due than you take in a week"), "{}", why.text());
    // However often it is opened.
    let ada = ana.chooses(&week, "Ada").await.message();
    let all = ana.presses(&ada, "Show all").await.message();
    assert!(all.first().starts_with("**7 people this week**"), "{}", all.first());
    town.passes("6d").await;
    assert_eq!(ana.letters().await.len(), 1, "the rest comes with the next one");
    town.passes("1d").await;
    assert_eq!(ana.latest().await.first(), "**2 people this week**: Gus, Hal");
    town.close().await;
}

/// docs/nudges.md: most-a-day, most-pressing, one-message
#[tokio::test]
async fn more_than_a_day_takes_comes_the_day_after_the_most_pressing_first() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/settings max_a_day: 2").await;
    knows(&ana, &["Ada", "Bo", "Chi", "Dan", "Eve"]).await;
    // She had something of Eve.
    ana.runs("/log who: Eve what: asked").await;
    ana.runs("/nudge me about: the accounts when: 8 mar 2033").await;
    town.passes("7d").await;
    assert_eq!(ana.latest().await.first(), "**3 nudges today**: the accounts, Eve, Ada");
    let why = ana.runs("/nudge why who: Bo").await;
    insta::assert_snapshot!("why_full", why.message().seen());
    town.passes("1d").await;
    assert_eq!(ana.latest().await.first(), "**2 people today**: Bo, Chi");
    town.passes("1d").await;
    assert_eq!(ana.latest().await.first(), "**Dan**: time to be in touch");
    assert_eq!(ana.letters().await.len(), 3);
    town.close().await;
}

/// docs/nudges.md: inbox
#[tokio::test]
async fn the_inbox_has_what_waits_in_pages_and_done_there_counts_the_same() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let empty = ana.runs("/nudge inbox").await;
    insta::assert_snapshot!("inbox_empty", empty.message().seen());
    ana.runs("/settings max_a_day: 25").await;
    let names: Vec<String> = (0..12).map(|n| format!("P{n:02}")).collect();
    knows(&ana, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    town.passes("7d").await;
    let inbox = ana.runs("/nudge inbox").await.message();
    assert!(inbox.is_private());
    assert!(inbox.first().starts_with("**12 nudges wait for you**: "), "{}", inbox.first());
    let more = ana.presses(&inbox, "More").await.message();
    insta::assert_snapshot!("inbox_last_page", more.seen());

    let one = ana.presses(&more, "P11").await.message();
    let form = ana.presses(&one, "Done").await;
    let done = ana.fills(&form, &[("What happened", "a call")]).await.message();
    assert!(done.text().starts_with("**Done:** **P11**"), "{}", done.text());
    let rest = ana.presses(&done, "Show all").await.message();
    assert!(rest.first().starts_with("**11 nudges wait for you**"), "{}", rest.first());
    // The digest knows of it.
    let digest = ana.latest().await;
    let p11 = ana.chooses(&digest, "P11").await.message();
    assert!(p11.text().starts_with("**Done:** **P11**"), "{}", p11.text());
    town.close().await;
}

/// docs/nudges.md: try-again
#[tokio::test]
async fn what_is_answered_in_the_inbox_while_dms_are_closed_is_not_sent_later() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    knows(&ana, &["Bo", "Chi"]).await;
    town.post(&format!("/users/{}/dms", ana.id), serde_json::json!({"open": false})).await;
    town.passes("7d").await;
    let inbox = ana.runs("/nudge inbox").await.message();
    insta::assert_snapshot!("inbox_closed_dms", inbox.seen());
    // Until one of the two is answered the digest would still be of use.
    let rest = ana.presses(&inbox, "Skip").await.message();
    let inbox = ana.presses(&rest, "Show all").await.message();
    ana.presses(&inbox, "Skip").await;
    town.post(&format!("/users/{}/dms", ana.id), serde_json::json!({"open": true})).await;
    let told = ana.runs("/nudge inbox").await;
    ana.presses(&told.message(), "Try again").await;
    town.passes("1m").await;
    assert!(ana.letters().await.is_empty());
    town.passes("7d").await;
    assert_eq!(ana.latest().await.first(), "**2 people today**: Bo, Chi");
    town.close().await;
}

#[tokio::test]
async fn an_entry_of_a_digest_whose_connection_is_gone_says_so() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    knows(&ana, &["Bo", "Chi"]).await;
    town.passes("7d").await;
    let digest = ana.latest().await;
    let asked = ana.runs("/connection remove who: Bo").await;
    ana.presses(&asked.message(), "Remove").await;
    let gone = ana.presses(&digest, "Bo").await.message();
    insta::assert_snapshot!("digest_entry_gone", gone.seen());
    let all = ana.presses(&gone, "Show all").await.message();
    assert!(all.text().contains("no longer open"), "{}", all.text());
    // Somebody else's digest is nobody's.
    let eve = town.member("Eve").await;
    town.passes("1m").await;
    let custom_id = digest.custom_id("Chi");
    let channel = eve.dm().await;
    let message = town
        .forges(
            &channel,
            serde_json::json!({"content": "forged", "components": [{"type": 1, "components": [
                {"type": 2, "style": 2, "label": "Chi", "custom_id": custom_id},
            ]}]}),
        )
        .await;
    let forged = eve.inbox().await.into_iter().find(|it| it.id == message).unwrap();
    let answer = eve.presses(&forged, "Chi").await;
    assert!(answer.text().contains("is not yours"), "{}", answer.text());
    town.close().await;
}
