//! What a member may do (Permissions → Permission Hierarchy, Permission Overwrites, Implicit Permissions).

use super::guild::{Channel, Guild, Overwrite};
use super::snowflake::Id;
use super::thread::Thread;

/// Everything.
pub const ADMINISTRATOR: u64 = 1 << 3;
/// Changing and deleting channels.
pub const MANAGE_CHANNELS: u64 = 1 << 4;
/// Seeing a channel and reading what comes.
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// Writing to a channel.
pub const SEND_MESSAGES: u64 = 1 << 11;
/// Deleting what others wrote.
pub const MANAGE_MESSAGES: u64 = 1 << 13;
/// Embeds.
pub const EMBED_LINKS: u64 = 1 << 14;
/// Files.
pub const ATTACH_FILES: u64 = 1 << 15;
/// Reading what was written before.
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// Pinging everyone.
pub const MENTION_EVERYONE: u64 = 1 << 17;
/// Slash commands and menus.
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
/// Changing and deleting threads, and seeing all private ones.
pub const MANAGE_THREADS: u64 = 1 << 34;
/// Starting public threads.
pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
/// Starting private threads.
pub const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
/// Writing in threads.
pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
/// What everybody may do in a new server: Discord's own default for `@everyone`.
pub const EVERYONE_DEFAULT: u64 = 2_248_473_465_835_073;
/// All bits that Discord has given a meaning (the highest is 1 << 52).
pub const ALL: u64 = (1 << 53) - 1;
/// What somebody in time-out keeps.
const TIMED_OUT: u64 = VIEW_CHANNEL | READ_MESSAGE_HISTORY;

/// What `user` may do in the server as a whole; nothing for who is not in it.
pub fn in_guild(guild: &Guild, user: Id) -> u64 {
    let Some(member) = guild.members.get(&user) else { return 0 };
    if guild.owner == user {
        return ALL;
    }
    let granted = guild
        .roles
        .values()
        .filter(|role| role.id == guild.id || member.roles.contains(&role.id))
        .fold(0, |sum, role| sum | role.permissions);
    if granted & ADMINISTRATOR != 0 { ALL } else { granted }
}

/// What `user` may do in `channel`, its overwrites applied: of `@everyone`, of the roles, of the member.
pub fn in_channel(guild: &Guild, channel: &Channel, user: Id) -> u64 {
    implied(with_overwrites(guild, channel, user), SEND_MESSAGES)
}

/// What `user` may do in a thread of the channel `parent` (Threads → Permissions): what they may do there, but writing
/// takes a permission of its own, and a private thread is nothing to who is neither in it nor a moderator.
pub fn in_thread(guild: &Guild, parent: &Channel, thread: &Thread, user: Id) -> u64 {
    let allowed = with_overwrites(guild, parent, user);
    if thread.private && !thread.members.contains_key(&user) && allowed & MANAGE_THREADS == 0 {
        return 0;
    }
    implied(allowed, SEND_MESSAGES_IN_THREADS)
}

fn with_overwrites(guild: &Guild, channel: &Channel, user: Id) -> u64 {
    let base = in_guild(guild, user);
    if base & ADMINISTRATOR != 0 || base == 0 {
        return base;
    }
    let Some(member) = guild.members.get(&user) else { return 0 };
    let apply = |base: u64, deny: u64, allow: u64| (base & !deny) | allow;
    let own = |id: Id| channel.overwrites.iter().find(move |overwrite| overwrite.id == id);
    let mut allowed = base;
    if let Some(Overwrite { allow, deny, .. }) = own(guild.id) {
        allowed = apply(allowed, *deny, *allow);
    }
    let (deny, allow) = member
        .roles
        .iter()
        .filter_map(|role| own(*role))
        .fold((0, 0), |(deny, allow), overwrite| (deny | overwrite.deny, allow | overwrite.allow));
    allowed = apply(allowed, deny, allow);
    if let Some(Overwrite { allow, deny, .. }) = own(user) {
        allowed = apply(allowed, *deny, *allow);
    }
    if member.timed_out {
        allowed &= TIMED_OUT;
    }
    allowed
}

/// Without VIEW_CHANNEL nothing is left; without the permission to write nothing that goes with a message.
fn implied(allowed: u64, writing: u64) -> u64 {
    if allowed & VIEW_CHANNEL == 0 {
        0
    } else if allowed & writing == 0 {
        allowed & !(MENTION_EVERYONE | EMBED_LINKS | ATTACH_FILES)
    } else {
        allowed
    }
}
