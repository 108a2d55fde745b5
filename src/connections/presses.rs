//! What the buttons, menus and forms about connections do.

use super::acts::{self, go_on, gone, log, mine, open_add};
use super::forms::{Typed, TypedTouch, every_of};
use super::list;
use super::press::{ConnectionPress, Draft};
use super::query::Query;
use super::sent::sent;
use super::{Connection, modals, shorten, store, views};
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::custom_id::{CustomId, Press as _};
use crate::discord::failure::Failure;
use crate::discord::message::{Component, Message};
use crate::discord::router::Pressed;
use crate::id::Id;
use crate::members::ask_back::{chosen_moment, too_old};
use crate::members::undo::{in_time, too_late};
use crate::members::{Asking, UNDO, drafts, serve_press};
use crate::say;
use crate::store::Tx;
use crate::when;

/// Answers a press.
///
/// # Errors
/// The button is outdated, or the store fails.
pub async fn press(app: App, pressed: Pressed) -> Result<Show, Failure> {
    let press = pressed.press::<ConnectionPress>(&app)?;
    let in_place = acts_on_message(&press, &pressed);
    serve_press(&app, &pressed, |tx, asking| {
        let show = act(tx, asking, &press, &pressed)?;
        Ok(if in_place { show.in_place() } else { show })
    })
    .await
}

/// Whether the message that bears what was pressed says what came of it. What only leads to something
/// else stays: the list of which one is shown, the help from which somebody is added.
fn acts_on_message(press: &ConnectionPress, pressed: &Pressed) -> bool {
    use ConnectionPress as P;
    match press {
        P::Show(_) | P::Open => false,
        P::AddForm(_) => asked_back(pressed),
        // What was typed is still there to be tried again once something was removed.
        P::List { .. } => !asked_back(pressed),
        _ => pressed.message.is_some(),
    }
}

/// Whether the form came from a message that asked to try again.
fn asked_back(pressed: &Pressed) -> bool {
    let rows = pressed.message.iter().flat_map(|message| &message.components);
    rows.flat_map(|row| &row.components).any(|component| {
        let Component::Button(button) = component else { return false };
        let id = button.custom_id.as_deref().and_then(CustomId::parse);
        matches!(id.and_then(|id| id.press()), Some(ConnectionPress::Again(_)))
    })
}

