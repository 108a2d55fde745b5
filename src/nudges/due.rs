//! What happens when nudges fall due: they come, as a letter.
//!
//! What falls due for one member at one moment is handled together, in one transaction: the first
//! agenda entry of it finds the others, and their entries go with it. What came is kept, each
//! connection's turn or planned nudge moves on, and the letter is posted. So each comes once,
//! whatever crashes when.
//!
//! | what is due | what becomes of it |
//! | --- | --- |
//! | in a pause, on a quiet day or in quiet hours | it waits until they are over; what was set for a span of hours or minutes does not |
//! | more from rhythms than a member takes a day | by [`rank`](super::rank) the first ones come; the rest wait for the next day, or for the next weekly message |
//! | a date of somebody who was removed | it ends |
//! | one | a letter |
//! | several, with a digest | one letter, in the order of [`rank`](super::rank) |
//! | several, each by itself | a letter each; but what is late (Kith stood still) comes as one |

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::bundle::{self, Digest, Entry};
use super::prompts::{self, PromptFacts, Prompts};
use super::rank::Place;
use super::{Because, Came, Kind, Nudge, Occasion, Opener, Source, dates, reason, store, views};
use crate::agenda;
use crate::connections::who::first_name;
use crate::connections::{self, Connection, Turn};
use crate::delivery::{self, Letter};
use crate::discord::app::App;
use crate::id::{Id, Owned, UserId};
use crate::members::{self, Digest as Mode, Member};
use crate::store::{StoreError, Tx};
use crate::when::{By, Coming};

/// How many openers a letter offers; beside ways to give, one.
const OPENERS: usize = 2;
/// How many ways to give a letter offers where the nudge is to give.
const WAYS: usize = 2;
/// Under whom the questions to oneself are remembered that were offered: no connection has this id.
const NOBODY: Id = Id(0);
/// What comes so long after its time comes late, and says so.
const LATE: SignedDuration = SignedDuration::from_hours(1);

/// The handlers of this area.
#[must_use]
pub fn due(app: &App) -> Vec<(&'static str, agenda::Handler)> {
    let handler = || -> agenda::Handler {
        let app = app.clone();
        Box::new(move |tx, due| {
            let Owned { owner, .. } = due.subject.parse()?;
            come(tx, &app, owner, due.now)
        })
    };
    vec![(connections::store::TURN, handler()), (store::NUDGE, handler())]
}

/// Everything that is due for a member comes, or is held back.
fn come(tx: &mut Tx<'_>, app: &App, owner: UserId, now: Timestamp) -> anyhow::Result<()> {
    let Some(member) = members::store::get(tx, owner)? else { return Ok(()) };
    let mut planned = store::due(tx, owner, now)?;
    let mut turns = connections::store::due(tx, owner, now)?;
    let open = member.opens(now);
    if open > now {
        for nudge in planned.extract_if(.., |nudge| !nudge.exact) {
            let coming = held(nudge.coming, open, now);
            store::put(tx, owner, &Nudge { coming, ..nudge })?;
        }
        for connection in turns.drain(..) {
            wait(tx, owner, connection, |coming| held(coming, open, now))?;
        }
    }
    end_dates_of_nobody(tx, owner, &mut planned)?;
    end_doubles(tx, owner, &mut planned)?;
    let today = now.to_zoned_datetime(member.zone()).date();
    let room = member.most_at_once().saturating_sub(store::brought(tx, owner, today)?);
    turns.sort_by_cached_key(|connection| Place::of(connection, now));
    for connection in turns.split_off(room.min(turns.len())) {
        wait(tx, owner, connection, |coming| member.tomorrow(now, coming))?;
    }
    if !turns.is_empty() {
        store::count_brought(tx, owner, today, turns.len())?;
    }
    let week = is_of_a_week(&member, &turns);
    let mut all = Vec::with_capacity(planned.len() + turns.len());
    for nudge in &planned {
        all.push(of_nudge(tx, owner, &member, nudge, now)?);
    }
    for mut connection in turns {
        all.push((take_turn(tx, owner, &mut connection, now)?, Some(connection)));
    }
    gather(&member, &mut all, now);
    for (came, connection) in &mut all {
        keep(tx, owner, came, connection.as_ref())?;
    }
    let digest = Digest { week, ..Digest::default() };
    Ok(post(tx, app, (owner, &member), (&all, &digest), now)?)
}

