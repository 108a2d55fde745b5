//! Rhythms in words, such that the words read back to the same rhythm.

use std::fmt;

use super::{
    Cadence, Every, Weekdays,
    moment::{self, month_name},
    weekdays,
};

impl fmt::Display for Cadence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.every.fmt(f)?;
        match self.at {
            Some(at) => write!(f, " at {}", moment::time(at)),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Every {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Every::Days(n) => interval(f, n, "day"),
            Every::Weeks(n) => interval(f, n, "week"),
            Every::Months(n) => interval(f, n, "month"),
            Every::Years(n) => interval(f, n, "year"),
            Every::Workdays => f.write_str("every weekday"),
            Every::Weekdays { days, weeks } => {
                match weeks {
                    0 | 1 => f.write_str("every ")?,
                    2 if days.iter().count() == 1 => f.write_str("every other ")?,
                    n => write!(f, "every {n} weeks on ")?,
                }
                f.write_str(&listed(days))
            }
            Every::NthWeekday { nth, weekday, months } => {
                write!(f, "the {} {} of every{}", nth_word(nth), weekdays::name(weekday), month_row(months))
            }
            Every::NthWeekdays { nths, weekday, months } => {
                let nths = joined(nths.iter().map(nth_word));
                write!(f, "the {nths} {} of every{}", weekdays::name(weekday), month_row(months))
            }
            Every::NthWorkday { nth: -1, months } => {
                write!(f, "the last working day of every{}", month_row(months))
            }
            Every::NthWorkday { nth, months } => {
                let nth = if nth > 5 { ordinal(nth) } else { nth_word(nth).to_owned() };
                write!(f, "the {nth} working day of every{}", month_row(months))
            }
            Every::DaysOfMonth { days, months } => {
                write!(f, "the {} of every{}", joined(days.iter().map(ordinal)), month_row(months))
            }
            Every::DayOfMonth { day: 31, months } => write!(f, "the last day of every{}", month_row(months)),
            Every::DayOfMonth { day, months } => {
                write!(f, "the {} of every{}", ordinal(day), month_row(months))
            }
            Every::Yearly { month, day } => write!(f, "every year on {day} {}", month_name(month)),
        }
    }
}

fn interval(f: &mut fmt::Formatter<'_>, n: u16, unit: &str) -> fmt::Result {
    if n == 1 { write!(f, "every {unit}") } else { write!(f, "every {n} {unit}s") }
}

fn month_row(months: u16) -> String {
    match months {
        0 | 1 => " month".to_owned(),
        2 => " other month".to_owned(),
        n => format!(" {n} months"),
    }
}

fn listed(days: Weekdays) -> String {
    joined(days.iter().map(weekdays::name))
}

/// "a, b and c".
fn joined<T: ToString>(words: impl Iterator<Item = T>) -> String {
    let words: Vec<String> = words.map(|word| word.to_string()).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

fn nth_word(nth: i8) -> &'static str {
    match nth {
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        5 => "fifth",
        _ => "last",
    }
}

/// "1st", "22nd", "13th".
fn ordinal(day: i8) -> String {
    let ending = match (day % 10, day % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{day}{ending}")
}
