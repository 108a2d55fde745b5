//! What organizers do to find a round's groups.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use jiff::Timestamp;

use super::edit::{Edit, changed};
use super::press::PlanPress;
use super::problem::{Taking, id as engine_id, problem, user};
use super::views;
use super::waiting::{self, Waited};
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::failure::Failure;
use crate::discord::router::Pressed;
use crate::id::{Id, UserId};
use crate::members::{self, Asking, serve_press};
use crate::rounds::group::{Found, Group};
use crate::rounds::matching::{self, LeftReason, Outcome, Problem, Progress, Weights, judge, solve_around};
use crate::rounds::organizer::organized;
use crate::rounds::round::{LeftOver, Round, Stage};
use crate::rounds::{publish, store};
use crate::store::{StoreError, Tx};

/// How long finding groups may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// What the engine found, and of what.
#[derive(Clone, Debug)]
pub struct Prepared {
    problem: Problem,
    outcome: Outcome,
    larger: bool,
}

/// Finds groups for a round that is being matched, around those that are locked; never inside a transaction.
/// `None` where the round is not there, or not being matched.
///
/// # Errors
/// The engine cannot, or the store fails.
pub async fn prepare(app: &App, id: Id, weights: Option<Weights>) -> Result<Option<Prepared>, Failure> {
    let now = app.clock.now();
    let gathered = app.store.read(|tx| -> Result<_, StoreError> {
        let Some(mut round) = store::round(tx, id)?.filter(|it| it.stage == Stage::Matching) else {
            return Ok(None);
        };
        round.weights = weights.unwrap_or(round.weights);
        let stand: Vec<Vec<String>> = store::groups(tx, id)?
            .into_iter()
            .filter(|(_, group)| group.locked)
            .map(|(_, group)| group.people.iter().map(engine_id).collect())
            .collect();
        let problem = gathered(tx, id, &round, (false, now))?;
        let larger = match round.left_over {
            LeftOver::LargerGroups => Some(gathered(tx, id, &round, (true, now))?),
            LeftOver::WaitList | LeftOver::NextRound => None,
        };
        let waited: Waited = store::taking_part(tx, id)?
            .into_iter()
            .filter(|(_, sign_up)| sign_up.waited > 0)
            .map(|(user, sign_up)| (engine_id(&user), sign_up.waited))
            .collect();
        Ok(Some((problem, larger, stand, waited)))
    })?;
    let Some((problem, larger, stand, waited)) = gathered else { return Ok(None) };
    let progress = Arc::new(Progress::new());
    let at_work = Arc::clone(&progress);
    let found = tokio::task::spawn_blocking(move || {
        let outcome = solve_around(&problem, &stand, SEED, &at_work)?;
        let no_room = |reason| matches!(reason, LeftReason::MentorsFull | LeftReason::NoPlaceLeft);
        let some_are = outcome.left_over.iter().any(|it| no_room(it.reason));
        if let Some(larger) = larger.filter(|_| some_are) {
            let outcome = solve_around(&larger, &stand, SEED, &at_work)?;
            let outcome = waited_first(&larger, outcome, &waited, &stand);
            return Ok(Prepared { problem: larger, outcome, larger: true });
        }
        let outcome = waited_first(&problem, outcome, &waited, &stand);
        Ok::<_, matching::Error>(Prepared { problem, outcome, larger: false })
    });
    let found = tokio::time::timeout(PATIENCE, found).await;
    progress.cancel();
    let found = found.context("finding groups took too long")?.context("finding groups ended by itself")?;
    Ok(Some(found.context("the groups could not be found")?))
}

/// An outcome in which those who waited come first; the bound stays that of the best without it.
fn waited_first(problem: &Problem, outcome: Outcome, waited: &Waited, stand: &[Vec<String>]) -> Outcome {
    let Some(groups) = waiting::first(problem, &outcome, waited, stand) else { return outcome };
    match judge(problem, &groups) {
        Ok(after) => Outcome { bound: outcome.bound, optimal: false, seed: outcome.seed, ..after },
        Err(_) => outcome,
    }
}

/// What chance begins with: the same people get the same groups.
const SEED: u64 = 1;

