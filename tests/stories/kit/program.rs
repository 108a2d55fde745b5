use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{Town, Wire};

/// What a process may take before a story counts it as hanging.
const PATIENCE: Duration = Duration::from_secs(30);

/// `kith` in a process of its own, which dies with the story.
pub struct Program {
    child: Child,
    ready: watch::Receiver<bool>,
    said: watch::Receiver<String>,
    reader: Option<JoinHandle<()>>,
}

/// How a process ended.
#[derive(Debug)]
pub struct Ended {
    pub status: ExitStatus,
    /// Everything on standard error.
    pub said: String,
}

impl Program {
    /// Starts `kith` with these words, in this town, with the environment that `kith run` needs there.
    pub fn start(town: &Town, words: &[&str], more: &[(&str, &str)]) -> Self {
        let url = town.sandbox.url();
        let clock = format!("{url}/sandbox/v1/clock");
        let mut child = Command::new(env!("CARGO_BIN_EXE_kith"))
            .args(words)
            .current_dir(town.folder())
            .env_clear()
            .env("DISCORD_TOKEN", town.sandbox.token())
            .env("KITH_DISCORD_API_URL", &url)
            .env("KITH_STORE_PATH", town.store())
            .env("KITH_CLOCK_URL", clock)
            .envs(more.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (is_ready, ready) = watch::channel(false);
        tokio::spawn(async move {
            if let Some(line) = lines.next_line().await.unwrap() {
                assert!(line.starts_with("ready http"), "{line}");
                is_ready.send_replace(true);
            }
        });
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (says, said) = watch::channel(String::new());
        let reader = tokio::spawn(async move {
            while let Some(line) = lines.next_line().await.unwrap() {
                says.send_modify(|said| *said = format!("{said}{line}\n"));
            }
        });
        Self { child, ready, said, reader: Some(reader) }
    }

    /// `kith run` in this town, connected.
    pub async fn run(town: &Town) -> Self {
        Self::start(town, &["run"], &[]).connected().await
    }

    /// The same, with another way to Discord.
    pub async fn run_over(town: &Town, url: &str) -> Self {
        Self::start(town, &["run"], &[("KITH_DISCORD_API_URL", url)]).connected().await
    }

    /// A town in which `kith run` serves over a wire that can be held and cut.
    pub async fn in_a_town() -> (Town, Wire, Self) {
        let town = Town::without_kith().await;
        let wire = Wire::to(&town.sandbox.url()).await;
        let kith = Self::run_over(&town, &wire.url).await;
        (town, wire, kith)
    }

    /// Waits for its line `ready <address>`.
    pub async fn connected(mut self) -> Self {
        let ready = async { self.ready.wait_for(|ready| *ready).await.is_ok() };
        if !tokio::time::timeout(PATIENCE, ready).await.unwrap() {
            panic!("it ended before it was ready: {:?}", self.ends().await);
        }
        self
    }

    /// Waits until it says this on standard error.
    pub async fn says(&self, words: &str) {
        let mut said = self.said.clone();
        let says = said.wait_for(|said| said.contains(words));
        assert!(tokio::time::timeout(PATIENCE, says).await.unwrap().is_ok(), "{}", *self.said.borrow());
    }

    /// `kill -9`; the process is gone when this returns.
    pub async fn dies(mut self) {
        self.child.kill().await.unwrap();
    }

    /// `kill -9` once something is held on the wire, which never arrives.
    pub async fn dies_once_held(self, wire: &Wire) {
        wire.holds_more_than(0).await;
        self.dies().await;
        wire.is_cut();
    }

    /// Sends it a signal.
    pub fn gets(&self, signal: &str) {
        let pid = self.child.id().unwrap().to_string();
        let sent = std::process::Command::new("kill").args(["-s", signal, &pid]).status().unwrap();
        assert!(sent.success());
    }

    /// Nobody reads its log any more.
    pub async fn loses_its_reader(&mut self) {
        if let Some(reader) = self.reader.take() {
            reader.abort();
            let _ = reader.await;
        }
    }

    /// Waits for its end.
    pub async fn ends(mut self) -> Ended {
        let status = tokio::time::timeout(PATIENCE, self.child.wait()).await.unwrap().unwrap();
        if let Some(reader) = self.reader {
            reader.await.unwrap();
        }
        Ended { status, said: self.said.borrow().clone() }
    }
}
