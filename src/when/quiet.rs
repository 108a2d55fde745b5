//! Quiet hours, a stretch of each day in which nothing is sent, and quiet days.

use std::fmt;

use jiff::{Timestamp, civil::Time, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::{
    cadence::plus,
    clock_time::hm,
    hour, moment,
    repeat::weekday_list,
    vocabulary::Token::{Mark, Number, Word},
    weekdays::Weekdays,
    words::tokens,
};

/// From when to when it is quiet each day, in the member's zone; over midnight where `from` is the later. Displays as
/// "22:00-07:00".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct QuietHours {
    /// The first quiet moment.
    pub from: Time,
    /// The first moment that is no longer quiet.
    pub to: Time,
}

/// Why quiet hours were not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotQuietHours {
    /// The text is no stretch of hours. Carries the text.
    #[error("\"{0}\" is no stretch of hours")]
    NotUnderstood(String),
    /// They leave less than an hour of the day.
    #[error("these quiet hours leave no hour of the day")]
    NoHourLeft,
}

impl QuietHours {
    /// Reads "22:00-07:00", "10pm to 7am", "from 22 until 7"; `None` for "off" and "none".
    ///
    /// # Errors
    /// See [`NotQuietHours`].
    pub fn parse(text: &str) -> Result<Option<QuietHours>, NotQuietHours> {
        let error = || NotQuietHours::NotUnderstood(text.trim().to_owned());
        if matches!(text.trim().to_lowercase().as_str(), "off" | "none" | "no" | "never" | "-") {
            return Ok(None);
        }
        let tokens = tokens(text).map_err(|_| error())?;
        let (from, rest) = match tokens.as_slice() {
            [Word("from"), rest @ ..] => hour::of_tokens(rest),
            // "22-7": a number and a hyphen would else be the start of a date.
            [Number(h, 1..=2), rest @ ..] if rest.first() == Some(&Mark('-')) => {
                hm(*h, 0).map(|time| (time, rest))
            }
            rest => hour::of_tokens(rest),
        }
        .ok_or_else(error)?;
        let rest = match rest {
            [Mark('-') | Word("to" | "by"), rest @ ..] => rest,
            // Between "10pm" and "7am" the hyphen is dropped as a joint.
            rest => rest,
        };
        let (to, rest) = hour::of_tokens(rest).ok_or_else(error)?;
        if !rest.is_empty() {
            return Err(error());
        }
        QuietHours { from, to }.checked().map(Some)
    }

    /// Refuses hours that leave less than one of the day.
    ///
    /// # Errors
    /// [`NotQuietHours::NoHourLeft`].
    pub fn checked(self) -> Result<QuietHours, NotQuietHours> {
        let minutes = |time: Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
        let awake = (minutes(self.from) - minutes(self.to)).rem_euclid(24 * 60);
        if awake < 60 { Err(NotQuietHours::NoHourLeft) } else { Ok(self) }
    }

    /// Whether it is quiet at a time of day.
    #[must_use]
    pub fn covers(&self, time: Time) -> bool {
        if self.from <= self.to {
            self.from <= time && time < self.to
        } else {
            self.from <= time || time < self.to
        }
    }
}

impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", moment::time(self.from), moment::time(self.to))
    }
}

/// Why quiet days were not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotQuietDays {
    /// The text names no days of the week. Carries the text.
    #[error("\"{0}\" names no days of the week")]
    NotUnderstood(String),
    /// They leave no day of the week.
    #[error("these quiet days leave no day of the week")]
    NoDayLeft,
}

/// Reads "sat and sun", "weekends", "friday to sunday"; no days for "off" and "none".
///
/// # Errors
/// See [`NotQuietDays`].
pub fn parse_quiet_days(text: &str) -> Result<Weekdays, NotQuietDays> {
    let error = || NotQuietDays::NotUnderstood(text.trim().to_owned());
    let days = match text.trim().to_lowercase().as_str() {
        "off" | "none" | "no" | "never" | "-" => return Ok(Weekdays::default()),
        "weekend" | "weekends" | "the weekend" => Weekdays::END,
        "weekdays" | "workdays" => Weekdays::WORK,
        "every day" | "all days" | "all" | "always" | "daily" => return Err(NotQuietDays::NoDayLeft),
        _ => {
            let tokens = tokens(text).map_err(|_| error())?;
            let (days, rest) = weekday_list(&tokens).ok_or_else(error)?;
            if !rest.is_empty() {
                return Err(error());
            }
            days
        }
    };
    if days.iter().count() == 7 { Err(NotQuietDays::NoDayLeft) } else { Ok(days) }
}

/// The moment itself or, in quiet hours, the end of the quiet stretch.
#[must_use]
pub fn hold(at: Timestamp, zone: &TimeZone, quiet: Option<&QuietHours>) -> Timestamp {
    let here = at.to_zoned_datetime(zone.clone());
    let Some(quiet) = quiet.filter(|quiet| quiet.covers(here.time())) else { return at };
    let ends_tomorrow = quiet.from > quiet.to && here.time() >= quiet.from;
    let day = plus(here.date(), jiff::Span::new().try_days(i64::from(ends_tomorrow)));
    let end = day.and_then(|day| moment::at(day, quiet.to, zone)).map(|end| end.timestamp());
    // Where a clock goes back, the end may come a second time; never earlier than the moment itself.
    end.map_or(at, |end| end.max(at))
}
