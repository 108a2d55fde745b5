//! What is kept of rounds.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::group::{Found, Group};
use super::round::{Round, Stage};
use super::signup::{SignUp, State};
use crate::id::{GuildId, Id, RoleId, UserId};
use crate::store::{Index, Record, StoreError, Table, Tx};

impl Record for Round {}
impl Record for SignUp {}
impl Record for Group {}
impl Record for Found {}
impl Record for Setup {}

const ROUNDS: Table<Id, Round> = Table::new("rounds").indexed(&[&BY_GUILD]);
const BY_GUILD: Index<GuildId, Id, Round> = Index::new("rounds/by-guild", |_, round| vec![round.guild]);
const SIGN_UPS: Table<(Id, UserId), SignUp> = Table::new("rounds/sign-ups").indexed(&[&BY_USER]);
const BY_USER: Index<UserId, (Id, UserId), SignUp> =
    Index::new("rounds/sign-ups/by-user", |(_, user), _| vec![*user]);
/// A round's groups, by their number from 1.
const GROUPS: Table<(Id, u16), Group> = Table::new("rounds/groups");
const FOUND: Table<Id, Found> = Table::new("rounds/found");
const SETUPS: Table<GuildId, Setup> = Table::new("rounds/setups");

/// What a server's organizers set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// Who may organize beside those who may manage the server.
    #[serde(default)]
    pub organizers: Option<RoleId>,
    /// After so many days without an answer somebody in a round counts as silent, where they set it.
    #[serde(default)]
    pub silent_days: Option<u8>,
    /// The server's zone, in which its programmes come, where they set it.
    #[serde(default)]
    pub zone: Option<String>,
}

impl Setup {
    /// After so many days without an answer somebody in a round counts as silent.
    #[must_use]
    pub fn silent_days(&self) -> u8 {
        self.silent_days.unwrap_or(super::running::course::SILENT_DAYS)
    }
}

/// A round.
///
/// # Errors
/// The store's.
pub fn round(tx: &mut Tx<'_>, id: Id) -> Result<Option<Round>, StoreError> {
    ROUNDS.get(tx, &id)
}

/// Keeps a round as it is now.
///
/// # Errors
/// The store's.
pub fn put_round(tx: &mut Tx<'_>, id: Id, round: &Round) -> Result<(), StoreError> {
    ROUNDS.put(tx, &id, round)
}

/// A server's rounds, the oldest first.
///
/// # Errors
/// The store's.
pub fn rounds(tx: &mut Tx<'_>, guild: GuildId) -> Result<Vec<(Id, Round)>, StoreError> {
    let mut all = Vec::new();
    for id in BY_GUILD.find(tx, &guild, usize::MAX)? {
        all.extend(ROUNDS.get(tx, &id)?.map(|round| (id, round)));
    }
    Ok(all)
}

/// A server's rounds that have something before them, the oldest first.
///
/// # Errors
/// The store's.
pub fn open_rounds(tx: &mut Tx<'_>, guild: GuildId) -> Result<Vec<(Id, Round)>, StoreError> {
    let mut all = rounds(tx, guild)?;
    all.retain(|(_, round)| round.stage.is_open());
    Ok(all)
}

/// The servers that have rounds.
///
/// # Errors
/// The store's.
pub fn guilds(tx: &mut Tx<'_>) -> Result<BTreeSet<GuildId>, StoreError> {
    Ok(BY_GUILD.scan(tx, &(), usize::MAX)?.into_iter().map(|(guild, _)| guild).collect())
}

/// Forgets a round that was a draft.
///
/// # Errors
/// The store's.
pub fn remove_draft(tx: &mut Tx<'_>, id: Id) -> Result<bool, StoreError> {
    match ROUNDS.get(tx, &id)? {
        Some(round) if round.stage == Stage::Draft => ROUNDS.remove(tx, &id),
        _ => Ok(false),
    }
}

/// Somebody's sign-up for a round.
///
/// # Errors
/// The store's.
pub fn sign_up(tx: &mut Tx<'_>, round: Id, user: UserId) -> Result<Option<SignUp>, StoreError> {
    SIGN_UPS.get(tx, &(round, user))
}

/// Keeps somebody's sign-up as it is now.
///
/// # Errors
/// The store's.
pub fn put_sign_up(tx: &mut Tx<'_>, round: Id, user: UserId, sign_up: &SignUp) -> Result<(), StoreError> {
    SIGN_UPS.put(tx, &(round, user), sign_up)
}

