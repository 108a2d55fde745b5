//! What is pressed about groups that are published.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::discord::custom_id::Press as _;
use crate::id::Id;
use crate::rounds::press::RoundPress;

/// A press about published groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PublishPress {
    /// Show how far publishing is.
    Progress,
    /// Go on after it stopped.
    GoOn,
    /// Somebody in the group of this number chose a time to meet.
    Meet(u16),
    /// Make the meeting that was agreed on an event of the server: the group, and when it is in seconds since 1970.
    Event(u16, i64),
    /// Open the form in which somebody in the group of this number suggests another time.
    Suggest(u16),
    /// That form was sent.
    SuggestForm(u16),
    /// Open it again with what was typed: the group, and the draft.
    SuggestAgain(u16, Id),
    /// One of several moments was chosen: the group, the draft, and which.
    SuggestWhen(u16, Id, u8),
}

impl PublishPress {
    /// The custom id of this press on a round.
    #[must_use]
    pub fn on(self, round: Id) -> String {
        RoundPress::Publish(round, self).id()
    }

    /// The press that makes a meeting an event.
    #[must_use]
    pub fn event(group: u16, at: Timestamp) -> Self {
        Self::Event(group, at.as_second())
    }
}
