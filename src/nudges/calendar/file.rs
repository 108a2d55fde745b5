//! A calendar as a file.

use icalendar::{Calendar, Component as _, Event, Property};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Item;
use crate::connections::Connection;
use crate::members::Member;
use crate::nudges::dates;
use crate::nudges::views::kind_name;
use crate::say;
use crate::texts::Words;

/// The file's name.
pub const NAME: &str = "kith.ics";

/// The file of what is to come, written at `now`. Its times are UTC, which every calendar shows in the zone of
/// its reader; the member's zone is named.
#[must_use]
pub fn file(
    words: Words<'_>,
    coming: &[Item],
    network: &[Connection],
    member: &Member,
    now: Timestamp,
) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", "-//Kith//Kith//EN"), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property((key, value));
    }
    calendar.name(&words.say("calendar-name")).timezone(member.zone.as_str());
    let mut refresh = Property::new("REFRESH-INTERVAL", EVERY);
    refresh.add_parameter("VALUE", "DURATION");
    calendar.append_property(refresh).append_property(("X-PUBLISHED-TTL", EVERY));
    for it in coming {
        let mut event = Event::new();
        event
            .uid(&uid(it))
            .summary(&one_line(&title(words, it, network)))
            .add_property("DTSTAMP", utc(now))
            .add_property("DTSTART", utc(it.at))
            .add_property("DURATION", "PT15M")
            .add_property("TRANSP", "TRANSPARENT")
            .add_property("CLASS", "PRIVATE");
        calendar.push(event.done());
    }
    folded(&calendar.to_string().replace("\r\n ", ""))
}

/// Most bytes of a line (RFC 5545, 3.1); the crate's own folding goes one beyond, with the space of a line that goes on.
const LINE: usize = 75;

/// The text with long lines folded, never within a character.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + text.len() / LINE * 3);
    let mut used = 0;
    for c in text.chars() {
        if c == '\r' {
            used = 0;
        } else if c != '\n' {
            if used + c.len_utf8() > LINE {
                folded.push_str("\r\n ");
                used = 1;
            }
            used += c.len_utf8();
        }
        folded.push(c);
    }
    folded
}

/// How often a calendar that follows an address may look again.
const EVERY: &str = "PT1H";

/// The id by which a calendar knows an event again when it has moved.
fn uid(coming: &Item) -> String {
    match coming.day {
        Some(day) => format!("{}-{}@kith", coming.of, day.strftime("%Y%m%d")),
        None => format!("{}@kith", coming.of),
    }
}

fn title(words: Words<'_>, coming: &Item, network: &[Connection]) -> String {
    let name = network.iter().find(|it| Some(it.id) == coming.connection).map(|it| it.name.as_str());
    let kind = match coming.birthday {
        Some(birthday) => Some(dates::views::kind(words, birthday)),
        None => coming.kind.map(|kind| kind_name(words, kind)),
    };
    match (name, kind) {
        (Some(name), Some(kind)) => say!(words, "calendar-event", name = name, kind = kind),
        (Some(name), None) => say!(words, "calendar-turn", name = name),
        (None, kind) => kind.unwrap_or_default(),
    }
}

/// Text without line breaks and other control characters, which no line of the file may hold.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn utc(at: Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}
