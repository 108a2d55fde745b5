//! The world from the people's side: making it, leaving it, looking at it, emptying it.

use futures_util::StreamExt;
use serde_json::{Value, json};

use crate::support::{Stage, soon, text};
use crate::wire::Wire;

#[tokio::test]
async fn it_is_shown_as_it_was_made() {
    let stage = Stage::new().await;
    let world = stage.get("/world").await;
    assert_eq!((&world["guilds"], &world["users"]), (&json!([]), &json!([])));
    assert_eq!((&world["bot"]["online"], &world["bot"]["shards"]), (&json!(false), &json!(0)));
    assert_eq!(world["bot"]["token"], stage.sandbox.token());
    let guild = stage.post("/guilds", json!({"name": "Harbour"})).await;
    let id = text(&guild["id"]);
    assert_eq!(guild["channels"][0]["name"], "general");
    assert_eq!((&guild["roles"][0]["id"], &guild["roles"][0]["name"]), (&json!(id), &json!("@everyone")));
    assert_eq!(guild["members"], json!([world["bot"]["id"]]));
    let ana = stage.post("/users", json!({"name": "Ana 🌊", "guilds": [id], "admin": true})).await;
    assert_eq!(ana["name"], "Ana 🌊");
    let owned = stage.post("/guilds", json!({"name": "Ana's", "owner": ana["id"]})).await;
    assert_eq!((&owned["owner"], owned["members"].as_array().unwrap().len()), (&ana["id"], 2));
    let world = stage.get("/world").await;
    assert_eq!(world["users"], json!([{"id": ana["id"], "name": ana["name"], "dms_open": true}]));
    assert_eq!(world["guilds"][0]["roles"][1]["permissions"], "8");
    for (path, body, status) in [
        ("/guilds".to_owned(), json!({"name": "x"}), 400),
        ("/guilds".to_owned(), json!({}), 400),
        ("/users".to_owned(), json!({"name": "", "guilds": []}), 400),
        ("/users".to_owned(), json!({"name": "X", "locale": "xx"}), 400),
        ("/users".to_owned(), json!({"name": "X", "guilds": ["1"]}), 404),
        ("/guilds/1/channels".to_owned(), json!({"name": "x"}), 404),
        (format!("/guilds/{id}/roles"), json!({"name": "x", "permissions": "many"}), 400),
        (format!("/guilds/{id}/members/1/roles"), json!({"add": []}), 404),
        (format!("/guilds/{id}/leave"), json!({}), 400),
        ("/users/1/dms".to_owned(), json!({"open": true}), 404),
        ("/nowhere".to_owned(), json!({}), 404),
    ] {
        let (given, answer) = stage.call("POST", &path, Some(body)).await;
        assert_eq!(given, status, "{path}: {answer}");
        assert!(answer["error"].is_string(), "{path}: {answer}");
    }
    let channels = stage.get(&format!("/channels?as={}&guild={id}", text(&ana["id"]))).await;
    assert_eq!(channels[0]["name"], "general");
}

#[tokio::test]
async fn the_bot_is_told_of_what_changes() {
    let stage = Stage::new().await;
    let mut wire = Wire::ready(&stage).await;
    let (guild, _) = stage.guild().await;
    assert_eq!(wire.dispatch("GUILD_CREATE").await["id"], guild);
    let channel = stage.post(&format!("/guilds/{guild}/channels"), json!({"name": "new"})).await;
    assert_eq!(wire.dispatch("CHANNEL_CREATE").await["id"], channel["id"]);
    let role = stage.post(&format!("/guilds/{guild}/roles"), json!({"name": "New"})).await;
    assert_eq!(wire.dispatch("GUILD_ROLE_CREATE").await["role"]["id"], role["id"]);
    let bot = stage.bot_id().await;
    stage.post(&format!("/guilds/{guild}/members/{bot}/roles"), json!({"add": [role["id"]]})).await;
    let roles = wire.dispatch("GUILD_MEMBER_UPDATE").await["roles"].clone();
    assert_eq!(roles.as_array().unwrap().last(), Some(&role["id"]), "its own roles it is told of");
    let ana = stage.person("Ana", &guild).await;
    stage.post(&format!("/guilds/{guild}/leave"), json!({"user": ana})).await;
    assert!(wire.names_until_ack().await.is_empty(), "who joins and leaves takes an intent");
    stage.post(&format!("/guilds/{guild}/leave"), json!({"bot": true})).await;
    let gone = wire.dispatch("GUILD_DELETE").await;
    assert_eq!(gone, json!({"id": guild}), "without `unavailable`: removed");
}

