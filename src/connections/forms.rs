//! What members type of a connection or a touch, read and checked.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{MET, NAME, Relationship, TagsError, What, tags, usual_rhythm};
use crate::id::UserId;
use crate::when::{self, Asker, Cadence, Misread, Reading};

/// A connection as it was typed, into options or into a form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// Who it is.
    pub name: String,
    /// Their Discord user.
    pub member: Option<UserId>,
    /// A relationship's word.
    pub relationship: String,
    /// Where they met.
    pub met: String,
    /// Tags, parted by commas.
    pub tags: String,
    /// A rhythm, "never", or nothing for the usual one.
    pub every: String,
    /// A note.
    pub note: String,
}

/// A connection's fields as they are kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Fields {
    /// Who it is.
    pub name: String,
    /// What they are to the member.
    pub relationship: Option<Relationship>,
    /// Where they met.
    pub met: Option<String>,
    /// What they are good to talk to about.
    pub tags: Vec<String>,
    /// The rhythm; `None` for no nudges.
    pub every: Option<Cadence>,
    /// A note.
    pub note: Option<String>,
}

/// Why something typed of a connection was not taken.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// There is no name.
    #[error("there is no name")]
    NoName,
    /// The text of a field is too long: which, how long, and how long it may be.
    #[error("a text is too long")]
    TooLong(Field, usize, usize),
    /// That is no relationship.
    #[error("that is no relationship")]
    Relationship(String),
    /// The tags are not taken.
    #[error(transparent)]
    Tags(#[from] TagsError),
    /// The rhythm is not understood.
    #[error("the rhythm is not understood")]
    Every(String, Misread),
    /// The time of a touch is not understood.
    #[error("the time is not understood")]
    When(String, Misread),
    /// That is no kind of touch.
    #[error("that is no kind of touch")]
    What(String),
}

/// A field that can be too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The name.
    Name,
    /// Where they met.
    Met,
    /// A note.
    Note,
}

impl Typed {
    /// The fields as they are kept; `most` is how many characters a note may have.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn read(&self, asker: &Asker, most: usize) -> Result<Fields, Refusal> {
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(Refusal::NoName);
        }
        fits(Field::Name, &name, NAME)?;
        fits(Field::Met, &self.met, MET)?;
        fits(Field::Note, &self.note, most)?;
        let relationship = match self.relationship.trim() {
            "" => None,
            word => Some(Relationship::of_word(word).ok_or_else(|| Refusal::Relationship(word.to_owned()))?),
        };
        let every = match self.every.trim() {
            "" => Some(usual_rhythm(relationship)),
            phrase => rhythm(phrase, asker)?,
        };
        Ok(Fields {
            name,
            relationship,
            met: filled(&self.met),
            tags: tags(&self.tags)?,
            every,
            note: filled(&self.note),
        })
    }
}

/// A rhythm, or `None` for "never".
///
/// # Errors
/// [`Refusal::Every`].
pub fn rhythm(phrase: &str, asker: &Asker) -> Result<Option<Cadence>, Refusal> {
    if is_never(phrase) {
        return Ok(None);
    }
    let read = when::repeat(phrase, asker);
    read.map(|read| Some(read.cadence)).map_err(|not| Refusal::Every(phrase.to_owned(), not))
}

/// Whether a phrase says that there is to be no rhythm.
pub(super) fn is_never(phrase: &str) -> bool {
    matches!(phrase.trim().to_lowercase().as_str(), "never" | "off" | "none" | "no" | "stop" | "-")
}

/// A touch as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedTouch {
    /// A word for what it was, or nothing for a chat.
    pub what: String,
    /// A phrase of time, or nothing for now.
    pub when: String,
    /// Which of the readings of that phrase is meant.
    pub reading: usize,
    /// A note.
    pub note: String,
}

/// When a touch was, in all its readings.
#[derive(Clone, Debug, PartialEq)]
pub enum At {
    /// Then.
    One(Timestamp),
    /// One of these: ask back.
    Several(Vec<(Timestamp, String)>),
}

impl TypedTouch {
    /// What it was.
    ///
    /// # Errors
    /// [`Refusal::What`].
    pub fn what(&self) -> Result<What, Refusal> {
        let word = self.what.trim().to_lowercase();
        if word.is_empty() {
            return Ok(What::default());
        }
        let found = What::ALL.iter().find(|(_, known)| *known == word).map(|(it, _)| *it);
        found.ok_or_else(|| Refusal::What(self.what.trim().to_owned()))
    }

    /// When it was; `asked` says that the reading was asked back for.
    ///
    /// # Errors
    /// [`Refusal::When`].
    pub fn at(&self, asker: &Asker, asked: bool) -> Result<At, Refusal> {
        if self.when.trim().is_empty() {
            return Ok(At::One(asker.now));
        }
        let read = when::past(&self.when, asker).map_err(|not| Refusal::When(self.when.clone(), not))?;
        let all = readings(read);
        Ok(match all.get(self.reading) {
            Some((at, _)) if asked || all.len() == 1 => At::One(*at),
            _ => At::Several(all),
        })
    }

    /// The note, where it fits.
    ///
    /// # Errors
    /// [`Refusal::TooLong`].
    pub fn note(&self, most: usize) -> Result<Option<String>, Refusal> {
        fits(Field::Note, &self.note, most)?;
        Ok(filled(&self.note))
    }
}

/// All readings of a phrase, the likeliest first.
#[must_use]
pub fn readings(read: Reading) -> Vec<(Timestamp, String)> {
    let first = (read.at.timestamp(), read.reading);
    let others = read.others.into_iter().map(|(at, reading)| (at.timestamp(), reading));
    std::iter::once(first).chain(others).collect()
}

fn fits(field: Field, text: &str, most: usize) -> Result<(), Refusal> {
    let length = text.trim().chars().count();
    if length > most { Err(Refusal::TooLong(field, length, most)) } else { Ok(()) }
}

/// A text, trimmed; `None` where nothing is left.
#[must_use]
pub fn filled(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(ToOwned::to_owned)
}
