//! The answers under way.

use std::sync::Arc;

use tokio::sync::watch;

/// Counts what has begun and not ended, so that a stop can wait for it.
#[derive(Clone, Debug)]
pub struct InFlight {
    count: Arc<watch::Sender<usize>>,
}

impl Default for InFlight {
    fn default() -> Self {
        Self { count: Arc::new(watch::Sender::new(0)) }
    }
}

/// One answer under way; it has ended when this is dropped.
#[derive(Debug)]
pub struct Guard(Arc<watch::Sender<usize>>);

impl InFlight {
    /// Something begins.
    #[must_use]
    pub fn begin(&self) -> Guard {
        self.count.send_modify(|count| *count += 1);
        Guard(Arc::clone(&self.count))
    }

    /// Comes back once nothing is under way. Give it a deadline.
    pub async fn none(&self) {
        let mut count = self.count.subscribe();
        // The sender lives as long as `self`, so this ends with the count at 0.
        let _ = count.wait_for(|count| *count == 0).await;
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}
