//! A Discord of a few endpoints, with faults, on a runtime of its own: it outlives the bot's crashes.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::guild;

/// The bot's own id.
pub(super) const BOT: u64 = 99;

#[derive(Clone, Debug)]
pub(super) enum Fault {
    /// The connection is cut before the effect, or after it.
    CutBefore,
    CutAfter,
    /// No answer ever comes, and the test is told: before the effect, or after it.
    HangBefore,
    HangAfter,
    /// An error of Discord's, without an effect.
    Refuse(u16, u64),
    /// 429 for so many milliseconds.
    Limit {
        ms: u64,
        global: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Route {
    Send,
    Open,
    List,
    /// Something in a server is made, looked for, or changed.
    Make,
    Look,
    Change,
}

#[derive(Default)]
pub(super) struct World {
    /// Messages by channel, in order.
    pub(super) messages: HashMap<u64, Vec<Value>>,
    pub(super) faults: HashMap<Route, VecDeque<Option<Fault>>>,
    /// People whose DMs are closed, by their channel.
    pub(super) closed: Vec<u64>,
    pub(super) requests: Vec<(Route, String)>,
    pub(super) headers: Vec<HeaderMap>,
    /// What was made in servers, in order: the path it was made by, and what it is.
    pub(super) made: Vec<(String, Value)>,
    /// Who is in which thread, who has which role, who is in which server, what there is to take away: as paths.
    pub(super) there: BTreeSet<String>,
    /// What was changed into what, in order.
    pub(super) changed: Vec<(String, Value)>,
    /// Whether `enforce_nonce` is honoured. Off, all depends on looking first.
    pub(super) compares_nonces: bool,
    /// How long a request without a fault takes, half of it before the effect.
    pub(super) latency: Duration,
    /// Milliseconds since 1970 for the next message's id.
    pub(super) now_ms: i64,
    next: u64,
}

impl World {
    pub(super) fn next_id(&mut self) -> u64 {
        self.next += 1;
        let ms = u64::try_from(self.now_ms - 1_420_070_400_000).unwrap();
        (ms << 22) | self.next
    }
}

pub(super) struct Discord {
    pub(super) base: String,
    pub(super) world: Arc<Mutex<World>>,
    /// A hanging request was met.
    pub(super) hung: mpsc::UnboundedReceiver<()>,
    _runtime: tokio::runtime::Runtime,
}

#[derive(Clone)]
pub(super) struct Shared {
    world: Arc<Mutex<World>>,
    hung: mpsc::UnboundedSender<()>,
}

impl Discord {
    pub(super) fn start(now: jiff::Timestamp) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let world = Arc::new(Mutex::new(World { now_ms: now.as_millisecond(), ..World::default() }));
        let (tell, hung) = mpsc::unbounded_channel();
        let app = Router::new()
            .route("/api/v10/users/@me", get(|| async { Json(json!({ "id": BOT.to_string() })) }))
            .route("/api/v10/users/@me/channels", post(open))
            .route("/api/v10/channels/{channel}/messages", post(send).get(list))
            .fallback(guild::serve)
            .with_state(Shared { world: Arc::clone(&world), hung: tell });
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let base = format!("http://{}/api/v10", listener.local_addr().unwrap());
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, app).await.unwrap();
        });
        Self { base, world, hung, _runtime: runtime }
    }

    /// The next requests to a route meet these, in order; `None` for none.
    pub(super) fn faults(&self, route: Route, faults: impl IntoIterator<Item = Option<Fault>>) {
        self.world.lock().faults.entry(route).or_default().extend(faults);
    }

    /// What stands in a channel, in order.
    pub(super) fn texts(&self, channel: u64) -> Vec<String> {
        let world = self.world.lock();
        let messages = world.messages.get(&channel).into_iter().flatten();
        messages.map(|message| message["content"].as_str().unwrap().to_owned()).collect()
    }

    pub(super) fn count(&self, route: Route) -> usize {
        self.world.lock().requests.iter().filter(|(met, _)| *met == route).count()
    }
}

/// A person's DM channel.
pub(super) fn dm(user: u64) -> u64 {
    user + 1_000
}

