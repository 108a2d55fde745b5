//! The gateway: sessions, resumes, closing, intents, shards, compression.

use discord_sandbox::{Disturbance, Options};
use serde_json::json;
use serenity::all::Interaction;

use crate::support::{Bot, Stage, text};
use crate::wire::{INTENTS, Wire};

#[tokio::test]
async fn ready_then_a_guild_create_for_each_server() {
    let stage = Stage::new().await;
    let (first, channel) = stage.guild().await;
    let (second, _) = stage.guild().await;
    let mut wire = Wire::open(&stage, "v=10&encoding=json").await;
    wire.identify(json!({"intents": INTENTS, "shard": [0, 1]})).await;
    let ready = wire.dispatch("READY").await;
    assert_eq!(ready["v"], 10);
    assert_eq!(
        ready["guilds"],
        json!([{"id": first, "unavailable": true}, {"id": second, "unavailable": true}])
    );
    assert!(text(&ready["resume_gateway_url"]).starts_with("ws://127.0.0.1:"));
    assert_eq!(ready["user"]["id"], ready["application"]["id"]);
    let guild = wire.dispatch("GUILD_CREATE").await;
    assert_eq!(guild["id"], first);
    assert_eq!(guild["channels"][0]["id"], channel);
    assert_eq!(guild["member_count"], 2);
    assert_eq!(wire.dispatch("GUILD_CREATE").await["id"], second);
    wire.send(json!({"op": 1, "d": wire.seq})).await;
    assert_eq!(wire.next().await.unwrap()["op"], 11);
    let view = stage.get("/gateway").await;
    assert_eq!(view["connections"][0]["heartbeats"], 1);
    assert_eq!(view["connections"][0]["last_seq"], 3);
    assert_eq!(view["connections"][0]["resumed"], false);
    assert_eq!(view["connections"][0]["intents"], INTENTS);
}

#[tokio::test]
async fn wrong_payloads_close_with_their_codes() {
    let stage = Stage::new().await;
    let open = || Wire::open(&stage, "v=10&encoding=json");
    let mut wire = open().await;
    wire.identify(json!({"token": "wrong", "intents": 1})).await;
    assert_eq!(wire.closed().await, 4004);
    for (sent, code) in [
        ("{\"op\": 3, \"d\": {}}".to_owned(), 4003),
        ("{\"op\": 77, \"d\": {}}".to_owned(), 4001),
        ("no json".to_owned(), 4002),
        (json!({"op": 1, "d": "x".repeat(5_000)}).to_string(), 4002),
    ] {
        let mut wire = open().await;
        wire.say(sent).await;
        assert_eq!(wire.closed().await, code);
    }
    for (identify, code) in [
        (json!({"intents": 1, "shard": [2, 2]}), 4010),
        (json!({"intents": 1_u64 << 40}), 4013),
        (json!({"intents": 1 << 15}), 4014),
        (json!({"intents": 1 << 1}), 4014),
    ] {
        let mut wire = open().await;
        wire.identify(identify.clone()).await;
        assert_eq!(wire.closed().await, code, "{identify}");
    }
    let mut twice = Wire::ready(&stage).await;
    twice.identify(json!({"intents": 1})).await;
    assert_eq!(twice.closed().await, 4005);
    let mut busy = open().await;
    for _ in 0..121 {
        busy.send(json!({"op": 1, "d": null})).await;
    }
    assert_eq!(busy.closed().await, 4008);
}

#[tokio::test]
async fn another_version_is_refused() {
    let stage = Stage::new().await;
    let url = format!("ws://{}/gateway?v=6&encoding=json", stage.sandbox.addr());
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
    use futures_util::StreamExt;
    let Some(Ok(tokio_tungstenite::tungstenite::Message::Close(Some(frame)))) = socket.next().await else {
        panic!("no close")
    };
    assert_eq!(u16::from(frame.code), 4012);
}

