//! Mentor groups: mentees go to mentors by a network simplex, then those who must not be together are told apart.

use super::apart;
use super::known::Known;
use super::matrix::Matrix;
use super::pairs::Solved;
use super::progress::{Cancelled, Progress};
use super::simplex::{Cost, Transport};
use super::team::Team;

/// A mentor group problem by places in `mentors` and `mentees`, which are sorted.
pub(super) struct Groups<'a> {
    pub(super) known: &'a Known<'a>,
    pub(super) mentors: Vec<u32>,
    pub(super) mentees: Vec<u32>,
    pub(super) rooms: Vec<u32>,
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
    let (places, bound) = apart::solve(&groups, &mut transport, progress)?;
    progress.at(900);
    Ok(groups.solved(&places, bound, &transport))
}

impl Groups<'_> {
    /// Whether two mentees may be in one group.
    pub(super) fn compatible(&self, a: u32, b: u32) -> bool {
        self.known.compatible(self.mentees[a as usize], self.mentees[b as usize])
    }

    /// All who must not be together but are, two by two, with their mentor.
    pub(super) fn conflicts(&self, places: &Places) -> Vec<(u32, u32, u32)> {
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
