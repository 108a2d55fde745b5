//! Whom Ana means by what she types.

use crate::kit::{Person, Town};
use serde_json::json;

/// What is picked for `who:` when one begins to type a name.
async fn picked(person: &Person<'_>, typed: &str) -> String {
    let offered = person.is_offered(&format!("/log who: {typed}"), "who").await;
    offered.first().unwrap_or_else(|| panic!("nobody fits {typed}")).1.clone()
}

#[tokio::test]
async fn a_picked_name_or_plain_words_that_fit_one() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace Hopper").await;
    ana.runs("/connection add name: Ágnes Gráf").await;
    let who = picked(&ana, "agn").await;
    let card = ana.runs_with("connection show", json!({"who": who})).await;
    assert!(card.text().starts_with("**Ágnes Gráf**"), "{}", card.text());
    for typed in ["hopper", "GRACE", "hop gra", "Grace Hopper"] {
        let card = ana.runs(&format!("/connection show who: {typed}")).await;
        assert!(card.text().starts_with("**Grace Hopper**"), "{typed}: {}", card.text());
    }
    town.close().await;
}

#[tokio::test]
async fn letters_that_one_cannot_type_are_found_without() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let people = [
        ("Sørensen", ["so", "SOREN", "sør"]),
        ("Łukasz Đorđević", ["lu", "dordevic", "łukasz đ"]),
        ("Þór Æsir", ["thor", "aesir", "þór"]),
        ("Groß & Œuvre", ["gross", "oeuv", "groß"]),
        ("Nguyễn Văn Ẩn", ["nguyen", "van an", "Ẩn"]),
    ];
    for (name, _) in people {
        ana.runs_with("connection add", json!({"name": name, "every": "never"})).await;
    }
    for (name, all) in people {
        for typed in all {
            let offered = ana.is_offered(&format!("/log who: {typed}"), "who").await;
            assert_eq!(offered.first().map(|it| it.0.as_str()), Some(name), "{typed}: {offered:?}");
            let found = ana.runs(&format!("/connection search text: {typed}")).await.message();
            assert_eq!(found.lines(), [name], "{typed}");
        }
        let card = ana.runs(&format!("/connection show who: {}", all[1])).await;
        assert!(card.message().buttons().contains(&"Log".to_owned()), "{}", card.text());
    }
    let again = ana.runs("/connection add name: SORENSEN").await;
    assert!(again.text().ends_with("You have somebody else of that name, too."), "{}", again.text());
    town.close().await;
}

#[tokio::test]
async fn words_that_fit_several_are_asked_back_and_go_on_with_what_was_typed() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Bo Jones relationship: peer met: school").await;
    ana.runs("/connection add name: Bo Smith").await;
    let question = ana.runs("/log who: bo what: gave note: the slides").await.message();
    insta::assert_snapshot!(question.seen());
    for answer in ana.chooses_twice(&question, "Bo Smith").await {
        assert_eq!(answer.message().id, question.id);
        assert!(answer.text().starts_with("Logged with **Bo Smith**: gave something"), "{}", answer.text());
    }
    let card = ana.runs("/connection show who: Bo Smith").await.text();
    assert_eq!(card.matches("the slides").count(), 1, "chosen twice at once, logged once: {card}");

    ana.runs("/connection add name: Cy note: from the gym").await;
    ana.runs("/connection add name: Cy met: school").await;
    let question = ana.runs("/connection show who: cy").await.message();
    assert!(question.seen().ends_with("<Cy (from the gym) | Cy (school)>"), "{}", question.seen());

    let question = ana.runs("/connection edit who: bo").await.message();
    let form = ana.chooses(&question, "Bo Jones").await;
    assert_eq!((form.field("Name"), form.field("Where you met")), ("Bo Jones".into(), "school".into()));
    let question = ana.runs("/connection remove who: bo").await.message();
    let asked = ana.chooses(&question, "Bo Jones").await;
    assert_eq!((asked.message().id, asked.text()), (question.id, "Remove **Bo Jones**?".into()));
    town.close().await;
}

#[tokio::test]
async fn more_than_a_menu_holds_says_so() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    for n in 1..=26 {
        ana.runs(&format!("/connection add name: Person {n:02}")).await;
    }
    let question = ana.runs("/log who: person").await.message();
    assert!(question.text().contains("fits 26 people; here are the first 25"), "{}", question.text());
    assert_eq!(question.lines().len(), 25);
    town.close().await;
}

