//! Whom it helps most to be in touch with now, and why. Pure.
//!
//! Three things speak for somebody. What each weighs is added up, and whoever has more comes first:
//!
//! | reason | when | points |
//! | --- | --- | --- |
//! | *overdue* | their rhythm has brought their turn, or the last touch (before the first one: the adding) is a whole rhythm ago | 100 for each rhythm's length since then, 100 at least, 400 at most |
//! | *had more* | one has had (asked for or received) more than one gave | 60, and 20 for each that is open beyond the first; 140 at most |
//! | *fading* | a strong tie has gone quiet, with a rhythm or without: the last touch is twice as long ago as their rhythm, else as the usual one of the relationship ([`usual_rhythm`]) | 40 for each such length, 200 at most |
//!
//! So somebody who is due comes before somebody of whom one had a thing or two more, and before a tie that has just begun
//! to fade; long silence lifts them. A tie is strong where much hangs on it (mentor, mentee, sponsor, protégé, manager,
//! friend) or where there were [`MANY`] touches. No reason weighs less because time passes.
//!
//! Among equals the longer silence comes first, then whoever was added first: the order is total, and the same on every
//! machine. The digest, what is left for tomorrow where more is due than a member takes a day, and `/nudge suggest` all
//! go by it; what a member planned for a moment comes before all that ([`Place`]).

use std::cmp::Reverse;

use jiff::{SignedDuration, Timestamp};

use crate::connections::{Connection, Relationship, Turn, usual_rhythm};
use crate::id::Id;
use crate::when::Cadence;

/// From how many touches on a tie is strong, whatever the relationship.
pub const MANY: u32 = 5;
/// For how long after a touch nobody is suggested.
pub const JUST_NOW: SignedDuration = SignedDuration::from_hours(24);
/// How many times the fitting rhythm a strong tie is silent before it fades.
const FADES_AFTER: u32 = 2;

/// How much it helps to be in touch with somebody now.
#[derive(Clone, Debug, PartialEq)]
pub struct Urgency {
    /// The points of all reasons together.
    pub score: u32,
    /// What speaks for it, the weightiest first; never empty.
    pub reasons: Vec<Reason>,
}

/// What speaks for being in touch with somebody.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// The rhythm has brought their turn, or would have.
    Overdue {
        /// Their rhythm.
        every: Cadence,
        /// The last touch, before the first one the adding.
        since: Timestamp,
        /// How long that is ago, in hundredths of the rhythm: 100 for just due, 250 for two rhythms and a half.
        share: u32,
    },
    /// The member had more than they gave.
    HadMore {
        /// How often they asked.
        asked: u32,
        /// How often they received.
        received: u32,
        /// How often they gave.
        gave: u32,
        /// The first that they have not given something for.
        since: Timestamp,
    },
    /// A strong tie has gone quiet.
    Fading {
        /// What they are to the member, where that makes the tie strong.
        close: Option<Relationship>,
        /// How many touches there were.
        touches: u32,
        /// The last touch, before the first one the adding.
        since: Timestamp,
        /// How long that is ago, in hundredths of the rhythm that fits them.
        share: u32,
    },
}

impl Reason {
    /// What it weighs.
    #[must_use]
    pub fn points(&self) -> u32 {
        match *self {
            Self::Overdue { share, .. } => share.clamp(100, 400),
            Self::HadMore { asked, received, gave, .. } => {
                let open = asked.saturating_add(received).saturating_sub(gave);
                60 + 20 * open.saturating_sub(1).min(4)
            }
            Self::Fading { share, .. } => (share / 100 * 40).min(200),
        }
    }
}

/// How much it helps to be in touch with a connection at `now`; `None` where nothing speaks for it.
#[must_use]
pub fn urgency(connection: &Connection, now: Timestamp) -> Option<Urgency> {
    let mut reasons: Vec<Reason> = [overdue(connection, now), had_more(connection), fading(connection, now)]
        .into_iter()
        .flatten()
        .collect();
    reasons.sort_by_key(|reason| Reverse(reason.points()));
    let score = reasons.iter().map(Reason::points).sum();
    (!reasons.is_empty()).then_some(Urgency { score, reasons })
}

