//! What Kith proposes to an organizer where a group cannot go on as it is: whom to put where. Pure.

use std::cmp::Reverse;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::course::Why;
use crate::id::{Id, UserId};
use crate::rounds::matching::Role;
use crate::rounds::round::Shape;

/// What is proposed for a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Its id.
    pub id: Id,
    /// What the group needs.
    pub need: Need,
    /// What would be done; `None` where nobody fits.
    pub plan: Option<Plan>,
    /// When it was made.
    pub made: Timestamp,
    /// What became of it.
    pub state: State,
}

/// What became of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// An organizer has not decided.
    Open,
    /// This organizer does not want it now.
    NotNow(UserId),
    /// It was done, approved by this organizer.
    Done(UserId),
    /// The group does not need it any more.
    Needless,
}

/// Whom to put where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Who loses their place in the group, and why.
    pub outs: Vec<(UserId, Why)>,
    /// Who goes into which group, by its number.
    pub moves: Vec<(UserId, u16)>,
}

/// What a group needs to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Need {
    /// Somebody more: one person is left.
    Company,
    /// A mentor.
    Mentor,
    /// A mentee: a mentor is left alone.
    Mentee,
    /// Nothing; but somebody left it, and who waits could have the place.
    Place,
}

impl Need {
    /// Whether somebody in this role could fill it.
    #[must_use]
    pub fn takes(self, role: Role) -> bool {
        match self {
            Self::Company => role == Role::Peer,
            Self::Mentor => role == Role::Mentor,
            Self::Mentee => role == Role::Mentee,
            Self::Place => matches!(role, Role::Mentee | Role::Peer),
        }
    }

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Mentor => "mentor",
            Self::Mentee => "mentee",
            Self::Place => "place",
        }
    }
}

/// A group as it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// Its number.
    pub number: u16,
    /// Who is in it and can be counted on.
    pub present: Vec<(UserId, Role)>,
    /// Who is in it and is not to be counted on.
    pub absent: Vec<(UserId, Why)>,
    /// Whether somebody has left it.
    pub left: bool,
}

impl Standing {
    /// What it needs; nothing where it can go on, or where nobody is left in it.
    #[must_use]
    pub fn need(&self, shape: Shape) -> Option<Need> {
        let count = |role| self.present.iter().filter(|(_, it)| *it == role).count();
        match shape {
            Shape::MentorGroups(_) => match (count(Role::Mentor), count(Role::Mentee)) {
                (0, 0) => None,
                (0, _) => Some(Need::Mentor),
                (_, 0) => Some(Need::Mentee),
                _ => None,
            },
            Shape::Circles(_) | Shape::Pairs => (count(Role::Peer) == 1).then_some(Need::Company),
        }
    }

    fn people(&self) -> Vec<UserId> {
        self.present.iter().map(|(user, _)| *user).collect()
    }
}

/// Somebody on the wait list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Who.
    pub user: UserId,
    /// As whom.
    pub role: Role,
    /// In how many rounds before they were left over in a row.
    pub waited: u8,
    /// When they signed up.
    pub since: Timestamp,
}

/// What to do for the group of `standing` that needs something: somebody from the wait list, whoever fits best and
/// of those who waited longest; else a group with room, for all of them together, or for each. `fit` says how well
/// people would be together, and nothing where a rule forbids it. Nothing where nobody fits.
#[must_use]
pub fn plan(
    (standing, need): (&Standing, Need),
    others: &[Standing],
    waiting: &[Waiting],
    fit: &dyn Fn(&[UserId]) -> Option<f64>,
) -> Option<Plan> {
    let moves = from_the_list((standing, need), waiting, fit)
        .or_else(|| together(standing, others, fit))
        .or_else(|| each(standing, others, fit))?;
    Some(Plan { outs: standing.absent.clone(), moves })
}

/// Who of those who wait could have the place of somebody who left a group that goes on as it is.
#[must_use]
pub fn place(
    standing: &Standing,
    waiting: &[Waiting],
    fit: &dyn Fn(&[UserId]) -> Option<f64>,
) -> Option<Plan> {
    if !standing.left || !standing.absent.is_empty() {
        return None;
    }
    let moves = from_the_list((standing, Need::Place), waiting, fit)?;
    Some(Plan { outs: vec![], moves })
}

