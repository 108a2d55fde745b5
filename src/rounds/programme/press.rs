//! What is pressed about programmes.

use serde::{Deserialize, Serialize};

use crate::discord::custom_id::Press as _;
use crate::id::Id;
use crate::rounds::press::RoundPress;

/// A press about a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProgrammePress {
    /// Keep the programme that this draft is.
    Keep,
    /// Do not.
    Drop,
    /// Show it.
    Show,
    /// Open no round until it is resumed.
    Pause,
    /// Open rounds again.
    Resume,
    /// Ask whether to end it.
    End,
    /// End it.
    EndYes,
    /// Open the form for when it comes, of a programme or of a draft of one.
    Change,
    /// That form was sent.
    ChangeForm,
    /// Another channel was chosen.
    Channel,
    /// Open that form again with what was typed into it, which this draft keeps.
    Again(Id),
}

impl ProgrammePress {
    /// The custom id of this press on a programme, or on the draft of one.
    #[must_use]
    pub fn on(self, programme: Id) -> String {
        RoundPress::Programme(programme, self).id()
    }
}
