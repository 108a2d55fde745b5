//! Messages in channels and DMs: writing, limits, reading, permissions.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::support::{Stage, text};

struct Scene {
    stage: Stage,
    guild: String,
    channel: String,
    ana: String,
    dm: String,
}

async fn scene() -> Scene {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let (_, dm) = stage.rest("POST", "/users/@me/channels", Some(json!({"recipient_id": ana}))).await;
    let dm = text(&dm["id"]);
    Scene { stage, guild, channel, ana, dm }
}

impl Scene {
    async fn send(&self, channel: &str, body: Value) -> (u16, Value) {
        self.stage.rest("POST", &format!("/channels/{channel}/messages"), Some(body)).await
    }

    /// Sends what is refused and returns the errors' tree.
    async fn refused(&self, body: Value, pointer: &str) {
        let (status, answer) = self.send(&self.dm, body).await;
        assert_eq!((status, &answer["code"]), (400, &json!(50035)), "{answer}");
        assert!(
            answer["errors"].pointer(&format!("{pointer}/_errors/0/code")).is_some(),
            "{pointer}: {answer}"
        );
    }
}

#[tokio::test]
async fn written_read_changed_and_taken_away() {
    let scene = scene().await;
    let stage = &scene.stage;
    let (status, sent) = scene.send(&scene.channel, json!({"content": "  one  ", "embeds": [{"title": "T", "fields": [{"name": "n", "value": "v"}]}]})).await;
    assert_eq!((status, &sent["content"]), (200, &json!("one")));
    assert_eq!(
        sent["embeds"][0],
        json!({"type": "rich", "title": "T", "fields": [{"name": "n", "value": "v", "inline": false}]})
    );
    let path = format!("/channels/{}/messages/{}", scene.channel, text(&sent["id"]));
    assert_eq!(stage.rest("GET", &path, None).await.1["id"], sent["id"]);
    let (_, edited) = stage.rest("PATCH", &path, Some(json!({"content": "two"}))).await;
    assert_eq!((&edited["content"], edited["edited_timestamp"].is_string()), (&json!("two"), true));
    assert_eq!(edited["embeds"], sent["embeds"], "what is not named stays");
    let seen = stage.get(&format!("/channels/{}/messages?as={}", scene.channel, scene.ana)).await;
    assert_eq!(seen[0]["content"], "two");
    assert_eq!(
        seen[0]["embeds"],
        json!([{"title": "T", "fields": [{"name": "n", "value": "v"}]}]),
        "as the bot sent it"
    );
    assert!(seen[0]["edited"].is_string());
    assert_eq!(
        stage.rest("PATCH", &path, Some(json!({"content": null, "embeds": []}))).await.1["code"],
        50006
    );
    assert_eq!(stage.rest("DELETE", &path, None).await.0, 204);
    assert_eq!(stage.rest("GET", &path, None).await.1["code"], 10008);
    assert_eq!(stage.get(&format!("/channels/{}/messages?as={}", scene.channel, scene.ana)).await, json!([]));
    stage.judged();
}

#[tokio::test]
async fn a_list_goes_before_after_and_around() {
    let scene = scene().await;
    let mut ids = Vec::new();
    for n in 0..7 {
        ids.push(text(&scene.send(&scene.dm, json!({"content": n.to_string()})).await.1["id"]));
    }
    let list = async |query: &str| {
        let (_, list) =
            scene.stage.rest("GET", &format!("/channels/{}/messages?{query}", scene.dm), None).await;
        list.as_array().unwrap().iter().map(|one| text(&one["content"])).collect::<Vec<_>>().join("")
    };
    assert_eq!(list("").await, "6543210");
    assert_eq!(list("limit=2").await, "65");
    assert_eq!(list(&format!("before={}&limit=2", ids[3])).await, "21");
    assert_eq!(list(&format!("after={}&limit=2", ids[3])).await, "54");
    assert_eq!(list(&format!("around={}&limit=3", ids[3])).await, "432");
    let (status, body) =
        scene.stage.rest("GET", &format!("/channels/{}/messages?limit=101", scene.dm), None).await;
    assert_eq!((status, &body["code"]), (400, &json!(50035)));
    scene.stage.judged();
}

