//! The clock: moved by people, followed by bots.

use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::support::{Stage, soon, text};
use crate::wire::Wire;

/// A follower that hands over the lines it is sent.
struct Follower {
    lines: mpsc::UnboundedReceiver<Value>,
    task: tokio::task::JoinHandle<()>,
    id: String,
}

impl Follower {
    async fn new(stage: &Stage) -> (Self, Value) {
        let url = format!("{}/sandbox/v1/clock/follow", stage.sandbox.url());
        let response = stage.client.get(url).send().await.unwrap();
        let (sender, mut lines) = mpsc::unbounded_channel();
        let task = tokio::spawn(async move {
            let (mut stream, mut rest) = (response.bytes_stream(), String::new());
            while let Some(Ok(bytes)) = stream.next().await {
                rest.push_str(&String::from_utf8_lossy(&bytes));
                while let Some((line, after)) = rest.split_once('\n') {
                    if !line.is_empty() && sender.send(serde_json::from_str(line).unwrap()).is_err() {
                        return;
                    }
                    rest = after.to_owned();
                }
            }
        });
        let first: Value = soon(lines.recv()).await.unwrap();
        let id = text(&first["follower"]);
        (Self { lines, task, id }, first)
    }

    async fn next(&mut self) -> Value {
        soon(self.lines.recv()).await.unwrap()
    }

    async fn done(&self, stage: &Stage, line: &Value, next: Option<&str>) {
        stage.post(&format!("/clock/follow/{}", self.id), json!({"seq": line["seq"], "next": next})).await;
    }
}

/// Something that follows the clock and is done with each step at once, so that it can be moved while a bot is there.
pub async fn followed(stage: &Stage) {
    let (mut follower, first) = Follower::new(stage).await;
    let (client, url) = (stage.client.clone(), stage.sandbox.url());
    tokio::spawn(async move {
        let mut line = Some(first);
        while let Some(step) = line {
            let url = format!("{url}/sandbox/v1/clock/follow/{}", follower.id);
            let done = json!({"seq": step["seq"], "next": null});
            if client.post(url).json(&done).send().await.is_err() {
                return;
            }
            line = follower.lines.recv().await;
        }
    });
}

#[tokio::test]
async fn alone_it_moves_by_itself_and_only_forward() {
    let stage = Stage::new().await;
    let set = stage.post("/clock", json!({"set": "2099-03-28T00:59:00Z"})).await;
    assert_eq!(set, json!({"now": "2099-03-28T00:59:00Z"}));
    assert!(text(&stage.get("/clock").await["now"]).starts_with("2099-03-28T00:59:0"));
    let answer = stage.post("/clock", json!({"jump": "3d"})).await;
    assert!(text(&answer["now"]).starts_with("2099-03-31T00:59:0"));
    for (wrong, status) in [
        (json!({"set": "2099-01-01T00:00:00Z"}), 400),
        (json!({"set": "tomorrow"}), 400),
        (json!({"advance": "7 moons"}), 400),
        (json!({}), 400),
        (json!({"advance": "1d", "jump": "1d"}), 400),
        (json!({"next": true}), 409),
    ] {
        assert_eq!(stage.call("POST", "/clock", Some(wrong.clone())).await.0, status, "{wrong}");
    }
}

#[tokio::test]
async fn a_bot_that_does_not_follow_holds_it() {
    let stage = Stage::new().await;
    let wire = Wire::ready(&stage).await;
    let (status, answer) = stage.call("POST", "/clock", Some(json!({"advance": "1d"}))).await;
    assert_eq!(status, 409, "{answer}");
    wire.close(1000).await;
    stage.post("/clock", json!({"advance": "1d"})).await;
}

#[tokio::test]
async fn it_goes_from_one_due_thing_to_the_next() {
    let stage = Stage::new().await;
    let _wire = Wire::ready(&stage).await;
    stage_at(&stage).await;
}

