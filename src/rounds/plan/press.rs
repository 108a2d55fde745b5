//! What an organizer presses while groups are found.

use serde::{Deserialize, Serialize};

use crate::discord::custom_id::Press as _;
use crate::id::Id;
use crate::rounds::press::RoundPress;

/// A press of somebody who finds groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlanPress {
    /// Show a page of the groups, from 0.
    Show(u16),
    /// Find groups; locked ones stay.
    Find,
    /// What counts most was chosen: find groups so.
    Weights,
    /// Lock a group, or free it: its number.
    Lock(u16),
    /// Ask whether to publish.
    Publish,
    /// Publish.
    PublishYes,
    /// A mentor accepts the group of this number.
    Accept(u16),
    /// A mentor declines it.
    Decline(u16),
    /// Show the groups; find them where none were found since sign-up ended.
    Preview,
}

impl PlanPress {
    /// The custom id of this press on a round.
    #[must_use]
    pub fn on(self, round: Id) -> String {
        RoundPress::Plan(round, self).id()
    }
}
