//! Discord's REST API, version 10, as far as it is served. What is not answers 501, and the log says so.

mod applications;
mod body;
pub mod buckets;
mod channels;
pub mod faults;
mod guilds;
mod interactions;
mod me;
mod places;
mod roles;
mod routes;
mod scheduled;
mod threads;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{ConnectInfo, FromRequestParts, MatchedPath, Query, RawPathParams, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tracing::error;

use crate::app::App;
use crate::clock::machine;
use crate::door::Peer;
use crate::journal::Exchange;
use crate::world::draft::Upload;
use crate::world::reading;
use crate::world::refusal::{Form, Refusal, UNAUTHORIZED, UNKNOWN_MESSAGE};
use crate::world::snowflake::Id;
use buckets::{Counted, TooMany};
use faults::{Fault, Struck};
pub use routes::{all_served, is_served, router};

/// Where the API lives.
const PREFIX: &str = "/api/v10";

/// One call, read.
pub struct Call {
    params: Vec<String>,
    query: HashMap<String, String>,
    /// The body; null for none.
    pub body: Value,
    /// The files that came with it.
    pub uploads: Vec<Upload>,
}

impl Call {
    /// The id at place `at` in the path.
    fn id(&self, at: usize) -> Result<Id, Refusal> {
        let text = self.params.get(at).map_or("", String::as_str);
        text.parse().map_err(|_| {
            let message = format!("Value \"{text}\" is not snowflake.");
            Refusal::form("id", "NUMBER_TYPE_COERCE", message)
        })
    }

    /// The text at place `at` in the path.
    fn text(&self, at: usize) -> &str {
        self.params.get(at).map_or("", String::as_str)
    }

    /// How many the query asks for; `least` to `most`, and so many where it does not say.
    fn limit(&self, default: usize, least: usize, most: usize) -> Result<usize, Refusal> {
        let Some(text) = self.query("limit") else { return Ok(default) };
        let mut form = Form::default();
        let given = format!("\"{text}\"");
        let limit = reading::within(&mut form, "limit", text.parse().ok(), given, least as u64..=most as u64);
        form.finish()?;
        Ok(limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(default))
    }