/// Whether what comes is a week's: something in it has waited for the weekly message.
fn is_of_a_week(member: &Member, turns: &[Connection]) -> bool {
    let chosen = |it: &Connection| matches!(it.turn, Turn::Planned(coming) if coming.chosen);
    matches!(member.digest, Mode::Weekly(_)) && !turns.iter().all(chosen)
}

/// Notes what comes together in which digest.
fn gather(member: &Member, all: &mut [Entry], now: Timestamp) {
    let is_late = all.iter().any(|(came, _)| came.late.is_some());
    if all.len() == 1 || member.digest == Mode::Each && !is_late {
        return;
    }
    for part in all.chunks_mut(bundle::MOST) {
        let id = Id::new(now);
        for (came, _) in part {
            came.digest = Some(id);
        }
    }
}

/// Dates of somebody who was removed come no more.
fn end_dates_of_nobody(tx: &mut Tx<'_>, owner: UserId, planned: &mut Vec<Nudge>) -> Result<(), StoreError> {
    for nudge in std::mem::take(planned) {
        if nudge.occasion.is_some() && store::about(tx, owner, nudge.connection)?.is_none() {
            store::end(tx, owner, nudge.id)?;
        } else {
            planned.push(nudge);
        }
    }
    Ok(())
}

/// What was snoozed and comes together with the next one of its row is one with it.
fn end_doubles(tx: &mut Tx<'_>, owner: UserId, planned: &mut Vec<Nudge>) -> Result<(), StoreError> {
    let mut rows: HashSet<Id> =
        planned.iter().filter(|nudge| nudge.of.is_none()).map(|nudge| nudge.id).collect();
    for double in planned.extract_if(.., |nudge| nudge.of.is_some_and(|row| !rows.insert(row))) {
        store::end(tx, owner, double.id)?;
    }
    Ok(())
}

/// A connection's turn waits.
fn wait(
    tx: &mut Tx<'_>,
    owner: UserId,
    mut connection: Connection,
    until: impl FnOnce(Coming) -> Coming,
) -> Result<(), StoreError> {
    if let Turn::Planned(coming) = connection.turn {
        connection.turn = Turn::Planned(until(coming));
        connections::store::put(tx, owner, &connection)?;
    }
    Ok(())
}

/// What comes of a connection's turn, which waits for an answer from now on.
pub(super) fn take_turn(
    tx: &mut Tx<'_>,
    owner: UserId,
    connection: &mut Connection,
    now: Timestamp,
) -> Result<Came, StoreError> {
    let (kind, because) = reason::choose(connection, now);
    let late = match connection.turn {
        Turn::Planned(coming) => late(coming, now),
        Turn::Off | Turn::Open(_) => None,
    };
    let id = Id::new(now);
    let connected = Some(connection.id);
    let came = Came { kind, because, late, connection: connected, ..Came::new(id, Source::Rhythm) };
    connection.turn = Turn::Open(came.id);
    connections::store::put(tx, owner, connection)?;
    Ok(came)
}

/// What comes of a planned nudge, which goes on to its next time or ends.
fn of_nudge(
    tx: &mut Tx<'_>,
    owner: UserId,
    member: &Member,
    nudge: &Nudge,
    now: Timestamp,
) -> Result<(Came, Option<Connection>), StoreError> {
    let connection = store::about(tx, owner, nudge.connection)?;
    let came = Came {
        about: nudge.about.clone(),
        repeat: nudge.repeat.map(|(cadence, _)| cadence),
        connection: connection.as_ref().map(|connection| connection.id),
        kind: nudge.kind,
        because: dates::because(nudge, member, now).unwrap_or(Because::Wanted),
        late: late(nudge.coming, now),
        ..Came::new(Id::new(now), Source::Planned(nudge.of.unwrap_or(nudge.id)))
    };
    match next(nudge, member, now) {
        Some(next) => store::put(tx, owner, &next)?,
        None => drop(store::end(tx, owner, nudge.id)?),
    }
    Ok((came, connection))
}

/// A nudge that repeats as it comes after `now`. Times that passed during a downtime are left out.
#[must_use]
pub fn next(nudge: &Nudge, member: &Member, now: Timestamp) -> Option<Nudge> {
    let (cadence, anchor) = nudge.repeat?;
    let hours = (member.hour, &member.zone());
    let (at, on) = match nudge.occasion {
        // It may have come before the moment that was meant.
        Some(Occasion { before, .. }) => {
            let (at, on) = Occasion::next(before, (cadence, anchor), now.max(nudge.coming.meant()), hours)?;
            (member.coming_of_date(at, now), Some(on))
        }
        None => {
            let at = cadence.next_after(anchor, now, hours.0, hours.1).ok()?.timestamp();
            (member.coming(at, By::Plan), None)
        }
    };
    // Only the first was set for a span.
    Some(Nudge { coming: at, exact: false, occasion: on, ..nudge.clone() })
}

