//! Scheduled events: who makes them, what they must say, how they begin and are over, who is interested.

use serde_json::{Value, json};

use crate::clock::followed;
use crate::support::{Bot, Stage, text};
use crate::wire::{INTENTS, Wire};

const GUILD_SCHEDULED_EVENTS: u64 = 1 << 16;
const MANAGE_EVENTS: u64 = 1 << 33;

async fn in_time(stage: &Stage, hours: i64) -> String {
    let now: jiff::Timestamp = stage.get("/clock").await["now"].as_str().unwrap().parse().unwrap();
    (now + jiff::SignedDuration::from_hours(hours)).to_string()
}

async fn meeting(stage: &Stage) -> Value {
    json!({
        "name": "First meeting", "privacy_level": 2, "entity_type": 3,
        "scheduled_start_time": in_time(stage, 2).await, "scheduled_end_time": in_time(stage, 3).await,
        "entity_metadata": {"location": "The café"}, "description": "Bring a question.",
    })
}

#[tokio::test]
async fn a_bot_schedules_an_event_and_people_are_interested() {
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    let (ana, bo) = (stage.person("Ana", &guild).await, stage.person("Bo", &guild).await);
    let mut plain = Wire::ready(&stage).await;
    let mut told = Wire::with_intents(&stage, INTENTS | GUILD_SCHEDULED_EVENTS).await;
    let path = format!("/guilds/{guild}/scheduled-events");
    let made = stage.does("POST", &path, Some(meeting(&stage).await)).await;
    let id = text(&made["id"]);
    assert_eq!((&made["status"], &made["entity_type"]), (&json!(1), &json!(3)));
    assert_eq!(made["entity_metadata"]["location"], "The café");
    assert_eq!(told.dispatch("GUILD_SCHEDULED_EVENT_CREATE").await["id"], json!(id));

    let seen = stage.get(&format!("/scheduled-events?as={ana}&guild={guild}")).await;
    assert_eq!((&seen[0]["name"], &seen[0]["interested"]), (&json!("First meeting"), &json!([])));
    for (who, interested) in [(&ana, true), (&bo, true), (&bo, false)] {
        stage.post(&format!("/scheduled-events/{id}"), json!({"as": who, "interested": interested})).await;
    }
    let add = told.dispatch("GUILD_SCHEDULED_EVENT_USER_ADD").await;
    assert_eq!(add, json!({"guild_scheduled_event_id": id, "user_id": ana, "guild_id": guild}));
    assert_eq!(told.dispatch("GUILD_SCHEDULED_EVENT_USER_REMOVE").await["user_id"], json!(bo));
    let users = stage.does("GET", &format!("{path}/{id}/users?with_member=true&limit=10"), None).await;
    assert_eq!(users.as_array().unwrap().len(), 1);
    assert_eq!((&users[0]["user"]["id"], users[0]["member"].is_object()), (&json!(ana), true));
    let counted = stage.does("GET", &format!("{path}/{id}?with_user_count=true"), None).await;
    assert_eq!(counted["user_count"], 1);

    let changed = stage.does("PATCH", &format!("{path}/{id}"), Some(json!({"name": "Kick-off"}))).await;
    assert_eq!(
        (&changed["name"], &changed["description"]),
        (&json!("Kick-off"), &json!("Bring a question."))
    );
    assert_eq!(told.dispatch("GUILD_SCHEDULED_EVENT_UPDATE").await["name"], "Kick-off");
    let serenity = Bot::connect(&stage).await;
    let known = serenity.http.get_scheduled_events(guild.parse::<u64>().unwrap().into(), true).await.unwrap();
    assert_eq!((known[0].name.as_str(), known[0].user_count), ("Kick-off", Some(1)));
    serenity.leave().await;

    assert_eq!(stage.rest("DELETE", &format!("{path}/{id}"), None).await.0, 204);
    assert_eq!(told.dispatch("GUILD_SCHEDULED_EVENT_DELETE").await["id"], json!(id));
    assert_eq!(stage.refused("GET", &format!("{path}/{id}"), None).await, (404, 10070));
    assert_eq!(stage.does("GET", &path, None).await, json!([]));
    let names = plain.names_until_ack().await;
    assert!(!names.iter().any(|name| name.contains("SCHEDULED")), "they take an intent: {names:?}");
    stage.judged();
}

