//! Half-way each is asked how it is going: 1 to 5, and a word.

use super::check_ins::tell_by_day;
use super::course::Pulse;
use super::press::RunPress;
use super::{running, store, views};
use crate::agenda;
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::failure::Failure;
use crate::discord::router::Pressed;
use crate::discord::text::cut;
use crate::id::Id;
use crate::members::Asking;
use crate::rounds::round::{Round, Stage};
use crate::rounds::store as rounds;
use crate::store::Tx;

/// Whose agenda entries these are; the subject is the round.
pub const PULSE: &str = "round/running/pulse";
/// Most characters of a word.
pub const WORD: u16 = 500;

pub(super) fn due(app: &App) -> Vec<(&'static str, agenda::Handler)> {
    let app = app.clone();
    vec![(PULSE, Box::new(move |tx, due| ask(tx, &app, due)))]
}

/// Everybody who is in a group is asked, once; who pauses is not.
fn ask(tx: &mut Tx<'_>, app: &App, due: &agenda::Due) -> anyhow::Result<()> {
    let id: Id = due.subject.parse()?;
    let Some((round, _)) = running(tx, id)? else { return Ok(()) };
    for (_, group) in rounds::groups(tx, id)? {
        for user in group.people {
            let mut part = store::part(tx, id, user)?;
            if part.pulse_asked.is_some() || part.pauses(due.now) {
                continue;
            }
            part.pulse_asked = Some(due.now);
            store::put_part(tx, id, user, &part)?;
            tell_by_day(tx, app, user, due.now, |words| views::pulse(words, (id, &round)))?;
        }
    }
    Ok(())
}

/// Somebody says how it is going.
///
/// # Errors
/// The store's.
pub(super) fn press(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
    press: RunPress,
    pressed: &Pressed,
) -> Result<Show, Failure> {
    let own = asking.person.id;
    let mut part = store::part(tx, id, own)?;
    if part.pulse_asked.is_none() {
        return Err(Failure::told(views::nothing_to_answer(asking.words)));
    }
    if round.stage != Stage::Running {
        return Ok(Show::Update(views::too_late(asking.words, round)));
    }
    let last = part.pulse().cloned();
    let said = match (press, last) {
        (RunPress::Pulse(score), last) if (1..=5).contains(&score) => {
            let word = last.map(|it| it.word).unwrap_or_default();
            Pulse { score, word, at: asking.now }
        }
        (RunPress::WordForm, Some(last)) => {
            let word = cut(pressed.field("word"), usize::from(WORD));
            Pulse { word, at: asking.now, ..last }
        }
        (RunPress::Word, Some(last)) => return Ok(Show::Modal(views::word_form(asking.words, id, &last))),
        _ => return Ok(Show::Update(views::pulse(asking.words, (id, round)))),
    };
    part.heard(asking.now);
    part.pulses.push(said.clone());
    store::put_part(tx, id, own, &part)?;
    Ok(Show::Update(views::pulse_said(asking.words, (id, round), &said)))
}
