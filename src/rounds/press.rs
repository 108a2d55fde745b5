//! What a press, a choice or a sent form about rounds says. Each step of a round's life has its own;
//! new ones go to the end (see `discord::custom_id`).

use serde::{Deserialize, Serialize};

use super::closing::press::ClosePress;
use super::joining::press::JoinPress;
use super::later::press::LaterPress;
use super::open::press::OpenPress;
use super::plan::press::PlanPress;
use super::programme::press::ProgrammePress;
use super::publish::press::PublishPress;
use super::running::press::RunPress;
use super::views::Listed;
use crate::discord::custom_id::Press;
use crate::id::Id;

/// A press about rounds: mostly which round, and what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RoundPress {
    /// An organizer sets a round up.
    Open(Id, OpenPress),
    /// Somebody signs up.
    Join(Id, JoinPress),
    /// An organizer finds groups, and mentors accept theirs.
    Plan(Id, PlanPress),
    /// Groups are made, and meet.
    Publish(Id, PublishPress),
    /// A round ends.
    Close(Id, ClosePress),
    /// A round is repeated.
    Programme(Id, ProgrammePress),
    /// Groups meet, and organizers see to those that cannot go on.
    Run(Id, RunPress),
    /// Another page of a list of rounds.
    List(Listed, u16),
    /// An organizer plans a round's next step.
    Later(Id, LaterPress),
    /// An organizer wants the report.
    Report(Id),
}

impl Press for RoundPress {
    const AREA: &'static str = "r";
}
