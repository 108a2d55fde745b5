use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

/// A bot in a process of its own, killed at the end.
pub struct Bot {
    child: Child,
    /// From the start to its line `ready …`.
    pub ready_after: Duration,
}

impl Bot {
    /// Starts a program against a sandbox and waits until it says that it is ready.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(program: &Path, sandbox: &str, token: &str, folder: &Path) -> anyhow::Result<Self> {
        Self::start_with(program, (sandbox, token), folder, &[])
    }

    /// Does the same with more in its environment.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start_with(
        program: &Path,
        (sandbox, token): (&str, &str),
        folder: &Path,
        more: &[(&str, &str)],
    ) -> anyhow::Result<Self> {
        let mut command = Command::new(program);
        if program.file_name().is_some_and(|name| name != "bare-bot") {
            command.arg("run");
        }
        command
            .current_dir(folder)
            .env_clear()
            .env("DISCORD_TOKEN", token)
            .env("KITH_DISCORD_API_URL", sandbox)
            .env("KITH_STORE_PATH", folder.join("store"))
            .envs(more.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        Self::ready(&mut command)
    }

    /// Starts a sandbox without a bot and waits until it says that it is ready.
    ///
    /// # Errors
    /// When it does not start.
    pub fn sandbox(program: &Path) -> anyhow::Result<Self> {
        let mut command = Command::new(program);
        command.args(["sandbox", "--port", "0"]).env_clear().stdout(Stdio::piped()).stderr(Stdio::null());
        Self::ready(&mut command)
    }

    fn ready(command: &mut Command) -> anyhow::Result<Self> {
        let program = Path::new(command.get_program()).to_owned();
        let began = Instant::now();
        let mut child = command.spawn().with_context(|| program.display().to_string())?;
        let out = child.stdout.take().context("standard output is piped")?;
        let mut bot = Self { child, ready_after: Duration::ZERO };
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        bot.ready_after = began.elapsed();
        ensure!(line.starts_with("ready "), "{} said {line:?}", program.display());
        Ok(bot)
    }

    /// Its resident memory in MiB, where the system tells (Linux).
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn memory(&self) -> anyhow::Result<f64> {
        self.status("VmRSS:")
    }

    /// The most resident memory that it has had, in MiB, where the system tells (Linux).
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn peak_memory(&self) -> anyhow::Result<f64> {
        self.status("VmHWM:")
    }

    fn status(&self, what: &str) -> anyhow::Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(what)).context("no such line")?;
        let kib: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kib / 1024.0)
    }

    /// The time of a processor that it has used so far, where the system tells (Linux).
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn cpu(&self) -> anyhow::Result<Duration> {
        let mut total = Duration::ZERO;
        for thread in std::fs::read_dir(format!("/proc/{}/task", self.child.id()))? {
            let line = std::fs::read_to_string(thread?.path().join("schedstat"))?;
            let nanoseconds = line.split(' ').next().context("an empty schedstat")?;
            total += Duration::from_nanos(nanoseconds.parse()?);
        }
        Ok(total)
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
