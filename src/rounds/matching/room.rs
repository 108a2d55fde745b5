//! People in circles, with what each circle is worth kept at hand while people change places.

use rand::RngExt as _;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;

use super::circles::may;
use super::known::FORBIDDEN;
use super::matrix::Matrix;

/// Worth, in parts of a millionth that all sizes of circles have in common.
pub(super) type Worth = i64;

/// Whoever is in no circle.
const OUTSIDE: u32 = u32::MAX;
/// No larger unit than this is looked for.
const FINEST: i64 = 360_360;

/// Two people change places, or one goes to another circle.
#[derive(Debug, Clone, Copy)]
pub(super) enum Change {
    /// Whose, and with whom, in different circles or one of them in none.
    Swap(usize, usize),
    /// Who, and to which circle.
    Move(usize, u32),
}

/// People in circles.
#[derive(Debug, Clone, Default)]
pub(super) struct Room {
    circle: Vec<u32>,
    members: Vec<Vec<u32>>,
    /// The sum over the pairs of each circle.
    sums: Vec<i64>,
    /// What each person adds to the sum of their circle, and what they could add to any at most.
    links: Vec<i64>,
    most: Vec<i64>,
    sizes: (usize, usize),
    /// What a circle's sum counts, by its size.
    factor: Vec<Worth>,
    unit: i64,
    /// What a pair that must not be together takes away, so that it does not stay.
    penalty: i64,
}

impl Room {
    /// Nobody is in any of `count` circles yet. Each one's friends are those who fit best, the best first.
    pub(super) fn new(fits: &Matrix, friends: &[Vec<u32>], sizes: (usize, usize), count: usize) -> Self {
        let most = |(own, friends): (usize, &Vec<u32>)| -> i64 {
            let fit = |place: usize| friends.get(place).or(friends.last());
            let best = (0..sizes.1 - 1).filter_map(fit);
            best.map(|friend| i64::from(fits.at(own, *friend as usize))).sum()
        };
        let unit = unit(sizes.1);
        let factor = (0..=sizes.1).map(|size| match i64::try_from(size) {
            Ok(size) if size > 1 => 2 * unit / (size - 1),
            _ => 0,
        });
        Self {
            circle: vec![OUTSIDE; fits.rows()],
            members: vec![Vec::new(); count],
            sums: vec![0; count],
            links: vec![0; fits.rows()],
            most: friends.iter().enumerate().map(most).collect(),
            sizes,
            factor: factor.collect(),
            unit,
            penalty: 4_000_000 * i64::try_from(sizes.1).unwrap_or(1_000),
        }
    }

    /// The circles that have people.
    pub(super) fn circles(&self) -> Vec<Vec<u32>> {
        self.members.iter().filter(|members| !members.is_empty()).cloned().collect()
    }

    /// How many are placed, then what it is worth.
    pub(super) fn score(&self) -> (usize, Worth) {
        let placed = self.circle.iter().filter(|circle| **circle != OUTSIDE).count();
        let worth =
            self.sums.iter().zip(&self.members).map(|(sum, members)| sum * self.factor[members.len()]);
        (placed, worth.sum())
    }

    /// How many units a millionth has.
    #[expect(clippy::cast_precision_loss, reason = "at most 360,360")]
    pub(super) fn scale(&self) -> f64 {
        self.unit as f64
    }

    /// Fills circle after circle, each from somebody by chance on with whoever fits it best.
    pub(super) fn build(&mut self, fits: &Matrix, chance: &mut StdRng) {
        let people = fits.rows();
        let mut order: Vec<usize> = (0..people).collect();
        order.shuffle(chance);
        let count = self.members.len();
        let mut extra =
            people.saturating_sub(count * self.sizes.0).min(count * (self.sizes.1 - self.sizes.0));
        for circle in 0..count {
            let more = extra.div_ceil(count - circle).min(self.sizes.1 - self.sizes.0);
            extra -= more;
            let mut links = vec![0; people];
            let first = order.iter().copied().find(|person| self.circle[*person] == OUTSIDE);
            let mut next = first;
            while let Some(person) = next {
                self.join(fits, person, u32::try_from(circle).unwrap_or(OUTSIDE));
                if self.members[circle].len() == self.sizes.0 + more {
                    break;
                }
                for (other, link) in links.iter_mut().enumerate() {
                    *link += self.fit(fits, person, other);
                }
                let free = (0..people).filter(|person| self.circle[*person] == OUTSIDE);
                next = free.max_by_key(|person| (links[*person], std::cmp::Reverse(*person)));
            }
        }
    }

