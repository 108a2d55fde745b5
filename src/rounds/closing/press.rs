//! What is pressed at the end of a round.

use serde::{Deserialize, Serialize};

use crate::discord::custom_id::Press as _;
use crate::id::{Id, UserId};
use crate::rounds::press::RoundPress;

/// A press at the end of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClosePress {
    /// An organizer ends the round.
    Yes,
    /// An organizer takes that back.
    Undo,
    /// An organizer waits for no more feedback.
    EndYes,
    /// An organizer leaves the round as it is.
    No,
    /// Roles are given again, after Discord refused it.
    Badge,
    /// Somebody opens the form for their words.
    Write,
    /// That form was sent.
    WriteForm,
    /// Somebody chose whether they would do it again.
    Again,
    /// Somebody chose who may read their words.
    Open,
    /// Somebody wants to stay in touch with this user.
    Keep(u64),
    /// An organizer may want to end it: ask.
    Ask,
}

impl ClosePress {
    /// The custom id of this press on a round.
    #[must_use]
    pub fn on(self, round: Id) -> String {
        RoundPress::Close(round, self).id()
    }

    /// To stay in touch with somebody.
    #[must_use]
    pub fn keep(user: UserId) -> Self {
        Self::Keep(user.0)
    }
}
