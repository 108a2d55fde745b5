//! Threads: who starts them, who sees them, how they rest and wake, what the bot is told.

use serde_json::{Value, json};

use crate::clock::followed;
use crate::support::{Bot, Stage, text};
use crate::wire::Wire;

const MANAGE_THREADS: u64 = 1 << 34;
const VIEW_CHANNEL: u64 = 1 << 10;
const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
const SEND_MESSAGES: u64 = 1 << 11;
const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;

impl Stage {
    /// A private thread of the bot's with this person in it.
    pub async fn private_thread(&self, channel: &str, person: &str) -> String {
        let wish = json!({"name": "Just us", "type": 12, "auto_archive_duration": 1440, "invitable": false});
        let (status, thread) = self.rest("POST", &format!("/channels/{channel}/threads"), Some(wish)).await;
        assert_eq!(status, 201, "{thread}");
        let id = text(&thread["id"]);
        self.open_to_owner(channel).await;
        let (status, answer) =
            self.rest("PUT", &format!("/channels/{id}/thread-members/{person}"), None).await;
        assert_eq!((status, &answer), (204, &json!("")));
        id
    }

    /// Lets the bot manage threads in a channel: in a thread that is not open, only moderators add people.
    async fn open_to_owner(&self, channel: &str) {
        self.overwrite(channel, MANAGE_THREADS, 0).await;
    }

    pub async fn overwrite(&self, channel: &str, allow: u64, deny: u64) {
        let bot = self.bot_id().await;
        let (allow, deny) = (allow.to_string(), deny.to_string());
        let body = json!({"of": bot, "allow": allow, "deny": deny});
        self.post(&format!("/channels/{channel}/permissions"), body).await;
    }

    pub async fn refused(&self, method: &str, path: &str, body: Option<Value>) -> (u16, u64) {
        let (status, answer) = self.rest(method, path, body).await;
        (status, answer["code"].as_u64().unwrap_or_default())
    }

    pub async fn sends(&self, channel: &str) -> (u16, u64) {
        self.refused("POST", &format!("/channels/{channel}/messages"), Some(json!({"content": "hi"}))).await
    }

    /// The threads that a person sees, by name.
    async fn threads_of(&self, person: &str, guild: &str) -> Vec<String> {
        let all = self.get(&format!("/channels?as={person}&guild={guild}")).await;
        let threads = all.as_array().unwrap().iter().filter(|one| one["parent"].is_string());
        threads.map(|thread| text(&thread["name"])).collect()
    }

    async fn shown(&self, thread: &str) -> Value {
        self.rest("GET", &format!("/channels/{thread}"), None).await.1
    }
}

