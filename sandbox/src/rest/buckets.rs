//! Rate limits (Rate Limits): shown as headers and counted; where they are enforced, what is too much is refused.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;
use serde_json::{Value, json};

/// How many buckets are remembered.
const MOST: usize = 10_000;
/// How many calls a second Discord takes over all routes.
const GLOBAL: u32 = 50;

#[derive(Clone, Copy, Debug)]
struct Window {
    ends: Instant,
    used: u32,
}

impl Window {
    fn fresh(now: Instant, length: Duration) -> Self {
        Self { ends: now + length, used: 0 }
    }

    /// Seconds until it is over.
    fn left(&self, now: Instant) -> f64 {
        self.ends.saturating_duration_since(now).as_secs_f64()
    }
}

#[derive(Debug)]
struct State {
    enforced: bool,
    global_most: u32,
    global: Option<Window>,
    windows: HashMap<(String, String), Window>,
}

/// The windows of all buckets that were used lately.
#[derive(Debug)]
pub struct Buckets {
    state: Mutex<State>,
}

impl Default for Buckets {
    fn default() -> Self {
        let state = State { enforced: false, global_most: GLOBAL, global: None, windows: HashMap::new() };
        Self { state: Mutex::new(state) }
    }
}

/// Why a call is refused.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TooMany {
    /// Whether over all routes.
    pub global: bool,
    /// Seconds until the next try.
    pub retry_after: f64,
}

impl TooMany {
    /// The body that goes out (Rate Limits → Rate Limit Response Structure).
    pub fn body(&self) -> Value {
        json!({
            "message": "You are being rate limited.", "retry_after": self.retry_after, "global": self.global,
        })
    }

    /// The headers that a refusal bears beside those of its bucket.
    pub fn mark(&self, headers: &mut HeaderMap) {
        put(headers, "retry-after", format!("{:.0}", self.retry_after.ceil()));
        put(headers, "x-ratelimit-scope", if self.global { "global" } else { "user" });
        if self.global {
            for bucket in ["limit", "remaining", "reset", "reset-after", "bucket"] {
                headers.remove(format!("x-ratelimit-{bucket}"));
            }
            put(headers, "x-ratelimit-global", "true");
        } else {
            put(headers, "x-ratelimit-remaining", "0");
        }
    }
}

/// Which bucket a call is counted in.
#[derive(Clone, Copy, Debug)]
pub struct Counted<'a> {
    /// Method and path with placeholders.
    pub route: &'a str,
    /// The channel, server or webhook that the bucket belongs to.
    pub major: &'a str,
    /// Whether it belongs to an interaction, which the limit over all routes does not concern.
    pub interaction: bool,
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
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether what is too much is refused, and how many calls a second are not, over all routes.
    pub fn enforce(&self, enforced: bool, global_per_second: Option<u32>) {
        let mut state = self.state();
        state.enforced = enforced;
        state.global_most = global_per_second.unwrap_or(GLOBAL);
        state.global = None;
        state.windows.clear();
    }

    /// Counts one call, unless it is refused, and gives the headers of its answer. Limits hold in real
    /// time, so `now` is the machine's.
    pub fn count(&self, call: Counted<'_>, now: Timestamp) -> (HeaderMap, Option<TooMany>) {
        let (most, length) = limit(call.route);
        let instant = Instant::now();
        let (window, refused, enforced) = self.state().take(call, most, length, instant);
        // Where nothing is refused, one call more is always left; a client that heeds the headers need not wait.
        let remaining = most.saturating_sub(window.used).max(u32::from(!enforced));
        let after = window.left(instant);
        let reset = now.as_millisecond() as f64 / 1_000.0 + after;
        let mut headers = HeaderMap::new();
        put(&mut headers, "x-ratelimit-limit", most.to_string());
        put(&mut headers, "x-ratelimit-remaining", remaining.to_string());
        put(&mut headers, "x-ratelimit-reset", format!("{reset:.3}"));
        put(&mut headers, "x-ratelimit-reset-after", format!("{after:.3}"));
        put(&mut headers, "x-ratelimit-bucket", bucket(call.route));
        (headers, refused)
    }
}

impl State {
    fn take(
        &mut self,
        call: Counted<'_>,
        most: u32,
        length: Duration,
        now: Instant,
    ) -> (Window, Option<TooMany>, bool) {
        if self.windows.len() > MOST {
            self.windows.retain(|_, window| window.ends > now);
        }
        let key = (call.route.to_owned(), call.major.to_owned());
        let window = self.windows.entry(key).or_insert_with(|| Window::fresh(now, length));
        if window.ends <= now {
            *window = Window::fresh(now, length);
        }
        // First responses have a limit in no bucket that a bot could run into.
        let enforced = self.enforced && !call.route.starts_with("POST /interactions/");
        let global = self.global.get_or_insert_with(|| Window::fresh(now, Duration::from_secs(1)));
        if global.ends <= now {
            *global = Window::fresh(now, Duration::from_secs(1));
        }
        let millis = |window: &Window| ((window.left(now) * 1_000.0).ceil() / 1_000.0).max(0.001);
        if enforced && !call.interaction && global.used >= self.global_most {
            let refused = TooMany { global: true, retry_after: millis(global) };
            return (*window, Some(refused), enforced);
        }
        if enforced && window.used >= most {
            let refused = TooMany { global: false, retry_after: millis(window) };
            return (*window, Some(refused), enforced);
        }
        window.used += 1;
        global.used += u32::from(!call.interaction);
        (*window, None, enforced)
    }
}

fn put(headers: &mut HeaderMap, name: &'static str, value: impl AsRef<str>) {
    if let Ok(value) = HeaderValue::from_str(value.as_ref()) {
        headers.insert(HeaderName::from_static(name), value);
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
