//! Puts the areas together and runs them: the one place that knows every area.
//!
//! A stop goes this way: no letter leaves any more, and the requests under way end; beside that the
//! gateway and the HTTP port close, and the answers under way end; then the agenda and the backups; the store last.
//! Whatever takes longer than [`DEADLINE`] is left as a crash leaves it.
//!
//! A store that failed (a full disk, say) serves no more until it is opened anew. So it begins a stop, too, which ends
//! with its error: whoever watches over the process starts it again.
//!
//! What a crash leaves, and who goes on, stands where the steps are: `store` (a commit), `agenda`
//! (what is due), `delivery` (a letter), `discord::answer` (an answer), `nudges` (a nudge's whole way).
//! At the start, a crash before or while the commands are registered leaves the old ones or all the
//! new ones, for one request brings them all; the next start compares again.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
#[cfg(feature = "demo")]
use jiff::Timestamp;
use serenity::all::{ApplicationId, Http};
use tokio::sync::watch;
use tokio::task::JoinSet;

#[cfg(feature = "demo")]
use crate::agenda::Ran;
use crate::agenda::{self, Agenda};
use crate::clock::Clock;
use crate::delivery::{self, Delivery, Transport};
use crate::discord::app::{App, Command};
use crate::discord::area::Area;
use crate::discord::client::{self, Network, Serving};
use crate::discord::in_flight::InFlight;
use crate::discord::registration;
use crate::discord::router::Router;
use crate::http;
use crate::members::rules;
use crate::nudges::calendar;
use crate::settings::Settings;
use crate::shutdown::{DEADLINE, Shutdown};
use crate::store::{Store, backup};
use crate::texts::Texts;

/// The longest wait between two tries to reach Discord at the start.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Every area: `build.rs` lists the folders of `src/` that have a `pub fn area() -> Area`, by name.
#[must_use]
pub fn areas() -> Vec<Area> {
    let areas: &[fn() -> Area] = &include!(concat!(env!("OUT_DIR"), "/areas.rs"));
    areas.iter().map(|area| area()).collect()
}

/// Runs the bot until the shutdown; `ready` is called with Discord's address once it is connected and
/// its commands are registered.
///
/// # Errors
/// The store or the texts cannot be opened, or Discord refuses the token.
pub async fn run(settings: Settings, ready: impl FnOnce(&str), shutdown: Shutdown) -> anyhow::Result<()> {
    run_over(settings, Network::default(), ready, shutdown).await
}

/// Does the same over a network that is not as the system has it.
///
/// # Errors
/// As [`run`].
pub async fn run_over(
    settings: Settings,
    network: Network,
    ready: impl FnOnce(&str),
    shutdown: Shutdown,
) -> anyhow::Result<()> {
    #[cfg(feature = "demo")]
    if let Some(url) = &settings.clock_url {
        let (clock, follower) = Clock::follow(url).await?;
        return serve((settings, network), clock, Some(follower), ready, shutdown).await;
    }
    serve((settings, network), Clock::system(), None, ready, shutdown).await
}

/// What follows the sandbox's clock; in a build without the sandbox there is no such thing.
#[cfg(feature = "demo")]
type Follower = crate::clock::follow::Follower;
#[cfg(not(feature = "demo"))]
type Follower = std::convert::Infallible;

async fn serve(
    (settings, network): (Settings, Network),
    clock: Clock,
    follower: Option<Follower>,
    ready: impl FnOnce(&str),
    shutdown: Shutdown,
) -> anyhow::Result<()> {
    let port = http::open(&settings.http).await?;
    let store = Store::open(&settings.store.path)?;
    let mut app = app(&settings, store.clone(), clock.clone())?;
    app.discord = Arc::new(client::http(&settings.discord, &network, None)?);
    app.address = port.as_ref().map(|port| Arc::clone(&port.address));
    rules::store::catch_up(&app, &shutdown).await?;
    let agenda = Arc::new(Agenda::new(store.clone(), clock.clone(), handlers(&app)));
    let delivery = delivery(&settings, &network, store.clone(), clock.clone())?;
    // What the store needs goes on until everything else has stopped.
    let last = Shutdown::new();
    let mut tasks = JoinSet::new();
    {
        let (delivery, first) = (delivery.clone(), shutdown.clone());
        tasks.spawn(async move { delivery.run(&first).await });
    }
    let falling_due = {
        let (agenda, second) = (Arc::clone(&agenda), last.clone());
        tokio::spawn(async move {
            let ran = agenda.run(&second).await;
            second.begin();
            ran.context("the scheduler could not be started, so nothing would fall due")
        })
    };
    if let Some(port) = port {
        tracing::info!(address = %port.address, "calendars are served");
        tasks.spawn(http::serve(port, app.clone(), calendar::feed::find, shutdown.clone()));
    }
    tasks.spawn(backups(settings.clone(), store.clone(), clock.clone(), last.clone()));
    tasks.spawn(watch_over(store.clone(), shutdown.clone(), last.clone()));
    follow(&mut tasks, follower, agenda, delivery, last.clone());

    let outcome = connected((&settings, &network), &app, ready, &shutdown, &last).await;
    shutdown.begin();
    last.begin();
    let ended = async {
        while tasks.join_next().await.is_some() {}
        falling_due.await?
    };
    let ended = tokio::time::timeout(DEADLINE, ended).await.unwrap_or_else(|_| {
        tracing::warn!("letters or errands are left in flight; the next start looks for them");
        Ok(())
    });
    store.close().await?;
    ended.and(outcome)
}

