//! What a member does about dates, whether by a command, a button or a form.

use std::ops::ControlFlow;

use super::press::{DatePress, Draft};
use super::{Read, TypedDate, views};
use crate::connections::acts::meant;
use crate::discord::answer::Show;
use crate::discord::failure::Failure;
use crate::discord::message::Field;
use crate::discord::router::Pressed;
use crate::discord::text::cut;
use crate::id::{Id, UserId};
use crate::members::ask_back::{self, Most, too_old};
use crate::members::{Asking, drafts};
use crate::nudges::acts::{Of, keep_one};
use crate::nudges::adding::{self, Waits};
use crate::nudges::forms::Refusal;
use crate::nudges::press::NudgePress;
use crate::nudges::{ABOUT, Nudge, store, views as nudge_views};
use crate::store::{StoreError, Tx};
use crate::texts::Words;
use crate::when;

/// Plans the nudge of a date, or changes the one that there is.
pub(in crate::nudges) fn plan_date(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    typed: &TypedDate,
    of: Of,
) -> Result<Show, Failure> {
    let (id, known) = of.ids();
    let mut typed = typed.clone();
    let pick = |draft| NudgePress::Date(DatePress::Pick(draft));
    if typed.connection.is_none() {
        let draft = || Draft { typed: typed.clone(), known };
        let nobody = |tx: &mut Tx<'_>| adding::nobody(tx, asking, &typed.who, &Waits::Date(typed.clone()));
        match meant(tx, asking, &typed.who, draft, pick, nobody)? {
            ControlFlow::Continue(connection) => typed.connection = Some(connection.id),
            ControlFlow::Break(asked) => return Ok(asked),
        }
    }
    match typed.read(&asking.member, asking.now, id) {
        Ok(Read::Nudge(nudge)) => keep_one(tx, asking, *nudge, of, Some(Waits::Date(typed))),
        Ok(Read::Several(readings)) => {
            let draft = Draft { typed: typed.clone(), known };
            let press = |draft, n| NudgePress::Date(DatePress::When(draft, n));
            ask_back::which_moment(tx, asking, &typed.on, &readings, &draft, press)
        }
        Err(refusal) => {
            let why = nudge_views::refusal(asking.words, &refusal);
            let again = |draft| NudgePress::Date(DatePress::Again(draft));
            let draft = Draft { typed, known };
            match refusal {
                Refusal::TooLong(_) => {
                    let cut = |draft| NudgePress::Date(DatePress::Cut(draft));
                    ask_back::refuse_too_long(tx, asking, (why, Most::Characters(ABOUT)), &draft, again, cut)
                }
                _ => ask_back::refuse(tx, asking, why, &draft, again),
            }
        }
    }
}

/// Answers a press.
pub(in crate::nudges) fn press(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    press: DatePress,
    pressed: &Pressed,
) -> Result<Show, Failure> {
    let kept = |tx: &mut Tx<'_>, draft: Id| -> Result<Draft, Failure> {
        drafts::get(tx, asking.person.id, draft)?.ok_or_else(|| too_old(asking))
    };
    match press {
        DatePress::Form(id) => {
            let draft = kept(tx, id)?;
            plan_date(tx, asking, &typed_in(pressed, draft.typed), Of::New(id))
        }
        DatePress::EditForm(id) => {
            let nudge = store::get(tx, asking.person.id, id)?.ok_or_else(|| too_old(asking))?;
            plan_date(tx, asking, &typed_in(pressed, TypedDate::of(&nudge)), Of::Known(id))
        }
        DatePress::Again(id) => {
            let Draft { typed, known } = kept(tx, id)?;
            let form = known.map_or(DatePress::Form(id), DatePress::EditForm);
            Ok(Show::Modal(views::form(asking.words, form, &typed)))
        }
        DatePress::Cut(id) => {
            let Draft { typed, known } = kept(tx, id)?;
            let typed = TypedDate { what: cut(&typed.what, ABOUT), ..typed };
            plan_date(tx, asking, &typed, known.map_or(Of::New(id), Of::Known))
        }
        DatePress::When(id, chosen) => {
            let Draft { typed, known } = kept(tx, id)?;
            let on = ask_back::chosen_moment(asking, id, chosen, |asker| when::once(&typed.on, asker))?;
            plan_date(tx, asking, &TypedDate { on, ..typed }, known.map_or(Of::New(id), Of::Known))
        }
        DatePress::Pick(id) => {
            let Draft { typed, known } = kept(tx, id)?;
            let picked: Id = pressed.value().parse().map_err(|_| too_old(asking))?;
            let typed = TypedDate { connection: Some(picked), ..typed };
            plan_date(tx, asking, &typed, known.map_or(Of::New(id), Of::Known))
        }
    }
}

fn typed_in(pressed: &Pressed, kept: TypedDate) -> TypedDate {
    TypedDate {
        what: pressed.field("what").to_owned(),
        on: pressed.field("on").to_owned(),
        before: pressed.field("before").to_owned(),
        ..kept
    }
}

/// The dates of a connection, for its card.
///
/// # Errors
/// The store's.
pub fn card(
    tx: &mut Tx<'_>,
    owner: UserId,
    connection: Id,
    words: Words<'_>,
) -> Result<Option<Field>, StoreError> {
    let all = store::planned(tx, owner)?;
    // One that is snoozed is the same date once more.
    let is_date = |nudge: &&Nudge| nudge.occasion.is_some() && nudge.of.is_none();
    let dates = all.iter().filter(|nudge| nudge.connection == Some(connection)).filter(is_date);
    Ok(views::card(words, dates))
}
