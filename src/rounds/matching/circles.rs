//! Circles of peers: built one after the other from who fits best, then improved by exchanging people, first with
//! some tolerance for what is worse (which cools down), then only for the better.

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use super::circle_bound;
use super::known::{FORBIDDEN, Known};
use super::matrix::{Matrix, ask_all};
use super::pairs::Solved;
use super::progress::{Cancelled, Progress};
use super::room::{Room, Worth};
use super::simplex::best;
use super::small::{self, FEW, Sizes};
use super::team::{Team, worth};

/// Those with whom each one would rather be.
const FRIENDS: usize = 24;
/// Exchanges that are tried for each person, and for all at most. What has to hold holds with fewer as well, which is
/// what an unoptimized test has time for.
const TRIES: (usize, usize) = (if cfg!(test) { 200 } else { 8_000 }, 12_000_000);
/// Searches by other chances.
const CHAINS: usize = 2;
/// What it may be worse by, in millionths, at first and at last.
const HEAT: (f64, f64) = (35_000.0, 8_000.0);
/// So many tries between two looks at whether an end is wanted.
const PATIENCE: usize = 16_384;

/// The best circles found of `peers`, who are sorted.
pub(super) fn solve(
    known: &Known<'_>,
    peers: &[u32],
    (min, max): (usize, usize),
    seed: u64,
    progress: &Progress,
) -> Result<Solved, Cancelled> {
    if peers.len() <= FEW {
        let sizes = Sizes { min, max, larger: 0, by_mean: true };
        let teams = small::solve(known, peers, sizes, progress)?;
        let bound = teams.iter().map(|team| worth(known, team)).sum::<f64>() * 1e6;
        return Ok(Solved { teams, bound });
    }
    many(known, peers, (min, max), seed, progress)
}

/// The same for as many people as there are.
pub(super) fn many(
    known: &Known<'_>,
    peers: &[u32],
    (min, max): (usize, usize),
    seed: u64,
    progress: &Progress,
) -> Result<Solved, Cancelled> {
    if peers.len() < min {
        return Ok(Solved::default());
    }
    let max = max.min(peers.len());
    let fits = Matrix::square(known, peers);
    progress.at(200);
    let friends = ask_all(peers.len(), |own| best(peers.len(), own, FRIENDS, |other| fits.at(own, other)));
    let search = Search { fits: &fits, friends: &friends, sizes: (min, max), progress };
    let room = search.best(seed)?;
    progress.at(800);
    let placed = room.circles().iter().map(Vec::len).sum();
    let bound = circle_bound::bound(&fits, placed, min, progress)?;
    let name = |circle: &Vec<u32>| Team::of(circle.iter().map(|at| peers[*at as usize]).collect());
    Ok(Solved { teams: room.circles().iter().map(name).collect(), bound })
}

struct Search<'a> {
    fits: &'a Matrix,
    friends: &'a [Vec<u32>],
    sizes: (usize, usize),
    progress: &'a Progress,
}

impl Search<'_> {
    /// The best of several searches, with as many circles as suit.
    fn best(&self, seed: u64) -> Result<Room, Cancelled> {
        let people = self.fits.rows();
        let (min, max) = self.sizes;
        let most = people / min;
        let mut counts = vec![most];
        // Larger circles may fit better than smaller ones: fewer of them are tried as well.
        let fewest = people.div_ceil(max).min(most);
        counts.extend([fewest, (most + fewest) / 2]);
        counts.sort_unstable();
        counts.dedup();
        let tries = (TRIES.0 * people).min(TRIES.1);
        let short = if counts.len() > 1 { tries / 10 } else { 0 };
        let trials: Vec<(usize, u64)> = counts.iter().map(|count| (*count, seed)).collect();
        let count = if short == 0 {
            most
        } else {
            let rooms = self.all(&trials, short)?;
            (0..rooms.len()).max_by_key(|at| (rooms[*at].score(), counts[*at])).map_or(most, |at| counts[at])
        };
        let chains = u64::try_from(CHAINS).unwrap_or(1);
        let trials: Vec<(usize, u64)> =
            (0..chains).map(|chain| (count, seed.wrapping_mul(chains).wrapping_add(chain))).collect();
        let rooms = self.all(&trials, tries)?;
        let mut best: Option<Room> = None;
        for room in rooms {
            if best.as_ref().is_none_or(|best| room.score() > best.score()) {
                best = Some(room);
            }
        }
        Ok(best.unwrap_or_else(|| Room::new(self.fits, self.friends, self.sizes, 0)))
    }

    fn all(&self, trials: &[(usize, u64)], tries: usize) -> Result<Vec<Room>, Cancelled> {
        let rooms = ask_all(trials.len(), |at| {
            let (count, seed) = trials[at];
            Some(self.one(count, seed, tries))
        });
        rooms.into_iter().flatten().collect()
    }

    /// One search.
    fn one(&self, count: usize, seed: u64, tries: usize) -> Result<Room, Cancelled> {
        let mut chance = StdRng::seed_from_u64(seed);
        let mut room = Room::new(self.fits, self.friends, self.sizes, count);
        room.build(self.fits, &mut chance);
        self.cool(&mut room, &mut chance, tries)?;
        room.part_the_forbidden(self.fits);
        loop {
            self.progress.check()?;
            if !self.climb(&mut room) & !room.take_in(self.fits) {
                return Ok(room);
            }
        }
    }

    /// Exchanges people by chance, the less tolerant the longer.
    fn cool(&self, room: &mut Room, chance: &mut StdRng, tries: usize) -> Result<(), Cancelled> {
        let people = self.fits.rows();
        let scale = room.scale();
        #[expect(clippy::cast_precision_loss, reason = "a count of tries")]
        let ratio = (HEAT.1 / HEAT.0).powf(PATIENCE as f64 / tries.max(1) as f64);
        let mut heat = HEAT.0 * scale;
        for turn in 0..tries {
            if turn % PATIENCE == 0 {
                self.progress.check()?;
                heat *= ratio;
            }
            let own = chance.random_range(0..people);
            if self.friends[own].is_empty() {
                continue;
            }
            let friend = self.friends[own][chance.random_range(0..self.friends[own].len())];
            let Some(change) = room.propose(own, friend as usize, chance) else { continue };
            #[expect(clippy::cast_possible_truncation, reason = "a loss")]
            let least = (heat * chance.random::<f64>().max(1e-12).ln()) as Worth;
            if room.gain(self.fits, change, least).is_some() {
                room.make(self.fits, change);
            }
        }
        Ok(())
    }

    /// Makes every exchange with a friend's circle that is for the better; tells whether there was one.
    fn climb(&self, room: &mut Room) -> bool {
        let mut better = false;
        for own in 0..self.fits.rows() {
            for friend in &self.friends[own] {
                let changes = room.changes(own, *friend as usize).into_iter();
                let gains = changes.filter_map(|change| Some((room.gain(self.fits, change, 1)?, change)));
                if let Some((_, change)) = gains.max_by_key(|(gain, _)| *gain) {
                    room.make(self.fits, change);
                    better = true;
                }
            }
        }
        better
    }
}

/// Whether two may be together.
pub(super) fn may(fits: &Matrix, a: u32, b: u32) -> bool {
    fits.at(a as usize, b as usize) != FORBIDDEN
}
