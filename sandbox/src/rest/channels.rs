//! Channels and messages (Channel, Message, User → Create DM).

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Answer, Call, nothing, ok, written};
use crate::app::App;
use crate::world::World;
use crate::world::draft::Draft;
use crate::world::message::Message;
use crate::world::objects::time;
use crate::world::refusal::{MISSING_PERMISSIONS, Refusal, UNKNOWN_CHANNEL};
use crate::world::snowflake::Id;

/// The largest page of pins.
const PINS_PAGE: usize = 50;

/// Create DM.
pub fn open_dm(app: &App, call: &mut Call) -> Answer {
    let recipient = &call.body["recipient_id"];
    let id = recipient.as_str().and_then(|id| id.parse().ok()).or_else(|| recipient.as_u64().map(Id));
    let id: Id =
        id.ok_or_else(|| Refusal::form("recipient_id", "BASE_TYPE_REQUIRED", "This field is required"))?;
    app.world(|world| {
        let channel = world.create_dm(id)?;
        let channel = world.channels.get(&channel).ok_or(UNKNOWN_CHANNEL)?;
        ok(world.channel_json(channel))
    })
}

/// Get Channel.
pub fn read(app: &App, call: &mut Call) -> Answer {
    let id = call.id(0)?;
    app.world(|world| {
        world.may_read(id)?;
        let channel = world.channels.get(&id).ok_or(UNKNOWN_CHANNEL)?;
        ok(world.channel_json(channel))
    })
}

/// Which messages Get Channel Messages means.
struct Wanted {
    limit: usize,
    before: Option<Id>,
    after: Option<Id>,
    around: Option<Id>,
}

fn wanted(call: &Call) -> Result<Wanted, Refusal> {
    let id = |name: &str| match call.query(name) {
        None | Some("") => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| {
            Refusal::form(name, "NUMBER_TYPE_COERCE", format!("Value \"{text}\" is not snowflake."))
        }),
    };
    let limit = call.limit(50, 1, 100)?;
    let wanted = Wanted { limit, before: id("before")?, after: id("after")?, around: id("around")? };
    let given = [wanted.before, wanted.after, wanted.around].iter().flatten().count();
    if given > 1 {
        return Err(Refusal::form(
            "",
            "MUTUALLY_EXCLUSIVE",
            "`before`, `after` and `around` are mutually exclusive.",
        ));
    }
    Ok(wanted)
}

impl Wanted {
    /// Picks from ids in growing order; the newest come first in the answer.
    fn pick(&self, ids: &[Id]) -> Vec<Id> {
        let below = |bound: Id| ids.partition_point(|id| *id < bound);
        let range = if let Some(before) = self.before {
            let end = below(before);
            end.saturating_sub(self.limit)..end
        } else if let Some(after) = self.after {
            let start = ids.partition_point(|id| *id <= after);
            start..(start + self.limit).min(ids.len())
        } else if let Some(around) = self.around {
            let start = below(around).saturating_sub(self.limit / 2);
            start..(start + self.limit).min(ids.len())
        } else {
            ids.len().saturating_sub(self.limit)..ids.len()
        };
        ids[range].iter().rev().copied().collect()
    }
}

/// Get Channel Messages: newest first.
pub fn messages(app: &App, call: &mut Call) -> Answer {
    let channel = call.id(0)?;
    let wanted = wanted(call)?;
    app.world(|world| {
        world.may_read(channel)?;
        let found = world.channels.get(&channel).ok_or(UNKNOWN_CHANNEL)?;
        if !world.remembers(channel) {
            return ok(Value::Array(Vec::new()));
        }
        let picked = wanted.pick(&found.messages);
        ok(picked
            .iter()
            .filter_map(|id| world.messages.get(id))
            .map(|message| world.read_json(message))
            .collect())
    })
}

/// Get Channel Message.
pub fn message(app: &App, call: &mut Call) -> Answer {
    let (channel, id) = (call.id(0)?, call.id(1)?);
    app.world(|world| {
        let message = world.readable(channel, id)?;
        if !world.remembers(channel) {
            return Err(MISSING_PERMISSIONS.into());
        }
        ok(world.read_json(message))
    })
}

