//! A year of people in 40 zones: each nudge that they are to get comes, once, in its minute, and no other does.

mod local;
mod oracle;
mod people;
mod rhythm;
mod world;

use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use self::local::{Minute, written};
use self::oracle::{Act, Coming, Name, expected};
use self::world::{Living, World};
#[cfg(unix)]
use crate::kit::Program;
use crate::kit::{Town, at};

/// How many members there are where nothing may be left out.
const ALL: usize = 300;

/// The seed, and how many members and days: `KITH_TEST_YEAR=seed,members,days` for others.
fn size(members: usize, days: i64) -> (u64, usize, i64) {
    let members = if std::env::var_os("KITH_TEST_ALL").is_some() { ALL } else { members };
    let Ok(given) = std::env::var("KITH_TEST_YEAR") else { return (2_033, members, days) };
    let numbers: Vec<u64> = given.split(',').map(|number| number.parse().unwrap()).collect();
    (numbers[0], usize::try_from(numbers[1]).unwrap(), i64::try_from(numbers[2]).unwrap())
}

/// A moment of a day, counted from 2 March 2033, at which people act; nothing is planned for such minutes.
fn moment_of(seed: u64, day: i64) -> Timestamp {
    let mut rng = StdRng::seed_from_u64(seed ^ u64::try_from(day).unwrap());
    let quarter: i64 = rng.random_range(0..96);
    at("2033-03-02T00:07:05Z") + SignedDuration::from_mins(day * 1_440 + quarter * 15)
}

/// Holds what everybody got to what they were to get.
fn judged(world: &World, down: &[(Minute, Minute)], end: Minute, seed: u64) {
    let all = &world.all;
    let halves = all.chunks(all.len().div_ceil(2));
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let judges: Vec<_> = halves
            .map(|half| {
                scope
                    .spawn(move || half.iter().filter_map(|it| difference(it, down, end)).collect::<Vec<_>>())
            })
            .collect();
        judges.into_iter().flat_map(|judge| judge.join().unwrap()).collect()
    });
    let count = wrong.len();
    let shown = wrong.into_iter().take(5).collect::<Vec<_>>().join("\n\n");
    assert!(
        count == 0,
        "seed {seed}: {count} of {} members did not get what they were to get\n\n{shown}",
        all.len()
    );
}

/// The first that a member got otherwise than they were to get it.
fn difference(living: &Living, down: &[(Minute, Minute)], end: Minute) -> Option<String> {
    let seen = living.seen();
    let wanted = expected(&living.history, down, &seen, end);
    let faults = living.faults();
    let pairs = |coming: &Coming| -> Vec<(Minute, Name)> {
        coming.iter().flat_map(|(at, names)| names.iter().map(|name| (*at, name.clone()))).collect()
    };
    let (wanted, seen) = (pairs(&wanted), pairs(&seen));
    let missing = wanted.iter().filter(|it| !seen.contains(it)).map(|it| (it, "was to come"));
    let more = seen.iter().filter(|it| !wanted.contains(it)).map(|it| (it, "came"));
    let faulty = faults.iter().map(|it| (it, "was at fault"));
    let mut said = Vec::new();
    if let Some(((when, name), what)) = missing.chain(more).chain(faulty).min() {
        let zone_at = |minute: Minute| {
            let sets = living.history.iter().take_while(|(at, _)| *at <= minute);
            let sets = sets.filter_map(|(_, act)| if let Act::Set(it) = act { Some(it.zone) } else { None });
            sets.last().unwrap()
        };
        let line =
            |minute: Minute, what: &str| format!("  {} ({minute}) {what}", written(zone_at(minute), minute));
        let mut story: Vec<(Minute, String)> = Vec::new();
        for (at, act) in &living.history {
            let concerns = matches!(act, Act::Set(_) | Act::Pause { .. } | Act::Resume)
                || format!("{act:?}").contains(&format!("\"{name}\""));
            if concerns && *at <= when + 60_000 {
                story.push((*at, line(*at, &format!("{act:?}"))));
            }
        }
        for (it, what) in
            wanted.iter().map(|it| (it, "WAS TO COME")).chain(seen.iter().map(|it| (it, "CAME")))
        {
            if it.1 == *name && it.0 <= when + 60_000 {
                story.push((it.0, line(it.0, what)));
            }
        }
        story.sort();
        let story: Vec<String> = story.into_iter().map(|(_, line)| line).collect();
        let settings: Vec<String> = wanted.iter().filter(|it| it.0 == *when).map(|it| it.1.clone()).collect();
        said.push(format!("{name} {what} at {when} (with {settings:?}):\n{}", story.join("\n")));
    }
    (!said.is_empty()).then(|| format!("member {}: {}", living.id, said.join("\n")))
}

/// How fast letters may leave: a day of them leaves in a moment here.
const PACE: &str = "1000";

#[tokio::test]
async fn each_nudge_comes_once_in_its_minute_and_no_other() {
    let (seed, members, days) = size(80, 365);
    let town = Town::open_with(&[("discord.letters_per_second", PACE)]).await;
    let mut world = World::begin(town, seed, members).await;
    for day in 0..days {
        world.moves(moment_of(seed, day)).await;
        world.lives().await;
    }
    ends(world, &[], moment_of(seed, days), seed).await;
}

/// The same with Kith as a process of its own, which is killed or stopped 20 times, and once stands still for three days.
#[cfg(unix)]
#[tokio::test]
async fn restarted_20_times_and_down_for_three_days_none_is_lost_and_none_comes_twice() {
    let (seed, members, days) = size(40, 365);
    let town = Town::without_kith().await;
    let mut kith = serves(&town).await;
    let mut world = World::begin(town, seed, members).await;
    let mut down = Vec::new();
    let mut day = 0;
    while day < days {
        world.moves(moment_of(seed, day)).await;
        world.lives().await;
        if day == days / 3 {
            stops(kith, day).await;
            let from = world.now().await + 1;
            day += 3;
            world.moves(moment_of(seed, day)).await;
            kith = serves(&world.town).await;
            down.push((from, moment_of(seed, day).as_second() / 60));
        } else if day % (days / 20).max(1) == 5 {
            stops(kith, day).await;
            kith = serves(&world.town).await;
        }
        day += 1;
    }
    ends(world, &down, moment_of(seed, days), seed).await;
    stops(kith, 1).await;
}

#[cfg(unix)]
async fn serves(town: &Town) -> Program {
    let pace = [("KITH_DISCORD_LETTERS_PER_SECOND", PACE)];
    Program::start(town, &["run"], &pace).connected().await
}

/// On some days it is killed, on others it stops in order.
#[cfg(unix)]
async fn stops(kith: Program, day: i64) {
    if day % 2 == 0 {
        kith.dies().await;
    } else {
        kith.gets("TERM");
        kith.ends().await;
    }
}

/// Waits for what is still to come until `end`, and judges.
async fn ends(mut world: World, down: &[(Minute, Minute)], end: Timestamp, seed: u64) {
    world.moves(end).await;
    world.reads();
    let nudges: usize = world.all.iter().flat_map(|living| &living.got).map(|(_, names)| names.len()).sum();
    eprintln!("{} members did {} things and got {nudges} nudges", world.all.len(), world.acts);
    assert!(nudges > world.all.len());
    judged(&world, down, end.as_second() / 60, seed);
    world.town.close().await;
}
