//! Lengths of time in words: "2 weeks", "an hour and a half", "2w3d".

use jiff::Span;

use super::{
    vocabulary::{
        Token::{self, Count, Mark, Number, Unit as U, Word},
        Unit,
    },
    words::shorter_than_day,
};

/// A length that was read, in halves of the units named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Length {
    months: i64,
    days: i64,
    seconds: i64,
    /// Days of Monday to Friday, which no calendar arithmetic carries.
    workdays: i64,
    /// Whether hours, minutes or seconds were named: then the length is exact, not a matter of days.
    pub exact: bool,
    /// Whether nothing but weeks was named.
    pub weeks_only: bool,
}

impl Length {
    /// One week.
    pub(super) fn week() -> Length {
        Length { days: 7, weeks_only: true, ..Length::default() }
    }

    /// So many weeks.
    pub(super) fn weeks_of(weeks: i64) -> Length {
        Length { days: 7 * weeks, weeks_only: true, ..Length::default() }
    }

    /// One day.
    pub(super) fn day() -> Length {
        Length { days: 1, ..Length::default() }
    }

    /// One day of Monday to Friday.
    pub(super) fn workday() -> Length {
        Length { workdays: 1, ..Length::default() }
    }

    /// Whole weeks, where it is nothing else.
    pub(super) fn weeks(&self) -> Option<i64> {
        self.weeks_only.then_some(self.days / 7)
    }

    /// As a span of months, days and seconds; `None` where that is beyond every calendar.
    pub(super) fn span(&self) -> Option<Span> {
        let span = Span::new().try_months(self.months).ok()?.try_days(self.days).ok()?;
        span.try_seconds(self.seconds).ok()
    }

    /// How many days of Monday to Friday.
    pub(super) fn workdays(&self) -> i64 {
        self.workdays
    }

    fn add(&mut self, halves: i64, unit: Unit, em: Unit) -> Option<()> {
        let unit = if unit == Unit::Em { em } else { unit };
        let half = halves % 2 != 0;
        match unit {
            Unit::Second => self.seconds += halves / 2,
            Unit::Minute => self.seconds += halves * 30,
            Unit::Hour => self.seconds += halves * 1_800,
            Unit::Day if half => {
                self.seconds += halves * 43_200;
                self.exact = true;
            }
            Unit::Day => self.days += halves / 2,
            Unit::Workday if !half => self.workdays += halves / 2,
            Unit::Week => self.days += halves * 7 / 2 + i64::from(half),
            Unit::Fortnight => self.days += halves * 7,
            Unit::Month => {
                self.months += halves / 2;
                self.days += if half { 15 } else { 0 };
            }
            Unit::Quarter if !half => self.months += halves / 2 * 3,
            Unit::Year => self.months += halves * 6,
            Unit::Decade => self.months += halves * 60,
            Unit::Weekend | Unit::Workday | Unit::Quarter | Unit::Em => return None,
        }
        self.exact |= shorter_than_day(unit);
        Some(())
    }
}

/// A number before a unit, in halves: "2", "two", "a couple of", "half a", "2.5", "one and a half".
pub(super) fn halves(tokens: &[Token]) -> Option<(i64, &[Token])> {
    let (whole, rest) = match tokens {
        [Count(1), Word("half"), rest @ ..] | [Word("half"), Count(1), rest @ ..] => return Some((1, rest)),
        [Word("half"), rest @ ..] => return Some((1, rest)),
        [Count(1), Word("couple" | "few" | "dozen"), ..] => return halves(tokens.get(1..)?),
        [Word("couple"), Word("of"), rest @ ..] | [Word("couple"), rest @ ..] => (2, rest),
        [Word("few"), rest @ ..] => (3, rest),
        [Word("dozen"), rest @ ..] => (12, rest),
        [Number(1, 1), Mark('/'), Number(2, 1), Count(1), rest @ ..]
        | [Number(1, 1), Mark('/'), Number(2, 1), rest @ ..]
            if matches!(rest, [U(_), ..]) =>
        {
            return Some((1, rest));
        }
        [Number(n, _), Mark('.' | ','), Number(5, 1), rest @ ..] => {
            return Some((i64::from(*n) * 2 + 1, rest));
        }
        [Number(n, _), rest @ ..] => (i64::from(*n), rest),
        [Count(tens @ (20 | 30 | 40 | 50)), Count(ones @ 1..=9), rest @ ..] => (i64::from(tens + ones), rest),
        [Count(n), rest @ ..] => (i64::from(*n), rest),
        _ => return None,
    };
    match rest {
        [Word("and"), Count(1), Word("half"), rest @ ..] => Some((whole * 2 + 1, rest)),
        _ => Some((whole * 2, rest)),
    }
}

/// A length at the start of the tokens. `em` says what "m" means.
pub(super) fn length(tokens: &[Token], em: Unit) -> Option<(Length, &[Token])> {
    let mut length = Length { weeks_only: true, ..Length::default() };
    let mut rest = tokens;
    let mut any = false;
    loop {
        let from = match rest {
            [Word("and") | Mark(','), from @ ..] if any => from,
            from => from,
        };
        let Some((count, unit, after)) = part(from) else { break };
        length.add(count, unit, em)?;
        length.weeks_only &= matches!(unit, Unit::Week | Unit::Fortnight) && count % 2 == 0;
        (rest, any) = (after, true);
        // "1h30"
        if let (Unit::Hour, [Number(minutes, 2), after @ ..]) = (unit, rest)
            && !matches!(after, [U(_), ..] | [Mark(_), ..] | [Word("am" | "pm"), ..])
        {
            length.add(i64::from(*minutes) * 2, Unit::Minute, em)?;
            rest = after;
        }
        if let [Word("and"), Count(1), Word("half"), after @ ..] = rest {
            length.add(1, unit, em)?;
            length.weeks_only = false;
            rest = after;
        }
    }
    any.then_some((length, rest))
}

fn part(tokens: &[Token]) -> Option<(i64, Unit, &[Token])> {
    if let [Word("half"), U(unit), rest @ ..] = tokens {
        return Some((1, *unit, rest));
    }
    if let [Count(1), U(Unit::Quarter), Word("of"), Count(1), U(Unit::Hour), rest @ ..] = tokens {
        return Some((30, Unit::Minute, rest));
    }
    let (count, rest) = halves(tokens)?;
    match rest {
        [Word("working"), U(Unit::Day), rest @ ..] => Some((count, Unit::Workday, rest)),
        [U(unit), rest @ ..] => Some((count, *unit, rest)),
        _ => None,
    }
}
