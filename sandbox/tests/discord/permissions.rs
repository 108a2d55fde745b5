//! What the bot and people may do: roles, channels' overwrites, who stands above whom.

use serde_json::{Value, json};

use crate::support::{Bot, Stage, text};
use crate::wire::{INTENTS, Wire};

pub const VIEW_CHANNEL: u64 = 1 << 10;
const SEND_MESSAGES: u64 = 1 << 11;
const MANAGE_CHANNELS: u64 = 1 << 4;
const EMBED_LINKS: u64 = 1 << 14;
const ATTACH_FILES: u64 = 1 << 15;
const MANAGE_ROLES: u64 = 1 << 28;
const PIN_MESSAGES: u64 = 1 << 51;
const ADMINISTRATOR: u64 = 1 << 3;
const GUILD_MEMBERS: u64 = 1 << 1;

impl Stage {
    pub async fn role(&self, guild: &str, name: &str, permissions: u64) -> String {
        let role = json!({"name": name, "permissions": permissions.to_string()});
        text(&self.post(&format!("/guilds/{guild}/roles"), role).await["id"])
    }

    /// Gives the bot a role with these permissions.
    pub async fn empower(&self, guild: &str, permissions: u64) -> String {
        let role = self.role(guild, "Kith's powers", permissions).await;
        let bot = self.bot_id().await;
        self.post(&format!("/guilds/{guild}/members/{bot}/roles"), json!({"add": [role]})).await;
        role
    }

    /// A call that must go well.
    pub async fn does(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        let (status, answer) = self.rest(method, path, body).await;
        assert!(status < 300, "{method} {path}: {status} {answer}");
        answer
    }
}

#[tokio::test]
async fn a_bot_makes_channels_for_some_people_only() {
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    let (ana, bo) = (stage.person("Ana", &guild).await, stage.person("Bo", &guild).await);
    let bot = stage.bot_id().await;
    let path = format!("/guilds/{guild}/channels");
    let plain = || Some(json!({"name": "Group 1"}));
    assert_eq!(stage.refused("POST", &path, plain()).await, (403, 50013));
    stage.empower(&guild, MANAGE_CHANNELS).await;
    let mut wire = Wire::ready(&stage).await;
    let mut serenity = Bot::connect(&stage).await;
    let (status, category) = stage.rest("POST", &path, Some(json!({"name": "Round 1", "type": 4}))).await;
    assert_eq!((status, &category["type"]), (201, &json!(4)));
    assert_eq!(wire.dispatch("CHANNEL_CREATE").await["name"], "Round 1");
    let only = |id: &str, kind: u8, allow: u64, deny: u64| json!({"id": id, "type": kind, "allow": allow.to_string(), "deny": deny.to_string()});
    let closed = json!({
        "name": "Group 1", "parent_id": category["id"], "topic": "Ana and Kith",
        "permission_overwrites": [
            only(&guild, 0, 0, VIEW_CHANNEL), only(&ana, 1, VIEW_CHANNEL, 0), only(&bot, 1, VIEW_CHANNEL, 0),
        ],
    });
    let (status, channel) = stage.rest("POST", &path, Some(closed)).await;
    assert_eq!((status, &channel["name"], &channel["parent_id"]), (201, &json!("group-1"), &category["id"]));
    let id = text(&channel["id"]);
    let told = wire.dispatch("CHANNEL_CREATE").await;
    assert_eq!((&told["id"], told["permission_overwrites"].as_array().unwrap().len()), (&json!(id), 3));
    let sees = async |who: &str| {
        let all = stage.get(&format!("/channels?as={who}&guild={guild}")).await;
        all.as_array().unwrap().iter().any(|one| one["id"] == json!(id))
    };
    assert!(sees(&ana).await && !sees(&bo).await);
    assert_eq!(stage.sends(&id).await.0, 200);
    assert_eq!(stage.sends(&text(&category["id"])).await, (400, 50008));

    // Only what it may do itself can it hand on, and its permissions only who manages them.
    let more = json!({"name": "x", "permission_overwrites": [only(&ana, 1, ADMINISTRATOR, 0)]});
    assert_eq!(stage.refused("POST", &path, Some(more)).await, (403, 50013));
    let managers = json!({"name": "x", "permission_overwrites": [only(&ana, 1, MANAGE_ROLES, 0)]});
    assert_eq!(stage.refused("POST", &path, Some(managers)).await, (403, 50013));
    let nobody = json!({"name": "x", "permission_overwrites": [only("1", 0, 0, 0)]});
    assert_eq!(stage.refused("POST", &path, Some(nobody)).await, (404, 10011));
    let unparented = json!({"name": "x", "parent_id": id});
    assert_eq!(stage.refused("POST", &path, Some(unparented)).await, (400, 50035));

    // The category goes, the channel stays.
    stage.does("DELETE", &format!("/channels/{}", text(&category["id"])), None).await;
    assert_eq!(wire.dispatch("CHANNEL_DELETE").await["id"], category["id"]);
    let told = wire.dispatch("CHANNEL_UPDATE").await;
    assert_eq!((&told["id"], &told["parent_id"]), (&json!(id), &Value::Null));
    let renamed = stage.does("PATCH", &format!("/channels/{id}"), Some(json!({"name": "Group One"}))).await;
    assert_eq!(renamed["name"], "group-one");
    while let Ok(event) = serenity.others.try_recv() {
        drop(event);
    }
    serenity.leave().await;
    stage.judged();
}

