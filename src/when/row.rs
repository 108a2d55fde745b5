//! The row of days on which a rhythm falls.

use jiff::{Span, ToSpan, civil::Date};

use super::{
    Every, Misread, Weekdays,
    cadence::{clamped, plus},
    place::nth_workday,
};

/// The days of a rhythm that counts from an anchor, one turn (an interval, a week, a month, a year) at a time.
pub(super) struct Row {
    every: Every,
    /// The day from which turns are counted: the anchor, or the start of the week, month or year of turn 0.
    origin: Date,
}

impl Row {
    pub(super) fn new(every: Every, anchor: Date) -> Result<Row, Misread> {
        let origin = match every {
            Every::Days(_) | Every::Weeks(_) | Every::Months(_) | Every::Years(_) => anchor,
            Every::Yearly { .. } => anchor.first_of_year(),
            Every::Workdays => monday(anchor)?,
            Every::Weekdays { weeks, .. } => monday(first_of_phase(every, anchor, Span::try_weeks, weeks)?)?,
            Every::NthWeekday { months, .. }
            | Every::DayOfMonth { months, .. }
            | Every::DaysOfMonth { months, .. }
            | Every::NthWeekdays { months, .. }
            | Every::NthWorkday { months, .. } => {
                first_of_phase(every, anchor, Span::try_months, months)?.first_of_month()
            }
        };
        Ok(Row { every, origin })
    }

    /// The last turn that can be over by the day `reached`; never one that lies ahead.
    pub(super) fn turn_before(&self, reached: Date) -> i64 {
        let days = i64::from((reached - self.origin).get_days());
        let months = (i64::from(reached.year()) - i64::from(self.origin.year())) * 12
            + i64::from(reached.month() - self.origin.month());
        let turns = match self.every {
            Every::Days(n) => days / i64::from(n.max(1)),
            Every::Weeks(n) | Every::Weekdays { weeks: n, .. } => days / (7 * i64::from(n.max(1))),
            Every::Workdays => days / 7,
            Every::Months(n)
            | Every::NthWeekday { months: n, .. }
            | Every::DayOfMonth { months: n, .. }
            | Every::DaysOfMonth { months: n, .. }
            | Every::NthWeekdays { months: n, .. }
            | Every::NthWorkday { months: n, .. } => months / i64::from(n.max(1)),
            Every::Years(n) => months / (12 * i64::from(n.max(1))),
            Every::Yearly { .. } => months / 12,
        };
        // One turn early: the time of day may still be ahead on the day reached.
        (turns - 1).max(0)
    }

    /// The days of one turn, in order; none where a month lacks a fifth Friday.
    pub(super) fn days(&self, turn: i64) -> Result<Vec<Date>, Misread> {
        let by = |n: u16| turn * i64::from(n.max(1));
        let month = |n: u16| plus(self.origin, Span::new().try_months(by(n)));
        Ok(match self.every {
            Every::Days(n) => vec![plus(self.origin, Span::new().try_days(by(n)))?],
            Every::Weeks(n) => vec![plus(self.origin, Span::new().try_weeks(by(n)))?],
            Every::Months(n) => vec![plus(self.origin, Span::new().try_months(by(n)))?],
            Every::Years(n) => vec![plus(self.origin, Span::new().try_years(by(n)))?],
            Every::Workdays => week(plus(self.origin, Span::new().try_weeks(by(1)))?, Weekdays::WORK)?,
            Every::Weekdays { days, weeks } => {
                week(plus(self.origin, Span::new().try_weeks(by(weeks)))?, days)?
            }
            Every::NthWeekday { nth, weekday, months } => {
                month(months)?.nth_weekday_of_month(nth, weekday).into_iter().collect()
            }
            Every::NthWeekdays { nths, weekday, months } => {
                let month = month(months)?;
                nths.iter().filter_map(|nth| month.nth_weekday_of_month(nth, weekday).ok()).collect()
            }
            Every::DayOfMonth { day, months } => {
                let month = month(months)?;
                vec![clamped(month.year(), month.month(), day)?]
            }
            Every::DaysOfMonth { days, months } => {
                let month = month(months)?;
                let days = days.iter().map(|day| clamped(month.year(), month.month(), day));
                let mut days = days.collect::<Result<Vec<_>, _>>()?;
                days.dedup();
                days
            }
            Every::NthWorkday { nth, months } => {
                let month = month(months)?;
                nth_workday(nth, month.first_of_month(), month.last_of_month()).into_iter().collect()
            }
            Every::Yearly { month, day } => {
                let year = plus(self.origin, Span::new().try_years(by(1)))?.year();
                vec![clamped(year, month, day)?]
            }
        })
    }
}

/// The day that sets the phase of "every other friday": the anchor where it is such a day itself, else the first such
/// day that leaves room for a whole turn.
fn first_of_phase(
    every: Every,
    anchor: Date,
    unit: fn(Span, i64) -> Result<Span, jiff::Error>,
    turns: u16,
) -> Result<Date, Misread> {
    if turns <= 1 {
        return Ok(anchor);
    }
    let row = Row::new(every.one_turn(), anchor)?;
    for turn in 0.. {
        for day in row.days(turn)? {
            if day == anchor {
                return Ok(anchor);
            }
            if day > anchor {
                return plus(day, unit(Span::new(), i64::from(turns) - 1));
            }
        }
    }
    Err(Misread::TooFar)
}

fn monday(day: Date) -> Result<Date, Misread> {
    plus(day, Ok((-day.weekday().to_monday_zero_offset()).days()))
}

fn week(monday: Date, days: Weekdays) -> Result<Vec<Date>, Misread> {
    days.iter().map(|day| plus(monday, Ok(day.to_monday_zero_offset().days()))).collect()
}
