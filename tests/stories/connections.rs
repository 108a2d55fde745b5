//! Ana keeps her network: she adds people, finds, changes and removes them.

use crate::kit::{Answer, Message, Person, Town};
use serde_json::json;

/// A moment in the town, by UTC.
fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

/// A form that was filled with these, by labels.
fn holds(form: &Answer, fields: &[(&str, &str)]) {
    for (label, text) in fields {
        assert_eq!(form.field(label), *text, "{label}");
    }
}

async fn list_of(ana: &Person<'_>) -> String {
    ana.runs("/connection list").await.text()
}

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
    assert!(list_of(&ana).await.starts_with("Nobody in your network yet."), "nothing was saved");

    let form = ana.presses(&refused.message(), "Try again").await;
    holds(&form, &[("Name", "Grace"), ("How often to be in touch", "now and then"), ("Note", "hi")]);
    let still = ana.fills(&form, &[("How often to be in touch", "whenever")]).await;
    assert_eq!(still.message().id, refused.message().id, "the message itself changes");
    let form = ana.presses(&still.message(), "Try again").await;
    holds(&form, &[("Name", "Grace"), ("How often to be in touch", "whenever")]);
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
    holds(&form, &[("Name", &name)]);

    let refused = ana.runs(&format!("/connection add name: Bo met: {met}")).await;
    let form = ana.presses(&refused.message(), "Try again").await;
    holds(&form, &[("Name", "Bo"), ("Where you met", &met)]);
    let refused = ana.fills(&form, &[("Where you met", "school"), ("Tags, parted by commas", &tag)]).await;
    assert!(refused.text().contains("longer than the 40 characters that fit"), "{}", refused.text());
    let form = ana.presses(&refused.message(), "Try again").await;
    let many = "a, b, c, d, e, f, g, h, i, j, k";
    let refused = ana.fills(&form, &[("Tags, parted by commas", many)]).await;
    assert!(refused.text().starts_with("11 tags are more than the 10 that fit."), "{}", refused.text());
    let form = ana.presses(&refused.message(), "Try again").await;
    let refused = ana.fills(&form, &[("Tags, parted by commas", "a"), ("Relationship", "boss")]).await;
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
    assert!(list_of(&ana).await.starts_with("Your network: 2 people"));
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
    assert!(list_of(&ana).await.starts_with("Your network: one person"));
    town.passes("8d").await;
    assert_eq!(ana.inbox().await.len(), 1);
    town.close().await;
}

#[tokio::test]
async fn a_note_and_a_rhythm_are_added_from_the_answer() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let saved = ana.runs("/connection add name: Bo every: 1 week").await.message();
    let form = ana.presses(&saved, "Change rhythm").await;
    holds(&form, &[("How often to be in touch", "every week")]);
    let refused = ana.fills(&form, &[("How often to be in touch", "hourly")]).await;
    assert!(refused.text().contains("once a day is the most"), "{}", refused.text());
    let form = ana.presses(&refused.message(), "Try again").await;
    holds(&form, &[("How often to be in touch", "hourly")]);
    let changed = ana.fills(&form, &[("How often to be in touch", "every 2 weeks")]).await;
    assert!(changed.text().contains("Rhythm: every 2 weeks"), "{}", changed.text());
    assert_eq!(changed.message().times()[0], at("2033-03-15T09:00:00Z"));
    assert_eq!([refused.message().id, changed.message().id], [saved.id.clone(), saved.id], "one message");

    let saved = ana.runs("/connection add name: Cy every: 1 week").await.message();
    let form = ana.presses(&saved, "Add a note").await;
    let noted = ana.fills(&form, &[("Note", "likes tea")]).await;
    assert!(noted.text().contains("Note: likes tea"), "{}", noted.text());
    let form = ana.presses(&noted.message(), "Note").await;
    holds(&form, &[("Note", "likes tea")]);
    town.close().await;
}

