//! For whom no group had a place: what they read, and whether they wait.

use super::press::JoinPress as P;
use crate::discord::answer::Show;
use crate::discord::failure::Failure;
use crate::discord::message::{Button, Embed, Message};
use crate::id::{Id, UserId};
use crate::members::Asking;
use crate::members::views::COLOR;
use crate::rounds::round::{LeftOver, Round, Stage};
use crate::rounds::signup::{SignUp, State};
use crate::rounds::store;
use crate::rounds::views::bold;
use crate::say;
use crate::store::{StoreError, Tx};
use crate::texts::Words;

/// Whether somebody takes part in a round whose groups stand, and is in none of them.
///
/// # Errors
/// The store's.
pub fn is(
    tx: &mut Tx<'_>,
    (id, round): (Id, &Round),
    own: UserId,
    sign_up: &SignUp,
) -> Result<bool, StoreError> {
    let stands = matches!(round.stage, Stage::Publishing | Stage::Running | Stage::Closing);
    Ok(stands && sign_up.state == State::In && store::group_of(tx, id, own)?.is_none())
}

/// Somebody goes off the list of those who wait for a place, or back onto it; nothing where they are not left over.
///
/// # Errors
/// The store's.
pub fn goes(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
    mut sign_up: SignUp,
    onto: bool,
) -> Result<Option<Show>, Failure> {
    let own = asking.person.id;
    if !is(tx, (id, round), own, &sign_up)? {
        return Ok(None);
    }
    sign_up.off_list = !onto;
    store::put_sign_up(tx, id, own, &sign_up)?;
    let words = asking.words;
    let stands = if onto { waits(words, id, round, &sign_up) } else { off_list(words, id, round) };
    Ok(Some(Show::Update(stands)))
}

/// How somebody stands who is in no group: they wait, are off the list, or come first in the next round.
#[must_use]
pub fn waits(words: Words<'_>, id: Id, round: &Round, sign_up: &SignUp) -> Message {
    let message = Message::new(say!(words, "left-over-first", name = bold(&round.name)));
    let is_list = keeps_a_list(round);
    let how = match () {
        () if is_list && sign_up.off_list => "left-over-is-off",
        () if is_list => "left-over-wait-list",
        () => "left-over-next-round",
    };
    let message = message.embed(Embed::new(words.say(how)).color(COLOR));
    match () {
        () if is_list && sign_up.off_list => message.buttons([back_on(words, id)]),
        () if is_list => {
            message.buttons([Button::secondary(words.say("button-leave-list"), P::OffList.on(id))])
        }
        () => message,
    }
}

/// Somebody does not want to wait.
#[must_use]
pub fn off_list(words: Words<'_>, id: Id, round: &Round) -> Message {
    let message = Message::new(say!(words, "left-over-off-list", name = bold(&round.name)));
    if keeps_a_list(round) { message.buttons([back_on(words, id)]) } else { message }
}

fn back_on(words: Words<'_>, id: Id) -> Button {
    Button::secondary(words.say("button-back-on-list"), P::OnList.on(id))
}

/// Whether places that become free still go to those who wait.
fn keeps_a_list(round: &Round) -> bool {
    round.left_over == LeftOver::WaitList && round.stage < Stage::Closing
}
