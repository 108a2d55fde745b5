//! How a round is going: for each group, each person, each check-in. Pure.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::id::UserId;

/// After so many days without an answer somebody counts as silent, where the server's organizers set nothing.
pub const SILENT_DAYS: u8 = 14;

/// How far a group is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// Which of its meetings is the next to be asked about, from 1.
    pub next: u16,
    /// When its people were last asked.
    #[serde(default)]
    pub asked: Option<Timestamp>,
    /// The last meeting before which it was reminded in its room.
    #[serde(default)]
    pub reminded: u16,
    /// The agreed time before which it was reminded.
    #[serde(default)]
    pub reminded_of: Option<Timestamp>,
    /// Why nothing can be said in its room.
    #[serde(default)]
    pub lost: Option<Lost>,
    /// Since when its mentor is silent, where its people were told so.
    #[serde(default)]
    pub silence_told: Option<Timestamp>,
}

/// Why nothing can be said in a group's room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lost {
    /// It is not known yet: Discord was asked.
    Asked,
    /// It is gone, or its channel is.
    Gone,
    /// A moderator has locked it.
    Locked,
    /// Kith does not see it, or may not write there.
    NotAllowed,
}

impl Lost {
    /// What one of Discord's codes means here; `None` where it was no refusal.
    #[must_use]
    pub fn of(code: Option<u64>) -> Self {
        match code {
            Some(10_003 | 10_004 | 50_024) => Self::Gone,
            Some(50_083 | 160_005 | 160_006) => Self::Locked,
            _ => Self::NotAllowed,
        }
    }
}

impl Default for Course {
    fn default() -> Self {
        Self { next: 1, asked: None, reminded: 0, reminded_of: None, lost: None, silence_told: None }
    }
}

/// One person's check-in about one meeting of their group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckIn {
    /// When they were asked.
    pub asked: Timestamp,
    /// What they answered last, and when.
    #[serde(default)]
    pub answer: Option<(Answer, Timestamp)>,
}

/// What somebody says of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// They met.
    Met,
    /// They have not met yet.
    NotYet,
    /// They cannot reach the others.
    CannotReach,
}

impl Answer {
    /// Each with its word.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Met, "met"), (Self::NotYet, "not-yet"), (Self::CannotReach, "cannot-reach")];

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(it, _)| *it == self).map_or("", |(_, word)| word)
    }
}

/// How somebody's part in a running round is going.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// When they last gave a sign of life: an answer, a press, a pause.
    #[serde(default)]
    pub seen: Option<Timestamp>,
    /// Since when something waits for their answer.
    #[serde(default)]
    pub called: Option<Timestamp>,
    /// Who could not reach them since their last sign of life. Nobody but Kith knows.
    #[serde(default)]
    pub named_by: Vec<UserId>,
    /// The meetings they skip, or skipped.
    #[serde(default)]
    pub skips: Vec<u16>,
    /// Until when they pause.
    #[serde(default)]
    pub paused: Option<Timestamp>,
    /// When they were asked how it is going.
    #[serde(default)]
    pub pulse_asked: Option<Timestamp>,
    /// What they said to that, each change of it, the latest last.
    #[serde(default)]
    pub pulses: Vec<Pulse>,
    /// That they left, and out of which group.
    #[serde(default)]
    pub left: Option<Left>,
}

/// How it is going for somebody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pulse {
    /// 1 to 5.
    pub score: u8,
    /// A word to it; may be empty.
    #[serde(default)]
    pub word: String,
    /// When they said so.
    pub at: Timestamp,
}

/// That somebody left a round while it ran.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Left {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub why: Why,
    /// The group they were in.
    pub group: Option<u16>,
    /// Whether they were its mentor.
    #[serde(default)]
    pub mentor: bool,
    /// Whether they were its sponsor.
    #[serde(default)]
    pub sponsor: bool,
    /// Whether the others were told.
    #[serde(default)]
    pub told: bool,
}

/// Why somebody is not in a round any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// They left it.
    Own,
    /// They are no member of the server any more.
    Server,
    /// Their group could not reach them, and an organizer gave their place away.
    NoShow,
    /// As the group's mentor they stayed silent, and an organizer gave their place away.
    Silent,
}

impl Part {
    /// They gave a sign of life.
    pub fn heard(&mut self, now: Timestamp) {
        self.seen = Some(now);
        self.called = None;
        self.named_by.clear();
    }

    /// Something waits for their answer from now on.
    pub fn called(&mut self, now: Timestamp) {
        self.called.get_or_insert(now);
    }

    /// Somebody could not reach them.
    pub fn named(&mut self, by: UserId, now: Timestamp) {
        if !self.named_by.contains(&by) {
            self.named_by.push(by);
        }
        self.called(now);
    }

    /// Whether they pause.
    #[must_use]
    pub fn pauses(&self, now: Timestamp) -> bool {
        self.paused.is_some_and(|until| now < until)
    }

    /// Whether they answered nothing for so many days.
    #[must_use]
    pub fn is_silent(&self, days: u8, now: Timestamp) -> bool {
        let patience = SignedDuration::from_hours(24 * i64::from(days));
        !self.pauses(now) && self.called.is_some_and(|since| now >= since + patience)
    }

    /// Whether they are a no-show: others could not reach them, and they answered nothing for so many days.
    #[must_use]
    pub fn is_no_show(&self, days: u8, now: Timestamp) -> bool {
        !self.named_by.is_empty() && self.is_silent(days, now)
    }

    /// What they said last of how it is going.
    #[must_use]
    pub fn pulse(&self) -> Option<&Pulse> {
        self.pulses.last()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(day: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * day)
    }

    #[test]
    fn whom_others_cannot_reach_and_who_is_silent_for_the_set_days_is_a_no_show() {
        let mut part = Part::default();
        part.called(day(10));
        assert!(!part.is_silent(14, day(23)) && part.is_silent(14, day(24)));
        assert!(!part.is_no_show(14, day(30)), "nobody named them");
        part.named(UserId(1), day(12));
        assert!(!part.is_no_show(14, day(23)) && part.is_no_show(14, day(24)));
        part.heard(day(24));
        assert!(!part.is_no_show(14, day(60)) && part.named_by.is_empty());
    }

    #[test]
    fn who_pauses_is_not_silent() {
        let part = Part { called: Some(day(1)), paused: Some(day(40)), ..Part::default() };
        assert!(!part.is_silent(14, day(39)) && part.is_silent(14, day(40)));
    }

    proptest! {
        #[test]
        fn a_sign_of_life_is_always_enough(calls in prop::collection::vec(0..100_i64, 0..6), names in prop::collection::vec((1..5_u64, 0..100_i64), 0..6), heard in 0..100_i64, days in 1..60_u8) {
            let mut part = Part::default();
            for call in calls {
                part.called(day(call));
            }
            for (by, at) in names {
                part.named(UserId(by), day(at));
            }
            part.heard(day(heard));
            prop_assert!(!part.is_silent(days, day(1_000)));
            part.called(day(heard + 1));
            prop_assert!(!part.is_silent(days, day(heard + i64::from(days))));
            prop_assert!(part.is_silent(days, day(heard + 1 + i64::from(days))));
        }

        #[test]
        fn who_is_a_no_show_is_silent(days in 1..60_u8, called in 0..100_i64, now in 0..200_i64, named: bool) {
            let mut part = Part::default();
            part.called(day(called));
            if named {
                part.named(UserId(1), day(called));
            }
            prop_assert_eq!(part.is_no_show(days, day(now)), named && part.is_silent(days, day(now)));
        }
    }
}