    fn fit(&self, fits: &Matrix, a: usize, b: usize) -> i64 {
        match fits.at(a, b) {
            FORBIDDEN => -self.penalty,
            fit => i64::from(fit),
        }
    }

    /// What somebody adds to a circle besides somebody who leaves it.
    fn link(&self, fits: &Matrix, person: usize, circle: u32, without: usize) -> i64 {
        let members = self.members.get(circle as usize).into_iter().flatten().map(|member| *member as usize);
        members.filter(|member| *member != without).map(|member| self.fit(fits, person, member)).sum()
    }

    /// A change by chance that brings somebody to a friend; nothing where they are together, or the friend is in no
    /// circle.
    pub(super) fn propose(&self, own: usize, friend: usize, chance: &mut StdRng) -> Option<Change> {
        let (from, to) = (self.circle[own], self.circle[friend]);
        if from == to || to == OUTSIDE {
            return None;
        }
        let members = &self.members[to as usize];
        let pick = chance.random_range(0..=members.len());
        let goes = if pick == members.len() { friend } else { members[pick] as usize };
        if goes == friend {
            return self.may_move(from, to).then_some(Change::Move(own, to));
        }
        Some(Change::Swap(own, goes))
    }

    /// All changes that bring somebody to a friend.
    pub(super) fn changes(&self, own: usize, friend: usize) -> Vec<Change> {
        let (from, to) = (self.circle[own], self.circle[friend]);
        if from == to || to == OUTSIDE {
            return Vec::new();
        }
        let others =
            self.members[to as usize].iter().map(|other| *other as usize).filter(|other| *other != friend);
        let mut changes: Vec<Change> = others.map(|other| Change::Swap(own, other)).collect();
        changes.extend(self.may_move(from, to).then_some(Change::Move(own, to)));
        changes
    }

    fn may_move(&self, from: u32, to: u32) -> bool {
        let leaves = from == OUTSIDE || self.members[from as usize].len() > self.sizes.0;
        leaves && self.members[to as usize].len() < self.sizes.1
    }

    /// What a change is worth, if that is `least` or more.
    pub(super) fn gain(&self, fits: &Matrix, change: Change, least: Worth) -> Option<Worth> {
        let gain = match change {
            Change::Swap(a, b) => {
                let (of_a, of_b) = (self.circle[a], self.circle[b]);
                let gain = self.weight(of_b) * (self.link(fits, a, of_b, b) - self.links[b]);
                // Most changes are out of the question before the other one's fits have to be looked up.
                if gain + self.weight(of_a) * (self.most[b] - self.links[a]) < least {
                    return None;
                }
                gain + self.weight(of_a) * (self.link(fits, b, of_a, a) - self.links[a])
            }
            Change::Move(own, to) => {
                let from = self.circle[own];
                let gain = self.resized(to, 1, self.link(fits, own, to, own));
                if from == OUTSIDE { gain } else { gain + self.resized(from, -1, -self.links[own]) }
            }
        };
        (gain >= least).then_some(gain)
    }

    /// What the sum of a circle counts.
    fn weight(&self, circle: u32) -> Worth {
        self.members.get(circle as usize).map_or(0, |members| self.factor[members.len()])
    }

    /// What it is worth that a circle has one more or less, with whom its sum changes.
    fn resized(&self, circle: u32, by: isize, change: i64) -> Worth {
        let at = circle as usize;
        let size = self.members[at].len();
        let new = size.saturating_add_signed(by);
        self.factor[new] * (self.sums[at] + change) - self.factor[size] * self.sums[at]
    }

