//! Groups by number, and what is to be said of them.

use std::collections::{BTreeMap, BTreeSet};

use super::known::{FORBIDDEN, Known, Millionths};
use super::outcome::{Fit, Group, LeftOver, LeftReason, Outcome, Part, Reason};
use super::problem::{Role, Shape};
use super::sponsors::mean_fit;

/// A group by number.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Team {
    /// Mentees or peers, in order.
    pub(super) members: Vec<u32>,
    pub(super) mentor: Option<u32>,
    pub(super) sponsor: Option<u32>,
}

impl Team {
    /// A group of peers.
    pub(super) fn of(mut members: Vec<u32>) -> Self {
        members.sort_unstable();
        Self { members, mentor: None, sponsor: None }
    }

    /// Everybody in it, in order.
    pub(super) fn people(&self) -> Vec<u32> {
        let mut people: Vec<u32> =
            self.members.iter().copied().chain(self.mentor).chain(self.sponsor).collect();
        people.sort_unstable();
        people
    }

    /// The pairs whose fit counts.
    pub(super) fn pairs(&self) -> Vec<(u32, u32)> {
        match self.mentor {
            Some(mentor) => self.members.iter().map(|mentee| (mentor, *mentee)).collect(),
            None => pairs(&self.members),
        }
    }

    /// The sum of the pairs that count, in millionths; forbidden ones as nothing.
    pub(super) fn sum(&self, known: &Known<'_>) -> u64 {
        let fits = self.pairs().into_iter().map(|(a, b)| known.fit(a, b));
        fits.filter(|fit| *fit != FORBIDDEN).map(u64::from).sum()
    }
}

/// All pairs of a list.
pub(super) fn pairs(people: &[u32]) -> Vec<(u32, u32)> {
    let rest = |at: usize| people[at + 1..].iter().copied();
    people.iter().enumerate().flat_map(|(at, a)| rest(at).map(|b| (*a, b))).collect()
}

/// Millionths as a number in [0, 1].
#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
pub(super) fn decimal(millionths: u64) -> f64 {
    millionths as f64 / 1e6
}

/// The mean of a sum in millionths, as a number in [0, 1].
#[expect(clippy::cast_precision_loss, reason = "a count of people")]
fn mean(sum: u64, count: usize) -> f64 {
    if count == 0 { 0.0 } else { decimal(sum) / count as f64 }
}

/// What a group counts for in the total.
#[expect(clippy::cast_precision_loss, reason = "a count of people")]
pub(super) fn worth(known: &Known<'_>, team: &Team) -> f64 {
    let sum = team.sum(known);
    match known.problem.shape {
        Shape::Circles { .. } => mean(sum, team.pairs().len()) * team.members.len() as f64,
        Shape::MentorGroups { .. } | Shape::Pairs { .. } => decimal(sum),
    }
}

impl Known<'_> {
    /// The fit of two with what it is made of and what speaks for it.
    pub(super) fn told(&self, a: u32, b: u32) -> Option<Fit> {
        let fit = self.fit(a, b);
        (fit != FORBIDDEN).then(|| Fit {
            fit: decimal(u64::from(fit)),
            parts: self.mean_parts(&[(a, b)]),
            reasons: self.reasons(&[a.min(b), a.max(b)], &[(a, b)], None),
        })
    }

    /// A group with everything that is said of it.
    pub(super) fn group(&self, team: &Team) -> Group {
        let (people, pairs) = (team.people(), team.pairs());
        let id = |number: u32| self.id(number).to_owned();
        Group {
            people: people.iter().copied().map(id).collect(),
            mentor: team.mentor.map(id),
            sponsor: team.sponsor.map(id),
            fit: mean(team.sum(self), pairs.len()),
            parts: self.mean_parts(&pairs),
            reasons: self.reasons(&people, &pairs, team.sponsor),
        }
    }

    fn mean_parts(&self, pairs: &[(u32, u32)]) -> BTreeMap<Part, f64> {
        if self.problem.fit_only {
            let sum = pairs.iter().map(|(a, b)| self.fit(*a, *b)).filter(|fit| *fit != FORBIDDEN);
            return BTreeMap::from([(Part::Given, mean(sum.map(u64::from).sum(), pairs.len()))]);
        }
        let mut sums = [0_u64; 7];
        for (a, b) in pairs {
            for (sum, part) in sums.iter_mut().zip(self.parts(*a, *b)) {
                *sum += u64::from(part);
            }
        }
        Part::COMPUTED.into_iter().zip(sums.map(|sum| mean(sum, pairs.len()))).collect()
    }

    /// What speaks for these people, whose `pairs` count; the sponsor need not have time when the others do.
    fn reasons(&self, people: &[u32], pairs: &[(u32, u32)], sponsor: Option<u32>) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if pairs.iter().any(|(a, b)| self.between(*a, *b).given.is_some()) {
            reasons.push(Reason::Given);
        }
        for by in people {
            for whom in people
                .iter()
                .filter(|whom| self.people[*by as usize].wishes.contains(&self.people[**whom as usize].id))
            {
                let (by, whom) = (self.id(*by).to_owned(), self.id(*whom).to_owned());
                reasons.push(Reason::WishedBy { by, whom });
            }
        }
        if self.problem.fit_only {
            return reasons;
        }
        let count = |count: usize, reason: fn(usize) -> Reason| (count > 0).then(|| reason(count));
        let features = |number: u32| &self.features[number as usize];
        let topics = |number: u32| features(number).topics.iter().map(|(topic, _)| *topic).collect();
        reasons.extend(count(shared(pairs, topics), Reason::SharedTopics));
        reasons.extend(count(
            shared(pairs, |number| features(number).goals.iter().collect()),
            Reason::SharedGoals,
        ));
        let meet: Vec<u32> = people.iter().copied().filter(|it| Some(*it) != sponsor).collect();
        reasons.extend(count(self.common_half_days(&meet), Reason::CommonHalfDays));
        let parts: Vec<[Millionths; 7]> = pairs.iter().map(|(a, b)| self.parts(*a, *b)).collect();
        if !parts.is_empty() && parts.iter().all(|parts| parts[3] >= 800_000) {
            reasons.push(Reason::LevelSuits);
        }
        let fields: BTreeSet<u32> =
            people.iter().flat_map(|number| features(*number).fields.iter()).collect();
        reasons.extend((fields.len() > 1).then_some(Reason::Fields(fields.len())));
        let met = pairs.iter().filter_map(|(a, b)| self.between(*a, *b).met.first()).min();
        match met {
            Some(rounds_ago) => reasons.push(Reason::MetBefore(*rounds_ago)),
            None if !self.problem.history.is_empty() => reasons.push(Reason::NewToEachOther),
            None => {}
        }
        reasons
    }

    /// How many half-days everybody has who named some; none unless two did.
    fn common_half_days(&self, people: &[u32]) -> usize {
        let named: Vec<u32> = people
            .iter()
            .map(|number| self.features[*number as usize].half_days)
            .filter(|days| *days != 0)
            .collect();
        if named.len() < 2 {
            0
        } else {
            named.iter().fold(u32::MAX, |all, days| all & days).count_ones() as usize
        }
    }
}

