//! What a member does about connections, whether by a command, a button or a form.

use super::forms::{At, Refusal, Typed, TypedTouch};
use super::press::{ConnectionPress, Draft, Then};
use super::who::{self, Meant};
use super::{Connection, Ledger, Touch, Turn, rhythm, store, views};
use crate::discord::answer::Show;
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::message::Message;
use crate::discord::text::relative;
use crate::id::Id;
use crate::members::{Asking, drafts};
use crate::say;
use crate::store::Tx;

/// How many of the latest touches a card shows.
const LATEST: usize = 5;

/// Goes on with the one who is meant by `who`, or asks back who it is.
pub(super) fn whom(tx: &mut Tx<'_>, asking: &Asking<'_>, who: &str, then: &Then) -> Result<Show, Failure> {
    let owner = asking.person.id;
    let network = store::network(tx, owner)?;
    match who::resolve(who, &network) {
        Meant::One(connection) => go_on(tx, asking, connection.clone(), then),
        Meant::Several(found) => {
            let draft = drafts::keep(tx, owner, asking.now, &Draft::Then(then.clone()))?;
            let pick = ConnectionPress::Pick(draft).id();
            Ok(Show::Reply(views::which(asking.words, who, &found, pick)))
        }
        Meant::Nobody => nobody(tx, asking, who),
    }
}

/// Says that nobody is called so, and offers to add them.
///
/// # Errors
/// The store's.
pub fn nobody(tx: &mut Tx<'_>, asking: &Asking<'_>, who: &str) -> Result<Show, Failure> {
    let name = who.strip_prefix('=').map_or(who, |_| "").to_owned();
    let draft = Draft::Add(Typed { name, ..Typed::default() });
    let draft = drafts::keep(tx, asking.person.id, asking.now, &draft)?;
    Ok(Show::Reply(views::nobody(asking.words, who, draft)))
}

/// Does what was to be done with the one who is meant.
pub(super) fn go_on(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    connection: Connection,
    then: &Then,
) -> Result<Show, Failure> {
    match then {
        Then::Show => show_one(tx, asking, &connection),
        Then::Edit => {
            let typed = views::typed_of(&connection);
            Ok(Show::Modal(views::edit_form(asking.words, connection.id, &typed)))
        }
        Then::Remove => ask_to_remove(tx, asking, &connection),
        Then::Log(typed) => log(tx, asking, connection, typed, false),
    }
}

/// Adds somebody.
pub(super) fn add_one(tx: &mut Tx<'_>, asking: &Asking<'_>, typed: &Typed) -> Result<Show, Failure> {
    let owner = asking.person.id;
    let limits = &asking.app.limits;
    let fields = match typed.read(&asking.member.asker(asking.now), limits.note_length) {
        Ok(fields) => fields,
        Err(refusal) => return refuse(tx, asking, &refusal, &Draft::Add(typed.clone())),
    };
    let network = store::network(tx, owner)?;
    if network.len() >= limits.connections_per_member {
        let text = say!(asking.words, "connections-full", most = limits.connections_per_member);
        return Err(Failure::told(Message::new(text)));
    }
    let same = |it: &&Connection| typed.member.is_some() && it.member == typed.member;
    if let Some(there) = network.iter().find(same) {
        return Ok(Show::Reply(views::there_already(asking.words, there)));
    }
    let folded = who::folded(&fields.name);
    let namesakes = network.iter().filter(|it| who::folded(&it.name) == folded).count();
    let mut connection = Connection {
        id: Id::new(asking.now),
        name: fields.name,
        member: typed.member,
        relationship: fields.relationship,
        met: fields.met,
        tags: fields.tags,
        every: fields.every,
        note: fields.note,
        added: asking.now,
        last: None,
        ledger: Ledger::default(),
        turn: Turn::Off,
    };
    connection.turn = rhythm::turn(&connection, &asking.member, asking.now);
    store::put(tx, owner, &connection)?;
    Ok(Show::Reply(views::saved(asking.words, &connection, namesakes)))
}

