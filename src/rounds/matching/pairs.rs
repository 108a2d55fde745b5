//! Pairs of peers: a general matching of most people, then of the greatest total fit.

use super::blossom::{Blossom, Weight};
use super::known::{FORBIDDEN, Known};
use super::matrix::{Matrix, ask_all};
use super::progress::{Cancelled, Progress};
use super::simplex::best;
use super::small::{self, FEW, Sizes};
use super::team::Team;
use super::{ties, trio};

/// Candidate partners that each one begins with.
const CANDIDATES: usize = 12;
/// Others besides.
const STRANGERS: usize = 3;
/// So many pairs of one person that were not candidates become some at once.
const AT_ONCE: usize = 3;

/// Groups with what is proven of them.
#[derive(Debug, Default)]
pub(super) struct Solved {
    pub(super) teams: Vec<Team>,
    /// No groups of as many people have a greater total; in millionths.
    pub(super) bound: f64,
}

/// The pairs of a matrix and the price of each person.
#[derive(Debug, Clone)]
pub(super) struct Matched {
    pub(super) graph: Blossom,
    /// What each pair is worth besides its fit, so that more pairs are worth more than any fits.
    pub(super) bonus: Weight,
}

/// Some with whom somebody may be, near or far: with best partners alone, circles of friends whose number is odd
/// would leave people over, and prices that say so are far from those of the whole.
fn strangers(fits: &Matrix, own: usize) -> impl Iterator<Item = u32> {
    let people = fits.rows();
    (0..STRANGERS).filter_map(move |turn| {
        let first = (own * 7_919 + (turn + 1) * (people / 5 + 1)) % people;
        let other = (first..people).chain(0..first).find(|other| fits.at(own, *other) != FORBIDDEN);
        other.and_then(|other| u32::try_from(other).ok())
    })
}

/// The best pairs of `peers`, who are sorted, and where `trio` allows it one group of three.
pub(super) fn solve(
    known: &Known<'_>,
    peers: &[u32],
    trio: bool,
    progress: &Progress,
) -> Result<Solved, Cancelled> {
    if peers.len() <= FEW {
        let sizes = Sizes { min: 2, max: 2, larger: usize::from(trio), by_mean: false };
        let teams = small::solve(known, peers, sizes, progress)?;
        let bound = total(known, &teams);
        return Ok(Solved { teams, bound });
    }
    many(known, peers, trio, progress)
}

