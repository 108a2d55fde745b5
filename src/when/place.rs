//! Places in a stretch of the calendar: "mid-january", "end of next month", "the last friday of the quarter".

use jiff::{
    Span, ToSpan,
    civil::{Date, Weekday},
};

use super::{
    Misread,
    cadence::plus,
    day::{Dates, Period, Place, Toward, row, some, stretches},
};

/// The date of a place in a stretch from `first` to `last`.
fn date_at(place: Place, of: Period, first: Date, last: Date) -> Result<Date, Misread> {
    let days = i64::from((last - first).get_days());
    let offset = match (of, place) {
        (_, Place::Whole | Place::Start) => 0,
        (Period::Weekend(_), Place::Early | Place::Middle) => 0,
        (Period::Weekend(_), Place::Late | Place::End) => 1,
        (Period::Week(_), Place::Early) => 0,
        (Period::Week(_), Place::Middle) => 2,
        (Period::Week(_), Place::Late) => 3,
        (Period::Week(_), Place::End) => 4,
        (Period::Month(_) | Period::Named { .. }, Place::Early) => 4,
        (Period::Month(_) | Period::Named { .. }, Place::Middle) => 14,
        (Period::Month(_) | Period::Named { .. }, Place::Late) => 24,
        (_, Place::Early) => days / 8,
        (_, Place::Middle) => days / 2,
        (_, Place::Late) => days * 7 / 8,
        (_, Place::End) => days,
    };
    plus(first, Span::new().try_days(offset))
}

/// The dates of "mid-january", "next week", "end of month".
pub(super) fn place_dates(place: Place, of: Period, today: Date, toward: Toward) -> Result<Dates, Misread> {
    let at = |place: Place, of: Period| -> Result<Date, Misread> {
        let found = stretches(of, today, toward)?;
        let (first, last) = found.first().copied().ok_or(Misread::NoSuchDate)?;
        date_at(place, of, first, last)
    };
    match (place, of, toward) {
        (Place::Whole, Period::Weekend(0), Toward::Future) => {
            let dates =
                vec![at(Place::Start, of)?, at(Place::End, of)?, at(Place::Start, Period::Weekend(1))?];
            row(dates, today, toward)
        }
        (Place::Whole, Period::Weekend(1), Toward::Future) => {
            let weekend = matches!(today.weekday(), Weekday::Saturday | Weekday::Sunday);
            let mut dates = vec![at(place, of)?];
            if !weekend {
                dates.push(at(place, Period::Weekend(0))?);
            }
            Ok(Dates::Readings(dates))
        }
        (
            Place::Whole,
            Period::Week(0) | Period::Month(0) | Period::Quarter(0) | Period::Year(0),
            Toward::Past,
        ) => Ok(Dates::Readings(vec![today])),
        (Place::Whole, Period::Week(0), Toward::Future) => {
            let friday = at(Place::End, of)?;
            row(vec![friday, plus(friday, Ok(2.days()))?], today, toward)
        }
        (Place::Whole, Period::Month(0) | Period::Quarter(0) | Period::Year(0), Toward::Future) => {
            Ok(Dates::Readings(vec![at(Place::End, of)?]))
        }
        (Place::Whole, Period::Week(n) | Period::Month(n) | Period::Quarter(n) | Period::Year(n), _) => {
            let span = match of {
                Period::Week(_) => Span::new().try_weeks(n),
                Period::Month(_) => Span::new().try_months(n),
                Period::Quarter(_) => Span::new().try_months(n * 3),
                _ => Span::new().try_years(n),
            };
            let mut dates = vec![at(place, of)?, plus(today, span)?];
            if toward == Toward::Past {
                dates.reverse();
            }
            dates.dedup();
            Ok(Dates::Readings(dates))
        }
        (
            _,
            Period::Week(0) | Period::Weekend(0) | Period::Month(0) | Period::Quarter(0) | Period::Year(0),
            _,
        ) => row(vec![at(place, of)?, at(place, one_on(of, toward))?], today, toward),
        _ => {
            let found = stretches(of, today, toward)?;
            let dates = found.iter().map(|(first, last)| date_at(place, of, *first, *last));
            let dates = dates.collect::<Result<Vec<_>, _>>()?;
            if dates.len() == 1 { Ok(Dates::Readings(dates)) } else { row(dates, today, toward) }
        }
    }
}