fn late(coming: Coming, now: Timestamp) -> Option<Timestamp> {
    coming.missed.or(Some(coming.at).filter(|at| *at + LATE <= now))
}

/// What is due at `now` comes at `open`, and is still late where it is.
fn held(coming: Coming, open: Timestamp, now: Timestamp) -> Coming {
    Coming { missed: late(coming, now), chosen: coming.chosen, ..Coming::held(coming.meant(), open) }
}

/// Posts the letters of what came; where several come together, `digest` is what there is to say of that. Each must be
/// a new one: else all of it comes again later, under other ids.
pub(super) fn post(
    tx: &mut Tx<'_>,
    app: &App,
    (owner, member): (UserId, &Member),
    (all, digest): (&[Entry], &Digest),
    now: Timestamp,
) -> Result<(), StoreError> {
    let words = app.texts.words(Some(&member.locale));
    let to = members::letterbox(member, owner);
    for part in all.chunk_by(|(one, _), (next, _)| one.digest.is_some() && one.digest == next.digest) {
        let [(first, connection), ..] = part else { continue };
        let letter = match first.digest {
            None => {
                let message = views::letter(words, first, connection.as_ref());
                Letter::new(to, message, now).with_id(first.id)
            }
            Some(id) => {
                let entries = part.iter().map(|(came, _)| came.id).collect();
                let digest = Digest { entries, ..digest.clone() };
                store::put_digest(tx, owner, id, &digest)?;
                let message = bundle::digest(words, (id, &digest), part);
                Letter::new(to, message, now).with_id(id).bringing(part.len())
            }
        };
        post_one(tx, &letter)?;
    }
    Ok(())
}

/// Posts a letter, which must be a new one.
fn post_one(tx: &mut Tx<'_>, letter: &Letter) -> Result<(), StoreError> {
    if delivery::post(tx, letter)? {
        return Ok(());
    }
    Err(StoreError::Value { table: "outbox", detail: format!("another letter has the id {}", letter.id) })
}

/// Keeps what came, with openers for it; what came of the same source before waits no longer.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    owner: UserId,
    came: &mut Came,
    connection: Option<&Connection>,
) -> Result<(), StoreError> {
    // A question to oneself needs nobody; all other openers say somebody's name.
    if let Some(prompts) = Prompts::kept().filter(|_| connection.is_some() || came.kind == Kind::Reflect) {
        offer(tx, owner, prompts, came, connection)?;
    }
    store::pass(tx, owner, came)?;
    store::put_came(tx, owner, came)
}

/// Offers the openers, and the ways to give, that fit a connection best; those that were offered
/// before come last.
fn offer(
    tx: &mut Tx<'_>,
    owner: UserId,
    prompts: &Prompts,
    came: &mut Came,
    connection: Option<&Connection>,
) -> Result<(), StoreError> {
    let about = connection.map_or(NOBODY, |connection| connection.id);
    let used = store::offered(tx, owner, about)?;
    let facts = connection.map(known).unwrap_or_default();
    let seed = came.id.0;
    let kept = |chosen: Vec<prompts::Opener>| -> Vec<Opener> {
        chosen.into_iter().map(|it| Opener { id: it.id, text: it.text }).collect()
    };
    let ways = if came.kind == Kind::GiveValue { WAYS } else { 0 };
    came.ways = kept(prompts.ways(&facts, &used, seed, ways));
    let openers = if came.ways.is_empty() { OPENERS } else { 1 };
    let kind = came.openers_of();
    came.openers = kept(kind.map_or_else(Vec::new, |it| prompts.choose(it, &facts, &used, seed, openers)));
    let offered = came.openers.iter().chain(&came.ways).map(|it| it.id.as_str());
    store::offer(tx, owner, about, offered)
}

/// What is known of a connection that openers can lean on.
fn known(connection: &Connection) -> PromptFacts<'_> {
    let last = connection.last.as_ref();
    PromptFacts {
        name: first_name(&connection.name),
        relationship: connection.relationship.map(connections::Relationship::word),
        tags: &connection.tags,
        // What was to come next is the nudge's own matter, not what one quotes to them.
        note: last.and_then(|last| last.note.as_deref()?.split(" → ").next()),
        what: last.map(|last| last.what.word()),
    }
}
