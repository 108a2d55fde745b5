//! Tests of what people say of time.

mod laws;
mod parts;
mod phrases;

use jiff::{Timestamp, civil::time, tz::TimeZone};

use super::*;

/// Tuesday 24 November 2026, 11:15 in Berlin.
fn asker() -> Asker {
    let now: Timestamp = "2026-11-24T10:15:00Z".parse().unwrap();
    Asker::new(now, TimeZone::get("Europe/Berlin").unwrap(), time(9, 0, 0, 0), "en-GB")
}
