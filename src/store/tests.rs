mod files;
mod kill;

use std::collections::BTreeMap;
use std::ops::Bound;

use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::*;
use crate::shutdown::Shutdown;

const NUMBERS: Table<u64, u64> = Table::new("numbers");

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Person {
    name: String,
    tags: Vec<String>,
}
impl Record for Person {}

const PEOPLE: Table<(u64, u64), Person> = Table::new("people").indexed(&[&BY_TAG]);
const BY_TAG: Index<(u64, String), (u64, u64), Person> = Index::new("people/tag", |(owner, _), person| {
    person.tags.iter().map(|tag| (*owner, tag.clone())).collect()
});

fn person(name: &str, tags: &[&str]) -> Person {
    Person { name: name.to_owned(), tags: tags.iter().map(ToString::to_string).collect() }
}

#[tokio::test]
async fn a_transaction_sees_its_own_writes() {
    let store = Store::temporary().unwrap();
    store.write(|tx| (0..5).try_for_each(|n| NUMBERS.put(tx, &(n * 10), &n))).await.unwrap();
    let seen = store
        .write(|tx| -> Result<_, StoreError> {
            NUMBERS.remove(tx, &10)?;
            NUMBERS.put(tx, &15, &99)?;
            NUMBERS.put(tx, &20, &7)?;
            assert!(!NUMBERS.remove(tx, &10)?);
            assert_eq!(NUMBERS.first(tx, &())?, Some((0, 0)));
            assert_eq!(NUMBERS.last(tx, &())?, Some((40, 4)));
            let after = (Bound::Excluded(0), Bound::Unbounded);
            assert_eq!(NUMBERS.range(tx, after, 2)?, [(15, 99), (20, 7)]);
            assert_eq!(NUMBERS.scan_after(tx, &(), &15, 1)?, [(20, 7)]);
            assert_eq!(NUMBERS.scan_back(tx, &(), 3)?, [(40, 4), (30, 3), (20, 7)]);
            NUMBERS.scan(tx, &(), 3)
        })
        .await
        .unwrap();
    assert_eq!(seen, [(0, 0), (15, 99), (20, 7)]);
    assert_eq!(store.read(|tx| NUMBERS.count(tx, &())).unwrap(), 5);
}

#[tokio::test]
async fn a_refusal_writes_nothing_and_a_reader_cannot_write() {
    let store = Store::temporary().unwrap();
    let result = store.write(|tx| {
        NUMBERS.put(tx, &1, &1)?;
        anyhow::bail!("no")
    });
    let result: anyhow::Result<()> = result.await;
    assert_eq!(result.unwrap_err().to_string(), "no");
    assert_eq!(store.read(|tx| NUMBERS.get(tx, &1)).unwrap(), None);
    assert!(matches!(store.read(|tx| NUMBERS.put(tx, &1, &1)), Err(StoreError::ReadOnly)));
}

#[tokio::test]
async fn an_index_follows_its_table() {
    let store = Store::temporary().unwrap();
    let find = |tag: &str| store.read(|tx| BY_TAG.find(tx, &(1, tag.to_owned()), 10)).unwrap();
    store.write(|tx| PEOPLE.put(tx, &(1, 5), &person("Ana", &["rust", "go"]))).await.unwrap();
    store.write(|tx| PEOPLE.put(tx, &(1, 6), &person("Bo", &["rust"]))).await.unwrap();
    store.write(|tx| PEOPLE.put(tx, &(2, 7), &person("Cy", &["rust"]))).await.unwrap();
    assert_eq!((find("rust"), find("go")), (vec![(1, 5), (1, 6)], vec![(1, 5)]));
    store.write(|tx| PEOPLE.put(tx, &(1, 5), &person("Ana", &["go", "zig"]))).await.unwrap();
    store.write(|tx| PEOPLE.remove(tx, &(1, 6))).await.unwrap();
    assert_eq!((find("rust"), find("go"), find("zig")), (vec![], vec![(1, 5)], vec![(1, 5)]));
}

