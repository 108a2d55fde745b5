//! Exact is exact: the engine finds what trying every way finds.

use super::brute::{Best, Brute};
use super::world::{Dice, KINDS, world};
use crate::rounds::matching::known::{FORBIDDEN, Known};
use crate::rounds::matching::matrix::Matrix;
use crate::rounds::matching::mentor_bound::Asked;
use crate::rounds::matching::mentors::Groups;
use crate::rounds::matching::pairs::{self, Solved};
use crate::rounds::matching::simplex::Transport;
use crate::rounds::matching::{Outcome, Problem, Progress, Role, Shape, solve};

fn solved(problem: &Problem) -> Outcome {
    solve(problem, 1, &Progress::new()).unwrap()
}

/// An outcome in the terms of trying every way.
fn terms(problem: &Problem, outcome: &Outcome) -> Best {
    let groups = matches!(problem.shape, Shape::MentorGroups { .. });
    let mentors = if groups { outcome.groups.len() } else { 0 };
    Best {
        placed: outcome.placed - mentors,
        mentors,
        total: (outcome.total * 1e6 * 2_520.0).round() as u64,
        worst: (outcome.worst * 1e6 * 2_520.0).round() as u64,
    }
}

fn agree(problem: &Problem, seed: u64) {
    let (outcome, best) = (solved(problem), Brute::new(problem).run());
    let found = terms(problem, &outcome);
    assert_eq!((found.placed, found.mentors), (best.placed, best.mentors), "seed {seed}: {problem:#?}");
    assert!(found.total.abs_diff(best.total) <= 1_000, "seed {seed}: {found:?} {best:?} {problem:#?}");
    assert!(found.worst.abs_diff(best.worst) <= 1_000, "seed {seed}: {found:?} {best:?} {problem:#?}");
    assert!(outcome.optimal && (outcome.bound - outcome.total).abs() <= 1e-6, "seed {seed}: {outcome:#?}");
}

#[test]
fn mentor_groups_are_as_good_as_any() {
    for seed in 0..900 {
        let most = 1 + u32::try_from(seed % 3).unwrap();
        let shape = Shape::MentorGroups { max_mentees: most };
        agree(&world(seed, 2 + seed as usize % 8, shape, KINDS[seed as usize % 6]), seed);
    }
}

/// No groups cost less than the prices say, whoever must not be together.
#[test]
fn what_prices_prove_of_mentor_groups_holds() {
    let progress = Progress::new();
    for seed in 0..900 {
        let shape = Shape::MentorGroups { max_mentees: 1 + u32::try_from(seed % 3).unwrap() };
        let problem = world(seed, 2 + seed as usize % 8, shape, KINDS[seed as usize % 6]);
        let known = Known::new(&problem);
        let mentees = known.all(Role::Mentee);
        let mut mentors = known.all(Role::Mentor);
        mentors.retain(|mentor| known.room(*mentor) > 0);
        if mentors.is_empty() || mentees.is_empty() {
            continue;
        }
        let rooms: Vec<u32> = mentors.iter().map(|mentor| known.room(*mentor)).collect();
        let mut flow = Transport::new(Matrix::of(&known, &mentees, &mentors), rooms.clone(), true);
        flow.solve(&progress).unwrap();
        let (groups, fits) = (Groups { known: &known, mentors, mentees, rooms }, flow.fits.turned());
        let (_, least) = Asked::of(&groups, &fits, &flow, &progress).unwrap();
        let best = Brute::new(&problem).run();
        let unplaced = i64::try_from(groups.mentees.len() - best.placed).unwrap();
        let cost = unplaced * flow.unplaced
            - i64::try_from(best.mentors).unwrap() * flow.first
            - i64::try_from(best.total / 2_520).unwrap();
        assert!(least <= cost, "seed {seed}: {least} {cost}");
    }
}