/// Create Message.
pub fn send(app: &App, call: &mut Call) -> Answer {
    let channel = call.id(0)?;
    let uploads = std::mem::take(&mut call.uploads);
    let draft = Draft::read(call.body.take(), uploads)?;
    let id = app.world(|world| world.send(channel, draft))?;
    written(app, id)
}

/// Edit Message.
pub fn edit(app: &App, call: &mut Call) -> Answer {
    let (channel, id) = (call.id(0)?, call.id(1)?);
    let uploads = std::mem::take(&mut call.uploads);
    let v2 = app.world(|world| world.readable(channel, id).map(Message::is_v2))?;
    let draft = Draft::change(call.body.take(), uploads, v2)?;
    app.world(|world| world.edit_own(channel, id, draft))?;
    written(app, id)
}

/// Delete Message.
pub fn delete(app: &App, call: &mut Call) -> Answer {
    let (channel, id) = (call.id(0)?, call.id(1)?);
    app.world(|world| world.delete(channel, id))?;
    nothing()
}

/// Pin Message.
pub fn pin(app: &App, call: &mut Call) -> Answer {
    let (channel, id) = (call.id(0)?, call.id(1)?);
    app.world(|world| world.pin(channel, id, true))?;
    nothing()
}

/// Unpin Message.
pub fn unpin(app: &App, call: &mut Call) -> Answer {
    let (channel, id) = (call.id(0)?, call.id(1)?);
    app.world(|world| world.pin(channel, id, false))?;
    nothing()
}

/// What is pinned, the latest first: when, and the message.
fn pinned(world: &World, channel: Id) -> Result<Vec<(Timestamp, Value)>, Refusal> {
    world.may_read(channel)?;
    let found = world.channels.get(&channel).ok_or(UNKNOWN_CHANNEL)?;
    if !world.remembers(channel) {
        return Ok(Vec::new());
    }
    let pins = found.pins.iter().rev();
    Ok(pins.filter_map(|(id, at)| Some((*at, world.read_json(world.messages.get(id)?)))).collect())
}

/// Get Channel Pins.
pub fn pins(app: &App, call: &mut Call) -> Answer {
    let channel = call.id(0)?;
    let most = call.limit(PINS_PAGE, 1, PINS_PAGE)?;
    let before = call.query("before").and_then(|before| before.parse::<Timestamp>().ok());
    app.world(|world| {
        let mut all = pinned(world, channel)?;
        all.retain(|(at, _)| before.is_none_or(|before| *at < before));
        let more = all.len() > most;
        let items: Vec<Value> = (all.into_iter().take(most))
            .map(|(at, message)| json!({"pinned_at": time(at), "message": message}))
            .collect();
        ok(json!({"items": items, "has_more": more}))
    })
}

/// Get Pinned Messages (deprecated): the first fifty.
pub fn pins_of_old(app: &App, call: &mut Call) -> Answer {
    let channel = call.id(0)?;
    app.world(|world| {
        let all = pinned(world, channel)?;
        ok(all.into_iter().take(PINS_PAGE).map(|(_, message)| message).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pick(limit: usize, before: Option<u64>, after: Option<u64>, around: Option<u64>) -> Vec<u64> {
        let ids: Vec<Id> = (1..=9).map(Id).collect();
        let wanted = Wanted { limit, before: before.map(Id), after: after.map(Id), around: around.map(Id) };
        wanted.pick(&ids).into_iter().map(|id| id.0).collect()
    }

    #[test]
    fn newest_first_and_as_asked() {
        assert_eq!(pick(3, None, None, None), [9, 8, 7]);
        assert_eq!(pick(3, Some(5), None, None), [4, 3, 2]);
        assert_eq!(pick(3, None, Some(5), None), [8, 7, 6]);
        assert_eq!(pick(3, None, None, Some(5)), [6, 5, 4]);
        assert_eq!(pick(50, Some(2), None, None), [1]);
        assert!(pick(5, None, Some(9), None).is_empty());
    }
}
