use super::*;
use crate::shutdown::Shutdown;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::{Mutex, mpsc};

type Lines = mpsc::UnboundedReceiver<Result<&'static str, std::io::Error>>;

#[derive(Clone)]
struct Sandbox {
    /// One stream for each connection that will come.
    streams: Arc<Mutex<Vec<Lines>>>,
    answers: mpsc::UnboundedSender<(String, Value)>,
}

async fn serve(streams: Vec<Lines>) -> (String, mpsc::UnboundedReceiver<(String, Value)>) {
    let (answers, told) = mpsc::unbounded_channel();
    let state = Sandbox { streams: Arc::new(Mutex::new(streams)), answers };
    let app = Router::new()
        .route("/clock/follow", get(lines))
        .route("/clock/follow/{follower}", post(settled))
        .with_state(state);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/clock", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    (url, told)
}

async fn lines(State(sandbox): State<Sandbox>) -> axum::body::Body {
    let lines = sandbox.streams.lock().await.remove(0);
    axum::body::Body::from_stream(futures_util::stream::unfold(lines, async |mut lines| {
        lines.recv().await.map(|line| (line, lines))
    }))
}

async fn settled(State(sandbox): State<Sandbox>, Path(follower): Path<String>, Json(body): Json<Value>) {
    sandbox.answers.send((follower, body)).unwrap();
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[tokio::test]
async fn follows_answers_and_comes_back_after_a_break() {
    let (say, first) = mpsc::unbounded_channel();
    let (say_again, second) = mpsc::unbounded_channel();
    say.send(Ok("\n{\"follower\": \"a\", \"now\": \"2026-11-24T06:00:00.000Z\", \"seq\": 1}\n")).unwrap();
    let (url, mut told) = serve(vec![first, second]).await;

    let (clock, follower) = Clock::follow(&url).await.unwrap();
    assert!(clock.now() >= at("2026-11-24T06:00:00Z"));

    let shutdown = Shutdown::new();
    let settle_clock = clock.clone();
    let next = at("2026-12-24T08:59:59.9990001Z");
    let running = tokio::spawn(follower.run(
        move || {
            let due = (settle_clock.now() < next).then_some(next);
            async move { due }
        },
        shutdown.clone(),
    ));
    let expected = ("a".to_owned(), json!({"seq": 1, "next": "2026-12-24T09:00:00Z"}));
    assert_eq!(told.recv().await.unwrap(), expected);

    let mut moved = clock.moved();
    say.send(Ok("{\"follower\": \"a\", \"now\": \"2027-01-")).unwrap();
    say.send(Ok("01T00:00:00.000Z\", \"seq\": 2}\n")).unwrap();
    assert_eq!(told.recv().await.unwrap(), ("a".to_owned(), json!({"seq": 2, "next": null})));
    assert!(moved.has_changed().unwrap());
    moved.mark_unchanged();
    assert!(clock.now() >= at("2027-01-01T00:00:00Z"));

    drop(say);
    say_again.send(Ok("{\"follower\": \"b\", \"now\": \"2027-02-01T00:00:00.000Z\", \"seq\": 7}\n")).unwrap();
    assert_eq!(told.recv().await.unwrap(), ("b".to_owned(), json!({"seq": 7, "next": null})));

    shutdown.begin();
    running.await.unwrap();
}

#[tokio::test]
async fn only_loopback() {
    for url in ["https://127.0.0.1/clock", "http://example.org/clock", "http://10.0.0.1:80/clock", "clock"] {
        assert!(matches!(Clock::follow(url).await, Err(FollowError::NotLoopback(_))), "{url}");
    }
}

/// Against the sandbox itself: it steps from one due moment to the next and waits at each.
#[tokio::test]
async fn the_sandbox_is_followed_from_one_due_moment_to_the_next() {
    let sandbox = discord_sandbox::start(discord_sandbox::Options::default()).await.unwrap();
    let url = format!("{}/sandbox/v1/clock", sandbox.url());
    let (clock, follower) = Clock::follow(&url).await.unwrap();
    let start = clock.now();
    let due: Vec<Timestamp> = [1, 26, 27].map(|hours| start + jiff::SignedDuration::from_hours(hours)).into();
    let (seen, mut times) = mpsc::unbounded_channel();
    let shutdown = Shutdown::new();
    let (watched, last) = (clock.clone(), due.clone());
    let running = tokio::spawn(follower.run(
        move || {
            let now = watched.now();
            seen.send(now).unwrap();
            let next = last.iter().copied().find(|due| *due > now);
            async move { next }
        },
        shutdown.clone(),
    ));
    times.recv().await.unwrap();

    let client = Client::builder().no_proxy().build().unwrap();
    let moved = client.post(&url).json(&json!({"advance": "2d"})).send().await.unwrap();
    assert!(moved.status().is_success(), "{}", moved.text().await.unwrap());
    let mut stops = Vec::new();
    while let Ok(at) = times.try_recv() {
        stops.push(at);
    }
    let minute = jiff::SignedDuration::from_mins(1);
    for due in due {
        assert!(stops.iter().any(|at| due <= *at && *at < due + minute), "{due} among {stops:?}");
    }
    assert!(clock.now() >= start + jiff::SignedDuration::from_hours(48));
    shutdown.begin();
    running.await.unwrap();
    sandbox.shutdown().await;
}
