//! Stopping in order: whoever works is told, finishes what is in flight, and leaves in time.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// How long an orderly stop may take; after it the process leaves anyway.
pub const DEADLINE: Duration = Duration::from_secs(10);

/// The wish to stop. Its copies share it: one begins, all are told.
#[derive(Clone, Debug, Default)]
pub struct Shutdown {
    token: CancellationToken,
}

impl Shutdown {
    /// A wish that nobody has had yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks everybody to stop. Asking again changes nothing.
    pub fn begin(&self) {
        self.token.cancel();
    }

    /// Whether a stop was asked for.
    #[must_use]
    pub fn is_requested(&self) -> bool {
        self.token.is_cancelled()
    }

    /// Comes back once a stop is asked for: the other branch of every long wait.
    pub async fn requested(&self) {
        self.token.cancelled().await;
    }

    /// A stop of a part: it begins with this one, and can begin before it.
    #[must_use]
    pub fn part(&self) -> Self {
        Self { token: self.token.child_token() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_part_stops_with_the_whole_and_not_the_other_way() {
        let whole = Shutdown::new();
        let (early, late) = (whole.part(), whole.part());
        early.begin();
        assert!(early.is_requested() && !whole.is_requested() && !late.is_requested());
        whole.begin();
        late.requested().await;
    }
}
