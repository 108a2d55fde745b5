//! The people who use Kith: where and when they want to hear from it.

pub mod area;
pub mod ask_back;
pub mod commands;
pub mod drafts;
pub mod forms;
pub mod press;
pub mod presses;
pub mod rules;
pub mod serve;
pub mod store;
pub mod thread;
pub mod thread_views;
pub mod undo;
pub mod views;

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::delivery::To;
use crate::id::{ChannelId, GuildId, UserId};
use crate::when::{Asker, QuietHours, hold};

pub use self::area::area;
pub use self::serve::{Asking, command, command_after, serve, serve_press};
pub use self::undo::UNDO;

/// A member: a Discord user who uses Kith.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Their IANA zone: what they said, else a guess from their locale.
    pub zone: String,
    /// Whether they were asked for their zone, or said it.
    pub asked_zone: bool,
    /// The delivery hour: when nudges come on their day.
    pub hour: Time,
    /// When nothing comes.
    #[serde(default)]
    pub quiet: Option<QuietHours>,
    /// What their Discord client speaks, such as `en-GB`.
    pub locale: String,
    /// When they first used Kith.
    pub since: Timestamp,
    /// The private thread in which nudges come instead of by DM, or came until they went back to DMs.
    #[serde(default)]
    pub thread: Option<PrivateThread>,
}

/// A private thread that Kith started for a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivateThread {
    /// Its server.
    pub guild: GuildId,
    /// The thread itself.
    pub channel: ChannelId,
    /// Whether nudges come there now.
    pub used: bool,
}

/// Where what Kith sends a member unasked goes: their DMs, or their private thread.
#[must_use]
pub fn letterbox(member: &Member, user: UserId) -> To {
    match member.thread {
        Some(PrivateThread { channel, used: true, .. }) => To::Channel(channel),
        _ => To::Person(user),
    }
}

impl Member {
    /// Their zone.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// What phrases of theirs are read against.
    #[must_use]
    pub fn asker(&self, now: Timestamp) -> Asker {
        Asker::new(now, self.zone(), self.hour, &self.locale)
    }

    /// `at`, or the end of the quiet hours that it falls into.
    #[must_use]
    pub fn hold(&self, at: Timestamp) -> Timestamp {
        hold(at, &self.zone(), self.quiet.as_ref())
    }
}

/// A change of when a member's day is: of zone, delivery hour or quiet hours.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// How it was.
    pub old: Member,
    /// How it is now.
    pub new: Member,
}

impl Shift {
    /// Where something planned for `at` moves: it keeps its day and its time of day, the delivery
    /// hour becomes the new one, and the quiet hours hold. What the old quiet hours held back from
    /// the delivery hour belongs to that hour.
    #[must_use]
    pub fn moved(&self, at: Timestamp) -> Timestamp {
        let was = at.to_zoned_datetime(self.old.zone());
        let held = self.held_until().is_some_and(|until| was.time() == until);
        let time = if held || was.time() == self.old.hour { self.new.hour } else { was.time() };
        let overnight = held && self.old.hour > was.time();
        let day = if overnight { was.date().yesterday().unwrap_or(was.date()) } else { was.date() };
        let there = day.to_datetime(time).to_zoned_datetime(self.new.zone());
        self.new.hold(there.map_or(at, |there| there.timestamp()))
    }

    /// Until when the old quiet hours hold what comes at the delivery hour.
    fn held_until(&self) -> Option<Time> {
        self.old.quiet.filter(|quiet| quiet.covers(self.old.hour)).map(|quiet| quiet.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(zone: &str, hour: i8) -> Member {
        Member {
            zone: zone.to_owned(),
            asked_zone: true,
            hour: Time::constant(hour, 0, 0, 0),
            quiet: None,
            locale: "en-GB".to_owned(),
            since: Timestamp::UNIX_EPOCH,
            thread: None,
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_delivery_hour_follows_the_zone() {
        let shift = Shift { old: member("Etc/UTC", 9), new: member("Europe/Berlin", 9) };
        assert_eq!(shift.moved(at("2026-12-01T09:00:00Z")), at("2026-12-01T08:00:00Z"));
    }

    #[test]
    fn a_named_time_keeps_its_time_of_day_and_the_hour_becomes_the_new_one() {
        let shift = Shift { old: member("Europe/Berlin", 9), new: member("America/New_York", 18) };
        assert_eq!(shift.moved(at("2026-12-01T14:30:00Z")), at("2026-12-01T20:30:00Z"));
        assert_eq!(shift.moved(at("2026-12-01T08:00:00Z")), at("2026-12-01T23:00:00Z"));
    }

    #[test]
    fn what_quiet_hours_held_comes_at_the_delivery_hour_once_they_are_off() {
        let quiet =
            |text: &str, hour| Member { quiet: QuietHours::parse(text).unwrap(), ..member("Etc/UTC", hour) };
        let shift = Shift { old: quiet("08:00-11:00", 9), new: member("Etc/UTC", 9) };
        assert_eq!(shift.moved(at("2026-12-01T11:00:00Z")), at("2026-12-01T09:00:00Z"));
        assert_eq!(shift.moved(at("2026-12-01T15:00:00Z")), at("2026-12-01T15:00:00Z"));
        let shift = Shift { old: quiet("22:00-07:00", 23), new: member("Etc/UTC", 23) };
        assert_eq!(shift.moved(at("2026-12-02T07:00:00Z")), at("2026-12-01T23:00:00Z"));
    }
}
