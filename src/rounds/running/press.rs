//! What is pressed while a round runs.

use serde::{Deserialize, Serialize};

use super::course::Answer;
use crate::discord::custom_id::Press as _;
use crate::id::Id;
use crate::rounds::press::RoundPress;

/// A press while a round runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RunPress {
    /// Somebody answers a check-in: their group, which of its meetings, and what.
    Answer(u16, u16, Said),
    /// Show a check-in's question again.
    Ask(u16, u16),
    /// Whom they cannot reach was chosen.
    Who(u16, u16),
    /// Somebody whom others could not reach is there.
    Here,
    /// Skip the next meeting.
    Skip,
    /// Take part in it after all.
    Unskip(u16),
    /// Ask whether to leave the round.
    Leave,
    /// Leave it.
    LeaveYes,
    /// Take that back.
    Stay,
    /// Open the form for a pause.
    Pause,
    /// That form was sent.
    PauseForm,
    /// Open it again with what was typed: the draft.
    PauseAgain(Id),
    /// One of several moments was chosen for the end of a pause: the draft, and which.
    PauseUntil(Id, u8),
    /// End a pause.
    Resume,
    /// Show one's group.
    Mine,
    /// How it is going: 1 to 5.
    Pulse(u8),
    /// Open the form for a word to it.
    Word,
    /// That form was sent.
    WordForm,
    /// Show the question again.
    PulseAgain,
    /// An organizer looks at what a group needs: its number.
    Look(u16),
    /// One was chosen from the list of groups that need something.
    Chosen,
    /// An organizer approves what is proposed for a group: its number, and the proposal.
    DoIt(u16, Id),
    /// An organizer does not want it now.
    NotNow(u16, Id),
    /// An organizer wants a new room for a group.
    NewRoom(u16),
    /// An organizer says that a group's room is back.
    RoomBack(u16),
    /// An organizer looks at what groups need.
    Attention,
}

/// What somebody says of a meeting, as it stands in custom ids for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// They met.
    Met,
    /// Not yet.
    NotYet,
    /// They cannot reach the others.
    CannotReach,
}

impl From<Said> for Answer {
    fn from(said: Said) -> Self {
        match said {
            Said::Met => Self::Met,
            Said::NotYet => Self::NotYet,
            Said::CannotReach => Self::CannotReach,
        }
    }
}

impl From<Answer> for Said {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Met => Self::Met,
            Answer::NotYet => Self::NotYet,
            Answer::CannotReach => Self::CannotReach,
        }
    }
}

impl RunPress {
    /// The custom id of this press on a round.
    #[must_use]
    pub fn on(self, round: Id) -> String {
        RoundPress::Run(round, self).id()
    }
}
