//! What mentor groups cost at least in which nobody is with whom they must not be.
//!
//! Each mentee asks a price, and each mentor, whoever else takes the same people, has the group that is worth most to
//! them beyond its prices. No groups cost less than what everybody asks without what all mentors gain: whoever is
//! taken pays for themselves, whatever the prices are. A mentee whom two want asks more and one whom nobody wants
//! less, step by step, from the prices of the flow on; the last step prices every pair.

use super::known::FORBIDDEN;
use super::matrix::{Matrix, ask_all};
use super::mentors::Groups;
use super::progress::{Cancelled, Progress};
use super::simplex::{Cost, Transport};

/// Steps, and by how many millionths prices change in the first; each next one is shorter by three in a hundred.
const STEPS: usize = 150;
const LONGEST: Cost = 8_000;
/// Whoever asks no more than so many millionths too much of a mentor is looked at, for so many steps.
const REACH: Cost = 30_000;
const STEPS_NEAR: usize = 10;
/// Steps in search of one mentor's group.
const PATIENCE: usize = 400;

/// What each mentee asks, and what groups cost at least.
pub(super) struct Asked<'a> {
    groups: &'a Groups<'a>,
    fits: &'a Matrix,
    /// What a mentor's first mentee is worth, and what a mentee without a mentor costs: nobody asks for less.
    aims: (Cost, Cost),
    prices: Vec<Cost>,
}

/// Mentees with what they are worth to a mentor beyond their price.
type Offers = Vec<(Cost, u32)>;

impl<'a> Asked<'a> {
    /// Prices that are as good as some steps make them.
    pub(super) fn of(
        groups: &'a Groups<'a>,
        fits: &'a Matrix,
        transport: &Transport,
        progress: &Progress,
    ) -> Result<(Self, Cost), Cancelled> {
        let prices = (0..groups.mentees.len()).map(|mentee| transport.price(mentee)).collect();
        let mut asked = Self { groups, fits, aims: (transport.first, transport.unplaced), prices };
        let mentors = groups.mentors.len();
        let mut best = (Cost::MIN, asked.prices.clone());
        let mut near: Vec<Offers> = Vec::new();
        let mut step = LONGEST;
        for turn in 0..STEPS {
            progress.check()?;
            if turn % STEPS_NEAR == 0 {
                near = ask_all(mentors, |mentor| {
                    let offers = asked.offers(mentor, REACH).into_iter();
                    offers.map(|(worth, mentee)| (worth + asked.prices[mentee as usize], mentee)).collect()
                });
            }
            let taken = ask_all(mentors, |mentor| {
                let fits = near[mentor].iter();
                let offers = fits.map(|(fit, mentee)| (fit - asked.prices[*mentee as usize], *mentee));
                asked.group(mentor, offers.collect())
            });
            let cost = asked.cost(&taken);
            if cost > best.0 {
                best = (cost, asked.prices.clone());
            }
            let mut wanted = vec![-1; asked.prices.len()];
            for mentee in taken.into_iter().flat_map(|(_, group)| group) {
                wanted[mentee as usize] += 1;
            }
            for (price, wanted) in asked.prices.iter_mut().zip(wanted) {
                *price = (*price + step * wanted).max(-asked.aims.1);
            }
            if asked.prices == best.1 {
                break;
            }
            step = step * 97 / 100;
        }
        asked.prices = best.1;
        let all = ask_all(mentors, |mentor| asked.group(mentor, asked.offers(mentor, 0)));
        let cost = asked.cost(&all);
        Ok((asked, cost))
    }

    /// What groups cost at least, when these are the mentors' best.
    fn cost(&self, taken: &[(Cost, Vec<u32>)]) -> Cost {
        let gained: Cost = taken.iter().map(|(worth, _)| worth).sum();
        -self.prices.iter().sum::<Cost>() - gained
    }

    /// What a mentor gains at most who does not take certain mentees, who are sorted.
    pub(super) fn without(&self, mentor: u32, banned: &[u32]) -> Cost {
        let mut offers = self.offers(mentor as usize, 0);
        offers.retain(|(_, mentee)| banned.binary_search(mentee).is_err());
        self.group(mentor as usize, offers).0
    }

    /// Everybody who asks at most `reach` more of a mentor than they are worth to them, or the one who does least.
    fn offers(&self, mentor: usize, reach: Cost) -> Offers {
        let all = || {
            let priced = (0..).zip(self.fits.row(mentor)).zip(&self.prices);
            priced.map(|((mentee, fit), price)| match *fit {
                FORBIDDEN => (Cost::MIN, mentee),
                fit => (Cost::from(fit) - price, mentee),
            })
        };
        let offers: Offers = all().filter(|(worth, _)| *worth > -reach).collect();
        if offers.is_empty() {
            return all().max().filter(|(worth, _)| *worth > Cost::MIN).into_iter().collect();
        }
        offers
    }

    /// The group of these that a mentor gains most by.
    fn group(&self, mentor: usize, mut offers: Offers) -> (Cost, Vec<u32>) {
        let best = offers.iter().copied().max();
        offers.retain(|offer| offer.0 > 0 || Some(*offer) == best);
        offers.sort_unstable_by(|a, b| b.cmp(a));
        let room = self.groups.rooms[mentor] as usize;
        let mut search = Search {
            groups: self.groups,
            room,
            offers: &offers,
            steps: 0,
            group: Vec::new(),
            best: (0, Vec::new()),
        };
        let most = search.most(0, self.aims.0);
        search.next(0, self.aims.0);
        let (worth, group) = search.best;
        (if search.steps > PATIENCE { most.max(0) } else { worth }, group)
    }
}

/// A search for the people who are worth most, nobody with whom they must not be.
struct Search<'a> {
    groups: &'a Groups<'a>,
    room: usize,
    /// The best first.
    offers: &'a [(Cost, u32)],
    steps: usize,
    group: Vec<u32>,
    best: (Cost, Vec<u32>),
}

impl Search<'_> {
    /// What a group that is worth so much may come to at best by those from a place on.
    fn most(&self, at: usize, worth: Cost) -> Cost {
        let more = self.offers[at..].iter().take(self.room - self.group.len());
        worth + more.map(|(worth, _)| worth).sum::<Cost>()
    }

    fn next(&mut self, at: usize, worth: Cost) {
        self.steps += 1;
        if !self.group.is_empty() && worth > self.best.0 {
            self.best = (worth, self.group.clone());
        }
        let ends = at == self.offers.len() || self.group.len() == self.room || self.steps > PATIENCE;
        if ends || self.most(at, worth) <= self.best.0 {
            return;
        }
        let (more, mentee) = self.offers[at];
        if self.group.iter().all(|other| self.groups.compatible(*other, mentee)) {
            self.group.push(mentee);
            self.next(at + 1, worth + more);
            self.group.pop();
        }
        self.next(at + 1, worth);
    }
}
