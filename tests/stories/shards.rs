//! A Kith in so many servers that Discord has it connect more than once: each connection hears of some of them.

use serde_json::json;

use crate::kit::Town;

/// Servers are told apart by the time at which they were made (Discord: "Gateway", Sharding).
fn shard_of(guild: &str) -> u64 {
    (guild.parse::<u64>().unwrap() >> 22) % 2
}

/// Whether Kith told somebody in the town that it was removed.
fn says_removed(town: &Town) -> bool {
    let calls = town.sandbox.requests_since(0);
    calls.iter().any(|it| it.request["content"].as_str().is_some_and(|it| it.contains("I was removed")))
}

#[tokio::test]
async fn one_connection_says_nothing_of_the_servers_of_another() {
    let mut town = Town::with_shards(2).await;
    let mut other = town.guild.clone();
    while shard_of(&other) == shard_of(&town.guild) {
        let guild = town.post("/guilds", json!({"name": "Village"})).await;
        other = guild["id"].as_str().unwrap().to_owned();
    }
    // A round in a server of each connection.
    let mut organizers = Vec::new();
    for (guild, name) in [(town.guild.clone(), "Olga"), (other, "Otto")] {
        town.guild = guild;
        town.general = {
            let world = town.get("/world").await;
            let found = world["guilds"].as_array().unwrap().iter().find(|it| it["id"] == town.guild).unwrap();
            found["channels"][0]["id"].as_str().unwrap().to_owned()
        };
        let organizer = town.organizer(name).await;
        organizer.opens_round("Spring", "pairs").await;
        organizers.push(organizer.id);
    }
    town.restart().await;
    assert_eq!(town.get("/gateway").await["connections"].as_array().unwrap().len(), 2);
    for organizer in &organizers {
        let person = town.with_id(organizer);
        assert!(person.runs_in_dm("/help").await.text().contains("/connection add"));
    }
    town.passes("8d").await;
    assert!(!says_removed(&town));
    // Nobody signed up: each round went on by itself.
    for organizer in &organizers {
        let letters = town.with_id(organizer).letters().await;
        assert!(letters.iter().any(|it| it.text().contains("Sign-up for **Spring** is over")), "{letters:?}");
    }
    // From one of them it is removed while it is down.
    town.stop().await;
    town.post(&format!("/guilds/{}/leave", town.guild), json!({"bot": true})).await;
    town.start().await;
    town.sees(|| says_removed(&town)).await;
    town.close().await;
}
