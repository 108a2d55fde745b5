//! The commands that serve until they are asked to stop.

use std::process::ExitCode;

use super::on_runtime;
use crate::settings::Settings;
#[cfg(feature = "demo")]
use crate::settings::{Log, LogFormat};
use crate::shutdown::{Shutdown, stop_on_signals};
use crate::{bot, logging};

/// Runs a server until it ends by itself or is asked to stop by a signal.
pub(super) fn serve<S>(serve: impl FnOnce(Shutdown) -> S) -> ExitCode
where
    S: Future<Output = anyhow::Result<()>>,
{
    let shutdown = Shutdown::new();
    on_runtime(async {
        stop_on_signals(&shutdown)?;
        serve(shutdown).await.map(|()| ExitCode::SUCCESS)
    })
}

/// `kith run`: the bot, until it is asked to stop.
pub(super) async fn run(shutdown: Shutdown) -> anyhow::Result<()> {
    let settings = Settings::load()?;
    logging::begin(&settings.log);
    bot::run(settings, logging::ready, shutdown).await
}

/// `kith sandbox`: a sandbox alone, until it is asked to stop.
#[cfg(feature = "demo")]
pub(super) async fn sandbox(port: u16, shutdown: Shutdown) -> anyhow::Result<()> {
    logging::begin(&Log { filter: "info".to_owned(), format: LogFormat::Text });
    let options = discord_sandbox::Options { port, ..Default::default() };
    let sandbox = discord_sandbox::start(options).await?;
    logging::ready(&sandbox.url());
    tracing::info!(
        token = sandbox.token(),
        "a bot may log in with this token, which is good for nothing else"
    );
    shutdown.requested().await;
    sandbox.shutdown().await;
    Ok(())
}
