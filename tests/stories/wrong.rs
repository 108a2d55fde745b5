//! What goes wrong: each is answered with the rule and the way on, keeps what was typed, and changes nothing.

use serde_json::json;

use crate::kit::{Person, Town, at};

/// What stands planned, as the list says it.
async fn planned(ana: &Person<'_>) -> String {
    ana.runs("/nudge list").await.text()
}

#[tokio::test]
async fn what_a_nudge_is_about_is_cut_where_one_asks_for_it_and_not_before() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let about = vec!["word"; 300].join(" ");
    let cut = format!("{}…", vec!["word"; 199].join(" "));
    let refused = ana.runs(&format!("/nudge me about: {about} when: tomorrow")).await.message();
    assert_eq!(
        refused.seen(),
        "What a nudge is about can have 1,000 characters; this has 1,499. Nothing was planned.\n\
         [Try again] [Cut it to 1,000 characters]"
    );
    assert!(planned(&ana).await.starts_with("Nothing waits"));
    assert_eq!(ana.presses(&refused, "Try again").await.field("Of what"), about, "all of it");
    let kept = ana.presses(&refused, "Cut it to 1,000 characters").await.message();
    assert!(kept.text().contains(&cut) && kept.id == refused.id, "{}", kept.text());

    // A date of somebody's.
    ana.runs("/connection add name: Bo every: off").await;
    let refused = ana.runs(&format!("/nudge date who: Bo what: {about} on: 12 may")).await.message();
    let kept = ana.presses(&refused, "Cut it to 1,000 characters").await;
    assert!(kept.text().contains(&cut) && kept.text().contains("**Bo**"), "{}", kept.text());
    town.close().await;
}

#[tokio::test]
async fn what_is_said_of_a_person_is_cut_where_one_asks_for_it_and_not_before() {
    let town = Town::open_with(&[("limits.note_length", "100")]).await;
    let ana = town.member("Ana").await;
    let (name, met, note) =
        (vec!["Grace"; 30].join(" "), vec!["school"; 50].join(" "), vec!["note"; 40].join(" "));
    let note_cut = format!("{}…", vec!["note"; 19].join(" "));
    let refused = ana.runs(&format!("/connection add name: {name} met: {met} note: {note}")).await.message();
    assert_eq!(refused.buttons(), ["Try again", "Cut it to 100 characters"]);
    assert!(ana.runs("/connection list").await.text().starts_with("Nobody in your network yet"));
    // One text after the other, each named.
    let met_too = ana.presses(&refused, "Cut it to 100 characters").await.message();
    assert!(met_too.text().starts_with("Where you met: 349 characters"), "{}", met_too.text());
    let note_too = ana.presses(&met_too, "Cut it to 200 characters").await.message();
    assert!(note_too.text().starts_with("Note: 199 characters"), "{}", note_too.text());
    let saved = ana.presses(&note_too, "Cut it to 100 characters").await.message();
    assert!(saved.text().starts_with("Saved **Grace Grace") && saved.id == refused.id, "{}", saved.text());
    let card = ana.runs("/connection show who: grace").await.text();
    assert!(card.contains(&format!("Note: {note_cut}")), "{card}");
    assert!(card.contains(&format!("Met: {}…", vec!["school"; 28].join(" "))), "{card}");

    // Tags, of which one is too long or there are too many.
    let long = "compilers ".repeat(5);
    let refused = ana.runs(&format!("/connection add name: Bo tags: {long},rust")).await.message();
    assert_eq!(refused.buttons(), ["Try again", "Cut tags to 40 characters"]);
    ana.presses(&refused, "Cut tags to 40 characters").await;
    let card = ana.runs("/connection show who: bo").await.text();
    assert!(card.contains("Tags: compilers compilers compilers…, rust"), "{card}");
    let form = ana.runs("/connection edit who: bo").await;
    let refused =
        ana.fills(&form, &[("Tags, separated by commas", "a,b,c,d,e,f,g,h,i,j,k,l")]).await.message();
    assert_eq!(refused.buttons(), ["Try again", "Keep the first 10"]);
    let changed = ana.presses(&refused, "Keep the first 10").await.text();
    assert!(changed.contains("Tags: a, b, c, d, e, f, g, h, i, j\n"), "{changed}");

    // The notes of a person and of a touch, added or logged.
    let form = ana.presses(&saved, "Add a note").await;
    let refused = ana.fills(&form, &[("Note", &format!("anew {note}"))]).await.message();
    let changed = ana.presses(&refused, "Cut it to 100 characters").await;
    assert!(
        changed.text().contains(&format!("Note: anew {}…", vec!["note"; 18].join(" "))),
        "{}",
        changed.text()
    );
    let refused = ana.runs(&format!("/log who: grace note: {note}")).await.message();
    let twice = ana.presses_twice(&refused, "Cut it to 100 characters").await;
    assert!(twice[0].text().starts_with("Logged with"), "{}", twice[0].text());
    let card = ana.runs("/connection show who: grace").await.text();
    assert_eq!(card.matches(&format!("“{note_cut}”")).count(), 1, "once: {card}");
    let form = ana.presses(&twice[0].message(), "Edit note").await;
    let refused = ana.fills(&form, &[("Note", &format!("so {note}"))]).await.message();
    ana.presses(&refused, "Cut it to 100 characters").await;
    let card = ana.runs("/connection show who: grace").await.text();
    assert!(card.contains(&format!("“so {}…”", vec!["note"; 19].join(" "))), "{card}");
    town.close().await;
}

