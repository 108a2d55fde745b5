//! Communities that might sign up for a round, by a seed: people have a field and topics near to it, a few goals,
//! half-days mostly on evenings, mostly one common language; some wish, some avoid, and many met before.

use std::collections::BTreeMap;

use kith::rounds::matching::{Met, Person, Problem, Role, Shape};

/// What somebody takes part as, for the `n`th of all.
pub type Roles = fn(usize) -> Role;

/// Everybody is a peer.
pub fn peers(_: usize) -> Role {
    Role::Peer
}

/// One mentor for four mentees.
pub fn mentors(n: usize) -> Role {
    if n.is_multiple_of(5) { Role::Mentor } else { Role::Mentee }
}

/// Numbers that look like chance and come again with their seed.
#[derive(Debug)]
pub struct Dice(pub u64);

impl Dice {
    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % sides as u64).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, chance: usize) -> bool {
        self.roll(100) < chance
    }
}

/// A community of so many people, of whom so many in a hundred do not speak the language of the others.
pub fn community(count: usize, shape: Shape, roles: Roles, alone: usize, seed: u64) -> Problem {
    let mut dice = Dice(seed);
    let mut people: Vec<Person> = (0..count).map(|n| person(n, count, roles(n), &mut dice)).collect();
    for person in &mut people {
        if dice.percent(alone) {
            person.languages = vec!["de".to_owned()];
        }
    }
    let mut history = Vec::new();
    for rounds_ago in 1..=3 {
        for _ in 0..count / 10 {
            let first = dice.roll(count);
            let people = (0..4).map(|step| name((first + step * 7) % count)).collect();
            history.push(Met { people, rounds_ago });
        }
    }
    if count < 30 {
        history.clear();
    }
    Problem { shape, people, history, ..Problem::default() }
}

fn name(n: usize) -> String {
    format!("p{n:05}")
}

fn person(n: usize, count: usize, role: Role, dice: &mut Dice) -> Person {
    let field = dice.roll(8);
    let mut topics = BTreeMap::new();
    for _ in 0..2 + dice.roll(4) {
        let topic = if dice.percent(70) { field * 5 + dice.roll(5) } else { dice.roll(40) };
        topics.insert(format!("topic {topic}"), [0.5, 1.0][dice.roll(2)]);
    }
    let goals = (0..1 + dice.roll(2)).map(|_| format!("goal {}", dice.roll(15))).collect();
    let day = |dice: &mut Dice| {
        let (day, time) = (dice.roll(7), if dice.percent(60) { 2 } else { dice.roll(3) });
        u8::try_from(3 * day + time).unwrap_or(0)
    };
    let half_days = (0..3 + dice.roll(6)).map(|_| day(dice)).collect();
    let languages = match dice.roll(100) {
        0..65 => vec!["en"],
        65..80 => vec!["en", "de"],
        80..93 => vec!["en", "fr"],
        _ => vec![],
    };
    let level = if role == Role::Mentor { 4 + dice.roll(4) } else { 1 + dice.roll(5) };
    let mut fields = vec![format!("field {field}")];
    if dice.percent(30) {
        fields.push(format!("field {}", dice.roll(8)));
    }
    let others = |dice: &mut Dice, chance| -> Vec<String> {
        let other = dice.roll(count);
        if dice.percent(chance) && other != n { vec![name(other)] } else { vec![] }
    };
    Person {
        id: name(n),
        role,
        capacity: (role == Role::Mentor).then(|| u32::try_from(3 + dice.roll(4)).unwrap_or(3)),
        topics,
        level: u8::try_from(level).ok(),
        half_days,
        languages: languages.into_iter().map(str::to_owned).collect(),
        fields,
        goals,
        wishes: others(dice, 20),
        avoid: others(dice, 3),
    }
}