#[tokio::test]
async fn limits_are_held() {
    let scene = scene().await;
    let (status, answer) = scene.send(&scene.dm, json!({"content": "   "})).await;
    assert_eq!((status, &answer["code"]), (400, &json!(50006)));
    assert_eq!(scene.send(&scene.dm, json!({"content": "x".repeat(2_000)})).await.0, 200);
    scene.refused(json!({"content": "x".repeat(2_001)}), "/content").await;
    scene.refused(json!({"embeds": [{"title": "x".repeat(257)}]}), "/embeds/0/title").await;
    scene.refused(json!({"embeds": [{"description": "x".repeat(4_097)}]}), "/embeds/0/description").await;
    scene
        .refused(json!({"embeds": [{"fields": [{"name": "", "value": "v"}]}]}), "/embeds/0/fields/0/name")
        .await;
    scene
        .refused(
            json!({"embeds": [{"fields": [{"name": "n", "value": "x".repeat(1_025)}]}]}),
            "/embeds/0/fields/0/value",
        )
        .await;
    scene
        .refused(
            json!({"embeds": [{"title": "t", "footer": {"text": "x".repeat(2_049)}}]}),
            "/embeds/0/footer/text",
        )
        .await;
    scene.refused(json!({"embeds": [{"title": "t", "url": "nowhere"}]}), "/embeds/0/url").await;
    scene.refused(json!({"embeds": [{"title": "t", "color": 16_777_216}]}), "/embeds/0/color").await;
    scene.refused(json!({"embeds": [{}]}), "/embeds/0/description").await;
    let half = json!({"description": "x".repeat(3_001)});
    scene.refused(json!({"embeds": [half, half]}), "/embeds").await;
    let eleven: Vec<Value> = (0..11).map(|_| json!({"title": "t"})).collect();
    scene.refused(json!({"embeds": eleven}), "/embeds").await;
    scene.refused(json!({"content": "x", "nonce": "n".repeat(26)}), "/nonce").await;
    let both = json!({"parse": ["users"], "users": ["1"]});
    scene.refused(json!({"content": "x", "allowed_mentions": both}), "/allowed_mentions").await;
    let (status, answer) = scene.send(&scene.dm, json!({"poll": {"question": {"text": "?"}}})).await;
    assert_eq!((status, &answer["code"]), (501, &json!(0)));
}

