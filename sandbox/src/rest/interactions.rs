//! Answers to interactions (Receiving and Responding → Endpoints).

use axum::http::StatusCode;

use super::{Answer, Call, nothing, ok, written};
use crate::app::App;
use crate::world::draft::Draft;
use crate::world::message::Message;
use crate::world::refusal::{Refusal, UNKNOWN_INTERACTION};
use crate::world::respond::Callback;
use crate::world::snowflake::Id;

/// Create Interaction Response.
pub fn callback(app: &App, call: &mut Call) -> Answer {
    let id = call.id(0).map_err(|_| Refusal::from(UNKNOWN_INTERACTION))?;
    let uploads = std::mem::take(&mut call.uploads);
    let wished = call.query("with_response").is_some_and(|wish| matches!(wish, "true" | "True" | "1"));
    // Read before the world is held: nothing else in a response takes as long.
    let v2 = call.body["type"] == 7 && app.world(|world| world.source_is_v2(id));
    let callback = Callback::read(call.body.take(), uploads, v2);
    app.world(|world| {
        world.respond(id, call.text(1), callback)?;
        if wished { ok(world.callback_json(id)) } else { nothing() }
    })
}

/// The message named, or none for `@original`.
fn named(call: &Call) -> Result<Option<Id>, Refusal> {
    if call.text(2).is_empty() { Ok(None) } else { call.id(2).map(Some) }
}

/// Create Followup Message.
pub fn follow_up(app: &App, call: &mut Call) -> Answer {
    let application = call.id(0)?;
    let uploads = std::mem::take(&mut call.uploads);
    let draft = Draft::read(call.body.take(), uploads)?;
    let id = app.world(|world| world.follow_up(application, call.text(1), draft))?;
    written(app, id)
}

/// Get Original Interaction Response, Get Followup Message.
pub fn read(app: &App, call: &mut Call) -> Answer {
    let (application, named) = (call.id(0)?, named(call)?);
    let id = app.world(|world| world.webhook_message(application, call.text(1), named))?;
    written(app, id)
}

/// Edit Original Interaction Response, Edit Followup Message.
pub fn edit(app: &App, call: &mut Call) -> Answer {
    let (application, named) = (call.id(0)?, named(call)?);
    let uploads = std::mem::take(&mut call.uploads);
    let v2 = app.world(|world| {
        let id = world.webhook_message(application, call.text(1), named)?;
        Ok::<_, Refusal>(world.messages.get(&id).is_some_and(Message::is_v2))
    })?;
    let draft = Draft::change(call.body.take(), uploads, v2)?;
    let id = app.world(|world| world.webhook_edit(application, call.text(1), named, draft))?;
    written(app, id)
}

/// Delete Original Interaction Response, Delete Followup Message.
pub fn delete(app: &App, call: &mut Call) -> Answer {
    let (application, named) = (call.id(0)?, named(call)?);
    app.world(|world| world.webhook_delete(application, call.text(1), named))?;
    Ok((StatusCode::NO_CONTENT, serde_json::Value::Null))
}
