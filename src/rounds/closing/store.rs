//! What is kept of the end of rounds.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::feedback::Feedback;
use crate::id::{GuildId, Id, RoleId, UserId};
use crate::store::{Record, StoreError, Table, Tx};

impl Record for Closing {}
impl Record for Feedback {}
impl Record for Badge {}

const CLOSINGS: Table<Id, Closing> = Table::new("rounds/closings");
const FEEDBACK: Table<(Id, UserId), Feedback> = Table::new("rounds/feedback");
/// A server's badges, by the name of the round in small letters.
const BADGES: Table<(GuildId, String), Badge> = Table::new("rounds/badges");

/// How far the end of a round is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// When everybody is to be asked.
    pub asks: Timestamp,
    /// When everybody was asked.
    #[serde(default)]
    pub asked: Option<Timestamp>,
    /// With which of Discord's codes the role was refused, of which the organizer was told.
    #[serde(default)]
    pub refused: Option<u64>,
}

/// The role of those who took part in a round to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Badge {
    /// The role, once it is there.
    #[serde(default)]
    pub role: Option<RoleId>,
    /// The rounds whose people wait for it.
    #[serde(default)]
    pub waiting: Vec<Id>,
}

/// How far the end of a round is; `None` before it.
///
/// # Errors
/// The store's.
pub fn closing(tx: &mut Tx<'_>, round: Id) -> Result<Option<Closing>, StoreError> {
    CLOSINGS.get(tx, &round)
}

/// Keeps how far the end of a round is.
///
/// # Errors
/// The store's.
pub fn put_closing(tx: &mut Tx<'_>, round: Id, closing: &Closing) -> Result<(), StoreError> {
    CLOSINGS.put(tx, &round, closing)
}

/// The round goes on: its end is forgotten.
///
/// # Errors
/// The store's.
pub fn forget_closing(tx: &mut Tx<'_>, round: Id) -> Result<(), StoreError> {
    CLOSINGS.remove(tx, &round).map(drop)
}

/// What somebody said of a round; `None` where they were not asked.
///
/// # Errors
/// The store's.
pub fn feedback(tx: &mut Tx<'_>, round: Id, user: UserId) -> Result<Option<Feedback>, StoreError> {
    FEEDBACK.get(tx, &(round, user))
}

/// Keeps what somebody said of a round.
///
/// # Errors
/// The store's.
pub fn put_feedback(tx: &mut Tx<'_>, round: Id, user: UserId, it: &Feedback) -> Result<(), StoreError> {
    FEEDBACK.put(tx, &(round, user), it)
}

/// Those who were asked how a round was, by their ids, and what they said.
///
/// # Errors
/// The store's.
pub fn all_feedback(tx: &mut Tx<'_>, round: Id) -> Result<Vec<(UserId, Feedback)>, StoreError> {
    let all = FEEDBACK.scan(tx, &round, usize::MAX)?;
    Ok(all.into_iter().map(|((_, user), it)| (user, it)).collect())
}

/// The badge of rounds of this name.
///
/// # Errors
/// The store's.
pub fn badge(tx: &mut Tx<'_>, guild: GuildId, name: &str) -> Result<Option<Badge>, StoreError> {
    BADGES.get(tx, &(guild, name.to_lowercase()))
}

/// Keeps the badge of rounds of this name.
///
/// # Errors
/// The store's.
pub fn put_badge(tx: &mut Tx<'_>, guild: GuildId, name: &str, badge: &Badge) -> Result<(), StoreError> {
    BADGES.put(tx, &(guild, name.to_lowercase()), badge)
}

/// Forgets the badge of rounds of this name: its role is gone.
///
/// # Errors
/// The store's.
pub fn forget_badge(tx: &mut Tx<'_>, guild: GuildId, name: &str) -> Result<(), StoreError> {
    BADGES.remove(tx, &(guild, name.to_lowercase())).map(drop)
}
