//! A meeting that a group agrees on, and Discord's event of it.

use anyhow::Context as _;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::press::PublishPress;
use super::times::LONG;
use super::{times_views, views};
use crate::agenda;
use crate::delivery::{self, Errand, Letter, Outcome, Tell, To, What};
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::failure::Failure;
use crate::id::{EventId, Id};
use crate::members::ask_back::{self, chosen_moment, too_old};
use crate::members::views::misread;
use crate::members::{Asking, drafts};
use crate::rounds::group::{Group, Meeting};
use crate::rounds::press::RoundPress;
use crate::rounds::round::{Round, Stopped};
use crate::rounds::{running, store, views as shared};
use crate::store::Tx;
use crate::when;

/// Whose agenda entries these are: an event was made, or not; the subject is the round, the group and the errand.
pub const EVENT: &str = "round/publish/event";

pub(super) fn due(app: &App) -> Vec<(&'static str, agenda::Handler)> {
    let app = app.clone();
    vec![(EVENT, Box::new(move |tx, due| made(tx, &app, due)))]
}

fn theirs(tx: &mut Tx<'_>, asking: &Asking<'_>, (id, number): (Id, u16)) -> Result<(Round, Group), Failure> {
    let round = store::round(tx, id)?.filter(|round| round.stage.is_open());
    let round = round.ok_or_else(|| Failure::told(shared::no_such_round(asking.words)))?;
    let group = store::group(tx, id, number)?.filter(|group| group.has(asking.person.id));
    let group = group.ok_or_else(|| Failure::told(views::not_your_group(asking.words)))?;
    Ok((round, group))
}

/// A time as it was typed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Typed {
    /// When.
    pub when: String,
}

/// Opens the form for a time that somebody suggests, with what they typed before where it is to be mended.
///
/// # Errors
/// It is not their group; the store's.
pub(super) fn form(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    of: (Id, u16),
    draft: Option<Id>,
) -> Result<Show, Failure> {
    theirs(tx, asking, of)?;
    let typed = match draft {
        Some(draft) => {
            drafts::get::<Typed>(tx, asking.person.id, draft)?.ok_or_else(|| too_old(asking))?.when
        }
        None => String::new(),
    };
    Ok(Show::Modal(times_views::form(asking.words, of, &typed)))
}

/// Somebody in a group typed when they could meet.
///
/// # Errors
/// It is not their group; the store's.
pub(super) fn suggested(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, number): (Id, u16),
    typed: &Typed,
) -> Result<Show, Failure> {
    let words = asking.words;
    let (round, group) = theirs(tx, asking, (id, number))?;
    let again = |draft| RoundPress::Publish(id, PublishPress::SuggestAgain(number, draft));
    let readings = match when::once(&typed.when, &asking.member.asker(asking.now)) {
        Ok(reading) => reading.all(),
        Err(not) => {
            let why = times_views::misread(words, &misread(words, &typed.when, &not));
            return ask_back::refuse(tx, asking, why, typed, again);
        }
    };
    let [(at, _)] = readings[..] else {
        let press = |draft, nth| RoundPress::Publish(id, PublishPress::SuggestWhen(number, draft, nth));
        return ask_back::which_moment(tx, asking, &typed.when, &readings, typed, press);
    };
    let ends = round.ends(round.began.unwrap_or(asking.now));
    if at >= ends {
        return ask_back::refuse(tx, asking, times_views::too_late(words, &round, ends), typed, again);
    }
    agree(tx, asking, (id, &round), (number, group), at)
}

/// One of several moments was chosen for what somebody typed.
///
/// # Errors
/// It is not their group; the store's.
pub(super) fn suggested_one(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    of: (Id, u16),
    (draft, nth): (Id, u8),
) -> Result<Show, Failure> {
    let typed: Typed = drafts::get(tx, asking.person.id, draft)?.ok_or_else(|| too_old(asking))?;
    let when = chosen_moment(asking, draft, nth, |asker| when::once(&typed.when, asker))?;
    Ok(suggested(tx, asking, of, &Typed { when })?.in_place())
}

