//! Whether the engine serves. What has failed once serves no more: how much of it stands is not known.

use std::sync::Arc;

use tokio::sync::watch;

use super::StoreError;

/// Why the engine failed, once it has.
#[derive(Debug, Default)]
pub(super) struct Health {
    broken: watch::Sender<Option<Arc<str>>>,
}

impl Health {
    /// Whether it serves.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        self.broken.borrow().clone().map_or(Ok(()), |why| Err(StoreError::Broken(why)))
    }

    /// Comes back once it serves no more.
    pub(super) async fn broken(&self) -> StoreError {
        let mut broken = self.broken.subscribe();
        // The sender lives as long as this is borrowed.
        let _ = broken.wait_for(Option::is_some).await;
        self.check().err().unwrap_or(StoreError::Closed)
    }

    /// It serves no more; the first reason is the one that is told.
    pub(super) fn breaks(&self, why: &str) -> StoreError {
        let is_first = self.broken.send_if_modified(|broken| {
            let is_first = broken.is_none();
            broken.get_or_insert_with(|| why.into());
            is_first
        });
        if is_first {
            tracing::error!(why, "the store failed: nothing is served until a restart");
        }
        StoreError::Broken(why.into())
    }

    /// The engine's answer, noted where it is that it failed.
    pub(super) fn noted<T>(&self, answer: Result<T, StoreError>) -> Result<T, StoreError> {
        answer.inspect_err(|error| {
            if let StoreError::Engine(why) = error {
                self.breaks(why);
            }
        })
    }
}
