//! Whether Discord takes the token, and whether Kith may do what it does in each server.
//!
//! Discord: "User" (Get Current User, Get Current User Guilds), "Application", "Gateway", "Permissions".

use std::time::Duration;

use reqwest::{Client, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serenity::model::permissions::Permissions;

use super::Finding;
use crate::settings::Discord as Settings;

/// How long one question to Discord may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// Servers in one answer of Get Current User Guilds, its most.
const PAGE: usize = 200;
/// Servers that are looked at; more than these are counted only.
const MOST_SERVERS: usize = 2000;
/// Fewer starts than this left today is worth a word.
const FEW_STARTS: u32 = 20;

/// What Kith asks for in its invite: what it does in a server needs each of these.
pub const NEEDED: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::CREATE_PRIVATE_THREADS)
    .union(Permissions::CREATE_PUBLIC_THREADS)
    .union(Permissions::MANAGE_THREADS)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::READ_MESSAGE_HISTORY);

#[derive(Debug, Deserialize)]
struct User {
    id: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Application {
    pub(super) id: String,
    #[serde(default)]
    pub(super) integration_types_config: Option<serde_json::Map<String, serde_json::Value>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Server {
    pub(super) id: String,
    /// The bot's permissions there, over all its roles, as a number in a string.
    pub(super) permissions: String,
}

#[derive(Debug, Deserialize)]
struct GatewayBot {
    session_start_limit: StartLimit,
}

#[derive(Debug, Deserialize)]
pub(super) struct StartLimit {
    pub(super) remaining: u32,
    /// Milliseconds until `remaining` is full again.
    pub(super) reset_after: u64,
}

/// Asks Discord about the token, the application and the servers.
pub(super) async fn check(settings: &Settings) -> Vec<Finding> {
    let api = match Api::new(settings) {
        Ok(api) => api,
        Err(error) => {
            return vec![Finding::problem(
                format!("No connection can be made at all: {error}."),
                "Look at the system's certificates.",
            )];
        }
    };
    let user: User = match api.get("/users/@me").await {
        Ok(user) => user,
        Err(failure) => return vec![failure.finding("the token", api.place())],
    };
    let mut findings =
        vec![Finding::fine(format!("{} takes the token; the bot's id is {}.", api.place(), user.id))];
    match api.get::<Application>("/applications/@me").await {
        Ok(application) => {
            findings.extend(judge_application(&application));
            findings.extend(servers(&api, &application).await);
        }
        Err(failure) => findings.push(failure.finding("the application", api.place())),
    }
    match api.get::<GatewayBot>("/gateway/bot").await {
        Ok(gateway) => findings.push(judge_starts(&gateway.session_start_limit)),
        Err(failure) => findings.push(failure.finding("the gateway", api.place())),
    }
    findings
}

/// Whether personal commands can be had outside of servers.
pub(super) fn judge_application(application: &Application) -> Option<Finding> {
    let kinds = application.integration_types_config.as_ref()?;
    (!kinds.contains_key("1")).then(|| {
        Finding::hint(
            "People cannot install Kith for themselves, only into servers.",
            "Discord's developer portal → your application → Installation → tick \"User Install\".",
        )
    })
}

/// Whether the gateway may be connected to often enough today.
pub(super) fn judge_starts(limit: &StartLimit) -> Finding {
    let minutes = limit.reset_after.div_ceil(60_000);
    let mend = "Find out what starts the bot again and again; wait until then.";
    match limit.remaining {
        0 => Finding::problem(format!("No start is left today; there are more in {minutes} minutes."), mend),
        few if few < FEW_STARTS => {
            Finding::hint(format!("{few} starts are left for {minutes} minutes."), mend)
        }
        many => Finding::fine(format!("The gateway is open; {many} starts are left today.")),
    }
}

/// The address at which an administrator adds Kith to a server, or renews its permissions there.
#[must_use]
pub(super) fn invite(application: &str, server: Option<&str>) -> String {
    let place = server.map(|id| format!("&guild_id={id}")).unwrap_or_default();
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={}{place}",
        NEEDED.bits()
    )
}

async fn servers(api: &Api, application: &Application) -> Vec<Finding> {
    let mut all: Vec<Server> = Vec::new();
    loop {
        let after = all.last().map(|server| format!("&after={}", server.id)).unwrap_or_default();
        match api.get::<Vec<Server>>(&format!("/users/@me/guilds?limit={PAGE}{after}")).await {
            Ok(page) => {
                let whole = page.len() == PAGE;
                all.extend(page);
                if !whole || all.len() >= MOST_SERVERS {
                    return judge_servers(&all, &application.id);
                }
            }
            Err(failure) => return vec![failure.finding("the servers", api.place())],
        }
    }
}

/// Which servers lack which permissions.
pub(super) fn judge_servers(servers: &[Server], application: &str) -> Vec<Finding> {
    if servers.is_empty() {
        let mend = format!("Invite it: {}", invite(application, None));
        return vec![Finding::hint("Kith is in no server yet.", mend)];
    }
    let lacking: Vec<Finding> =
        servers.iter().filter_map(|server| judge_server(server, application)).collect();
    let fine = servers.len() - lacking.len();
    let whole = format!("Kith may do all it needs in {fine} of {} servers.", servers.len());
    std::iter::once(Finding::fine(whole)).chain(lacking).collect()
}

fn judge_server(server: &Server, application: &str) -> Option<Finding> {
    let has = Permissions::from_bits_truncate(server.permissions.parse().unwrap_or_default());
    let missing = NEEDED.difference(has);
    if has.contains(Permissions::ADMINISTRATOR) || missing.is_empty() {
        return None;
    }
    Some(Finding::problem(
        format!("In the server {} Kith lacks: {missing}.", server.id),
        format!(
            "An administrator gives them to Kith's role there, or invites it again: {}",
            invite(application, Some(&server.id))
        ),
    ))
}

/// Why Discord gave no answer that could be used.
#[derive(Debug)]
enum Failure {
    /// It answered with this status.
    Status(StatusCode),
    /// It did not answer, or not in its own form.
    Other(String),
}

impl Failure {
    fn finding(&self, what: &str, place: &str) -> Finding {
        match self {
            Self::Status(StatusCode::UNAUTHORIZED) => Finding::problem(
                format!("{place} refuses the token (401)."),
                "Discord's developer portal → your application → Bot → Reset Token, and set DISCORD_TOKEN to the new one.",
            ),
            Self::Status(StatusCode::TOO_MANY_REQUESTS) => Finding::problem(
                format!("{place} answers that too much was asked (429) when asked about {what}."),
                "Wait some minutes; if a bot with this token is running, look at its log.",
            ),
            Self::Status(status) if status.is_server_error() => Finding::problem(
                format!("{place} is out of order ({status}) when asked about {what}."),
                "Look at https://discordstatus.com and try again.",
            ),
            Self::Status(status) => Finding::problem(
                format!("{place} answers {status} when asked about {what}."),
                "Look whether the token is that of a bot, and whether the bot is barred.",
            ),
            Self::Other(why) => Finding::problem(
                format!("{place} cannot be asked about {what}: {why}."),
                "Look at the network, the proxy and the firewall: Kith needs HTTPS and WebSockets to discord.com and gateway.discord.gg.",
            ),
        }
    }
}

struct Api {
    client: Client,
    base: String,
    place: String,
    authorization: String,
}

impl Api {
    fn new(settings: &Settings) -> Result<Self, reqwest::Error> {
        let client = Client::builder().timeout(PATIENCE).user_agent(concat!(
            "DiscordBot (",
            env!("CARGO_PKG_REPOSITORY"),
            ", ",
            env!("CARGO_PKG_VERSION"),
            ")"
        ));
        // Another Discord is on this machine or near it; a proxy would not find it.
        let (client, base, place) = match &settings.api_url {
            Some(url) => (client.no_proxy(), url.clone(), format!("The Discord at {url}")),
            None => (client, "https://discord.com".to_owned(), "Discord".to_owned()),
        };
        Ok(Self {
            client: client.build()?,
            base,
            place,
            authorization: format!("Bot {}", settings.token.expose()),
        })
    }

    fn place(&self) -> &str {
        &self.place
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        let request = self
            .client
            .get(format!("{}/api/v10{path}", self.base))
            .header(reqwest::header::AUTHORIZATION, &self.authorization);
        let response = request.send().await.map_err(|error| Failure::Other(reason(&error)))?;
        if !response.status().is_success() {
            return Err(Failure::Status(response.status()));
        }
        response.json().await.map_err(|error| Failure::Other(reason(&error)))
    }
}

/// What lies at the bottom of an error, without the address.
fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return format!("no answer within {} s", PATIENCE.as_secs());
    }
    let mut source: &dyn std::error::Error = error;
    while let Some(deeper) = source.source() {
        source = deeper;
    }
    source.to_string()
}