#[tokio::test]
async fn a_private_thread_is_seen_by_who_is_in_it_and_by_moderators() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let (ana, bo) = (stage.person("Ana", &guild).await, stage.person("Bo", &guild).await);
    let role = json!({"name": "Mods", "permissions": MANAGE_THREADS.to_string()});
    let role = stage.post(&format!("/guilds/{guild}/roles"), role).await;
    let mo = stage.person("Mo", &guild).await;
    stage.post(&format!("/guilds/{guild}/members/{mo}/roles"), json!({"add": [role["id"]]})).await;
    let thread = stage.private_thread(&channel, &ana).await;
    assert_eq!(stage.sends(&thread).await.0, 200);

    let seen = stage.get(&format!("/channels?as={ana}&guild={guild}")).await;
    let bot = stage.bot_id().await;
    let shown = &seen[1];
    assert_eq!(
        (&shown["id"], &shown["parent"], &shown["type"]),
        (&json!(thread), &json!(channel), &json!(12))
    );
    assert_eq!(
        (&shown["private"], &shown["archived"], &shown["locked"]),
        (&json!(true), &json!(false), &json!(false))
    );
    let mut members = vec![bot, ana.clone()];
    members.sort();
    let mut listed: Vec<String> = shown["members"].as_array().unwrap().iter().map(text).collect();
    listed.sort();
    assert_eq!(listed, members);

    let messages = stage.get(&format!("/channels/{thread}/messages?as={ana}")).await;
    assert_eq!(
        (&messages[0]["content"], &messages[0]["system"]),
        (&json!("Kith added Ana to the thread."), &json!(true))
    );
    assert_eq!((&messages[1]["content"], messages[1].get("system")), (&json!("hi"), None));
    assert_eq!(stage.threads_of(&mo, &guild).await, ["Just us"]);
    assert!(stage.threads_of(&bo, &guild).await.is_empty());
    assert_eq!(stage.call("GET", &format!("/channels/{thread}/messages?as={bo}"), None).await.0, 404);
    let bo_writes = json!({"as": bo, "channel": thread, "content": "hello"});
    assert_eq!(stage.call("POST", "/message", Some(bo_writes)).await.0, 404);
    stage.post("/message", json!({"as": ana, "channel": thread, "content": "hello"})).await;

    // Whoever loses the channel loses the thread, and stays in it.
    let body = json!({"of": ana, "deny": VIEW_CHANNEL.to_string()});
    stage.post(&format!("/channels/{channel}/permissions"), body).await;
    assert!(stage.threads_of(&ana, &guild).await.is_empty());
    stage.post(&format!("/channels/{channel}/permissions"), json!({"of": ana})).await;
    assert_eq!(stage.threads_of(&ana, &guild).await, ["Just us"]);

    // Ana may not bring Bo in, a moderator may; then Bo leaves by himself, and Ana is taken out.
    let path = format!("/threads/{thread}/members");
    assert_eq!(stage.call("POST", &path, Some(json!({"as": ana, "add": [bo]}))).await.0, 400);
    stage.post(&path, json!({"as": mo, "add": [bo]})).await;
    assert_eq!(stage.threads_of(&bo, &guild).await, ["Just us"]);
    stage.post(&path, json!({"as": bo, "remove": [bo]})).await;
    assert!(stage.threads_of(&bo, &guild).await.is_empty());
    let (status, _) = stage.rest("DELETE", &format!("/channels/{thread}/thread-members/{ana}"), None).await;
    assert_eq!(status, 204);
    assert!(stage.threads_of(&ana, &guild).await.is_empty());
    stage.judged();
}

#[tokio::test]
async fn a_bot_that_is_not_in_a_private_thread_sees_nothing_of_it() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let mut wire = Wire::ready(&stage).await;
    let new = json!({"as": ana, "name": "Secret", "private": true});
    let thread = text(&stage.post(&format!("/channels/{channel}/threads"), new).await["id"]);
    stage.post("/message", json!({"as": ana, "channel": thread, "content": "psst"})).await;
    assert!(wire.names_until_ack().await.iter().all(|name| name == "GUILD_CREATE"));
    assert_eq!(stage.refused("GET", &format!("/channels/{thread}"), None).await, (403, 50001));
    assert_eq!(stage.sends(&thread).await, (403, 50001));
    assert_eq!(
        stage.refused("PUT", &format!("/channels/{thread}/thread-members/@me"), None).await,
        (403, 50001)
    );
    let bot = stage.bot_id().await;
    stage.post(&format!("/threads/{thread}/members"), json!({"as": ana, "add": [bot]})).await;
    let told = wire.dispatch("THREAD_MEMBERS_UPDATE").await;
    assert_eq!(told["added_members"][0]["user_id"], bot);
    let told = wire.dispatch("THREAD_CREATE").await;
    assert_eq!((&told["id"], &told["member"]["user_id"]), (&json!(thread), &json!(bot)));
    assert_eq!(stage.sends(&thread).await.0, 200);
    let (_, member) =
        stage.rest("GET", &format!("/channels/{thread}/thread-members/{ana}?with_member=true"), None).await;
    assert_eq!((&member["user_id"], &member["member"]["user"]["id"]), (&json!(ana), &json!(ana)));
    stage.rest("DELETE", &format!("/channels/{thread}/thread-members/@me"), None).await;
    assert_eq!(wire.dispatch("THREAD_MEMBERS_UPDATE").await["removed_member_ids"], json!([bot]));
    assert_eq!(stage.sends(&thread).await, (403, 50001));
    stage.judged();
}

