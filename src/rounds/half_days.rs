//! When people have time: the half-days of a week, in their own zone and in the round's.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

/// Half-days in a week: Monday morning is 0; three a day, morning, afternoon and evening.
pub const HALF_DAYS: u8 = 21;
/// When each of a day's three begins and ends, in hours by the clock on the wall. An evening's end is
/// when the next day's morning begins, so that every hour of a week is in one of them.
const HOURS: [(i8, i8); 3] = [(9, 13), (13, 18), (18, 22)];
/// When a day's morning begins where somebody else's half-day falls into it.
const DAWN: i64 = 5;

/// The half-days of somebody's own week as they fall in another zone's, in the week that begins with
/// `monday`: each is the one in which the middle of theirs lies. In the same zone nothing changes.
#[must_use]
pub fn there(own: &[u8], zone: &TimeZone, other: &TimeZone, monday: Date) -> Vec<u8> {
    let mut all: Vec<u8> =
        own.iter().filter_map(|half_day| one_there(*half_day, zone, other, monday)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn one_there(half_day: u8, zone: &TimeZone, other: &TimeZone, monday: Date) -> Option<u8> {
    let (from, to) = span(half_day, zone, monday)?;
    let middle = from + to.duration_since(from) / 2;
    // Hours after dawn belong to their day, those before it to the evening of the day before.
    let shifted = (middle - SignedDuration::from_hours(DAWN)).to_zoned_datetime(other.clone());
    let third = match i64::from(shifted.hour()) + DAWN {
        ..13 => 0,
        13..18 => 1,
        _ => 2,
    };
    let day = u8::try_from(shifted.date().weekday().to_monday_zero_offset()).ok()?;
    Some(day * 3 + third)
}

/// When somebody's half-day begins and ends in the week that begins with `monday`.
#[must_use]
pub fn span(half_day: u8, zone: &TimeZone, monday: Date) -> Option<(Timestamp, Timestamp)> {
    let day = monday.checked_add(i64::from(half_day / 3).days()).ok()?;
    let (from, to) = HOURS[usize::from(half_day % 3)];
    let at = |hour| {
        let time = Time::new(hour, 0, 0, 0).ok()?;
        crate::when::moment(day, time, zone).ok().map(|at| at.timestamp())
    };
    at(from).zip(at(to))
}

/// The Monday after the day on which `now` is, there.
#[must_use]
pub fn next_monday(now: Timestamp, zone: &TimeZone) -> Date {
    let today = now.to_zoned_datetime(zone.clone()).date();
    today.nth_weekday(1, Weekday::Monday).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MONDAY: Date = jiff::civil::date(2033, 3, 7);

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    #[test]
    fn a_morning_in_one_place_is_an_evening_in_another() {
        let (london, tokyo, auckland) = (zone("Europe/London"), zone("Asia/Tokyo"), zone("Pacific/Auckland"));
        assert_eq!(there(&[0], &london, &tokyo, MONDAY), [2]);
        assert_eq!(there(&[2], &tokyo, &london, MONDAY), [0]);
        // Monday morning in Auckland is Sunday evening in London.
        assert_eq!(there(&[0], &auckland, &london, MONDAY), [20]);
    }

    #[test]
    fn the_next_monday_is_never_today() {
        let monday: Timestamp = "2033-03-07T12:00:00Z".parse().unwrap();
        assert_eq!(next_monday(monday, &TimeZone::UTC), jiff::civil::date(2033, 3, 14));
    }

    proptest! {
        #[test]
        fn at_home_nothing_changes_and_elsewhere_each_is_one(own in 0..HALF_DAYS, name in prop::sample::select(vec!["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Chatham", "Etc/UTC"])) {
            let home = TimeZone::get(name).unwrap();
            prop_assert_eq!(there(&[own], &home, &home, MONDAY), vec![own]);
            let elsewhere = there(&[own], &home, &TimeZone::UTC, MONDAY);
            prop_assert!(elsewhere.len() == 1 && elsewhere[0] < HALF_DAYS);
        }
    }
}
