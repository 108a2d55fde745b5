//! Mentor groups in which nobody is with whom they must not be, where a flow alone would bring such people together.
//!
//! A mentor in whose group they are is given one side or the other: by a dive at first, which asks the prices of
//! [`Asked`] which side is worth more to whom, then by branching on the best bound.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::rc::Rc;

use super::equals;
use super::known::FORBIDDEN;
use super::matrix::Matrix;
use super::mentor_bound::Asked;
use super::mentors::{Groups, Places};
use super::progress::{Cancelled, Progress};
use super::simplex::{Cost, Transport};

/// So many ways to tell people apart are tried, divided by how many people there are.
const BRANCHES: usize = 200_000;

/// A mentor who is not to have certain mentees.
type Ban = (u32, Rc<[u32]>);

/// Bans, and what groups cost at least under them; the cheapest first.
type Branch = (Reverse<Cost>, Reverse<usize>, Vec<Ban>);

/// A mentor who can have people of one of two sides alone: one of two bans, of which the first is in force.
struct Choice {
    bans: [Ban; 2],
    /// How much more the prices say of the other side.
    certain: Cost,
}

/// A flow under bans.
struct Flow<'a> {
    groups: &'a Groups<'a>,
    transport: &'a mut Transport,
    /// The fits without any ban, mentor by mentor.
    fits: &'a Matrix,
    bans: Vec<Ban>,
}

/// The best places in which nobody is with whom they must not be, and what any such places cost at least; from a
/// flow that is solved.
pub(super) fn solve(
    groups: &Groups<'_>,
    transport: &mut Transport,
    progress: &Progress,
) -> Result<(Places, Cost), Cancelled> {
    let first = transport.columns();
    if groups.conflicts(&first).is_empty() {
        let cost = transport.cost();
        return Ok((equals::places(groups, transport, first, 0), cost));
    }
    let fits = transport.fits.turned();
    let (asked, least) = Asked::of(groups, &fits, transport, progress)?;
    let most = BRANCHES / (groups.mentees.len() + groups.mentors.len());
    let mut flow = Flow { groups, transport, fits: &fits, bans: Vec::new() };
    let dived = flow.dive(&asked, most, progress)?;
    let (best, bound) = flow.branch(dived, least, most, progress)?;
    let (_, alone) = flow.under(&[], progress)?;
    let places =
        if bound == best.1 { equals::places(groups, flow.transport, best.0, best.1 - alone) } else { best.0 };
    Ok((places, bound))
}

