//! Letters: what Kith sends unasked, each exactly once.
//!
//! A letter is posted in the transaction that makes it necessary, so it exists exactly if what it
//! tells of happened. `Delivery` sends it later, at its pace, and keeps trying until Discord has it.
//! Letters to one person or channel keep their order; different ones travel side by side.
//!
//! How "once" is reached: the letter is marked as in flight, durably, before the request. A request
//! whose end is unknown leaves it in flight, and such a letter is first looked for among the bot's
//! own messages in the channel; only one that is not there is sent again, with the same nonce, which
//! Discord itself compares for some minutes (Discord: "Message", "Create Message", `enforce_nonce`).
//!
//! What a crash leaves:
//!
//! | moment | state | who goes on |
//! | --- | --- | --- |
//! | before the transaction that posts is durable | no letter, and nothing it tells of | agenda, or the person |
//! | posted, not yet marked | the letter waits | the first look after the start sends it |
//! | marked, the request not yet at Discord | in flight | it is looked for, not found, sent |
//! | at Discord, the answer not yet read | in flight | it is looked for, found, noted as sent |
//! | answered, not yet noted | in flight | it is looked for, found, noted as sent |
//! | noted as sent | no letter, a record of where it is | nobody needs to |
//! | a DM being opened | the wish to open it | it is opened again: Discord answers with the same channel |
//! | letters given over to another receiver | all of them, or none; one in flight stays where it was | the next look, and the look for the one in flight |
//! | told that a person cannot be reached, not yet noted | in flight | it is looked for, sent, refused again |

mod courier;
mod found;
mod outbox;
mod run;
mod transport;
mod verdict;

#[cfg(test)]
mod tests;

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use outbox::{
    dm_channel, forget, held, open_dm, post, readdress, refused, remember_dm, sent, try_again, unreachable,
    withdraw,
};
pub use run::{Delivery, Limits};
pub use transport::{Transport, TransportError};

use crate::discord::message::Message;
use crate::id::{ChannelId, Id, MessageId, UserId};
use crate::store::{Key, Record};

/// Whom a letter is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum To {
    /// A person, in their DM channel with the bot.
    Person(UserId),
    /// A server's channel or a thread.
    Channel(ChannelId),
}

/// One message that Kith sends unasked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    /// Its id, from which its nonce comes. Posting the same id twice sends one message.
    pub id: Id,
    /// Whom it is for.
    pub to: To,
    /// What it says. The custom id of its first button should bear the letter's or its subject's id,
    /// because the letter is found again by it.
    pub message: Message,
    /// When it was posted.
    pub created: Timestamp,
    /// Not to be sent before this time.
    pub not_before: Timestamp,
    /// How far it is.
    pub state: State,
    /// How often sending it has failed.
    pub tries: u32,
    /// How many things it brings, as its receiver counts them.
    #[serde(default = "one")]
    pub brings: usize,
}
impl Record for Letter {}

fn one() -> usize {
    1
}

/// How far a letter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// No request was made, or Discord said that it did nothing.
    Waiting,
    /// A request was, or may have been, made, and how it ended is not known.
    InFlight {
        /// When the first such request was made.
        since: Timestamp,
        /// Where to.
        channel: ChannelId,
    },
}

/// Where a letter has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The channel.
    pub channel: ChannelId,
    /// The message in it.
    pub message: MessageId,
    /// When Kith learned of it.
    pub at: Timestamp,
}
impl Record for Sent {}

/// A letter that Discord will never take as it is, kept for whoever mends what built it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refused {
    /// The letter.
    pub letter: Letter,
    /// Discord's answer.
    pub reason: String,
    /// When it was refused.
    pub at: Timestamp,
}
impl Record for Refused {}

impl Letter {
    /// A letter that is to be sent at once.
    #[must_use]
    pub fn new(to: To, message: Message, now: Timestamp) -> Self {
        let id = Id::new(now);
        Self { id, to, message, created: now, not_before: now, state: State::Waiting, tries: 0, brings: 1 }
    }

    /// With an id that was chosen before, so that its buttons can bear it.
    #[must_use]
    pub fn with_id(self, id: Id) -> Self {
        Self { id, ..self }
    }

    /// That brings so many things.
    #[must_use]
    pub fn bringing(self, brings: usize) -> Self {
        Self { brings, ..self }
    }

    /// Not to be sent before `at`.
    #[must_use]
    pub fn not_before(self, at: Timestamp) -> Self {
        Self { not_before: at, ..self }
    }

    /// What Discord tells repeats by, at most 25 characters.
    #[must_use]
    pub fn nonce(&self) -> String {
        format!("kith-{}", self.id)
    }
}

impl fmt::Display for To {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(user) => write!(f, "person {user}"),
            Self::Channel(channel) => write!(f, "channel {channel}"),
        }
    }
}

impl Key for To {
    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Person(user) => (0_u8, *user).encode(out),
            Self::Channel(channel) => (1_u8, *channel).encode(out),
        }
    }
    fn decode(input: &mut &[u8]) -> Option<Self> {
        match u8::decode(input)? {
            0 => UserId::decode(input).map(Self::Person),
            1 => ChannelId::decode(input).map(Self::Channel),
            _ => None,
        }
    }
}
