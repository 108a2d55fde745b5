//! `kith demo`: the sandbox and the bot in one process, with a server of a few people who have
//! something to look at already.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use discord_sandbox::{Options, Sandbox};
use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::connections::forms::Typed;
use crate::connections::{self, Connection, Ledger, Touch, Turn, What, rhythm};
use crate::id::{Id, UserId};
use crate::members::{self, Member};
use crate::settings::Settings;
use crate::shutdown::Shutdown;
use crate::store::{Store, StoreError, Tx};
use crate::{bot, logging};

/// The people of the server, in the order in which they come.
const PEOPLE: [&str; 12] =
    ["Ana", "Ben", "Chloé", "Dev", "Esra", "Farid", "Greta", "Hiro", "Ines", "Jonas", "Kavya", "Luca"];
/// Where everybody is.
const ZONE: &str = "Europe/London";
/// The hour at which the demo begins at the earliest, by UTC: after the delivery hour there, so that
/// what is added now comes within a week of now.
const BEGINS: i8 = 10;

/// Runs the demo until the shutdown.
///
/// # Errors
/// The port or the directory cannot be had, or the bot ends.
pub async fn run(port: u16, data: Option<PathBuf>, people: usize, shutdown: Shutdown) -> anyhow::Result<()> {
    let temporary = tempfile::tempdir().context("there is no place for temporary files")?;
    let data = data.unwrap_or_else(|| temporary.path().to_owned());
    let sandbox = discord_sandbox::start(Options { port, ..Options::default() }).await?;
    let (url, store) = (sandbox.url(), data.join("store"));
    let clock = format!("{url}/sandbox/v1/clock");
    let settings = Settings::load_with(&[
        ("discord.token", sandbox.token()),
        ("discord.api_url", &url),
        ("clock_url", &clock),
        ("store.path", &store.to_string_lossy()),
        ("store.backup_path", &data.join("backups").to_string_lossy()),
    ])?;
    logging::begin(&settings.log);
    let everybody = furnish(&sandbox, people.min(PEOPLE.len())).await?;
    seed(&store, &everybody).await?;
    tracing::info!("open {url} in a browser: you are {}", PEOPLE[0]);
    bot::run(settings, logging::ready, shutdown).await?;
    sandbox.shutdown().await;
    Ok(())
}

/// A person of the demo, as the sandbox knows them.
#[derive(Deserialize)]
struct Somebody {
    id: String,
    name: String,
}

/// Makes the server and its people, and begins after the delivery hour.
async fn furnish(sandbox: &Sandbox, people: usize) -> anyhow::Result<Vec<(UserId, String)>> {
    let client = reqwest::Client::builder().no_proxy().build()?;
    let api = format!("{}/sandbox/v1", sandbox.url());
    let post = async |path: &str, body: Value| -> anyhow::Result<Value> {
        let answer = client.post(format!("{api}{path}")).json(&body).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    };
    let now = client.get(format!("{api}/clock")).send().await?.json::<Value>().await?;
    let now: Timestamp = now["now"].as_str().unwrap_or_default().parse()?;
    let today = now
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .with()
        .time(Time::constant(BEGINS, 0, 0, 0))
        .build()?;
    if now < today.timestamp() {
        post("/clock", json!({"set": today.timestamp()})).await?;
    }
    let guild = post("/guilds", json!({"name": "Open Source Mentors"})).await?;
    let guild = guild["id"].as_str().context("the server has no id")?.to_owned();
    post(&format!("/guilds/{guild}/channels"), json!({"name": "introductions"})).await?;
    let mut everybody = Vec::new();
    for name in PEOPLE.iter().take(people) {
        let body = json!({"name": name, "locale": "en-GB", "guilds": [guild]});
        let made: Somebody = serde_json::from_value(post("/users", body).await?)?;
        everybody.push((UserId(made.id.parse()?), made.name));
    }
    Ok(everybody)
}

