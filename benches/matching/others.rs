//! What the engine is held against: groups by chance, from the best pair on down, and other people's exact solvers.

use std::collections::BTreeSet;

use integer_blossom::max_weight_matching;
use kith::rounds::matching::{Fits, Person, Problem, Role, Shape};
use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

use crate::community::Dice;

fn ids(problem: &Problem, role: Role) -> Vec<&str> {
    problem.people.iter().filter(|person| person.role == role).map(|person| person.id.as_str()).collect()
}

fn room(problem: &Problem, mentor: &str) -> usize {
    let Shape::MentorGroups { max_mentees } = problem.shape else { return 0 };
    let person = problem.people.iter().find(|person| person.id == mentor);
    person.and_then(|person: &Person| person.capacity).unwrap_or(max_mentees).min(max_mentees) as usize
}

/// People in an order by chance, each with the first with whom they may be.
pub fn chance(problem: &Problem, seed: u64) -> Vec<Vec<String>> {
    let mut dice = Dice(seed);
    let mut shuffled = |mut list: Vec<&'_ str>| -> Vec<String> {
        for at in (1..list.len()).rev() {
            list.swap(at, dice.roll(at + 1));
        }
        list.into_iter().map(str::to_owned).collect()
    };
    let (mentors, mentees) = (shuffled(ids(problem, Role::Mentor)), shuffled(ids(problem, Role::Mentee)));
    let peers = shuffled(ids(problem, Role::Peer));
    match problem.shape {
        Shape::MentorGroups { .. } => in_turn(problem, &mentors, &mentees),
        Shape::Pairs { .. } => filled(problem, &peers, 2, &|_| 0.0),
        Shape::Circles { min, .. } => filled(problem, &peers, min as usize, &|_| 0.0),
    }
}

/// Mentors in turn take the next mentee who may be in their group.
fn in_turn(problem: &Problem, mentors: &[String], mentees: &[String]) -> Vec<Vec<String>> {
    let fits = Fits::new(problem);
    let mut groups: Vec<(usize, Vec<String>)> =
        mentors.iter().map(|mentor| (room(problem, mentor), vec![mentor.clone()])).collect();
    let mut turn = 0;
    for mentee in mentees {
        let fitting = (0..groups.len()).map(|step| (turn + step) % groups.len()).find(|at| {
            let (room, group) = &groups[*at];
            group.len() <= *room
                && fits.of(&group[0], mentee).is_some()
                && group.iter().all(|other| fits.may(other, mentee))
        });
        if let Some(at) = fitting {
            groups[at].1.push(mentee.clone());
            turn = at + 1;
        }
    }
    groups.into_iter().map(|(_, group)| group).filter(|group| group.len() > 1).collect()
}

/// Groups of `size`, each filled with whoever is worth most to those in it.
fn filled(problem: &Problem, people: &[String], size: usize, worth: &dyn Fn(f64) -> f64) -> Vec<Vec<String>> {
    let fits = Fits::new(problem);
    let mut left: Vec<&String> = people.iter().rev().collect();
    let mut groups = Vec::new();
    while let Some(first) = left.pop() {
        let mut group = vec![first];
        while group.len() < size {
            let sum =
                |person: &&String| group.iter().map(|other| fits.of(other, person)).sum::<Option<f64>>();
            let best = left.iter().rev().filter_map(|person| sum(person).map(|sum| (worth(sum), *person)));
            let best = best.reduce(|best, one| if one.0 > best.0 { one } else { best });
            let Some((_, next)) = best else { break };
            group.push(next);
            left.retain(|person| *person != next);
        }
        if group.len() == size {
            groups.push(group.into_iter().cloned().collect());
        }
    }
    groups
}

/// From the best pair on down; circles one after the other, each with whoever fits best.
pub fn greedy(problem: &Problem) -> Vec<Vec<String>> {
    let peers: Vec<String> = ids(problem, Role::Peer).into_iter().map(str::to_owned).collect();
    match problem.shape {
        Shape::MentorGroups { .. } => greedy_mentors(problem),
        Shape::Pairs { .. } => greedy_pairs(problem),
        Shape::Circles { min, .. } => filled(problem, &peers, min as usize, &|sum| sum),
    }
}

