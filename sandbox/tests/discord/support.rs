//! A sandbox with people in it, a bare client, and a bot made with serenity.

use std::sync::Arc;
use std::time::Duration;

use discord_sandbox::{Options, Sandbox, start};
use serde_json::{Value, json};
use serenity::all::{
    ChunkGuildFilter, ClientBuilder, Context, Event, GatewayIntents, GuildId, Http, HttpBuilder, Interaction,
    RawEventHandler, Ready, ShardManager,
};
use serenity::async_trait;
use tokio::sync::mpsc;

/// Long enough for everything that happens at once.
pub const SOON: Duration = Duration::from_secs(10);

pub struct Stage {
    pub sandbox: Sandbox,
    pub client: reqwest::Client,
}

impl Stage {
    pub async fn new() -> Self {
        Self::with(Options::default()).await
    }

    pub async fn with(options: Options) -> Self {
        let client = reqwest::Client::builder().no_proxy().timeout(SOON).build().unwrap();
        Self { sandbox: start(options).await.unwrap(), client }
    }

    /// A call of the people side: status and answer.
    pub async fn call(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        self.send(method, &format!("/sandbox/v1{path}"), body, false).await
    }

    /// A call that must go well.
    pub async fn post(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.call("POST", path, Some(body)).await;
        assert_eq!(status, 200, "POST {path}: {answer}");
        answer
    }

    pub async fn get(&self, path: &str) -> Value {
        let (status, answer) = self.call("GET", path, None).await;
        assert_eq!(status, 200, "GET {path}: {answer}");
        answer
    }

    /// A call of Discord's REST, as the bot.
    pub async fn rest(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        self.send(method, &format!("/api/v10{path}"), body, true).await
    }

    async fn send(&self, method: &str, path: &str, body: Option<Value>, login: bool) -> (u16, Value) {
        let url = format!("{}{path}", self.sandbox.url());
        let mut request = self.client.request(method.parse().unwrap(), url);
        if login {
            request = request.header("Authorization", format!("Bot {}", self.sandbox.token()));
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    /// A server, and its `#general`.
    pub async fn guild(&self) -> (String, String) {
        let guild = self.post("/guilds", json!({"name": "Harbour"})).await;
        (text(&guild["id"]), text(&guild["channels"][0]["id"]))
    }

    pub async fn person(&self, name: &str, guild: &str) -> String {
        text(&self.post("/users", json!({"name": name, "guilds": [guild]})).await["id"])
    }

    /// Holds what went over REST so far to Discord's own description, where that is at hand. Calls that were
    /// refused are meant to be wrong, so only their answers count.
    #[cfg(feature = "judge")]
    pub fn judged(&self) {
        use discord_sandbox::judge::{Judge, Part};
        let Some(judge) = Judge::from_env() else { return };
        for call in self.sandbox.requests_since(0) {
            let wrong = call.status >= 400;
            let exchange = serde_json::from_value(serde_json::to_value(&call).unwrap()).unwrap();
            for finding in judge.exchange(&exchange) {
                assert!(
                    wrong && matches!(finding.part, Part::Request | Part::Query),
                    "{finding}\n{}",
                    call.response
                );
            }
        }
    }

    #[cfg(not(feature = "judge"))]
    pub fn judged(&self) {}

    pub async fn bot_id(&self) -> String {
        text(&self.get("/world").await["bot"]["id"])
    }

    /// Registers commands for everywhere.
    pub async fn register(&self, commands: Value) -> (u16, Value) {
        let id = self.bot_id().await;
        self.rest("PUT", &format!("/applications/{id}/commands"), Some(commands)).await
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// A bot of serenity's that hands its events over.
pub struct Bot {
    pub http: Arc<Http>,
    pub interactions: mpsc::UnboundedReceiver<Interaction>,
    pub others: mpsc::UnboundedReceiver<Event>,
    pub guilds: mpsc::UnboundedReceiver<GuildId>,
    shards: Arc<ShardManager>,
}

struct Handler {
    interactions: mpsc::UnboundedSender<Interaction>,
    others: mpsc::UnboundedSender<Event>,
    guilds: mpsc::UnboundedSender<GuildId>,
    ready: mpsc::UnboundedSender<Ready>,
}

#[async_trait]
impl RawEventHandler for Handler {
    async fn raw_event(&self, _: Context, event: Event) {
        match event {
            Event::Ready(event) => drop(self.ready.send(event.ready)),
            Event::InteractionCreate(event) => drop(self.interactions.send(event.interaction)),
            Event::GuildCreate(event) => drop(self.guilds.send(event.guild.id)),
            Event::Unknown(event) => panic!("serenity does not understand {event:?}"),
            other => drop(self.others.send(other)),
        }
    }
}

impl Bot {
    /// Connects and waits for Ready.
    pub async fn connect(stage: &Stage) -> Self {
        let intents =
            GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
        let http = HttpBuilder::new(stage.sandbox.token())
            .client(stage.client.clone())
            .proxy(stage.sandbox.url())
            .ratelimiter_disabled(true)
            .build();
        let (interactions, interactions_in) = mpsc::unbounded_channel();
        let (others, others_in) = mpsc::unbounded_channel();
        let (guilds, guilds_in) = mpsc::unbounded_channel();
        let (ready, mut ready_in) = mpsc::unbounded_channel();
        let handler = Handler { interactions, others, guilds, ready };
        let mut client =
            ClientBuilder::new_with_http(http, intents).raw_event_handler(handler).await.unwrap();
        let (http, shards) = (client.http.clone(), client.shard_manager.clone());
        tokio::spawn(async move { client.start().await });
        soon(ready_in.recv()).await.unwrap();
        Self { http, interactions: interactions_in, others: others_in, guilds: guilds_in, shards }
    }

    /// Asks the gateway for members.
    pub async fn chunk(&self, guild: GuildId, filter: ChunkGuildFilter) {
        let runners = self.shards.runners.lock().await;
        for runner in runners.values() {
            runner.runner_tx.chunk_guild(guild, None, false, filter.clone(), None);
        }
    }

    pub async fn interaction(&mut self) -> Interaction {
        soon(self.interactions.recv()).await.unwrap()
    }

    pub async fn leave(self) {
        self.shards.shutdown_all().await;
    }
}

/// What must happen soon.
pub async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(SOON, future).await.expect("it did not happen in time")
}