/// The stretch after the present one, or before it.
fn one_on(of: Period, toward: Toward) -> Period {
    let step = if toward == Toward::Future { 1 } else { -1 };
    match of {
        Period::Week(n) => Period::Week(n + step),
        Period::Weekend(n) => Period::Weekend(n + step),
        Period::Month(n) => Period::Month(n + step),
        Period::Quarter(n) => Period::Quarter(n + step),
        Period::Year(n) => Period::Year(n + step),
        named => named,
    }
}

/// The dates of "the 15th" and "the 15th of next month".
pub(super) fn of_month(day: i8, of: Option<Period>, today: Date, toward: Toward) -> Result<Dates, Misread> {
    if let Some(of) = of {
        let found = stretches(of, today, toward)?;
        let dates = found.iter().filter_map(|(first, _)| Date::new(first.year(), first.month(), day).ok());
        let dates = some(dates.collect())?;
        return if dates.len() == 1 { Ok(Dates::Readings(dates)) } else { row(dates, today, toward) };
    }
    let step = if toward == Toward::Future { 1 } else { -1 };
    let mut dates = Vec::new();
    for month in 0..=14 {
        let first = plus(today.first_of_month(), Span::new().try_months(month * step))?;
        dates.extend(Date::new(first.year(), first.month(), day).ok());
    }
    row(dates, today, toward)
}

/// The dates of "the first monday of march", "the last friday of the month".
pub(super) fn nth_dates(
    nth: i8,
    weekday: Weekday,
    of: Period,
    today: Date,
    toward: Toward,
) -> Result<Dates, Misread> {
    in_stretches(of, today, toward, |first, last| {
        let date = if nth > 0 {
            plus(first, Ok((-1).days())).ok()?.nth_weekday(i32::from(nth), weekday)
        } else {
            plus(last, Ok(1.day())).ok()?.nth_weekday(i32::from(nth), weekday)
        };
        date.ok()
    })
}

/// The dates of "the first working day of march".
pub(super) fn nth_workdays(nth: i8, of: Period, today: Date, toward: Toward) -> Result<Dates, Misread> {
    in_stretches(of, today, toward, |first, last| nth_workday(nth, first, last))
}

/// The nth day of Monday to Friday from `first` on; -1: the last one up to `last`.
pub(super) fn nth_workday(nth: i8, first: Date, last: Date) -> Option<Date> {
    let works = |date: &Date| !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    let count = usize::from(nth.unsigned_abs()).checked_sub(1)?;
    let step = if nth > 0 { 1.day() } else { (-1).days() };
    first_from(if nth > 0 { first } else { last }, step).filter(works).nth(count)
}

fn first_from(day: Date, step: Span) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(day), move |day| day.checked_add(step).ok())
}

/// The dates of "the first week of march".
pub(super) fn weeks_in(nth: i8, of: Period, today: Date, toward: Toward) -> Result<Dates, Misread> {
    in_stretches(of, today, toward, |first, last| {
        let begins = if nth > 0 {
            plus(first, Span::new().try_weeks(i64::from(nth) - 1))
        } else {
            plus(last, Ok((-6).days()))
        };
        begins.ok()
    })
}

/// The date in each stretch that `date` finds from its first and last day.
fn in_stretches(
    of: Period,
    today: Date,
    toward: Toward,
    date: impl Fn(Date, Date) -> Option<Date>,
) -> Result<Dates, Misread> {
    let mut found = stretches(of, today, toward)?;
    let open = matches!(of, Period::Month(0) | Period::Quarter(0) | Period::Year(0));
    if open {
        found.extend(stretches(one_on(of, toward), today, toward)?);
        found.extend(stretches(one_on(one_on(of, toward), toward), today, toward)?);
    }
    let mut dates = Vec::new();
    for (first, last) in found {
        dates.extend(date(first, last).filter(|date| *date <= last && *date >= first));
    }
    if dates.len() == 1 && !open { Ok(Dates::Readings(dates)) } else { row(dates, today, toward) }
}
