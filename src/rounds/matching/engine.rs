//! Which way a problem is solved.

use std::collections::HashMap;

use super::known::Known;
use super::pairs::{self, Solved};
use super::problem::{Role, Shape};
use super::progress::{Cancelled, Progress};
use super::team::Team;
use super::{circles, judge, mentors, sponsors};

/// The best groups of those who are free.
pub(super) fn solve(
    known: &Known<'_>,
    free: &[bool],
    seed: u64,
    progress: &Progress,
) -> Result<Solved, Cancelled> {
    progress.check()?;
    let all =
        |role| -> Vec<u32> { known.all(role).into_iter().filter(|number| free[*number as usize]).collect() };
    match known.problem.shape {
        Shape::MentorGroups { .. } => mentors::solve(known, all(Role::Mentor), all(Role::Mentee), progress),
        Shape::Pairs { .. } => {
            let peers = all(Role::Peer);
            let trio = judge::trio_of(known) == 1 && peers.len() % 2 == 1;
            pairs::solve(known, &peers, trio, progress)
        }
        Shape::Circles { min, max } => {
            let sizes = (min as usize, max as usize);
            circles::solve(known, &all(Role::Peer), sizes, seed, progress)
        }
    }
}

/// Gives mentor groups sponsors, each as many as they have room for besides the groups that they stand behind.
pub(super) fn sponsor(known: &Known<'_>, teams: &mut [Team], progress: &Progress) -> Result<(), Cancelled> {
    if !matches!(known.problem.shape, Shape::MentorGroups { .. }) {
        return Ok(());
    }
    let mut taken: HashMap<u32, u32> = HashMap::new();
    for sponsor in teams.iter().filter_map(|team| team.sponsor) {
        *taken.entry(sponsor).or_default() += 1;
    }
    let room = |sponsor: u32| known.room(sponsor) - taken.get(&sponsor).copied().unwrap_or(0);
    let sponsors: Vec<(u32, u32)> =
        known.all(Role::Sponsor).into_iter().map(|sponsor| (sponsor, room(sponsor))).collect();
    sponsors::assign(known, teams, &sponsors, progress)
}
