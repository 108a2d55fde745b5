//! What holds for every problem and every outcome.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::brute::may;
use super::world::{Dice, KINDS, world};
use crate::rounds::matching::known::{FORBIDDEN, Known};
use crate::rounds::matching::{Error, Outcome, Person, Problem, Progress, Role, Shape, judge, solve};

fn shapes() -> impl Strategy<Value = Shape> {
    prop_oneof![
        (1_u32..5).prop_map(|max_mentees| Shape::MentorGroups { max_mentees }),
        any::<bool>().prop_map(|trio| Shape::Pairs { trio }),
        (2_u32..5, 0_u32..3).prop_map(|(min, more)| Shape::Circles { min, max: min + more }),
    ]
}

fn problems() -> impl Strategy<Value = Problem> {
    (any::<u64>(), 0_usize..40, shapes(), 0_usize..6)
        .prop_map(|(seed, count, shape, kind)| world(seed, count, shape, KINDS[kind]))
}

fn solved(problem: &Problem, seed: u64) -> Outcome {
    solve(problem, seed, &Progress::new()).unwrap()
}

/// Every rule of the contract, each asked of the outcome anew.
fn keeps_the_rules(problem: &Problem, outcome: &Outcome) {
    let known = Known::new(problem);
    let people: BTreeMap<&str, &Person> =
        problem.people.iter().map(|person| (person.id.as_str(), person)).collect();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for group in &outcome.groups {
        for id in &group.people {
            *seen.entry(id).or_default() += 1;
        }
        let members: Vec<&Person> = group.people.iter().map(|id| people[id.as_str()]).collect();
        for (at, a) in members.iter().enumerate() {
            for b in &members[at + 1..] {
                assert!(may(problem, a, b), "{} and {}", a.id, b.id);
            }
        }
        let with = |role: Role| members.iter().filter(|person| person.role == role).count();
        let pairs: Vec<(&str, &str)> = match problem.shape {
            Shape::MentorGroups { max_mentees } => {
                let mentor = people[group.mentor.as_deref().unwrap()];
                assert_eq!((with(Role::Mentor), mentor.role), (1, Role::Mentor));
                let most = mentor.capacity.unwrap_or(max_mentees).min(max_mentees) as usize;
                assert!((1..=most).contains(&with(Role::Mentee)));
                assert_eq!(with(Role::Sponsor), usize::from(group.sponsor.is_some()));
                let mentees = members.iter().filter(|person| person.role == Role::Mentee);
                mentees.map(|mentee| (mentor.id.as_str(), mentee.id.as_str())).collect()
            }
            Shape::Pairs { .. } | Shape::Circles { .. } => {
                assert_eq!(with(Role::Peer), members.len());
                let of = |at: usize| members[at + 1..].iter().map(move |other| (at, other));
                let all = (0..members.len()).flat_map(of);
                all.map(|(at, other)| (members[at].id.as_str(), other.id.as_str())).collect()
            }
        };
        match problem.shape {
            Shape::Circles { min, max } => assert!((min as usize..=max as usize).contains(&members.len())),
            Shape::Pairs { .. } => assert!((2..=3).contains(&members.len())),
            Shape::MentorGroups { .. } => {}
        }
        let fit = |a: &str, b: &str| known.fit(known.number(a).unwrap(), known.number(b).unwrap());
        let sum: f64 = pairs.iter().map(|(a, b)| f64::from(fit(a, b)) / 1e6).sum();
        assert!(pairs.iter().all(|(a, b)| fit(a, b) != FORBIDDEN));
        assert!((sum / pairs.len() as f64 - group.fit).abs() < 1e-9);
        assert!(group.parts.values().all(|part| (0.0..=1.0).contains(part)));
    }
    if let Shape::Pairs { trio } = problem.shape {
        let peers = problem.people.iter().filter(|person| person.role == Role::Peer).count();
        let trios = outcome.groups.iter().filter(|group| group.people.len() == 3).count();
        assert!(trios <= usize::from(trio && peers % 2 == 1));
    }
    for left in &outcome.left_over {
        assert!(seen.insert(&left.id, 1).is_none(), "{} is in a group and left over", left.id);
    }
    assert_eq!(seen.keys().copied().collect::<BTreeSet<_>>(), people.keys().copied().collect());
    for (id, count) in seen {
        let most = if people[id].role == Role::Sponsor { people[id].capacity.unwrap_or(1).max(1) } else { 1 };
        assert!(count <= most as usize, "{id} is there {count} times");
    }
}

