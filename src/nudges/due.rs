//! What happens when a nudge falls due: it comes, as a letter.
//!
//! In one transaction with the agenda entry's removal: what came is kept, the connection's turn or
//! the planned nudge moves on, and the letter is posted. So it comes once, whatever crashes when.

use std::sync::Arc;

use jiff::Timestamp;

use super::prompts::{self, PromptFacts, Prompts};
use super::{Because, Came, Kind, Nudge, Occasion, Opener, Source, State, dates, reason, store, views};
use crate::agenda::{self, Due};
use crate::connections::{self, Connection, Turn};
use crate::delivery::{self, Letter};
use crate::discord::app::App;
use crate::id::{Id, Owned, UserId};
use crate::members::{self, Member};
use crate::store::Tx;

/// How many openers a letter offers; beside ways to give, one.
const OPENERS: usize = 2;
/// How many ways to give a letter offers where the nudge is to give.
const WAYS: usize = 2;

/// The handlers of this area.
#[must_use]
pub fn due(app: &App) -> Vec<(&'static str, agenda::Handler)> {
    // The texts that are compiled in were read by a test; without them letters offer no opener.
    let prompts = Arc::new(Prompts::embedded().map_err(|error| tracing::error!(%error, "no prompts")).ok());
    let (turn_app, turn_prompts) = (app.clone(), Arc::clone(&prompts));
    let nudge_app = app.clone();
    vec![
        (
            connections::store::TURN,
            Box::new(move |tx, due| turn(tx, due, &turn_app, turn_prompts.as_ref().as_ref())),
        ),
        (store::NUDGE, Box::new(move |tx, due| nudge(tx, due, &nudge_app, prompts.as_ref().as_ref()))),
    ]
}

/// Whether something planned for `at` is what falls due; the agenda keeps milliseconds.
fn is_due(at: Timestamp, due: &Due) -> bool {
    at.as_millisecond() == due.due.as_millisecond()
}

/// A connection's turn has come.
fn turn(tx: &mut Tx<'_>, due: &Due, app: &App, prompts: Option<&Prompts>) -> anyhow::Result<()> {
    let Owned { owner, id } = due.subject.parse()?;
    let (Some(member), Some(mut connection)) =
        (members::store::get(tx, owner)?, connections::store::get(tx, owner, id)?)
    else {
        return Ok(());
    };
    if !matches!(connection.turn, Turn::Planned(at) if is_due(at, due)) {
        return Ok(());
    }
    let (kind, because) = reason::choose(&connection, due.now);
    let came = Came {
        id: Id::new(due.now),
        source: Source::Rhythm,
        about: String::new(),
        connection: Some(id),
        kind,
        because,
        openers: vec![],
        ways: vec![],
        state: State::Open,
        happened: None,
        undo: None,
    };
    connection.turn = Turn::Open(came.id);
    connections::store::put(tx, owner, &connection)?;
    come(tx, app, prompts, (owner, &member), came, Some(&connection), due.now)
}

/// A planned nudge is due.
fn nudge(tx: &mut Tx<'_>, due: &Due, app: &App, prompts: Option<&Prompts>) -> anyhow::Result<()> {
    let Owned { owner, id } = due.subject.parse()?;
    let (Some(member), Some(nudge)) = (members::store::get(tx, owner)?, store::get(tx, owner, id)?) else {
        return Ok(());
    };
    if !is_due(nudge.at, due) {
        return Ok(());
    }
    let connection = store::about(tx, owner, nudge.connection)?;
    let came = Came {
        id: Id::new(due.now),
        source: Source::Planned(nudge.of.unwrap_or(id)),
        about: nudge.about.clone(),
        connection: connection.as_ref().map(|connection| connection.id),
        kind: nudge.kind,
        because: dates::because(&nudge, &member).unwrap_or(Because::Wanted),
        openers: vec![],
        ways: vec![],
        state: State::Open,
        happened: None,
        undo: None,
    };
    move_on(tx, owner, &member, &nudge, due.now)?;
    come(tx, app, prompts, (owner, &member), came, connection.as_ref(), due.now)
}

/// A planned nudge that came goes on to its next time, or ends.
fn move_on(
    tx: &mut Tx<'_>,
    owner: UserId,
    member: &Member,
    nudge: &Nudge,
    now: Timestamp,
) -> anyhow::Result<()> {
    match next(nudge, member, now) {
        Some(nudge) => store::put(tx, owner, &nudge)?,
        None => {
            store::end(tx, owner, nudge.id)?;
        }
    }
    Ok(())
}

/// A nudge that repeats as it comes after `now`. Times that passed during a downtime are left out.
#[must_use]
pub fn next(nudge: &Nudge, member: &Member, now: Timestamp) -> Option<Nudge> {
    let (cadence, anchor) = nudge.repeat?;
    let before = nudge.occasion.map_or(0, |occasion| occasion.before);
    let (at, on) = Occasion::next(before, (cadence, anchor), now, (member.hour, &member.zone()))?;
    Some(Nudge { at: member.hold(at), occasion: nudge.occasion.and(Some(on)), ..nudge.clone() })
}

/// Keeps what came and posts its letter.
fn come(
    tx: &mut Tx<'_>,
    app: &App,
    prompts: Option<&Prompts>,
    (owner, member): (UserId, &Member),
    mut came: Came,
    connection: Option<&Connection>,
    now: Timestamp,
) -> anyhow::Result<()> {
    if let (Some(connection), Some(prompts)) = (connection, prompts) {
        let used = store::offered(tx, owner, connection.id)?;
        offer(prompts, &mut came, connection, &used);
        let offered = came.openers.iter().chain(&came.ways).map(|it| it.id.as_str());
        store::offer(tx, owner, connection.id, offered)?;
    }
    store::pass(tx, owner, &came)?;
    store::put_came(tx, owner, &came)?;
    let words = app.texts.words(Some(&member.locale));
    let message = views::letter(words, &came, connection);
    let letter = Letter::new(members::letterbox(member, owner), message, now).with_id(came.id);
    delivery::post(tx, &letter)?;
    Ok(())
}

/// Offers the openers, and the ways to give, that fit a connection best; those that were offered
/// before come last.
pub(super) fn offer(prompts: &Prompts, came: &mut Came, connection: &Connection, used: &[String]) {
    let last = connection.last.as_ref();
    let facts = PromptFacts {
        name: connection.name.split_whitespace().next().unwrap_or(&connection.name),
        relationship: connection.relationship.map(connections::Relationship::word),
        tags: &connection.tags,
        note: last.and_then(|last| last.note.as_deref()),
        what: last.map(|last| last.what.word()),
    };
    let seed = came.id.0;
    let kept = |chosen: Vec<prompts::Opener>| -> Vec<Opener> {
        chosen.into_iter().map(|it| Opener { id: it.id, text: it.text }).collect()
    };
    let ways = if came.kind == Kind::GiveValue { WAYS } else { 0 };
    came.ways = kept(prompts.ways(&facts, used, seed, ways));
    let openers = if came.ways.is_empty() { OPENERS } else { 1 };
    came.openers = kept(prompts.choose(came.openers_of(), &facts, used, seed, openers));
}