/// A round as the engine takes it, as it stands now; `how` is whether groups are larger by one, and the time.
///
/// # Errors
/// The store's.
pub(in crate::rounds) fn gathered(
    tx: &mut Tx<'_>,
    id: Id,
    round: &Round,
    how: (bool, Timestamp),
) -> Result<Problem, StoreError> {
    let mut people = Vec::new();
    for (user, sign_up) in store::taking_part(tx, id)? {
        let zone = members::store::get(tx, user)?.map(|member| member.zone());
        people.push(Taking { user, sign_up, zone: zone.unwrap_or(jiff::tz::TimeZone::UTC) });
    }
    let history = store::history(tx, round.guild, id)?;
    let excluded = store::found(tx, id)?.unwrap_or_default().excluded;
    Ok(problem(round, &people, &history, &excluded, how))
}

/// `/organize preview`: the groups as they stand, found where there are none yet.
///
/// # Errors
/// They may not organize here; the store's.
pub fn preview(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    id: Id,
    prepared: Option<&Prepared>,
) -> Result<Show, Failure> {
    let round = organized(tx, asking, id)?;
    if round.stage < Stage::Matching {
        return Ok(Show::Reply(views::not_yet(asking.words, id, &round)));
    }
    if store::found(tx, id)?.is_none_or(|found| found.at == Timestamp::default())
        && let Some(prepared) = prepared
    {
        keep(tx, asking, (id, &round), prepared)?;
    }
    shown(tx, asking, (id, &round), 0).map(replied)
}

/// `/organize publish`: asks whether to, where groups are found.
///
/// # Errors
/// They may not organize here; the store's.
pub fn publish(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let round = organized(tx, asking, id)?;
    let none = store::groups(tx, id)?.is_empty();
    if round.stage == Stage::Matching && !none {
        return publish::ask(tx, asking, (id, &round)).map(replied);
    }
    preview(tx, asking, id, None)
}

/// Answers a press about finding groups.
///
/// # Errors
/// They may not organize here, or the store fails.
pub async fn press(app: &App, pressed: &Pressed, id: Id, press: PlanPress) -> Result<Show, Failure> {
    let weights = match press {
        PlanPress::Weights => Some(views::weights(pressed.value())),
        _ => None,
    };
    let prepared = match press {
        PlanPress::Find | PlanPress::Weights => prepare(app, id, weights).await?,
        _ => None,
    };
    serve_press(app, pressed, |tx, asking| act(tx, asking, (id, press), weights, prepared.as_ref())).await
}

fn act(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, press): (Id, PlanPress),
    weights: Option<Weights>,
    prepared: Option<&Prepared>,
) -> Result<Show, Failure> {
    if let PlanPress::Accept(number) | PlanPress::Decline(number) = press {
        return publish::answered(tx, asking, id, number, matches!(press, PlanPress::Accept(_)));
    }
    let mut round = organized(tx, asking, id)?;
    match press {
        PlanPress::Show(page) => shown(tx, asking, (id, &round), page),
        PlanPress::Find | PlanPress::Weights => {
            round.weights = weights.unwrap_or(round.weights);
            if let Some(prepared) = prepared.filter(|_| round.stage == Stage::Matching) {
                keep(tx, asking, (id, &round), prepared)?;
                store::put_round(tx, id, &round)?;
            }
            shown(tx, asking, (id, &round), 0)
        }
        PlanPress::Lock(number) => {
            lock(tx, (id, &round), number)?;
            let page = views::page_of(number);
            shown(tx, asking, (id, &round), page)
        }
        PlanPress::Publish if round.stage == Stage::Matching => publish::ask(tx, asking, (id, &round)),
        PlanPress::PublishYes if round.stage == Stage::Matching => publish::begin(tx, asking, (id, round)),
        _ => shown(tx, asking, (id, &round), 0),
    }
}

/// Keeps what the engine found, where it is still of these people.
fn keep(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
    prepared: &Prepared,
) -> Result<(), Failure> {
    if gathered(tx, id, round, (prepared.larger, asking.now))? != prepared.problem {
        return Err(Failure::told(views::changed_meanwhile(asking.words, id)));
    }
    let old = store::groups(tx, id)?;
    let outcome = &prepared.outcome;
    replace(tx, id, &groups_of(outcome, &old))?;
    let excluded = store::found(tx, id)?.unwrap_or_default().excluded;
    let found = Found { larger: prepared.larger, excluded, ..found_of(outcome, asking.now) };
    Ok(store::put_found(tx, id, &found)?)
}

