//! Watching the bot.

use std::sync::Arc;

use axum::extract::State;
use serde::Deserialize;
use serde_json::json;

use super::{Answer, Asked, ok};
use crate::app::App;
use crate::journal::Exchange;

/// From where on.
#[derive(Deserialize)]
pub struct Since {
    #[serde(default)]
    since: u64,
}

/// `GET /requests`.
pub async fn requests(State(app): State<Arc<App>>, Asked(since): Asked<Since>) -> axum::Json<Vec<Exchange>> {
    axum::Json(app.journal.since(since.since))
}

/// `GET /gateway`.
pub async fn gateway(State(app): State<Arc<App>>) -> Answer {
    ok(json!({"connections": app.hub.view()}))
}