#[tokio::test]
async fn components_keep_their_rules() {
    let scene = scene().await;
    let row =
        |components: Value| json!({"content": "x", "components": [{"type": 1, "components": components}]});
    let button = |id: &str| json!({"type": 2, "style": 1, "label": "Go", "custom_id": id});
    let select = |options: Vec<Value>| json!({"type": 3, "custom_id": "s", "options": options});
    let option = |value: &str| json!({"label": "L", "value": value});
    assert_eq!(scene.send(&scene.dm, row(json!([button("a"), button("b")]))).await.0, 200);
    let (_, sent) = scene.send(&scene.dm, row(json!([select(vec![option("1"), option("2")])]))).await;
    assert_eq!(sent["components"][0]["components"][0]["max_values"], 1, "defaults are filled in");
    let first = "/components/0/components/0";
    scene.refused(row(json!([button("a"), button("a")])), "/components/0/components/1/custom_id").await;
    scene.refused(row(json!([button(&"x".repeat(101))])), &format!("{first}/custom_id")).await;
    scene.refused(row(json!([{"type": 2, "style": 1, "custom_id": "a"}])), first).await;
    scene
        .refused(
            row(json!([{"type": 2, "style": 1, "label": "x".repeat(81), "custom_id": "a"}])),
            &format!("{first}/label"),
        )
        .await;
    scene.refused(row(json!([{"type": 2, "style": 5, "label": "L"}])), &format!("{first}/url")).await;
    scene
        .refused(
            row(json!([{"type": 2, "style": 9, "label": "L", "custom_id": "a"}])),
            &format!("{first}/style"),
        )
        .await;
    scene.refused(row(json!([])), "/components/0/components").await;
    scene.refused(row(json!([select(vec![option("1")]), button("b")])), "/components/0").await;
    scene.refused(row(json!([select(vec![])])), &format!("{first}/options")).await;
    scene
        .refused(row(json!([select(vec![option("1"), option("1")])])), &format!("{first}/options/1/value"))
        .await;
    scene
        .refused(
            row(json!([{"type": 4, "custom_id": "t", "label": "L", "style": 1}])),
            &format!("{first}/type"),
        )
        .await;
    let six: Vec<Value> = (0..6).map(|n| button(&n.to_string())).collect();
    scene.refused(row(json!(six)), "/components/0/components").await;
    let rows: Vec<Value> =
        (0..6).map(|n| json!({"type": 1, "components": [button(&n.to_string())]})).collect();
    scene.refused(json!({"content": "x", "components": rows}), "/components").await;
    scene.refused(json!({"content": "x", "components": [button("a")]}), "/components/0/type").await;
    let v2 = json!([{"type": 17, "components": [{"type": 10, "content": "**hi**"}, {"type": 1, "components": [button("v")]}]}]);
    let (status, answer) = scene.send(&scene.dm, json!({"flags": 32_768, "components": v2})).await;
    assert_eq!(status, 200, "{answer}");
    scene.refused(json!({"flags": 32_768, "content": "x", "components": v2}), "/content").await;
    scene.stage.judged();
}

#[tokio::test]
async fn a_nonce_is_sent_once() {
    let scene = scene().await;
    let letter = json!({"content": "once", "nonce": "letter-1", "enforce_nonce": true});
    let (_, first) = scene.send(&scene.dm, letter.clone()).await;
    assert_eq!(first["nonce"], "letter-1");
    let (status, again) = scene.send(&scene.dm, letter.clone()).await;
    assert_eq!((status, &again["id"]), (200, &first["id"]));
    let inbox = scene.stage.get(&format!("/inbox?as={}", scene.ana)).await;
    assert_eq!(inbox["messages"].as_array().unwrap().len(), 1);
    assert_eq!(inbox["messages"][0]["nonce"], "letter-1");
    scene.stage.post("/clock", json!({"advance": "6m"})).await;
    let (_, later) = scene.send(&scene.dm, letter).await;
    assert_ne!(later["id"], first["id"], "after some minutes it is forgotten");
    let (_, free) = scene.send(&scene.dm, json!({"content": "x", "nonce": "letter-1"})).await;
    assert_ne!(free["id"], later["id"], "without enforcement it is a mark only");
}

#[tokio::test]
async fn mentions_ping_whom_they_may() {
    let scene = scene().await;
    let Scene { ana, channel, guild, .. } = &scene;
    let content = format!("<@{ana}> <@&{guild}> @everyone");
    let (_, open) = scene.send(channel, json!({"content": content})).await;
    assert_eq!(open["mentions"][0]["id"], *ana);
    assert_eq!((&open["mention_roles"], &open["mention_everyone"]), (&json!([guild]), &json!(true)));
    let (_, quiet) =
        scene.send(channel, json!({"content": content, "allowed_mentions": {"parse": []}})).await;
    assert_eq!((&quiet["mentions"], &quiet["mention_everyone"]), (&json!([]), &json!(false)));
    let (_, one) =
        scene.send(channel, json!({"content": content, "allowed_mentions": {"users": [ana]}})).await;
    assert_eq!((one["mentions"].as_array().unwrap().len(), &one["mention_roles"]), (1, &json!([])));
}

