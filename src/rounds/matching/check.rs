//! Whether a problem is whole: every mistake with its place in the matching file.

use std::collections::HashMap;

use super::mistake::{Mistake, Wrong};
use super::problem::{LAST_HALF_DAY, MAX_LEVEL, MAX_PEOPLE, MAX_TOPIC, Person, Problem, Shape, Weights};

/// Who stands where: the index of the first person with each id.
type Ids<'a> = HashMap<&'a str, usize>;

/// Everything that is wrong with a problem, in the order of a matching file; empty where nothing is.
#[must_use]
pub fn check(problem: &Problem) -> Vec<Mistake> {
    let mut found = Vec::new();
    shape(problem.shape, &mut found);
    if problem.people.len() > MAX_PEOPLE {
        let what = format!("a list of at most {MAX_PEOPLE} people");
        return vec![Mistake::new("people", Wrong::Expected(what))];
    }
    let mut ids = Ids::new();
    for (index, person) in problem.people.iter().enumerate() {
        if person.id.is_empty() {
            found.push(Mistake::new(format!("people[{index}].id"), Wrong::EmptyId));
        } else if let Some(before) = ids.get(person.id.as_str()) {
            found.push(Mistake::new(
                format!("people[{index}].id"),
                Wrong::IdTwice(format!("people[{before}].id")),
            ));
        } else {
            ids.insert(&person.id, index);
        }
    }
    for (index, person) in problem.people.iter().enumerate() {
        one(person, &format!("people[{index}]"), &ids, &mut found);
    }
    for (index, pair) in problem.excluded.iter().enumerate() {
        two(pair, &format!("excluded[{index}]"), &ids, &mut found);
    }
    history(problem, &ids, &mut found);
    weights(&problem.weights, &mut found);
    given(problem, &ids, &mut found);
    found
}

fn shape(shape: Shape, found: &mut Vec<Mistake>) {
    let at_least = |path: &str, least: u32, found: &mut Vec<Mistake>| {
        found.push(Mistake::new(path, Wrong::Expected(format!("a whole number from {least}"))));
    };
    match shape {
        Shape::MentorGroups { max_mentees: 0 } => at_least("shape.max_mentees", 1, found),
        Shape::Circles { min, .. } if min < 2 => at_least("shape.min", 2, found),
        Shape::Circles { min, max } if min > max => found.push(Mistake::new("shape", Wrong::MinOverMax)),
        _ => {}
    }
}

fn one(person: &Person, path: &str, ids: &Ids<'_>, found: &mut Vec<Mistake>) {
    for (topic, weight) in &person.topics {
        if !(0.0..=MAX_TOPIC).contains(weight) {
            let what = format!("a number from 0 to {MAX_TOPIC}");
            found.push(Mistake::new(format!("{path}.topics.{topic}"), Wrong::Expected(what)));
        }
    }
    if person.level.is_some_and(|level| level > MAX_LEVEL) {
        let what = format!("a whole number from 0 to {MAX_LEVEL}");
        found.push(Mistake::new(format!("{path}.level"), Wrong::Expected(what)));
    }
    for (index, half_day) in person.half_days.iter().enumerate() {
        if *half_day > LAST_HALF_DAY {
            let what = format!("a whole number from 0 to {LAST_HALF_DAY}");
            found.push(Mistake::new(format!("{path}.half_days[{index}]"), Wrong::Expected(what)));
        }
    }
    for (list, key) in [(&person.wishes, "wishes"), (&person.avoid, "avoid")] {
        for (index, id) in list.iter().enumerate() {
            let path = format!("{path}.{key}[{index}]");
            if *id == person.id {
                found.push(Mistake::new(path, Wrong::SelfPair(id.clone())));
            } else {
                known(id, path, ids, found);
            }
        }
    }
}

fn known(id: &str, path: String, ids: &Ids<'_>, found: &mut Vec<Mistake>) {
    if !ids.contains_key(id) {
        found.push(Mistake::new(path, Wrong::UnknownId(id.to_owned())));
    }
}

fn two(pair: &[String; 2], path: &str, ids: &Ids<'_>, found: &mut Vec<Mistake>) {
    for (index, id) in pair.iter().enumerate() {
        known(id, format!("{path}[{index}]"), ids, found);
    }
    if pair[0] == pair[1] {
        found.push(Mistake::new(path, Wrong::SelfPair(pair[0].clone())));
    }
}

fn history(problem: &Problem, ids: &Ids<'_>, found: &mut Vec<Mistake>) {
    for (index, met) in problem.history.iter().enumerate() {
        let path = format!("history[{index}].people");
        if met.people.len() < 2 {
            found.push(Mistake::new(&path, Wrong::TooFewMet));
        }
        for (place, id) in met.people.iter().enumerate() {
            if met.people[..place].contains(id) {
                found.push(Mistake::new(format!("{path}[{place}]"), Wrong::SelfPair(id.clone())));
            } else {
                known(id, format!("{path}[{place}]"), ids, found);
            }
        }
    }
}

fn weights(weights: &Weights, found: &mut Vec<Mistake>) {
    let each = weights.each();
    for (part, weight) in each {
        if !(0.0..=MAX_TOPIC).contains(&weight) {
            let what = format!("a number from 0 to {MAX_TOPIC}");
            found.push(Mistake::new(format!("weights.{}", part.word()), Wrong::Expected(what)));
        }
    }
    if each.iter().all(|(_, weight)| *weight == 0.0) {
        found.push(Mistake::new("weights", Wrong::NoWeight));
    }
}

fn given(problem: &Problem, ids: &Ids<'_>, found: &mut Vec<Mistake>) {
    let mut before: HashMap<(&str, &str), usize> = HashMap::new();
    for (index, given) in problem.given.iter().enumerate() {
        let path = format!("fit[{index}]");
        two(&given.pair, &path, ids, found);
        if millionths(given.fit).is_none() {
            let what = "a number from 0 to 1 with up to 6 decimals".to_owned();
            found.push(Mistake::new(format!("{path}[2]"), Wrong::Expected(what)));
        }
        let [a, b] = &given.pair;
        let first = *before.entry((a.min(b), a.max(b))).or_insert(index);
        if problem.given[first].fit != given.fit {
            found.push(Mistake::new(path, Wrong::OtherFit(format!("fit[{first}]"))));
        }
    }
}

/// A given fit in millionths: nothing where it is outside [0, 1] or has more than 6 decimals.
pub(super) fn millionths(fit: f64) -> Option<u32> {
    // A fit that was calculated may be off by the last bits of its double.
    const NOISE: f64 = 1e-4;
    let scaled = fit * 1e6;
    let whole = scaled.round();
    let near = (0.0..=1e6).contains(&whole) && (scaled - whole).abs() <= NOISE;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number from 0 to 1e6"
    )]
    near.then_some(whole as u32)
}

#[cfg(test)]
mod tests {
    use super::millionths;

    #[test]
    fn a_given_fit_is_whole_millionths() {
        assert_eq!(millionths(0.731), Some(731_000));
        assert_eq!(millionths(0.1 + 0.2), Some(300_000));
        assert_eq!(millionths(1.0), Some(1_000_000));
        assert_eq!(millionths(1e-6), Some(1));
        for wrong in [0.123_456_7, -0.1, 1.000_001, f64::NAN, f64::INFINITY] {
            assert_eq!(millionths(wrong), None, "{wrong}");
        }
    }
}