#[tokio::test]
async fn what_is_wrong_with_a_new_thread_is_said() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let path = format!("/channels/{channel}/threads");
    for (body, at) in [
        (json!({"type": 12}), "name"),
        (json!({"name": ""}), "name"),
        (json!({"name": "x".repeat(101)}), "name"),
        (json!({"name": "x", "auto_archive_duration": 61}), "auto_archive_duration"),
        (json!({"name": "x", "type": 0}), "type"),
        (json!({"name": "x", "invitable": "no"}), "invitable"),
        (json!({"name": "x", "rate_limit_per_user": 21_601}), "rate_limit_per_user"),
    ] {
        let (status, answer) = stage.rest("POST", &path, Some(body.clone())).await;
        assert_eq!((status, &answer["code"]), (400, &json!(50035)), "{body}");
        assert!(answer["errors"][at]["_errors"][0]["code"].is_string(), "{body}: {answer}");
    }
    let wish = || Some(json!({"name": "x"}));
    assert_eq!(stage.refused("POST", "/channels/1/threads", wish()).await, (404, 10003));
    let (_, dm) = stage.rest("POST", "/users/@me/channels", Some(json!({"recipient_id": ana}))).await;
    let in_dm = format!("/channels/{}/threads", text(&dm["id"]));
    assert_eq!(stage.refused("POST", &in_dm, wish()).await, (400, 50024));
    let hidden =
        stage.post(&format!("/guilds/{guild}/channels"), json!({"name": "x", "private": true})).await;
    let hidden = format!("/channels/{}/threads", text(&hidden["id"]));
    assert_eq!(stage.refused("POST", &hidden, wish()).await, (403, 50001));
    stage.overwrite(&channel, 0, CREATE_PRIVATE_THREADS).await;
    assert_eq!(stage.refused("POST", &path, wish()).await, (403, 50013));
    let (status, public) = stage.rest("POST", &path, Some(json!({"name": "x", "type": 11}))).await;
    assert_eq!(
        (status, &public["type"], &public["thread_metadata"]["auto_archive_duration"]),
        (201, &json!(11), &json!(4320))
    );
    let public = text(&public["id"]);
    assert_eq!(stage.threads_of(&ana, &guild).await, ["x"], "everybody sees it");
    assert_eq!(stage.refused("POST", &format!("/channels/{public}/threads"), wish()).await, (400, 50024));
    stage.judged();
}

#[tokio::test]
async fn writing_in_threads_takes_a_permission_of_its_own() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let thread = stage.private_thread(&channel, &ana).await;
    stage.overwrite(&channel, 0, SEND_MESSAGES).await;
    assert_eq!(stage.sends(&channel).await, (403, 50013));
    assert_eq!(stage.sends(&thread).await.0, 200);
    stage.overwrite(&channel, 0, SEND_MESSAGES_IN_THREADS).await;
    assert_eq!(stage.sends(&channel).await.0, 200);
    assert_eq!(stage.sends(&thread).await, (403, 50013));
    stage.overwrite(&channel, 0, VIEW_CHANNEL).await;
    assert_eq!(stage.sends(&thread).await, (403, 50001), "though it is in it");
    stage.judged();
}

