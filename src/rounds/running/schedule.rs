//! When things come while a round runs. Pure.

use jiff::{SignedDuration, Timestamp};

use crate::rounds::round::Round;

/// So long before a round ends its groups' last meeting is asked about at the latest.
const BEFORE_END: SignedDuration = SignedDuration::from_hours(24);
/// So long after an agreed meeting began it is asked about.
const AFTER: SignedDuration = SignedDuration::from_hours(3);
/// So long before a planned meeting a group is reminded that has agreed on no time.
const BEFORE_PLANNED: SignedDuration = SignedDuration::from_hours(24 * 3);
/// So long before an agreed meeting.
const BEFORE_AGREED: SignedDuration = SignedDuration::from_hours(24);

/// By when a group is to have met for the `nth` time, from 1: when it is asked about where it agreed on no time.
/// In whole seconds, as the agenda keeps no more than milliseconds.
#[must_use]
pub fn planned(round: &Round, began: Timestamp, nth: u16) -> Timestamp {
    let at = round.meets(began, nth).min(round.ends(began) - BEFORE_END);
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

/// When a group is asked about its `nth` meeting, the next one to be asked about; `since` is when it was last asked,
/// or the round began. A meeting that was agreed on since then is this one, also where it is up to half a rhythm
/// late: then it is waited for.
#[must_use]
pub fn asks(
    round: &Round,
    (began, since): (Timestamp, Timestamp),
    nth: u16,
    agreed: Option<Timestamp>,
) -> Timestamp {
    let planned = planned(round, began, nth);
    let late = planned + SignedDuration::from_hours(12 * 7 * i64::from(round.every));
    let last = (round.ends(began) - SignedDuration::from_hours(1)).max(planned);
    match agreed.filter(|at| *at > since && *at <= late) {
        Some(at) => (at + AFTER).min(last),
        None => planned,
    }
}

/// When a group is reminded of its `nth` meeting, where it has agreed on no time.
#[must_use]
pub fn reminds(round: &Round, began: Timestamp, nth: u16) -> Timestamp {
    planned(round, began, nth) - BEFORE_PLANNED
}

/// When a group is reminded of a meeting that it agreed on.
#[must_use]
pub fn reminds_of(agreed: Timestamp) -> Timestamp {
    agreed - BEFORE_AGREED
}

/// When people are asked how it is going: half-way.
#[must_use]
pub fn half_time(round: &Round, began: Timestamp) -> Timestamp {
    began + (round.ends(began).duration_since(began)) / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rounds::round::{Shape, Stage};
    use proptest::prelude::*;

    fn round(weeks: u8, every: u8) -> Round {
        let json = serde_json::json!({
            "guild": 1, "name": "", "shape": Shape::Pairs, "stage": Stage::Running, "channel": 1, "by": 1,
            "locale": "en", "zone": "Etc/UTC", "until": "2033-01-01T00:00:00Z", "weeks": weeks, "every": every,
        });
        serde_json::from_value(json).unwrap()
    }

    fn day(day: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * day)
    }

    #[test]
    fn what_was_agreed_is_asked_about_after_it_and_what_was_not_when_it_was_planned() {
        let round = round(8, 2);
        let began = day(0);
        let of = |since, nth, agreed| asks(&round, (began, since), nth, agreed);
        assert_eq!(of(began, 1, None), day(14));
        assert_eq!(of(began, 1, Some(day(5))), day(5) + AFTER);
        assert_eq!(of(began, 1, Some(day(16))), day(16) + AFTER, "late, and waited for");
        assert_eq!(of(began, 1, Some(day(22))), day(14), "that is the next one");
        assert_eq!(of(day(6), 2, Some(day(5))), day(28), "that was the one before");
        assert_eq!(of(began, 4, None), day(55), "before the round ends");
    }

    proptest! {
        #[test]
        fn a_meeting_is_asked_about_after_it_began_and_before_the_round_ends(weeks in 1..53_u8, every in 1..9_u8, nth in 1..60_u16, agreed in prop::option::of(0..400_i64), since in 0..400_i64) {
            let round = round(weeks, every);
            let nth = nth.min(round.meetings());
            let agreed = agreed.map(day);
            let at = asks(&round, (day(0), day(since)), nth, agreed);
            prop_assert!(at < round.ends(day(0)));
            prop_assert!(at > day(0));
            prop_assert!(half_time(&round, day(0)) < round.ends(day(0)));
        }
    }
}
