//! Backups: a whole store in one file, verified, while the store is in use.
//!
//! A backup is a stream of operations that make the store when they are applied in order: first all
//! pairs, read in portions while commits go on, then what was committed meanwhile. So it shows the
//! store as it was at the backup's end, and nobody waited for it.
//!
//! ```text
//! "kith-backup 1\n"
//! operation*   put: 1, key length (u32), value length (u32), key, value;  remove: 2, key length, key
//! end          0, number of operations (u64), CRC-32 of all before it (u32)
//! ```
//! Numbers are big-endian. A file that was cut off or altered has no right end and is not restored.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::engine::{Engine, Scan, Writes};
use super::key::Span;
use super::open::{Directory, MARK, sync_directory};
use super::{OpenError, Store, StoreError};

const HEAD: &[u8] = b"kith-backup 1\n";
const PUT: u8 = 1;
const REMOVE: u8 = 2;
const END: u8 = 0;
/// Pairs read at a time, so that commits need not wait for long.
const PORTION: usize = 1_000;
/// What restoring applies at a time.
const BATCH: usize = 10_000;
/// No key or value is longer, in bytes; a length above it is damage.
const LONGEST: u32 = 64 * 1024 * 1024;
/// How backups' names begin and end.
const NAME: (&str, &str) = ("kith-", ".backup");

/// Why a backup could not be written, read or restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The system refused something.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// The system's error.
        error: io::Error,
    },
    /// The file is no backup, was cut off or was altered.
    #[error("{} is no whole backup: {detail}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The directory to restore into cannot be used.
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// What is in a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// How many operations it holds: about as many as the store had records.
    pub operations: u64,
    /// The file's size in bytes.
    pub bytes: u64,
}

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What was in the backup.
    pub summary: Summary,
    /// Where the files that were there before are now, for whoever wants to look at them.
    pub set_aside: Option<PathBuf>,
}

impl Store {
    /// Writes a verified backup to a file, which must not exist. Blocks; commits go on meanwhile.
    ///
    /// # Errors
    /// When the file cannot be written or read back, or the store fails.
    pub fn backup(&self, to: &Path) -> Result<Summary, BackupError> {
        let new = to.with_extension("part");
        let written = write_file(&self.inner.engine, &new).and_then(|()| verify(&new));
        let renamed = written.and_then(|summary| {
            if to.exists() {
                return Err(io_at(to)(io::ErrorKind::AlreadyExists.into()));
            }
            fs::rename(&new, to).map_err(io_at(to))?;
            sync_directory(to.parent().filter(|dir| *dir != Path::new("")).unwrap_or(Path::new(".")))
                .map_err(io_at(to))?;
            Ok(summary)
        });
        if renamed.is_err() {
            // A part of a backup is of no use; that it could not be written is the error to tell.
            let _ = fs::remove_file(&new);
        }
        renamed
    }
}

/// Writes a verified backup of a store into a directory, named after the time, and returns its path.
///
/// # Errors
/// When it cannot be written or read back, or the store fails.
pub fn write(store: &Store, directory: &Path, now: Timestamp) -> Result<PathBuf, BackupError> {
    fs::create_dir_all(directory).map_err(io_at(directory))?;
    let time = now.strftime("%Y%m%dT%H%M%S%3fZ");
    let path = directory.join(format!("{}{time}{}", NAME.0, NAME.1));
    store.backup(&path)?;
    Ok(path)
}

/// Reads a whole backup and says what is in it.
///
/// # Errors
/// When it cannot be read or is not whole.
pub fn verify(path: &Path) -> Result<Summary, BackupError> {
    let operations = read_file(path, |_, _| Ok(()))?;
    let bytes = fs::metadata(path).map_err(io_at(path))?.len();
    Ok(Summary { operations, bytes })
}

/// Puts a backup in the place of the store in a directory. The files that are there, damaged or not,
/// are set aside, not deleted. The store must not be open.
///
/// # Errors
/// When the backup is not whole, when the store is in use, or when the system refuses; what was
/// there stays then.
pub fn restore(from: &Path, to: &Path) -> Result<Restored, BackupError> {
    let summary = verify(from)?;
    let directory = Directory::lock(to)?;
    let built = directory.build(|db| fill(db, from))?;
    // From here on a crash leaves a mark without files: damage that the same restore mends.
    directory.write_mark()?;
    let set_aside = directory.set_aside()?;
    directory.install(&built)?;
    Ok(Restored { summary, set_aside })
}

/// The newest backup in a directory; `None` where there is none.
///
/// # Errors
/// When the directory is there and cannot be read.
pub fn newest(directory: &Path) -> Result<Option<PathBuf>, BackupError> {
    Ok(list(directory)?.pop())
}

/// Deletes all backups in a directory but the newest `keep` (one at least) and returns how many.
///
/// # Errors
/// When the directory or a file in it cannot be read or deleted.
pub fn prune(directory: &Path, keep: usize) -> Result<usize, BackupError> {
    let all = list(directory)?;
    let old = all.len().saturating_sub(keep.max(1));
    for path in all.iter().take(old) {
        fs::remove_file(path).map_err(io_at(path))?;
    }
    Ok(old)
}

