//! The store: typed tables, transactions that are durable when they return, and backups.
//!
//! An area declares its tables as constants and reads and writes them in transactions:
//!
//! ```
//! # use kith::id::{Id, UserId};
//! # use kith::store::{Record, Store, StoreError, Table};
//! # #[derive(serde::Serialize, serde::Deserialize)]
//! struct Goal { text: String }
//! impl Record for Goal {}
//! const GOALS: Table<(UserId, Id), Goal> = Table::new("goals");
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let store = Store::temporary()?;
//! let (me, id) = (UserId(1), Id(2));
//! store.write(|tx| GOALS.put(tx, &(me, id), &Goal { text: "Find a mentor".into() })).await?;
//! let mine = store.read(|tx| GOALS.scan(tx, &me, 25))?;
//! assert_eq!(mine.len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }
//! # tokio::runtime::Runtime::new().unwrap().block_on(example()).unwrap();
//! ```
//!
//! What a crash leaves:
//!
//! | moment | state | who goes on |
//! | --- | --- | --- |
//! | before the batch is applied | nothing of the transaction | the person acts again; agenda and outbox still hold their entries |
//! | applied, not yet on disk | all or nothing of it; nobody was told "saved" | as above, or as below |
//! | on disk, the caller not yet told | all of it | agenda and outbox go on by themselves |
//! | while a store is made or restored | none, or the old one set aside, and `engine.new` | the next start or restore makes it anew |

pub mod backup;
mod disk;
mod engine;
mod health;
mod key;
mod open;
mod reading;
mod table;
mod tx;

#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Mutex, RwLock};
use tokio::sync::watch;

use engine::{Engine, Outcome, Writes};
pub use key::{Key, PrefixOf};
use open::Directory;
pub use open::OpenError;
pub use table::{Follows, Index, Record, Table};
pub use tx::Tx;

/// How often a transaction runs again after a conflict before it gives up.
const TRIES: u32 = 100;

/// Why a read or write of the store failed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The engine reported an error.
    #[error("the store's engine failed: {0}")]
    Engine(String),
    /// A read or write failed before: nothing is served until a restart has read the files anew.
    #[error("the store failed ({0}): look at its disk and restart Kith")]
    Broken(Arc<str>),
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
    /// A value or key is not of the expected shape.
    #[error("a record of the table {table} cannot be read: {detail}")]
    Value {
        /// The table or index.
        table: &'static str,
        /// What was wrong.
        detail: String,
    },
    /// Something was written in a transaction that only reads.
    #[error("this transaction only reads")]
    ReadOnly,
    /// Others changed the same records again and again.
    #[error("the same records are being changed by others all the time; try again")]
    Contended,
}

impl From<sled::Error> for StoreError {
    fn from(error: sled::Error) -> Self {
        Self::Engine(error.to_string())
    }
}

/// A store: clones are the same one.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    engine: Engine,
    followed: RwLock<Vec<Followed>>,
    /// Until the store is closed. After the engine, which lets go of its files first.
    directory: Mutex<Option<Directory>>,
    _temporary: Option<tempfile::TempDir>,
}

/// A table whose commits somebody is told of.
struct Followed {
    space: Vec<u8>,
    commits: watch::Sender<u64>,
}

