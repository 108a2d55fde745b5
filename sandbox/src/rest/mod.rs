//! Discord's REST API, version 10, as far as it is served. What is not answers 501, and the log says so.

mod applications;
mod body;
pub mod buckets;
mod channels;
mod guilds;
mod interactions;
mod me;
mod threads;

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::{FromRequestParts, MatchedPath, Query, RawPathParams, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, any, delete, get, patch, post, put};
use serde_json::Value;
use tracing::error;

use crate::app::App;
use crate::journal::Exchange;
use crate::world::draft::Upload;
use crate::world::refusal::{Refusal, UNAUTHORIZED, UNKNOWN_MESSAGE};
use crate::world::snowflake::Id;

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

type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// Makes a handler of what serves a route; `open` routes carry their own token and need no login.
fn on(
    serve: Serve,
    open: bool,
) -> impl Fn(State<Arc<App>>, Request) -> Answering + Clone + Send + Sync + 'static {
    move |State(app), request| Box::pin(run(app, request, serve, open))
}

/// The routes, with their names as Discord documents them.
pub fn router() -> Router<Arc<App>> {
    let closed = |serve| on(serve, false);
    let open = |serve| on(serve, true);
    let hook = "/webhooks/{application.id}/{interaction.token}";
    let routes: Vec<(String, MethodRouter<Arc<App>>)> = vec![
        ("/gateway".into(), get(on(me::gateway, true))),
        ("/gateway/bot".into(), get(closed(me::gateway_bot))),
        ("/users/@me".into(), get(closed(me::user))),
        ("/users/@me/guilds".into(), get(closed(me::guilds))),
        ("/users/@me/channels".into(), post(closed(channels::open_dm))),
        ("/users/{user.id}".into(), get(closed(me::other))),
        ("/applications/@me".into(), get(closed(me::application))),
        ("/oauth2/applications/@me".into(), get(closed(me::application))),
        (
            "/applications/{application.id}/commands".into(),
            get(closed(applications::list)).put(closed(applications::overwrite)),
        ),
        (
            "/applications/{application.id}/guilds/{guild.id}/commands".into(),
            get(closed(applications::list_guild)).put(closed(applications::overwrite_guild)),
        ),
        (
            "/interactions/{interaction.id}/{interaction.token}/callback".into(),
            post(open(interactions::callback)),
        ),
        (hook.into(), post(open(interactions::follow_up))),
        (
            format!("{hook}/messages/@original"),
            get(open(interactions::read))
                .merge(patch(open(interactions::edit)))
                .merge(delete(open(interactions::delete))),
        ),
        (
            format!("{hook}/messages/{{message.id}}"),
            get(open(interactions::read))
                .merge(patch(open(interactions::edit)))
                .merge(delete(open(interactions::delete))),
        ),
        (
            "/channels/{channel.id}".into(),
            get(closed(channels::read))
                .merge(patch(closed(threads::change)))
                .merge(delete(closed(threads::delete))),
        ),
        ("/channels/{channel.id}/threads".into(), post(closed(threads::start))),
        ("/channels/{channel.id}/thread-members".into(), get(closed(threads::members))),
        ("/channels/{channel.id}/thread-members/@me".into(), member_of_thread()),
        ("/channels/{channel.id}/thread-members/{user.id}".into(), member_of_thread()),
        ("/channels/{channel.id}/threads/archived/public".into(), get(closed(threads::archived_public))),
        ("/channels/{channel.id}/threads/archived/private".into(), get(closed(threads::archived_private))),
        (
            "/channels/{channel.id}/users/@me/threads/archived/private".into(),
            get(closed(threads::archived_joined)),
        ),
        ("/guilds/{guild.id}/threads/active".into(), get(closed(threads::active))),
        (
            "/channels/{channel.id}/messages".into(),
            get(closed(channels::messages)).merge(post(closed(channels::send))),
        ),
        (
            "/channels/{channel.id}/messages/{message.id}".into(),
            get(closed(channels::message))
                .merge(patch(closed(channels::edit)))
                .merge(delete(closed(channels::delete))),
        ),
        ("/guilds/{guild.id}".into(), get(closed(guilds::read))),
        ("/guilds/{guild.id}/channels".into(), get(closed(guilds::channels))),
        ("/guilds/{guild.id}/roles".into(), get(closed(guilds::roles))),
        ("/guilds/{guild.id}/members/{user.id}".into(), get(closed(guilds::member))),
    ];
    let mut router = Router::new();
    for (path, methods) in routes {
        router = router.route(&format!("{PREFIX}{path}"), methods.fallback(on(unserved, true)));
    }
    router.route("/api/{*rest}", any(on(unserved, true)))
}

/// Somebody in a thread: the bot, or whom the path names.
fn member_of_thread() -> MethodRouter<Arc<App>> {
    get(on(threads::member, false))
        .merge(put(on(threads::add, false)))
        .merge(delete(on(threads::remove, false)))
}

/// What nobody serves.
fn unserved(_: &App, _: &mut Call) -> Answer {
    Err(Refusal::new(501, 0, "501: The sandbox does not serve this route"))
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
    let mut call = Call { params, query, body: Value::Null, uploads: Vec::new() };
    let mut sent = String::new();
    let answer = match body::read(Request::from_parts(parts, body)).await {
        _ if !allowed => Err(UNAUTHORIZED.into()),
        Err(refusal) => Err(refusal),
        Ok(body) => {
            (call.body, call.uploads, sent) = (body.json, body.uploads, body.text);
            serve(&app, &mut call)
        }
    };
    let (status, response) = match answer {
        Ok((status, body)) => (status, body),
        Err(refusal) => {
            let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, refusal.body())
        }
    };
    if status == StatusCode::NOT_IMPLEMENTED {
        error!("NOT SERVED: {method} {path}: {}", response["message"]);
    }
    let now = app.clock.now();
    let headers = app.buckets.count(&route, &major(&call, &template), now);
    let shown = if status == StatusCode::NO_CONTENT { String::new() } else { response.to_string() };
    let exchange = Exchange {
        seq: 0,
        at: now.to_string(),
        method,
        path,
        route,
        request: Value::Null,
        status: status.as_u16(),
        response: Value::Null,
        ms: began.elapsed().as_secs_f64() * 1_000.0,
    };
    app.journal.note(exchange, sent, shown.clone());
    if shown.is_empty() {
        return (status, headers).into_response();
    }
    (status, headers, [(header::CONTENT_TYPE, "application/json")], shown).into_response()
}

/// The channel, server or webhook that the limits are counted for.
fn major(call: &Call, template: &str) -> String {
    let counted = ["/channels/", "/guilds/", "/webhooks/"].iter().any(|kind| template.starts_with(kind));
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
