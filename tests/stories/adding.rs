//! Ana adds people to her network; what is not taken says why and is mended.

use crate::kit::{Town, at};
use serde_json::json;

#[tokio::test]
async fn somebody_is_added_with_everything_that_is_known() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let ben = town.stranger("Ben").await;
    let options = json!({
        "name": "Ben Ito", "member": ben.id, "relationship": "protégé", "met": "RustConf",
        "tags": "Rust, #compilers", "every": "first monday of the month", "note": "plays the *cello*",
    });
    let saved = ana.runs_with("connection add", options).await;
    insta::assert_snapshot!(saved.message().seen());
    assert_eq!(saved.message().times(), [at("2033-03-07T09:00:00Z")]);
    assert!(saved.message().is_private());

    let card = ana.runs("/connection show who: ben").await;
    assert!(card.text().contains(&format!("<@{}>", ben.id)));
    insta::assert_snapshot!(card.message().seen().replace(&ben.id, "BEN"));
    assert!(ben.inbox().await.is_empty(), "nobody is told that they were added");
    town.close().await;
}

/// docs/nudges.md: usual-rhythm
#[tokio::test]
async fn never_means_no_nudges_and_nothing_said_means_the_usual_rhythm() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let quiet = ana.runs("/connection add name: Bo every: never").await;
    assert_eq!(quiet.text(), "Saved **Bo**. No nudges, as you wished.");
    let usual = ana.runs("/connection add name: Mia relationship: mentee").await;
    assert_eq!(usual.message().times(), [at("2033-03-15T09:00:00Z")]);
    town.passes("60d").await;
    let inbox = ana.inbox().await;
    assert!(inbox.iter().all(|nudge| nudge.text().contains("Mia")), "{inbox:?}");
    town.close().await;
}

#[tokio::test]
async fn what_is_refused_says_the_rule_and_is_mended_in_a_form() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let refused =
        ana.runs("/connection add name: Grace met: a meetup tags: rust every: now and then note: hi").await;
    insta::assert_snapshot!(refused.message().seen());
    assert!(refused.message().is_private());
    assert!(
        ana.runs("/connection list").await.text().starts_with("Nobody in your network yet."),
        "nothing was saved"
    );

    let form = ana.presses(&refused.message(), "Try again").await;
    form.holds(&[("Name", "Grace"), ("How often to be in touch", "now and then"), ("Note", "hi")]);
    let still = ana.fills(&form, &[("How often to be in touch", "whenever")]).await;
    assert_eq!(still.message().id, refused.message().id, "the message itself changes");
    let form = ana.presses(&still.message(), "Try again").await;
    form.holds(&[("Name", "Grace"), ("How often to be in touch", "whenever")]);
    let saved = ana.fills(&form, &[("How often to be in touch", "2 weeks")]).await;
    assert_eq!(saved.message().id, refused.message().id);
    assert!(saved.text().starts_with("Saved **Grace**. First nudge"), "{}", saved.text());

    let card = ana.runs("/connection show who: grace").await.text();
    assert!(card.contains("Met: a meetup") && card.contains("Tags: rust"), "{card}");
    town.close().await;
}

#[tokio::test]
async fn what_is_too_long_is_kept_to_be_shortened() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let (name, met, tag) = ("N".repeat(120), "m".repeat(300), "t".repeat(41));
    let refused = ana.runs(&format!("/connection add name: {name}")).await;
    assert_eq!(
        refused.text(),
        "Name: 120 characters are more than the 100 that fit. Shorten it and try again. Nothing was changed."
    );
    let form = ana.presses(&refused.message(), "Try again").await;
    form.holds(&[("Name", &name)]);

    let refused = ana.runs(&format!("/connection add name: Bo met: {met}")).await;
    let form = ana.presses(&refused.message(), "Try again").await;
    form.holds(&[("Name", "Bo"), ("Where you met", &met)]);
    let refused = ana.fills(&form, &[("Where you met", "school"), ("Tags, separated by commas", &tag)]).await;
    assert!(refused.text().contains("longer than the 40 characters that fit"), "{}", refused.text());
    let form = ana.presses(&refused.message(), "Try again").await;
    let many = "a, b, c, d, e, f, g, h, i, j, k";
    let refused = ana.fills(&form, &[("Tags, separated by commas", many)]).await;
    assert!(refused.text().starts_with("11 tags are more than the 10 that fit."), "{}", refused.text());
    let form = ana.presses(&refused.message(), "Try again").await;
    let refused = ana.fills(&form, &[("Tags, separated by commas", "a"), ("Relationship", "boss")]).await;
    assert!(refused.text().contains("“boss”") && refused.text().contains("mentor"), "{}", refused.text());
    let form = ana.presses(&refused.message(), "Try again").await;
    let saved = ana.fills(&form, &[("Relationship", "Protege")]).await;
    assert!(saved.text().starts_with("Saved **Bo**."), "{}", saved.text());
    let card = ana.runs("/connection show who: Bo").await.text();
    assert!(card.contains("Met: school") && card.contains("Relationship: protégé"), "{card}");

    let refused = ana.runs_with("connection add", json!({"name": "\u{200b}\u{200b}"})).await;
    assert_eq!(refused.text(), "A person needs a name. Nothing was saved.");
    town.close().await;
}

