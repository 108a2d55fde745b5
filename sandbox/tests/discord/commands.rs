//! Registering commands, and what Discord refuses of them.

use serde_json::{Value, json};

use crate::support::{Stage, text};

fn command(name: &str) -> Value {
    json!({"name": name, "description": "Does something"})
}

#[tokio::test]
async fn they_are_overwritten_and_read_back() {
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    let id = stage.bot_id().await;
    let (status, first) = stage.register(json!([command("one"), command("two")])).await;
    assert_eq!(status, 200);
    let mut changed = command("two");
    changed["description"] = json!("Does something else");
    changed["contexts"] = json!([0, 1, 2]);
    changed["integration_types"] = json!([0, 1]);
    changed["default_member_permissions"] = json!("32");
    let (_, second) = stage.register(json!([changed, {"type": 2, "name": "Add to my network"}])).await;
    assert_eq!(second[0]["id"], first[1]["id"], "a command keeps its id");
    assert_ne!(second[0]["version"], first[1]["version"]);
    assert_eq!(second[1]["description"], "");
    let (_, read) =
        stage.rest("GET", &format!("/applications/{id}/commands?with_localizations=true"), None).await;
    assert_eq!(read, second);
    assert_eq!(read[0]["default_member_permissions"], "32");
    let path = format!("/applications/{id}/guilds/{guild}/commands");
    let (_, local) = stage.rest("PUT", &path, Some(json!([command("here")]))).await;
    assert_eq!(local[0]["guild_id"], guild);
    let (_, read) = stage.rest("GET", &format!("{path}?with_localizations=true"), None).await;
    assert_eq!(read, local);
    stage.judged();
    let (status, body) = stage.rest("PUT", "/applications/1/commands", Some(json!([]))).await;
    assert_eq!((status, &body["code"]), (403, &json!(20012)));
    let (status, body) =
        stage.rest("PUT", &format!("/applications/{id}/guilds/1/commands"), Some(json!([]))).await;
    assert_eq!((status, &body["code"]), (404, &json!(10004)));
}

#[tokio::test]
async fn what_was_sent_comes_back_as_discord_shows_it() {
    let stage = Stage::new().await;
    let (_, shown) = stage
        .register(json!([{
            "name": "log", "type": 1, "description": "Logs", "name_localizations": null, "contexts": null,
            "options": [{"type": 3, "name": "who", "description": "Who", "required": true, "autocomplete": true, "choices": []},
                        {"type": 3, "name": "what", "description": "What", "required": false, "autocomplete": false,
                         "choices": [{"name": "call", "value": "call"}]}],
        }]))
        .await;
    assert_eq!(
        shown[0]["options"],
        json!([
            {"type": 3, "name": "who", "description": "Who", "required": true, "autocomplete": true},
            {"type": 3, "name": "what", "description": "What", "choices": [{"name": "call", "value": "call"}]},
        ])
    );
}

#[tokio::test]
async fn a_command_that_is_renamed_by_its_id_stays_the_same() {
    let stage = Stage::new().await;
    let (_, first) = stage.register(json!([command("one"), command("two")])).await;
    let mut renamed = command("uno");
    renamed["id"] = first[0]["id"].clone();
    let mut foreign = command("three");
    foreign["id"] = json!("1");
    // Whose name somebody else bears now is another one.
    let (status, second) = stage.register(json!([renamed, foreign, command("one"), command("two")])).await;
    assert_eq!(status, 200, "{second}");
    assert_eq!((&second[0]["id"], &second[0]["name"]), (&first[0]["id"], &json!("uno")));
    assert_ne!(second[1]["id"], "1");
    assert_ne!(second[2]["id"], first[0]["id"]);
    assert_eq!(second[3]["id"], first[1]["id"]);
    stage.judged();
}

