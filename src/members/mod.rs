//! The people who use Kith: where and when they want to hear from it.

pub mod area;
pub mod ask_back;
pub mod coming;
pub mod commands;
pub mod drafts;
pub mod forms;
#[cfg(test)]
mod limits;
pub mod press;
pub mod presses;
pub mod relationship;
pub mod rhythms;
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
use crate::when::{Asker, By, Coming, QuietHours, Weekdays};

pub use self::area::area;
pub use self::coming::{Digest, Hold, Pause};
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
    /// On which days nothing comes.
    #[serde(default, skip_serializing_if = "Weekdays::is_empty")]
    pub quiet_days: Weekdays,
    /// A stretch in which nothing comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause: Option<Pause>,
    /// What comes together.
    #[serde(default)]
    pub digest: Digest,
    /// How many nudges rhythms bring a day at most; `None` for Kith's own measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u8>,
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

/// Where nudges are to come, once Discord was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// By direct message.
    Dms,
    /// In this thread.
    Thread(PrivateThread),
}

/// Where what Kith sends a member unasked goes: their DMs, or their private thread.
#[must_use]
pub fn letterbox(member: &Member, user: UserId) -> To {
    match member.thread {
        Some(PrivateThread { channel, used: true, .. }) => To::Channel(channel),
        _ => To::Person(user),
    }
}

/// How many nudges rhythms bring a day at most, where the member has not said.
pub const MOST: u8 = 10;

impl Member {
    /// A member who has set nothing but where they are and when nudges come.
    #[must_use]
    pub fn new(zone: impl Into<String>, hour: Time, locale: impl Into<String>, since: Timestamp) -> Self {
        Self {
            zone: zone.into(),
            asked_zone: true,
            hour,
            quiet: None,
            quiet_days: Weekdays::default(),
            pause: None,
            digest: Digest::default(),
            most: None,
            locale: locale.into(),
            since,
            thread: None,
        }
    }

    /// How many nudges rhythms bring on a day at most; in a weekly message, as many as in the days of a week.
    #[must_use]
    pub fn most_at_once(&self) -> usize {
        let a_day = usize::from(self.most.unwrap_or(MOST));
        match self.digest {
            Digest::Weekly(_) => 7 * a_day,
            Digest::Daily | Digest::Each => a_day,
        }
    }

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
}

/// A change of when things come to a member.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// How it was.
    pub old: Member,
    /// How it is now.
    pub new: Member,
    /// When it was changed.
    pub at: Timestamp,
}

impl Shift {
    /// A change made at `at`. A pause keeps its days in another zone.
    #[must_use]
    pub fn new(old: Member, new: Member, at: Timestamp) -> Self {
        let mut shift = Self { old, new, at };
        if let Some(pause) = shift.new.pause.filter(|pause| shift.old.pause == Some(*pause)) {
            let moved = |it: Timestamp| if it > at { shift.moved(it) } else { it };
            shift.new.pause = Some(Pause { from: moved(pause.from), until: moved(pause.until) });
        }
        shift
    }

    /// When something that was planned comes now. What is to come keeps its day and its time of day,
    /// and the delivery hour becomes the new one. What was held back comes as soon as nothing holds
    /// it back any more.
    #[must_use]
    pub fn coming(&self, coming: Coming, by: By) -> Coming {
        if by == By::Span {
            return coming;
        }
        let meant = coming.meant();
        let meant = if meant > self.at { self.moved(meant) } else { meant };
        self.new.replanned(coming, meant, self.at, by)
    }