#[tokio::test]
async fn the_same_discord_user_stands_once_and_namesakes_are_told() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let ben = town.stranger("Ben").await;
    let add = json!({"name": "Ben", "member": ben.id});
    ana.runs_with("connection add", add).await;
    let again = ana.runs_with("connection add", json!({"name": "Benjamin", "member": ben.id})).await;
    insta::assert_snapshot!(again.message().seen());
    let namesake = ana.runs("/connection add name: BEN").await;
    assert!(namesake.text().ends_with("You have somebody else of that name, too."), "{}", namesake.text());
    let herself = ana.runs_with("connection add", json!({"name": "Me", "member": ana.id})).await;
    assert_eq!(herself.text(), "That is you. Pick somebody else for your network.");
    assert!(ana.runs("/connection list").await.text().starts_with("Your network: 2 people"));
    town.close().await;
}

#[tokio::test]
async fn an_adding_is_taken_back_within_ten_minutes() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let bo = ana.runs("/connection add name: Bo every: 1 week").await.message();
    let cy = ana.runs("/connection add name: Cy every: 1 week").await.message();
    for answer in ana.presses_twice(&bo, "Undo").await {
        assert_eq!(answer.text(), "Taken back: **Bo** is not in your network.");
        assert_eq!(answer.message().id, bo.id);
    }
    town.passes("11m").await;
    let late = ana.presses(&cy, "Undo").await;
    assert!(late.text().starts_with("It is too late to take that back"), "{}", late.text());
    assert!(ana.runs("/connection list").await.text().starts_with("Your network: one person"));
    town.passes("8d").await;
    assert_eq!(ana.inbox().await.len(), 1);
    town.close().await;
}

#[tokio::test]
async fn a_long_note_is_kept_whole_and_shown_cut_at_a_word() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let note = "word ".repeat(1_199) + "words";
    assert_eq!(note.len(), 6_000);
    let saved = ana.runs(&format!("/connection add name: Bo note: {note}")).await.message();
    let card = ana.runs("/connection show who: Bo").await;
    let shown = card.text();
    assert!(shown.contains("Note: word word") && shown.ends_with("word…"), "{shown}");

    // The form holds all of it, and it stays whole.
    let form = ana.presses(&card.message(), "Note").await;
    assert_eq!(form.field("Note").len() + form.field("Note, continued").len(), note.len());
    ana.fills(&form, &[]).await;
    let form = ana.presses(&saved, "Add a note").await;
    assert_eq!(form.field("Note") + form.field("Note, continued").as_str(), note);

    let more = "x".repeat(3_000);
    let refused = ana.fills(&form, &[("Note, continued", &more)]).await;
    assert!(refused.text().contains("more than the 6,000 that fit"), "{}", refused.text());
    let form = ana.presses(&refused.message(), "Try again").await;
    assert_eq!(form.field("Note, continued"), more);
    let changed = ana.fills(&form, &[("Note", "short"), ("Note, continued", "now")]).await;
    assert!(changed.text().ends_with("Note: short now"), "{}", changed.text());

    // What is mended elsewhere does not shorten it.
    let refused =
        ana.runs(&format!("/connection add name: Cy every: sometimes note: {note}")).await.message();
    let form = ana.presses(&refused, "Try again").await;
    let saved = ana.fills(&form, &[("How often to be in touch", "monthly")]).await.message();
    let form = ana.presses(&saved, "Add a note").await;
    assert_eq!(form.field("Note") + form.field("Note, continued").as_str(), note);
    town.close().await;
}

