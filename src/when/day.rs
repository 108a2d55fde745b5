//! Days as they are spoken of, and which dates they are.

use jiff::{
    Span, ToSpan,
    civil::{Date, ISOWeekDate, Weekday},
};

use super::{
    Misread,
    cadence::{clamped, plus},
    easter::easter,
    place::{nth_dates, nth_workdays, of_month, place_dates, weeks_in},
    span::Length,
};

/// The nearest year after which dates without a year are no longer looked for (29 February comes within eight).
const YEARS_AHEAD: i16 = 8;

/// Which way a phrase looks: a day without a year is the coming or the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Toward {
    Future,
    Past,
}

/// A day as it was said.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Day {
    /// So many days from today.
    Today(i64),
    /// So long after (or before) another day.
    Shifted { from: Box<Day>, by: Length, back: bool },
    /// A weekday.
    Weekday { weekday: Weekday, which: Which },
    /// A weekday of the week so many weeks from this one.
    InWeek { weekday: Weekday, weeks: i64 },
    /// A place in a stretch of the calendar: "mid-january", "end of next month".
    Place { place: Place, of: Period },
    /// "the 15th", "the 15th of next month".
    OfMonth { day: i8, of: Option<Period> },
    /// "the first monday of march"; -1 is the last.
    Nth { nth: i8, weekday: Weekday, of: Period },
    /// "the first working day of march"; -1 is the last.
    NthWorkday { nth: i8, of: Period },
    /// "the first week of march"; -1 is the last: the day on which it begins, counted from the stretch's first.
    WeekIn { nth: i8, of: Period },
    /// The nearest weekday after (or before) another day.
    WeekdayFrom { weekday: Weekday, from: Box<Day>, back: bool },
    /// A day of a numbered week (ISO 8601).
    IsoWeek { year: Option<i16>, week: i8, weekday: Weekday },
    /// The Monday of the week of another day.
    WeekOf(Box<Day>),
    /// A day without a year, in the year so many years from this one.
    InYear { day: Box<Day>, years: i64 },
    /// So many days after Easter Sunday.
    Easter(i64),
    /// A date, with its year or without.
    Date { year: Option<i16>, month: i8, day: i8 },
    /// "3/4": which is the month depends on who writes.
    Slashed { first: u32, second: u32, year: Option<i16> },
    /// A date with its weekday before it: "friday 27 november".
    Checked { weekday: Weekday, date: Box<Day> },
}

/// Which of the weekdays of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Bare,
    This,
    Next,
    AfterNext,
    Last,
}

/// Where in a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Whole,
    Start,
    Early,
    Middle,
    Late,
    End,
}

/// A stretch of the calendar, counted from the present one where it has no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    Week(i64),
    Weekend(i64),
    Month(i64),
    Named { month: i8, year: Option<i16> },
    Quarter(i64),
    NumberedQuarter { quarter: i8, year: Option<i16> },
    Year(i64),
    Calendar(i16),
}

/// The dates that a day may be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Dates {
    /// Different readings, likelier first.
    Readings(Vec<Date>),
    /// One reading: the first of these that is still ahead (or, looking back, over).
    Row(Vec<Date>),
}

impl Day {
    /// Whether it is a day of each year.
    pub(super) fn has_no_year(&self) -> bool {
        let yearly = |of: &Period| {
            matches!(of, Period::Named { year: None, .. } | Period::NumberedQuarter { year: None, .. })
        };
        match self {
            Day::Date { year: None, .. }
            | Day::Easter(_)
            | Day::Slashed { year: None, .. }
            | Day::IsoWeek { year: None, .. } => true,
            Day::Place { of, .. }
            | Day::Nth { of, .. }
            | Day::NthWorkday { of, .. }
            | Day::WeekIn { of, .. }
            | Day::OfMonth { of: Some(of), .. } => yearly(of),
            _ => false,
        }
    }

