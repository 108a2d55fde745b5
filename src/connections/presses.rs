//! What the buttons, menus and forms about connections do.

use jiff::Timestamp;

use super::acts::{self, edited, go_on, log, open_add, refuse};
use super::forms::{self, Typed, TypedTouch};
use super::list;
use super::press::{ConnectionPress, Draft};
use super::query::Query;
use super::{Connection, rhythm, store, views};
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::message::Message;
use crate::discord::router::Pressed;
use crate::id::Id;
use crate::members::{Asking, UNDO, drafts, serve};
use crate::say;
use crate::store::Tx;

/// Answers a press.
///
/// # Errors
/// The button is outdated, or the store fails.
pub async fn press(app: App, pressed: Pressed) -> Result<Show, Failure> {
    let press = pressed.press::<ConnectionPress>(&app)?;
    serve(&app, &pressed.person, |tx, asking| act(tx, asking, &press, &pressed)).await
}

fn act(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    press: &ConnectionPress,
    pressed: &Pressed,
) -> Result<Show, Failure> {
    use ConnectionPress as P;
    let words = asking.words;
    match press {
        P::Show(id) => {
            let connection = mine(tx, asking, *id)?;
            acts::show_one(tx, asking, &connection)
        }
        P::Open => {
            let id = pressed.value().parse().map_err(|_| gone(asking))?;
            let connection = mine(tx, asking, id)?;
            acts::show_one(tx, asking, &connection)
        }
        P::Edit(id) => {
            let connection = mine(tx, asking, *id)?;
            Ok(Show::Modal(views::edit_form(words, *id, &views::typed_of(&connection))))
        }
        P::Note(id) => {
            let connection = mine(tx, asking, *id)?;
            let id = P::NoteForm(*id).id();
            Ok(Show::Modal(views::note_form(words, id, connection.note.as_deref())))
        }
        P::Rhythm(id) => {
            let connection = mine(tx, asking, *id)?;
            Ok(Show::Modal(views::rhythm_form(words, *id, &views::typed_of(&connection).every)))
        }
        P::Log(id) => {
            let connection = mine(tx, asking, *id)?;
            Ok(Show::Modal(views::log_form(words, &connection.name, *id, &TypedTouch::default())))
        }
        P::TouchNote(id, touch) => {
            let note = store::touch(tx, asking.person.id, *id, *touch)?.ok_or_else(|| gone(asking))?.note;
            Ok(Show::Modal(views::note_form(words, P::TouchNoteForm(*id, *touch).id(), note.as_deref())))
        }
        P::Add => open_add(tx, asking, &Typed::default()),
        P::Again(draft) => again(tx, asking, *draft),
        P::Pick(_) | P::When(..) => resume(tx, asking, press, pressed),
        P::List { sort, relationship, page } => {
            let query = Query { sort: *sort, relationship: *relationship, ..Query::default() };
            Ok(Show::Update(list::page(tx, asking, &query, None, *page)?))
        }
        P::Kept(draft, page) => match drafts::get(tx, asking.person.id, *draft)? {
            Some(Draft::List(query)) => {
                Ok(Show::Update(list::page(tx, asking, &query, Some(*draft), *page)?))
            }
            _ => Err(too_old(asking)),
        },
        P::Remove(id) => {
            let connection = mine(tx, asking, *id)?;
            acts::ask_to_remove(tx, asking, &connection)
        }
        P::RemoveYes(_) | P::Keep(_) | P::UndoRemove(_) | P::UndoAdd(_) | P::UndoLog(..) => {
            take_back_or_remove(tx, asking, press)
        }
        P::EditForm(_)
        | P::NoteForm(_)
        | P::RhythmForm(_)
        | P::LogForm(_)
        | P::TouchNoteForm(..)
        | P::AddForm(_) => sent(tx, asking, press, pressed),
    }
}

