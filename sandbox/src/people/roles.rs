//! Roles and time-outs from the people's side: what a server's owner does.

use std::sync::Arc;

use axum::extract::State;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::world::{bits, id, role_view};
use super::{Answer, Form, Path, ok};
use crate::app::App;
use crate::world::World;
use crate::world::people::No;
use crate::world::roles::RoleWish;
use crate::world::snowflake::Id;

/// `POST /guilds/{guild}/roles`, and `/{role}` with what shall be other.
#[derive(Deserialize)]
pub struct RoleForm {
    name: Option<String>,
    permissions: Option<Value>,
    position: Option<usize>,
}

impl RoleForm {
    fn wish(&self) -> Result<RoleWish, No> {
        if self.name.as_ref().is_some_and(|name| !(1..=100).contains(&name.trim().chars().count())) {
            return Err(No::bad("A role's name has 1 to 100 characters."));
        }
        let permissions =
            self.permissions.as_ref().map(|given| bits("permissions", Some(given))).transpose()?;
        Ok(RoleWish { name: self.name.clone(), permissions, ..RoleWish::default() })
    }
}

fn owner(world: &World, guild: Id) -> Result<Id, No> {
    world.guilds.get(&guild).map(|guild| guild.owner).ok_or_else(|| No::missing("server", guild))
}

fn shown(world: &World, guild: Id, role: Id) -> Answer {
    let found = world.guilds.get(&guild).and_then(|guild| guild.roles.get(&role));
    ok(role_view(found.ok_or_else(|| No::missing("role", role))?))
}

/// Adds a role, right above `@everyone` unless it is said where.
pub async fn add(
    State(app): State<Arc<App>>,
    Path(guild): Path<String>,
    Form(new): Form<RoleForm>,
) -> Answer {
    let guild = id("server", &guild)?;
    if new.name.is_none() {
        return Err(No::bad("A role needs a `name`.").into());
    }
    let wish = RoleWish { permissions: Some(new.wish()?.permissions.unwrap_or(0)), ..new.wish()? };
    app.world(|world| {
        let owner = owner(world, guild)?;
        let role = world.create_role(guild, owner, &wish).map_err(No::from)?;
        if let Some(to) = new.position {
            world.move_roles(guild, owner, &[(role, to)]).map_err(No::from)?;
        }
        shown(world, guild, role)
    })
}

/// Changes a role.
pub async fn change(
    State(app): State<Arc<App>>,
    Path((guild, role)): Path<(String, String)>,
    Form(form): Form<RoleForm>,
) -> Answer {
    let (guild, role) = (id("server", &guild)?, id("role", &role)?);
    let wish = form.wish()?;
    app.world(|world| {
        let owner = owner(world, guild)?;
        world.change_role(guild, role, owner, &wish).map_err(No::from)?;
        if let Some(to) = form.position {
            world.move_roles(guild, owner, &[(role, to)]).map_err(No::from)?;
        }
        shown(world, guild, role)
    })
}

/// `POST /guilds/{guild}/roles/{role}/delete`.
pub async fn delete(State(app): State<Arc<App>>, Path((guild, role)): Path<(String, String)>) -> Answer {
    let (guild, role) = (id("server", &guild)?, id("role", &role)?);
    app.world(|world| {
        let owner = owner(world, guild)?;
        world.delete_role(guild, role, owner).map_err(No::from)?;
        ok(json!({}))
    })
}

/// `POST /guilds/{guild}/members/{user}/timeout`.
#[derive(Deserialize)]
pub struct TimeOut {
    until: Option<String>,
}

/// Puts somebody into time-out until a time, or takes them out of it.
pub async fn time_out(
    State(app): State<Arc<App>>,
    Path((guild, user)): Path<(String, String)>,
    Form(form): Form<TimeOut>,
) -> Answer {
    let (guild, user) = (id("server", &guild)?, id("member", &user)?);
    let until = form.until.as_deref().map(|text| {
        text.parse::<Timestamp>().map_err(|_| No::bad(format!("\"{text}\" is no time in RFC 3339.")))
    });
    let until = until.transpose()?;
    app.world(|world| {
        world.time_out(guild, user, until)?;
        ok(json!({"until": until.map(|until| until.to_string())}))
    })
}
