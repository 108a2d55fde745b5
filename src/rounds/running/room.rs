//! What is said in a group's room, and what is done where nothing can be said there any more.

use jiff::{SignedDuration, Timestamp};

use super::course::Lost;
use super::{parts, store, views};
use crate::agenda;
use crate::delivery::{self, Errand, Letter, Outcome, Tell, To};
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::failure::Failure;
use crate::discord::message::Message;
use crate::id::Id;
use crate::members::Asking;
use crate::rounds::group::{Group, Room};
use crate::rounds::round::{Round, Stage};
use crate::rounds::{life, publish, store as rounds};
use crate::store::{StoreError, Tx};

/// Whose agenda entries these are: what became of something said in a room; the subject is the round, the group and
/// the letter.
pub const SAID: &str = "round/running/said";
/// So long after something is said in a thread that rests it is awake: Discord takes nobody into one that rests, or
/// out of it.
pub(super) const WAKES: SignedDuration = SignedDuration::from_secs(30);
/// The same of a look at why nothing can be said there; the subject is the round, the group and the errand.
pub const LOOKED: &str = "round/running/looked";

pub(super) fn due(app: &App) -> Vec<(&'static str, agenda::Handler)> {
    let other = app.clone();
    vec![(SAID, Box::new(said)), (LOOKED, Box::new(move |tx, due| looked(tx, &other, due)))]
}

/// Says something in a group's room, where there is one.
///
/// # Errors
/// The store's.
pub(super) fn say(
    tx: &mut Tx<'_>,
    (id, _): (Id, &Round),
    (number, group): (u16, &Group),
    message: Message,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(channel) = group.channel() else { return Ok(()) };
    let letter = Id::new(now);
    let tell = Tell::new(SAID, format!("{id} {number} {letter}"));
    let letter = Letter::new(To::Channel(channel), message, now).with_id(letter).telling(tell);
    delivery::post(tx, &letter).map(drop)
}

/// Something was said in a room, or could not be: then Discord is asked why.
fn said(tx: &mut Tx<'_>, due: &agenda::Due) -> anyhow::Result<()> {
    let [id, number, letter] = parts(&due.subject)?;
    let (id, number, letter): (Id, u16, Id) = (id.parse()?, number.parse()?, letter.parse()?);
    let mut course = store::course(tx, id, number)?;
    if delivery::sent(tx, letter)?.is_some() {
        if course.lost.take().is_some() {
            store::put_course(tx, id, number, &course)?;
        }
        return Ok(());
    }
    let Some(round) = rounds::round(tx, id)?.filter(|round| round.stage.is_open()) else { return Ok(()) };
    let Some(group) = rounds::group(tx, id, number)? else { return Ok(()) };
    let Some(channel) = group.channel() else { return Ok(()) };
    if course.lost.is_some() || delivery::unreachable(tx, To::Channel(channel))?.is_none() {
        return Ok(());
    }
    course.lost = Some(Lost::Asked);
    store::put_course(tx, id, number, &course)?;
    // Adding somebody who is in it changes nothing, and Discord's answer says what is wrong.
    let user = group.people.first().copied().unwrap_or(round.by);
    let errand = Id::new(due.now);
    let tell = Tell::new(LOOKED, format!("{id} {number} {errand}"));
    let what = publish::way_in(round.rooms, channel, user);
    delivery::ask(tx, &Errand::new(what, due.now).with_id(errand).telling(tell))?;
    Ok(())
}

/// Why nothing can be said in a room is known: the organizer is told.
fn looked(tx: &mut Tx<'_>, app: &App, due: &agenda::Due) -> anyhow::Result<()> {
    let [id, number, errand] = parts(&due.subject)?;
    let (id, number, errand): (Id, u16, Id) = (id.parse()?, number.parse()?, errand.parse()?);
    let code = match delivery::outcome(tx, errand)? {
        Some(Outcome::Refused { code, .. }) => Some(code),
        _ => None,
    };
    delivery::forget_outcome(tx, errand)?;
    let mut course = store::course(tx, id, number)?;
    let Some(round) = rounds::round(tx, id)?.filter(|round| round.stage.is_open()) else { return Ok(()) };
    let Some(group) = rounds::group(tx, id, number)?.filter(|_| course.lost == Some(Lost::Asked)) else {
        return Ok(());
    };
    let why = Lost::of(code);
    tracing::warn!(round = %id, group = number, ?code, "nothing can be said in a group's room");
    course.lost = Some(why);
    store::put_course(tx, id, number, &course)?;
    life::tell(tx, app, round.by, due.now, |words| {
        views::room_lost(words, (id, &round), (number, &group), why)
    })?;
    Ok(())
}

/// An organizer says that a room is back: what waits for it is tried again.
///
/// # Errors
/// The store's.
pub(super) fn is_back(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
    number: u16,
) -> Result<Show, Failure> {
    let Some((group, channel)) =
        rounds::group(tx, id, number)?.and_then(|it| it.channel().map(|at| (it, at)))
    else {
        return Ok(Show::Update(views::room_is_made(asking.words, round, number)));
    };
    try_again(tx, id, (number, &group))?;
    delivery::try_again(tx, To::Channel(channel))?;
    Ok(Show::Update(views::room_tried(asking.words, round, number, channel)))
}

/// What waits for a room is tried again; the organizer hears anew if it still cannot be said.
pub(in crate::rounds) fn try_again(
    tx: &mut Tx<'_>,
    id: Id,
    (number, group): (u16, &Group),
) -> Result<(), StoreError> {
    let mut course = store::course(tx, id, number)?;
    if course.lost.take().is_some() {
        store::put_course(tx, id, number, &course)?;
    }
    group.channel().map_or(Ok(()), |channel| delivery::try_again(tx, To::Channel(channel)))
}

/// An organizer wants a new room for a group: it is made as the first one was, once.
///
/// # Errors
/// The store's.
pub(super) fn new_room(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
    number: u16,
) -> Result<Show, Failure> {
    let mut course = store::course(tx, id, number)?;
    let group = rounds::group(tx, id, number)?
        .filter(|group| round.stage == Stage::Running && course.lost.is_some() && group.channel().is_some());
    if let Some(mut group) = group {
        course.lost = None;
        store::put_course(tx, id, number, &course)?;
        // What could not be said in the old one is past.
        for letter in
            group.channel().map(To::Channel).map(|to| delivery::held(tx, to)).transpose()?.unwrap_or_default()
        {
            delivery::withdraw(tx, letter.id)?;
        }
        group.room = Room::None;
        group.added.clear();
        rounds::put_group(tx, id, number, &group)?;
        publish::go_on(tx, id, asking.now)?;
    }
    Ok(Show::Update(views::room_is_made(asking.words, round, number)))
}