/// Takes a sent edit form.
pub(super) fn edited(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    mut connection: Connection,
    typed: &Typed,
) -> Result<Show, Failure> {
    // A note that is kept was taken once: its length is no reason to refuse the rest.
    let fields = match typed.read(&asking.member.asker(asking.now), usize::MAX) {
        Ok(fields) => fields,
        Err(refusal) => return refuse(tx, asking, &refusal, &Draft::Edit(connection.id, typed.clone())),
    };
    let rhythm_changed = fields.every != connection.every;
    connection.name = fields.name;
    connection.relationship = fields.relationship;
    connection.met = fields.met;
    connection.tags = fields.tags;
    if rhythm_changed {
        connection.every = fields.every;
        connection.turn = rhythm::turn(&connection, &asking.member, asking.now);
    }
    store::put(tx, asking.person.id, &connection)?;
    let first = say!(asking.words, "connection-changed", name = views::bold(&connection.name));
    Ok(Show::Reply(card(tx, asking, &connection, &first)?))
}

/// Shows a connection.
pub(super) fn show_one(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    connection: &Connection,
) -> Result<Show, Failure> {
    let name = views::bold(&connection.name);
    let first = match &connection.last {
        Some(last) => {
            let when = relative(last.at);
            say!(asking.words, "card-first", name = name, when = when)
        }
        None => say!(asking.words, "card-first-untouched", name = name),
    };
    Ok(Show::Reply(card(tx, asking, connection, &first)?))
}

/// A connection's card with its latest touches.
pub(super) fn card(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    connection: &Connection,
    first: &str,
) -> Result<Message, Failure> {
    let touches = store::touches(tx, asking.person.id, connection.id)?;
    let mut latest: Vec<Touch> = touches.into_iter().map(|(_, touch)| touch).collect();
    latest.sort_by_key(|touch| std::cmp::Reverse(touch.at));
    latest.truncate(LATEST);
    Ok(views::card(asking.words, first, connection, &latest))
}

/// Asks whether a connection is to be removed.
pub(super) fn ask_to_remove(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    connection: &Connection,
) -> Result<Show, Failure> {
    let touches = store::touches(tx, asking.person.id, connection.id)?.len();
    Ok(Show::Reply(views::remove_question(asking.words, connection, touches)))
}

/// Opens the form to add somebody, with what is known filled in.
pub(super) fn open_add(tx: &mut Tx<'_>, asking: &Asking<'_>, typed: &Typed) -> Result<Show, Failure> {
    let draft = drafts::keep(tx, asking.person.id, asking.now, &Draft::Add(typed.clone()))?;
    Ok(Show::Modal(views::add_form(asking.words, typed, draft)))
}

/// Says why something was not taken; what was typed is kept for another try.
pub(super) fn refuse(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    refusal: &Refusal,
    draft: &Draft,
) -> Result<Show, Failure> {
    let draft = drafts::keep(tx, asking.person.id, asking.now, draft)?;
    Ok(Show::Reply(views::refused(asking.words, refusal, draft)))
}

/// Logs a touch; `asked` says that its moment was asked back for.
pub(super) fn log(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    mut connection: Connection,
    typed: &TypedTouch,
    asked: bool,
) -> Result<Show, Failure> {
    let owner = asking.person.id;
    let asker = asking.member.asker(asking.now);
    let read = typed
        .what()
        .and_then(|what| Ok((what, typed.note(asking.app.limits.note_length)?, typed.at(&asker, asked)?)));
    match read {
        Err(refusal) => refuse(tx, asking, &refusal, &Draft::Log(connection.id, typed.clone())),
        Ok((_, _, At::Several(readings))) => {
            let draft = Draft::Log(connection.id, typed.clone());
            let draft = drafts::keep(tx, owner, asking.now, &draft)?;
            let press = |n| ConnectionPress::When(draft, n).id();
            Ok(Show::Reply(views::which_moment(asking.words, &typed.when, &readings, press)))
        }
        Ok((what, note, At::One(at))) => {
            let touch = Touch { what, at, note, feedback: false };
            let id = store::log(tx, owner, &asking.member, &mut connection, &touch, asking.now)?;
            Ok(Show::Reply(views::logged(asking.words, &connection, (id, &touch))))
        }
    }
}
