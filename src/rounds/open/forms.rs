//! What organizers type of a round, read and checked.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::id::{ChannelId, GuildId};
use crate::members::Asking;
use crate::rounds::matching::Role;
use crate::rounds::round::{NAME, QUESTIONS, Round, Shape, TOPICS};
use crate::when::{self, Misread, Reading};

/// Weeks that a round can run, and weeks between a group's meetings.
const WEEKS: std::ops::RangeInclusive<u8> = 1..=52;
const EVERY: std::ops::RangeInclusive<u8> = 1..=8;
/// Most characters of a topic, a language, a question, and of what a round is about.
const TOPIC: usize = 80;
const LANGUAGE: usize = 40;
/// A question is the label of an input.
const QUESTION: usize = 45;
/// Most characters of what a round is about.
pub const ABOUT: u16 = 600;

/// What was typed of a round in its first form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Typed {
    /// What it is called.
    pub name: String,
    /// When sign-up ends.
    pub until: String,
    /// For how many weeks it runs.
    pub weeks: String,
    /// A group meets every so many weeks.
    pub every: String,
    /// Topics, by commas or lines.
    pub topics: String,
}

/// What was typed in its second form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TypedMore {
    /// What it is about.
    pub about: String,
    /// Languages, by commas.
    pub languages: String,
    /// Questions, by lines.
    pub questions: String,
    /// How many of a role there is room for: "5 mentors, 20 mentees".
    pub places: String,
}

/// Why what was typed was not taken.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// It has no name, or too long a one.
    #[error("no name, or too long a one")]
    Name,
    /// The end of sign-up is not understood, or over.
    #[error(transparent)]
    Until(#[from] Misread),
    /// That is no number of weeks to run.
    #[error("no number of weeks")]
    Weeks(String),
    /// That is no number of weeks between meetings, or more than the round has.
    #[error("no number of weeks between meetings")]
    Every(String),
    /// More topics than a menu shows, or one that is too long.
    #[error("too many topics")]
    Topics(usize),
    /// A topic, language or question is too long: which, and the most characters.
    #[error("too long: {0}")]
    TooLong(String, usize),
    /// More questions than a form holds.
    #[error("too many questions")]
    Questions(usize),
    /// That is no number of places.
    #[error("no number of places")]
    Places(String),
}

impl Typed {
    /// What a round is, as somebody in a zone would type it.
    #[must_use]
    pub fn of(round: &Round, zone: &TimeZone) -> Self {
        Self {
            name: round.name.clone(),
            until: when::exactly(round.until, zone),
            weeks: round.weeks.to_string(),
            every: round.every.to_string(),
            topics: round.topics.join(", "),
        }
    }

    /// The round with what was typed; `until` is what its end of sign-up was read as.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn on(&self, mut round: Round, until: Timestamp) -> Result<Round, Refusal> {
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > NAME {
            return Err(Refusal::Name);
        }
        name.clone_into(&mut round.name);
        round.until = until;
        round.weeks = number(&self.weeks, 12)
            .filter(|weeks| WEEKS.contains(weeks))
            .ok_or_else(|| Refusal::Weeks(self.weeks.clone()))?;
        round.every = number(&self.every, 2)
            .filter(|every| EVERY.contains(every) && *every <= round.weeks)
            .ok_or_else(|| Refusal::Every(self.every.clone()))?;
        round.topics = listed(&self.topics, &[',', ';', '\n'], TOPIC)?;
        if round.topics.len() > TOPICS {
            return Err(Refusal::Topics(round.topics.len()));
        }
        Ok(round)
    }

    /// The moments that the end of sign-up can mean.
    ///
    /// # Errors
    /// It is not understood, or over.
    pub fn until(&self, asking: &Asking<'_>) -> Result<Reading, Misread> {
        when::once(&self.until, &asking.member.asker(asking.now))
    }
}

impl TypedMore {
    /// What a round is, as one would type it.
    #[must_use]
    pub fn of(round: &Round) -> Self {
        let places: Vec<String> =
            round.places.iter().map(|(role, most)| format!("{most} {}s", role.word())).collect();
        Self {
            about: round.about.clone(),
            languages: round.languages.join(", "),
            questions: round.questions.join("\n"),
            places: places.join(", "),
        }
    }

    /// The round with what was typed.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn on(&self, mut round: Round) -> Result<Round, Refusal> {
        self.about.trim().clone_into(&mut round.about);
        round.languages = listed(&self.languages, &[',', ';', '\n'], LANGUAGE)?;
        if round.languages.len() > TOPICS {
            return Err(Refusal::Topics(round.languages.len()));
        }
        round.questions = listed(&self.questions, &['\n'], QUESTION)?;
        if round.questions.len() > QUESTIONS {
            return Err(Refusal::Questions(round.questions.len()));
        }
        round.places = places(&self.places, round.shape)?;
        Ok(round)
    }
}

/// A new round of a server, as it is before its organizer has said more.
#[must_use]
pub fn draft(asking: &Asking<'_>, guild: GuildId, channel: ChannelId) -> Round {
    let person = asking.person;
    Round::draft((guild, channel), (person.id, &person.locale, &asking.member.zone), asking.now)
}

/// A number as people type it, alone or with a word behind it ("12 weeks"); `usual` where nothing was typed.
fn number(typed: &str, usual: u8) -> Option<u8> {
    match typed.split_whitespace().next() {
        None => Some(usual),
        Some(word) => word.parse().ok(),
    }
}

fn listed(typed: &str, between: &[char], most: usize) -> Result<Vec<String>, Refusal> {
    let mut all: Vec<String> = Vec::new();
    for part in typed.split(between) {
        let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
        if part.chars().count() > most {
            return Err(Refusal::TooLong(part, most));
        }
        if !part.is_empty() && !all.iter().any(|it| it.to_lowercase() == part.to_lowercase()) {
            all.push(part);
        }
    }
    Ok(all)
}

/// "5 mentors, 20 mentees", or one number where there is one role.
fn places(typed: &str, shape: Shape) -> Result<Vec<(Role, u16)>, Refusal> {
    let no = || Refusal::Places(typed.to_owned());
    let mut all: Vec<(Role, u16)> = Vec::new();
    for part in typed.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
        let (most, role) = part.split_once(char::is_whitespace).unwrap_or((part, ""));
        let most: u16 = most.parse().map_err(|_| no())?;
        let role = match shape.roles() {
            [only] => *only,
            all => {
                let named = role.trim().trim_end_matches('s').to_lowercase();
                *all.iter().find(|role| role.word() == named).ok_or_else(no)?
            }
        };
        if most == 0 || all.iter().any(|(known, _)| *known == role) {
            return Err(no());
        }
        all.push((role, most));
    }
    Ok(all)
}