/// A follower with two things due within the week and one after.
async fn stage_at(stage: &Stage) {
    let (mut follower, first) = Follower::new(stage).await;
    follower.done(stage, &first, None).await;
    let mover = stage.post("/clock", json!({"set": "2099-01-08T00:00:00Z"}));
    let bot = async {
        let asked = follower.next().await;
        assert_eq!(asked["seq"].as_u64().unwrap(), first["seq"].as_u64().unwrap() + 1);
        follower.done(stage, &asked, Some("2099-01-02T09:00:00Z")).await;
        let one = follower.next().await;
        assert_eq!(one["now"], "2099-01-02T09:00:00Z");
        assert!(text(&stage.get("/clock").await["now"]).starts_with("2099-01-02T09:00:0"));
        follower.done(stage, &one, Some("2099-01-05T09:00:00.250Z")).await;
        let two = follower.next().await;
        assert_eq!(two["now"], "2099-01-05T09:00:00.25Z");
        follower.done(stage, &two, Some("2099-01-08T00:00:01Z")).await;
        let end = follower.next().await;
        assert_eq!(end["now"], "2099-01-08T00:00:00Z");
        follower.done(stage, &end, Some("2099-01-08T00:00:01Z")).await;
    };
    let (answer, ()) = tokio::join!(mover, bot);
    assert_eq!(answer["now"], "2099-01-08T00:00:00Z");
    let unknown = stage.call("POST", "/clock/follow/nobody", Some(json!({"seq": 1, "next": null}))).await;
    assert_eq!(unknown.0, 404);
}

#[tokio::test]
async fn what_discord_does_of_itself_happens_at_its_own_time_too() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    stage.post("/clock", json!({"set": "2099-01-01T00:00:00Z"})).await;
    let event = json!({
        "name": "Meeting", "privacy_level": 2, "entity_type": 3, "entity_metadata": {"location": "Here"},
        "scheduled_start_time": "2099-01-01T02:00:00Z", "scheduled_end_time": "2099-01-01T03:00:00Z",
    });
    stage.does("POST", &format!("/guilds/{guild}/scheduled-events"), Some(event.clone())).await;
    let thread = json!({"name": "circle", "type": 12, "auto_archive_duration": 60});
    stage.does("POST", &format!("/channels/{channel}/threads"), Some(thread)).await;
    let mut wire = Wire::with_intents(&stage, 1 | 1 << 16).await;
    let (mut follower, first) = Follower::new(&stage).await;
    follower.done(&stage, &first, None).await;
    let bot = async {
        let asked = follower.next().await;
        follower.done(&stage, &asked, None).await;
        let rested = follower.next().await;
        assert!(text(&rested["now"]).starts_with("2099-01-01T01:00:0"), "{rested}");
        assert_eq!(wire.dispatch("THREAD_UPDATE").await["thread_metadata"]["archived"], true);
        follower.done(&stage, &rested, None).await;
        for (now, status) in [("2099-01-01T02:00:00Z", 2), ("2099-01-01T03:00:00Z", 3)] {
            let line = follower.next().await;
            assert_eq!(line["now"], now);
            assert_eq!(wire.dispatch("GUILD_SCHEDULED_EVENT_UPDATE").await["status"], status);
            assert!(wire.names_until_ack().await.is_empty(), "no more than what is due");
            follower.done(&stage, &line, None).await;
        }
        let end = follower.next().await;
        assert!(text(&end["now"]).starts_with("2099-01-01T04:00:0"), "{end}");
        follower.done(&stage, &end, None).await;
    };
    tokio::join!(stage.post("/clock", json!({"advance": "4h"})), bot);
}

#[tokio::test]
async fn the_next_event_may_be_discords_own() {
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    let event = json!({
        "name": "Meeting", "privacy_level": 2, "entity_type": 3, "entity_metadata": {"location": "Here"},
        "scheduled_start_time": "2099-01-01T02:00:00Z", "scheduled_end_time": "2099-01-01T03:00:00Z",
    });
    stage.does("POST", &format!("/guilds/{guild}/scheduled-events"), Some(event)).await;
    for due in ["2099-01-01T02:00:00Z", "2099-01-01T03:00:00Z"] {
        assert_eq!(stage.post("/clock", json!({"next": true})).await["now"], due);
    }
    assert_eq!(stage.call("POST", "/clock", Some(json!({"next": true}))).await.0, 409);
}