#[tokio::test]
async fn who_can_be_added() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let (ana, bo) = (stage.person("Ana", &guild).await, stage.person("Bo", &guild).await);
    let elsewhere = stage.post("/users", json!({"name": "Cy"})).await;
    let elsewhere = text(&elsewhere["id"]);
    let wish = Some(json!({"name": "x", "type": 12, "invitable": false}));
    let (_, closed) = stage.rest("POST", &format!("/channels/{channel}/threads"), wish).await;
    let closed = text(&closed["id"]);
    let add = |thread: &str, user: &str| format!("/channels/{thread}/thread-members/{user}");
    assert_eq!(stage.refused("PUT", &add(&closed, &ana), None).await, (403, 50013), "no moderator");
    let (_, open) =
        stage.rest("POST", &format!("/channels/{channel}/threads"), Some(json!({"name": "y"}))).await;
    let open = text(&open["id"]);
    assert_eq!(stage.refused("PUT", &add(&open, "1"), None).await, (404, 10013));
    assert_eq!(stage.refused("PUT", &add(&open, &elsewhere), None).await, (404, 10007));
    let body = json!({"of": bo, "deny": VIEW_CHANNEL.to_string()});
    stage.post(&format!("/channels/{channel}/permissions"), body).await;
    assert_eq!(stage.refused("PUT", &add(&open, &bo), None).await, (403, 50001));
    assert_eq!(stage.refused("GET", &add(&open, &ana), None).await, (404, 10007));
    // Who is named in it and may be pinged is in it from then on.
    let path = format!("/channels/{open}/messages");
    let quiet = json!({"content": format!("<@{ana}>"), "allowed_mentions": {"parse": []}});
    stage.rest("POST", &path, Some(quiet)).await;
    assert_eq!(stage.refused("GET", &add(&open, &ana), None).await, (404, 10007));
    // So is who is named by a change, which pings nobody.
    let (_, sent) = stage.rest("POST", &path, Some(json!({"content": "hi"}))).await;
    let edit = Some(json!({"content": format!("<@{ana}> <@{bo}>")}));
    stage.rest("PATCH", &format!("{path}/{}", text(&sent["id"])), edit).await;
    let (status, member) = stage.rest("GET", &add(&open, &ana), None).await;
    assert_eq!((status, &member["user_id"]), (200, &json!(ana)));
    assert_eq!(stage.refused("GET", &add(&open, &bo), None).await, (404, 10007));
    assert_eq!(stage.rest("PUT", &add(&open, &ana), None).await.0, 204, "again is no error");
    stage.rest("DELETE", &add(&open, &ana), None).await;
    assert_eq!(stage.refused("DELETE", &add(&open, &ana), None).await, (404, 10007));
    assert_eq!(stage.refused("GET", &format!("/channels/{open}/thread-members"), None).await, (403, 50001));
    stage.judged();
}

#[tokio::test]
async fn a_thread_that_rests_is_archived_at_its_time_and_a_message_wakes_it() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let thread = stage.private_thread(&channel, &ana).await;
    let mut wire = Wire::ready(&stage).await;
    followed(&stage).await;
    stage.post("/clock", json!({"advance": "20h"})).await;
    stage.sends(&thread).await;
    stage.post("/clock", json!({"advance": "20h"})).await;
    assert_eq!(stage.shown(&thread).await["thread_metadata"]["archived"], false, "a message counts");
    let before = stage.get("/clock").await["now"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    stage.post("/clock", json!({"advance": "3d"})).await;
    let told = wire.dispatch("THREAD_UPDATE").await;
    let metadata = &told["thread_metadata"];
    assert_eq!((&told["id"], &metadata["archived"]), (&json!(thread), &json!(true)));
    let at: jiff::Timestamp = text(&metadata["archive_timestamp"]).parse().unwrap();
    assert!((at.duration_since(before).as_secs() - 4 * 3_600).abs() < 60, "{at} {before}");

    let path = format!("/channels/{thread}");
    assert_eq!(stage.refused("PATCH", &path, Some(json!({"name": "y"}))).await, (400, 50083));
    assert_eq!(stage.refused("PUT", &format!("{path}/thread-members/{ana}"), None).await, (400, 50083));
    let (_, listed) = stage.rest("GET", &format!("/channels/{channel}/threads/archived/private"), None).await;
    assert_eq!((&listed["threads"][0]["id"], &listed["has_more"]), (&json!(thread), &json!(false)));
    let (_, listed) = stage.rest("GET", &format!("/guilds/{guild}/threads/active"), None).await;
    assert_eq!(listed["threads"], json!([]));

    assert_eq!(stage.sends(&thread).await.0, 200);
    let told = wire.dispatch("THREAD_UPDATE").await;
    assert_eq!(told["thread_metadata"]["archived"], false);
    assert_eq!(wire.dispatch("THREAD_MEMBER_UPDATE").await["id"], json!(thread));
    assert_eq!(wire.dispatch("MESSAGE_CREATE").await["channel_id"], json!(thread));
    stage.judged();
}

