//! Scheduled events of a server (Guild Scheduled Event). Only those at a place of their own are served: there are no voice
//! and stage channels.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::World;
use super::event::{Event, intents};
use super::guild::Guild;
use super::objects::time;
use super::permissions::{self, CREATE_EVENTS, MANAGE_EVENTS};
use super::reading;
use super::refusal::{EVENT_IS_OVER, Form, MISSING_PERMISSIONS, Refusal, TOO_MANY_EVENTS, UNKNOWN_EVENT};
use super::snowflake::Id;

/// How many events a server holds that are not over.
const EVENTS_MOST: usize = 100;
/// The kind that is somewhere outside Discord.
const EXTERNAL: u64 = 3;

/// How far an event is, with Discord's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is to come.
    Scheduled = 1,
    /// It is going on.
    Active = 2,
    /// It is over.
    Completed = 3,
    /// It was called off.
    Canceled = 4,
}

/// An event at some place.
#[derive(Clone, Debug)]
pub struct Scheduled {
    /// The id.
    pub id: Id,
    /// Who made it.
    pub creator: Id,
    /// The name.
    pub name: String,
    /// What it is about.
    pub description: Option<String>,
    /// Where.
    pub location: String,
    /// From when.
    pub starts: Timestamp,
    /// Until when.
    pub ends: Timestamp,
    /// How far it is.
    pub status: Status,
    /// Who is interested.
    pub interested: BTreeSet<Id>,
}

impl Scheduled {
    /// Whether it is to come or going on.
    pub fn is_open(&self) -> bool {
        matches!(self.status, Status::Scheduled | Status::Active)
    }
}

/// What was asked of an event, new or not; a part that is absent stays as it is.
#[derive(Clone, Debug, Default)]
pub struct EventWish {
    name: Option<String>,
    description: Option<Option<String>>,
    location: Option<String>,
    starts: Option<Timestamp>,
    ends: Option<Timestamp>,
    status: Option<u64>,
}

impl EventWish {
    /// Reads and checks a body; a new event needs all but the description.
    pub fn read(body: &Value, new: bool) -> Result<Self, Refusal> {
        reading::serves(body, &["image", "recurrence_rule"], "events")?;
        let mut form = Form::default();
        let kind = reading::choice(&mut form, body, "entity_type", &[1, 2, EXTERNAL]);
        if kind.is_some_and(|kind| kind != EXTERNAL) {
            return Err(Refusal::new(
                501,
                0,
                "The sandbox has no voice and stage channels, so no events there.",
            ));
        }
        if !body["channel_id"].is_null() {
            let message = "An external event has no channel.";
            form.wrong("channel_id", "GUILD_SCHEDULED_EVENT_CHANNEL_ID_NOT_ALLOWED", message);
        }
        reading::choice(&mut form, body, "privacy_level", &[2]);
        let place = &body["entity_metadata"];
        let location = reading::text(&mut form, place, "location", 1, 100);
        if location.is_none() && (new || !place.is_null()) && place["location"].is_null() {
            form.missing("entity_metadata.location");
        }
        let description = reading::text(&mut form, body, "description", 0, 1_000).filter(|it| !it.is_empty());
        let wish = Self {
            name: reading::text(&mut form, body, "name", 1, 100),
            description: body.get("description").map(|_| description),
            location,
            starts: reading::time(&mut form, body, "scheduled_start_time"),
            ends: reading::time(&mut form, body, "scheduled_end_time"),
            status: reading::choice(&mut form, body, "status", &[1, 2, 3, 4]),
        };
        let needed = ["name", "privacy_level", "scheduled_start_time", "scheduled_end_time", "entity_type"];
        for key in needed.into_iter().filter(|key| new && body[*key].is_null()) {
            form.missing(key);
        }
        form.finish()?;
        Ok(wish)
    }
}

/// An event begins after now, and ends after it begins.
fn check_times(
    starts: Option<Timestamp>,
    from: Timestamp,
    until: Timestamp,
    now: Timestamp,
) -> Result<(), Refusal> {
    let mut form = Form::default();
    if starts.is_some_and(|starts| starts <= now) {
        let code = "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST";
        form.wrong("scheduled_start_time", code, "Cannot schedule event in the past.");
    }
    if until <= from {
        let code = "GUILD_SCHEDULED_EVENT_ENDS_BEFORE_START";
        form.wrong("scheduled_end_time", code, "Cannot schedule event to end before start.");
    }
    form.finish()
}

