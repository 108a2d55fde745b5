//! The steps of a round's end, each in a transaction of its own.

use jiff::Timestamp;

use super::feedback::{Feedback, GRACE, REMIND, for_mentor};
use super::store::Closing;
use super::{acts, badge, store, views};
use crate::agenda;
use crate::delivery::{self, Errand, Letter, To, What};
use crate::discord::app::App;
use crate::id::{Id, UserId};
use crate::rounds::group::Group;
use crate::rounds::round::{FEEDBACK, Rooms, Round, Stage};
use crate::rounds::signup::State;
use crate::rounds::{board, life, store as rounds};
use crate::store::{StoreError, Tx};

/// Whose agenda entries these are; the subject is the round: its planned end.
pub const ENDS: &str = "round/ends";
/// Everybody is asked how it was.
pub const ASK: &str = "round/closing/ask";
/// Those who have not answered are reminded.
pub const AGAIN: &str = "round/closing/remind";
/// No more feedback is waited for.
pub const OVER: &str = "round/closing/over";

pub(in crate::rounds) fn due(app: &App) -> Vec<(&'static str, agenda::Handler)> {
    let step = |step: fn(&mut Tx<'_>, &App, Id, Timestamp) -> anyhow::Result<()>| -> agenda::Handler {
        let app = app.clone();
        Box::new(move |tx, due| step(tx, &app, due.subject.parse()?, due.now))
    };
    let mut all = vec![(ENDS, step(ends)), (ASK, step(ask)), (AGAIN, step(remind)), (OVER, step(over))];
    all.extend(badge::due(app));
    all
}

/// Plans the end of a round that begins to run.
///
/// # Errors
/// The store's.
pub fn plan(tx: &mut Tx<'_>, id: Id, round: &Round, began: Timestamp) -> Result<(), StoreError> {
    agenda::put(tx, round.ends(began), ENDS, &id.to_string())
}

/// Ends a round by hand: the requests go out a little later. Returns when.
///
/// # Errors
/// The store's.
pub(super) fn begin(tx: &mut Tx<'_>, id: Id, now: Timestamp) -> Result<Timestamp, StoreError> {
    let asks = now + GRACE;
    store::put_closing(tx, id, &Closing { asks, ..Closing::default() })?;
    agenda::put(tx, asks, ASK, &id.to_string())?;
    Ok(asks)
}

