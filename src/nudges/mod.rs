//! What a member is reminded of, why, and what they make of it.
//!
//! A [`Nudge`] is planned by the member. A connection's rhythm brings nudges too, which nobody
//! planned one by one (`connections::Turn`). Whichever it was: what came is a [`Came`], and its
//! buttons act on that.
//!
//! What a crash leaves on a nudge's way:
//!
//! | moment | state | who goes on |
//! | --- | --- | --- |
//! | planned, the answer not seen | it is on the agenda | the agenda, at its time |
//! | due, its transaction not durable | as before | the agenda's first look after the start |
//! | its transaction durable | what came, the next turn or time, and the letter, all three | `delivery` |
//! | the letter sent, not noted | in flight | `delivery`, which looks for it |
//! | answered, not durable | open, its buttons on it | the member, who presses again |
//! | answered and durable, its message not changed | answered, with the old buttons on it | any of them shows how it was answered, with Undo; none does it twice |
//! | asked back (two readings, a mistake), in the place of what was pressed | the draft, for two days | the member, or Back at any time; then the agenda forgets it |

pub mod acts;
pub mod adding;
pub mod answers;
pub mod area;
pub mod because;
pub mod bend;
pub mod bend_views;
pub mod bundle;
pub mod calendar;
pub mod came;
pub mod commands;
pub mod dates;
pub mod due;
pub mod forms;
pub mod give_first;
pub mod held;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod limits;
pub mod list;
pub mod modals;
pub mod pause;
pub mod press;
pub mod presses;
pub mod prompts;
pub mod rank;
pub mod reason;
pub mod retry;
pub mod store;
pub mod suggest;
pub mod views;
mod which;
pub mod why;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::connections::Turn;
use crate::id::Id;
use crate::when::{By, Cadence, Coming};

pub use self::area::area;
pub use self::bend::Run;
pub use self::dates::Occasion;
pub use self::reason::Because;

/// Most characters in what a nudge is about.
pub const ABOUT: usize = 1_000;

/// What a nudge asks of the member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Be in touch.
    FollowUp,
    /// Give something.
    GiveValue,
    /// Ask how one does.
    AskFeedback,
    /// Ask to be passed on to somebody.
    AskReferral,
    /// Ask how they are getting on.
    CheckIn,
    /// Think about something.
    Reflect,
    /// Whatever the member wrote.
    Custom,
}

impl Kind {
    /// Every kind with its word.
    pub const ALL: &[(Self, &str)] = &[
        (Self::FollowUp, "follow_up"),
        (Self::GiveValue, "give_value"),
        (Self::AskFeedback, "ask_feedback"),
        (Self::AskReferral, "ask_referral"),
        (Self::CheckIn, "check_in"),
        (Self::Reflect, "reflect"),
        (Self::Custom, "custom"),
    ];

    /// Its word, as in commands and prompts.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(it, _)| *it == self).map_or("", |(_, word)| word)
    }
}

/// Something that a member planned to be reminded of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Nudge {
    /// Which.
    pub id: Id,
    /// What the member wrote.
    pub about: String,
    /// Whom it is about.
    #[serde(default)]
    pub connection: Option<Id>,
    /// What it asks.
    pub kind: Kind,
    /// When it comes next.
    pub coming: Coming,
    /// How it repeats, and the day that it counts from.
    #[serde(default)]
    pub repeat: Option<(Cadence, Date)>,
    /// It was set for a span of hours or minutes, so it does not follow the zone.
    #[serde(default)]
    pub exact: bool,
    /// The nudge that repeats of which this one, snoozed, comes again.
    #[serde(default)]
    pub of: Option<Id>,
    /// The date of the connection's that it leads up to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occasion: Option<Occasion>,
}

impl Nudge {
    /// What brings it.
    #[must_use]
    pub fn by(&self) -> By {
        match self.occasion {
            _ if self.exact => By::Span,
            // One that is snoozed comes when that was chosen.
            Some(_) if self.of.is_none() => By::Date,
            _ => By::Plan,
        }
    }
}

