//! A programme's time has come.

use jiff::Timestamp;

use super::{Programme, State, store, views};
use crate::agenda;
use crate::discord::app::App;
use crate::id::{GuildId, Id};
use crate::rounds::life;
use crate::store::{StoreError, Tx};

/// Whose agenda entries these are; the subject is the programme.
pub const OPENS: &str = "round/programme";

pub(in crate::rounds) fn due(app: &App) -> Vec<(&'static str, agenda::Handler)> {
    let app = app.clone();
    vec![(OPENS, Box::new(move |tx, due| opens(tx, &app, due)))]
}

/// Plans the next occurrence after `after`, and takes the one that was planned off the agenda.
///
/// # Errors
/// The store's.
pub(super) fn plan(
    tx: &mut Tx<'_>,
    id: Id,
    programme: &mut Programme,
    after: Timestamp,
) -> Result<(), StoreError> {
    if let Some(was) = programme.next {
        agenda::remove(tx, was, OPENS, &id.to_string())?;
    }
    programme.next = programme.after(after);
    if let Some(next) = programme.next {
        agenda::put(tx, next, OPENS, &id.to_string())?;
    }
    store::put(tx, id, programme)
}

/// A round opens. However many occurrences a downtime swallowed, it is one, and the next is ahead.
fn opens(tx: &mut Tx<'_>, app: &App, due: &agenda::Due) -> anyhow::Result<()> {
    let id: Id = due.subject.parse()?;
    let Some(mut programme) = store::programme(tx, id)? else { return Ok(()) };
    if programme.state != State::On || programme.next.is_none_or(|next| next > due.now) {
        return Ok(());
    }
    let mut round = programme.opens(id, due.now);
    let opened = Id::new(due.now);
    life::open_sign_up(tx, opened, &mut round, due.now)?;
    programme.rounds = programme.rounds.saturating_add(1);
    plan(tx, id, &mut programme, due.now)?;
    life::tell(tx, app, programme.by, due.now, |words| views::opened(words, &programme, &round))?;
    Ok(())
}

/// A server has another zone: its programmes come by that clock from now on.
///
/// # Errors
/// The store's.
pub(in crate::rounds) fn into_zone(
    tx: &mut Tx<'_>,
    guild: GuildId,
    zone: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    for (id, mut programme) in store::programmes(tx, guild)? {
        if programme.zone != zone {
            zone.clone_into(&mut programme.zone);
            plan(tx, id, &mut programme, now)?;
        }
    }
    Ok(())
}
