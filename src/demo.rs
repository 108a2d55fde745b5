//! `kith demo`: the sandbox and the bot in one process, with a server of a few people who have
//! something to look at already.
//!
//! The sandbox keeps nothing. So that the bot's store and its people stay together over restarts, the
//! demo keeps who there is, and what time it became, in `town.json` beside the store.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use discord_sandbox::town::{Guild, Person, Town};
use discord_sandbox::{Options, Sandbox};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::id::{ChannelId, GuildId, UserId};
use crate::settings::{DEFAULTS, Log, Settings};
use crate::shutdown::Shutdown;
use crate::{bot, logging};

mod networks;
mod round;

/// The people of the server, in the order in which they come; the page begins as the first.
const PEOPLE: [&str; 12] =
    ["Ana", "Ben", "Chloé", "Dev", "Esra", "Farid", "Greta", "Hiro", "Ines", "Jonas", "Kavya", "Luca"];
/// Who runs their server, and its rounds.
const ORGANIZER: &str = "Ben";
/// Their server, and its channel beside `#general`, in which a round is open.
const SERVER: (&str, &str) = ("Open Source Mentors", "mentoring");
/// What their Discord speaks.
const LOCALE: &str = "en-GB";
/// Where they all are.
const ZONE: &str = "Europe/London";
/// The hour at which the demo begins at the earliest, by UTC: after everybody's delivery hour, so that
/// what is added now comes within a week of now.
const BEGINS: i8 = 10;
/// The file in the demo's directory that says who there is and what time it became.
const TOWN: &str = "town.json";
/// How often it is looked whether that changed, and how old it may become while nothing happens.
const LOOK: Duration = Duration::from_millis(500);
const STALE: SignedDuration = SignedDuration::from_secs(60);

/// Runs the demo until the shutdown.
///
/// # Errors
/// The port or the directory cannot be had, or the bot ends.
pub async fn run(port: u16, data: Option<PathBuf>, people: usize, shutdown: Shutdown) -> anyhow::Result<()> {
    let temporary = tempfile::tempdir().context("there is no place for temporary files")?;
    let data = data.unwrap_or_else(|| temporary.path().to_owned());
    std::fs::create_dir_all(&data).with_context(|| format!("{} cannot be made", data.display()))?;
    let town = kept(&data)?;
    let begun = town.is_some();
    let sandbox = discord_sandbox::start(Options { port, town, ..Options::default() }).await?;
    let people_side = PeopleSide::of(&sandbox)?;
    let (url, store) = (sandbox.url(), data.join("store"));
    let clock = format!("{url}/sandbox/v1/clock");
    let settings = Settings::load_with(&[
        ("discord.token", sandbox.token()),
        ("discord.api_url", &url),
        ("clock_url", &clock),
        ("store.path", &store.to_string_lossy()),
        ("store.backup_path", &data.join("backups").to_string_lossy()),
    ])?;
    logging::begin(&quiet(settings.log.clone()));
    if !begun {
        people_side.begin(sandbox.town().now).await?;
    }
    let new = people_side.furnish(&sandbox.town(), people.min(PEOPLE.len())).await?;
    networks::seed(&store, &new, sandbox.town().now).await?;
    keep(&data, &sandbox.town())?;

    let town = sandbox.town();
    let announce = move |address: &str| {
        let address = address.to_owned();
        tokio::spawn(async move {
            if let Err(error) = people_side.welcome(&town).await {
                tracing::warn!(%error, "nobody could be welcomed");
            }
            logging::ready(&address);
            hint(&address, &town);
        });
    };
    let ended = tokio::select! {
        ended = bot::run(settings, announce, shutdown) => ended,
        failed = keep_up(&data, &sandbox) => failed,
    };
    keep(&data, &sandbox.town())?;
    sandbox.shutdown().await;
    ended
}

/// A demo's log tells only what goes wrong, unless somebody chose what it tells.
fn quiet(log: Log) -> Log {
    let usual = DEFAULTS.lines().any(|line| line == format!("filter = \"{}\"", log.filter));
    if usual { Log { filter: "warn".to_owned(), ..log } } else { log }
}

/// Tells somebody at a terminal what to do now.
fn hint(address: &str, town: &Town) {
    let first = town.people.first().map_or("nobody", |person| &person.name);
    let others = town.people.len().saturating_sub(1);
    // Nobody at the terminal: nobody needs it.
    let _ = writeln!(
        std::io::stderr(),
        "\nOpen {address} in a browser: a small Discord on this machine, with Kith in it.\n\
         You are {first}, beside {others} others, and #general says what to try first. Ctrl-C ends it.\n"
    );
}

/// What an earlier demo left in this directory.
fn kept(data: &Path) -> anyhow::Result<Option<Town>> {
    let path = data.join(TOWN);
    let text = match std::fs::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
    };
    let town = serde_json::from_slice(&text).with_context(|| {
        format!("{} is damaged; without the directory the demo begins anew", path.display())
    })?;
    Ok(Some(town))
}

/// Writes down who there is and what time it is, whole or not at all.
fn keep(data: &Path, town: &Town) -> anyhow::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(data)?;
    serde_json::to_writer_pretty(&mut file, town)?;
    file.as_file().sync_all()?;
    file.persist(data.join(TOWN))?;
    Ok(())
}

/// Writes down every change of who there is, and every move of the clock; ends only with an error.
async fn keep_up(data: &Path, sandbox: &Sandbox) -> anyhow::Result<()> {
    let mut written = sandbox.town();
    let mut looks = tokio::time::interval(LOOK);
    loop {
        looks.tick().await;
        let town = sandbox.town();
        let same = (&town.people, &town.guilds) == (&written.people, &written.guilds);
        if !same || town.now.duration_since(written.now) >= STALE {
            keep(data, &town)?;
            written = town;
        }
    }
}

