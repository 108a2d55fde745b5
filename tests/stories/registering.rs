//! What Kith offers to type, and where: told to Discord at its start, however often that takes.

use discord_sandbox::Exchange;
use serde_json::{Value, json};

use crate::kit::Town;

/// What only makes sense in a server. All else is a person's own, and works wherever they are.
const IN_SERVERS: [&str; 3] = ["mentorship", "organize", "setup"];

#[tokio::test]
async fn what_is_personal_works_everywhere_and_what_is_of_a_server_there_alone() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let names = |commands: &Value| {
        let all = commands.as_array().unwrap().iter();
        all.map(|it| it["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let here = town.get(&format!("/commands?as={}&guild={}", ana.id, town.guild)).await;
    for command in here.as_array().unwrap() {
        let name = command["name"].as_str().unwrap();
        let (contexts, installs) = if IN_SERVERS.contains(&name) {
            (json!([0]), json!([0]))
        } else {
            (json!([0, 1, 2]), json!([0, 1]))
        };
        assert_eq!((&command["contexts"], &command["integration_types"]), (&contexts, &installs), "{name}");
    }
    let mut here = names(&here);
    assert!(IN_SERVERS.iter().all(|name| here.iter().any(|it| it == name)), "{here:?}");
    here.retain(|name| !IN_SERVERS.contains(&name.as_str()));
    let mut with_kith_alone = names(&town.get(&format!("/commands?as={}", ana.id)).await);
    here.sort();
    with_kith_alone.sort();
    assert_eq!(with_kith_alone, here);
    for name in ["mentorship rounds", "organize rounds", "setup"] {
        let body = json!({"as": ana.id, "dm": true, "name": name, "options": {}});
        assert!(town.tries("/command", body).await.0 >= 400, "{name}");
    }
    town.close().await;
}

#[tokio::test]
async fn what_discord_does_not_take_at_once_is_told_again() {
    let mut town = Town::without_kith().await;
    for method in ["GET", "PUT"] {
        let route = format!("{method} /applications/{{application.id}}/commands");
        let fault = json!({"kind": "status", "route": route, "status": 503, "count": 1});
        town.post("/faults", fault).await;
    }
    town.start().await;
    let calls = town.sandbox.requests_since(0);
    let told = calls.iter().filter(|call| call.route.ends_with("/commands"));
    let told: Vec<(&str, u16)> = told.map(|call| (call.method.as_str(), call.status)).collect();
    assert_eq!(told, [("GET", 503), ("GET", 200), ("PUT", 503), ("GET", 200), ("PUT", 200)]);
    let saved = town.member("Ana").await.runs("/connection add name: Grace").await;
    assert!(saved.text().starts_with("Saved **Grace**."), "{}", saved.text());
    town.close().await;
}

#[tokio::test]
async fn commands_are_registered_once_and_anew_when_something_changed() {
    let mut town = Town::open().await;
    let written = |town: &Town| {
        let calls = town.sandbox.requests_since(0);
        calls.iter().filter(|call| call.method == "PUT" && call.path.ends_with("/commands")).count()
    };
    assert_eq!(written(&town), 1);
    town.restart().await;
    assert_eq!(written(&town), 1, "nothing changed");

    // Somebody changed one of them by hand.
    let calls = town.sandbox.requests_since(0);
    let put = calls.iter().find(|call| call.method == "PUT" && call.path.ends_with("/commands")).unwrap();
    let path = put.path.clone();
    let address = format!("{}{path}", town.sandbox.url());
    let authorization = format!("Bot {}", town.sandbox.token());
    let registered: Value = {
        let asked = town.client.get(&address).header("authorization", &authorization).send().await.unwrap();
        asked.json().await.unwrap()
    };
    let mut changed = registered.as_array().unwrap().clone();
    changed.pop();
    let kept: Vec<Value> = changed
        .iter()
        .map(|command| {
            let mut command = command.clone();
            for added in ["id", "version", "application_id"] {
                command.as_object_mut().unwrap().remove(added);
            }
            command
        })
        .collect();
    let mut kept = kept;
    let who = json!({"type": 3, "name": "who", "description": "Somebody", "autocomplete": true});
    kept.push(json!({"name": "gone", "description": "A command of an older Kith", "options": [who]}));
    let put = town.client.put(&address).header("authorization", &authorization).json(&kept);
    assert!(put.send().await.unwrap().status().is_success());
    assert_eq!(written(&town), 2);
    let ana = town.stranger("Ana").await;
    assert!(ana.is_offered("/gone who: b", "who").await.is_empty());
    let refused = |it: &Exchange| it.path.ends_with("/callback") && it.status >= 400;
    assert!(!town.sandbox.requests_since(0).iter().any(refused), "what it is offered is no message");
    let outdated = ana.runs("/gone").await;
    assert!(outdated.text().starts_with("Your Discord still shows an older form"), "{}", outdated.text());
    assert!(outdated.message().is_private());
    town.restart().await;
    assert_eq!(written(&town), 3, "what was missing is there again");
    town.close().await;
}