#[tokio::test]
async fn a_cut_session_resumes_with_what_it_missed() {
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    let mut wire = Wire::ready(&stage).await;
    wire.dispatch("GUILD_CREATE").await;
    let (session, seq) = (wire.session.clone(), wire.seq);
    stage.sandbox.disturb(Disturbance::Cut);
    assert_eq!(wire.closed().await, 1006);
    stage.post(&format!("/guilds/{guild}/channels"), json!({"name": "first"})).await;
    stage.post(&format!("/guilds/{guild}/channels"), json!({"name": "second"})).await;
    let mut again = Wire::open(&stage, "v=10&encoding=json").await;
    again.resume(&session, seq).await;
    for name in ["first", "second"] {
        let event = again.next().await.unwrap();
        assert_eq!((&event["t"], &event["d"]["name"]), (&json!("CHANNEL_CREATE"), &json!(name)));
    }
    assert_eq!(again.next().await.unwrap()["t"], "RESUMED");
    assert_eq!(stage.get("/gateway").await["connections"][0]["resumed"], true);
    assert_eq!(again.seq, seq + 3);

    let mut ahead = Wire::open(&stage, "v=10&encoding=json").await;
    ahead.resume(&session, 999).await;
    assert_eq!(ahead.closed().await, 4007);
}

#[tokio::test]
async fn a_session_that_was_closed_cannot_be_resumed() {
    let stage = Stage::new().await;
    let wire = Wire::ready(&stage).await;
    let (session, seq) = (wire.session.clone(), wire.seq);
    wire.close(1000).await;
    let mut again = Wire::open(&stage, "v=10&encoding=json").await;
    again.resume(&session, seq).await;
    let invalid = again.next().await.unwrap();
    assert_eq!((&invalid["op"], &invalid["d"]), (&json!(9), &json!(false)));
    again.identify(json!({"intents": 1})).await;
    again.dispatch("READY").await;
}

#[tokio::test]
async fn reconnect_and_invalid_session_are_sent() {
    let stage = Stage::new().await;
    let mut wire = Wire::ready(&stage).await;
    stage.sandbox.disturb(Disturbance::Reconnect);
    assert_eq!(wire.next().await.unwrap()["op"], 7);
    stage.sandbox.disturb(Disturbance::Invalid { resumable: true });
    let invalid = wire.next().await.unwrap();
    assert_eq!((&invalid["op"], &invalid["d"]), (&json!(9), &json!(true)));
    stage.sandbox.disturb(Disturbance::Close(4000));
    assert_eq!(wire.closed().await, 4000);
    let mut again = Wire::open(&stage, "v=10&encoding=json").await;
    again.resume(&wire.session.clone(), wire.seq).await;
    assert_eq!(again.next().await.unwrap()["t"], "RESUMED");
}

/// That nothing is left of a session: whoever would resume it is told so.
async fn is_over(stage: &Stage, session: &str, seq: u64) {
    let mut again = Wire::open(stage, "v=10&encoding=json").await;
    again.resume(session, seq).await;
    let invalid = again.next().await.unwrap();
    assert_eq!((&invalid["op"], &invalid["d"]), (&json!(9), &json!(false)));
}

#[tokio::test]
async fn an_invalid_session_is_taken_up_on_the_same_connection() {
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    let mut wire = Wire::ready(&stage).await;
    wire.dispatch("GUILD_CREATE").await;
    let session = wire.session.clone();
    stage.sandbox.disturb(Disturbance::Invalid { resumable: true });
    assert_eq!(wire.next().await.unwrap()["op"], 9);
    stage.post(&format!("/guilds/{guild}/channels"), json!({"name": "late"})).await;
    assert!(wire.names_until_ack().await.is_empty(), "nothing is sent until then");
    wire.resume(&session, wire.seq).await;
    assert_eq!(wire.next().await.unwrap()["d"]["name"], "late");
    assert_eq!(wire.next().await.unwrap()["t"], "RESUMED");
    stage.post(&format!("/guilds/{guild}/channels"), json!({"name": "later"})).await;
    assert_eq!(wire.dispatch("CHANNEL_CREATE").await["name"], "later");

    stage.sandbox.disturb(Disturbance::Invalid { resumable: false });
    assert_eq!(wire.next().await.unwrap()["d"], json!(false));
    wire.identify(json!({"intents": 1})).await;
    wire.dispatch("READY").await;
    assert_ne!(wire.session, session);
    assert_eq!(stage.get("/gateway").await["connections"].as_array().unwrap().len(), 1);
    is_over(&stage, &session, 1).await;
}

