//! What the process says of itself: the log on standard error, with ids and never with names, notes or
//! tokens; and on standard output one line once it serves.

use std::io::{IsTerminal, Write};

use tracing_subscriber::EnvFilter;

use crate::settings::{Log, LogFormat};

/// Begins to log. A second call changes nothing.
pub fn begin(log: &Log) {
    let lines = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(&log.filter))
        .with_writer(std::io::stderr)
        // Told on standard error, which panics where nobody reads that: then every line would.
        .log_internal_errors(false)
        .with_ansi(std::io::stderr().is_terminal());
    let begun = match log.format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
    if let Err(error) = begun {
        tracing::debug!(%error, "the log had begun before");
    }
}

/// Prints `ready <address>`, once, when a server serves: for the bot, when it is connected and its commands
/// are registered.
pub fn ready(address: &str) {
    let mut out = std::io::stdout();
    if let Err(error) = writeln!(out, "ready {address}").and_then(|()| out.flush()) {
        tracing::warn!(%error, "nobody reads that Kith is ready");
    }
}
