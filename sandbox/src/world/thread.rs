//! Threads: what they are and how they are shown (Threads; Channel → Thread Metadata, Thread Member).

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::World;
use super::guild::{Channel, Guild};
use super::message::Message;
use super::objects::time;
use super::snowflake::Id;

/// How many active threads a server holds.
pub const ACTIVE_MOST: usize = 1_000;
/// How many people a thread holds.
pub const MEMBERS_MOST: usize = 1_000;
/// After how many minutes of rest a thread may be archived of itself.
pub const AUTO_ARCHIVE: [u64; 4] = [60, 1_440, 4_320, 10_080];
/// Up to how many its members are counted.
const COUNTED: usize = 50;

/// What makes a channel a thread.
#[derive(Clone, Debug)]
pub struct Thread {
    /// The channel that it is in.
    pub parent: Id,
    /// Who started it.
    pub owner: Id,
    /// Whether only its members see it, and moderators.
    pub private: bool,
    /// Whether others than moderators may add people.
    pub invitable: bool,
    /// After how many minutes of rest it is archived.
    pub auto_archive: i64,
    /// Whether it is archived.
    pub archived: bool,
    /// Whether only moderators may write and wake it.
    pub locked: bool,
    /// When it was last archived, woken, or given another time of rest.
    pub archive_changed: Timestamp,
    /// When something last happened in it that counts as activity.
    pub active: Timestamp,
    /// When it was started.
    pub created: Timestamp,
    /// How many seconds a person must wait between two messages; shown only.
    pub slow: u64,
    /// How many messages were ever sent.
    pub sent: u64,
    /// Who is in it, and since when.
    pub members: BTreeMap<Id, Timestamp>,
}

impl Thread {
    /// When it is archived if it rests.
    pub fn rests_until(&self) -> Timestamp {
        self.active.checked_add(SignedDuration::from_mins(self.auto_archive)).unwrap_or(Timestamp::MAX)
    }
}

impl World {
    /// The thread with this id.
    pub fn thread(&self, id: Id) -> Option<&Thread> {
        self.channels.get(&id)?.thread.as_ref()
    }

    /// A thread (Channel → Channel Object), with the bot's membership if it is in it.
    pub(super) fn thread_json(&self, channel: &Channel, thread: &Thread) -> Value {
        let mut metadata = json!({
            "archived": thread.archived, "archive_timestamp": time(thread.archive_changed),
            "auto_archive_duration": thread.auto_archive, "locked": thread.locked,
            "create_timestamp": time(thread.created),
        });
        if thread.private {
            metadata["invitable"] = json!(thread.invitable);
        }
        let mut shown = json!({
            "id": channel.id, "type": channel.kind as u8, "last_message_id": channel.messages.last(), "flags": 0,
            "last_pin_timestamp": self.last_pin(channel), "guild_id": channel.guild, "name": channel.name, "parent_id": thread.parent,
            "rate_limit_per_user": thread.slow, "owner_id": thread.owner, "thread_metadata": metadata,
            "message_count": channel.messages.len(), "total_message_sent": thread.sent,
            "member_count": thread.members.len().min(COUNTED),
        });
        if let Some(member) = self.thread_member_json(channel.id, self.bot.id) {
            shown["member"] = member;
        }
        shown
    }

    /// Somebody in a thread (Channel → Thread Member Object).
    pub fn thread_member_json(&self, thread: Id, user: Id) -> Option<Value> {
        let joined = self.thread(thread)?.members.get(&user)?;
        Some(json!({"id": thread, "user_id": user, "join_timestamp": time(*joined), "flags": 0}))
    }

    /// The same with the member of the server.
    pub fn whole_thread_member_json(&self, thread: Id, user: Id) -> Option<Value> {
        let mut member = self.thread_member_json(thread, user)?;
        let guild = self.channels.get(&thread).and_then(|thread| self.guilds.get(&thread.guild?));
        if let Some(found) = guild.and_then(|guild| self.member_json(guild, user)) {
            member["member"] = found;
        }
        Some(member)
    }

    /// The threads of a server that are active and that the bot sees.
    pub fn active_threads<'a>(&'a self, guild: &'a Guild) -> impl Iterator<Item = &'a Channel> {
        let all = guild.threads.iter().filter_map(|id| self.channels.get(id));
        let active = all.filter(|channel| channel.thread.as_ref().is_some_and(|thread| !thread.archived));
        active.filter(|channel| self.bot_sees(channel.id))
    }

    /// What Guild Create says of threads: the bot's membership stands there without the ids.
    pub(super) fn guild_create_threads(&self, guild: &Guild) -> Value {
        self.active_threads(guild)
            .map(|channel| {
                let mut shown = self.channel_json(channel);
                if let Some(member) = shown["member"].as_object_mut() {
                    member.remove("id");
                    member.remove("user_id");
                }
                shown
            })
            .collect()
    }

    /// What people read of a message: of one that Discord wrote, the words of its client.
    pub(super) fn shown_text(&self, message: &Message) -> String {
        let name = |id: Id| self.users.get(&id).map_or("Somebody", |user| user.name.as_str());
        let by = name(message.author);
        let other = message.mentions.users.first().map_or("somebody", |id| name(*id));
        match message.kind {
            1 => format!("{by} added {other} to the thread."),
            2 => format!("{by} removed {other} from the thread."),
            4 => format!("{by} changed the thread's name to {}.", message.content),
            super::pins::PINNED => format!("{by} pinned a message to this channel."),
            _ => message.content.clone(),
        }
    }
}