fn act(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    press: &ConnectionPress,
    pressed: &Pressed,
) -> Result<Show, Failure> {
    use ConnectionPress as P;
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
        P::Edit(_) | P::Note(_) | P::Rhythm(_) | P::Log(_) | P::TouchNote(..) | P::Add => {
            opened(tx, asking, press)
        }
        P::Again(draft) => again(tx, asking, *draft),
        P::Cut(draft) => shorten::taken(tx, asking, *draft),
        P::Pick(_) | P::When(..) => resume(tx, asking, press, pressed),
        P::List { sort, relationship, page } => {
            let query = Query { sort: *sort, relationship: *relationship, ..Query::default() };
            let list = list::page(tx, asking, &query, None, *page)?;
            Ok(if asked_back(pressed) { Show::Reply(list) } else { Show::Update(list) })
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

/// The form that a button opens, with what is kept filled in.
fn opened(tx: &mut Tx<'_>, asking: &Asking<'_>, press: &ConnectionPress) -> Result<Show, Failure> {
    use ConnectionPress as P;
    let words = asking.words;
    match press {
        P::Edit(id) => {
            let connection = mine(tx, asking, *id)?;
            Ok(Show::Modal(modals::edit_form(words, *id, &Typed::of(&connection))))
        }
        P::Note(id) => {
            let connection = mine(tx, asking, *id)?;
            let note = connection.note.unwrap_or_default();
            Ok(Show::Modal(modals::note_form(words, P::NoteForm(*id).id(), &note)))
        }
        P::Rhythm(id) => {
            let connection = mine(tx, asking, *id)?;
            Ok(Show::Modal(modals::rhythm_form(words, *id, &every_of(&connection))))
        }
        P::Log(id) => {
            let connection = mine(tx, asking, *id)?;
            Ok(Show::Modal(modals::log_form(words, &connection.name, *id, &TypedTouch::default())))
        }
        P::TouchNote(id, touch) => {
            let note = store::touch(tx, asking.person.id, *id, *touch)?.ok_or_else(|| gone(asking))?.note;
            let form = P::TouchNoteForm(*id, *touch).id();
            Ok(Show::Modal(modals::note_form(words, form, &note.unwrap_or_default())))
        }
        P::Add => open_add(tx, asking, &Typed::default()),
        _ => Err(too_old(asking)),
    }
}

/// The form of a draft, to mend what was not taken.
fn again(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    use ConnectionPress as P;
    let words = asking.words;
    match drafts::get::<Draft>(tx, asking.person.id, id)? {
        Some(Draft::Add(typed) | Draft::AddThen(typed, _)) => {
            let form = P::AddForm(id).id();
            Ok(Show::Modal(modals::add_form(words, form, &typed, asking.app.limits.note_length)))
        }
        Some(Draft::Edit(of, typed)) => Ok(Show::Modal(modals::edit_form(words, of, &typed))),
        Some(Draft::Rhythm(of, every)) => Ok(Show::Modal(modals::rhythm_form(words, of, &every))),
        Some(Draft::Log(of, typed)) => {
            let name = mine(tx, asking, of)?.name;
            Ok(Show::Modal(modals::log_form(words, &name, of, &typed)))
        }
        Some(Draft::Note(of, note)) => Ok(Show::Modal(modals::note_form(words, P::NoteForm(of).id(), &note))),
        Some(Draft::TouchNote(of, touch, note)) => {
            Ok(Show::Modal(modals::note_form(words, P::TouchNoteForm(of, touch).id(), &note)))
        }
        Some(Draft::Then(_) | Draft::List(_) | Draft::Logged(..)) | None => Err(too_old(asking)),
    }
}

/// Goes on with a draft once a person or a moment was chosen.
fn resume(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    press: &ConnectionPress,
    pressed: &Pressed,
) -> Result<Show, Failure> {
    let (draft, kept) = match press {
        ConnectionPress::Pick(id) | ConnectionPress::When(id, _) => {
            (*id, drafts::get(tx, asking.person.id, *id)?)
        }
        _ => return Err(too_old(asking)),
    };
    match (press, kept) {
        (ConnectionPress::Pick(_), Some(Draft::Then(then))) => {
            let picked = pressed.value().parse().map_err(|_| gone(asking))?;
            let connection = mine(tx, asking, picked)?;
            go_on(tx, asking, connection, &then, Some(draft))
        }
        (ConnectionPress::When(_, reading), Some(Draft::Log(of, typed))) => {
            let when = chosen_moment(asking, draft, *reading, |asker| when::past(&typed.when, asker))?;
            let typed = TypedTouch { when, ..typed };
            let connection = mine(tx, asking, of)?;
            log(tx, asking, connection, &typed, Some(draft))
        }
        (_, Some(Draft::Logged(of, touch))) => acts::logged_already(tx, asking, of, touch),
        _ => Err(too_old(asking)),
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
            let (connection, until) = match store::removed(tx, owner, *id, asking.now)? {
                // Pressed once more: it is removed.
                Some(removed) => removed,
                None => {
                    let connection = mine(tx, asking, *id)?;
                    acts::remove(tx, asking, connection.clone())?;
                    (connection, asking.now + UNDO)
                }
            };
            Ok(Show::Update(views::removed(words, &connection, until)))
        }
        P::Keep(id) => {
            let connection = mine(tx, asking, *id)?;
            Ok(Show::Update(views::kept(words, &connection)))
        }
        P::UndoRemove(id) => {
            let restored = acts::restore(tx, asking, *id)?;
            match restored.or(store::get(tx, owner, *id)?) {
                Some(connection) => back(tx, asking, &connection),
                None => Err(too_late(asking)),
            }
        }
        P::UndoAdd(id) => {
            let connection = match store::removed(tx, owner, *id, asking.now)? {
                // Pressed once more: it is taken back.
                Some((connection, _)) => connection,
                None => {
                    let connection = mine(tx, asking, *id)?;
                    in_time(asking, connection.added)?;
                    acts::remove(tx, asking, connection.clone())?;
                    connection
                }
            };
            let name = views::bold(&connection.name);
            Ok(Show::Update(Message::new(say!(words, "connection-add-undone", name = name))))
        }
        P::UndoLog(id, touch) => {
            let mut connection = mine(tx, asking, *id)?;
            if store::touch(tx, owner, *id, *touch)?.is_some() {
                in_time(asking, touch.time())?;
                store::unlog(tx, owner, &asking.member, &mut connection, *touch, asking.now)?;
            }
            Ok(Show::Update(views::unlogged(words, &connection)))
        }
        _ => Err(too_old(asking)),
    }
}

/// A connection is back, shown.
fn back(tx: &mut Tx<'_>, asking: &Asking<'_>, connection: &Connection) -> Result<Show, Failure> {
    let first = say!(asking.words, "connection-back", name = views::bold(&connection.name));
    Ok(Show::Update(acts::card(tx, asking, connection, &first)?))
}

#[cfg(test)]
mod tests;