#[tokio::test]
async fn nobody_by_that_name_is_offered_to_be_added() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let nobody = ana.runs("/log who: Zoë Quinn").await.message();
    insta::assert_snapshot!(nobody.seen());
    let form = ana.presses(&nobody, "Add them").await;
    assert_eq!(form.field("Name"), "Zoë Quinn");
    let saved = ana.fills(&form, &[]).await;
    assert_eq!(saved.message().id, nobody.id);
    assert!(saved.text().starts_with("Logged with **Zoë Quinn**: chat"), "{}", saved.text());
    assert!(saved.text().contains("Saved **Zoë Quinn**."), "{}", saved.text());

    let ben = town.stranger("Ben").await;
    let mentioned = ana.runs(&format!("/connection show who: <@{}>", ben.id)).await.message();
    assert_eq!(mentioned.text(), format!("<@{}> is not in your network yet. Nothing was changed.", ben.id));
    let form = ana.presses(&mentioned, "Add them").await;
    ana.fills(&form, &[("Name", "Ben")]).await;
    let card = ana.runs(&format!("/connection show who: <@{}>", ben.id)).await;
    assert!(card.text().starts_with("**Ben**"), "{}", card.text());
    assert!(ben.inbox().await.is_empty());
    town.close().await;
}

#[tokio::test]
async fn what_another_member_picked_means_nobody() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let ben = town.member("Ben").await;
    let saved = ana.runs("/connection add name: Grace every: 1 week note: secret").await.message();
    let who = picked(&ana, "grace").await;
    for name in ["connection show", "connection edit", "connection remove", "log"] {
        let answer = ben.runs_with(name, json!({"who": who})).await;
        assert_eq!(
            answer.text(),
            "That person is not in your network any more. Nothing was changed.",
            "{name}"
        );
    }
    let body = json!({"as": ben.id, "message": saved.id, "button": "Undo"});
    let (status, refused) = town.tries("/click", body).await;
    assert!(status >= 400, "nobody presses what only Ana sees: {refused}");
    let card = ana.runs("/connection show who: grace").await.text();
    assert!(card.contains("secret") && !card.contains("Last touches"), "{card}");
    town.close().await;
}

#[tokio::test]
async fn forged_buttons_and_menus_of_another_member_do_nothing() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let ben = town.member("Ben").await;
    ben.runs("/connection add name: Cy every: never").await;
    let saved = ana.runs("/connection add name: Grace every: 1 week note: secret").await.message();
    let logged = ana.runs("/log who: grace note: private").await.message();
    let card = ana.runs("/connection show who: grace").await.message();
    let question = ana.runs("/connection remove who: grace").await.message();
    let refused = ana.runs("/connection add name: Dee every: oddly").await.message();
    let moment = ana.runs("/log who: grace when: last monday").await.message();
    let tagged = ana.runs("/connection search text: secret").await.message();
    let menu = tagged.json["components"][0]["components"][0].clone();

    let forge = async |components: serde_json::Value| {
        let row = json!([{"type": 1, "components": components}]);
        town.forges(&ben.dm().await, json!({"content": "Forged", "components": row})).await;
        ben.latest().await
    };
    for message in [&saved, &logged, &card, &question, &refused, &moment] {
        for label in message.buttons() {
            let id = message.custom_id(&label);
            let forged = forge(json!([{"type": 2, "style": 1, "label": "Press", "custom_id": id}])).await;
            let text = ben.presses(&forged, "Press").await.text();
            let nothing = [
                "The person this button is about is not",
                "I no longer have what you typed",
                "It is too late",
            ];
            assert!(nothing.iter().any(|it| text.starts_with(it)), "{label}: {text}");
        }
    }
    let mut menu = menu;
    menu["placeholder"] = "Choose".into();
    let forged = forge(json!([menu])).await;
    let answer = ben.chooses(&forged, "Grace").await;
    assert!(answer.text().starts_with("The person this button is about is not"), "{}", answer.text());
    // What no Kith wrote means nothing either.
    for id in ["k1:c:AAAA", "k1:zz:AQ", "k0:c:AQ", "hello", "k1:c:____"] {
        let forged = forge(json!([{"type": 2, "style": 1, "label": "Press", "custom_id": id}])).await;
        let answer = ben.presses(&forged, "Press").await;
        assert!(
            answer.text().starts_with("This button is from an older version of me"),
            "{id}: {}",
            answer.text()
        );
    }

    let card = ana.runs("/connection show who: grace").await.text();
    assert!(card.contains("secret") && card.contains("private") && card.contains("every week"), "{card}");
    assert_eq!(ben.runs("/connection list").await.message().lines(), ["Cy"]);
    town.close().await;
}
