//! Days and times of day in a zone, by `chrono-tz`.

use chrono::{Datelike as _, Duration, NaiveDate, Offset as _, TimeZone as _, Timelike as _};
use chrono_tz::Tz;

/// A minute, counted from 1970 by UTC.
pub type Minute = i64;

/// The day in a zone, and the minute of that day.
pub fn local(zone: Tz, at: Minute) -> (NaiveDate, u32) {
    let there = zone.timestamp_opt(at * 60, 0).unwrap();
    (there.date_naive(), there.hour() * 60 + there.minute())
}

/// The moment of a time of day: the first where the clock goes back over it, as much later as the clock jumps where it
/// leaps over it.
pub fn moment(zone: Tz, day: NaiveDate, minute_of_day: u32) -> Minute {
    let wall = day.and_hms_opt(minute_of_day / 60, minute_of_day % 60, 0).unwrap();
    if let Some(first) = zone.from_local_datetime(&wall).earliest() {
        return first.timestamp() / 60;
    }
    let before = zone.from_local_datetime(&(wall - Duration::hours(3))).earliest().unwrap();
    let offset = i64::from(before.offset().fix().local_minus_utc());
    (wall.and_utc().timestamp() - offset) / 60
}

/// The last day of a day's month.
pub fn last_of_month(day: NaiveDate) -> NaiveDate {
    let mut last = day;
    while last.succ_opt().unwrap().month() == day.month() {
        last = last.succ_opt().unwrap();
    }
    last
}

/// `14:33`.
pub fn clock(minute_of_day: u32) -> String {
    format!("{:02}:{:02}", minute_of_day / 60, minute_of_day % 60)
}

/// A minute as people on the spot write it.
pub fn written(zone: Tz, at: Minute) -> String {
    let (day, minute) = local(zone, at);
    format!("{} {day} {}", day.weekday(), clock(minute))
}