/// Somebody in a group chose one of the times, in seconds since 1970.
///
/// # Errors
/// It is not their group; the store's.
pub(super) fn chosen(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    of: (Id, u16),
    value: &str,
) -> Result<Show, Failure> {
    let (round, group) = theirs(tx, asking, of)?;
    let at = value.parse().ok().and_then(|at| Timestamp::from_second(at).ok());
    let Some(at) = at.filter(|at| *at > asking.now) else {
        return Err(Failure::told(views::time_is_over(asking.words)));
    };
    agree(tx, asking, (of.0, &round), (of.1, group), at)
}

/// A group is to meet then: it reads so, and is reminded of it.
fn agree(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
    (number, mut group): (u16, Group),
    at: Timestamp,
) -> Result<Show, Failure> {
    group.meeting = Some(Meeting { at, asked: false, event: None });
    store::put_group(tx, id, number, &group)?;
    running::agreed(tx, (id, round), (number, &group), asking.person.id, asking.now)?;
    if let Some(channel) = group.channel() {
        let words = asking.app.texts.words(Some(&round.locale));
        let event = PublishPress::event(number, at).on(id);
        let message = views::meeting(words, asking.person.id, &group, at, event);
        delivery::post(tx, &Letter::new(To::Channel(channel), message, asking.now))?;
    }
    Ok(Show::Reply(views::time_chosen(asking.words, at)))
}

/// Somebody in a group wants its meeting as an event of the server.
///
/// # Errors
/// It is not their group; the store's.
pub(super) fn event(tx: &mut Tx<'_>, asking: &Asking<'_>, of: (Id, u16), at: i64) -> Result<Show, Failure> {
    let (round, mut group) = theirs(tx, asking, of)?;
    let meeting = group.meeting.filter(|meeting| meeting.at.as_second() == at);
    let Some(meeting) = meeting.filter(|meeting| meeting.at > asking.now) else {
        return Err(Failure::told(views::time_is_over(asking.words)));
    };
    if let Some(event) = meeting.event {
        return Ok(Show::Reply(views::event_is_there(asking.words, round.guild, event)));
    }
    if meeting.asked {
        return Ok(Show::Reply(views::event_asked(asking.words)));
    }
    group.meeting = Some(Meeting { asked: true, ..meeting });
    store::put_group(tx, of.0, of.1, &group)?;
    let words = asking.app.texts.words(Some(&round.locale));
    let errand = Id::new(asking.now);
    let what = What::CreateEvent {
        guild: round.guild,
        name: views::event_name(words, &round, of.1),
        description: views::event_about(words, &round),
        location: views::event_place(words, &group),
        starts: meeting.at,
        ends: meeting.at + LONG,
    };
    let tell = Tell::new(EVENT, format!("{} {} {errand}", of.0, of.1));
    delivery::ask(tx, &Errand::new(what, asking.now).with_id(errand).telling(tell))?;
    Ok(Show::Reply(views::event_asked(asking.words)))
}

/// The event was made, or refused: the group reads which.
fn made(tx: &mut Tx<'_>, app: &App, due: &agenda::Due) -> anyhow::Result<()> {
    let parts: Vec<&str> = due.subject.split(' ').collect();
    let [id, number, errand] = parts[..] else { anyhow::bail!("a round, a group and an errand") };
    let (id, number, errand): (Id, u16, Id) = (id.parse()?, number.parse()?, errand.parse()?);
    let outcome = delivery::outcome(tx, errand)?.context("an errand without an end")?;
    delivery::forget_outcome(tx, errand)?;
    let Some(round) = store::round(tx, id)? else { return Ok(()) };
    let Some(mut group) = store::group(tx, id, number)? else { return Ok(()) };
    let Some(channel) = group.channel() else { return Ok(()) };
    let words = app.texts.words(Some(&round.locale));
    let message = match outcome.made() {
        Some(event) => {
            let event = EventId(event);
            group.meeting = group.meeting.map(|meeting| Meeting { event: Some(event), ..meeting });
            store::put_group(tx, id, number, &group)?;
            views::event_made(words, round.guild, event)
        }
        None => {
            let Outcome::Refused { code, .. } = outcome else { return Ok(()) };
            tracing::warn!(round = %id, code, "an event was refused");
            group.meeting = group.meeting.map(|meeting| Meeting { asked: false, ..meeting });
            store::put_group(tx, id, number, &group)?;
            views::event_refused(words, Stopped::of(code))
        }
    };
    delivery::post(tx, &Letter::new(To::Channel(channel), message, due.now))?;
    Ok(())
}
