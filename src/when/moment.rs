//! From a day and a time of day to a moment, and how moments are written.

use jiff::{
    Timestamp, ZonedDateTime,
    civil::{Date, Time},
    tz::TimeZone,
};

use super::{Misread, weekdays};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A month's English name.
pub(super) fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or("")
}

/// The moment of a time on a day in a zone. A time that does not exist that day (summer time) moves forward; one that
/// exists twice is the first.
///
/// # Errors
/// [`Misread::TooFar`] outside the years the calendar knows.
pub fn at(day: Date, time: Time, zone: &TimeZone) -> Result<ZonedDateTime, Misread> {
    day.to_datetime(time).to_zoned_datetime(zone.clone()).map_err(|_| Misread::TooFar)
}

/// A moment as a phrase that is read as this minute only, whenever it is read: "2026-11-27 09:00", or with its offset
/// where that is the second of two times of one name.
#[must_use]
pub fn exactly(moment: Timestamp, zone: &TimeZone) -> String {
    let here = moment.to_zoned_datetime(zone.clone());
    let plain = here.strftime("%Y-%m-%d %H:%M").to_string();
    let read = at(here.date(), here.time(), zone);
    if read.is_ok_and(|read| read.timestamp() == moment) { plain } else { moment.to_string() }
}

/// "Friday 27 November 2026, 09:00".
#[must_use]
pub fn in_full(at: &ZonedDateTime) -> String {
    let weekday = weekdays::name(at.weekday());
    format!("{weekday} {} {} {}, {}", at.day(), month_name(at.month()), at.year(), time(at.time()))
}

/// "Fri 27 November, 09:00", with the year where it is not the present one.
#[must_use]
pub fn in_short(at: &ZonedDateTime, now: Timestamp) -> String {
    let weekday = weekdays::name(at.weekday()).get(..3).unwrap_or_default();
    let year = if at.year() == now.to_zoned_datetime(at.time_zone().clone()).year() {
        String::new()
    } else {
        format!(" {}", at.year())
    };
    format!("{weekday} {} {}{year}, {}", at.day(), month_name(at.month()), time(at.time()))
}

/// "09:00".
#[must_use]
pub fn time(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}
