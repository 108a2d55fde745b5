//! Private threads: who may start one where, starting it with somebody in it, seeing whether it still stands
//! (Discord: "Threads"; "Channel", "Start Thread without Message", "Add Thread Member").
//!
//! These are requests that somebody waits for, and none of them may be made inside a transaction. What a crash leaves:
//!
//! | moment | state | who goes on |
//! | --- | --- | --- |
//! | before Discord has started the thread | nothing | the person asks again |
//! | started, nobody added | a thread of that name with Kith alone in it: nobody sees it but moderators, and Discord archives it after a week | a repeat starts another one |
//! | added, not yet remembered | a thread with the person in it and no word from Kith | a repeat finds it by its name, its starter and its member, and takes it |
//! | remembered | the thread, and what is to come there | nobody needs to |
//!
//! A request whose end is not known leaves one of these, too.

use serde_json::json;
use serenity::all::{Channel, ChannelType, GuildChannel, Http, LightMethod, Permissions, Request, Route};
use serenity::http::HttpError;

use super::person::Place;
use crate::id::{ChannelId, UserId};

/// After how many minutes of rest Discord archives a thread of Kith's: a week, its most.
pub const REST: u16 = 10_080;
/// Discord's codes: unknown channel, missing access, missing permissions, wrong type of channel, archived, too many
/// active threads.
const UNKNOWN_CHANNEL: isize = 10_003;
const MISSING_ACCESS: isize = 50_001;
const MISSING_PERMISSIONS: isize = 50_013;
const WRONG_TYPE: isize = 50_024;
const ARCHIVED: isize = 50_083;
const FULL: isize = 160_006;
/// Most characters in a thread's name.
const NAME: usize = 100;

/// Why there is no private thread.
#[derive(Debug, thiserror::Error)]
pub enum NoThread {
    /// Kith is not in the server, or nowhere in one.
    #[error("not in a server that Kith is in")]
    NoServer,
    /// Private threads are only in text channels.
    #[error("not a text channel")]
    NoTextChannel,
    /// Kith lacks these permissions in the channel.
    #[error("missing: {0:?}")]
    Missing(Permissions),
    /// The server has as many active threads as it can hold.
    #[error("the server is full of threads")]
    Full,
    /// Anything else.
    #[error("{0}")]
    Broken(Box<serenity::Error>),
}

/// Whether a private thread can be started where somebody is, as far as the interaction tells.
///
/// # Errors
/// See [`NoThread`].
pub fn allowed(place: Option<&Place>) -> Result<&Place, NoThread> {
    let place = place.filter(|place| place.installed).ok_or(NoThread::NoServer)?;
    if !place.text {
        return Err(NoThread::NoTextChannel);
    }
    let missing = needed(place.permissions) - place.permissions;
    if missing.is_empty() { Ok(place) } else { Err(NoThread::Missing(missing)) }
}

/// What Kith needs in a channel for a private thread in it. Where writing in the channel itself is
/// not allowed, Discord shows embeds as not allowed either, though they are in threads.
fn needed(granted: Permissions) -> Permissions {
    let needed = Permissions::VIEW_CHANNEL
        | Permissions::CREATE_PRIVATE_THREADS
        | Permissions::SEND_MESSAGES_IN_THREADS
        | Permissions::READ_MESSAGE_HISTORY;
    if granted.send_messages() { needed | Permissions::EMBED_LINKS } else { needed }
}

/// Starts a private thread with somebody in it, or takes the one that an attempt before has left.
///
/// # Errors
/// See [`NoThread`].
pub async fn private(http: &Http, place: &Place, name: &str, user: UserId) -> Result<ChannelId, NoThread> {
    let name: String = name.chars().take(NAME).collect();
    if let Some(left) = left_over(http, place, &name, user).await? {
        return Ok(left);
    }
    let managing = place.permissions.manage_threads();
    let wish = json!({
        "name": name, "type": u8::from(ChannelType::PrivateThread), "auto_archive_duration": REST,
        // Only moderators can add people to a thread that is not, so Kith must be one.
        "invitable": !managing,
    });
    let started = http.create_thread(place.channel.0.into(), &wish, None).await.map_err(why)?;
    let thread = ChannelId(started.id.get());
    if let Err(error) = http.add_thread_channel_member(started.id, user.0.into()).await {
        // Not worth a word if it stays: nobody is in it.
        if let Err(error) = http.delete_channel(started.id, None).await {
            tracing::debug!(%thread, %error, "a thread without its member stays");
        }
        return Err(why(error));
    }
    Ok(thread)
}

