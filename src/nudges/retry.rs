//! What was not taken as it was typed, taken later: a nudge that there was no room for, tried again; a text that is
//! too long, cut.

use super::acts::{Of, plan_one, with_way_back};
use super::adding::{self, Waits};
use super::came::{came, done, standing};
use super::dates::TypedDate;
use super::forms::{TypedDone, TypedNudge};
use super::press::{Draft, NudgePress};
use super::{ABOUT, store};
use crate::discord::answer::Show;
use crate::discord::custom_id::{CustomId, Press as _};
use crate::discord::failure::Failure;
use crate::discord::message::{Button, Component, Message};
use crate::discord::router::Pressed;
use crate::discord::text::cut;
use crate::id::Id;
use crate::members::ask_back::{self, too_old};
use crate::members::{Asking, drafts};
use crate::say;
use crate::store::Tx;
use crate::when;

/// Answers a press on what was not taken.
pub(super) fn press(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    press: &NudgePress,
    pressed: &Pressed,
) -> Result<Show, Failure> {
    match press {
        NudgePress::Retry(draft) => again(tx, asking, *draft),
        NudgePress::Cut(draft) => shortened(tx, asking, *draft),
        NudgePress::AddForm(draft) => adding::sent(tx, asking, *draft, pressed),
        NudgePress::Anyway(draft) => adding::anyway(tx, asking, *draft),
        _ => Err(too_old(asking)),
    }
}

/// Whether one more nudge may be planned.
pub(super) fn has_room(tx: &mut Tx<'_>, asking: &Asking<'_>) -> Result<bool, Failure> {
    let planned = store::planned(tx, asking.person.id)?.len();
    Ok(planned < asking.app.limits.open_nudges_per_member)
}

/// Says that there is no room for one more; what was typed is kept until there is.
pub(super) fn full(tx: &mut Tx<'_>, asking: &Asking<'_>, draft: &Draft) -> Result<Show, Failure> {
    let show = ask_back::refuse(tx, asking, why(asking), draft, NudgePress::Retry)?;
    let show = match show {
        Show::Reply(message) => Show::Reply(message.and(list(asking))),
        show => show,
    };
    Ok(with_way_back(asking, show, draft))
}

/// The same of something that nobody typed.
pub(super) fn no_room(asking: &Asking<'_>) -> Failure {
    Failure::told(Message::new(why(asking)).buttons([list(asking)]))
}

fn why(asking: &Asking<'_>) -> String {
    say!(asking.words, "nudges-full", most = asking.app.limits.open_nudges_per_member)
}

fn list(asking: &Asking<'_>) -> Button {
    Button::secondary(asking.words.say("button-list-nudges"), NudgePress::List(0).id())
}

/// Tries again what there was no room for.
fn again(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let meant = |phrase: &str| as_meant(asking, id, phrase);
    match drafts::get(tx, asking.person.id, id)? {
        Some(Draft::Full(Waits::Nudge(typed))) => {
            Waits::Nudge(TypedNudge { when: meant(&typed.when), ..typed }).plan(tx, asking, id)
        }
        Some(Draft::Full(Waits::Date(typed))) => {
            Waits::Date(TypedDate { on: meant(&typed.on), ..typed }).plan(tx, asking, id)
        }
        Some(Draft::Done(of, typed)) => {
            let mut came = came(tx, asking, of)?;
            if came.is_answerable() {
                let typed = TypedDone { when: meant(&typed.when), ..typed };
                return done(tx, asking, &mut came, &typed);
            }
            standing(tx, asking, &came)
        }
        _ => Err(too_old(asking)),
    }
}

/// A phrase so that it means what it meant when it was typed. A span and a rhythm count from now.
fn as_meant(asking: &Asking<'_>, draft: Id, phrase: &str) -> String {
    match when::once(phrase, &asking.member.asker(draft.time())) {
        Ok(read) if read.others.is_empty() && !when::is_span(phrase) => {
            when::exactly(read.at.timestamp(), &asking.member.zone())
        }
        _ => phrase.to_owned(),
    }
}

/// Takes a draft with the text that is too long in it cut at a word.
fn shortened(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    match drafts::get(tx, asking.person.id, id)? {
        Some(Draft::Plan(typed, known)) => {
            let typed = TypedNudge { about: cut(&typed.about, ABOUT), ..typed };
            plan_one(tx, asking, &typed, known.map_or(Of::New(id), Of::Known))
        }
        Some(Draft::Adding(waits, typed)) => {
            let typed = typed.cut(asking.app.limits.note_length);
            adding::add(tx, asking, id, waits, &typed)
        }
        _ => Err(too_old(asking)),
    }
}

/// Whether what was pressed stands on an answer that keeps something typed to be tried again.
pub(super) fn keeps_typed(pressed: &Pressed) -> bool {
    let rows = pressed.message.iter().flat_map(|message| &message.components);
    rows.flat_map(|row| &row.components).any(|component| {
        let Component::Button(button) = component else { return false };
        let id = button.custom_id.as_deref().and_then(CustomId::parse);
        matches!(id.and_then(|id| id.press()), Some(NudgePress::Again(_) | NudgePress::Retry(_)))
    })
}