#[tokio::test]
async fn a_reset_leaves_the_bot_connected() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let mut wire = Wire::ready(&stage).await;
    stage.register(json!([{"name": "go", "description": "x"}])).await;
    stage.post("/message", json!({"as": ana, "channel": channel, "content": "hi"})).await;
    stage.post("/reset", json!({})).await;
    assert_eq!(wire.dispatch("GUILD_DELETE").await["id"], guild);
    let world = stage.get("/world").await;
    assert_eq!(
        (&world["guilds"], &world["users"], &world["bot"]["online"]),
        (&json!([]), &json!([]), &json!(true))
    );
    assert_eq!(stage.call("GET", &format!("/inbox?as={ana}"), None).await.0, 404);
    let (again, _) = stage.guild().await;
    assert_eq!(wire.dispatch("GUILD_CREATE").await["id"], again);
    let bo = stage.person("Bo", &again).await;
    let commands = stage.get(&format!("/commands?as={bo}&guild={again}")).await;
    assert_eq!(commands[0]["name"], "go", "what the bot registered stays");
}

#[tokio::test]
async fn an_inbox_before_the_first_letter_is_empty() {
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    assert_eq!(stage.get(&format!("/inbox?as={ana}")).await, json!({"channel": null, "messages": []}));
}

/// The next event of a stream: its name and its data.
async fn event(
    stream: &mut (impl StreamExt<Item = reqwest::Result<axum::body::Bytes>> + Unpin),
    rest: &mut String,
) -> (String, Value) {
    loop {
        if let Some((one, after)) = rest.split_once("\n\n") {
            let field = |name: &str| {
                one.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned())
            };
            let found = field("event:").zip(field("data:"));
            *rest = after.to_owned();
            if let Some((name, data)) = found {
                return (name, serde_json::from_str(&data).unwrap());
            }
            continue;
        }
        let bytes = soon(stream.next()).await.unwrap().unwrap();
        rest.push_str(&String::from_utf8_lossy(&bytes));
    }
}

#[tokio::test]
async fn an_emptied_world_is_told_and_keeps_no_count() {
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let url = format!("{}/sandbox/v1/events?as={ana}", stage.sandbox.url());
    let (mut stream, mut rest) = (stage.client.get(url).send().await.unwrap().bytes_stream(), String::new());
    stage.post("/limits", json!({"enforce": true, "dm_opens_per_10_minutes": 1})).await;
    let opens = async |person: &str| {
        stage.rest("POST", "/users/@me/channels", Some(json!({"recipient_id": person}))).await.0
    };
    assert_eq!(opens(&ana).await, 200);
    stage.post("/reset", json!({})).await;
    assert_eq!(event(&mut stream, &mut rest).await, ("anew".to_owned(), json!({"type": "anew"})));
    let (guild, _) = stage.guild().await;
    let bo = stage.person("Bo", &guild).await;
    assert_eq!(opens(&bo).await, 200, "what was opened before is forgotten");
}

#[tokio::test]
async fn every_error_is_a_sentence() {
    let stage = Stage::new().await;
    for (method, path, status) in [
        ("DELETE", "/world", 404),
        ("POST", "/inbox", 404),
        ("GET", "/nowhere", 404),
        ("GET", "/messages/1/attachments/x", 404),
        ("GET", "/messages/x/attachments/0", 404),
        ("GET", "/channels/%FF/messages?as=1", 400),
        ("GET", "/inbox?as=somebody", 400),
    ] {
        let (answered, body) = stage.call(method, path, None).await;
        assert_eq!(answered, status, "{method} {path}: {body}");
        assert!(body["error"].is_string(), "{method} {path}: {body}");
    }
}

#[tokio::test]
async fn watchers_are_told_what_they_may_see() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let (ana, bo) = (stage.person("Ana", &guild).await, stage.person("Bo", &guild).await);
    let url = format!("{}/sandbox/v1/events?as={ana}", stage.sandbox.url());
    let response = stage.client.get(url).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let (mut stream, mut rest) = (response.bytes_stream(), String::new());
    let (_, dm) = stage.rest("POST", "/users/@me/channels", Some(json!({"recipient_id": bo}))).await;
    stage
        .rest("POST", &format!("/channels/{}/messages", text(&dm["id"])), Some(json!({"content": "for Bo"})))
        .await;
    let path = format!("/channels/{channel}/messages");
    let (_, sent) = stage.rest("POST", &path, Some(json!({"content": "one"}))).await;
    let path = format!("{path}/{}", text(&sent["id"]));
    stage.rest("PATCH", &path, Some(json!({"content": "two"}))).await;
    stage.rest("DELETE", &path, None).await;
    let (name, data) = event(&mut stream, &mut rest).await;
    assert_eq!(
        (name.as_str(), &data["message"]["content"], &data["channel"]),
        ("message_create", &json!("one"), &json!(channel))
    );
    let (name, data) = event(&mut stream, &mut rest).await;
    assert_eq!((name.as_str(), &data["message"]["content"]), ("message_update", &json!("two")));
    let (name, data) = event(&mut stream, &mut rest).await;
    assert_eq!((name.as_str(), &data["message"]["id"]), ("message_delete", &sent["id"]));
    stage.post("/clock", json!({"advance": "1d"})).await;
    let (name, data) = event(&mut stream, &mut rest).await;
    assert_eq!((name.as_str(), data["now"].is_string()), ("clock", true));
}
