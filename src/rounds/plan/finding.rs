//! Groups are found by the engine, and kept as a round's.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use jiff::Timestamp;

use super::problem::{Taking, id as engine_id, problem, user};
use super::views;
use super::waiting::{self, Waited};
use crate::discord::app::App;
use crate::discord::failure::Failure;
use crate::id::{Id, UserId};
use crate::members::{self, Asking};
use crate::rounds::group::{Found, Group};
use crate::rounds::matching::{
    self, Broken, LeftReason, Outcome, Problem, Progress, Weights, judge, solve_around,
};
use crate::rounds::round::{LeftOver, Round, Stage};
use crate::rounds::store;
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
        let problem = gathered(tx, id, &round, (false, now))?;
        let stand = standing(tx, id, &problem)?;
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

/// The same, where none were found since sign-up ended.
///
/// # Errors
/// The engine cannot, or the store fails.
pub async fn prepare_where_none(app: &App, id: Id) -> Result<Option<Prepared>, Failure> {
    let found = app.store.read(|tx| store::found(tx, id))?;
    if found.is_some_and(|found| found.is_there()) { Ok(None) } else { prepare(app, id, None).await }
}

/// The groups that are locked; those that a rule forbids by now are found anew as the others are.
fn standing(tx: &mut Tx<'_>, id: Id, problem: &Problem) -> Result<Vec<Vec<String>>, StoreError> {
    let locked = store::groups(tx, id)?.into_iter().filter(|(_, group)| group.locked);
    let mut stand: Vec<Vec<String>> =
        locked.map(|(_, group)| group.people.iter().map(engine_id).collect()).collect();
    stand.retain(|group| judge(problem, std::slice::from_ref(group)).is_ok());
    Ok(stand)
}

/// Sign-up is open again: what was found before is of other people, or of what they said before. Locks and who is
/// kept apart stay.
///
/// # Errors
/// The store's.
pub fn find_anew(tx: &mut Tx<'_>, id: Id) -> Result<(), StoreError> {
    match store::found(tx, id)? {
        Some(found) => store::put_found(tx, id, &Found { at: Timestamp::default(), ..found }),
        None => Ok(()),
    }
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

/// Keeps what the engine found, where it is still of these people.
pub(super) fn keep(
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

/// Puts these groups in the place of those that there were.
pub(super) fn replace(tx: &mut Tx<'_>, id: Id, groups: &[Group]) -> Result<(), StoreError> {
    for (number, _) in store::groups(tx, id)? {
        store::remove_group(tx, id, number)?;
    }
    for (number, group) in (1..).zip(groups) {
        store::put_group(tx, id, number, group)?;
    }
    Ok(())
}

/// What was found, with the figures of other groups.
pub(super) fn figures(found: Found, outcome: &Outcome) -> Found {
    let left_over = outcome.left_over.iter().filter_map(|it| Some((user(&it.id)?, it.reason)));
    Found {
        left_over: left_over.collect(),
        placed: outcome.placed,
        total: outcome.total,
        worst: outcome.worst,
        ..found
    }
}

/// Which rules the groups of a round break as things stand now: an organizer may have kept two people apart, or
/// somebody changed what they said, since they were found.
///
/// # Errors
/// The store's.
pub(in crate::rounds) fn broken(
    tx: &mut Tx<'_>,
    (id, round): (Id, &Round),
    now: Timestamp,
) -> Result<Vec<Broken>, StoreError> {
    let larger = store::found(tx, id)?.unwrap_or_default().larger;
    let problem = gathered(tx, id, round, (larger, now))?;
    let groups = store::groups(tx, id)?.into_iter();
    let ids: Vec<Vec<String>> =
        groups.map(|(_, group)| group.people.iter().map(engine_id).collect()).collect();
    Ok(judge(&problem, &ids).err().unwrap_or_default())
}
