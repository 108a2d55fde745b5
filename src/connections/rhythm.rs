//! When a connection's next nudge comes.

use jiff::{SignedDuration, Timestamp};

use super::{Connection, Turn};
use crate::members::Member;
use crate::when::By;

/// When the rhythm of a connection means to bring the next nudge; `None` where it has no rhythm.
///
/// It counts from the day of the last touch, before the first one from the day of adding, and
/// comes at the member's delivery hour. A member's day begins at the delivery hour, so a talk at
/// one in the morning belongs to the evening before. What should have come already comes at the
/// next delivery hour.
#[must_use]
pub fn next(connection: &Connection, member: &Member, now: Timestamp) -> Option<Timestamp> {
    let cadence = connection.every?;
    let zone = member.zone();
    let anchor = connection.last.as_ref().map_or(connection.added, |last| last.at);
    let hour = member.hour;
    let since_midnight = SignedDuration::from_mins(i64::from(hour.hour()) * 60 + i64::from(hour.minute()));
    let day = (anchor.to_zoned_datetime(zone.clone()).datetime().checked_sub(since_midnight)).ok()?.date();
    let due = cadence.next_after(day, anchor, member.hour, &zone).ok()?.timestamp();
    let due = if due > now {
        due
    } else {
        let tomorrow = crate::when::Cadence { at: cadence.at, ..crate::when::Cadence::days(1) };
        let yesterday = now.to_zoned_datetime(zone.clone()).date().yesterday().ok()?;
        tomorrow.next_after(yesterday, now, member.hour, &zone).ok()?.timestamp()
    };
    Some(due)
}

/// Where the turn of a connection stands once something happened that it counts from.
#[must_use]
pub fn turn(connection: &Connection, member: &Member, now: Timestamp) -> Turn {
    let meant = next(connection, member, now);
    meant.map_or(Turn::Off, |meant| Turn::Planned(member.coming(meant, By::Rhythm)))
}

/// Where the turn of a connection stands once its rhythm was changed: a nudge that waits goes on
/// waiting, unless none is to come any more.
#[must_use]
pub fn turn_of_new_rhythm(connection: &Connection, member: &Member, now: Timestamp) -> Turn {
    match connection.turn {
        Turn::Open(nudge) if connection.every.is_some() => Turn::Open(nudge),
        _ => turn(connection, member, now),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connections::{Last, What};
    use crate::id::Id;
    use crate::when::Cadence;
    use jiff::civil::Time;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn member() -> Member {
        Member::new("Europe/Berlin", Time::constant(9, 0, 0, 0), "de", Timestamp::UNIX_EPOCH)
    }

    fn weekly(added: &str, last: Option<&str>) -> Connection {
        Connection {
            every: Some(Cadence::weeks(1)),
            last: last.map(|last| Last { what: What::Chat, at: at(last), note: None }),
            ..Connection::new(Id(1), "Grace", at(added))
        }
    }

    /// docs/nudges.md: delivery-hour, adding
    #[test]
    fn counts_from_the_day_of_adding_at_the_delivery_hour() {
        let connection = weekly("2026-11-24T12:00:00Z", None);
        let due = next(&connection, &member(), connection.added);
        assert_eq!(due, Some(at("2026-12-01T08:00:00Z")));
    }

    /// docs/nudges.md: last-touch
    #[test]
    fn counts_from_the_last_touch_once_there_is_one() {
        let connection = weekly("2026-11-24T12:00:00Z", Some("2026-11-27T12:00:00Z"));
        assert_eq!(
            next(&connection, &member(), at("2026-11-27T12:00:00Z")),
            Some(at("2026-12-04T08:00:00Z"))
        );
    }

    /// docs/nudges.md: older-touch
    #[test]
    fn a_touch_before_the_adding_counts_too() {
        let connection = weekly("2026-11-24T12:00:00Z", Some("2026-11-23T12:00:00Z"));
        assert_eq!(next(&connection, &member(), connection.added), Some(at("2026-11-30T08:00:00Z")));
    }

    /// docs/nudges.md: day-begins
    #[test]
    fn a_talk_before_the_delivery_hour_belongs_to_the_day_before() {
        let connection = weekly("2026-11-24T05:00:00Z", None);
        assert_eq!(next(&connection, &member(), connection.added), Some(at("2026-11-30T08:00:00Z")));
    }

    #[test]
    fn a_day_begins_at_the_delivery_hour_whatever_time_a_rhythm_has() {
        let wednesdays = |time| {
            let cadence = crate::when::repeat(
                &format!("every wednesday at {time}"),
                &member().asker(at("2026-11-24T12:00:00Z")),
            );
            Connection { every: Some(cadence.unwrap().cadence), ..weekly("2026-11-25T10:00:00Z", None) }
        };
        // A talk on Wednesday at eleven: it is done for this Wednesday.
        for (time, due) in [("18:30", "2026-12-02T17:30:00Z"), ("07:45", "2026-12-02T06:45:00Z")] {
            let connection = wednesdays(time);
            assert_eq!(next(&connection, &member(), connection.added), Some(at(due)));
        }
    }

    #[test]
    fn what_is_over_comes_at_the_next_delivery_hour() {
        let connection = weekly("2026-01-01T12:00:00Z", None);
        assert_eq!(
            next(&connection, &member(), at("2026-11-24T07:00:00Z")),
            Some(at("2026-11-24T08:00:00Z"))
        );
        assert_eq!(
            next(&connection, &member(), at("2026-11-24T12:00:00Z")),
            Some(at("2026-11-25T08:00:00Z"))
        );
    }

    proptest! {
        #[test]
        fn is_always_to_come_and_a_week_at_most_after_a_touch_now(second in 1_700_000_000_i64..2_000_000_000) {
            let now = Timestamp::from_second(second).unwrap();
            let connection = Connection { added: now, ..weekly("2026-01-01T12:00:00Z", None) };
            let due = next(&connection, &member(), now).unwrap();
            // An hour of slack for the change from summer time.
            prop_assert!(due > now && due <= now + SignedDuration::from_hours(7 * 24 + 1));
            prop_assert!(due > now + SignedDuration::from_hours(6 * 24 - 1));
        }
    }
}
