//! Rate limits as headers (Rate Limits). They are shown, and counted, but nothing is refused yet.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;

/// How many buckets are remembered.
const MOST: usize = 10_000;

#[derive(Clone, Copy, Debug)]
struct Window {
    ends: Instant,
    used: u32,
}

/// The windows of all buckets that were used lately.
#[derive(Debug, Default)]
pub struct Buckets {
    windows: Mutex<HashMap<(String, String), Window>>,
}

/// How many calls of a route fit into how long: Discord does not publish these, and bots must not rely on them.
fn limit(route: &str) -> (u32, Duration) {
    match route {
        "POST /channels/{channel.id}/messages" | "PATCH /channels/{channel.id}/messages/{message.id}" => {
            (5, Duration::from_secs(5))
        }
        "POST /users/@me/channels" => (10, Duration::from_secs(10)),
        _ if route.contains("/webhooks/") => (5, Duration::from_secs(2)),
        _ if route.contains("/commands") => (5, Duration::from_secs(20)),
        _ => (50, Duration::from_secs(1)),
    }
}

impl Buckets {
    /// Counts one call and gives the headers of its answer. `major` is the channel, server or webhook that the
    /// bucket belongs to; `now` is the sandbox's time.
    pub fn count(&self, route: &str, major: &str, now: Timestamp) -> HeaderMap {
        let (most, length) = limit(route);
        let instant = Instant::now();
        let window = {
            let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
            if windows.len() > MOST {
                windows.retain(|_, window| window.ends > instant);
            }
            let fresh = Window { ends: instant + length, used: 0 };
            let window = windows.entry((route.to_owned(), major.to_owned())).or_insert(fresh);
            if window.ends <= instant {
                *window = fresh;
            }
            window.used += 1;
            *window
        };
        // Nothing is refused, so one call more is always left; a client that heeds the headers need not wait.
        let remaining = most.saturating_sub(window.used).max(1);
        let after = window.ends.saturating_duration_since(instant).as_secs_f64();
        let reset = now.as_millisecond() as f64 / 1_000.0 + after;
        let mut headers = HeaderMap::new();
        let mut put = |name: &'static str, value: String| {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        };
        put("x-ratelimit-limit", most.to_string());
        put("x-ratelimit-remaining", remaining.to_string());
        put("x-ratelimit-reset", format!("{reset:.3}"));
        put("x-ratelimit-reset-after", format!("{after:.3}"));
        put("x-ratelimit-bucket", bucket(route));
        headers
    }
}

/// A name that says nothing, as Discord's do.
fn bucket(route: &str) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, route).hash(&mut hasher);
        hasher.finish()
    };
    format!("{:016x}{:016x}", half(0), half(1))
}
