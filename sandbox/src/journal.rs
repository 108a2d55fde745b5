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

/// A call as it is kept: its bodies as the text that went over the wire, which takes a fraction of the room.
#[derive(Debug)]
struct Note {
    call: Exchange,
    request: String,
    response: String,
}

impl Note {
    fn read(&self) -> Exchange {
        let parsed = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
        Exchange { request: parsed(&self.request), response: parsed(&self.response), ..self.call.clone() }
    }
}

#[derive(Debug, Default)]
struct Kept {
    last: u64,
    notes: VecDeque<Note>,
}

/// The last calls.
#[derive(Debug, Default)]
pub struct Journal {
    kept: Mutex<Kept>,
}

impl Journal {
    /// Notes a call with its bodies as text, empty for none; its `seq` is given here.
    pub fn note(&self, mut call: Exchange, request: String, response: String) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.last += 1;
        call.seq = kept.last;
        kept.notes.push_back(Note { call, request, response });
        if kept.notes.len() > MOST {
            kept.notes.pop_front();
        }
    }

    /// The calls after number `seq`.
    pub fn since(&self, seq: u64) -> Vec<Exchange> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let before = kept.notes.partition_point(|note| note.call.seq <= seq);
        kept.notes.range(before..).map(Note::read).collect()
    }
}
