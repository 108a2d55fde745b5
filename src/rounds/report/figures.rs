//! The figures of a round. Pure.

use serde::Serialize;

use crate::rounds::closing::feedback::Again;

/// Fewer answers than this are not shown: one could tell whose they are.
pub const LEAST: usize = 3;

/// What was seen of a round.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// Those who signed up and were there when groups were made.
    pub signed_up: usize,
    /// Those of them who got no place.
    pub left_over: usize,
    /// Those who left while it ran.
    pub left: usize,
    /// Those who did not show up, where that is known.
    pub no_shows: Option<usize>,
    /// How often a group was to meet.
    pub meetings: u16,
    /// Its groups.
    pub groups: Vec<Group>,
    /// What was said of how it was going: whose, in which week of the round from 1, 1 to 5.
    pub pulses: Vec<(u64, u16, u8)>,
    /// The word to that of each who wrote one.
    pub words: Vec<String>,
    /// Those who were asked how it was.
    pub asked: usize,
    /// What they said.
    pub said: Vec<Said>,
    /// Those who got the badge.
    pub badges: usize,
}

/// What was seen of a group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// How many are in it.
    pub people: usize,
    /// How well they fit.
    pub fit: f64,
    /// How often they met, where that is known.
    pub met: Option<u16>,
    /// What those in it said of doing it again.
    pub again: Vec<Again>,
}

/// What somebody said.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Said {
    /// Who, where they allowed it.
    pub name: Option<String>,
    /// What they learned.
    pub learned: String,
    /// What they valued.
    pub valued: String,
    /// Whether they would do it again, as a word.
    pub again: Option<&'static str>,
}

/// The figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Figures {
    /// Those who signed up and were there when groups were made.
    pub signed_up: usize,
    /// Those who were in a group, also those who left it.
    pub in_groups: usize,
    /// Those who got no place.
    pub left_over: usize,
    /// Those who left while it ran.
    pub left: usize,
    /// Those who did not show up, where that is known.
    pub no_shows: Option<usize>,
    /// How many groups there are.
    pub groups: usize,
    /// Of how many of them somebody says whether they met.
    pub groups_known: usize,
    /// How many of those met at least once, where that is known of any.
    pub groups_met: Option<usize>,
    /// How many met at least half as often as they were to.
    pub groups_often: Option<usize>,
    /// How often a group met on average.
    pub meetings_each: Option<f64>,
    /// How it was going, week by week.
    pub pulse: Vec<Pulse>,
    /// Those who were asked how it was.
    pub asked: usize,
    /// Those who said how it was.
    pub answered: usize,
    /// Those who got the badge.
    pub badges: usize,
    /// Who would do it again: yes, perhaps, no; nothing where too few said so.
    pub again: Option<[usize; 3]>,
    /// How a group's fit goes with how it went.
    pub fit: Option<Correlation>,
    /// What they wrote; nothing where too few did.
    pub said: Vec<Said>,
    /// What people wrote of how it was going, in an order that tells nothing; none where too few did.
    pub words: Vec<String>,
}

/// How it was going in a week.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Pulse {
    /// The week of the round, from 1.
    pub week: u16,
    /// The mean of what those said last who have said something, 1 to 5.
    pub mean: f64,
    /// How many that are.
    pub count: usize,
}

/// How two things go together over groups.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Correlation {
    /// Pearson's r, −1 to 1.
    pub r: f64,
    /// Over so many groups.
    pub count: usize,
}

