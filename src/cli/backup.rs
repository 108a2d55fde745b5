//! `kith backup` and `kith restore`.

use std::path::PathBuf;

use anyhow::Context as _;

use crate::clock::Clock;
use crate::settings::Settings;
use crate::store::{Store, backup};

/// Writes a verified backup, deletes what is more than is to be kept, and tells of it.
pub(super) fn backup() -> anyhow::Result<String> {
    let settings = Settings::load_store()?;
    let store = Store::open_existing(&settings.path)?;
    let file = backup::write(&store, &settings.backup_path, Clock::system().now())?;
    let summary = backup::verify(&file)?;
    let gone = backup::prune(&settings.backup_path, settings.backup_keep)?;
    let pruned = if gone == 0 { String::new() } else { format!(" Older ones deleted: {gone}.") };
    Ok(format!("Wrote {} ({} records, {} bytes).{pruned}", file.display(), summary.operations, summary.bytes))
}

/// Puts a backup, or the newest one, in the place of the store, and tells where the old files are.
pub(super) fn restore(file: Option<PathBuf>) -> anyhow::Result<String> {
    let settings = Settings::load_store()?;
    let folder = &settings.backup_path;
    let file = match file {
        Some(file) => file,
        None => backup::newest(folder)?.with_context(|| {
            format!("there is no backup in {}; name a file: kith restore FILE", folder.display())
        })?,
    };
    let restored = backup::restore(&file, &settings.path)?;
    let aside = restored.set_aside.map_or_else(String::new, |path| {
        format!(" What was there before is in {} now; delete it when you need it no more.", path.display())
    });
    Ok(format!("Restored {} ({} records).{aside}", file.display(), restored.summary.operations))
}