#[tokio::test]
async fn beyond_the_most_a_nudge_waits_for_a_place() {
    let town = Town::open_with(&[("limits.open_nudges_per_member", "2")]).await;
    let ana = town.member("Ana").await;
    ana.runs("/settings digest: each").await;
    ana.runs("/connection add name: Bo every: off").await;
    ana.runs("/nudge me about: one when: in 1 hour").await;
    ana.runs("/nudge me about: two when: in 2 hours").await;
    let full = ana.runs("/nudge me about: three when: tomorrow who: Bo").await.message();
    assert_eq!(full.buttons(), ["Try again", "Show my nudges"]);
    let date = ana.runs("/nudge date who: Bo what: birthday on: 12 may").await.message();
    assert_eq!(date.buttons(), ["Try again", "Show my nudges"]);
    let still = ana.presses(&full, "Try again").await.message();
    assert_eq!((still.id.as_str(), still.seen()), (full.id.as_str(), full.seen()));

    // The list stands beside it, so that what was typed is not lost with it.
    let list = ana.presses(&full, "Show my nudges").await.message();
    assert!(list.id != full.id && list.text().starts_with("2 planned"), "{}", list.text());
    let one = ana.chooses(&list, "one").await.message();
    ana.presses(&one, "Cancel it").await;
    let kept = ana.presses(&full, "Try again").await.message();
    assert_eq!((kept.id.as_str(), kept.times()[0]), (full.id.as_str(), at("2033-03-02T09:00:00Z")));
    assert!(kept.text().contains("**Bo**"), "{}", kept.text());

    // A place frees by itself, a day later: "tomorrow" is still the day that was meant.
    let full = ana.runs("/nudge me about: four when: in 2 days").await.message();
    town.passes("1d").await;
    let kept = ana.presses(&full, "Try again").await.message();
    assert_eq!(kept.times()[0], at("2033-03-03T09:00:00Z"), "{}", kept.text());
    let kept = ana.presses(&date, "Try again").await.message();
    assert!(kept.text().contains("birthday"), "{}", kept.text());

    // What is to come after one that is done needs a place, too.
    let three = ana.latest().await;
    let form = ana.presses(&three, "Done").await;
    let full = ana.fills(&form, &[("What next", "five"), ("When", "in 3 days")]).await.message();
    assert_eq!(full.buttons(), ["Try again", "Show my nudges", "Back"]);
    ana.runs("/nudge cancel nudge: four").await;
    let done = ana.presses(&full, "Try again").await;
    assert!(done.text().contains("Then: five"), "{}", done.text());
    town.close().await;
}