/// Where something stands among what comes: less comes sooner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    by_rhythm: bool,
    score: Reverse<u32>,
    since: Timestamp,
    id: Id,
}

impl Place {
    /// What a member planned for `at`: before all that rhythms bring, the earlier first.
    #[must_use]
    pub fn planned(at: Timestamp, id: Id) -> Self {
        Self { by_rhythm: false, score: Reverse(0), since: at, id }
    }

    /// A connection's turn: by [`urgency`], the longer silence first among equals.
    #[must_use]
    pub fn of(connection: &Connection, now: Timestamp) -> Self {
        let score = urgency(connection, now).map_or(0, |urgency| urgency.score);
        Self { by_rhythm: true, score: Reverse(score), since: last(connection), id: connection.id }
    }
}

/// Whom of a network to be in touch with at `now`, and why; the first is who it helps most.
///
/// Left out is who has a nudge waiting ([`Turn::Open`], or one of those `put_off`: planned and come, snoozed, skipped
/// lately), and whoever one was in touch with just now.
#[must_use]
pub fn suggestions(
    network: Vec<Connection>,
    put_off: &dyn Fn(&Connection) -> bool,
    now: Timestamp,
) -> Vec<(Connection, Urgency)> {
    let just_now = |it: &Connection| it.last.as_ref().is_some_and(|last| now < last.at + JUST_NOW);
    let free =
        network.into_iter().filter(|it| !matches!(it.turn, Turn::Open(_)) && !just_now(it) && !put_off(it));
    let mut all: Vec<(Connection, Urgency)> =
        free.filter_map(|it| urgency(&it, now).map(|urgency| (it, urgency))).collect();
    all.sort_by_cached_key(|(it, _)| Place::of(it, now));
    all
}

fn overdue(connection: &Connection, now: Timestamp) -> Option<Reason> {
    let every = connection.every?;
    let share = share(connection, every, now);
    // Calendar rhythms ("every friday") may bring a turn sooner after a touch than their length.
    let brought = match connection.turn {
        Turn::Off => false,
        Turn::Planned(coming) => coming.at <= now,
        Turn::Open(_) => true,
    };
    (brought || share >= 100).then_some(Reason::Overdue { every, since: last(connection), share })
}

fn had_more(connection: &Connection) -> Option<Reason> {
    let ledger = &connection.ledger;
    (ledger.had() > ledger.gave).then_some(Reason::HadMore {
        asked: ledger.asked,
        received: ledger.received,
        gave: ledger.gave,
        since: ledger.had_since.unwrap_or(connection.added),
    })
}

fn fading(connection: &Connection, now: Timestamp) -> Option<Reason> {
    let close = connection.relationship.filter(|it| is_close(*it));
    let touches = connection.ledger.touches();
    if close.is_none() && touches < MANY {
        return None;
    }
    let fitting = connection.every.unwrap_or_else(|| usual_rhythm(connection.relationship));
    let share = share(connection, fitting, now);
    let since = last(connection);
    (share >= 100 * FADES_AFTER).then_some(Reason::Fading { close, touches, since, share })
}

/// Whether much hangs on being in touch with somebody who is this to the member.
fn is_close(relationship: Relationship) -> bool {
    match relationship {
        Relationship::Mentor
        | Relationship::Mentee
        | Relationship::Sponsor
        | Relationship::Protege
        | Relationship::Manager
        | Relationship::Friend => true,
        Relationship::Peer | Relationship::Colleague | Relationship::Client | Relationship::Other => false,
    }
}

/// The last touch, before the first one the adding.
fn last(connection: &Connection) -> Timestamp {
    connection.last.as_ref().map_or(connection.added, |last| last.at)
}

/// How long the last touch is ago, in hundredths of a rhythm.
fn share(connection: &Connection, every: Cadence, now: Timestamp) -> u32 {
    let silence = now.duration_since(last(connection)).max(SignedDuration::ZERO);
    let share = silence.as_secs_f64() / (every.about_days() * 86_400.0) * 100.0;
    // Casting saturates; no rhythm is shorter than a day, so nothing is lost.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is not negative")]
    let share = share as u32;
    share
}

#[cfg(test)]
mod tests;
