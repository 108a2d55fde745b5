//! What becomes of a store's files: locks, damage, formats and backups.

use std::fs;

use super::NUMBERS;
use crate::store::{OpenError, Store, StoreError, Tx, backup};

#[tokio::test]
async fn one_process_at_a_time_and_everything_is_there_after() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    store.write(|tx| NUMBERS.put(tx, &1, &7)).await.unwrap();
    let second = Store::open(directory.path()).err().unwrap();
    assert!(second.to_string().starts_with("another Kith is using the store in "), "{second}");
    store.close().await.unwrap();
    assert!(matches!(store.read(|tx| NUMBERS.get(tx, &1)), Err(StoreError::Closed)));
    assert!(matches!(store.write(|tx| NUMBERS.put(tx, &1, &1)).await, Err(StoreError::Closed)));
    drop(store);
    let store = Store::open_existing(directory.path()).unwrap();
    assert_eq!(store.read(|tx| NUMBERS.get(tx, &1)).unwrap(), Some(7));
    drop(store);
    let nothing = tempfile::tempdir().unwrap();
    assert!(matches!(Store::open_existing(nothing.path()), Err(OpenError::Missing { .. })));
    assert_eq!(fs::read_dir(nothing.path()).unwrap().count(), 0, "looking leaves nothing");
}

/// Somebody who was left behind and still holds a clone keeps nobody out.
#[tokio::test]
async fn once_it_is_closed_it_can_be_opened_again() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    let left_behind = store.clone();
    store.write(|tx| NUMBERS.put(tx, &1, &7)).await.unwrap();
    store.close().await.unwrap();
    let again = Store::open(directory.path()).unwrap();
    assert_eq!(again.read(|tx| NUMBERS.get(tx, &1)).unwrap(), Some(7));
    assert!(matches!(left_behind.write(|tx| NUMBERS.put(tx, &1, &8)).await, Err(StoreError::Closed)));
    drop((store, left_behind));
    assert!(matches!(Store::open(directory.path()), Err(OpenError::InUse { .. })));
}

#[tokio::test]
async fn damage_is_told_and_never_an_empty_store() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path();
    let store = Store::open(path).unwrap();
    store.write(|tx| (0..2_000).try_for_each(|n| NUMBERS.put(tx, &n, &n))).await.unwrap();
    let backups = path.join("backups");
    let backup = backup::write(&store, &backups, "2026-11-24T06:00:00Z".parse().unwrap()).unwrap();
    drop(store);

    fs::rename(path.join("engine"), path.join("elsewhere")).unwrap();
    let gone = Store::open(path).err().unwrap();
    assert!(matches!(&gone, OpenError::Damaged { .. }), "{gone}");
    fs::create_dir(path.join("engine")).unwrap();
    assert!(matches!(Store::open(path), Err(OpenError::Damaged { .. })));
    fs::remove_dir(path.join("engine")).unwrap();
    fs::rename(path.join("elsewhere"), path.join("engine")).unwrap();

    let db = path.join("engine/db");
    let mut bytes = fs::read(&db).unwrap();
    bytes.iter_mut().skip(64).step_by(97).for_each(|byte| *byte ^= 0x5A);
    fs::write(&db, bytes).unwrap();
    let broken = Store::open(path).err().unwrap();
    assert!(matches!(&broken, OpenError::Damaged { .. }), "{broken}");

    let restored = backup::restore(&backup, path).unwrap();
    assert!(restored.set_aside.unwrap().join("db").exists());
    let store = Store::open(path).unwrap();
    assert_eq!(store.read(|tx| NUMBERS.count(tx, &())).unwrap(), 2_000);
    assert!(matches!(
        backup::restore(&backup, path),
        Err(backup::BackupError::Open(OpenError::InUse { .. }))
    ));
}

#[tokio::test]
async fn a_newer_format_is_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    drop(Store::open(directory.path()).unwrap());
    fs::write(directory.path().join("kith-store.json"), r#"{"format":2}"#).unwrap();
    let newer = Store::open(directory.path()).err().unwrap();
    assert!(matches!(newer, OpenError::Newer { found: 2, .. }), "{newer}");
}

/// A backup that is written while others commit shows one state, and all of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_backup_is_whole_while_commits_go_on() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(&directory.path().join("store")).unwrap();
    store.write(|tx| (0..20_000).try_for_each(|n| NUMBERS.put(tx, &n, &0))).await.unwrap();
    let file = directory.path().join("a.backup");
    let (copy, to) = (store.clone(), file.clone());
    let backup = tokio::task::spawn_blocking(move || copy.backup(&to));
    let mut n = 0;
    while !backup.is_finished() || n == 0 {
        n += 1;
        // The first and the last always hold the same; one is removed, one is new.
        let both = |tx: &mut Tx<'_>| {
            NUMBERS.put(tx, &0, &n)?;
            NUMBERS.put(tx, &19_999, &n)?;
            NUMBERS.remove(tx, &(10_000 - n))?;
            NUMBERS.put(tx, &(20_000 + n), &n)
        };
        store.write(both).await.unwrap();
    }
    let summary = backup.await.unwrap().unwrap();
    assert_eq!(summary, backup::verify(&file).unwrap());
    let to = directory.path().join("restored");
    assert_eq!(backup::restore(&file, &to).unwrap().set_aside, None);
    let restored = Store::open(&to).unwrap();
    let read = |tx: &mut Tx<'_>| {
        let (first, last) = (NUMBERS.get(tx, &0)?, NUMBERS.get(tx, &19_999)?);
        Ok::<_, StoreError>((first, last, NUMBERS.count(tx, &())?))
    };
    let (first, last, count) = restored.read(read).unwrap();
    assert_eq!((first, count), (last, 20_000));
}

#[tokio::test]
async fn a_backup_that_was_cut_or_altered_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::temporary().unwrap();
    store.write(|tx| (0..20).try_for_each(|n| NUMBERS.put(tx, &n, &n))).await.unwrap();
    let file = directory.path().join("a.backup");
    store.backup(&file).unwrap();
    assert!(store.backup(&file).is_err(), "a backup is not written over");
    let whole = fs::read(&file).unwrap();
    for cut in [0, 5, 14, 15, 40, whole.len() - 1] {
        fs::write(&file, &whole[..cut]).unwrap();
        assert!(backup::verify(&file).is_err(), "cut at {cut}");
    }
    for at in 0..whole.len() {
        let mut altered = whole.clone();
        altered[at] ^= 4;
        fs::write(&file, altered).unwrap();
        assert!(backup::restore(&file, &directory.path().join("to")).is_err(), "altered at {at}");
    }
    assert!(!directory.path().join("to").exists());
}

#[tokio::test]
async fn the_newest_backups_are_kept() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::temporary().unwrap();
    assert_eq!(backup::newest(&directory.path().join("none")).unwrap(), None);
    for day in 1..=5 {
        let now = format!("2026-11-0{day}T06:00:00Z").parse().unwrap();
        backup::write(&store, directory.path(), now).unwrap();
    }
    fs::write(directory.path().join("notes.txt"), "mine").unwrap();
    assert_eq!(backup::prune(directory.path(), 2).unwrap(), 3);
    let newest = backup::newest(directory.path()).unwrap().unwrap();
    assert!(newest.ends_with("kith-20261105T060000000Z.backup"), "{newest:?}");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 3);
}
