//! The people in a member's network: who they are, when one last had to do with them, and in what
//! rhythm one means to stay in touch.

pub mod acts;
pub mod area;
pub mod commands;
pub mod forms;
pub mod ledger;
pub mod list;
pub mod log;
pub mod menus;
pub mod modals;
pub mod press;
pub mod presses;
pub mod query;
pub mod rhythm;
pub mod sent;
pub mod shorten;
pub mod store;
pub mod views;
pub mod who;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::discord::text::cut;
use crate::id::{Id, UserId};
use crate::when::{Cadence, Coming};

pub use self::area::area;
pub use self::ledger::Ledger;
pub use crate::members::relationship::{Relationship, usual_rhythm};

/// Most characters in a name.
pub const NAME: usize = 100;
/// Most characters in "where you met".
pub const MET: usize = 200;
/// Most characters in one tag.
pub const TAG: usize = 40;
/// Most tags of one connection.
pub const TAGS: usize = 10;

/// A person in a member's network. What is not known of them is not stored: whole networks are read at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Connection {
    /// Which.
    pub id: Id,
    /// What the member calls them.
    pub name: String,
    /// Their Discord user, where they have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<UserId>,
    /// What they are to the member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relationship: Option<Relationship>,
    /// Where or how they met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub met: Option<String>,
    /// What they are good to talk to about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// How often the member means to be in touch; `None` for no nudges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Cadence>,
    /// What the member wants to remember.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// When they were added.
    pub added: Timestamp,
    /// The last touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Last>,
    /// Who gave and who got.
    #[serde(default, skip_serializing_if = "Ledger::is_empty")]
    pub ledger: Ledger,
    /// The next nudge.
    #[serde(default)]
    pub turn: Turn,
}

impl Connection {
    /// Somebody of whom the name alone is known, and whom no rhythm brings up.
    #[must_use]
    pub fn new(id: Id, name: impl Into<String>, added: Timestamp) -> Self {
        Self {
            id,
            name: name.into(),
            member: None,
            relationship: None,
            met: None,
            tags: vec![],
            every: None,
            note: None,
            added,
            last: None,
            ledger: Ledger::default(),
            turn: Turn::Off,
        }
    }
}

/// The last touch, as much of it as a nudge shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Last {
    /// What it was.
    pub what: What,
    /// When it was.
    pub at: Timestamp,
    /// What was noted of it.
    #[serde(default)]
    pub note: Option<String>,
}

/// Where a connection stands with its nudges: one at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// None comes.
    #[default]
    Off,
    /// One comes then.
    Planned(Coming),
    /// One came and waits to be answered.
    Open(Id),
}

/// One logged interaction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Touch {
    /// What it was.
    pub what: What,
    /// When it was.
    pub at: Timestamp,
    /// What the member noted of it.
    #[serde(default)]
    pub note: Option<String>,
    /// Whether it was a question for feedback.
    #[serde(default)]
    pub feedback: bool,
    /// The turn of the connection before it was logged and after: what taking it back goes by. The
    /// store fills it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turned: Option<(Turn, Turn)>,
}

/// What a touch was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// They talked.
    #[default]
    Chat,
    /// A call.
    Call,
    /// They met.
    Met,
    /// Something was written.
    Message,
    /// The member gave something.
    Gave,
    /// The member received something.
    Received,
    /// The member asked for something.
    Asked,
}

impl What {
    /// Every kind of touch with its word.
    pub const ALL: &[(Self, &str)] = &[
        (Self::Chat, "chat"),
        (Self::Call, "call"),
        (Self::Met, "met"),
        (Self::Message, "message"),
        (Self::Gave, "gave"),
        (Self::Received, "received"),
        (Self::Asked, "asked"),
    ];

    /// Its word, as in commands and in the keys of texts.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(it, _)| *it == self).map_or("", |(_, word)| word)
    }
}

impl Relationship {
    /// The relationship that a word means, accents and case aside.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        let word = who::folded(word);
        Self::ALL.iter().find(|(_, known)| who::folded(known) == word).map(|(it, _)| *it)
    }
}

/// Tags as typed: separated by commas, without `#`, each once, accents and case aside.
///
/// # Errors
/// One is too long, or there are too many.
pub fn tags(typed: &str) -> Result<Vec<String>, TagsError> {
    let mut tags: Vec<String> = Vec::new();
    for tag in typed.split([',', ';', '\n']) {
        let tag = tag.trim().trim_start_matches('#').trim();
        if tag.chars().count() > TAG {
            return Err(TagsError::TooLong(tag.to_owned()));
        }
        if !tag.is_empty() && !tags.iter().any(|known| who::folded(known) == who::folded(tag)) {
            tags.push(tag.to_owned());
        }
    }
    if tags.len() > TAGS { Err(TagsError::TooMany(tags.len())) } else { Ok(tags) }
}

/// Tags as typed, each cut to what fits, and the first so many.
#[must_use]
pub fn tags_that_fit(typed: &str) -> String {
    let cut_one = |tag: &str| cut(tag.trim().trim_start_matches('#').trim(), TAG);
    let cut_all: Vec<String> = typed.split([',', ';', '\n']).map(cut_one).collect();
    let mut fitting: Vec<String> = Vec::new();
    for tag in cut_all.into_iter().filter(|tag| !tag.is_empty()) {
        if fitting.len() < TAGS && !fitting.iter().any(|known| who::folded(known) == who::folded(&tag)) {
            fitting.push(tag);
        }
    }
    fitting.join(", ")
}

/// Why tags were not taken.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TagsError {
    /// One has more than [`TAG`] characters.
    #[error("a tag is too long")]
    TooLong(String),
    /// There are more than [`TAGS`].
    #[error("there are too many tags")]
    TooMany(usize),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_kept_once_and_clean() {
        assert_eq!(tags(" #Rust, rust ,compilers; ").unwrap(), ["Rust", "compilers"]);
        assert_eq!(tags("a,b,c,d,e,f,g,h,i,j,k"), Err(TagsError::TooMany(11)));
        assert!(matches!(tags(&"x".repeat(41)), Err(TagsError::TooLong(_))));
        let long = format!("{0}, {0}y, rust, a,b,c,d,e,f,g,h,i,j,k", "x".repeat(41));
        let fitting = tags(&tags_that_fit(&long)).unwrap();
        assert_eq!((fitting.len(), fitting[1].as_str()), (10, "rust"));
    }

    #[test]
    fn words_mean_what_they_say() {
        for (it, word) in Relationship::ALL {
            assert_eq!(Relationship::of_word(word), Some(*it));
        }
        assert_eq!(Relationship::of_word("Protege"), Some(Relationship::Protege));
    }
}
