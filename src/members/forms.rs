//! What members type of their settings, read and checked.

use serde::{Deserialize, Serialize};

use super::Member;
use crate::when::{self, NotQuietHours, QuietHours, parse_hour, zone};

/// What was typed of settings; what is empty stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Typed {
    /// A zone or a city.
    pub zone: String,
    /// A time of day.
    pub hour: String,
    /// Two times of day, or "off".
    pub quiet: String,
}

/// Why settings were not taken.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// No zone is called so; the nearest names that there are.
    #[error("no zone is called so")]
    Zone(String, Vec<String>),
    /// That is no time of day.
    #[error("that is no time of day")]
    Hour(String),
    /// These are no quiet hours.
    #[error(transparent)]
    Quiet(#[from] NotQuietHours),
}

impl Typed {
    /// The member with these settings.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn read(&self, member: &Member) -> Result<Member, Refusal> {
        let mut new = member.clone();
        if !self.zone.is_empty() {
            let found = zone::find(&self.zone);
            new.zone = found.map_err(|not| Refusal::Zone(self.zone.clone(), not.nearest))?.name;
            new.asked_zone = true;
        }
        if !self.hour.is_empty() {
            new.hour = parse_hour(&self.hour).map_err(|_| Refusal::Hour(self.hour.clone()))?;
        }
        if !self.quiet.is_empty() {
            new.quiet = QuietHours::parse(&self.quiet)?;
        }
        Ok(new)
    }

    /// What a member's settings are, as they would type them.
    #[must_use]
    pub fn of(member: &Member) -> Self {
        Self {
            zone: member.zone.clone(),
            hour: when::clock(member.hour),
            quiet: member.quiet.map_or_else(|| "off".to_owned(), |quiet| quiet.to_string()),
        }
    }
}
