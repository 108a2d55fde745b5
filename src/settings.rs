//! The settings of the process: defaults, then a file, then `.env` and the environment; checked as a whole.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::tz::TimeZone;

mod layers;
mod reader;

pub use reader::{Mistake, Mistakes};

/// `config/default.toml`: every setting with its default and what it is for.
pub const DEFAULTS: &str = include_str!("../config/default.toml");

/// The key of the bot's token.
const TOKEN: &str = "discord.token";

/// Everything that can be set, checked.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How Kith reaches Discord, and how fast it writes.
    pub discord: Discord,
    /// Where Kith keeps what it knows.
    pub store: Store,
    /// What Kith serves by HTTP.
    pub http: Http,
    /// The sandbox's clock to follow (feature `demo` only); `None` for the system's.
    pub clock_url: Option<String>,
    /// How much one member can keep.
    pub limits: Limits,
    /// What holds for members who have not chosen.
    pub defaults: Defaults,
    /// What is logged and how.
    pub log: Log,
}

/// How Kith reaches Discord, and how fast it writes.
#[derive(Clone, Debug)]
pub struct Discord {
    /// The bot's token.
    pub token: Secret,
    /// Another Discord's address, such as `http://127.0.0.1:8090`, without a path or a final slash.
    pub api_url: Option<String>,
    /// Letters, and other requests that nobody waits for, that leave in a second at most.
    pub letters_per_second: u32,
    /// DM channels with new people opened in 10 minutes at most.
    pub dm_opens_per_10_minutes: u32,
    /// How long one request may take.
    pub timeout: Duration,
}

/// Where Kith keeps what it knows.
#[derive(Clone, Debug)]
pub struct Store {
    /// The folder that holds everything.
    pub path: PathBuf,
    /// The folder for backups.
    pub backup_path: PathBuf,
    /// The time between two backups.
    pub backup_every: Duration,
    /// How many backups are kept.
    pub backup_keep: usize,
}

/// What Kith serves by HTTP: calendars at their addresses.
#[derive(Clone, Debug)]
pub struct Http {
    /// Where it listens; `None` for nowhere.
    pub listen: Option<SocketAddr>,
    /// The address at which people reach that, without a final slash; `None` for the port itself.
    pub public_url: Option<String>,
}

/// How much one member can keep.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections of one member.
    pub connections_per_member: usize,
    /// Open reminders that one member asked for.
    pub open_nudges_per_member: usize,
    /// Characters of a note.
    pub note_length: usize,
}

/// What holds for members who have not chosen.
#[derive(Clone, Debug)]
pub struct Defaults {
    /// The name of their time zone (IANA).
    pub zone: String,
    /// The hour of their day at which nudges come, 0 to 23.
    pub delivery_hour: i8,
}

/// What is logged and how.
#[derive(Clone, Debug)]
pub struct Log {
    /// tracing's filter directives.
    pub filter: String,
    /// The form of a line.
    pub format: LogFormat,
}

/// The form of a line of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Something that is never shown: its debug form is `***`, and it has no other.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps `text` from being shown.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one place that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Settings {
    /// The settings of this process: [`DEFAULTS`], the file that `KITH_CONFIG` names or `./kith.toml`,
    /// `./.env` and the environment.
    ///
    /// # Errors
    /// With every mistake in all of them.
    pub fn load() -> Result<Self, Mistakes> {
        Self::load_with(&[])
    }

    /// As [`load`](Self::load), but `fixed` wins over everything: pairs of a key such as
    /// `discord.api_url` and its value. This is how the demo points the bot at its own sandbox.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn load_with(fixed: &[(&str, &str)]) -> Result<Self, Mistakes> {
        let (settings, mistakes) = Self::gather(fixed)?;
        Mistakes::none_in(mistakes, settings)
    }

    /// The part that says where the store is, for what needs no token.
    ///
    /// # Errors
    /// With every mistake, but for one about the token.
    pub fn load_store() -> Result<Store, Mistakes> {
        let (settings, mut mistakes) = Self::gather(&[])?;
        mistakes.retain(|mistake| mistake.key.as_deref() != Some(TOKEN));
        Mistakes::none_in(mistakes, settings.store)
    }

    fn gather(fixed: &[(&str, &str)]) -> Result<(Self, Vec<Mistake>), Mistakes> {
        let mut mistakes = Vec::new();
        let environment = layers::environment(Path::new(".env"), &mut mistakes);
        let file = layers::file(&environment, &mut mistakes);
        let file = file.as_ref().map(|(name, text)| (name.as_str(), text.as_str()));
        Self::read(file, &environment, fixed, mistakes)
    }

    /// The settings from a file (its name and text) and an environment, with what is wrong in them; pure.
    fn read(
        file: Option<(&str, &str)>,
        environment: &BTreeMap<String, String>,
        fixed: &[(&str, &str)],
        mistakes: Vec<Mistake>,
    ) -> Result<(Self, Vec<Mistake>), Mistakes> {
        let mut reader = layers::merge(file, environment, fixed, mistakes)?;
        let path = reader.path("store.path");
        let backup_path = reader.optional_text("store.backup_path").map(PathBuf::from);
        let api_url = reader.address("discord.api_url");
        // A sandbox whose clock is moved takes a day's letters in a moment.
        let clock_url = reader.clock_address("clock_url");
        let most_letters = if clock_url.is_some() { 1_000 } else { 45 };
        let settings = Self {
            discord: Discord {
                token: reader.token(TOKEN, api_url.is_some()),
                api_url,
                letters_per_second: reader.whole("discord.letters_per_second", 1..=most_letters),
                dm_opens_per_10_minutes: reader.whole("discord.dm_opens_per_10_minutes", 1..=100),
                timeout: Duration::from_secs(reader.whole("discord.timeout_seconds", 1..=60)),
            },
            store: Store {
                backup_path: backup_path.unwrap_or_else(|| path.join("backups")),
                path,
                backup_every: Duration::from_secs(
                    3600 * reader.whole::<u64>("store.backup_every_hours", 1..=720),
                ),
                backup_keep: reader.whole("store.backup_keep", 1..=1000),
            },
            http: {
                let listen = reader.listen("http.listen");
                Http { listen, public_url: reader.public_address("http.public_url", listen) }
            },
            clock_url,
            limits: Limits {
                connections_per_member: reader.whole("limits.connections_per_member", 10..=100_000),
                open_nudges_per_member: reader.whole("limits.open_nudges_per_member", 1..=10_000),
                note_length: reader.whole("limits.note_length", 100..=6000),
            },
            defaults: Defaults {
                zone: reader.checked(
                    "defaults.zone",
                    "an IANA time zone, such as \"Europe/Berlin\"",
                    |zone| TimeZone::get(zone).is_ok(),
                ),
                delivery_hour: reader.whole("defaults.delivery_hour", 0..=23),
            },
            log: Log {
                filter: reader.checked(
                    "log.filter",
                    "filter directives, such as \"info\" or \"warn,kith=debug\"",
                    |filter| filter.parse::<tracing_subscriber::EnvFilter>().is_ok(),
                ),
                format: reader
                    .choice("log.format", &[("text", LogFormat::Text), ("json", LogFormat::Json)])
                    .unwrap_or(LogFormat::Text),
            },
        };
        Ok((settings, reader.finish()))
    }
}

#[cfg(test)]
mod tests;
