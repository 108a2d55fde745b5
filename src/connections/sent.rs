//! The forms of connections and touches, once they are sent.

use super::acts::{add_one, changed, edited, gone, log, mine, refuse};
use super::forms::{self, Typed, TypedTouch};
use super::modals::note_of;
use super::press::{ConnectionPress, Draft};
use super::{rhythm, store, views};
use crate::discord::answer::Show;
use crate::discord::failure::Failure;
use crate::discord::router::Pressed;
use crate::id::Id;
use crate::members::ask_back::too_old;
use crate::members::{Asking, drafts};
use crate::store::Tx;

/// Takes a form that was sent.
pub(super) fn sent(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    press: &ConnectionPress,
    pressed: &Pressed,
) -> Result<Show, Failure> {
    use ConnectionPress as P;
    match press {
        P::AddForm(draft) => {
            let (kept, then) = match drafts::get(tx, asking.person.id, *draft)? {
                Some(Draft::Add(typed)) => (typed, None),
                Some(Draft::AddThen(typed, then)) => (typed, Some(then)),
                _ => (Typed::default(), None),
            };
            let id = if then.is_some() { *draft } else { Id::new(asking.now) };
            add_one(tx, asking, &typed_in(pressed, kept), id, then.as_ref())
        }
        P::EditForm(id) => {
            let connection = mine(tx, asking, *id)?;
            let kept = Typed::of(&connection);
            edited(tx, asking, connection, &typed_in(pressed, kept))
        }
        P::LogForm(id) => {
            let connection = mine(tx, asking, *id)?;
            let typed = TypedTouch {
                what: pressed.field("what").to_owned(),
                when: pressed.field("when").to_owned(),
                note: note_of(&pressed.fields).unwrap_or_default(),
            };
            log(tx, asking, connection, &typed, None)
        }
        P::RhythmForm(id) => new_rhythm(tx, asking, *id, pressed.field("every")),
        P::NoteForm(id) => new_note(tx, asking, *id, note_of(&pressed.fields).unwrap_or_default()),
        P::TouchNoteForm(id, touch) => {
            new_touch_note(tx, asking, (*id, *touch), note_of(&pressed.fields).unwrap_or_default())
        }
        _ => Err(too_old(asking)),
    }
}

fn new_rhythm(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id, every: &str) -> Result<Show, Failure> {
    let mut connection = mine(tx, asking, id)?;
    match forms::rhythm(every, &asking.member.asker(asking.now)) {
        Ok(every) => {
            connection.every = every;
            connection.turn = rhythm::turn_of_new_rhythm(&connection, &asking.member, asking.now);
            store::put(tx, asking.person.id, &connection)?;
            changed(tx, asking, &connection)
        }
        Err(refusal) => refuse(tx, asking, &refusal, &Draft::Rhythm(id, every.to_owned())),
    }
}

pub(super) fn new_note(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id, typed: String) -> Result<Show, Failure> {
    let mut connection = mine(tx, asking, id)?;
    match forms::note(&typed, asking.app.limits.note_length) {
        Ok(note) => {
            connection.note = note;
            store::put(tx, asking.person.id, &connection)?;
            changed(tx, asking, &connection)
        }
        Err(refusal) => refuse(tx, asking, &refusal, &Draft::Note(id, typed)),
    }
}

pub(super) fn new_touch_note(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, touch_id): (Id, Id),
    typed: String,
) -> Result<Show, Failure> {
    let owner = asking.person.id;
    let mut connection = mine(tx, asking, id)?;
    let mut touch = store::touch(tx, owner, id, touch_id)?.ok_or_else(|| gone(asking))?;
    match forms::note(&typed, asking.app.limits.note_length) {
        Ok(note) => {
            touch.note = note;
            let change = (touch_id, &touch);
            store::change_touch(tx, owner, &asking.member, &mut connection, change, asking.now)?;
            Ok(Show::Update(views::logged(asking.words, &connection, change)))
        }
        Err(refusal) => refuse(tx, asking, &refusal, &Draft::TouchNote(id, touch_id, typed)),
    }
}

/// What a form says of somebody over what was known; inputs that the form lacks stay.
#[must_use]
pub fn typed_in(pressed: &Pressed, kept: Typed) -> Typed {
    let or = |input: &str, kept: String| match pressed.fields.get(input) {
        Some(typed) => typed.trim().to_owned(),
        None => kept,
    };
    Typed {
        name: or("name", kept.name),
        member: kept.member,
        relationship: or("relationship", kept.relationship),
        met: or("met", kept.met),
        tags: or("tags", kept.tags),
        every: or("every", kept.every),
        note: note_of(&pressed.fields).unwrap_or(kept.note),
    }
}
