//! What a bot may answer to interactions, when, and how often.

use serde_json::{Value, json};

use crate::support::{Stage, text};
use crate::wire::{Wire, callback, meanwhile, webhook};

struct Scene {
    stage: Stage,
    guild: String,
    channel: String,
    ana: String,
    wire: Wire,
}

async fn scene() -> Scene {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let wire = Wire::ready(&stage).await;
    stage.register(json!([{"name": "go", "description": "Goes"}])).await;
    Scene { stage, guild, channel, ana, wire }
}

impl Scene {
    /// Ana calls `/go`; the bot answers with these bodies. The interaction and what Ana saw.
    async fn go(&mut self, bodies: Vec<Value>) -> (Value, Value, Vec<(u16, Value)>) {
        let act = self
            .stage
            .post("/command", json!({"as": self.ana, "guild": self.guild, "name": "go", "wait_ms": 200}));
        let reply = async {
            let interaction = self.wire.dispatch("INTERACTION_CREATE").await;
            let mut answers = Vec::new();
            for body in bodies {
                answers.push(callback(&self.stage, &interaction, body).await);
            }
            (interaction, answers)
        };
        let (seen, (interaction, answers)) = meanwhile(act, reply).await;
        (interaction, seen, answers)
    }
}

#[tokio::test]
async fn the_first_response_counts_and_no_other() {
    let mut scene = scene().await;
    let hello = json!({"type": 4, "data": {"content": "hello"}});
    let (interaction, seen, answers) = scene.go(vec![hello.clone(), hello]).await;
    assert_eq!(answers[0].0, 200);
    let shown = &answers[0].1;
    assert_eq!(shown["interaction"]["id"], interaction["id"]);
    assert_eq!(shown["interaction"]["response_message_id"], shown["resource"]["message"]["id"]);
    assert_eq!(shown["resource"]["message"]["type"], 20);
    assert_eq!(shown["resource"]["message"]["interaction_metadata"]["user"]["id"], scene.ana);
    assert_eq!((answers[1].0, &answers[1].1["code"]), (400, &json!(40060)));
    assert_eq!(seen["messages"][0]["content"], "hello");
    assert_eq!(seen["messages"][0]["ephemeral"], false);
    assert!(seen["interaction"]["acked_ms"].as_u64().unwrap() < 3_000);
    let (status, body) =
        scene.stage.rest("POST", "/interactions/1/wrong/callback", Some(json!({"type": 5}))).await;
    assert_eq!((status, &body["code"]), (404, &json!(10062)));
    scene.stage.judged();
}

#[tokio::test]
async fn a_wrong_response_is_refused_and_may_be_mended() {
    let mut scene = scene().await;
    let (_, seen, answers) = scene
        .go(vec![
            json!({"type": 4, "data": {"content": "x".repeat(2_001)}}),
            json!({"type": 4, "data": {}}),
            json!({"type": 8, "data": {"choices": []}}),
            json!({"type": 7, "data": {"content": "x"}}),
            json!({"type": 1}),
            json!({"data": {}}),
            json!({"type": 9, "data": {"custom_id": "m", "title": "x".repeat(46), "components": []}}),
            json!({"type": 4, "data": {"content": "right"}}),
        ])
        .await;
    assert!(answers[0].1["errors"]["data"]["content"]["_errors"].is_array(), "{:?}", answers[0]);
    assert_eq!(answers[1].1["code"], 50006);
    for wrong in &answers[2..6] {
        assert!(wrong.1["errors"]["type"]["_errors"].is_array(), "{wrong:?}");
    }
    assert!(answers[6].1["errors"]["data"]["title"].is_object());
    assert!(answers[6].1["errors"]["data"]["components"].is_object());
    assert_eq!(answers[7].0, 200);
    assert_eq!(seen["messages"][0]["content"], "right");
}

