//! On which days a rhythm falls, asked day by day.

use chrono::{Datelike as _, Months, NaiveDate, Weekday};

use super::local::last_of_month;

/// How something repeats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Every {
    Days(i64),
    Months(u32),
    Workday,
    Each(&'static [Weekday]),
    Other(Weekday),
    Nth(u32, Weekday),
    Last(Weekday),
    DayOfMonth(u32),
    LastWorkday,
    Date(u32, u32),
}

/// A rhythm as people say it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rhythm {
    pub said: &'static str,
    pub every: Every,
    /// The minute of the day that was named.
    pub at: Option<u32>,
}

const fn rhythm(said: &'static str, every: Every) -> Rhythm {
    Rhythm { said, every, at: None }
}

/// Rhythms of connections.
pub const RHYTHMS: &[Rhythm] = &[
    rhythm("6 weeks", Every::Days(42)),
    rhythm("every 3 weeks", Every::Days(21)),
    rhythm("10 days", Every::Days(10)),
    rhythm("weekly", Every::Days(7)),
    rhythm("every 5 days", Every::Days(5)),
    rhythm("fortnightly", Every::Days(14)),
    rhythm("monthly", Every::Months(1)),
    rhythm("every 2 months", Every::Months(2)),
    rhythm("quarterly", Every::Months(3)),
    rhythm("every half year", Every::Months(6)),
    rhythm("yearly", Every::Months(12)),
    rhythm("every weekday", Every::Workday),
    rhythm("every friday", Every::Each(&[Weekday::Fri])),
    rhythm("every monday and thursday", Every::Each(&[Weekday::Mon, Weekday::Thu])),
    rhythm("every saturday and sunday", Every::Each(&[Weekday::Sat, Weekday::Sun])),
    rhythm("every other tuesday", Every::Other(Weekday::Tue)),
    rhythm("first monday of the month", Every::Nth(1, Weekday::Mon)),
    rhythm("third wednesday of the month", Every::Nth(3, Weekday::Wed)),
    rhythm("last friday of the month", Every::Last(Weekday::Fri)),
    rhythm("the 15th of every month", Every::DayOfMonth(15)),
    rhythm("the 31st of every month", Every::DayOfMonth(31)),
    rhythm("last working day of the month", Every::LastWorkday),
    rhythm("every 29 february", Every::Date(2, 29)),
    rhythm("every 12 may", Every::Date(5, 12)),
    Rhythm { said: "every wednesday at 18:33", every: Every::Each(&[Weekday::Wed]), at: Some(18 * 60 + 33) },
    Rhythm { said: "every 2 weeks at 07:48", every: Every::Days(14), at: Some(7 * 60 + 48) },
];

/// Rhythms of nudges that lie fixed in the calendar.
pub const FIXED: &[Rhythm] = &[
    rhythm("every monday", Every::Each(&[Weekday::Mon])),
    rhythm("every sunday", Every::Each(&[Weekday::Sun])),
    rhythm("the first tuesday of every month", Every::Nth(1, Weekday::Tue)),
    Rhythm { said: "every friday at 14:33", every: Every::Each(&[Weekday::Fri]), at: Some(14 * 60 + 33) },
    Rhythm { said: "the 31st of every month at 02:33", every: Every::DayOfMonth(31), at: Some(2 * 60 + 33) },
    Rhythm { said: "every sunday at 01:48", every: Every::Each(&[Weekday::Sun]), at: Some(60 + 48) },
    Rhythm { said: "every sunday at 02:48", every: Every::Each(&[Weekday::Sun]), at: Some(2 * 60 + 48) },
];

/// Rhythms of nudges that count from the first one.
pub const COUNTED: &[Rhythm] = &[
    rhythm("every 2 weeks", Every::Days(14)),
    rhythm("every 9 days", Every::Days(9)),
    rhythm("monthly", Every::Months(1)),
];

/// Whether a rhythm that counts from the day `from` falls on a later day.
pub fn falls(every: Every, from: NaiveDate, day: NaiveDate) -> bool {
    let days = (day - from).num_days();
    let works = |day: NaiveDate| day.weekday().num_days_from_monday() < 5;
    match every {
        Every::Days(n) => days % n == 0,
        Every::Months(n) => {
            let months = (day.year() - from.year()) * 12 + day.month() as i32 - from.month() as i32;
            let months = u32::try_from(months).unwrap();
            months % n == 0 && day == from + Months::new(months)
        }
        Every::Workday => works(day),
        Every::Each(weekdays) => weekdays.contains(&day.weekday()),
        Every::Other(weekday) => {
            let since = from.iter_days().skip(1).take_while(|it| *it <= day);
            day.weekday() == weekday && since.filter(|it| it.weekday() == weekday).count() % 2 == 0
        }
        Every::Nth(n, weekday) => day.weekday() == weekday && (day.day() - 1) / 7 + 1 == n,
        Every::Last(weekday) => day.weekday() == weekday && last_of_month(day).day() - day.day() < 7,
        Every::DayOfMonth(n) => day.day() == n.min(last_of_month(day).day()),
        Every::LastWorkday => {
            works(day) && !day.iter_days().skip(1).take_while(|it| it.month() == day.month()).any(works)
        }
        Every::Date(month, n) => day.month() == month && day.day() == n.min(last_of_month(day).day()),
    }
}
