//! What a press while a round runs does.

use super::press::RunPress;
use super::{Typed, check_ins, members, proposals, pulse, room, views};
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::failure::Failure;
use crate::discord::router::Pressed;
use crate::id::Id;
use crate::members::{Asking, serve_press};
use crate::rounds::organizer::organized;
use crate::rounds::round::Stage;
use crate::rounds::{store as rounds, views as shared};
use crate::store::Tx;

/// Answers a press while a round runs.
///
/// # Errors
/// They may not, or the store fails.
pub async fn press(app: &App, pressed: &Pressed, id: Id, press: RunPress) -> Result<Show, Failure> {
    serve_press(app, pressed, |tx, asking| act(tx, asking, (id, press), pressed)).await
}

fn act(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, press): (Id, RunPress),
    pressed: &Pressed,
) -> Result<Show, Failure> {
    use RunPress as P;
    let round = rounds::round(tx, id)?.filter(|round| {
        round.stage != Stage::Draft && asking.person.guild.is_none_or(|guild| guild == round.guild)
    });
    let round = round.ok_or_else(|| Failure::told(shared::no_such_round(asking.words)))?;
    let of = (id, &round);
    match press {
        P::Answer(..) | P::Ask(..) | P::Who(..) => check_ins::press(tx, asking, of, press, pressed),
        P::Here => check_ins::here(tx, asking, of),
        P::Skip => members::skip(tx, asking, id).map(Show::in_place),
        P::Unskip(nth) => members::unskip(tx, asking, id, nth),
        P::Leave => members::leave(tx, asking, id).map(Show::in_place),
        P::LeaveYes => members::leaves(tx, asking, id),
        P::Stay => members::stays(tx, asking, of),
        P::Pause => {
            members::pause(tx, asking, &Typed { round: id, until: String::new() }).map(Show::in_place)
        }
        P::PauseForm => {
            let until = pressed.field("until").to_owned();
            members::pause(tx, asking, &Typed { round: id, until }).map(Show::in_place)
        }
        P::PauseAgain(draft) => members::pause_again(tx, asking, id, draft),
        P::PauseUntil(draft, nth) => members::pause_until(tx, asking, draft, nth),
        P::Resume => members::resume(tx, asking, id),
        P::Mine => members::mine(tx, asking, id).map(Show::in_place),
        P::Pulse(_) | P::Word | P::WordForm | P::PulseAgain => pulse::press(tx, asking, of, press, pressed),
        P::Attention => proposals::attention(tx, asking, id).map(Show::in_place),
        P::Look(number) => proposals::look(tx, asking, id, number),
        P::Chosen => match pressed.value().parse() {
            Ok(number) => proposals::look(tx, asking, id, number),
            Err(_) => Err(Failure::told(views::nothing_to_answer(asking.words))),
        },
        P::DoIt(number, proposal) => proposals::approve(tx, asking, id, (number, proposal)),
        P::NotNow(number, proposal) => proposals::not_now(tx, asking, id, (number, proposal)),
        P::NewRoom(number) => {
            let round = organized(tx, asking, id)?;
            room::new_room(tx, asking, (id, &round), number)
        }
        P::RoomBack(number) => {
            let round = organized(tx, asking, id)?;
            room::is_back(tx, asking, (id, &round), number)
        }
    }
}
