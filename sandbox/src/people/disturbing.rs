//! Disturbing the bot: faults of Discord's and its limits.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Form, ok};
use crate::app::App;
use crate::gateway::hub::Disturbance;
use crate::rest::faults::Fault;
use crate::rest::{all_served, is_served};
use crate::world::people::No;

/// The longest delay that may be asked for, in milliseconds.
const DELAY_MOST_MS: u64 = 120_000;

/// `POST /faults`.
#[derive(Deserialize)]
pub struct NewFault {
    kind: String,
    route: Option<String>,
    status: Option<u16>,
    #[serde(default)]
    body: Value,
    #[serde(default)]
    global: bool,
    retry_after: Option<f64>,
    ms: Option<u64>,
    after: Option<String>,
    code: Option<u16>,
    #[serde(default)]
    resumable: bool,
    count: Option<u32>,
}

impl NewFault {
    /// What goes wrong with calls; none where it is the gateway's.
    fn of_rest(&self) -> Result<Option<Fault>, No> {
        Ok(Some(match self.kind.as_str() {
            "status" => {
                let status = self.status.filter(|status| (100..=599).contains(status));
                let status =
                    status.ok_or_else(|| No::bad("A `status` fault needs a `status` from 100 to 599."))?;
                Fault::Status { status, body: self.body.clone() }
            }
            "rate_limit" => {
                let retry_after = self.retry_after.filter(|seconds| (0.0..=86_400.0).contains(seconds));
                let needed = || No::bad("A `rate_limit` fault needs `retry_after`, in seconds.");
                Fault::RateLimit { global: self.global, retry_after: retry_after.ok_or_else(needed)? }
            }
            "delay" => {
                let ms = self.ms.filter(|ms| *ms <= DELAY_MOST_MS);
                let ms =
                    ms.ok_or_else(|| No::bad(format!("A `delay` fault needs `ms`, up to {DELAY_MOST_MS}.")))?;
                Fault::Delay(Duration::from_millis(ms))
            }
            "drop" => match self.after.as_deref() {
                Some("request") => Fault::Drop { effect: false },
                Some("effect") => Fault::Drop { effect: true },
                _ => return Err(No::bad("A `drop` fault needs `after`: \"request\" or \"effect\".")),
            },
            _ => return Ok(None),
        }))
    }

    fn of_gateway(&self) -> Result<Disturbance, No> {
        Ok(match self.kind.as_str() {
            "gateway_close" => {
                let code = self.code.filter(|code| matches!(code, 1000 | 1001 | 3000..=4999));
                Disturbance::Close(code.ok_or_else(|| No::bad("A `gateway_close` fault needs a `code`."))?)
            }
            "gateway_reconnect" => Disturbance::Reconnect,
            "gateway_invalid" => Disturbance::Invalid { resumable: self.resumable },
            "gateway_silent" => Disturbance::Silent(self.count),
            "gateway_cut" => Disturbance::Cut,
            other => return Err(No::bad(format!("\"{other}\" is no kind of fault."))),
        })
    }
}

/// A route as Discord documents it that is served, or `*`.
fn checked(route: &str) -> Result<&str, No> {
    if route == "*" || is_served(route) {
        return Ok(route);
    }
    let all: Vec<String> = all_served().collect();
    Err(No::bad(format!("\"{route}\" is not served; these are, and * is for all: {}.", all.join(", "))))
}

/// Sets a fault.
pub async fn add(State(app): State<Arc<App>>, Form(new): Form<NewFault>) -> Answer {
    if new.count == Some(0) {
        return Err(No::bad("A fault that strikes no time is none: `count` is 1 or more.").into());
    }
    let id = match new.of_rest()? {
        Some(fault) => {
            let everywhere = matches!(fault, Fault::RateLimit { .. }).then_some("*");
            let route = new.route.as_deref().or(everywhere);
            let route = route.ok_or_else(|| No::bad("Say of which `route`, or * for all."))?;
            app.faults.add(checked(route)?, fault, new.count)
        }
        None => {
            let how = new.of_gateway()?;
            match how {
                Disturbance::Silent(_) => app.hub.disturb(how),
                _ => app.hub.disturb_often(how, new.count.unwrap_or(1)),
            }
            app.faults.id()
        }
    };
    ok(json!({"id": id.to_string()}))
}

/// `GET /faults`: the ids of those that are still to strike calls.
pub async fn list(State(app): State<Arc<App>>) -> Answer {
    let ids: Vec<String> = app.faults.ids().iter().map(u64::to_string).collect();
    ok(json!({"faults": ids}))
}

/// Clears all faults.
pub async fn clear(State(app): State<Arc<App>>) -> Answer {
    app.faults.clear();
    app.hub.calm();
    ok(json!({}))
}

/// `POST /limits`.
#[derive(Deserialize)]
pub struct Limits {
    global_per_second: Option<u32>,
    dm_opens_per_10_minutes: Option<usize>,
    enforce: bool,
}

/// Enforces Discord's limits, or no longer.
pub async fn limits(State(app): State<Arc<App>>, Form(limits): Form<Limits>) -> Answer {
    if limits.global_per_second == Some(0) {
        return Err(No::bad("`global_per_second` is 1 or more.").into());
    }
    app.buckets.enforce(limits.enforce, limits.global_per_second);
    app.world(|world| world.dm_opens_most = limits.dm_opens_per_10_minutes.filter(|_| limits.enforce));
    ok(json!({}))
}
