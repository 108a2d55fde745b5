//! The grammar of stretches of the calendar: "end of next month", "the first monday of march", "week 50".

use super::{
    day::{Day, Period, Place},
    grammar::{Read, day, year},
    vocabulary::{
        Token::{self, Mark, Month, Number, Ordinal, Unit as U, Weekday, Word},
        Unit,
    },
};

/// Places in a stretch, days of a month, nth weekdays.
pub(super) fn placed(tokens: &[Token]) -> Read<'_, Day> {
    match tokens {
        [Word("eow"), rest @ ..] => {
            return Some((Day::Place { place: Place::End, of: Period::Week(0) }, rest));
        }
        [Word("eom"), rest @ ..] => {
            return Some((Day::Place { place: Place::End, of: Period::Month(0) }, rest));
        }
        [Word("eoy"), rest @ ..] => {
            return Some((Day::Place { place: Place::End, of: Period::Year(0) }, rest));
        }
        [Word("eoq"), rest @ ..] => {
            return Some((Day::Place { place: Place::End, of: Period::Quarter(0) }, rest));
        }
        [Word("midweek"), rest @ ..] => {
            return Some((Day::Place { place: Place::Middle, of: Period::Week(0) }, rest));
        }
        [U(unit @ (Unit::Month | Unit::Year | Unit::Week | Unit::Quarter)), Word("end"), rest @ ..] => {
            return Some((Day::Place { place: Place::End, of: unit_period(*unit, 0)? }, rest));
        }
        [Word("last"), U(Unit::Day), Word("of" | "in"), rest @ ..] => {
            let (of, rest) = period(rest)?;
            return Some((Day::Place { place: Place::End, of }, rest));
        }
        [Ordinal(1), U(Unit::Day), Word("of" | "in"), rest @ ..] => {
            let (of, rest) = period(rest)?;
            return Some((Day::Place { place: Place::Start, of }, rest));
        }
        [Ordinal(nth @ 1..=5), Weekday(weekday), rest @ ..] => {
            let (of, rest) = of_period(rest)?;
            return Some((Day::Nth { nth: i8::try_from(*nth).ok()?, weekday: *weekday, of }, rest));
        }
        [Word("last"), Weekday(weekday), rest @ ..] => {
            let (of, rest) = of_period(rest)?;
            return Some((Day::Nth { nth: -1, weekday: *weekday, of }, rest));
        }
        [Ordinal(nth @ 1..=20), Word("working"), U(Unit::Day), rest @ ..]
        | [Ordinal(nth @ 1..=20), U(Unit::Workday), rest @ ..] => {
            let (of, rest) = of_period(rest)?;
            return Some((Day::NthWorkday { nth: i8::try_from(*nth).ok()?, of }, rest));
        }
        [Word("last"), Word("working"), U(Unit::Day), rest @ ..]
        | [Word("last"), U(Unit::Workday), rest @ ..] => {
            let (of, rest) = of_period(rest)?;
            return Some((Day::NthWorkday { nth: -1, of }, rest));
        }
        [Ordinal(nth @ 1..=5), U(Unit::Week), Word("of" | "in"), rest @ ..] => {
            let (of, rest) = period(rest)?;
            return Some((Day::WeekIn { nth: i8::try_from(*nth).ok()?, of }, rest));
        }
        [Word("last"), U(Unit::Week), Word("of" | "in"), rest @ ..] => {
            let (of, rest) = period(rest)?;
            return Some((Day::WeekIn { nth: -1, of }, rest));
        }
        // The month that has such a day next; "of this month" is this one.
        [Ordinal(day @ 1..=31), Word("of"), Word("the"), U(Unit::Month), rest @ ..]
        | [Ordinal(day @ 1..=31), Word("of"), U(Unit::Month), rest @ ..] => {
            return Some((Day::OfMonth { day: i8::try_from(*day).ok()?, of: None }, rest));
        }
        [Ordinal(day @ 1..=31), rest @ ..] => {
            let day = i8::try_from(*day).ok()?;
            return Some(match of_period(rest) {
                Some((of @ (Period::Month(_) | Period::Named { .. }), rest)) => {
                    (Day::OfMonth { day, of: Some(of) }, rest)
                }
                _ => (Day::OfMonth { day, of: None }, rest),
            });
        }
        _ => {}
    }
    let (place, rest) = match tokens {
        [Word("in" | "by"), Word("the"), rest @ ..] | [Word("in"), rest @ ..] => place(rest),
        rest => place(rest),
    };
    let bare = matches!(rest, [U(unit), next @ ..] if *unit != Unit::Weekend && !matches!(next, [Word("after" | "before"), ..]));
    let (of, rest) = match rest {
        _ if bare && place == Place::Whole => return None,
        [Word("of" | "in"), rest @ ..] if place != Place::Whole => period(rest)?,
        [U(unit), rest @ ..] if place != Place::Whole => (unit_period(*unit, 0)?, rest),
        rest => period(rest)?,
    };
    Some((Day::Place { place, of }, rest))
}

