//! A process that is killed in the middle of commits loses nothing that it was told is durable.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use super::NUMBERS;
use crate::store::{Store, StoreError, Table};

/// Names the directory to the child.
const DIRECTORY: &str = "KITH_TEST_KILL_STORE";
const DOUBLED: Table<u64, u64> = Table::new("doubled");

/// The child: commits from several tasks and says which are durable, until it is killed.
#[test]
#[ignore = "run by the test below, in a process of its own"]
fn child() {
    let Ok(path) = std::env::var(DIRECTORY) else { return };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::open(Path::new(&path)).unwrap();
        let first = store.read(|tx| NUMBERS.last(tx, &())).unwrap().map_or(0, |(last, _)| last + 1);
        let tasks = (0..4).map(|lane| {
            let store = store.clone();
            tokio::spawn(async move {
                for n in (0..).map(|step| first + lane + step * 4) {
                    let both = |tx: &mut crate::store::Tx<'_>| -> Result<(), StoreError> {
                        NUMBERS.put(tx, &n, &n)?;
                        DOUBLED.put(tx, &n, &(n * 2))
                    };
                    store.write(both).await.unwrap();
                    println!("durable {n}");
                }
            })
        });
        futures_util::future::join_all(tasks.collect::<Vec<_>>()).await;
    });
}

#[test]
fn what_is_durable_survives_a_kill() {
    let directory = tempfile::tempdir().unwrap();
    let mut durable = Vec::new();
    for round in 0..12 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "--nocapture", "store::tests::kill::child"])
            .env(DIRECTORY, directory.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut numbers = lines
            .map_while(Result::ok)
            .filter_map(|line| line.rsplit_once("durable ").and_then(|(_, n)| n.parse::<u64>().ok()));
        durable.extend(numbers.by_ref().take(3 + round * 17));
        child.kill().unwrap();
        // What it still said before it died counts too.
        durable.extend(numbers);
        child.wait().unwrap();

        let store = Store::open(directory.path()).unwrap();
        for n in &durable {
            let pair = store.read(|tx| Ok::<_, StoreError>((NUMBERS.get(tx, n)?, DOUBLED.get(tx, n)?)));
            assert_eq!(pair.unwrap(), (Some(*n), Some(n * 2)), "round {round}");
        }
        let all = store.read(|tx| NUMBERS.scan(tx, &(), usize::MAX)).unwrap();
        for (n, _) in &all {
            let doubled = store.read(|tx| DOUBLED.get(tx, n)).unwrap();
            assert_eq!(doubled, Some(n * 2), "half a transaction in round {round}");
        }
    }
}
