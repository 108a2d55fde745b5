//! Servers (Guild → Endpoints).

use serde_json::{Value, json};

use super::{Answer, Call, ok};
use crate::app::App;
use crate::world::World;
use crate::world::guild::Guild;
use crate::world::reading;
use crate::world::refusal::{Form, MISSING_ACCESS, Refusal, UNKNOWN_GUILD, UNKNOWN_MEMBER, UNKNOWN_USER};
use crate::world::snowflake::Id;

/// The largest page of members.
const MEMBERS_PAGE: usize = 1_000;

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

/// Modify Guild Member: the roles.
pub fn change_member(app: &App, call: &mut Call) -> Answer {
    let (id, user) = (call.id(0)?, call.id(1)?);
    let served = |key: &String| key == "roles" || call.body[key].is_null();
    if let Some(unserved) = call.body.as_object().and_then(|body| body.keys().find(|key| !served(key))) {
        return Err(Refusal::new(501, 0, format!("The sandbox does not serve `{unserved}` of members.")));
    }
    let mut form = Form::default();
    let list = call.body["roles"].as_array();
    let mut read = |(index, one): (usize, &Value)| {
        reading::snowflake(&mut form, &json!({"id": one}), "id", &format!("roles.{index}"))
    };
    let roles: Option<Vec<Id>> = list.map(|list| list.iter().enumerate().filter_map(&mut read).collect());
    form.finish()?;
    app.world(|world| {
        inside(world, id)?;
        if let Some(roles) = roles {
            world.assign_roles(id, user, world.bot.id, &roles)?;
        }
        ok(world.member_json(inside(world, id)?, user).ok_or(UNKNOWN_MEMBER)?)
    })
}

/// List Guild Members: only with the privileged intent for members.
pub fn members(app: &App, call: &mut Call) -> Answer {
    let id = call.id(0)?;
    let limit = call.limit(1, 1, MEMBERS_PAGE)?;
    let after = call.query("after").and_then(|id| id.parse::<Id>().ok());
    app.world(|world| {
        let guild = inside(world, id)?;
        if !world.privileged {
            return Err(MISSING_ACCESS.into());
        }
        let page = guild.members.keys().filter(|id| after.is_none_or(|after| **id > after)).take(limit);
        ok(page.filter_map(|id| world.member_json(guild, *id)).collect())
    })
}