/// The groups that the engine found, as they are kept; what was said of the same people before stays.
#[must_use]
pub fn groups_of(outcome: &Outcome, old: &[(u16, Group)]) -> Vec<Group> {
    outcome.groups.iter().map(|group| taken(group, old)).collect()
}

/// The rest of what the engine found, as it is kept.
#[must_use]
pub fn found_of(outcome: &Outcome, at: Timestamp) -> Found {
    let found =
        Found { at, bound: outcome.bound, optimal: outcome.optimal, seed: outcome.seed, ..Found::default() };
    figures(found, outcome)
}

/// A group as it is kept.
fn taken(group: &matching::Group, old: &[(u16, Group)]) -> Group {
    let mentor = group.mentor.as_deref().and_then(user);
    let sponsor = group.sponsor.as_deref().and_then(user);
    let others = group.people.iter().filter_map(|id| user(id));
    let others = others.filter(|it| Some(*it) != mentor && Some(*it) != sponsor);
    let people: Vec<UserId> = mentor.into_iter().chain(others).chain(sponsor).collect();
    let set: BTreeSet<UserId> = people.iter().copied().collect();
    let same = old.iter().find(|(_, it)| it.people.iter().copied().collect::<BTreeSet<_>>() == set);
    Group {
        fit: group.fit,
        parts: group.parts.iter().map(|(part, value)| (part.word().to_owned(), *value)).collect(),
        reasons: group.reasons.clone(),
        locked: same.is_some_and(|(_, it)| it.locked),
        accepted: same.and_then(|(_, it)| it.accepted),
        people,
        mentor,
        sponsor,
        ..Group::default()
    }
}

fn replace(tx: &mut Tx<'_>, id: Id, groups: &[Group]) -> Result<(), StoreError> {
    for (number, _) in store::groups(tx, id)? {
        store::remove_group(tx, id, number)?;
    }
    for (number, group) in (1..).zip(groups) {
        store::put_group(tx, id, number, group)?;
    }
    Ok(())
}

fn figures(found: Found, outcome: &Outcome) -> Found {
    let left_over = outcome.left_over.iter().filter_map(|it| Some((user(&it.id)?, it.reason)));
    Found {
        left_over: left_over.collect(),
        placed: outcome.placed,
        total: outcome.total,
        worst: outcome.worst,
        ..found
    }
}

fn shown(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
    page: u16,
) -> Result<Show, Failure> {
    let groups = store::groups(tx, id)?;
    let found = store::found(tx, id)?.unwrap_or_default();
    Ok(Show::Update(views::preview(asking.words, (id, round), &groups, &found, page)))
}

/// A group is locked, or free again.
fn lock(tx: &mut Tx<'_>, (id, round): (Id, &Round), number: u16) -> Result<(), Failure> {
    if round.stage == Stage::Matching
        && let Some(mut group) = store::group(tx, id, number)?
    {
        group.locked = !group.locked;
        store::put_group(tx, id, number, &group)?;
    }
    Ok(())
}

/// `/organize lock`.
///
/// # Errors
/// They may not organize here; there is no such group; the store's.
pub fn locked(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id, number: u16) -> Result<Show, Failure> {
    let round = matched(tx, asking, id)?;
    if store::group(tx, id, number)?.is_none() {
        return Err(Failure::told(views::no_such_group(asking.words, number)));
    }
    lock(tx, (id, &round), number)?;
    shown(tx, asking, (id, &round), views::page_of(number)).map(replied)
}

/// `/organize move`.
///
/// # Errors
/// They may not organize here; the change breaks a rule; the store's.
pub fn moved(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    id: Id,
    who: UserId,
    number: u16,
) -> Result<Show, Failure> {
    let edit = match usize::from(number).checked_sub(1) {
        Some(to) => Edit::Move(who, to),
        None => Edit::Out(who),
    };
    edited(tx, asking, id, edit)
}

/// `/organize swap`.
///
/// # Errors
/// They may not organize here; the change breaks a rule; the store's.
pub fn swapped(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    id: Id,
    one: UserId,
    other: UserId,
) -> Result<Show, Failure> {
    edited(tx, asking, id, Edit::Swap(one, other))
}

