//! The grammar of days: which tokens name which day.

use super::{
    day::{Day, Period, Place, Toward, Which},
    span::{Length, length},
    vocabulary::{
        Token::{self, Feast, Mark, Month, Number, Ordinal, Unit as U, Weekday, Word},
        Unit,
    },
};

/// What was read, and what is left.
pub(super) type Read<'a, T> = Option<(T, &'a [Token])>;

/// A day, or an exact length from now.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    Day(Day),
    Exact { by: Length, back: bool },
}

/// What a phrase is read for: the way it looks, and what "m" is short for.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    pub toward: Toward,
    pub em: Unit,
}

/// A day at the start of the tokens.
pub(super) fn piece(tokens: &[Token], view: View) -> Read<'_, Piece> {
    let tokens = match tokens {
        [Word("about"), rest @ ..] => rest,
        [Word("on" | "by" | "from"), Word("the"), rest @ ..] => rest,
        [Word("on" | "by" | "the" | "from"), rest @ ..] => rest,
        rest => rest,
    };
    shifted(tokens, view).or_else(|| day(tokens).map(|(day, rest)| (Piece::Day(day), rest)))
}

/// "in 2 weeks", "2 days ago", "a week on tuesday", "3 days before christmas".
fn shifted(tokens: &[Token], view: View) -> Read<'_, Piece> {
    let (inside, from) = match tokens {
        [Word("in" | "after"), Word("about"), rest @ ..] => (true, rest),
        [Word("in" | "after"), rest @ ..] => (true, rest),
        [U(Unit::Week | Unit::Fortnight), Word("on" | "from"), ..] => (false, tokens),
        rest => (false, rest),
    };
    let (by, rest) = match from {
        [U(Unit::Week), rest @ ..] if !inside && !rest.is_empty() => (Length::week(), rest),
        from => length(from, view.em)?,
    };
    let away = |back: bool, rest| {
        let piece = if by.exact {
            Piece::Exact { by, back }
        } else {
            Piece::Day(Day::Shifted { from: Box::new(Day::Today(0)), by, back })
        };
        Some((piece, rest))
    };
    match rest {
        [Word("ago" | "back" | "earlier"), rest @ ..] => away(true, rest),
        [Word("from" | "after"), Word("now" | "today"), rest @ ..] | [Word("time"), rest @ ..] => {
            away(false, rest)
        }
        [Word("later"), rest @ ..] => away(false, rest),
        [Word(word @ ("from" | "after" | "before")), rest @ ..] if !by.exact => {
            let (Piece::Day(day), rest) = piece(rest, view)? else { return None };
            Some((Piece::Day(Day::Shifted { from: Box::new(day), by, back: *word == "before" }), rest))
        }
        [Word("on"), Weekday(weekday), rest @ ..] | [Weekday(weekday), rest @ ..] if by.weeks().is_some() => {
            let day = if inside {
                Day::InWeek { weekday: *weekday, weeks: by.weeks()? }
            } else {
                let from = Day::Weekday { weekday: *weekday, which: Which::Bare };
                Day::Shifted { from: Box::new(from), by, back: false }
            };
            Some((Piece::Day(day), rest))
        }
        rest => away(view.toward == Toward::Past && !inside, rest),
    }
}

/// A day that is named.
fn day(tokens: &[Token]) -> Read<'_, Day> {
    let tokens = match tokens {
        [Word("the"), rest @ ..] => rest,
        rest => rest,
    };
    relative(tokens).or_else(|| weekday(tokens)).or_else(|| dated(tokens)).or_else(|| placed(tokens))
}