#[tokio::test]
async fn a_commit_is_told_to_those_who_follow_its_table_and_a_read_is_not() {
    let store = Store::temporary().unwrap();
    let (committed, people) = (store.changes(&NUMBERS), store.changes(&PEOPLE));
    let syncs = store.syncs();
    store.write(|tx| NUMBERS.get(tx, &1)).await.unwrap();
    assert!(!committed.has_changed().unwrap());
    assert_eq!(store.syncs(), syncs);
    store.write(|tx| NUMBERS.put(tx, &1, &1)).await.unwrap();
    assert!(committed.has_changed().unwrap());
    assert!(!people.has_changed().unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn concurrent_increments_lose_nothing() {
    let store = Store::temporary().unwrap();
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                for _ in 0..25 {
                    store
                        .write(|tx| -> Result<(), StoreError> {
                            let n = NUMBERS.get(tx, &1)?.unwrap_or(0);
                            NUMBERS.put(tx, &1, &(n + 1))
                        })
                        .await
                        .unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(store.read(|tx| NUMBERS.get(tx, &1)).unwrap(), Some(400));
}

/// Two that look at a range before they write into it cannot both go through.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_scanned_range_holds_until_the_commit() {
    let store = Store::temporary().unwrap();
    let tasks: Vec<_> = (0..40)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                store
                    .write(|tx| -> Result<bool, StoreError> {
                        let place_left = NUMBERS.count(tx, &())? < 3;
                        if place_left {
                            NUMBERS.put(tx, &n, &n)?;
                        }
                        Ok(place_left)
                    })
                    .await
                    .unwrap()
            })
        })
        .collect();
    let mut admitted = 0;
    for task in tasks {
        admitted += u32::from(task.await.unwrap());
    }
    assert_eq!((admitted, store.read(|tx| NUMBERS.count(tx, &())).unwrap()), (3, 3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn waiting_commits_share_a_sync() {
    let store = Store::temporary().unwrap();
    let before = store.syncs();
    let commits = (0..50_u64).map(|n| {
        let store = store.clone();
        async move { store.write(|tx| NUMBERS.put(tx, &n, &n)).await }
    });
    for result in futures_util::future::join_all(commits).await {
        result.unwrap();
    }
    assert!(store.syncs() - before < 50, "{} syncs", store.syncs() - before);
}

/// Readers that never pause, more than there are processors, do not keep a commit waiting.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commits_go_on_while_others_read_all_the_time() {
    let store = Store::temporary().unwrap();
    store.write(|tx| (0..500).try_for_each(|n| NUMBERS.put(tx, &n, &n))).await.unwrap();
    let stop = Shutdown::new();
    let readers: Vec<_> = (0..4)
        .map(|_| {
            let (store, stop) = (store.clone(), stop.clone());
            std::thread::spawn(move || {
                while !stop.is_requested() {
                    assert_eq!(store.read(|tx| NUMBERS.count(tx, &())).unwrap(), 500);
                }
            })
        })
        .collect();
    let commits = async {
        for n in 0..20 {
            store.write(|tx| NUMBERS.put(tx, &n, &(n + 1))).await.unwrap();
        }
    };
    let committed = tokio::time::timeout(Duration::from_secs(60), commits).await;
    stop.begin();
    readers.into_iter().for_each(|reader| reader.join().unwrap());
    committed.unwrap();
}

/// A read within a read, which a commit in between does not bring to a stand.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_within_a_read_does_not_wait_for_a_commit() {
    let store = Store::temporary().unwrap();
    let commit = {
        let store = store.clone();
        store.read(|_| -> Result<_, StoreError> {
            let writing = store.clone();
            let commit = tokio::spawn(async move { writing.write(|tx| NUMBERS.put(tx, &1, &1)).await });
            while !store.inner.engine.has_waiting_commit() {
                std::thread::yield_now();
            }
            assert_eq!(store.read(|tx| NUMBERS.get(tx, &1))?, None);
            Ok(commit)
        })
    };
    commit.unwrap().await.unwrap().unwrap();
    assert_eq!(store.read(|tx| NUMBERS.get(tx, &1)).unwrap(), Some(1));
}

