//! What the benches share: the programs as they are shipped, bots as processes, people who type
//! commands into a sandbox, and the lines of results.
#![allow(dead_code, unused_imports, reason = "each bench uses a part of it")]

mod bot;
pub mod community;
mod network;
mod nudges;
mod program;
mod sample;
mod town;

pub use bot::Bot;
pub use network::know;
pub use nudges::plan_nudges;
pub use program::Programs;
pub use sample::{Sample, median, result};
pub use town::{Person, Town};

/// A folder for what a bench stores, on the disk that the build is on.
///
/// # Errors
/// When the system refuses.
pub fn folder() -> std::io::Result<tempfile::TempDir> {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))
}

/// A runtime for the sandboxes and the people.
///
/// # Errors
/// When the system refuses.
pub fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}