/// The sandbox's JSON API.
struct PeopleSide {
    client: reqwest::Client,
    address: String,
}

impl PeopleSide {
    fn of(sandbox: &Sandbox) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder().no_proxy().build()?;
        Ok(Self { client, address: format!("{}/sandbox/v1", sandbox.url()) })
    }

    async fn post(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        let answer = self.client.post(format!("{}{path}", self.address)).json(&body).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    /// Waits for nobody's delivery hour: begins after it.
    async fn begin(&self, now: Timestamp) -> anyhow::Result<()> {
        let today = now.to_zoned_datetime(TimeZone::UTC);
        let begins = today.with().time(Time::constant(BEGINS, 0, 0, 0)).build()?;
        if now < begins.timestamp() {
            self.post("/clock", json!({"set": begins.timestamp()})).await?;
        }
        Ok(())
    }

    /// Makes the server where there is none, and its people up to so many. Returns all of [`PEOPLE`] that
    /// there are, and how many of them, counted from the end, are new.
    async fn furnish(&self, town: &Town, people: usize) -> anyhow::Result<networks::Newcomers> {
        let mut all = networks::Newcomers::default();
        let guild = match town.guilds.iter().find(|guild| guild.name == SERVER.0) {
            Some(Guild { id, .. }) => id.to_string(),
            None => {
                let guild = self.post("/guilds", json!({"name": SERVER.0})).await?;
                let guild = guild["id"].as_str().context("the server has no id")?.to_owned();
                let channel =
                    self.post(&format!("/guilds/{guild}/channels"), json!({"name": SERVER.1})).await?;
                let channel = channel["id"].as_str().context("the channel has no id")?.parse()?;
                all.place = Some((GuildId(guild.parse()?), ChannelId(channel)));
                guild
            }
        };
        for name in PEOPLE.into_iter().take(people) {
            if let Some(Person { id, .. }) = town.people.iter().find(|person| person.name == name) {
                all.everybody.push((UserId(id.0), name));
                continue;
            }
            let admin = name == ORGANIZER;
            let user = json!({"name": name, "locale": LOCALE, "guilds": [guild], "admin": admin});
            let made = self.post("/users", user).await?;
            let id = UserId(made["id"].as_str().context("somebody has no id")?.parse()?);
            all.everybody.push((id, name));
            all.new.push(id);
        }
        Ok(all)
    }

    /// Posts what to try first, in the words of the second person to the first.
    async fn welcome(&self, town: &Town) -> anyhow::Result<()> {
        let (Some(guild), [ana, ben, ..]) = (town.guilds.first(), town.people.as_slice()) else {
            return Ok(());
        };
        let channel = guild.channels.first().context("the server has no channel")?;
        let mentoring = guild.channels.iter().find(|it| it.name == SERVER.1).unwrap_or(channel);
        let commands = self.client.get(format!("{}/commands?as={}&guild={}", self.address, ana.id, guild.id));
        let commands: Vec<Value> = commands.send().await?.error_for_status()?.json().await?;
        let mention = |path: &str| {
            let command = commands.iter().find(|it| path.split(' ').next() == it["name"].as_str());
            let id = command.and_then(|it| it["id"].as_str());
            id.map_or_else(|| format!("`/{path}`"), |id| format!("</{path}:{id}>"))
        };
        let content = WELCOME
            .replace("{ana}", &format!("<@{}>", ana.id))
            .replace("{add}", &mention("connection add"))
            .replace("{ben}", &format!("<@{}>", ben.id))
            .replace("{mentoring}", &format!("<#{}>", mentoring.id))
            .replace("{preview}", &mention("organize preview"))
            .replace("{rehearse}", &mention("organize rehearse"))
            .replace("{list}", &mention("connection list"))
            .replace("{help}", &mention("help"));
        self.post("/message", json!({"as": ben.id, "channel": channel.id, "content": content})).await?;
        Ok(())
    }
}

/// What a newcomer reads first.
const WELCOME: &str = "\
**Welcome, {ana}!** Kith is in this server now. It remembers the people who matter to our work, and writes to each of \
us when it is time to be in touch. Try it:
1. **Add somebody.** Press {add}, type a name, then `every: 1 week`, and press Enter.
2. **Let time pass.** Press *+1 week* at the top of this page.
3. **Read what Kith wrote.** The speech bubble at the top left (on a phone behind ☰) has a red number. Press *Done* \
there, and say what happened: Kith remembers it for the next time.
4. **Be mentored.** In {mentoring} a round is open: press *Sign up as mentee*. I run it: switch to {ben} and type \
{preview} once sign-up is over to see its groups, or {rehearse} to see all of it with invented people.

You know a few people already: {list}. And {help} tells what else there is.
-# All of this is a small Discord on your own machine: no account, no token, no internet.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demo_is_quiet_unless_somebody_chose() {
        let log = |filter: &str| Log { filter: filter.to_owned(), format: crate::settings::LogFormat::Text };
        let usual =
            Settings::load_with(&[("discord.token", "any"), ("discord.api_url", "http://127.0.0.1:1")])
                .unwrap()
                .log;
        assert_eq!(quiet(usual).filter, "warn");
        assert_eq!(quiet(log("debug")).filter, "debug");
    }

    #[test]
    fn a_damaged_town_is_told_and_none_is_none() {
        let data = tempfile::tempdir().unwrap();
        assert!(kept(data.path()).unwrap().is_none());
        std::fs::write(data.path().join(TOWN), "{").unwrap();
        assert!(kept(data.path()).unwrap_err().to_string().contains("town.json is damaged"));
    }
}
