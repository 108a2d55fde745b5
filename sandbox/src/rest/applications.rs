//! The bot's commands (Application Commands → Endpoints).

use serde_json::Value;

use super::{Answer, Call, ok};
use crate::app::App;
use crate::world::World;
use crate::world::localizing;
use crate::world::refusal::{MISSING_ACCESS, NOT_THIS_APPLICATION, Refusal, UNKNOWN_GUILD};
use crate::world::snowflake::Id;

fn own(world: &World, application: Id) -> Result<(), Refusal> {
    if application == world.bot.id { Ok(()) } else { Err(NOT_THIS_APPLICATION.into()) }
}

fn guild(world: &World, id: Id) -> Result<Id, Refusal> {
    let guild = world.guilds.get(&id).ok_or(UNKNOWN_GUILD)?;
    if guild.members.contains_key(&world.bot.id) { Ok(id) } else { Err(MISSING_ACCESS.into()) }
}

fn shown(world: &World, guild: Option<Id>) -> Value {
    world.registered(guild).iter().map(|command| command.shown(world.bot.id)).collect()
}

/// The same, with the texts for other languages only where the query asks for them.
fn read(world: &World, guild: Option<Id>, call: &Call) -> Value {
    let whole = shown(world, guild);
    if matches!(call.query("with_localizations"), Some("true" | "True" | "1")) {
        whole
    } else {
        localizing::without(&whole)
    }
}

/// Get Global Application Commands.
pub fn list(app: &App, call: &mut Call) -> Answer {
    let application = call.id(0)?;
    app.world(|world| {
        own(world, application)?;
        ok(read(world, None, call))
    })
}

/// Bulk Overwrite Global Application Commands.
pub fn overwrite(app: &App, call: &mut Call) -> Answer {
    let application = call.id(0)?;
    app.world(|world| {
        own(world, application)?;
        world.overwrite_commands(None, &call.body)?;
        ok(shown(world, None))
    })
}

/// Get Guild Application Commands.
pub fn list_guild(app: &App, call: &mut Call) -> Answer {
    let (application, id) = (call.id(0)?, call.id(1)?);
    app.world(|world| {
        own(world, application)?;
        let id = guild(world, id)?;
        ok(read(world, Some(id), call))
    })
}

/// Bulk Overwrite Guild Application Commands.
pub fn overwrite_guild(app: &App, call: &mut Call) -> Answer {
    let (application, id) = (call.id(0)?, call.id(1)?);
    app.world(|world| {
        own(world, application)?;
        let id = guild(world, id)?;
        world.overwrite_commands(Some(id), &call.body)?;
        ok(shown(world, Some(id)))
    })
}
