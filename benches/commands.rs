//! `/connection add` and `list`, end to end through the sandbox, next to a bare bot's "ok" in the same
//! run: one person alone, and 50 at once. Rounds of all of them alternate, so that whatever else the
//! machine does meets all alike.

mod kit;

use std::time::{Duration, Instant};

use jiff::Timestamp;
use kit::{Bot, Person, Programs, Sample, Town, median, result};
use kith::connections::{Connection, Ledger, Turn, store as connections};
use kith::id::{Id, UserId};
use kith::store::{Record, Store, StoreError, Table};
use serde_json::json;

/// Rounds, and acts of each kind in one.
const ROUNDS: usize = 20;
const ACTS: usize = 40;
/// People who act at once, rounds of that, and what each does in one.
const PEOPLE: usize = 50;
const CROWDED_ROUNDS: usize = 9;
const CROWDED_ACTS: usize = 20;
/// People in each one's network at the start.
const NETWORK: usize = 25;
/// People in a very large network, and how often its names are completed.
const LARGE: usize = 5_000;
const COMPLETIONS: usize = 100;

#[derive(Clone, Copy)]
enum Act {
    Add,
    List,
    Ok,
}

/// Both bots, each in a town of its own, and their people.
struct Scene {
    kith: Bot,
    bare: Bot,
    _towns: [Town; 2],
    members: Vec<Person>,
    /// Those who look at their network, which keeps its size.
    readers: Vec<Person>,
    /// The one with a large network.
    host: Person,
    strangers: Vec<Person>,
}

fn main() -> anyhow::Result<()> {
    let programs = Programs::build()?;
    let folder = kit::folder()?;
    kit::runtime()?.block_on(async {
        let scene = scene(&programs, folder.path()).await?;
        let commit = commits(folder.path()).await?;
        alone(&scene, commit).await?;
        large(&scene).await?;
        crowded(&scene).await
    })
}

async fn scene(programs: &Programs, folder: &std::path::Path) -> anyhow::Result<Scene> {
    let towns = [Town::open().await?, Town::open().await?];
    let [with_kith, with_bare] = &towns;
    let mut members = with_kith.people(2 * PEOPLE + 1).await?;
    let strangers = with_bare.people(PEOPLE).await?;
    let readers = members.split_off(PEOPLE + 1);
    let host = members.remove(PEOPLE);
    let store = Store::open(&folder.join("store"))?;
    for person in members.iter().chain(&readers) {
        know(&store, person.user()?, NETWORK).await?;
    }
    know(&store, host.user()?, LARGE).await?;
    store.close().await?;
    drop(store);
    let start = |program, town: &Town| Bot::start(program, &town.sandbox.url(), town.sandbox.token(), folder);
    let kith = start(&programs.kith, with_kith)?;
    let bare = start(&programs.bare, with_bare)?;
    let scene = Scene { kith, bare, members, readers, host, strangers, _towns: towns };
    // Everybody once: from the second command on, they are members who were asked for their zone.
    for person in scene.members.iter().chain(&scene.readers).chain([&scene.host]) {
        person.runs("connection list", json!({}), "").await?;
    }
    for person in &scene.strangers {
        person.runs("ok", json!({}), "ok").await?;
    }
    Ok(scene)
}

impl Scene {
    async fn act(&self, person: usize, turn: usize, act: Act) -> anyhow::Result<Duration> {
        let person = person % PEOPLE;
        match act {
            Act::Add => {
                let options = json!({"name": format!("Grace {turn}"), "every": "6 weeks"});
                self.members[person].runs("connection add", options, "Saved").await
            }
            Act::List => self.readers[person].runs("connection list", json!({}), "").await,
            Act::Ok => self.strangers[person].runs("ok", json!({}), "ok").await,
        }
    }

    /// The time of a processor that the bot of an act has used so far.
    fn cpu(&self, act: Act) -> anyhow::Result<Duration> {
        match act {
            Act::Add | Act::List => self.kith.cpu(),
            Act::Ok => self.bare.cpu(),
        }
    }
}

/// Gives a member a network.
async fn know(store: &Store, owner: UserId, count: usize) -> anyhow::Result<()> {
    let now = Timestamp::now();
    let people: Vec<Connection> = (0..count).map(|n| connection(n, now)).collect();
    for some in people.chunks(1_000) {
        store
            .write(|tx| -> Result<(), StoreError> {
                some.iter().try_for_each(|connection| connections::put(tx, owner, connection))
            })
            .await?;
    }
    Ok(())
}

fn connection(n: usize, now: Timestamp) -> Connection {
    const FIRST: [&str; 10] =
        ["Grace", "Émile", "Ana", "Dee", "Zoë", "Bo", "Jean-Luc", "Ágnes", "Li", "Oluwaseun"];
    const LAST: [&str; 9] =
        ["Hopper", "Durand", "Kovács", "Okafor", "Sørensen", "Nakamura", "Ortiz", "Wu", "Klein"];
    Connection {
        id: Id::new(now),
        name: format!("{} {} {n}", FIRST[n % FIRST.len()], LAST[n % LAST.len()]),
        member: None,
        relationship: None,
        met: Some("a conference on compilers".to_owned()),
        tags: vec!["rust".to_owned(), "compilers".to_owned()],
        every: None,
        note: Some("knows everybody who works on code generation".to_owned()),
        added: now,
        last: None,
        ledger: Ledger::default(),
        turn: Turn::Off,
    }
}

