//! Groups from the best pair on down: quick, valid, and rarely the best.

use super::judge::trio_of;
use super::known::{FORBIDDEN, Known};
use super::problem::{Role, Shape};
use super::team::Team;

/// Groups among the people who are free.
pub(super) fn teams(known: &Known<'_>, free: &[bool]) -> Vec<Team> {
    let all =
        |role| known.all(role).into_iter().filter(|number| free[*number as usize]).collect::<Vec<u32>>();
    match known.problem.shape {
        Shape::MentorGroups { .. } => mentor_groups(known, &all(Role::Mentor), &all(Role::Mentee)),
        Shape::Pairs { .. } => pairs(known, &all(Role::Peer)),
        Shape::Circles { min, max } => circles(known, &all(Role::Peer), min as usize, max as usize),
    }
}

/// The allowed pairs of two lists, the best first.
fn ranked(known: &Known<'_>, ones: &[u32], others: &[u32]) -> Vec<(u32, u32)> {
    let mut ranked = Vec::new();
    for a in ones {
        for b in others {
            let fit = known.fit(*a, *b);
            if a != b && fit != FORBIDDEN {
                ranked.push((std::cmp::Reverse(fit), *a, *b));
            }
        }
    }
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, a, b)| (a, b)).collect()
}

fn mentor_groups(known: &Known<'_>, mentors: &[u32], mentees: &[u32]) -> Vec<Team> {
    let mut teams: Vec<Team> =
        mentors.iter().map(|mentor| Team { mentor: Some(*mentor), ..Team::default() }).collect();
    let mut placed = vec![false; known.people.len()];
    let ranked = ranked(known, mentors, mentees);
    for rest in [false, true] {
        for (mentor, mentee) in &ranked {
            let Ok(at) = mentors.binary_search(mentor) else { continue };
            let team = &mut teams[at];
            let room = if rest { known.room(*mentor) } else { known.room(*mentor).min(1) };
            let fits = || team.members.iter().all(|other| known.compatible(*other, *mentee));
            if !placed[*mentee as usize] && team.members.len() < room as usize && fits() {
                placed[*mentee as usize] = true;
                team.members.push(*mentee);
            }
        }
    }
    teams.retain(|team| !team.members.is_empty());
    for team in &mut teams {
        team.members.sort_unstable();
    }
    teams
}

fn pairs(known: &Known<'_>, peers: &[u32]) -> Vec<Team> {
    let mut placed = vec![false; known.people.len()];
    let mut teams = Vec::new();
    for (a, b) in ranked(known, peers, peers) {
        if !placed[a as usize] && !placed[b as usize] {
            placed[a as usize] = true;
            placed[b as usize] = true;
            teams.push(Team::of(vec![a, b]));
        }
    }
    if trio_of(known) == 1
        && let Some(last) = peers.iter().find(|peer| !placed[**peer as usize])
    {
        let takes = |team: &&mut Team| team.members.iter().all(|other| known.fit(*other, *last) != FORBIDDEN);
        if let Some(team) = teams.iter_mut().find(takes) {
            *team = Team::of(vec![team.members[0], team.members[1], *last]);
        }
    }
    teams
}

fn circles(known: &Known<'_>, peers: &[u32], min: usize, max: usize) -> Vec<Team> {
    let mut left: Vec<u32> = peers.to_vec();
    let mut teams = Vec::new();
    let count = left.len() / min.max(1);
    let mut larger = left.len().saturating_sub(count * min);
    let mut at = 0;
    while at < left.len() {
        let mut circle = vec![left[at]];
        let size = min + larger.min(max - min);
        while circle.len() < size {
            let sum = |peer: u32| {
                circle.iter().try_fold(0, |sum, other| match known.fit(*other, peer) {
                    FORBIDDEN => None,
                    fit => Some(sum + u64::from(fit)),
                })
            };
            let candidates = left[at + 1..].iter().filter(|peer| !circle.contains(peer));
            let best =
                candidates.filter_map(|peer| sum(*peer).map(|sum| (sum, std::cmp::Reverse(*peer)))).max();
            let Some((_, std::cmp::Reverse(best))) = best else { break };
            circle.push(best);
        }
        if circle.len() < min {
            at += 1;
            continue;
        }
        larger -= circle.len() - min;
        left.retain(|peer| !circle.contains(peer));
        teams.push(Team::of(circle));
    }
    teams
}
