//! Scheduled events from the people's side: what is to come in a server, and who is interested.

use std::sync::Arc;

use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::seeing::Looking;
use super::world::id;
use super::{Answer, Asked, Form, Path, ok};
use crate::app::App;
use crate::world::guild::Guild;
use crate::world::people::No;
use crate::world::scheduled::Scheduled;
use crate::world::snowflake::Id;

fn view(guild: &Guild, event: &Scheduled) -> Value {
    json!({
        "id": event.id, "guild": guild.id, "name": event.name, "description": event.description,
        "location": event.location, "starts": event.starts.to_string(), "ends": event.ends.to_string(),
        "status": event.status as u8, "creator": event.creator, "interested": event.interested,
    })
}

/// `GET /scheduled-events`: those that are not over, by time.
pub async fn list(State(app): State<Arc<App>>, Asked(looking): Asked<Looking>) -> Answer {
    app.world(|world| {
        world.person(looking.user)?;
        let guilds = world.guilds.values().filter(|guild| {
            guild.members.contains_key(&looking.user) && looking.guild.is_none_or(|wanted| wanted == guild.id)
        });
        ok(guilds
            .flat_map(|guild| world.open_events(guild).into_iter().map(|event| view(guild, event)))
            .collect::<Value>())
    })
}

/// `POST /scheduled-events/{event}`.
#[derive(Deserialize)]
pub struct Interest {
    #[serde(rename = "as")]
    user: Id,
    interested: bool,
}

/// Says whether one is interested.
pub async fn interest(
    State(app): State<Arc<App>>,
    Path(event): Path<String>,
    Form(interest): Form<Interest>,
) -> Answer {
    let event = id("event", &event)?;
    app.world(|world| {
        world.person(interest.user)?;
        let mut guilds = world.guilds.values();
        let guild = guilds.find(|guild| guild.events.contains_key(&event)).map(|guild| guild.id);
        let guild = guild.ok_or_else(|| No::missing("event", event))?;
        world.take_interest(guild, event, interest.user, interest.interested).map_err(No::from)?;
        let guild = world.guilds.get(&guild).ok_or_else(|| No::missing("server", guild))?;
        let found = guild.events.get(&event).ok_or_else(|| No::missing("event", event))?;
        ok(view(guild, found))
    })
}
