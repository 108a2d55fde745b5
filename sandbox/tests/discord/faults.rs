//! Discord's faults and limits, as far as one asks for them.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Bot, SOON, Stage, text};
use crate::wire::Wire;

const SEND: &str = "POST /channels/{channel.id}/messages";

impl Stage {
    async fn faulty(&self, fault: Value) {
        let answer = self.post("/faults", fault).await;
        assert!(answer["id"].is_string(), "{answer}");
    }

    /// The bot writes to a channel: the whole answer, or why there is none.
    async fn writes(&self, channel: &str) -> reqwest::Result<reqwest::Response> {
        let url = format!("{}/api/v10/channels/{channel}/messages", self.sandbox.url());
        let request = self.client.post(url).header("Authorization", format!("Bot {}", self.sandbox.token()));
        request.json(&json!({"content": "hi"})).send().await
    }

    async fn written(&self, channel: &str) -> usize {
        let (_, all) = self.rest("GET", &format!("/channels/{channel}/messages"), None).await;
        all.as_array().unwrap().len()
    }
}

fn head(response: &reqwest::Response, name: &str) -> Option<String> {
    response.headers().get(name).map(|value| value.to_str().unwrap().to_owned())
}

#[tokio::test]
async fn calls_are_struck_so_many_times_or_until_it_is_over() {
    let stage = Stage::new().await;
    let (_, channel) = stage.guild().await;
    let unavailable =
        json!({"kind": "status", "route": SEND, "status": 503, "body": {"message": "no"}, "count": 2});
    stage.faulty(unavailable).await;
    for _ in 0..2 {
        assert_eq!(stage.writes(&channel).await.unwrap().status(), 503);
    }
    assert_eq!(stage.sends(&channel).await.0, 200);
    stage.faulty(json!({"kind": "status", "route": "*", "status": 500})).await;
    for _ in 0..3 {
        assert_eq!(stage.rest("GET", "/users/@me", None).await.0, 500);
    }
    assert_eq!(stage.call("DELETE", "/faults", None).await.0, 200);
    assert_eq!(stage.rest("GET", "/users/@me", None).await.0, 200);
    assert_eq!(stage.written(&channel).await, 1);

    stage.faulty(json!({"kind": "delay", "route": SEND, "ms": 300, "count": 1})).await;
    let began = Instant::now();
    stage.sends(&channel).await;
    assert!(began.elapsed() >= Duration::from_millis(300));
    for wrong in [
        json!({"kind": "status", "route": SEND}),
        json!({"kind": "status", "status": 500}),
        json!({"kind": "status", "status": 500, "route": "messages"}),
        json!({"kind": "status", "status": 500, "route": "POST /channels/{channel.id}/typing"}),
        json!({"kind": "status", "status": 500, "route": "DELETE /users/@me"}),
        json!({"kind": "rate_limit"}),
        json!({"kind": "delay", "route": SEND}),
        json!({"kind": "drop", "route": SEND}),
        json!({"kind": "gateway_close"}),
        json!({"kind": "flood"}),
        json!({"kind": "status", "status": 500, "route": SEND, "count": 0}),
    ] {
        assert_eq!(stage.call("POST", "/faults", Some(wrong.clone())).await.0, 400, "{wrong}");
    }
    stage.judged();
}

#[tokio::test]
async fn a_connection_is_cut_before_or_after_the_effect() {
    let stage = Stage::new().await;
    let (_, channel) = stage.guild().await;
    stage.faulty(json!({"kind": "drop", "route": SEND, "after": "request", "count": 1})).await;
    assert!(stage.writes(&channel).await.is_err());
    assert_eq!(stage.written(&channel).await, 0);
    stage.faulty(json!({"kind": "drop", "route": SEND, "after": "effect", "count": 1})).await;
    assert!(stage.writes(&channel).await.is_err());
    assert_eq!(stage.written(&channel).await, 1);
    assert_eq!(stage.sends(&channel).await.0, 200);
    let cut = stage.get("/requests").await;
    let cut = cut.as_array().unwrap().iter().filter(|call| call["status"] == 0);
    assert_eq!(cut.inspect(|call| assert_eq!(call["request"]["content"], "hi")).count(), 2);
    stage.judged();
}