#[tokio::test]
async fn a_session_that_timed_out_or_was_resumed_wrongly_is_over() {
    let stage = Stage::new().await;
    let mut wire = Wire::ready(&stage).await;
    stage.sandbox.disturb(Disturbance::Close(4009));
    assert_eq!(wire.closed().await, 4009);
    is_over(&stage, &wire.session, wire.seq).await;

    let mut wire = Wire::ready(&stage).await;
    stage.sandbox.disturb(Disturbance::Cut);
    assert_eq!(wire.closed().await, 1006);
    let mut ahead = Wire::open(&stage, "v=10&encoding=json").await;
    ahead.resume(&wire.session, 999).await;
    assert_eq!(ahead.closed().await, 4007);
    is_over(&stage, &wire.session, wire.seq).await;
}

#[tokio::test]
async fn a_bot_that_shows_no_life_is_closed_and_its_session_is_over() {
    let heartbeat = std::time::Duration::from_millis(100);
    let stage = Stage::with(Options { heartbeat, ..Options::default() }).await;
    let mut wire = Wire::ready(&stage).await;
    assert_eq!(wire.closed().await, 4009);
    is_over(&stage, &wire.session, wire.seq).await;
}

#[tokio::test]
async fn heartbeats_count_while_the_gateway_is_silent() {
    let heartbeat = std::time::Duration::from_millis(500);
    let stage = Stage::with(Options { heartbeat, ..Options::default() }).await;
    let mut wire = Wire::ready(&stage).await;
    stage.sandbox.disturb(Disturbance::Silent(None));
    for _ in 0..12 {
        wire.send(json!({"op": 1, "d": null})).await;
        // Longer than the wait for one heartbeat, all in all.
        tokio::time::sleep(heartbeat / 4).await;
    }
    stage.sandbox.calm();
    assert!(wire.names_until_ack().await.is_empty(), "the connection is there");
}

#[tokio::test]
async fn what_is_no_longer_kept_cannot_be_resumed() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let mut wire = Wire::ready(&stage).await;
    wire.dispatch("GUILD_CREATE").await;
    let (session, seq) = (wire.session.clone(), wire.seq);
    stage.sandbox.disturb(Disturbance::Cut);
    assert_eq!(wire.closed().await, 1006);
    let path = format!("/channels/{channel}/permissions");
    for _ in 0..5_001 {
        stage.post(&path, json!({"of": guild, "allow": "0"})).await;
    }
    is_over(&stage, &session, seq).await;
}

#[tokio::test]
async fn serenity_resumes_after_a_reconnect_and_misses_nothing() {
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let mut bot = Bot::connect(&stage).await;
    stage.register(json!([{"name": "ping", "description": "Ping"}])).await;
    stage.sandbox.disturb(Disturbance::Reconnect);
    let act = stage.post("/command", json!({"as": ana, "guild": guild, "name": "ping"}));
    let reply = async {
        let Interaction::Command(command) = bot.interaction().await else { panic!("no command") };
        command.defer(&bot.http).await.unwrap();
        command.delete_response(&bot.http).await.unwrap();
    };
    let (answer, ()) = tokio::join!(act, reply);
    assert_eq!(answer["messages"], json!([]));
    bot.leave().await;
}