/// All backups in a directory, the oldest first: their names sort as their times do.
fn list(directory: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(io_at(directory)(error)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(io_at(directory))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with(NAME.0) && name.ends_with(NAME.1) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn write_file(engine: &Engine, path: &Path) -> Result<(), BackupError> {
    let file = File::create(path).map_err(io_at(path))?;
    let mut out = Out { to: BufWriter::new(file), crc: crc32fast::Hasher::new(), operations: 0 };
    out.raw(HEAD).map_err(io_at(path))?;
    let tap = engine.tap()?;
    let mut from = Vec::new();
    loop {
        let span = Span { from: from.clone(), to: vec![0xFF] };
        let pairs = engine.view()?.scan(Scan { span, limit: PORTION, backwards: false }, None)?;
        let Some((last, _)) = pairs.last() else { break };
        from.clone_from(last);
        from.push(0);
        for (key, value) in &pairs {
            if key != MARK {
                out.put(key, value).map_err(io_at(path))?;
            }
        }
    }
    for writes in tap.end() {
        out.writes(&writes).map_err(io_at(path))?;
    }
    out.finish().map_err(io_at(path))
}

/// Reads a backup and gives each operation to `apply`: a key, and its value or `None` where it is
/// removed. Returns their number.
fn read_file(
    path: &Path,
    mut apply: impl FnMut(Vec<u8>, Option<Vec<u8>>) -> Result<(), BackupError>,
) -> Result<u64, BackupError> {
    let file = File::open(path).map_err(io_at(path))?;
    let mut input = In { from: BufReader::new(file), crc: crc32fast::Hasher::new(), path };
    if input.bytes(HEAD.len())? != HEAD {
        return Err(input.damaged("it does not begin as one"));
    }
    let mut operations = 0_u64;
    loop {
        match input.bytes(1)?.first() {
            Some(&PUT) => {
                let (key, value) = (input.length()?, input.length()?);
                let key = input.bytes(key)?;
                let value = input.bytes(value)?;
                apply(key, Some(value))?;
            }
            Some(&REMOVE) => {
                let key = input.length()?;
                apply(input.bytes(key)?, None)?;
            }
            Some(&END) => break,
            _ => return Err(input.damaged("it holds an operation that no backup has")),
        }
        operations += 1;
    }
    if input.bytes(8)? != operations.to_be_bytes() {
        return Err(input.damaged("operations are missing"));
    }
    let crc = input.crc.clone().finalize();
    if input.bytes(4)? != crc.to_be_bytes() {
        return Err(input.damaged("its checksum is wrong"));
    }
    Ok(operations)
}

fn fill(db: &sled::Db, from: &Path) -> Result<(), BackupError> {
    let mut batch = sled::Batch::default();
    let mut held = 0;
    read_file(from, |key, value| {
        match value {
            Some(value) => batch.insert(key, value),
            None => batch.remove(key),
        }
        held += 1;
        if held >= BATCH {
            held = 0;
            db.apply_batch(std::mem::take(&mut batch)).map_err(StoreError::from)?;
        }
        Ok(())
    })?;
    db.apply_batch(batch).map_err(StoreError::from)?;
    Ok(())
}

fn io_at(path: &Path) -> impl Fn(io::Error) -> BackupError {
    move |error| BackupError::Io { path: path.to_owned(), error }
}

struct Out {
    to: BufWriter<File>,
    crc: crc32fast::Hasher,
    operations: u64,
}

impl Out {
    fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.crc.update(bytes);
        self.to.write_all(bytes)
    }

    fn length(&mut self, bytes: &[u8]) -> io::Result<()> {
        let length = u32::try_from(bytes.len()).ok().filter(|length| *length <= LONGEST);
        self.raw(&length.ok_or(io::ErrorKind::FileTooLarge)?.to_be_bytes())
    }

    fn put(&mut self, key: &[u8], value: &[u8]) -> io::Result<()> {
        self.raw(&[PUT])?;
        self.length(key)?;
        self.length(value)?;
        self.raw(key)?;
        self.raw(value)?;
        self.operations += 1;
        Ok(())
    }

    fn writes(&mut self, writes: &Writes) -> io::Result<()> {
        for (key, value) in writes {
            if let Some(value) = value {
                self.put(key, value)?;
            } else {
                self.raw(&[REMOVE])?;
                self.length(key)?;
                self.raw(key)?;
                self.operations += 1;
            }
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.raw(&[END])?;
        let operations = self.operations;
        self.raw(&operations.to_be_bytes())?;
        let crc = self.crc.clone().finalize();
        self.to.write_all(&crc.to_be_bytes())?;
        self.to.flush()?;
        self.to.get_ref().sync_all()
    }
}

struct In<'a> {
    from: BufReader<File>,
    crc: crc32fast::Hasher,
    path: &'a Path,
}

impl In<'_> {
    fn bytes(&mut self, length: usize) -> Result<Vec<u8>, BackupError> {
        let mut bytes = vec![0; length];
        match self.from.read_exact(&mut bytes) {
            Ok(()) => {
                self.crc.update(&bytes);
                Ok(bytes)
            }
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(self.damaged("it was cut off")),
            Err(error) => Err(io_at(self.path)(error)),
        }
    }

    fn length(&mut self) -> Result<usize, BackupError> {
        let bytes = self.bytes(4)?;
        let length = <[u8; 4]>::try_from(bytes.as_slice()).map_or(u32::MAX, u32::from_be_bytes);
        if length > LONGEST {
            return Err(self.damaged("a length in it is impossible"));
        }
        usize::try_from(length).map_err(|_| self.damaged("a length in it is impossible"))
    }

    fn damaged(&self, detail: &str) -> BackupError {
        BackupError::Damaged { path: self.path.to_owned(), detail: detail.to_owned() }
    }
}
