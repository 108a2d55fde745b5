use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::clock::Clock;
use crate::shutdown::Shutdown;
use crate::store::Store;

const NOTES: Table<(u64, String), String> = Table::new("test/notes");

fn start() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

/// Writes each due entry's subject down, in the order of their handling.
fn notes() -> Handler {
    Box::new(|tx, due| {
        let n = NOTES.count(tx, &())? as u64;
        NOTES.put(tx, &(n, due.subject.clone()), &due.due.to_string())?;
        Ok(())
    })
}

fn noted(store: &Store) -> Vec<String> {
    let all = store.read(|tx| NOTES.scan(tx, &(), 100_000)).unwrap();
    all.into_iter().map(|((_, subject), _)| subject).collect()
}

async fn put_all(store: &Store, entries: &[(i64, &str, &str)]) {
    store
        .write(|tx| {
            entries.iter().try_for_each(|(seconds, area, subject)| {
                put(tx, start() + SignedDuration::from_secs(*seconds), area, subject)
            })
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn what_is_due_happens_in_order_and_once() {
    let (store, clock) = (Store::temporary().unwrap(), Clock::fixed(start()));
    put_all(&store, &[(2, "notes", "c"), (0, "notes", "b"), (-5, "notes", "a"), (3, "notes", "later")]).await;
    let agenda = Agenda::new(store.clone(), clock.clone(), vec![("notes", notes())]);
    assert_eq!(agenda.run_due().await.unwrap().done, 2);
    assert_eq!(noted(&store), ["a", "b"]);
    clock.set(start() + SignedDuration::from_secs(2));
    assert_eq!(agenda.run_due().await.unwrap(), Ran { done: 1, put_off: 0, more: false });
    assert_eq!(noted(&store), ["a", "b", "c"]);
    assert_eq!(agenda.next_due().unwrap(), Some(start() + SignedDuration::from_secs(3)));
    assert_eq!(agenda.run_due().await.unwrap(), Ran::default());
}

#[tokio::test]
async fn a_failure_blocks_nobody_and_comes_again_with_its_first_time() {
    let (store, clock) = (Store::temporary().unwrap(), Clock::fixed(start()));
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let failing: Handler = Box::new(move |tx, due| {
        assert_eq!(due.due, start());
        NOTES.put(tx, &(99, "half".into()), &String::new())?;
        match counted.fetch_add(1, Ordering::SeqCst) {
            0 => anyhow::bail!("not today"),
            1 => panic!("nor now"),
            _ => Ok(()),
        }
    });
    put_all(&store, &[(0, "failing", "x"), (0, "nobody", "y"), (0, "notes", "z")]).await;
    let agenda = Agenda::new(store.clone(), clock.clone(), vec![("failing", failing), ("notes", notes())]);
    assert_eq!(agenda.run_due().await.unwrap(), Ran { done: 1, put_off: 2, more: false });
    assert_eq!(noted(&store), ["z"], "what a failed handler wrote is undone");
    assert_eq!(agenda.run_due().await.unwrap(), Ran::default(), "not at once again");

    clock.set(start() + SignedDuration::from_mins(2));
    assert_eq!(agenda.run_due().await.unwrap(), Ran { done: 0, put_off: 2, more: false });
    clock.set(start() + SignedDuration::from_hours(1));
    assert_eq!(agenda.run_due().await.unwrap().done, 1);
    assert_eq!(calls.load(Ordering::SeqCst), 3);
    let kept = store.read(|tx| ENTRIES.scan(tx, &(), 10)).unwrap();
    assert_eq!(kept.len(), 1, "the entry that nobody knows is never lost");
    assert_eq!(kept[0].1.was, Some(start()));
}

#[tokio::test]
async fn an_entry_that_was_put_off_is_removed_by_its_own_time() {
    let (store, clock) = (Store::temporary().unwrap(), Clock::fixed(start()));
    put_all(&store, &[(0, "nobody", "y")]).await;
    let agenda = Agenda::new(store.clone(), clock, vec![]);
    assert_eq!(agenda.run_due().await.unwrap().put_off, 1);
    assert!(store.write(|tx| remove(tx, start(), "nobody", "y")).await.unwrap());
    assert_eq!(agenda.next_due().unwrap(), None);
    assert_eq!(store.read(|tx| PUT_OFF.count(tx, &())).unwrap(), 0);
    assert!(!store.write(|tx| remove(tx, start(), "nobody", "y")).await.unwrap());
}

#[tokio::test]
async fn a_handler_may_take_others_away_and_put_the_next() {
    let (store, clock) = (Store::temporary().unwrap(), Clock::fixed(start()));
    put_all(&store, &[(0, "digest", "a"), (0, "digest", "b")]).await;
    let digest: Handler = Box::new(|tx, due| {
        for subject in ["a", "b"] {
            remove(tx, due.due, "digest", subject)?;
        }
        put(tx, due.now + SignedDuration::from_hours(24), "digest", "a")?;
        Ok(())
    });
    let agenda = Agenda::new(store, clock, vec![("digest", digest)]);
    assert_eq!(agenda.run_due().await.unwrap().done, 1, "the second was gone");
    assert_eq!(agenda.next_due().unwrap(), Some(start() + SignedDuration::from_hours(24)));
}

/// A commit, a moved clock and a stop wake the loop, without a tick.
#[tokio::test]
async fn the_loop_wakes_and_stops() {
    let (store, clock) = (Store::temporary().unwrap(), Clock::fixed(start()));
    let shutdown = Shutdown::new();
    let agenda = Arc::new(Agenda::new(store.clone(), clock.clone(), vec![("notes", notes())]));
    let (running, stop) = (Arc::clone(&agenda), shutdown.clone());
    let task = tokio::spawn(async move { running.run(&stop).await });
    put_all(&store, &[(0, "notes", "a"), (60, "notes", "b")]).await;
    let mut commits = store.changes(&NOTES);
    let all = async {
        while noted(&store).len() < 2 {
            if noted(&store) == ["a"] {
                clock.set(start() + SignedDuration::from_secs(60));
            }
            commits.changed().await.unwrap();
        }
    };
    tokio::time::timeout(Duration::from_secs(10), all).await.unwrap();
    shutdown.begin();
    tokio::time::timeout(Duration::from_secs(10), task).await.unwrap().unwrap().unwrap();
}

#[tokio::test]
async fn two_runs_at_once_do_nothing_twice() {
    let (store, clock) = (Store::temporary().unwrap(), Clock::fixed(start()));
    let subjects: Vec<String> = (0..200).map(|n| format!("{n:03}")).collect();
    let entries: Vec<_> = subjects.iter().map(|subject| (0, "notes", subject.as_str())).collect();
    put_all(&store, &entries).await;
    let agenda = Agenda::new(store.clone(), clock, vec![("notes", notes())]);
    let (a, b) = tokio::join!(agenda.run_due(), agenda.run_due());
    assert_eq!(a.unwrap().done + b.unwrap().done, 200);
    assert_eq!(noted(&store), subjects);
}

/// After a look that found nothing, only a commit or the time itself brings the next look.
#[tokio::test]
async fn what_was_found_holds_until_something_changes() {
    let (store, clock) = (Store::temporary().unwrap(), Clock::fixed(start()));
    let agenda = Agenda::new(store.clone(), clock.clone(), vec![("notes", notes())]);
    assert_eq!(agenda.run_due().await.unwrap(), Ran::default());
    put_all(&store, &[(60, "notes", "b"), (0, "notes", "a")]).await;
    assert_eq!(agenda.run_due().await.unwrap().done, 1);
    assert_eq!(agenda.run_due().await.unwrap().done, 0);
    clock.set(start() + SignedDuration::from_secs(59));
    assert_eq!(agenda.run_due().await.unwrap().done, 0);
    clock.set(start() + SignedDuration::from_secs(60));
    assert_eq!(agenda.run_due().await.unwrap().done, 1);
    assert_eq!(noted(&store), ["a", "b"]);
}
