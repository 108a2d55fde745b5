use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use discord_sandbox::{Options, Sandbox};
use jiff::{SignedDuration, Timestamp};
use kith::id::{ChannelId, UserId};
use serde::Deserialize;
use serde_json::{Value, json};

/// A sandbox with one server, for one bot.
pub struct Town {
    /// The sandbox.
    pub sandbox: Sandbox,
    client: reqwest::Client,
    guild: String,
}

/// Somebody in a town.
#[derive(Clone)]
pub struct Person {
    act: String,
    complete: String,
    inbox: String,
    client: reqwest::Client,
    guild: String,
    /// Who.
    pub id: String,
}

/// What somebody sees after an act; only what is looked at is read, as the benches share the processors.
#[derive(Deserialize)]
struct Seen {
    messages: Vec<Said>,
}

#[derive(Deserialize)]
struct Said {
    content: String,
}

impl Town {
    /// A town without a bot.
    ///
    /// # Errors
    /// When the sandbox does not start.
    pub async fn open() -> anyhow::Result<Self> {
        let sandbox = discord_sandbox::start(Options::default()).await?;
        let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(30)).build()?;
        let mut town = Self { sandbox, client, guild: String::new() };
        town.guild = text(&town.post("/guilds", &json!({"name": "Town"})).await?["id"])?;
        Ok(town)
    }

    /// So many people in its server.
    ///
    /// # Errors
    /// When the sandbox refuses.
    pub async fn people(&self, count: usize) -> anyhow::Result<Vec<Person>> {
        let mut people = Vec::with_capacity(count);
        for n in 0..count {
            let body = json!({"name": format!("Person {n}"), "locale": "en-GB", "guilds": [self.guild]});
            let api = format!("{}/sandbox/v1", self.sandbox.url());
            let id = text(&self.post("/users", &body).await?["id"])?;
            people.push(Person {
                act: format!("{api}/command"),
                complete: format!("{api}/autocomplete"),
                inbox: format!("{api}/inbox?as={id}"),
                client: self.client.clone(),
                guild: self.guild.clone(),
                id,
            });
        }
        Ok(people)
    }

    /// The time in the sandbox.
    ///
    /// # Errors
    /// When it does not tell.
    pub async fn now(&self) -> anyhow::Result<Timestamp> {
        let url = format!("{}/sandbox/v1/clock", self.sandbox.url());
        let clock: Value = self.client.get(url).send().await?.json().await?;
        Ok(text(&clock["now"])?.parse()?)
    }

    /// The clock is put so much further, at once.
    pub async fn jump(&self, by: SignedDuration) {
        // The sandbox answers when all is done, or gives that up; how it ended is seen by what came.
        let _ = self.post("/clock", &json!({"jump": format!("{}ms", by.as_millis())})).await;
    }

    /// Somebody's DM channel, as the bot opens it.
    ///
    /// # Errors
    /// When the sandbox refuses.
    pub async fn dm(&self, person: &Person) -> anyhow::Result<ChannelId> {
        let url = format!("{}/api/v10/users/@me/channels", self.sandbox.url());
        let request = self.client.post(url).header("Authorization", format!("Bot {}", self.sandbox.token()));
        let sent = request.json(&json!({"recipient_id": person.id})).send().await?.error_for_status()?;
        let opened: Value = sent.json().await?;
        Ok(ChannelId(text(&opened["id"])?.parse()?))
    }

    async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        let url = format!("{}/sandbox/v1{path}", self.sandbox.url());
        Ok(self.client.post(url).json(body).send().await?.error_for_status()?.json().await?)
    }
}

impl Person {
    /// Their id as Kith has it.
    ///
    /// # Errors
    /// It is no number.
    pub fn user(&self) -> anyhow::Result<UserId> {
        Ok(UserId(self.id.parse()?))
    }

    /// Runs a command; from the request to what they see. The answer must begin so.
    ///
    /// # Errors
    /// When the bot does not answer, or otherwise.
    pub async fn runs(&self, name: &str, options: Value, says: &str) -> anyhow::Result<Duration> {
        let body = json!({"as": self.id, "guild": self.guild, "name": name, "options": options});
        let began = Instant::now();
        let answer = self.client.post(&self.act).json(&body).send().await?.bytes().await?;
        let took = began.elapsed();
        let seen: Seen = serde_json::from_slice(&answer)?;
        let right = seen.messages.first().is_some_and(|said| said.content.contains(says));
        ensure!(right, "/{name} was answered with {}", String::from_utf8_lossy(&answer));
        Ok(took)
    }

    /// What the bot sent them unasked, each as JSON.
    ///
    /// # Errors
    /// When the sandbox does not tell.
    pub async fn letters(&self) -> anyhow::Result<Vec<String>> {
        let inbox: Value = self.client.get(&self.inbox).send().await?.json().await?;
        let all = inbox["messages"].as_array().context("an inbox has messages")?.iter();
        Ok(all.filter(|message| message["ephemeral"] != true).map(Value::to_string).collect())
    }

    /// What is offered while they type `who:`; the time, and how many names.
    ///
    /// # Errors
    /// When the bot does not answer.
    pub async fn types_who(&self, typed: &str) -> anyhow::Result<(Duration, usize)> {
        let body = json!({
            "as": self.id, "guild": self.guild, "name": "connection show", "options": {"who": typed},
            "focused": "who",
        });
        let began = Instant::now();
        let answer: Value = self.client.post(&self.complete).json(&body).send().await?.json().await?;
        let took = began.elapsed();
        let offered = answer["choices"].as_array().with_context(|| format!("no choices in {answer}"))?;
        Ok((took, offered.len()))
    }
}

fn text(value: &Value) -> anyhow::Result<String> {
    Ok(value.as_str().context("an id is a text")?.to_owned())
}