    /// The same day and time of day, there.
    #[must_use]
    pub fn moved(&self, at: Timestamp) -> Timestamp {
        let was = at.to_zoned_datetime(self.old.zone());
        let time = if was.time() == self.old.hour { self.new.hour } else { was.time() };
        crate::when::moment(was.date(), time, &self.new.zone()).map_or(at, |there| there.timestamp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(zone: &str, hour: i8) -> Member {
        Member::new(zone, Time::constant(hour, 0, 0, 0), "en-GB", Timestamp::UNIX_EPOCH)
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn shift(old: Member, new: Member, now: &str) -> Shift {
        Shift::new(old, new, at(now))
    }

    /// docs/nudges.md: zone-move
    #[test]
    fn the_delivery_hour_follows_the_zone() {
        let shift = shift(member("Etc/UTC", 9), member("Europe/Berlin", 9), "2026-11-24T12:00:00Z");
        assert_eq!(shift.moved(at("2026-12-01T09:00:00Z")), at("2026-12-01T08:00:00Z"));
    }

    /// docs/nudges.md: zone-move, hour-change
    #[test]
    fn a_named_time_keeps_its_time_of_day_and_the_hour_becomes_the_new_one() {
        let (old, new) = (member("Europe/Berlin", 9), member("America/New_York", 18));
        let shift = shift(old, new, "2026-11-24T12:00:00Z");
        assert_eq!(shift.moved(at("2026-12-01T14:30:00Z")), at("2026-12-01T20:30:00Z"));
        assert_eq!(shift.moved(at("2026-12-01T08:00:00Z")), at("2026-12-01T23:00:00Z"));
    }

    /// docs/nudges.md: hold-ends
    #[test]
    fn what_was_held_back_comes_when_it_was_meant_once_nothing_holds_it() {
        let quiet = Member { quiet: QuietHours::parse("08:00-11:00").unwrap(), ..member("Etc/UTC", 9) };
        let coming = quiet.coming(at("2026-12-01T09:00:00Z"), By::Plan);
        assert_eq!(coming, Coming::held(at("2026-12-01T09:00:00Z"), at("2026-12-01T11:00:00Z")));
        let off = shift(quiet, member("Etc/UTC", 9), "2026-11-30T12:00:00Z");
        assert_eq!(off.coming(coming, By::Plan), Coming::at(at("2026-12-01T09:00:00Z")));
    }

    /// docs/nudges.md: resume, hold-ends
    #[test]
    fn what_a_pause_held_back_comes_at_once_when_the_pause_is_ended() {
        let pause = Pause { from: at("2026-12-01T00:00:00Z"), until: at("2026-12-20T09:00:00Z") };
        let paused = Member { pause: Some(pause), ..member("Etc/UTC", 9) };
        let coming = paused.coming(at("2026-12-03T09:00:00Z"), By::Rhythm);
        assert_eq!(coming.at, pause.until);
        let ended = shift(paused, member("Etc/UTC", 9), "2026-12-05T10:30:00Z");
        assert_eq!(ended.coming(coming, By::Rhythm).at, at("2026-12-05T10:30:00Z"));
        let later = Coming::at(at("2026-12-24T09:00:00Z"));
        assert_eq!(ended.coming(later, By::Rhythm), later);
    }

    #[test]
    fn a_pause_keeps_its_days_in_another_zone() {
        let pause = Pause { from: at("2026-12-01T12:00:00Z"), until: at("2026-12-20T09:00:00Z") };
        let paused = |zone| Member { pause: Some(pause), ..member(zone, 9) };
        let moved = shift(paused("Etc/UTC"), paused("Asia/Tokyo"), "2026-12-05T10:00:00Z").new.pause;
        assert_eq!(moved, Some(Pause { until: at("2026-12-20T00:00:00Z"), ..pause }));
    }

    /// docs/nudges.md: snooze, weekly
    #[test]
    fn what_was_snoozed_past_the_weekly_digest_keeps_its_day() {
        let weekly = Member { digest: Digest::Weekly(jiff::civil::Weekday::Friday), ..member("Etc/UTC", 9) };
        let quiet = Member { quiet: QuietHours::parse("22:00-07:00").unwrap(), ..weekly.clone() };
        let shift = shift(weekly.clone(), quiet, "2026-12-01T12:00:00Z");
        // Saturday, and a rhythm's turn on Tuesday that waits for Friday.
        let snoozed = weekly.coming(at("2026-12-05T09:00:00Z"), By::Plan).chosen();
        assert_eq!(shift.coming(snoozed, By::Rhythm), snoozed);
        let from_daily = Shift { old: member("Etc/UTC", 9), ..shift.clone() };
        assert_eq!(from_daily.coming(snoozed, By::Rhythm), snoozed);
        let turn = weekly.coming(at("2026-12-08T09:00:00Z"), By::Rhythm);
        assert_eq!(turn.at, at("2026-12-11T09:00:00Z"));
        assert_eq!(shift.coming(turn, By::Rhythm), turn);
    }

    #[test]
    fn what_was_chosen_stays_chosen_where_its_day_is_full() {
        let weekly = Member { digest: Digest::Weekly(jiff::civil::Weekday::Friday), ..member("Etc/UTC", 9) };
        let chosen = weekly.coming(at("2026-12-05T09:00:00Z"), By::Plan).chosen();
        let tomorrow = weekly.tomorrow(at("2026-12-05T09:00:00Z"), chosen);
        assert_eq!((tomorrow.at, tomorrow.chosen), (at("2026-12-06T09:00:00Z"), true));
        let turn = weekly.coming(at("2026-12-01T09:00:00Z"), By::Rhythm);
        let next = weekly.tomorrow(at("2026-12-04T09:00:00Z"), turn);
        assert_eq!((next.at, next.meant()), (at("2026-12-11T09:00:00Z"), at("2026-12-01T09:00:00Z")));
    }

    /// docs/nudges.md: hold-ends, quiet-day
    #[test]
    fn what_a_quiet_day_held_back_waits_for_the_delivery_hour_whatever_else_is_changed() {
        let weekend = crate::when::parse_quiet_days("weekends").unwrap();
        let resting = Member { quiet_days: weekend, ..member("Etc/UTC", 9) };
        // Sunday's comes on Monday at 9; at 2 in that night something else is changed.
        let coming = resting.coming(at("2026-11-29T09:00:00Z"), By::Rhythm);
        assert_eq!(coming.at, at("2026-11-30T09:00:00Z"));
        let other = Member { most: Some(3), ..resting.clone() };
        assert_eq!(shift(resting, other, "2026-11-30T02:00:00Z").coming(coming, By::Rhythm), coming);
    }

    /// docs/nudges.md: span
    #[test]
    fn a_span_of_hours_is_held_back_by_nothing_and_moved_by_nothing() {
        let quiet = Member { quiet: QuietHours::parse("08:00-11:00").unwrap(), ..member("Etc/UTC", 9) };
        let coming = quiet.coming(at("2026-12-01T09:20:00Z"), By::Span);
        assert_eq!(coming, Coming::at(at("2026-12-01T09:20:00Z")));
        let moved = shift(quiet, member("Asia/Tokyo", 9), "2026-12-01T09:00:00Z");
        assert_eq!(moved.coming(coming, By::Span), coming);
    }
}