/// One durable commit of a store on this disk, in milliseconds.
async fn commits(folder: &std::path::Path) -> anyhow::Result<f64> {
    #[derive(serde::Serialize, serde::Deserialize)]
    struct Written(String);
    impl Record for Written {}
    const WRITTEN: Table<u64, Written> = Table::new("written");

    let store = Store::open(&folder.join("commits"))?;
    let mut sample = Sample::default();
    for n in 0..400 {
        let began = Instant::now();
        store.write(|tx| WRITTEN.put(tx, &n, &Written("x".repeat(400)))).await?;
        sample.add(began.elapsed());
    }
    store.close().await?;
    result("commit_p50", sample.quantile(0.5), "ms");
    result("commit_p99", sample.quantile(0.99), "ms");
    Ok(sample.quantile(0.5))
}

#[expect(clippy::cast_precision_loss, reason = "a count of acts")]
async fn alone(scene: &Scene, commit: f64) -> anyhow::Result<()> {
    let [mut add, mut list, mut ok] = [(); 3].map(|()| Sample::default());
    let mut turn = 0;
    let mut cpu = [Duration::ZERO; 3];
    for _ in 0..ROUNDS {
        let acts = [(Act::Add, &mut add), (Act::List, &mut list), (Act::Ok, &mut ok)];
        for ((act, sample), cpu) in acts.into_iter().zip(&mut cpu) {
            let before = scene.cpu(act)?;
            for _ in 0..ACTS {
                turn += 1;
                sample.add(scene.act(turn, turn, act).await?);
            }
            *cpu += scene.cpu(act)?.saturating_sub(before);
        }
    }
    for (name, sample) in [("add", &add), ("list", &list), ("bare", &ok)] {
        result(&format!("{name}_p50"), sample.quantile(0.5), "ms");
        result(&format!("{name}_p99"), sample.quantile(0.99), "ms");
    }
    for (name, cpu) in ["add", "list", "bare"].into_iter().zip(cpu) {
        let each = cpu.as_secs_f64() * 1e6 / (ROUNDS * ACTS) as f64;
        result(&format!("{name}_cpu_of_the_bot"), each, "us");
    }
    let bare = ok.quantile(0.5);
    result("add_p50_to_bare", add.quantile(0.5) / bare, "ratio");
    result("add_p50_without_commit_to_bare", (add.quantile(0.5) - commit) / bare, "ratio");
    result("list_p50_to_bare", list.quantile(0.5) / bare, "ratio");
    Ok(())
}

/// What a network of 5,000 costs: completing its names, adding to it, listing it.
async fn large(scene: &Scene) -> anyhow::Result<()> {
    let [mut who, mut add, mut list] = [(); 3].map(|()| Sample::default());
    for typed in ["gra", "kov", "wu", "hopper 4", "e", "zzz"].into_iter().cycle().take(COMPLETIONS) {
        let (took, offered) = scene.host.types_who(typed).await?;
        anyhow::ensure!((offered == 0) == (typed == "zzz"), "{offered} names for {typed}");
        who.add(took);
    }
    for n in 0..COMPLETIONS / 4 {
        let options = json!({"name": format!("Grace {n}"), "every": "6 weeks"});
        add.add(scene.host.runs("connection add", options, "Saved").await?);
        list.add(scene.host.runs("connection list", json!({}), "").await?);
    }
    for (name, sample) in [("who", &who), ("add", &add), ("list", &list)] {
        result(&format!("{name}_among_5000_p50"), sample.quantile(0.5), "ms");
        result(&format!("{name}_among_5000_p99"), sample.quantile(0.99), "ms");
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a count of acts")]
async fn crowded(scene: &Scene) -> anyhow::Result<()> {
    let acts = [("add", Act::Add), ("list", Act::List), ("bare", Act::Ok)];
    let mut speeds = [const { Vec::new() }; 3];
    let mut cpu = [Duration::ZERO; 3];
    for round in 0..CROWDED_ROUNDS {
        for (((_, act), speeds), cpu) in acts.iter().zip(&mut speeds).zip(&mut cpu) {
            let before = scene.cpu(*act)?;
            speeds.push(crowd(scene, round, *act).await?);
            *cpu += scene.cpu(*act)?.saturating_sub(before);
        }
    }
    for ((name, _), cpu) in acts.iter().zip(cpu) {
        let each = cpu.as_secs_f64() * 1e6 / (CROWDED_ROUNDS * CROWDED_ACTS * PEOPLE) as f64;
        result(&format!("{name}_from_50_people_cpu_of_the_bot"), each, "us");
    }
    let [add, list, bare] = speeds.map(|speeds| median(&speeds));
    result("add_from_50_people", add, "commands/s");
    result("list_from_50_people", list, "commands/s");
    result("bare_from_50_people", bare, "commands/s");
    result("add_from_50_people_to_bare", add / bare, "ratio");
    result("list_from_50_people_to_bare", list / bare, "ratio");
    Ok(())
}

/// Everybody at once, each one act after the other: acts in a second.
#[expect(clippy::cast_precision_loss, reason = "a count of acts")]
async fn crowd(scene: &Scene, round: usize, act: Act) -> anyhow::Result<f64> {
    let began = Instant::now();
    let people = (0..PEOPLE).map(|person| async move {
        for n in 0..CROWDED_ACTS {
            scene.act(person, 1_000_000 + round * CROWDED_ACTS + n, act).await?;
        }
        Ok::<(), anyhow::Error>(())
    });
    futures_util::future::try_join_all(people).await?;
    Ok((PEOPLE * CROWDED_ACTS) as f64 / began.elapsed().as_secs_f64())
}