#[tokio::test]
async fn it_goes_no_further_than_ids_can_tell() {
    let stage = Stage::new().await;
    let (_, channel) = stage.guild().await;
    for far in
        [json!({"set": "2155-01-01T00:00:00Z"}), json!({"advance": "100000d"}), json!({"jump": "10000w"})]
    {
        let (status, answer) = stage.call("POST", "/clock", Some(far)).await;
        assert_eq!(status, 400);
        assert!(text(&answer["error"]).contains("2154-01-01"), "{answer}");
    }
    stage.post("/clock", json!({"set": "2154-01-01T00:00:00Z"})).await;
    let body = json!({"content": "late"});
    let sent = stage.does("POST", &format!("/channels/{channel}/messages"), Some(body)).await;
    let id: u64 = text(&sent["id"]).parse().unwrap();
    let told = jiff::Timestamp::from_millisecond((id >> 22) as i64 + 1_420_070_400_000).unwrap();
    assert!(told.to_string().starts_with("2154-01-01T00:00:"), "{told}");
}

#[tokio::test]
async fn to_the_next_event_and_at_once() {
    let stage = Stage::new().await;
    let (mut follower, first) = Follower::new(&stage).await;
    follower.done(&stage, &first, None).await;
    let bot = async {
        for next in [
            Some("2099-01-02T09:00:00Z"),
            Some("2099-01-02T09:00:00Z"),
            Some("2099-02-01T00:00:00Z"),
            Some("2099-02-01T00:00:00Z"),
        ] {
            let line = follower.next().await;
            follower.done(&stage, &line, next).await;
        }
    };
    let (answer, ()) = tokio::join!(stage.post("/clock", json!({"next": true})), bot);
    assert_eq!(answer["now"], "2099-01-02T09:00:00Z");
    let bot = async {
        let line = follower.next().await;
        assert!(text(&line["now"]).starts_with("2099-03"), "one step, past what was due: {line}");
        follower.done(&stage, &line, None).await;
    };
    tokio::join!(stage.post("/clock", json!({"jump": "60d"})), bot);
}

#[tokio::test]
async fn a_follower_that_goes_is_waited_for_no_more() {
    let stage = Stage::new().await;
    let (mut follower, first) = Follower::new(&stage).await;
    follower.done(&stage, &first, None).await;
    let bot = async {
        follower.next().await;
        follower.task.abort();
    };
    let (answer, ()) = tokio::join!(stage.post("/clock", json!({"set": "2099-01-01T00:00:00Z"})), bot);
    assert_eq!(answer["now"], "2099-01-01T00:00:00Z");
}

#[tokio::test]
async fn one_that_never_gets_on_is_told() {
    let stage = Stage::new().await;
    let (mut follower, first) = Follower::new(&stage).await;
    follower.done(&stage, &first, None).await;
    let bot = async {
        while let Some(line) = follower.lines.recv().await {
            follower.done(&stage, &line, Some("2000-01-01T00:00:00Z")).await;
        }
    };
    tokio::select! {
        (status, answer) = stage.call("POST", "/clock", Some(json!({"advance": "1d"}))) => {
            assert_eq!(status, 409, "{answer}");
        }
        () = bot => panic!("the stream ended"),
    }
}

#[tokio::test]
async fn two_moves_queue() {
    let stage = Stage::new().await;
    let (one, two) = tokio::join!(
        stage.post("/clock", json!({"set": "2099-01-01T00:00:00Z"})),
        stage.post("/clock", json!({"advance": "1d"})),
    );
    assert!(one["now"].is_string() && two["now"].is_string());
}
