//! How a round's groups stand: who can be counted on, who waits, who could be with whom.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::course::{Answer, Why};
use super::proposal::{Need, Plan, Standing, Waiting, place, plan};
use super::store;
use crate::id::{Id, UserId};
use crate::rounds::group::Group;
use crate::rounds::matching::{self, Problem, judge};
use crate::rounds::plan::{gathered, problem::id as engine_id};
use crate::rounds::round::{LeftOver, Round, Shape};
use crate::rounds::store as rounds;
use crate::store::{StoreError, Tx};

/// How all groups stand, and who could be put where.
pub(super) struct Facts {
    /// Each group.
    pub(super) standings: Vec<Standing>,
    waiting: Vec<Waiting>,
    /// The round as the engine takes it.
    pub(super) problem: Problem,
}

impl Facts {
    /// The facts as they are now.
    ///
    /// # Errors
    /// The store's.
    pub(super) fn gather(
        tx: &mut Tx<'_>,
        (id, round): (Id, &Round),
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let days = rounds::setup(tx, round.guild)?.silent_days();
        let parts = store::parts(tx, id)?;
        let left: BTreeSet<u16> = parts.into_iter().filter_map(|(_, part)| part.left?.group).collect();
        let mut standings = Vec::new();
        for (number, group) in rounds::groups(tx, id)? {
            let left = left.contains(&number);
            let mut standing = Standing { number, left, ..Standing::default() };
            for user in &group.people {
                let Some(role) = rounds::sign_up(tx, id, *user)?.map(|it| it.role) else { continue };
                match absence(tx, id, (number, &group), *user, (days, now))? {
                    Some(why) => standing.absent.push((*user, why)),
                    None => standing.present.push((*user, role)),
                }
            }
            standings.push(standing);
        }
        let larger = rounds::found(tx, id)?.unwrap_or_default().larger;
        let problem = gathered(tx, id, round, (larger, now))?;
        Ok(Self { standings, waiting: waiting(tx, (id, round))?, problem: loosened(problem, round.shape) })
    }

    fn of(&self, number: u16) -> Option<&Standing> {
        self.standings.iter().find(|it| it.number == number)
    }

    /// What a group needs, and what to do for it.
    pub(super) fn need(&self, number: u16, shape: Shape) -> Option<(Need, Option<Plan>)> {
        let standing = self.of(number)?;
        let fit = |people: &[UserId]| fit(&self.problem, people);
        match standing.need(shape) {
            Some(need) => Some((need, plan((standing, need), &self.standings, &self.waiting, &fit))),
            None => place(standing, &self.waiting, &fit).map(|plan| (Need::Place, Some(plan))),
        }
    }
}

/// Why somebody in a group is not to be counted on.
fn absence(
    tx: &mut Tx<'_>,
    id: Id,
    (number, group): (u16, &Group),
    user: UserId,
    (days, now): (u8, Timestamp),
) -> Result<Option<Why>, StoreError> {
    let part = store::part(tx, id, user)?;
    if part.is_no_show(days, now) {
        return Ok(Some(Why::NoShow));
    }
    if group.mentor != Some(user) || !part.is_silent(days, now) {
        return Ok(None);
    }
    // Whose group met since is there, also where they do not answer Kith.
    let met = |at: &Timestamp| part.called.is_some_and(|since| *at >= since);
    let meetings = store::meetings_of(tx, id, number)?;
    let answers = meetings.iter().flat_map(|meeting| &meeting.answers);
    let has_met =
        answers.into_iter().any(|(_, it)| it.answer.is_some_and(|(it, at)| it == Answer::Met && met(&at)));
    Ok((!has_met).then_some(Why::Silent))
}

/// Those who are left over and wait for a place.
fn waiting(tx: &mut Tx<'_>, (id, round): (Id, &Round)) -> Result<Vec<Waiting>, StoreError> {
    if round.left_over != LeftOver::WaitList {
        return Ok(vec![]);
    }
    let placed: BTreeSet<UserId> =
        rounds::groups(tx, id)?.into_iter().flat_map(|(_, group)| group.people).collect();
    let all =
        rounds::taking_part(tx, id)?.into_iter().filter(|(user, it)| !placed.contains(user) && !it.off_list);
    Ok(all.map(|(user, it)| Waiting { user, role: it.role, waited: it.waited, since: it.since }).collect())
}

/// The rules of a round that runs: a group of peers that stands may be smaller than one that is made.
fn loosened(problem: Problem, shape: Shape) -> Problem {
    let shape = match (shape, problem.shape) {
        (Shape::Pairs, _) => matching::Shape::Circles { min: 2, max: 3 },
        (_, matching::Shape::Circles { max, .. }) => matching::Shape::Circles { min: 2, max },
        (_, other) => other,
    };
    Problem { shape, ..problem }
}

/// How well people would be together; nothing where that breaks a rule.
pub(super) fn fit(problem: &Problem, people: &[UserId]) -> Option<f64> {
    let ids: Vec<String> = people.iter().map(engine_id).collect();
    let outcome = judge(&problem.among(&ids), std::slice::from_ref(&ids)).ok()?;
    outcome.groups.first().map(|group| group.fit)
}