fn relative(tokens: &[Token]) -> Read<'_, Day> {
    Some(match tokens {
        [U(Unit::Day), Word("after"), Word("tomorrow"), rest @ ..] => (Day::Today(2), rest),
        [U(Unit::Day), Word("before"), Word("yesterday"), rest @ ..] => (Day::Today(-2), rest),
        [Word("other"), U(Unit::Day), rest @ ..] => (Day::Today(-2), rest),
        [Word("later" | "earlier"), Word("today"), rest @ ..] | [Word("today"), rest @ ..] => {
            (Day::Today(0), rest)
        }
        [Word("tomorrow"), rest @ ..] => (Day::Today(1), rest),
        [Word("yesterday"), rest @ ..] => (Day::Today(-1), rest),
        [Word("next"), U(Unit::Day), rest @ ..] => (Day::Today(1), rest),
        [Word("next"), U(Unit::Workday), rest @ ..]
        | [Word("next"), Word("working"), U(Unit::Day), rest @ ..] => {
            (Day::Shifted { from: Box::new(Day::Today(0)), by: Length::workday(), back: false }, rest)
        }
        _ => return None,
    })
}

fn weekday(tokens: &[Token]) -> Read<'_, Day> {
    let on =
        |weekday: &jiff::civil::Weekday, which, rest| Some((Day::Weekday { weekday: *weekday, which }, rest));
    match tokens {
        [Word("next"), Weekday(day), Word("week"), rest @ ..] => on(day, Which::AfterNext, rest),
        [Word("next"), Weekday(day), rest @ ..] => on(day, Which::Next, rest),
        [Word("last"), Weekday(day), rest @ ..] if !matches!(rest, [Word("of" | "in"), ..]) => {
            on(day, Which::Last, rest)
        }
        [Word("this" | "coming"), Word("coming"), Weekday(day), rest @ ..]
        | [Word("this" | "coming" | "following"), Weekday(day), rest @ ..] => on(day, Which::This, rest),
        [Word("last" | "past"), Weekday(day), rest @ ..] if !matches!(rest, [Word("of" | "in"), ..]) => {
            on(day, Which::Last, rest)
        }
        [Weekday(day), Word("after"), Word("next"), rest @ ..] => on(day, Which::AfterNext, rest),
        [Weekday(day), U(Unit::Week), rest @ ..] => {
            let from = Box::new(Day::Weekday { weekday: *day, which: Which::Bare });
            Some((Day::Shifted { from, by: Length::week(), back: false }, rest))
        }
        [Weekday(day), rest @ ..] => {
            in_week(*day, rest).or_else(|| checked(*day, rest)).or_else(|| on(day, Which::Bare, rest))
        }
        _ => None,
    }
}

/// "monday next week", "monday of this week", "monday in 2 weeks".
fn in_week(weekday: jiff::civil::Weekday, tokens: &[Token]) -> Read<'_, Day> {
    if let [Word("in"), rest @ ..] = tokens
        && let Some((by, rest)) = length(rest, Unit::Minute)
        && let Some(weeks) = by.weeks()
    {
        return Some((Day::InWeek { weekday, weeks }, rest));
    }
    let (of, rest) = period(tokens)?;
    match of {
        Period::Week(weeks) => Some((Day::InWeek { weekday, weeks }, rest)),
        _ => None,
    }
}

/// "friday 27 november": the date counts, the weekday must be right.
fn checked(weekday: jiff::civil::Weekday, tokens: &[Token]) -> Read<'_, Day> {
    let rest = match tokens {
        [Mark(','), Word("the"), rest @ ..] | [Mark(',') | Word("the"), rest @ ..] => rest,
        rest => rest,
    };
    let (date, rest) = dated(rest)?;
    Some((Day::Checked { weekday, date: Box::new(date) }, rest))
}

