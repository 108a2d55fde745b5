//! Planning a round's next step, and what comes of it when its time has come.

use serde::{Deserialize, Serialize};

use super::press::LaterPress;
use super::{can_be, is_too_late, views};
use crate::agenda;
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::failure::Failure;
use crate::discord::router::Pressed;
use crate::id::{ChannelId, Id};
use crate::members::ask_back::{self, chosen_moment, too_old};
use crate::members::views::misread;
use crate::members::{Asking, drafts, serve_press};
use crate::rounds::organizer::{Granted, organized};
use crate::rounds::press::RoundPress;
use crate::rounds::round::{Round, Stage};
use crate::rounds::{life, open, plan, publish, store};
use crate::store::Tx;
use crate::when;

/// Whose agenda entries these are; the subject is the round.
pub const STEP: &str = "round/later";

/// What was typed.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Typed {
    when: String,
}

/// What Kith may do in a round's channel, with that channel.
type Allowed = Option<(ChannelId, Granted)>;

/// Answers a press about a round's next step.
///
/// # Errors
/// They may not organize here, Discord cannot be asked, or the store fails.
pub async fn press(app: &App, pressed: &Pressed, id: Id, press: LaterPress) -> Result<Show, Failure> {
    let allowed = match press {
        LaterPress::Form | LaterPress::When(..) => open::asked(app, id).await?,
        _ => None,
    };
    serve_press(app, pressed, |tx, asking| act(tx, asking, (id, press), pressed, allowed)).await
}

fn act(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, press): (Id, LaterPress),
    pressed: &Pressed,
    allowed: Allowed,
) -> Result<Show, Failure> {
    let words = asking.words;
    let mut round = organized(tx, asking, id)?;
    if !can_be(round.stage) {
        return Ok(Show::Update(open::views::shown(words, id, &round)));
    }
    match press {
        LaterPress::Ask => Ok(Show::Modal(views::form(words, (id, &round), ""))),
        LaterPress::Again(draft) => {
            let typed: Typed = drafts::get(tx, asking.person.id, draft)?.ok_or_else(|| too_old(asking))?;
            Ok(Show::Modal(views::form(words, (id, &round), &typed.when)))
        }
        LaterPress::Form => {
            let typed = Typed { when: pressed.field("when").to_owned() };
            planned(tx, asking, (id, round), &typed, allowed)
        }
        LaterPress::When(draft, nth) => {
            let typed: Typed = drafts::get(tx, asking.person.id, draft)?.ok_or_else(|| too_old(asking))?;
            let when = chosen_moment(asking, draft, nth, |asker| when::once(&typed.when, asker))?;
            Ok(planned(tx, asking, (id, round), &Typed { when }, allowed)?.in_place())
        }
        LaterPress::Forget => {
            round.later = None;
            store::put_round(tx, id, &round)?;
            Ok(Show::Update(open::views::shown(words, id, &round)))
        }
    }
}

/// A time was typed: the round's next step comes then.
fn planned(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, mut round): (Id, Round),
    typed: &Typed,
    allowed: Allowed,
) -> Result<Show, Failure> {
    let words = asking.words;
    let again = |draft| RoundPress::Later(id, LaterPress::Again(draft));
    let readings = match when::once(&typed.when, &asking.member.asker(asking.now)) {
        Ok(reading) => reading.all(),
        Err(not) => {
            return ask_back::refuse(tx, asking, misread(words, &typed.when, &not), typed, again);
        }
    };
    let [(at, _)] = readings[..] else {
        let press = |draft, nth| RoundPress::Later(id, LaterPress::When(draft, nth));
        return ask_back::which_moment(tx, asking, &typed.when, &readings, typed, press);
    };
    if is_too_late(&round, at) {
        return ask_back::refuse(tx, asking, views::too_late(words, &round), typed, again);
    }
    if round.stage == Stage::Draft {
        open::allow(words, (id, &mut round), allowed)?;
    }
    round.later = Some(at);
    store::put_round(tx, id, &round)?;
    agenda::put(tx, at, STEP, &id.to_string())?;
    Ok(Show::Update(views::planned(words, (id, &round), at)))
}

/// The time of a round's next step has come.
pub(in crate::rounds) fn due(app: &App) -> agenda::Handler {
    let app = app.clone();
    Box::new(move |tx, due| {
        let id: Id = due.subject.parse()?;
        // It may have been moved, or the step taken by hand.
        let planned = |round: &Round| round.later.is_some_and(|at| at <= due.now);
        let Some(mut round) = store::round(tx, id)?.filter(planned) else { return Ok(()) };
        round.later = None;
        store::put_round(tx, id, &round)?;
        let organizer = round.by;
        let told = match round.stage {
            Stage::Draft if round.until > due.now => {
                life::open_sign_up(tx, id, &mut round, due.now)?;
                views::Told::Opened
            }
            Stage::Draft => views::Told::SignUpIsOver,
            Stage::Matching => {
                let groups = store::groups(tx, id)?;
                let open = groups.iter().filter(|(_, it)| it.mentor.is_some() && it.accepted != Some(true));
                if groups.is_empty() || !store::found(tx, id)?.is_some_and(|found| found.is_there()) {
                    views::Told::NoGroups
                } else if round.accept && open.count() > 0 {
                    views::Told::MentorsWait
                } else if !plan::broken(tx, (id, &round), due.now)?.is_empty() {
                    views::Told::BreaksARule
                } else {
                    publish::start(tx, &app, (id, &mut round), due.now)?;
                    views::Told::Publishes
                }
            }
            _ => return Ok(()),
        };
        life::tell(tx, &app, organizer, due.now, |words| views::told(words, (id, &round), told))?;
        Ok(())
    })
}
