//! `/connection add` and `list`, end to end through the sandbox, next to a bare bot's "ok" in the same
//! run: one person alone, and 50 at once. Rounds of all of them alternate, so that whatever else the
//! machine does meets all alike.

mod kit;

use std::path::Path;
use std::time::{Duration, Instant};

use kit::{Bot, Person, Programs, Sample, Town, median, result};
use kith::store::{Store, Table};
use serde_json::json;

/// Rounds, and acts of each kind in one.
const ROUNDS: usize = 20;
const EACH: usize = 40;
/// People who act at once, rounds of that, and what each does in one.
const PEOPLE: usize = 50;
const CROWDED_ROUNDS: usize = 9;
const CROWDED_ACTS: usize = 20;
/// People in each one's network at the start.
const NETWORK: usize = 25;
/// People in a very large network, and how often its names are completed.
const LARGE: usize = 5_000;
const COMPLETIONS: usize = 100;

/// What somebody does, with its name in the results. The bare bot answers its commands, which are typed
/// alike, with "ok".
const ACTS: [(&str, Act); 5] = [
    ("add", Act::Add),
    ("list", Act::List),
    ("bare_add", Act::BareAdd),
    ("bare_list", Act::BareList),
    ("bare_ok", Act::BareOk),
];

#[derive(Clone, Copy)]
enum Act {
    Add,
    List,
    BareAdd,
    BareList,
    BareOk,
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
        alone(&scene, folder.path()).await?;
        large(&scene).await?;
        crowded(&scene).await
    })
}

async fn scene(programs: &Programs, folder: &Path) -> anyhow::Result<Scene> {
    let towns = [Town::open().await?, Town::open().await?];
    let [with_kith, with_bare] = &towns;
    let mut members = with_kith.people(2 * PEOPLE + 1).await?;
    let strangers = with_bare.people(PEOPLE).await?;
    let readers = members.split_off(PEOPLE + 1);
    let host = members.remove(PEOPLE);
    let store = Store::open(&folder.join("store"))?;
    for person in members.iter().chain(&readers) {
        kit::know(&store, person.user()?, NETWORK).await?;
    }
    kit::know(&store, host.user()?, LARGE).await?;
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
        let (name, options) = match act {
            Act::Add | Act::BareAdd => {
                ("connection add", json!({"name": format!("Grace {turn}"), "every": "6 weeks"}))
            }
            Act::List | Act::BareList => ("connection list", json!({})),
            Act::BareOk => ("ok", json!({})),
        };
        let (people, says) = match act {
            Act::Add => (&self.members, "Saved"),
            Act::List => (&self.readers, "Your network"),
            Act::BareAdd | Act::BareList | Act::BareOk => (&self.strangers, "ok"),
        };
        people[person % people.len()].runs(name, options, says).await
    }

    /// The time of a processor that the bot of an act has used so far.
    fn cpu(&self, act: Act) -> anyhow::Result<Duration> {
        match act {
            Act::Add | Act::List => self.kith.cpu(),
            Act::BareAdd | Act::BareList | Act::BareOk => self.bare.cpu(),
        }
    }
}

/// One person alone, one act after the other; and one durable commit of a store on the same disk.
async fn alone(scene: &Scene, folder: &Path) -> anyhow::Result<()> {
    const WRITTEN: Table<u64, String> = Table::new("written");
    let store = Store::open(&folder.join("commits"))?;
    let mut commit = Sample::default();
    let mut samples = ACTS.map(|_| Sample::default());
    let mut cpu = [Duration::ZERO; ACTS.len()];
    let mut turn = 0;
    for round in 0..ROUNDS as u64 {
        for (((_, act), sample), cpu) in ACTS.into_iter().zip(&mut samples).zip(&mut cpu) {
            let before = scene.cpu(act)?;
            for _ in 0..EACH {
                turn += 1;
                sample.add(scene.act(turn, turn, act).await?);
            }
            *cpu += scene.cpu(act)?.saturating_sub(before);
        }
        for n in 0..EACH as u64 {
            let began = Instant::now();
            store.write(|tx| WRITTEN.put(tx, &(round << 32 | n), &"x".repeat(400))).await?;
            commit.add(began.elapsed());
        }
    }
    store.close().await?;
    result("commit_p50", commit.quantile(0.5), "ms");
    for ((name, _), sample) in ACTS.iter().zip(&samples) {
        result(&format!("{name}_p50"), sample.quantile(0.5), "ms");
        result(&format!("{name}_p99"), sample.quantile(0.99), "ms");
    }
    cpu_of_the_bots("", cpu, ROUNDS * EACH);
    let [add, list, bare_add, bare_list, _] = samples.map(|sample| sample.quantile(0.5));
    result("add_p50_to_bare", add / bare_add, "ratio");
    result("add_p50_without_commit_to_bare", (add - commit.quantile(0.5)) / bare_add, "ratio");
    result("list_p50_to_bare", list / bare_list, "ratio");
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a count of acts")]
fn cpu_of_the_bots(where_: &str, cpu: [Duration; ACTS.len()], acts: usize) {
    for ((name, _), cpu) in ACTS.iter().zip(cpu) {
        result(&format!("{name}{where_}_cpu_of_the_bot"), cpu.as_secs_f64() * 1e6 / acts as f64, "us");
    }
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

/// 50 people at once, each one act after the other.
async fn crowded(scene: &Scene) -> anyhow::Result<()> {
    let mut speeds = ACTS.map(|_| Vec::new());
    let mut cpu = [Duration::ZERO; ACTS.len()];
    for round in 0..CROWDED_ROUNDS {
        for (((_, act), speeds), cpu) in ACTS.into_iter().zip(&mut speeds).zip(&mut cpu) {
            let before = scene.cpu(act)?;
            speeds.push(crowd(scene, round, act).await?);
            *cpu += scene.cpu(act)?.saturating_sub(before);
        }
    }
    cpu_of_the_bots("_from_50_people", cpu, CROWDED_ROUNDS * CROWDED_ACTS * PEOPLE);
    let speeds = speeds.map(|speeds| median(&speeds));
    for ((name, _), speed) in ACTS.iter().zip(speeds) {
        result(&format!("{name}_from_50_people"), speed, "commands/s");
    }
    let [add, list, bare_add, bare_list, _] = speeds;
    result("add_from_50_people_to_bare", add / bare_add, "ratio");
    result("list_from_50_people_to_bare", list / bare_list, "ratio");
    Ok(())
}

/// A round of it: acts in a second.
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
