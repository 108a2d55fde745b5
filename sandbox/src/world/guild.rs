//! Servers, what is in them and who.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::scheduled::Scheduled;
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
    /// Its scheduled events, also those that are over.
    pub events: BTreeMap<Id, Scheduled>,
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
    /// Its place; `@everyone` is at 0. No two are the same.
    pub position: usize,
    /// Its colour, red to blue in three bytes.
    pub color: u64,
    /// Whether its members are listed apart.
    pub hoist: bool,
    /// Whether everybody may ping it.
    pub mentionable: bool,
    /// Whether it is the bot's own, which came with it.
    pub managed: bool,
}

/// Somebody in a server.
#[derive(Clone, Debug)]
pub struct Member {
    /// Their roles, without `@everyone`.
    pub roles: Vec<Id>,
    /// Since when.
    pub joined: Timestamp,
    /// Until when they are in time-out.
    pub timed_out: Option<Timestamp>,
}

/// The kinds of channel that the sandbox knows, with Discord's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelKind {
    /// A server's text channel.
    Text = 0,
    /// A person and the bot.
    Dm = 1,
    /// A category, which holds channels.
    Category = 4,
    /// A thread that everybody sees who sees its channel.
    PublicThread = 11,
    /// A thread that its members see, and moderators.
    PrivateThread = 12,
}

/// An exception to what roles allow, for one role or member.
#[derive(Clone, Debug, PartialEq)]
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
    /// The category that it is in.
    pub parent: Option<Id>,
    /// What it is for.
    pub topic: Option<String>,
    /// How many seconds a person must wait between two messages; shown only.
    pub slow: u64,
    /// What is pinned, since when; the latest last.
    pub pins: Vec<(Id, Timestamp)>,
    /// The exceptions to the roles.
    pub overwrites: Vec<Overwrite>,
    /// Its messages, oldest first.
    pub messages: Vec<Id>,
    /// The messages that one person sees, oldest first.
    pub notes: Vec<Id>,
    /// What makes it a thread.
    pub thread: Option<Thread>,
}

impl Channel {
    /// A channel with nothing in it.
    pub fn new(id: Id, kind: ChannelKind) -> Self {
        Self {
            id,
            kind,
            guild: None,
            recipient: None,
            name: String::new(),
            position: 0,
            parent: None,
            topic: None,
            slow: 0,
            pins: Vec::new(),
            overwrites: Vec::new(),
            messages: Vec::new(),
            notes: Vec::new(),
            thread: None,
        }
    }
}

impl Role {
    /// A role that allows nothing, at the bottom.
    pub fn new(id: Id, name: &str) -> Self {
        let name = name.to_owned();
        Self {
            id,
            name,
            permissions: 0,
            position: 0,
            color: 0,
            hoist: false,
            mentionable: false,
            managed: false,
        }
    }
}
