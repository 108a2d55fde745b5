//! What the buttons, menus and forms about nudges do.

use super::acts::{Of, Then, ask_alone, give_back, give_first, go_on, plan_one};
use super::bundle;
use super::came::{answer, came, connection_of, done, done_at, gone, longer, snooze, standing, typed_time};
use super::forms::{TypedDone, TypedNudge};
use super::pause::{self, TypedPause};
use super::press::{Draft, NudgePress};
use super::{Nudge, State, adding, calendar, dates, list, modals, retry, store, suggest, views, which, why};
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::router::Pressed;
use crate::id::Id;
use crate::members::ask_back::{self, too_old};
use crate::members::undo::{in_time, too_late};
use crate::members::{Asking, drafts, serve_press};
use crate::store::Tx;
use crate::when;

/// Answers a press.
///
/// # Errors
/// The button is outdated, or the store fails.
pub async fn press(app: App, pressed: Pressed) -> Result<Show, Failure> {
    let press = pressed.press::<NudgePress>(&app)?;
    let in_place = acts_on_message(&press, &pressed);
    serve_press(&app, &pressed, |tx, asking| {
        let show = act(tx, asking, &press, &pressed)?;
        Ok(if in_place { bundle::keep(asking.words, show.in_place(), &pressed) } else { show })
    })
    .await
}

/// Whether the message that bears what was pressed says what came of it. What only leads to something
/// else stays: the list of which one is shown, the help from which a nudge is planned.
fn acts_on_message(press: &NudgePress, pressed: &Pressed) -> bool {
    match press {
        NudgePress::Open | NudgePress::PlanForm(None) | NudgePress::GiveTo(_) => false,
        // What was typed is still there to be tried again once something was cancelled.
        NudgePress::List(_) if retry::keeps_typed(pressed) => false,
        _ => pressed.message.is_some(),
    }
}