#[tokio::test]
async fn a_nudge_about_somebody_unknown_waits_until_they_are_added() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let nobody = ana.runs("/nudge me about: the film when: tomorrow who: Bogart").await.message();
    assert_eq!(
        nobody.seen(),
        "Nobody in your network fits “Bogart”. Nothing was changed.\n[Add them] [Plan it anyway]"
    );
    assert!(planned(&ana).await.starts_with("Nothing waits"));
    let form = ana.presses(&nobody, "Add them").await;
    assert_eq!(form.field("Name"), "Bogart");
    // A mistake in the form is mended, and the nudge still goes on.
    let refused = ana.fills(&form, &[("How often to be in touch", "oddly")]).await.message();
    assert_eq!(refused.buttons(), ["Try again", "Plan it anyway"]);
    let form = ana.presses(&refused, "Try again").await;
    let kept = ana
        .fills(&form, &[("Name", "Humphrey Bogart"), ("How often to be in touch", "2 weeks")])
        .await
        .message();
    insta::assert_snapshot!("added_and_planned", kept.seen());
    assert_eq!(kept.id, nobody.id);

    let long = vec!["Bacall"; 20].join(" ");
    let nobody = ana.runs(&format!("/nudge me about: the song when: tomorrow who: {long}")).await.message();
    let form = ana.presses(&nobody, "Add them").await;
    let nobody = ana.fills(&form, &[]).await.message();
    assert_eq!(nobody.buttons(), ["Try again", "Cut it to 100 characters", "Plan it anyway"]);
    let kept = ana.presses(&nobody, "Plan it anyway").await.message();
    assert!(kept.text().starts_with("I'll remind you") && !kept.text().contains("Bacall"), "{}", kept.text());
    let nobody = ana.runs("/nudge me about: the play when: next friday who: Bergman").await.message();
    let form = ana.presses(&nobody, "Add them").await;
    let which = ana.fills(&form, &[]).await.message();
    assert!(
        which.text().contains("can mean two things") && which.text().contains("Saved **Bergman**"),
        "{}",
        which.text()
    );
    let kept = ana.presses(&which, &which.buttons()[0]).await;
    assert!(kept.text().contains("**Bergman**"), "{}", kept.text());

    // A date needs somebody; a touch is logged once they are there.
    let nobody = ana.runs("/nudge date who: Lorre what: birthday on: 26 june").await.message();
    assert_eq!(nobody.buttons(), ["Add them"]);
    let form = ana.presses(&nobody, "Add them").await;
    let kept = ana.fills(&form, &[]).await;
    assert!(kept.text().contains("birthday") && kept.text().contains("**Lorre**"), "{}", kept.text());
    let nobody = ana.runs("/log who: Rains what: call note: a friendship").await.message();
    let form = ana.presses(&nobody, "Add them").await;
    let logged = ana.fills(&form, &[]).await;
    assert!(logged.text().starts_with("Logged with **Rains**: call"), "{}", logged.text());
    assert!(ana.runs("/connection show who: Rains").await.text().contains("“a friendship”"));
    assert!(ana.runs("/connection list").await.text().starts_with("Your network: 4 people"));
    assert!(planned(&ana).await.starts_with("4 planned"));
    town.close().await;
}

#[tokio::test]
async fn each_is_answered_with_the_rule_keeps_what_was_typed_and_changes_nothing() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Bo every: 1 week").await;
    ana.runs("/nudge me about: the talk when: in 2 weeks").await;
    let mut before = Vec::new();
    for line in ["/connection show who: Bo", "/connection list", "/nudge list", "/settings"] {
        before.push((line, ana.runs(line).await.message().seen()));
    }
    // What is typed, what is said, and what stands in the form that mends it.
    for (line, said, (field, kept)) in [
        ("/connection add name: Zoe every: every 6 hours", "once a day is the most", ("Name", "Zoe")),
        ("/connection add name: Zoe every: 11 years", "ten years is the most", ("Name", "Zoe")),
        ("/nudge me about: it when: friday repeat: every hour", "once a day is the most", ("Of what", "it")),
        ("/nudge me about: it when: friday repeat: 11 years", "ten years is the most", ("Of what", "it")),
        ("/nudge me about: it when: yesterday", "which has passed", ("When", "yesterday")),
        ("/nudge me about: it when: 1 jan 2101", "I go up to the year 2100", ("When", "1 jan 2101")),
        ("/nudge me about: it when: 30 feb", "There is no such day", ("When", "30 feb")),
        ("/nudge me about: \u{200b} when: friday", "needs to be about something", ("When", "friday")),
        ("/nudge date who: Bo what: exam on: 1 jan 2030", "which has passed", ("When it is", "1 jan 2030")),
        ("/nudge date who: Bo what: exam on: 1 jan 2101", "the year 2100", ("When it is", "1 jan 2101")),
        (
            "/nudge date who: Bo what: exam on: 1 may before: 3 years",
            "365 days at most",
            ("What it is", "exam"),
        ),
        ("/nudge snooze nudge: talk until: yesterday", "which has passed", ("When", "yesterday")),
        (
            "/nudge pause until: 10 mar 2033 from: 20 mar 2033",
            "end before it begins",
            ("From", "20 mar 2033"),
        ),
        ("/nudge pause until: 1 jan 2101", "the year 2100", ("Until", "1 jan 2101")),
        ("/nudge pause until: yesterday", "which has passed", ("Until", "yesterday")),
        ("/settings quiet_hours: 00:00-23:59", "would leave no hour", ("Quiet hours", "00:00-23:59")),
        ("/settings quiet_days: mon to sun", "would leave no day", ("Quiet days", "mon to sun")),
        ("/settings timezone: Atlantis", "no time zone “Atlantis”", ("Time zone", "Atlantis")),
        ("/settings delivery_hour: teatime", "as a time of day", ("Delivery hour", "teatime")),
        (
            "/settings relationship: mentor every: 2 hours",
            "once a day is the most",
            ("How often to be in touch", "2 hours"),
        ),
        ("/log who: Bo what: call when: tomorrow", "which is still to come", ("When it was", "tomorrow")),
    ] {
        let refused = ana.runs(line).await.message();
        assert!(refused.is_private() && refused.text().contains(said), "{line}: {}", refused.text());
        assert!(refused.text().contains("Nothing was") || refused.text().contains("No pause was"), "{line}");
        let form = ana.presses(&refused, "Try again").await;
        assert_eq!(form.field(field), kept, "{line}");
    }
    for (line, seen) in before {
        assert_eq!(ana.runs(line).await.message().seen(), seen, "{line}");
    }
    town.close().await;
}

