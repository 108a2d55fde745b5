//! What organizers do about programmes.

use serde::{Deserialize, Serialize};

use super::forms::{Refusal, Typed};
use super::press::ProgrammePress;
use super::{Programme, State, due, store, views};
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::failure::Failure;
use crate::discord::message::Message;
use crate::discord::router::Pressed;
use crate::id::{ChannelId, Id};
use crate::members::ask_back::too_old;
use crate::members::{Asking, drafts, serve_press};
use crate::rounds::organizer::{organized, organizes};
use crate::rounds::round::Stage;
use crate::rounds::{store as rounds, views as shared};
use crate::store::Tx;

/// How many days sign-up of a programme's round is open at first.
const DAYS: u16 = 14;

/// A programme that is not kept yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Draft {
    of: Id,
    programme: Programme,
}

/// `/organize programme` without a round: which there are, or the one that is named.
///
/// # Errors
/// They may not organize here; the store's.
pub(super) fn list(tx: &mut Tx<'_>, asking: &Asking<'_>, named: Option<&str>) -> Result<Show, Failure> {
    let guild = organizes(tx, asking)?;
    let all = store::programmes(tx, guild)?;
    let wanted = named.map(|named| named.trim().to_lowercase());
    let found = wanted.and_then(|wanted| {
        all.iter().find(|(id, it)| id.to_string() == wanted || it.name.to_lowercase() == wanted)
    });
    match (found, named) {
        (Some((id, it)), _) => shown(tx, asking, (*id, it)).map(Show::Reply),
        (None, Some(_)) => Err(Failure::told(views::no_such_programme(asking.words))),
        (None, None) => Ok(Show::Reply(views::list(asking.words, &all))),
    }
}

/// `/organize programme` with a round: shows when it would come, and asks whether to keep it so.
///
/// # Errors
/// They may not organize here, or the expression is not taken; the store's.
pub(super) fn propose(tx: &mut Tx<'_>, asking: &Asking<'_>, of: Id, when: &str) -> Result<Show, Failure> {
    let round = organized(tx, asking, of)?;
    if let Some(id) = round.programme
        && let Some(known) = store::programme(tx, id)?.filter(|it| it.state != State::Ended)
    {
        return shown(tx, asking, (id, &known)).map(Show::Reply);
    }
    let zone = rounds::setup(tx, round.guild)?.zone.unwrap_or_else(|| round.zone.clone());
    let programme = Programme {
        guild: round.guild,
        name: round.name.clone(),
        by: asking.person.id,
        cron: String::new(),
        zone,
        days: DAYS,
        state: State::On,
        next: None,
        rounds: 1,
        round,
    };
    let typed = Typed { when: when.to_owned(), days: DAYS.to_string() };
    let mut draft = Draft { of, programme };
    let id = drafts::keep(tx, asking.person.id, asking.now, &draft)?;
    fill(tx, asking, (id, &mut draft), &typed)
}

/// Puts what was typed into a programme that is not kept yet, and asks whether to keep it so.
fn fill(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, draft): (Id, &mut Draft),
    typed: &Typed,
) -> Result<Show, Failure> {
    match typed.on(&mut draft.programme, asking.now) {
        Err(why) => refused(tx, asking, (id, typed), why).map(Show::Update),
        Ok(some) => {
            drafts::put(tx, asking.person.id, id, draft)?;
            let asked = views::ask_to_keep(asking.words, id, &draft.programme, &some);
            Ok(Show::Update(asked))
        }
    }
}

/// Says why what was typed is not taken, and keeps it to be mended.
fn refused(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, typed): (Id, &Typed),
    why: Refusal,
) -> Result<Message, Failure> {
    let again = drafts::keep(tx, asking.person.id, asking.now, typed)?;
    Ok(views::refused(asking.words, typed, why, ProgrammePress::Again(again).on(id)))
}

/// Answers a press about a programme.
///
/// # Errors
/// They may not organize here, or the store fails.
pub async fn press(app: &App, pressed: &Pressed, id: Id, press: ProgrammePress) -> Result<Show, Failure> {
    use ProgrammePress as P;
    serve_press(app, pressed, |tx, asking| match press {
        P::Keep => keep(tx, asking, id),
        P::Drop => Ok(Show::Update(views::dropped(asking.words))),
        _ => act(tx, asking, (id, press), pressed),
    })
    .await
}

/// Keeps the programme of a draft; a second press shows the one that is kept.
fn keep(tx: &mut Tx<'_>, asking: &Asking<'_>, draft: Id) -> Result<Show, Failure> {
    organizes(tx, asking)?;
    let found: Option<Draft> = drafts::get(tx, asking.person.id, draft)?;
    let Draft { of, mut programme } = found.ok_or_else(|| too_old(asking))?;
    let mut round = organized(tx, asking, of)?;
    if let Some(known) = store::programme(tx, draft)? {
        return shown(tx, asking, (draft, &known)).map(Show::Update);
    }
    // An expression that was refused stands in no programme.
    Typed::of(&programme).on(&mut programme, asking.now).map_err(|_| too_old(asking))?;
    round.programme = Some(draft);
    rounds::put_round(tx, of, &round)?;
    due::plan(tx, draft, &mut programme, asking.now)?;
    shown(tx, asking, (draft, &programme)).map(Show::Update)
}

