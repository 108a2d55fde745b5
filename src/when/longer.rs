//! The next longer rhythm, for what comes more often than somebody has time for.

use super::{Cadence, Every, Weekdays};

/// Lengths in months that people speak of: a month, a quarter, half a year.
const MONTHS: [u16; 10] = [1, 2, 3, 4, 6, 9, 12, 18, 24, 36];

impl Cadence {
    /// The next longer rhythm of the same kind, its time of day kept; `None` for a yearly date, which lies where it
    /// lies, and for what would be longer than ten years.
    ///
    /// | rhythm | longer |
    /// | --- | --- |
    /// | every so many days, weeks, years | half as many again, rounded up: 1 → 2, 2 → 3, 4 → 6, 6 → 9 |
    /// | every so many months | the first of 2, 3, 4, 6, 9, 12, 18, 24, 36 that is half as long again: 3 → 6, 12 → 18 |
    /// | every weekday | every week |
    /// | on several days of the week | on the first of them |
    /// | on one day of the week | half as many weeks again: every friday → every other friday |
    /// | on a day of the month | as months |
    /// | on several days of the month | on the first of them |
    #[must_use]
    pub fn longer(&self) -> Option<Cadence> {
        let every = match self.every {
            Every::Days(n) => Every::Days(half_again(n)),
            Every::Weeks(n) => Every::Weeks(half_again(n)),
            Every::Months(n) => Every::Months(months(n)),
            Every::Years(n) => Every::Years(half_again(n)),
            Every::Workdays => Every::Weeks(1),
            Every::Weekdays { days, weeks } => match days.iter().collect::<Vec<_>>()[..] {
                [first, _, ..] => Every::Weekdays { days: Weekdays::of(&[first]), weeks },
                _ => Every::Weekdays { days, weeks: half_again(weeks) },
            },
            Every::NthWeekday { nth, weekday, months: n } => {
                Every::NthWeekday { nth, weekday, months: months(n) }
            }
            Every::DayOfMonth { day, months: n } => Every::DayOfMonth { day, months: months(n) },
            Every::NthWorkday { nth, months: n } => Every::NthWorkday { nth, months: months(n) },
            Every::DaysOfMonth { days, months } => Every::DayOfMonth { day: days.iter().next()?, months },
            Every::NthWeekdays { nths, weekday, months } => {
                Every::NthWeekday { nth: nths.iter().next()?, weekday, months }
            }
            Every::Yearly { .. } => return None,
        };
        Cadence { every, at: self.at }.checked().ok()
    }
}

fn half_again(n: u16) -> u16 {
    n.saturating_add(n.div_ceil(2).max(1))
}

fn months(n: u16) -> u16 {
    let enough = half_again(n);
    MONTHS.into_iter().find(|months| *months >= enough).unwrap_or(enough)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::when::{self, Asker};
    use jiff::{Timestamp, civil::time, tz::TimeZone};

    /// The longer one of what a phrase means, as it is said.
    fn longer(phrase: &str) -> Option<String> {
        let now: Timestamp = "2026-11-24T10:15:00Z".parse().unwrap();
        let asker = Asker::new(now, TimeZone::UTC, time(9, 0, 0, 0), "en-GB");
        let longer = when::repeat(phrase, &asker).unwrap().cadence.longer();
        longer.map(|cadence| cadence.to_string())
    }

    #[test]
    fn each_kind_has_its_next_longer_one() {
        for (phrase, expected) in [
            ("every day", "every 2 days"),
            ("every 10 days", "every 15 days"),
            ("weekly", "every 2 weeks"),
            ("2 weeks", "every 3 weeks"),
            ("4 weeks", "every 6 weeks"),
            ("monthly", "every 2 months"),
            ("quarterly", "every 6 months"),
            ("every 12 months", "every 18 months"),
            ("every year", "every 2 years"),
            ("every weekday", "every week"),
            ("every tuesday and thursday", "every Tuesday"),
            ("every friday at 3pm", "every other Friday at 15:00"),
            ("every other friday", "every 3 weeks on Friday"),
            ("first monday of the month", "the first Monday of every other month"),
            ("the 15th of every month", "the 15th of every other month"),
            ("the 1st and 15th of every month", "the 1st of every month"),
        ] {
            assert_eq!(longer(phrase).as_deref(), Some(expected), "{phrase}");
        }
    }

    #[test]
    fn a_yearly_date_and_ten_years_have_none() {
        assert_eq!(longer("every year on 29 february"), None);
        assert_eq!(longer("every 10 years"), None);
        assert_eq!(longer("every 120 months"), None);
    }

    #[test]
    fn a_longer_one_is_longer_until_there_is_none() {
        let mut all = vec![Cadence::days(1), Cadence::weeks(1), Cadence::months(1), Every::Workdays.into()];
        let mut steps = 0;
        while let Some(cadence) = all.pop() {
            if let Some(longer) = cadence.longer() {
                assert!(longer.about_days() > cadence.about_days(), "{cadence} → {longer}");
                all.push(longer);
            }
            steps += 1;
        }
        assert!(steps < 100);
    }
}