/// A thread of this name that Kith started in this channel and that somebody is in: left by an attempt before.
async fn left_over(
    http: &Http,
    place: &Place,
    name: &str,
    user: UserId,
) -> Result<Option<ChannelId>, NoThread> {
    let active = http.get_guild_active_threads(place.guild.0.into()).await.map_err(why)?;
    let own = |thread: &&GuildChannel| {
        thread.kind == ChannelType::PrivateThread
            && thread.owner_id.map(serenity::all::UserId::get) == Some(place.own.0)
            && thread.parent_id.map(serenity::all::ChannelId::get) == Some(place.channel.0)
            && thread.name == name
    };
    for thread in active.threads.iter().filter(own) {
        if is_in(http, ChannelId(thread.id.get()), user).await? {
            return Ok(Some(ChannelId(thread.id.get())));
        }
    }
    Ok(None)
}

/// Whether somebody is in a thread ("Get Thread Member", which needs no intent).
async fn is_in(http: &Http, thread: ChannelId, user: UserId) -> Result<bool, NoThread> {
    let route = Route::ChannelThreadMember { channel_id: thread.0.into(), user_id: user.0.into() };
    let found: serenity::Result<serde_json::Value> = http.fire(Request::new(route, LightMethod::Get)).await;
    match found {
        Ok(_) => Ok(true),
        Err(serenity::Error::Http(HttpError::UnsuccessfulRequest(response)))
            if response.status_code.as_u16() == 404 =>
        {
            Ok(false)
        }
        Err(error) => Err(NoThread::Broken(Box::new(error))),
    }
}

/// Whether a thread still stands where Kith may write in it, with somebody in it; who left it is added again.
///
/// # Errors
/// Discord cannot be asked.
pub async fn stands(http: &Http, thread: ChannelId, user: UserId) -> Result<bool, NoThread> {
    let gone = |error: &serenity::Error| {
        matches!(code(error), Some(UNKNOWN_CHANNEL | MISSING_ACCESS | MISSING_PERMISSIONS))
    };
    match http.get_channel(thread.0.into()).await {
        Ok(Channel::Guild(found)) => {
            let locked = found.thread_metadata.is_some_and(|metadata| metadata.locked);
            if locked {
                return Ok(false);
            }
        }
        Ok(_) => return Ok(false),
        Err(error) if gone(&error) => return Ok(false),
        Err(error) => return Err(NoThread::Broken(Box::new(error))),
    }
    match http.add_thread_channel_member(thread.0.into(), user.0.into()).await {
        Ok(()) => Ok(true),
        // The next letter wakes it.
        Err(error) if code(&error) == Some(ARCHIVED) => is_in(http, thread, user).await,
        Err(error) if gone(&error) => Ok(false),
        Err(error) => Err(NoThread::Broken(Box::new(error))),
    }
}

fn code(error: &serenity::Error) -> Option<isize> {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => Some(response.error.code),
        _ => None,
    }
}

fn why(error: serenity::Error) -> NoThread {
    match code(&error) {
        // What is missing is not said; what the interaction told was enough, so it changed since.
        Some(MISSING_ACCESS | MISSING_PERMISSIONS) => NoThread::Missing(needed(Permissions::all())),
        Some(WRONG_TYPE | UNKNOWN_CHANNEL) => NoThread::NoTextChannel,
        Some(FULL) => NoThread::Full,
        _ => NoThread::Broken(Box::new(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::GuildId;

    fn place(permissions: Permissions) -> Place {
        let (guild, channel, own) = (GuildId(1), ChannelId(2), UserId(3));
        Place { guild, channel, text: true, installed: true, permissions, own }
    }

    #[test]
    fn what_is_missing_is_named_and_nothing_else() {
        let all = needed(Permissions::all());
        assert!(allowed(Some(&place(all | Permissions::SEND_MESSAGES))).is_ok());
        let silent = all - Permissions::EMBED_LINKS;
        assert!(allowed(Some(&place(silent))).is_ok(), "a channel that one only reads");
        let missing = allowed(Some(&place(silent | Permissions::SEND_MESSAGES))).unwrap_err();
        assert!(matches!(missing, NoThread::Missing(names) if names == Permissions::EMBED_LINKS));
        let missing = allowed(Some(&place(Permissions::VIEW_CHANNEL))).unwrap_err();
        assert!(
            matches!(missing, NoThread::Missing(names) if names == all - Permissions::VIEW_CHANNEL - Permissions::EMBED_LINKS)
        );
        assert!(matches!(allowed(None), Err(NoThread::NoServer)));
        let elsewhere = Place { installed: false, ..place(all) };
        assert!(matches!(allowed(Some(&elsewhere)), Err(NoThread::NoServer)));
        let voice = Place { text: false, ..place(all) };
        assert!(matches!(allowed(Some(&voice)), Err(NoThread::NoTextChannel)));
    }
}
