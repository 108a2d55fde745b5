//! Who was left over before comes first: they take the place of somebody who was not, where every rule still holds.
//! Pure.

use std::collections::BTreeMap;

use crate::rounds::matching::{Outcome, Problem, judge};

/// In how many rounds in a row somebody was left over, by id; who was not is not in it.
pub type Waited = BTreeMap<String, u8>;

/// The groups of an outcome, as ids, in which nobody is left over who could have the place of somebody who waited
/// less: each takes the place in which the group fits best. Groups that are locked stay as they are. `None` where that
/// changes nothing.
#[must_use]
pub fn first(
    problem: &Problem,
    outcome: &Outcome,
    waited: &Waited,
    locked: &[Vec<String>],
) -> Option<Vec<Vec<String>>> {
    let mut groups: Vec<Vec<String>> = outcome.groups.iter().map(|group| group.people.clone()).collect();
    let of = |id: &String| waited.get(id).copied().unwrap_or(0);
    let mut waiting: Vec<&String> =
        outcome.left_over.iter().map(|it| &it.id).filter(|id| of(id) > 0).collect();
    waiting.sort_by_key(|id| std::cmp::Reverse(of(id)));
    let role = |id: &String| problem.people.iter().find(|it| it.id == *id).map(|it| it.role);
    let mut changed = false;
    for id in waiting {
        let mut best: Option<(f64, usize, usize)> = None;
        for (at, group) in groups.iter().enumerate() {
            if locked.iter().any(|it| same(it, group)) {
                continue;
            }
            for (nth, other) in group.iter().enumerate() {
                if of(other) >= of(id) || role(other) != role(id) {
                    continue;
                }
                let mut new = group.clone();
                new[nth].clone_from(id);
                let Some(fit) = fit(problem, &new) else { continue };
                if best.is_none_or(|(known, _, _)| fit > known) {
                    best = Some((fit, at, nth));
                }
            }
        }
        if let Some((_, at, nth)) = best {
            groups[at][nth].clone_from(id);
            changed = true;
        }
    }
    changed.then_some(groups)
}

fn same(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|id| other.contains(id))
}

/// How well a group fits, among its own people alone; `None` where a rule is broken.
fn fit(problem: &Problem, group: &[String]) -> Option<f64> {
    judge(&problem.among(group), &[group.to_vec()]).ok().map(|outcome| outcome.total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rounds::matching::{Person, Progress, Role, Shape, solve};
    use proptest::prelude::*;

    fn person(id: &str, role: Role, avoid: &[&str]) -> Person {
        let avoid = avoid.iter().map(|it| (*it).to_owned()).collect();
        Person { id: id.to_owned(), role, avoid, ..Person::default() }
    }

    fn problem(people: Vec<Person>, most: u32) -> Problem {
        Problem { shape: Shape::MentorGroups { max_mentees: most }, people, ..Problem::default() }
    }

    fn waited(of: &[(&str, u8)]) -> Waited {
        of.iter().map(|(id, count)| ((*id).to_owned(), *count)).collect()
    }

    #[test]
    fn who_waited_takes_the_place_of_who_did_not_and_never_of_who_waited_as_long() {
        let people = vec![
            person("m", Role::Mentor, &[]),
            person("a", Role::Mentee, &[]),
            person("b", Role::Mentee, &[]),
        ];
        let problem = problem(people, 1);
        let outcome = solve(&problem, 1, &Progress::new()).unwrap();
        let (placed, left) = if outcome.left_over[0].id == "b" { ("a", "b") } else { ("b", "a") };
        let groups = first(&problem, &outcome, &waited(&[(left, 1)]), &[]).unwrap();
        assert!(groups[0].contains(&left.to_owned()) && groups[0].contains(&"m".to_owned()));
        assert_eq!(first(&problem, &outcome, &waited(&[(left, 1), (placed, 1)]), &[]), None);
        assert_eq!(first(&problem, &outcome, &waited(&[]), &[]), None);
        let locked = vec![outcome.groups[0].people.clone()];
        assert_eq!(first(&problem, &outcome, &waited(&[(left, 1)]), &locked), None);
    }

    #[test]
    fn no_rule_is_broken_for_it() {
        let people = vec![
            person("m", Role::Mentor, &["b"]),
            person("a", Role::Mentee, &[]),
            person("b", Role::Mentee, &[]),
        ];
        let problem = problem(people, 1);
        let outcome = solve(&problem, 1, &Progress::new()).unwrap();
        assert_eq!(outcome.left_over[0].id, "b");
        assert_eq!(first(&problem, &outcome, &waited(&[("b", 3)]), &[]), None);
    }

    proptest! {
        #[test]
        fn as_many_are_placed_and_all_rules_hold(mentees in 1..7_usize, most in 1..3_u32, counts in prop::collection::vec(0..3_u8, 7)) {
            let mut people = vec![person("m1", Role::Mentor, &[]), person("m2", Role::Mentor, &["p0"])];
            people.extend((0..mentees).map(|nth| person(&format!("p{nth}"), Role::Mentee, &[])));
            let problem = problem(people, most);
            let outcome = solve(&problem, 1, &Progress::new()).unwrap();
            let waited: Waited = (0..mentees).map(|nth| (format!("p{nth}"), counts[nth])).filter(|(_, it)| *it > 0).collect();
            if let Some(groups) = first(&problem, &outcome, &waited, &[]) {
                let after = judge(&problem, &groups).unwrap();
                prop_assert_eq!(after.placed, outcome.placed);
                let sum = |outcome: &Outcome| outcome.left_over.iter().map(|it| u32::from(waited.get(&it.id).copied().unwrap_or(0))).sum::<u32>();
                prop_assert!(sum(&after) < sum(&outcome));
            }
        }
    }
}