    /// The dates that the day may be, seen from `today`. `timed`: a time of day was named.
    pub(super) fn dates(
        &self,
        today: Date,
        toward: Toward,
        timed: bool,
        day_first: bool,
    ) -> Result<Dates, Misread> {
        let see = |day: &Day| day.dates(today, toward, timed, day_first);
        match self {
            Day::Today(days) => Ok(Dates::Readings(vec![plus(today, Span::new().try_days(*days))?])),
            Day::Shifted { from, by, back } => shifted(see(from)?, *by, *back),
            Day::Weekday { weekday, which } => weekday_dates(*weekday, *which, today, toward, timed),
            Day::InWeek { weekday, weeks } => {
                let days = weeks * 7 + i64::from(weekday.to_monday_zero_offset())
                    - i64::from(today.weekday().to_monday_zero_offset());
                Ok(Dates::Readings(vec![plus(today, Span::new().try_days(days))?]))
            }
            Day::Place { place, of } => place_dates(*place, *of, today, toward),
            Day::OfMonth { day, of } => of_month(*day, *of, today, toward),
            Day::Nth { nth, weekday, of } => nth_dates(*nth, *weekday, *of, today, toward),
            Day::NthWorkday { nth, of } => nth_workdays(*nth, *of, today, toward),
            Day::WeekIn { nth, of } => weeks_in(*nth, *of, today, toward),
            Day::WeekdayFrom { weekday, from, back } => {
                let nth = if *back { -1 } else { 1 };
                see(from)?.map(|date| date.nth_weekday(nth, *weekday).map_err(|_| Misread::TooFar))
            }
            Day::IsoWeek { year: Some(year), week, weekday } => {
                let date = ISOWeekDate::new(*year, *week, *weekday).map_err(|_| Misread::NoSuchDate)?;
                Ok(Dates::Readings(vec![date.date()]))
            }
            Day::IsoWeek { year: None, week, weekday } => {
                let found =
                    years(today, toward).filter_map(|year| ISOWeekDate::new(year, *week, *weekday).ok());
                row(found.map(ISOWeekDate::date).collect(), today, toward)
            }
            Day::WeekOf(day) => {
                see(day)?.map(|date| plus(date, Ok((-date.weekday().to_monday_zero_offset()).days())))
            }
            Day::Easter(after) => {
                let found = years(today, toward).filter_map(easter);
                let found = found.map(|sunday| plus(sunday, Span::new().try_days(*after)));
                row(found.collect::<Result<_, _>>()?, today, toward)
            }
            Day::InYear { day, years } => in_year(day, *years, today, day_first),
            Day::Date { year: Some(year), month, day } => {
                let date = Date::new(*year, *month, *day).map_err(|_| Misread::NoSuchDate)?;
                Ok(Dates::Readings(vec![date]))
            }
            Day::Date { year: None, month, day } => {
                let found = years(today, toward).filter_map(|year| Date::new(year, *month, *day).ok());
                row(found.collect(), today, toward)
            }
            Day::Slashed { first, second, year } => {
                let order = if day_first {
                    [(second, first), (first, second)]
                } else {
                    [(first, second), (second, first)]
                };
                let mut readings = Vec::new();
                for (month, day) in order {
                    let (Ok(month), Ok(day)) = (i8::try_from(*month), i8::try_from(*day)) else { continue };
                    if let Ok(Dates::Readings(dates) | Dates::Row(dates)) =
                        see(&Day::Date { year: *year, month, day })
                    {
                        readings.extend(dates.first().copied());
                    }
                }
                if readings.is_empty() { Err(Misread::NoSuchDate) } else { Ok(Dates::Readings(readings)) }
            }
            Day::Checked { weekday, date } => {
                let fits = |dates: Vec<Date>| -> Vec<Date> {
                    dates.into_iter().filter(|date| date.weekday() == *weekday).collect()
                };
                match see(date)? {
                    Dates::Readings(dates) => some(fits(dates)).map(Dates::Readings),
                    // Only the nearest: the 27th that is a Thursday may lie years ahead.
                    Dates::Row(dates) => some(fits(dates.into_iter().take(1).collect())).map(Dates::Row),
                }
            }
        }
    }
}

impl Dates {
    /// Each of the dates changed.
    fn map(self, change: impl Fn(Date) -> Result<Date, Misread>) -> Result<Dates, Misread> {
        Ok(match self {
            Dates::Readings(dates) => {
                Dates::Readings(dates.into_iter().map(change).collect::<Result<_, _>>()?)
            }
            Dates::Row(dates) => Dates::Row(dates.into_iter().map(change).collect::<Result<_, _>>()?),
        })
    }
}

/// A day as it lies in the year so many years from that of `today`.
fn in_year(day: &Day, years: i64, today: Date, day_first: bool) -> Result<Dates, Misread> {
    let first = plus(today.first_of_year(), Span::new().try_years(years))?;
    let (Dates::Readings(dates) | Dates::Row(dates)) = day.dates(first, Toward::Future, true, day_first)?;
    some(dates.into_iter().filter(|date| date.year() == first.year()).collect()).map(Dates::Readings)
}

pub(super) fn some(dates: Vec<Date>) -> Result<Vec<Date>, Misread> {
    if dates.is_empty() { Err(Misread::NoSuchDate) } else { Ok(dates) }
}

/// The years in which a date without one is looked for, nearest first.
fn years(today: Date, toward: Toward) -> impl Iterator<Item = i16> {
    let step = if toward == Toward::Future { 1 } else { -1 };
    (0..=YEARS_AHEAD).map(move |n| today.year() + n * step)
}

/// Those of the dates that do not lie the wrong way, in order.
pub(super) fn row(dates: Vec<Date>, today: Date, toward: Toward) -> Result<Dates, Misread> {
    let right = |date: &Date| if toward == Toward::Future { *date >= today } else { *date <= today };
    some(dates.into_iter().filter(right).collect()).map(Dates::Row)
}

