//! sled's tree together with its files.
//!
//! On Linux sled's `flush` hands pages to the disk with `sync_file_range`. That outlives a killed
//! process; it neither empties the disk's own cache nor keeps the length of a file that has grown
//! (man page sync_file_range(2), "Warning"). So a flush here ends with the system's own sync of the
//! same files, and outlives a power cut as far as the disk keeps its word.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::StoreError;
use super::open::sync_directory;

/// An open tree and the files that it writes to.
pub(super) struct Disk {
    db: sled::Db,
    log: File,
    /// Where sled puts pages over 128 KiB, each in a file of its own that is written once.
    blobs: PathBuf,
    synced: HashSet<OsString>,
}

impl Disk {
    /// The files of the tree that was opened in a directory.
    ///
    /// # Errors
    /// When they cannot be opened.
    pub(super) fn new(db: sled::Db, directory: &Path) -> io::Result<Self> {
        let log = File::options().write(true).open(directory.join("db"))?;
        Ok(Self { db, log, blobs: directory.join("blobs"), synced: HashSet::new() })
    }

    /// The tree.
    pub(super) fn db(&self) -> &sled::Db {
        &self.db
    }

    /// Returns once everything that was written is on the disk. Blocks.
    ///
    /// # Errors
    /// sled's or the system's; how much is on the disk then is not known.
    pub(super) fn sync(&mut self) -> Result<(), StoreError> {
        self.db.flush()?;
        self.sync_blobs().and_then(|()| self.log.sync_data()).map_err(|error| sled::Error::Io(error).into())
    }

    fn sync_blobs(&mut self) -> io::Result<()> {
        let mut present = HashSet::new();
        let mut is_new = false;
        for blob in fs::read_dir(&self.blobs)? {
            let blob = blob?;
            if !self.synced.contains(&blob.file_name()) {
                match File::open(blob.path()) {
                    Ok(file) => file.sync_all()?,
                    // sled removes what it no longer needs.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                    Err(error) => return Err(error),
                }
                is_new = true;
            }
            present.insert(blob.file_name());
        }
        self.synced = present;
        if is_new { sync_directory(&self.blobs) } else { Ok(()) }
    }
}