/// All who began to sign up for a round, by their ids.
///
/// # Errors
/// The store's.
pub fn sign_ups(tx: &mut Tx<'_>, round: Id) -> Result<Vec<(UserId, SignUp)>, StoreError> {
    let all = SIGN_UPS.scan(tx, &round, usize::MAX)?;
    Ok(all.into_iter().map(|((_, user), sign_up)| (user, sign_up)).collect())
}

/// Those who take part in a round, by their ids.
///
/// # Errors
/// The store's.
pub fn taking_part(tx: &mut Tx<'_>, round: Id) -> Result<Vec<(UserId, SignUp)>, StoreError> {
    let mut all = sign_ups(tx, round)?;
    all.retain(|(_, sign_up)| sign_up.state == State::In);
    Ok(all)
}

/// The rounds that somebody ever began to sign up for, the oldest first.
///
/// # Errors
/// The store's.
pub fn of_user(tx: &mut Tx<'_>, user: UserId) -> Result<Vec<(Id, Round, SignUp)>, StoreError> {
    let mut all = Vec::new();
    for (id, user) in BY_USER.find(tx, &user, usize::MAX)? {
        let sign_up = SIGN_UPS.get(tx, &(id, user))?;
        all.extend(ROUNDS.get(tx, &id)?.zip(sign_up).map(|(round, sign_up)| (id, round, sign_up)));
    }
    Ok(all)
}

/// A group of a round.
///
/// # Errors
/// The store's.
pub fn group(tx: &mut Tx<'_>, round: Id, number: u16) -> Result<Option<Group>, StoreError> {
    GROUPS.get(tx, &(round, number))
}

/// Keeps a group as it is now.
///
/// # Errors
/// The store's.
pub fn put_group(tx: &mut Tx<'_>, round: Id, number: u16, group: &Group) -> Result<(), StoreError> {
    GROUPS.put(tx, &(round, number), group)
}

/// A round's groups, each with its number.
///
/// # Errors
/// The store's.
pub fn groups(tx: &mut Tx<'_>, round: Id) -> Result<Vec<(u16, Group)>, StoreError> {
    let all = GROUPS.scan(tx, &round, usize::MAX)?;
    Ok(all.into_iter().map(|((_, number), group)| (number, group)).collect())
}

/// The group of somebody in a round, with its number.
///
/// # Errors
/// The store's.
pub fn group_of(tx: &mut Tx<'_>, round: Id, user: UserId) -> Result<Option<(u16, Group)>, StoreError> {
    Ok(groups(tx, round)?.into_iter().find(|(_, group)| group.has(user)))
}

/// Everybody who was in a group in a server's rounds that ran, with how many rounds ago that was, counted from
/// another round: 1 is the last one before it.
///
/// # Errors
/// The store's.
pub fn history(tx: &mut Tx<'_>, guild: GuildId, of: Id) -> Result<Vec<(u32, Vec<UserId>)>, StoreError> {
    let ran = |stage| matches!(stage, Stage::Running | Stage::Closing | Stage::Closed);
    let before = rounds(tx, guild)?.into_iter().rev().filter(|(id, it)| *id < of && ran(it.stage));
    let mut all = Vec::new();
    for (ago, (id, _)) in (1..).zip(before) {
        all.extend(groups(tx, id)?.into_iter().map(|(_, group)| (ago, group.people)));
    }
    Ok(all)
}

/// Takes a group away.
///
/// # Errors
/// The store's.
pub fn remove_group(tx: &mut Tx<'_>, round: Id, number: u16) -> Result<(), StoreError> {
    GROUPS.remove(tx, &(round, number)).map(drop)
}

/// What matching found for a round.
///
/// # Errors
/// The store's.
pub fn found(tx: &mut Tx<'_>, round: Id) -> Result<Option<Found>, StoreError> {
    FOUND.get(tx, &round)
}

/// Keeps what matching found.
///
/// # Errors
/// The store's.
pub fn put_found(tx: &mut Tx<'_>, round: Id, found: &Found) -> Result<(), StoreError> {
    FOUND.put(tx, &round, found)
}

/// What a server's organizers set.
///
/// # Errors
/// The store's.
pub fn setup(tx: &mut Tx<'_>, guild: GuildId) -> Result<Setup, StoreError> {
    Ok(SETUPS.get(tx, &guild)?.unwrap_or_default())
}

/// Keeps what a server's organizers set.
///
/// # Errors
/// The store's.
pub fn put_setup(tx: &mut Tx<'_>, guild: GuildId, setup: &Setup) -> Result<(), StoreError> {
    SETUPS.put(tx, &guild, setup)
}
