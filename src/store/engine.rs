//! The seam to the engine: an ordered map of bytes with `get`, `scan` and `commit`.
//!
//! The engine here is sled, one tree in one directory, for one process. All commits that wait at a
//! moment become one batch (group commit): one thread checks of each that what it rests on is still
//! so, applies them together and answers once they are on the disk. sled's own background flush is
//! no durability, so nothing is reported as committed before our sync returned.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;

use parking_lot::{Mutex, RwLock, RwLockReadGuard};
use tokio::sync::oneshot;

use super::StoreError;
use super::disk::Disk;
use super::health::Health;
use super::key::Span;
use super::reading::Reading;

/// Why nothing is committed any more, where that has no reason of the disk.
const PANICKED: &str = "the thread that commits panicked";

/// A raw key and its value.
pub(super) type Pair = (Vec<u8>, Vec<u8>);
/// What a commit writes: a value, or `None` where the key is removed.
pub(super) type Writes = BTreeMap<Vec<u8>, Option<Vec<u8>>>;

/// One look at a range: its first pairs, or its last ones.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Scan {
    pub(super) span: Span,
    pub(super) limit: usize,
    pub(super) backwards: bool,
}

/// What a transaction has read, as digests: it stands only while these are unchanged.
#[derive(Debug, Default)]
pub(super) struct Reads {
    gets: BTreeMap<Vec<u8>, u64>,
    scans: Vec<(Scan, u64)>,
}

/// How a commit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is on disk.
    Durable,
    /// What it rests on has changed; nothing was written.
    Conflict,
}

/// A transaction that waits to be committed.
struct Waiting {
    seen: u64,
    reads: Reads,
    writes: Writes,
    done: oneshot::Sender<Result<Outcome, StoreError>>,
}

/// sled, its lock for commits, and the thread that commits.
pub(super) struct Engine {
    shared: Arc<Shared>,
    committer: Mutex<Option<Committer>>,
}

/// What readers and the committing thread share.
struct Shared {
    tree: RwLock<Option<sled::Db>>,
    /// Commits so far: when it has not moved since a view began, its reads need no second look.
    commits: AtomicU64,
    digests: RandomState,
    syncs: AtomicU64,
    /// Where a read, write or sync failed, what is in memory may not be on disk.
    health: Health,
    /// Copies of the batches that are committed while a backup runs.
    tap: Mutex<Option<Vec<Writes>>>,
}

struct Committer {
    queue: mpsc::Sender<Waiting>,
    thread: JoinHandle<()>,
}

/// A state of the map that does not change while it is looked at.
pub(super) struct View<'a> {
    tree: RwLockReadGuard<'a, Option<sled::Db>>,
    shared: &'a Shared,
    seen: u64,
    _reading: Reading,
}

impl Engine {
    /// An engine over an open tree.
    ///
    /// # Errors
    /// When the thread that commits cannot be started.
    pub(super) fn new(disk: Disk) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            tree: RwLock::new(Some(disk.db().clone())),
            commits: AtomicU64::new(0),
            digests: RandomState::new(),
            syncs: AtomicU64::new(0),
            health: Health::default(),
            tap: Mutex::new(None),
        });
        let committer = Committer::start(disk, Arc::clone(&shared))?;
        Ok(Self { shared, committer: Mutex::new(Some(committer)) })
    }

    /// A view of the map as it is now. Commits wait while it lives, so it must be short.
    pub(super) fn view(&self) -> Result<View<'_>, StoreError> {
        self.shared.view()
    }

    /// Commits once what it rests on still holds, and waits until it is on disk.
    ///
    /// `seen` is the view's count of commits at which the reads were made. Once polled it takes its
    /// course, whether it is waited for or not.
    pub(super) async fn commit(
        &self,
        seen: u64,
        reads: Reads,
        writes: Writes,
    ) -> Result<Outcome, StoreError> {
        let (done, wait) = oneshot::channel();
        {
            let committer = self.committer.lock();
            let queue = &committer.as_ref().ok_or(StoreError::Closed)?.queue;
            queue
                .send(Waiting { seen, reads, writes, done })
                .map_err(|_| self.shared.health.breaks(PANICKED))?;
        }
        // The thread answers everything it takes, unless it panicked.
        wait.await.unwrap_or_else(|_| Err(self.shared.health.breaks(PANICKED)))
    }

    /// Whether it serves.
    pub(super) fn health(&self) -> &Health {
        &self.shared.health
    }

    /// Whether everything that was read at `seen` is still so.
    pub(super) fn unchanged(&self, seen: u64, reads: &Reads) -> Result<bool, StoreError> {
        let view = self.view()?;
        Ok(view.seen == seen || self.shared.health.noted(self.shared.still_holds(view.db()?, reads))?)
    }

    /// Keeps a copy of each batch from now on, for a backup.
    pub(super) fn tap(&self) -> Result<Tap<'_>, StoreError> {
        let mut tap = self.shared.tap.lock();
        if tap.is_some() {
            return Err(StoreError::Engine("another backup is being written".to_owned()));
        }
        *tap = Some(Vec::new());
        Ok(Tap { shared: &self.shared, ended: false })
    }

    /// Whether a commit waits for the readers.
    #[cfg(test)]
    pub(super) fn has_waiting_commit(&self) -> bool {
        self.shared.tree.try_read().is_none()
    }

    /// Syncs of the disk so far.
    pub(super) fn syncs(&self) -> u64 {
        self.shared.syncs.load(Ordering::Relaxed)
    }

    /// Waits for the commits under way and lets go of the files. Blocks; may be called twice.
    pub(super) fn close(&self) -> Result<(), StoreError> {
        let Some(committer) = self.committer.lock().take() else { return Ok(()) };
        drop(committer.queue);
        // The thread only ends by itself, after all that was in its queue.
        let ended = committer.thread.join();
        let db = self.shared.tree.write().take();
        drop(db);
        if ended.is_err() {
            return Err(self.shared.health.breaks(PANICKED));
        }
        self.shared.health.check()
    }
}

