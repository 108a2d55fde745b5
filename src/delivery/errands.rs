//! The errands' tables, and what areas do with them in their own transactions.

use std::collections::HashSet;

use jiff::Timestamp;

use super::errand::{Errand, Outcome};
use super::tries::is_due;
use crate::id::Id;
use crate::store::{Index, Record, StoreError, Table, Tx};

/// An errand's key: what it is about, its number among those.
pub(super) type Place = (String, u64);
/// Errands that are under way in one channel or server at the same time. Its requests go out one by one
/// anyway, and all others get their turn meanwhile.
const SIDE_BY_SIDE: usize = 2;

pub(super) const ERRANDS: Table<Place, Errand> = Table::new("errands").indexed(&[&BY_ID]);
const BY_ID: Index<Id, Place, Errand> = Index::new("errands/id", |_, errand| vec![errand.id]);
/// Whose turn is when, by channel or server: one entry for each thing that errands are about.
pub(super) const TURNS: Table<(u64, Timestamp, String), ()> = Table::new("errands/turns");
/// Each one's entry in `TURNS`, to find it by.
const TURN_OF: Table<String, (u64, Timestamp)> = Table::new("errands/turn-of");
impl Record for (u64, Timestamp) {}
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

/// When there is next an errand to do; the first time found that has passed, where there is one.
pub(super) fn next_due(tx: &mut Tx<'_>, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let mut next = None;
    let mut from = Some(0);
    while let Some((place, at)) = from.map(|from| turn_from(tx, from)).transpose()?.flatten() {
        if is_due(at, now) {
            return Ok(Some(at));
        }
        next = next.into_iter().chain([at]).min();
        from = place.checked_add(1);
    }
    Ok(next)
}

/// What is chosen to be done next.
#[derive(Default)]
pub(super) struct Chosen {
    /// By channel or server, and what they are about.
    pub(super) turns: Vec<(u64, String)>,
    /// When the next turn is among those looked at.
    pub(super) next: Option<Timestamp>,
    /// Where to look first the next time.
    pub(super) from: u64,
}

/// Those whose turn it is, `free` at most: a few from each channel or server, one after the other from `from` on
/// and then from the first. So whoever asks for little need not wait for others who ask for much.
pub(super) fn choose(
    tx: &mut Tx<'_>,
    now: Timestamp,
    (from, free): (u64, usize),
    busy: &HashSet<(u64, String)>,
) -> Result<Chosen, StoreError> {
    let mut chosen = Chosen { from, ..Chosen::default() };
    let mut passed_the_last = false;
    while chosen.turns.len() < free {
        let found = turn_from(tx, chosen.from)?.filter(|(place, _)| !passed_the_last || *place < from);
        let Some((place, _)) = found else {
            if passed_the_last {
                break;
            }
            (passed_the_last, chosen.from) = (true, 0);
            continue;
        };
        let under_way = busy.iter().filter(|(at, _)| *at == place).count();
        let mut room = SIDE_BY_SIDE.saturating_sub(under_way).min(free - chosen.turns.len());
        for ((_, at, about), ()) in TURNS.scan(tx, &place, SIDE_BY_SIDE + under_way)? {
            if !is_due(at, now) {
                chosen.next = chosen.next.into_iter().chain([at]).min();
                break;
            }
            let turn = (place, about);
            if room > 0 && !busy.contains(&turn) {
                room -= 1;
                chosen.turns.push(turn);
            }
        }
        chosen.from = place.saturating_add(1);
    }
    Ok(chosen)
}

/// The first turn in a channel or server of this number or a higher one.
fn turn_from(tx: &mut Tx<'_>, from: u64) -> Result<Option<(u64, Timestamp)>, StoreError> {
    let first = TURNS.range(tx, (from, Timestamp::MIN, String::new()).., 1)?.pop();
    Ok(first.map(|((place, at, _), ())| (place, at)))
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
    let turn = first(tx, &about)?.map(|(_, errand)| (errand.what.place(), errand.not_before));
    let old = TURN_OF.get(tx, &about)?;
    if turn == old {
        return Ok(());
    }
    if let Some((place, at)) = old {
        TURNS.remove(tx, &(place, at, about.clone()))?;
        TURN_OF.remove(tx, &about)?;
    }
    if let Some((place, at)) = turn {
        TURNS.put(tx, &(place, at, about.clone()), &())?;
        TURN_OF.put(tx, &about, &(place, at))?;
    }
    Ok(())
}
