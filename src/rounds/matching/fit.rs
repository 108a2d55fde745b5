//! How well two people fit: a weighted mean of named parts, each in [0, 1], in whole millionths.
//!
//! What nobody can tell, because one of the two said nothing, is [`UNKNOWN`]: neither good nor bad.

use super::known::{Between, FORBIDDEN, Features, Known, Millionths, WHOLE};
use super::problem::Role;

/// The part of which one of the two said nothing.
pub(super) const UNKNOWN: Millionths = 500_000;
/// By how many half-days two have in common; more than these are as good as the last.
const HALF_DAYS: [Millionths; 5] = [0, 500_000, 750_000, 900_000, WHOLE];
/// By how many goals two have in common.
const GOALS: [Millionths; 3] = [0, 700_000, WHOLE];
/// By how many steps somebody who leads is ahead; one who is behind does not suit at all.
const AHEAD: [Millionths; 7] = [400_000, 900_000, WHOLE, 850_000, 600_000, 350_000, 150_000];
/// By how many steps peers are apart.
const APART: [Millionths; 5] = [WHOLE, 900_000, 600_000, 300_000, 0];
/// By how many of the two wished for the other.
const WISHES: [Millionths; 3] = [0, 700_000, WHOLE];

fn graded<const N: usize>(table: [Millionths; N], place: usize) -> Millionths {
    table[place.min(N - 1)]
}

/// `part` of `whole`, rounded.
fn share(part: u64, whole: u64) -> Millionths {
    let million = u64::from(WHOLE);
    Millionths::try_from((part * million + whole / 2) / whole).unwrap_or(WHOLE).min(WHOLE)
}

impl Known<'_> {
    /// The fit of two; [`FORBIDDEN`] where they must not be together.
    pub(super) fn fit(&self, a: u32, b: u32) -> Millionths {
        let between = self.between(a, b);
        if between.apart || !self.talk(a, b) {
            return FORBIDDEN;
        }
        match between.given {
            Some(given) => given,
            None if self.problem.fit_only => FORBIDDEN,
            None => self.weighed(&self.parts_between(a, b, between)),
        }
    }

    /// The parts of the fit of two, in the order of [`Part::COMPUTED`](super::Part::COMPUTED).
    pub(super) fn parts(&self, a: u32, b: u32) -> [Millionths; 7] {
        self.parts_between(a, b, self.between(a, b))
    }

    /// The fit of two with nothing between them, as most pairs are.
    pub(super) fn plain(&self, a: u32, b: u32) -> Millionths {
        static NOTHING: Between = Between { apart: false, wishes: 0, met: Vec::new(), given: None };
        if self.talk(a, b) { self.weighed(&self.parts_between(a, b, &NOTHING)) } else { FORBIDDEN }
    }

    fn weighed(&self, parts: &[Millionths; 7]) -> Millionths {
        let (mut sum, mut whole) = (0, 0);
        for (part, share) in parts.iter().zip(&self.shares) {
            sum += u64::from(*part) * share;
            whole += share;
        }
        Millionths::try_from((sum + whole / 2) / whole).unwrap_or(WHOLE)
    }

    fn parts_between(&self, a: u32, b: u32, between: &Between) -> [Millionths; 7] {
        let (a, b) = (&self.features[a as usize], &self.features[b as usize]);
        // Whoever leads stands first.
        let (a, b) = if a.role == Role::Mentee { (b, a) } else { (a, b) };
        let leads = b.role == Role::Mentee && a.role != Role::Mentee;
        [
            topics(a, b, leads),
            if a.goals.is_empty() || b.goals.is_empty() {
                UNKNOWN
            } else {
                graded(GOALS, a.goals.common(&b.goals))
            },
            if a.half_days == 0 || b.half_days == 0 {
                UNKNOWN
            } else {
                graded(HALF_DAYS, (a.half_days & b.half_days).count_ones() as usize)
            },
            level(a.level, b.level, leads),
            graded(WISHES, between.wishes as usize),
            novelty(&between.met),
            diversity(a, b),
        ]
    }
}

/// For one who leads, how much of what the other wants to know they know; for peers, what they share of all
/// that either named.
fn topics(a: &Features, b: &Features, leads: bool) -> Millionths {
    if a.topics.is_empty() || b.topics.is_empty() {
        return UNKNOWN;
    }
    let (mut common, mut at) = (0, 0);
    for (topic, weight) in &a.topics {
        while at < b.topics.len() && b.topics[at].0 < *topic {
            at += 1;
        }
        if let Some((_, other)) = b.topics.get(at).filter(|(other, _)| other == topic) {
            common += u64::from(*weight.min(other));
        }
    }
    let whole = if leads { b.topics_sum } else { a.topics_sum + b.topics_sum - common };
    share(common, whole)
}

fn level(a: Option<u8>, b: Option<u8>, leads: bool) -> Millionths {
    match (a, b) {
        (Some(a), Some(b)) if leads && a < b => 0,
        (Some(a), Some(b)) if leads => graded(AHEAD, usize::from(a - b)),
        (Some(a), Some(b)) => graded(APART, usize::from(a.abs_diff(b))),
        _ => UNKNOWN,
    }
}

/// Each meeting takes away the less, the longer ago it was: all in the last round, half in the one before.
fn novelty(met: &[u32]) -> Millionths {
    met.iter().fold(WHOLE, |novelty, rounds_ago| novelty - novelty / rounds_ago)
}

fn diversity(a: &Features, b: &Features) -> Millionths {
    if a.fields.is_empty() || b.fields.is_empty() {
        return UNKNOWN;
    }
    let common = a.fields.common(&b.fields);
    let all = a.fields.len() + b.fields.len() - common;
    WHOLE - share(common as u64, all as u64)
}