/// Gives everybody a network, as if they had used Kith for a while. A store that holds something is left as it is.
async fn seed(path: &Path, everybody: &[(UserId, String)]) -> anyhow::Result<()> {
    let store = Store::open(path)?;
    let now = crate::clock::Clock::system().now();
    store
        .write(|tx| -> Result<(), StoreError> {
            for (at, (user, _)) in everybody.iter().enumerate() {
                let member = Member {
                    zone: ZONE.to_owned(),
                    asked_zone: true,
                    hour: Time::constant(9, 0, 0, 0),
                    quiet: None,
                    locale: "en-GB".to_owned(),
                    since: days_before(now, 120),
                };
                members::store::put(tx, *user, &member)?;
                crate::delivery::open_dm(tx, *user, now)?;
                for one in network(at, everybody) {
                    introduce(tx, *user, &member, &one, now)?;
                }
            }
            Ok(())
        })
        .await?;
    store.close().await?;
    Ok(())
}

fn days_before(now: Timestamp, days: i64) -> Timestamp {
    now - SignedDuration::from_hours(24 * days)
}

/// Somebody in a network of the demo, and the touches there were: what, how many days ago, what was noted.
struct Known {
    typed: Typed,
    added: i64,
    touches: &'static [(What, i64, &'static str)],
}

/// The network of the person with the number `of`.
fn network(of: usize, everybody: &[(UserId, String)]) -> Vec<Known> {
    let known =
        |name: &str, relationship: &str, (met, tags, every): (&str, &str, &str), added, touches| Known {
            typed: Typed {
                name: name.to_owned(),
                relationship: relationship.to_owned(),
                met: met.to_owned(),
                tags: tags.to_owned(),
                every: every.to_owned(),
                ..Typed::default()
            },
            added,
            touches,
        };
    let mut all = vec![
        known(
            "Grace Hopper",
            "mentor",
            ("the compiler meetup", "compilers, careers", "every 6 weeks"),
            110,
            &[
                (What::Met, 90, "coffee; she is moving to compilers"),
                (What::Asked, 60, "a review of my talk"),
                (What::Received, 40, "three pages of notes on the talk"),
            ],
        ),
        known(
            "Sam Okafor",
            "colleague",
            ("the platform team", "rust, databases", "every month"),
            100,
            &[(What::Chat, 25, "the migration went well"), (What::Gave, 20, "an introduction to Priya")],
        ),
        known(
            "Priya Nair",
            "peer",
            ("RustConf", "rust, public speaking", "every 8 weeks"),
            80,
            &[(What::Call, 45, "she plans a workshop on async")],
        ),
        known(
            "Tomás Ruiz",
            "mentee",
            ("the spring round", "first job", "every 2 weeks"),
            30,
            &[(What::Call, 9, "he has two interviews next week")],
        ),
    ];
    // Everybody knows the next one in the server, too.
    if let Some((user, name)) = everybody.get((of + 1) % everybody.len()) {
        let mut peer = known(name, "peer", ("this server", "open source", "every 6 weeks"), 20, &[]);
        peer.typed.member = Some(*user);
        all.push(peer);
    }
    all
}

fn introduce(
    tx: &mut Tx<'_>,
    owner: UserId,
    member: &Member,
    one: &Known,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Ok(fields) = one.typed.read(&member.asker(now), usize::MAX) else { return Ok(()) };
    let mut connection = Connection {
        id: Id::new(now),
        name: fields.name,
        member: one.typed.member,
        relationship: fields.relationship,
        met: fields.met,
        tags: fields.tags,
        every: fields.every,
        note: fields.note,
        added: days_before(now, one.added),
        last: None,
        ledger: Ledger::default(),
        turn: Turn::Off,
    };
    connection.turn = rhythm::turn(&connection, member, now);
    connections::store::put(tx, owner, &connection)?;
    for (what, days, note) in one.touches {
        let at = days_before(now, *days);
        let touch = Touch { what: *what, at, note: Some((*note).to_owned()), feedback: false };
        connections::store::log(tx, owner, member, &mut connection, &touch, now)?;
    }
    Ok(())
}