#[tokio::test]
async fn files_come_with_a_form() {
    let scene = scene().await;
    let stage = &scene.stage;
    let payload = json!({"content": "see", "attachments": [{"id": 0, "description": "A dot"}], "embeds": [{"image": {"url": "attachment://dot.png"}}]});
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend([0, 0, 0, 3, 0, 0, 0, 4]);
    let send = async |method: reqwest::Method,
                      path: String,
                      payload: &Value,
                      files: Vec<(&'static str, &'static str, Vec<u8>)>| {
        let mut form = Form::new().text("payload_json", payload.to_string());
        for (name, filename, bytes) in files {
            form = form.part(name, Part::bytes(bytes).file_name(filename));
        }
        let url = format!("{}/api/v10{path}", stage.sandbox.url());
        let request = stage.client.request(method, url).multipart(form);
        request.header("Authorization", format!("Bot {}", stage.sandbox.token())).send().await.unwrap()
    };
    let path = format!("/channels/{}/messages", scene.dm);
    let response = send(
        reqwest::Method::POST,
        path,
        &payload,
        vec![("files[0]", "dot.png", png.clone()), ("files[1]", "a b.txt", b"hello".to_vec())],
    )
    .await;
    let sent: Value = response.json().await.unwrap();
    assert!(sent["id"].is_string(), "{sent}");
    let file = &sent["attachments"][0];
    assert_eq!(
        (&file["filename"], &file["description"], &file["content_type"]),
        (&json!("dot.png"), &json!("A dot"), &json!("image/png"))
    );
    assert_eq!((&file["width"], &file["height"], &file["size"]), (&json!(3), &json!(4), &json!(png.len())));
    assert_eq!(sent["attachments"][1]["filename"], "a_b.txt");
    let bytes = stage.client.get(text(&file["url"])).send().await.unwrap().bytes().await.unwrap();
    assert_eq!(bytes, png);
    let inbox = stage.get(&format!("/inbox?as={}", scene.ana)).await;
    let seen = &inbox["messages"][0]["attachments"][1];
    assert_eq!((&seen["filename"], &seen["size"]), (&json!("a_b.txt"), &json!(5)));
    let id = text(&sent["id"]);
    let answer = stage
        .client
        .get(format!("{}/sandbox/v1/messages/{id}/attachments/1", stage.sandbox.url()))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.headers()["content-type"], "text/plain");
    assert_eq!(answer.text().await.unwrap(), "hello");
    let log = stage.get("/requests").await;
    assert_eq!(log.as_array().unwrap().last().unwrap()["request"], payload);
    let keep = json!({"attachments": [{"id": sent["attachments"][1]["id"]}]});
    let path = format!("/channels/{}/messages/{id}", scene.dm);
    let edited: Value = send(reqwest::Method::PATCH, path, &keep, vec![]).await.json().await.unwrap();
    assert_eq!(edited["attachments"].as_array().unwrap().len(), 1);
    assert_eq!(edited["attachments"][0]["filename"], "a_b.txt");
    // What is named by the n of its files[n] comes instead of what was there.
    let other = json!({"attachments": [{"id": 0, "filename": "b.csv"}]});
    let path = format!("/channels/{}/messages/{id}", scene.dm);
    let files = vec![("files[0]", "x", b"1,2".to_vec())];
    let edited: Value = send(reqwest::Method::PATCH, path, &other, files).await.json().await.unwrap();
    let left: Vec<_> = edited["attachments"].as_array().unwrap().iter().map(|it| &it["filename"]).collect();
    assert_eq!(left, ["b.csv"]);
    stage.judged();
    let path = format!("/channels/{}/messages", scene.dm);
    let large =
        send(reqwest::Method::POST, path, &json!({}), vec![("files[0]", "large", vec![0; 11 << 20])]).await;
    assert_eq!(large.status(), 413);
    assert_eq!(large.json::<Value>().await.unwrap()["code"], 40005);
}

