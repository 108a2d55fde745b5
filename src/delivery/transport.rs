//! Requests to Discord for what nobody waits for: paced by Discord's own rate-limit headers, with
//! ends to all waits, and with answers told apart by what they mean for a letter or an errand.
//!
//! It follows Discord's pages "Reference", "Rate Limits", "Message" and "User" ("Create DM").

use std::time::{Duration, Instant};

use parking_lot::Mutex;
use reqwest::header::{AUTHORIZATION, CONTENT_LENGTH, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Client, ClientBuilder, Response, StatusCode, Url};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::OnceCell;
use twilight_http_ratelimiting::{Endpoint, Method, Permit, RateLimitHeaders, RateLimiter};

use super::Letter;
use super::found::{self, Found};
use crate::id::{ChannelId, MessageId, UserId};

/// How Discord wants bots to name themselves.
const USER_AGENT: &str =
    concat!("DiscordBot (", env!("CARGO_PKG_REPOSITORY"), ", ", env!("CARGO_PKG_VERSION"), ")");
/// Waiting for the pace, and for one `Retry-After`, at most; what takes longer comes again later.
const PACE: Duration = Duration::from_secs(60);
/// How often a request is made again after 429, within one try of a letter.
const AGAIN: u32 = 5;
/// Discord's code for DMs opened too fast, which no wait of this request mends.
const OPENING_TOO_FAST: u64 = 40_003;
/// A page of messages, and how many of them are looked through for one letter.
pub(super) const PAGE: usize = 100;
pub(super) const PAGES: usize = 10;

/// The way to Discord, with a pace of its own.
pub struct Transport {
    client: Client,
    base: Url,
    authorization: HeaderValue,
    limiter: Mutex<RateLimiter>,
    per_second: u16,
    /// Nothing is asked before this time: a global 429 said so.
    paused_until: Mutex<Option<Instant>>,
    own_id: OnceCell<UserId>,
}

/// Why there can be no transport.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// The address is none.
    #[error("{0:?} is no address of an API: it must be like https://discord.com/api/v10")]
    Address(String),
    /// The token holds characters that cannot stand in a header.
    #[error("the token holds characters that no token has")]
    Token,
    /// No letter could leave.
    #[error("the pace of letters must be at least one a second")]
    Pace,
    /// The HTTP client could not be built.
    #[error("the HTTP client cannot be built: {0}")]
    Client(#[from] reqwest::Error),
}

/// Why a request did not succeed, by what is known of its effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// It never left: there is no effect.
    NotSent(String),
    /// Whether it took effect is not known: the connection broke, no answer came, or a 5xx did.
    Unknown(String),
    /// Discord's limits hold it back for so long: there is no effect.
    Limited(Duration),
    /// The token is not valid (any more): nothing will succeed.
    Unauthorized,
    /// Discord refused it: there is no effect.
    Refused {
        status: u16,
        /// Discord's own code (Discord: "Opcodes and Status Codes", "JSON"); 0 where it gave none.
        code: u64,
        message: String,
    },
}

/// The body of an error, or of a 429.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ErrorBody {
    code: u64,
    message: String,
    retry_after: Option<f64>,
    global: bool,
    /// Which field is wrong and why; it names fields, not what stood in them.
    errors: Value,
}

#[derive(Deserialize)]
pub(super) struct Created {
    #[serde(deserialize_with = "found::snowflake")]
    pub(super) id: u64,
}

/// A request.
pub(super) struct Ask<'a> {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: Vec<(&'a str, String)>,
    pub(super) body: Option<Value>,
}

impl Transport {
    /// A transport to the API at `base` (`https://discord.com/api/v10`) over `client`, whose timeouts
    /// end each request, for `per_second` requests at most. Discord allows a bot 50 in all, and people's answers come first.
    ///
    /// Must be called within a runtime.
    ///
    /// # Errors
    /// When the address, the token or the pace cannot be used.
    pub fn new(
        client: ClientBuilder,
        base: &str,
        token: &str,
        per_second: u16,
    ) -> Result<Self, TransportError> {
        let url = Url::parse(base).ok().filter(Url::has_host);
        let base = url.ok_or_else(|| TransportError::Address(base.to_owned()))?;
        let token = token.trim_start_matches("Bot ");
        let mut authorization =
            HeaderValue::from_str(&format!("Bot {token}")).map_err(|_| TransportError::Token)?;
        authorization.set_sensitive(true);
        let client = client.user_agent(USER_AGENT).redirect(reqwest::redirect::Policy::none());
        if per_second == 0 {
            return Err(TransportError::Pace);
        }
        Ok(Self {
            client: client.build()?,
            base,
            authorization,
            limiter: Mutex::new(RateLimiter::new(per_second)),
            per_second,
            paused_until: Mutex::new(None),
            own_id: OnceCell::new(),
        })
    }

