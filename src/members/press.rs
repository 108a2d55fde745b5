//! What can be pressed about a member's settings.

use serde::{Deserialize, Serialize};

use super::relationship::Relationship;
use crate::discord::custom_id::Press;
use crate::id::Id;

/// A press about settings. New ones go to the end (see `discord::custom_id`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum MemberPress {
    /// A zone was chosen from the menu under a new member's first answer.
    Zone,
    /// Open the settings' form.
    Edit,
    /// The form was sent.
    Form,
    /// Open the form with what was typed before.
    Again(Id),
    /// DMs were opened: try again.
    TryDms,
    /// Nudges shall come in a private thread of the server where this is pressed.
    Thread,
    /// The thread was mended: try again.
    TryThread,
    /// Nudges shall come by DM.
    Dms,
    /// What a draft says is taken, and everything planned moves to its zone.
    Move(Id),
    /// It is not, and the settings are shown as they are.
    Stay,
    /// What comes together was chosen from the menu.
    Digest,
    /// Open the form of a rhythm of their own, to mend it.
    RhythmAgain(Id),
    /// That form was sent.
    RhythmForm(Relationship),
    /// Show the settings.
    Settings,
    /// The zone that is nearest to what a draft says, or the second nearest, …, from 0.
    Nearest(Id, u8),
}

impl Press for MemberPress {
    const AREA: &'static str = "m";
}
