//! What the buttons, menus and forms of a nudge that came do.

use std::ops::ControlFlow;

use super::acts::{understood, with_way_back};
use super::answers::Answer;
use super::forms::TypedDone;
use super::press::{Draft, NudgePress};
use super::{Came, Source, State, bend_views, modals, retry, store, views};
use crate::connections::Connection;
use crate::discord::answer::Show;
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::message::{Button, Message};
use crate::discord::router::Pressed;
use crate::id::Id;
use crate::members::ask_back::too_old;
use crate::members::undo::too_late;
use crate::members::{Asking, drafts};
use crate::store::Tx;
use crate::when::Cadence;

/// An answer to a nudge that came.
pub(super) fn answer(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, press): (Id, &NudgePress),
    pressed: &Pressed,
) -> Result<Show, Failure> {
    use NudgePress as P;
    let mut came = came(tx, asking, id)?;
    let answer = answering(asking);
    let open = came.state == State::Open;
    let doable = came.is_answerable();
    match press {
        P::Done(_) if doable => {
            let name = connection_of(tx, asking, &came)?.map(|connection| connection.name);
            let form = modals::done_form(asking.words, &came, name.as_deref(), &TypedDone::default());
            return Ok(Show::Modal(form));
        }
        P::DoneForm(_) if doable => {
            let typed = TypedDone {
                happened: pressed.field("happened").to_owned(),
                next: pressed.field("next").to_owned(),
                when: pressed.field("when").to_owned(),
            };
            return done(tx, asking, &mut came, &typed);
        }
        P::Snooze(_) if open => {
            let connection = connection_of(tx, asking, &came)?;
            return Ok(Show::Update(snoozing(asking, &came, connection.as_ref())));
        }
        P::SnoozeTo(_) if open && pressed.value() == views::OTHER => {
            return Ok(Show::Modal(modals::snooze_form(asking.words, P::SnoozeForm(id).id(), "")));
        }
        P::SnoozeTo(_) | P::SnoozeForm(_) if open => {
            return snooze(tx, asking, came, typed_time(pressed));
        }
        P::Skip(_) if open => answer.skip(tx, &mut came)?,
        P::Stop(_) if open => answer.stop(tx, &mut came)?,
        P::Undo(_) if !open && !answer.take_back(tx, &mut came)? => return Err(too_late(asking)),
        // Whatever else was pressed: it was answered already, and this shows how.
        _ => {}
    }
    standing(tx, asking, &came)
}

/// A nudge that came, with the menu of times to snooze it until.
pub(super) fn snoozing(asking: &Asking<'_>, came: &Came, connection: Option<&Connection>) -> Message {
    let shown = views::letter(asking.words, came, connection);
    let asker = asking.member.asker(asking.now);
    let (menu, back) = (NudgePress::SnoozeTo(came.id).id(), NudgePress::Back(came.id).id());
    views::snooze_menu(asking.words, &asker, shown, menu, back)
}