impl Flow<'_> {
    /// The best places under bans instead of those before, and what they cost.
    fn under(&mut self, bans: &[Ban], progress: &Progress) -> Result<(Places, Cost), Cancelled> {
        let ended = self.bans.iter().filter(|ban| !bans.contains(ban));
        let begun = bans.iter().filter(|ban| !self.bans.contains(ban));
        let changed: BTreeSet<u32> = ended.chain(begun).map(|(mentor, _)| *mentor).collect();
        for mentor in changed {
            let column = mentor as usize;
            for (row, fit) in self.fits.row(column).iter().enumerate() {
                self.transport.set(row, column, *fit);
            }
            for mentee in bans.iter().filter(|ban| ban.0 == mentor).flat_map(|(_, mentees)| mentees.iter()) {
                self.transport.set(*mentee as usize, column, FORBIDDEN);
            }
        }
        self.bans = bans.to_vec();
        self.transport.refresh();
        self.transport.solve(progress)?;
        Ok((self.transport.columns(), self.transport.cost()))
    }

    /// Good places without conflicts: each mentor in whose group there is one keeps the side that is worth more, and
    /// the others have to go elsewhere, until there is none; then the other side is tried for one mentor after the
    /// other, at first where the prices say least.
    fn dive(
        &mut self,
        asked: &Asked<'_>,
        most: usize,
        progress: &Progress,
    ) -> Result<(Places, Cost), Cancelled> {
        let mut choices = Vec::new();
        let mut best = self.decide(asked, &mut choices, progress)?;
        let mut order: Vec<usize> = (0..choices.len()).collect();
        order.sort_by_key(|at| choices[*at].certain);
        let mut since = 0;
        for at in order.iter().cycle().take(most) {
            if since == order.len() {
                break;
            }
            since += 1;
            let before = choices.len();
            choices[*at].bans.swap(0, 1);
            let other = self.decide(asked, &mut choices, progress)?;
            if other.1 < best.1 {
                (best, since) = (other, 0);
            } else {
                choices.truncate(before);
                choices[*at].bans.swap(0, 1);
            }
        }
        Ok(best)
    }

    /// Places under the choices that were made, and those that have to be made besides.
    fn decide(
        &mut self,
        asked: &Asked<'_>,
        choices: &mut Vec<Choice>,
        progress: &Progress,
    ) -> Result<(Places, Cost), Cancelled> {
        loop {
            let bans: Vec<Ban> = choices.iter().map(|choice| choice.bans[0].clone()).collect();
            let (places, cost) = self.under(&bans, progress)?;
            let mut conflicts = self.groups.conflicts(&places);
            if conflicts.is_empty() {
                return Ok((places, cost));
            }
            conflicts.dedup_by_key(|(_, _, mentor)| *mentor);
            for (a, b, mentor) in conflicts {
                let mut bans = self.sides(a, b).map(|side| (mentor, Rc::from(side)));
                let worth = [0, 1].map(|side| asked.without(mentor, &bans[side].1));
                if worth[0] < worth[1] {
                    bans.swap(0, 1);
                }
                choices.push(Choice { bans, certain: (worth[0] - worth[1]).abs() });
            }
        }
    }

    /// Of two who must not be together, all of whom none may be with any on the other side: a mentor can have
    /// people of one side alone. Where it is for want of a common language, these are all who speak no more
    /// languages than the one, and than the other.
    fn sides(&self, a: u32, b: u32) -> [Vec<u32>; 2] {
        let (known, mentees) = (self.groups.known, &self.groups.mentees);
        let number = |at: u32| mentees[at as usize];
        if known.talk(number(a), number(b)) {
            return [vec![a], vec![b]];
        }
        let languages = |at: u32| &known.features[number(at) as usize].languages;
        let all = 0..u32::try_from(mentees.len()).unwrap_or(u32::MAX);
        [a, b].map(|one| {
            let within = |at: &u32| {
                let own = languages(*at);
                !own.is_empty() && own.common(languages(one)) == own.len()
            };
            all.clone().filter(within).collect()
        })
    }

    /// Better places than those that were found, if there are, and what any cost at least, which is `least` or more.
    fn branch(
        &mut self,
        found: (Places, Cost),
        least: Cost,
        most: usize,
        progress: &Progress,
    ) -> Result<((Places, Cost), Cost), Cancelled> {
        let mut best = found;
        let mut branches: BinaryHeap<Branch> =
            BinaryHeap::from([(Reverse(Cost::MIN), Reverse(0), Vec::new())]);
        let mut tried = 0;
        while let Some((Reverse(cost), _, bans)) = branches.pop() {
            if cost.max(least) >= best.1 {
                break;
            }
            if tried >= most {
                return Ok((best, cost.max(least)));
            }
            let (places, cost) = self.under(&bans, progress)?;
            if cost >= best.1 {
                continue;
            }
            match self.groups.conflicts(&places).first() {
                None => best = (places, cost),
                Some((a, b, mentor)) => {
                    for side in self.sides(*a, *b) {
                        tried += 1;
                        let bans = bans.iter().cloned().chain([(*mentor, Rc::from(side))]).collect();
                        branches.push((Reverse(cost), Reverse(tried), bans));
                    }
                }
            }
        }
        let bound = best.1;
        Ok((best, bound))
    }
}
