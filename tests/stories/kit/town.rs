use std::path::Path;
use std::time::Duration;

use discord_sandbox::judge::Judge;
use discord_sandbox::{Options, Sandbox};
use kith::discord::client::Network;
use kith::settings::Settings;
use kith::shutdown::Shutdown;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::task::JoinHandle;

use super::person::Person;
use super::wire::Wire;

/// When every story begins: a Tuesday, at ten in the morning in London.
pub const BEGINS: &str = "2033-03-01T10:00:00Z";

/// A sandbox with one server, and Kith in it.
pub struct Town {
    pub sandbox: Sandbox,
    pub client: reqwest::Client,
    /// The server.
    pub guild: String,
    /// Its first channel.
    pub general: String,
    data: TempDir,
    bot: Option<Bot>,
    more: Vec<(&'static str, &'static str)>,
    network: Network,
    /// Letters that leave in a second, where it is not what is set.
    pace: Option<u32>,
}

struct Bot {
    task: JoinHandle<anyhow::Result<()>>,
    shutdown: Shutdown,
}

impl Town {
    /// A town in which Kith serves.
    pub async fn open() -> Self {
        let mut town = Self::without_kith().await;
        town.start().await;
        town
    }

    /// A town in which Kith serves with settings of its own.
    pub async fn open_with(settings: &[(&'static str, &'static str)]) -> Self {
        let mut town = Self::without_kith().await;
        town.more = settings.to_vec();
        town.start().await;
        town
    }

    /// A town in which Kith serves as it does with Discord itself: at `https://discord.com`, which is the sandbox.
    pub async fn open_as_discord() -> (Self, Wire) {
        let mut town = Self::without_kith().await;
        let (wire, network) = Wire::over_tls(&town.sandbox.url()).await;
        town.network = network;
        town.more = vec![("discord.api_url", "")];
        town.start().await;
        (town, wire)
    }

    /// A town in which Kith serves, and has to show the gateway that it lives so often.
    pub async fn that_wants_heartbeats_every(heartbeat: Duration) -> Self {
        let mut town = Self::within(Options { heartbeat, ..Options::default() }).await;
        town.start().await;
        town
    }

    /// A town to which Kith connects with so many shards.
    pub async fn with_shards(shards: u32) -> Self {
        let mut town = Self::within(Options { shards, ..Options::default() }).await;
        town.start().await;
        town
    }

    /// A town in which Kith does not serve yet.
    pub async fn without_kith() -> Self {
        Self::within(Options::default()).await
    }

    async fn within(options: Options) -> Self {
        let sandbox = discord_sandbox::start(options).await.unwrap();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut town = Self {
            sandbox,
            client,
            guild: String::new(),
            general: String::new(),
            data: tempfile::tempdir().unwrap(),
            bot: None,
            more: vec![],
            network: Network::default(),
            pace: None,
        };
        town.post("/clock", json!({"set": BEGINS})).await;
        let guild = town.post("/guilds", json!({"name": "Town"})).await;
        town.guild = guild["id"].as_str().unwrap().to_owned();
        town.general = guild["channels"][0]["id"].as_str().unwrap().to_owned();
        town
    }

    /// Where Kith keeps its store.
    pub fn store(&self) -> std::path::PathBuf {
        self.data.path().join("store")
    }

    /// A folder with nothing in it but that store.
    pub fn folder(&self) -> &Path {
        self.data.path()
    }

    /// Kith starts, in this process, and follows the sandbox's clock.
    pub async fn start(&mut self) {
        let settings = self.settings(&self.store());
        let shutdown = Shutdown::new();
        let (ready, is_ready) = tokio::sync::oneshot::channel();
        let stop = shutdown.clone();
        let network = self.network.clone();
        let task = tokio::spawn(async move {
            kith::bot::run_over(
                settings,
                network,
                |_| {
                    let _ = ready.send(());
                },
                stop,
            )
            .await
        });
        let bot = Bot { task, shutdown };
        if is_ready.await.is_err() {
            panic!("Kith does not start: {:?}", bot.task.await);
        }
        self.bot = Some(bot);
    }

    /// The settings of a Kith in this town.
    pub fn settings(&self, store: &Path) -> Settings {
        let clock = format!("{}/sandbox/v1/clock", self.sandbox.url());
        let (url, store) = (self.sandbox.url(), store.to_string_lossy());
        let mut all = vec![
            ("discord.token", self.sandbox.token()),
            ("discord.api_url", &url),
            ("clock_url", &clock),
            ("store.path", &store),
        ];
        all.extend(&self.more);
        let mut settings = Settings::load_with(&all).unwrap();
        settings.discord.letters_per_second = self.pace.unwrap_or(settings.discord.letters_per_second);
        settings
    }

    /// From its next start on, Kith sends so many letters a second: more than any setting allows, where a
    /// story has no time for the pace.
    pub fn sends(&mut self, per_second: u32) {
        self.pace = Some(per_second);
    }

