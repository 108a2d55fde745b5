//! The people of a problem in the form that a matching works on: by number, in the order of their ids, with
//! everything that is asked per pair in sorted lists.

use std::collections::{BTreeSet, HashMap};

use super::check::millionths;
use super::problem::{Person, Problem, Role, Shape};

/// A fit in millionths; [`FORBIDDEN`] where the two must not be together.
pub(super) type Millionths = u32;
/// No fit makes up for it.
pub(super) const FORBIDDEN: Millionths = Millionths::MAX;
/// The fit of 1.
pub(super) const WHOLE: Millionths = 1_000_000;

/// Some of what is named by numbers, sorted; with a sieve that tells most that have nothing in common.
#[derive(Debug, Default)]
pub(super) struct Set {
    items: Box<[u32]>,
    sieve: u64,
}

impl Set {
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        self.items.iter().copied()
    }

    /// How many are in both.
    pub(super) fn common(&self, other: &Self) -> usize {
        if self.sieve & other.sieve == 0 {
            return 0;
        }
        let (mut count, mut at) = (0, 0);
        for item in &self.items {
            while at < other.items.len() && other.items[at] < *item {
                at += 1;
            }
            count += usize::from(other.items.get(at) == Some(item));
        }
        count
    }
}

impl FromIterator<u32> for Set {
    fn from_iter<I: IntoIterator<Item = u32>>(items: I) -> Self {
        let items: BTreeSet<u32> = items.into_iter().collect();
        let sieve = items.iter().fold(0, |sieve, item| sieve | 1 << (item % 64));
        Self { items: items.into_iter().collect(), sieve }
    }
}

/// What somebody said of themselves, by numbers.
#[derive(Debug, Default)]
pub(super) struct Features {
    pub(super) role: Role,
    /// Topics with their weight in thousandths, by topic.
    pub(super) topics: Box<[(u32, u32)]>,
    /// The sum of these weights.
    pub(super) topics_sum: u64,
    pub(super) goals: Set,
    pub(super) half_days: u32,
    pub(super) level: Option<u8>,
    pub(super) languages: Set,
    pub(super) fields: Set,
}

/// What is between two people besides what each said of themselves.
#[derive(Debug, Default, Clone)]
pub(super) struct Between {
    /// Avoided by one of them, or excluded.
    pub(super) apart: bool,
    /// How many of the two wished for the other.
    pub(super) wishes: u32,
    /// When they were in a group together: rounds ago.
    pub(super) met: Vec<u32>,
    /// Their fit, where it is given.
    pub(super) given: Option<Millionths>,
}

/// The people of a problem, numbered in the order of their ids.
pub(super) struct Known<'a> {
    pub(super) problem: &'a Problem,
    pub(super) people: Vec<&'a Person>,
    pub(super) features: Vec<Features>,
    /// For each, those with whom there is something, by number.
    pub(super) between: Vec<Vec<(u32, Between)>>,
    /// What each part counts, in millionths of the whole.
    pub(super) shares: [u64; 7],
    numbers: HashMap<&'a str, u32>,
}

/// What a person of whom nothing is between is to another.
static NOTHING: Between = Between { apart: false, wishes: 0, met: Vec::new(), given: None };

impl<'a> Known<'a> {
    /// Numbers the people of a problem without mistakes.
    pub(super) fn new(problem: &'a Problem) -> Self {
        let mut people: Vec<&Person> = problem.people.iter().collect();
        people.sort_by(|a, b| a.id.cmp(&b.id));
        let numbers: HashMap<&str, u32> =
            (0..).zip(&people).map(|(number, person)| (person.id.as_str(), number)).collect();
        let mut names = Names::default();
        let features = people.iter().map(|person| names.features(person)).collect();
        let between = between(problem, &people, &numbers);
        Self { problem, people, features, between, shares: shares(problem), numbers }
    }

    /// The number of an id.
    pub(super) fn number(&self, id: &str) -> Option<u32> {
        self.numbers.get(id).copied()
    }

