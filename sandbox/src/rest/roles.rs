//! Roles (Guild → Get Guild Roles … Delete Guild Role, Add and Remove Guild Member Role).

use serde_json::Value;

use super::{Answer, Call, guilds, nothing, ok};
use crate::app::App;
use crate::world::World;
use crate::world::refusal::{Refusal, UNKNOWN_ROLE};
use crate::world::roles::RoleWish;
use crate::world::snowflake::Id;

fn shown(world: &World, guild: Id, role: Id) -> Result<Value, Refusal> {
    let role = guilds::inside(world, guild)?.roles.get(&role).ok_or(UNKNOWN_ROLE)?;
    Ok(world.role_json(role))
}

fn all(world: &World, guild: Id) -> Answer {
    let roles = guilds::inside(world, guild)?.roles.values();
    ok(roles.map(|role| world.role_json(role)).collect())
}

/// Get Guild Roles.
pub fn list(app: &App, call: &mut Call) -> Answer {
    let guild = call.id(0)?;
    app.world(|world| all(world, guild))
}

/// Get Guild Role.
pub fn read(app: &App, call: &mut Call) -> Answer {
    let (guild, role) = (call.id(0)?, call.id(1)?);
    app.world(|world| ok(shown(world, guild, role)?))
}

/// Create Guild Role.
pub fn create(app: &App, call: &mut Call) -> Answer {
    let guild = call.id(0)?;
    let wish = RoleWish::read(&call.body)?;
    app.world(|world| {
        let role = world.create_role(guild, world.bot.id, &wish)?;
        ok(shown(world, guild, role)?)
    })
}

/// Modify Guild Role.
pub fn change(app: &App, call: &mut Call) -> Answer {
    let (guild, role) = (call.id(0)?, call.id(1)?);
    let wish = RoleWish::read(&call.body)?;
    app.world(|world| {
        world.change_role(guild, role, world.bot.id, &wish)?;
        ok(shown(world, guild, role)?)
    })
}

/// Modify Guild Role Positions.
pub fn arrange(app: &App, call: &mut Call) -> Answer {
    let guild = call.id(0)?;
    let wrong = || Refusal::form("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
    let list = call.body.as_array().ok_or_else(wrong)?;
    let mut moves = Vec::new();
    for (index, one) in list.iter().enumerate() {
        let id = one["id"].as_str().and_then(|id| id.parse::<Id>().ok());
        let id = id.ok_or_else(|| {
            Refusal::form(&format!("{index}.id"), "NUMBER_TYPE_COERCE", "Value is not snowflake.")
        })?;
        if let Some(to) = one["position"].as_u64().and_then(|to| usize::try_from(to).ok()) {
            moves.push((id, to));
        }
    }
    app.world(|world| {
        world.move_roles(guild, world.bot.id, &moves)?;
        all(world, guild)
    })
}

/// Delete Guild Role.
pub fn remove(app: &App, call: &mut Call) -> Answer {
    let (guild, role) = (call.id(0)?, call.id(1)?);
    app.world(|world| world.delete_role(guild, role, world.bot.id))?;
    nothing()
}

/// Add Guild Member Role.
pub fn give(app: &App, call: &mut Call) -> Answer {
    hand(app, call, true)
}

/// Remove Guild Member Role.
pub fn take(app: &App, call: &mut Call) -> Answer {
    hand(app, call, false)
}

fn hand(app: &App, call: &Call, give: bool) -> Answer {
    let (guild, user, role) = (call.id(0)?, call.id(1)?, call.id(2)?);
    app.world(|world| world.give_role(guild, user, role, world.bot.id, give))?;
    nothing()
}