/// A nudge that came: one letter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Came {
    /// Which; its letter's buttons carry it.
    pub id: Id,
    /// What brought it.
    pub source: Source,
    /// What the member wrote; empty where a rhythm brought it.
    #[serde(default)]
    pub about: String,
    /// How what the member planned repeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<Cadence>,
    /// Whom it is about.
    #[serde(default)]
    pub connection: Option<Id>,
    /// What it asks.
    pub kind: Kind,
    /// Why it asks that.
    pub because: Because,
    /// What one could say.
    #[serde(default)]
    pub openers: Vec<Opener>,
    /// What one could give.
    #[serde(default)]
    pub ways: Vec<Opener>,
    /// When it should have come, where it comes late because Kith stood still.
    #[serde(default)]
    pub late: Option<Timestamp>,
    /// The digest that it came in.
    #[serde(default)]
    pub digest: Option<Id>,
    /// What became of it.
    pub state: State,
    /// What happened, where it is done and the member wrote it.
    #[serde(default)]
    pub happened: Option<String>,
    /// How to take the last answer back.
    #[serde(default)]
    pub undo: Option<Undo>,
    /// The one that it came again as, once it was snoozed: its buttons act on that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Id>,
}

impl Came {
    /// A nudge that comes, wanted by the member and about nothing yet.
    #[must_use]
    pub fn new(id: Id, source: Source) -> Self {
        Self {
            id,
            source,
            about: String::new(),
            repeat: None,
            connection: None,
            kind: Kind::Custom,
            because: Because::Wanted,
            openers: vec![],
            ways: vec![],
            late: None,
            digest: None,
            state: State::Open,
            happened: None,
            undo: None,
            again: None,
        }
    }

    /// The kind of the openers that fit it, as in `prompts.toml`; `None` where only the member knows what it is about.
    #[must_use]
    pub fn openers_of(&self) -> Option<&'static str> {
        let (ahead, after) = match self.because {
            Because::Date { birthday: true, .. } => ("birthday", "birthday_after"),
            Because::Date { .. } if dates::is_anniversary(&self.about) => {
                ("anniversary", "anniversary_after")
            }
            Because::Date { yearly: true, .. } => return None,
            Because::Date { .. } => ("date", "date_after"),
            _ => return Some(self.kind.word()).filter(|_| self.kind != Kind::Custom),
        };
        let over = matches!(self.because, Because::Date { over: true, .. });
        Some(if over { after } else { ahead })
    }

    /// Whether it can be answered, so far as it says itself: it waits, or is snoozed and has not come again.
    #[must_use]
    pub fn is_answerable(&self) -> bool {
        self.again.is_none() && matches!(self.state, State::Open | State::Snoozed(_))
    }
}

/// An opener, or a way to give, that was offered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opener {
    /// Its id in `prompts.toml`.
    pub id: String,
    /// What it says to this person.
    pub text: String,
}

/// What brought a nudge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The rhythm of its connection.
    Rhythm,
    /// A nudge that the member planned.
    Planned(Id),
}

/// What became of a nudge that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It waits to be answered.
    Open,
    /// Done; with the touch that was logged.
    Done(Option<Id>),
    /// To come again then.
    Snoozed(Timestamp),
    /// Not this time.
    Skipped,
    /// Not any more.
    Stopped,
    /// Nobody answered it, and it is over: something else did what it asked for (a talk was logged, the
    /// rhythm changed, the connection was removed), or the next one of its source came.
    Passed,
}

/// What an answer changed, to take it back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Undo {
    /// When the answer was given.
    pub at: Timestamp,
    /// How the nudge stood before; `None` for open.
    #[serde(default)]
    pub was: Option<State>,
    /// The connection's turn and rhythm before, and its turn after.
    #[serde(default)]
    pub turn: Option<(Turn, Option<Cadence>, Turn)>,
    /// A nudge that the answer planned.
    #[serde(default)]
    pub planned: Option<Id>,
    /// A nudge that the answer ended.
    #[serde(default)]
    pub ended: Option<Nudge>,
    /// And those of it that were snoozed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_ended: Vec<Nudge>,
    /// How the connection's nudges had been put off before.
    #[serde(default)]
    pub run: Option<Run>,
}
