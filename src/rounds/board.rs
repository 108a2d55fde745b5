//! The board: the message in a round's channel by which people sign up, with a count that lives.
//!
//! It is a letter once; from then on an errand edits it. Changes of a moment become one edit.

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};

use super::matching::Role;
use super::round::{Round, Stands};
use super::{life, store, views};
use crate::agenda;
use crate::delivery::{self, Errand, Letter, Outcome, Tell, To, What};
use crate::discord::app::App;
use crate::id::Id;
use crate::store::{StoreError, Tx};
use crate::texts::Words;

/// Whose agenda entries these are; the subject is the round.
pub const BOARD: &str = "round/board";
/// The same, once its letter has arrived or could not.
pub const STANDS: &str = "round/board-stands";
/// The same, once an edit has ended; the subject is the round and the errand.
pub const EDITED: &str = "round/board-edited";
/// How long after a change the board shows it, so that the changes meanwhile are one edit.
const SOON: SignedDuration = SignedDuration::from_secs(1);

/// Puts the board up in the round's channel, or shows on the one that is there that sign-up is open.
///
/// # Errors
/// The store's.
pub fn put_up(tx: &mut Tx<'_>, id: Id, round: &mut Round, now: Timestamp) -> Result<(), StoreError> {
    if round.board.is_none() {
        round.board = Some(Id::new(now));
    }
    changed(tx, id, now)
}

/// Something that the board shows has changed.
///
/// # Errors
/// The store's.
pub fn changed(tx: &mut Tx<'_>, id: Id, now: Timestamp) -> Result<(), StoreError> {
    // To the second, so that the changes of one are one entry.
    let soon = Timestamp::from_second(now.as_second()).unwrap_or(now) + SOON;
    agenda::put(tx, soon, BOARD, &id.to_string())
}

/// Shows the board as it is now.
pub(super) fn due(app: &App) -> agenda::Handler {
    let app = app.clone();
    Box::new(move |tx, due| {
        let id: Id = due.subject.parse()?;
        let Some(round) = store::round(tx, id)? else { return Ok(()) };
        let Some(board) = round.board else { return Ok(()) };
        let counts = counts(tx, id, &round)?;
        let groups = store::groups(tx, id)?;
        let made = groups.iter().filter(|(_, group)| group.channel().is_some()).count();
        let words = app.texts.words(Some(&round.locale));
        let message = views::board(words, id, &round, &counts, (made, groups.len()));
        let sent =
            delivery::sent(tx, board)?.map(|sent| Stands { channel: sent.channel, message: sent.message });
        let Some(stands) = round.stands.or(sent) else {
            let tell = Tell::new(STANDS, due.subject.clone());
            let letter =
                Letter::new(To::Channel(round.channel), message, due.now).with_id(board).telling(tell);
            // One that is on its way shows what it showed; once it stands this comes again.
            delivery::post(tx, &letter)?;
            return Ok(());
        };
        let errand = Id::new(due.now);
        let what = What::EditMessage { channel: stands.channel, message: stands.message, content: message };
        let tell = Tell::new(EDITED, format!("{id} {errand}"));
        delivery::ask(tx, &Errand::new(what, due.now).with_id(errand).telling(tell))?;
        Ok(())
    })
}

/// The board stands, or cannot be put up: then the organizer is told.
pub(super) fn stands(app: &App) -> agenda::Handler {
    let app = app.clone();
    Box::new(move |tx, due| {
        let id: Id = due.subject.parse()?;
        let Some(mut round) = store::round(tx, id)? else { return Ok(()) };
        let Some(board) = round.board else { return Ok(()) };
        if let Some(sent) = delivery::sent(tx, board)? {
            round.stands = Some(Stands { channel: sent.channel, message: sent.message });
            store::put_round(tx, id, &round)?;
            return Ok(changed(tx, id, due.now)?);
        }
        round.board_lost = true;
        store::put_round(tx, id, &round)?;
        let lost = |words: Words<'_>| views::board_lost(words, id, &round);
        Ok(life::tell(tx, &app, round.by, due.now, lost)?)
    })
}

/// What became of an edit: where the board is gone, the organizer is told, once.
pub(super) fn edited(app: &App) -> agenda::Handler {
    let app = app.clone();
    Box::new(move |tx, due| {
        let (id, errand) = due.subject.split_once(' ').context("a round and an errand")?;
        let (id, errand): (Id, Id) = (id.parse()?, errand.parse()?);
        let outcome = delivery::outcome(tx, errand)?;
        delivery::forget_outcome(tx, errand)?;
        let Some(Outcome::Refused { code, .. }) = outcome else { return Ok(()) };
        tracing::warn!(round = %id, code, "a round's board could not be edited");
        let Some(mut round) = store::round(tx, id)? else { return Ok(()) };
        if round.stage.is_open() && !round.board_lost {
            round.board_lost = true;
            store::put_round(tx, id, &round)?;
            life::tell(tx, &app, round.by, due.now, |words| views::board_lost(words, id, &round))?;
        }
        Ok(())
    })
}

/// Puts the board up anew, in the round's channel.
///
/// # Errors
/// The store's.
pub fn put_up_anew(tx: &mut Tx<'_>, id: Id, round: &mut Round, now: Timestamp) -> Result<(), StoreError> {
    // One that could not be put up would come beside the new one.
    if let Some(board) = round.board.take() {
        delivery::withdraw(tx, board)?;
    }
    round.stands = None;
    round.board_lost = false;
    put_up(tx, id, round, now)?;
    store::put_round(tx, id, round)
}

/// How many take part, by role, in the order of the round's roles.
fn counts(tx: &mut Tx<'_>, id: Id, round: &Round) -> Result<Vec<(Role, usize)>, StoreError> {
    let all = store::taking_part(tx, id)?;
    let count = |role| all.iter().filter(|(_, sign_up)| sign_up.role == role).count();
    Ok(round.shape.roles().iter().map(|role| (*role, count(*role))).collect())
}
