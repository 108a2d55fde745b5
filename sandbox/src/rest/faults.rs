//! Faults of Discord's that were asked for: what strikes a call of the bot, how often.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;

/// What goes wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// An answer that is not Discord's own.
    Status {
        /// Its status.
        status: u16,
        /// Its body.
        body: Value,
    },
    /// A 429.
    RateLimit {
        /// Whether the limit is the one over all routes.
        global: bool,
        /// After how many seconds the bot may try again.
        retry_after: f64,
    },
    /// The call takes so much longer.
    Delay(Duration),
    /// The connection is cut, after the call took effect or before.
    Drop {
        /// Whether it took effect.
        effect: bool,
    },
}

#[derive(Debug)]
struct Set {
    id: u64,
    route: String,
    fault: Fault,
    left: Option<u32>,
}

/// What strikes one call.
#[derive(Debug, Default, PartialEq)]
pub struct Struck {
    /// How much longer it takes.
    pub delay: Duration,
    /// How it ends, if not as it should.
    pub end: Option<Fault>,
}

/// All faults that are set.
#[derive(Debug, Default)]
pub struct Faults {
    set: Mutex<(u64, Vec<Set>)>,
}

/// A route with its placeholders made alike: what they are called is no matter.
pub fn shape(route: &str) -> String {
    let mut shape = String::new();
    for part in route.split('{') {
        shape.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
        shape.push('{');
    }
    shape.pop();
    shape
}

impl Faults {
    fn set(&self) -> MutexGuard<'_, (u64, Vec<Set>)> {
        self.set.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets a fault for a route, or `*` for all; it strikes `count` times, or until it is cleared. Its id.
    pub fn add(&self, route: &str, fault: Fault, count: Option<u32>) -> u64 {
        let mut set = self.set();
        set.0 += 1;
        let id = set.0;
        set.1.push(Set { id, route: shape(route), fault, left: count });
        id
    }

    /// An id for a fault that strikes elsewhere.
    pub fn id(&self) -> u64 {
        let mut set = self.set();
        set.0 += 1;
        set.0
    }

    /// Clears all of them.
    pub fn clear(&self) {
        self.set().1.clear();
    }

    /// What strikes a call of this route: all delays, and the first of what ends it. A limit over all routes does not
    /// concern interactions, as in Discord.
    pub fn strike(&self, route: &str, interaction: bool) -> Struck {
        let mut set = self.set();
        let mut struck = Struck::default();
        if set.1.is_empty() {
            return struck;
        }
        let shape = shape(route);
        for one in set.1.iter_mut().filter(|one| one.route == "*" || one.route == shape) {
            match &one.fault {
                Fault::RateLimit { global: true, .. } if interaction => continue,
                Fault::Delay(by) => struck.delay += *by,
                _ if struck.end.is_some() => continue,
                fault => struck.end = Some(fault.clone()),
            }
            if let Some(left) = &mut one.left {
                *left = left.saturating_sub(1);
            }
        }
        set.1.retain(|one| one.left != Some(0));
        struck
    }

    /// The ids of those that are still to strike.
    pub fn ids(&self) -> Vec<u64> {
        self.set().1.iter().map(|one| one.id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEND: &str = "POST /channels/{channel.id}/messages";

    #[test]
    fn routes_are_known_by_their_shape() {
        assert_eq!(
            shape("PATCH /channels/{channel.id}/messages/{message.id}"),
            "PATCH /channels/{/messages/{"
        );
        assert_eq!(shape("GET /users/@me"), "GET /users/@me");
        assert_eq!(shape("*"), "*");
    }

    #[test]
    fn a_fault_strikes_its_route_so_many_times() {
        let faults = Faults::default();
        let broken = Fault::Status { status: 500, body: Value::Null };
        faults.add("POST /channels/{id}/messages", broken.clone(), Some(2));
        faults.add("*", Fault::Delay(Duration::from_millis(5)), None);
        assert_eq!(faults.strike("GET /users/@me", false).end, None);
        for _ in 0..2 {
            let struck = faults.strike(SEND, false);
            assert_eq!((struck.end, struck.delay), (Some(broken.clone()), Duration::from_millis(5)));
        }
        assert_eq!(faults.strike(SEND, false).end, None);
        assert_eq!(faults.ids(), [2]);
        faults.clear();
        assert_eq!(faults.strike(SEND, false), Struck::default());
    }

    #[test]
    fn the_limit_over_all_is_none_for_interactions() {
        let faults = Faults::default();
        faults.add("*", Fault::RateLimit { global: true, retry_after: 1.0 }, Some(1));
        assert_eq!(faults.strike("POST /interactions/{id}/{token}/callback", true).end, None);
        assert!(faults.strike(SEND, false).end.is_some());
        assert_eq!(faults.strike(SEND, false).end, None);
    }
}