#[tokio::test]
async fn what_is_wrong_with_an_event_is_said() {
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    let path = format!("/guilds/{guild}/scheduled-events");
    let good = meeting(&stage).await;
    let without = |key: &str| {
        let mut body = good.clone();
        body.as_object_mut().unwrap().remove(key);
        body
    };
    let with = |key: &str, value: Value| {
        let mut body = good.clone();
        body[key] = value;
        body
    };
    let past = in_time(&stage, -1).await;
    let wrong = [
        (without("name"), "name", "BASE_TYPE_REQUIRED"),
        (without("scheduled_end_time"), "scheduled_end_time", "BASE_TYPE_REQUIRED"),
        (without("privacy_level"), "privacy_level", "BASE_TYPE_REQUIRED"),
        (with("name", json!("x".repeat(101))), "name", "BASE_TYPE_BAD_LENGTH"),
        (with("description", json!("x".repeat(1_001))), "description", "BASE_TYPE_BAD_LENGTH"),
        (with("privacy_level", json!(1)), "privacy_level", "BASE_TYPE_CHOICES"),
        (with("scheduled_start_time", json!("soon")), "scheduled_start_time", "DATE_TIME_TYPE_PARSE"),
        (
            with("scheduled_start_time", json!(past)),
            "scheduled_start_time",
            "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST",
        ),
    ];
    for (body, key, code) in wrong {
        let (status, answer) = stage.rest("POST", &path, Some(body)).await;
        assert_eq!((status, &answer["code"]), (400, &json!(50035)), "{key}: {answer}");
        assert_eq!(answer["errors"][key]["_errors"][0]["code"], code, "{answer}");
    }
    let nowhere = with("entity_metadata", json!({}));
    let (_, answer) = stage.rest("POST", &path, Some(nowhere)).await;
    assert_eq!(answer["errors"]["entity_metadata"]["location"]["_errors"][0]["code"], "BASE_TYPE_REQUIRED");
    let backwards = with("scheduled_end_time", good["scheduled_start_time"].clone());
    assert_eq!(stage.refused("POST", &path, Some(backwards)).await, (400, 50035));

    // Without the permission in the server there are none; of others' it takes more.
    let everyone = format!("/guilds/{guild}/roles/{guild}");
    stage.post(&everyone, json!({"permissions": "1024"})).await;
    assert_eq!(stage.refused("POST", &path, Some(good.clone())).await, (403, 50013));
    let powers = stage.empower(&guild, MANAGE_EVENTS).await;
    assert_eq!(stage.refused("POST", &path, Some(good.clone())).await, (403, 50013));
    let both = (MANAGE_EVENTS | 1 << 44).to_string();
    stage.post(&format!("/guilds/{guild}/roles/{powers}"), json!({"permissions": both})).await;
    let id = text(&stage.does("POST", &path, Some(good.clone())).await["id"]);
    stage.post(&format!("/guilds/{guild}/roles/{powers}"), json!({"permissions": "0"})).await;
    assert_eq!(stage.refused("DELETE", &format!("{path}/{id}"), None).await, (403, 50013));
    stage.judged();
}

#[tokio::test]
async fn an_event_begins_and_is_over_at_its_times() {
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let path = format!("/guilds/{guild}/scheduled-events");
    let id = text(&stage.does("POST", &path, Some(meeting(&stage).await)).await["id"]);
    let called_off = text(&stage.does("POST", &path, Some(meeting(&stage).await)).await["id"]);
    let off = stage.does("PATCH", &format!("{path}/{called_off}"), Some(json!({"status": 4}))).await;
    assert_eq!(off["status"], 4);
    let on = Some(json!({"status": 1}));
    assert_eq!(stage.refused("PATCH", &format!("{path}/{called_off}"), on).await, (400, 180_000));
    let mut wire = Wire::with_intents(&stage, INTENTS | GUILD_SCHEDULED_EVENTS).await;
    assert_eq!(wire.dispatch("GUILD_CREATE").await["guild_scheduled_events"][0]["id"], json!(id));
    followed(&stage).await;
    stage.post("/clock", json!({"advance": "2h1m"})).await;
    assert_eq!(wire.dispatch("GUILD_SCHEDULED_EVENT_UPDATE").await["status"], 2);
    stage.post("/clock", json!({"advance": "1h"})).await;
    assert_eq!(wire.dispatch("GUILD_SCHEDULED_EVENT_UPDATE").await["status"], 3);
    assert_eq!(stage.does("GET", &path, None).await, json!([]));
    assert_eq!(stage.get(&format!("/scheduled-events?as={ana}&guild={guild}")).await, json!([]));
    let late = json!({"as": ana, "interested": true});
    assert_eq!(stage.call("POST", &format!("/scheduled-events/{id}"), Some(late)).await.0, 400);
    stage.judged();
}
