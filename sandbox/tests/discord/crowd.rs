//! Many at once.

use serde_json::json;

use crate::support::Stage;
use crate::wire::{Wire, callback};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_people_are_answered_each_with_their_own() {
    const EACH: usize = 10;
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    let mut people = Vec::new();
    for n in 0..50 {
        people.push(stage.person(&format!("Person {n}"), &guild).await);
    }
    stage.register(json!([{"name": "go", "description": "x"}])).await;
    let mut wire = Wire::ready(&stage).await;
    let began = std::time::Instant::now();
    let bot = async {
        for _ in 0..50 * EACH {
            let interaction = wire.dispatch("INTERACTION_CREATE").await;
            let who = interaction["member"]["user"]["id"].clone();
            let data = json!({"type": 4, "data": {"content": who, "flags": 64}});
            let (status, body) = callback(&stage, &interaction, data).await;
            assert_eq!(status, 200, "{body}");
        }
    };
    let crowd = futures_util::future::join_all(people.iter().map(async |person| {
        for _ in 0..EACH {
            let seen = stage.post("/command", json!({"as": person, "guild": guild, "name": "go"})).await;
            assert_eq!(seen["messages"][0]["content"], *person);
        }
    }));
    tokio::join!(bot, crowd);
    println!("{} commands in {:?}", 50 * EACH, began.elapsed());
}
