//! Among mentor groups that cost the same: the better worst-off group, then the lower ids.
//!
//! What each place costs over its price tells which places any groups can use that cost no more. These few are
//! tried in order, part by part where people have nothing to do with each other.

use super::known::FORBIDDEN;
use super::mentors::{Groups, Places};
use super::simplex::{Cost, Transport};

/// So many steps are taken in one part; after that the best found so far stands.
const STEPS: usize = 50_000;
/// Up to so many mentees are one part, whatever they have to do with each other.
const FEW: usize = 64;

/// In a part of more mentees nothing is tried: each is one step down the stack.
const MOST: usize = 1_000;

/// A place that a mentee may have, and what it costs over its price.
type Choice = (Option<u32>, Cost);

/// A sum, and of how many.
type Mean = (u64, u64);

struct Part<'a> {
    groups: &'a Groups<'a>,
    transport: &'a Transport,
    /// Mentees with their choices, by id.
    mentees: Vec<(u32, Vec<Choice>)>,
    mentors: Vec<u32>,
    /// Exactly so much is to be paid over the prices.
    over: Cost,
    members: Vec<Vec<u32>>,
    chosen: Vec<Option<u32>>,
    steps: usize,
    /// The worst-off group as sum and count, and the places.
    best: Option<(Mean, Places)>,
}

/// Places that cost as much as `first`, which pay `over` more than the prices.
pub(super) fn places(groups: &Groups<'_>, transport: &Transport, first: Places, over: Cost) -> Places {
    let choices: Vec<Vec<Choice>> =
        (0..first.len()).map(|mentee| choices(groups, transport, mentee, over)).collect();
    let parts = if first.len() <= FEW {
        vec![(0..).zip(choices).collect()]
    } else if over == 0 {
        split(choices, groups.mentors.len())
    } else {
        return first;
    };
    let mut places = first;
    for mentees in parts {
        let mut mentors: Vec<u32> =
            mentees.iter().flat_map(|(_, choices)| choices).filter_map(|(mentor, _)| *mentor).collect();
        mentors.sort_unstable();
        mentors.dedup();
        if mentees.len() <= FEW {
            // Mentors whom nobody can choose have their say where all is one part.
            mentors = if places.len() <= FEW { (0..).take(groups.mentors.len()).collect() } else { mentors };
        }
        let (members, chosen) = (vec![Vec::new(); groups.mentors.len()], Vec::new());
        let mut part =
            Part { groups, transport, mentees, mentors, over, members, chosen, steps: 0, best: None };
        part.next(0);
        let found = part.best.map(|(_, found)| found).unwrap_or_default();
        for ((mentee, _), place) in part.mentees.iter().zip(found) {
            places[*mentee as usize] = place;
        }
    }
    places
}

fn choices(groups: &Groups<'_>, transport: &Transport, mentee: usize, over: Cost) -> Vec<Choice> {
    let mentors = (0..).take(groups.mentors.len());
    let may = mentors.filter(|mentor: &u32| transport.fits.at(mentee, *mentor as usize) != FORBIDDEN);
    let mentors = may.map(|mentor| (Some(mentor), transport.reduced(mentee, mentor as usize)));
    mentors
        .chain([(None, transport.reduced_unplaced(mentee))])
        .filter(|(_, reduced)| *reduced <= over)
        .collect()
}

/// Mentees who can choose, apart where they have no mentor in common; with all who can go to these mentors alone.
fn split(choices: Vec<Vec<Choice>>, mentors: usize) -> Vec<Vec<(u32, Vec<Choice>)>> {
    let mut parent: Vec<usize> = (0..mentors).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    for choices in &choices {
        let mut own = choices.iter().filter_map(|(mentor, _)| mentor.map(|mentor| mentor as usize));
        let Some(first) = own.next() else { continue };
        for other in own {
            let (a, b) = (root(&mut parent, first), root(&mut parent, other));
            parent[a.max(b)] = a.min(b);
        }
    }
    let mut parts: Vec<Vec<(u32, Vec<Choice>)>> = vec![Vec::new(); mentors];
    for (mentee, choices) in (0..).zip(choices) {
        let mentor = choices.iter().find_map(|(mentor, _)| *mentor);
        if let Some(mentor) = mentor {
            parts[root(&mut parent, mentor as usize)].push((mentee, choices));
        }
    }
    parts.retain(|part| part.len() <= MOST && part.iter().any(|(_, choices)| choices.len() > 1));
    parts
}

impl Part<'_> {
    fn next(&mut self, paid: Cost) {
        self.steps += 1;
        let at = self.chosen.len();
        if self.steps > STEPS || self.is_late(at) {
            return;
        }
        if at == self.mentees.len() {
            self.compare(paid);
            return;
        }
        let mentee = self.mentees[at].0;
        for choice in 0..self.mentees[at].1.len() {
            let (place, reduced) = self.mentees[at].1[choice];
            if paid + reduced > self.over || place.is_some_and(|mentor| !self.has_room(mentee, mentor)) {
                continue;
            }
            if let Some(mentor) = place {
                self.members[mentor as usize].push(mentee);
            }
            self.chosen.push(place);
            self.next(paid + reduced);
            self.chosen.pop();
            if let Some(mentor) = place {
                self.members[mentor as usize].pop();
            }
        }
    }

    /// Whether more mentors need a mentee than there are mentees without a place.
    fn is_late(&self, at: usize) -> bool {
        let needy = |mentor: &&u32| {
            self.members[**mentor as usize].is_empty()
                && self.transport.reduced_load(**mentor as usize, 0) > self.over
        };
        self.mentors.iter().filter(needy).count() > self.mentees.len() - at
    }

    fn has_room(&self, mentee: u32, mentor: u32) -> bool {
        let members = &self.members[mentor as usize];
        members.len() < self.groups.rooms[mentor as usize] as usize
            && members.iter().all(|other| self.groups.compatible(*other, mentee))
    }

    fn compare(&mut self, paid: Cost) {
        let mut paid = paid;
        let mut worst: Option<Mean> = None;
        for mentor in self.mentors.iter().map(|mentor| *mentor as usize) {
            let members = &self.members[mentor];
            paid += self.transport.reduced_load(mentor, u32::try_from(members.len()).unwrap_or(u32::MAX));
            let sum = members
                .iter()
                .map(|mentee| u64::from(self.transport.fits.at(*mentee as usize, mentor)))
                .sum();
            let group = (sum, members.len() as u64);
            if group.1 > 0 && worst.is_none_or(|worst| is_less(group, worst)) {
                worst = Some(group);
            }
        }
        let worst = worst.unwrap_or((0, 1));
        // Of equals the first one stands, which has the lower ids.
        if paid == self.over && self.best.as_ref().is_none_or(|(best, _)| is_less(*best, worst)) {
            self.best = Some((worst, self.chosen.clone()));
        }
    }
}

fn is_less(a: Mean, b: Mean) -> bool {
    u128::from(a.0) * u128::from(b.1) < u128::from(b.0) * u128::from(a.1)
}
