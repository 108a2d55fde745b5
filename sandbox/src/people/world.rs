//! The world's things: servers, people, channels, roles.

use std::sync::Arc;

use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Form, Path, Problem, ok};
use crate::app::App;
use crate::world::World;
use crate::world::guild::{Channel, Guild, Role};
use crate::world::localizing::LOCALES;
use crate::world::people::No;
use crate::world::permissions;
use crate::world::snowflake::Id;

/// A channel as people read it.
pub fn channel_view(channel: &Channel) -> Value {
    let mut view = json!({"id": channel.id, "name": channel.name, "type": channel.kind as u8});
    if let Some(category) = channel.parent {
        view["category"] = json!(category);
    }
    if let Some(thread) = &channel.thread {
        view["parent"] = json!(thread.parent);
        view["private"] = json!(thread.private);
        view["members"] = json!(thread.members.keys().collect::<Vec<_>>());
        view["archived"] = json!(thread.archived);
        view["locked"] = json!(thread.locked);
    }
    view
}

/// A bit set of permissions, as Discord writes it.
pub fn bits(key: &str, given: Option<&Value>) -> Result<u64, No> {
    let bits = match given {
        None | Some(Value::Null) => Some(0),
        Some(Value::String(bits)) => bits.parse().ok(),
        Some(other) => other.as_u64(),
    };
    bits.filter(|bits: &u64| bits & !permissions::ALL == 0)
        .ok_or_else(|| No::bad(format!("`{key}` is a bit set of Discord's permissions, as a string.")))
}

/// A role as people read it.
pub fn role_view(role: &Role) -> Value {
    json!({
        "id": role.id, "name": role.name, "permissions": role.permissions.to_string(), "position": role.position,
    })
}

fn guild_view(world: &World, guild: &Guild) -> Value {
    let people = guild.members.keys().filter(|id| world.users.get(id).is_none_or(|user| !user.hidden));
    json!({
        "id": guild.id, "name": guild.name, "owner": guild.owner,
        "channels": guild.channels.iter().filter_map(|id| world.channels.get(id)).map(channel_view).collect::<Vec<_>>(),
        "roles": guild.roles.values().filter(|role| !role.managed).map(role_view).collect::<Vec<_>>(),
        "members": people.collect::<Vec<_>>(),
    })
}

/// `GET /world`.
pub async fn show(State(app): State<Arc<App>>) -> Answer {
    let shards = app.hub.connected();
    ok(app.world(|world| {
        let people = world.users.values().filter(|user| !user.hidden && !user.bot);
        json!({
            "now": world.now.to_string(),
            "bot": {
                "id": world.bot.id, "name": world.bot.name, "token": world.bot.token,
                "online": shards > 0, "shards": shards,
            },
            "guilds": world.guilds.values().map(|guild| guild_view(world, guild)).collect::<Vec<_>>(),
            "users": people
                .map(|user| json!({"id": user.id, "name": user.name, "dms_open": user.dms_open}))
                .collect::<Vec<_>>(),
        })
    }))
}

/// `POST /guilds`.
#[derive(Deserialize)]
pub struct NewGuild {
    name: String,
    owner: Option<Id>,
}

/// Adds a server.
pub async fn add_guild(State(app): State<Arc<App>>, Form(new): Form<NewGuild>) -> Answer {
    app.world(|world| {
        let id = world.add_guild(&new.name, new.owner)?;
        ok(guild_view(world, &world.guilds[&id]))
    })
}

/// `POST /users`.
#[derive(Deserialize)]
pub struct NewUser {
    name: String,
    locale: Option<String>,
    #[serde(default)]
    guilds: Vec<Id>,
    #[serde(default)]
    admin: bool,
}

/// Adds a person.
pub async fn add_user(State(app): State<Arc<App>>, Form(new): Form<NewUser>) -> Answer {
    let locale = new.locale.as_deref().unwrap_or("en-US");
    if !LOCALES.contains(&locale) {
        return Err(No::bad(format!("\"{locale}\" is no locale of Discord's client.")).into());
    }
    app.world(|world| {
        let id = world.add_user(&new.name, locale, &new.guilds, new.admin)?;
        ok(json!({"id": id, "name": world.users[&id].name}))
    })
}

/// `POST /guilds/{guild}/channels`.
#[derive(Deserialize)]
pub struct NewChannel {
    name: String,
    #[serde(default)]
    private: bool,
}

/// Adds a channel.
pub async fn add_channel(
    State(app): State<Arc<App>>,
    Path(guild): Path<String>,
    Form(new): Form<NewChannel>,
) -> Answer {
    let guild = id("server", &guild)?;
    app.world(|world| {
        let id = world.add_channel(guild, &new.name, new.private)?;
        ok(channel_view(&world.channels[&id]))
    })
}

/// `POST /guilds/{guild}/members/{user}/roles`.
#[derive(Deserialize)]
pub struct RoleChange {
    #[serde(default)]
    add: Vec<Id>,
    #[serde(default)]
    remove: Vec<Id>,
}

/// Gives and takes roles.
pub async fn change_roles(
    State(app): State<Arc<App>>,
    Path((guild, user)): Path<(String, String)>,
    Form(change): Form<RoleChange>,
) -> Answer {
    let (guild, user) = (id("server", &guild)?, id("member", &user)?);
    app.world(|world| {
        let roles = world.change_roles(guild, user, &change.add, &change.remove)?;
        ok(json!({"roles": roles}))
    })
}

/// `POST /guilds/{guild}/leave`, and `/join` with the same.
#[derive(Deserialize)]
pub struct Leaving {
    user: Option<Id>,
    #[serde(default)]
    bot: bool,
}

impl Leaving {
    fn who(&self, world: &World) -> Result<Id, No> {
        let bot = self.bot.then_some(world.bot.id);
        self.user.or(bot).ok_or_else(|| No::bad("Say who: `user` or `bot: true`."))
    }
}

/// Somebody comes into a server, for the first time or again.
pub async fn join(
    State(app): State<Arc<App>>,
    Path(guild): Path<String>,
    Form(who): Form<Leaving>,
) -> Answer {
    let guild = id("server", &guild)?;
    app.world(|world| {
        let user = who.who(world)?;
        world.enter_guild(guild, user)?;
        ok(json!({}))
    })
}

/// Somebody leaves a server.
pub async fn leave(
    State(app): State<Arc<App>>,
    Path(guild): Path<String>,
    Form(who): Form<Leaving>,
) -> Answer {
    let guild = id("server", &guild)?;
    app.world(|world| {
        let user = who.who(world)?;
        world.leave(guild, user)?;
        ok(json!({}))
    })
}

/// `POST /users/{user}/dms`.
#[derive(Deserialize)]
pub struct Dms {
    open: bool,
}

/// Opens or closes somebody's DMs.
pub async fn dms(State(app): State<Arc<App>>, Path(user): Path<String>, Form(dms): Form<Dms>) -> Answer {
    let user = id("person", &user)?;
    app.world(|world| {
        world.person(user)?;
        if let Some(found) = world.users.get_mut(&user) {
            found.dms_open = dms.open;
        }
        ok(json!({"open": dms.open}))
    })
}

/// `POST /reset`.
pub async fn reset(State(app): State<Arc<App>>) -> Answer {
    app.world(World::reset);
    ok(json!({}))
}

/// An id in a path.
pub fn id(what: &str, text: &str) -> Result<Id, Problem> {
    text.parse().map_err(|_| No::missing(what, text).into())
}
