//! Opening a store: its directory, its lock and its marks.
//!
//! ```text
//! DIR/lock             held while a process uses the store
//! DIR/kith-store.json  says that a store is here and in which format
//! DIR/engine/          sled's files; within them the same mark again, as a record
//! DIR/engine.new/      a store being made or restored; never read
//! ```
//! A store is built whole in `engine.new` and then renamed, so a crash leaves either none or a whole
//! one. A mark without the engine's files, or files without the mark, is damage and never an empty store.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::disk::Disk;

/// The format of what is stored; raised when old programs must not touch newer files.
pub(super) const FORMAT: u32 = 1;
/// The key of the mark within the engine; no table's name is empty.
pub(super) const MARK: &[u8] = b"\0kith";
/// The directory of the engine's files, and the mark beside it.
const ENGINE: &str = "engine";
const OUTER_MARK: &str = "kith-store.json";
/// Memory for sled's pages, in bytes: its default of 1 GiB is no limit on a small machine.
const CACHE: u64 = 16 * 1024 * 1024;

/// Why a store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has it open.
    #[error("another Kith is using the store in {}; stop it first, or set another path", path.display())]
    InUse {
        /// The store's directory.
        path: PathBuf,
    },
    /// Its files cannot be read.
    #[error("the store in {} is damaged ({detail}); restore the newest backup", path.display())]
    Damaged {
        /// The store's directory.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// A newer Kith wrote it.
    #[error(
        "the store in {} has format {found}, and this Kith knows {FORMAT} only; run a newer Kith",
        path.display()
    )]
    Newer {
        /// The store's directory.
        path: PathBuf,
        /// Its format.
        found: u32,
    },
    /// There is none; only where none is to be made.
    #[error("there is no store in {}", path.display())]
    Missing {
        /// The directory.
        path: PathBuf,
    },
    /// The system refused something.
    #[error("the store in {} cannot be opened: {error}", path.display())]
    Io {
        /// The store's directory.
        path: PathBuf,
        /// The system's error.
        error: io::Error,
    },
}

#[derive(Serialize, Deserialize)]
struct Mark {
    format: u32,
}

/// Whether a store is in a directory, by its files or by its mark.
pub(super) fn holds_store(path: &Path) -> bool {
    path.join(ENGINE).exists() || path.join(OUTER_MARK).exists()
}

/// A store that is built and not yet in its place.
pub(super) struct Built(PathBuf);

/// A store's directory, locked for this process until it is dropped.
pub(super) struct Directory {
    path: PathBuf,
    _lock: File,
}