pub(super) fn of_period(tokens: &[Token]) -> Read<'_, Period> {
    match tokens {
        [Word("of" | "in"), rest @ ..] => period(rest),
        rest => period(rest),
    }
}

/// "2026-W50", "week 50", "week 50 of 2026", "week of 7 december": its Monday, or the day of it that is named.
pub(super) fn iso_week(tokens: &[Token]) -> Read<'_, Day> {
    let (named, week, rest) = match tokens {
        [Number(year, 4), U(Unit::Week), Number(week, 1..=2), rest @ ..] => (Some(*year), *week, rest),
        [U(Unit::Week), Number(week, 1..=2), rest @ ..]
            if !matches!(rest, [U(_) | Month(_) | Mark(':' | '/' | '.') | Word("am" | "pm"), ..]) =>
        {
            (None, *week, rest)
        }
        [U(Unit::Week), Word("of" | "starting"), rest @ ..] => {
            let (day, rest) = day(rest)?;
            return Some((Day::WeekOf(Box::new(day)), rest));
        }
        _ => return None,
    };
    let (weekday, rest) = match rest {
        [Mark('-'), Number(day @ 1..=7, 1), rest @ ..] => (*day, rest),
        rest => (1, rest),
    };
    let (year, rest) = match named {
        Some(year) => (Some(i16::try_from(year).ok()?), rest),
        None => year(rest, false),
    };
    let weekday = jiff::civil::Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
    Some((Day::IsoWeek { year, week: i8::try_from(week).ok()?, weekday }, rest))
}

fn place(tokens: &[Token]) -> (Place, &[Token]) {
    match tokens {
        [Word("start"), rest @ ..] => (Place::Start, rest),
        [Word("early"), rest @ ..] => (Place::Early, rest),
        [Word("mid"), rest @ ..] => (Place::Middle, rest),
        [Word("late"), rest @ ..] => (Place::Late, rest),
        [Word("end"), rest @ ..] => (Place::End, rest),
        rest => (Place::Whole, rest),
    }
}

/// A stretch of the calendar at the start of the tokens.
fn period(tokens: &[Token]) -> Read<'_, Period> {
    let tokens = match tokens {
        [Word("the"), rest @ ..] | [Word("in"), rest @ ..] => rest,
        rest => rest,
    };
    match tokens {
        [U(unit), Word("after"), Word("next"), rest @ ..] => Some((unit_period(*unit, 2)?, rest)),
        [U(unit), Word("before"), Word("last"), rest @ ..] => Some((unit_period(*unit, -2)?, rest)),
        [Word("next"), U(unit), rest @ ..] | [Word("following"), U(unit), rest @ ..] => {
            Some((unit_period(*unit, 1)?, rest))
        }
        [Word("this" | "coming"), U(unit), rest @ ..] => Some((unit_period(*unit, 0)?, rest)),
        [Word("last" | "past"), U(unit), rest @ ..] => Some((unit_period(*unit, -1)?, rest)),
        [U(unit @ (Unit::Weekend | Unit::Month | Unit::Year | Unit::Week | Unit::Quarter)), rest @ ..] => {
            Some((unit_period(*unit, 0)?, rest))
        }
        [Word("next" | "this" | "coming" | "last"), Month(month), rest @ ..] => {
            Some((Period::Named { month: *month, year: None }, rest))
        }
        [Month(month), rest @ ..] => {
            let (year, rest) = year(rest, false);
            Some((Period::Named { month: *month, year }, rest))
        }
        [Word("q"), Number(quarter @ 1..=4, 1), rest @ ..] => {
            let (year, rest) = year(rest, false);
            Some((Period::NumberedQuarter { quarter: i8::try_from(*quarter).ok()?, year }, rest))
        }
        [Number(year @ 2000..=2100, 4), rest @ ..] => {
            Some((Period::Calendar(i16::try_from(*year).ok()?), rest))
        }
        _ => None,
    }
}

fn unit_period(unit: Unit, offset: i64) -> Option<Period> {
    Some(match unit {
        Unit::Week => Period::Week(offset),
        Unit::Weekend => Period::Weekend(offset),
        Unit::Month => Period::Month(offset),
        Unit::Quarter => Period::Quarter(offset),
        Unit::Year => Period::Year(offset),
        _ => return None,
    })
}