#[tokio::test]
async fn a_rhythm_changed_while_a_nudge_waits_brings_no_second_one() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Bo every: 1 week").await;
    town.passes("7d").await;
    assert_eq!(ana.inbox().await.len(), 1);
    let card = ana.runs("/connection show who: Bo").await;
    let form = ana.presses(&card.message(), "Change rhythm").await;
    let changed = ana.fills(&form, &[("How often to be in touch", "every 2 days")]).await;
    assert!(changed.text().contains("waits for you in your DMs"), "{}", changed.text());
    town.passes("5d").await;
    assert_eq!(ana.inbox().await.len(), 1, "one at a time");
    let form = ana.presses(&card.message(), "Log").await;
    let logged = ana.fills(&form, &[]).await;
    assert!(logged.text().contains("Next nudge"), "{}", logged.text());
    town.passes("3d").await;
    assert_eq!(ana.inbox().await.len(), 2);
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
    assert!(refused.text().contains("more than the 6000 that fit"), "{}", refused.text());
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
    let listed = list_of(&ana).await;
    assert!(names.iter().all(|(_, shown)| listed.contains(&format!("**{shown}**"))), "{listed}");
    town.close().await;
}

#[tokio::test]
async fn thirty_people_are_paged_and_anybody_is_shown() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    for n in 1..=30 {
        ana.runs(&format!("/connection add name: Person {n:02}")).await;
    }
    let list = ana.runs("/connection list sort: name").await.message();
    assert!(list.text().contains("Page 1 of 3") && list.text().contains("**Person 10**"));
    assert!(!list.text().contains("**Person 11**"));
    assert_eq!(list.buttons(), ["More"]);
    let second = ana.presses(&list, "More").await.message();
    assert_eq!((second.id.as_str(), second.buttons().len()), (list.id.as_str(), 2));
    let third = ana.presses(&second, "More").await.message();
    assert!(third.text().contains("Page 3 of 3") && third.text().contains("**Person 30**"));
    assert_eq!(third.buttons(), ["Back"]);
    let card = ana.chooses(&third, "Person 27").await;
    assert!(card.text().starts_with("**Person 27**: no touch logged yet"), "{}", card.text());
    let second = ana.presses(&third, "Back").await.message();
    assert!(second.text().contains("Page 2 of 3"));
    town.close().await;
}

#[tokio::test]
async fn lists_are_sorted_narrowed_and_searched() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Émile relationship: mentor tags: Rust every: 3 weeks").await;
    ana.runs("/connection add name: Dee tags: rust, go every: 1 week met: GopherCon").await;
    ana.runs("/connection add name: Zoe relationship: mentor every: 2 weeks note: plays chess").await;
    ana.runs("/log who: Émile when: 2 days ago note: about his talk on borrowing").await;

    let names = |message: &Message| message.lines();
    let list = async |line: &str| ana.runs(&format!("/connection {line}")).await.message();
    insta::assert_snapshot!(list("list").await.seen());
    assert_eq!(names(&list("list sort: overdue").await), ["Dee", "Zoe", "Émile"]);
    assert_eq!(names(&list("list sort: recent").await)[2], "Émile", "added later than touched");
    assert_eq!(names(&list("list sort: name").await), ["Dee", "Émile", "Zoe"]);
    let tagged = list("list tag: RUST sort: name").await;
    assert_eq!(names(&tagged), ["Dee", "Émile"]);
    assert!(tagged.text().starts_with("2 people tagged “RUST”"), "{}", tagged.text());
    let mentors = list("list relationship: mentor").await;
    assert_eq!(names(&mentors), ["Zoe", "Émile"]);
    assert!(mentors.text().starts_with("2 people in your network are “mentor” to you"), "{}", mentors.text());
    assert_eq!(names(&list("list tag: rust relationship: mentor").await), ["Émile"]);
    let nobody = list("list relationship: client").await;
    assert_eq!(nobody.text(), "Nobody in your network is “client” to you.");
    assert!(ana.is_offered("/connection list tag: r", "tag").await.iter().any(|(tag, _)| tag == "Rust"));

    for (text, name) in
        [("emi", "Émile"), ("GO", "Dee"), ("gopher", "Dee"), ("CHESS", "Zoe"), ("borrowing", "Émile")]
    {
        let found = list(&format!("search text: {text}")).await;
        assert_eq!(names(&found), [name], "{text}");
    }
    insta::assert_snapshot!(list("search text: xylophone").await.seen());
    town.close().await;
}

