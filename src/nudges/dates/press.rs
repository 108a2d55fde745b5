//! What a press or a sent form about a date says, and what is kept while Kith asks back.

use serde::{Deserialize, Serialize};

use super::TypedDate;
use crate::id::Id;

/// A press about a date. New ones go to the end (see `discord::custom_id`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DatePress {
    /// The form of a new date was sent; a draft holds whose it is.
    Form(Id),
    /// The form of one that there is was sent.
    EditForm(Id),
    /// Open the form of a draft, to mend it.
    Again(Id),
    /// One of several moments was chosen: the draft, and which.
    When(Id, u8),
    /// One of several people was chosen: go on with the draft.
    Pick(Id),
    /// Take the draft with the text that is too long cut.
    Cut(Id),
}

/// A date to plan, or to change where it has an id, kept while Kith asks back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// As it was typed.
    pub typed: TypedDate,
    /// The one that is changed.
    pub known: Option<Id>,
}