    /// Makes a change.
    pub(super) fn make(&mut self, fits: &Matrix, change: Change) {
        match change {
            Change::Swap(a, b) => {
                let (of_a, of_b) = (self.circle[a], self.circle[b]);
                self.leave(fits, a);
                self.leave(fits, b);
                self.join(fits, a, of_b);
                self.join(fits, b, of_a);
            }
            Change::Move(own, to) => {
                self.leave(fits, own);
                self.join(fits, own, to);
            }
        }
    }

    fn leave(&mut self, fits: &Matrix, person: usize) {
        let circle = std::mem::replace(&mut self.circle[person], OUTSIDE);
        if circle != OUTSIDE {
            self.members[circle as usize].retain(|member| *member as usize != person);
            for member in &self.members[circle as usize] {
                self.links[*member as usize] -= self.fit(fits, person, *member as usize);
            }
            self.sums[circle as usize] -= std::mem::take(&mut self.links[person]);
        }
    }

    fn join(&mut self, fits: &Matrix, person: usize, circle: u32) {
        if circle != OUTSIDE {
            for member in &self.members[circle as usize] {
                let fit = self.fit(fits, person, *member as usize);
                self.links[*member as usize] += fit;
                self.links[person] += fit;
            }
            self.sums[circle as usize] += self.links[person];
            self.members[circle as usize].push(u32::try_from(person).unwrap_or(OUTSIDE));
            self.circle[person] = circle;
        }
    }

    /// Whoever must not be with somebody in their circle leaves it, the most burdened first; circles that are too
    /// small then end.
    pub(super) fn part_the_forbidden(&mut self, fits: &Matrix) {
        for circle in 0..self.members.len() {
            loop {
                let members = &self.members[circle];
                let burden = |own: u32| {
                    members.iter().filter(|other| **other != own && !may(fits, own, **other)).count()
                };
                let worst = members.iter().copied().max_by_key(|own| (burden(*own), *own));
                match worst.filter(|own| burden(*own) > 0) {
                    Some(own) => self.leave(fits, own as usize),
                    None => break,
                }
            }
            if self.members[circle].len() < self.sizes.0 {
                for member in self.members[circle].clone() {
                    self.leave(fits, member as usize);
                }
            }
        }
    }

    /// Takes in who is outside, where there is room or by making a circle of them; tells whether somebody was.
    pub(super) fn take_in(&mut self, fits: &Matrix) -> bool {
        let mut taken = false;
        let outside = |room: &Self| -> Vec<u32> {
            (0..)
                .zip(&room.circle)
                .filter(|(_, circle)| **circle == OUTSIDE)
                .map(|(person, _)| person)
                .collect()
        };
        for person in outside(self) {
            let welcome = |circle: &u32| {
                let members = &self.members[*circle as usize];
                let size = members.len();
                (self.sizes.0..self.sizes.1).contains(&size)
                    && members.iter().all(|other| may(fits, person, *other))
            };
            let circles = (0..u32::try_from(self.members.len()).unwrap_or(OUTSIDE)).filter(welcome);
            let best = circles
                .max_by_key(|circle| self.gain(fits, Change::Move(person as usize, *circle), Worth::MIN));
            if let Some(circle) = best {
                self.join(fits, person as usize, circle);
                taken = true;
            }
        }
        let mut left = outside(self);
        while let Some(first) = left.pop() {
            let mut circle = vec![first];
            for other in left.iter().rev() {
                if circle.len() < self.sizes.0 && circle.iter().all(|member| may(fits, *member, *other)) {
                    circle.push(*other);
                }
            }
            if circle.len() < self.sizes.0 {
                continue;
            }
            left.retain(|other| !circle.contains(other));
            self.members.push(Vec::new());
            self.sums.push(0);
            let new = u32::try_from(self.members.len() - 1).unwrap_or(OUTSIDE);
            for member in circle {
                self.join(fits, member as usize, new);
            }
            taken = true;
        }
        taken
    }
}

/// A unit that everything up to `most` people can be divided by, or nearly.
fn unit(most: usize) -> i64 {
    let mut unit: i64 = 1;
    for partners in 2..i64::try_from(most).unwrap_or(i64::MAX) {
        let (mut a, mut b) = (unit, partners);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        if unit / a * partners > FINEST {
            return FINEST;
        }
        unit = unit / a * partners;
    }
    unit
}
