//! When a programme comes: a cron expression, in a zone.
//!
//! The expression is worked out on the calendar and the clock alone; what that means in a zone Kith's own rule says: a
//! time that does not exist on a day of summer time moves forward, one that exists twice is the first.

use std::str::FromStr as _;

use chrono::{DateTime, Utc};
use croner::Cron;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// The shortest time between two occurrences: a day, which may be shorter by summer time.
const LEAST: SignedDuration = SignedDuration::from_hours(22);
/// So many occurrences are held to it.
const LOOKED_AT: usize = 40;

/// A cron expression that was understood.
#[derive(Clone, Debug)]
pub struct Every(Cron);

/// Why an expression is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCron {
    /// It is no cron expression of five fields.
    #[error("no cron expression")]
    Unread,
    /// It never comes.
    #[error("it never comes")]
    Never,
    /// It comes more than once a day.
    #[error("it comes too often")]
    TooOften,
}

/// Reads an expression of five fields: minute, hour, day of the month, month, day of the week.
///
/// # Errors
/// It is none.
pub fn read(typed: &str) -> Result<Every, NotCron> {
    let typed = typed.trim();
    if typed.split_whitespace().count() != 5 {
        return Err(NotCron::Unread);
    }
    Cron::from_str(typed).map(Every).map_err(|_| NotCron::Unread)
}

/// Reads an expression that a programme may have: it comes, and at most once a day.
///
/// # Errors
/// It is none.
pub fn fitting(typed: &str, zone: &TimeZone, now: Timestamp) -> Result<Every, NotCron> {
    let every = read(typed)?;
    let mut last = every.next(zone, now).ok_or(NotCron::Never)?;
    for _ in 0..LOOKED_AT {
        let Some(next) = every.next(zone, last) else { break };
        if next.duration_since(last) < LEAST {
            return Err(NotCron::TooOften);
        }
        last = next;
    }
    Ok(every)
}

impl Every {
    /// When it comes after `after`; `None` where it never does.
    #[must_use]
    pub fn next(&self, zone: &TimeZone, after: Timestamp) -> Option<Timestamp> {
        let mut civil = as_if_utc(after, zone)?;
        // In the hour that exists twice, the first time of an occurrence may be past already.
        for _ in 0..200 {
            civil = self.0.find_next_occurrence(&civil, false).ok()?;
            let at = in_zone(civil, zone)?;
            if at > after {
                return Some(at);
            }
        }
        None
    }

    /// The next occurrences after `after`.
    #[must_use]
    pub fn some(&self, zone: &TimeZone, after: Timestamp, most: usize) -> Vec<Timestamp> {
        let next = |at: &Timestamp| self.next(zone, *at);
        std::iter::successors(self.next(zone, after), next).take(most).collect()
    }
}

/// What clocks in a zone show, as if it were in UTC.
fn as_if_utc(at: Timestamp, zone: &TimeZone) -> Option<DateTime<Utc>> {
    let civil = at.to_zoned_datetime(zone.clone()).datetime();
    let second = civil.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp().as_second();
    DateTime::from_timestamp(second, 0)
}

fn in_zone(civil: DateTime<Utc>, zone: &TimeZone) -> Option<Timestamp> {
    let civil = Timestamp::from_second(civil.timestamp()).ok()?.to_zoned_datetime(TimeZone::UTC).datetime();
    civil.to_zoned_datetime(zone.clone()).ok().map(|at| at.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn london() -> TimeZone {
        TimeZone::get("Europe/London").unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn nine_is_nine_on_both_sides_of_summer_time() {
        let every = read("0 9 1 * *").unwrap();
        let some = every.some(&london(), at("2033-02-15T00:00:00Z"), 3);
        assert_eq!(
            some,
            [at("2033-03-01T09:00:00Z"), at("2033-04-01T08:00:00Z"), at("2033-05-01T08:00:00Z")]
        );
    }

    #[test]
    fn a_time_that_does_not_exist_moves_and_one_that_exists_twice_is_the_first() {
        // London: on 27 March 2033 there is no 01:30, on 30 October there are two.
        let every = read("30 1 * * *").unwrap();
        assert_eq!(every.next(&london(), at("2033-03-26T12:00:00Z")), Some(at("2033-03-27T01:30:00Z")));
        assert_eq!(every.next(&london(), at("2033-10-29T12:00:00Z")), Some(at("2033-10-30T00:30:00Z")));
        assert_eq!(every.next(&london(), at("2033-10-30T00:30:00Z")), Some(at("2033-10-31T01:30:00Z")));
    }

    #[test]
    fn what_is_none_never_comes_or_comes_too_often_is_not_taken() {
        let now = at("2033-03-01T10:00:00Z");
        let why = |typed| fitting(typed, &london(), now).map(drop);
        assert_eq!(why("each spring"), Err(NotCron::Unread));
        assert_eq!(why("* * * * * *"), Err(NotCron::Unread));
        assert_eq!(why("99 9 * * *"), Err(NotCron::Unread));
        assert_eq!(why("@daily"), Err(NotCron::Unread));
        assert_eq!(why("0 0 30 2 *"), Err(NotCron::Never));
        assert_eq!(why("* * * * *"), Err(NotCron::TooOften));
        assert_eq!(why("0 9,18 * * *"), Err(NotCron::TooOften));
        assert_eq!(why("0 9 * * 1"), Ok(()));
        assert_eq!(why("0 9 1 3,9 *"), Ok(()));
    }

    proptest! {
        #[test]
        fn it_always_comes_later_and_never_skips_backwards(minute in 0u8..60, hour in 0u8..24, from in 1_990_000_000i64..2_020_000_000) {
            let every = read(&format!("{minute} {hour} * * *")).unwrap();
            let after = Timestamp::from_second(from).unwrap();
            let some = every.some(&london(), after, 5);
            prop_assert!(some[0] > after && some.windows(2).all(|two| two[0] < two[1]));
            prop_assert!(some.windows(2).all(|two| two[1].duration_since(two[0]) <= SignedDuration::from_hours(25)));
        }
    }
}
