//! A handful of peers: every way to group them is tried, so ties come out right to the last rule.

use super::known::{FORBIDDEN, Known};
use super::progress::{Cancelled, Progress};
use super::team::{Team, pairs};

/// Up to so many people every way is tried.
pub(super) const FEW: usize = 10;
/// Divisible by every number of partners there can be.
const EVEN: u64 = 2_520;

/// Which groups there may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizes {
    pub(super) min: usize,
    pub(super) max: usize,
    /// So many groups may have one person more.
    pub(super) larger: usize,
    /// A group counts by the mean of its pairs for each of its people; else by their sum.
    pub(super) by_mean: bool,
}

/// How good some groups are: what is compared first stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    placed: usize,
    total: u64,
    /// The lowest mean fit, in parts of [`EVEN`] of a millionth.
    worst: u64,
}

struct Search<'a> {
    fits: &'a dyn Fn(u32, u32) -> u32,
    people: &'a [u32],
    sizes: Sizes,
    progress: &'a Progress,
    groups: Vec<(Vec<u32>, u64)>,
    larger: usize,
    best: Option<(Score, Vec<Vec<u32>>)>,
}

/// The best groups of a few people, who are sorted.
pub(super) fn solve(
    known: &Known<'_>,
    people: &[u32],
    sizes: Sizes,
    progress: &Progress,
) -> Result<Vec<Team>, Cancelled> {
    let fits = |a, b| known.fit(a, b);
    let groups = Vec::new();
    let mut search = Search { fits: &fits, people, sizes, progress, groups, larger: 0, best: None };
    search.next(0, 0)?;
    let groups = search.best.map(|(_, groups)| groups).unwrap_or_default();
    Ok(groups.into_iter().map(Team::of).collect())
}

impl Search<'_> {
    /// Decides on the first person whose bit is not in `used`.
    fn next(&mut self, used: u32, placed: usize) -> Result<(), Cancelled> {
        self.progress.check()?;
        let first = used.trailing_ones() as usize;
        let open = self.people.len() - used.count_ones() as usize;
        if self.best.as_ref().is_some_and(|(best, _)| placed + open < best.placed) {
            return Ok(());
        }
        if first >= self.people.len() {
            self.compare(placed);
            return Ok(());
        }
        self.extend(used | 1 << first, &mut vec![self.people[first]], first + 1, 0, placed)?;
        self.next(used | 1 << first, placed)
    }

    /// Goes on with a group: it is done, or somebody from `from` on joins.
    fn extend(
        &mut self,
        used: u32,
        group: &mut Vec<u32>,
        from: usize,
        sum: u64,
        placed: usize,
    ) -> Result<(), Cancelled> {
        let size = group.len();
        let extra = usize::from(size > self.sizes.max);
        if size >= self.sizes.min && self.larger + extra <= self.sizes.larger {
            self.groups.push((group.clone(), sum));
            self.larger += extra;
            self.next(used, placed + size)?;
            self.larger -= extra;
            self.groups.pop();
        }
        if size >= self.sizes.max + usize::from(self.larger < self.sizes.larger) {
            return Ok(());
        }
        for at in from..self.people.len() {
            let joins = self.people[at];
            let fits = group.iter().map(|other| (self.fits)(*other, joins));
            let more = fits.map(|fit| (fit != FORBIDDEN).then_some(u64::from(fit))).sum::<Option<u64>>();
            if let (false, Some(more)) = (used >> at & 1 == 1, more) {
                group.push(joins);
                self.extend(used | 1 << at, group, at + 1, sum + more, placed)?;
                group.pop();
            }
        }
        Ok(())
    }

    fn compare(&mut self, placed: usize) {
        if self.groups.is_empty() {
            return;
        }
        let mean = |(group, sum): &(Vec<u32>, u64)| EVEN * sum / pairs(group).len() as u64;
        let worth = |group: &(Vec<u32>, u64)| {
            if self.sizes.by_mean { 2 * EVEN * group.1 / (group.0.len() as u64 - 1) } else { group.1 }
        };
        let score = Score {
            placed,
            total: self.groups.iter().map(worth).sum(),
            worst: self.groups.iter().map(mean).min().unwrap_or(0),
        };
        // The first one found has the lower ids.
        if self.best.as_ref().is_none_or(|(best, _)| score > *best) {
            let groups = self.groups.iter().map(|(group, _)| group.clone()).collect();
            self.best = Some((score, groups));
        }
    }
}
