//! A round while its groups meet.

use jiff::Timestamp;

use super::closing;
use super::round::Round;
use super::signup::State;
use super::store;
use crate::agenda;
use crate::discord::app::App;
use crate::id::{Id, UserId};
use crate::store::{StoreError, Tx};

/// What happens while a round runs, by its names on the agenda.
pub(super) fn due(_: &App) -> Vec<(&'static str, agenda::Handler)> {
    vec![]
}

/// A round begins to run: its groups are in their rooms.
///
/// # Errors
/// The store's.
pub fn begin(tx: &mut Tx<'_>, _: &App, id: Id, round: &Round, now: Timestamp) -> Result<(), StoreError> {
    closing::plan(tx, id, round, now)
}

/// Somebody is no member of the server any more: they have left the round.
///
/// # Errors
/// The store's.
pub fn has_left(tx: &mut Tx<'_>, _: &App, id: Id, user: UserId, _: Timestamp) -> Result<(), StoreError> {
    if let Some(mut sign_up) = store::sign_up(tx, id, user)? {
        sign_up.state = State::Left;
        store::put_sign_up(tx, id, user, &sign_up)?;
    }
    if let Some((number, mut group)) = store::group_of(tx, id, user)? {
        group.people.retain(|it| *it != user);
        store::put_group(tx, id, number, &group)?;
    }
    Ok(())
}
