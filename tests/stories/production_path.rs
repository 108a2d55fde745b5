//! The path of production: `https://discord.com` over TLS, with serenity's own limiter, is the sandbox. The gateway's
//! address comes over it; the gateway itself is plain, for serenity takes no certificates of ours there.

use serde_json::json;

use crate::kit::Town;

#[tokio::test]
async fn the_first_week_as_with_discord_itself() {
    let (town, _wire) = Town::open_as_discord().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace Hopper every: 1 week").await;
    town.passes("7d").await;
    let nudge = ana.latest().await;
    assert_eq!(nudge.first(), "**Grace Hopper**: time to be in touch");
    let form = ana.presses(&nudge, "Done").await;
    let done = ana.fills(&form, &[("What happened", "coffee")]).await;
    assert!(done.text().starts_with("**Done:**"), "{}", done.text());
    town.close().await;
}

#[tokio::test]
async fn many_people_at_once_are_answered_through_the_limiter() {
    let (town, _wire) = Town::open_as_discord().await;
    let mut people = Vec::new();
    for n in 0..20 {
        people.push(town.member(&format!("Person {n}")).await);
    }
    let adding = people.iter().map(|person| person.runs("/connection add name: Grace every: 1 week"));
    for saved in futures_util::future::join_all(adding).await {
        assert!(saved.text().starts_with("Saved **Grace**."), "{}", saved.text());
    }
    town.passes("7d").await;
    for person in &people {
        assert_eq!(person.letters().await.len(), 1);
    }
    town.close().await;
}

#[tokio::test]
async fn discords_limits_cost_time_and_nothing_else() {
    let (town, _wire) = Town::open_as_discord().await;
    town.post("/limits", json!({"enforce": true, "global_per_second": 50})).await;
    let ana = town.member("Ana").await;
    for name in ["Grace", "Bo", "Cy", "Dee", "Eli", "Fay", "Gus", "Hal"] {
        let saved = ana.runs(&format!("/connection add name: {name} every: 1 week")).await;
        assert!(saved.text().starts_with(&format!("Saved **{name}**.")), "{}", saved.text());
    }
    town.passes("7d").await;
    let digest = ana.latest().await;
    assert!(digest.text().contains("Hal"), "{}", digest.text());
    let calls = town.sandbox.requests_since(0);
    assert!(calls.iter().all(|call| call.status != 429), "its limiters heed what the headers say");
    town.close().await;
}
