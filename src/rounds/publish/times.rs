//! When a group could meet: half-days that all of them have, as moments. Pure.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::rounds::half_days::span;

/// Most times that are suggested.
pub const SUGGESTED: usize = 5;
/// How long a meeting is taken to be.
pub const LONG: SignedDuration = SignedDuration::from_hours(1);
/// A suggested time lies so far ahead at least.
const AHEAD: SignedDuration = SignedDuration::from_hours(12);
/// How finely an overlap is looked at.
const STEP: SignedDuration = SignedDuration::from_mins(30);

/// Somebody's half-days of their own week.
#[derive(Clone, Debug)]
pub struct Has {
    /// The half-days.
    pub half_days: Vec<u8>,
    /// Their zone.
    pub zone: TimeZone,
}

/// The first moments after `now` from which an hour lies in a half-day of everybody, one for each stretch, in the
/// week that begins with `monday` and the one before it. Those who named none do not hold anybody back.
#[must_use]
pub fn common(people: &[Has], now: Timestamp, monday: Date) -> Vec<Timestamp> {
    let people: Vec<&Has> = people.iter().filter(|it| !it.half_days.is_empty()).collect();
    let weeks = [monday.checked_sub(jiff::Span::new().weeks(1)), Ok(monday)];
    let weeks: Vec<Date> = weeks.into_iter().flatten().collect();
    let spans = |has: &Has| -> Vec<(Timestamp, Timestamp)> {
        let days = has.half_days.iter().copied();
        let each =
            |day: u8| weeks.iter().filter_map(move |week| span(day, &has.zone, *week)).collect::<Vec<_>>();
        days.flat_map(each).collect()
    };
    let Some((first, others)) = people.split_first() else { return vec![] };
    let others: Vec<Vec<(Timestamp, Timestamp)>> = others.iter().map(|has| spans(has)).collect();
    let mut found: Vec<Timestamp> = Vec::new();
    for (from, to) in spans(first) {
        let mut at = from;
        while at + LONG <= to {
            let free = |spans: &Vec<(Timestamp, Timestamp)>| {
                spans.iter().any(|(from, to)| *from <= at && at + LONG <= *to)
            };
            if at >= now + AHEAD && others.iter().all(free) {
                found.push(at);
                break;
            }
            at += STEP;
        }
    }
    found.sort_unstable();
    found.truncate(SUGGESTED);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MONDAY: Date = jiff::civil::date(2033, 3, 7);

    fn has(zone: &str, half_days: &[u8]) -> Has {
        Has { half_days: half_days.to_vec(), zone: TimeZone::get(zone).unwrap() }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn an_hour_that_both_have_across_zones() {
        // Monday afternoon in London is 13 to 18 there; Monday morning in New York 9 to 13, that is 14 to 18.
        let two = [has("Europe/London", &[1]), has("America/New_York", &[0])];
        assert_eq!(common(&two, at("2033-03-01T10:00:00Z"), MONDAY), [at("2033-03-07T14:00:00Z")]);
        let never = [has("Europe/London", &[0]), has("America/New_York", &[0])];
        assert!(common(&never, at("2033-03-01T10:00:00Z"), MONDAY).is_empty());
    }

    #[test]
    fn nothing_too_soon_and_nobody_without_times_counts() {
        let one = [has("Europe/London", &[4]), has("Asia/Tokyo", &[])];
        // Tuesday afternoon: today's is too soon.
        assert_eq!(common(&one, at("2033-03-01T10:00:00Z"), MONDAY), [at("2033-03-08T13:00:00Z")]);
        assert!(common(&[], at("2033-03-01T10:00:00Z"), MONDAY).is_empty());
    }

    proptest! {
        #[test]
        fn each_lies_in_a_half_day_of_everybody(one in prop::collection::vec(0..21_u8, 1..8), other in prop::collection::vec(0..21_u8, 1..8)) {
            let people = [has("Europe/London", &one), has("Asia/Kolkata", &other)];
            for at in common(&people, at("2033-03-01T10:00:00Z"), MONDAY) {
                for person in &people {
                    let here = at.to_zoned_datetime(person.zone.clone());
                    let third = match here.hour() { 9..13 => 0, 13..18 => 1, 18..22 => 2, _ => 9 };
                    let day = u8::try_from(here.date().weekday().to_monday_zero_offset()).unwrap() * 3 + third;
                    prop_assert!(person.half_days.contains(&day));
                }
            }
        }
    }
}