impl Store {
    /// Opens the store in a directory, or makes one where none is.
    ///
    /// # Errors
    /// When another process uses it, when it is damaged, or when the system refuses. Blocks while
    /// it reads.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        Self::open_with(path, None)
    }

    /// Opens the store in a directory, and makes none.
    ///
    /// # Errors
    /// `OpenError::Missing` where there is none, else as `open`.
    pub fn open_existing(path: &Path) -> Result<Self, OpenError> {
        if !open::holds_store(path) {
            return Err(OpenError::Missing { path: path.to_owned() });
        }
        Self::open_with(path, None)
    }

    /// A store of its own that is deleted with its last clone.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn temporary() -> Result<Self, OpenError> {
        let directory = tempfile::Builder::new()
            .prefix("kith-")
            .tempdir()
            .map_err(|error| OpenError::Io { path: std::env::temp_dir(), error })?;
        let path = directory.path().to_owned();
        Self::open_with(&path, Some(directory))
    }

    fn open_with(path: &Path, temporary: Option<tempfile::TempDir>) -> Result<Self, OpenError> {
        let directory = Directory::lock(path)?;
        if !open::holds_store(path) {
            directory.create()?;
        }
        let disk = directory.open()?;
        let engine = Engine::new(disk).map_err(|error| OpenError::Io { path: path.to_owned(), error })?;
        Ok(Self {
            inner: Arc::new(Inner {
                engine,
                followed: RwLock::default(),
                directory: Mutex::new(Some(directory)),
                _temporary: temporary,
            }),
        })
    }

    /// Reads in one state of the store. The closure must be short: commits wait for it, so waiting
    /// for one within it never ends.
    ///
    /// # Errors
    /// The closure's own.
    pub fn read<T, E: From<StoreError>>(
        &self,
        read: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let view = self.inner.engine.view()?;
        read(&mut Tx::reading(view))
    }

    /// Runs a transaction. When it returns `Ok`, all its writes are on disk; when it returns `Err`,
    /// none is.
    ///
    /// The closure runs again when another commit changed what it read, so it must do nothing but
    /// read and write through the transaction. Without writes it does not wait for the disk.
    ///
    /// # Errors
    /// The closure's own, or the store's.
    pub async fn write<T, E: From<StoreError>>(
        &self,
        mut write: impl FnMut(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        for tries in 0..TRIES {
            if tries > 0 {
                // Whoever lost keeps out of the winners' way, longer each time.
                let most = 1_u64 << tries.min(6);
                tokio::time::sleep(Duration::from_micros(rand::random_range(0..100 * most))).await;
            }
            let (result, parts) = self.attempt(&mut write)?;
            let engine = &self.inner.engine;
            let value = match result {
                Ok(value) => value,
                // A refusal stands only if what it rests on still does.
                Err(error) if engine.unchanged(parts.seen, &parts.reads)? => return Err(error),
                Err(_) => continue,
            };
            if parts.writes.is_empty() {
                if engine.unchanged(parts.seen, &parts.reads)? {
                    return Ok(value);
                }
                continue;
            }
            let spaces = spaces(&parts.writes);
            match engine.commit(parts.seen, parts.reads, parts.writes).await? {
                Outcome::Durable => {
                    self.tell(&spaces);
                    return Ok(value);
                }
                Outcome::Conflict => {}
            }
        }
        Err(StoreError::Contended.into())
    }

    /// Changes after each commit that wrote into a table: whoever waits for something in one table is
    /// not woken by all others.
    #[must_use]
    pub fn changes<K: Key + 'static, V: Record + 'static>(
        &self,
        table: &Table<K, V>,
    ) -> watch::Receiver<u64> {
        let space = table.space();
        let mut followed = self.inner.followed.write();
        if let Some(known) = followed.iter().find(|known| known.space == space) {
            return known.commits.subscribe();
        }
        let (commits, changes) = watch::channel(0);
        followed.push(Followed { space, commits });
        changes
    }

    /// Waits for the commits under way and lets go of the files, whoever still holds a clone; every
    /// later use fails.
    ///
    /// # Errors
    /// When a write has failed.
    pub async fn close(&self) -> Result<(), StoreError> {
        let store = self.clone();
        let closed = tokio::task::spawn_blocking(move || {
            let closed = store.inner.engine.close();
            drop(store.inner.directory.lock().take());
            closed
        });
        match closed.await {
            Ok(result) => result,
            Err(error) => Err(StoreError::Engine(error.to_string())),
        }
    }

    /// Whether it serves: nothing of it has failed since it was opened.
    ///
    /// # Errors
    /// What failed.
    pub fn serves(&self) -> Result<(), StoreError> {
        self.inner.engine.health().check()
    }

    /// Comes back once its engine has failed: from then on every read and write does.
    pub async fn broken(&self) -> StoreError {
        self.inner.engine.health().broken().await
    }

    /// How often the commits so far have waited for the disk.
    #[must_use]
    pub fn syncs(&self) -> u64 {
        self.inner.engine.syncs()
    }

    /// Tells those who follow the tables in whose spaces was written.
    fn tell(&self, spaces: &[Vec<u8>]) {
        for followed in self.inner.followed.read().iter().filter(|it| spaces.contains(&it.space)) {
            followed.commits.send_modify(|count| *count += 1);
        }
    }

    /// One run of a transaction's closure, ended before anything is awaited.
    fn attempt<T, E: From<StoreError>>(
        &self,
        write: &mut impl FnMut(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<(Result<T, E>, tx::Parts), StoreError> {
        let mut tx = Tx::writing(self.inner.engine.view()?);
        let result = write(&mut tx);
        Ok((result, tx.into_parts()))
    }
}

/// The spaces of the tables and indexes in which something is written.
fn spaces(writes: &Writes) -> Vec<Vec<u8>> {
    let mut spaces: Vec<Vec<u8>> = Vec::new();
    for key in writes.keys() {
        // Keys come in order, so those of one space come together.
        if spaces.last().is_none_or(|last| !key.starts_with(last)) {
            let end = key.iter().position(|byte| *byte == 0).map_or(key.len(), |zero| zero + 1);
            spaces.extend(key.get(..end).map(<[u8]>::to_vec));
        }
    }
    spaces
}