#[tokio::test]
async fn a_429_says_how_long_and_of_what() {
    let stage = Stage::new().await;
    let (_, channel) = stage.guild().await;
    stage.faulty(json!({"kind": "rate_limit", "route": SEND, "retry_after": 1.25, "count": 1})).await;
    let limited = stage.writes(&channel).await.unwrap();
    assert_eq!(limited.status(), 429);
    assert_eq!(head(&limited, "retry-after").as_deref(), Some("2"));
    assert_eq!(head(&limited, "x-ratelimit-scope").as_deref(), Some("user"));
    assert_eq!(head(&limited, "x-ratelimit-remaining").as_deref(), Some("0"));
    assert_eq!(head(&limited, "x-ratelimit-global"), None);
    assert!(head(&limited, "x-ratelimit-bucket").is_some());
    let body: Value = limited.json().await.unwrap();
    assert_eq!(body, json!({"message": "You are being rate limited.", "retry_after": 1.25, "global": false}));
    stage.faulty(json!({"kind": "rate_limit", "global": true, "retry_after": 0.5, "count": 1})).await;
    let limited = stage.writes(&channel).await.unwrap();
    assert_eq!(head(&limited, "x-ratelimit-scope").as_deref(), Some("global"));
    assert_eq!(head(&limited, "x-ratelimit-global").as_deref(), Some("true"));
    assert_eq!(head(&limited, "x-ratelimit-bucket"), None);
    assert_eq!(limited.json::<Value>().await.unwrap()["global"], true);
    assert_eq!(stage.sends(&channel).await.0, 200);
    stage.judged();
}

#[tokio::test]
async fn limits_are_enforced_where_one_asks_for_it() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    for _ in 0..12 {
        assert_eq!(stage.sends(&channel).await.0, 200, "shown, not enforced");
    }
    // They hold in real time, however far the clock was moved.
    stage.post("/clock", json!({"advance": "365d"})).await;
    let shown = stage.writes(&channel).await.unwrap();
    let reset: f64 = head(&shown, "x-ratelimit-reset").unwrap().parse().unwrap();
    let apart = reset - jiff::Timestamp::now().as_millisecond() as f64 / 1_000.0;
    assert!(apart.abs() < 60.0, "{apart}");
    stage.post("/limits", json!({"enforce": true, "global_per_second": 1_000})).await;
    for left in (0..5).rev() {
        let sent = stage.writes(&channel).await.unwrap();
        assert_eq!(
            (sent.status().as_u16(), head(&sent, "x-ratelimit-remaining")),
            (200, Some(left.to_string()))
        );
    }
    let limited = stage.writes(&channel).await.unwrap();
    assert_eq!(limited.status(), 429);
    let body: Value = limited.json().await.unwrap();
    assert!((0.0..=5.0).contains(&body["retry_after"].as_f64().unwrap()), "{body}");
    let other = json!({"name": "other"});
    let other = text(&stage.post(&format!("/guilds/{guild}/channels"), other).await["id"]);
    assert_eq!(stage.sends(&other).await.0, 200, "another channel has its own");

    stage.post("/limits", json!({"enforce": true, "global_per_second": 3})).await;
    let mut refused = None;
    for _ in 0..8 {
        let (status, body) = stage.rest("GET", "/users/@me", None).await;
        if status == 429 {
            refused = Some(body);
        }
    }
    let refused = refused.expect("more than three a second");
    assert_eq!(refused["global"], true);
    // Discord's limits are in real time, whatever the sandbox's clock says.
    tokio::time::sleep(Duration::from_secs_f64(refused["retry_after"].as_f64().unwrap())).await;
    assert_eq!(stage.rest("GET", "/users/@me", None).await.0, 200);
    stage.post("/limits", json!({"enforce": false})).await;
    for _ in 0..12 {
        assert_eq!(stage.sends(&channel).await.0, 200);
    }
    stage.judged();
}