#[tokio::test]
async fn a_view_is_one_state_while_others_commit() {
    let store = Store::temporary().unwrap();
    store.write(|tx| NUMBERS.put(tx, &1, &0)).await.unwrap();
    let other = store.clone();
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let stopped = std::sync::Arc::clone(&stop);
    let reader = std::thread::spawn(move || {
        while !stopped.load(std::sync::atomic::Ordering::Relaxed) {
            let pair = other.read(|tx| Ok::<_, StoreError>((NUMBERS.get(tx, &1)?, NUMBERS.get(tx, &2)?)));
            let (a, b) = pair.unwrap();
            assert_eq!(a, Some(b.unwrap_or(0)));
        }
    });
    for n in 1..200 {
        let both = |tx: &mut Tx<'_>| {
            NUMBERS.put(tx, &1, &n)?;
            NUMBERS.put(tx, &2, &n)
        };
        store.write(both).await.unwrap();
    }
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    reader.join().unwrap();
}

/// A value written by an older version is read as today's; one by a newer version is refused.
#[tokio::test]
async fn older_shapes_are_upgraded() {
    #[derive(Serialize, Deserialize)]
    struct Old(String);
    impl Record for Old {}
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct New {
        text: String,
    }
    impl Record for New {
        const VERSION: u16 = 3;
        fn upgrade(from: u16, value: serde_json::Value) -> Result<serde_json::Value, String> {
            match from {
                1 => Ok(serde_json::json!({ "text": value })),
                _ => Err("unknown".to_owned()),
            }
        }
    }
    const OLD: Table<u64, Old> = Table::new("shape");
    const NEW: Table<u64, New> = Table::new("shape");
    let store = Store::temporary().unwrap();
    store.write(|tx| OLD.put(tx, &1, &Old("hi".to_owned()))).await.unwrap();
    assert_eq!(store.read(|tx| NEW.get(tx, &1)).unwrap(), Some(New { text: "hi".to_owned() }));
    store.write(|tx| NEW.put(tx, &1, &New { text: "ho".to_owned() })).await.unwrap();
    let refused = store.read(|tx| OLD.get(tx, &1)).err().unwrap();
    assert!(refused.to_string().contains("version 3, newer than this Kith's 1"), "{refused}");
}

#[derive(Clone, Debug)]
enum Step {
    Get(u8),
    Put(u8, u64),
    Remove(u8),
    Scan { from: u8, to: u8, limit: usize, back: bool },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..16_u8).prop_map(Step::Get),
        (0..16_u8, any::<u64>()).prop_map(|(key, value)| Step::Put(key, value)),
        (0..16_u8).prop_map(Step::Remove),
        (0..16_u8, 0..17_u8, 0..6_usize, any::<bool>()).prop_map(|(from, to, limit, back)| Step::Scan {
            from,
            to,
            limit,
            back
        }),
    ]
}

const MODEL: Table<u8, u64> = Table::new("model");

/// What a step showed.
type Seen = Vec<(u8, u64)>;

fn on_store(tx: &mut Tx<'_>, steps: &[Step]) -> Result<Vec<Seen>, StoreError> {
    let mut seen = Vec::new();
    for step in steps {
        seen.push(match *step {
            Step::Get(key) => MODEL.get(tx, &key)?.map(|value| (key, value)).into_iter().collect(),
            Step::Put(key, value) => {
                MODEL.put(tx, &key, &value)?;
                Vec::new()
            }
            Step::Remove(key) => vec![(key, u64::from(MODEL.remove(tx, &key)?))],
            Step::Scan { limit, back: true, .. } => MODEL.scan_back(tx, &(), limit)?,
            Step::Scan { from, to, limit, .. } => MODEL.range(tx, from..to, limit)?,
        });
    }
    Ok(seen)
}

