//! Answers to messages: whom they ping, what they show of what they answer, what cannot be answered or deleted.

use serde_json::{Value, json};

use crate::support::{Bot, Stage, text};
use crate::wire::Wire;

struct Scene {
    stage: Stage,
    guild: String,
    channel: String,
    ana: String,
}

async fn scene() -> Scene {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    Scene { stage, guild, channel, ana }
}

impl Scene {
    async fn says(&self, words: &str) -> String {
        let said = json!({"as": self.ana, "channel": self.channel, "content": words});
        text(&self.stage.post("/message", said).await["messages"][0]["id"])
    }

    async fn sends(&self, body: Value) -> (u16, Value) {
        self.stage.rest("POST", &format!("/channels/{}/messages", self.channel), Some(body)).await
    }
}

#[tokio::test]
async fn an_answer_pings_who_is_answered_and_shows_what() {
    let scene = scene().await;
    let question = scene.says("Who has a minute?").await;
    let reply = |more: Value| {
        let mut body = json!({"content": "I do", "message_reference": {"message_id": question}});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let (_, sent) = scene.sends(reply(json!({}))).await;
    assert_eq!((&sent["type"], &sent["mentions"][0]["id"]), (&json!(19), &json!(scene.ana)));
    let answered = &sent["referenced_message"];
    assert_eq!((&answered["id"], &answered["author"]["id"]), (&json!(question), &json!(scene.ana)));
    assert_eq!(answered["content"], "", "what others say needs an intent of its own");
    let quiet = json!({"allowed_mentions": {"parse": []}});
    assert_eq!(scene.sends(reply(quiet)).await.1["mentions"], json!([]));
    let pinged = json!({"allowed_mentions": {"parse": [], "replied_user": true}});
    assert_eq!(scene.sends(reply(pinged)).await.1["mentions"][0]["id"], scene.ana);
    let bot = scene.sends(json!({"content": "first"})).await.1;
    let to_bot = json!({"content": "second", "message_reference": {"message_id": bot["id"]}});
    let (_, sent) = scene.sends(to_bot).await;
    assert_eq!(sent["referenced_message"]["content"], "first");
    let path = format!("/channels/{}/messages", scene.channel);
    assert_eq!(scene.stage.rest("DELETE", &format!("{path}/{}", text(&bot["id"])), None).await.0, 204);
    let (_, read) = scene.stage.rest("GET", &format!("{path}/{}", text(&sent["id"])), None).await;
    assert!(read["referenced_message"].is_null() && read.get("referenced_message").is_some(), "{read}");
    scene.stage.judged();
}

#[tokio::test]
async fn what_is_not_there_is_answered_by_a_plain_message_or_not_at_all() {
    let scene = scene().await;
    let to = |reference: Value| json!({"content": "x", "message_reference": reference});
    let refused = async |reference: Value| {
        let (status, answer) = scene.sends(to(reference)).await;
        assert_eq!(status, 400, "{answer}");
        text(&answer["errors"]["message_reference"]["_errors"][0]["code"])
    };
    assert_eq!(refused(json!({"message_id": "1"})).await, "REPLIES_UNKNOWN_MESSAGE");
    let (status, sent) = scene.sends(to(json!({"message_id": "1", "fail_if_not_exists": false}))).await;
    assert_eq!((status, &sent["type"]), (200, &json!(0)), "{sent}");
    assert!(sent.get("message_reference").is_none());

    // A note for one person, and what Discord itself wrote.
    let mut bot = Bot::connect(&scene.stage).await;
    scene.stage.register(json!([{"name": "hide", "description": "Hide"}])).await;
    let act = scene.stage.post("/command", json!({"as": scene.ana, "guild": scene.guild, "name": "hide"}));
    let note = async {
        let interaction = bot.interaction().await;
        let command = interaction.as_command().unwrap();
        let path = format!("/interactions/{}/{}/callback", command.id, command.token);
        let body = json!({"type": 4, "data": {"content": "psst", "flags": 64}});
        assert_eq!(scene.stage.rest("POST", &path, Some(body)).await.0, 204);
    };
    let (answer, ()) = tokio::join!(act, note);
    let note = text(&answer["messages"][0]["id"]);
    assert_eq!(refused(json!({"message_id": note})).await, "REPLIES_UNKNOWN_MESSAGE");
    scene.stage.empower(&scene.guild, 1 << 3).await;
    let pinned = text(&scene.sends(json!({"content": "keep"})).await.1["id"]);
    let path = format!("/channels/{}/messages", scene.channel);
    assert_eq!(scene.stage.rest("PUT", &format!("{path}/pins/{pinned}"), None).await.0, 204);
    let line = text(&scene.stage.rest("GET", &format!("{path}?limit=1"), None).await.1[0]["id"]);
    let code = refused(json!({"message_id": line, "fail_if_not_exists": false})).await;
    assert_eq!(code, "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE");
    assert_eq!(scene.stage.rest("DELETE", &format!("{path}/{line}"), None).await.0, 204, "that one goes");
    bot.leave().await;
}

#[tokio::test]
async fn what_discord_wrote_of_a_thread_stays() {
    let scene = scene().await;
    let private = json!({"name": "circle", "type": 12});
    let (_, thread) =
        scene.stage.rest("POST", &format!("/channels/{}/threads", scene.channel), Some(private)).await;
    let thread = text(&thread["id"]);
    let path = format!("/channels/{thread}");
    assert_eq!(scene.stage.rest("PUT", &format!("{path}/thread-members/{}", scene.ana), None).await.0, 204);
    assert_eq!(scene.stage.rest("PATCH", &path, Some(json!({"name": "ring"}))).await.0, 200);
    let (_, lines) = scene.stage.rest("GET", &format!("{path}/messages"), None).await;
    let kinds: Vec<_> = lines.as_array().unwrap().iter().map(|line| line["type"].as_u64().unwrap()).collect();
    assert_eq!(kinds, [4, 1]);
    for line in lines.as_array().unwrap() {
        let one = format!("{path}/messages/{}", text(&line["id"]));
        let (status, answer) = scene.stage.rest("DELETE", &one, None).await;
        assert_eq!((status, &answer["code"]), (403, &json!(50021)));
    }
}

#[tokio::test]
async fn a_deleted_message_is_told() {
    let scene = scene().await;
    let mut wire = Wire::ready(&scene.stage).await;
    let sent = text(&scene.sends(json!({"content": "gone soon"})).await.1["id"]);
    let path = format!("/channels/{}/messages/{sent}", scene.channel);
    assert_eq!(scene.stage.rest("DELETE", &path, None).await.0, 204);
    let told = wire.dispatch("MESSAGE_DELETE").await;
    assert_eq!(told, json!({"id": sent, "channel_id": scene.channel, "guild_id": scene.guild}));
}

#[tokio::test]
async fn without_the_history_nothing_is_read() {
    let scene = scene().await;
    let sent = text(&scene.sends(json!({"content": "x"})).await.1["id"]);
    let deny = json!({"of": scene.stage.bot_id().await, "deny": (1_u64 << 16).to_string()});
    scene.stage.post(&format!("/channels/{}/permissions", scene.channel), deny).await;
    let path = format!("/channels/{}/messages", scene.channel);
    assert_eq!(scene.stage.rest("GET", &path, None).await, (200, json!([])));
    assert_eq!(scene.stage.rest("GET", &format!("{path}/{sent}"), None).await.1["code"], 50013);
    assert_eq!(
        scene.stage.rest("PATCH", &format!("{path}/{sent}"), Some(json!({"content": "y"}))).await.0,
        200
    );
}