/// Where some speak another language, a flow alone would bring many together who have none in common.
#[test]
fn hundreds_of_two_languages_are_next_to_the_best() {
    let mut problem = world(1, 500, Shape::MentorGroups { max_mentees: 5 }, KINDS[4]);
    problem.excluded.clear();
    let mut dice = Dice(1);
    for (n, person) in problem.people.iter_mut().enumerate() {
        let languages = [&["de"][..], &["en", "de"], &["en"]][dice.roll(8).min(2)];
        person.languages = languages.iter().map(|language| (*language).to_owned()).collect();
        person.role = if n % 5 == 0 { Role::Mentor } else { Role::Mentee };
        (person.capacity, person.avoid) = (None, Vec::new());
    }
    let outcome = solved(&problem);
    assert!(outcome.bound <= 1.000_1 * outcome.total, "{} {}", outcome.bound, outcome.total);
}

#[test]
fn pairs_and_trios_are_as_good_as_any() {
    for seed in 0..600 {
        let shape = Shape::Pairs { trio: seed % 2 == 1 };
        agree(&world(seed, seed as usize % 9, shape, KINDS[seed as usize % 6]), seed);
    }
}

#[test]
fn circles_of_a_few_are_as_good_as_any() {
    for seed in 0..400 {
        let min = 2 + u32::try_from(seed % 3).unwrap();
        let shape = Shape::Circles { min, max: min + u32::try_from(seed % 2).unwrap() };
        agree(&world(seed, seed as usize % 9, shape, KINDS[seed as usize % 6]), seed);
    }
}

/// The way that many people are paired, for a few: with its proof.
#[test]
fn the_matching_of_many_is_exact_for_a_few_as_well() {
    for seed in 0..3_000 {
        let trio = seed % 2 == 1;
        let problem = world(seed, 2 + seed as usize % 8, Shape::Pairs { trio }, KINDS[seed as usize % 6]);
        let known = Known::new(&problem);
        let peers = known.all(Role::Peer);
        let trio = trio && peers.len() % 2 == 1;
        let Solved { teams, bound } = pairs::many(&known, &peers, trio, &Progress::new()).unwrap();
        let best = Brute::new(&problem).run();
        let placed: usize = teams.iter().map(|team| team.members.len()).sum();
        let total: u64 = teams.iter().map(|team| 2_520 * team.sum(&known)).sum();
        assert_eq!((placed, total), (best.placed, best.total), "seed {seed}: {problem:#?}");
        assert_eq!((bound * 2_520.0) as u64, total, "seed {seed}: the bound");
        let mean =
            |team: &crate::rounds::matching::team::Team| 2_520 * team.sum(&known) / team.pairs().len() as u64;
        if !trio {
            assert_eq!(teams.iter().map(mean).min().unwrap_or(0), best.worst, "seed {seed}: the worst off");
        }
    }
}

/// The way that many people are put in circles, for a few: nobody who could be placed is left over, and nothing is
/// better than the bound.
#[test]
fn the_search_for_circles_comes_near_and_its_bound_holds() {
    let (mut found, mut possible) = (0.0, 0.0);
    for seed in 0..120 {
        let min = 2 + u32::try_from(seed % 3).unwrap();
        let shape = Shape::Circles { min, max: min + u32::try_from(seed % 2).unwrap() };
        let problem = world(seed, 4 + seed as usize % 6, shape, KINDS[[0, 4][seed as usize % 2]]);
        let known = Known::new(&problem);
        let peers = known.all(Role::Peer);
        let sizes = (min as usize, min as usize + seed as usize % 2);
        let best = Brute::new(&problem).run();
        let solved =
            crate::rounds::matching::circles::many(&known, &peers, sizes, seed, &Progress::new()).unwrap();
        let placed: usize = solved.teams.iter().map(|team| team.members.len()).sum();
        let total: f64 =
            solved.teams.iter().map(|team| crate::rounds::matching::team::worth(&known, team)).sum();
        assert!(placed <= best.placed, "seed {seed}");
        if placed == best.placed {
            let best = best.total as f64 / 2_520.0;
            assert!(solved.bound + 1e-3 >= best, "seed {seed}: {} {best}", solved.bound);
            assert!(total * 1e6 <= best + 1.0, "seed {seed}");
            found += total * 1e6;
            possible += best;
        }
    }
    assert!(found > 0.99 * possible, "{found} of {possible}");
}

