//! What members type of a connection or a touch, read and checked.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Connection, MET, NAME, Relationship, TAG, TAGS, TagsError, What, tags, tags_that_fit, usual_rhythm,
};
use crate::discord::text::{cut, one_line};
use crate::id::UserId;
use crate::members::ask_back::Most;
use crate::members::rhythms::Rhythms;
use crate::when::{self, Asker, Cadence, Misread};

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
    /// Tags, separated by commas.
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

impl Refusal {
    /// To what it can be cut, where it is only too long.
    #[must_use]
    pub fn most(&self) -> Option<Most> {
        match *self {
            Self::TooLong(_, _, most) => Some(Most::Characters(most)),
            Self::Tags(TagsError::TooLong(_)) => Some(Most::EachTag(TAG)),
            Self::Tags(TagsError::TooMany(_)) => Some(Most::Tags(TAGS)),
            _ => None,
        }
    }
}

impl Typed {
    /// What is kept of a connection, as one would type it.
    #[must_use]
    pub fn of(connection: &Connection) -> Self {
        Self {
            name: connection.name.clone(),
            member: connection.member,
            relationship: connection.relationship.map(|it| it.word().to_owned()).unwrap_or_default(),
            met: connection.met.clone().unwrap_or_default(),
            tags: connection.tags.join(", "),
            every: every_of(connection),
            note: connection.note.clone().unwrap_or_default(),
        }
    }

    /// With the member's own rhythm for the relationship, where none was typed.
    #[must_use]
    pub fn with_rhythm(&self, own: &Rhythms) -> Self {
        let relationship = Relationship::of_word(&self.relationship);
        let every = match self.every.trim() {
            "" => own.of(relationship).map_or_else(|| "never".to_owned(), |every| every.to_string()),
            typed => typed.to_owned(),
        };
        Self { every, ..self.clone() }
    }

    /// The same with the first text that is over its limit, or the tags, cut at a word; `most` is how many characters a
    /// note may have.
    #[must_use]
    pub fn cut(&self, most: usize) -> Self {
        let mut typed = Self { name: one_line(&self.name), ..self.clone() };
        let texts = [(&mut typed.name, NAME), (&mut typed.met, MET), (&mut typed.note, most)];
        if let Some((text, most)) = texts.into_iter().find(|(text, most)| length(text) > *most) {
            *text = cut(text, most);
        } else if tags(&typed.tags).is_err() {
            typed.tags = tags_that_fit(&typed.tags);
        }
        typed
    }

    /// The fields as they are kept; `most` is how many characters a note may have.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn read(&self, asker: &Asker, most: usize) -> Result<Fields, Refusal> {
        let name = one_line(&self.name);
        if !name.chars().any(is_visible) {
            return Err(Refusal::NoName);
        }
        fits(Field::Name, &name, NAME)?;
        fits(Field::Met, &self.met, MET)?;
        let note = note(&self.note, most)?;
        let relationship = match self.relationship.trim() {
            "" => None,
            word => Some(Relationship::of_word(word).ok_or_else(|| Refusal::Relationship(word.to_owned()))?),
        };
        let every = match self.every.trim() {
            "" => Some(usual_rhythm(relationship)),
            phrase => rhythm(phrase, asker)?,
        };
        Ok(Fields { name, relationship, met: filled(&self.met), tags: tags(&self.tags)?, every, note })
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
#[must_use]
pub fn is_never(phrase: &str) -> bool {
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

    /// When it was.
    ///
    /// # Errors
    /// [`Refusal::When`].
    pub fn at(&self, asker: &Asker) -> Result<At, Refusal> {
        if self.when.trim().is_empty() {
            return Ok(At::One(asker.now));
        }
        let read = when::past(&self.when, asker).map_err(|not| Refusal::When(self.when.clone(), not))?;
        let all = read.all();
        Ok(if let [(at, _)] = all[..] { At::One(at) } else { At::Several(all) })
    }

    /// The note, where it fits.
    ///
    /// # Errors
    /// [`Refusal::TooLong`].
    pub fn note(&self, most: usize) -> Result<Option<String>, Refusal> {
        note(&self.note, most)
    }
}

/// A note, where it has at most `most` characters; `None` where nothing was typed.
///
/// # Errors
/// [`Refusal::TooLong`].
pub fn note(text: &str, most: usize) -> Result<Option<String>, Refusal> {
    fits(Field::Note, text, most)?;
    Ok(filled(text))
}

/// The rhythm of a connection, as one would type it.
#[must_use]
pub fn every_of(connection: &Connection) -> String {
    connection.every.map_or_else(|| "never".to_owned(), |every| every.to_string())
}

/// Whether a character can be seen: a name of others only would be a hole in every list.
#[must_use]
pub fn is_visible(c: char) -> bool {
    let blank = matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
    ) || matches!(c, '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        || matches!(c, '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}');
    !(blank || c.is_whitespace() || c.is_control())
}

fn fits(field: Field, text: &str, most: usize) -> Result<(), Refusal> {
    let length = length(text);
    if length > most { Err(Refusal::TooLong(field, length, most)) } else { Ok(()) }
}

/// How many characters a text has as it is kept.
fn length(text: &str) -> usize {
    text.trim().chars().count()
}

/// A text, trimmed; `None` where nothing is left.
#[must_use]
pub fn filled(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::Time;
    use jiff::tz::TimeZone;

    fn asker() -> Asker {
        let now = "2026-11-24T10:00:00Z".parse().unwrap();
        Asker::new(now, TimeZone::UTC, Time::constant(9, 0, 0, 0), "en-GB")
    }

    fn named(name: &str) -> Result<Fields, Refusal> {
        Typed { name: name.to_owned(), ..Typed::default() }.read(&asker(), 6_000)
    }

    #[test]
    fn a_name_that_nobody_sees_is_none() {
        assert_eq!(named(" \u{200b}\u{3164} "), Err(Refusal::NoName));
        assert_eq!(named("👩\u{200d}🚀").map(|it| it.name), Ok("👩\u{200d}🚀".to_owned()));
        assert_eq!(named(&"x".repeat(101)), Err(Refusal::TooLong(Field::Name, 101, 100)));
    }

    #[test]
    fn what_is_too_long_is_cut_at_a_word_one_text_at_a_time() {
        let long = |word: &str, times: usize| vec![word; times].join(" ");
        let (name, met, note) = (long("Grace", 30), long("school", 50), long("note", 40));
        let typed = Typed { name, met: met.clone(), note: note.clone(), ..Typed::default() };
        let once = typed.cut(100);
        assert_eq!(
            (once.name.as_str(), &once.met, &once.note),
            (&*format!("{}…", long("Grace", 16)), &met, &note)
        );
        let thrice = once.cut(100).cut(100);
        assert_eq!(thrice.met, format!("{}…", long("school", 28)));
        assert_eq!(thrice.note, format!("{}…", long("note", 19)));
        assert_eq!(thrice.cut(100), thrice);
        assert!(thrice.read(&asker(), 100).is_ok());
    }
}
