//! When something comes to a member: at the moment that is meant, or, where that does not suit
//! them, at the first later one that does.
//!
//! | what holds it back | until |
//! | --- | --- |
//! | a pause | its end |
//! | a quiet day | the delivery hour of the next day that is not quiet; for a date's nudge that of the last one before, if it is to come |
//! | quiet hours | their end |
//! | a weekly digest, for what a rhythm brings | the delivery hour of the digest's day |
//!
//! What was set for a span of hours or minutes ("in 20 minutes") is held back by nothing.

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

use super::Member;
use crate::when::{By, Coming, moment};

/// Whether what comes at one moment comes together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Digest {
    /// One message for all that comes at one moment.
    #[default]
    Daily,
    /// One message for each.
    Each,
    /// As daily; what rhythms bring waits for this day of the week.
    Weekly(#[serde(with = "crate::when::weekday")] Weekday),
}

impl Digest {
    /// Every way with its word.
    pub const ALL: &[(Self, &str)] = &[
        (Self::Daily, "daily"),
        (Self::Each, "each"),
        (Self::Weekly(Weekday::Monday), "weekly_monday"),
        (Self::Weekly(Weekday::Tuesday), "weekly_tuesday"),
        (Self::Weekly(Weekday::Wednesday), "weekly_wednesday"),
        (Self::Weekly(Weekday::Thursday), "weekly_thursday"),
        (Self::Weekly(Weekday::Friday), "weekly_friday"),
        (Self::Weekly(Weekday::Saturday), "weekly_saturday"),
        (Self::Weekly(Weekday::Sunday), "weekly_sunday"),
    ];

    /// Its word, as in commands.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(it, _)| *it == self).map_or("", |(_, word)| word)
    }
}

/// A stretch in which nothing comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Its first moment.
    pub from: Timestamp,
    /// The first moment after it.
    pub until: Timestamp,
}

/// What holds something back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// A pause.
    Pause,
    /// A quiet day.
    QuietDay,
    /// A quiet day, before which it comes.
    BeforeQuietDay,
    /// Quiet hours.
    QuietHours,
    /// It waits for the weekly digest.
    Weekly,
    /// Its day had as many as the member takes.
    Full,
    /// Its weekly message did.
    FullWeek,
}

/// More often than this nothing is held back: pause, quiet day and quiet hours in turn.
const HOLDS: usize = 64;

impl Member {
    /// When something that is meant for a moment comes.
    #[must_use]
    pub fn coming(&self, meant: Timestamp, by: By) -> Coming {
        let at = match (by, self.digest) {
            (By::Span, _) => meant,
            (By::Rhythm, Digest::Weekly(day)) => self.weekly(meant, day),
            _ => self.opens(meant),
        };
        Coming::held(meant, at)
    }

    /// When the nudge of a date comes that is meant for a moment: on a quiet day it would come after the date, so it comes
    /// at the delivery hour of the last day before that is not quiet, if that is later than `after`.
    #[must_use]
    pub fn coming_of_date(&self, meant: Timestamp, after: Timestamp) -> Coming {
        let day = meant.to_zoned_datetime(self.zone()).date();
        if !self.quiet_days.contains(day.weekday()) {
            return self.coming(meant.max(after), By::Plan);
        }
        let days = std::iter::successors(day.yesterday().ok(), |day| day.yesterday().ok()).take(6);
        let open = days.into_iter().find(|day| !self.quiet_days.contains(day.weekday()));
        let at = open.and_then(|day| self.delivery(day)).map(|at| self.opens(at));
        match at.filter(|at| *at > after && *at < meant) {
            Some(at) => Coming::held(meant, at),
            None => Coming::held(meant, self.opens(meant.max(after))),
        }
    }

