//! What the bot asked of REST, call by call.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use serde_json::Value;

/// How many calls are kept; the oldest go first.
const MOST: usize = 20_000;

/// One REST call of the bot and its answer.
#[derive(Clone, Debug, Serialize)]
pub struct Exchange {
    /// Its number, counted from 1.
    pub seq: u64,
    /// When it was answered, on the sandbox's clock (RFC 3339).
    pub at: String,
    /// The HTTP method.
    pub method: String,
    /// The path with its query, from `/api` on.
    pub path: String,
    /// Method and path as Discord documents them: `POST /channels/{channel.id}/messages`.
    pub route: String,
    /// The JSON that was sent; of a multipart body its `payload_json`; else null.
    pub request: Value,
    /// The status answered.
    pub status: u16,
    /// The JSON answered; null for none.
    pub response: Value,
    /// How long it took, in milliseconds.
    pub ms: f64,
}

#[derive(Debug, Default)]
struct Kept {
    last: u64,
    calls: VecDeque<Exchange>,
}

/// The last calls.
#[derive(Debug, Default)]
pub struct Journal {
    kept: Mutex<Kept>,
}

impl Journal {
    /// Notes a call; its `seq` is given here.
    pub fn note(&self, mut call: Exchange) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.last += 1;
        call.seq = kept.last;
        kept.calls.push_back(call);
        if kept.calls.len() > MOST {
            kept.calls.pop_front();
        }
    }

    /// The calls after number `seq`.
    pub fn since(&self, seq: u64) -> Vec<Exchange> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let before = kept.calls.partition_point(|call| call.seq <= seq);
        kept.calls.range(before..).cloned().collect()
    }
}
