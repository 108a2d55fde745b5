//! A morning on which very much falls due in one minute: all of it comes, once, and nobody waits for an answer.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use jiff::civil::Time;
use kith::connections::{Connection, store as connections};
use kith::delivery;
use kith::id::{ChannelId, Id, UserId};
use kith::members::{self, Digest, Member};
use kith::nudges::{Kind, Nudge, store as nudges};
use kith::store::{Store, StoreError, Tx};
use kith::when::Coming;
use serde_json::json;

use crate::kit::{Person, Town, at};

/// When it all falls due.
const MORNING: &str = "2033-03-02T09:00:00Z";
/// Nudges of each member.
const NUDGES: usize = 5;
/// Longer than this it must not take, on however slow a machine.
const PATIENCE: Duration = Duration::from_secs(600);

/// How many of so many members get each nudge by itself: the first ones. The others get one digest.
const fn each(members: usize) -> usize {
    members / 5
}

/// A town with so many members; Kith does not serve yet. Their ids.
async fn town_of(count: usize) -> (Town, Vec<String>) {
    let town = Town::without_kith().await;
    let mut people = Vec::new();
    let mut seeds = Vec::new();
    for n in 0..count {
        let id = town.stranger(&format!("Person {n}")).await.id;
        let dm = town.as_kith("POST", "/users/@me/channels", json!({"recipient_id": id})).await;
        let channel = ChannelId(dm["id"].as_str().unwrap().parse().unwrap());
        let digest = if n < each(count) { Digest::Each } else { Digest::default() };
        seeds.push((n, UserId(id.parse().unwrap()), channel, digest));
        people.push(id);
    }
    let store = Store::open(&town.store()).unwrap();
    for some in seeds.chunks(200) {
        store
            .write(|tx| some.iter().try_for_each(|(n, user, dm, digest)| settle(tx, *n, *user, *dm, *digest)))
            .await
            .unwrap();
    }
    store.close().await.unwrap();
    (town, people)
}

/// Makes somebody a member who knows somebody and has planned [`NUDGES`] nudges.
fn settle(tx: &mut Tx<'_>, n: usize, user: UserId, dm: ChannelId, digest: Digest) -> Result<(), StoreError> {
    let since = at("2033-02-01T09:00:00Z");
    let member = Member::new("Europe/London", Time::constant(9, 0, 0, 0), "en-GB", since);
    members::store::put(tx, user, &Member { digest, ..member })?;
    delivery::remember_dm(tx, user, dm)?;
    connections::put(tx, user, &Connection::new(Id::new(since), "Grace Hopper", since))?;
    (0..NUDGES).try_for_each(|thing| {
        let nudge = Nudge {
            id: Id::new(since),
            about: format!("thing {}", n * NUDGES + thing),
            connection: None,
            kind: Kind::Custom,
            // In one minute, not in one moment.
            coming: Coming::at(at(MORNING) + SignedDuration::from_secs((n % 60) as i64)),
            repeat: None,
            exact: false,
            of: None,
            occasion: None,
        };
        nudges::put(tx, user, &nudge)
    })
}

/// How often each thing came to somebody, and in how many letters.
async fn came(person: &Person<'_>) -> (BTreeMap<usize, usize>, usize) {
    let letters = person.letters().await;
    let mut things = BTreeMap::new();
    for letter in &letters {
        let text = letter.text();
        let mut named: Vec<usize> = text
            .split("thing ")
            .skip(1)
            .map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap())
            .collect();
        named.sort_unstable();
        named.dedup();
        named.into_iter().for_each(|thing| *things.entry(thing).or_insert(0) += 1);
    }
    (things, letters.len())
}

/// The letters that Discord took since `seen`, which moves on.
fn sent(town: &Town, seen: &mut u64) -> usize {
    let calls = town.sandbox.requests_since(*seen);
    *seen = calls.last().map_or(*seen, |call| call.seq);
    let sends = calls.iter().filter(|call| call.route == "POST /channels/{channel.id}/messages");
    sends
        .inspect(|call| assert!(matches!(call.status, 200 | 429), "{call:?}"))
        .filter(|call| call.status == 200)
        .count()
}

/// The morning comes, all of it at once. Meanwhile one after the other of the members looks at their
/// network, until all letters have arrived: an answer later than Discord's three seconds fails.
async fn passes(town: &Town, people: &[String]) {
    let letters = each(people.len()) * NUDGES + people.len() - each(people.len());
    let began = Instant::now();
    // The letters are waited for below, so how long the clock waits for them is no matter.
    let morning = town.tries("/clock", json!({"jump": "23h1m"}));
    let looking = async {
        let (mut seen, mut arrived) = (0, 0);
        for id in people.iter().cycle() {
            let list = town.with_id(id).runs("/connection list").await;
            assert!(list.text().contains("Grace Hopper"), "{}", list.text());
            arrived += sent(town, &mut seen);
            if arrived >= letters {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "{arrived} of {letters} have arrived");
        }
    };
    tokio::join!(morning, looking);
}

/// Each thing came to whom it was for, once.
async fn all_came_once(town: &Town, people: &[String]) {
    for (n, id) in people.iter().enumerate() {
        let (things, letters) = came(&town.with_id(id)).await;
        let wanted: BTreeMap<usize, usize> = (n * NUDGES..(n + 1) * NUDGES).map(|thing| (thing, 1)).collect();
        assert_eq!(things, wanted, "{n}");
        assert_eq!(letters, if n < each(people.len()) { NUDGES } else { 1 }, "{n}");
    }
}

#[tokio::test]
async fn ten_thousand_nudges_in_one_minute_all_come_once_and_answers_do_not_wait() {
    let (mut town, people) = town_of(2_000).await;
    town.sends(u32::from(u16::MAX));
    town.start().await;
    passes(&town, &people).await;
    all_came_once(&town, &people).await;
    town.passes("1h").await;
    all_came_once(&town, &people).await;
    town.close().await;
}

#[tokio::test]
async fn no_more_leave_in_a_second_than_are_allowed() {
    let (mut town, people) = town_of(60).await;
    town.sends(45);
    town.start().await;
    let began = Instant::now();
    passes(&town, &people).await;
    // There are 108: 45 at once, 45 a second later, the rest after another one.
    assert!(began.elapsed() >= Duration::from_secs(2), "{:?}", began.elapsed());
    all_came_once(&town, &people).await;
    town.close().await;
}

#[tokio::test]
async fn under_discords_limits_a_morning_of_hundreds_comes_once() {
    let (mut town, people) = town_of(240).await;
    town.post("/limits", json!({"enforce": true, "global_per_second": 50})).await;
    // Close to the limit, so that a letter and another call together can run into it.
    town.sends(45);
    town.start().await;
    passes(&town, &people).await;
    all_came_once(&town, &people).await;
    let calls = town.sandbox.requests_since(0);
    let sends = calls.iter().filter(|call| call.route == "POST /channels/{channel.id}/messages");
    let (taken, refused): (Vec<_>, Vec<_>) = sends.partition(|call| call.status == 200);
    assert_eq!(taken.len(), each(240) * NUDGES + 240 - each(240));
    assert!(refused.len() * 10 < taken.len(), "{} of {} were refused first", refused.len(), taken.len());
    town.passes("1h").await;
    all_came_once(&town, &people).await;
    town.close().await;
}
