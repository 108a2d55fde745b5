//! Scheduled events (Guild Scheduled Event → List … Get Guild Scheduled Event Users).

use serde_json::{Value, json};

use super::{Answer, Call, guilds, nothing, ok};
use crate::app::App;
use crate::world::World;
use crate::world::scheduled::EventWish;
use crate::world::snowflake::Id;

/// The largest page of people.
const PAGE: usize = 100;

fn counted(call: &Call) -> bool {
    call.query("with_user_count") == Some("true")
}

fn shown(world: &World, guild: Id, event: Id, counted: bool) -> Answer {
    let event = world.scheduled(guild, event, world.bot.id)?;
    ok(world.scheduled_json(guild, event, counted))
}

/// List Scheduled Events for Guild: those that are not over.
pub fn list(app: &App, call: &mut Call) -> Answer {
    let (id, counted) = (call.id(0)?, counted(call));
    app.world(|world| {
        let guild = guilds::inside(world, id)?;
        let events = world.open_events(guild).into_iter();
        ok(events.map(|event| world.scheduled_json(id, event, counted)).collect())
    })
}

/// Create Guild Scheduled Event.
pub fn create(app: &App, call: &mut Call) -> Answer {
    let guild = call.id(0)?;
    let wish = EventWish::read(&call.body, true)?;
    app.world(|world| {
        let event = world.schedule(guild, world.bot.id, wish)?;
        shown(world, guild, event, false)
    })
}

/// Get Guild Scheduled Event.
pub fn read(app: &App, call: &mut Call) -> Answer {
    let (guild, event, counted) = (call.id(0)?, call.id(1)?, counted(call));
    app.world(|world| shown(world, guild, event, counted))
}

/// Modify Guild Scheduled Event.
pub fn change(app: &App, call: &mut Call) -> Answer {
    let (guild, event) = (call.id(0)?, call.id(1)?);
    let wish = EventWish::read(&call.body, false)?;
    app.world(|world| {
        world.reschedule(guild, event, world.bot.id, wish)?;
        shown(world, guild, event, false)
    })
}

/// Delete Guild Scheduled Event.
pub fn remove(app: &App, call: &mut Call) -> Answer {
    let (guild, event) = (call.id(0)?, call.id(1)?);
    app.world(|world| world.unschedule(guild, event, world.bot.id))?;
    nothing()
}

/// Get Guild Scheduled Event Users: who is interested, by id.
pub fn users(app: &App, call: &mut Call) -> Answer {
    let (id, event) = (call.id(0)?, call.id(1)?);
    let whole = call.query("with_member") == Some("true");
    let limit = call.limit(PAGE, 1, PAGE)?;
    let bound = |name: &str| call.query(name).and_then(|id| id.parse::<Id>().ok());
    let (before, after) = (bound("before"), bound("after"));
    app.world(|world| {
        let guild = guilds::inside(world, id)?;
        let all = world.scheduled(id, event, world.bot.id)?.interested.iter().copied();
        let fits = |user: &Id| match (before, after) {
            (Some(before), _) => *user < before,
            (None, Some(after)) => *user > after,
            (None, None) => true,
        };
        let all: Vec<Id> = all.filter(fits).collect();
        let from = if before.is_some() { all.len().saturating_sub(limit) } else { 0 };
        let page = all.into_iter().skip(from).take(limit);
        let shown = page.map(|user| {
            let mut one = json!({
                "guild_scheduled_event_id": event, "user_id": user, "user": world.user_json(user), "response": 1,
            });
            if let Some(member) = world.member_json(guild, user).filter(|_| whole) {
                one["member"] = member;
            }
            one
        });
        ok(shown.collect::<Value>())
    })
}
