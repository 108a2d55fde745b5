use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;

use super::Town;

/// What a process may take before a story counts it as hanging.
const PATIENCE: Duration = Duration::from_secs(30);

/// `kith` in a process of its own, which dies with the story.
pub struct Program {
    child: Child,
    ready: Option<JoinHandle<Option<String>>>,
    said: JoinHandle<String>,
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
        let ready = tokio::spawn(async move {
            let line = lines.next_line().await.unwrap()?;
            Some(line.strip_prefix("ready ").unwrap_or_else(|| panic!("{line}")).to_owned())
        });
        let mut error = child.stderr.take().unwrap();
        let said = tokio::spawn(async move {
            let mut text = String::new();
            error.read_to_string(&mut text).await.unwrap();
            text
        });
        Self { child, ready: Some(ready), said }
    }

    /// Waits for its line `ready <address>`.
    pub async fn is_ready(mut self) -> Self {
        let ready = self.ready.take().unwrap();
        match tokio::time::timeout(PATIENCE, ready).await.unwrap().unwrap() {
            Some(_) => self,
            None => panic!("it ended before it was ready: {:?}", self.ends().await),
        }
    }

    /// `kill -9`, and the process is gone.
    pub async fn is_killed(mut self) -> String {
        self.child.kill().await.unwrap();
        self.said.await.unwrap()
    }

    /// Sends it a signal.
    #[cfg(unix)]
    pub fn is_told(&self, signal: &str) {
        let pid = self.child.id().unwrap().to_string();
        let sent = std::process::Command::new("kill").args(["-s", signal, &pid]).status().unwrap();
        assert!(sent.success());
    }

    /// Whether it has ended already.
    pub fn is_over(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Waits for its end.
    pub async fn ends(mut self) -> Ended {
        let status = tokio::time::timeout(PATIENCE, self.child.wait()).await.unwrap().unwrap();
        Ended { status, said: self.said.await.unwrap() }
    }
}

/// How many files a folder holds.
#[allow(dead_code)]
pub fn files_in(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}
