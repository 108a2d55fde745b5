//! What the world has to tell: to the bot's gateway, to the people who watch, to who waits for an answer.

use serde_json::Value;

use super::snowflake::Id;

/// The intents that the sandbox knows (Gateway → List of Intents).
pub mod intents {
    /// Servers, roles, channels.
    pub const GUILDS: u64 = 1 << 0;
    /// Who joins, leaves, changes. Privileged.
    pub const GUILD_MEMBERS: u64 = 1 << 1;
    /// Who is online. Privileged.
    pub const GUILD_PRESENCES: u64 = 1 << 8;
    /// Messages in servers.
    pub const GUILD_MESSAGES: u64 = 1 << 9;
    /// Messages in DMs.
    pub const DIRECT_MESSAGES: u64 = 1 << 12;
    /// What other people's messages say. Privileged.
    pub const MESSAGE_CONTENT: u64 = 1 << 15;
    /// Scheduled events.
    pub const GUILD_SCHEDULED_EVENTS: u64 = 1 << 16;
    /// Those that an application must be granted.
    pub const PRIVILEGED: u64 = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT;
    /// All bits with a meaning.
    pub const ALL: u64 = 0b1_1111 << 24 | 0b11 << 20 | 0x1_FFFF;
}

/// What happened to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It came.
    Created,
    /// It changed.
    Edited,
    /// It went.
    Deleted,
    /// No message: the channels, threads, roles or scheduled events of a server are others now.
    Places,
    /// No message: all of the world is another one now.
    Anew,
}

/// One thing to tell.
#[derive(Debug)]
pub enum Event {
    /// A dispatch for the bot.
    Dispatch {
        /// Its name, as Discord has it.
        name: &'static str,
        /// The intents of which one is needed; 0: none.
        needs: u64,
        /// The server it belongs to, which decides the shard.
        guild: Option<Id>,
        /// What it says.
        data: Value,
        /// Whether only MESSAGE_CONTENT shows what the message says.
        closed: bool,
    },
    /// Something happened to a message that people see.
    Seen {
        /// What.
        change: Change,
        /// Where.
        channel: Id,
        /// Which message.
        message: Id,
        /// Who alone sees it.
        only: Option<Id>,
    },
    /// The channels, threads, roles or scheduled events of a server are others now.
    Places(Id),
    /// All of the world is another one now.
    Anew,
    /// An interaction got on.
    Turn(Id),
}
