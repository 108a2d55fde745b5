//! Following the sandbox's clock from the bot's side.
//!
//! `GET <clock>/follow` answers with a stream of lines that does not end, one JSON object for each
//! time the clock was moved and a blank line each second. Once everything that fell due is done,
//! `POST <clock>/follow/<follower>` says so and when the next thing is due.

use std::time::Duration;

use jiff::{RoundMode, Timestamp, TimestampRound, Unit};
use reqwest::{Client, Response, Url};
use serde::{Deserialize, Serialize};

use super::Clock;
use crate::loopback::is_loopback;
use crate::shutdown::Shutdown;

/// A stream that is silent for so long is broken: a blank line comes each second.
const SILENCE: Duration = Duration::from_secs(10);
/// The wait before the first new attempt after a break; it doubles up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_millis(100);
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// A line longer than this is none of the sandbox's.
const LONGEST_LINE: usize = 4096;

/// Why a clock cannot be followed.
#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    /// The address is not that of this machine.
    #[error("{0} is not a clock on this machine: only http://127.0.0.1:PORT/… (loopback) can be followed")]
    NotLoopback(String),
    /// The clock did not answer, or not as a clock does.
    #[error("the clock at {url} cannot be followed: {why}")]
    NotFollowed {
        /// The clock's address.
        url: String,
        /// What happened.
        why: String,
    },
}

/// One line of the stream: the clock was put to `now`.
#[derive(Clone, Debug, Deserialize)]
struct Move {
    follower: String,
    now: Timestamp,
    seq: u64,
}

/// What is answered once everything due is done.
#[derive(Debug, Serialize)]
struct Settled {
    seq: u64,
    next: Option<Timestamp>,
}

/// Keeps a [`Clock`] at the sandbox's time for as long as it [`run`](Follower::run)s.
#[derive(Debug)]
pub struct Follower {
    clock: Clock,
    client: Client,
    url: String,
    stream: Stream,
    first: Option<Move>,
}

impl Clock {
    /// A clock that follows the sandbox's at `url`, such as `http://127.0.0.1:8090/sandbox/v1/clock`.
    ///
    /// It shows the sandbox's time already; it is moved on only while the [`Follower`] runs.
    ///
    /// # Errors
    /// When `url` is not on loopback, or no time came from it within 10 seconds.
    pub async fn follow(url: &str) -> Result<(Self, Follower), FollowError> {
        let url = url.trim_end_matches('/').to_owned();
        if !url.parse::<Url>().is_ok_and(|url| url.scheme() == "http" && is_loopback(&url)) {
            return Err(FollowError::NotLoopback(url));
        }
        let failed = |why: String| FollowError::NotFollowed { url: url.clone(), why };
        let client = Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(SILENCE)
            .build()
            .map_err(|error| failed(error.to_string()))?;
        let mut stream = Stream::open(&client, &url).await.map_err(failed)?;
        let first = tokio::time::timeout(SILENCE, stream.next())
            .await
            .map_err(|_| failed("no time came from it within 10 s".to_owned()))?
            .map_err(failed)?;
        let clock = Self::system();
        clock.tick_from(first.now);
        let follower = Follower { clock: clock.clone(), client, url, stream, first: Some(first) };
        Ok((clock, follower))
    }
}

impl Follower {
    /// Follows until `shutdown`: puts the clock, runs `settle`, reports when the next thing is due.
    ///
    /// `settle` does everything that is due now, waits until its effects are out, and gives the time
    /// of what is due next. A broken stream is opened again, after growing waits.
    pub async fn run<F, S>(mut self, settle: F, shutdown: Shutdown)
    where
        F: Fn() -> S,
        S: Future<Output = Option<Timestamp>>,
    {
        tokio::select! {
            () = shutdown.requested() => {}
            () = self.follow(&settle) => {}
        }
    }

    async fn follow<F, S>(&mut self, settle: &F)
    where
        F: Fn() -> S,
        S: Future<Output = Option<Timestamp>>,
    {
        if let Some(first) = self.first.take() {
            self.settle(&first, settle).await;
        }
        let mut wait = FIRST_WAIT;
        loop {
            match self.stream.next().await {
                Ok(moved) => {
                    wait = FIRST_WAIT;
                    self.clock.tick_from(moved.now);
                    self.settle(&moved, settle).await;
                }
                Err(why) => {
                    tracing::warn!(%why, "the sandbox's clock is lost; trying again");
                    wait = self.reopen(wait).await;
                }
            }
        }
    }

    async fn settle<F, S>(&self, moved: &Move, settle: &F)
    where
        F: Fn() -> S,
        S: Future<Output = Option<Timestamp>>,
    {
        let next = settle().await.map(up_to_milliseconds);
        let answer = self
            .client
            .post(format!("{}/follow/{}", self.url, moved.follower))
            .timeout(SILENCE)
            .json(&Settled { seq: moved.seq, next })
            .send()
            .await
            .and_then(Response::error_for_status);
        if let Err(error) = answer {
            tracing::warn!(%error, seq = moved.seq, "the sandbox's clock did not take the answer");
        }
    }

    /// Opens the stream again; gives the wait before the attempt after this one.
    async fn reopen(&mut self, mut wait: Duration) -> Duration {
        loop {
            tokio::time::sleep(wait).await;
            wait = (wait * 2).min(LONGEST_WAIT);
            match Stream::open(&self.client, &self.url).await {
                Ok(stream) => {
                    self.stream = stream;
                    return wait;
                }
                Err(why) => tracing::debug!(%why, "the sandbox's clock does not answer"),
            }
        }
    }
}

/// `at`, or the next whole millisecond: the sandbox's clock has no finer times, and put to one before
/// `at` it would find nothing due.
fn up_to_milliseconds(at: Timestamp) -> Timestamp {
    let up = TimestampRound::new().smallest(Unit::Millisecond).mode(RoundMode::Ceil);
    at.round(up).unwrap_or(at)
}

/// The lines of one answer to `GET <clock>/follow`.
#[derive(Debug)]
struct Stream {
    response: Response,
    rest: Vec<u8>,
}

impl Stream {
    async fn open(client: &Client, url: &str) -> Result<Self, String> {
        let request = client.get(format!("{url}/follow")).send();
        let response = tokio::time::timeout(SILENCE, request)
            .await
            .map_err(|_| "it did not answer within 10 s".to_owned())?
            .and_then(Response::error_for_status)
            .map_err(|error| error.to_string())?;
        Ok(Self { response, rest: Vec::new() })
    }

    /// The next move; blank lines are passed over.
    async fn next(&mut self) -> Result<Move, String> {
        loop {
            while let Some(end) = self.rest.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.rest.drain(..=end).collect();
                if !line.trim_ascii().is_empty() {
                    return serde_json::from_slice(&line)
                        .map_err(|error| format!("a line was not understood: {error}"));
                }
            }
            if self.rest.len() > LONGEST_LINE {
                return Err("a line has no end".to_owned());
            }
            let chunk = tokio::time::timeout(SILENCE, self.response.chunk())
                .await
                .map_err(|_| "it is silent".to_owned())?
                .map_err(|error| error.to_string())?
                .ok_or("it ended")?;
            self.rest.extend_from_slice(&chunk);
        }
    }
}

#[cfg(test)]
#[path = "follow_tests.rs"]
mod tests;
