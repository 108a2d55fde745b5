//! What is kept of nudges that came, and of the digests that they came in.
//!
//! Of a nudge that a rhythm brought, the connection's turn says whether it waits for an answer. That is worked out where
//! it is read and never kept: once a touch or a removal is taken back, the nudge waits again.

use std::collections::BTreeSet;

use crate::connections::Turn;
use crate::delivery;
use crate::id::{Id, UserId};
use crate::nudges::bundle::Digest;
use crate::nudges::{Came, Source, State};
use crate::store::{Record, StoreError, Table, Tx};

impl Record for Digest {}
impl Record for Came {}

const CAME: Table<(UserId, Id), Came> = Table::new("came");
/// The digests that came, each with its nudges.
const DIGESTS: Table<(UserId, Id), Digest> = Table::new("digests");
/// Those that can be answered: open ones, and snoozed ones that have not come again.
const OPEN: Table<(UserId, Id), ()> = Table::new("open");
/// How many of the latest nudges that came are looked through.
const LATEST: usize = 500;

/// A nudge that came to a member, as it stands; of one that was snoozed and came again, the one that it came again as.
///
/// # Errors
/// The store's.
pub fn came(tx: &mut Tx<'_>, owner: UserId, id: Id) -> Result<Option<Came>, StoreError> {
    let Some(mut came) = CAME.get(tx, &(owner, id))? else { return Ok(None) };
    while let Some(again) = came.again {
        let Some(next) = CAME.get(tx, &(owner, again))? else { break };
        came = next;
    }
    standing(tx, owner, came).map(Some)
}

/// The latest nudge that came to a member and is as wanted.
///
/// # Errors
/// The store's.
pub fn latest(
    tx: &mut Tx<'_>,
    owner: UserId,
    wanted: impl Fn(&Came) -> bool,
) -> Result<Option<Came>, StoreError> {
    let latest = CAME.scan_back(tx, &owner, LATEST)?;
    let found = latest.into_iter().map(|(_, came)| came).find(wanted);
    found.map(|came| standing(tx, owner, came)).transpose()
}

/// The nudges that came to a member and wait to be answered, oldest first.
///
/// # Errors
/// The store's.
pub fn open(tx: &mut Tx<'_>, owner: UserId) -> Result<Vec<Came>, StoreError> {
    let mut all = Vec::new();
    for came in answerable(tx, owner)? {
        all.push(standing(tx, owner, came)?);
    }
    all.retain(|came| came.state == State::Open);
    Ok(all)
}

/// Those that can be answered so far as they themselves say.
fn answerable(tx: &mut Tx<'_>, owner: UserId) -> Result<Vec<Came>, StoreError> {
    let ids = OPEN.scan(tx, &owner, usize::MAX)?;
    let mut all = Vec::with_capacity(ids.len());
    for (key, ()) in ids {
        all.extend(CAME.get(tx, &key)?);
    }
    Ok(all)
}

fn standing(tx: &mut Tx<'_>, owner: UserId, came: Came) -> Result<Came, StoreError> {
    if came.source != Source::Rhythm || !matches!(came.state, State::Open | State::Passed) {
        return Ok(came);
    }
    let connection = super::about(tx, owner, came.connection)?;
    let waits = connection.is_some_and(|connection| connection.turn == Turn::Open(came.id));
    Ok(Came { state: if waits { State::Open } else { State::Passed }, ..came })
}

/// Keeps a nudge that came.
///
/// # Errors
/// The store's.
pub fn put_came(tx: &mut Tx<'_>, owner: UserId, came: &Came) -> Result<(), StoreError> {
    if came.is_answerable() {
        OPEN.put(tx, &(owner, came.id), &())?;
    } else {
        OPEN.remove(tx, &(owner, came.id))?;
    }
    if came.state != State::Open {
        withdraw(tx, owner, came)?;
    }
    CAME.put(tx, &(owner, came.id), came)
}