/// Begins the stop where the store has failed.
async fn watch_over(store: Store, shutdown: Shutdown, last: Shutdown) {
    tokio::select! {
        _ = store.broken() => {
            tracing::error!("Kith leaves, to be started anew");
            shutdown.begin();
        }
        () = last.requested() => {}
    }
}

/// What handlers may use.
///
/// # Errors
/// The texts cannot be read, or the TLS library cannot be set up.
pub fn app(settings: &Settings, store: Store, clock: Clock) -> anyhow::Result<App> {
    Ok(App {
        store,
        clock,
        texts: Arc::new(Texts::embedded()?),
        limits: settings.limits.clone(),
        defaults: settings.defaults.clone(),
        address: None,
        followers: areas().into_iter().filter_map(|area| area.follow).collect(),
        offers: areas().into_iter().filter_map(|area| area.offer).collect(),
        fates: areas().into_iter().filter_map(|area| area.fate).collect(),
        bearers: areas().into_iter().filter_map(|area| area.bearer).collect(),
        movers: areas().into_iter().filter_map(|area| area.moved).collect(),
        cards: areas().into_iter().filter_map(|area| area.card).collect(),
        discord: Arc::new(client::http(&settings.discord, &Network::default(), None)?),
        in_flight: InFlight::default(),
    })
}

/// What every area does when something is due.
#[must_use]
pub fn handlers(app: &App) -> Vec<(&'static str, agenda::Handler)> {
    areas().into_iter().filter_map(|area| area.due).flat_map(|due| due(app)).collect()
}

/// The commands of every area, described.
#[must_use]
pub fn commands(app: &App) -> Vec<Command> {
    let mut commands: Vec<Command> = areas().into_iter().flat_map(|area| area.commands).collect();
    registration::describe(&mut commands, &app.texts);
    commands
}

fn delivery(settings: &Settings, network: &Network, store: Store, clock: Clock) -> anyhow::Result<Delivery> {
    let base = format!("{}/api/v10", client::base(&settings.discord));
    let per_second = u16::try_from(settings.discord.letters_per_second).unwrap_or(u16::MAX);
    let client = network.client(&settings.discord);
    let transport = Transport::new(client, &base, settings.discord.token.expose(), per_second)?;
    let limits = delivery::Limits {
        opens: settings.discord.dm_opens_per_10_minutes as usize,
        ..delivery::Limits::default()
    };
    Ok(Delivery::new(store, clock, transport, limits))
}

/// Connects, registers the commands and serves until the shutdown, or until something essential ended.
async fn connected(
    (settings, network): (&Settings, &Network),
    app: &App,
    announce: impl FnOnce(&str),
    shutdown: &Shutdown,
    last: &Shutdown,
) -> anyhow::Result<()> {
    let http = client::http(&settings.discord, network, None)?;
    let application = tokio::select! {
        found = application(&http) => found?,
        () = shutdown.requested() => return Ok(()),
    };
    let http = client::http(&settings.discord, network, Some(application))?;
    let (ready, mut is_ready) = watch::channel(false);
    let serving = Serving {
        app: app.clone(),
        commands,
        router: Router::new(areas().into_iter().filter_map(|area| area.presses)),
        application,
        network: network.clone(),
        ready,
    };
    let gateway = client::serve(settings.discord.clone(), serving, shutdown.clone());
    tokio::pin!(gateway);
    let announced = async {
        let registered = registration::register(&http, application, &commands(app)).await?;
        tracing::info!(?registered, "commands");
        is_ready.wait_for(|ready| *ready).await.context("the gateway ended")?;
        announce(client::base(&settings.discord));
        // The gateway is what ends the serving.
        std::future::pending::<anyhow::Result<()>>().await
    };
    tokio::select! {
        ended = &mut gateway => return ended,
        failed = announced => return failed,
        () = shutdown.requested() => {}
        () = last.requested() => {}
    }
    shutdown.begin();
    gateway.await
}

/// The application's id, asked for until Discord answers.
async fn application(http: &Http) -> anyhow::Result<ApplicationId> {
    let mut wait = Duration::from_millis(250);
    loop {
        match http.get_current_application_info().await {
            Ok(info) => return Ok(info.id),
            Err(serenity::Error::Http(error)) if error.status_code().is_some_and(|code| code == 401) => {
                anyhow::bail!(
                    "Discord does not know this token (401): set DISCORD_TOKEN to the bot's token from the Developer Portal"
                );
            }
            Err(error) => {
                tracing::warn!(%error, ?wait, "Discord cannot be reached; trying again");
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(LONGEST_WAIT);
            }
        }
    }
}