#[tokio::test]
async fn a_locked_thread_is_for_moderators() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let thread = stage.private_thread(&channel, &ana).await;
    let path = format!("/channels/{thread}");
    let (_, sent) = stage.rest("POST", &format!("{path}/messages"), Some(json!({"content": "x"}))).await;
    let sent = format!("{path}/messages/{}", text(&sent["id"]));
    let edit = || Some(json!({"content": "y"}));
    assert_eq!(stage.rest("PATCH", &path, Some(json!({"locked": true}))).await.0, 200);
    assert_eq!(stage.rest("PATCH", &sent, edit()).await.0, 200, "it manages threads");
    stage.overwrite(&channel, 0, 0).await;
    assert_eq!(stage.sends(&thread).await, (403, 160_005));
    assert_eq!(stage.refused("PATCH", &sent, edit()).await, (403, 160_005));
    assert_eq!(stage.refused("PATCH", &path, Some(json!({"locked": false}))).await, (403, 160_005));
    assert_eq!(stage.refused("DELETE", &path, None).await, (403, 50013));
    stage.open_to_owner(&channel).await;
    let both = json!({"locked": true, "archived": true});
    assert_eq!(stage.rest("PATCH", &path, Some(both)).await.0, 200);
    let ana_writes = json!({"as": ana, "channel": thread, "content": "hello"});
    assert_eq!(stage.call("POST", "/message", Some(ana_writes.clone())).await.0, 400);
    stage.overwrite(&channel, 0, 0).await;
    assert_eq!(stage.sends(&thread).await, (400, 50083));
    assert_eq!(stage.refused("DELETE", &sent, None).await, (400, 50083));
    stage.open_to_owner(&channel).await;
    assert_eq!(stage.rest("DELETE", &sent, None).await.0, 204);
    stage.does("POST", &format!("{path}/messages"), Some(json!({"content": "closed"}))).await;
    stage.does("PATCH", &path, Some(json!({"archived": true}))).await;
    let open = json!({"archived": false, "locked": false, "name": "Ours"});
    let (status, opened) = stage.rest("PATCH", &path, Some(open)).await;
    assert_eq!((status, &opened["name"]), (200, &json!("Ours")));
    stage.post("/message", ana_writes).await;
    let messages = stage.get(&format!("/channels/{thread}/messages?as={ana}")).await;
    assert_eq!(messages[2]["content"], "Kith changed the thread's name to Ours.");
    stage.judged();
}

#[tokio::test]
async fn a_button_in_an_archived_thread_wakes_it() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let thread = stage.private_thread(&channel, &ana).await;
    let mut bot = Bot::connect(&stage).await;
    let button = json!({"type": 2, "style": 1, "label": "Done", "custom_id": "done"});
    let message = json!({"content": "go", "components": [{"type": 1, "components": [button]}]});
    let (_, sent) = stage.rest("POST", &format!("/channels/{thread}/messages"), Some(message)).await;
    let archive = Some(json!({"archived": true}));
    stage.rest("PATCH", &format!("/channels/{thread}"), archive.clone()).await;
    let click = json!({"as": ana, "message": sent["id"], "button": "Done", "wait_ms": 0});
    let (pressed, interaction) = tokio::join!(stage.call("POST", "/click", Some(click.clone())), async {
        let interaction = bot.interaction().await;
        let component = interaction.clone().message_component().unwrap();
        component.defer(&bot.http).await.unwrap();
        interaction
    });
    assert_eq!(pressed.0, 200, "{}", pressed.1);
    let channel_told = interaction.message_component().unwrap().channel.unwrap();
    assert_eq!(
        (channel_told.id.to_string(), channel_told.parent_id.map(|id| id.to_string())),
        (thread.clone(), Some(channel.clone()))
    );
    assert_eq!(stage.shown(&thread).await["thread_metadata"]["archived"], false);

    stage.rest("PATCH", &format!("/channels/{thread}"), archive).await;
    let body = json!({"of": ana, "deny": SEND_MESSAGES_IN_THREADS.to_string()});
    stage.post(&format!("/channels/{channel}/permissions"), body).await;
    assert_eq!(stage.call("POST", "/click", Some(click)).await.0, 400);
    bot.leave().await;
    stage.judged();
}
