//! When a group could meet: half-days that all of them have, as moments. Pure.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::rounds::half_days::{next_monday, span};
use crate::rounds::round::Round;

/// Most times that are suggested.
pub const SUGGESTED: usize = 5;
/// How long a meeting is taken to be.
pub const LONG: SignedDuration = SignedDuration::from_hours(1);
/// A suggested time lies so far ahead at least.
const AHEAD: SignedDuration = SignedDuration::from_hours(12);
/// How finely an overlap is looked at.
const STEP: SignedDuration = SignedDuration::from_mins(30);

/// Times that would do for a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// From when; [`SUGGESTED`] at most.
    pub times: Vec<Timestamp>,
    /// Whether they suit everybody but the sponsor.
    pub but_sponsor: bool,
    /// Whether all lie after the day by which the group is to meet.
    pub late: bool,
}

/// Somebody's half-days of their own week.
#[derive(Clone, Debug)]
pub struct Has {
    /// Whether they are the group's sponsor.
    pub sponsor: bool,
    /// The half-days.
    pub half_days: Vec<u8>,
    /// Their zone.
    pub zone: TimeZone,
}

/// What to offer a group of a round that is to meet by then: times before that where there are such, and none after
/// the round's end; where nothing suits the sponsor too, what suits the others.
#[must_use]
pub fn offer(round: &Round, people: &[Has], now: Timestamp, by: Timestamp) -> Offer {
    let zone = TimeZone::get(&round.zone).unwrap_or(TimeZone::UTC);
    let (monday, ends) = (next_monday(now, &zone), round.ends(round.began.unwrap_or(now)));
    let before_end = |people: &[Has]| -> Vec<Timestamp> {
        common(people, now, monday).into_iter().filter(|at| *at + LONG <= ends).collect()
    };
    let mut times = before_end(people);
    let mut but_sponsor = false;
    if times.is_empty() && people.iter().any(|it| it.sponsor) {
        let others: Vec<Has> = people.iter().filter(|it| !it.sponsor).cloned().collect();
        times = if others.len() > 1 { before_end(&others) } else { vec![] };
        but_sponsor = !times.is_empty();
    }
    let late = !times.iter().any(|at| *at < by);
    times.retain(|at| late || *at < by);
    times.truncate(SUGGESTED);
    Offer { late: late && !times.is_empty(), but_sponsor, times }
}

/// The moments after `now` from which an hour lies in a half-day of everybody, one for each stretch, in the week that
/// begins with `monday` and the one before it; where there are none, in the week after. Those who named none do not
/// hold anybody back.
#[must_use]
pub fn common(people: &[Has], now: Timestamp, monday: Date) -> Vec<Timestamp> {
    let people: Vec<&Has> = people.iter().filter(|it| !it.half_days.is_empty()).collect();
    let Some((first, others)) = people.split_first() else { return vec![] };
    // Elsewhere a half-day of these weeks may lie in the one before or after.
    let around = spans_of(monday, -2..=2);
    let others: Vec<Vec<(Timestamp, Timestamp)>> = others.iter().map(|has| around(has)).collect();
    let found = from_spans(&spans_of(monday, -1..=0)(first), &others, now);
    if found.is_empty() { from_spans(&spans_of(monday, 1..=1)(first), &others, now) } else { found }
}

/// Gives somebody's half-days in these weeks, counted from the one that begins with `monday`.
fn spans_of(monday: Date, weeks: RangeInclusive<i64>) -> impl Fn(&Has) -> Vec<(Timestamp, Timestamp)> {
    let week = move |nth: i64| monday.checked_add(jiff::Span::new().weeks(nth)).ok();
    let weeks: Vec<Date> = weeks.filter_map(week).collect();
    move |has| {
        let days = has.half_days.iter().copied();
        let each =
            |day: u8| weeks.iter().filter_map(move |week| span(day, &has.zone, *week)).collect::<Vec<_>>();
        days.flat_map(each).collect()
    }
}

/// The first moment in each of these stretches from which an hour lies in one of everybody else's.
fn from_spans(
    spans: &[(Timestamp, Timestamp)],
    others: &[Vec<(Timestamp, Timestamp)>],
    now: Timestamp,
) -> Vec<Timestamp> {
    let mut found: Vec<Timestamp> = Vec::new();
    for (from, to) in spans {
        let (from, to) = (*from, *to);
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
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MONDAY: Date = jiff::civil::date(2033, 3, 7);

    fn has(zone: &str, half_days: &[u8]) -> Has {
        Has { sponsor: false, half_days: half_days.to_vec(), zone: TimeZone::get(zone).unwrap() }
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

    fn round(weeks: u8) -> Round {
        let json = serde_json::json!({
            "guild": 1, "name": "", "shape": crate::rounds::round::Shape::Pairs,
            "stage": crate::rounds::round::Stage::Running, "channel": 1, "by": 1, "locale": "en",
            "zone": "Etc/UTC", "until": "2033-03-01T00:00:00Z", "weeks": weeks, "every": 2,
            "began": "2033-03-01T00:00:00Z",
        });
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn times_before_the_planned_day_come_alone_and_later_ones_only_before_the_end() {
        let now = at("2033-03-01T10:00:00Z");
        let two = [has("Etc/UTC", &[0, 9, 12]), has("Etc/UTC", &[0, 9, 12])];
        let before = offer(&round(12), &two, now, at("2033-03-07T12:00:00Z"));
        let times = ["2033-03-03T09:00:00Z", "2033-03-04T09:00:00Z", "2033-03-07T09:00:00Z"].map(at);
        assert_eq!((&before.times[..], before.late, before.but_sponsor), (&times[..], false, false));
        let late = offer(&round(12), &two, now, at("2033-03-02T12:00:00Z"));
        assert!(late.late && late.times.len() == SUGGESTED, "{late:?}");
        let ends = offer(&round(1), &two, now, at("2033-03-02T12:00:00Z"));
        assert_eq!(ends.times, times);
    }

    #[test]
    fn what_suits_all_but_the_sponsor_is_offered_where_nothing_suits_all() {
        let now = at("2033-03-01T10:00:00Z");
        let sponsor = |half_days: &[u8]| Has { sponsor: true, ..has("Etc/UTC", half_days) };
        let of = |people: &[Has]| offer(&round(12), people, now, at("2033-03-12T00:00:00Z"));
        let two = [has("Etc/UTC", &[0, 9]), has("Etc/UTC", &[0, 12])];
        let with = |half_days: &[u8]| [&two[..], &[sponsor(half_days)]].concat();
        assert_eq!(of(&with(&[0])), Offer { times: vec![at("2033-03-07T09:00:00Z")], ..Offer::default() });
        assert!(of(&with(&[20])).but_sponsor && of(&with(&[20])).times == of(&two).times);
        let never = [has("Etc/UTC", &[9]), has("Etc/UTC", &[12]), sponsor(&[9])];
        assert_eq!(of(&never), Offer::default());
    }

    #[test]
    fn a_half_day_that_is_in_another_week_elsewhere_is_found() {
        // Monday morning in Auckland is Sunday evening in London.
        let far = [has("Europe/London", &[20]), has("Pacific/Auckland", &[0])];
        let found = common(&far, at("2033-03-06T12:00:00Z"), MONDAY);
        assert_eq!(found, [at("2033-03-13T20:00:00Z")]);
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
