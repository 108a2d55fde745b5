//! What organizers type of when a programme comes, read and checked.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::cron::{self, NotCron};
use super::{OPEN_DAYS, Programme};
use crate::discord::router::Pressed;

/// Occurrences that are shown of one.
const SHOWN: usize = 3;

/// What was typed into the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Typed {
    /// When sign-up opens, as a cron expression.
    pub when: String,
    /// For how many days it is open.
    pub days: String,
}

/// Why that is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    /// The expression is not one that programmes come by.
    #[error(transparent)]
    When(#[from] NotCron),
    /// That is no number of days.
    #[error("no number of days")]
    Days,
}

impl Typed {
    /// A programme as one would type it.
    pub(super) fn of(it: &Programme) -> Self {
        Self { when: it.cron.clone(), days: it.days.to_string() }
    }

    /// What the form was sent with.
    pub(super) fn sent(pressed: &Pressed) -> Self {
        Self { when: pressed.field("when").to_owned(), days: pressed.field("days").to_owned() }
    }

    /// Puts it into a programme. Returns when that comes first, some times.
    pub(super) fn on(&self, it: &mut Programme, now: Timestamp) -> Result<Vec<Timestamp>, Refusal> {
        let days = self.days.trim().parse().ok().filter(|days| OPEN_DAYS.contains(days));
        let (days, zone) = (days.ok_or(Refusal::Days)?, it.time_zone());
        let every = cron::fitting(&self.when, &zone, now)?;
        (it.cron, it.days) = (self.when.trim().to_owned(), days);
        Ok(every.some(&zone, now, SHOWN))
    }
}
