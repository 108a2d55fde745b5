//! The seam to the engine: an ordered map of bytes with `get`, `scan` and `commit`.
//!
//! The engine here is sled, one tree in one directory, for one process. A commit checks, under a
//! lock, that what it rests on is still so, applies one batch and waits for a flush that it shares
//! with all commits that wait at that moment (group commit). sled's own background flush is no
//! durability, so nothing is reported as committed before our flush returned.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;

use parking_lot::{Mutex, RwLock, RwLockReadGuard};
use tokio::sync::oneshot;

use super::StoreError;
use super::key::Span;

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

/// sled, its lock for commits, and the thread that flushes.
pub(super) struct Engine {
    tree: RwLock<Option<sled::Db>>,
    /// Commits so far: when it has not moved since a view began, its reads need no second look.
    commits: AtomicU64,
    digests: RandomState,
    flusher: Mutex<Option<Flusher>>,
    flushes: Arc<AtomicU64>,
    /// Set when a flush failed: what is in memory may not be on disk, so nothing is served from it.
    broken: Arc<AtomicBool>,
    /// Copies of the batches that are committed while a backup runs.
    tap: Mutex<Option<Vec<Writes>>>,
}

struct Flusher {
    queue: mpsc::Sender<oneshot::Sender<Result<(), StoreError>>>,
    thread: JoinHandle<()>,
}

/// A state of the map that does not change while it is looked at.
pub(super) struct View<'a> {
    tree: RwLockReadGuard<'a, Option<sled::Db>>,
    engine: &'a Engine,
    seen: u64,
}

impl Engine {
    /// An engine over an open tree.
    ///
    /// # Errors
    /// When the thread that flushes cannot be started.
    pub(super) fn new(tree: sled::Db) -> std::io::Result<Self> {
        let flushes = Arc::new(AtomicU64::new(0));
        let broken = Arc::new(AtomicBool::new(false));
        let flusher = Flusher::start(tree.clone(), Arc::clone(&flushes), Arc::clone(&broken))?;
        Ok(Self {
            tree: RwLock::new(Some(tree)),
            commits: AtomicU64::new(0),
            digests: RandomState::new(),
            flusher: Mutex::new(Some(flusher)),
            flushes,
            broken,
            tap: Mutex::new(None),
        })
    }

