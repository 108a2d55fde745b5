//! What is to come, as a calendar (RFC 5545): planned nudges and the next turn of each rhythm, a year ahead.
//!
//! A nudge that repeats is one event for each time that it comes: only so does each stand where the member's
//! quiet hours and the changes of summer time put it. An event says whom it is about and what is asked, never
//! what the member wrote.

pub mod address;
pub mod feed;
mod file;
pub mod view;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};

pub use self::file::{NAME, file};

use super::{Kind, Nudge, dates, due};
use crate::connections::{Connection, Turn};
use crate::id::Id;
use crate::members::Member;
use crate::when::Coming;

/// Most events of one calendar, the next ones first.
pub const MOST: usize = 1_000;

/// Something that is to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// When.
    pub at: Timestamp,
    /// The nudge, or the connection whose turn it is.
    pub of: Id,
    /// The day of this time of a nudge that repeats: each has an id of its own.
    pub day: Option<Date>,
    /// What is asked; a rhythm decides that when its turn has come.
    pub kind: Option<Kind>,
    /// Whether it is a date of theirs, and if so whether a birthday.
    pub birthday: Option<bool>,
    /// Whom it is about.
    pub connection: Option<Id>,
}

/// Everything that comes within a year after `now`, in order, and whether there is more than [`MOST`].
#[must_use]
pub fn coming(
    nudges: &[Nudge],
    network: &[Connection],
    member: &Member,
    now: Timestamp,
) -> (Vec<Item>, bool) {
    let here = now.to_zoned_datetime(member.zone());
    let until = here.checked_add(1.year()).map_or(Timestamp::MAX, |at| at.timestamp());
    let within = |at: Timestamp| at > now && at <= until;
    let turns = network.iter().filter_map(|it| match it.turn {
        Turn::Planned(Coming { at, .. }) if within(at) => {
            Some(Item { at, of: it.id, day: None, kind: None, birthday: None, connection: Some(it.id) })
        }
        Turn::Planned(_) | Turn::Off | Turn::Open(_) => None,
    });
    let mut all: Vec<Item> = turns.collect();
    // Only the nearest time of each is looked for, so that many nudges that come daily cost no more than the file holds.
    let first = |nudge: &Nudge| {
        if nudge.coming.at > now { Some(nudge.clone()) } else { due::next(nudge, member, now) }
    };
    let mut by_id: HashMap<Id, Nudge> =
        nudges.iter().filter_map(|nudge| Some((nudge.id, first(nudge)?))).collect();
    let mut nearest: BinaryHeap<_> =
        by_id.values().map(|nudge| Reverse((nudge.coming.at, nudge.id))).collect();
    let most = all.len() + MOST;
    while let Some(Reverse((at, id))) =
        nearest.pop().filter(|Reverse((at, _))| within(*at) && all.len() <= most)
        && let Some(nudge) = by_id.get_mut(&id)
    {
        all.push(Item {
            at,
            of: id,
            day: nudge.repeat.map(|_| at.to_zoned_datetime(member.zone()).date()),
            kind: Some(nudge.kind),
            birthday: nudge.occasion.map(|_| dates::is_birthday(&nudge.about)),
            connection: nudge.connection,
        });
        if let Some(next) = due::next(nudge, member, at) {
            nearest.push(Reverse((next.coming.at, id)));
            *nudge = next;
        }
    }
    all.sort_by_key(|coming| (coming.at, coming.of));
    let more = all.len() > MOST;
    all.truncate(MOST);
    (all, more)
}

#[cfg(test)]
mod tests;