    /// Sends a letter's message into a channel ("Create Message").
    pub(super) async fn send(&self, channel: ChannelId, letter: &Letter) -> Result<MessageId, Failure> {
        let mut body = serde_json::to_value(&letter.message)
            .map_err(|error| Failure::NotSent(format!("the message is no JSON: {error}")))?;
        if let Value::Object(fields) = &mut body {
            fields.insert("nonce".to_owned(), json!(letter.nonce()));
            fields.insert("enforce_nonce".to_owned(), json!(true));
        }
        let path = format!("channels/{channel}/messages");
        let ask = Ask { method: Method::Post, path, query: Vec::new(), body: Some(body) };
        self.ask::<Created>(ask).await.map(|created| MessageId(created.id))
    }

    /// Whether somebody is not in a thread any more ("Get Thread Member", which needs no intent). Where that cannot be
    /// told, they are taken to be in it.
    pub(super) async fn has_left(&self, thread: ChannelId, user: UserId) -> bool {
        /// The thread is gone, which the letter itself is told.
        const UNKNOWN_CHANNEL: u64 = 10_003;
        let path = format!("channels/{thread}/thread-members/{user}");
        let ask = Ask { method: Method::Get, path, query: Vec::new(), body: None };
        matches!(
            self.fire(&ask).await,
            Err(Failure::Refused { status: 404, code, .. }) if code != UNKNOWN_CHANNEL
        )
    }

    /// Opens the DM channel with a person, or finds the one that is open ("Create DM").
    pub(super) async fn open_dm(&self, user: UserId) -> Result<ChannelId, Failure> {
        let body = json!({ "recipient_id": user.to_string() });
        let path = "users/@me/channels".to_owned();
        let ask = Ask { method: Method::Post, path, query: Vec::new(), body: Some(body) };
        self.ask::<Created>(ask).await.map(|created| ChannelId(created.id))
    }

    /// The bot's own messages in a channel that may be this letter, sent since `since_ms`
    /// (milliseconds since 1970), the newest first ("Get Channel Messages").
    pub(super) async fn find(
        &self,
        channel: ChannelId,
        letter: &Letter,
        since_ms: i64,
    ) -> Result<Vec<MessageId>, Failure> {
        let own_id = self.own_id().await?;
        let mut candidates = Vec::new();
        let mut before = None;
        for _ in 0..PAGES {
            let mut query = vec![("limit", PAGE.to_string())];
            query.extend(before.map(|id: u64| ("before", id.to_string())));
            let path = format!("channels/{channel}/messages");
            let page: Vec<Found> = self.ask(Ask { method: Method::Get, path, query, body: None }).await?;
            let recent = page.iter().filter(|message| message.sent_ms() >= since_ms);
            candidates.extend(
                recent.filter(|message| message.is(letter, own_id)).map(|message| MessageId(message.id)),
            );
            before = page.iter().map(|message| message.id).min();
            let oldest = page.iter().map(Found::sent_ms).min();
            if page.len() < PAGE || oldest.is_none_or(|oldest| oldest < since_ms) {
                break;
            }
        }
        Ok(candidates)
    }

    /// The bot's own id ("Get Current User"), asked for once.
    pub(super) async fn own_id(&self) -> Result<UserId, Failure> {
        let ask = || async {
            let path = "users/@me".to_owned();
            let ask = Ask { method: Method::Get, path, query: Vec::new(), body: None };
            self.ask::<Created>(ask).await.map(|me| UserId(me.id))
        };
        self.own_id.get_or_try_init(ask).await.copied()
    }

    /// Makes a request and reads what it answers.
    pub(super) async fn ask<T: serde::de::DeserializeOwned>(&self, ask: Ask<'_>) -> Result<T, Failure> {
        let response = self.fire(&ask).await?;
        response.json().await.map_err(|error| Failure::Unknown(error.without_url().to_string()))
    }

