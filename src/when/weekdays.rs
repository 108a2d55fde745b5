//! A set of weekdays, as "every monday and thursday" names one.

use std::fmt;

use jiff::civil::Weekday;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// The weekdays from Monday on.
pub(super) const ALL: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// A weekday's English name.
#[must_use]
pub fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// Some of the seven days of the week. In JSON a list of lowercase English names, Monday first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Weekdays(u8);

impl Weekdays {
    /// Monday to Friday.
    pub const WORK: Weekdays = Weekdays(0b001_1111);
    /// Every day.
    pub const ALL: Weekdays = Weekdays(0b111_1111);
    /// Saturday and Sunday.
    pub const END: Weekdays = Weekdays(0b110_0000);

    /// The set of these days.
    #[must_use]
    pub fn of(days: &[Weekday]) -> Weekdays {
        Weekdays(days.iter().fold(0, |bits, day| bits | 1 << day.to_monday_zero_offset()))
    }

    /// Whether the day is in the set.
    #[must_use]
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & (1 << day.to_monday_zero_offset()) != 0
    }

    /// These days but for those of the other set.
    #[must_use]
    pub fn without(self, other: Weekdays) -> Weekdays {
        Weekdays(self.0 & !other.0)
    }

    /// Whether no day is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0 == 0
    }

    /// The days, Monday first.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        ALL.into_iter().filter(move |day| self.contains(*day))
    }
}

impl fmt::Display for Weekdays {
    /// "Saturday, Sunday".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, day) in self.iter().enumerate() {
            let joint = if n == 0 { "" } else { ", " };
            write!(f, "{joint}{}", name(day))?;
        }
        Ok(())
    }
}

impl Serialize for Weekdays {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|day| name(day).to_ascii_lowercase()))
    }
}

impl<'de> Deserialize<'de> for Weekdays {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut days = Vec::new();
        for text in Vec::<String>::deserialize(deserializer)? {
            days.push(one::parse(&text).map_err(D::Error::custom)?);
        }
        if days.is_empty() {
            return Err(D::Error::custom("a set of weekdays needs at least one"));
        }
        Ok(Weekdays::of(&days))
    }
}

/// One weekday in JSON: its lowercase English name.
pub mod one {
    use super::{ALL, Deserialize, Deserializer, Error, Serializer, Weekday, name};

    pub(in super::super) fn parse(text: &str) -> Result<Weekday, String> {
        let day = ALL.into_iter().find(|day| name(*day).eq_ignore_ascii_case(text));
        day.ok_or_else(|| format!("not a weekday: {text}"))
    }

    /// Writes it.
    ///
    /// # Errors
    /// The serializer's.
    pub fn serialize<S: Serializer>(day: &Weekday, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&name(*day).to_ascii_lowercase())
    }

    /// Reads it.
    ///
    /// # Errors
    /// What is read is no weekday.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Weekday, D::Error> {
        parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