/// A fit to compare by: in whole millionths.
#[expect(clippy::cast_possible_truncation, reason = "a fit is in 0 to 1")]
fn millionths(fit: f64) -> i64 {
    (fit * 1e6).round() as i64
}

fn from_the_list(
    (standing, need): (&Standing, Need),
    waiting: &[Waiting],
    fit: &dyn Fn(&[UserId]) -> Option<f64>,
) -> Option<Vec<(UserId, u16)>> {
    let fits = waiting.iter().filter(|it| need.takes(it.role)).filter_map(|it| {
        let mut people = standing.people();
        people.push(it.user);
        Some((millionths(fit(&people)?), it))
    });
    let best = fits.max_by_key(|(fit, it)| (*fit, it.waited, Reverse(it.since), Reverse(it.user)));
    best.map(|(_, it)| vec![(it.user, standing.number)])
}

/// All of them go into the one group in which they fit best.
fn together(
    standing: &Standing,
    others: &[Standing],
    fit: &dyn Fn(&[UserId]) -> Option<f64>,
) -> Option<Vec<(UserId, u16)>> {
    let own = standing.people();
    let fits = others.iter().filter(|it| it.number != standing.number && !it.present.is_empty());
    let fits = fits.filter_map(|it| {
        let people: Vec<UserId> = it.people().into_iter().chain(own.iter().copied()).collect();
        Some((millionths(fit(&people)?), it.number))
    });
    let (_, number) = fits.max_by_key(|(fit, number)| (*fit, Reverse(*number)))?;
    Some(own.into_iter().map(|user| (user, number)).collect())
}

