//! How Kith reaches Discord: the REST client for answers, and the gateway on a thread of its own.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use parking_lot::Mutex;
use serenity::all::{
    ApplicationId, Event, Framework, FullEvent, GatewayIntents, Interaction, RawEventHandler,
};
use serenity::gateway::GatewayError;
use serenity::http::{Http, HttpBuilder};
use tokio::sync::watch;

use super::app::{App, Command, Servers, Shard};
use super::errors::on_error;
use super::failure::Failure;
use super::limiter;
use super::router::Router;
use crate::id::GuildId;
use crate::settings;
use crate::shutdown::Shutdown;

/// How long the shards may take to close.
const CLOSING: Duration = Duration::from_secs(2);
/// How long the answers under way may take to end, once nothing new comes.
const ANSWERS: Duration = Duration::from_secs(4);
/// How long what was received just before the end may take to begin.
const BEGINNING: Duration = Duration::from_millis(50);
/// A connection that lasted so long was a good one: the waits begin anew.
const GOOD: Duration = Duration::from_secs(60);
/// The first wait before connecting anew.
const FIRST_WAIT: Duration = Duration::from_millis(250);
/// The longest wait before connecting anew.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Where Discord's API is, without a version or a final slash.
#[must_use]
pub fn base(settings: &settings::Discord) -> &str {
    settings.api_url.as_deref().unwrap_or("https://discord.com").trim_end_matches('/')
}

/// How connections to Discord are made, where it is not as the system would: a test stands in for Discord.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// One more authority whose certificates are trusted.
    pub authority: Option<reqwest::Certificate>,
    /// Where `discord.com` is.
    pub address: Option<SocketAddr>,
}

impl Network {
    /// An HTTP client that connects so, and gives up when the settings say.
    pub fn client(&self, settings: &settings::Discord) -> reqwest::ClientBuilder {
        let mut client =
            reqwest::Client::builder().timeout(settings.timeout).connect_timeout(settings.timeout);
        if settings.api_url.is_some() {
            client = client.no_proxy();
        }
        if let Some(authority) = &self.authority {
            client = client.add_root_certificate(authority.clone());
        }
        if let Some(address) = self.address {
            client = client.resolve("discord.com", address).no_proxy();
        }
        client
    }
}

/// The REST client for what answers a person at once.
///
/// With an address of its own serenity's limiter is off, as serenity then ignores it otherwise.
///
/// # Errors
/// The TLS library cannot be set up.
pub fn http(
    settings: &settings::Discord,
    network: &Network,
    application: Option<ApplicationId>,
) -> anyhow::Result<Http> {
    let client = network.client(settings).build()?;
    let mut builder = HttpBuilder::new(settings.token.expose()).client(client);
    if settings.api_url.is_some() {
        builder = builder.proxy(base(settings)).ratelimiter_disabled(true);
    }
    if let Some(application) = application {
        builder = builder.application_id(application);
    }
    Ok(builder.build())
}

/// What the gateway needs to serve.
pub struct Serving {
    /// What handlers may use.
    pub app: App,
    /// All commands.
    pub commands: fn(&App) -> Vec<Command>,
    /// All presses.
    pub router: Router,
    /// The application whose commands these are.
    pub application: ApplicationId,
    /// How connections to Discord are made.
    pub network: Network,
    /// Set once Discord has said READY to every shard.
    pub ready: watch::Sender<bool>,
}

/// Serves the gateway on a thread and runtime of its own until the shutdown, connecting anew where
/// the connection is lost for good.
///
/// # Errors
/// Discord refuses the token or the intents, or the thread cannot be had.
pub async fn serve(settings: settings::Discord, serving: Serving, shutdown: Shutdown) -> anyhow::Result<()> {
    let (done, ended) = tokio::sync::oneshot::channel();
    std::thread::Builder::new().name("gateway".to_owned()).spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("gateway-worker")
            .enable_all()
            .build();
        let outcome = match runtime {
            Ok(runtime) => {
                let outcome = runtime.block_on(async {
                    let outcome = connected(&settings, &serving, &shutdown).await;
                    // Answers run on this runtime: they end before it does.
                    answered(&serving.app).await;
                    outcome
                });
                runtime.shutdown_background();
                outcome
            }
            Err(error) => Err(error.into()),
        };
        // Nobody listens any more only when the process is leaving.
        let _ = done.send(outcome);
    })?;
    ended.await.context("the gateway's thread ended by itself")?
}

/// Waits until nobody waits for an answer any more, but not for long.
async fn answered(app: &App) {
    // What was received just now is about to begin.
    tokio::time::sleep(BEGINNING).await;
    if tokio::time::timeout(ANSWERS, app.in_flight.none()).await.is_err() {
        tracing::warn!("some answers were not finished in time");
    }
}

async fn connected(
    settings: &settings::Discord,
    serving: &Serving,
    shutdown: &Shutdown,
) -> anyhow::Result<()> {
    let mut wait = FIRST_WAIT;
    while !shutdown.is_requested() {
        let began = Instant::now();
        let ended = once(settings, serving, shutdown).await;
        if began.elapsed() >= GOOD {
            wait = FIRST_WAIT;
        }
        match ended {
            Ok(()) => {}
            Err(error) => {
                if let Some(reason) = final_reason(&error) {
                    bail!("{reason}");
                }
                tracing::warn!(error = format!("{error:#}"), ?wait, "the gateway is lost; connecting anew");
            }
        }
        serving.ready.send_replace(false);
        tokio::select! {
            () = tokio::time::sleep(wait) => wait = (wait * 2).min(LONGEST_WAIT),
            () = shutdown.requested() => {}
        }
    }
    Ok(())
}