#[tokio::test]
async fn after_three_seconds_it_has_failed() {
    let mut scene = scene().await;
    let act = scene.stage.post("/command", json!({"as": scene.ana, "guild": scene.guild, "name": "go"}));
    let (seen, interaction) = meanwhile(act, scene.wire.dispatch("INTERACTION_CREATE")).await;
    assert_eq!(seen["interaction"]["failed"], "The application did not respond");
    assert_eq!(seen["interaction"]["acked_ms"], json!(null));
    assert_eq!(seen["messages"], json!([]));
    let (status, body) = callback(&scene.stage, &interaction, json!({"type": 5})).await;
    assert_eq!((status, &body["code"]), (404, &json!(10062)));
    let follow = scene.stage.rest("POST", &webhook(&interaction), Some(json!({"content": "x"}))).await;
    assert_eq!((follow.0, &follow.1["code"]), (404, &json!(10015)));
}

#[tokio::test]
async fn a_deferred_answer_comes_by_edit_or_follow_up() {
    let mut scene = scene().await;
    let (interaction, seen, answers) = scene.go(vec![json!({"type": 5, "data": {"flags": 64}})]).await;
    assert_eq!(answers[0].1["interaction"]["response_message_loading"], true);
    assert_eq!(answers[0].1["interaction"]["response_message_ephemeral"], true);
    assert_eq!(
        (&seen["interaction"]["deferred"], &seen["messages"]),
        (&json!(true), &json!([])),
        "still thinking"
    );
    let hook = webhook(&interaction);
    let (_, first) = scene.stage.rest("POST", &hook, Some(json!({"content": "the answer"}))).await;
    let (_, original) = scene.stage.rest("GET", &format!("{hook}/messages/@original"), None).await;
    assert_eq!(original["id"], first["id"], "the first follow-up is the answer");
    assert_eq!(original["flags"], 64, "private as it was deferred");
    let (_, second) = scene.stage.rest("POST", &hook, Some(json!({"content": "and more"}))).await;
    assert_ne!(second["id"], first["id"]);
    let (_, edited) = scene
        .stage
        .rest(
            "PATCH",
            &format!("{hook}/messages/{}", text(&second["id"])),
            Some(json!({"content": "and less"})),
        )
        .await;
    assert_eq!(edited["content"], "and less");
    let seen = scene.stage.get(&format!("/channels/{}/messages?as={}", scene.channel, scene.ana)).await;
    let contents: Vec<_> = seen
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (text(&one["content"]), one["ephemeral"] == true))
        .collect();
    assert_eq!(contents, [("the answer".to_owned(), true), ("and less".to_owned(), false)]);
    assert_eq!(scene.stage.rest("DELETE", &format!("{hook}/messages/@original"), None).await.0, 204);
    assert_eq!(scene.stage.rest("GET", &format!("{hook}/messages/@original"), None).await.1["code"], 10008);
    assert_eq!(scene.stage.rest("GET", &format!("{hook}/messages/1"), None).await.1["code"], 10008);
    let wrong = hook.replace(&text(&interaction["application_id"]), "1");
    assert_eq!(scene.stage.rest("POST", &wrong, Some(json!({"content": "x"}))).await.1["code"], 10015);
    scene.stage.judged();
}

#[tokio::test]
async fn a_person_waits_for_the_deferred_answer() {
    let mut scene = scene().await;
    let act = scene.stage.post("/command", json!({"as": scene.ana, "guild": scene.guild, "name": "go"}));
    let reply = async {
        let interaction = scene.wire.dispatch("INTERACTION_CREATE").await;
        callback(&scene.stage, &interaction, json!({"type": 5})).await;
        let path = format!("{}/messages/@original", webhook(&interaction));
        scene.stage.rest("PATCH", &path, Some(json!({"content": "late"}))).await.1
    };
    let (seen, edited) = meanwhile(act, reply).await;
    assert_eq!(seen["messages"][0]["content"], "late");
    assert_eq!(edited["flags"], 0);
    assert_eq!(edited["edited_timestamp"], json!(null), "the answer was awaited, not changed");
    assert!(seen["messages"][0].get("edited").is_none());
}

