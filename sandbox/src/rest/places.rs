//! A server's channels (Guild → Get Guild Channels, Create Guild Channel; Channel → Modify Channel, Delete/Close Channel,
//! Edit Channel Permissions, Delete Channel Permission).

use axum::http::StatusCode;
use serde_json::Value;

use super::{Answer, Call, guilds, nothing, ok};
use crate::app::App;
use crate::world::channels::{self, ChannelWish};
use crate::world::guild::ChannelKind;
use crate::world::refusal::{Form, NOT_IN_A_DM, Refusal, UNKNOWN_CHANNEL};
use crate::world::threads::Wish;

/// Get Guild Channels: without threads.
pub fn list(app: &App, call: &mut Call) -> Answer {
    let id = call.id(0)?;
    app.world(|world| {
        let guild = guilds::inside(world, id)?;
        let channels = guild.channels.iter().filter_map(|id| world.channels.get(id));
        ok(channels.map(|channel| world.channel_json(channel)).collect())
    })
}

/// Create Guild Channel.
pub fn create(app: &App, call: &mut Call) -> Answer {
    let guild = call.id(0)?;
    let wish = ChannelWish::read(&call.body, true)?;
    app.world(|world| {
        let id = world.create_channel(guild, world.bot.id, &wish)?;
        let channel = world.channels.get(&id).ok_or(UNKNOWN_CHANNEL)?;
        Ok((StatusCode::CREATED, world.channel_json(channel)))
    })
}

/// Modify Channel: a channel, or a thread.
pub fn change(app: &App, call: &mut Call) -> Answer {
    let id = call.id(0)?;
    let body: &Value = &call.body;
    app.world(|world| {
        world.may_read(id)?;
        let kind = world.channels.get(&id).ok_or(UNKNOWN_CHANNEL)?.kind;
        let by = world.bot.id;
        match kind {
            ChannelKind::Dm => return Err(NOT_IN_A_DM.into()),
            ChannelKind::Text | ChannelKind::Category => {
                world.change_channel(id, by, &ChannelWish::read(body, false)?)?;
            }
            ChannelKind::PublicThread | ChannelKind::PrivateThread => {
                world.change_thread(id, by, &Wish::read(body, false)?)?;
            }
        }
        let channel = world.channels.get(&id).ok_or(UNKNOWN_CHANNEL)?;
        ok(world.channel_json(channel))
    })
}

/// Delete/Close Channel.
pub fn delete(app: &App, call: &mut Call) -> Answer {
    let id = call.id(0)?;
    app.world(|world| ok(world.delete_channel(id, world.bot.id)?))
}

/// Edit Channel Permissions.
pub fn overwrite(app: &App, call: &mut Call) -> Answer {
    let (id, of) = (call.id(0)?, call.id(1)?);
    let mut form = Form::default();
    if call.body["type"].is_null() {
        form.missing("type");
    }
    let new = channels::overwrite(&mut form, &call.body, Some(of), "");
    form.finish()?;
    let missing = || Refusal::form("id", "BASE_TYPE_REQUIRED", "This field is required");
    let new = new.ok_or_else(missing)?;
    app.world(|world| world.overwrite(id, world.bot.id, new))?;
    nothing()
}

/// Delete Channel Permission.
pub fn drop_overwrite(app: &App, call: &mut Call) -> Answer {
    let (id, of) = (call.id(0)?, call.id(1)?);
    app.world(|world| world.drop_overwrite(id, world.bot.id, of))?;
    nothing()
}