async fn once(settings: &settings::Discord, serving: &Serving, shutdown: &Shutdown) -> anyhow::Result<()> {
    let http = http(settings, &serving.network, Some(serving.application))?;
    // When this call fails inside serenity, it stays with Discord's public gateway for good.
    let gateway = http.get_bot_gateway().await.context("the gateway's address could not be asked for")?;
    let mut client = serenity::all::ClientBuilder::new_with_http(http, GatewayIntents::GUILDS)
        .framework(Dispatch {
            commands: commands(serving),
            app: serving.app.clone(),
            router: serving.router.clone(),
            ready: serving.ready.clone(),
            up: Mutex::default(),
        })
        .raw_event_handler(Unknown)
        .await?;
    *client.ws_url.lock().await = gateway.url;
    let shards = Arc::clone(&client.shard_manager);
    let limited = [Arc::clone(&client.http), Arc::clone(&serving.app.discord)];
    tokio::select! {
        never = limiter::tidies(&limited) => match never {},
        ended = client.start_shards(gateway.shards.max(1)) => Ok(ended?),
        () = shutdown.requested() => {
            // Before a shard exists serenity waits without end (hence the deadline).
            let _ = tokio::time::timeout(CLOSING, shards.shutdown_all()).await;
            Ok(())
        }
    }
}

/// Why connecting anew is of no use, in a sentence; `None` where it may help.
fn final_reason(error: &anyhow::Error) -> Option<&'static str> {
    match error.downcast_ref::<serenity::Error>() {
        Some(serenity::Error::Gateway(GatewayError::InvalidAuthentication)) => Some(
            "Discord refuses the token (4004): set DISCORD_TOKEN to the bot's token from the Developer Portal",
        ),
        Some(serenity::Error::Gateway(
            GatewayError::DisallowedGatewayIntents | GatewayError::InvalidGatewayIntents,
        )) => {
            Some("Discord refuses the intents (4013 or 4014), though Kith asks for none that is privileged")
        }
        _ => None,
    }
}

fn commands(serving: &Serving) -> poise::Framework<App, Failure> {
    let app = serving.app.clone();
    poise::Framework::builder()
        .options(poise::FrameworkOptions {
            commands: (serving.commands)(&serving.app),
            on_error: |error| Box::pin(on_error(error)),
            ..Default::default()
        })
        .setup(move |_, _, _| Box::pin(async move { Ok(app) }))
        .initialize_owners(false)
        .build()
}

/// Every event comes here, once: serenity copies it for each handler beside the framework.
struct Dispatch {
    commands: poise::Framework<App, Failure>,
    app: App,
    router: Router,
    ready: watch::Sender<bool>,
    /// The shards that are up, by number.
    up: Mutex<BTreeSet<u32>>,
}

#[serenity::async_trait]
impl Framework for Dispatch {
    async fn init(&mut self, client: &serenity::Client) {
        self.commands.init(client).await;
    }

    async fn dispatch(&self, context: serenity::all::Context, event: FullEvent) {
        match &event {
            FullEvent::InteractionCreate {
                interaction: interaction @ (Interaction::Component(_) | Interaction::Modal(_)),
            } => self.router.dispatch(&self.app, &context.http, interaction).await,
            FullEvent::Ready { data_about_bot: ready } => {
                let shard = ready.shard.map_or(Shard { number: 0, of: 1 }, |shard| Shard {
                    number: shard.id.0,
                    of: shard.total,
                });
                tracing::info!(bot = %ready.user.id, servers = ready.guilds.len(), ?shard, "connected");
                let servers = ready.guilds.iter().map(|guild| GuildId(guild.id.get())).collect();
                self.moved(&Servers::All(shard, servers)).await;
                // poise answers from here on.
                self.commands.dispatch(context, event).await;
                self.is_up(shard);
            }
            FullEvent::GuildCreate { guild, .. } => {
                self.moved(&Servers::Came(GuildId(guild.id.get()))).await;
            }
            // One that is unavailable has an outage, and comes back by itself.
            FullEvent::GuildDelete { incomplete, .. } if !incomplete.unavailable => {
                self.moved(&Servers::Went(GuildId(incomplete.id.get()))).await;
            }
            _ => self.commands.dispatch(context, event).await,
        }
    }
}

impl Dispatch {
    /// Notes that a shard is up.
    fn is_up(&self, shard: Shard) {
        let mut up = self.up.lock();
        up.insert(shard.number);
        if u32::try_from(up.len()) == Ok(shard.of) {
            self.ready.send_replace(true);
        }
    }

    /// Tells the areas which servers Kith is in. What fails here is made good at the next start.
    async fn moved(&self, servers: &Servers) {
        let app = &self.app;
        let told = app.store.write(|tx| {
            let now = app.clock.now();
            app.movers.iter().try_for_each(|moved| moved(tx, app, servers, now))
        });
        if let Err(error) = told.await {
            tracing::error!(%error, "which servers Kith is in could not be kept");
        }
    }
}

/// Reports events that serenity cannot read, which vanish otherwise.
struct Unknown;

#[serenity::async_trait]
impl RawEventHandler for Unknown {
    async fn raw_event(&self, _: serenity::all::Context, event: Event) {
        if let Event::Unknown(event) = event {
            tracing::warn!(kind = event.kind, "Discord sent an event that could not be read");
        }
    }
}