    /// The id of a number.
    pub(super) fn id(&self, number: u32) -> &'a str {
        &self.people[number as usize].id
    }

    /// Everybody in this role, in order.
    pub(super) fn all(&self, role: Role) -> Vec<u32> {
        (0..).zip(&self.people).filter(|(_, person)| person.role == role).map(|(number, _)| number).collect()
    }

    /// How many mentees a mentor, or groups a sponsor, takes.
    pub(super) fn room(&self, number: u32) -> u32 {
        let person = self.people[number as usize];
        match (person.role, self.problem.shape) {
            (Role::Mentor, Shape::MentorGroups { max_mentees }) => {
                person.capacity.map_or(max_mentees, |capacity| capacity.min(max_mentees))
            }
            (Role::Sponsor, _) => person.capacity.unwrap_or(1),
            _ => 0,
        }
    }

    /// What is between two people.
    pub(super) fn between(&self, a: u32, b: u32) -> &Between {
        let list = &self.between[a as usize];
        list.binary_search_by_key(&b, |(other, _)| *other).map_or(&NOTHING, |at| &list[at].1)
    }

    /// Whether two may be in one group as far as they themselves are concerned: neither avoids the other, they are
    /// not excluded, and they have a language in common where both name some.
    pub(super) fn compatible(&self, a: u32, b: u32) -> bool {
        self.talk(a, b) && !self.between(a, b).apart
    }

    /// Whether two have a language in common, or one names none.
    pub(super) fn talk(&self, a: u32, b: u32) -> bool {
        let (a, b) = (&self.features[a as usize].languages, &self.features[b as usize].languages);
        a.is_empty() || b.is_empty() || a.common(b) > 0
    }
}

/// The parts' weights as shares of a million.
fn shares(problem: &Problem) -> [u64; 7] {
    let each = problem.weights.each().map(|(_, weight)| weight);
    let sum: f64 = each.iter().sum();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1e6")]
    each.map(|weight| (weight / sum * 1e6).round() as u64)
}

fn between(problem: &Problem, people: &[&Person], numbers: &HashMap<&str, u32>) -> Vec<Vec<(u32, Between)>> {
    let mut maps: Vec<HashMap<u32, Between>> = vec![HashMap::new(); people.len()];
    let mut note = |a: &str, b: &str, note: &dyn Fn(&mut Between)| {
        if let (Some(a), Some(b)) = (numbers.get(a), numbers.get(b)) {
            note(maps[*a as usize].entry(*b).or_default());
            note(maps[*b as usize].entry(*a).or_default());
        }
    };
    for person in people {
        for id in person.avoid.iter().collect::<BTreeSet<_>>() {
            note(&person.id, id, &|between| between.apart = true);
        }
        for id in person.wishes.iter().collect::<BTreeSet<_>>() {
            note(&person.id, id, &|between| between.wishes += 1);
        }
    }
    for [a, b] in &problem.excluded {
        note(a, b, &|between| between.apart = true);
    }
    for met in &problem.history {
        for (at, a) in met.people.iter().enumerate() {
            for b in &met.people[at + 1..] {
                note(a, b, &|between| between.met.push(met.rounds_ago.max(1)));
            }
        }
    }
    for given in &problem.given {
        note(&given.pair[0], &given.pair[1], &|between| between.given = millionths(given.fit));
    }
    maps.into_iter().map(sorted).collect()
}

/// What is between one and others, by number; meetings the last first.
fn sorted(map: HashMap<u32, Between>) -> Vec<(u32, Between)> {
    let mut list: Vec<_> = map.into_iter().collect();
    list.sort_by_key(|(other, _)| *other);
    for (_, between) in &mut list {
        between.met.sort_unstable();
    }
    list
}

/// Numbers for names, each kind by itself.
#[derive(Default)]
struct Names([HashMap<String, u32>; 4]);

impl Names {
    fn number(&mut self, kind: usize, name: &str) -> u32 {
        let names = &mut self.0[kind];
        let next = u32::try_from(names.len()).unwrap_or(u32::MAX);
        *names.entry(name.trim().to_lowercase()).or_insert(next)
    }

    fn set(&mut self, kind: usize, names: &[String]) -> Set {
        names.iter().map(|name| self.number(kind, name)).collect()
    }

    fn features(&mut self, person: &Person) -> Features {
        let mut topics: HashMap<u32, u32> = HashMap::new();
        for (topic, weight) in &person.topics {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1e6")]
            let weight = (weight * 1_000.0).round() as u32;
            if weight > 0 {
                let known = topics.entry(self.number(0, topic)).or_default();
                *known = weight.max(*known);
            }
        }
        let mut topics: Box<[_]> = topics.into_iter().collect();
        topics.sort_unstable();
        Features {
            role: person.role,
            topics_sum: topics.iter().map(|(_, weight)| u64::from(*weight)).sum(),
            topics,
            goals: self.set(1, &person.goals),
            half_days: person.half_days.iter().fold(0, |days, day| days | 1 << day),
            level: person.level,
            languages: self.set(2, &person.languages),
            fields: self.set(3, &person.fields),
        }
    }
}