#[tokio::test]
async fn texts_for_other_languages_are_shown_to_who_asks_for_them() {
    let stage = Stage::new().await;
    let id = stage.bot_id().await;
    let mut log = command("log");
    log["name_localizations"] = json!({"de": "notiz"});
    log["options"] =
        json!([{"type": 3, "name": "who", "description": "Who", "description_localizations": {"fr": "Qui"}}]);
    let (_, shown) = stage.register(json!([log])).await;
    assert_eq!(shown[0]["name_localizations"], json!({"de": "notiz"}));
    let path = format!("/applications/{id}/commands");
    let (_, whole) = stage.rest("GET", &format!("{path}?with_localizations=true"), None).await;
    assert_eq!(whole, shown);
    let (_, short) = stage.rest("GET", &path, None).await;
    assert!(short[0].get("name_localizations").is_none(), "{short}");
    assert_eq!(short[0]["options"], json!([{"type": 3, "name": "who", "description": "Who"}]));
    stage.judged();
}

#[tokio::test]
async fn texts_and_bounds_of_options_keep_their_rules() {
    let stage = Stage::new().await;
    let named = |names: Value| json!([{"name": "log", "description": "Logs", "name_localizations": names}]);
    refused(&stage, named(json!({"xx": "log"})), "/0/name_localizations/xx").await;
    refused(&stage, named(json!({"de": "Groß"})), "/0/name_localizations/de").await;
    refused(&stage, named(json!({"de": "x".repeat(33)})), "/0/name_localizations/de").await;
    refused(&stage, named(json!(["log"])), "/0/name_localizations").await;
    let menu = json!([{"type": 2, "name": "Add", "name_localizations": {"de": "Ins Netz"}}]);
    assert_eq!(stage.register(menu).await.0, 200, "a menu's entry may be written as one likes");
    refused(&stage, json!([{"type": 9, "name": "what"}]), "/0/type").await;

    let option = |kind: u64, more: Value| {
        let mut option = json!({"type": kind, "name": "o", "description": "An option"});
        option.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        with_options(json!([option]))
    };
    for (kind, more, pointer) in [
        (3, json!({"name_localizations": {"de": "Nicht Gut"}}), "name_localizations/de"),
        (3, json!({"description_localizations": {"de": ""}}), "description_localizations/de"),
        (
            3,
            json!({"choices": [{"name": "n", "value": "v", "name_localizations": {"zz": "n"}}]}),
            "choices/0/name_localizations/zz",
        ),
        (3, json!({"min_length": 7_000}), "min_length"),
        (3, json!({"min_length": -1}), "min_length"),
        (3, json!({"max_length": 0}), "max_length"),
        (3, json!({"min_length": 9, "max_length": 8}), "min_length"),
        (3, json!({"min_value": 1}), "min_value"),
        (3, json!({"channel_types": [0]}), "channel_types"),
        (4, json!({"min_value": 2, "max_value": 1}), "min_value"),
        (4, json!({"max_value": 1.5}), "max_value"),
        (4, json!({"max_value": 1_u64 << 53}), "max_value"),
        (4, json!({"max_length": 5}), "max_length"),
        (4, json!({"choices": [{"name": "n", "value": 1_u64 << 53}]}), "choices/0/value"),
        (7, json!({"channel_types": [99]}), "channel_types"),
    ] {
        refused(&stage, option(kind, more), &format!("/0/options/0/{pointer}")).await;
    }
    for (kind, more) in [
        (3, json!({"min_length": 0, "max_length": 6_000})),
        (4, json!({"min_value": -5, "max_value": 5, "choices": [{"name": "n", "value": (1_u64 << 53) - 1}]})),
        (4, json!({"min_value": 1.0, "max_value": 5.0})),
        (7, json!({"channel_types": [0, 11]})),
        (10, json!({"min_value": 0.5, "max_value": 1})),
    ] {
        let (status, answer) = stage.register(option(kind, more)).await;
        assert_eq!(status, 200, "{answer}");
    }
    stage.judged();
    assert_eq!(stage.register(json!([{"type": 4, "name": "launch"}])).await.0, 501);
}

/// Registers, expects a refusal, and returns the error's place.
async fn refused(stage: &Stage, commands: Value, pointer: &str) -> String {
    let (status, body) = stage.register(commands).await;
    assert_eq!((status, &body["code"]), (400, &json!(50035)), "{body}");
    let found = body["errors"].pointer(&format!("{pointer}/_errors/0/code"));
    text(found.unwrap_or_else(|| panic!("nothing at {pointer}: {body}")))
}

