//! The program `kith`.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    kith::cli::Cli::parse().run()
}