#[tokio::test]
async fn intents_decide_what_is_sent() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let mut none = Wire::with_intents(&stage, 0).await;
    let mut messages = Wire::with_intents(&stage, 1 << 9).await;
    let mut direct = Wire::with_intents(&stage, 1 << 12).await;
    stage.post("/message", json!({"as": ana, "channel": channel, "content": "hello all"})).await;
    let (_, dm) = stage.rest("POST", "/users/@me/channels", Some(json!({"recipient_id": ana}))).await;
    stage.post("/message", json!({"as": ana, "channel": dm["id"], "content": "hello bot"})).await;
    stage.post(&format!("/guilds/{guild}/channels"), json!({"name": "new"})).await;
    assert!(none.names_until_ack().await.is_empty());
    let said = messages.dispatch("MESSAGE_CREATE").await;
    assert_eq!(said["content"], "", "the content needs an intent of its own");
    assert_eq!(said["guild_id"], guild);
    assert_eq!(said["member"]["roles"], json!([]));
    assert!(messages.names_until_ack().await.is_empty());
    let said = direct.dispatch("MESSAGE_CREATE").await;
    assert_eq!(said["content"], "hello bot");
    assert!(said.get("guild_id").is_none());
    assert!(direct.names_until_ack().await.is_empty());
    let bot = stage.bot_id().await;
    stage.post("/message", json!({"as": ana, "channel": channel, "content": format!("<@{bot}> hi")})).await;
    assert_eq!(messages.dispatch("MESSAGE_CREATE").await["content"], format!("<@{bot}> hi"));
}

#[tokio::test]
async fn privileged_intents_open_what_they_open() {
    let stage = Stage::with(Options { privileged_intents: true, ..Options::default() }).await;
    let (guild, channel) = stage.guild().await;
    let mut wire = Wire::with_intents(&stage, INTENTS | 1 << 1 | 1 << 15).await;
    let ana = stage.person("Ana", &guild).await;
    assert_eq!(wire.dispatch("GUILD_MEMBER_ADD").await["user"]["id"], ana);
    stage.post("/message", json!({"as": ana, "channel": channel, "content": "hello"})).await;
    assert_eq!(wire.dispatch("MESSAGE_CREATE").await["content"], "hello");
    stage.post(&format!("/guilds/{guild}/leave"), json!({"user": ana})).await;
    assert_eq!(wire.dispatch("GUILD_MEMBER_REMOVE").await["user"]["id"], ana);
}

#[tokio::test]
async fn shards_share_the_servers() {
    let stage = Stage::new().await;
    let mut ids = Vec::new();
    for _ in 0..6 {
        ids.push(stage.guild().await.0);
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    let mut seen = Vec::new();
    for shard in 0..2 {
        let mut wire = Wire::open(&stage, "v=10&encoding=json").await;
        wire.identify(json!({"intents": 1, "shard": [shard, 2]})).await;
        let ready = wire.dispatch("READY").await;
        for guild in ready["guilds"].as_array().unwrap() {
            let id: u64 = text(&guild["id"]).parse().unwrap();
            assert_eq!((id >> 22) % 2, shard);
            seen.push(id.to_string());
        }
    }
    seen.sort();
    assert_eq!(seen, ids);
}

#[tokio::test]
async fn payloads_or_the_stream_are_compressed_when_asked() {
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    for n in 0..20 {
        stage.post(&format!("/guilds/{guild}/channels"), json!({"name": format!("channel-{n}")})).await;
    }
    let mut single = Wire::open(&stage, "v=10&encoding=json").await;
    single.identify(json!({"intents": 1, "compress": true})).await;
    assert_eq!(single.dispatch("GUILD_CREATE").await["id"], guild);
    assert_eq!(single.binary, 1, "the large payload alone is worth it");
    let mut stream = Wire::open(&stage, "v=10&encoding=json&compress=zlib-stream").await;
    stream.identify(json!({"intents": 1})).await;
    assert_eq!(stream.dispatch("GUILD_CREATE").await["channels"].as_array().unwrap().len(), 21);
    assert_eq!(stream.binary, 3);
}
