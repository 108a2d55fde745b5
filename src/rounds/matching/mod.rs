//! The matching engine: who is with whom in a round. Pure: neither Discord nor a store nor a clock.
//!
//! [`solve`] makes groups of a [`Problem`], [`judge`] says what groups are worth that somebody made by hand
//! or which rule they break, [`fit`] how well two people fit. What is best, and the file that a problem can
//! be read from, says docs/matching.md.

mod apart;
mod blossom;
mod check;
mod circle_bound;
mod circles;
mod engine;
mod equals;
pub mod file;
mod fit;
mod judge;
mod known;
mod matrix;
mod mentor_bound;
mod mentors;
mod mistake;
mod outcome;
mod pairs;
mod problem;
mod progress;
mod room;
mod simplex;
mod small;
mod sponsors;
mod team;
mod ties;
mod trio;

pub use check::check;
pub use judge::{Broken, judge};
pub use mistake::{Error, Mistake, Wrong};
pub use outcome::{Fit, Group, LeftOver, LeftReason, Outcome, Part, Reason};
pub use problem::{
    Given, LAST_HALF_DAY, MAX_LEVEL, MAX_PEOPLE, MAX_TOPIC, Met, Person, Problem, Role, Shape, Weights,
};
pub use progress::{Cancelled, Progress};

use known::Known;

/// How near the total is to the bound where nothing can be better.
const OPTIMAL: f64 = 1e-6;

/// Makes the best groups. The same problem and seed give the same outcome, whatever the order of people.
///
/// It computes for as long as it takes, seconds for thousands of people: off the async threads, please.
///
/// # Errors
/// [`Error::Wrong`] with everything that is wrong with the problem; [`Error::Cancelled`] soon after
/// [`Progress::cancel`].
pub fn solve(problem: &Problem, seed: u64, progress: &Progress) -> Result<Outcome, Error> {
    solve_around(problem, &[], seed, progress)
}

/// Like [`solve`], with groups that stand already: they stay as they are, each as its people's ids, and the
/// others are made of everybody else.
///
/// # Errors
/// As [`solve`], and [`Error::Broken`] where a group that stands breaks a rule.
pub fn solve_around(
    problem: &Problem,
    stand: &[Vec<String>],
    seed: u64,
    progress: &Progress,
) -> Result<Outcome, Error> {
    let mistakes = check(problem);
    if !mistakes.is_empty() {
        return Err(Error::Wrong(mistakes));
    }
    let known = Known::new(problem);
    let mut teams = judge::teams(&known, stand).map_err(Error::Broken)?;
    let mut free = vec![true; known.people.len()];
    for number in teams.iter().flat_map(team::Team::people) {
        free[number as usize] = false;
    }
    let solved = engine::solve(&known, &free, seed, progress)?;
    let stands: f64 = teams.iter().map(|team| team::worth(&known, team)).sum();
    teams.extend(solved.teams);
    engine::sponsor(&known, &mut teams, progress)?;
    let outcome = team::outcome(&known, teams);
    progress.at(1_000);
    // What is proven of the others, and what stands; never less than what was found.
    let bound = (stands + solved.bound / 1e6).max(outcome.total);
    let optimal = bound - outcome.total <= OPTIMAL;
    Ok(Outcome { bound, optimal, seed, ..outcome })
}

/// The fits of a problem's people, for whoever asks for many of them.
pub struct Fits<'a>(Known<'a>);

impl<'a> Fits<'a> {
    /// The fits of a problem without mistakes.
    #[must_use]
    pub fn new(problem: &'a Problem) -> Self {
        Self(Known::new(problem))
    }

    /// The fit of two, in [0, 1]; nothing where they must not be together, or an id is nobody's.
    #[must_use]
    pub fn of(&self, a: &str, b: &str) -> Option<f64> {
        let fit = self.0.fit(self.0.number(a)?, self.0.number(b)?);
        (a != b && fit != known::FORBIDDEN).then(|| team::decimal(u64::from(fit)))
    }

    /// Whether two may be in one group as far as they themselves are concerned, whatever their fit.
    #[must_use]
    pub fn may(&self, a: &str, b: &str) -> bool {
        matches!((self.0.number(a), self.0.number(b)), (Some(a), Some(b)) if self.0.compatible(a, b))
    }
}

/// How well two people fit, whatever their roles; nothing where they must not be together, or an id is nobody's.
///
/// For more than a few pairs there is [`Fits`].
#[must_use]
pub fn fit(problem: &Problem, a: &str, b: &str) -> Option<Fit> {
    let known = Known::new(problem);
    let (a, b) = (known.number(a)?, known.number(b)?);
    if a == b { None } else { known.told(a, b) }
}

#[cfg(test)]
mod tests;
