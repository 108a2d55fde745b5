//! Servers, what is in them and who.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::snowflake::Id;
use super::thread::Thread;

/// A person, or the bot.
#[derive(Clone, Debug)]
pub struct User {
    /// The id.
    pub id: Id,
    /// The name that others read.
    pub name: String,
    /// The unique name, in Discord's narrow alphabet.
    pub username: String,
    /// Whether this is the bot.
    pub bot: bool,
    /// The language of their client.
    pub locale: String,
    /// Whether they take DMs from people of their servers.
    pub dms_open: bool,
    /// Whether they installed the bot for themselves: their own first act with it.
    pub installed: bool,
    /// A server's keeper who is no person to act as.
    pub hidden: bool,
}

/// A server.
#[derive(Clone, Debug)]
pub struct Guild {
    /// The id; also that of the role `@everyone`.
    pub id: Id,
    /// The name.
    pub name: String,
    /// Who may do everything.
    pub owner: Id,
    /// The roles, `@everyone` among them.
    pub roles: BTreeMap<Id, Role>,
    /// Who is in it.
    pub members: BTreeMap<Id, Member>,
    /// Its channels, in order.
    pub channels: Vec<Id>,
    /// The threads in its channels, oldest first.
    pub threads: Vec<Id>,
}

/// A role.
#[derive(Clone, Debug)]
pub struct Role {
    /// The id.
    pub id: Id,
    /// The name.
    pub name: String,
    /// What it allows.
    pub permissions: u64,
    /// Its place; `@everyone` is at 0.
    pub position: usize,
}

/// Somebody in a server.
#[derive(Clone, Debug)]
pub struct Member {
    /// Their roles, without `@everyone`.
    pub roles: Vec<Id>,
    /// Since when.
    pub joined: Timestamp,
    /// Whether they are in time-out.
    pub timed_out: bool,
}

/// The kinds of channel that the sandbox knows, with Discord's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelKind {
    /// A server's text channel.
    Text = 0,
    /// A person and the bot.
    Dm = 1,
    /// A thread that everybody sees who sees its channel.
    PublicThread = 11,
    /// A thread that its members see, and moderators.
    PrivateThread = 12,
}

/// An exception to what roles allow, for one role or member.
#[derive(Clone, Debug)]
pub struct Overwrite {
    /// The role's or member's id.
    pub id: Id,
    /// Whether it is a member's.
    pub member: bool,
    /// What it allows.
    pub allow: u64,
    /// What it denies.
    pub deny: u64,
}

/// A channel, of a server or with one person.
#[derive(Clone, Debug)]
pub struct Channel {
    /// The id.
    pub id: Id,
    /// What it is.
    pub kind: ChannelKind,
    /// Its server; none for DMs.
    pub guild: Option<Id>,
    /// The person on the other side of a DM.
    pub recipient: Option<Id>,
    /// The name; empty for DMs.
    pub name: String,
    /// Its place in the list.
    pub position: usize,
    /// The exceptions to the roles.
    pub overwrites: Vec<Overwrite>,
    /// Its messages, oldest first.
    pub messages: Vec<Id>,
    /// The messages that one person sees, oldest first.
    pub notes: Vec<Id>,
    /// What makes it a thread.
    pub thread: Option<Thread>,
}
