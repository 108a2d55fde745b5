//! What time it is. Nothing else in Kith asks the system for the wall time.
//!
//! In production the clock is the system's and there is no way to move it. With the feature `demo`
//! (and in tests) it can stand still or follow the clock of the sandbox.

use std::sync::{Arc, PoisonError, RwLock};

#[cfg(any(test, feature = "demo"))]
use jiff::SignedDuration;
use jiff::Timestamp;
use tokio::sync::watch;

#[cfg(feature = "demo")]
pub mod follow;

/// Tells the time; its copies all show the same.
#[derive(Clone, Debug)]
pub struct Clock {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    hands: RwLock<Hands>,
    moved: watch::Sender<u64>,
}

#[derive(Clone, Copy, Debug)]
enum Hands {
    System,
    /// Stands still, for unit tests.
    #[cfg(any(test, feature = "demo"))]
    Still(Timestamp),
    /// Ticks, so much ahead of (or behind) the system's.
    #[cfg(any(test, feature = "demo"))]
    Ahead(SignedDuration),
}

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::with(Hands::System)
    }

    /// The time it is now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match *self.shared.hands.read().unwrap_or_else(PoisonError::into_inner) {
            Hands::System => Timestamp::now(),
            #[cfg(any(test, feature = "demo"))]
            Hands::Still(at) => at,
            #[cfg(any(test, feature = "demo"))]
            Hands::Ahead(by) => Timestamp::now().checked_add(by).unwrap_or(Timestamp::MAX),
        }
    }

    /// Changes each time that the clock was moved, so that whoever waits for a time looks again.
    ///
    /// The system's clock never reports a move.
    #[must_use]
    pub fn moved(&self) -> watch::Receiver<u64> {
        self.shared.moved.subscribe()
    }

    fn with(hands: Hands) -> Self {
        Self { shared: Arc::new(Shared { hands: RwLock::new(hands), moved: watch::Sender::new(0) }) }
    }
}

#[cfg(any(test, feature = "demo"))]
impl Clock {
    /// A clock that stands still at `at` until it is [`set`](Self::set).
    #[must_use]
    pub fn fixed(at: Timestamp) -> Self {
        Self::with(Hands::Still(at))
    }

    /// Stands still at `at` from now on.
    pub fn set(&self, at: Timestamp) {
        self.turn(Hands::Still(at));
    }

    /// Shows `at` now and ticks on from there.
    fn tick_from(&self, at: Timestamp) {
        self.turn(Hands::Ahead(at.duration_since(Timestamp::now())));
    }

    fn turn(&self, hands: Hands) {
        *self.shared.hands.write().unwrap_or_else(PoisonError::into_inner) = hands;
        self.shared.moved.send_modify(|times| *times += 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn copies_show_the_same_and_report_moves() {
        let clock = Clock::fixed(at("2026-11-24T06:00:00Z"));
        let copy = clock.clone();
        let mut moved = copy.moved();
        assert!(!moved.has_changed().unwrap());
        clock.set(at("2026-12-01T06:00:00Z"));
        assert_eq!(copy.now(), at("2026-12-01T06:00:00Z"));
        assert!(moved.has_changed().unwrap());
        assert_eq!(*moved.borrow_and_update(), 1);
    }

    #[test]
    fn ticks_on_from_where_it_was_put() {
        let clock = Clock::system();
        let put = at("2031-01-01T00:00:00Z");
        clock.tick_from(put);
        let (first, second) = (clock.now(), clock.now());
        assert!(put <= first && first <= second);
    }
}