/// A nudge that came to the one who acts, as it stands now.
pub(super) fn came(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Came, Failure> {
    store::came(tx, asking.person.id, id)?.ok_or_else(|| gone(asking))
}

/// Shows a nudge that came as it stands now.
pub(super) fn standing(tx: &mut Tx<'_>, asking: &Asking<'_>, came: &Came) -> Result<Show, Failure> {
    let connection = connection_of(tx, asking, came)?;
    Ok(Show::Update(views::standing(asking.words, came, connection.as_ref(), None)))
}

/// A time to snooze until was chosen or typed.
pub(super) fn snooze(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    mut came: Came,
    phrase: &str,
) -> Result<Show, Failure> {
    match understood(tx, asking, phrase, || Draft::Snooze(came.id, phrase.to_owned()))? {
        ControlFlow::Break(asked) => Ok(asked),
        ControlFlow::Continue((at, by)) => {
            answering(asking).snooze(tx, &mut came, at, by)?;
            let shown = standing(tx, asking, &came)?;
            match (shown, longer_one(tx, asking, &came)?) {
                (Show::Update(message), Some((connection, longer))) => {
                    Ok(Show::Update(bend_views::with_bend(asking.words, message, &came, &connection, longer)))
                }
                (shown, _) => Ok(shown),
            }
        }
    }
}

/// The longer rhythm that is asked about where a nudge was snoozed again and again, and whose it is.
fn longer_one(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    came: &Came,
) -> Result<Option<(Connection, Cadence)>, Failure> {
    if came.source != Source::Rhythm || !matches!(came.state, State::Snoozed(_)) {
        return Ok(None);
    }
    let Some(connection) = connection_of(tx, asking, came)? else { return Ok(None) };
    let run = store::run(tx, asking.person.id, connection.id)?;
    Ok(run.and_then(|run| run.asks(&connection)).map(|longer| (connection, longer)))
}

/// The rhythm is to be longer. Pressed twice, the second changes nothing.
pub(super) fn longer(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let mut came = came(tx, asking, id)?;
    let Some((mut connection, longer)) = longer_one(tx, asking, &came)? else {
        return standing(tx, asking, &came);
    };
    answering(asking).lengthen(tx, &mut came, &mut connection, longer)?;
    let shown = views::standing(asking.words, &came, Some(&connection), None);
    Ok(Show::Update(bend_views::bent(asking.words, shown, longer)))
}

/// The form for what happened was sent.
pub(super) fn done(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    came: &mut Came,
    typed: &TypedDone,
) -> Result<Show, Failure> {
    if typed.lacks_a_time() {
        return ask_when(tx, asking, came, typed);
    }
    let mut at = None;
    if !typed.when.trim().is_empty() {
        match understood(tx, asking, &typed.when, || Draft::Done(came.id, typed.clone()))? {
            ControlFlow::Break(asked) => return Ok(asked),
            ControlFlow::Continue(then) => at = Some(then),
        }
    }
    let plans = at.is_some() && (!typed.next.trim().is_empty() || came.connection.is_none());
    if plans && came.state == State::Open && !retry::has_room(tx, asking)? {
        return retry::full(tx, asking, &Draft::Done(came.id, typed.clone()));
    }
    let planned = answering(asking).done(tx, came, typed, at)?;
    let connection = connection_of(tx, asking, came)?;
    Ok(Show::Update(views::standing(asking.words, came, connection.as_ref(), planned.as_ref())))
}

/// Asks when that is to come which comes next; what was typed is kept until that is said.
fn ask_when(tx: &mut Tx<'_>, asking: &Asking<'_>, came: &Came, typed: &TypedDone) -> Result<Show, Failure> {
    let draft = Draft::Done(came.id, typed.clone());
    let kept = drafts::keep(tx, asking.person.id, asking.now, &draft)?;
    Ok(with_way_back(asking, Show::Reply(views::when_next(asking.words, &typed.next, kept)), &draft))
}

/// A time was chosen for what comes next, or none.
pub(super) fn done_at(tx: &mut Tx<'_>, asking: &Asking<'_>, draft: Id, chosen: u8) -> Result<Show, Failure> {
    let Some(Draft::Done(of, typed)) = drafts::get(tx, asking.person.id, draft)? else {
        return Err(too_old(asking));
    };
    let typed = match views::NEXT.get(usize::from(chosen)) {
        Some((_, phrase)) => TypedDone { when: (*phrase).to_owned(), ..typed },
        None => typed.noted_only(),
    };
    let mut came = came(tx, asking, of)?;
    if came.is_answerable() { done(tx, asking, &mut came, &typed) } else { standing(tx, asking, &came) }
}

pub(super) fn answering<'a>(asking: &'a Asking<'_>) -> Answer<'a> {
    Answer { owner: asking.person.id, member: &asking.member, now: asking.now }
}

/// The time that was chosen or typed.
pub(super) fn typed_time(pressed: &Pressed) -> &str {
    if pressed.values.is_empty() { pressed.field("when") } else { pressed.value() }
}

pub(super) fn connection_of(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    came: &Came,
) -> Result<Option<Connection>, Failure> {
    Ok(store::about(tx, asking.person.id, came.connection)?)
}

/// A nudge that is gone, or somebody else's.
pub(super) fn gone(asking: &Asking<'_>) -> Failure {
    let list = Button::secondary(asking.words.say("button-list-nudges"), NudgePress::List(0).id());
    Failure::told(Message::new(asking.words.say("nudge-gone")).buttons([list]))
}