fn shown(tx: &mut Tx<'_>, asking: &Asking<'_>, (id, it): (Id, &Programme)) -> Result<Message, Failure> {
    let all = store::rounds_of(tx, id, it)?;
    Ok(views::shown(asking.words, (id, it), &all))
}

fn act(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, press): (Id, ProgrammePress),
    pressed: &Pressed,
) -> Result<Show, Failure> {
    use ProgrammePress as P;
    let guild = organizes(tx, asking)?;
    let Some(mut it) = store::programme(tx, id)?.filter(|it| it.guild == guild) else {
        return act_on_draft(tx, asking, (id, press), pressed);
    };
    if it.state == State::Ended {
        return shown(tx, asking, (id, &it)).map(Show::Update);
    }
    match press {
        P::Pause => it.state = State::Paused,
        P::Resume => it.state = State::On,
        P::End => return Ok(Show::Update(views::ask_to_end(asking.words, (id, &it)))),
        P::EndYes => it.state = State::Ended,
        P::Change | P::Again(_) => return form(tx, asking, (id, press), &it),
        P::ChangeForm => {
            let typed = Typed::sent(pressed);
            if let Err(why) = typed.on(&mut it, asking.now) {
                return refused(tx, asking, (id, &typed), why).map(Show::Reply);
            }
        }
        P::Channel => {
            it.round.channel = pressed.value().parse().map_or(it.round.channel, ChannelId);
        }
        P::Show | P::Keep | P::Drop => return shown(tx, asking, (id, &it)).map(Show::Update),
    }
    // Whoever changes it last is told of it.
    it.by = asking.person.id;
    due::plan(tx, id, &mut it, asking.now)?;
    shown(tx, asking, (id, &it)).map(Show::Update)
}

/// The same for one that is not kept yet.
fn act_on_draft(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, press): (Id, ProgrammePress),
    pressed: &Pressed,
) -> Result<Show, Failure> {
    use ProgrammePress as P;
    let draft: Option<Draft> = drafts::get(tx, asking.person.id, id)?;
    let gone = || Failure::told(views::no_such_programme(asking.words));
    let mut draft = draft.ok_or_else(gone)?;
    match press {
        P::Change | P::Again(_) => form(tx, asking, (id, press), &draft.programme),
        P::ChangeForm => fill(tx, asking, (id, &mut draft), &Typed::sent(pressed)),
        _ => Err(gone()),
    }
}

/// The form for when it comes: as it stands, or as it was typed before.
fn form(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, press): (Id, ProgrammePress),
    it: &Programme,
) -> Result<Show, Failure> {
    let typed = match press {
        ProgrammePress::Again(draft) => {
            drafts::get(tx, asking.person.id, draft)?.ok_or_else(|| too_old(asking))?
        }
        _ => Typed::of(it),
    };
    Ok(Show::Modal(views::form(asking.words, (id, &it.name), &typed)))
}

/// Takes the settings of another round over: those of the next ones.
///
/// # Errors
/// They may not organize here; the store's.
pub(super) fn settings_of(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    named: &str,
    of: Id,
) -> Result<Show, Failure> {
    let guild = organizes(tx, asking)?;
    let wanted = named.trim().to_lowercase();
    let mut all = store::programmes(tx, guild)?;
    all.retain(|(id, it)| id.to_string() == wanted || it.name.to_lowercase() == wanted);
    let round = organized(tx, asking, of)?;
    let Some((id, mut it)) = all.pop().filter(|_| round.stage != Stage::Cancelled) else {
        return Err(Failure::told(views::no_such_programme(asking.words)));
    };
    it.round = round;
    it.by = asking.person.id;
    due::plan(tx, id, &mut it, asking.now)?;
    let shown = shown(tx, asking, (id, &it))?;
    Ok(Show::Reply(shown))
}

/// A round that is named, as far as organizers may see it.
///
/// # Errors
/// There is none; the store's.
pub(super) fn round_named(tx: &mut Tx<'_>, asking: &Asking<'_>, named: &str) -> Result<Id, Failure> {
    let guild = organizes(tx, asking)?;
    let wanted = named.trim().to_lowercase();
    let all = rounds::rounds(tx, guild)?;
    let found =
        all.into_iter().rev().find(|(id, it)| id.to_string() == wanted || it.name.to_lowercase() == wanted);
    found.map(|(id, _)| id).ok_or_else(|| Failure::told(shared::no_such_round(asking.words)))
}
