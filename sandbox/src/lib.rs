//! A small Discord on loopback, for developing, testing and showing bots without a token.
//!
//! One model of Discord (`world`) has three faces: Discord's own REST (`rest`) and gateway (`gateway`) for a bot, and
//! a JSON API (`people`) for persons, tests and the page. All of it lives in memory and is gone at the end.
//!
//! ```no_run
//! # async fn shown() -> Result<(), discord_sandbox::StartError> {
//! let sandbox = discord_sandbox::start(discord_sandbox::Options::default()).await?;
//! println!("a bot with the token {} may connect to {}", sandbox.token(), sandbox.url());
//! sandbox.shutdown().await;
//! # Ok(())
//! # }
//! ```

mod app;
mod clock;
mod door;
mod gateway;
mod journal;
#[cfg(feature = "judge")]
pub mod judge;
mod page;
mod people;
mod rest;
pub mod town;
mod world;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{any, get};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use app::App;
use clock::Clock;
use door::{Door, Peer};
pub use gateway::hub::Disturbance;
pub use journal::Exchange;
use world::World;

/// How long open connections may take to end, once the sandbox stops.
const STOP_WITHIN: Duration = Duration::from_secs(2);
/// The largest request, in bytes: Discord's 25 MiB and the form around it.
const BODY_MOST: usize = 26 * 1024 * 1024;

/// How a sandbox is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port on loopback; 0 for a free one.
    pub port: u16,
    /// The bot's name.
    pub bot_name: String,
    /// Whether the application has the privileged intents, as if switched on in Discord's developer portal.
    pub privileged_intents: bool,
    /// What was kept of an earlier sandbox; else the world is empty.
    pub town: Option<town::Town>,
    /// How often a bot has to show the gateway that it lives; Discord's own interval is 41.25 seconds.
    pub heartbeat: Duration,
    /// How many shards a bot is told to connect with: one for each thousand servers or so, with Discord.
    pub shards: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            bot_name: "Kith".to_owned(),
            privileged_intents: false,
            town: None,
            heartbeat: Duration::from_millis(gateway::HEARTBEAT_MS),
            shards: 1,
        }
    }
}

/// Why a sandbox does not start or stopped.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port cannot be had.
    #[error("port {port} on loopback cannot be had: {source}")]
    Port {
        /// The port asked for.
        port: u16,
        /// Why.
        source: std::io::Error,
    },
    /// What was kept cannot be put back.
    #[error("the town cannot be put back: {0}")]
    Town(String),
    /// The process cannot be told to stop.
    #[error("the signal to stop cannot be listened for: {0}")]
    Signal(std::io::Error),
}

/// A sandbox that runs; it ends with [`Sandbox::shutdown`] or when it is dropped.
#[must_use]
pub struct Sandbox {
    addr: SocketAddr,
    token: String,
    app: Arc<App>,
    server: JoinHandle<()>,
}

impl Sandbox {
    /// Where it listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Its address for HTTP, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// The bot's token.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The bot's last REST calls with their answers, from the one after number `seq` on.
    #[must_use]
    pub fn requests_since(&self, seq: u64) -> Vec<Exchange> {
        self.app.journal.since(seq)
    }

    /// What can be kept of its world, to start another one with.
    #[must_use]
    pub fn town(&self) -> town::Town {
        self.app.world(|world| world.town())
    }

    /// Disturbs the bot's gateway connections.
    pub fn disturb(&self, how: Disturbance) {
        self.app.hub.disturb(how);
    }

    /// Ends what disturbances still go on.
    pub fn calm(&self) {
        self.app.hub.calm();
    }

    /// Ends it; connections that don't end within two seconds are cut.
    pub async fn shutdown(mut self) {
        self.app.stopping.send_replace(true);
        // What is left after the time is cut when the handle is dropped.
        let _ = tokio::time::timeout(STOP_WITHIN, &mut self.server).await;
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.app.stopping.send_replace(true);
        self.server.abort();
    }
}

/// Starts a sandbox on loopback. Several may run in one process.
///
/// # Errors
/// When the port cannot be had.
pub async fn start(options: Options) -> Result<Sandbox, StartError> {
    let port = options.port;
    let refused = |source| StartError::Port { port, source };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(refused)?;
    let addr = listener.local_addr().map_err(refused)?;
    let clock = Clock::new(options.town.as_ref().map(|town| town.now));
    let mut world =
        World::new(clock.now(), format!("http://{addr}"), &options.bot_name, options.privileged_intents);
    if let Some(town) = &options.town {
        world.settle(town).map_err(|no| StartError::Town(no.to_string()))?;
    }
    let token = world.bot.token.clone();
    let heartbeat = u64::try_from(options.heartbeat.as_millis()).unwrap_or(gateway::HEARTBEAT_MS);
    let app = Arc::new(App::new(clock, world, heartbeat, options.shards));
    let mut stopping = app.stopping.subscribe();
    let routes = routes(app.clone()).into_make_service_with_connect_info::<Peer>();
    let server = tokio::spawn(async move {
        let stopped = async move { app::stopped(&mut stopping).await };
        if let Err(error) = axum::serve(Door(listener), routes).with_graceful_shutdown(stopped).await {
            tracing::error!(%error, "the sandbox's server ended");
        }
    });
    Ok(Sandbox { addr, token, app, server })
}

fn routes(app: Arc<App>) -> Router {
    Router::new()
        .route("/", get(page::index))
        .route("/page/{*path}", get(page::file))
        .route("/gateway", any(gateway::connect))
        .route("/gateway/", any(gateway::connect))
        .nest("/sandbox/v1", people::router())
        .merge(rest::router())
        .layer(DefaultBodyLimit::max(BODY_MOST))
        .with_state(app)
}

/// Runs a sandbox as a program, on this port; see [`run`].
///
/// # Errors
/// When the port cannot be had or the signals cannot be listened for.
pub async fn cli(port: u16) -> Result<(), StartError> {
    run(Options { port, ..Options::default() }).await
}

/// Runs a sandbox as a program: prints `ready <address>` and goes on until Ctrl-C or SIGTERM.
///
/// # Errors
/// When the port cannot be had or the signals cannot be listened for.
pub async fn run(options: Options) -> Result<(), StartError> {
    let sandbox = start(options).await?;
    ready(&sandbox.url());
    tracing::info!(token = sandbox.token(), "a bot may log in with this token");
    stop_signal().await.map_err(StartError::Signal)?;
    sandbox.shutdown().await;
    Ok(())
}

/// The one line on standard output.
fn ready(address: &str) {
    use std::io::Write;
    let mut out = std::io::stdout();
    // Nobody reads it: no reason to stop.
    let _ = writeln!(out, "ready {address}").and_then(|()| out.flush());
}

async fn stop_signal() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            ctrl_c = tokio::signal::ctrl_c() => ctrl_c,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