impl World {
    /// The event, with its server, if the bot or person is in there.
    pub fn scheduled(&self, guild: Id, event: Id, by: Id) -> Result<&Scheduled, Refusal> {
        Ok(self.server_for(guild, by, 0)?.events.get(&event).ok_or(UNKNOWN_EVENT)?)
    }

    /// Create Guild Scheduled Event.
    pub fn schedule(&mut self, guild: Id, by: Id, wish: EventWish) -> Result<Id, Refusal> {
        let found = self.server_for(guild, by, CREATE_EVENTS)?;
        let (Some(name), Some(location), Some(starts), Some(ends)) =
            (wish.name, wish.location, wish.starts, wish.ends)
        else {
            return Err(Refusal::form("name", "BASE_TYPE_REQUIRED", "This field is required"));
        };
        check_times(Some(starts), starts, ends, self.now)?;
        if found.events.values().filter(|event| event.is_open()).count() >= EVENTS_MOST {
            return Err(TOO_MANY_EVENTS.into());
        }
        let id = self.id();
        let event = Scheduled {
            id,
            creator: by,
            name,
            description: wish.description.flatten(),
            location,
            starts,
            ends,
            status: Status::Scheduled,
            // Who makes an event in Discord's client is interested in it; a bot is no guest.
            interested: if by == self.bot.id { BTreeSet::new() } else { [by].into() },
        };
        if let Some(guild) = self.guilds.get_mut(&guild) {
            guild.events.insert(id, event);
        }
        self.event_next = Some(self.event_next.map_or(starts, |next| next.min(starts)));
        self.tell_event("GUILD_SCHEDULED_EVENT_CREATE", guild, id);
        Ok(id)
    }

    /// The event, if `by` may change and delete it.
    fn own_event(&self, guild: Id, event: Id, by: Id) -> Result<&Scheduled, Refusal> {
        let found = self.scheduled(guild, event, by)?;
        let needed = if found.creator == by { CREATE_EVENTS | MANAGE_EVENTS } else { MANAGE_EVENTS };
        let granted = self.guilds.get(&guild).map_or(0, |guild| permissions::in_guild(guild, by, self.now));
        if granted & needed == 0 { Err(MISSING_PERMISSIONS.into()) } else { Ok(found) }
    }

    /// Modify Guild Scheduled Event.
    pub fn reschedule(&mut self, guild: Id, event: Id, by: Id, wish: EventWish) -> Result<(), Refusal> {
        let found = self.own_event(guild, event, by)?;
        if !found.is_open() {
            return Err(EVENT_IS_OVER.into());
        }
        let status = match (found.status, wish.status) {
            (was, None) => was,
            (was, Some(same)) if same == was as u64 => was,
            (Status::Scheduled, Some(2)) => Status::Active,
            (Status::Active, Some(3)) => Status::Completed,
            (Status::Scheduled, Some(4)) => Status::Canceled,
            (was, Some(_)) => {
                let message = format!("An event of status {} cannot get that status.", was as u8);
                return Err(Refusal::form("status", "GUILD_SCHEDULED_EVENT_INVALID_STATUS", message));
            }
        };
        let (from, until) = (wish.starts.unwrap_or(found.starts), wish.ends.unwrap_or(found.ends));
        let moved = wish.starts.filter(|starts| *starts != found.starts);
        check_times(moved, from, until, self.now)?;
        let found = self.guilds.get_mut(&guild).and_then(|guild| guild.events.get_mut(&event));
        let Some(found) = found else { return Err(UNKNOWN_EVENT.into()) };
        found.name = wish.name.unwrap_or_else(|| found.name.clone());
        found.description = wish.description.unwrap_or_else(|| found.description.clone());
        found.location = wish.location.unwrap_or_else(|| found.location.clone());
        (found.starts, found.ends, found.status) = (from, until, status);
        self.event_next = Some(self.now);
        self.tell_event("GUILD_SCHEDULED_EVENT_UPDATE", guild, event);
        Ok(())
    }

