//! Taking something back.

use jiff::{SignedDuration, Timestamp};

use super::Asking;
use crate::discord::failure::Failure;
use crate::discord::message::Message;

/// How long something can be taken back.
pub const UNDO: SignedDuration = SignedDuration::from_mins(10);

/// Holds taking back what was `done` then to its time.
///
/// # Errors
/// It is too late.
pub fn in_time(asking: &Asking<'_>, done: Timestamp) -> Result<(), Failure> {
    if asking.now > done + UNDO { Err(too_late(asking)) } else { Ok(()) }
}

/// It is too late to take something back.
#[must_use]
pub fn too_late(asking: &Asking<'_>) -> Failure {
    Failure::told(Message::new(asking.words.say("undo-too-late")))
}
