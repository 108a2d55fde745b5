//! A programme: a round that is repeated, such as each spring.
//!
//! Its settings are those of the round that it repeats. When it comes is a cron expression in the zone of that round;
//! one occurrence at a time stands on the agenda, so a downtime that swallows several opens one round.

mod acts;
pub mod commands;
pub mod cron;
mod due;
mod forms;
pub mod press;
pub mod store;
pub mod views;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::round::{NAME, Round, Stage};
use crate::discord::text::cut;
use crate::id::{GuildId, Id, UserId};

pub use acts::press;
pub(super) use due::{due, into_zone};

/// How many days sign-up of one of its rounds can be open.
pub const OPEN_DAYS: std::ops::RangeInclusive<u16> = 1..=90;

/// A round that is repeated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Programme {
    /// Its server.
    pub guild: GuildId,
    /// What it is called: the first round's name.
    pub name: String,
    /// The organizer who is told of it.
    pub by: UserId,
    /// When it comes, as a cron expression of five fields.
    pub cron: String,
    /// The zone in which that is meant.
    pub zone: String,
    /// How many days sign-up is open.
    pub days: u16,
    /// The settings of its rounds.
    pub round: Round,
    /// How it stands.
    pub state: State,
    /// When the next round opens.
    #[serde(default)]
    pub next: Option<Timestamp>,
    /// How many rounds it has had, the first one counted.
    #[serde(default)]
    pub rounds: u16,
}

/// How a programme stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// It opens rounds.
    On,
    /// It opens none until it is resumed.
    Paused,
    /// It opens none any more.
    Ended,
}

impl Programme {
    /// The zone in which its expression is meant.
    #[must_use]
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// When it comes after `after`, as long as it does.
    #[must_use]
    pub fn after(&self, after: Timestamp) -> Option<Timestamp> {
        let cron = cron::read(&self.cron).ok()?;
        cron.next(&self.time_zone(), after).filter(|_| self.state == State::On)
    }

    /// Its next round, which opens now.
    #[must_use]
    pub fn opens(&self, id: Id, now: Timestamp) -> Round {
        let number = self.rounds.saturating_add(1).to_string();
        let name = cut(&self.name, NAME - number.len() - 1);
        Round {
            name: format!("{name} {number}"),
            stage: Stage::Draft,
            by: self.by,
            until: now + SignedDuration::from_hours(24 * i64::from(self.days)),
            board: None,
            stands: None,
            board_lost: false,
            stopped: None,
            began: None,
            later: None,
            programme: Some(id),
            ..self.round.clone()
        }
    }
}
