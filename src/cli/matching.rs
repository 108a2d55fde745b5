//! `kith match`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;

use super::{NOT_UNDERSTOOD, failed, written};
use crate::clock::Clock;
use crate::rounds::matching::{Progress, file, solve};
use crate::texts::Texts;

/// How a matching ends in which no group is possible.
const NO_GROUP: u8 = 3;

#[derive(Debug, clap::Args)]
pub(super) struct Match {
    /// The people and what has to hold, as JSON; docs/matching.md shows one.
    file: PathBuf,
    /// What chance is drawn from: the same file and seed give the same groups.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How the groups are printed.
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
}

/// How an outcome is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For programs.
    Json,
    /// A table to read.
    Text,
}

impl Match {
    /// Prints the groups; ends with 2 where the file is wrong, with 3 where no group is possible.
    pub(super) fn run(&self) -> ExitCode {
        let texts = match Texts::embedded() {
            Ok(texts) => texts,
            Err(error) => return failed(&error.into()),
        };
        let words = texts.words(None);
        let clock = Clock::system();
        let began = clock.now();
        let problem = match read(&self.file) {
            Ok(problem) => problem,
            Err(why) => return told(&self.file, &why, NOT_UNDERSTOOD),
        };
        let mut outcome = match solve(&problem, self.seed, &Progress::new()) {
            Ok(outcome) => outcome,
            Err(why) => return told(&self.file, &why.to_string(), NOT_UNDERSTOOD),
        };
        outcome.ms = u64::try_from(clock.now().duration_since(began).as_millis()).unwrap_or(0);
        let mut out = std::io::stdout().lock();
        let printed = match self.format {
            Format::Json => writeln!(out, "{:#}", file::json(&outcome, words)),
            Format::Text => writeln!(out, "{}", file::table(&outcome, words)),
        };
        if outcome.groups.is_empty() && printed.is_ok() {
            return told(&self.file, &words.say("match-none"), NO_GROUP);
        }
        written(&printed, ExitCode::SUCCESS)
    }
}

fn read(path: &Path) -> Result<crate::rounds::matching::Problem, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("cannot be read: {error}"))?;
    file::read(&bytes).map_err(|error| error.to_string())
}

/// What is wrong, line by line with the file's name, on standard error.
fn told(file: &Path, why: &str, end: u8) -> ExitCode {
    let mut err = std::io::stderr().lock();
    let told = why.lines().try_for_each(|line| writeln!(err, "{}: {line}", file.display()));
    written(&told, ExitCode::from(end))
}