    /// A view of the map as it is now. Commits wait while it lives, so it must be short.
    pub(super) fn view(&self) -> Result<View<'_>, StoreError> {
        // Recursive, so that a read within a read cannot wait for a commit that waits for it.
        let tree = self.tree.read_recursive();
        if self.broken.load(Ordering::Acquire) {
            return Err(StoreError::Broken);
        }
        if tree.is_none() {
            return Err(StoreError::Closed);
        }
        Ok(View { tree, engine: self, seen: self.commits.load(Ordering::Acquire) })
    }

    /// Checks what the commit rests on, applies it, and waits until it is on disk.
    ///
    /// `seen` is the view's count of commits at which the reads were made. Everything up to the
    /// first wait happens in the first poll.
    pub(super) async fn commit(
        &self,
        seen: u64,
        reads: &Reads,
        writes: Writes,
    ) -> Result<Outcome, StoreError> {
        let durable = {
            let tree = self.tree.write();
            if self.broken.load(Ordering::Acquire) {
                return Err(StoreError::Broken);
            }
            let db = tree.as_ref().ok_or(StoreError::Closed)?;
            if self.commits.load(Ordering::Acquire) != seen && !self.still_holds(db, reads)? {
                return Ok(Outcome::Conflict);
            }
            let mut batch = sled::Batch::default();
            for (key, value) in &writes {
                match value {
                    Some(value) => batch.insert(key.as_slice(), value.as_slice()),
                    None => batch.remove(key.as_slice()),
                }
            }
            if let Err(error) = db.apply_batch(batch) {
                // How much of it stands is not known: nothing is served from here on.
                self.broken.store(true, Ordering::Release);
                return Err(error.into());
            }
            self.commits.fetch_add(1, Ordering::AcqRel);
            if let Some(tap) = self.tap.lock().as_mut() {
                tap.push(writes);
            }
            // In the queue before the lock is released: a close that follows waits for this flush.
            self.enqueue()?
        };
        match durable.await {
            Ok(result) => result.map(|()| Outcome::Durable),
            Err(_) => {
                self.broken.store(true, Ordering::Release);
                Err(StoreError::Broken)
            }
        }
    }

    /// Whether everything that was read at `view` is still so.
    pub(super) fn unchanged(&self, seen: u64, reads: &Reads) -> Result<bool, StoreError> {
        let view = self.view()?;
        Ok(view.seen == seen || self.still_holds(view.db()?, reads)?)
    }

    /// Keeps a copy of each batch from now on, for a backup.
    pub(super) fn tap(&self) -> Result<Tap<'_>, StoreError> {
        let mut tap = self.tap.lock();
        if tap.is_some() {
            return Err(StoreError::Engine("another backup is being written".to_owned()));
        }
        *tap = Some(Vec::new());
        Ok(Tap { engine: self, ended: false })
    }

    /// Flushes so far.
    pub(super) fn flushes(&self) -> u64 {
        self.flushes.load(Ordering::Relaxed)
    }

    /// Waits for the commits under way, flushes and lets go of the files. Blocks; may be called twice.
    pub(super) fn close(&self) -> Result<(), StoreError> {
        let Some(db) = self.tree.write().take() else { return Ok(()) };
        if let Some(flusher) = self.flusher.lock().take() {
            drop(flusher.queue);
            // The thread only ends by itself; that it panicked shows in the flush below.
            let _ = flusher.thread.join();
        }
        db.flush()?;
        drop(db);
        Ok(())
    }

    fn enqueue(&self) -> Result<oneshot::Receiver<Result<(), StoreError>>, StoreError> {
        let (done, wait) = oneshot::channel();
        let flusher = self.flusher.lock();
        let queue = &flusher.as_ref().ok_or(StoreError::Closed)?.queue;
        queue.send(done).map_err(|_| StoreError::Broken)?;
        Ok(wait)
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

impl Drop for Engine {
    fn drop(&mut self) {
        if let Err(error) = self.close() {
            tracing::error!(%error, "the store could not be flushed at its end");
        }
    }
}

/// Copies of the batches since it was made; dropped, it ends.
pub(super) struct Tap<'a> {
    engine: &'a Engine,
    ended: bool,
}

impl Tap<'_> {
    /// The batches up to now, in order.
    pub(super) fn end(mut self) -> Vec<Writes> {
        self.ended = true;
        // Commits hold the tree's lock while they add to it, so this moment lies between two of them.
        let _between_commits = self.engine.tree.read_recursive();
        self.engine.tap.lock().take().unwrap_or_default()
    }
}

impl Drop for Tap<'_> {
    fn drop(&mut self) {
        // One that has ended is perhaps another backup's already.
        if !self.ended {
            *self.engine.tap.lock() = None;
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
        let value = get(self.db()?, key)?;
        if let Some(reads) = reads {
            reads.gets.insert(key.to_vec(), self.engine.digest_value(value.as_deref()));
        }
        Ok(value)
    }

    /// The pairs of a range, in order (or backwards); noted in `reads` where given.
    pub(super) fn scan(&self, scan: Scan, reads: Option<&mut Reads>) -> Result<Vec<Pair>, StoreError> {
        let pairs = run(self.db()?, &scan)?;
        if let Some(reads) = reads {
            let digest = self.engine.digest_pairs(&pairs);
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

impl Flusher {
    fn start(db: sled::Db, flushes: Arc<AtomicU64>, broken: Arc<AtomicBool>) -> std::io::Result<Self> {
        let (queue, waiting) = mpsc::channel::<oneshot::Sender<Result<(), StoreError>>>();
        let thread = std::thread::Builder::new().name("kith-flush".to_owned()).spawn(move || {
            while let Ok(first) = waiting.recv() {
                let group: Vec<_> = std::iter::once(first).chain(waiting.try_iter()).collect();
                let result = db.flush();
                flushes.fetch_add(1, Ordering::Relaxed);
                if let Err(error) = &result {
                    broken.store(true, Ordering::Release);
                    tracing::error!(%error, "a flush failed: the store takes no more until a restart");
                }
                for waiter in group {
                    // A waiter that went away needs no answer.
                    let _ = waiter.send(result.clone().map(drop).map_err(StoreError::from));
                }
            }
        })?;
        Ok(Self { queue, thread })
    }
}