    /// An argument of the query.
    fn query(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }
}

/// What a call answers: a status and a body, or none.
type Answer = Result<(StatusCode, Value), Refusal>;
/// What serves a route.
type Serve = fn(&App, &mut Call) -> Answer;

/// 200 with a body.
fn ok(body: Value) -> Answer {
    Ok((StatusCode::OK, body))
}

/// 204.
fn nothing() -> Answer {
    Ok((StatusCode::NO_CONTENT, Value::Null))
}

/// Reads a call, serves it, notes it down.
async fn run(app: Arc<App>, request: Request, serve: Serve, open: bool) -> Response {
    let began = Instant::now();
    let (mut parts, body) = request.into_parts();
    let method = parts.method.to_string();
    let path = parts.uri.path_and_query().map_or_else(String::new, ToString::to_string);
    let template = match MatchedPath::from_request_parts(&mut parts, &app).await {
        Ok(matched) if !matched.as_str().contains("{*") => {
            matched.as_str().strip_prefix(PREFIX).unwrap_or(matched.as_str()).to_owned()
        }
        _ => parts.uri.path().strip_prefix(PREFIX).unwrap_or(parts.uri.path()).to_owned(),
    };
    let route = format!("{method} {template}");
    let params = match RawPathParams::from_request_parts(&mut parts, &app).await {
        Ok(params) => params.iter().map(|(_, value)| value.to_owned()).collect(),
        Err(_) => Vec::new(),
    };
    let query = Query::try_from_uri(&parts.uri).map_or_else(|_| HashMap::new(), |Query(query)| query);
    let allowed = open || is_bot(&app, &parts.headers);
    let peer = parts.extensions.get::<ConnectInfo<Peer>>().map(|ConnectInfo(peer)| peer.clone());
    let mut call = Call { params, query, body: Value::Null, uploads: Vec::new() };
    let (mut sent, read) = match body::read(Request::from_parts(parts, body)).await {
        Ok(body) => {
            (call.body, call.uploads) = (body.json, body.uploads);
            (body.text, Ok(()))
        }
        Err(refusal) => (String::new(), Err(refusal)),
    };
    if !allowed {
        sent.clear();
    }
    let ready = if allowed { read } else { Err(UNAUTHORIZED.into()) };
    let Served { cut, status, headers, response } = served(&app, &mut call, &route, serve, ready).await;
    if status == StatusCode::NOT_IMPLEMENTED {
        error!("NOT SERVED: {method} {path}: {}", response["message"]);
    }
    let shown = if response.is_null() { String::new() } else { response.to_string() };
    let exchange = Exchange {
        seq: 0,
        at: app.clock.now().to_string(),
        method,
        path,
        route,
        request: Value::Null,
        status: status.as_u16(),
        response: Value::Null,
        ms: began.elapsed().as_secs_f64() * 1_000.0,
    };
    if cut {
        app.journal.note(Exchange { status: 0, ..exchange }, sent, String::new());
        if let Some(peer) = peer {
            peer.cut();
        }
        return status.into_response();
    }
    app.journal.note(exchange, sent, shown.clone());
    if shown.is_empty() {
        return (status, headers).into_response();
    }
    (status, headers, [(header::CONTENT_TYPE, "application/json")], shown).into_response()
}

/// How a call went.
struct Served {
    /// Whether the connection is cut instead of an answer.
    cut: bool,
    status: StatusCode,
    headers: HeaderMap,
    response: Value,
}

/// Serves a call, unless a fault strikes it or it is one too many.
async fn served(
    app: &Arc<App>,
    call: &mut Call,
    route: &str,
    serve: Serve,
    ready: Result<(), Refusal>,
) -> Served {
    let template = route.split_once(' ').map_or(route, |(_, template)| template);
    let interaction = template.starts_with("/interactions/") || template.starts_with("/webhooks/");
    let major = major(call, template);
    let counted = Counted { route, major: &major, interaction };
    let (mut headers, too_many) = app.buckets.count(counted, machine());
    // A call that is one too many gets no further, so that no fault is used up by it.
    let struck = if too_many.is_some() { Struck::default() } else { app.faults.strike(route, interaction) };
    if !struck.delay.is_zero() {
        tokio::time::sleep(struck.delay).await;
    }
    let mut limited = |limit: TooMany| {
        limit.mark(&mut headers);
        (StatusCode::TOO_MANY_REQUESTS, limit.body())
    };
    let cut = matches!(struck.end, Some(Fault::Drop { .. }));
    let status = |code| StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let (status, response) = match (struck.end, too_many) {
        (Some(Fault::Drop { effect: false }), _) => (StatusCode::OK, Value::Null),
        (Some(Fault::Status { status: code, body }), _) => (status(code), body),
        (Some(Fault::RateLimit { global, retry_after }), _) => limited(TooMany { global, retry_after }),
        (_, Some(limit)) => limited(limit),
        (_, None) => {
            let answer = ready.and_then(|()| serve(app, call));
            answer.unwrap_or_else(|refusal| (status(refusal.status), refusal.body()))
        }
    };
    Served { cut, status, headers, response }
}

/// The channel, server or webhook that the limits are counted for.
fn major(call: &Call, template: &str) -> String {
    if template.starts_with("/webhooks/") {
        return format!("{}/{}", call.text(0), call.text(1));
    }
    let counted = ["/channels/", "/guilds/"].iter().any(|kind| template.starts_with(kind));
    if counted { call.text(0).to_owned() } else { String::new() }
}

fn is_bot(app: &App, headers: &HeaderMap) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    given.and_then(|value| value.strip_prefix("Bot ")).is_some_and(|token| app.hub.token_is(token))
}

/// A message as the bot reads it right after it wrote or changed it.
fn written(app: &App, id: Id) -> Answer {
    app.world(|world| {
        let message = world.messages.get(&id).ok_or(UNKNOWN_MESSAGE)?;
        ok(world.message_json(message))
    })
}
