//! A process that does errands is killed (SIGKILL) at any moment, again and again: each is done once.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::discord::Discord;
use super::errands::thread;
use super::{Bot, open_store, runtime, start};
use crate::delivery::*;
use crate::id::Id;

/// Where the process to be killed finds Discord and its store; only the test below sets these.
const BASE: &str = "KITH_KILLED_BASE";
const STORE: &str = "KITH_KILLED_STORE";
const THREADS: u64 = 20;
const KILLS: usize = 12;

/// The same ids in each process, of things asked for today: older ones are tidied away.
fn id(n: u64) -> Id {
    Id((Id::new(start()).0 >> 22 << 22) + n)
}

/// The process that is killed: this test of this binary, run alone.
#[test]
fn process() {
    let (Ok(base), Ok(store)) = (std::env::var(BASE), std::env::var(STORE)) else { return };
    runtime().block_on(async {
        let bot = Bot::over(&base, open_store(&PathBuf::from(store)));
        // Names repeat, as groups' names may.
        let threads: Vec<_> =
            (1..=THREADS).map(|n| thread(&format!("Circle {}", n % 7)).with_id(id(n))).collect();
        bot.asks(&threads).await;
        bot.settle().await;
        bot.stop().await;
    });
}

fn run(discord: &Discord, store: &std::path::Path) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "delivery::tests::killed::process"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.env(BASE, &discord.base).env(STORE, store).spawn().unwrap()
}

#[test]
fn twenty_threads_through_many_kills_are_twenty_threads() {
    let discord = Discord::start(start());
    discord.world.lock().latency = Duration::from_millis(20);
    let directory = tempfile::tempdir().unwrap();
    let seen = || discord.world.lock().requests.len();
    let mut kills = 0;
    loop {
        let mut child = run(&discord, directory.path());
        // The first is killed for certain: it has more to ask than that.
        let most = if kills == 0 { THREADS as usize / 2 } else { 25 };
        let enough = seen() + rand::random_range(1..most);
        let ended = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break Some(status);
            }
            if kills < KILLS && seen() >= enough {
                break None;
            }
            // Another process tells nobody how far it is.
            std::thread::sleep(Duration::from_millis(1));
        };
        if let Some(status) = ended {
            assert!(status.success());
            break;
        }
        // Any moment of a request's 20 ms of latency, so that kills fall before, within and after it.
        std::thread::sleep(Duration::from_millis(rand::random_range(0..25)));
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
    }
    assert!(kills > 0);
    let made: Vec<u64> = discord
        .made("channels/7/threads")
        .iter()
        .map(|it| it["id"].as_str().unwrap().parse().unwrap())
        .collect();
    assert_eq!(made.len() as u64, THREADS, "after {kills} kills");
    let store = open_store(directory.path());
    let mut noted: Vec<u64> = (1..=THREADS)
        .map(|n| store.read(|tx| outcome(tx, id(n))).unwrap().unwrap().made().unwrap())
        .collect();
    noted.sort_unstable();
    assert_eq!(noted, made);
}