#[tokio::test]
async fn overwrites_are_edited_by_who_manages_permissions() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let path = format!("/channels/{channel}/permissions/{ana}");
    let deny = || Some(json!({"type": 1, "deny": VIEW_CHANNEL.to_string()}));
    assert_eq!(stage.refused("PUT", &path, deny()).await, (403, 50013));
    stage.empower(&guild, MANAGE_ROLES).await;
    assert_eq!(stage.rest("PUT", &path, deny()).await.0, 204);
    assert_eq!(stage.get(&format!("/channels?as={ana}&guild={guild}")).await, json!([]));
    let kick = Some(json!({"type": 1, "allow": (1 << 1).to_string()}));
    assert_eq!(stage.refused("PUT", &path, kick).await, (403, 50013), "it may not kick itself");
    let unknown = format!("/channels/{channel}/permissions/1");
    assert_eq!(stage.refused("PUT", &unknown, deny()).await, (404, 10013));
    assert_eq!(stage.refused("PUT", &path, Some(json!({"type": 2}))).await, (400, 50035));
    assert_eq!(stage.rest("DELETE", &path, None).await.0, 204);
    assert_eq!(stage.refused("DELETE", &path, None).await, (404, 10009));
    assert_ne!(stage.get(&format!("/channels?as={ana}&guild={guild}")).await, json!([]));
    // Without the channel there is nothing to edit.
    stage.overwrite(&channel, 0, VIEW_CHANNEL).await;
    assert_eq!(stage.refused("PUT", &path, deny()).await, (403, 50001));
    assert_eq!(stage.refused("PATCH", &format!("/channels/{channel}"), None).await, (403, 50001));
    stage.judged();
}

#[tokio::test]
async fn a_private_channel_is_closed_by_an_overwrite_and_a_role_opens_it() {
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let body = json!({"name": "staff", "private": true});
    let staff = text(&stage.post(&format!("/guilds/{guild}/channels"), body).await["id"]);
    assert_eq!(stage.sends(&staff).await, (403, 50001));
    let (_, all) = stage.rest("GET", &format!("/guilds/{guild}/channels"), None).await;
    let closed = &all[1]["permission_overwrites"][0];
    assert_eq!((&closed["id"], &closed["deny"]), (&json!(guild), &json!(VIEW_CHANNEL.to_string())));
    let role = stage.role(&guild, "Staff", 0).await;
    stage.post(&format!("/guilds/{guild}/members/{ana}/roles"), json!({"add": [role]})).await;
    let open = json!({"of": role, "allow": VIEW_CHANNEL.to_string()});
    stage.post(&format!("/channels/{staff}/permissions"), open).await;
    assert_eq!(stage.call("GET", &format!("/channels/{staff}/messages?as={ana}"), None).await.0, 200);
    let admin = stage.empower(&guild, ADMINISTRATOR).await;
    assert_eq!(stage.sends(&staff).await.0, 200, "administrators are bound by no overwrite");
    let bot = stage.bot_id().await;
    stage.post(&format!("/guilds/{guild}/members/{bot}/roles"), json!({"remove": [admin]})).await;
    assert_eq!(stage.sends(&staff).await, (403, 50001));
    stage.judged();
}

