//! Small worlds by a seed, full of what makes matching hard: equal fits, people who must not be together, languages.

use crate::rounds::matching::{Given, Met, Person, Problem, Role, Shape};

/// A source of numbers, so that a failure names its seed.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides as u64).unwrap()
    }

    pub(super) fn percent(&mut self, chance: usize) -> bool {
        self.roll(100) < chance
    }

    fn some(&mut self, of: &[&str], most: usize) -> Vec<String> {
        (0..self.roll(most + 1)).map(|_| of[self.roll(of.len())].to_owned()).collect()
    }
}

/// How a world is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    /// Fits are given out of few, so that many are equal; else they are computed.
    pub(super) given: bool,
    pub(super) fit_only: bool,
    pub(super) languages: bool,
    /// In a hundred pairs so many must not be together.
    pub(super) apart: usize,
}

pub(super) const KINDS: [Kind; 6] = [
    Kind { given: true, fit_only: false, languages: false, apart: 0 },
    Kind { given: true, fit_only: false, languages: true, apart: 15 },
    Kind { given: true, fit_only: true, languages: false, apart: 10 },
    Kind { given: true, fit_only: true, languages: false, apart: 0 },
    Kind { given: false, fit_only: false, languages: true, apart: 10 },
    Kind { given: false, fit_only: false, languages: false, apart: 40 },
];

/// A world of `count` people, in an order that says nothing.
pub(super) fn world(seed: u64, count: usize, shape: Shape, kind: Kind) -> Problem {
    let mut dice = Dice(seed);
    let ids: Vec<String> = (0..count).map(|n| format!("p{n}")).collect();
    let mut people: Vec<Person> = ids.iter().map(|id| person(id, shape, kind, &mut dice)).collect();
    let mut problem = Problem { shape, fit_only: kind.fit_only, ..Problem::default() };
    for (at, a) in ids.iter().enumerate() {
        for (later, b) in ids.iter().enumerate().skip(at + 1) {
            if dice.percent(kind.apart) {
                match dice.roll(3) {
                    0 => people[at].avoid.push(b.clone()),
                    1 => people[later].avoid.push(a.clone()),
                    _ => problem.excluded.push([b.clone(), a.clone()]),
                }
            }
            if dice.percent(8) {
                people[at].wishes.push(b.clone());
            }
            if kind.given && dice.percent(if kind.fit_only { 75 } else { 90 }) {
                let fit = [0.0, 0.25, 0.5, 0.5, 0.75, 1.0, 0.333_333][dice.roll(7)];
                problem.given.push(Given { pair: [b.clone(), a.clone()], fit });
            }
            if dice.percent(10) {
                let rounds_ago = 1 + u32::try_from(dice.roll(3)).unwrap();
                problem.history.push(Met { people: vec![a.clone(), b.clone()], rounds_ago });
            }
        }
    }
    while !people.is_empty() {
        let at = dice.roll(people.len());
        problem.people.push(people.swap_remove(at));
    }
    problem
}

fn person(id: &str, shape: Shape, kind: Kind, dice: &mut Dice) -> Person {
    let role = match shape {
        Shape::MentorGroups { .. } => {
            [Role::Mentor, Role::Mentee, Role::Mentee, Role::Mentee, Role::Sponsor, Role::Mentor]
                [dice.roll(6)]
        }
        _ if dice.percent(4) => Role::Mentor,
        _ => Role::Peer,
    };
    let capacity = dice.percent(60).then(|| u32::try_from(dice.roll(4)).unwrap());
    Person {
        id: id.to_owned(),
        role,
        capacity: if role == Role::Mentee { None } else { capacity },
        topics: dice.some(&["rust", "law", "art"], 2).into_iter().map(|topic| (topic, 1.0)).collect(),
        level: dice.percent(70).then(|| u8::try_from(dice.roll(5)).unwrap()),
        half_days: (0..dice.roll(4)).map(|_| u8::try_from(dice.roll(6)).unwrap()).collect(),
        languages: if kind.languages { dice.some(&["en", "de", "fr"], 2) } else { vec![] },
        goals: dice.some(&["lead", "speak"], 1),
        fields: dice.some(&["web", "data", "law"], 2),
        ..Person::default()
    }
}
