//! Every way to group a few people, by the contract alone: it shares nothing with the engine but the fit of two.

use std::collections::BTreeMap;

use crate::rounds::matching::{Person, Problem, Role, Shape, fit};

/// A fit in millionths, of two who may be together and whose fit counts.
type Fits = BTreeMap<(usize, usize), u64>;

/// What is best: people placed (mentees alone in mentor groups), mentors with a mentee, total times 2,520, and the
/// worst-off group's mean times 2,520.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Best {
    pub(super) placed: usize,
    pub(super) mentors: usize,
    pub(super) total: u64,
    pub(super) worst: u64,
}

pub(super) struct Brute<'a> {
    problem: &'a Problem,
    people: Vec<&'a Person>,
    fits: Fits,
    pub(super) best: Option<Best>,
}

/// Whether two may be in one group at all.
pub(super) fn may(problem: &Problem, a: &Person, b: &Person) -> bool {
    let excluded = problem
        .excluded
        .iter()
        .any(|[one, other]| (*one == a.id && *other == b.id) || (*one == b.id && *other == a.id));
    let talk = a.languages.is_empty()
        || b.languages.is_empty()
        || a.languages.iter().any(|l| b.languages.contains(l));
    !excluded && talk && !a.avoid.contains(&b.id) && !b.avoid.contains(&a.id)
}

fn millionths(fit: f64) -> u64 {
    (fit * 1e6).round() as u64
}

impl<'a> Brute<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        let mut people: Vec<&Person> = problem.people.iter().collect();
        people.sort_by(|a, b| a.id.cmp(&b.id));
        let mut fits = Fits::new();
        for (at, a) in people.iter().enumerate() {
            for (later, b) in people.iter().enumerate() {
                if let Some(fit) = fit(problem, &a.id, &b.id) {
                    assert!(may(problem, a, b));
                    fits.insert((at, later), millionths(fit.fit));
                }
            }
        }
        Self { problem, people, fits, best: None }
    }

    /// The best of all.
    pub(super) fn run(mut self) -> Best {
        match self.problem.shape {
            Shape::MentorGroups { max_mentees } => self.place(0, max_mentees as usize, &mut BTreeMap::new()),
            Shape::Pairs { trio } => {
                let peers = self.of(Role::Peer);
                let trios = usize::from(trio && peers.len() % 2 == 1);
                self.part(&peers, &mut Vec::new(), &|sizes| {
                    sizes.iter().all(|size| [2, 3].contains(size))
                        && sizes.iter().filter(|size| **size == 3).count() <= trios
                });
            }
            Shape::Circles { min, max } => {
                let sizes = min as usize..=max as usize;
                self.part(&self.of(Role::Peer), &mut Vec::new(), &|all| {
                    all.iter().all(|size| sizes.contains(size))
                });
            }
        }
        self.best.unwrap_or_default()
    }

    fn of(&self, role: Role) -> Vec<usize> {
        (0..self.people.len()).filter(|at| self.people[*at].role == role).collect()
    }

    fn consider(&mut self, found: Best) {
        self.best = self.best.max(Some(found));
    }

    /// Each mentee with each mentor, or with none.
    fn place(&mut self, from: usize, most: usize, groups: &mut BTreeMap<usize, Vec<usize>>) {
        let Some(mentee) = self.of(Role::Mentee).get(from).copied() else {
            let groups = groups.iter().filter(|(_, members)| !members.is_empty());
            let mut found = Best { worst: u64::MAX, ..Best::default() };
            for (mentor, members) in groups {
                let sum: u64 = members.iter().map(|mentee| self.fits[&(*mentor, *mentee)]).sum();
                found.placed += members.len();
                found.mentors += 1;
                found.total += 2_520 * sum;
                found.worst = found.worst.min(2_520 * sum / members.len() as u64);
            }
            if found.mentors == 0 {
                found.worst = 0;
            }
            self.consider(found);
            return;
        };
        for mentor in self.of(Role::Mentor) {
            let members = groups.entry(mentor).or_default().clone();
            let room = self.people[mentor].capacity.map_or(most, |room| most.min(room as usize));
            let peace =
                members.iter().all(|other| may(self.problem, self.people[*other], self.people[mentee]));
            if members.len() < room && peace && self.fits.contains_key(&(mentor, mentee)) {
                groups.entry(mentor).or_default().push(mentee);
                self.place(from + 1, most, groups);
                groups.entry(mentor).or_default().pop();
            }
        }
        self.place(from + 1, most, groups);
    }

    /// Each person in each group there is, in a new one, or in none.
    fn part(&mut self, left: &[usize], groups: &mut Vec<Vec<usize>>, sizes: &dyn Fn(&[usize]) -> bool) {
        let Some((first, rest)) = left.split_first() else {
            let all: Vec<usize> = groups.iter().map(Vec::len).collect();
            if sizes(&all) {
                self.consider(self.weighed(groups));
            }
            return;
        };
        self.part(rest, groups, sizes);
        for at in 0..=groups.len() {
            if at == groups.len() {
                groups.push(Vec::new());
            }
            if groups[at].iter().all(|other| self.fits.contains_key(&(*first, *other))) {
                groups[at].push(*first);
                self.part(rest, groups, sizes);
                groups[at].pop();
            }
            if groups.last().is_some_and(Vec::is_empty) {
                groups.pop();
            }
        }
    }

    fn weighed(&self, groups: &[Vec<usize>]) -> Best {
        let mut found = Best { worst: if groups.is_empty() { 0 } else { u64::MAX }, ..Best::default() };
        for group in groups {
            let pairs = (group.len() * (group.len() - 1) / 2) as u64;
            let of = |at: usize| group[at + 1..].iter().map(move |other| (group[at], *other));
            let sum: u64 = (0..group.len()).flat_map(of).map(|pair| self.fits[&pair]).sum();
            found.placed += group.len();
            found.total += match self.problem.shape {
                Shape::Circles { .. } => 2_520 * sum / pairs * group.len() as u64,
                _ => 2_520 * sum,
            };
            found.worst = found.worst.min(2_520 * sum / pairs);
        }
        found
    }
}
