//! When a rhythm that is snoozed again and again should be longer. Pure.
//!
//! A *run* is how often running a connection's nudge was snoozed. At every [`ASKS_AFTER`]th snooze of a run Kith asks
//! once whether the rhythm should be longer ([`Cadence::longer`]). A touch, *Done* (which logs one), *Skip* and another
//! rhythm begin a new run.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::connections::{Connection, Turn};
use crate::when::Cadence;

/// At how many snoozes running Kith asks; and again after as many more.
pub const ASKS_AFTER: u32 = 3;
/// For how long after a nudge was skipped nobody is suggested whom it was about.
const RESTS_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How a connection's nudges were put off lately.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// How often running they were snoozed; 0 where the last one was skipped.
    pub snoozed: u32,
    /// When the last one was put off.
    pub at: Timestamp,
    /// How many touches there had been then.
    pub touches: u32,
    /// When the last one of them was.
    pub last: Option<Timestamp>,
    /// The rhythm then.
    pub every: Option<Cadence>,
}

impl Run {
    /// The run after one more snooze at `now`.
    #[must_use]
    pub fn snoozed(before: Option<&Self>, connection: &Connection, now: Timestamp) -> Self {
        let snoozed = before.filter(|run| run.goes_on(connection)).map_or(0, |run| run.snoozed);
        Self { snoozed: snoozed.saturating_add(1), ..Self::skipped(connection, now) }
    }

    /// The run after a skip at `now`: none was snoozed since.
    #[must_use]
    pub fn skipped(connection: &Connection, now: Timestamp) -> Self {
        Self {
            snoozed: 0,
            at: now,
            touches: connection.ledger.touches(),
            last: connection.last.as_ref().map(|last| last.at),
            every: connection.every,
        }
    }

    /// The longer rhythm that Kith asks about after the last snooze, where it does.
    #[must_use]
    pub fn asks(&self, connection: &Connection) -> Option<Cadence> {
        let asks = self.snoozed > 0 && self.snoozed.is_multiple_of(ASKS_AFTER) && self.goes_on(connection);
        connection.every.filter(|_| asks)?.longer()
    }

    /// Whether the connection's nudge is put off at `now`: snoozed and not back yet, or skipped lately.
    #[must_use]
    pub fn is_put_off(&self, connection: &Connection, now: Timestamp) -> bool {
        let snoozed = self.snoozed > 0 && matches!(connection.turn, Turn::Planned(coming) if coming.at > now);
        self.goes_on(connection) && (snoozed || self.snoozed == 0 && now < self.at + RESTS_FOR)
    }

    /// Whether nothing has happened since that begins a new run.
    fn goes_on(&self, connection: &Connection) -> bool {
        *self == Self { snoozed: self.snoozed, ..Self::skipped(connection, self.at) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connections::{Last, Ledger, What};
    use crate::id::Id;
    use crate::when::Coming;

    fn day(n: i64) -> Timestamp {
        Timestamp::from_second(1_780_000_000 + n * 86_400).unwrap()
    }

    fn monthly() -> Connection {
        Connection {
            every: Some(Cadence::weeks(4)),
            turn: Turn::Planned(Coming::at(day(30))),
            ..Connection::new(Id(1), "Grace", day(0))
        }
    }

    /// The run after so many snoozes, one a day.
    fn after(snoozes: i64, connection: &Connection) -> Run {
        let first = Run::snoozed(None, connection, day(0));
        (1..snoozes).fold(first, |run, on| Run::snoozed(Some(&run), connection, day(on)))
    }

    fn asked(snoozes: i64) -> Option<Cadence> {
        after(snoozes, &monthly()).asks(&monthly())
    }

    /// docs/nudges.md: three-snoozes
    #[test]
    fn asks_at_every_third_snooze_and_at_no_other() {
        let asks: Vec<i64> = (1..=10).filter(|snoozes| asked(*snoozes).is_some()).collect();
        assert_eq!(asks, [3, 6, 9]);
        assert_eq!(asked(3), Some(Cadence::weeks(6)));
    }

    /// docs/nudges.md: three-snoozes
    #[test]
    fn a_touch_a_skip_and_another_rhythm_begin_a_new_run() {
        let run = after(2, &monthly());
        let talked = Last { what: What::Chat, at: day(2), note: None };
        let ledger = Ledger { all: 1, ..Ledger::default() };
        let touched = Connection { last: Some(talked), ledger: ledger.clone(), ..monthly() };
        assert_eq!(Run::snoozed(Some(&run), &touched, day(3)).snoozed, 1);
        // One that was longer ago than the last is a touch too.
        let noted = Connection { ledger, ..monthly() };
        assert_eq!(Run::snoozed(Some(&run), &noted, day(3)).snoozed, 1);
        let longer = Connection { every: Some(Cadence::weeks(6)), ..monthly() };
        assert_eq!(Run::snoozed(Some(&run), &longer, day(3)).snoozed, 1);
        let skipped = Run::skipped(&monthly(), day(3));
        assert_eq!(Run::snoozed(Some(&skipped), &monthly(), day(4)).snoozed, 1);
        assert_eq!(Run::snoozed(Some(&run), &monthly(), day(3)).snoozed, 3);
    }

    #[test]
    fn nothing_is_asked_of_somebody_without_a_rhythm_or_on_a_yearly_date() {
        let none = Connection { every: None, ..monthly() };
        assert_eq!(after(3, &none).asks(&none), None);
        let yearly = crate::when::Every::Yearly { month: 2, day: 29 };
        let birthday = Connection { every: Some(yearly.into()), ..monthly() };
        assert_eq!(after(3, &birthday).asks(&birthday), None);
    }

    #[test]
    fn the_question_is_over_once_the_rhythm_is_another() {
        let run = after(3, &monthly());
        let longer = Connection { every: Some(Cadence::weeks(6)), ..monthly() };
        assert_eq!(run.asks(&longer), None);
    }

    /// docs/nudges.md: suggest-left-out
    #[test]
    fn who_is_snoozed_rests_until_the_nudge_is_back_and_who_is_skipped_for_a_week() {
        let snoozed = after(1, &monthly());
        assert!(snoozed.is_put_off(&monthly(), day(29)));
        let back = Connection { turn: Turn::Open(Id(9)), ..monthly() };
        assert!(!snoozed.is_put_off(&back, day(30)));
        let skipped = Run::skipped(&monthly(), day(0));
        assert!(skipped.is_put_off(&monthly(), day(6)));
        assert!(!skipped.is_put_off(&monthly(), day(7)));
        let talked = Last { what: What::Chat, at: day(2), note: None };
        assert!(!skipped.is_put_off(&Connection { last: Some(talked), ..monthly() }, day(6)));
    }
}
