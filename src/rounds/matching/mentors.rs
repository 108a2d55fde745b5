//! Mentor groups: mentees go to mentors by a network simplex; mentees who must not be together are told apart by
//! branching; among equals the better worst-off group and the lower ids win.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::equals;
use super::known::{FORBIDDEN, Known};
use super::matrix::Matrix;
use super::pairs::Solved;
use super::progress::{Cancelled, Progress};
use super::simplex::{Cost, Transport};
use super::team::Team;

/// So many ways to tell people apart are tried, divided by how many people there are.
const BRANCHES: usize = 200_000;

/// A mentor group problem by places in `mentors` and `mentees`, which are sorted.
pub(super) struct Groups<'a> {
    pub(super) known: &'a Known<'a>,
    pub(super) mentors: Vec<u32>,
    pub(super) mentees: Vec<u32>,
    pub(super) rooms: Vec<u32>,
}

/// A mentor who can have people of one of two sides alone: of the first one.
#[derive(Debug, Clone)]
struct Side {
    mentor: u32,
    sides: [Vec<u32>; 2],
}

/// To which mentor each mentee goes.
pub(super) type Places = Vec<Option<u32>>;

/// The best mentor groups.
pub(super) fn solve(
    known: &Known<'_>,
    mentors: Vec<u32>,
    mentees: Vec<u32>,
    progress: &Progress,
) -> Result<Solved, Cancelled> {
    let mentors: Vec<u32> = mentors.into_iter().filter(|mentor| known.room(*mentor) > 0).collect();
    if mentors.is_empty() || mentees.is_empty() {
        return Ok(Solved::default());
    }
    let rooms = mentors.iter().map(|mentor| known.room(*mentor)).collect();
    let groups = Groups { known, mentors, mentees, rooms };
    let fits = Matrix::of(known, &groups.mentees, &groups.mentors);
    progress.at(300);
    let mut transport = Transport::new(fits, groups.rooms.clone(), true);
    transport.solve(progress)?;
    progress.at(700);
    let (places, bound) = groups.told_apart(&mut transport, progress)?;
    progress.at(900);
    Ok(groups.solved(&places, bound, &transport))
}

/// A set of pairs that are forbidden besides, and what groups cost at least under it.
type Branch = (Reverse<Cost>, Reverse<usize>, Vec<(u32, u32)>);

