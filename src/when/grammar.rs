//! The grammar of days: which tokens name which day.

use super::{
    day::{Day, Period, Toward, Which},
    periods::{iso_week, of_period, placed},
    span::{Length, length},
    vocabulary::{
        Token::{self, Count, Feast, Mark, Month, Number, Ordinal, Unit as U, Weekday, Weekdays, Word},
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
    let is_day = |(day, rest)| (Piece::Day(day), rest);
    iso_week(tokens)
        .or_else(|| weekdays_on(tokens))
        .map(is_day)
        .or_else(|| shifted(tokens, view))
        .or_else(|| day(tokens).map(is_day))
        .or_else(|| beside(tokens, view).map(is_day))
}

/// "two fridays from now".
fn weekdays_on(tokens: &[Token]) -> Read<'_, Day> {
    match tokens {
        [
            Number(n @ 1..=520, _) | Count(n @ 1..),
            Weekdays(weekday) | Weekday(weekday),
            Word("from"),
            Word("now"),
            rest @ ..,
        ] => {
            let from = Box::new(Day::Weekday { weekday: *weekday, which: Which::Bare });
            Some((Day::Shifted { from, by: Length::weeks_of(i64::from(*n) - 1), back: false }, rest))
        }
        _ => None,
    }
}

/// "before friday", "after christmas": the day beside it.
fn beside(tokens: &[Token], view: View) -> Read<'_, Day> {
    let (back, rest) = match tokens {
        [Word("before"), rest @ ..] => (true, rest),
        [Word("after"), rest @ ..] => (false, rest),
        _ => return None,
    };
    let (Piece::Day(day), rest) = piece(rest, view)? else { return None };
    Some((Day::Shifted { from: Box::new(day), by: Length::day(), back }, rest))
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
        [U(Unit::Day), rest @ ..] if !inside && matches!(rest, [Word("before" | "after"), ..]) => {
            (Length::day(), rest)
        }
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
        [Word("ago"), Word("today"), rest @ ..] | [Word("ago" | "back" | "earlier"), rest @ ..] => {
            away(true, rest)
        }
        [Word("from" | "after"), Word("now" | "today"), rest @ ..] | [Word("time"), rest @ ..] => {
            away(false, rest)
        }
        [Word("later"), rest @ ..] => away(false, rest),
        [Word(word @ ("from" | "after" | "before")), rest @ ..] if !by.exact => {
            let (Piece::Day(day), rest) = piece(rest, view)? else { return None };
            Some((Piece::Day(Day::Shifted { from: Box::new(day), by, back: *word == "before" }), rest))
        }
        [Word(word @ ("today" | "tomorrow")), rest @ ..] if by.weeks().is_some() && !inside => {
            let from = Box::new(Day::Today(i64::from(*word == "tomorrow")));
            Some((Piece::Day(Day::Shifted { from, by, back: false }), rest))
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
pub(super) fn day(tokens: &[Token]) -> Read<'_, Day> {
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
        [Word(word @ ("today" | "tomorrow")), U(Unit::Week), rest @ ..] => {
            let from = Box::new(Day::Today(i64::from(*word == "tomorrow")));
            (Day::Shifted { from, by: Length::week(), back: false }, rest)
        }
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
        [Weekday(weekday), Word(word @ ("after" | "before")), rest @ ..]
        | [Ordinal(1), Weekday(weekday), Word(word @ ("after" | "before")), rest @ ..] => {
            let (from, rest) = day(rest)?;
            Some((
                Day::WeekdayFrom { weekday: *weekday, from: Box::new(from), back: *word == "before" },
                rest,
            ))
        }
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
    let (of, rest) = of_period(tokens)?;
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
        [Word("next" | "coming" | "this" | "last"), rest @ ..]
            if matches!(rest, [Month(_), Number(_, 1..=2) | Ordinal(_), ..]) =>
        {
            dated(rest)
        }
        [Number(ymd, 8), rest @ ..] => {
            date(Some(i16::try_from(ymd / 10_000).ok()?), ymd / 100 % 100, ymd % 100, rest)
        }
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
        | [Number(d, 1..=2), Mark('.' | '-' | '/'), Month(m), rest @ ..]
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
            let (year, rest) = year(rest, true);
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
    use jiff::civil::Weekday::{Friday, Monday, Sunday};
    match tokens {
        [Word("good"), Weekday(Friday), rest @ ..] => return Some((Day::Easter(-2), rest)),
        [Word("easter"), Weekday(Monday), rest @ ..] => return Some((Day::Easter(1), rest)),
        [Word("easter"), Weekday(Sunday) | U(Unit::Day), rest @ ..] | [Word("easter"), rest @ ..] => {
            return Some((Day::Easter(0), rest));
        }
        _ => {}
    }
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
pub(super) fn year(tokens: &[Token], short: bool) -> (Option<i16>, &[Token]) {
    let from = match tokens {
        [Mark(',' | '-' | '.' | '/'), rest @ ..] | [Word("in" | "of"), rest @ ..] => rest,
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
