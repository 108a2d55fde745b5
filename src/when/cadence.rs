//! Rhythms: what repeats, and when it comes next.

use jiff::{
    Span, Timestamp, ToSpan, ZonedDateTime,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use super::{Misread, Ordinals, Weekdays, moment, row::Row};

/// The longest interval of each unit: ten years.
pub(super) const MAX_YEARS: u16 = 10;

/// A rhythm, with its own time of day where one was named. Displays as plain English that reads back to the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cadence {
    /// What repeats.
    pub every: Every,
    /// The time of day that was named; without one, the member's delivery hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

/// The kinds of rhythm. The first four count from an anchor (the last touch, say); the others lie fixed in the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Every so many days.
    Days(u16),
    /// Every so many weeks.
    Weeks(u16),
    /// Every so many months; a day that the month lacks is its last.
    Months(u16),
    /// Every so many years; 29 February is the 28th in common years.
    Years(u16),
    /// Monday to Friday.
    Workdays,
    /// On these weekdays, every so many weeks.
    Weekdays {
        /// Which days.
        days: Weekdays,
        /// 1: every week, 2: every other.
        weeks: u16,
    },
    /// "the first monday of the month".
    NthWeekday {
        /// 1 to 5 from the start of the month, or -1: the last. A month without a fifth is left out.
        nth: i8,
        /// Which weekday.
        #[serde(with = "super::weekdays::one")]
        weekday: Weekday,
        /// 1: every month, 3: once a quarter.
        months: u16,
    },
    /// "the 15th of every month"; a day that the month lacks is its last.
    DayOfMonth {
        /// 1 to 31.
        day: i8,
        /// 1: every month, 2: every other.
        months: u16,
    },
    /// "the 1st and 15th of every month"; a day that the month lacks is its last.
    DaysOfMonth {
        /// Which days.
        days: Ordinals,
        /// 1: every month, 2: every other.
        months: u16,
    },
    /// "the second and fourth tuesday of the month".
    NthWeekdays {
        /// Which of them, 1 to 5.
        nths: Ordinals,
        /// Which weekday.
        #[serde(with = "super::weekdays::one")]
        weekday: Weekday,
        /// 1: every month, 3: once a quarter.
        months: u16,
    },
    /// "the first working day of the month", of those from Monday to Friday.
    NthWorkday {
        /// 1 to 20 from the start of the month, or -1: the last.
        nth: i8,
        /// 1: every month, 3: once a quarter.
        months: u16,
    },
    /// A yearly date; 29 February is the 28th in common years.
    Yearly {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
}

impl From<Every> for Cadence {
    fn from(every: Every) -> Self {
        Cadence { every, at: None }
    }
}

impl Cadence {
    /// Every so many days.
    #[must_use]
    pub fn days(n: u16) -> Cadence {
        Every::Days(n.max(1)).into()
    }

    /// Every so many weeks.
    #[must_use]
    pub fn weeks(n: u16) -> Cadence {
        Every::Weeks(n.max(1)).into()
    }

    /// Every so many months.
    #[must_use]
    pub fn months(n: u16) -> Cadence {
        Every::Months(n.max(1)).into()
    }

    /// The first occurrence on a day after `anchor` and strictly after the moment `after`. Interval kinds count from
    /// `anchor`; a talk today therefore puts off what was to come today. `hour` is the delivery hour, for cadences
    /// without a time of their own.
    ///
    /// Pass the same anchor again to go on along the same row (31 January, 28 February, 31 March).
    ///
    /// # Errors
    /// [`Misread::TooFar`] where the calendar ends (the year 9999).
    pub fn next_after(
        &self,
        anchor: Date,
        after: Timestamp,
        hour: Time,
        zone: &TimeZone,
    ) -> Result<ZonedDateTime, Misread> {
        let time = self.at.unwrap_or(hour);
        let reached = after.to_zoned_datetime(zone.clone()).date();
        let row = Row::new(self.every, anchor)?;
        for turn in row.turn_before(reached).. {
            for day in row.days(turn)?.into_iter().filter(|day| *day > anchor) {
                let at = moment::at(day, time, zone)?;
                if at.timestamp() > after {
                    return Ok(at);
                }
            }
        }
        Err(Misread::TooFar)
    }

    /// The next occurrence after something that happened at `touch`: counted from its day in the zone.
    ///
    /// # Errors
    /// As [`Cadence::next_after`].
    pub fn next_after_touch(
        &self,
        touch: Timestamp,
        hour: Time,
        zone: &TimeZone,
    ) -> Result<ZonedDateTime, Misread> {
        self.next_after(touch.to_zoned_datetime(zone.clone()).date(), touch, hour, zone)
    }

    /// Where a new repetition starts: for calendar kinds and "every day" the first fitting moment after `now`, today
    /// included; for other interval kinds one interval from today.
    ///
    /// # Errors
    /// As [`Cadence::next_after`].
    pub fn first_after(&self, now: Timestamp, hour: Time, zone: &TimeZone) -> Result<ZonedDateTime, Misread> {
        let today = now.to_zoned_datetime(zone.clone()).date();
        if self.is_interval() && self.every != Every::Days(1) {
            return self.next_after(today, now, hour, zone);
        }
        Cadence { every: self.every.one_turn(), at: self.at }.next_after(
            plus(today, Ok((-1).days()))?,
            now,
            hour,
            zone,
        )
    }

    /// The first so many occurrences of a new repetition that starts now.
    ///
    /// # Errors
    /// As [`Cadence::next_after`].
    pub fn row(
        &self,
        now: Timestamp,
        hour: Time,
        zone: &TimeZone,
        count: usize,
    ) -> Result<Vec<ZonedDateTime>, Misread> {
        let first = self.first_after(now, hour, zone)?;
        // Interval kinds count from today (31 January, 28 February, 31 March), the others from their first day.
        let anchor =
            if self.is_interval() { now.to_zoned_datetime(zone.clone()).date() } else { first.date() };
        let mut times = vec![first];
        while times.len() < count {
            let last = times.last().map_or(now, ZonedDateTime::timestamp);
            times.push(self.next_after(anchor, last, hour, zone)?);
        }
        times.truncate(count);
        Ok(times)
    }

    /// Whether it counts from an anchor rather than lying fixed in the calendar.
    #[must_use]
    pub fn is_interval(&self) -> bool {
        matches!(self.every, Every::Days(_) | Every::Weeks(_) | Every::Months(_) | Every::Years(_))
    }

    /// About how many days lie between two occurrences: for ranking and for "should this be longer?".
    #[must_use]
    pub fn about_days(&self) -> f64 {
        const MONTH: f64 = 30.436_875;
        match self.every {
            Every::Days(n) => f64::from(n),
            Every::Weeks(n) => 7.0 * f64::from(n),
            Every::Months(n)
            | Every::NthWeekday { months: n, .. }
            | Every::DayOfMonth { months: n, .. }
            | Every::NthWorkday { months: n, .. } => MONTH * f64::from(n),
            Every::DaysOfMonth { days: some, months } | Every::NthWeekdays { nths: some, months, .. } => {
                MONTH * f64::from(months) / some.iter().count().max(1) as f64
            }
            Every::Years(n) => 12.0 * MONTH * f64::from(n),
            Every::Yearly { .. } => 12.0 * MONTH,
            Every::Workdays => 1.4,
            Every::Weekdays { days, weeks } => 7.0 * f64::from(weeks) / days.iter().count().max(1) as f64,
        }
    }

    /// Refuses what comes more than once a day or less than once in ten years.
    pub(super) fn checked(self) -> Result<Cadence, Misread> {
        match self.every {
            Every::Days(0) | Every::Weeks(0) | Every::Months(0) | Every::Years(0) => Err(Misread::TooOften),
            Every::Weekdays { days, .. } if days.is_empty() => Err(Misread::NoSuchDate),
            Every::Yearly { month, day } if Date::new(2028, month, day).is_err() => Err(Misread::NoSuchDate),
            Every::DayOfMonth { day, .. } if !(1..=31).contains(&day) => Err(Misread::NoSuchDate),
            Every::NthWeekday { nth, .. } if !matches!(nth, -1 | 1..=5) => Err(Misread::NoSuchDate),
            Every::NthWorkday { nth, .. } if !matches!(nth, -1 | 1..=20) => Err(Misread::NoSuchDate),
            Every::NthWeekdays { nths, .. } if nths.iter().any(|nth| nth > 5) => Err(Misread::NoSuchDate),
            Every::Days(n) if n > MAX_YEARS * 365 + 2 => Err(Misread::TooRare),
            Every::Weeks(n) | Every::Weekdays { weeks: n, .. } if n > 521 => Err(Misread::TooRare),
            Every::Months(n) if n > MAX_YEARS * 12 => Err(Misread::TooRare),
            every if every.months().is_some_and(|n| n > MAX_YEARS * 12) => Err(Misread::TooRare),
            Every::Years(n) if n > MAX_YEARS => Err(Misread::TooRare),
            _ => Ok(self),
        }
    }
}

impl Every {
    /// How many months apart, of a rhythm that lies fixed in months.
    fn months(self) -> Option<u16> {
        match self {
            Every::NthWeekday { months, .. }
            | Every::DayOfMonth { months, .. }
            | Every::DaysOfMonth { months, .. }
            | Every::NthWeekdays { months, .. }
            | Every::NthWorkday { months, .. } => Some(months),
            _ => None,
        }
    }

    /// The same days of every so many months; as it is where it does not lie fixed in months.
    pub(super) fn in_months(mut self, every: u16) -> Every {
        if let Every::NthWeekday { months, .. }
        | Every::DayOfMonth { months, .. }
        | Every::DaysOfMonth { months, .. }
        | Every::NthWeekdays { months, .. }
        | Every::NthWorkday { months, .. } = &mut self
        {
            *months = every;
        }
        self
    }

    /// The same with every turn counted.
    pub(super) fn one_turn(self) -> Every {
        match self {
            Every::Weekdays { days, .. } => Every::Weekdays { days, weeks: 1 },
            other => other.in_months(1),
        }
    }
}

/// The day of a month, or the month's last day where it has none such.
pub(super) fn clamped(year: i16, month: i8, day: i8) -> Result<Date, Misread> {
    let first = Date::new(year, month, 1).map_err(|_| Misread::NoSuchDate)?;
    Date::new(year, month, day.clamp(1, first.days_in_month())).map_err(|_| Misread::NoSuchDate)
}

/// The day so much later (or earlier).
pub(super) fn plus(day: Date, span: Result<Span, jiff::Error>) -> Result<Date, Misread> {
    span.and_then(|span| day.checked_add(span)).map_err(|_| Misread::TooFar)
}
