//! Threads (Channel → Start Thread without Message … List Joined Private Archived Threads; Guild → List Active Guild Threads).

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Answer, Call, guilds, nothing, ok};
use crate::app::App;
use crate::world::World;
use crate::world::guild::Channel;
use crate::world::permissions::{MANAGE_THREADS, READ_MESSAGE_HISTORY};
use crate::world::refusal::{
    MISSING_ACCESS, MISSING_PERMISSIONS, Refusal, UNKNOWN_CHANNEL, UNKNOWN_MEMBER, WRONG_CHANNEL_TYPE,
};
use crate::world::snowflake::Id;
use crate::world::threads::Wish;

/// The largest page of members and of archived threads.
const PAGE: usize = 100;

/// Start Thread without Message.
pub fn start(app: &App, call: &mut Call) -> Answer {
    let parent = call.id(0)?;
    let wish = Wish::read(&call.body, true)?;
    app.world(|world| {
        let id = world.start_thread(parent, world.bot.id, &wish)?;
        let channel = world.channels.get(&id).ok_or(UNKNOWN_CHANNEL)?;
        Ok((StatusCode::CREATED, world.channel_json(channel)))
    })
}

/// The person at the end of the path, or the bot.
fn whom(world: &World, call: &Call) -> Result<Id, Refusal> {
    if call.params.len() < 2 { Ok(world.bot.id) } else { call.id(1) }
}

/// Join Thread, Add Thread Member.
pub fn add(app: &App, call: &mut Call) -> Answer {
    let id = call.id(0)?;
    app.world(|world| {
        let user = whom(world, call)?;
        if user == world.bot.id {
            world.join_thread(id, user)
        } else {
            world.add_to_thread(id, user, world.bot.id)
        }
    })?;
    nothing()
}

/// Leave Thread, Remove Thread Member.
pub fn remove(app: &App, call: &mut Call) -> Answer {
    let id = call.id(0)?;
    app.world(|world| {
        let user = whom(world, call)?;
        world.take_from_thread(id, user, world.bot.id)
    })?;
    nothing()
}

fn readable(world: &World, id: Id) -> Result<&crate::world::thread::Thread, Refusal> {
    world.may_read(id)?;
    Ok(world.thread(id).ok_or(WRONG_CHANNEL_TYPE)?)
}

/// Get Thread Member.
pub fn member(app: &App, call: &mut Call) -> Answer {
    let id = call.id(0)?;
    let whole = call.query("with_member") == Some("true");
    app.world(|world| {
        let user = whom(world, call)?;
        readable(world, id)?;
        let shown =
            if whole { world.whole_thread_member_json(id, user) } else { world.thread_member_json(id, user) };
        ok(shown.ok_or(UNKNOWN_MEMBER)?)
    })
}

/// List Thread Members: only with the privileged intent for members.
pub fn members(app: &App, call: &mut Call) -> Answer {
    let id = call.id(0)?;
    let whole = call.query("with_member") == Some("true");
    let limit = call.limit(PAGE, 1, PAGE)?;
    let after = call.query("after").and_then(|id| id.parse::<Id>().ok());
    app.world(|world| {
        let thread = readable(world, id)?;
        if !world.privileged {
            return Err(MISSING_ACCESS.into());
        }
        let all = thread.members.keys().copied();
        if !whole {
            return ok(all.filter_map(|user| world.thread_member_json(id, user)).collect());
        }
        let page = all.filter(|user| after.is_none_or(|after| *user > after)).take(limit);
        ok(page.filter_map(|user| world.whole_thread_member_json(id, user)).collect())
    })
}

/// Threads, and the bot's membership of each.
fn listed<'a>(world: &'a World, threads: impl Iterator<Item = &'a Channel>) -> Value {
    let mut shown = json!({"threads": [], "members": []});
    for channel in threads {
        if let Some(list) = shown["threads"].as_array_mut() {
            list.push(world.channel_json(channel));
        }
        if let (Some(member), Some(list)) =
            (world.thread_member_json(channel.id, world.bot.id), shown["members"].as_array_mut())
        {
            list.push(member);
        }
    }
    shown
}

/// List Active Guild Threads: by id, descending.
pub fn active(app: &App, call: &mut Call) -> Answer {
    let id = call.id(0)?;
    app.world(|world| {
        let guild = guilds::inside(world, id)?;
        let mut all: Vec<&Channel> = world.active_threads(guild).collect();
        all.sort_by_key(|channel| std::cmp::Reverse(channel.id));
        let mut shown = listed(world, all.into_iter());
        shown["has_more"] = json!(false);
        ok(shown)
    })
}

/// List Public Archived Threads.
pub fn archived_public(app: &App, call: &mut Call) -> Answer {
    archived(app, call, false, 0, |_, _| true)
}

/// List Private Archived Threads.
pub fn archived_private(app: &App, call: &mut Call) -> Answer {
    archived(app, call, true, MANAGE_THREADS, |_, _| true)
}

/// List Joined Private Archived Threads.
pub fn archived_joined(app: &App, call: &mut Call) -> Answer {
    archived(app, call, true, 0, |world, channel| {
        channel.thread.as_ref().is_some_and(|thread| thread.members.contains_key(&world.bot.id))
    })
}

/// Archived threads of a channel: the ones that were archived last first, and the bot's own by id.
fn archived(
    app: &App,
    call: &Call,
    private: bool,
    needed: u64,
    wanted: fn(&World, &Channel) -> bool,
) -> Answer {
    let parent = call.id(0)?;
    let limit = call.limit(PAGE, 2, PAGE)?;
    let before = call.query("before");
    app.world(|world| {
        world.may_read(parent)?;
        let granted = world.granted(parent, world.bot.id);
        if granted & (READ_MESSAGE_HISTORY | needed) != READ_MESSAGE_HISTORY | needed {
            return Err(MISSING_PERMISSIONS.into());
        }
        let mut all: Vec<(Timestamp, &Channel)> = world
            .channels
            .values()
            .filter_map(|channel| {
                let thread = channel.thread.as_ref()?;
                let fits = thread.parent == parent && thread.archived && thread.private == private;
                (fits && wanted(world, channel)).then_some((thread.archive_changed, channel))
            })
            .collect();
        let earlier = |(at, channel): &(Timestamp, &Channel)| match before {
            None => true,
            Some(text) => match (text.parse::<Timestamp>(), text.parse::<Id>()) {
                (Ok(before), _) => *at < before,
                (_, Ok(before)) => channel.id < before,
                _ => true,
            },
        };
        all.retain(earlier);
        all.sort_by_key(|(at, channel)| std::cmp::Reverse((*at, channel.id)));
        let mut shown = listed(world, all.iter().take(limit).map(|(_, channel)| *channel));
        shown["has_more"] = json!(all.len() > limit);
        ok(shown)
    })
}
