//! What an organizer presses while they set a round up.

use serde::{Deserialize, Serialize};

use crate::discord::custom_id::Press as _;
use crate::id::Id;
use crate::rounds::press::RoundPress;

/// A press of somebody who sets a round up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OpenPress {
    /// Show the draft.
    Show,
    /// Show what else can be set.
    More,
    /// Open the form for its first five things.
    Edit,
    /// That form was sent; the id is a draft's of what was typed.
    Form,
    /// Open the form with what was typed before, to mend it: the draft.
    Again(Id),
    /// Open the form for the rest.
    Words,
    /// That form was sent.
    WordsForm,
    /// A shape was chosen.
    Shape,
    /// A channel was chosen.
    Channel,
    /// Roles were chosen.
    Roles,
    /// What becomes of those left over was chosen.
    LeftOver,
    /// Some of the other settings were chosen.
    Options,
    /// Open sign-up.
    Begin,
    /// Throw the draft away.
    Discard,
    /// One of several moments was chosen as the end of sign-up: the draft, and which.
    When(Id, u8),
    /// Open the second form with what was typed before: the draft.
    WordsAgain(Id),
    /// End sign-up now.
    End,
    /// Open sign-up again, while nothing has gone out.
    Reopen,
    /// Ask whether to call the round off.
    Cancel,
    /// Call it off.
    CancelYes,
    /// Put the board up anew.
    PutUp,
}

impl OpenPress {
    /// The custom id of this press on a round.
    #[must_use]
    pub fn on(self, round: Id) -> String {
        RoundPress::Open(round, self).id()
    }
}