/// The form of a draft, to mend what was not taken.
fn again(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let words = asking.words;
    match drafts::get::<Draft>(tx, asking.person.id, id)? {
        Some(Draft::Add(typed)) => Ok(Show::Modal(views::add_form(words, &typed, id))),
        Some(Draft::Edit(of, typed)) => Ok(Show::Modal(views::edit_form(words, of, &typed))),
        Some(Draft::Rhythm(of, every)) => Ok(Show::Modal(views::rhythm_form(words, of, &every))),
        Some(Draft::Log(of, typed)) => {
            let name = mine(tx, asking, of)?.name;
            Ok(Show::Modal(views::log_form(words, &name, of, &typed)))
        }
        Some(Draft::Then(_) | Draft::List(_)) | None => Err(too_old(asking)),
    }
}

/// Goes on with a draft once a person or a moment was chosen.
fn resume(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    press: &ConnectionPress,
    pressed: &Pressed,
) -> Result<Show, Failure> {
    let owner = asking.person.id;
    match press {
        ConnectionPress::Pick(id) => match drafts::get(tx, owner, *id)? {
            Some(Draft::Then(then)) => {
                let picked = pressed.value().parse().map_err(|_| gone(asking))?;
                let connection = mine(tx, asking, picked)?;
                go_on(tx, asking, connection, &then).map(on_message)
            }
            _ => Err(too_old(asking)),
        },
        ConnectionPress::When(id, reading) => match drafts::get(tx, owner, *id)? {
            Some(Draft::Log(of, typed)) => {
                let typed = TypedTouch { reading: usize::from(*reading), ..typed };
                let connection = mine(tx, asking, of)?;
                log(tx, asking, connection, &typed, true).map(on_message)
            }
            _ => Err(too_old(asking)),
        },
        _ => Err(too_old(asking)),
    }
}

/// What a command answers anew, a press shows in place.
fn on_message(show: Show) -> Show {
    match show {
        Show::Reply(message) => Show::Update(message),
        other => other,
    }
}

fn take_back_or_remove(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    press: &ConnectionPress,
) -> Result<Show, Failure> {
    use ConnectionPress as P;
    let (owner, words) = (asking.person.id, asking.words);
    match press {
        P::RemoveYes(id) => {
            let connection = mine(tx, asking, *id)?;
            store::remove(tx, owner, connection.clone(), asking.now)?;
            Ok(Show::Update(views::removed(words, &connection, asking.now + UNDO)))
        }
        P::Keep(id) => {
            let connection = mine(tx, asking, *id)?;
            let name = views::bold(&connection.name);
            Ok(Show::Update(Message::new(say!(words, "connection-kept", name = name))))
        }
        P::UndoRemove(id) => {
            let restored = store::restore(tx, owner, &asking.member, *id, asking.now)?;
            match restored.or(store::get(tx, owner, *id)?) {
                Some(connection) => back(tx, asking, &connection),
                None => Err(too_late(asking)),
            }
        }
        P::UndoAdd(id) => {
            let Some(connection) = store::get(tx, owner, *id)? else {
                return Ok(Show::Update(Message::new(words.say("connection-add-undone-already"))));
            };
            in_time(asking, connection.added)?;
            store::remove(tx, owner, connection.clone(), asking.now)?;
            let name = views::bold(&connection.name);
            Ok(Show::Update(Message::new(say!(words, "connection-add-undone", name = name))))
        }
        P::UndoLog(id, touch) => {
            let mut connection = mine(tx, asking, *id)?;
            if store::touch(tx, owner, *id, *touch)?.is_some() {
                in_time(asking, touch.time())?;
                store::unlog(tx, owner, &asking.member, &mut connection, *touch, asking.now)?;
            }
            let name = views::bold(&connection.name);
            Ok(Show::Update(Message::new(say!(words, "touch-undone", name = name))))
        }
        _ => Err(too_old(asking)),
    }
}

/// A connection is back, shown.
fn back(tx: &mut Tx<'_>, asking: &Asking<'_>, connection: &Connection) -> Result<Show, Failure> {
    let first = say!(asking.words, "connection-back", name = views::bold(&connection.name));
    Ok(Show::Update(acts::card(tx, asking, connection, &first)?))
}