#[tokio::test]
async fn a_token_dies_after_fifteen_minutes() {
    let mut scene = scene().await;
    let (interaction, _, answers) = scene.go(vec![json!({"type": 4, "data": {"content": "hello"}})]).await;
    let message = text(&answers[0].1["resource"]["message"]["id"]);
    let hook = webhook(&interaction);
    let wire = std::mem::replace(&mut scene.wire, Wire::open(&scene.stage, "v=10").await);
    wire.close(1000).await;
    scene.stage.post("/clock", json!({"advance": "14m"})).await;
    assert_eq!(scene.stage.rest("GET", &format!("{hook}/messages/@original"), None).await.0, 200);
    scene.stage.post("/clock", json!({"advance": "1m"})).await;
    let (status, body) = scene.stage.rest("POST", &hook, Some(json!({"content": "too late"}))).await;
    assert_eq!((status, &body["code"]), (401, &json!(50027)));
    let path = format!("/channels/{}/messages/{message}", scene.channel);
    assert_eq!(scene.stage.rest("PATCH", &path, Some(json!({"content": "by its id"}))).await.0, 200);
}

#[tokio::test]
async fn private_answers_are_for_one_person() {
    let mut scene = scene().await;
    let eve = scene.stage.person("Eve", &scene.guild).await;
    let row =
        json!([{"type": 1, "components": [{"type": 2, "style": 1, "label": "Mine", "custom_id": "mine"}]}]);
    let data = json!({"content": "a secret", "flags": 64, "components": row});
    let (_, seen, _) = scene.go(vec![json!({"type": 4, "data": data})]).await;
    let id = text(&seen["messages"][0]["id"]);
    let path = format!("/channels/{}/messages", scene.channel);
    assert_eq!(scene.stage.get(&format!("{path}?as={}", scene.ana)).await.as_array().unwrap().len(), 1);
    assert_eq!(scene.stage.get(&format!("{path}?as={eve}")).await, json!([]));
    let click = json!({"as": eve, "message": id, "button": "Mine"});
    assert_eq!(scene.stage.call("POST", "/click", Some(click)).await.0, 404);
    assert_eq!(scene.stage.rest("GET", &path, None).await.1, json!([]));
    for method in ["GET", "DELETE"] {
        let (_, body) = scene.stage.rest(method, &format!("{path}/{id}"), None).await;
        assert_eq!(body["code"], 10008, "{method}");
    }
    let act = scene.stage.post("/click", json!({"as": scene.ana, "message": id, "button": "mine"}));
    let reply = async {
        let interaction = scene.wire.dispatch("INTERACTION_CREATE").await;
        assert_eq!(interaction["message"]["flags"], 64);
        callback(
            &scene.stage,
            &interaction,
            json!({"type": 7, "data": {"content": "opened", "components": []}}),
        )
        .await
    };
    let (seen, answer) = meanwhile(act, reply).await;
    assert_eq!((&seen["messages"][0]["id"], &seen["messages"][0]["content"]), (&json!(id), &json!("opened")));
    assert_eq!(answer.1["resource"]["type"], 7);
    scene.stage.judged();
}

