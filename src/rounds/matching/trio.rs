//! Pairs of an odd count, with one group of three: the trio is chosen by what the prices of its three people say
//! is possible at best, the others are matched anew without them, until no trio is left that could be better.

use super::blossom::Weight;
use super::known::FORBIDDEN;
use super::matrix::Matrix;
use super::pairs::{Matched, paired};
use super::progress::{Cancelled, Progress};
use super::ties;

/// So many steps in search of trios, at first and then.
const STEPS: [usize; 2] = [4_000_000, 200_000_000];
/// Pairs of each person that are looked at, at first.
const NEAR: usize = 8;
/// So many trios that are promising are kept.
const KEPT: usize = 4_096;
/// For so many people in all matchings are made anew.
const ANEW: usize = 400_000;

/// Twice what a matching without three people and the three themselves are worth at best, and who they are.
type Promise = (Weight, [usize; 3]);

/// The best groups, and by how many millionths others may be better at most.
pub(super) fn solve(fits: &Matrix, progress: &Progress) -> Result<(Vec<Vec<usize>>, Weight), Cancelled> {
    // With somebody for whoever has nobody the count is even, and prices say what people are worth.
    let all = &Matched::of(fits, true, progress)?;
    let mut without = all.clone();
    without.graph.remove(number(fits.rows()));
    without.finish(fits, &[], Weight::MIN, progress)?;
    let mates = ties::pairs(fits, &without.graph.mates()[..fits.rows()], &without.tight(fits, &[]));
    let groups = paired(&mates);
    let mut best = Best { value: worth(fits, all.bonus, &groups), groups };
    let (promises, _) = promising(fits, all, 2 * best.value, STEPS[0]);
    if let Some((_, trio)) = promises.first() {
        best.try_out(fits, all, *trio, progress)?;
    }
    let (promises, mut open) = promising(fits, all, 2 * best.value, STEPS[1]);
    let mut tries = ANEW / fits.rows().max(1) + 8;
    for (promise, trio) in promises {
        if promise <= 2 * best.value {
            open = 0;
            break;
        }
        if tries == 0 {
            open = open.max(promise);
            break;
        }
        tries -= 1;
        best.try_out(fits, all, trio, progress)?;
    }
    // More than a whole fit for each person would only say that one more of them might be placed.
    let most = Weight::try_from(fits.rows()).unwrap_or(0) * 1_000_000;
    let over = (open - 2 * best.value).max(0);
    Ok((best.groups, ((over + 1) / 2).min(most)))
}

/// The best groups so far.
struct Best {
    groups: Vec<Vec<usize>>,
    value: Weight,
}

impl Best {
    /// Matches everybody but a trio anew, and takes it if that is better.
    fn try_out(
        &mut self,
        fits: &Matrix,
        all: &Matched,
        trio: [usize; 3],
        progress: &Progress,
    ) -> Result<(), Cancelled> {
        let mut rest = all.clone();
        for person in trio.into_iter().chain([fits.rows()]) {
            rest.graph.remove(number(person));
        }
        let floor = 2 * (self.value - worth(fits, all.bonus, &[trio.to_vec()]));
        rest.finish(fits, &trio, floor, progress)?;
        let with = |mates: &[Option<u32>]| [paired(mates), vec![trio.to_vec()]].concat();
        let value = worth(fits, all.bonus, &with(&rest.graph.mates()));
        if value > self.value {
            let mates = ties::pairs(fits, &rest.graph.mates()[..fits.rows()], &rest.tight(fits, &trio));
            *self = Self { groups: with(&mates), value };
        }
        Ok(())
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// What groups are worth: for each of their people half a pair's bonus, and all fits.
fn worth(fits: &Matrix, bonus: Weight, groups: &[Vec<usize>]) -> Weight {
    let mut worth = 0;
    for group in groups {
        worth += bonus / 2 * Weight::try_from(group.len()).unwrap_or(0);
        for (at, a) in group.iter().enumerate() {
            worth += group[at + 1..].iter().map(|b| Weight::from(fits.at(*a, *b))).sum::<Weight>();
        }
    }
    worth
}

/// The trios that promise more than `floor`, the best first, and what those may promise that are not among them.
fn promising(fits: &Matrix, all: &Matched, floor: Weight, most_steps: usize) -> (Vec<Promise>, Weight) {
    let people = fits.rows();
    let price = |at: usize| all.graph.price(at);
    let dual = all.graph.dual() - price(people);
    // A trio promises the sum over its pairs; so its best pair promises a third of it or more.
    let of_pair = |a: usize, b: usize| 4 * Weight::from(fits.at(a, b)) + 2 * all.bonus - price(a) - price(b);
    let at_best = |most: Weight| dual + (3 * most).div_euclid(2) + 1;
    let mut pairs: Vec<(Weight, u32, u32)> = Vec::new();
    for a in 0..people {
        let others = (a + 1..people).filter(|b| fits.at(a, *b) != FORBIDDEN);
        let better = others.map(|b| (of_pair(a, b), number(a), number(b)));
        let mut better: Vec<_> = better.filter(|(most, _, _)| at_best(*most) > floor).collect();
        if most_steps == STEPS[0] && better.len() > NEAR {
            better.select_nth_unstable_by(NEAR, |a, b| b.cmp(a));
            better.truncate(NEAR);
        }
        pairs.extend(better);
    }
    pairs.sort_unstable_by(|a, b| b.cmp(a));
    let mut promises: std::collections::BTreeSet<Promise> = std::collections::BTreeSet::new();
    let mut steps = 0;
    for (most, a, b) in pairs {
        let (a, b) = (a as usize, b as usize);
        let at_best = at_best(most);
        let least = promises.first().map(|(promise, _)| *promise);
        if at_best <= floor || (promises.len() >= KEPT && least.is_some_and(|least| at_best <= least)) {
            break;
        }
        if steps >= most_steps {
            let dropped = if promises.len() < KEPT { 0 } else { least.unwrap_or(0) };
            return (promises.into_iter().rev().collect(), at_best.max(dropped));
        }
        steps += people;
        for c in (0..people).filter(|c| *c != a && *c != b) {
            if fits.at(a, c) == FORBIDDEN || fits.at(b, c) == FORBIDDEN {
                continue;
            }
            let mut trio = [a, b, c];
            trio.sort_unstable();
            let promise = dual + (most + of_pair(a, c) + of_pair(b, c)).div_euclid(2);
            if promise > floor {
                promises.insert((promise, trio));
            }
            if promises.len() > KEPT {
                promises.pop_first();
            }
        }
    }
    let beyond = if promises.len() < KEPT { 0 } else { promises.first().map_or(0, |(promise, _)| *promise) };
    (promises.into_iter().rev().collect(), beyond)
}