impl Shared {
    fn view(&self) -> Result<View<'_>, StoreError> {
        // Behind a commit that waits, or readers without a pause would keep it waiting for ever. Not so
        // a read within a read: it would wait for a commit that waits for it.
        let tree = if Reading::is_under_way() { self.tree.read_recursive() } else { self.tree.read() };
        self.health.check()?;
        if tree.is_none() {
            return Err(StoreError::Closed);
        }
        let seen = self.commits.load(Ordering::Acquire);
        Ok(View { tree, shared: self, seen, _reading: Reading::begin() })
    }

    /// Applies as one batch those whose reads still hold; the rest learn of their conflict. Returns
    /// those that are applied, to be told once they are on the disk.
    fn apply(&self, group: Vec<Waiting>) -> Result<Vec<Waiting>, (StoreError, Vec<Waiting>)> {
        let tree = self.tree.write();
        let mut batch = Writes::new();
        let (mut applied, mut conflicts) = (vec![], vec![]);
        let outcome = tree.as_ref().ok_or(StoreError::Closed).and_then(|db| {
            let commits = self.commits.load(Ordering::Acquire);
            for mut waiting in group {
                let holds = !waiting.reads.touch(&batch)
                    && (waiting.seen == commits || self.still_holds(db, &waiting.reads)?);
                if holds {
                    batch.append(&mut waiting.writes);
                    applied.push(waiting);
                } else {
                    conflicts.push(waiting);
                }
            }
            db.apply_batch(to_sled(&batch)).map_err(StoreError::from)
        });
        if let Err(error) = outcome {
            applied.append(&mut conflicts);
            return Err((error, applied));
        }
        self.commits.fetch_add(1, Ordering::AcqRel);
        if let Some(tap) = self.tap.lock().as_mut() {
            tap.push(batch);
        }
        drop(tree);
        tell(conflicts, &Ok(Outcome::Conflict));
        Ok(applied)
    }

    fn still_holds(&self, db: &sled::Db, reads: &Reads) -> Result<bool, StoreError> {
        for (key, digest) in &reads.gets {
            if self.digest_value(get(db, key)?.as_deref()) != *digest {
                return Ok(false);
            }
        }
        for (scan, digest) in &reads.scans {
            if self.digest_pairs(&run(db, scan)?) != *digest {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn digest_value(&self, value: Option<&[u8]>) -> u64 {
        self.digests.hash_one(value)
    }

    fn digest_pairs(&self, pairs: &[Pair]) -> u64 {
        self.digests.hash_one(pairs)
    }
}

impl Reads {
    /// Whether writes may change what was read.
    fn touch(&self, writes: &Writes) -> bool {
        let in_span = |span: &Span| writes.range(span.from.clone()..span.to.clone()).next().is_some();
        !writes.is_empty()
            && (self.gets.keys().any(|key| writes.contains_key(key))
                || self.scans.iter().any(|(scan, _)| in_span(&scan.span)))
    }
}

impl Committer {
    fn start(mut disk: Disk, shared: Arc<Shared>) -> std::io::Result<Self> {
        let (queue, waiting) = mpsc::channel::<Waiting>();
        let thread = std::thread::Builder::new().name("kith-commit".to_owned()).spawn(move || {
            while let Ok(first) = waiting.recv() {
                let group = std::iter::once(first).chain(waiting.try_iter()).collect();
                commit(&mut disk, &shared, group);
            }
        })?;
        Ok(Self { queue, thread })
    }
}

fn commit(disk: &mut Disk, shared: &Shared, group: Vec<Waiting>) {
    if let Err(broken) = shared.health.check() {
        return tell(group, &Err(broken));
    }
    let (group, result) = match shared.apply(group) {
        Ok(group) if group.is_empty() => return,
        Ok(group) => {
            shared.syncs.fetch_add(1, Ordering::Relaxed);
            (group, disk.sync())
        }
        Err((error, group)) => (group, Err(error)),
    };
    // Where it failed, how much of it stands is not known.
    tell(group, &shared.health.noted(result).map(|()| Outcome::Durable));
}

fn tell(group: Vec<Waiting>, result: &Result<Outcome, StoreError>) {
    for waiting in group {
        // One that went away needs no answer.
        let _ = waiting.done.send(result.clone());
    }
}

fn to_sled(writes: &Writes) -> sled::Batch {
    let mut batch = sled::Batch::default();
    for (key, value) in writes {
        match value {
            Some(value) => batch.insert(key.as_slice(), value.as_slice()),
            None => batch.remove(key.as_slice()),
        }
    }
    batch
}

impl Drop for Engine {
    fn drop(&mut self) {
        if let Err(error) = self.close() {
            tracing::error!(%error, "the store could not be closed");
        }
    }
}

/// Copies of the batches since it was made; dropped, it ends.
pub(super) struct Tap<'a> {
    shared: &'a Shared,
    ended: bool,
}

impl Tap<'_> {
    /// The batches up to now, in order.
    pub(super) fn end(mut self) -> Vec<Writes> {
        self.ended = true;
        // Commits hold the tree's lock while they add to it, so this moment lies between two of them.
        let _between_commits = self.shared.tree.read_recursive();
        self.shared.tap.lock().take().unwrap_or_default()
    }
}