/// Takes back the letter of a nudge that was answered elsewhere before it left; that of a digest once
/// none of its nudges waits.
fn withdraw(tx: &mut Tx<'_>, owner: UserId, came: &Came) -> Result<(), StoreError> {
    let Some(id) = came.digest else { return delivery::withdraw(tx, came.id).map(drop) };
    for entry in digest(tx, owner, id)?.map(|digest| digest.entries).unwrap_or_default() {
        let entry = if entry == came.id { None } else { CAME.get(tx, &(owner, entry))? };
        if entry.is_some_and(|entry| entry.state == State::Open) {
            return Ok(());
        }
    }
    delivery::withdraw(tx, id).map(drop)
}

/// Lets those pass that wait to be answered and are of the same source as `next`, which comes now. What was snoozed and
/// comes again so is answered with it.
///
/// # Errors
/// The store's.
pub fn pass(tx: &mut Tx<'_>, owner: UserId, next: &Came) -> Result<(), StoreError> {
    for earlier in answerable(tx, owner)? {
        let same = match next.source {
            Source::Rhythm => earlier.source == Source::Rhythm && earlier.connection == next.connection,
            Source::Planned(_) => earlier.source == next.source,
        };
        if !same {
            continue;
        }
        if earlier.state == State::Open {
            put_came(tx, owner, &Came { state: State::Passed, undo: None, ..earlier })?;
        } else if !is_to_come(tx, owner, &earlier)? {
            put_came(tx, owner, &Came { again: Some(next.id), undo: None, ..earlier })?;
        }
    }
    Ok(())
}

/// Whether a planned nudge that was snoozed is still to come again.
fn is_to_come(tx: &mut Tx<'_>, owner: UserId, came: &Came) -> Result<bool, StoreError> {
    match came.undo.as_ref().and_then(|undo| undo.planned) {
        Some(planned) => Ok(super::get(tx, owner, planned)?.is_some()),
        None => Ok(false),
    }
}

/// A member's digest.
///
/// # Errors
/// The store's.
pub fn digest(tx: &mut Tx<'_>, owner: UserId, id: Id) -> Result<Option<Digest>, StoreError> {
    DIGESTS.get(tx, &(owner, id))
}

/// Keeps a digest.
///
/// # Errors
/// The store's.
pub fn put_digest(tx: &mut Tx<'_>, owner: UserId, id: Id, digest: &Digest) -> Result<(), StoreError> {
    DIGESTS.put(tx, &(owner, id), digest)
}

/// Forgets a digest that never left.
///
/// # Errors
/// The store's.
pub fn forget_digest(tx: &mut Tx<'_>, owner: UserId, id: Id) -> Result<(), StoreError> {
    DIGESTS.remove(tx, &(owner, id)).map(drop)
}

/// Forgets what came about a connection. What the member planned and has not answered yet stays, without the person.
///
/// # Errors
/// The store's.
pub fn forget(tx: &mut Tx<'_>, owner: UserId, connection: Id) -> Result<(), StoreError> {
    let all = CAME.scan(tx, &owner, usize::MAX)?.into_iter().map(|(_, came)| came);
    let mut gone = BTreeSet::new();
    for came in all.filter(|came| came.connection == Some(connection)) {
        if came.source != Source::Rhythm && came.is_answerable() {
            let plain = Came { connection: None, openers: vec![], ways: vec![], happened: None, ..came };
            put_came(tx, owner, &plain)?;
            continue;
        }
        gone.insert(came.id);
        put_came(tx, owner, &Came { state: State::Passed, ..came })?;
    }
    for (key, mut digest) in DIGESTS.scan(tx, &owner, usize::MAX)? {
        let before = digest.entries.len();
        digest.entries.retain(|entry| !gone.contains(entry));
        if digest.entries.is_empty() {
            DIGESTS.remove(tx, &key)?;
        } else if digest.entries.len() < before {
            DIGESTS.put(tx, &key, &digest)?;
        }
    }
    for id in gone {
        CAME.remove(tx, &(owner, id))?;
    }
    Ok(())
}