/// Somebody who no longer takes part is in no group any more; what is left of theirs stays where it still is a
/// group, and else its people are left over.
///
/// # Errors
/// The store's.
pub fn without(
    tx: &mut Tx<'_>,
    (id, round): (Id, &Round),
    user: UserId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let old = store::groups(tx, id)?;
    if !old.iter().any(|(_, group)| group.has(user)) {
        return Ok(());
    }
    let found = store::found(tx, id)?.unwrap_or_default();
    let problem = gathered(tx, id, round, (found.larger, now))?;
    let rest = old.iter().map(|(_, group)| -> Vec<String> {
        group.people.iter().filter(|it| **it != user).map(engine_id).collect()
    });
    let stand: Vec<Vec<String>> =
        rest.filter(|ids| judge(&problem, std::slice::from_ref(ids)).is_ok()).collect();
    let Ok(outcome) = judge(&problem, &stand) else { return Ok(()) };
    replace(tx, id, &groups_of(&outcome, &old))?;
    store::put_found(tx, id, &Found { edited: true, ..figures(found, &outcome) })
}

/// A round of theirs whose groups can be changed.
fn matched(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Round, Failure> {
    let round = organized(tx, asking, id)?;
    if round.stage == Stage::Matching {
        return Ok(round);
    }
    Err(Failure::told(views::not_changeable(asking.words, id, &round)))
}

/// The groups are changed by hand, where no rule is broken by it.
fn edited(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id, edit: Edit) -> Result<Show, Failure> {
    let round = matched(tx, asking, id)?;
    let found = store::found(tx, id)?.unwrap_or_default();
    let groups = store::groups(tx, id)?;
    let (Edit::Move(who, _) | Edit::Out(who) | Edit::Swap(who, _)) = edit;
    let people = if let Edit::Swap(_, other) = edit { vec![who, other] } else { vec![who] };
    for user in people {
        let takes_part =
            store::sign_up(tx, id, user)?.is_some_and(|it| it.state == crate::rounds::signup::State::In);
        if !takes_part {
            return Err(Failure::told(views::takes_no_part(asking.words, user)));
        }
    }
    let people: Vec<Vec<UserId>> = groups.iter().map(|(_, group)| group.people.clone()).collect();
    let locked: Vec<bool> = groups.iter().map(|(_, group)| group.locked).collect();
    let new = changed(&people, &locked, edit);
    let new = new.map_err(|not| Failure::told(views::not_possible(asking.words, not)))?;
    let problem = gathered(tx, id, &round, (found.larger, asking.now))?;
    let ids: Vec<Vec<String>> = new.iter().map(|group| group.iter().map(engine_id).collect()).collect();
    let outcome =
        judge(&problem, &ids).map_err(|broken| Failure::told(views::broken(asking.words, id, &broken)))?;
    // In the order in which the organizer knows them: the engine has one of its own.
    let judged = groups_of(&outcome, &groups);
    let same = |group: &Vec<UserId>| judged.iter().find(|it| group.iter().all(|user| it.has(*user)));
    let kept: Vec<Group> = new.iter().filter_map(same).cloned().collect();
    replace(tx, id, &kept)?;
    store::put_found(tx, id, &Found { edited: true, ..figures(found, &outcome) })?;
    let now_in = kept.iter().position(|group| group.has(who)).and_then(|at| u16::try_from(at + 1).ok());
    shown(tx, asking, (id, &round), views::page_of(now_in.unwrap_or(1))).map(replied)
}

/// `/organize exclude`: two people are kept apart from now on, or no longer.
///
/// # Errors
/// They may not organize here; the store's.
pub fn excluded(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    id: Id,
    (one, other): (UserId, UserId),
) -> Result<Show, Failure> {
    let round = organized(tx, asking, id)?;
    if !matches!(round.stage, Stage::SignUp | Stage::Matching) {
        return Err(Failure::told(views::not_changeable(asking.words, id, &round)));
    }
    if one == other {
        return Err(Failure::told(views::one_person(asking.words)));
    }
    let mut found = store::found(tx, id)?.unwrap_or_default();
    let pair = (one.min(other), one.max(other));
    let was = found.excluded.contains(&pair);
    if was {
        found.excluded.retain(|it| *it != pair);
    } else {
        found.excluded.push(pair);
    }
    store::put_found(tx, id, &found)?;
    let together =
        store::group_of(tx, id, one)?.filter(|(_, group)| group.has(other)).map(|(number, _)| number);
    Ok(Show::Reply(views::excluded(asking.words, id, pair, !was, together)))
}

fn replied(show: Show) -> Show {
    match show {
        Show::Update(message) => Show::Reply(message),
        show => show,
    }
}
