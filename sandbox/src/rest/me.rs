//! The bot itself: gateway, user, application.

use serde_json::json;

use super::{Answer, Call, ok};
use crate::app::App;
use crate::world::refusal::UNKNOWN_USER;
use crate::world::snowflake::Id;

/// The largest page of servers.
const MOST_GUILDS: usize = 200;

/// Get Gateway.
pub fn gateway(app: &App, _: &mut Call) -> Answer {
    ok(json!({"url": app.hub.gateway_url()}))
}

/// Get Gateway Bot.
pub fn gateway_bot(app: &App, _: &mut Call) -> Answer {
    ok(json!({
        "url": app.hub.gateway_url(), "shards": app.hub.shards,
        "session_start_limit": {"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1},
    }))
}

/// Get Current User.
pub fn user(app: &App, _: &mut Call) -> Answer {
    ok(app.world(|world| world.me_json()))
}

/// Get Current User Guilds: by id, a page at a time.
pub fn guilds(app: &App, call: &mut Call) -> Answer {
    let limit = call.limit(MOST_GUILDS, 1, MOST_GUILDS)?;
    let after = call.query("after").and_then(|id| id.parse::<Id>().ok());
    ok(app.world(|world| {
        let mut all: Vec<_> =
            world.guilds.values().filter(|guild| guild.members.contains_key(&world.bot.id)).collect();
        all.sort_by_key(|guild| guild.id);
        let page = all.into_iter().filter(|guild| after.is_none_or(|after| guild.id > after)).take(limit);
        page.map(|guild| world.own_guild_json(guild)).collect()
    }))
}

/// Get User.
pub fn other(app: &App, call: &mut Call) -> Answer {
    let id = call.id(0)?;
    app.world(
        |world| {
            if world.users.contains_key(&id) { ok(world.user_json(id)) } else { Err(UNKNOWN_USER.into()) }
        },
    )
}

/// Get Current Application, Get Current Bot Application Information.
pub fn application(app: &App, _: &mut Call) -> Answer {
    ok(app.world(|world| world.application_json()))
}