#[tokio::test]
async fn a_button_of_what_is_over_says_so_and_changes_nothing() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let ben = town.member("Ben").await;
    ana.runs("/settings digest: each").await;
    ana.runs("/nudge me about: the talk when: in 2 weeks").await;
    ana.runs("/nudge me about: the tax when: in 1 hour").await;
    let list = ana.runs("/nudge list").await.message();
    let talk = ana.chooses(&list, "the talk").await.message();
    let tax = ana.chooses(&list, "the tax").await.message();

    // Somebody else's: as one that is gone.
    for label in talk.buttons() {
        let press = json!({"type": 2, "style": 1, "label": "Press", "custom_id": talk.custom_id(&label)});
        let row = json!([{"type": 1, "components": [press]}]);
        town.forges(&ben.dm().await, json!({"content": "Forged", "components": row})).await;
        let answer = ben.presses(&ben.latest().await, "Press").await.message();
        assert!(
            answer.text().ends_with("or is not yours. Nothing was changed."),
            "{label}: {}",
            answer.text()
        );
        assert_eq!(answer.buttons(), ["Show my nudges"]);
    }
    assert!(planned(&ana).await.starts_with("2 planned"));

    // Cancelled, and come.
    ana.runs("/nudge cancel nudge: talk").await;
    town.passes("1h").await;
    for card in [&talk, &tax] {
        for label in ["Edit", "Snooze", "Cancel it"] {
            let answer = ana.presses(card, label).await.message();
            assert!(answer.text().contains("it came, was cancelled, or is not yours"), "{}", answer.text());
            assert!(answer.id != card.id, "the card stays");
        }
    }
    // Done: each button shows how it stands.
    let letter = ana.latest().await;
    let form = ana.presses(&letter, "Done").await;
    let done = ana.fills(&form, &[("What happened", "paid")]).await.message();
    for custom_id in ["Done", "Snooze", "Skip", "Stop"].map(|label| letter.custom_id(label)) {
        let press = json!({"type": 2, "style": 1, "label": "Press", "custom_id": custom_id});
        let row = json!([{"type": 1, "components": [press]}]);
        town.forges(&ana.dm().await, json!({"content": "Old", "components": row})).await;
        let answer = ana.presses(&ana.latest().await, "Press").await.message();
        assert_eq!(answer.seen(), done.seen());
    }
    assert!(planned(&ana).await.starts_with("Nothing waits"));
    town.close().await;
}

#[tokio::test]
async fn an_entry_of_a_digest_whose_person_is_gone_is_no_longer_open() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    for name in ["Uma", "Bo", "Chi", "Dan", "Eve"] {
        ana.runs(&format!("/connection add name: {name} every: 1 week")).await;
    }
    ana.runs("/nudge me about: the talk when: 8 mar 2033 who: Chi").await;
    town.passes("7d").await;
    let digest = ana.latest().await;
    for name in ["Bo", "Chi"] {
        let question = ana.runs(&format!("/connection remove who: {name}")).await.message();
        ana.presses(&question, "Remove").await;
    }
    let gone = ana.chooses(&digest, "Bo").await.message();
    assert_eq!(gone.seen(), "**No longer open:** a person who is not in your network any more.\n[Show all]");
    let all = ana.presses(&gone, "Show all").await.message();
    insta::assert_snapshot!("digest_with_two_gone", all.seen());
    let talk = ana.chooses(&all, "the talk").await.message();
    assert!(talk.buttons().contains(&"Done".to_owned()), "what she planned stays hers: {}", talk.seen());
    let snoozed = ana.presses(&ana.presses(&talk, "Show all").await.message(), "Snooze all").await;
    assert!(snoozed.text().contains("· a person who is not in your network any more: no longer open."));
    town.close().await;
}