/// The same for as many people as there are.
pub(super) fn many(
    known: &Known<'_>,
    peers: &[u32],
    trio: bool,
    progress: &Progress,
) -> Result<Solved, Cancelled> {
    let fits = Matrix::square(known, peers);
    progress.at(300);
    let (groups, over) = if trio {
        trio::solve(&fits, progress)?
    } else {
        let matched = Matched::of(&fits, false, progress)?;
        progress.at(800);
        let mates = ties::pairs(&fits, &matched.graph.mates(), &matched.tight(&fits, &[]));
        (paired(&mates), 0)
    };
    let name = |group: Vec<usize>| Team::of(group.into_iter().map(|at| peers[at]).collect());
    let teams: Vec<Team> = groups.into_iter().map(name).collect();
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let bound = total(known, &teams) + over as f64;
    Ok(Solved { teams, bound })
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn total(known: &Known<'_>, teams: &[Team]) -> f64 {
    teams.iter().map(|team| team.sum(known)).sum::<u64>() as f64
}

/// Each pair once.
pub(super) fn paired(mates: &[Option<u32>]) -> Vec<Vec<usize>> {
    let mates = mates.iter().enumerate();
    mates
        .filter_map(|(at, mate)| mate.map(|mate| vec![at, mate as usize]))
        .filter(|pair| pair[0] < pair[1])
        .collect()
}

impl Matched {
    /// Matches the people of a square matrix as well as possible, all of its pairs considered. With `one_more`,
    /// the last vertex is one whom everybody may have for a partner, at a fit of 0.
    pub(super) fn of(fits: &Matrix, one_more: bool, progress: &Progress) -> Result<Self, Cancelled> {
        let people = fits.rows();
        // Even, and half of it more than all fits together, for a trio is worth one and a half.
        let bonus = 1_000_000 * (Weight::try_from(people).unwrap_or(Weight::MAX) + 6);
        let lists = ask_all(people, |own| {
            let mut list = best(people, own, CANDIDATES, |other| fits.at(own, other));
            list.extend(strangers(fits, own));
            list
        });
        let mut edges: Vec<(u32, u32)> = (0..)
            .zip(lists)
            .flat_map(|(own, list)| list.into_iter().map(move |other: u32| (other.min(own), other.max(own))))
            .collect();
        edges.sort_unstable();
        edges.dedup();
        let weighed = |(a, b)| (a, b, bonus + Weight::from(fits.at(a as usize, b as usize)));
        let mut edges: Vec<_> = edges.into_iter().map(weighed).collect();
        let last = u32::try_from(people).unwrap_or(u32::MAX);
        if one_more {
            edges.extend((0..last).map(|own| (own, last, bonus)));
        }
        let mut matched = Self { graph: Blossom::of(people + usize::from(one_more), &edges), bonus };
        matched.finish(fits, &[], Weight::MIN, progress)?;
        Ok(matched)
    }

    /// Makes it the best there is without those who are `gone`; no pair is left unpriced. It is left as it is once
    /// the prices prove that none is worth more than half of `floor`.
    pub(super) fn finish(
        &mut self,
        fits: &Matrix,
        gone: &[usize],
        floor: Weight,
        progress: &Progress,
    ) -> Result<(), Cancelled> {
        loop {
            self.graph.solve(progress)?;
            progress.check()?;
            let (better, lacking) = self.price_all(fits, gone);
            if better.is_empty() || self.graph.dual() + lacking <= floor {
                return Ok(());
            }
            for (a, b) in better {
                let weight = self.bonus + Weight::from(fits.at(a as usize, b as usize));
                self.graph.add(a, b, weight);
            }
        }
    }

    /// Pairs that are worth more than their prices, the most lacking of each person; and by how much prices would
    /// have to rise for none to be.
    fn price_all(&self, fits: &Matrix, gone: &[usize]) -> (Vec<(u32, u32)>, Weight) {
        let (mut better, mut lacking) = (Vec::new(), 0);
        for (own, mut list) in (0..).zip(self.priced(fits, gone, -1)) {
            list.sort_unstable();
            lacking -= list.first().map_or(0, |(slack, _)| *slack);
            better.extend(list.into_iter().take(AT_ONCE).map(|(_, other)| (own, other)));
        }
        (better, lacking)
    }

    /// For each person those with whom they may be in a matching as good as the best, in order.
    pub(super) fn tight(&self, fits: &Matrix, gone: &[usize]) -> Vec<Vec<usize>> {
        let mut tight = vec![Vec::new(); fits.rows()];
        for (own, list) in self.priced(fits, gone, 0).into_iter().enumerate() {
            for (_, other) in list {
                tight[own].push(other as usize);
                tight[other as usize].push(own);
            }
        }
        tight
    }

    /// For each person those after them for whom prices ask at most so much more than the pair is worth, with what
    /// they ask.
    fn priced(&self, fits: &Matrix, gone: &[usize], most: Weight) -> Vec<Vec<(Weight, u32)>> {
        let people = fits.rows();
        let prices: Vec<Weight> = (0..people).map(|at| self.graph.price(at) - self.bonus).collect();
        let order = self.graph.order();
        ask_all(people, |own| {
            let mut found = Vec::new();
            let mut around = None;
            let ask = prices[own];
            let others = fits.row(own)[own + 1..].iter().zip(&prices[own + 1..]).zip(own + 1..);
            for ((fit, theirs), other) in others {
                let slack = ask + theirs - 2 * Weight::from(*fit);
                // One branch, not two: who is forbidden comes without a pattern.
                if (slack > most) | (*fit == FORBIDDEN) {
                    continue;
                }
                if gone.contains(&own) || gone.contains(&other) {
                    continue;
                }
                let around = around.get_or_insert_with(|| self.graph.around(own, &order));
                let slack = slack + order.rebates(around, other);
                found.extend((slack <= most).then_some((slack, u32::try_from(other).unwrap_or(u32::MAX))));
            }
            found
        })
    }
}