/// A mentor with mentees.
type Led = (u32, Vec<u32>);
/// The mean fit of a sponsor with the mentees of a group, where they may be in it.
type Mean<'a> = dyn Fn(u32, &Led) -> Option<u64> + 'a;

/// Every way to give the groups that stand sponsors: most groups with one, then the greatest sum of their mean fits.
fn sponsored(problem: &Problem, outcome: &Outcome) -> (usize, u64) {
    let known = Known::new(problem);
    let number = |id: &String| known.number(id).unwrap();
    let role = |id: &&String| known.features[number(id) as usize].role;
    let groups: Vec<(u32, Vec<u32>)> = outcome
        .groups
        .iter()
        .map(|group| {
            let mentees = group.people.iter().filter(|id| role(id) == Role::Mentee).map(number).collect();
            (number(group.mentor.as_ref().unwrap()), mentees)
        })
        .collect();
    let sponsors: Vec<(u32, u32)> =
        known.all(Role::Sponsor).into_iter().map(|one| (one, known.room(one))).collect();
    let mean = |sponsor: u32, (mentor, mentees): &(u32, Vec<u32>)| -> Option<u64> {
        let may = problem.people.iter().find(|one| one.id == known.id(*mentor)).unwrap();
        let sponsored = problem.people.iter().find(|one| one.id == known.id(sponsor)).unwrap();
        let fits = mentees.iter().map(|mentee| known.fit(sponsor, *mentee));
        let fits = fits.map(|fit| (fit != FORBIDDEN).then_some(2_520 * u64::from(fit))).sum::<Option<u64>>();
        fits.filter(|_| super::brute::may(problem, may, sponsored)).map(|sum| sum / mentees.len() as u64)
    };
    fn next(groups: &[Led], rooms: &mut Vec<(u32, u32)>, mean: &Mean<'_>) -> (usize, u64) {
        let Some((first, rest)) = groups.split_first() else { return (0, 0) };
        let mut best = next(rest, rooms, mean);
        for at in 0..rooms.len() {
            if let (true, Some(mean_fit)) = (rooms[at].1 > 0, mean(rooms[at].0, first)) {
                rooms[at].1 -= 1;
                let (count, sum) = next(rest, rooms, mean);
                rooms[at].1 += 1;
                best = best.max((count + 1, sum + mean_fit));
            }
        }
        best
    }
    next(&groups, &mut sponsors.clone(), &mean)
}

#[test]
fn sponsors_are_given_as_well_as_any() {
    let mut seen = 0;
    for seed in 0..600 {
        let shape = Shape::MentorGroups { max_mentees: 1 + u32::try_from(seed % 3).unwrap() };
        let problem = world(seed, 4 + seed as usize % 9, shape, KINDS[seed as usize % 6]);
        let outcome = solved(&problem);
        let known = Known::new(&problem);
        let number = |id: &String| known.number(id).unwrap();
        let (mut count, mut sum) = (0, 0);
        for group in outcome.groups.iter().filter(|group| group.sponsor.is_some()) {
            let sponsor = number(group.sponsor.as_ref().unwrap());
            let mentees: Vec<u32> = group.people.iter().map(number).collect();
            let mentees =
                mentees.into_iter().filter(|one| known.features[*one as usize].role == Role::Mentee);
            let fits: Vec<u64> =
                mentees.map(|mentee| 2_520 * u64::from(known.fit(sponsor, mentee))).collect();
            count += 1;
            sum += fits.iter().sum::<u64>() / fits.len() as u64;
        }
        seen += count;
        assert_eq!((count, sum), sponsored(&problem, &outcome), "seed {seed}: {problem:#?}");
    }
    assert!(seen > 100, "{seen}");
}