#[tokio::test]
async fn a_call_that_is_one_too_many_uses_up_no_fault() {
    let stage = Stage::new().await;
    let (_, channel) = stage.guild().await;
    stage.post("/limits", json!({"enforce": true, "global_per_second": 1_000})).await;
    for _ in 0..5 {
        assert_eq!(stage.sends(&channel).await.0, 200);
    }
    stage.faulty(json!({"kind": "drop", "route": SEND, "after": "effect", "count": 1})).await;
    assert_eq!(stage.writes(&channel).await.unwrap().status(), 429);
    stage.post("/limits", json!({"enforce": false})).await;
    assert!(stage.writes(&channel).await.is_err(), "the connection is cut");
    assert_eq!(stage.sends(&channel).await.0, 200);
}

#[tokio::test]
async fn dms_are_not_opened_too_fast() {
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    let mut people = Vec::new();
    for name in ["Ana", "Bo", "Cy"] {
        people.push(stage.person(name, &guild).await);
    }
    stage.post("/limits", json!({"enforce": true, "dm_opens_per_10_minutes": 2})).await;
    let open = |person: &str| Some(json!({"recipient_id": person}));
    let path = "/users/@me/channels";
    for person in &people[..2] {
        assert_eq!(stage.rest("POST", path, open(person)).await.0, 200);
    }
    assert_eq!(stage.refused("POST", path, open(&people[2])).await, (403, 40003));
    assert_eq!(stage.rest("POST", path, open(&people[0])).await.0, 200, "that one is open");
    stage.post("/clock", json!({"advance": "10m"})).await;
    assert_eq!(stage.rest("POST", path, open(&people[2])).await.0, 200);
    stage.judged();
}

#[tokio::test]
async fn the_gateway_is_disturbed_over_http_too() {
    let stage = Stage::new().await;
    let mut wire = Wire::ready(&stage).await;
    stage.faulty(json!({"kind": "gateway_reconnect"})).await;
    assert_eq!(wire.next().await.unwrap()["op"], 7);
    stage.faulty(json!({"kind": "gateway_invalid", "resumable": true})).await;
    let invalid = wire.next().await.unwrap();
    assert_eq!((&invalid["op"], &invalid["d"]), (&json!(9), &json!(true)));
    stage.faulty(json!({"kind": "gateway_close", "code": 4000})).await;
    assert_eq!(wire.closed().await, 4000);
    let mut wire = Wire::ready(&stage).await;
    stage.faulty(json!({"kind": "gateway_cut", "count": 2})).await;
    assert_eq!(wire.closed().await, 1006);
    let mut wire = Wire::open(&stage, "v=10").await;
    wire.identify(json!({"intents": 1})).await;
    assert_eq!(wire.closed().await, 1006, "the next one, too");
    let mut wire = Wire::ready(&stage).await;
    assert!(wire.names_until_ack().await.is_empty());

    stage.faulty(json!({"kind": "gateway_silent", "count": 1})).await;
    wire.send(json!({"op": 1, "d": null})).await;
    wire.send(json!({"op": 1, "d": null})).await;
    assert_eq!(wire.next().await.unwrap()["op"], 11);
    stage.faulty(json!({"kind": "gateway_silent"})).await;
    for _ in 0..3 {
        wire.send(json!({"op": 1, "d": null})).await;
    }
    let heard = async {
        while stage.get("/gateway").await["connections"][0]["heartbeats"] != 6 {
            // The count has no event; the timeout around it ends the wait.
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(SOON, heard).await.unwrap();
    stage.call("DELETE", "/faults", None).await;
    assert!(wire.names_until_ack().await.is_empty(), "one answer, to the last");
}

#[tokio::test]
async fn a_bot_that_gets_no_acknowledgement_connects_anew() {
    let heartbeat = Duration::from_millis(300);
    let stage = Stage::with(discord_sandbox::Options { heartbeat, ..Default::default() }).await;
    let bot = Bot::connect(&stage).await;
    let before = stage.get("/gateway").await["connections"][0].clone();
    stage.faulty(json!({"kind": "gateway_silent", "count": 2})).await;
    // Serenity begins a new session then; it could resume the old one.
    let anew = async {
        loop {
            let now = &stage.get("/gateway").await["connections"][0];
            if now.is_object() && (now["since"] != before["since"] || now["resumed"] == true) {
                return;
            }
            // A new connection has no event on this side.
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(2 * SOON, anew).await.unwrap();
    bot.leave().await;
}
