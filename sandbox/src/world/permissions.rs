//! What a member may do (Permissions → Permission Hierarchy, Permission Overwrites, Implicit Permissions, Inherited
//! Permissions (Threads), Permissions for Timed Out Members).

use jiff::Timestamp;

use super::guild::{Channel, Guild, Overwrite};
use super::snowflake::Id;
use super::thread::Thread;

/// Everything.
pub const ADMINISTRATOR: u64 = 1 << 3;
/// Making, changing and deleting channels.
pub const MANAGE_CHANNELS: u64 = 1 << 4;
/// Seeing a channel and reading what comes.
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// Writing to a channel.
pub const SEND_MESSAGES: u64 = 1 << 11;
/// Having messages read aloud.
const SEND_TTS_MESSAGES: u64 = 1 << 12;
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
/// Making, changing, deleting and giving roles; in a channel: its overwrites.
pub const MANAGE_ROLES: u64 = 1 << 28;
/// Slash commands and menus.
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
/// Changing and deleting everybody's scheduled events.
pub const MANAGE_EVENTS: u64 = 1 << 33;
/// Changing and deleting threads, and seeing all private ones.
pub const MANAGE_THREADS: u64 = 1 << 34;
/// Starting public threads.
pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
/// Starting private threads.
pub const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
/// Writing in threads.
pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
/// Making scheduled events, and changing and deleting one's own.
pub const CREATE_EVENTS: u64 = 1 << 44;
/// Pinning messages.
pub const PIN_MESSAGES: u64 = 1 << 51;
/// What everybody may do in a new server: Discord's own default for `@everyone`.
pub const EVERYONE_DEFAULT: u64 = 2_248_473_465_835_073;
/// All bits that Discord has given a meaning (the highest is 1 << 52).
pub const ALL: u64 = (1 << 53) - 1;
/// What somebody in time-out keeps.
const TIMED_OUT: u64 = VIEW_CHANNEL | READ_MESSAGE_HISTORY;

/// What `user` may do in the server as a whole at `now`; nothing for who is not in it.
pub fn in_guild(guild: &Guild, user: Id, now: Timestamp) -> u64 {
    timed_out(guild, user, now, of_roles(guild, user))
}

