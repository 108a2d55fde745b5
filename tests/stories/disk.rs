//! The disk fails for a moment: Kith says so and leaves, and whoever starts it anew finds everything there.

use kith::clock::Clock;
use kith::http;
use kith::id::Id;
use kith::shutdown::Shutdown;
use kith::store::{Record, Store, StoreError, Table};
use serde::{Deserialize, Serialize};

#[cfg(unix)]
use crate::kit::Program;
use crate::kit::Town;

#[derive(Serialize, Deserialize)]
struct Anything(u8);
impl Record for Anything {}
const ANYTHING: Table<Id, Anything> = Table::new("anything");

/// From now on nothing reaches the disk for good.
fn fails(town: &Town) {
    std::fs::remove_dir_all(town.store().join("engine/blobs")).unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn kith_leaves_with_the_reason_and_what_was_saved_comes_once_it_is_started_anew() {
    let town = Town::without_kith().await;
    let kith = Program::run(&town).await;
    let ana = town.member("Ana").await;
    ana.runs("/nudge me about: the talk when: in 1 hour").await;
    fails(&town);
    let answer = ana.runs("/connection add name: Grace").await;
    assert!(answer.text().starts_with("My disk failed, so I don't know whether"), "{}", answer.text());
    let ended = kith.ends().await;
    assert_eq!(ended.status.code(), Some(1), "{}", ended.said);
    assert!(ended.said.contains("kith: the store failed ("), "{}", ended.said);

    let _kith = Program::run(&town).await;
    town.passes("1h").await;
    assert_eq!(ana.latest().await.first(), "the talk: your reminder");
    assert_eq!(ana.letters().await.len(), 1);
    let saved = ana.runs("/connection add name: Bo").await;
    assert!(saved.text().starts_with("Saved **Bo**."), "{}", saved.text());
    town.close().await;
}

/// What falls due finds it out, where nobody is awake.
#[cfg(unix)]
#[tokio::test]
async fn a_disk_that_fails_at_night_does_not_silence_kith() {
    let town = Town::without_kith().await;
    let kith = Program::run(&town).await;
    let ana = town.member("Ana").await;
    ana.runs("/nudge me about: the talk when: in 1 hour").await;
    fails(&town);
    let (_, ended) = tokio::join!(town.tries("/clock", serde_json::json!({"advance": "1h"})), kith.ends());
    assert_eq!(ended.status.code(), Some(1), "{}", ended.said);
    let _kith = Program::run(&town).await;
    town.passes("1m").await;
    assert_eq!(ana.letters().await.len(), 1);
    town.close().await;
}

#[tokio::test]
async fn its_health_is_not_ok_once_the_store_failed() {
    let town = Town::open_with(&[("http.listen", "127.0.0.1:0")]).await;
    let path = town.folder().join("another");
    let settings = town.settings(&path);
    let store = Store::open(&path).unwrap();
    let app = kith::bot::app(&settings, store.clone(), Clock::system()).unwrap();
    let port = http::open(&settings.http).await.unwrap().unwrap();
    let address = format!("{}/health", port.address);
    let stop = Shutdown::new();
    let serving = tokio::spawn(http::serve(port, app, |_, _| Ok(None), stop.clone()));
    let status = async || town.client.get(&address).send().await.unwrap().status().as_u16();
    assert_eq!(status().await, 200);
    std::fs::remove_dir_all(path.join("engine/blobs")).unwrap();
    let written =
        store.write(|tx| -> Result<(), StoreError> { ANYTHING.put(tx, &Id(1), &Anything(1)) }).await;
    assert!(written.is_err());
    assert_eq!(status().await, 503);
    stop.begin();
    serving.await.unwrap();
    town.close().await;
}
