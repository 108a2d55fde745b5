//! What a member does about connections, whether by a command, a button or a form.

use std::ops::ControlFlow;

use serde::Serialize;

use super::forms::{At, Refusal, Typed, TypedTouch};
use super::press::{ConnectionPress, Draft, Then};
use super::who::{self, Meant, Written};
use super::{Connection, Touch, modals, rhythm, store, views};
use crate::discord::answer::Show;
use crate::discord::app::Became;
use crate::discord::custom_id::Press;
use crate::discord::failure::Failure;
use crate::discord::message::Message;
use crate::discord::text::relative;
use crate::id::Id;
use crate::members::views::saying;
use crate::members::{Asking, ask_back, drafts, rhythms};
use crate::say;
use crate::store::Tx;

/// How many of the latest touches a card shows.
const LATEST: usize = 5;

/// Goes on with the one who is meant by `who`, or asks back who it is.
pub(super) fn whom(tx: &mut Tx<'_>, asking: &Asking<'_>, who: &str, then: &Then) -> Result<Show, Failure> {
    let draft = || Draft::Then(then.clone());
    let nobody = |tx: &mut Tx<'_>| match then {
        // What was typed is logged once they are added.
        Then::Log(_) => offer_to_add(tx, asking, who, &Draft::AddThen(named(who), then.clone())),
        Then::Show | Then::Edit | Then::Remove => nobody(tx, asking, who),
    };
    match meant(tx, asking, who, draft, ConnectionPress::Pick, nobody)? {
        ControlFlow::Continue(connection) => go_on(tx, asking, connection, then, None),
        ControlFlow::Break(asked) => Ok(asked),
    }
}

