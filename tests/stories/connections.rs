//! Ana keeps her network: she finds, changes and removes people.

use crate::kit::{Message, Person, Town, at};

#[tokio::test]
async fn a_note_and_a_rhythm_are_added_from_the_answer() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let saved = ana.runs("/connection add name: Bo every: 1 week").await.message();
    let form = ana.presses(&saved, "Change rhythm").await;
    form.holds(&[("How often to be in touch", "every week")]);
    let refused = ana.fills(&form, &[("How often to be in touch", "hourly")]).await;
    assert!(refused.text().contains("once a day is the most"), "{}", refused.text());
    let form = ana.presses(&refused.message(), "Try again").await;
    form.holds(&[("How often to be in touch", "hourly")]);
    let changed = ana.fills(&form, &[("How often to be in touch", "every 2 weeks")]).await;
    assert!(changed.text().contains("Rhythm: every 2 weeks"), "{}", changed.text());
    assert_eq!(changed.message().times()[0], at("2033-03-15T09:00:00Z"));
    assert_eq!([refused.message().id, changed.message().id], [saved.id.clone(), saved.id], "one message");

    let saved = ana.runs("/connection add name: Cy every: 1 week").await.message();
    let form = ana.presses(&saved, "Add a note").await;
    let noted = ana.fills(&form, &[("Note", "likes tea")]).await;
    assert!(noted.text().contains("Note: likes tea"), "{}", noted.text());
    let form = ana.presses(&noted.message(), "Note").await;
    form.holds(&[("Note", "likes tea")]);
    town.close().await;
}

/// docs/nudges.md: one-at-a-time
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
    assert!(changed.text().contains("waits for your answer"), "{}", changed.text());
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
    form.holds(&[
        ("Name", "Bo"),
        ("Relationship", "peer"),
        ("Where you met", "school"),
        ("Tags, separated by commas", "a, b"),
        ("How often to be in touch", "every week"),
    ]);
    let refused = ana.fills(&form, &[("Name", "Bo Li"), ("Relationship", "frenemy")]).await;
    assert!(refused.text().contains("“frenemy”"), "{}", refused.text());
    let form = ana.presses(&refused.message(), "Try again").await;
    form.holds(&[("Name", "Bo Li"), ("Relationship", "frenemy")]);
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
    assert!(ana.runs("/connection list").await.text().starts_with("Nobody in your network yet."));
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
