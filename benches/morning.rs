//! 10,000 nudges that fall due in one moment, five of each of 2,000 members: from then until Discord has
//! them all, what `/connection list` takes meanwhile, and the memory at most. Once as digests, which is
//! what a member has who has set nothing, and once each by itself; both at the greatest pace that can be
//! set (Discord takes 50 requests a second).

mod kit;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};
use kit::{Bot, Person, Programs, Sample, Town, result};
use kith::delivery;
use kith::id::{ChannelId, Id, UserId};
use kith::members::{self, Digest, Member};
use kith::nudges::{Kind, Nudge, store as nudges};
use kith::store::{Store, StoreError, Tx};
use kith::when::Coming;
use serde_json::json;

const MEMBERS: usize = 2_000;
const EACH: usize = 5;
/// People in each one's network.
const NETWORK: usize = 25;
/// So many members look at their network at once, this often.
const LOOKING: usize = 4;
const LOOKS: Duration = Duration::from_millis(100);
/// The greatest pace that can be set, in letters a second.
const PACE: &str = "45";
/// From the start until it all falls due.
const UNTIL: SignedDuration = SignedDuration::from_hours(1);
/// It must not take longer.
const PATIENCE: Duration = Duration::from_secs(600);

fn main() -> anyhow::Result<()> {
    let program = Programs::demo()?;
    kit::runtime()?.block_on(async {
        morning(&program, "digests", Digest::default(), MEMBERS).await?;
        morning(&program, "each", Digest::Each, MEMBERS * EACH).await
    })
}

/// One morning of so many letters, and its results.
async fn morning(program: &Path, name: &str, digest: Digest, letters: usize) -> anyhow::Result<()> {
    let folder = kit::folder()?;
    let town = Town::open().await?;
    let people = town.people(MEMBERS).await?;
    let due = town.now().await? + UNTIL;
    settle(&town, &people, digest, due, folder.path()).await?;
    let clock = format!("{}/sandbox/v1/clock", town.sandbox.url());
    let more = [("KITH_CLOCK_URL", clock.as_str()), ("KITH_DISCORD_LETTERS_PER_SECOND", PACE)];
    let bot = Bot::start_with(program, (&town.sandbox.url(), town.sandbox.token()), folder.path(), &more)?;
    let before = bot.memory()?;

    let mut sample = Sample::default();
    let left = due.duration_since(town.now().await?);
    let began = Instant::now();
    let jump = town.jump(left);
    let arriving = arriving(&town, &people, letters, &mut sample);
    let (_, last) = tokio::join!(jump, arriving);
    let (took, last) = (began.elapsed(), last?);
    all_came_once(&people, letters).await?;

    result(&format!("{name}_letters"), count(letters), "letters");
    result(&format!("{name}_sent_within"), took.as_secs_f64(), "s");
    result(&format!("{name}_sent_within_by_the_clock"), last.duration_since(due).as_secs_f64(), "s");
    result(&format!("{name}_pace"), count(letters) / took.as_secs_f64(), "letters/s");
    result(&format!("{name}_list_p50"), sample.quantile(0.5), "ms");
    result(&format!("{name}_list_p99"), sample.quantile(0.99), "ms");
    result(&format!("{name}_list_longest"), sample.quantile(1.0), "ms");
    result(&format!("{name}_memory_before"), before, "MiB");
    result(&format!("{name}_memory_peak"), bot.peak_memory()?, "MiB");
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a count of letters")]
fn count(letters: usize) -> f64 {
    letters as f64
}

/// Makes them all members whose nudges fall due at one moment.
async fn settle(
    town: &Town,
    people: &[Person],
    digest: Digest,
    due: Timestamp,
    folder: &Path,
) -> anyhow::Result<()> {
    let store = Store::open(&folder.join("store"))?;
    let mut all = Vec::with_capacity(people.len());
    for person in people {
        all.push((person.user()?, town.dm(person).await?));
    }
    for some in all.chunks(200) {
        store.write(|tx| some.iter().try_for_each(|(user, dm)| plan(tx, *user, *dm, digest, due))).await?;
    }
    for (user, _) in &all {
        kit::know(&store, *user, NETWORK).await?;
    }
    store.close().await?;
    Ok(())
}

fn plan(
    tx: &mut Tx<'_>,
    user: UserId,
    dm: ChannelId,
    digest: Digest,
    due: Timestamp,
) -> Result<(), StoreError> {
    let member = Member::new("Europe/London", Time::constant(9, 0, 0, 0), "en-GB", due - UNTIL);
    members::store::put(tx, user, &Member { digest, ..member })?;
    delivery::remember_dm(tx, user, dm)?;
    (0..EACH).try_for_each(|thing| {
        let nudge = Nudge {
            id: Id::new(due - UNTIL),
            about: format!("thing {thing}: ask Grace how it went, and whether she wants to talk about it"),
            connection: None,
            kind: Kind::Custom,
            coming: Coming::at(due),
            repeat: None,
            exact: true,
            of: None,
            occasion: None,
        };
        nudges::put(tx, user, &nudge)
    })
}

/// Some look at their network, again and again, until so many letters have arrived: when the last one
/// has, by the sandbox's clock.
async fn arriving(
    town: &Town,
    people: &[Person],
    letters: usize,
    sample: &mut Sample,
) -> anyhow::Result<Timestamp> {
    let began = Instant::now();
    let (mut seen, mut arrived, mut turn) = (0, 0, 0);
    let mut next = tokio::time::interval(LOOKS);
    loop {
        next.tick().await;
        let looks = (0..LOOKING).map(|n| {
            let person = &people[(turn + n) % people.len()];
            person.runs("connection list", json!({}), "Your network")
        });
        for look in futures_util::future::try_join_all(looks).await? {
            sample.add(look);
        }
        turn += LOOKING;
        for call in town.sandbox.requests_since(seen) {
            seen = call.seq;
            if call.route == "POST /channels/{channel.id}/messages" {
                ensure!(call.status == 200, "Discord does not take a letter: {call:?}");
                arrived += 1;
                if arrived == letters {
                    return Ok(call.at.parse()?);
                }
            }
        }
        ensure!(began.elapsed() < PATIENCE, "{arrived} of {letters} letters have arrived");
    }
}

/// Each of the things came to everybody, once.
async fn all_came_once(people: &[Person], letters: usize) -> anyhow::Result<()> {
    for person in people {
        let texts = person.letters().await?;
        ensure!(texts.len() == letters / people.len(), "{} letters came", texts.len());
        let mut things = Vec::new();
        for text in &texts {
            let named = text.split("thing ").skip(1).map(|rest| rest.split(':').next().unwrap_or(rest));
            things.extend(named.collect::<BTreeSet<_>>().into_iter().map(ToOwned::to_owned));
        }
        things.sort_unstable();
        ensure!(things == ["0", "1", "2", "3", "4"], "{things:?} came");
    }
    people.first().context("nobody was there").map(drop)
}