/// Follows the sandbox's clock: whenever it moved, everything due runs and its letters leave.
fn follow(
    tasks: &mut JoinSet<()>,
    follower: Option<Follower>,
    agenda: Arc<Agenda>,
    delivery: Delivery,
    shutdown: Shutdown,
) {
    #[cfg(feature = "demo")]
    if let Some(follower) = follower {
        let settle = move || settled(Arc::clone(&agenda), delivery.clone());
        tasks.spawn(async move { follower.run(settle, shutdown).await });
    }
    #[cfg(not(feature = "demo"))]
    let _ = (tasks, follower, agenda, delivery, shutdown);
}

/// Runs what is due until nothing is, and tells when the next thing is.
#[cfg(feature = "demo")]
async fn settled(agenda: Arc<Agenda>, delivery: Delivery) -> Option<Timestamp> {
    loop {
        let ran =
            agenda.run_due().await.inspect_err(|error| tracing::error!(%error, "the agenda failed")).ok()?;
        delivery.idle().await.inspect_err(|error| tracing::error!(%error, "the outbox failed")).ok()?;
        // What has arrived or ended may have told its area so.
        if ran == Ran::default() && !agenda.is_due().ok()? {
            break;
        }
    }
    let next = [agenda.next_due().ok()?, delivery.next_due().ok()?];
    next.into_iter().flatten().min()
}

/// Writes a verified backup at the start and then every so often, and keeps the newest ones.
async fn backups(settings: Settings, store: Store, clock: Clock, shutdown: Shutdown) {
    let directory: PathBuf = settings.store.backup_path.clone();
    loop {
        let (store, directory, clock) = (store.clone(), directory.clone(), clock.clone());
        let keep = settings.store.backup_keep;
        let written = tokio::task::spawn_blocking(move || {
            let path = backup::write(&store, &directory, clock.now())?;
            backup::prune(&directory, keep).map(|_| path)
        });
        match written.await {
            Ok(Ok(path)) => tracing::info!(path = %path.display(), "backup written"),
            Ok(Err(error)) => tracing::error!(%error, "the backup could not be written"),
            Err(error) => tracing::error!(%error, "the backup ended by itself"),
        }
        tokio::select! {
            () = tokio::time::sleep(settings.store.backup_every) => {}
            () = shutdown.requested() => return,
        }
    }
}

#[cfg(test)]
mod presses;

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command as one types it, or as it stands in a menu.
    fn called(command: &Command, before: &str, all: &mut Vec<String>) {
        if let Some(entry) = &command.context_menu_name {
            all.push(format!("**{entry}**"));
        }
        if command.slash_action.is_some() {
            let name = format!("{before}{}", command.name);
            if command.subcommands.is_empty() {
                all.push(format!("`/{name}`"));
            }
            for subcommand in &command.subcommands {
                called(subcommand, &format!("{name} "), all);
            }
        }
    }

    #[test]
    fn the_readmes_table_names_every_command_there_is_and_no_other() {
        let readme = include_str!("../README.md");
        let rows = readme.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
        let mut named = Vec::new();
        for (cell, about) in
            rows.filter(|(cell, _)| cell.starts_with("`/") || cell.starts_with("right click"))
        {
            // "`/nudge list` · `edit`" names two of one family; options and what stands between are none.
            let mut family = String::new();
            for name in cell.split('`').skip(1).step_by(2) {
                let words: Vec<&str> = name.split(' ').filter(|word| !word.ends_with(':')).collect();
                match words[..] {
                    [] => {}
                    [one] if !one.starts_with('/') => named.push(format!("`{family} {one}`")),
                    _ => {
                        family = words[0].to_owned();
                        named.push(format!("`{}`", words.join(" ")));
                    }
                }
            }
            let entries = about.split('*').skip(1).step_by(2).filter(|_| !cell.starts_with('`'));
            named.extend(entries.map(|entry| format!("**{entry}**")));
        }
        let mut all = Vec::new();
        areas().iter().flat_map(|area| &area.commands).for_each(|command| called(command, "", &mut all));
        named.sort();
        all.sort();
        assert_eq!(named, all);
    }

    #[test]
    fn the_help_names_every_command_there_is_and_no_other() {
        let texts = Texts::embedded().unwrap();
        let help = crate::help::view(texts.words(None));
        let [embed] = &help.embeds[..] else { panic!("{help:?}") };
        let text: Vec<&str> = embed.fields.iter().map(|field| field.value.as_str()).collect();
        let text = text.join("\n");
        let mut all = Vec::new();
        areas().iter().flat_map(|area| &area.commands).for_each(|command| called(command, "", &mut all));
        let missing: Vec<&String> = all.iter().filter(|name| !text.contains(name.as_str())).collect();
        assert!(missing.is_empty(), "config/locales/en/help.ftl does not name {missing:?}");
        let named = text.split('`').filter(|part| part.starts_with('/'));
        let unknown: Vec<&str> = named.filter(|name| !all.contains(&format!("`{name}`"))).collect();
        assert!(unknown.is_empty(), "there are no commands {unknown:?}");
        assert!(embed.fields.iter().all(|field| !field.value.ends_with('…')), "a field is too long");
    }
}
