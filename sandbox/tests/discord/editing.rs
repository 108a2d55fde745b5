//! What an edit leaves alone, and what a message with components of the second kind is held to.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::support::{Stage, text};

const V2: u64 = 1 << 15;

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
    async fn sends(&self, channel: &str, body: Value) -> Value {
        let (status, sent) =
            self.stage.rest("POST", &format!("/channels/{channel}/messages"), Some(body)).await;
        assert_eq!(status, 200, "{sent}");
        sent
    }

    async fn refused(&self, body: Value, pointer: &str) -> String {
        let path = format!("/channels/{}/messages", self.channel);
        let (status, answer) = self.stage.rest("POST", &path, Some(body)).await;
        refusal(status, &answer, pointer)
    }

    async fn edits(&self, message: &Value, body: Value) -> (u16, Value) {
        let path = format!("/channels/{}/messages/{}", text(&message["channel_id"]), text(&message["id"]));
        self.stage.rest("PATCH", &path, Some(body)).await
    }
}

fn refusal(status: u16, answer: &Value, pointer: &str) -> String {
    assert_eq!((status, &answer["code"]), (400, &json!(50035)), "{answer}");
    let code = answer["errors"].pointer(&format!("{pointer}/_errors/0/code"));
    text(code.unwrap_or_else(|| panic!("nothing at {pointer}: {answer}")))
}

fn buttons(label: &str) -> Value {
    json!([{"type": 1, "components": [{"type": 2, "style": 1, "label": label, "custom_id": "b"}]}])
}

fn display(words: &str) -> Value {
    json!([{"type": 17, "components": [{"type": 10, "content": words}]}])
}

#[tokio::test]
async fn other_buttons_name_nobody_anew() {
    let scene = scene().await;
    let private = json!({"name": "circle", "type": 12});
    let path = format!("/channels/{}/threads", scene.channel);
    let (_, thread) = scene.stage.rest("POST", &path, Some(private)).await;
    let thread = text(&thread["id"]);
    let quiet = json!({"parse": []});
    let content = format!("<@{}> may come later", scene.ana);
    let body = json!({"content": content, "allowed_mentions": quiet, "components": buttons("Go")});
    let sent = scene.sends(&thread, body).await;
    assert_eq!(sent["mentions"], json!([]));
    let (_, edited) = scene.edits(&sent, json!({"components": []})).await;
    assert_eq!(edited["mentions"], json!([]), "only an edit of the text reads it again");
    let member = format!("/channels/{thread}/thread-members/{}", scene.ana);
    let (_, answer) = scene.stage.rest("GET", &member, None).await;
    assert_eq!(answer["code"], 10007, "nobody was added");
    let (_, edited) = scene.edits(&sent, json!({"content": content})).await;
    assert_eq!(edited["mentions"][0]["id"], scene.ana);
    let shown = json!({"flags": V2, "components": display("nobody")});
    let sent = scene.sends(&scene.channel, shown).await;
    let (_, edited) = scene.edits(&sent, json!({"components": display(&content)})).await;
    assert_eq!(edited["mentions"][0]["id"], scene.ana, "there the components are the text");
    scene.stage.judged();
}

#[tokio::test]
async fn a_message_stays_of_the_second_kind() {
    let scene = scene().await;
    let shown = scene.sends(&scene.channel, json!({"flags": V2, "components": display("one")})).await;
    let (status, edited) = scene.edits(&shown, json!({"components": display("two")})).await;
    assert_eq!((status, &edited["flags"]), (200, &json!(V2)), "{edited}");
    assert_eq!(edited["components"][0]["components"][0]["content"], "two");
    let (status, edited) = scene.edits(&shown, json!({"flags": 0, "components": display("three")})).await;
    assert_eq!((status, &edited["flags"]), (200, &json!(V2)), "the flag is only set");
    let legacy = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
    let (status, answer) = scene.edits(&shown, json!({"content": "words"})).await;
    assert_eq!(refusal(status, &answer, "/content"), legacy);
    let (status, answer) = scene.edits(&shown, json!({"embeds": [{"title": "t"}]})).await;
    assert_eq!(refusal(status, &answer, "/embeds"), legacy);

    let plain = scene.sends(&scene.channel, json!({"content": "words", "embeds": [{"title": "t"}]})).await;
    let (status, answer) = scene.edits(&plain, json!({"components": display("no flag")})).await;
    refusal(status, &answer, "/components/0/type");
    let (status, answer) = scene.edits(&plain, json!({"flags": V2, "components": display("x")})).await;
    assert_eq!(refusal(status, &answer, "/content"), legacy);
    let emptied = json!({"flags": V2, "components": display("x"), "content": null, "embeds": []});
    let (status, edited) = scene.edits(&plain, emptied).await;
    assert_eq!((status, &edited["content"], &edited["flags"]), (200, &json!(""), &json!(V2)), "{edited}");
    scene.stage.judged();
}

