//! The clock, and the bots that follow it. The protocol is told in `crate::clock`.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::{Answer, Form, Path, Problem, ok};
use crate::app::{App, stopped};
use crate::clock::{Move, Stuck, duration};

/// `GET /clock`.
pub async fn show(State(app): State<Arc<App>>) -> Answer {
    ok(json!({"now": app.clock.now().to_string()}))
}

/// `POST /clock`: exactly one of the four.
#[derive(Deserialize)]
pub struct Shift {
    advance: Option<String>,
    set: Option<String>,
    jump: Option<String>,
    #[serde(default)]
    next: bool,
}

/// Moves the clock.
pub async fn shift(State(app): State<Arc<App>>, Form(shift): Form<Shift>) -> Answer {
    let how = match (shift.advance, shift.set, shift.jump, shift.next) {
        (Some(by), None, None, false) => Move::Advance(duration(&by)?),
        (None, Some(to), None, false) => Move::Set(time(&to)?),
        (None, None, Some(by), false) => Move::Jump(duration(&by)?),
        (None, None, None, true) => Move::Next,
        _ => return Err(Stuck::Bad("Say one of `advance`, `set`, `jump` and `next`.".to_owned()).into()),
    };
    // On a task of its own: a caller who goes away must not leave the clock half way.
    let mover = app.clone();
    let moved = tokio::spawn(async move {
        let connected = || mover.hub.connected() > 0;
        // Whatever happens of itself by now is told.
        mover.clock.shift(how, connected, || mover.world(|world| world.due())).await
    });
    let now = moved.await.map_err(|error| Problem::new(StatusCode::CONFLICT, error.to_string()))??;
    ok(json!({"now": now.to_string()}))
}

fn time(text: &str) -> Result<Timestamp, Stuck> {
    text.parse().map_err(|_| Stuck::Bad(format!("\"{text}\" is no time in RFC 3339.")))
}

/// Takes a follower off when its stream is dropped.
struct Following {
    app: Arc<App>,
    id: String,
}

impl Drop for Following {
    fn drop(&mut self) {
        self.app.clock.unfollow(&self.id);
    }
}

/// `GET /clock/follow`.
pub async fn follow(State(app): State<Arc<App>>) -> Response {
    let (id, lines) = app.clock.follow();
    let stopping = app.stopping.subscribe();
    let following = Following { app, id };
    let stream = futures_util::stream::unfold(
        (following, lines, stopping),
        |(following, mut lines, mut stopping)| async move {
            let line = tokio::select! {
                biased;
                line = lines.recv() => line?,
                () = stopped(&mut stopping) => return None,
                // A keep-alive: by it a follower tells a quiet clock from a dead one.
                () = tokio::time::sleep(Duration::from_secs(1)) => "\n".to_owned(),
            };
            Some((Ok::<_, Infallible>(Bytes::from(line)), (following, lines, stopping)))
        },
    );
    ([(header::CONTENT_TYPE, "application/x-ndjson")], Body::from_stream(stream)).into_response()
}

/// `POST /clock/follow/{follower}`.
#[derive(Deserialize)]
pub struct Done {
    seq: u64,
    next: Option<String>,
}

/// A follower is done with a step.
pub async fn answer(
    State(app): State<Arc<App>>,
    Path(follower): Path<String>,
    Form(done): Form<Done>,
) -> Answer {
    let next = done.next.as_deref().map(time).transpose()?;
    if app.clock.answer(&follower, done.seq, next) {
        ok(json!({}))
    } else {
        Err(Problem::new(StatusCode::NOT_FOUND, format!("There is no follower {follower}.")))
    }
}
