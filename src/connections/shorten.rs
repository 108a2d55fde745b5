//! A text over the limits, cut once that was asked for.

use super::acts::{add_one, edited, log, logged_already, mine};
use super::forms::TypedTouch;
use super::press::Draft;
use super::sent::{new_note, new_touch_note};
use crate::discord::answer::Show;
use crate::discord::failure::Failure;
use crate::discord::text::cut;
use crate::id::Id;
use crate::members::ask_back::too_old;
use crate::members::{Asking, drafts};
use crate::store::Tx;

/// Takes a draft with the text that is too long in it cut at a word.
pub(super) fn taken(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let most = asking.app.limits.note_length;
    match drafts::get::<Draft>(tx, asking.person.id, id)? {
        Some(Draft::Add(typed)) => add_one(tx, asking, &typed.cut(most), id, None),
        Some(Draft::AddThen(typed, then)) => add_one(tx, asking, &typed.cut(most), id, Some(&then)),
        Some(Draft::Edit(of, typed)) => {
            let connection = mine(tx, asking, of)?;
            edited(tx, asking, connection, &typed.cut(usize::MAX))
        }
        Some(Draft::Log(of, typed)) => {
            let connection = mine(tx, asking, of)?;
            let typed = TypedTouch { note: cut(&typed.note, most), ..typed };
            log(tx, asking, connection, &typed, Some(id))
        }
        Some(Draft::Note(of, note)) => new_note(tx, asking, of, cut(&note, most)),
        Some(Draft::TouchNote(of, touch, note)) => new_touch_note(tx, asking, (of, touch), cut(&note, most)),
        Some(Draft::Logged(of, touch)) => logged_already(tx, asking, of, touch),
        Some(Draft::Rhythm(..) | Draft::Then(_) | Draft::List(_)) | None => Err(too_old(asking)),
    }
}
