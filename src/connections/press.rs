//! What a press, a choice or a sent form about connections says, and what is kept while Kith asks back.

use serde::{Deserialize, Serialize};

use super::Relationship;
use super::forms::{Typed, TypedTouch};
use super::query::{Query, Sort};
use crate::discord::custom_id::Press;
use crate::id::Id;

/// A press about connections. New ones go to the end (see `discord::custom_id`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ConnectionPress {
    /// Show a connection.
    Show(Id),
    /// Open the form to edit it.
    Edit(Id),
    /// That form was sent.
    EditForm(Id),
    /// Open the form for its note.
    Note(Id),
    /// That form was sent.
    NoteForm(Id),
    /// Open the form for its rhythm.
    Rhythm(Id),
    /// That form was sent.
    RhythmForm(Id),
    /// Open the form to log a touch.
    Log(Id),
    /// That form was sent.
    LogForm(Id),
    /// Open the form for the note of a touch: connection, touch.
    TouchNote(Id, Id),
    /// That form was sent.
    TouchNoteForm(Id, Id),
    /// Ask whether to remove.
    Remove(Id),
    /// Remove.
    RemoveYes(Id),
    /// Do not remove.
    Keep(Id),
    /// Take the removal back.
    UndoRemove(Id),
    /// Take the adding back.
    UndoAdd(Id),
    /// Take a touch back: connection, touch.
    UndoLog(Id, Id),
    /// Open the form to add somebody.
    Add,
    /// That form was sent: the draft holds what it has no room for.
    AddForm(Id),
    /// One of several people was chosen: go on with the draft.
    Pick(Id),
    /// Open the form of a draft, to mend it.
    Again(Id),
    /// One of several moments was chosen: the draft, and which.
    When(Id, u8),
    /// A page of the list.
    List {
        /// In this order.
        sort: Sort,
        /// Only these.
        relationship: Option<Relationship>,
        /// Which page, from 0.
        page: u16,
    },
    /// A page of a list or search that is kept as a draft.
    Kept(Id, u16),
    /// One of the list was chosen.
    Open,
    /// Take the draft with the text that is too long cut.
    Cut(Id),
}

impl Press for ConnectionPress {
    const AREA: &'static str = "c";
}

impl ConnectionPress {
    /// The whole list.
    #[must_use]
    pub fn list_all() -> Self {
        Self::List { sort: Sort::default(), relationship: None, page: 0 }
    }
}

/// What was typed of connections, kept while Kith asks back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Draft {
    /// Somebody to add.
    Add(Typed),
    /// A change to somebody.
    Edit(Id, Typed),
    /// A rhythm.
    Rhythm(Id, String),
    /// A touch with somebody.
    Log(Id, TypedTouch),
    /// What to do with the one who is meant.
    Then(Then),
    /// A list.
    List(Query),
    /// A note of a connection.
    Note(Id, String),
    /// A note of a touch: connection, touch.
    TouchNote(Id, Id, String),
    /// A touch that was logged from this draft: connection, touch.
    Logged(Id, Id),
    /// Somebody to add, and what is to be done with them then.
    AddThen(Typed, Then),
}

/// What is to be done with the one who is meant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Then {
    /// Show them.
    Show,
    /// Open the form to edit them.
    Edit,
    /// Ask whether to remove them.
    Remove,
    /// Log a touch with them.
    Log(TypedTouch),
}