fn with_options(options: impl Into<Value>) -> Value {
    json!([{"name": "many", "description": "Many", "options": options.into()}])
}

#[tokio::test]
async fn what_is_wrong_is_refused_with_its_place() {
    let stage = Stage::new().await;
    let option = |name: &str| json!({"type": 3, "name": name, "description": "An option"});
    let numbered = |count: usize| (0..count).map(|n| option(&format!("o{n}"))).collect::<Vec<_>>();
    for bad in ["Upper", "with space", "", "a-name-that-is-longer-than-thirty-two"] {
        refused(&stage, json!([{"name": bad, "description": "x"}]), "/0/name").await;
    }
    refused(&stage, json!([{"name": "fine", "description": ""}]), "/0/description").await;
    refused(&stage, json!([{"name": "fine", "description": "x".repeat(101)}]), "/0/description").await;
    refused(&stage, json!([command("same"), command("same")]), "/1/name").await;
    refused(&stage, json!([{"type": 2, "name": "Menu", "description": "none allowed"}]), "/0/description")
        .await;
    refused(&stage, with_options(json!(numbered(26))), "/0/options").await;
    refused(&stage, with_options(json!([option("a"), option("a")])), "/0/options/1/name").await;
    let mut late = option("late");
    late["required"] = json!(true);
    let code = refused(&stage, with_options(json!([option("early"), late])), "/0/options/1").await;
    assert_eq!(code, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID");
    let mut choices = option("pick");
    choices["choices"] = (0..26).map(|n| json!({"name": format!("c{n}"), "value": "v"})).collect();
    refused(&stage, with_options(json!([choices])), "/0/options/0/choices").await;
    let mut both = option("pick");
    both["choices"] = json!([{"name": "c", "value": "v"}]);
    both["autocomplete"] = json!(true);
    refused(&stage, with_options(json!([both])), "/0/options/0/autocomplete").await;
    let mut number = option("count");
    number["type"] = json!(4);
    number["choices"] = json!([{"name": "one", "value": "1"}]);
    refused(&stage, with_options(json!([number])), "/0/options/0/choices/0/value").await;
    let sub = json!({"type": 1, "name": "sub", "description": "x"});
    refused(&stage, with_options(json!([sub, option("beside")])), "/0/options").await;
    let deep = json!({"type": 1, "name": "sub", "description": "x", "options": [{"type": 2, "name": "g", "description": "x", "options": []}]});
    refused(&stage, with_options(json!([deep])), "/0/options/0/options/0/type").await;
    refused(&stage, json!([{"name": "c", "description": "x", "contexts": [3]}]), "/0/contexts").await;
    refused(
        &stage,
        json!([{"name": "c", "description": "x", "integration_types": [0, 0]}]),
        "/0/integration_types",
    )
    .await;
    refused(
        &stage,
        json!([{"name": "c", "description": "x", "default_member_permissions": "all"}]),
        "/0/default_member_permissions",
    )
    .await;
    let many: Vec<Value> = (0..101).map(|n| command(&format!("c{n}"))).collect();
    refused(&stage, json!(many), "").await;
    let menus: Vec<Value> = (0..16).map(|n| json!({"type": 2, "name": format!("Menu {n}")})).collect();
    refused(&stage, json!(menus), "").await;
    assert!(
        stage
            .rest("GET", &format!("/applications/{}/commands", stage.bot_id().await), None)
            .await
            .1
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_command_has_eight_thousand_characters() {
    let stage = Stage::new().await;
    let sub = |n: usize| {
        let options: Vec<Value> = (0..5)
            .map(|o| json!({"type": 3, "name": format!("option-number-{o}-of-this"), "description": "d".repeat(100)}))
            .collect();
        json!({"type": 1, "name": format!("sub-{n}"), "description": "d".repeat(100), "options": options})
    };
    let command = |count: usize| with_options((0..count).map(sub).collect::<Vec<_>>());
    let (status, body) = stage.register(command(10)).await;
    assert_eq!(status, 200, "{body}");
    let (status, body) = stage.register(command(12)).await;
    assert_eq!((status, &body["code"]), (400, &json!(50035)));
}
