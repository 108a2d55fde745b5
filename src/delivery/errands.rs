//! The errands' tables, and what areas do with them in their own transactions.

use jiff::Timestamp;

use super::errand::{Errand, Outcome};
use crate::id::Id;
use crate::store::{Index, StoreError, Table, Tx};

/// An errand's place: what it is about, its number among those.
pub(super) type Place = (String, u64);

pub(super) const ERRANDS: Table<Place, Errand> = Table::new("errands").indexed(&[&BY_ID]);
const BY_ID: Index<Id, Place, Errand> = Index::new("errands/id", |_, errand| vec![errand.id]);
/// Whose turn is when: one entry for each thing that errands are about.
pub(super) const TURNS: Table<(Timestamp, String), ()> = Table::new("errands/turns");
/// Each one's entry in `TURNS`, to find it by.
const TURN_OF: Table<String, Timestamp> = Table::new("errands/turn-of");
const OUTCOMES: Table<Id, Outcome> = Table::new("errands/outcomes");
/// What errands have made, by Discord's id, and which errand it was: kept when its outcome is forgotten, so that
/// it is not taken for what another one makes.
const MADE: Table<u64, Id> = Table::new("errands/made");

/// Asks for an errand. Returns whether it is new: one whose id is known already, waiting or with an
/// outcome, is not done again.
///
/// # Errors
/// When the store fails.
pub fn ask(tx: &mut Tx<'_>, errand: &Errand) -> Result<bool, StoreError> {
    if is_asked(tx, errand.id)? || OUTCOMES.get(tx, &errand.id)?.is_some() {
        return Ok(false);
    }
    let about = errand.what.about();
    let number = ERRANDS.last(tx, &about)?.map_or(0, |((_, last), _)| last + 1);
    ERRANDS.put(tx, &(about.clone(), number), errand)?;
    set_turn(tx, &about)?;
    Ok(true)
}

/// Whether an errand was asked for and has not ended.
///
/// # Errors
/// When the store fails.
pub fn is_asked(tx: &mut Tx<'_>, id: Id) -> Result<bool, StoreError> {
    Ok(place(tx, id)?.is_some())
}

/// Takes back an errand of which no request was made, and says whether that was possible. Nobody is told.
///
/// # Errors
/// When the store fails.
pub fn call_off(tx: &mut Tx<'_>, id: Id) -> Result<bool, StoreError> {
    let Some(place) = place(tx, id)? else { return Ok(false) };
    let waits = ERRANDS.get(tx, &place)?.is_some_and(|errand| errand.in_flight.is_none());
    if waits {
        ERRANDS.remove(tx, &place)?;
        set_turn(tx, &place.0)?;
    }
    Ok(waits)
}

/// How an errand ended; `None` while it has not (or long after).
///
/// # Errors
/// When the store fails.
pub fn outcome(tx: &mut Tx<'_>, id: Id) -> Result<Option<Outcome>, StoreError> {
    OUTCOMES.get(tx, &id)
}

/// Erases how an errand ended, and says whether it had. After that its id is a new one.
///
/// # Errors
/// When the store fails.
pub fn forget_outcome(tx: &mut Tx<'_>, id: Id) -> Result<bool, StoreError> {
    OUTCOMES.remove(tx, &id)
}

/// When there is next an errand to do.
///
/// # Errors
/// When the store fails.
pub(super) fn next_due(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    Ok(TURNS.first(tx, &())?.map(|((at, _), ())| at))
}

/// The next errand about something.
pub(super) fn first(tx: &mut Tx<'_>, about: &str) -> Result<Option<(Place, Errand)>, StoreError> {
    ERRANDS.first(tx, &about.to_owned())
}

/// Changes an errand; `None` where it was called off meanwhile.
pub(super) fn change(
    tx: &mut Tx<'_>,
    place: &Place,
    id: Id,
    change: impl FnOnce(&mut Errand),
) -> Result<Option<Errand>, StoreError> {
    let Some(mut errand) = ERRANDS.get(tx, place)?.filter(|errand| errand.id == id) else {
        return Ok(None);
    };
    change(&mut errand);
    ERRANDS.put(tx, place, &errand)?;
    set_turn(tx, &place.0)?;
    Ok(Some(errand))
}

/// Notes how an errand ended and tells its area.
pub(super) fn end(
    tx: &mut Tx<'_>,
    place: &Place,
    id: Id,
    outcome: &Outcome,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(errand) = ERRANDS.get(tx, place)?.filter(|errand| errand.id == id) else { return Ok(()) };
    if let Some(made) = outcome.made() {
        MADE.put(tx, &made, &id)?;
    }
    OUTCOMES.put(tx, &id, outcome)?;
    ERRANDS.remove(tx, place)?;
    set_turn(tx, &place.0)?;
    errand.tell.map_or(Ok(()), |tell| tell.at(tx, now))
}

/// The first of these that no other errand has made.
pub(super) fn unclaimed(tx: &mut Tx<'_>, found: &[u64], id: Id) -> Result<Option<u64>, StoreError> {
    for it in found {
        if MADE.get(tx, it)?.is_none_or(|maker| maker == id) {
            return Ok(Some(*it));
        }
    }
    Ok(None)
}

/// Drops what is kept of errands that were asked for before `before`, and of what was made before
/// `made_before` (an id of Discord's), some at a time.
pub(super) fn tidy(tx: &mut Tx<'_>, before: Id, made_before: u64) -> Result<(), StoreError> {
    for (id, _) in OUTCOMES.range(tx, ..before, 1_000)? {
        OUTCOMES.remove(tx, &id)?;
    }
    for (made, _) in MADE.range(tx, ..made_before, 1_000)? {
        MADE.remove(tx, &made)?;
    }
    Ok(())
}

fn place(tx: &mut Tx<'_>, id: Id) -> Result<Option<Place>, StoreError> {
    Ok(BY_ID.find(tx, &id, 1)?.pop())
}

/// Brings the turn of what errands are about in line with the first of them.
fn set_turn(tx: &mut Tx<'_>, about: &str) -> Result<(), StoreError> {
    let about = about.to_owned();
    let turn = first(tx, &about)?.map(|(_, errand)| errand.not_before);
    let old = TURN_OF.get(tx, &about)?;
    if turn == old {
        return Ok(());
    }
    if let Some(at) = old {
        TURNS.remove(tx, &(at, about.clone()))?;
        TURN_OF.remove(tx, &about)?;
    }
    if let Some(at) = turn {
        TURNS.put(tx, &(at, about.clone()), &())?;
        TURN_OF.put(tx, &about, &at)?;
    }
    Ok(())
}
