//! What people press to sign up.

use serde::{Deserialize, Serialize};

use crate::discord::custom_id::Press as _;
use crate::id::Id;
use crate::rounds::matching::Role;
use crate::rounds::press::RoundPress;

/// A press of somebody who signs up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum JoinPress {
    /// Sign up as this; or show how one's sign-up stands.
    As(As),
    /// Show one's own sign-up.
    Mine,
    /// Topics were chosen.
    Topics,
    /// Half-days were chosen.
    HalfDays,
    /// A level was chosen.
    Level,
    /// Languages were chosen.
    Languages,
    /// The people one would like to be with were chosen.
    Wishes,
    /// The people to avoid were chosen.
    Avoid,
    /// Show the second page.
    More,
    /// Open the form for topics of one's own, goals, fields and places.
    Words,
    /// That form was sent.
    WordsForm,
    /// Open the form for the round's own questions.
    Questions,
    /// That form was sent.
    QuestionsForm,
    /// Sign up as it is.
    Save,
    /// Ask whether to withdraw.
    Withdraw,
    /// Withdraw.
    WithdrawYes,
    /// Somebody who is left over does not want to wait.
    OffList,
    /// They want to wait after all.
    OnList,
    /// Show the first page.
    First,
    /// Take part as this from now on, for somebody who takes part already.
    Instead(As),
    /// Leave all as it is: a question gives way to how one's sign-up stands.
    Stay,
}

/// As whom one signs up, as it stands in custom ids for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum As {
    /// As a mentor.
    Mentor,
    /// As a mentee.
    Mentee,
    /// As a sponsor.
    Sponsor,
    /// As a peer.
    Peer,
}

impl From<Role> for As {
    fn from(role: Role) -> Self {
        match role {
            Role::Mentor => Self::Mentor,
            Role::Mentee => Self::Mentee,
            Role::Sponsor => Self::Sponsor,
            Role::Peer => Self::Peer,
        }
    }
}

impl From<As> for Role {
    fn from(it: As) -> Self {
        match it {
            As::Mentor => Self::Mentor,
            As::Mentee => Self::Mentee,
            As::Sponsor => Self::Sponsor,
            As::Peer => Self::Peer,
        }
    }
}

impl JoinPress {
    /// The custom id of this press on a round.
    #[must_use]
    pub fn on(self, round: Id) -> String {
        RoundPress::Join(round, self).id()
    }
}
