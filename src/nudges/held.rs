//! What came for a member whom Kith cannot reach, and waits to leave.
//!
//! A nudge is a letter once it is due, however long that letter waits. When the member can be reached again, what still
//! waits for an answer leaves as one message: nobody wants a month of mornings at once, nor what was answered meanwhile.
//! Until then nothing of it is changed, so an answer that is taken back leaves no hole.

use jiff::Timestamp;

use super::bundle::{self, Digest, Entry};
use super::rank::Place;
use super::{Came, Source, State, due, store};
use crate::delivery::{self, Letter, State as Sending, To};
use crate::discord::app::{App, Bearer};
use crate::id::{Id, UserId};
use crate::members;
use crate::store::{StoreError, Tx};

/// What this area knows of letters that have not arrived.
pub const BEARER: Bearer = Bearer { brings, gathers };

fn brings(tx: &mut Tx<'_>, owner: UserId, letter: &Letter) -> Result<Option<usize>, StoreError> {
    let waits = |came: &&Came| came.state == State::Open;
    Ok(nudges_of(tx, owner, letter)?.map(|all| all.iter().filter(waits).count()))
}

/// The nudges that a letter brings, as they stand; `None` where it is not of nudges.
fn nudges_of(tx: &mut Tx<'_>, owner: UserId, letter: &Letter) -> Result<Option<Vec<Came>>, StoreError> {
    let Some(digest) = store::digest(tx, owner, letter.id)? else {
        return Ok(store::came(tx, owner, letter.id)?.map(|came| vec![came]));
    };
    let mut all = Vec::with_capacity(digest.entries.len());
    for id in digest.entries {
        all.extend(store::came(tx, owner, id)?);
    }
    Ok(Some(all))
}

fn gathers(tx: &mut Tx<'_>, app: &App, owner: UserId, to: To, now: Timestamp) -> Result<(), StoreError> {
    let Some(member) = members::store::get(tx, owner)? else { return Ok(()) };
    let mut waited = None;
    let mut all: Vec<Entry> = Vec::new();
    for letter in delivery::pending(tx, to)? {
        // Where one in flight is, can only be told when its request has ended.
        let nudges = if letter.state == Sending::Waiting { nudges_of(tx, owner, &letter)? } else { None };
        let Some(nudges) = nudges else { continue };
        waited = waited.or(Some(letter.created));
        delivery::withdraw(tx, letter.id)?;
        store::forget_digest(tx, owner, letter.id)?;
        for came in nudges.into_iter().filter(|came| came.state == State::Open) {
            if all.iter().all(|(known, _)| known.id != came.id) {
                let connection = store::about(tx, owner, came.connection)?;
                all.push((came, connection));
            }
        }
    }
    all.sort_by_cached_key(|(came, connection)| match connection {
        Some(connection) if came.source == Source::Rhythm => Place::of(connection, now),
        _ => Place::planned(came.id.time(), came.id),
    });
    let is_one = all.len() == 1;
    for part in all.chunks_mut(bundle::MOST) {
        let id = Id::new(now);
        for (came, _) in part {
            came.digest = Some(id).filter(|_| !is_one);
            store::put_came(tx, owner, came)?;
        }
    }
    let digest = Digest { waited, ..Digest::default() };
    due::post(tx, app, (owner, &member), (&all, &digest), now)
}