    /// Kith stops in order.
    pub async fn stop(&mut self) {
        if let Some(bot) = self.bot.take() {
            bot.shutdown.begin();
            bot.task.await.unwrap().unwrap();
        }
    }

    /// Kith stops and starts again as it is by default.
    pub async fn restart_plainly(&mut self) {
        self.stop().await;
        self.more.clear();
        self.start().await;
    }

    /// Kith stops and starts again.
    pub async fn restart(&mut self) {
        self.stop().await;
        self.start().await;
    }

    /// Somebody new in the server, who never used Kith.
    pub async fn stranger(&self, name: &str) -> Person<'_> {
        let body = json!({"name": name, "locale": "en-GB", "guilds": [self.guild]});
        let user = self.post("/users", body).await;
        Person { town: self, id: user["id"].as_str().unwrap().to_owned() }
    }

    /// Somebody in the server who told Kith that they are in London.
    pub async fn member(&self, name: &str) -> Person<'_> {
        let person = self.stranger(name).await;
        person.runs("/settings timezone: Europe/London").await;
        person
    }

    /// Ana, to whom a nudge comes in an hour.
    pub async fn ana_with_a_nudge(&self) -> Person<'_> {
        let ana = self.member("Ana").await;
        ana.runs("/nudge me about: the talk when: in 1 hour").await;
        // Her DM channel is open now, so that what is held later is the letter.
        self.passes("1s").await;
        ana
    }

    /// Somebody who is there already.
    pub async fn person(&self, name: &str) -> Person<'_> {
        let world = self.get("/world").await;
        let user = world["users"].as_array().unwrap().iter().find(|user| user["name"] == name).unwrap();
        Person { town: self, id: user["id"].as_str().unwrap().to_owned() }
    }

    /// Somebody who is there already, by their id.
    pub fn with_id(&self, id: &str) -> Person<'_> {
        Person { town: self, id: id.to_owned() }
    }

    /// Waits until something is so in the sandbox, which has no event for it.
    pub async fn sees(&self, it: impl Fn() -> bool) {
        let seen = async {
            while !it() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), seen).await.unwrap();
    }

    /// Somebody who holds Kith's token writes a message into a channel, as Kith.
    pub async fn forges(&self, channel: &str, message: Value) -> String {
        let url = format!("{}/api/v10/channels/{channel}/messages", self.sandbox.url());
        let token = format!("Bot {}", self.sandbox.token());
        let sent = self.client.post(url).header("Authorization", token).json(&message).send().await.unwrap();
        sent.error_for_status().unwrap().json::<Value>().await.unwrap()["id"].as_str().unwrap().to_owned()
    }

    /// Somebody who holds Kith's token asks something of Discord, as Kith.
    pub async fn as_kith(&self, method: &str, path: &str, body: Value) -> Value {
        let url = format!("{}/api/v10{path}", self.sandbox.url());
        let token = format!("Bot {}", self.sandbox.token());
        let request = self.client.request(method.parse().unwrap(), url).header("Authorization", token);
        let sent = request.json(&body).send().await.unwrap().error_for_status().unwrap();
        sent.json().await.unwrap_or_default()
    }

    /// The looks into channels that Kith took since `seq`.
    pub fn looks_since(&self, seq: u64) -> usize {
        let calls = self.sandbox.requests_since(seq);
        calls.iter().filter(|call| call.route == "GET /channels/{channel.id}/messages").count()
    }

    /// Time passes: "7d4h30m".
    pub async fn passes(&self, time: &str) {
        self.post("/clock", json!({"advance": time})).await;
    }

    /// What the people side answers to a `GET`.
    pub async fn get(&self, path: &str) -> Value {
        let answer = self.client.get(self.url(path)).send().await.unwrap();
        answer.json().await.unwrap()
    }

    /// What the people side answers to a `POST`, which must go well.
    pub async fn post(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.tries(path, body.clone()).await;
        assert!(status < 300, "{path} {body} → {status} {answer}");
        answer
    }

    /// What the people side answers to a `POST`, with its status.
    pub async fn tries(&self, path: &str, body: Value) -> (u16, Value) {
        let answer = self.client.post(self.url(path)).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    fn url(&self, path: &str) -> String {
        format!("{}/sandbox/v1{path}", self.sandbox.url())
    }

    /// Ends the story: Kith stops, and everything that was said over REST is judged.
    pub async fn close(mut self) {
        self.stop().await;
        if let Some(judge) = Judge::from_env() {
            let calls = self.sandbox.requests_since(0);
            assert!(!calls.is_empty());
            let findings: Vec<_> = calls.iter().flat_map(|call| judge.exchange(&call.into())).collect();
            assert!(findings.is_empty(), "{findings:#?}");
        }
        self.sandbox.shutdown().await;
    }
}