#[tokio::test]
async fn a_search_pages_too_and_a_list_of_nobody_offers_to_add() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let empty = ana.runs("/connection list").await.message();
    insta::assert_snapshot!(empty.seen());
    let form = ana.presses(&empty, "Add them").await;
    let saved = ana.fills(&form, &[("Name", "Person 00"), ("Note", "tea")]).await;
    assert!(saved.text().starts_with("Saved **Person 00**."), "{}", saved.text());
    for n in 1..=11 {
        ana.runs(&format!("/connection add name: Person {n:02} note: tea tags: t")).await;
    }
    for line in ["search text: tea", "list tag: t relationship: mentor"] {
        ana.runs(&format!("/connection {line}")).await;
    }
    let found = ana.runs("/connection search text: tea").await.message();
    let second = ana.presses(&found, "More").await;
    assert!(
        second.text().contains("Page 2 of 2") && second.text().contains("fit “tea”"),
        "{}",
        second.text()
    );
    town.close().await;
}

#[tokio::test]
async fn somebody_is_edited_in_a_form() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Bo relationship: peer met: school tags: a, b every: 1 week").await;
    let form = ana.runs("/connection edit who: bo").await;
    holds(
        &form,
        &[
            ("Name", "Bo"),
            ("Relationship", "peer"),
            ("Where you met", "school"),
            ("Tags, parted by commas", "a, b"),
            ("How often to be in touch", "every week"),
        ],
    );
    let refused = ana.fills(&form, &[("Name", "Bo Li"), ("Relationship", "frenemy")]).await;
    assert!(refused.text().contains("“frenemy”"), "{}", refused.text());
    let form = ana.presses(&refused.message(), "Try again").await;
    holds(&form, &[("Name", "Bo Li"), ("Relationship", "frenemy")]);
    let changed =
        ana.fills(&form, &[("Relationship", "friend"), ("How often to be in touch", "never")]).await;
    assert_eq!(changed.message().id, refused.message().id);
    insta::assert_snapshot!(changed.message().seen());
    town.passes("9d").await;
    assert!(ana.inbox().await.is_empty());
    town.close().await;
}

#[tokio::test]
async fn removing_asks_first_and_is_taken_back_with_everything() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Bo every: 1 week").await;
    ana.runs("/log who: Bo what: asked note: a favour").await;
    let question = ana.runs("/connection remove who: Bo").await.message();
    insta::assert_snapshot!(question.seen());
    let kept = ana.presses(&question, "Keep").await;
    assert_eq!(kept.text(), "**Bo** stays.");
    assert_eq!(kept.message().buttons(), ["Show"]);

    let question = ana.runs("/connection remove who: Bo").await.message();
    let answers = ana.presses_twice(&question, "Remove").await;
    let removed = answers[0].message();
    assert!(answers.iter().all(|answer| answer.text() == removed.text()), "removed once: {answers:?}");
    assert!(removed.text().starts_with("Removed **Bo**. Undo works until"), "{}", removed.text());
    assert!(list_of(&ana).await.starts_with("Nobody in your network yet."));
    town.passes("9m").await;
    let back = ana.presses(&removed, "Undo").await;
    insta::assert_snapshot!(back.message().seen());
    assert_eq!(back.message().times()[0], at("2033-03-08T09:00:00Z"));

    // A second removal has its ten minutes, whenever the first one was.
    let question = ana.runs("/connection remove who: Bo").await.message();
    let removed = ana.presses(&question, "Remove").await.message();
    town.passes("5m").await;
    let back = ana.presses(&removed, "Undo").await;
    assert!(back.text().starts_with("**Bo** is back"), "{}", back.text());

    let question = ana.runs("/connection remove who: Bo").await.message();
    let removed = ana.presses(&question, "Remove").await.message();
    town.passes("11m").await;
    let late = ana.presses(&removed, "Undo").await;
    assert!(late.text().starts_with("It is too late to take that back"), "{}", late.text());
    town.passes("10d").await;
    assert!(ana.inbox().await.is_empty());
    town.close().await;
}

