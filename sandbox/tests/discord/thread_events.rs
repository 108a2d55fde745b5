//! How many threads a server holds, what the bot is told of them, and how they go.

use serde_json::json;

use crate::support::{Bot, Stage, text};
use crate::wire::{INTENTS, Wire};

const MANAGE_THREADS: u64 = 1 << 34;
const VIEW_CHANNEL: u64 = 1 << 10;
const GUILD_MEMBERS: u64 = 1 << 1;

#[tokio::test]
async fn a_server_holds_a_thousand_active_threads() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let path = format!("/channels/{channel}/threads");
    let wish = || Some(json!({"name": "x", "auto_archive_duration": 60}));
    let (_, first) = stage.rest("POST", &path, wish()).await;
    let first = text(&first["id"]);
    for _ in 1..1_000 {
        assert_eq!(stage.rest("POST", &path, wish()).await.0, 201);
    }
    assert_eq!(stage.refused("POST", &path, wish()).await, (400, 160_006));
    stage.rest("PATCH", &format!("/channels/{first}"), Some(json!({"archived": true}))).await;
    assert_eq!(stage.rest("POST", &path, wish()).await.0, 201);
    assert_eq!(stage.sends(&first).await, (400, 160_006), "waking it takes room, too");
    stage.post("/clock", json!({"advance": "1h"})).await;
    assert_eq!(stage.sends(&first).await.0, 200);
    let (_, listed) = stage.rest("GET", &format!("/guilds/{guild}/threads/active"), None).await;
    assert_eq!(listed["threads"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_bot_is_told_of_threads() {
    let stage =
        Stage::with(discord_sandbox::Options { privileged_intents: true, ..Default::default() }).await;
    let (guild, channel) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let mut plain = Wire::ready(&stage).await;
    let mut whole = Wire::with_intents(&stage, INTENTS | GUILD_MEMBERS).await;
    let mut serenity = Bot::connect(&stage).await;
    let thread = stage.private_thread(&channel, &ana).await;
    let told = whole.dispatch("THREAD_CREATE").await;
    assert_eq!((&told["id"], &told["newly_created"]), (&json!(thread), &json!(true)));
    let told = whole.dispatch("THREAD_MEMBERS_UPDATE").await;
    assert_eq!((&told["added_members"][0]["user_id"], &told["member_count"]), (&json!(ana), &json!(2)));
    assert_eq!(told["added_members"][0]["member"]["user"]["id"], json!(ana));
    let (_, members) =
        stage.rest("GET", &format!("/channels/{thread}/thread-members?with_member=true&limit=1"), None).await;
    assert_eq!(members.as_array().unwrap().len(), 1);

    // A connection that begins is told of active threads with the server.
    let mut late = Wire::ready(&stage).await;
    let told = late.dispatch("GUILD_CREATE").await;
    assert_eq!(
        (&told["threads"][0]["id"], &told["threads"][0]["member"]["flags"]),
        (&json!(thread), &json!(0))
    );
    assert_eq!(told["threads"][0]["member"].get("user_id"), None);

    // Losing the channel is told as such; gaining it again brings its threads.
    stage.overwrite(&channel, MANAGE_THREADS, VIEW_CHANNEL).await;
    stage.overwrite(&channel, MANAGE_THREADS, 0).await;
    let told = late.dispatch("THREAD_LIST_SYNC").await;
    assert_eq!((&told["channel_ids"], &told["threads"][0]["id"]), (&json!([channel]), &json!(thread)));

    let (status, was) = stage.rest("DELETE", &format!("/channels/{thread}"), None).await;
    assert_eq!((status, &was["id"]), (200, &json!(thread)));
    let told = late.dispatch("THREAD_DELETE").await;
    assert_eq!(told, json!({"id": thread, "guild_id": guild, "parent_id": channel, "type": 12}));
    assert_eq!(stage.sends(&thread).await, (404, 10003));
    let names = plain.names_until_ack().await;
    assert!(
        !names.contains(&"THREAD_MEMBERS_UPDATE".to_owned()),
        "others' coming takes an intent: {names:?}"
    );
    while let Ok(event) = serenity.others.try_recv() {
        drop(event);
    }
    serenity.leave().await;
    stage.judged();
}

#[tokio::test]
async fn a_channel_goes_with_its_threads() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let owner = stage.post("/users", json!({"name": "Olu", "guilds": [guild], "admin": true})).await;
    let owner = text(&owner["id"]);
    let ana = stage.person("Ana", &guild).await;
    let thread = stage.private_thread(&channel, &ana).await;
    let mut wire = Wire::ready(&stage).await;
    let path = format!("/channels/{channel}/delete");
    assert_eq!(stage.call("POST", &path, Some(json!({"as": ana}))).await.0, 400);
    stage.post(&path, json!({"as": owner})).await;
    assert_eq!(wire.dispatch("THREAD_DELETE").await["id"], json!(thread));
    assert_eq!(wire.dispatch("CHANNEL_DELETE").await["id"], json!(channel));
    assert_eq!(stage.sends(&thread).await, (404, 10003));
    assert_eq!(stage.get(&format!("/channels?as={owner}&guild={guild}")).await, json!([]));
    stage.judged();
}
