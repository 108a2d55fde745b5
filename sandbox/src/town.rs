//! What of the world outlives a sandbox, where somebody keeps it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use crate::world::snowflake::Id;

/// The servers and the people of a sandbox, and its time. A sandbox that starts with it has the same ones, with
/// the same ids, and its clock does not go back: a bot that remembers finds them again. Roles, owners and
/// messages are not kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Town {
    /// What the clock showed.
    pub now: Timestamp,
    /// The servers.
    pub guilds: Vec<Guild>,
    /// The people.
    pub people: Vec<Person>,
}

/// A server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Guild {
    /// The id.
    pub id: Id,
    /// The name.
    pub name: String,
    /// Its channels in order; the first is the one that every server begins with.
    pub channels: Vec<Channel>,
}

/// A text channel that everybody in its server sees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Channel {
    /// The id.
    pub id: Id,
    /// The name.
    pub name: String,
}

/// Somebody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// The id.
    pub id: Id,
    /// The name.
    pub name: String,
    /// The language of their client, as Discord names it.
    pub locale: String,
    /// The servers that they are in.
    pub guilds: Vec<Id>,
}
