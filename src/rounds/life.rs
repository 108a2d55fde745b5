//! How a round goes from one stage to the next: by command or at its planned time.

use jiff::Timestamp;

use super::round::{Round, Stage};
use super::{board, joining, plan, store, views};
use crate::agenda;
use crate::delivery::{self, Letter};
use crate::discord::app::App;
use crate::discord::message::Message;
use crate::id::{Id, UserId};
use crate::members;
use crate::store::{StoreError, Tx};
use crate::texts::Words;

/// Whose agenda entries these are; the subject is the round.
pub const SIGN_UP_ENDS: &str = "round/sign-up-ends";

/// Opens sign-up, first or again: the board stands in the channel, and the end of sign-up is planned.
///
/// # Errors
/// The store's.
pub fn open_sign_up(tx: &mut Tx<'_>, id: Id, round: &mut Round, now: Timestamp) -> Result<(), StoreError> {
    round.stage = Stage::SignUp;
    round.later = None;
    board::put_up(tx, id, round, now)?;
    store::put_round(tx, id, round)?;
    plan::find_anew(tx, id)?;
    plan_end(tx, id, round.until, now)
}

/// Plans the end of sign-up, and the reminder before it where there is time for one.
fn plan_end(tx: &mut Tx<'_>, id: Id, until: Timestamp, now: Timestamp) -> Result<(), StoreError> {
    agenda::put(tx, until, SIGN_UP_ENDS, &id.to_string())?;
    if until - joining::BEFORE > now {
        agenda::put(tx, until - joining::BEFORE, joining::REMIND, &id.to_string())?;
    }
    Ok(())
}

/// Ends sign-up, by command or because its time has come.
///
/// # Errors
/// The store's.
pub fn end_sign_up(tx: &mut Tx<'_>, id: Id, round: &mut Round, now: Timestamp) -> Result<(), StoreError> {
    agenda::remove(tx, round.until, SIGN_UP_ENDS, &id.to_string())?;
    round.stage = Stage::Matching;
    round.later = None;
    store::put_round(tx, id, round)?;
    board::changed(tx, id, now)
}

/// The end of sign-up was moved.
///
/// # Errors
/// The store's.
pub fn move_end(
    tx: &mut Tx<'_>,
    id: Id,
    was: Timestamp,
    until: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    agenda::remove(tx, was, SIGN_UP_ENDS, &id.to_string())?;
    agenda::remove(tx, was - joining::BEFORE, joining::REMIND, &id.to_string())?;
    plan_end(tx, id, until, now)?;
    board::changed(tx, id, now)
}

/// Calls a round off and tells everybody who takes part.
///
/// # Errors
/// The store's.
pub fn cancel(
    tx: &mut Tx<'_>,
    app: &App,
    id: Id,
    round: &mut Round,
    now: Timestamp,
) -> Result<(), StoreError> {
    agenda::remove(tx, round.until, SIGN_UP_ENDS, &id.to_string())?;
    round.stage = Stage::Cancelled;
    round.later = None;
    store::put_round(tx, id, round)?;
    for (user, _) in store::taking_part(tx, id)? {
        tell(tx, app, user, now, |words| views::cancelled(words, round))?;
    }
    board::changed(tx, id, now)
}

/// Sends somebody who takes part a message, in their language, where they want to hear from Kith.
///
/// # Errors
/// The store's.
pub fn tell(
    tx: &mut Tx<'_>,
    app: &App,
    user: UserId,
    now: Timestamp,
    message: impl FnOnce(Words<'_>) -> Message,
) -> Result<(), StoreError> {
    let Some(member) = members::store::get(tx, user)? else { return Ok(()) };
    let words = app.texts.words(Some(&member.locale));
    let letter = Letter::new(members::letterbox(&member, user), message(words), now);
    delivery::post(tx, &letter).map(drop)
}

/// Sign-up ends at its planned time.
pub(super) fn sign_up_ends(app: &App) -> agenda::Handler {
    let app = app.clone();
    Box::new(move |tx, due| {
        let id: Id = due.subject.parse()?;
        let Some(mut round) = store::round(tx, id)? else { return Ok(()) };
        if round.stage != Stage::SignUp || round.until > due.now {
            return Ok(());
        }
        end_sign_up(tx, id, &mut round, due.now)?;
        let count = store::taking_part(tx, id)?.len();
        tell(tx, &app, round.by, due.now, |words| views::sign_up_over(words, id, &round, count))?;
        Ok(())
    })
}