/// The pairs that may be, by their places, the best first.
fn ranked(fits: &Fits<'_>, ones: &[&str], others: &[&str]) -> Vec<(usize, usize)> {
    let mut ranked: Vec<(u32, u32, u32)> = Vec::new();
    for (a, one) in (0..).zip(ones) {
        for (b, other) in (0..).zip(others) {
            if let Some(fit) = fits.of(one, other) {
                ranked.push((u32::MAX - millionths(fit), a, b));
            }
        }
    }
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, a, b)| (a as usize, b as usize)).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1e6")]
fn millionths(fit: f64) -> u32 {
    (fit * 1e6).round() as u32
}

/// Each mentor's first mentee from the best pair on down, then the others.
fn greedy_mentors(problem: &Problem) -> Vec<Vec<String>> {
    let fits = Fits::new(problem);
    let (mentors, mentees) = (ids(problem, Role::Mentor), ids(problem, Role::Mentee));
    let rooms: Vec<usize> = mentors.iter().map(|mentor| room(problem, mentor)).collect();
    let mut groups: Vec<Vec<String>> = mentors.iter().map(|mentor| vec![(*mentor).to_owned()]).collect();
    let mut placed = BTreeSet::new();
    let ranked = ranked(&fits, &mentors, &mentees);
    for rest in [false, true] {
        for (mentor, mentee) in &ranked {
            let room = if rest { rooms[*mentor] } else { rooms[*mentor].min(1) };
            let group = &mut groups[*mentor];
            let may = || group.iter().all(|other| fits.may(other, mentees[*mentee]));
            if group.len() <= room && !placed.contains(mentee) && may() {
                placed.insert(*mentee);
                group.push(mentees[*mentee].to_owned());
            }
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

fn greedy_pairs(problem: &Problem) -> Vec<Vec<String>> {
    let fits = Fits::new(problem);
    let peers = ids(problem, Role::Peer);
    let mut placed = vec![false; peers.len()];
    let mut groups = Vec::new();
    for (a, b) in ranked(&fits, &peers, &peers) {
        if a < b && !placed[a] && !placed[b] {
            (placed[a], placed[b]) = (true, true);
            groups.push(vec![peers[a].to_owned(), peers[b].to_owned()]);
        }
    }
    groups
}

/// The total that an exact solver finds, where it ends in a matter of seconds and knows the shape.
pub fn exact(problem: &Problem, count: usize) -> Option<f64> {
    match problem.shape {
        Shape::MentorGroups { .. } if count <= 1_000 => Some(exact_mentors(problem)),
        Shape::Pairs { trio: false } if count <= 1_000 => Some(exact_pairs(problem)),
        _ => None,
    }
}

/// The Hungarian method: a column for each place of a mentor, the first worth something of its own. It knows nothing
/// of two mentees who must not be together, so with such it is only a bound.
fn exact_mentors(problem: &Problem) -> f64 {
    const ALL: i64 = 1_000_000_000_000;
    const FIRST: i64 = 1_000_000_000;
    let fits = Fits::new(problem);
    let (mentors, mentees) = (ids(problem, Role::Mentor), ids(problem, Role::Mentee));
    let mut places: Vec<(&str, i64)> = Vec::new();
    for mentor in &mentors {
        places.extend((0..room(problem, mentor)).map(|place| (*mentor, if place == 0 { FIRST } else { 0 })));
    }
    let nowhere = places.len();
    let columns = nowhere + mentees.len();
    let weights = Matrix::from_fn(mentees.len(), columns, |(row, column)| {
        let Some((mentor, first)) = places.get(column) else { return 0 };
        fits.of(mentor, mentees[row]).map_or(0, |fit| ALL + first + i64::from(millionths(fit)))
    });
    let (_, chosen) = kuhn_munkres(&weights);
    let pairs = chosen.iter().enumerate().filter(|(_, column)| **column < nowhere);
    pairs.filter_map(|(row, column)| fits.of(places[*column].0, mentees[row])).sum()
}

fn exact_pairs(problem: &Problem) -> f64 {
    const EACH: i64 = 1_000_000_000;
    let fits = Fits::new(problem);
    let peers = ids(problem, Role::Peer);
    let weights: Vec<i64> = peers
        .iter()
        .flat_map(|a| peers.iter().map(|b| fits.of(a, b).map_or(0, |fit| EACH + i64::from(millionths(fit)))))
        .collect();
    let mates = max_weight_matching(&weights, peers.len());
    let pairs = mates.iter().enumerate().filter_map(|(a, mate)| mate.map(|b| (a, b))).filter(|(a, b)| a < b);
    pairs.filter_map(|(a, b)| fits.of(peers[a], peers[b])).sum()
}
