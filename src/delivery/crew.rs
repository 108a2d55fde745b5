//! Tasks under way, each about something, no two about the same.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::time::Duration;

use tokio::task::{Id, JoinError, JoinSet};

use crate::store::StoreError;

/// Something whose task failed in itself rests so long.
pub(super) const REST: Duration = Duration::from_secs(1);

pub(super) struct Crew<K> {
    tasks: JoinSet<Result<(), StoreError>>,
    of: HashMap<Id, K>,
    busy: HashSet<K>,
}

/// A task that came back.
pub(super) struct Ended<K> {
    /// What it was about.
    pub(super) about: Option<K>,
    /// Why it could not do its work.
    pub(super) trouble: Option<String>,
    /// Whether it broke down, and did not only report a failure.
    pub(super) broke_down: bool,
}

impl<K> Default for Crew<K> {
    fn default() -> Self {
        Self { tasks: JoinSet::new(), of: HashMap::new(), busy: HashSet::new() }
    }
}

impl<K: Clone + Eq + Hash> Crew<K> {
    /// How many are under way, those at rest among them.
    pub(super) fn len(&self) -> usize {
        self.busy.len()
    }

    /// What they are about.
    pub(super) fn busy(&self) -> &HashSet<K> {
        &self.busy
    }

    pub(super) fn is_busy(&self, about: &K) -> bool {
        self.busy.contains(about)
    }

    pub(super) fn send_out(
        &mut self,
        about: K,
        task: impl Future<Output = Result<(), StoreError>> + Send + 'static,
    ) {
        let task = self.tasks.spawn(task);
        self.of.insert(task.id(), about.clone());
        self.busy.insert(about);
    }

    /// The next that came back; `None` where none is under way.
    pub(super) async fn next(&mut self) -> Option<Ended<K>> {
        let done = self.tasks.join_next_with_id().await?;
        Some(self.ended(done))
    }

    /// Waits for all that is under way.
    pub(super) async fn all(&mut self) {
        while self.tasks.join_next().await.is_some() {}
    }

    /// Drops what is under way, and says how many that were.
    pub(super) async fn leave(&mut self) -> usize {
        let left = self.tasks.len();
        self.tasks.shutdown().await;
        left
    }

    fn ended(&mut self, done: Result<(Id, Result<(), StoreError>), JoinError>) -> Ended<K> {
        let broke_down = done.is_err();
        let (id, trouble) = match done {
            Ok((id, Ok(()))) => (id, None),
            Ok((id, Err(error))) => (id, Some(error.to_string())),
            Err(error) => (error.id(), Some(error.to_string())),
        };
        let about = self.of.remove(&id);
        if let Some(about) = &about {
            if trouble.is_some() {
                self.rest(about.clone());
            } else {
                self.busy.remove(about);
            }
        }
        Ended { about, trouble, broke_down }
    }

    /// Busy with resting, so that trouble that stays is not met without a pause.
    fn rest(&mut self, about: K) {
        let rest = self.tasks.spawn(async {
            tokio::time::sleep(REST).await;
            Ok(())
        });
        self.of.insert(rest.id(), about);
    }
}