fn act(tx: &mut Tx<'_>, asking: &Asking<'_>, press: &NudgePress, pressed: &Pressed) -> Result<Show, Failure> {
    use NudgePress as P;
    match press {
        P::Done(of)
        | P::DoneForm(of)
        | P::Snooze(of)
        | P::SnoozeTo(of)
        | P::SnoozeForm(of)
        | P::Back(of)
        | P::Skip(of)
        | P::Stop(of)
        | P::Undo(of) => {
            let show = answer(tx, asking, (*of, press), pressed)?;
            bundle::acts::after_answer(tx, asking, (*of, press), pressed, show)
        }
        P::Suggest(page) => Ok(Show::Update(suggest::page(tx, asking, *page)?)),
        P::Longer(id) => longer(tx, asking, *id),
        P::KeepRhythm(id) => came(tx, asking, *id).and_then(|came| standing(tx, asking, &came)),
        P::GiveFirst(id) => planned(tx, asking, *id).and_then(|ask| give_first(tx, asking, &ask)),
        P::GiveTo(connection) => give_back(tx, asking, *connection),
        P::UndoGiveFirst(give, ask) => {
            planned(tx, asking, *ask).and_then(|ask| ask_alone(tx, asking, *give, &ask))
        }
        P::Date(press) => dates::acts::press(tx, asking, *press, pressed),
        P::TakeUp(id) => suggest::take_up(tx, asking, *id),
        P::Address => calendar::view::renew(tx, asking),
        P::RevokeAddress => calendar::view::revoke(tx, asking),
        P::Entry(_) => bundle::acts::chosen(tx, asking, chosen(asking, pressed)?),
        P::EntryOf(_, id) => bundle::acts::chosen(tx, asking, *id),
        P::Bundle(bundle) => Ok(Show::Update(bundle::acts::shown(tx, asking, *bundle)?)),
        P::SnoozeAll(digest) => bundle::acts::snoozing_all(tx, asking, *digest),
        P::SnoozeAllTo(digest) | P::SnoozeAllForm(digest) => {
            bundle::acts::snooze_all(tx, asking, *digest, typed_time(pressed))
        }
        P::UndoSnoozeAll(digest) => bundle::acts::undo_snooze_all(tx, asking, *digest),
        P::Pause => Ok(Show::Modal(pause::form(asking.words, &TypedPause::default()))),
        P::PauseForm => pause::pause(tx, asking, &TypedPause::in_form(pressed)),
        P::Resume => pause::resume(tx, asking),
        P::Why => why::chosen(tx, asking, pressed.value()),
        // In place, unless what is pressed there has to stay (see above).
        P::List(page) => Ok(Show::Reply(list::page(tx, asking, *page)?)),
        P::Open => open(tx, asking, chosen(asking, pressed)?),
        P::Plan => {
            Ok(Show::Modal(modals::edit_form(asking.words, P::PlanForm(None).id(), &TypedNudge::default())))
        }
        P::PlanForm(draft) => plan(tx, asking, *draft, pressed),
        P::EditForm(id) => {
            let nudge = planned(tx, asking, *id)?;
            let kept = TypedNudge::of(&nudge, &asking.member);
            plan_one(tx, asking, &typed_in(pressed, kept), Of::Known(*id))
        }
        P::Edit(id) | P::Cancel(id) | P::SnoozePlanned(id) | P::BackPlanned(id) => {
            let then = match press {
                P::Edit(_) => Then::Edit,
                P::Cancel(_) => Then::Cancel,
                P::SnoozePlanned(_) => Then::Snooze,
                _ => Then::Show,
            };
            let nudge = planned(tx, asking, *id)?;
            go_on(tx, asking, nudge, then)
        }
        P::SnoozePlannedTo(id) | P::SnoozePlannedForm(id) => snooze_planned(tx, asking, *id, pressed),
        P::UndoCancel(draft) => match drafts::get(tx, asking.person.id, *draft)? {
            Some(Draft::Cancelled(nudge)) => uncancel(tx, asking, nudge, *draft),
            _ => Err(too_late(asking)),
        },
        P::Again(draft) => again(tx, asking, *draft),
        P::Retry(_) | P::Cut(_) | P::AddForm(_) | P::Anyway(_) => retry::press(tx, asking, press, pressed),
        P::Which(draft) => which::chosen(tx, asking, *draft, chosen(asking, pressed)?),
        P::DoneAt(draft, chosen) => done_at(tx, asking, *draft, *chosen),
        P::When(draft, reading) => chosen_moment(tx, asking, *draft, *reading),
        P::Pick(draft) => match drafts::get(tx, asking.person.id, *draft)? {
            Some(Draft::Plan(typed, id)) => {
                let typed = TypedNudge { connection: Some(chosen(asking, pressed)?), ..typed };
                plan_one(tx, asking, &typed, id.map_or(Of::New(*draft), Of::Known))
            }
            _ => Err(too_old(asking)),
        },
    }
}

/// What was chosen in a menu of nudges or people.
fn chosen(asking: &Asking<'_>, pressed: &Pressed) -> Result<Id, Failure> {
    pressed.value().parse().map_err(|_| gone(asking))
}

/// The form to plan a nudge was sent; the draft holds what it has no room for.
fn plan(tx: &mut Tx<'_>, asking: &Asking<'_>, draft: Option<Id>, pressed: &Pressed) -> Result<Show, Failure> {
    let kept = match draft {
        Some(draft) => drafts::get(tx, asking.person.id, draft)?,
        None => None,
    };
    let kept = match kept {
        Some(Draft::Plan(typed, None)) => typed,
        _ => TypedNudge::default(),
    };
    let new = draft.unwrap_or_else(|| Id::new(asking.now));
    plan_one(tx, asking, &typed_in(pressed, kept), Of::New(new))
}

/// One of several moments was chosen: goes on with what was asked back for.
fn chosen_moment(tx: &mut Tx<'_>, asking: &Asking<'_>, draft: Id, reading: u8) -> Result<Show, Failure> {
    let meant =
        |phrase: &str| ask_back::chosen_moment(asking, draft, reading, |asker| when::once(phrase, asker));
    match drafts::get(tx, asking.person.id, draft)? {
        Some(Draft::Plan(typed, id)) => {
            let typed = TypedNudge { when: meant(&typed.when)?, ..typed };
            plan_one(tx, asking, &typed, id.map_or(Of::New(draft), Of::Known))
        }
        Some(Draft::Done(of, typed)) => {
            let typed = TypedDone { when: meant(&typed.when)?, ..typed };
            let mut came = came(tx, asking, of)?;
            if came.is_answerable() {
                return done(tx, asking, &mut came, &typed);
            }
            standing(tx, asking, &came)
        }
        Some(Draft::Snooze(of, phrase)) => {
            let came = came(tx, asking, of)?;
            if came.state == State::Open {
                return snooze(tx, asking, came, &meant(&phrase)?);
            }
            standing(tx, asking, &came)
        }
        Some(Draft::SnoozePlanned(of, phrase)) => {
            let nudge = planned(tx, asking, of)?;
            go_on(tx, asking, nudge, Then::SnoozeUntil(meant(&phrase)?))
        }
        Some(Draft::SnoozeAll(of, phrase)) => bundle::acts::snooze_all(tx, asking, of, &meant(&phrase)?),
        Some(Draft::Pause(typed)) => pause::chosen(tx, asking, typed, meant),
        Some(Draft::Cancelled(_) | Draft::Full(_) | Draft::Adding(..) | Draft::Which(_)) | None => {
            Err(too_old(asking))
        }
    }
}