#[tokio::test]
async fn a_text_of_components_is_as_long_as_discord_has_it() {
    let scene = scene().await;
    let long = json!({"flags": V2, "components": display(&"x".repeat(4_000))});
    assert_eq!(scene.sends(&scene.channel, long).await["flags"], V2);
    let at = "/components/0/components/0/content";
    scene.refused(json!({"flags": V2, "components": display(&"x".repeat(4_001))}), at).await;
    scene.refused(json!({"flags": V2, "components": display("")}), at).await;
    scene.stage.judged();
}

#[tokio::test]
async fn ids_of_components_are_given_or_made_and_stand_once() {
    let scene = scene().await;
    let button =
        |id: u64, custom: &str| json!({"type": 2, "style": 1, "label": "L", "custom_id": custom, "id": id});
    let row = |list: Value| json!({"content": "x", "components": [{"type": 1, "components": list}]});
    let sent =
        scene.sends(&scene.channel, row(json!([button(1, "a"), button(0, "b"), button(3, "c")]))).await;
    let row_of = &sent["components"][0];
    let ids: Vec<_> = row_of["components"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
    assert_eq!((&row_of["id"], ids), (&json!(2), vec![&json!(1), &json!(4), &json!(3)]));
    scene.refused(row(json!([button(7, "a"), button(7, "b")])), "/components/0/components/1/id").await;
    scene.stage.judged();
}

#[tokio::test]
async fn a_message_has_ten_files() {
    let scene = scene().await;
    let send = async |method: reqwest::Method, path: &str, files: usize| {
        let named = |form: Form, n: usize| {
            form.part(format!("files[{n}]"), Part::bytes(b"x".to_vec()).file_name(format!("{n}.txt")))
        };
        let form = (0..files).fold(Form::new().text("payload_json", "{}"), named);
        let url = format!("{}/api/v10{path}", scene.stage.sandbox.url());
        let login = format!("Bot {}", scene.stage.sandbox.token());
        let request = scene.stage.client.request(method, url).multipart(form).header("Authorization", login);
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.json::<Value>().await.unwrap())
    };
    let path = format!("/channels/{}/messages", scene.channel);
    let (status, sent) = send(reqwest::Method::POST, &path, 10).await;
    assert_eq!(status, 200, "{sent}");
    let path = format!("{path}/{}", text(&sent["id"]));
    let (status, answer) = send(reqwest::Method::PATCH, &path, 1).await;
    refusal(status, &answer, "/attachments");
    let (_, read) = scene.stage.rest("GET", &path, None).await;
    assert_eq!(read["attachments"].as_array().unwrap().len(), 10, "what is refused changes nothing");
}

#[tokio::test]
async fn a_form_that_is_no_dictionary_is_refused_and_noted() {
    let scene = scene().await;
    for payload in ["[]", "\"text\"", "7"] {
        let form = Form::new().text("payload_json", payload).text("content", "hello");
        let url = format!("{}/api/v10/channels/{}/messages", scene.stage.sandbox.url(), scene.channel);
        let login = format!("Bot {}", scene.stage.sandbox.token());
        let response =
            scene.stage.client.post(url).multipart(form).header("Authorization", login).send().await.unwrap();
        let status = response.status().as_u16();
        refusal(status, &response.json().await.unwrap(), "");
    }
    let log = scene.stage.get("/requests").await;
    let refused = log.as_array().unwrap().iter().filter(|call| call["status"] == 400);
    assert_eq!(refused.count(), 3);
}

#[tokio::test]
async fn what_is_not_served_is_not_passed_over() {
    let scene = scene().await;
    let messages = format!("/channels/{}/messages", scene.channel);
    let channels = format!("/guilds/{}/channels", scene.guild);
    let channel = format!("/channels/{}", scene.channel);
    let forward = json!({"type": 1, "message_id": "1", "channel_id": scene.channel});
    for (method, path, body) in [
        ("POST", &messages, json!({"content": "x", "sticker_ids": ["1"]})),
        ("POST", &messages, json!({"message_reference": forward})),
        ("POST", &channels, json!({"name": "late", "nsfw": true})),
        ("POST", &channels, json!({"name": "late", "default_auto_archive_duration": 60})),
        ("PATCH", &channel, json!({"flags": 1 << 4})),
    ] {
        let (status, answer) = scene.stage.rest(method, path, Some(body.clone())).await;
        assert_eq!(status, 501, "{body}: {answer}");
    }
    scene.stage.empower(&scene.guild, 1 << 4).await;
    let idle = json!({"name": "early", "nsfw": false, "available_tags": [], "flags": 0, "bitrate": null});
    assert_eq!(scene.stage.rest("POST", &channels, Some(idle)).await.0, 201);
    assert_eq!(
        scene.stage.rest("POST", &messages, Some(json!({"content": "x", "sticker_ids": []}))).await.0,
        200
    );
}