fn of_roles(guild: &Guild, user: Id) -> u64 {
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

/// Who is in time-out keeps next to nothing, unless they are the owner or an administrator.
fn timed_out(guild: &Guild, user: Id, now: Timestamp, allowed: u64) -> u64 {
    let out = guild.members.get(&user).and_then(|member| member.timed_out).is_some_and(|until| until > now);
    if out && allowed & ADMINISTRATOR == 0 { allowed & TIMED_OUT } else { allowed }
}

/// What `user` may do in `channel`, its overwrites applied: of `@everyone`, of the roles, of the member.
pub fn in_channel(guild: &Guild, channel: &Channel, user: Id, now: Timestamp) -> u64 {
    implied(with_overwrites(guild, channel, user, now), SEND_MESSAGES)
}

/// What `user` may do in a thread of the channel `parent` (Threads → Permissions): what they may do there, but writing
/// takes a permission of its own, and a private thread is nothing to who is neither in it nor a moderator.
pub fn in_thread(guild: &Guild, parent: &Channel, thread: &Thread, user: Id, now: Timestamp) -> u64 {
    let allowed = with_overwrites(guild, parent, user, now);
    if thread.private && !thread.members.contains_key(&user) && allowed & MANAGE_THREADS == 0 {
        return 0;
    }
    implied(allowed, SEND_MESSAGES_IN_THREADS)
}

fn with_overwrites(guild: &Guild, channel: &Channel, user: Id, now: Timestamp) -> u64 {
    let base = of_roles(guild, user);
    let Some(member) = guild.members.get(&user) else { return 0 };
    if base & ADMINISTRATOR != 0 {
        return base;
    }
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
    timed_out(guild, user, now, allowed)
}

/// Without VIEW_CHANNEL nothing is left; without the permission to write nothing that goes with a message.
fn implied(allowed: u64, writing: u64) -> u64 {
    if allowed & VIEW_CHANNEL == 0 {
        0
    } else if allowed & writing == 0 {
        allowed & !(MENTION_EVERYONE | SEND_TTS_MESSAGES | EMBED_LINKS | ATTACH_FILES)
    } else {
        allowed
    }
}

/// The place of the highest role of `user`; 0 where they have none but `@everyone`.
pub fn rank(guild: &Guild, user: Id) -> usize {
    let roles = guild.members.get(&user).map_or(&[][..], |member| &member.roles);
    roles.iter().filter_map(|role| guild.roles.get(role)).map(|role| role.position).max().unwrap_or(0)
}

/// Whether a role stands below what `user` may touch: below their highest one. A server's owner touches all.
pub fn outranks(guild: &Guild, user: Id, position: usize) -> bool {
    guild.owner == user || rank(guild, user) > position
}

#[cfg(test)]
mod tests {
    use super::super::guild::{ChannelKind, Member, Role};
    use super::*;

    const OWNER: Id = Id(1);
    const ANA: Id = Id(2);
    const HELPER: Id = Id(10);
    const GUEST: Id = Id(11);
    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn town() -> Guild {
        let role =
            |id, name: &str, permissions, position| Role { permissions, position, ..Role::new(id, name) };
        let member = |roles: &[Id]| Member { roles: roles.to_vec(), joined: NOW, timed_out: None };
        let everyone = VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | READ_MESSAGE_HISTORY;
        Guild {
            id: Id(100),
            name: "Town".to_owned(),
            owner: OWNER,
            roles: [
                (Id(100), role(Id(100), "@everyone", everyone, 0)),
                (GUEST, role(GUEST, "guest", 0, 1)),
                (HELPER, role(HELPER, "helper", MANAGE_THREADS, 2)),
            ]
            .into(),
            members: [(OWNER, member(&[])), (ANA, member(&[HELPER, GUEST]))].into(),
            channels: Vec::new(),
            threads: Vec::new(),
            events: [].into(),
        }
    }

    fn channel(overwrites: &[(Id, u64, u64)]) -> Channel {
        let mut channel = Channel::new(Id(200), ChannelKind::Text);
        channel.overwrites = overwrites
            .iter()
            .map(|(id, allow, deny)| Overwrite { id: *id, member: *id == ANA, allow: *allow, deny: *deny })
            .collect();
        channel
    }

    fn ana(guild: &Guild, overwrites: &[(Id, u64, u64)]) -> u64 {
        in_channel(guild, &channel(overwrites), ANA, NOW)
    }

    #[test]
    fn roles_add_up_and_the_owner_may_all() {
        let guild = town();
        assert_eq!(in_guild(&guild, OWNER, NOW), ALL);
        assert_eq!(in_guild(&guild, Id(3), NOW), 0, "not in it");
        assert_ne!(in_guild(&guild, ANA, NOW) & MANAGE_THREADS, 0);
        assert_eq!(in_channel(&guild, &channel(&[(Id(100), 0, ALL)]), OWNER, NOW), ALL);
    }

    #[test]
    fn overwrites_apply_from_everyone_over_roles_to_the_member() {
        let guild = town();
        assert_eq!(ana(&guild, &[(Id(100), 0, VIEW_CHANNEL)]), 0);
        assert_ne!(ana(&guild, &[(Id(100), 0, VIEW_CHANNEL), (GUEST, VIEW_CHANNEL, 0)]), 0);
        // Of several roles what one allows outweighs what another denies, wherever they stand.
        let both = [(HELPER, 0, SEND_MESSAGES), (GUEST, SEND_MESSAGES, 0)];
        assert_ne!(ana(&guild, &both) & SEND_MESSAGES, 0);
        let own = [(GUEST, SEND_MESSAGES, 0), (ANA, 0, SEND_MESSAGES)];
        assert_eq!(ana(&guild, &own) & SEND_MESSAGES, 0);
        assert_ne!(ana(&guild, &[(ANA, ATTACH_FILES, 0)]) & ATTACH_FILES, 0);
    }

    #[test]
    fn an_administrator_is_bound_by_no_overwrite() {
        let mut guild = town();
        guild.roles.get_mut(&HELPER).unwrap().permissions = ADMINISTRATOR;
        assert_eq!(ana(&guild, &[(ANA, 0, ALL)]), ALL);
        guild.members.get_mut(&ANA).unwrap().timed_out = Some(Timestamp::MAX);
        assert_eq!(ana(&guild, &[]), ALL);
    }

    #[test]
    fn what_goes_with_writing_goes_without_it() {
        let guild = town();
        let silent = ana(&guild, &[(ANA, ATTACH_FILES | MENTION_EVERYONE, SEND_MESSAGES)]);
        assert_eq!(silent & (EMBED_LINKS | ATTACH_FILES | MENTION_EVERYONE), 0);
        assert_ne!(silent & MANAGE_THREADS, 0);
    }

    #[test]
    fn who_is_in_time_out_only_reads() {
        let mut guild = town();
        guild.members.get_mut(&ANA).unwrap().timed_out = Some(Timestamp::constant(60, 0));
        assert_eq!(ana(&guild, &[(ANA, ATTACH_FILES, 0)]), VIEW_CHANNEL | READ_MESSAGE_HISTORY);
        assert_eq!(in_guild(&guild, ANA, NOW), VIEW_CHANNEL | READ_MESSAGE_HISTORY);
        let over = Timestamp::constant(60, 0);
        assert_ne!(in_guild(&guild, ANA, over) & SEND_MESSAGES, 0);
    }

    #[test]
    fn one_touches_what_is_below_ones_highest_role() {
        let guild = town();
        assert_eq!((rank(&guild, ANA), rank(&guild, Id(3))), (2, 0));
        assert!(outranks(&guild, ANA, 1) && !outranks(&guild, ANA, 2));
        assert!(outranks(&guild, OWNER, 9));
    }

    #[test]
    fn threads_inherit_but_for_writing() {
        let guild = town();
        let thread = |members: &[Id]| Thread {
            parent: Id(200),
            owner: OWNER,
            private: true,
            invitable: true,
            auto_archive: 60,
            archived: false,
            locked: false,
            archive_changed: NOW,
            active: NOW,
            created: NOW,
            slow: 0,
            sent: 0,
            members: members.iter().map(|id| (*id, NOW)).collect(),
        };
        let at = |overwrites: &[(Id, u64, u64)], members: &[Id]| {
            in_thread(&guild, &channel(overwrites), &thread(members), ANA, NOW)
        };
        let plain = [(HELPER, 0, MANAGE_THREADS)];
        assert_eq!(at(&plain, &[]), 0, "not in it and no moderator");
        assert_ne!(at(&[], &[]) & VIEW_CHANNEL, 0, "a moderator");
        assert_eq!(at(&plain, &[ANA]) & EMBED_LINKS, 0, "SEND_MESSAGES counts for nothing");
        let writes = [(HELPER, SEND_MESSAGES_IN_THREADS, MANAGE_THREADS), (ANA, 0, SEND_MESSAGES)];
        assert_ne!(at(&writes, &[ANA]) & EMBED_LINKS, 0);
        assert_eq!(at(&[(ANA, 0, VIEW_CHANNEL)], &[ANA]), 0);
    }
}