#[tokio::test]
async fn what_a_message_brings_takes_permissions() {
    let stage = Stage::new().await;
    let (_, channel) = stage.guild().await;
    let path = format!("/channels/{channel}/messages");
    let embed = || Some(json!({"embeds": [{"title": "x"}]}));
    assert_eq!(stage.rest("POST", &path, embed()).await.0, 200);
    stage.overwrite(&channel, 0, EMBED_LINKS | PIN_MESSAGES).await;
    assert_eq!(stage.refused("POST", &path, embed()).await, (403, 50013));
    let (_, sent) = stage.rest("POST", &path, Some(json!({"content": "x"}))).await;
    let id = text(&sent["id"]);
    assert_eq!(stage.refused("PATCH", &format!("{path}/{id}"), embed()).await, (403, 50013));
    assert_eq!(stage.refused("PUT", &format!("/channels/{channel}/pins/{id}"), None).await, (403, 50013));
    stage.overwrite(&channel, 0, ATTACH_FILES).await;
    let form = reqwest::multipart::Form::new()
        .text("payload_json", "{}")
        .part("files[0]", reqwest::multipart::Part::bytes(b"a,b".to_vec()).file_name("a.csv"));
    let sent = stage.client.post(format!("{}/api/v10{path}", stage.sandbox.url()));
    let sent = sent.header("Authorization", format!("Bot {}", stage.sandbox.token())).multipart(form);
    assert_eq!(sent.send().await.unwrap().status(), 403);
    stage.overwrite(&channel, 0, SEND_MESSAGES).await;
    assert_eq!(stage.sends(&channel).await, (403, 50013));
    stage.judged();
}

#[tokio::test]
async fn roles_below_its_own_are_the_bots_to_handle() {
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let mut plain = Wire::ready(&stage).await;
    let roles = format!("/guilds/{guild}/roles");
    assert_eq!(stage.refused("POST", &roles, Some(json!({}))).await, (403, 50013));
    let powers = stage.empower(&guild, MANAGE_ROLES | EMBED_LINKS).await;
    let badge = json!({"name": "Mentor", "permissions": "0", "color": 255, "mentionable": true});
    let badge = stage.does("POST", &roles, Some(badge)).await;
    assert_eq!(
        (&badge["name"], &badge["position"], &badge["color"]),
        (&json!("Mentor"), &json!(1), &json!(255))
    );
    let id = text(&badge["id"]);
    let nameless = stage.does("POST", &roles, Some(json!({}))).await;
    assert_eq!(nameless["name"], "new role");
    let more = Some(json!({"permissions": ADMINISTRATOR.to_string()}));
    assert_eq!(stage.refused("POST", &roles, more.clone()).await, (403, 50013), "more than it has");
    assert_eq!(stage.refused("PATCH", &format!("{roles}/{id}"), more).await, (403, 50013));
    let renamed = stage.does("PATCH", &format!("{roles}/{id}"), Some(json!({"name": "Mentor 2033"}))).await;
    assert_eq!((&renamed["name"], &renamed["color"]), (&json!("Mentor 2033"), &json!(255)));

    let path = |user: &str, role: &str| format!("/guilds/{guild}/members/{user}/roles/{role}");
    assert_eq!(stage.rest("PUT", &path(&ana, &id), None).await.0, 204);
    let (_, member) = stage.rest("GET", &format!("/guilds/{guild}/members/{ana}"), None).await;
    assert_eq!(member["roles"], json!([id]));
    assert_eq!(stage.refused("PUT", &path(&ana, "1"), None).await, (404, 10011));
    assert_eq!(stage.refused("PUT", &path("1", &id), None).await, (404, 10013));
    let cy = text(&stage.post("/users", json!({"name": "Cy"})).await["id"]);
    assert_eq!(stage.refused("PUT", &path(&cy, &id), None).await, (404, 10007));
    assert_eq!(stage.refused("PUT", &path(&ana, &guild), None).await, (400, 50028));

    // What stands above, or is its own highest, is out of reach.
    let (_, all) = stage.rest("GET", &roles, None).await;
    let own = all.as_array().unwrap().iter().find(|role| role["managed"] == true).unwrap();
    assert_eq!((&own["name"], own["tags"]["bot_id"].is_string()), (&json!("Kith"), true));
    let high = json!({"name": "Board", "position": 9});
    let high = text(&stage.post(&roles, high).await["id"]);
    for out_of_reach in [text(&own["id"]), high.clone()] {
        assert_eq!(stage.refused("PUT", &path(&ana, &out_of_reach), None).await, (403, 50013));
        let rename = Some(json!({"name": "x"}));
        assert_eq!(stage.refused("PATCH", &format!("{roles}/{out_of_reach}"), rename).await, (403, 50013));
        assert_eq!(stage.refused("DELETE", &format!("{roles}/{out_of_reach}"), None).await, (403, 50013));
    }
    let up = Some(json!([{"id": id, "position": 8}]));
    assert_eq!(stage.refused("PATCH", &roles, up).await, (403, 50013));
    stage.does("PATCH", &roles, Some(json!([{"id": id, "position": 2}]))).await;
    assert_eq!(stage.does("GET", &format!("{roles}/{id}"), None).await["position"], 2);

    // Somebody who left is no member; a role that went is nobody's.
    stage.post(&format!("/guilds/{guild}/leave"), json!({"user": ana})).await;
    assert_eq!(stage.refused("GET", &format!("/guilds/{guild}/members/{ana}"), None).await, (404, 10007));
    assert_eq!(stage.refused("DELETE", &path(&ana, &id), None).await, (404, 10007));
    assert_eq!(stage.rest("DELETE", &format!("{roles}/{id}"), None).await.0, 204);
    assert_eq!(stage.refused("PUT", &path(&cy, &id), None).await, (404, 10011));
    stage.post(&format!("/guilds/{guild}/roles/{powers}"), json!({"permissions": "0"})).await;
    assert_eq!(stage.refused("POST", &roles, Some(json!({}))).await, (403, 50013));

    let names = plain.names_until_ack().await;
    for told in ["GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE", "GUILD_ROLE_DELETE"] {
        assert!(names.iter().any(|name| name == told), "{told}: {names:?}");
    }
    assert!(
        !names.iter().any(|name| name == "GUILD_MEMBER_REMOVE" || name == "GUILD_MEMBER_ADD"),
        "{names:?}"
    );
    stage.judged();
}

