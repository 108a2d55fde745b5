//! Whether the store opens, can be written, and has room to grow.

use std::path::Path;

use super::Finding;
use crate::settings::Store as Settings;
use crate::store::{OpenError, Store, backup};

const MIB: u64 = 1024 * 1024;
/// Less room than this and a backup may not fit beside the store.
const TIGHT: u64 = 1024 * MIB;
/// Less room than this and writes will soon fail.
const FULL: u64 = 100 * MIB;

/// Looks at the store's folder and the backups'. Blocks.
pub(super) fn check(settings: &Settings) -> Vec<Finding> {
    let mut findings = vec![opens(&settings.path)];
    let folders = [("store", &settings.path), ("backups", &settings.backup_path)];
    findings.extend(folders.into_iter().filter_map(|(what, path)| writable(what, path)));
    findings.push(newest_backup(&settings.backup_path));
    findings.push(room(&settings.path));
    findings
}

fn opens(path: &Path) -> Finding {
    let shown = path.display();
    match Store::open_existing(path) {
        Ok(_) => Finding::fine(format!("The store in {shown} opens.")),
        Err(OpenError::Missing { .. }) if path.exists() && !path.is_dir() => Finding::problem(
            format!("{shown}, where the store should be, is no folder."),
            "Move the file away, or set KITH_STORE_PATH to a folder.",
        ),
        Err(OpenError::Missing { .. }) => {
            Finding::fine(format!("There is no store in {shown} yet; the first start makes one."))
        }
        Err(error @ OpenError::InUse { .. }) => Finding::hint(
            format!("The store was not opened: {error}."),
            "Nothing to do if that is the Kith that you know of.",
        ),
        Err(error @ OpenError::Damaged { .. }) => Finding::problem(
            sentence(&error),
            "Stop every Kith, then `kith restore`; the damaged files are set aside, not deleted.",
        ),
        Err(error @ OpenError::Newer { .. }) => Finding::problem(
            sentence(&error),
            "Start the newer version again, or restore a backup of this one.",
        ),
        Err(error @ OpenError::Io { .. }) => Finding::problem(
            sentence(&error),
            "Give the user that Kith runs as the right to read and write there, or set KITH_STORE_PATH.",
        ),
    }
}

fn newest_backup(folder: &Path) -> Finding {
    let found = backup::newest(folder).and_then(|newest| match newest {
        Some(file) => backup::verify(&file).map(|_| Some(file)),
        None => Ok(None),
    });
    match found {
        Ok(Some(file)) => Finding::fine(format!("The newest backup, {}, is whole.", file.display())),
        Ok(None) => Finding::fine("There is no backup yet; a running Kith writes them on a schedule."),
        Err(error) => Finding::problem(
            format!("The newest backup cannot be used: {error}."),
            "Write one now with `kith backup`, and look at the disk.",
        ),
    }
}

/// What keeps files from being made in `path`, or in the nearest folder above it that is there.
fn writable(what: &str, path: &Path) -> Option<Finding> {
    let folder = nearest(path);
    let error = tempfile::tempfile_in(folder).err()?;
    Some(Finding::problem(
        format!("The folder of the {what}, {}, cannot be written: {error}.", folder.display()),
        "Give the user that Kith runs as the right to write there, or set another path.",
    ))
}

fn room(path: &Path) -> Finding {
    match fs2::available_space(nearest(path)) {
        Ok(free) => judge_room(free),
        Err(error) => Finding::hint(
            format!("How much room the store's disk has could not be read: {error}."),
            "Look at it yourself: Kith needs about 4 times what is stored.",
        ),
    }
}

fn judge_room(free: u64) -> Finding {
    let what = format!("{} MiB are free where the store is.", free / MIB);
    if free < FULL {
        Finding::problem(what, "Make room: when the disk is full, nothing can be saved.")
    } else if free < TIGHT {
        Finding::hint(what, "Make room soon: the store and its backups grow.")
    } else {
        Finding::fine(what)
    }
}

/// `path`, or the nearest folder above it that exists.
fn nearest(path: &Path) -> &Path {
    path.ancestors()
        .find(|folder| folder.is_dir())
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

fn sentence(error: &OpenError) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Standing;

    fn settings(path: &Path) -> Settings {
        Settings {
            path: path.to_owned(),
            backup_path: path.join("backups"),
            backup_every: std::time::Duration::from_secs(3600),
            backup_keep: 1,
        }
    }

    #[test]
    fn a_store_that_is_not_there_yet_is_fine_and_stays_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data");
        let findings = check(&settings(&path));
        assert!(findings.iter().all(|finding| finding.standing != Standing::Problem), "{findings:?}");
        assert!(!path.exists());
    }

    #[test]
    fn a_store_in_use_and_one_that_opens() {
        let folder = tempfile::tempdir().unwrap();
        let open = Store::open(folder.path()).unwrap();
        assert_eq!(opens(folder.path()).standing, Standing::Hint);
        drop(open);
        assert_eq!(opens(folder.path()).standing, Standing::Fine);
    }

    #[test]
    fn a_backup_that_was_cut_off_is_a_problem() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let file = backup::write(&store, folder.path(), jiff::Timestamp::UNIX_EPOCH).unwrap();
        assert!(newest_backup(folder.path()).what.contains("is whole"));
        std::fs::write(&file, &std::fs::read(&file).unwrap()[1..]).unwrap();
        assert_eq!(newest_backup(folder.path()).standing, Standing::Problem);
    }

    #[test]
    fn damage_is_a_problem_with_its_mend() {
        let folder = tempfile::tempdir().unwrap();
        drop(Store::open(folder.path()).unwrap());
        std::fs::remove_dir_all(folder.path().join("engine")).unwrap();
        let finding = opens(folder.path());
        assert_eq!(finding.standing, Standing::Problem);
        assert!(finding.mend.unwrap().contains("kith restore"));
    }

    #[test]
    fn a_folder_that_is_a_file_is_a_problem() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let findings = check(&settings(file.path()));
        assert!(findings.iter().any(|finding| finding.standing == Standing::Problem), "{findings:?}");
    }

    #[test]
    fn room_gets_tight_before_it_is_gone() {
        assert_eq!(judge_room(10 * 1024 * MIB).standing, Standing::Fine);
        assert_eq!(judge_room(500 * MIB).standing, Standing::Hint);
        assert_eq!(judge_room(50 * MIB).standing, Standing::Problem);
    }
}
