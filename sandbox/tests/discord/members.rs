//! Who is in a server, asked for one by one or a hundred at once; who leaves and comes back.

use serde_json::json;
use serenity::all::{ChunkGuildFilter, EditMember};

use crate::support::{Bot, Stage, soon, text};
use crate::wire::Wire;

const MANAGE_ROLES: u64 = 1 << 28;

#[tokio::test]
async fn a_bot_asks_for_people_by_their_ids() {
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    let (ana, bo) = (stage.person("Ana", &guild).await, stage.person("Bo", &guild).await);
    let mut wire = Wire::ready(&stage).await;
    stage.post(&format!("/guilds/{guild}/leave"), json!({"user": bo})).await;
    let ask = |more: serde_json::Value| {
        let mut data = json!({"guild_id": guild});
        data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"op": 8, "d": data})
    };
    wire.send(ask(json!({"user_ids": [ana, bo, "1"], "nonce": "round 1"}))).await;
    let chunk = wire.dispatch("GUILD_MEMBERS_CHUNK").await;
    assert_eq!((&chunk["members"][0]["user"]["id"], &chunk["not_found"]), (&json!(ana), &json!([bo, "1"])));
    assert_eq!((&chunk["nonce"], &chunk["chunk_count"]), (&json!("round 1"), &json!(1)));
    wire.send(ask(json!({"query": "an", "limit": 10}))).await;
    assert_eq!(wire.dispatch("GUILD_MEMBERS_CHUNK").await["members"][0]["user"]["id"], json!(ana));
    // All of them only with the intent.
    wire.send(ask(json!({"query": "", "limit": 0}))).await;
    assert!(wire.names_until_ack().await.is_empty());
    assert_eq!(stage.refused("GET", &format!("/guilds/{guild}/members?limit=10"), None).await, (403, 50001));

    let stage =
        Stage::with(discord_sandbox::Options { privileged_intents: true, ..Default::default() }).await;
    let (guild, _) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let all = stage.does("GET", &format!("/guilds/{guild}/members?limit=10"), None).await;
    assert_eq!(all.as_array().unwrap().len(), 3);
    let next = stage.does("GET", &format!("/guilds/{guild}/members?limit=1"), None).await;
    assert_eq!(next.as_array().unwrap().len(), 1);
    let mut bot = Bot::connect(&stage).await;
    let id: u64 = guild.parse().unwrap();
    let filter = ChunkGuildFilter::UserIds(vec![ana.parse::<u64>().unwrap().into()]);
    bot.chunk(id.into(), filter).await;
    let members = soon(async {
        loop {
            if let serenity::all::Event::GuildMembersChunk(chunk) = bot.others.recv().await.unwrap() {
                return chunk.members.len();
            }
        }
    });
    assert_eq!(members.await, 1);
    bot.leave().await;
    stage.judged();
}

#[tokio::test]
async fn roles_are_set_all_at_once() {
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let (one, two) = (stage.role(&guild, "One", 0).await, stage.role(&guild, "Two", 0).await);
    let high = stage.post(&format!("/guilds/{guild}/roles"), json!({"name": "High", "position": 9})).await;
    let path = format!("/guilds/{guild}/members/{ana}");
    let set = |roles: &[&String]| Some(json!({"roles": roles}));
    assert_eq!(stage.refused("PATCH", &path, set(&[&one])).await, (403, 50013));
    stage.empower(&guild, MANAGE_ROLES).await;
    assert_eq!(stage.does("PATCH", &path, set(&[&one])).await["roles"], json!([one]));
    assert_eq!(stage.does("PATCH", &path, set(&[&two])).await["roles"], json!([two]));
    assert_eq!(stage.refused("PATCH", &path, set(&[&two, &text(&high["id"])])).await, (403, 50013));
    assert_eq!(stage.refused("PATCH", &path, set(&[&"1".to_owned()])).await, (404, 10011));
    assert_eq!(stage.refused("PATCH", &path, Some(json!({"nick": "A"}))).await.0, 501);
    let bot = Bot::connect(&stage).await;
    let id = |text: &str| text.parse::<u64>().unwrap();
    let edit = EditMember::new().roles([serenity::all::RoleId::new(id(&one))]);
    serenity::all::GuildId::new(id(&guild)).edit_member(&bot.http, id(&ana), edit).await.unwrap();
    bot.leave().await;
    let (_, member) = stage.rest("GET", &path, None).await;
    assert_eq!(member["roles"], json!([one]));
}

#[tokio::test]
async fn who_left_may_come_back_and_so_may_the_bot() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let mut wire = Wire::ready(&stage).await;
    for who in [json!({"user": ana}), json!({"bot": true})] {
        stage.post(&format!("/guilds/{guild}/leave"), who.clone()).await;
        stage.post(&format!("/guilds/{guild}/join"), who.clone()).await;
        let (status, _) = stage.call("POST", &format!("/guilds/{guild}/join"), Some(who)).await;
        assert_eq!(status, 409);
    }
    wire.dispatch("GUILD_DELETE").await;
    assert_eq!(wire.dispatch("GUILD_CREATE").await["id"], json!(guild));
    assert_eq!(stage.rest("GET", &format!("/guilds/{guild}/members/{ana}"), None).await.0, 200);
    assert_eq!(stage.sends(&channel).await.0, 200);
    let roles = stage.does("GET", &format!("/guilds/{guild}/roles"), None).await;
    assert_eq!(roles.as_array().unwrap().iter().filter(|role| role["managed"] == true).count(), 1);
    stage.judged();
}