impl Drop for Tap<'_> {
    fn drop(&mut self) {
        // One that has ended is perhaps another backup's already.
        if !self.ended {
            *self.shared.tap.lock() = None;
        }
    }
}

impl View<'_> {
    /// The count of commits that this view shows.
    pub(super) fn seen(&self) -> u64 {
        self.seen
    }

    /// The value of a key; noted in `reads` where given.
    pub(super) fn get(&self, key: &[u8], reads: Option<&mut Reads>) -> Result<Option<Vec<u8>>, StoreError> {
        let value = self.shared.health.noted(get(self.db()?, key))?;
        if let Some(reads) = reads {
            reads.gets.insert(key.to_vec(), self.shared.digest_value(value.as_deref()));
        }
        Ok(value)
    }

    /// The pairs of a range, in order (or backwards); noted in `reads` where given.
    pub(super) fn scan(&self, scan: Scan, reads: Option<&mut Reads>) -> Result<Vec<Pair>, StoreError> {
        let pairs = self.shared.health.noted(run(self.db()?, &scan))?;
        if let Some(reads) = reads {
            let digest = self.shared.digest_pairs(&pairs);
            reads.scans.push((scan, digest));
        }
        Ok(pairs)
    }

    fn db(&self) -> Result<&sled::Db, StoreError> {
        self.tree.as_ref().ok_or(StoreError::Closed)
    }
}

fn get(db: &sled::Db, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(db.get(key)?.map(|value| value.to_vec()))
}

fn run(db: &sled::Db, scan: &Scan) -> Result<Vec<Pair>, StoreError> {
    if scan.span.is_empty() || scan.limit == 0 {
        return Ok(Vec::new());
    }
    let range = db.range(scan.span.from.as_slice()..scan.span.to.as_slice());
    let owned = |pair: sled::Result<(sled::IVec, sled::IVec)>| {
        pair.map(|(key, value)| (key.to_vec(), value.to_vec())).map_err(StoreError::from)
    };
    if scan.backwards {
        range.rev().take(scan.limit).map(owned).collect()
    } else {
        range.take(scan.limit).map(owned).collect()
    }
}
