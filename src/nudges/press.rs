//! What a press, a choice or a sent form about nudges says, and what is kept while Kith asks back.

use serde::{Deserialize, Serialize};

use super::Nudge;
use super::acts::Then;
use super::adding::Waits;
use super::bundle::Bundle;
use super::dates::press::DatePress;
use super::forms::{TypedDone, TypedNudge};
use super::pause::TypedPause;
use crate::connections::forms::Typed;
use crate::discord::custom_id::Press;
use crate::id::Id;

/// A press about nudges. New ones go to the end (see `discord::custom_id`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum NudgePress {
    /// It is done: open the form for what happened.
    Done(Id),
    /// That form was sent.
    DoneForm(Id),
    /// Open the menu of times.
    Snooze(Id),
    /// A time was chosen.
    SnoozeTo(Id),
    /// Another time was typed.
    SnoozeForm(Id),
    /// Back from the menu to the letter.
    Back(Id),
    /// Not this time.
    Skip(Id),
    /// Not any more.
    Stop(Id),
    /// Take the answer back.
    Undo(Id),
    /// A page of the list.
    List(u16),
    /// One of the list was chosen.
    Open,
    /// Open the form to plan a nudge.
    Plan,
    /// That form was sent; a draft holds what it has no room for.
    PlanForm(Option<Id>),
    /// Open the form to edit a planned nudge.
    Edit(Id),
    /// That form was sent.
    EditForm(Id),
    /// Cancel a planned nudge.
    Cancel(Id),
    /// Take a cancellation back: the draft holds the nudge.
    UndoCancel(Id),
    /// Open the menu of times for a planned nudge.
    SnoozePlanned(Id),
    /// A time was chosen.
    SnoozePlannedTo(Id),
    /// Another time was typed.
    SnoozePlannedForm(Id),
    /// Back from the menu to the planned nudge.
    BackPlanned(Id),
    /// Open the form of a draft, to mend it.
    Again(Id),
    /// One of several moments was chosen: the draft, and which.
    When(Id, u8),
    /// One of several people was chosen: go on with the draft.
    Pick(Id),
    /// A page of whom to be in touch with.
    Suggest(u16),
    /// The nudge about this connection is to come now.
    TakeUp(Id),
    /// The rhythm of what was snoozed again and again is to be longer.
    Longer(Id),
    /// It is to stay as it is.
    KeepRhythm(Id),
    /// A new address for the calendar.
    Address,
    /// The calendar's address is to lead nowhere any more.
    RevokeAddress,
    /// About a date of a connection's.
    Date(DatePress),
    /// Plan to give something before this ask comes.
    GiveFirst(Id),
    /// One of a bundle was chosen.
    Entry(Bundle),
    /// Back to the bundle, or on to another page of it.
    Bundle(Bundle),
    /// Open the menu of times to snooze all of a digest until that wait.
    SnoozeAll(Id),
    /// And wait again.
    UndoSnoozeAll(Id),
    /// This one of a bundle was chosen.
    EntryOf(Bundle, Id),
    /// Open the form for a pause.
    Pause,
    /// That form was sent.
    PauseForm,
    /// End the pause.
    Resume,
    /// A connection was chosen: why something came from it, or nothing.
    Why,
    /// Try the draft again, for which there was no room.
    Retry(Id),
    /// Take the draft with the text that is too long cut.
    Cut(Id),
    /// The form was sent to add the one whom the draft is about.
    AddForm(Id),
    /// Plan what is kept in the draft without the person.
    Anyway(Id),
    /// One of several nudges was chosen: go on with the draft.
    Which(Id),
    /// Take back that something is given first: the nudge to give, and the ask.
    UndoGiveFirst(Id, Id),
    /// A time was chosen to snooze all of a digest until.
    SnoozeAllTo(Id),
    /// Another time was typed.
    SnoozeAllForm(Id),
    /// Plan to give something back to this connection.
    GiveTo(Id),
    /// A time was chosen for what comes next after the draft's nudge is done, or none.
    DoneAt(Id, u8),
}

impl Press for NudgePress {
    const AREA: &'static str = "n";
}

/// What was typed of nudges, kept while Kith asks back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Draft {
    /// A nudge to plan, or to change where it has an id.
    Plan(TypedNudge, Option<Id>),
    /// What was done about a nudge that came.
    Done(Id, TypedDone),
    /// A time to snooze until, of a nudge that came.
    Snooze(Id, String),
    /// The same of a planned one.
    SnoozePlanned(Id, String),
    /// A nudge that was cancelled.
    Cancelled(Nudge),
    /// A pause.
    Pause(TypedPause),
    /// What there was no room for.
    Full(Waits),
    /// What waits until somebody is added.
    Adding(Waits, Typed),
    /// What is to be done with the nudge that is meant.
    Which(Then),
    /// A time to snooze until, of all of a digest.
    SnoozeAll(Id, String),
}

impl Draft {
    /// What leads back from a question about this to the nudge that it is about.
    pub(super) fn way_back(&self) -> Option<NudgePress> {
        match self {
            Self::Done(came, _) | Self::Snooze(came, _) => Some(NudgePress::Back(*came)),
            Self::SnoozePlanned(nudge, _) | Self::Plan(_, Some(nudge)) => {
                Some(NudgePress::BackPlanned(*nudge))
            }
            Self::Plan(_, None)
            | Self::Cancelled(_)
            | Self::Pause(_)
            | Self::Full(_)
            | Self::Adding(..)
            | Self::Which(_) => None,
            Self::SnoozeAll(digest, _) => Some(NudgePress::Bundle(Bundle::Digest(*digest))),
        }
    }
}
