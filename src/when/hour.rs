//! A delivery hour: "9", "9am", "08:30".

use jiff::civil::Time;

use super::{
    clock_time::{ClockTime, clock_time},
    vocabulary::Token,
    words::tokens,
};

/// The text is no time of day. Carries the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no time of day")]
pub struct NotAnHour(pub String);

/// Reads a time of day for settings: "9", "9am", "08:30", "noon". "9" is nine in the morning, "midnight" is 00:00.
///
/// # Errors
/// [`NotAnHour`] for anything else.
pub fn parse_hour(text: &str) -> Result<Time, NotAnHour> {
    let error = || NotAnHour(text.trim().to_owned());
    let tokens = tokens(text).map_err(|_| error())?;
    let (time, rest) = of_tokens(&tokens).ok_or_else(error)?;
    if rest.is_empty() { Ok(time) } else { Err(error()) }
}

/// A time of day of a twenty-four hour clock, at the start of the tokens.
pub(super) fn of_tokens(tokens: &[Token]) -> Option<(Time, &[Token])> {
    let (time, rest) = clock_time(tokens, true)?;
    let time = match time {
        ClockTime::Sure(time) => time,
        ClockTime::Bare { hour, minute } => Time::new(hour, minute, 0, 0).ok()?,
        ClockTime::Midnight => Time::midnight(),
    };
    Some((time, rest))
}