impl Directory {
    /// Locks the directory; makes it where it is missing.
    pub(super) fn lock(path: &Path) -> Result<Self, OpenError> {
        let io = |error| OpenError::Io { path: path.to_owned(), error };
        fs::create_dir_all(path).map_err(io)?;
        let lock =
            File::options().create(true).truncate(false).write(true).open(path.join("lock")).map_err(io)?;
        // A program that is just being started holds the locks of whoever starts it until it begins.
        let patience = Instant::now() + Duration::from_millis(300);
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(Self { path: path.to_owned(), _lock: lock }),
                Err(TryLockError::WouldBlock) if Instant::now() > patience => {
                    return Err(OpenError::InUse { path: path.to_owned() });
                }
                // A retry's pause: the lock's end is announced nowhere.
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(5)),
                Err(TryLockError::Error(error)) => return Err(io(error)),
            }
        }
    }

    /// Opens the store that is here.
    pub(super) fn open(&self) -> Result<Disk, OpenError> {
        let mark = match fs::read(self.mark()) {
            Ok(bytes) => Some(self.read_mark(&bytes, OUTER_MARK)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(self.io(error)),
        };
        if !self.engine().join("db").exists() {
            return Err(self.damaged("the engine's files are missing"));
        }
        if let Some(found) = mark.filter(|found| *found > FORMAT) {
            return Err(OpenError::Newer { path: self.path.clone(), found });
        }
        let db = self.open_engine(&self.engine())?;
        match db.get(MARK) {
            Ok(Some(bytes)) => {
                let found = self.read_mark(&bytes, "its record of the format")?;
                if found > FORMAT {
                    return Err(OpenError::Newer { path: self.path.clone(), found });
                }
            }
            Ok(None) => return Err(self.damaged("the engine's files hold no record of a store")),
            Err(error) => return Err(self.damaged(error.to_string())),
        }
        // A crash right after the store was made leaves it without its mark outside.
        if mark.is_none() {
            self.write_mark()?;
        }
        Disk::new(db, &self.engine()).map_err(|error| self.io(error))
    }

    /// Makes an empty store where none is.
    pub(super) fn create(&self) -> Result<(), OpenError> {
        let built = self.build(|_| Ok::<(), OpenError>(()))?;
        self.install(&built)
    }

    /// Builds a store with what `fill` puts into it, beside the one that may be here.
    pub(super) fn build<E: From<OpenError>>(
        &self,
        fill: impl FnOnce(&sled::Db) -> Result<(), E>,
    ) -> Result<Built, E> {
        let new = Built(self.path.join("engine.new"));
        if new.0.exists() {
            fs::remove_dir_all(&new.0).map_err(|error| self.io(error))?;
        }
        let db = self.open_engine(&new.0)?;
        fill(&db)?;
        let mark = serde_json::to_vec(&Mark { format: FORMAT }).map_err(|error| self.io(error.into()))?;
        db.insert(MARK, mark).map_err(|error| self.io(io::Error::other(error.to_string())))?;
        let synced = Disk::new(db, &new.0).and_then(|mut disk| {
            disk.sync().map_err(io::Error::other)?;
            sync_directory(&new.0)
        });
        synced.map_err(|error| self.io(error))?;
        Ok(new)
    }

    /// Puts what was built in its place, which must be free.
    pub(super) fn install(&self, built: &Built) -> Result<(), OpenError> {
        fs::rename(&built.0, self.engine()).map_err(|error| self.io(error))?;
        self.write_mark()
    }

    /// Moves the engine's files aside, for whoever wants to look at them, and says where.
    pub(super) fn set_aside(&self) -> Result<Option<PathBuf>, OpenError> {
        if !self.engine().exists() {
            return Ok(None);
        }
        let free = (1_u32..).map(|n| self.path.join(format!("engine.old-{n}"))).find(|path| !path.exists());
        let Some(aside) = free else { return Ok(None) };
        fs::rename(self.engine(), &aside).map_err(|error| self.io(error))?;
        Ok(Some(aside))
    }

    fn engine(&self) -> PathBuf {
        self.path.join(ENGINE)
    }

    fn mark(&self) -> PathBuf {
        self.path.join(OUTER_MARK)
    }

    fn read_mark(&self, bytes: &[u8], place: &str) -> Result<u32, OpenError> {
        serde_json::from_slice::<Mark>(bytes)
            .map(|mark| mark.format)
            .map_err(|error| self.damaged(format!("{place} cannot be read: {error}")))
    }

    /// Says in the directory that a store is here.
    pub(super) fn write_mark(&self) -> Result<(), OpenError> {
        let write = || {
            let new = self.path.join("kith-store.json.new");
            let mut file = File::create(&new)?;
            serde_json::to_writer(&mut file, &Mark { format: FORMAT })?;
            file.write_all(b"\n")?;
            file.sync_all()?;
            fs::rename(&new, self.mark())?;
            sync_directory(&self.path)
        };
        write().map_err(|error| self.io(error))
    }

    /// sled opens its files here, and here alone: damaged ones can make it panic.
    fn open_engine(&self, path: &Path) -> Result<sled::Db, OpenError> {
        // Threads of a store closed a moment ago in this process may still hold sled's own lock.
        let patience = Instant::now() + Duration::from_secs(3);
        loop {
            let config = sled::Config::new().path(path).cache_capacity(CACHE);
            match catch_unwind(AssertUnwindSafe(|| config.open())) {
                Ok(Ok(db)) => return Ok(db),
                Ok(Err(sled::Error::Io(error))) if error.to_string().contains("acquire lock") => {
                    if Instant::now() > patience {
                        return Err(OpenError::InUse { path: self.path.clone() });
                    }
                    // A retry's pause: the lock's end is announced nowhere.
                    std::thread::sleep(Duration::from_millis(5));
                }
                Ok(Err(sled::Error::Io(error))) if is_of_the_system(&error) => return Err(self.io(error)),
                Ok(Err(error)) => return Err(self.damaged(error.to_string())),
                Err(panic) => {
                    let text = panic.downcast_ref::<String>().cloned();
                    let text = text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string));
                    return Err(self.damaged(text.unwrap_or_else(|| "the engine gave up".to_owned())));
                }
            }
        }
    }

    fn io(&self, error: io::Error) -> OpenError {
        OpenError::Io { path: self.path.clone(), error }
    }

    fn damaged(&self, detail: impl Into<String>) -> OpenError {
        OpenError::Damaged { path: self.path.clone(), detail: detail.into() }
    }
}

/// Errors about the files themselves, not about what is in them.
fn is_of_the_system(error: &io::Error) -> bool {
    use io::ErrorKind::{NotADirectory, PermissionDenied, ReadOnlyFilesystem, StorageFull};
    matches!(error.kind(), PermissionDenied | StorageFull | ReadOnlyFilesystem | NotADirectory)
}

/// Makes a rename in a directory durable.
pub(super) fn sync_directory(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}
