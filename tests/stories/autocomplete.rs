//! Names as one types them, in a network of five thousand.

use jiff::civil::Time;
use kith::connections::{self, Connection};
use kith::id::{Id, UserId};
use kith::members::{self, Member};
use kith::store::{Store, StoreError};
use serde_json::json;

use crate::kit::{Person, Town};

const MANY: usize = 5_000;
const FIRST: [&str; 10] =
    ["Ana", "Björn", "Chloé", "Dmitri", "Esra", "Farid", "Grażyna", "Hiro", "Inés", "Jonas"];
const LAST: [&str; 10] =
    ["Álvarez", "Bauer", "Castro", "Doğan", "Eriksen", "Fischer", "Gómez", "Hopper", "Ivanova", "Jones"];

fn name(n: usize) -> String {
    format!("{} {} {n}", FIRST[n % 10], LAST[n / 10 % 10])
}

/// Five thousand people in a network, as if they had been added over the years.
async fn seed(path: &std::path::Path, owner: UserId) {
    let store = Store::open(path).unwrap();
    let since: jiff::Timestamp = "2032-01-01T00:00:00Z".parse().unwrap();
    let member = Member::new("Europe/London", Time::constant(9, 0, 0, 0), "en-GB", since);
    let seeded = store.write(|tx| -> Result<(), StoreError> {
        members::store::put(tx, owner, &member)?;
        for n in 0..MANY {
            let connection = Connection {
                relationship: Some(connections::Relationship::Peer),
                met: Some("a conference with a rather long name".to_owned()),
                tags: vec!["rust".to_owned(), "databases".to_owned()],
                every: Some(kith::when::Cadence::weeks(6)),
                note: Some("a line or two of what one wants to remember of somebody".to_owned()),
                ..Connection::new(Id::new(since), name(n), since)
            };
            connections::store::put(tx, owner, &connection)?;
        }
        Ok(())
    });
    seeded.await.unwrap();
    store.close().await.unwrap();
}

#[tokio::test]
async fn names_are_found_by_any_word_among_five_thousand() {
    let mut town = Town::without_kith().await;
    let user = town.post("/users", json!({"name": "Ana", "guilds": [town.guild]})).await;
    let id = user["id"].as_str().unwrap().to_owned();
    seed(&town.store(), UserId(id.parse().unwrap())).await;
    town.start().await;
    let ana = Person { town: &town, id };

    let offered = ana.is_offered("/connection show who: grazyna ho 47", "who").await;
    assert!(offered[0].0.starts_with("Grażyna Hopper 47"), "{offered:?}");
    let offered = ana.is_offered("/log who: ALV", "who").await;
    assert_eq!(offered.len(), 25);
    assert!(offered.iter().all(|(label, _)| label.contains("Álvarez")), "{offered:?}");
    assert!(offered[0].0.contains("· peer · a conference"), "{offered:?}");
    let nobody = ana.is_offered("/log who: xyz", "who").await;
    assert!(nobody.is_empty());

    // The whole list, and a search that finds nothing however far it looks, are answered at once.
    for line in ["/connection list", "/connection search text: xylophone", "/log who: Bauer"] {
        let answer = ana.runs(line).await;
        assert_eq!(answer.json()["interaction"]["deferred"], false, "{line}");
    }

    town.close().await;
}

#[tokio::test]
async fn a_rhythm_is_shown_as_it_is_understood_while_one_types() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let offered = ana.is_offered("/connection add name: Bo every: 6 we", "every").await;
    assert!(offered[0].0.contains("every 6 weeks"), "{offered:?}");
    let saved = ana.runs_with("connection add", json!({"name": "Bo", "every": offered[0].1})).await;
    assert!(saved.text().contains("every 6 weeks"), "{}", saved.text());
    let often = ana.is_offered("/connection add name: Bo every: ", "every").await;
    assert!(often.len() > 5, "{often:?}");
    let never = ana.is_offered("/connection add name: Bo every: nev", "every").await;
    assert!(never.iter().any(|(_, value)| value == "never"), "{never:?}");
    town.close().await;
}