#[tokio::test]
async fn a_card_itself_says_what_was_done_with_it() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Bo every: 1 week").await;
    let card = ana.runs("/connection show who: Bo").await.message();
    let question = ana.presses(&card, "Remove").await.message();
    assert_eq!((&question.id, question.buttons()), (&card.id, vec!["Remove".to_owned(), "Keep".to_owned()]));
    let kept = ana.presses(&question, "Keep").await.message();
    assert_eq!((&kept.id, kept.text().as_str()), (&card.id, "**Bo** stays."));
    let shown = ana.presses(&kept, "Show").await.message();
    assert_ne!(shown.id, card.id, "to see somebody takes nothing away");

    let form = ana.presses(&shown, "Log").await;
    let refused = ana.fills(&form, &[("What it was", "brunch")]).await.message();
    assert!(refused.id == shown.id && refused.text().contains("“brunch”"), "{}", refused.text());
    let form = ana.presses(&refused, "Try again").await;
    let asked = ana.fills(&form, &[("What it was", "met"), ("When it was", "last monday")]).await.message();
    assert!(asked.id == shown.id && asked.buttons().len() == 2, "{}", asked.seen());
    let logged = ana.presses(&asked, &asked.buttons()[0]).await.message();
    assert!(
        logged.id == shown.id && logged.text().starts_with("Logged with **Bo**: met"),
        "{}",
        logged.text()
    );
    let undone = ana.presses(&logged, "Undo").await.message();
    assert!(undone.id == shown.id && undone.text().starts_with("Taken back"), "{}", undone.text());

    let card = ana.runs("/connection show who: Bo").await.message();
    let question = ana.presses(&card, "Remove").await.message();
    let removed = ana.presses(&question, "Remove").await.message();
    let back = ana.presses(&removed, "Undo").await.message();
    assert_eq!((&removed.id, &back.id), (&card.id, &card.id));
    assert_eq!(back.buttons(), ["Log", "Edit", "Note", "Change rhythm", "Remove"]);
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
async fn buttons_menus_and_forms_work_after_a_restart() {
    let mut town = Town::open().await;
    let (id, saved, list, form, refused) = {
        let ana = town.member("Ana").await;
        for n in 1..=12 {
            ana.runs(&format!("/connection add name: Person {n:02} tags: t")).await;
        }
        let saved = ana.runs("/connection add name: Bo every: 1 week").await.message();
        let list = ana.runs("/connection list tag: t sort: name").await.message();
        let form = ana.presses(&saved, "Add a note").await;
        let refused = ana.runs("/connection add name: Cy every: oddly").await.message();
        (ana.id.clone(), saved, list, form, refused)
    };
    town.restart().await;
    let ana = Person { town: &town, id };
    let noted = ana.fills(&form, &[("Note", "tea")]).await;
    assert!(noted.text().ends_with("Note: tea"), "{}", noted.text());
    let form = ana.presses(&noted.message(), "Change rhythm").await;
    assert_eq!((noted.message().id, form.field("How often to be in touch")), (saved.id, "every week".into()));
    let second = ana.presses(&list, "More").await;
    assert!(second.text().contains("**Person 11**"), "{}", second.text());
    let card = ana.chooses(&second.message(), "Person 12").await;
    assert!(card.text().starts_with("**Person 12**"), "{}", card.text());
    let form = ana.presses(&refused, "Try again").await;
    assert_eq!(form.field("Name"), "Cy");
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