#[tokio::test]
async fn an_update_can_be_put_off() {
    let mut scene = scene().await;
    let row =
        json!([{"type": 1, "components": [{"type": 2, "style": 1, "label": "More", "custom_id": "more"}]}]);
    let (_, seen, _) = scene.go(vec![json!({"type": 4, "data": {"content": "1", "components": row}})]).await;
    let act = scene
        .stage
        .post("/click", json!({"as": scene.ana, "message": seen["messages"][0]["id"], "button": "More"}));
    let reply = async {
        let interaction = scene.wire.dispatch("INTERACTION_CREATE").await;
        assert_eq!(callback(&scene.stage, &interaction, json!({"type": 6})).await.0, 200);
        let hook = webhook(&interaction);
        scene.stage.rest("PATCH", &format!("{hook}/messages/@original"), Some(json!({"content": "2"}))).await;
        scene.stage.rest("POST", &hook, Some(json!({"content": "by the way", "flags": 64}))).await
    };
    let (seen, (_, follow)) = meanwhile(act, reply).await;
    assert_eq!(
        (&seen["interaction"]["deferred"], &seen["messages"][0]["content"]),
        (&json!(true), &json!("2"))
    );
    assert_eq!(follow["flags"], 64);
    scene.stage.judged();
}

#[tokio::test]
async fn choices_are_held_to_their_limits() {
    let mut scene = scene().await;
    let option = json!({"type": 3, "name": "who", "description": "Who", "autocomplete": true});
    scene.stage.register(json!([{"name": "find", "description": "Finds", "options": [option]}])).await;
    let act = scene.stage.post(
        "/autocomplete",
        json!({"as": scene.ana, "guild": scene.guild, "name": "find", "options": {"who": "gr"}, "focused": "who"}),
    );
    let reply = async {
        let interaction = scene.wire.dispatch("INTERACTION_CREATE").await;
        assert_eq!(interaction["type"], 4);
        assert_eq!(
            interaction["data"]["options"],
            json!([{"name": "who", "type": 3, "value": "gr", "focused": true}])
        );
        let choices = |list: Value| json!({"type": 8, "data": {"choices": list}});
        let many: Vec<Value> = (0..26).map(|n| json!({"name": format!("n{n}"), "value": "v"})).collect();
        for wrong in [
            json!(many),
            json!([{"name": "", "value": "v"}]),
            json!([{"name": "n", "value": 1}]),
            json!([{"name": "x".repeat(101), "value": "v"}]),
        ] {
            let (status, body) = callback(&scene.stage, &interaction, choices(wrong)).await;
            assert_eq!((status, &body["code"]), (400, &json!(50035)));
            assert!(body["errors"]["data"]["choices"].is_object());
        }
        assert_eq!(
            callback(&scene.stage, &interaction, json!({"type": 4, "data": {"content": "x"}})).await.1["code"],
            50035
        );
        callback(&scene.stage, &interaction, choices(json!([{"name": "Grace", "value": "1"}]))).await
    };
    let (seen, answer) = meanwhile(act, reply).await;
    assert_eq!(answer.0, 200);
    assert_eq!(seen["choices"], json!([{"name": "Grace", "value": "1"}]));
    assert_eq!(seen["messages"], json!([]));
    scene.stage.judged();
}

#[tokio::test]
async fn a_modal_whose_sender_went_away_can_be_sent_off_again() {
    let mut scene = crate::acting::scene(json!([{"name": "ask", "description": "x"}])).await;
    let input = json!({"type": 4, "custom_id": "what", "label": "What", "style": 1});
    let rows = json!([{"type": 1, "components": [input]}]);
    let open = json!({"type": 9, "data": {"custom_id": "m", "title": "Ask", "components": rows}});
    let ask = json!({"as": scene.ana, "guild": scene.guild, "name": "ask"});
    let (_, seen) = scene.act("/command", ask, Some(open)).await;
    let form = json!({"as": scene.ana, "modal": seen["modal"]["id"], "fields": {"what": "abc"}});
    tokio::select! {
        answer = scene.stage.post("/modal", form.clone()) => panic!("the bot says nothing, but: {answer}"),
        _ = scene.wire.dispatch("INTERACTION_CREATE") => {}
    }
    scene.refused("/modal", form.clone(), 409).await;
    // Discord's three seconds are in real time.
    tokio::time::sleep(std::time::Duration::from_millis(3_100)).await;
    let (_, seen) = scene.act("/modal", form, None).await;
    assert_eq!(seen["messages"][0]["content"], "ok");
}