/// Notes a request and applies its fault around `effect`.
pub(super) async fn serve(
    shared: &Shared,
    route: Route,
    about: String,
    headers: HeaderMap,
    effect: impl FnOnce(&mut World) -> Response,
) -> Response {
    let (fault, latency) = {
        let mut world = shared.world.lock();
        world.requests.push((route, about));
        world.headers.push(headers);
        let fault = world.faults.get_mut(&route).and_then(VecDeque::pop_front).flatten();
        (fault, world.latency / 2)
    };
    match fault {
        Some(Fault::CutBefore) => std::panic::resume_unwind(Box::new("cut")),
        Some(Fault::CutAfter) => {
            effect(&mut shared.world.lock());
            std::panic::resume_unwind(Box::new("cut"))
        }
        Some(Fault::HangBefore) => hang(shared).await,
        Some(Fault::HangAfter) => {
            effect(&mut shared.world.lock());
            hang(shared).await
        }
        Some(Fault::Refuse(status, code)) => refusal(status, code),
        Some(Fault::Limit { ms, global }) => {
            #[expect(clippy::cast_precision_loss, reason = "small numbers in a test")]
            let seconds = ms as f64 / 1_000.0;
            let body =
                json!({ "message": "You are being rate limited.", "retry_after": seconds, "global": global });
            (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "1")], Json(body)).into_response()
        }
        None => {
            tokio::time::sleep(latency).await;
            let answer = effect(&mut shared.world.lock());
            tokio::time::sleep(latency).await;
            answer
        }
    }
}

async fn hang(shared: &Shared) -> Response {
    let _ = shared.hung.send(());
    std::future::pending().await
}

pub(super) fn refusal(status: u16, code: u64) -> Response {
    let body = json!({ "code": code, "message": "refused" });
    (StatusCode::from_u16(status).unwrap(), Json(body)).into_response()
}

async fn open(State(shared): State<Shared>, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    let user: u64 = body["recipient_id"].as_str().unwrap().parse().unwrap();
    let answer = |_: &mut World| Json(json!({ "id": dm(user).to_string(), "type": 1 })).into_response();
    serve(&shared, Route::Open, user.to_string(), headers, answer).await
}

async fn send(
    State(shared): State<Shared>,
    Path(channel): Path<u64>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Response {
    let nonce = body["nonce"].as_str().unwrap().to_owned();
    assert!(nonce.len() <= 25 && body["enforce_nonce"] == true);
    let effect = |world: &mut World| {
        if world.closed.contains(&channel) {
            return refusal(403, 50_007);
        }
        let known = world.messages.get(&channel).into_iter().flatten().find(|m| m["nonce"] == nonce.as_str());
        if let Some(known) = known.filter(|_| world.compares_nonces) {
            return Json(known.clone()).into_response();
        }
        let id = world.next_id();
        let mut message = body.clone();
        message["id"] = json!(id.to_string());
        message["author"] = json!({ "id": BOT.to_string() });
        world.messages.entry(channel).or_default().push(message.clone());
        let headers = [
            ("x-ratelimit-bucket", "messages"),
            ("x-ratelimit-limit", "50"),
            ("x-ratelimit-remaining", "49"),
            ("x-ratelimit-reset-after", "0.1"),
        ];
        (headers, Body::from(message.to_string())).into_response()
    };
    serve(&shared, Route::Send, channel.to_string(), headers, effect).await
}

/// As Discord: the newest first, and without the nonce.
async fn list(
    State(shared): State<Shared>,
    Path(channel): Path<u64>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let before = query.get("before").map_or(u64::MAX, |id| id.parse().unwrap());
    let limit: usize = query["limit"].parse().unwrap();
    let effect = |world: &mut World| {
        let all = world.messages.get(&channel).into_iter().flatten().rev();
        let older = all.filter(|m| m["id"].as_str().unwrap().parse::<u64>().unwrap() < before);
        let page: Vec<Value> = older
            .take(limit)
            .cloned()
            .map(|mut message| {
                message.as_object_mut().unwrap().remove("nonce");
                message
            })
            .collect();
        Json(page).into_response()
    };
    serve(&shared, Route::List, channel.to_string(), headers, effect).await
}