/// The one who is meant by `who`; else what asks back who it is, where `pick` is what chooses one
/// for the draft, and `nobody` is what answers that nobody is.
///
/// # Errors
/// The store's.
pub fn meant<D: Serialize, P: Press>(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    who: &str,
    draft: impl FnOnce() -> D,
    pick: impl FnOnce(Id) -> P,
    nobody: impl FnOnce(&mut Tx<'_>) -> Result<Show, Failure>,
) -> Result<ControlFlow<Show, Connection>, Failure> {
    let owner = asking.person.id;
    let network = store::known(tx, owner, who)?;
    Ok(match who::resolve(who, &network) {
        Meant::One(connection) => ControlFlow::Continue(connection.clone()),
        Meant::Several(found) => {
            let draft = drafts::keep(tx, owner, asking.now, &draft())?;
            let which = views::which(asking.words, who, &found, pick(draft).id());
            ControlFlow::Break(Show::Reply(which))
        }
        Meant::Nobody => ControlFlow::Break(nobody(tx)?),
    })
}

/// Says that nobody is called so, and offers to add them.
///
/// # Errors
/// The store's.
pub fn nobody(tx: &mut Tx<'_>, asking: &Asking<'_>, who: &str) -> Result<Show, Failure> {
    offer_to_add(tx, asking, who, &Draft::Add(named(who)))
}

fn offer_to_add(tx: &mut Tx<'_>, asking: &Asking<'_>, who: &str, draft: &Draft) -> Result<Show, Failure> {
    let draft = drafts::keep(tx, asking.person.id, asking.now, draft)?;
    let text = views::nobody(asking.words, who);
    Ok(Show::Reply(views::offering_to_add(asking.words, text, draft)))
}

/// What is known of somebody to add by what was typed for `who:`.
#[must_use]
pub fn named(who: &str) -> Typed {
    match Written::of(who) {
        Written::Picked(_) => Typed::default(),
        Written::Mention(user) => Typed { member: Some(user), ..Typed::default() },
        Written::Words(name) => Typed { name: name.to_owned(), ..Typed::default() },
    }
}

/// Does what was to be done with the one who is meant, from the draft of a question or at once.
pub(super) fn go_on(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    connection: Connection,
    then: &Then,
    draft: Option<Id>,
) -> Result<Show, Failure> {
    match then {
        Then::Show => show_one(tx, asking, &connection),
        Then::Edit => {
            Ok(Show::Modal(modals::edit_form(asking.words, connection.id, &Typed::of(&connection))))
        }
        Then::Remove => ask_to_remove(tx, asking, &connection),
        Then::Log(typed) => log(tx, asking, connection, typed, draft),
    }
}

/// What became of somebody to add.
#[derive(Clone, Debug, PartialEq)]
pub enum Added {
    /// They are in the network now, with so many of that name there before.
    New(Connection, usize),
    /// They are there already.
    There(Connection),
    /// They are not taken.
    Refused(Refusal),
    /// There is no room for them.
    Full,
}

/// Adds somebody, with the id `id`: adding them again adds no second one.
///
/// # Errors
/// The store's, or they are the member.
pub fn added(tx: &mut Tx<'_>, asking: &Asking<'_>, typed: &Typed, id: Id) -> Result<Added, Failure> {
    let owner = asking.person.id;
    let limits = &asking.app.limits;
    let rhythms = rhythms::store::get(tx, owner)?;
    let read = typed.with_rhythm(&rhythms).read(&asking.member.asker(asking.now), limits.note_length);
    let fields = match read {
        Ok(fields) => fields,
        Err(refusal) => return Ok(Added::Refused(refusal)),
    };
    if let Some(there) = store::get(tx, owner, id)? {
        return Ok(Added::There(there));
    }
    if typed.member == Some(owner) {
        return Err(Failure::told(Message::new(asking.words.say("menu-yourself"))));
    }
    if store::count(tx, owner)? >= limits.connections_per_member {
        return Ok(Added::Full);
    }
    if let Some(user) = typed.member
        && let Some(there) = store::of_user(tx, owner, user)?
    {
        return Ok(Added::There(there));
    }
    let namesakes = store::namesakes(tx, owner, &fields.name)?;
    let mut connection = Connection {
        member: typed.member,
        relationship: fields.relationship,
        met: fields.met,
        tags: fields.tags,
        every: fields.every,
        note: fields.note,
        ..Connection::new(id, fields.name, asking.now)
    };
    connection.turn = rhythm::turn(&connection, &asking.member, asking.now);
    store::put(tx, owner, &connection)?;
    Ok(Added::New(connection, namesakes))
}

/// Adds somebody and says what became of it; `then` is what is to be done with them.
pub fn add_one(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    typed: &Typed,
    id: Id,
    then: Option<&Then>,
) -> Result<Show, Failure> {
    let words = asking.words;
    let draft = || match then {
        Some(then) => Draft::AddThen(typed.clone(), then.clone()),
        None => Draft::Add(typed.clone()),
    };
    match (added(tx, asking, typed, id)?, then) {
        (Added::New(connection, namesakes), Some(then)) => {
            let saved = views::saved_text(words, &connection, namesakes);
            Ok(saying(go_on(tx, asking, connection, then, Some(id))?, &saved, false))
        }
        (Added::There(connection), Some(then)) => go_on(tx, asking, connection, then, Some(id)),
        (Added::New(connection, namesakes), None) => {
            Ok(Show::Reply(views::saved(words, &connection, namesakes)))
        }
        // Cut or sent once more: they were added.
        (Added::There(there), None) if there.id == id => Ok(Show::Reply(views::saved(words, &there, 0))),
        (Added::There(there), None) => Ok(Show::Reply(views::there_already(words, &there))),
        (Added::Refused(refusal), _) => refuse(tx, asking, &refusal, &draft()),
        (Added::Full, _) => {
            let draft = drafts::keep(tx, asking.person.id, asking.now, &draft())?;
            Ok(Show::Reply(views::full(words, asking.app.limits.connections_per_member, draft)))
        }
    }
}

/// Takes a sent edit form.
pub(super) fn edited(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    mut connection: Connection,
    typed: &Typed,
) -> Result<Show, Failure> {
    // A note that is kept was taken once: its length is no reason to refuse the rest.
    let rhythms = rhythms::store::get(tx, asking.person.id)?;
    let fields = match typed.with_rhythm(&rhythms).read(&asking.member.asker(asking.now), usize::MAX) {
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
        connection.turn = rhythm::turn_of_new_rhythm(&connection, &asking.member, asking.now);
    }
    store::put(tx, asking.person.id, &connection)?;
    changed(tx, asking, &connection)
}

/// Shows a connection as it was changed.
pub(super) fn changed(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    connection: &Connection,
) -> Result<Show, Failure> {
    let first = say!(asking.words, "connection-changed", name = views::bold(&connection.name));
    Ok(Show::Update(card(tx, asking, connection, &first)?))
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
    let mut message = views::card(asking.words, first, connection, &latest);
    for part in asking.app.cards.iter() {
        let field = part(tx, asking.person.id, connection.id, asking.words)?;
        if let Some(embed) = message.embeds.first_mut() {
            embed.fields.extend(field);
        }
    }
    Ok(message)
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

/// Removes a connection, and with it what other areas keep of it.
pub(super) fn remove(tx: &mut Tx<'_>, asking: &Asking<'_>, connection: Connection) -> Result<(), Failure> {
    let (owner, id) = (asking.person.id, connection.id);
    store::remove(tx, owner, connection, asking.now)?;
    for fate in asking.app.fates.iter() {
        fate(tx, owner, id, Became::Removed)?;
    }
    Ok(())
}

/// Takes a removed connection back with all that; `None` where it is too late.
pub(super) fn restore(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Option<Connection>, Failure> {
    let owner = asking.person.id;
    let restored = store::restore(tx, owner, &asking.member, id, asking.now)?;
    if restored.is_some() {
        for fate in asking.app.fates.iter() {
            fate(tx, owner, id, Became::Back)?;
        }
    }
    Ok(restored)
}

/// Opens the form to add somebody, with what is known filled in.
pub(super) fn open_add(tx: &mut Tx<'_>, asking: &Asking<'_>, typed: &Typed) -> Result<Show, Failure> {
    let draft = drafts::keep(tx, asking.person.id, asking.now, &Draft::Add(typed.clone()))?;
    let form = ConnectionPress::AddForm(draft).id();
    Ok(Show::Modal(modals::add_form(asking.words, form, typed, asking.app.limits.note_length)))
}

/// Says why something was not taken; what was typed is kept for another try.
pub(super) fn refuse(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    refusal: &Refusal,
    draft: &Draft,
) -> Result<Show, Failure> {
    let why = views::refusal(asking.words, refusal);
    let again = ConnectionPress::Again;
    match refusal.most() {
        Some(most) => ask_back::refuse_too_long(tx, asking, (why, most), draft, again, ConnectionPress::Cut),
        None => ask_back::refuse(tx, asking, why, draft, again),
    }
}

/// Logs a touch. `draft` is what it goes on from: a button of Kith's question that is pressed twice
/// logs once.
pub(super) fn log(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    mut connection: Connection,
    typed: &TypedTouch,
    draft: Option<Id>,
) -> Result<Show, Failure> {
    let owner = asking.person.id;
    let asker = asking.member.asker(asking.now);
    let read = typed
        .what()
        .and_then(|what| Ok((what, typed.note(asking.app.limits.note_length)?, typed.at(&asker)?)));
    match read {
        Err(refusal) => refuse(tx, asking, &refusal, &Draft::Log(connection.id, typed.clone())),
        Ok((_, _, At::Several(readings))) => {
            let draft = Draft::Log(connection.id, typed.clone());
            ask_back::which_moment(tx, asking, &typed.when, &readings, &draft, ConnectionPress::When)
        }
        Ok((what, note, At::One(at))) => {
            let touch = Touch { what, at, note, feedback: false, turned: None };
            let id = store::log(tx, owner, &asking.member, &mut connection, &touch, asking.now)?;
            if let Some(draft) = draft {
                drafts::put(tx, owner, draft, &Draft::Logged(connection.id, id))?;
            }
            logged(tx, asking, &connection, (id, &touch))
        }
    }
}

/// Shows a touch that was logged, with what other areas offer then.
fn logged(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    connection: &Connection,
    (id, touch): (Id, &Touch),
) -> Result<Show, Failure> {
    let mut message = views::logged(asking.words, connection, (id, touch));
    for offer in asking.app.offers.iter() {
        let of = (connection.id, touch.what.word());
        if let Some(button) = offer(tx, asking.person.id, of, asking.words)? {
            message = message.and(button);
        }
    }
    Ok(Show::Reply(message))
}

/// A touch that was logged from a draft, once more.
pub(super) fn logged_already(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    of: Id,
    touch: Id,
) -> Result<Show, Failure> {
    let connection = mine(tx, asking, of)?;
    let logged = store::touch(tx, asking.person.id, of, touch)?.ok_or_else(|| gone(asking))?;
    self::logged(tx, asking, &connection, (touch, &logged))
}

/// A connection of the one who acts. Somebody else's is answered just as one that is gone.
pub(super) fn mine(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Connection, Failure> {
    store::get(tx, asking.person.id, id)?.ok_or_else(|| gone(asking))
}

/// The record that a button means is gone.
pub(super) fn gone(asking: &Asking<'_>) -> Failure {
    Failure::told(Message::new(asking.words.say("connection-gone")))
}