impl Groups<'_> {
    /// Whether two mentees may be in one group.
    pub(super) fn compatible(&self, a: u32, b: u32) -> bool {
        self.known.compatible(self.mentees[a as usize], self.mentees[b as usize])
    }

    /// The first two who must not be together but are, with their mentor.
    fn conflict(&self, places: &Places) -> Option<(u32, u32, u32)> {
        self.conflicts(places).first().copied()
    }

    /// All who must not be together but are, two by two, with their mentor.
    fn conflicts(&self, places: &Places) -> Vec<(u32, u32, u32)> {
        let mut found = Vec::new();
        for (mentor, members) in (0..).zip(self.members(places)) {
            for (at, a) in members.iter().enumerate() {
                for b in members[at + 1..].iter().filter(|b| !self.compatible(*a, **b)) {
                    found.push((*a, *b, mentor));
                }
            }
        }
        found
    }

    /// The mentees of each mentor, in order.
    pub(super) fn members(&self, places: &Places) -> Vec<Vec<u32>> {
        let mut members = vec![Vec::new(); self.mentors.len()];
        for (mentee, mentor) in (0..).zip(places) {
            if let Some(mentor) = mentor {
                members[*mentor as usize].push(mentee);
            }
        }
        members
    }

    /// The best places in which nobody is with whom they must not be, and what any such places cost at least.
    fn told_apart(
        &self,
        transport: &mut Transport,
        progress: &Progress,
    ) -> Result<(Places, Cost), Cancelled> {
        let first = transport.columns();
        if self.conflict(&first).is_none() {
            let cost = transport.cost();
            return Ok((equals::places(self, transport, first, 0), cost));
        }
        let original = transport.fits.clone();
        let bound = transport.cost();
        let mut best = self.dive(transport, &original, progress)?;
        let mut branches: BinaryHeap<Branch> = BinaryHeap::new();
        branches.push((Reverse(bound), Reverse(0), Vec::new()));
        let (mut tried, mut banned) = (0, Vec::new());
        let most = BRANCHES / (self.mentees.len() + self.mentors.len());
        let mut bound = best.1;
        while let Some((Reverse(cost), _, bans)) = branches.pop() {
            if cost >= best.1 {
                break;
            }
            if tried >= most {
                bound = cost;
                break;
            }
            self.ban(transport, &original, &mut banned, &bans);
            transport.solve(progress)?;
            let (places, cost) = (transport.columns(), transport.cost());
            if cost >= best.1 {
                continue;
            }
            match self.conflict(&places) {
                None => best = (places, cost),
                Some((a, b, mentor)) => {
                    for side in self.sides(a, b) {
                        tried += 1;
                        let side = side.into_iter().map(|mentee| (mentee, mentor));
                        let bans = bans.iter().copied().chain(side).collect();
                        branches.push((Reverse(cost), Reverse(tried), bans));
                    }
                }
            }
        }
        self.ban(transport, &original, &mut banned, &[]);
        transport.solve(progress)?;
        let over = best.1 - transport.cost();
        let places = if bound == best.1 { equals::places(self, transport, best.0, over) } else { best.0 };
        Ok((places, bound))
    }

    /// Of two who must not be together, all of whom none may be with any on the other side: a mentor can have
    /// people of one side alone. Where it is for want of a common language, these are all who speak no more
    /// languages than the one, and than the other.
    fn sides(&self, a: u32, b: u32) -> [Vec<u32>; 2] {
        let number = |at: u32| self.mentees[at as usize];
        if self.known.talk(number(a), number(b)) {
            return [vec![a], vec![b]];
        }
        let languages = |at: u32| &self.known.features[number(at) as usize].languages;
        let all = 0..u32::try_from(self.mentees.len()).unwrap_or(u32::MAX);
        [a, b].map(|one| {
            let within = |at: &u32| {
                let own = languages(*at);
                !own.is_empty() && own.common(languages(one)) == own.len()
            };
            all.clone().filter(within).collect()
        })
    }

    /// Good places without conflicts: each mentor in whose group there is one keeps the side that fits better, and
    /// the others have to go elsewhere, until there is none; then the other side is tried for one mentor after
    /// the other.
    fn dive(
        &self,
        transport: &mut Transport,
        original: &Matrix,
        progress: &Progress,
    ) -> Result<(Places, Cost), Cancelled> {
        let mut choices = Vec::new();
        let mut banned = Vec::new();
        let mut best = self.decide(transport, original, &mut choices, &mut banned, progress)?;
        let mut tries = BRANCHES / (self.mentees.len() + self.mentors.len());
        let mut at = 0;
        let mut since = 0;
        while since < choices.len() && tries > 0 {
            let mut others = choices.clone();
            others[at].sides.swap(0, 1);
            let other = self.decide(transport, original, &mut others, &mut banned, progress)?;
            since += 1;
            if other.1 < best.1 {
                (best, choices, since) = (other, others, 0);
            }
            at = (at + 1) % choices.len();
            tries -= 1;
        }
        self.ban(transport, original, &mut banned, &[]);
        Ok(best)
    }

    /// Places under the choices that were made, and those that have to be made besides.
    fn decide(
        &self,
        transport: &mut Transport,
        original: &Matrix,
        choices: &mut Vec<Side>,
        banned: &mut Vec<(u32, u32)>,
        progress: &Progress,
    ) -> Result<(Places, Cost), Cancelled> {
        loop {
            let bans: Vec<(u32, u32)> = choices
                .iter()
                .flat_map(|choice| choice.sides[1].iter().map(|mentee| (*mentee, choice.mentor)))
                .collect();
            self.ban(transport, original, banned, &bans);
            transport.solve(progress)?;
            let places = transport.columns();
            let mut conflicts = self.conflicts(&places);
            if conflicts.is_empty() {
                return Ok((places, transport.cost()));
            }
            conflicts.dedup_by_key(|(_, _, mentor)| *mentor);
            for (a, b, mentor) in conflicts {
                let worth = |side: &[u32]| -> u64 {
                    let here = side.iter().filter(|mentee| places[**mentee as usize] == Some(mentor));
                    here.map(|mentee| u64::from(original.at(*mentee as usize, mentor as usize))).sum()
                };
                let mut sides = self.sides(a, b);
                if worth(&sides[0]) < worth(&sides[1]) {
                    sides.swap(0, 1);
                }
                choices.push(Side { mentor, sides });
            }
        }
    }

    /// Forbids `bans` instead of what was `banned`.
    fn ban(
        &self,
        transport: &mut Transport,
        original: &Matrix,
        banned: &mut Vec<(u32, u32)>,
        bans: &[(u32, u32)],
    ) {
        for (mentee, mentor) in banned.drain(..) {
            let (row, column) = (mentee as usize, mentor as usize);
            transport.set(row, column, original.at(row, column));
        }
        for (mentee, mentor) in bans {
            transport.set(*mentee as usize, *mentor as usize, FORBIDDEN);
        }
        banned.extend_from_slice(bans);
        transport.refresh();
    }

    /// The groups, and what is proven: at least `bound` is the cost of any.
    fn solved(&self, places: &Places, bound: Cost, transport: &Transport) -> Solved {
        let mut teams = Vec::new();
        let mut cost = 0;
        for (mentor, members) in self.mentors.iter().zip(self.members(places)) {
            if !members.is_empty() {
                cost -= transport.first;
                let members = members.into_iter().map(|at| self.mentees[at as usize]).collect();
                teams.push(Team { members, mentor: Some(*mentor), sponsor: None });
            }
        }
        let placed = places.iter().flatten().count();
        let unplaced = Cost::try_from(places.len() - placed).unwrap_or(Cost::MAX);
        cost += transport.unplaced * unplaced;
        // What would place more people says nothing of as many.
        let most = 1_000_000 * Cost::try_from(placed).unwrap_or(Cost::MAX);
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        let bound = (cost - bound).min(most) as f64;
        Solved { teams, bound }
    }
}
