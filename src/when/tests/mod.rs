//! Tests of what people say of time.

use jiff::{Timestamp, civil::time, tz::TimeZone};

use super::*;

/// Tuesday 24 November 2026, 11:15 in Berlin.
fn asker() -> Asker {
    let now: Timestamp = "2026-11-24T10:15:00Z".parse().unwrap();
    Asker::new(now, TimeZone::get("Europe/Berlin").unwrap(), time(9, 0, 0, 0), "en-GB")
}

#[test]
fn reads_a_moment_and_says_the_other_reading() {
    let read = once("next friday", &asker()).unwrap();
    assert_eq!(read.reading, "Friday 27 November 2026, 09:00");
    assert_eq!(read.others.len(), 1);
    assert_eq!(read.others[0].1, "Friday 4 December 2026, 09:00");
}