/// Each goes where they fit best, one after the other; nothing where one of them fits nowhere.
fn each(
    standing: &Standing,
    others: &[Standing],
    fit: &dyn Fn(&[UserId]) -> Option<f64>,
) -> Option<Vec<(UserId, u16)>> {
    let own = standing.people();
    if own.len() < 2 {
        return None;
    }
    let mut others: Vec<Standing> = others.to_vec();
    let mut moves = Vec::new();
    for (user, role) in &standing.present {
        let alone =
            Standing { number: standing.number, present: vec![(*user, *role)], ..Standing::default() };
        let moved = together(&alone, &others, fit)?;
        let number = moved.first().map(|(_, number)| *number)?;
        others.iter_mut().filter(|it| it.number == number).for_each(|it| it.present.push((*user, *role)));
        moves.extend(moved);
    }
    Some(moves)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn peers(number: u16, users: &[u64]) -> Standing {
        let present = users.iter().map(|user| (UserId(*user), Role::Peer)).collect();
        Standing { number, present, ..Standing::default() }
    }

    fn waits(user: u64, waited: u8, since: i64) -> Waiting {
        let since = Timestamp::from_second(since).unwrap();
        Waiting { user: UserId(user), role: Role::Peer, waited, since }
    }

    fn even(_: &[UserId]) -> Option<f64> {
        Some(0.5)
    }

    #[test]
    fn what_a_group_needs() {
        let group = |roles: &[Role]| {
            let present = roles.iter().map(|role| (UserId(1), *role)).collect();
            Standing { number: 1, present, ..Standing::default() }
        };
        let mentors = Shape::MentorGroups(3);
        assert_eq!(group(&[Role::Mentor, Role::Mentee]).need(mentors), None);
        assert_eq!(group(&[Role::Mentee, Role::Mentee, Role::Sponsor]).need(mentors), Some(Need::Mentor));
        assert_eq!(group(&[Role::Mentor, Role::Sponsor]).need(mentors), Some(Need::Mentee));
        assert_eq!(group(&[Role::Sponsor]).need(mentors), None);
        assert_eq!(group(&[Role::Peer]).need(Shape::Pairs), Some(Need::Company));
        assert_eq!(group(&[Role::Peer, Role::Peer]).need(Shape::Circles(4)), None);
        assert_eq!(group(&[]).need(Shape::Pairs), None);
    }

    #[test]
    fn who_fits_best_comes_first_and_then_who_waited_longest() {
        let own = peers(1, &[1]);
        let list = [waits(7, 0, 5), waits(8, 1, 9), waits(9, 1, 4)];
        let better = |people: &[UserId]| Some(if people.contains(&UserId(7)) { 0.9 } else { 0.4 });
        let of =
            |fit: &dyn Fn(&[UserId]) -> Option<f64>| plan((&own, Need::Company), &[], &list, fit).unwrap();
        assert_eq!(of(&better).moves, [(UserId(7), 1)]);
        assert_eq!(of(&even).moves, [(UserId(9), 1)]);
        let not_nine = |people: &[UserId]| (!people.contains(&UserId(9))).then_some(0.4);
        assert_eq!(of(&not_nine).moves, [(UserId(8), 1)]);
    }

    #[test]
    fn without_a_list_they_go_where_there_is_room_together_or_each() {
        let own = peers(1, &[1]);
        let others = [peers(2, &[3, 4]), peers(3, &[5, 6])];
        let found = plan((&own, Need::Company), &others, &[], &even).unwrap();
        assert_eq!(found.moves, [(UserId(1), 2)]);
        // Two mentees whose mentor left, and two groups that take one more each.
        let two = Standing {
            number: 1,
            present: vec![(UserId(1), Role::Mentee), (UserId(2), Role::Mentee)],
            absent: vec![(UserId(9), Why::Silent)],
            left: false,
        };
        let room = |people: &[UserId]| (people.len() <= 3).then_some(0.5);
        let found = plan((&two, Need::Mentor), &others, &[], &room).unwrap();
        assert_eq!(found.moves, [(UserId(1), 2), (UserId(2), 3)]);
        assert_eq!(found.outs, [(UserId(9), Why::Silent)]);
        let full = |people: &[UserId]| (people.len() <= 2).then_some(0.5);
        assert_eq!(plan((&two, Need::Mentor), &others, &[], &full), None);
    }

    #[test]
    fn who_waits_may_have_the_place_of_who_left_where_there_is_room() {
        let stands = peers(1, &[1, 2, 3]);
        let list = [waits(9, 0, 4)];
        let room = |people: &[UserId]| (people.len() <= 4).then_some(0.5);
        let full = |people: &[UserId]| (people.len() <= 3).then_some(0.5);
        assert_eq!(place(&stands, &list, &room), None, "nobody left it");
        let left = Standing { left: true, ..stands };
        assert_eq!(place(&left, &list, &room).unwrap().moves, [(UserId(9), 1)]);
        assert_eq!(place(&left, &list, &full), None);
        assert_eq!(place(&left, &[], &room), None);
        let waits_for_an_answer = Standing { absent: vec![(UserId(3), Why::NoShow)], ..left };
        assert_eq!(place(&waits_for_an_answer, &list, &room), None);
    }

    proptest! {
        /// Whatever is forbidden: nobody is put where a rule forbids it, nobody of the group is lost or doubled.
        #[test]
        fn no_rule_is_broken_and_nobody_is_lost(forbidden in prop::collection::hash_set((1..12_u64, 1..12_u64), 0..40), waiting in prop::collection::vec(8..12_u64, 0..4)) {
            let own = peers(1, &[1, 2]);
            let others = [peers(2, &[3, 4]), peers(3, &[5, 6, 7])];
            let mut waiting = waiting;
            waiting.sort_unstable();
            waiting.dedup();
            let list: Vec<Waiting> = waiting.iter().map(|user| waits(*user, 0, 0)).collect();
            let apart = |people: &[UserId]| people.iter().any(|a| people.iter().any(|b| forbidden.contains(&(a.0, b.0))));
            let fit = |people: &[UserId]| (!apart(people) && people.len() <= 4).then_some(0.5);
            if let Some(found) = plan((&own, Need::Company), &others, &list, &fit) {
                let mut groups = vec![own.clone()];
                groups.extend(others.iter().cloned());
                let mut after: Vec<(u16, Vec<UserId>)> = groups.iter().map(|it| (it.number, it.people())).collect();
                for (user, number) in &found.moves {
                    after.iter_mut().for_each(|(_, people)| people.retain(|it| it != user));
                    after.iter_mut().filter(|(it, _)| it == number).for_each(|(_, people)| people.push(*user));
                }
                for (number, people) in &after {
                    let changed = found.moves.iter().any(|(_, to)| to == number);
                    prop_assert!(!changed || fit(people).is_some());
                }
                let all: Vec<UserId> = after.into_iter().flat_map(|(_, people)| people).collect();
                for user in 1..=7 {
                    prop_assert_eq!(all.iter().filter(|it| it.0 == user).count(), 1);
                }
            }
        }
    }
}
