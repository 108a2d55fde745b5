//! `kith demo` as it is met: what a newcomer finds, and that its people come back with their networks.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use crate::kit::Server;

/// How long a demo may take to write something down.
const PATIENCE: Duration = Duration::from_secs(30);

/// A demo that keeps what it has in a folder; dropped, it is killed.
struct Demo {
    server: Server,
    client: reqwest::Client,
}

impl Demo {
    fn start(data: &Path, people: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kith"));
        command.args(["demo", "--port", "0", "--people", people, "--data"]).arg(data).env_clear();
        let server = Server::start(&mut command, "ready ").unwrap();
        Self { server, client: reqwest::Client::builder().no_proxy().build().unwrap() }
    }

    fn url(&self, path: &str) -> String {
        format!("{}/sandbox/v1{path}", self.server.told)
    }

    async fn get(&self, path: &str) -> Value {
        self.client.get(self.url(path)).send().await.unwrap().json().await.unwrap()
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let answer = self.client.post(self.url(path)).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {answer:?}");
        answer.json().await.unwrap()
    }

    async fn people(&self) -> Vec<Value> {
        self.get("/world").await["users"].as_array().unwrap().clone()
    }

    async fn now(&self) -> jiff::Timestamp {
        self.get("/clock").await["now"].as_str().unwrap().parse().unwrap()
    }

    /// The first lines of somebody's direct messages.
    async fn letters(&self, person: &Value) -> Vec<String> {
        let inbox = self.get(&format!("/inbox?as={}", person["id"].as_str().unwrap())).await;
        let messages = inbox["messages"].as_array().unwrap().iter();
        messages.map(|message| message["content"].as_str().unwrap().to_owned()).collect()
    }
}

/// The time that a demo wrote down last.
fn kept_time(data: &Path) -> jiff::Timestamp {
    let town: Value = serde_json::from_slice(&std::fs::read(data.join("town.json")).unwrap()).unwrap();
    town["now"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn people_of_a_demo_come_back_with_their_networks_and_their_time() {
    let data = tempfile::tempdir().unwrap();
    let demo = Demo::start(data.path(), "3");
    let before = demo.people().await;
    assert_eq!(before.len(), 3);
    let world = demo.get("/world").await;
    let general = &world["guilds"][0]["channels"][0]["id"];
    let path =
        format!("/channels/{}/messages?as={}", general.as_str().unwrap(), before[0]["id"].as_str().unwrap());
    let welcome = &demo.get(&path).await[0];
    assert!(welcome["content"].as_str().unwrap().contains("</connection add:"), "{welcome}");

    demo.post("/clock", json!({"advance": "7d"})).await;
    let letters = demo.letters(&before[0]).await;
    assert_eq!(letters, ["**Grace Hopper**: your turn to give", "**Tomás Ruiz**: time to check in"]);
    let then = demo.now().await;
    // What the clock shows is kept at the demo's next look; a kill may come at any time after that.
    let kept = async {
        while kept_time(data.path()) < then - jiff::SignedDuration::from_secs(60) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, kept).await.unwrap();
    drop(demo);

    let demo = Demo::start(data.path(), "4");
    let after = demo.people().await;
    assert_eq!(after[..3], before[..]);
    assert_eq!(after.len(), 4, "one more came");
    assert!(demo.now().await > then - jiff::SignedDuration::from_secs(60));
    assert!(demo.letters(&after[0]).await.is_empty(), "the sandbox keeps no messages");
    // Ana's old channel with Kith is gone; what falls due now finds her all the same.
    demo.post("/clock", json!({"advance": "7d"})).await;
    assert_eq!(
        demo.letters(&after[0]).await,
        ["**Sam Okafor**: ask for feedback", "**Priya Nair**: ask for feedback"]
    );
}
