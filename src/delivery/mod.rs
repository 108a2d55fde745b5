//! Letters, what Kith sends unasked, and errands, what it else does in a server unasked: each exactly once.
//!
//! # Letters
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
//! | seen that somebody left their thread, not yet noted | the letter waits | it is seen again |
//! | told that a person cannot be reached, not yet noted | in flight | it is looked for, sent, refused again |
//!
//! # Errands
//!
//! An errand ([`Errand`]) is asked for in the transaction that makes it necessary, too, and `Delivery` does it later, at
//! the pace that it shares with letters. In one transaction it notes how the errand ended ([`outcome`]) and
//! puts an entry on the agenda for the area to go on by ([`Tell`]): nothing waits in memory. What Discord refuses
//! is an outcome, and the area decides; what may succeed later is tried again.
//!
//! How "once" is reached: the errand is marked as in flight, durably, before the request. What may be done twice without
//! a difference is done again when its end is not known. What makes something is looked for first,
//! some seconds later, among what Kith itself has made since the mark and no other errand has for its outcome; and
//! of two things that look alike only one is being made at a time.
//!
//! | moment | state | who goes on |
//! | --- | --- | --- |
//! | before the transaction that asks is durable | no errand, and nothing that needs it | agenda, or the person |
//! | asked for, not yet marked | the errand waits | the first look after the start does it |
//! | marked, the request not yet at Discord | in flight | done again; what makes something is looked for, not found, made |
//! | done by Discord, the answer not yet read or noted | in flight | done again, which changes nothing; what was made is looked for and found |
//! | noted, the area not yet at work | an outcome, and an entry on the agenda | the agenda |
//! | noted, and the area has gone on | what the area keeps; the outcome until it is forgotten, or for 90 days | nobody needs to |

mod courier;
mod crew;
mod errand;
mod errands;
mod found;
mod making;
mod opens;
mod outbox;
mod refused;
mod run;
mod runner;
mod shared;
mod traces;
mod transport;
mod tries;
mod verdict;

#[cfg(test)]
mod tests;

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use errand::{Errand, Outcome, What};
pub use errands::{ask, call_off, forget_outcome, is_asked, outcome};
pub use outbox::{
    dm_channel, forget, held, is_apart, is_left, open_dm, pending, post, read_by, readdress, remember_dm,
    sent, tried, try_again, unreachable, withdraw,
};
pub use refused::{refusal, refused, take_untold};
pub use run::Delivery;
pub use shared::Limits;
pub use transport::{Transport, TransportError};

use crate::agenda;
use crate::discord::message::Message;
use crate::id::{ChannelId, Id, MessageId, UserId};
use crate::store::{Key, Record, StoreError, Tx};

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
    /// Who is told what became of it.
    #[serde(default)]
    pub tell: Option<Tell>,
}
impl Record for Letter {}

/// Whom to tell what became of a letter or an errand: an entry on the agenda for the moment in which
/// it is known, put in the transaction that notes it. Two with the same subject that end in one millisecond put one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tell {
    /// The area's name on the agenda.
    pub area: String,
    /// What the area understands by it.
    pub subject: String,
}

impl Tell {
    /// An area that is told about a subject of its own.
    #[must_use]
    pub fn new(area: impl Into<String>, subject: impl Into<String>) -> Self {
        Self { area: area.into(), subject: subject.into() }
    }

    fn at(&self, tx: &mut Tx<'_>, now: Timestamp) -> Result<(), StoreError> {
        agenda::put(tx, now, &self.area, &self.subject)
    }
}

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
    /// Whether its receiver was told.
    #[serde(default)]
    pub told: bool,
}
impl Record for Refused {}

impl Letter {
    /// A letter that is to be sent at once.
    #[must_use]
    pub fn new(to: To, message: Message, now: Timestamp) -> Self {
        let id = Id::new(now);
        let state = State::Waiting;
        Self { id, to, message, created: now, not_before: now, state, tries: 0, brings: 1, tell: None }
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

    /// That tells an area what became of it: it arrived ([`sent`]), Discord will never take it
    /// ([`refusal`]), or its receiver cannot be reached ([`unreachable()`]), for as long as that lasts.
    #[must_use]
    pub fn telling(self, tell: Tell) -> Self {
        Self { tell: Some(tell), ..self }
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