fn figures_add_up(problem: &Problem, outcome: &Outcome) {
    let sponsors = outcome.groups.iter().filter(|group| group.sponsor.is_some()).count();
    let placed = outcome.groups.iter().map(|group| group.people.len()).sum::<usize>() - sponsors;
    assert_eq!(outcome.placed, placed);
    let total: f64 = outcome
        .groups
        .iter()
        .map(|group| {
            let people = group.people.len() - usize::from(group.sponsor.is_some());
            group.fit
                * match problem.shape {
                    Shape::MentorGroups { .. } => people - 1,
                    Shape::Pairs { .. } => people * (people - 1) / 2,
                    Shape::Circles { .. } => people,
                } as f64
        })
        .sum();
    assert!((outcome.total - total).abs() < 1e-6, "{} {total}", outcome.total);
    assert!(outcome.bound >= outcome.total);
    assert_eq!(outcome.optimal, outcome.bound - outcome.total <= 1e-6);
    let worst = outcome.groups.iter().map(|group| group.fit).fold(f64::INFINITY, f64::min);
    assert_eq!(outcome.worst, if outcome.groups.is_empty() { 0.0 } else { worst });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_rule_is_broken_and_everybody_is_accounted_for(problem in problems(), seed in 0_u64..9) {
        let outcome = solved(&problem, seed);
        keeps_the_rules(&problem, &outcome);
        figures_add_up(&problem, &outcome);
    }

    #[test]
    fn the_order_of_people_is_of_no_account(problem in problems(), seed in 0_u64..9, shuffle in any::<u64>()) {
        let mut other = problem.clone();
        let mut dice = Dice(shuffle);
        let order: Vec<usize> = (0..other.people.len()).map(|_| dice.roll(1_000)).collect();
        let mut at = 0;
        other.people.sort_by_cached_key(|_| { at += 1; order[at - 1] });
        other.excluded.reverse();
        other.history.reverse();
        other.given.reverse();
        let outcome = solved(&problem, seed);
        prop_assert_eq!(&outcome, &solved(&other, seed));
        prop_assert_eq!(&outcome, &solved(&problem, seed));
    }

    #[test]
    fn what_was_made_is_found_good(problem in problems()) {
        let outcome = solved(&problem, 1);
        let groups: Vec<Vec<String>> = outcome.groups.iter().map(|group| group.people.clone()).collect();
        let judged = judge(&problem, &groups).unwrap();
        prop_assert_eq!(&judged.groups, &outcome.groups);
        prop_assert_eq!(judged.left_over, outcome.left_over);
        prop_assert!((judged.total - outcome.total).abs() < 1e-9);
    }

    #[test]
    fn better_fits_never_make_it_worse(problem in problems()) {
        // Exact shapes: whoever fits better adds to the total.
        prop_assume!(!matches!(problem.shape, Shape::Circles { .. }) && !problem.given.is_empty());
        let mut better = problem.clone();
        for given in &mut better.given {
            given.fit = ((given.fit + 0.1).min(1.0) * 1e6).round() / 1e6;
        }
        let (before, after) = (solved(&problem, 1), solved(&better, 1));
        if before.optimal && after.optimal {
            prop_assert_eq!(before.placed, after.placed);
            prop_assert!(after.total >= before.total - 1e-9);
        }
    }
}

#[test]
fn an_end_is_made_when_it_is_asked_for() {
    let problem = world(1, 30, Shape::Circles { min: 3, max: 4 }, KINDS[0]);
    let progress = Progress::new();
    progress.cancel();
    assert!(matches!(solve(&problem, 1, &progress), Err(Error::Cancelled(_))));
    let progress = Progress::new();
    solve(&problem, 1, &progress).unwrap();
    assert!((progress.share() - 1.0).abs() < f64::EPSILON);
}

/// As many as a community has: rules and figures, and what is exact is.
#[test]
fn more_than_a_hundred_people_are_matched_by_the_rules() {
    for (shape, count) in [
        (Shape::MentorGroups { max_mentees: 4 }, 150),
        (Shape::Pairs { trio: true }, 61),
        (Shape::Pairs { trio: false }, 150),
        (Shape::Circles { min: 4, max: 5 }, 60),
    ] {
        for kind in [KINDS[0], KINDS[4]] {
            let problem = world(3, count, shape, kind);
            let outcome = solved(&problem, 1);
            keeps_the_rules(&problem, &outcome);
            figures_add_up(&problem, &outcome);
            if matches!(shape, Shape::Pairs { .. }) {
                assert!(outcome.optimal, "{shape:?} {kind:?}");
            }
        }
    }
}

/// Sizes that no community has are no more than what there is.
#[test]
fn no_size_is_too_large() {
    for shape in [
        Shape::Circles { min: 2, max: u32::MAX },
        Shape::Circles { min: u32::MAX, max: u32::MAX },
        Shape::MentorGroups { max_mentees: u32::MAX },
    ] {
        let problem = world(2, 30, shape, KINDS[4]);
        keeps_the_rules(&problem, &solved(&problem, 1));
    }
}

/// Nobody said anything of themselves, so any groups are as good as any others: that is no way down a deep stack.
#[test]
fn many_who_are_all_alike_are_matched() {
    for (shape, leads) in
        [(Shape::MentorGroups { max_mentees: 4 }, true), (Shape::Pairs { trio: false }, false)]
    {
        let role = |n: usize| match (leads, n % 5) {
            (true, 0) => Role::Mentor,
            (true, _) => Role::Mentee,
            (false, _) => Role::Peer,
        };
        let person = |n| Person { id: format!("p{n:04}"), role: role(n), ..Person::default() };
        let problem = Problem { shape, people: (0..1_500).map(person).collect(), ..Problem::default() };
        let outcome = solved(&problem, 1);
        assert_eq!((outcome.placed, outcome.optimal), (1_500, true), "{shape:?}");
    }
}
