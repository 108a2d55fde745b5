//! Errands: what Kith does in a server unasked, beside letters, each exactly once.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Tell;
use crate::discord::message::Message;
use crate::id::{ChannelId, EventId, GuildId, Id, MessageId, RoleId, UserId};
use crate::store::Record;

/// One thing that Kith does in a server while nobody waits for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Errand {
    /// Its id. Asking with the same id twice does it once.
    pub id: Id,
    /// What is to be done.
    pub what: What,
    /// Who is told how it ended.
    #[serde(default)]
    pub tell: Option<Tell>,
    /// When it was asked for.
    pub asked: Timestamp,
    /// Not to be tried (again) before this time.
    pub not_before: Timestamp,
    /// Since when a request may have taken effect; `None` where none was made, or none did.
    #[serde(default)]
    pub(super) in_flight: Option<InFlight>,
    /// How often it has failed.
    #[serde(default)]
    pub(super) tries: u32,
}
impl Record for Errand {}

/// Requests whose end is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct InFlight {
    /// When the first one was about to be made.
    pub(super) since: Timestamp,
}

/// What is to be done (Discord: "Channel", "Guild", "Guild Scheduled Event", "Message").
///
/// Names and texts are cut to Discord's limits. Errands about the same channel or thread keep their order, and
/// so do those about one person in a server; all others travel side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum What {
    /// A thread without a message, which rests after a week. Ends with its id ([`Outcome::made`]).
    StartThread {
        /// The server.
        guild: GuildId,
        /// The channel that it is in.
        channel: ChannelId,
        /// Its name, at most 100 characters.
        name: String,
        /// Whether only those see it who are in it, and moderators.
        private: bool,
        /// Whether everybody in it may add people; of private ones only.
        invitable: bool,
    },
    /// A text channel that only some people and Kith see. Ends with its id.
    CreateChannel {
        /// The server.
        guild: GuildId,
        /// Its name, at most 100 characters; Discord writes it small and without spaces.
        name: String,
        /// The category that it is in.
        parent: Option<ChannelId>,
        /// Who sees it: 98 at most, further ones are left out.
        people: Vec<UserId>,
    },
    /// Somebody is added to a thread.
    AddToThread {
        /// The thread.
        thread: ChannelId,
        /// Who.
        user: UserId,
    },
    /// Somebody is taken out of a thread; who is not in it is a success.
    RemoveFromThread {
        /// The thread.
        thread: ChannelId,
        /// Who.
        user: UserId,
    },
    /// Somebody sees a channel and may write in it.
    LetIntoChannel {
        /// The channel.
        channel: ChannelId,
        /// Who.
        user: UserId,
    },
    /// Somebody is no longer let into a channel; who was not is a success.
    ShutOutOfChannel {
        /// The channel.
        channel: ChannelId,
        /// Who.
        user: UserId,
    },
    /// Somebody gets a role.
    GiveRole {
        /// The server.
        guild: GuildId,
        /// Who.
        user: UserId,
        /// Which role.
        role: RoleId,
    },
    /// Somebody loses a role; a person or role that is not there is a success.
    TakeRole {
        /// The server.
        guild: GuildId,
        /// Who.
        user: UserId,
        /// Which role.
        role: RoleId,
    },
    /// A role that allows nothing more than everybody may. Ends with its id.
    CreateRole {
        /// The server.
        guild: GuildId,
        /// Its name, at most 100 characters.
        name: String,
    },
    /// A scheduled event outside of Discord's own channels (EXTERNAL). Ends with its id.
    CreateEvent {
        /// The server.
        guild: GuildId,
        /// Its name, at most 100 characters.
        name: String,
        /// What it is about, at most 1,000 characters.
        description: String,
        /// Where it is, at most 100 characters.
        location: String,
        /// When it begins, in the future.
        starts: Timestamp,
        /// When it ends.
        ends: Timestamp,
    },
    /// A scheduled event is taken off; one that is not there is a success.
    CancelEvent {
        /// The server.
        guild: GuildId,
        /// The event.
        event: EventId,
    },
    /// A message of Kith's says something else.
    EditMessage {
        /// Its channel.
        channel: ChannelId,
        /// The message.
        message: MessageId,
        /// What it says now.
        content: Message,
    },
    /// A message of Kith's is taken away; one that is not there is a success.
    DeleteMessage {
        /// Its channel.
        channel: ChannelId,
        /// The message.
        message: MessageId,
    },
    /// A thread is put away or brought back.
    SetThread {
        /// The thread.
        thread: ChannelId,
        /// Whether it is put away.
        archived: bool,
        /// Whether only moderators may bring it back.
        locked: bool,
    },
    /// A channel or thread is taken away with all that is in it; one that is not there is a success.
    DeleteChannel {
        /// The channel.
        channel: ChannelId,
    },
    /// Whether somebody is in a server: [`Outcome::Done`], or refused with the code 10007.
    FindMember {
        /// The server.
        guild: GuildId,
        /// Who.
        user: UserId,
    },
}

