//! Servers (Guild → Endpoints).

use serde_json::json;

use super::{Answer, Call, ok};
use crate::app::App;
use crate::world::World;
use crate::world::guild::Guild;
use crate::world::refusal::{MISSING_ACCESS, Refusal, UNKNOWN_GUILD, UNKNOWN_MEMBER, UNKNOWN_USER};
use crate::world::snowflake::Id;

/// The server, if the bot is in it.
pub fn inside(world: &World, id: Id) -> Result<&Guild, Refusal> {
    let guild = world.guilds.get(&id).ok_or(UNKNOWN_GUILD)?;
    if guild.members.contains_key(&world.bot.id) { Ok(guild) } else { Err(MISSING_ACCESS.into()) }
}

/// Get Guild.
pub fn read(app: &App, call: &mut Call) -> Answer {
    let id = call.id(0)?;
    let counted = call.query("with_counts") == Some("true");
    app.world(|world| {
        let guild = inside(world, id)?;
        let mut shown = world.guild_json(guild);
        if counted {
            shown["approximate_member_count"] = json!(guild.members.len());
            shown["approximate_presence_count"] = json!(guild.members.len());
        }
        ok(shown)
    })
}

/// Get Guild Member.
pub fn member(app: &App, call: &mut Call) -> Answer {
    let (id, user) = (call.id(0)?, call.id(1)?);
    app.world(|world| {
        let guild = inside(world, id)?;
        if !world.users.contains_key(&user) {
            return Err(UNKNOWN_USER.into());
        }
        ok(world.member_json(guild, user).ok_or(UNKNOWN_MEMBER)?)
    })
}
