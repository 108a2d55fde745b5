//! The command line: what `kith` can be asked to do.

use std::future::Future;
use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};

use crate::check;
use crate::settings::Settings;

/// What was asked on the command line.
#[derive(Debug, Parser)]
#[command(name = "kith", version, about, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Look for everything that would keep the bot from working, and say how to mend it.
    ///
    /// Reads the settings, asks Discord about the token and the permissions in each server, and
    /// opens the store. Ends with 1 when something has to be mended.
    Check,
}

impl Cli {
    /// Does what was asked; gives how the process ends: 0 well, 1 not, 2 not understood.
    #[must_use]
    pub fn run(self) -> ExitCode {
        match self.command {
            Command::Check => on_runtime(check()),
        }
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
}