/// Dates by number and month.
pub(super) fn dated(tokens: &[Token]) -> Read<'_, Day> {
    if let [
        Number(year, 4),
        Mark(one @ ('-' | '/' | '.')),
        Number(month, _),
        Mark(two),
        Number(day, _),
        rest @ ..,
    ] = tokens
        && one == two
    {
        return date(Some(i16::try_from(*year).ok()?), *month, *day, rest);
    }
    match tokens {
        [
            Number(a, 1..=2),
            Mark(one @ ('/' | '-')),
            Number(b, 1..=2),
            Mark(two),
            Number(y, digits @ (2 | 4)),
            rest @ ..,
        ] if one == two => {
            Some((Day::Slashed { first: *a, second: *b, year: Some(full_year(*y, *digits)?) }, rest))
        }
        [Number(a, 1..=2), Mark('/'), Number(b, 1..=2), rest @ ..] => {
            Some((Day::Slashed { first: *a, second: *b, year: None }, rest))
        }
        [
            Number(d, 1..=2),
            Mark('.'),
            Number(m, 1..=2),
            Mark('.'),
            Number(y, digits @ (2 | 4)),
            rest @ ..,
        ] => date(Some(full_year(*y, *digits)?), *m, *d, rest),
        [Number(d, 1..=2), Mark('.'), Number(m, 1..=2), Mark('.'), rest @ ..]
        | [Number(d, 1..=2), Mark('.'), Number(m, 1..=2), rest @ ..]
            if !matches!(rest, [Word("am" | "pm"), ..] | [U(_), ..]) =>
        {
            date(None, *m, *d, rest)
        }
        [Number(d, 1..=2) | Ordinal(d), Word("of"), Month(m), rest @ ..]
        | [Number(d, 1..=2), Mark('.' | '-'), Month(m), rest @ ..]
        | [Number(d, 1..=2) | Ordinal(d), Month(m), rest @ ..] => {
            let (year, rest) = year(rest, true);
            date(year, u32::try_from(*m).ok()?, *d, rest)
        }
        [Month(m), Word("the"), Ordinal(d), rest @ ..] | [Month(m), Ordinal(d), rest @ ..] => {
            let (year, rest) = year(rest, true);
            date(year, u32::try_from(*m).ok()?, *d, rest)
        }
        [Month(m), Number(d, 1..=2), rest @ ..]
            if !matches!(rest, [Word("am" | "pm" | "oclock"), ..] | [Mark(':'), ..]) =>
        {
            let (year, rest) = year(rest, false);
            date(year, u32::try_from(*m).ok()?, *d, rest)
        }
        _ => feast(tokens),
    }
}

fn date(year: Option<i16>, month: u32, day: u32, rest: &[Token]) -> Read<'_, Day> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Some((Day::Date { year, month, day }, rest))
}

fn feast(tokens: &[Token]) -> Read<'_, Day> {
    let (month, day, rest) = match tokens {
        [Feast(12, 25), Word("eve"), rest @ ..] => (12, 24, rest),
        [Feast(month, day), U(Unit::Day), rest @ ..] | [Feast(month, day), rest @ ..] => (*month, *day, rest),
        [Word("new"), U(Unit::Year), Word("eve"), rest @ ..] => (12, 31, rest),
        [Word("new"), U(Unit::Year), U(Unit::Day), rest @ ..] | [Word("new"), U(Unit::Year), rest @ ..] => {
            (1, 1, rest)
        }
        _ => return None,
    };
    let (year, rest) = year(rest, false);
    Some((Day::Date { year, month, day }, rest))
}

/// A year at the start, if there is one. `short`: two digits will do.
fn year(tokens: &[Token], short: bool) -> (Option<i16>, &[Token]) {
    let from = match tokens {
        [Mark(',' | '-' | '.'), rest @ ..] | [Word("in" | "of"), rest @ ..] => rest,
        rest => rest,
    };
    match from {
        [Number(y, digits), rest @ ..]
            if (*digits == 4 || (short && *digits == 2 && *y > 23))
                && !matches!(rest, [Mark(':'), ..] | [Word("am" | "pm"), ..]) =>
        {
            match full_year(*y, *digits) {
                Some(year) if year >= 1900 => (Some(year), rest),
                _ => (None, tokens),
            }
        }
        _ => (None, tokens),
    }
}

fn full_year(year: u32, digits: usize) -> Option<i16> {
    let year = i16::try_from(year).ok()?;
    Some(if digits <= 2 { year + if year < 80 { 2000 } else { 1900 } } else { year })
}

/// Places in a stretch, days of a month, nth weekdays.
fn placed(tokens: &[Token]) -> Read<'_, Day> {
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

fn of_period(tokens: &[Token]) -> Read<'_, Period> {
    match tokens {
        [Word("of" | "in"), rest @ ..] => period(rest),
        rest => period(rest),
    }
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