    /// Delete Guild Scheduled Event.
    pub fn unschedule(&mut self, guild: Id, event: Id, by: Id) -> Result<(), Refusal> {
        self.own_event(guild, event, by)?;
        self.tell_event("GUILD_SCHEDULED_EVENT_DELETE", guild, event);
        if let Some(guild) = self.guilds.get_mut(&guild) {
            guild.events.remove(&event);
        }
        Ok(())
    }

    /// Somebody is interested in an event, or no longer.
    pub fn take_interest(&mut self, guild: Id, event: Id, user: Id, interested: bool) -> Result<(), Refusal> {
        if !self.scheduled(guild, event, user)?.is_open() {
            return Err(EVENT_IS_OVER.into());
        }
        let found = self.guilds.get_mut(&guild).and_then(|guild| guild.events.get_mut(&event));
        let Some(found) = found else { return Err(UNKNOWN_EVENT.into()) };
        let changed = if interested { found.interested.insert(user) } else { found.interested.remove(&user) };
        if changed {
            let name = if interested {
                "GUILD_SCHEDULED_EVENT_USER_ADD"
            } else {
                "GUILD_SCHEDULED_EVENT_USER_REMOVE"
            };
            let data = json!({"guild_scheduled_event_id": event, "user_id": user, "guild_id": guild});
            self.tell_guild(name, intents::GUILD_SCHEDULED_EVENTS, guild, data);
            self.events.push(Event::Places(guild));
        }
        Ok(())
    }

    fn tell_event(&mut self, name: &'static str, guild: Id, event: Id) {
        let Some(found) = self.guilds.get(&guild).and_then(|guild| guild.events.get(&event)) else { return };
        let data = self.scheduled_json(guild, found, false);
        self.tell_guild(name, intents::GUILD_SCHEDULED_EVENTS, guild, data);
        self.events.push(Event::Places(guild));
    }

    /// An event (Guild Scheduled Event → Guild Scheduled Event Object).
    pub fn scheduled_json(&self, guild: Id, event: &Scheduled, counted: bool) -> Value {
        let mut shown = json!({
            "id": event.id, "guild_id": guild, "channel_id": null, "creator_id": event.creator,
            "creator": self.user_json(event.creator), "name": event.name, "description": event.description,
            "scheduled_start_time": time(event.starts), "scheduled_end_time": time(event.ends),
            "privacy_level": 2, "status": event.status as u8, "entity_type": EXTERNAL, "entity_id": null,
            "entity_metadata": {"location": event.location}, "image": null, "recurrence_rule": null,
            "guild_scheduled_event_exceptions": [], "sku_ids": [],
        });
        if counted {
            shown["user_count"] = json!(event.interested.len());
        }
        shown
    }

    /// The events of a server that are not over, by time.
    pub fn open_events<'a>(&'a self, guild: &'a Guild) -> Vec<&'a Scheduled> {
        let mut open: Vec<&Scheduled> = guild.events.values().filter(|event| event.is_open()).collect();
        open.sort_by_key(|event| (event.starts, event.id));
        open
    }

    /// Events begin at their time and are over at theirs.
    pub fn settle_events(&mut self) {
        let now = self.now;
        if self.event_next.is_none_or(|next| next > now) {
            return;
        }
        let mut changed: Vec<(Timestamp, Id, Id, Status)> = Vec::new();
        let mut next: Option<Timestamp> = None;
        for guild in self.guilds.values() {
            for event in guild.events.values().filter(|event| event.is_open()) {
                let begins = event.status == Status::Scheduled;
                if begins && event.starts <= now {
                    changed.push((event.starts, guild.id, event.id, Status::Active));
                }
                if event.ends <= now {
                    changed.push((event.ends, guild.id, event.id, Status::Completed));
                }
                let due = [event.starts, event.ends].into_iter().filter(|at| *at > now).min();
                next = [next, due].into_iter().flatten().min();
            }
        }
        self.event_next = next;
        changed.sort_by_key(|(at, _, id, status)| (*at, *id, *status as u8));
        for (_, guild, event, status) in changed {
            if let Some(found) = self.guilds.get_mut(&guild).and_then(|guild| guild.events.get_mut(&event)) {
                found.status = status;
            }
            self.tell_event("GUILD_SCHEDULED_EVENT_UPDATE", guild, event);
        }
    }
}