    /// Makes a request at the limiter's pace; after 429 again, when Discord says.
    pub(super) async fn fire(&self, ask: &Ask<'_>) -> Result<Response, Failure> {
        let mut wait = Duration::ZERO;
        for _ in 0..=AGAIN {
            tokio::time::sleep(wait).await;
            self.await_pause().await?;
            let endpoint = Endpoint { method: ask.method, path: ask.path.clone() };
            let permit = self.permit(endpoint).await?;
            let response = match self.request(ask).send().await {
                Ok(response) => response,
                Err(error) => return Err(broken(&error)),
            };
            if response.status() != StatusCode::TOO_MANY_REQUESTS {
                permit.complete(limits(response.headers(), None));
                return answer(response).await;
            }
            let headers = response.headers().clone();
            let body: ErrorBody = response.json().await.unwrap_or_default();
            wait = retry_after(&headers, &body);
            if body.code == OPENING_TOO_FAST {
                permit.complete(limits(&headers, None));
                return Err(Failure::Refused { status: 429, code: body.code, message: body.message });
            }
            permit.complete(limits(&headers, Some(wait)));
            // Without a bucket it is no limit of this route: the whole bot, or its address, must wait.
            let global = body.global || !headers.contains_key(RateLimitHeaders::BUCKET);
            if global {
                *self.paused_until.lock() = Some(Instant::now() + wait);
            }
            tracing::warn!(path = ask.path, ?wait, global, "Discord asks for a slower pace");
            if wait > PACE {
                break;
            }
        }
        Err(Failure::Limited(wait))
    }

    fn request(&self, ask: &Ask<'_>) -> reqwest::RequestBuilder {
        let url = format!("{}/{}", self.base.as_str().trim_end_matches('/'), ask.path);
        let method = match ask.method {
            Method::Get => reqwest::Method::GET,
            Method::Put => reqwest::Method::PUT,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
            _ => reqwest::Method::POST,
        };
        let request = self.client.request(method, url).header(AUTHORIZATION, self.authorization.clone());
        let request = request.query(&ask.query);
        match &ask.body {
            Some(body) => request.json(body),
            // Left to itself the client would not say so, and servers may want it said (411).
            None if ask.method == Method::Put => request.header(CONTENT_LENGTH, 0),
            None => request,
        }
    }

    /// Waits until requests may be made again; a long pause is the letter's to wait for.
    async fn await_pause(&self) -> Result<(), Failure> {
        let until = *self.paused_until.lock();
        let Some(until) = until else { return Ok(()) };
        let left = until.saturating_duration_since(Instant::now());
        if left > PACE {
            return Err(Failure::Limited(left));
        }
        tokio::time::sleep(left).await;
        Ok(())
    }

    /// Waits for the limiter's leave to make a request.
    async fn permit(&self, endpoint: Endpoint) -> Result<Permit, Failure> {
        let permit = self.limiter.lock().acquire(endpoint);
        tokio::time::timeout(PACE, permit).await.map_err(|_| Failure::Limited(Duration::from_secs(1)))
    }

    /// Starts the limiter anew, after it broke down; what it knew of buckets it learns again.
    pub(super) fn renew_limiter(&self) {
        *self.limiter.lock() = RateLimiter::new(self.per_second);
    }
}

/// What an answer that is no 429 means.
async fn answer(response: Response) -> Result<Response, Failure> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let body: ErrorBody = response.json().await.unwrap_or_default();
    if status == StatusCode::UNAUTHORIZED {
        return Err(Failure::Unauthorized);
    }
    if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT {
        return Err(Failure::Unknown(format!("{status} {}", body.message)));
    }
    let message = match body.errors {
        Value::Null => body.message,
        errors => format!("{}: {errors}", body.message),
    };
    Err(Failure::Refused { status: status.as_u16(), code: body.code, message })
}

/// What a request that got no answer means.
fn broken(error: &reqwest::Error) -> Failure {
    let text = format!("{error:?}");
    if error.is_connect() || error.is_builder() { Failure::NotSent(text) } else { Failure::Unknown(text) }
}

/// How long Discord asks to wait, in the header or, more exactly, in the body.
fn retry_after(headers: &HeaderMap, body: &ErrorBody) -> Duration {
    let header = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse::<f64>().ok());
    let seconds = body.retry_after.or(header).unwrap_or(1.0);
    Duration::try_from_secs_f64(seconds.max(0.05)).unwrap_or(PACE)
}

/// The bucket's state as the headers tell it; empty for `blocked_for` after a 429.
fn limits(headers: &HeaderMap, blocked_for: Option<Duration>) -> Option<RateLimitHeaders> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let bucket = text(RateLimitHeaders::BUCKET)?.as_bytes().to_vec();
    if let Some(blocked_for) = blocked_for {
        return Some(RateLimitHeaders {
            bucket,
            limit: 0,
            remaining: 0,
            reset_at: Instant::now() + blocked_for,
        });
    }
    let reset_after: f64 = text(RateLimitHeaders::RESET_AFTER)?.parse().ok()?;
    Some(RateLimitHeaders {
        bucket,
        limit: text(RateLimitHeaders::LIMIT)?.parse().ok()?,
        remaining: text(RateLimitHeaders::REMAINING)?.parse().ok()?,
        reset_at: Instant::now() + Duration::try_from_secs_f64(reset_after).ok()?,
    })
}