#[tokio::test]
async fn permissions_count() {
    let scene = scene().await;
    let Scene { stage, guild, channel, ana, .. } = &scene;
    let hidden = stage
        .post(&format!("/guilds/{guild}/channels"), json!({"name": "Secret Room", "private": true}))
        .await;
    assert_eq!(hidden["name"], "secret-room");
    let hidden = text(&hidden["id"]);
    assert_eq!(scene.send(&hidden, json!({"content": "x"})).await.1["code"], 50001);
    assert_eq!(stage.rest("GET", &format!("/channels/{hidden}"), None).await.1["code"], 50001);
    assert_eq!(stage.call("GET", &format!("/channels/{hidden}/messages?as={ana}"), None).await.0, 404);
    let role =
        stage.post(&format!("/guilds/{guild}/roles"), json!({"name": "All", "permissions": "8"})).await;
    let bot = stage.bot_id().await;
    stage.post(&format!("/guilds/{guild}/members/{bot}/roles"), json!({"add": [role["id"]]})).await;
    assert_eq!(scene.send(&hidden, json!({"content": "x"})).await.0, 200);
    let said = stage.post("/message", json!({"as": ana, "channel": channel, "content": "mine"})).await;
    let said = format!("/channels/{channel}/messages/{}", text(&said["messages"][0]["id"]));
    assert_eq!(stage.rest("PATCH", &said, Some(json!({"content": "x"}))).await.1["code"], 50005);
    stage.post(&format!("/guilds/{guild}/members/{bot}/roles"), json!({"remove": [role["id"]]})).await;
    assert_eq!(stage.rest("DELETE", &said, None).await.1["code"], 50013);
    let (_, read) = stage.rest("GET", &said, None).await;
    assert_eq!(read["content"], "", "others' words need the intent");
    stage.post(&format!("/guilds/{guild}/leave"), json!({"bot": true})).await;
    assert_eq!(scene.send(channel, json!({"content": "x"})).await.1["code"], 50001);
}

#[tokio::test]
async fn closed_dms_refuse_letters() {
    let scene = scene().await;
    let Scene { stage, guild, ana, dm, .. } = &scene;
    stage.post(&format!("/users/{ana}/dms"), json!({"open": false})).await;
    let (status, body) = scene.send(dm, json!({"content": "x"})).await;
    assert_eq!(
        (status, &body["code"], &body["message"]),
        (403, &json!(50007), &json!("Cannot send messages to this user"))
    );
    stage.post(&format!("/users/{ana}/dms"), json!({"open": true})).await;
    assert_eq!(scene.send(dm, json!({"content": "x"})).await.0, 200);
    stage.post(&format!("/guilds/{guild}/leave"), json!({"user": ana})).await;
    assert_eq!(scene.send(dm, json!({"content": "x"})).await.1["code"], 50007, "no server in common");
    let (status, body) = stage.rest("POST", "/users/@me/channels", Some(json!({"recipient_id": "1"}))).await;
    assert_eq!((status, &body["code"]), (400, &json!(50033)));
    let (_, again) = stage.rest("POST", "/users/@me/channels", Some(json!({"recipient_id": ana}))).await;
    assert_eq!(again["id"], *dm, "there is one DM with each person");
}

#[tokio::test]
async fn bad_json_is_told() {
    let scene = scene().await;
    let url = format!("{}/api/v10/channels/{}/messages", scene.stage.sandbox.url(), scene.dm);
    let request =
        scene.stage.client.post(url).header("Authorization", format!("Bot {}", scene.stage.sandbox.token()));
    let response = request.header("content-type", "application/json").body("{").send().await.unwrap();
    assert_eq!(response.status(), 400);
    assert_eq!(response.json::<Value>().await.unwrap()["code"], 50109);
}
