//! Among pairs as good as the best: the better worst-off pair, then the lower ids.
//!
//! What is as good as the best uses only pairs that are worth exactly their prices. These few fall into parts that
//! have nothing to do with each other, and in each part the ways to match it are tried in order.

use std::collections::BTreeSet;

use super::matrix::Matrix;

/// So many steps are taken in one part; after that the best found so far stands.
const STEPS: usize = 50_000;

/// In a part of more people nothing is tried: each pair is one step down the stack.
const MOST: usize = 2_000;

/// People, each with their mate.
type Mates = Vec<(usize, Option<usize>)>;

struct Part<'a> {
    fits: &'a Matrix,
    tight: &'a [Vec<usize>],
    people: Vec<usize>,
    mates: Vec<Option<usize>>,
    decided: Vec<bool>,
    steps: usize,
    /// How many may stay alone, and what the pairs have to come to.
    alone: usize,
    total: u64,
    best: Option<(u32, Mates)>,
}

/// Matches as good as `mates`, of tight pairs, which are listed for each person in order.
pub(super) fn pairs(fits: &Matrix, mates: &[Option<u32>], tight: &[Vec<usize>]) -> Vec<Option<u32>> {
    let people = mates.len();
    let mut new: Vec<Option<usize>> = mates.iter().map(|mate| mate.map(|mate| mate as usize)).collect();
    let mut seen = vec![false; people];
    for first in 0..people {
        if seen[first] {
            continue;
        }
        let members = component(first, tight, &mut seen);
        if (3..=MOST).contains(&members.len()) {
            try_part(fits, tight, members, &mut new);
        }
    }
    new.into_iter().map(|mate| mate.and_then(|mate| u32::try_from(mate).ok())).collect()
}

fn component(first: usize, tight: &[Vec<usize>], seen: &mut [bool]) -> Vec<usize> {
    let (mut members, mut stack) = (BTreeSet::new(), vec![first]);
    seen[first] = true;
    while let Some(own) = stack.pop() {
        members.insert(own);
        for other in &tight[own] {
            if !std::mem::replace(&mut seen[*other], true) {
                stack.push(*other);
            }
        }
    }
    members.into_iter().collect()
}

fn try_part(fits: &Matrix, tight: &[Vec<usize>], people: Vec<usize>, mates: &mut [Option<usize>]) {
    let inside: BTreeSet<usize> = people.iter().copied().collect();
    let pairs = people.iter().filter_map(|own| mates[*own].map(|mate| (*own, mate)));
    let total = pairs.filter(|(own, mate)| own < mate).map(|(own, mate)| u64::from(fits.at(own, mate))).sum();
    let alone = people.iter().filter(|own| mates[**own].is_none()).count();
    if people.iter().any(|own| mates[*own].is_some_and(|mate| !inside.contains(&mate))) {
        return;
    }
    let size = mates.len();
    let mut part = Part {
        fits,
        tight,
        people,
        mates: vec![None; size],
        decided: vec![false; size],
        steps: 0,
        alone,
        total,
        best: None,
    };
    part.next(0, 0, 0, u32::MAX);
    for (own, mate) in part.best.map(|(_, mates)| mates).unwrap_or_default() {
        mates[own] = mate;
    }
}

impl Part<'_> {
    fn next(&mut self, from: usize, alone: usize, total: u64, worst: u32) {
        self.steps += 1;
        let mut from = from;
        while from < self.people.len() && self.decided[self.people[from]] {
            from += 1;
        }
        let Some(own) = self.people.get(from).copied() else {
            // Of equals the first one stands, which has the lower ids.
            if alone == self.alone && total == self.total {
                let mates = self.people.iter().map(|own| (*own, self.mates[*own])).collect();
                self.best = Some((worst, mates));
            }
            return;
        };
        self.decided[own] = true;
        for at in 0..self.tight[own].len() {
            let other = self.tight[own][at];
            let fit = self.fits.at(own, other);
            if self.steps > STEPS || self.decided[other] || self.is_no_better(fit.min(worst)) {
                continue;
            }
            self.decided[other] = true;
            (self.mates[own], self.mates[other]) = (Some(other), Some(own));
            self.next(from + 1, alone, total + u64::from(fit), worst.min(fit));
            (self.mates[own], self.mates[other]) = (None, None);
            self.decided[other] = false;
        }
        if alone < self.alone && self.steps <= STEPS {
            self.next(from + 1, alone + 1, total, worst);
        }
        self.decided[own] = false;
    }

    fn is_no_better(&self, worst: u32) -> bool {
        self.best.as_ref().is_some_and(|(best, _)| worst <= *best)
    }
}