fn shifted(dates: Dates, by: Length, back: bool) -> Result<Dates, Misread> {
    let sign = if back { -1 } else { 1 };
    let shift = |date: Date| -> Result<Date, Misread> {
        let span = by.span().ok_or(Misread::TooFar)?;
        let mut date = if back { date.checked_sub(span) } else { date.checked_add(span) }
            .map_err(|_| Misread::TooFar)?;
        for _ in 0..by.workdays().min(40_000) {
            date = plus(date, Ok(sign.days()))?;
            while matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
                date = plus(date, Ok(sign.days()))?;
            }
        }
        Ok(date)
    };
    dates.map(shift)
}

fn weekday_dates(
    weekday: Weekday,
    which: Which,
    today: Date,
    toward: Toward,
    timed: bool,
) -> Result<Dates, Misread> {
    let ahead = i64::from(today.weekday().until(weekday));
    let day = |days: i64| plus(today, Span::new().try_days(days));
    let monday = -i64::from(today.weekday().to_monday_zero_offset());
    let of_week = |weeks: i64| day(monday + weeks * 7 + i64::from(weekday.to_monday_zero_offset()));
    let readings = |dates: Vec<Date>| Ok(Dates::Readings(dates));
    match (which, toward) {
        (Which::Last, _) => {
            let latest = day(if ahead == 0 { -7 } else { ahead - 7 })?;
            // On a Thursday "last tuesday" may be this week's or last week's.
            readings(dedup(vec![latest, of_week(-1)?]))
        }
        (Which::Bare | Which::This, Toward::Past) if ahead == 0 => readings(vec![day(-7)?, today]),
        (Which::Bare | Which::This, Toward::Past) => readings(vec![day(ahead - 7)?]),
        (Which::Bare | Which::This, Toward::Future) if ahead == 0 => {
            readings(if timed || which == Which::This { vec![today, day(7)?] } else { vec![day(7)?, today] })
        }
        (Which::Bare | Which::This, Toward::Future) => readings(vec![day(ahead)?]),
        (Which::Next, _) => {
            let coming = day(if ahead == 0 { 7 } else { ahead })?;
            let next_weeks = of_week(1)?;
            // At a weekend "next friday" lies in the week that begins, or in the one after.
            let third =
                if monday <= -5 && next_weeks == coming && ahead > 1 { day(ahead + 7)? } else { next_weeks };
            readings(dedup(vec![coming, next_weeks, third]))
        }
        (Which::AfterNext, _) => readings(vec![day(if ahead == 0 { 14 } else { ahead + 7 })?]),
    }
}

fn dedup(mut dates: Vec<Date>) -> Vec<Date> {
    dates.dedup();
    dates
}

/// First and last day of a stretch; several where it has no year, nearest first.
pub(super) fn stretches(of: Period, today: Date, toward: Toward) -> Result<Vec<(Date, Date)>, Misread> {
    let monday = plus(today, Ok((-today.weekday().to_monday_zero_offset()).days()))?;
    let months = |first: Date, count: i64| -> Result<(Date, Date), Misread> {
        let last = plus(first, Span::new().try_months(count - 1))?.last_of_month();
        Ok((first, last))
    };
    let this_month = today.first_of_month();
    Ok(match of {
        Period::Week(n) => {
            let first = plus(monday, Span::new().try_weeks(n))?;
            vec![(first, plus(first, Ok(6.days()))?)]
        }
        Period::Weekend(n) => {
            let first = plus(plus(monday, Ok(5.days()))?, Span::new().try_weeks(n))?;
            vec![(first, plus(first, Ok(1.day()))?)]
        }
        Period::Month(n) => vec![months(plus(this_month, Span::new().try_months(n))?, 1)?],
        Period::Quarter(n) => {
            let back = (today.month() - 1) % 3;
            let first = plus(this_month, Span::new().try_months(n * 3 - i64::from(back)))?;
            vec![months(first, 3)?]
        }
        Period::Year(n) => vec![months(plus(today.first_of_year(), Span::new().try_years(n))?, 12)?],
        Period::Calendar(year) => vec![months(clamped(year, 1, 1)?, 12)?],
        Period::Named { month, year: Some(year) } => vec![months(clamped(year, month, 1)?, 1)?],
        Period::NumberedQuarter { quarter, year: Some(year) } => {
            vec![months(clamped(year, quarter * 3 - 2, 1)?, 3)?]
        }
        Period::Named { month, year: None } => years(today, toward)
            .take(2)
            .map(|year| months(clamped(year, month, 1)?, 1))
            .collect::<Result<_, _>>()?,
        Period::NumberedQuarter { quarter, year: None } => years(today, toward)
            .take(2)
            .map(|year| months(clamped(year, quarter * 3 - 2, 1)?, 3))
            .collect::<Result<_, _>>()?,
    })
}