/// How an errand ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It is so now.
    Done,
    /// Something with this id was made: exactly once, whatever went wrong on the way.
    Made(u64),
    /// Discord refused it, and nothing came of it.
    Refused {
        /// The HTTP status, 400 to 499.
        status: u16,
        /// Discord's own code (Discord: "Opcodes and Status Codes", "JSON"); 0 where it gave none.
        code: u64,
        /// Discord's words; they name fields, not what stood in them.
        message: String,
    },
}
impl Record for Outcome {}

impl Outcome {
    /// The id of what was made.
    #[must_use]
    pub fn made(&self) -> Option<u64> {
        match self {
            Self::Made(id) => Some(*id),
            Self::Done | Self::Refused { .. } => None,
        }
    }
}

impl Errand {
    /// An errand that is to be done at once and tells nobody.
    #[must_use]
    pub fn new(what: What, now: Timestamp) -> Self {
        Self { id: Id::new(now), what, tell: None, asked: now, not_before: now, in_flight: None, tries: 0 }
    }

    /// With an id that was chosen before.
    #[must_use]
    pub fn with_id(self, id: Id) -> Self {
        Self { id, ..self }
    }

    /// That tells an area how it ended ([`super::outcome`]).
    #[must_use]
    pub fn telling(self, tell: Tell) -> Self {
        Self { tell: Some(tell), ..self }
    }
}

impl What {
    /// What it is about. Of errands about the same, one at a time is under way, in the order in which they were
    /// asked for; so of two things that look alike, only one is ever being made.
    pub(super) fn about(&self) -> String {
        match self {
            Self::StartThread { channel, name, .. } => format!("new thread in {channel}: {}", likeness(name)),
            Self::CreateChannel { guild, name, .. } => format!("new channel in {guild}: {}", likeness(name)),
            Self::CreateRole { guild, name } => format!("new role in {guild}: {}", likeness(name)),
            Self::CreateEvent { guild, name, .. } => format!("new event in {guild}: {}", likeness(name)),
            Self::AddToThread { thread: channel, .. }
            | Self::RemoveFromThread { thread: channel, .. }
            | Self::LetIntoChannel { channel, .. }
            | Self::ShutOutOfChannel { channel, .. }
            | Self::SetThread { thread: channel, .. }
            | Self::EditMessage { channel, .. }
            | Self::DeleteMessage { channel, .. }
            | Self::DeleteChannel { channel } => format!("channel {channel}"),
            Self::GiveRole { guild, user, .. }
            | Self::TakeRole { guild, user, .. }
            | Self::FindMember { guild, user } => format!("member {user} of {guild}"),
            Self::CancelEvent { event, .. } => format!("event {event}"),
        }
    }

    /// The channel or server in whose queue Discord's limits count it.
    pub(super) fn place(&self) -> u64 {
        match self {
            Self::StartThread { channel, .. }
            | Self::AddToThread { thread: channel, .. }
            | Self::RemoveFromThread { thread: channel, .. }
            | Self::LetIntoChannel { channel, .. }
            | Self::ShutOutOfChannel { channel, .. }
            | Self::SetThread { thread: channel, .. }
            | Self::EditMessage { channel, .. }
            | Self::DeleteMessage { channel, .. }
            | Self::DeleteChannel { channel } => channel.0,
            Self::CreateChannel { guild, .. }
            | Self::CreateRole { guild, .. }
            | Self::CreateEvent { guild, .. }
            | Self::CancelEvent { guild, .. }
            | Self::GiveRole { guild, .. }
            | Self::TakeRole { guild, .. }
            | Self::FindMember { guild, .. } => guild.0,
        }
    }

    /// Whether doing it twice makes two of it.
    pub(super) fn makes(&self) -> bool {
        matches!(
            self,
            Self::StartThread { .. }
                | Self::CreateChannel { .. }
                | Self::CreateRole { .. }
                | Self::CreateEvent { .. }
        )
    }

    /// What it is called in logs, which hold no names.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::StartThread { .. } => "start a thread",
            Self::CreateChannel { .. } => "create a channel",
            Self::AddToThread { .. } => "add to a thread",
            Self::RemoveFromThread { .. } => "remove from a thread",
            Self::LetIntoChannel { .. } => "let into a channel",
            Self::ShutOutOfChannel { .. } => "shut out of a channel",
            Self::GiveRole { .. } => "give a role",
            Self::TakeRole { .. } => "take a role",
            Self::CreateRole { .. } => "create a role",
            Self::CreateEvent { .. } => "create an event",
            Self::CancelEvent { .. } => "cancel an event",
            Self::EditMessage { .. } => "edit a message",
            Self::DeleteMessage { .. } => "delete a message",
            Self::SetThread { .. } => "set a thread",
            Self::DeleteChannel { .. } => "delete a channel",
            Self::FindMember { .. } => "find a member",
        }
    }
}

/// A name as far as Discord keeps it: it changes case, spaces and signs of some.
pub(super) fn likeness(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
