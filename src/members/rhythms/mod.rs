//! The rhythms of a member's own for each relationship: what somebody gets for whom none is named when they are added.
//! Pure.

pub mod acts;
pub mod store;
pub mod views;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::relationship::{Relationship, usual_rhythm};
use crate::when::{self, Asker, Cadence, Misread};

/// A member's own rhythms; `None` for no nudges.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rhythms(BTreeMap<Relationship, Option<Cadence>>);

/// A rhythm of a member's own as it was typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TypedRhythm {
    /// For whom.
    pub relationship: Relationship,
    /// A rhythm, "never", or "off" for the usual one.
    pub every: String,
}

/// What a typed rhythm asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wanted {
    /// This rhythm; `None` for no nudges.
    Own(Option<Cadence>),
    /// The usual one again.
    Usual,
}

impl TypedRhythm {
    /// What is asked for.
    ///
    /// # Errors
    /// The rhythm is not understood.
    pub fn read(&self, asker: &Asker) -> Result<Wanted, Misread> {
        match self.every.trim().to_lowercase().as_str() {
            "off" | "usual" | "default" | "none" => Ok(Wanted::Usual),
            "never" | "no nudges" => Ok(Wanted::Own(None)),
            phrase => when::repeat(phrase, asker).map(|read| Wanted::Own(Some(read.cadence))),
        }
    }
}

impl Rhythms {
    /// The rhythm of somebody who is this to the member; `None` for no nudges.
    #[must_use]
    pub fn of(&self, relationship: Option<Relationship>) -> Option<Cadence> {
        let own = relationship.and_then(|it| self.0.get(&it));
        own.copied().unwrap_or_else(|| Some(usual_rhythm(relationship)))
    }

    /// Takes what is wanted for a relationship.
    pub fn set(&mut self, relationship: Relationship, wanted: Wanted) {
        match wanted {
            Wanted::Own(every) => drop(self.0.insert(relationship, every)),
            Wanted::Usual => drop(self.0.remove(&relationship)),
        }
    }

    /// The member's own ones.
    pub fn own(&self) -> impl Iterator<Item = (Relationship, Option<Cadence>)> {
        self.0.iter().map(|(relationship, every)| (*relationship, *every))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{civil::time, tz::TimeZone};

    fn wanted(every: &str) -> Result<Wanted, Misread> {
        let now = "2026-11-24T10:00:00Z".parse().unwrap();
        let asker = Asker::new(now, TimeZone::UTC, time(9, 0, 0, 0), "en-GB");
        TypedRhythm { relationship: Relationship::Mentor, every: every.to_owned() }.read(&asker)
    }

    /// docs/nudges.md: usual-rhythm
    #[test]
    fn own_ones_win_over_the_usual_until_they_are_off() {
        let mentor = Some(Relationship::Mentor);
        let mut rhythms = Rhythms::default();
        assert_eq!(rhythms.of(mentor), Some(Cadence::weeks(4)));
        rhythms.set(Relationship::Mentor, wanted("3 weeks").unwrap());
        assert_eq!(rhythms.of(mentor), Some(Cadence::weeks(3)));
        assert_eq!(rhythms.of(Some(Relationship::Sponsor)), Some(Cadence::weeks(8)));
        assert_eq!(rhythms.of(None), Some(Cadence::weeks(6)));
        rhythms.set(Relationship::Mentor, wanted("Never").unwrap());
        assert_eq!(rhythms.of(mentor), None);
        rhythms.set(Relationship::Mentor, wanted("off").unwrap());
        assert_eq!((rhythms.of(mentor), rhythms), (Some(Cadence::weeks(4)), Rhythms::default()));
    }

    #[test]
    fn they_read_back_from_json() {
        let mut rhythms = Rhythms::default();
        rhythms.set(Relationship::Protege, Wanted::Own(Some(Cadence::weeks(3))));
        rhythms.set(Relationship::Client, Wanted::Own(None));
        let json = serde_json::to_string(&rhythms).unwrap();
        assert_eq!(serde_json::from_str::<Rhythms>(&json).unwrap(), rhythms, "{json}");
    }

    #[test]
    fn what_is_no_rhythm_is_refused() {
        assert!(matches!(wanted("often"), Err(Misread::NotUnderstood(_))));
        assert_eq!(wanted("20 years"), Err(Misread::TooRare));
        assert_eq!(wanted(""), Err(Misread::Empty));
    }
}