fn on_map(map: &mut BTreeMap<u8, u64>, steps: &[Step]) -> Vec<Seen> {
    let pairs = |map: &BTreeMap<u8, u64>| map.clone().into_iter();
    let mut seen = Vec::new();
    for step in steps {
        seen.push(match *step {
            Step::Get(key) => map.get(&key).map(|value| (key, *value)).into_iter().collect(),
            Step::Put(key, value) => {
                map.insert(key, value);
                Vec::new()
            }
            Step::Remove(key) => vec![(key, u64::from(map.remove(&key).is_some()))],
            Step::Scan { limit, back: true, .. } => pairs(map).rev().take(limit).collect(),
            Step::Scan { from, to, limit, .. } => {
                pairs(map).filter(|(key, _)| (from..to).contains(key)).take(limit).collect()
            }
        });
    }
    seen
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Transactions are steps on a map. Another commit between a transaction's reads and its own
    /// commit makes it fail, unless it would have seen the same after that other one.
    #[test]
    fn transactions_are_steps_on_a_map(
        transactions in prop::collection::vec(
            (prop::collection::vec(step(), 0..8), prop::option::of((0..16_u8, any::<u64>()))),
            1..12,
        ),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let store = Store::temporary().unwrap();
        let engine = &store.inner.engine;
        let mut map = BTreeMap::new();
        for (steps, other) in transactions {
            let mut tx = Tx::writing(engine.view().unwrap());
            let seen = on_store(&mut tx, &steps).unwrap();
            prop_assert_eq!(&seen, &on_map(&mut map.clone(), &steps));
            let parts = tx.into_parts();
            if let Some((key, value)) = other {
                runtime.block_on(store.write(|tx| MODEL.put(tx, &key, &value))).unwrap();
                map.insert(key, value);
            }
            let mut after = map.clone();
            let seen_after = on_map(&mut after, &steps);
            let outcome = runtime.block_on(engine.commit(parts.seen, parts.reads, parts.writes)).unwrap();
            if outcome == Outcome::Durable {
                prop_assert_eq!(seen, seen_after);
                map = after;
            } else {
                prop_assert!(other.is_some());
            }
            let stored = store.read(|tx| MODEL.scan(tx, &(), 100)).unwrap();
            prop_assert_eq!(stored, map.clone().into_iter().collect::<Vec<_>>());
        }
    }

    /// Transactions that began together and wait together become one batch, and are still one after
    /// the other: whoever would have seen something else in its turn is refused.
    #[test]
    fn commits_that_wait_together_come_one_after_the_other(
        transactions in prop::collection::vec(prop::collection::vec(step(), 0..6), 2..8),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let store = Store::temporary().unwrap();
        let engine = &store.inner.engine;
        let before = store.syncs();
        // While somebody looks, the thread that commits waits, and so do all behind it.
        let view = engine.view().unwrap();
        let mut waiting = vec![];
        for steps in &transactions {
            let mut tx = Tx::writing(engine.view().unwrap());
            let seen = on_store(&mut tx, steps).unwrap();
            let parts = tx.into_parts();
            let mut commit = Box::pin(engine.commit(parts.seen, parts.reads, parts.writes));
            let began = runtime.block_on(async { futures_util::poll!(&mut commit) });
            prop_assert!(began.is_pending());
            waiting.push((steps, seen, commit));
        }
        drop(view);
        let mut map = BTreeMap::new();
        for (steps, seen, commit) in waiting {
            if runtime.block_on(commit).unwrap() == Outcome::Durable {
                prop_assert_eq!(seen, on_map(&mut map, steps));
            }
        }
        let stored = store.read(|tx| MODEL.scan(tx, &(), 100)).unwrap();
        prop_assert_eq!(stored, map.into_iter().collect::<Vec<_>>());
        // The first may have been taken alone; the rest are one group.
        prop_assert!(store.syncs() - before <= 2);
    }
}
