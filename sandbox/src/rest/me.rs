//! The bot itself: gateway, user, application.

use serde_json::json;

use super::{Answer, Call, ok};
use crate::app::App;
use crate::world::refusal::UNKNOWN_USER;

/// Get Gateway.
pub fn gateway(app: &App, _: &mut Call) -> Answer {
    ok(json!({"url": app.hub.gateway_url()}))
}

/// Get Gateway Bot.
pub fn gateway_bot(app: &App, _: &mut Call) -> Answer {
    ok(json!({
        "url": app.hub.gateway_url(), "shards": 1,
        "session_start_limit": {"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1},
    }))
}

/// Get Current User.
pub fn user(app: &App, _: &mut Call) -> Answer {
    ok(app.world(|world| world.me_json()))
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