#[tokio::test]
async fn of_other_members_only_who_has_the_intent_hears() {
    let stage =
        Stage::with(discord_sandbox::Options { privileged_intents: true, ..Default::default() }).await;
    let (guild, _) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let mut plain = Wire::ready(&stage).await;
    let mut whole = Wire::with_intents(&stage, INTENTS | GUILD_MEMBERS).await;
    let role = stage.role(&guild, "Mentee", 0).await;
    stage.post(&format!("/guilds/{guild}/members/{ana}/roles"), json!({"add": [role]})).await;
    let told = whole.dispatch("GUILD_MEMBER_UPDATE").await;
    assert_eq!((&told["user"]["id"], &told["roles"]), (&json!(ana), &json!([role])));
    stage.post(&format!("/guilds/{guild}/roles/{role}/delete"), json!({})).await;
    assert_eq!(whole.dispatch("GUILD_MEMBER_UPDATE").await["roles"], json!([]));
    let names = plain.names_until_ack().await;
    assert!(!names.iter().any(|name| name == "GUILD_MEMBER_UPDATE"), "{names:?}");
    // Of itself it hears all the same.
    stage.empower(&guild, MANAGE_ROLES).await;
    let bot = stage.bot_id().await;
    assert_eq!(plain.dispatch("GUILD_MEMBER_UPDATE").await["user"]["id"], json!(bot));
    stage.judged();
}

#[tokio::test]
async fn interactions_say_what_the_person_and_the_bot_may_do() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    stage.register(json!([{"name": "hello", "description": "Says hello"}])).await;
    let mut bot = Bot::connect(&stage).await;
    let mut asked = async |stage: &Stage| {
        let call = json!({"as": ana, "guild": guild, "name": "hello", "wait_ms": 0});
        let (_, interaction) = tokio::join!(stage.call("POST", "/command", Some(call)), async {
            let interaction = bot.interaction().await;
            let command = interaction.command().unwrap();
            command.defer(&bot.http).await.unwrap();
            command
        });
        let own = interaction.member.unwrap().permissions.unwrap().bits();
        (own, interaction.app_permissions.unwrap().bits())
    };
    let (own, app) = asked(&stage).await;
    assert_ne!((own & SEND_MESSAGES, app & EMBED_LINKS), (0, 0));
    assert_eq!(own & MANAGE_ROLES, 0);
    stage.overwrite(&channel, 0, EMBED_LINKS).await;
    let role = stage.role(&guild, "Organizer", MANAGE_ROLES).await;
    stage.post(&format!("/guilds/{guild}/members/{ana}/roles"), json!({"add": [role]})).await;
    let (own, app) = asked(&stage).await;
    assert_eq!(app & EMBED_LINKS, 0);
    assert_ne!(own & MANAGE_ROLES, 0);
    // Who is in time-out uses no commands.
    let until = json!({"until": "2999-01-01T00:00:00Z"});
    stage.post(&format!("/guilds/{guild}/members/{ana}/timeout"), until).await;
    let call = json!({"as": ana, "guild": guild, "name": "hello"});
    assert_eq!(stage.call("POST", "/command", Some(call)).await.0, 400);
    bot.leave().await;
    stage.judged();
}