impl Figures {
    /// The figures of what was seen.
    #[must_use]
    pub fn of(seen: &Seen) -> Self {
        let met: Vec<u16> = seen.groups.iter().filter_map(|group| group.met).collect();
        let groups_known = met.len();
        let met = Some(met).filter(|met| !met.is_empty());
        let many = |least: u16| met.as_ref().map(|met| met.iter().filter(|it| **it >= least).count());
        let mean = |met: &Vec<u16>| met.iter().map(|it| f64::from(*it)).sum::<f64>() / real(met.len());
        let again: Vec<Again> = seen.groups.iter().flat_map(|group| group.again.clone()).collect();
        let many_of = |it| again.iter().filter(|again| **again == it).count();
        let said: Vec<&Said> =
            seen.said.iter().filter(|it| !it.learned.is_empty() || !it.valued.is_empty()).collect();
        let mut quotes: Vec<Said> =
            if said.len() < LEAST { vec![] } else { said.into_iter().cloned().collect() };
        // In an order that tells nothing of who they are.
        quotes.sort();
        Self {
            signed_up: seen.signed_up,
            in_groups: seen.groups.iter().map(|group| group.people).sum::<usize>() + seen.left,
            left_over: seen.left_over,
            left: seen.left,
            no_shows: seen.no_shows,
            groups: seen.groups.len(),
            groups_known,
            groups_met: many(1),
            groups_often: many(seen.meetings.div_ceil(2).max(1)),
            meetings_each: met.as_ref().map(mean),
            pulse: course(&seen.pulses),
            asked: seen.asked,
            answered: seen.said.len(),
            badges: seen.badges,
            again: (again.len() >= LEAST).then(|| Again::ALL.map(|(it, _)| many_of(it))),
            fit: fit_and_outcome(&seen.groups),
            said: quotes,
            words: few_none(&seen.words),
        }
    }

    /// The share of those who would do it again, one who perhaps would as one half.
    #[must_use]
    pub fn again_share(&self) -> Option<f64> {
        let all = self.again?;
        let total: usize = all.iter().sum();
        (total > 0).then(|| (real(all[0]) + real(all[1]) / 2.0) / real(total))
    }

    /// The last mean of how it was going.
    #[must_use]
    pub fn last_pulse(&self) -> Option<Pulse> {
        self.pulse.last().copied()
    }
}

/// What people wrote, in an order that tells nothing; none where too few did.
fn few_none(words: &[String]) -> Vec<String> {
    let mut all = words.to_vec();
    all.sort();
    if all.len() < LEAST { vec![] } else { all }
}

/// How it was going in each week in which somebody said something; weeks by which too few had are left out.
fn course(pulses: &[(u64, u16, u8)]) -> Vec<Pulse> {
    let mut weeks: Vec<u16> = pulses.iter().map(|(_, week, _)| *week).collect();
    weeks.sort_unstable();
    weeks.dedup();
    let mean = |week: u16| {
        let mut last = std::collections::BTreeMap::new();
        // The later of somebody's answers stands later.
        for (who, _, score) in pulses.iter().filter(|(_, at, _)| *at <= week) {
            last.insert(who, f64::from(*score));
        }
        (last.len() >= LEAST).then(|| Pulse {
            week,
            mean: last.values().sum::<f64>() / real(last.len()),
            count: last.len(),
        })
    };
    weeks.into_iter().filter_map(mean).collect()
}

/// How the fit of groups goes with how it went: with who would do it again, or how often they met where nobody said.
fn fit_and_outcome(groups: &[Group]) -> Option<Correlation> {
    let again = |group: &Group| {
        let total: f64 = group.again.iter().map(|it| it.share()).sum();
        (!group.again.is_empty()).then(|| total / real(group.again.len()))
    };
    let of = |outcome: &dyn Fn(&Group) -> Option<f64>| -> Vec<(f64, f64)> {
        groups.iter().filter_map(|group| outcome(group).map(|it| (group.fit, it))).collect()
    };
    let said = of(&again);
    let pairs = if said.len() >= LEAST { said } else { of(&|group| group.met.map(f64::from)) };
    correlation(&pairs)
}

