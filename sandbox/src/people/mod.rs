//! The people side: what persons, tests and the page do and see, below `/sandbox/v1`. A contract; it is described in
//! the crate's README.

mod acting;
mod disturbing;
mod following;
mod roles;
mod scheduled;
mod seeing;
mod threads;
mod watching;
mod world;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::app::App;
use crate::clock::Stuck;
use crate::world::people::No;

/// What a call answers.
type Answer = Result<axum::Json<Value>, Problem>;

fn ok(body: impl Into<Value>) -> Answer {
    Ok(axum::Json(body.into()))
}

/// `{"error": "<one sentence>"}` with its status.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    sentence: String,
}

impl Problem {
    fn new(status: StatusCode, sentence: impl Into<String>) -> Self {
        Self { status, sentence: sentence.into() }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.status, axum::Json(json!({"error": self.sentence}))).into_response()
    }
}

impl From<No> for Problem {
    fn from(no: No) -> Self {
        let status = match &no {
            No::Bad(_) => StatusCode::BAD_REQUEST,
            No::Missing(_) => StatusCode::NOT_FOUND,
            No::Conflict(_) => StatusCode::CONFLICT,
        };
        Self::new(status, no.to_string())
    }
}

impl From<Stuck> for Problem {
    fn from(stuck: Stuck) -> Self {
        let status = match &stuck {
            Stuck::Bad(_) => StatusCode::BAD_REQUEST,
            Stuck::Conflict(_) => StatusCode::CONFLICT,
        };
        Self::new(status, stuck.to_string())
    }
}

/// A JSON body; what cannot be read is a 400 with a sentence. An empty body counts as `{}`.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Problem;

    async fn from_request(request: axum::extract::Request, state: &S) -> Result<Self, Problem> {
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|error| Problem::new(StatusCode::BAD_REQUEST, error.body_text()))?;
        let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        serde_json::from_slice(text).map(Self).map_err(|error| {
            Problem::new(StatusCode::BAD_REQUEST, format!("The body cannot be read: {error}."))
        })
    }
}

/// What stands in the path; what cannot be read is a 400 with a sentence.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        axum::extract::Path::<T>::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Path(path)| Self(path))
            .map_err(|error| Problem::new(StatusCode::BAD_REQUEST, error.body_text()))
    }
}

/// The query; what cannot be read is a 400 with a sentence.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        axum::extract::Query::try_from_uri(&parts.uri)
            .map(|axum::extract::Query(query)| Self(query))
            .map_err(|error| Problem::new(StatusCode::BAD_REQUEST, error.body_text()))
    }
}

/// The routes.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/world", get(world::show))
        .route("/guilds", post(world::add_guild))
        .route("/users", post(world::add_user))
        .route("/guilds/{guild}/channels", post(world::add_channel))
        .route("/guilds/{guild}/roles", post(roles::add))
        .route("/guilds/{guild}/roles/{role}", post(roles::change))
        .route("/guilds/{guild}/roles/{role}/delete", post(roles::delete))
        .route("/guilds/{guild}/members/{user}/timeout", post(roles::time_out))
        .route("/guilds/{guild}/members/{user}/roles", post(world::change_roles))
        .route("/guilds/{guild}/leave", post(world::leave))
        .route("/guilds/{guild}/join", post(world::join))
        .route("/users/{user}/dms", post(world::dms))
        .route("/reset", post(world::reset))
        .route("/channels/{channel}/threads", post(threads::start))
        .route("/channels/{channel}/delete", post(threads::delete))
        .route("/channels/{channel}/permissions", post(threads::permissions))
        .route("/threads/{thread}", post(threads::change))
        .route("/threads/{thread}/members", post(threads::members))
        .route("/scheduled-events", get(scheduled::list))
        .route("/scheduled-events/{event}", post(scheduled::interest))
        .route("/clock", get(following::show).post(following::shift))
        .route("/clock/follow", get(following::follow))
        .route("/clock/follow/{follower}", post(following::answer))
        .route("/commands", get(seeing::commands))
        .route("/command", post(acting::command))
        .route("/user-command", post(acting::user_command))
        .route("/autocomplete", post(acting::autocomplete))
        .route("/click", post(acting::click))
        .route("/select", post(acting::select))
        .route("/modal", post(acting::modal))
        .route("/message", post(acting::message))
        .route("/inbox", get(seeing::inbox))
        .route("/channels", get(seeing::channels))
        .route("/channels/{channel}/messages", get(seeing::messages))
        .route("/messages/{message}/attachments/{n}", get(seeing::attachment))
        .route("/uploads/{id}", get(seeing::upload))
        .route("/events", get(seeing::events))
        .route("/requests", get(watching::requests))
        .route("/gateway", get(watching::gateway))
        .route("/faults", get(disturbing::list).post(disturbing::add).delete(disturbing::clear))
        .route("/limits", post(disturbing::limits))
        .method_not_allowed_fallback(unknown)
        .fallback(unknown)
}

async fn unknown(request: axum::extract::Request) -> Problem {
    let sentence = format!("There is no {} {} here.", request.method(), request.uri().path());
    Problem::new(StatusCode::NOT_FOUND, sentence)
}