#[tokio::test]
async fn names_and_notes_take_no_effect() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let ben = town.stranger("Ben").await;
    let mention = format!("<@{}> @everyone", ben.id);
    let names = [
        ("👩‍🚀 Zoë", "👩‍🚀 Zoë"),
        ("שרה כהן", "\u{2068}שרה כהן\u{2069}"),
        ("ليلى", "\u{2068}ليلى\u{2069}"),
        ("**Bold** _x_ ~~y~~ `z` ||s||", r"\*\*Bold\*\* \_x\_ \~\~y\~\~ \`z\` \|\|s\|\|"),
        ("# Head", r"\# Head"),
        (":tada: Bo", r"\:tada: Bo"),
        ("[click](https://e.org)", r"\[click\](https:\//e.org)"),
        ("\u{202e}evil", "evil"),
        (mention.as_str(), &mention.replace('<', r"\<").replace('@', r"\@").replace('>', r"\>")),
    ];
    for (name, shown) in names {
        let saved = ana.runs_with("connection add", json!({"name": name, "note": name})).await;
        assert!(saved.text().starts_with(&format!("Saved **{shown}**.")), "{}", saved.text());
        let pings = &saved.message().json["mentions"];
        assert!(pings.as_array().is_none_or(Vec::is_empty), "{pings}");
        let offered = ana.is_offered(&format!("/connection show who: {name}"), "who").await;
        assert!(offered.iter().any(|(label, _)| label.starts_with(name)), "as typed: {offered:?}");
        let card = ana.runs_with("connection show", json!({"who": offered[0].1})).await;
        assert!(card.text().ends_with(&format!("Note: {shown}")), "{}", card.text());
    }
    assert!(ben.inbox().await.is_empty());
    let listed = ana.runs("/connection list").await.text();
    assert!(names.iter().all(|(_, shown)| listed.contains(&format!("**{shown}**"))), "{listed}");
    town.close().await;
}

#[tokio::test]
async fn what_was_typed_is_kept_for_two_days() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let refused = ana.runs("/connection add name: Bo every: oddly").await.message();
    town.passes("47h").await;
    let form = ana.presses(&refused, "Try again").await;
    assert_eq!(form.field("Name"), "Bo");
    town.passes("2h").await;
    let late = ana.presses(&refused, "Try again").await;
    assert!(late.text().starts_with("I no longer have what you typed here"), "{}", late.text());
    town.close().await;
}

#[tokio::test]
async fn a_full_network_and_a_long_note_are_told_by_their_limits() {
    let limits = [("limits.connections_per_member", "10"), ("limits.note_length", "100")];
    let town = Town::open_with(&limits).await;
    let ana = town.member("Ana").await;
    for n in 1..=9 {
        ana.runs(&format!("/connection add name: Person {n}")).await;
    }
    let note = "n".repeat(150);
    let refused = ana.runs(&format!("/connection add name: Bo note: {note}")).await;
    let rule =
        "Note: 150 characters are more than the 100 that fit. Shorten it and try again. Nothing was changed.";
    assert_eq!(refused.text(), rule);
    let form = ana.presses(&refused.message(), "Try again").await;
    assert_eq!(form.field("Note"), note);
    let saved = ana.fills(&form, &[("Note", &note[..100])]).await;
    let form = ana.presses(&saved.message(), "Add a note").await;
    let refused = ana.fills(&form, &[("Note", &note)]).await;
    assert_eq!(refused.text(), rule);

    let full = ana.runs("/connection add name: Cy met: school").await.message();
    insta::assert_snapshot!(full.seen());
    let question = ana.runs("/connection remove who: Person 1").await.message();
    ana.presses(&question, "Remove").await;
    let form = ana.presses(&full, "Try again").await;
    let saved = ana.fills(&form, &[]).await;
    assert!(saved.text().starts_with("Saved **Cy**."), "{}", saved.text());
    assert!(ana.runs("/connection show who: Cy").await.text().contains("Met: school"));
    town.close().await;
}
