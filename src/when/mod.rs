//! What people say of time: moments ("next friday 3pm"), rhythms ("every 6 weeks"), moments past ("2 days ago"), zones
//! and quiet hours. Pure: the present moment is passed in, nothing here reads a clock, a store or Discord.
//!
//! Plain English in, plain English out: the readings ("Friday 27 November 2026, 09:00") are composed here. What is said
//! to a person when something is not understood is the caller's; [`Misread`] says what is wrong.

#![expect(clippy::match_same_arms, reason = "in a grammar each arm is one way of saying it")]

mod cadence;
pub mod cli;
mod clock_time;
mod coming;
mod day;
mod easter;
mod grammar;
mod hour;
mod idioms;
mod longer;
mod moment;
mod ordinals;
mod periods;
mod place;
mod quiet;
mod read;
mod repeat;
mod rhythm;
mod rhythm_more;
mod row;
mod say;
mod span;
mod suggest;
mod vocabulary;
mod weekdays;
mod words;
pub mod zone;
mod zone_names;

#[cfg(test)]
mod tests;

use jiff::{Timestamp, ZonedDateTime, civil::Time, tz::TimeZone};

pub use self::{
    cadence::{Cadence, Every},
    coming::{By, Coming, Moved},
    hour::{NotAnHour, parse_hour},
    moment::{at as moment, exactly, in_full, in_short, time as clock},
    ordinals::Ordinals,
    quiet::{NotQuietDays, NotQuietHours, QuietHours, hold, parse_quiet_days},
    read::{is_span, once, past},
    repeat::repeat,
    suggest::{Suggestion, suggestions},
    weekdays::{Weekdays, name as weekday_name, one as weekday},
};

/// Who asks, and when: what a phrase is read against.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The present moment.
    pub now: Timestamp,
    /// The asker's zone.
    pub zone: TimeZone,
    /// The delivery hour: the time of day where none is named.
    pub hour: Time,
    /// Whether "3/4" is the third of April (true) or the fourth of March.
    pub day_first: bool,
}

impl Asker {
    /// An asker whose order of day and month follows a locale such as `en-US`.
    #[must_use]
    pub fn new(now: Timestamp, zone: TimeZone, hour: Time, locale: &str) -> Asker {
        Asker { now, zone, hour, day_first: day_first(locale) }
    }

    /// The present moment in the asker's zone.
    #[must_use]
    pub fn here(&self) -> ZonedDateTime {
        self.now.to_zoned_datetime(self.zone.clone())
    }
}

/// Whether people of a locale write the day before the month: all but those of the United States and those who write
/// the year first.
#[must_use]
pub fn day_first(locale: &str) -> bool {
    let language = locale.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let us = locale.eq_ignore_ascii_case("en-us") || locale.eq_ignore_ascii_case("en_us");
    !us && !matches!(language.as_str(), "ja" | "zh" | "ko" | "hu" | "lt" | "sv")
}

/// A moment that was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The likeliest moment.
    pub at: ZonedDateTime,
    /// That moment in words: "Friday 27 November 2026, 09:00".
    pub reading: String,
    /// Where the phrase can be read in other ways: those moments, likelier first. At most three.
    pub others: Vec<(ZonedDateTime, String)>,
}

impl Reading {
    /// Every moment that is read, in words, the likeliest first.
    #[must_use]
    pub fn all(self) -> Vec<(Timestamp, String)> {
        let first = (self.at.timestamp(), self.reading);
        let others = self.others.into_iter().map(|(at, reading)| (at.timestamp(), reading));
        std::iter::once(first).chain(others).collect()
    }
}

/// A rhythm that was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct CadenceReading {
    /// The likeliest rhythm; it carries its own time of day where one was named.
    pub cadence: Cadence,
    /// That rhythm in words: "every other Friday at 16:00".
    pub reading: String,
    /// When it would first come, counted from now.
    pub first: ZonedDateTime,
    /// Where the phrase can be read in other ways: those rhythms.
    pub others: Vec<(Cadence, String)>,
}

/// Why a phrase was not taken.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Misread {
    /// Nothing was said.
    #[error("nothing was said")]
    Empty,
    /// The phrase says nothing of time that is understood here. Carries the phrase, cut to 100 characters.
    #[error("\"{0}\" reads as no time")]
    NotUnderstood(String),
    /// The moment is over.
    #[error("{} is in the past, and only what is still to come can be planned", in_full(.0))]
    InThePast(ZonedDateTime),
    /// A moment that should be over is still to come (in [`past`]).
    #[error("{} is still to come", in_full(.0))]
    InTheFuture(ZonedDateTime),
    /// Later than the year 2100, or, for the past, earlier than 1900.
    #[error("that is too far away (the years 1900 to 2100 are understood)")]
    TooFar,
    /// A rhythm of less than a day.
    #[error("a rhythm can be no shorter than a day")]
    TooOften,
    /// A rhythm of more than ten years.
    #[error("a rhythm can be no longer than ten years")]
    TooRare,
    /// There is no such day: 30 February, a Friday that is a Thursday.
    #[error("there is no such date")]
    NoSuchDate,
}
