//! How far a matching is, and whether it shall stop: for whoever waits on another thread.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// A handle that is shared with a matching at work.
#[derive(Debug, Default)]
pub struct Progress {
    cancelled: AtomicBool,
    permille: AtomicU32,
}

/// Somebody asked for an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

impl Progress {
    /// A matching that has not begun.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks the matching to end soon, with [`Error::Cancelled`](super::Error::Cancelled).
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to end.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Roughly what share of the work is done, in [0, 1].
    #[must_use]
    pub fn share(&self) -> f64 {
        f64::from(self.permille.load(Ordering::Relaxed)) / 1_000.0
    }

    /// Tells how far it is, in thousandths.
    pub(super) fn at(&self, permille: u32) {
        self.permille.fetch_max(permille.min(1_000), Ordering::Relaxed);
    }

    /// An error once an end was asked for.
    pub(super) fn check(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() { Err(Cancelled) } else { Ok(()) }
    }
}
