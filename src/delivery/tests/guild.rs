//! The part of that Discord which is about servers: whatever is made, listed, changed and taken away there.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use super::discord::{BOT, Discord, Route, Shared, World, refusal, serve as with_faults};

impl Discord {
    /// What was made by a path, in order.
    pub(super) fn made(&self, path: &str) -> Vec<Value> {
        let world = self.world.lock();
        world.made.iter().filter(|(by, _)| by == path).map(|(_, it)| it.clone()).collect()
    }

    /// The names of what was made by a path, sorted.
    pub(super) fn names(&self, path: &str) -> Vec<String> {
        let mut names: Vec<String> =
            self.made(path).iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    }

    /// Somebody else, or Kith long ago, has made something.
    pub(super) fn has(&self, path: &str, it: Value) {
        self.world.lock().made.push((path.to_owned(), it));
    }

    pub(super) fn is_there(&self, path: &str) -> bool {
        self.world.lock().there.contains(path)
    }
}

pub(super) async fn serve(
    State(shared): State<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = uri.path().trim_start_matches("/api/v10/").to_owned();
    let parts: Vec<&str> = path.split('/').collect();
    let member = parts.len() == 4 && parts[0] == "guilds" && parts[2] == "members";
    let route = match method {
        Method::POST => Route::Make,
        Method::GET if !member => Route::Look,
        _ => Route::Change,
    };
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let effect = |world: &mut World| match (&method, parts.as_slice()) {
        (
            &Method::POST,
            ["guilds", _, "channels" | "roles" | "scheduled-events"] | ["channels", _, "threads"],
        ) => Json(make(world, &path, &body)).into_response(),
        (&Method::GET, ["guilds", _, "threads", "active"]) => threads(world, |it| it["archived"] != true),
        (&Method::GET, ["channels", _, "users", "@me", "threads", "archived", "private"]) => {
            threads(world, |it| it["archived"] == true && it["type"] == 12)
        }
        (&Method::GET, ["channels", _, "threads", "archived", "public"]) => {
            threads(world, |it| it["archived"] == true && it["type"] == 11)
        }
        (&Method::GET, ["guilds", _, "channels" | "roles" | "scheduled-events"]) => {
            let all = world.made.iter().filter(|(by, _)| *by == path).map(|(_, it)| it);
            Json(all.cloned().collect::<Vec<_>>()).into_response()
        }
        (&Method::GET, ["guilds", _, "members", _]) if !world.there.contains(&path) => refusal(404, 10_007),
        (&Method::GET, ["guilds", _, "members", _]) => Json(json!({})).into_response(),
        (
            &Method::PUT,
            ["channels", _, "thread-members" | "permissions", _] | ["guilds", _, "members", _, "roles", _],
        ) => {
            world.there.insert(path.clone());
            StatusCode::NO_CONTENT.into_response()
        }
        (&Method::DELETE, _) if !world.there.remove(&path) => refusal(404, 10_003),
        (&Method::DELETE, _) => StatusCode::NO_CONTENT.into_response(),
        (&Method::PATCH, ["channels", _] | ["channels", _, "messages", _]) => {
            world.changed.push((path.clone(), body.clone()));
            Json(json!({ "id": parts.last().unwrap() })).into_response()
        }
        _ => panic!("{method} {path}"),
    };
    with_faults(&shared, route, format!("{method} {path}"), headers, effect).await
}

fn make(world: &mut World, path: &str, body: &Value) -> Value {
    let mut it = body.clone();
    it["id"] = json!(world.next_id().to_string());
    it["owner_id"] = json!(BOT.to_string());
    it["creator_id"] = json!(BOT.to_string());
    if let Some(("channels", rest)) = path.split_once('/') {
        it["parent_id"] = json!(rest.trim_end_matches("/threads"));
    }
    if let (true, Some(name)) = (path.ends_with("/channels"), body["name"].as_str()) {
        it["name"] = json!(name.to_lowercase().replace(' ', "-"));
    }
    world.made.push((path.to_owned(), it.clone()));
    it
}

fn threads(world: &World, wanted: impl Fn(&Value) -> bool) -> Response {
    let all = world.made.iter().filter(|(by, it)| by.ends_with("/threads") && wanted(it)).map(|(_, it)| it);
    Json(json!({ "threads": all.collect::<Vec<_>>(), "members": [], "has_more": false })).into_response()
}