fn snooze_planned(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id, pressed: &Pressed) -> Result<Show, Failure> {
    let nudge = planned(tx, asking, id)?;
    let phrase = typed_time(pressed).to_owned();
    if phrase == views::OTHER {
        let form = NudgePress::SnoozePlannedForm(id).id();
        return Ok(Show::Modal(modals::snooze_form(asking.words, form, "")));
    }
    go_on(tx, asking, nudge, Then::SnoozeUntil(phrase))
}

/// A cancelled nudge is back; one whose time is over comes at once.
fn uncancel(tx: &mut Tx<'_>, asking: &Asking<'_>, nudge: Nudge, draft: Id) -> Result<Show, Failure> {
    in_time(asking, draft.time())?;
    if store::get(tx, asking.person.id, nudge.id)?.is_none() {
        store::put(tx, asking.person.id, &nudge)?;
    }
    go_on(tx, asking, nudge, Then::Changed)
}

/// One of the list: what waits is shown as its letter, what is planned with what one can do.
fn open(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    if let Some(came) = store::came(tx, asking.person.id, id)? {
        let connection = connection_of(tx, asking, &came)?;
        return Ok(Show::Reply(views::standing(asking.words, &came, connection.as_ref(), None)));
    }
    let nudge = planned(tx, asking, id)?;
    go_on(tx, asking, nudge, Then::Show)
}

/// The form of a draft, to mend what was not taken.
fn again(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    use NudgePress as P;
    let words = asking.words;
    match drafts::get::<Draft>(tx, asking.person.id, id)? {
        Some(Draft::Plan(typed, of)) => {
            let form = of.map_or(P::PlanForm(Some(id)), P::EditForm).id();
            Ok(Show::Modal(modals::edit_form(words, form, &typed)))
        }
        Some(Draft::Done(of, typed)) => {
            let came = came(tx, asking, of)?;
            let name = connection_of(tx, asking, &came)?.map(|connection| connection.name);
            Ok(Show::Modal(modals::done_form(words, &came, name.as_deref(), &typed)))
        }
        Some(Draft::Snooze(of, typed)) => {
            Ok(Show::Modal(modals::snooze_form(words, P::SnoozeForm(of).id(), &typed)))
        }
        Some(Draft::SnoozePlanned(of, typed)) => {
            Ok(Show::Modal(modals::snooze_form(words, P::SnoozePlannedForm(of).id(), &typed)))
        }
        Some(Draft::SnoozeAll(of, typed)) => {
            Ok(Show::Modal(modals::snooze_form(words, P::SnoozeAllForm(of).id(), &typed)))
        }
        Some(Draft::Pause(typed)) => Ok(Show::Modal(pause::form(words, &typed))),
        Some(Draft::Adding(_, typed)) => Ok(adding::form(asking, id, &typed)),
        Some(Draft::Cancelled(_) | Draft::Full(_) | Draft::Which(_)) | None => Err(too_old(asking)),
    }
}

fn typed_in(pressed: &Pressed, kept: TypedNudge) -> TypedNudge {
    TypedNudge {
        about: pressed.field("about").to_owned(),
        when: pressed.field("when").to_owned(),
        repeat: pressed.field("repeat").to_owned(),
        ..kept
    }
}

/// A planned nudge of the one who acts. Somebody else's is answered just as one that is gone.
fn planned(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Nudge, Failure> {
    store::get(tx, asking.person.id, id)?.ok_or_else(|| gone(asking))
}