    /// When something that was planned comes once it is meant for another moment, and no earlier than
    /// `from`. What the member chose stays chosen, and what was missed stays missed.
    #[must_use]
    pub fn replanned(&self, coming: Coming, meant: Timestamp, from: Timestamp, by: By) -> Coming {
        let by = if coming.chosen { By::Plan } else { by };
        let at = match by {
            By::Date => self.coming_of_date(meant, from).at,
            By::Plan | By::Rhythm | By::Span => {
                // After a quiet day it waits for the delivery hour, also where that is still ahead of `from`.
                let at = self.coming(meant, by).at;
                if at < from { self.coming(from, by).at } else { at }
            }
        };
        Coming { missed: coming.missed, chosen: coming.chosen, ..Coming::held(meant, at) }
    }

    /// The first moment, `at` or later, that is in no pause, no quiet day and no quiet hours.
    #[must_use]
    pub fn opens(&self, at: Timestamp) -> Timestamp {
        let mut open = at;
        for _ in 0..HOLDS {
            let next = self.held_until(open);
            if next <= open {
                break;
            }
            open = next;
        }
        open
    }

    /// What holds something back that comes later than it was meant to; `None` where nothing does.
    #[must_use]
    pub fn hold(&self, coming: Coming, by: By) -> Option<Hold> {
        let meant = coming.meant?;
        if coming.at < meant {
            return Some(Hold::BeforeQuietDay);
        }
        let here = meant.to_zoned_datetime(self.zone());
        Some(if self.is_paused(meant) {
            Hold::Pause
        } else if self.quiet_days.contains(here.weekday()) {
            Hold::QuietDay
        } else if self.quiet.is_some_and(|quiet| quiet.covers(here.time())) {
            Hold::QuietHours
        } else if by == By::Rhythm && self.coming(meant, by).at == coming.at {
            Hold::Weekly
        } else if matches!(self.digest, Digest::Weekly(_)) {
            Hold::FullWeek
        } else {
            Hold::Full
        })
    }

    /// Whether a pause is on.
    #[must_use]
    pub fn is_paused(&self, now: Timestamp) -> bool {
        self.pause.is_some_and(|pause| pause.from <= now && now < pause.until)
    }

    fn held_until(&self, at: Timestamp) -> Timestamp {
        if let Some(pause) = self.pause.filter(|_| self.is_paused(at)) {
            return pause.until;
        }
        let here = at.to_zoned_datetime(self.zone());
        if self.quiet_days.contains(here.weekday()) {
            let days = std::iter::successors(here.date().tomorrow().ok(), |day| day.tomorrow().ok());
            let day = days.take(7).find(|day| !self.quiet_days.contains(day.weekday()));
            return day.and_then(|day| self.delivery(day)).unwrap_or(at);
        }
        crate::when::hold(at, &self.zone(), self.quiet.as_ref())
    }

    /// The digest of the week, `at` or later.
    fn weekly(&self, at: Timestamp, day: Weekday) -> Timestamp {
        let today = at.to_zoned_datetime(self.zone()).date();
        let days = std::iter::successors(Some(today), |day| day.tomorrow().ok());
        let digests = days.filter(|date| date.weekday() == day).take(2);
        let moments = digests.filter_map(|date| self.delivery(date)).map(|at| self.opens(at));
        moments.into_iter().find(|moment| *moment >= at).unwrap_or_else(|| self.opens(at))
    }

    /// The delivery hour of a day.
    #[must_use]
    pub fn delivery(&self, day: Date) -> Option<Timestamp> {
        moment(day, self.hour, &self.zone()).ok().map(|at| at.timestamp())
    }

    /// When what is too much for today goes on: the next day's delivery hour, or the next digest. What the member chose
    /// stays chosen.
    #[must_use]
    pub fn tomorrow(&self, now: Timestamp, coming: Coming) -> Coming {
        let tomorrow = now.to_zoned_datetime(self.zone()).date().checked_add(1.day()).ok();
        let at = tomorrow.and_then(|day| self.delivery(day)).unwrap_or(now);
        let by = if coming.chosen { By::Plan } else { By::Rhythm };
        Coming { chosen: coming.chosen, ..Coming::held(coming.meant(), self.coming(at, by).at) }
    }
}
