//! What is kept of nudges. A nudge and its agenda entry are always written together.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{Came, Nudge, Run, Source, State};
use crate::agenda;
use crate::connections::{self, Connection};
use crate::id::{Id, Owned, UserId};
use crate::members::store::move_along;
use crate::store::{Record, StoreError, Table, Tx};

/// Whose agenda entries say that a planned nudge is due.
pub const NUDGE: &str = "nudge";
/// How many offered openers and ways are remembered for one connection: more than there are.
const REMEMBERED: usize = 500;

impl Record for Nudge {}
impl Record for Came {}
impl Record for Run {}
impl Record for Vec<String> {}

const NUDGES: Table<(UserId, Id), Nudge> = Table::new("nudges");
const CAME: Table<(UserId, Id), Came> = Table::new("came");
/// Those that wait to be answered.
const OPEN: Table<(UserId, Id), ()> = Table::new("open");
/// The openers and ways that were offered for a connection, the latest last.
const OFFERED: Table<(UserId, Id), Vec<String>> = Table::new("offered");
/// How each connection's nudges were put off lately.
const RUNS: Table<(UserId, Id), Run> = Table::new("runs");

/// A planned nudge of a member's.
///
/// # Errors
/// The store's.
pub fn get(tx: &mut Tx<'_>, owner: UserId, id: Id) -> Result<Option<Nudge>, StoreError> {
    NUDGES.get(tx, &(owner, id))
}

/// A member's planned nudges, the next one first.
///
/// # Errors
/// The store's.
pub fn planned(tx: &mut Tx<'_>, owner: UserId) -> Result<Vec<Nudge>, StoreError> {
    let all = NUDGES.scan(tx, &owner, usize::MAX)?;
    let mut all: Vec<Nudge> = all.into_iter().map(|(_, nudge)| nudge).collect();
    all.sort_by_key(|nudge| (nudge.at, nudge.id));
    Ok(all)
}

/// The connection that a nudge is about, where it is about one that is still there.
///
/// # Errors
/// The store's.
pub fn about(
    tx: &mut Tx<'_>,
    owner: UserId,
    connection: Option<Id>,
) -> Result<Option<Connection>, StoreError> {
    match connection {
        Some(id) => connections::store::get(tx, owner, id),
        None => Ok(None),
    }
}

/// Keeps a nudge, and when it comes on the agenda.
///
/// # Errors
/// The store's.
pub fn put(tx: &mut Tx<'_>, owner: UserId, nudge: &Nudge) -> Result<(), StoreError> {
    let subject = Owned { owner, id: nudge.id }.to_string();
    if let Some(before) = get(tx, owner, nudge.id)?.filter(|before| before.at != nudge.at) {
        agenda::remove(tx, before.at, NUDGE, &subject)?;
    }
    agenda::put(tx, nudge.at, NUDGE, &subject)?;
    NUDGES.put(tx, &(owner, nudge.id), nudge)
}

/// Ends a nudge: it does not come any more. Returns it.
///
/// # Errors
/// The store's.
pub fn end(tx: &mut Tx<'_>, owner: UserId, id: Id) -> Result<Option<Nudge>, StoreError> {
    let Some(nudge) = get(tx, owner, id)? else { return Ok(None) };
    agenda::remove(tx, nudge.at, NUDGE, &Owned { owner, id }.to_string())?;
    NUDGES.remove(tx, &(owner, id))?;
    Ok(Some(nudge))
}

/// A nudge that came to a member.
///
/// # Errors
/// The store's.
pub fn came(tx: &mut Tx<'_>, owner: UserId, id: Id) -> Result<Option<Came>, StoreError> {
    CAME.get(tx, &(owner, id))
}

/// Keeps a nudge that came.
///
/// # Errors
/// The store's.
pub fn put_came(tx: &mut Tx<'_>, owner: UserId, came: &Came) -> Result<(), StoreError> {
    if came.state == State::Open {
        OPEN.put(tx, &(owner, came.id), &())?;
    } else {
        OPEN.remove(tx, &(owner, came.id))?;
    }
    CAME.put(tx, &(owner, came.id), came)
}

