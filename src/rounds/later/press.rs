//! What an organizer presses to plan a round's next step.

use serde::{Deserialize, Serialize};

use crate::discord::custom_id::Press as _;
use crate::id::Id;
use crate::rounds::press::RoundPress;

/// A press of somebody who plans a round's next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LaterPress {
    /// Open the form.
    Ask,
    /// It was sent.
    Form,
    /// Open it with what was typed before, to mend it: the draft.
    Again(Id),
    /// One of several moments was chosen: the draft, and which.
    When(Id, u8),
    /// It does not come by itself any more.
    Forget,
}

impl LaterPress {
    /// The custom id of this press on a round.
    #[must_use]
    pub fn on(self, round: Id) -> String {
        RoundPress::Later(round, self).id()
    }
}
