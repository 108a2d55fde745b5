//! What those who carry letters and errands share.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;
use tokio::sync::watch;

use super::opens::Opens;
use super::transport::{Failure, Transport};
use super::tries::backoff;
use crate::clock::Clock;
use crate::shutdown::DEADLINE;
use crate::store::Store;

/// How much is done at a time.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Receivers that are served at the same time.
    pub in_flight: usize,
    /// Errands that are under way at the same time, beside the letters.
    pub errands: usize,
    /// DM channels that are opened in ten minutes: bots that open many at once are quarantined.
    pub opens: usize,
    /// After Discord found that too fast (40003), none is opened for so long, doubled each time.
    pub open_pause: Duration,
    /// The wait after a first failure, which doubles with each further one …
    pub first_wait: Duration,
    /// … up to this.
    pub longest_wait: Duration,
    /// How long requests under way are waited for at the end.
    pub last_wait: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            in_flight: 32,
            errands: 16,
            opens: 20,
            open_pause: Duration::from_secs(60),
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(10 * 60),
            // The rest of the deadline is for closing the store.
            last_wait: DEADLINE.saturating_sub(Duration::from_secs(2)),
        }
    }
}

/// What all couriers and runners share.
pub(super) struct Shared {
    pub(super) store: Store,
    pub(super) clock: Clock,
    pub(super) transport: Transport,
    pub(super) opens: Mutex<Opens>,
    pub(super) limits: Limits,
    /// When this run began.
    pub(super) started: Timestamp,
    /// Receivers being served, and errands under way.
    pub(super) busy: watch::Sender<usize>,
    pub(super) stopping: AtomicBool,
    /// Discord takes the token no more.
    pub(super) barred: watch::Sender<bool>,
}

impl Shared {
    pub(super) fn new(store: Store, clock: Clock, transport: Transport, limits: Limits) -> Self {
        Self {
            store,
            started: clock.now(),
            clock,
            transport,
            opens: Mutex::new(Opens::new(limits.opens, limits.open_pause)),
            limits,
            busy: watch::Sender::new(0),
            stopping: AtomicBool::new(false),
            barred: watch::Sender::new(false),
        }
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed) || *self.barred.borrow()
    }

    /// After 401 nothing is sent any more: repeating it gets the address barred.
    pub(super) fn stop_for_good(&self) {
        if !self.barred.send_replace(true) {
            tracing::error!("Discord does not take the token (401): nothing is sent until a restart");
        }
    }

    /// When to try again after so many failures.
    pub(super) fn later(&self, now: Timestamp, tries: u32, failure: &Failure) -> Timestamp {
        let wait = match failure {
            Failure::Limited(wait) => {
                SignedDuration::try_from(*wait).unwrap_or(SignedDuration::from_mins(10))
            }
            _ => backoff(tries, self.limits.first_wait, self.limits.longest_wait),
        };
        now.checked_add(wait).unwrap_or(Timestamp::MAX)
    }
}