/// The nudges that came to a member and wait to be answered, oldest first.
///
/// # Errors
/// The store's.
pub fn open(tx: &mut Tx<'_>, owner: UserId) -> Result<Vec<Came>, StoreError> {
    let ids = OPEN.scan(tx, &owner, usize::MAX)?;
    let mut all = Vec::with_capacity(ids.len());
    for ((_, id), ()) in ids {
        all.extend(came(tx, owner, id)?);
    }
    Ok(all)
}

/// Lets those pass that wait to be answered and are of the same source as `next`, which comes now.
///
/// # Errors
/// The store's.
pub fn pass(tx: &mut Tx<'_>, owner: UserId, next: &Came) -> Result<(), StoreError> {
    for earlier in open(tx, owner)? {
        let same = match next.source {
            Source::Rhythm => earlier.source == Source::Rhythm && earlier.connection == next.connection,
            Source::Planned(_) => earlier.source == next.source,
        };
        if same {
            put_came(tx, owner, &Came { state: State::Passed, undo: None, ..earlier })?;
        }
    }
    Ok(())
}

/// The openers that were offered for a connection.
///
/// # Errors
/// The store's.
pub fn offered(tx: &mut Tx<'_>, owner: UserId, connection: Id) -> Result<Vec<String>, StoreError> {
    Ok(OFFERED.get(tx, &(owner, connection))?.unwrap_or_default())
}

/// Remembers openers that are offered for a connection.
///
/// # Errors
/// The store's.
pub fn offer<'a>(
    tx: &mut Tx<'_>,
    owner: UserId,
    connection: Id,
    openers: impl IntoIterator<Item = &'a str>,
) -> Result<(), StoreError> {
    let mut all = offered(tx, owner, connection)?;
    for id in openers {
        all.retain(|known| known != id);
        all.push(id.to_owned());
    }
    let too_many = all.len().saturating_sub(REMEMBERED);
    all.drain(..too_many);
    OFFERED.put(tx, &(owner, connection), &all)
}

/// How a connection's nudges were put off lately.
///
/// # Errors
/// The store's.
pub fn run(tx: &mut Tx<'_>, owner: UserId, connection: Id) -> Result<Option<Run>, StoreError> {
    RUNS.get(tx, &(owner, connection))
}

/// How the nudges of a member's connections were put off lately.
///
/// # Errors
/// The store's.
pub fn runs(tx: &mut Tx<'_>, owner: UserId) -> Result<HashMap<Id, Run>, StoreError> {
    let all = RUNS.scan(tx, &owner, usize::MAX)?;
    Ok(all.into_iter().map(|((_, connection), run)| (connection, run)).collect())
}

/// Keeps how a connection's nudges were put off; `None` for not at all.
///
/// # Errors
/// The store's.
pub fn put_run(tx: &mut Tx<'_>, owner: UserId, connection: Id, run: Option<&Run>) -> Result<(), StoreError> {
    match run {
        Some(run) => RUNS.put(tx, &(owner, connection), run),
        None => RUNS.remove(tx, &(owner, connection)).map(drop),
    }
}

/// Moves a member's planned nudges to where `moved` puts them, but for those set for a span of time.
///
/// # Errors
/// The store's.
pub fn follow(
    tx: &mut Tx<'_>,
    owner: UserId,
    moved: &dyn Fn(Timestamp) -> Timestamp,
) -> Result<Vec<(Timestamp, Timestamp)>, StoreError> {
    let planned = planned(tx, owner)?.into_iter().filter(|nudge| !nudge.exact);
    move_along(tx, planned.map(|nudge| (nudge.at, nudge)), moved, |tx, nudge, at| {
        put(tx, owner, &Nudge { at, ..nudge })
    })
}