/// Takes the end by hand back, and says whether no request has gone out yet.
///
/// # Errors
/// The store's.
pub(super) fn take_back(tx: &mut Tx<'_>, id: Id) -> Result<bool, StoreError> {
    match store::closing(tx, id)? {
        Some(closing) if closing.asked.is_none() => {
            agenda::remove(tx, closing.asks, ASK, &id.to_string())?;
            store::forget_closing(tx, id)?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// Whether a time has come. The agenda keeps times to the millisecond.
fn reached(at: Timestamp, now: Timestamp) -> bool {
    at.as_millisecond() <= now.as_millisecond()
}

/// The planned end has come.
fn ends(tx: &mut Tx<'_>, app: &App, id: Id, now: Timestamp) -> anyhow::Result<()> {
    let Some(round) = rounds::round(tx, id)? else { return Ok(()) };
    if !round.began.is_some_and(|began| reached(round.ends(began), now)) || store::closing(tx, id)?.is_some()
    {
        return Ok(());
    }
    store::put_closing(tx, id, &Closing { asks: now, ..Closing::default() })?;
    ask(tx, app, id, now)
}

/// Everybody who took part is asked how it was.
fn ask(tx: &mut Tx<'_>, app: &App, id: Id, now: Timestamp) -> anyhow::Result<()> {
    let Some(mut round) = rounds::round(tx, id)?.filter(|it| it.stage == Stage::Running) else {
        return Ok(());
    };
    let Some(closing) = store::closing(tx, id)?.filter(|it| it.asked.is_none() && reached(it.asks, now))
    else {
        return Ok(());
    };
    if let Some(began) = round.began {
        agenda::remove(tx, round.ends(began), ENDS, &id.to_string())?;
    }
    round.stage = Stage::Closing;
    rounds::put_round(tx, id, &round)?;
    store::put_closing(tx, id, &Closing { asked: Some(now), ..closing })?;
    let groups = rounds::groups(tx, id)?;
    let people = people(&groups);
    let common = acts::common(tx, (id, &round))?;
    for user in &people {
        store::put_feedback(tx, id, *user, &Feedback::default())?;
        if let Some(story) = acts::story_of(tx, (id, &round), *user, &common)? {
            life::tell(tx, app, *user, now, |words| views::asked(words, &story))?;
        }
    }
    let until = now + FEEDBACK;
    let words = app.texts.words(Some(&round.locale));
    for channel in groups.iter().filter_map(|(_, group)| group.channel()) {
        let said = views::in_the_room(words, &round, until);
        delivery::post(tx, &Letter::new(To::Channel(channel), said, now))?;
    }
    agenda::put(tx, now + REMIND, AGAIN, &id.to_string())?;
    agenda::put(tx, until, OVER, &id.to_string())?;
    badge::award(tx, (id, &round), now)?;
    board::changed(tx, id, now)?;
    life::tell(tx, app, round.by, now, |words| views::all_asked(words, &round, people.len(), until))?;
    Ok(())
}

/// Everybody in these groups, once each.
fn people(groups: &[(u16, Group)]) -> Vec<UserId> {
    let mut all: Vec<UserId> = groups.iter().flat_map(|(_, group)| group.people.clone()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Who has not answered is reminded, once.
fn remind(tx: &mut Tx<'_>, app: &App, id: Id, now: Timestamp) -> anyhow::Result<()> {
    let Some(round) = closing(tx, id)? else { return Ok(()) };
    let common = acts::common(tx, (id, &round))?;
    for (user, mut feedback) in store::all_feedback(tx, id)? {
        let stays = rounds::sign_up(tx, id, user)?.is_some_and(|it| it.state == State::In);
        if feedback.answered.is_some() || feedback.reminded || !stays {
            continue;
        }
        feedback.reminded = true;
        store::put_feedback(tx, id, user, &feedback)?;
        if let Some(story) = acts::story_of(tx, (id, &round), user, &common)? {
            life::tell(tx, app, user, now, |words| views::reminded(words, &story))?;
        }
    }
    Ok(())
}

fn closing(tx: &mut Tx<'_>, id: Id) -> Result<Option<Round>, StoreError> {
    Ok(rounds::round(tx, id)?.filter(|round| round.stage == Stage::Closing))
}

/// Feedback was waited for long enough.
fn over(tx: &mut Tx<'_>, app: &App, id: Id, now: Timestamp) -> anyhow::Result<()> {
    match closing(tx, id)? {
        Some(round) => Ok(close(tx, app, (id, round), now)?),
        None => Ok(()),
    }
}

/// Closes a round for good: mentors read what they may, threads are put away.
///
/// # Errors
/// The store's.
pub(super) fn close(
    tx: &mut Tx<'_>,
    app: &App,
    (id, mut round): (Id, Round),
    now: Timestamp,
) -> Result<(), StoreError> {
    if let Some(asked) = store::closing(tx, id)?.and_then(|it| it.asked) {
        agenda::remove(tx, asked + REMIND, AGAIN, &id.to_string())?;
        agenda::remove(tx, asked + FEEDBACK, OVER, &id.to_string())?;
    }
    round.stage = Stage::Closed;
    rounds::put_round(tx, id, &round)?;
    let all = store::all_feedback(tx, id)?;
    for (_, group) in rounds::groups(tx, id)? {
        tell_mentor(tx, app, (id, &round), &group, &all, now)?;
        let thread = group.channel().filter(|_| round.rooms == Rooms::Threads);
        if let Some(thread) = thread {
            let what = What::SetThread { thread, archived: true, locked: false };
            delivery::ask(tx, &Errand::new(what, now))?;
        }
    }
    let answered = all.iter().filter(|(_, it)| it.answered.is_some()).count();
    board::changed(tx, id, now)?;
    life::tell(tx, app, round.by, now, |words| views::closed(words, &round, answered, all.len()))
}

/// A mentor reads what their mentees let them.
fn tell_mentor(
    tx: &mut Tx<'_>,
    app: &App,
    (id, round): (Id, &Round),
    group: &Group,
    all: &[(UserId, Feedback)],
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(mentor) = group.mentor else { return Ok(()) };
    let of = |user| all.iter().find(|(of, _)| *of == user).map(|(_, it)| it);
    let mut said = Vec::new();
    for (user, feedback) in for_mentor(group, of) {
        let name = match user {
            Some(user) => rounds::sign_up(tx, id, user)?.map(|it| it.name),
            None => None,
        };
        said.push((name, feedback));
    }
    for page in said.chunks(views::READ_AT_ONCE) {
        life::tell(tx, app, mentor, now, |words| views::for_mentor(words, round, page))?;
    }
    Ok(())
}