/// Pearson's correlation; none of fewer than three pairs, or where one side is the same everywhere.
#[must_use]
pub fn correlation(pairs: &[(f64, f64)]) -> Option<Correlation> {
    if pairs.len() < LEAST {
        return None;
    }
    let count = real(pairs.len());
    let mean_x = pairs.iter().map(|(x, _)| x).sum::<f64>() / count;
    let mean_y = pairs.iter().map(|(_, y)| y).sum::<f64>() / count;
    let sum =
        |of: &dyn Fn(f64, f64) -> f64| -> f64 { pairs.iter().map(|(x, y)| of(x - mean_x, y - mean_y)).sum() };
    let spread = (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt();
    // What is left of a spread by rounding alone is none.
    (spread > 1e-9)
        .then(|| Correlation { r: (sum(&|x, y| x * y) / spread).clamp(-1.0, 1.0), count: pairs.len() })
}

/// A count as a number to reckon with.
#[must_use]
pub fn real(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(learned: &str) -> Said {
        Said { learned: learned.to_owned(), ..Said::default() }
    }

    fn group(fit: f64, met: u16, again: &[Again]) -> Group {
        Group { people: 3, fit, met: Some(met), again: again.to_vec() }
    }

    #[test]
    fn what_fewer_than_three_said_is_not_shown() {
        let two = Seen {
            said: vec![said("much"), said("a little"), said("")],
            groups: vec![group(0.5, 1, &[Again::Yes, Again::No])],
            ..Seen::default()
        };
        let figures = Figures::of(&two);
        assert_eq!((figures.answered, figures.said.len(), figures.again), (3, 0, None));
        let words =
            |count| Figures::of(&Seen { words: vec!["b".to_owned(); count], ..Seen::default() }).words.len();
        assert_eq!((words(2), words(3)), (0, 3));
        let three = Seen { said: vec![said("c"), said("a"), said("b")], ..two };
        assert_eq!(
            Figures::of(&three).said.iter().map(|it| it.learned.as_str()).collect::<Vec<_>>(),
            ["a", "b", "c"]
        );
    }

    #[test]
    fn groups_that_met_are_counted_where_somebody_says_so() {
        let mut seen = Seen { meetings: 6, ..Seen::default() };
        seen.groups = vec![group(0.4, 0, &[]), group(0.5, 2, &[]), group(0.9, 4, &[])];
        let figures = Figures::of(&seen);
        assert_eq!(
            (figures.groups_met, figures.groups_often, figures.meetings_each),
            (Some(2), Some(1), Some(2.0))
        );
        seen.groups[0].met = None;
        let figures = Figures::of(&seen);
        assert_eq!((figures.groups, figures.groups_known, figures.groups_met), (3, 2, Some(2)));
        assert_eq!(Figures::of(&Seen::default()).groups_met, None);
    }

    #[test]
    fn the_pulse_goes_on_from_what_each_said_last() {
        let pulses = [(1, 2, 2), (2, 2, 4), (3, 3, 3), (1, 5, 5)];
        let course = course(&pulses);
        let seen: Vec<(u16, f64, usize)> = course.iter().map(|it| (it.week, it.mean, it.count)).collect();
        assert_eq!(seen, [(3, 3.0, 3), (5, 4.0, 3)]);
    }

    #[test]
    fn fit_against_outcome_is_a_correlation_with_its_count() {
        let groups =
            [group(0.2, 1, &[Again::No]), group(0.5, 3, &[Again::Maybe]), group(0.8, 5, &[Again::Yes])];
        let fit = fit_and_outcome(&groups).unwrap();
        assert!((fit.r - 1.0).abs() < 1e-9 && fit.count == 3);
        assert_eq!(fit_and_outcome(&groups[..2]), None);
        let same = [group(0.2, 1, &[]), group(0.5, 1, &[]), group(0.8, 1, &[])];
        assert_eq!(fit_and_outcome(&same), None);
    }

    proptest! {
        #[test]
        fn a_correlation_is_one_whatever_the_pairs_and_their_order(pairs in prop::collection::vec((0.0..1.0f64, 0.0..1.0f64), 0..20), by in 0.1..9.0f64) {
            let found = correlation(&pairs);
            prop_assert!(found.is_none_or(|it| (-1.0..=1.0).contains(&it.r) && it.count == pairs.len()));
            let turned: Vec<(f64, f64)> = pairs.iter().rev().map(|(x, y)| (*x * by, *y)).collect();
            let other = correlation(&turned);
            if let (Some(one), Some(other)) = (found, other) {
                prop_assert!((one.r - other.r).abs() < 1e-6);
            }
        }

        #[test]
        fn nobody_is_counted_twice(groups in prop::collection::vec((0usize..9, 0u16..9), 0..9), left in 0usize..5, meetings in 0u16..12) {
            let groups: Vec<Group> = groups.into_iter().map(|(people, met)| Group { people, met: Some(met), ..Group::default() }).collect();
            let seen = Seen { left, meetings, groups: groups.clone(), ..Seen::default() };
            let figures = Figures::of(&seen);
            prop_assert_eq!(figures.in_groups, groups.iter().map(|it| it.people).sum::<usize>() + left);
            prop_assert!(figures.groups_often <= figures.groups_met);
            prop_assert!(figures.groups_met.is_none_or(|met| met <= figures.groups));
        }
    }
}
