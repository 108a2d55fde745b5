//! What a handler may use.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use serenity::all::Http;

use super::failure::Failure;
use super::in_flight::InFlight;
use super::message::{Button, Field};
use crate::clock::Clock;
use crate::delivery::{Letter, To};
use crate::id::{GuildId, Id, UserId};
use crate::settings::{Defaults, Limits};
use crate::store::{Store, StoreError, Tx};
use crate::texts::{Texts, Words};
use crate::when::{By, Coming, Moved};

/// Everything that a command, a press or a due moment may use. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// What Kith keeps.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    /// What Kith says.
    pub texts: Arc<Texts>,
    /// How much of each thing a member may have.
    pub limits: Limits,
    /// What holds for a member who set nothing.
    pub defaults: Defaults,
    /// What moves along when a member's zone or hours change, from every area.
    pub followers: Arc<[Follow]>,
    /// Where people reach what Kith serves by HTTP, without a final slash; `None` where it serves nothing.
    pub address: Option<Arc<str>>,
    /// What stands on the card of a connection, from every area.
    pub cards: Arc<[Card]>,
    /// What is offered once a touch was logged, from every area.
    pub offers: Arc<[Offer]>,
    /// What becomes of what is kept of a connection with it, from every area.
    pub fates: Arc<[Fate]>,
    /// What is done when Kith comes into a server or is removed from one, by every area.
    pub movers: Arc<[Move]>,
    /// What letters that have not arrived still bring, by every area that knows.
    pub bearers: Arc<[Bearer]>,
    /// What is asked of Discord while somebody waits; never inside a transaction.
    pub discord: Arc<Http>,
    /// The answers under way, waited for when Kith stops.
    pub in_flight: InFlight,
}

/// A slash command or context menu command of Kith's.
pub type Command = poise::Command<App, Failure>;
/// What a command's function gets.
pub type Context<'a> = poise::ApplicationContext<'a, App, Failure>;

/// What an area knows of somebody's connection, as a field of its card: whose, which, in which words.
pub type Card = fn(&mut Tx<'_>, UserId, Id, Words<'_>) -> Result<Option<Field>, StoreError>;

/// What an area offers once a touch was logged, as a button: whose, of which connection, and the word for what it was.
pub type Offer = fn(&mut Tx<'_>, UserId, (Id, &'static str), Words<'_>) -> Result<Option<Button>, StoreError>;

/// What an area does about what it keeps of somebody's connection.
pub type Fate = fn(&mut Tx<'_>, UserId, Id, Became) -> Result<(), StoreError>;

/// What an area knows of letters that have not arrived.
#[derive(Clone, Copy)]
pub struct Bearer {
    /// How many things a letter still brings: what was answered meanwhile, it brings no more. `None` where the letter is
    /// not the area's.
    pub brings: fn(&mut Tx<'_>, UserId, &Letter) -> Result<Option<usize>, StoreError>,
    /// Puts together what waits there for a member who could not be reached, as it is to come now.
    pub gathers: fn(&mut Tx<'_>, &App, UserId, To, Timestamp) -> Result<(), StoreError>,
}

/// What an area does when Kith comes into a server or is removed from one.
pub type Move = fn(&mut Tx<'_>, &App, &Servers, Timestamp) -> Result<(), StoreError>;

/// What Discord says of the servers that Kith is in (Discord: "Gateway Events", Ready, Guild Create, Guild Delete).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Servers {
    /// Of those that this connection serves it is in these and no others.
    All(Shard, BTreeSet<GuildId>),
    /// It is in this one.
    Came(GuildId),
    /// It was removed from this one.
    Went(GuildId),
}

/// One of the connections that share Kith's servers among them (Discord: "Gateway", Sharding).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 0.
    pub number: u32,
    /// How many there are.
    pub of: u32,
}

impl Shard {
    /// Whether it hears of a server.
    #[must_use]
    pub fn serves(self, guild: GuildId) -> bool {
        (guild.0 >> 22) % u64::from(self.of.max(1)) == u64::from(self.number)
    }
}

/// What became of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// It was removed, and may come back.
    Removed,
    /// It is back.
    Back,
    /// It does not come back.
    Forgotten,
}

/// Moves everything that an area planned for a member to where the given function puts it, or only
/// looks what would move. Returns what does.
pub type Follow =
    fn(&mut Tx<'_>, UserId, &dyn Fn(Coming, By) -> Coming, Keep) -> Result<Vec<Moved>, StoreError>;

/// Whether something is done, or only looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// It is done.
    Done,
    /// It is looked at, and nothing is changed.
    Look,
}
