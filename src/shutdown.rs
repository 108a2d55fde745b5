//! Stopping in order: whoever works is told, finishes what is in flight, and leaves in time.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// How long an orderly stop may take; after it the process leaves anyway.
pub const DEADLINE: Duration = Duration::from_secs(10);

/// The wish to stop. Its copies share it: one begins, all are told.
#[derive(Clone, Debug, Default)]
pub struct Shutdown {
    token: CancellationToken,
}

impl Shutdown {
    /// A wish that nobody has had yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks everybody to stop. Asking again changes nothing.
    pub fn begin(&self) {
        self.token.cancel();
    }

    /// Whether a stop was asked for.
    #[must_use]
    pub fn is_requested(&self) -> bool {
        self.token.is_cancelled()
    }

    /// Comes back once a stop is asked for: the other branch of every long wait.
    pub async fn requested(&self) {
        self.token.cancelled().await;
    }

    /// A stop of a part: it begins with this one, and can begin before it.
    #[must_use]
    pub fn part(&self) -> Self {
        Self { token: self.token.child_token() }
    }
}

/// From now on SIGTERM and Ctrl-C begin `shutdown`; the process leaves at once at a second one,
/// or when the stop has taken [`DEADLINE`].
///
/// # Errors
/// When the system does not let signals be heard.
pub fn stop_on_signals(shutdown: &Shutdown) -> std::io::Result<()> {
    let mut signals = Signals::new()?;
    let shutdown = shutdown.clone();
    tokio::spawn(async move {
        signals.next().await;
        shutdown.begin();
        tracing::info!("stopping; a second signal leaves at once");
        tokio::select! {
            () = signals.next() => tracing::warn!("leaving at once"),
            () = tokio::time::sleep(DEADLINE) => tracing::error!("the stop took too long; leaving"),
        }
        // What is committed is on disk, and what is in flight is resumed at the next start.
        std::process::exit(1);
    });
    Ok(())
}

#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(windows)]
struct Signals {
    interrupt: tokio::signal::windows::CtrlC,
}

#[cfg(windows)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self { interrupt: tokio::signal::windows::ctrl_c()? })
    }

    async fn next(&mut self) {
        self.interrupt.recv().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_part_stops_with_the_whole_and_not_the_other_way() {
        let whole = Shutdown::new();
        let (early, late) = (whole.part(), whole.part());
        early.begin();
        assert!(early.is_requested() && !whole.is_requested() && !late.is_requested());
        whole.begin();
        late.requested().await;
    }
}
