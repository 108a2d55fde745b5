//! The command line: what `kith` can be asked to do.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use jiff::Timestamp;
use jiff::civil::Time;

use crate::check;
use crate::clock::Clock;
use crate::settings::Settings;

mod backup;
mod matching;
mod serve;

/// How a process ends whose words were not understood; clap ends with it too.
const NOT_UNDERSTOOD: u8 = 2;

/// What was asked on the command line.
#[derive(Debug, Parser)]
#[command(name = "kith", version, about, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the bot: on Discord, or wherever KITH_DISCORD_API_URL points.
    Run,

    /// See Kith at work in a small Discord on this machine: no token, no internet.
    #[cfg(feature = "demo")]
    Demo {
        /// The port of the page on loopback; 0 for a free one.
        #[arg(long, default_value_t = 7788)]
        port: u16,
        /// Where to keep what people do; without it everything is gone at the end.
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
        /// How many people the server has, 2 to 12.
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(2..=12))]
        people: u8,
    },

    /// Look for everything that would keep the bot from working, and say how to mend it.
    ///
    /// Reads the settings, asks Discord about the token and the permissions in each server, and
    /// opens the store. Ends with 1 when something has to be mended.
    Check,

    /// Write a verified backup of the store now; for a Kith that runs, which writes its own on a schedule,
    /// stop it first.
    Backup,

    /// Put a backup in the place of the store. The files that were there are set aside, not deleted.
    Restore {
        /// The backup; else the newest one.
        file: Option<PathBuf>,
    },

    /// Run a small Discord on this machine, for any bot, without a token.
    #[cfg(feature = "demo")]
    Sandbox {
        /// The port on loopback; 0 for a free one.
        #[arg(long, default_value_t = 7788)]
        port: u16,
    },

    /// Show how Kith reads what people say of time, as JSON: kith when "every 2nd friday 9am".
    When(When),

    /// Make the best groups of people from a file, outside Discord.
    ///
    /// Ends with 2 when the file is wrong, with every mistake on standard error, and with 3 when no group is possible.
    Match(matching::Match),
}

#[derive(Debug, clap::Args)]
struct When {
    /// What somebody says: "in 2 weeks", "next friday", "every 3 months", …
    #[arg(allow_hyphen_values = true)]
    phrase: String,
    /// The moment at which they say it, as RFC 3339 such as 2026-11-24T06:00:00Z; else now.
    #[arg(long, value_name = "TIME")]
    now: Option<Timestamp>,
    /// Their time zone: an IANA name or a city.
    #[arg(long, default_value = "Etc/UTC")]
    zone: String,
    /// Their locale, as Discord names it: it decides what 3/4 means.
    #[arg(long, default_value = "en-US")]
    locale: String,
    /// The hour that is meant where none is said: 9 or 09:30.
    #[arg(long, default_value = "9", value_parser = hour)]
    hour: Time,
}

impl Cli {
    /// Does what was asked; gives how the process ends: 0 well, 1 not, 2 not understood.
    #[must_use]
    pub fn run(self) -> ExitCode {
        match self.command {
            Command::Run => serve::serve(serve::run),
            #[cfg(feature = "demo")]
            Command::Demo { port, data, people } => {
                serve::serve(|shutdown| crate::demo::run(port, data, usize::from(people), shutdown))
            }
            Command::Check => on_runtime(check()),
            Command::Backup => told(backup::backup()),
            Command::Restore { file } => told(backup::restore(file)),
            #[cfg(feature = "demo")]
            Command::Sandbox { port } => serve::serve(|shutdown| serve::sandbox(port, shutdown)),
            Command::When(asked) => asked.run(),
            Command::Match(asked) => asked.run(),
        }
    }
}

impl When {
    fn run(self) -> ExitCode {
        let now = self.now.unwrap_or_else(|| Clock::system().now());
        match crate::when::cli::explain(&self.phrase, now, &self.zone, &self.locale, self.hour) {
            Ok(read) => written(&writeln!(std::io::stdout(), "{read:#}"), ExitCode::SUCCESS),
            Err(why) => written(&writeln!(std::io::stderr(), "{why}"), ExitCode::from(NOT_UNDERSTOOD)),
        }
    }
}

/// An hour of the day, alone or with minutes.
fn hour(text: &str) -> Result<Time, String> {
    text.parse::<i8>()
        .ok()
        .and_then(|hour| Time::new(hour, 0, 0, 0).ok())
        .or_else(|| text.parse().ok())
        .or_else(|| format!("0{text}").parse().ok())
        .ok_or_else(|| "an hour from 0 to 23, or a time such as 09:30".to_owned())
}

/// `end`, unless what was to be written found no reader.
fn written(result: &std::io::Result<()>, end: ExitCode) -> ExitCode {
    if result.is_ok() { end } else { ExitCode::FAILURE }
}

/// What was done, on standard output.
fn told(done: anyhow::Result<String>) -> ExitCode {
    match done {
        Ok(sentence) => written(&writeln!(std::io::stdout(), "{sentence}"), ExitCode::SUCCESS),
        Err(error) => failed(&error),
    }
}

async fn check() -> anyhow::Result<ExitCode> {
    let report = check::check(Settings::load()).await;
    writeln!(std::io::stdout(), "{report}")?;
    Ok(if report.is_fine() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs `work` to its end; its error becomes a sentence on standard error.
fn on_runtime(work: impl Future<Output = anyhow::Result<ExitCode>>) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into()),
    };
    let end = runtime.block_on(work);
    // What still runs holds nothing that the stop has not put down already.
    runtime.shutdown_timeout(Duration::from_millis(100));
    end.unwrap_or_else(|error| failed(&error))
}

fn failed(error: &anyhow::Error) -> ExitCode {
    // Where standard error is gone as well, nobody is left to tell.
    let _ = writeln!(std::io::stderr(), "kith: {error:#}");
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_whole() {
        Cli::command().debug_assert();
    }

    #[test]
    fn hours() {
        assert_eq!(hour("9"), Ok(jiff::civil::time(9, 0, 0, 0)));
        assert_eq!(hour("09:30"), Ok(jiff::civil::time(9, 30, 0, 0)));
        assert_eq!(hour("7:30"), Ok(jiff::civil::time(7, 30, 0, 0)));
        assert!(hour("24").is_err() && hour("-1").is_err() && hour("noon").is_err());
    }
}
