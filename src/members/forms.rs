//! What members type of their settings, read and checked.

use serde::{Deserialize, Serialize};

use super::{Digest, MOST, Member};
use crate::when::{self, NotQuietDays, NotQuietHours, QuietHours, parse_hour, parse_quiet_days, zone};

/// What was typed of settings; what is empty stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Typed {
    /// A zone or a city.
    pub zone: String,
    /// A time of day.
    pub hour: String,
    /// Two times of day, or "off".
    pub quiet: String,
    /// Days of the week, or "off".
    #[serde(default)]
    pub quiet_days: String,
    /// What comes together.
    #[serde(default)]
    pub digest: Option<Digest>,
    /// How many nudges rhythms bring a day at most.
    #[serde(default)]
    pub most: String,
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
    /// These are no quiet days.
    #[error(transparent)]
    Days(#[from] NotQuietDays),
    /// The day of the weekly digest is a quiet one.
    #[error("the digest's day is quiet")]
    DigestOnQuietDay,
    /// That is no number of nudges a day.
    #[error("that is no number of nudges a day")]
    Most(String),
}

/// As many as a digest has room for.
const MOST_A_DAY: u8 = 25;

/// A member's quiet days, as they would type them.
#[must_use]
pub fn quiet_days(member: &Member) -> String {
    if member.quiet_days.is_empty() { "off".to_owned() } else { member.quiet_days.to_string() }
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
        if !self.quiet_days.is_empty() {
            new.quiet_days = parse_quiet_days(&self.quiet_days)?;
        }
        new.digest = self.digest.unwrap_or(new.digest);
        if matches!(new.digest, Digest::Weekly(day) if new.quiet_days.contains(day)) {
            return Err(Refusal::DigestOnQuietDay);
        }
        if !self.most.is_empty() {
            let most = self.most.trim().parse().ok().filter(|most| (1..=MOST_A_DAY).contains(most));
            new.most = Some(most.ok_or_else(|| Refusal::Most(self.most.clone()))?);
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
            quiet_days: quiet_days(member),
            digest: None,
            most: member.most.unwrap_or(MOST).to_string(),
        }
    }
}