/// A form about a connection was sent.
fn sent(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    press: &ConnectionPress,
    pressed: &Pressed,
) -> Result<Show, Failure> {
    use ConnectionPress as P;
    let owner = asking.person.id;
    match press {
        P::AddForm(draft) => {
            let kept = match drafts::get(tx, owner, *draft)? {
                Some(Draft::Add(typed)) => typed,
                _ => Typed::default(),
            };
            let typed = typed_in(pressed, kept);
            acts::add_one(tx, asking, &typed)
        }
        P::EditForm(id) => {
            let connection = mine(tx, asking, *id)?;
            let kept = views::typed_of(&connection);
            edited(tx, asking, connection, &typed_in(pressed, kept)).map(on_message)
        }
        P::LogForm(id) => {
            let connection = mine(tx, asking, *id)?;
            let typed = TypedTouch {
                what: pressed.field("what").to_owned(),
                when: pressed.field("when").to_owned(),
                note: pressed.field("note").to_owned(),
                ..TypedTouch::default()
            };
            log(tx, asking, connection, &typed, false)
        }
        P::RhythmForm(id) => {
            let mut connection = mine(tx, asking, *id)?;
            match forms::rhythm(pressed.field("every"), &asking.member.asker(asking.now)) {
                Ok(every) => {
                    connection.every = every;
                    connection.turn = rhythm::turn(&connection, &asking.member, asking.now);
                    store::put(tx, owner, &connection)?;
                    changed(tx, asking, &connection)
                }
                Err(refusal) => {
                    let draft = Draft::Rhythm(*id, pressed.field("every").to_owned());
                    refuse(tx, asking, &refusal, &draft)
                }
            }
        }
        P::NoteForm(id) => {
            let mut connection = mine(tx, asking, *id)?;
            connection.note = noted(connection.note.as_deref(), pressed.field("note"));
            store::put(tx, owner, &connection)?;
            changed(tx, asking, &connection)
        }
        P::TouchNoteForm(id, touch_id) => {
            let mut connection = mine(tx, asking, *id)?;
            let mut touch = store::touch(tx, owner, *id, *touch_id)?.ok_or_else(|| gone(asking))?;
            touch.note = noted(touch.note.as_deref(), pressed.field("note"));
            let change = (*touch_id, &touch);
            store::change_touch(tx, owner, &asking.member, &mut connection, change, asking.now)?;
            Ok(Show::Update(views::logged(asking.words, &connection, (*touch_id, &touch))))
        }
        _ => Err(too_old(asking)),
    }
}

/// The note once a form was sent: one too long for a form is kept and added to.
fn noted(before: Option<&str>, typed: &str) -> Option<String> {
    match before {
        Some(before) if before.chars().count() > 4_000 => forms::filled(&format!("{before}\n{typed}")),
        _ => forms::filled(typed),
    }
}

/// What a form says over what was known; inputs that the form lacks stay.
fn typed_in(pressed: &Pressed, kept: Typed) -> Typed {
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
        note: or("note", kept.note),
    }
}

fn changed(tx: &mut Tx<'_>, asking: &Asking<'_>, connection: &Connection) -> Result<Show, Failure> {
    let first = say!(asking.words, "connection-changed", name = views::bold(&connection.name));
    Ok(Show::Update(acts::card(tx, asking, connection, &first)?))
}

/// A connection of the one who acts. Somebody else's is answered just as one that is gone.
fn mine(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Connection, Failure> {
    store::get(tx, asking.person.id, id)?.ok_or_else(|| gone(asking))
}

fn in_time(asking: &Asking<'_>, done: Timestamp) -> Result<(), Failure> {
    if asking.now > done + UNDO { Err(too_late(asking)) } else { Ok(()) }
}

fn gone(asking: &Asking<'_>) -> Failure {
    Failure::told(Message::new(asking.words.say("connection-gone")))
}

fn too_late(asking: &Asking<'_>) -> Failure {
    Failure::told(Message::new(asking.words.say("undo-too-late")))
}

fn too_old(asking: &Asking<'_>) -> Failure {
    Failure::told(Message::new(asking.words.say("draft-too-old")))
}
