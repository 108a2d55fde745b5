//! Pinned messages, and people who come to and leave open threads.

use serde_json::json;

use crate::support::{Stage, text};
use crate::wire::Wire;

const PIN_MESSAGES: u64 = 1 << 51;

#[tokio::test]
async fn a_bot_pins_its_welcome_in_a_thread() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let thread = stage.private_thread(&channel, &ana).await;
    let sent =
        stage.does("POST", &format!("/channels/{thread}/messages"), Some(json!({"content": "Hi"}))).await;
    let id = text(&sent["id"]);
    let pins = format!("/channels/{thread}/messages/pins");
    assert_eq!(stage.refused("PUT", &format!("{pins}/{id}"), None).await, (403, 50013));
    stage.overwrite(&channel, PIN_MESSAGES, 0).await;
    let mut wire = Wire::ready(&stage).await;
    assert_eq!(stage.rest("PUT", &format!("{pins}/{id}"), None).await.0, 204);
    let told = wire.dispatch("CHANNEL_PINS_UPDATE").await;
    assert_eq!((&told["channel_id"], told["last_pin_timestamp"].is_string()), (&json!(thread), true));
    assert_eq!(wire.dispatch("MESSAGE_UPDATE").await["pinned"], true);
    let line = wire.dispatch("MESSAGE_CREATE").await;
    assert_eq!((&line["type"], &line["message_reference"]["message_id"]), (&json!(6), &json!(id)));
    assert_eq!(stage.rest("PUT", &format!("{pins}/{id}"), None).await.0, 204, "again is no error");

    let listed = stage.does("GET", &pins, None).await;
    assert_eq!((&listed["items"][0]["message"]["id"], &listed["has_more"]), (&json!(id), &json!(false)));
    let old = stage.does("GET", &format!("/channels/{thread}/pins"), None).await;
    assert_eq!((&old[0]["id"], &old[0]["pinned"]), (&json!(id), &json!(true)));
    let seen = stage.get(&format!("/channels/{thread}/messages?as={ana}")).await;
    assert_eq!(seen.as_array().unwrap().last().unwrap()["content"], "Kith pinned a message to this channel.");
    let line = text(&line["id"]);
    assert_eq!(stage.refused("PUT", &format!("{pins}/{line}"), None).await, (403, 50021));
    let edit = Some(json!({"content": "x"}));
    assert_eq!(
        stage.refused("PATCH", &format!("/channels/{thread}/messages/{line}"), edit).await,
        (403, 50021)
    );
    assert_eq!(stage.refused("PUT", &format!("{pins}/1"), None).await, (404, 10008));

    assert_eq!(stage.rest("DELETE", &format!("/channels/{thread}/pins/{id}"), None).await.0, 204);
    assert_eq!(stage.does("GET", &pins, None).await["items"], json!([]));
    stage.does("PUT", &format!("/channels/{thread}/pins/{id}"), None).await;
    stage.does("DELETE", &format!("/channels/{thread}/messages/{id}"), None).await;
    assert_eq!(stage.does("GET", &pins, None).await["items"], json!([]), "what is gone is pinned no more");
    stage.does("PATCH", &format!("/channels/{thread}"), Some(json!({"archived": true}))).await;
    stage.judged();
}

#[tokio::test]
async fn people_join_and_leave_an_open_thread() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let (ana, bo) = (stage.person("Ana", &guild).await, stage.person("Bo", &guild).await);
    let wish = Some(json!({"name": "Sign-ups", "type": 11}));
    let thread = text(&stage.does("POST", &format!("/channels/{channel}/threads"), wish).await["id"]);
    let members = format!("/threads/{thread}/members");
    let joined = stage.post(&members, json!({"as": ana, "add": [ana]})).await;
    assert!(joined["members"].as_array().unwrap().contains(&json!(ana)));
    stage.post("/message", json!({"as": bo, "channel": thread, "content": "me too"})).await;
    let member = format!("/channels/{thread}/thread-members/{bo}");
    assert_eq!(stage.rest("GET", &member, None).await.0, 200, "who writes is in it");
    stage.post(&members, json!({"as": bo, "remove": [bo]})).await;
    assert_eq!(stage.refused("GET", &member, None).await, (404, 10007));

    // Who leaves the server is in none of its threads, and cannot be added; who comes back can.
    stage.post(&format!("/guilds/{guild}/leave"), json!({"user": ana})).await;
    let member = format!("/channels/{thread}/thread-members/{ana}");
    assert_eq!(stage.refused("GET", &member, None).await, (404, 10007));
    assert_eq!(stage.refused("PUT", &member, None).await, (404, 10007));

    // Somebody in time-out writes nothing, not even in a thread.
    let until = json!({"until": "2999-01-01T00:00:00Z"});
    stage.post(&format!("/guilds/{guild}/members/{bo}/timeout"), until).await;
    let writes = json!({"as": bo, "channel": thread, "content": "hello"});
    assert_eq!(stage.call("POST", "/message", Some(writes.clone())).await.0, 400);
    stage.post(&format!("/guilds/{guild}/members/{bo}/timeout"), json!({})).await;
    stage.post("/message", writes).await;
    stage.judged();
}