/// How many things the two of at least one pair share.
fn shared(pairs: &[(u32, u32)], of: impl Fn(u32) -> BTreeSet<u32>) -> usize {
    let both = pairs.iter().flat_map(|(a, b)| of(*a).intersection(&of(*b)).copied().collect::<Vec<_>>());
    both.collect::<BTreeSet<u32>>().len()
}

/// The outcome of groups; its bound and seed are for the caller.
pub(super) fn outcome(known: &Known<'_>, mut teams: Vec<Team>) -> Outcome {
    teams.sort_by_key(Team::people);
    let groups: Vec<Group> = teams.iter().map(|team| known.group(team)).collect();
    Outcome {
        left_over: left_over(known, &teams),
        placed: teams.iter().map(|team| team.members.len() + usize::from(team.mentor.is_some())).sum(),
        total: total(known, &teams),
        worst: groups.iter().map(|group| group.fit).reduce(f64::min).unwrap_or(0.0),
        groups,
        ..Outcome::default()
    }
}

/// The total of groups; where fits are only added up, without the noise of adding fractions.
fn total(known: &Known<'_>, teams: &[Team]) -> f64 {
    match known.problem.shape {
        Shape::Circles { .. } => teams.iter().map(|team| worth(known, team)).sum(),
        Shape::MentorGroups { .. } | Shape::Pairs { .. } => {
            decimal(teams.iter().map(|team| team.sum(known)).sum())
        }
    }
}

fn left_over(known: &Known<'_>, teams: &[Team]) -> Vec<LeftOver> {
    let placed: BTreeSet<u32> = teams.iter().flat_map(Team::people).collect();
    let everybody = 0..u32::try_from(known.people.len()).unwrap_or(u32::MAX);
    let left = everybody.filter(|number| !placed.contains(number));
    left.map(|number| LeftOver { id: known.id(number).to_owned(), reason: why(known, number, teams) })
        .collect()
}

/// Why somebody is in no group, though the groups are as good as they get.
fn why(known: &Known<'_>, number: u32, teams: &[Team]) -> LeftReason {
    let person = known.people[number as usize];
    let shape = known.problem.shape;
    if !shape.has(person.role) {
        return LeftReason::RoleNotInShape;
    }
    if matches!(person.role, Role::Mentor | Role::Sponsor) && known.room(number) == 0 {
        return LeftReason::NoCapacity;
    }
    if person.role == Role::Sponsor {
        let possible = teams.iter().any(|team| mean_fit(known, team, number) != FORBIDDEN);
        return if possible { LeftReason::NoGroupLeft } else { LeftReason::NobodyPossible };
    }
    let counterpart = match person.role {
        Role::Mentor | Role::Sponsor => Role::Mentee,
        Role::Mentee => Role::Mentor,
        Role::Peer => Role::Peer,
    };
    let takes = |other: u32| counterpart != Role::Mentor || known.room(other) > 0;
    let others = known.all(counterpart);
    let possible = others
        .into_iter()
        .any(|other| other != number && takes(other) && known.fit(number, other) != FORBIDDEN);
    match person.role {
        _ if !possible => LeftReason::NobodyPossible,
        Role::Mentor => LeftReason::NoMenteeLeft,
        Role::Mentee => LeftReason::MentorsFull,
        Role::Sponsor | Role::Peer => LeftReason::NoPlaceLeft,
    }
}
