//! The post office: gives each receiver whose turn it is a courier, so many at a time.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};

use super::To;
use super::courier::{self, Opens, backoff, is_due};
use super::outbox::{self, Lane, OPENING, SENDING, SENT, TURNS};
use super::transport::{Failure, Transport};
use crate::clock::Clock;
use crate::id::Id;
use crate::shutdown::{DEADLINE, Shutdown};
use crate::store::{Store, StoreError};

/// A look at the outbox happens this often even when nothing wakes it.
const LOOK: Duration = Duration::from_secs(60);
/// A receiver whose courier failed in itself rests so long.
const REST: Duration = Duration::from_secs(1);
/// Records of sent letters are kept for so long, and looked through this often.
const KEEP_SENT: SignedDuration = SignedDuration::from_hours(90 * 24);
const TIDY: Duration = Duration::from_secs(60 * 60);

/// How much is done at a time.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Receivers that are served at the same time.
    pub in_flight: usize,
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
            opens: 20,
            open_pause: Duration::from_secs(60),
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(10 * 60),
            // The rest of the deadline is for closing the store.
            last_wait: DEADLINE.saturating_sub(Duration::from_secs(2)),
        }
    }
}

/// What leaves the outbox goes through here. Its copies are the same one.
#[derive(Clone)]
pub struct Delivery {
    shared: Arc<Shared>,
}

/// What all couriers share.
pub(super) struct Shared {
    pub(super) store: Store,
    pub(super) clock: Clock,
    pub(super) transport: Transport,
    pub(super) opens: Mutex<Opens>,
    limits: Limits,
    /// Receivers being served.
    busy: watch::Sender<usize>,
    stopping: AtomicBool,
    /// Discord takes the token no more.
    barred: watch::Sender<bool>,
}

impl Shared {
    pub(super) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed) || *self.barred.borrow()
    }

    /// After 401 nothing is sent any more: repeating it gets the address barred.
    pub(super) fn stop_for_good(&self) {
        if !self.barred.send_replace(true) {
            tracing::error!("Discord does not take the token (401): no letter is sent until a restart");
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

/// The couriers under way.
#[derive(Default)]
struct Couriers {
    tasks: JoinSet<Result<(), StoreError>>,
    of: HashMap<tokio::task::Id, To>,
    busy: HashSet<To>,
    /// One DM channel is opened at a time.
    opening: Option<To>,
}

impl Delivery {
    /// A delivery; nothing leaves before `run`.
    #[must_use]
    pub fn new(store: Store, clock: Clock, transport: Transport, limits: Limits) -> Self {
        let shared = Shared {
            store,
            clock,
            transport,
            opens: Mutex::new(Opens::new(limits.opens, limits.open_pause)),
            limits,
            busy: watch::Sender::new(0),
            stopping: AtomicBool::new(false),
            barred: watch::Sender::new(false),
        };
        Self { shared: Arc::new(shared) }
    }

    /// Sends what is due until a stop is asked for; requests under way get some seconds to end.
    pub async fn run(&self, shutdown: &Shutdown) {
        let shared = &self.shared;
        shared.stopping.store(false, Ordering::Relaxed);
        let mut couriers = Couriers::default();
        let mut moved = shared.clock.moved();
        let mut committed = shared.store.changes(&TURNS);
        let mut barred = shared.barred.subscribe();
        let mut tidied = None;
        while !shutdown.is_requested() {
            moved.mark_unchanged();
            committed.mark_unchanged();
            self.tidy(&mut tidied).await;
            let wait = self.dispatch(&mut couriers).unwrap_or_else(|error| {
                if !matches!(error, StoreError::Closed) {
                    tracing::error!(%error, "the outbox could not be read");
                }
                REST
            });
            shared.busy.send_replace(couriers.busy.len());
            tokio::select! {
                Some(done) = couriers.tasks.join_next_with_id() => {
                    if couriers.ended(done) {
                        shared.transport.renew_limiter();
                    }
                }
                _ = committed.changed() => {}
                _ = moved.changed() => {}
                _ = barred.changed() => {}
                () = tokio::time::sleep(wait) => {}
                () = shutdown.requested() => {}
            }
        }
        shared.stopping.store(true, Ordering::Relaxed);
        let all = async { while couriers.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(shared.limits.last_wait, all).await.is_err() {
            tracing::warn!(
                left = couriers.tasks.len(),
                "letters are left in flight; the next start looks for them"
            );
        }
        couriers.tasks.shutdown().await;
        shared.busy.send_replace(0);
    }

    /// Comes back once nothing is in flight and nothing waits that is due: everything that was to
    /// leave by now has left, is held, or was put off. Also when Discord takes the token no more.
    ///
    /// It waits for `run`, so give it an end.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn idle(&self) -> Result<(), StoreError> {
        let shared = &self.shared;
        let mut busy = shared.busy.subscribe();
        let mut committed = shared.store.changes(&TURNS);
        let mut barred = shared.barred.subscribe();
        loop {
            committed.mark_unchanged();
            let is_busy = *busy.borrow_and_update() > 0;
            let due = self.next_due()?.is_some_and(|at| is_due(at, shared.clock.now()));
            if !is_busy && !due || *barred.borrow_and_update() {
                return Ok(());
            }
            tokio::select! {
                _ = busy.changed() => {}
                _ = committed.changed() => {}
                _ = barred.changed() => {}
            }
        }
    }

    /// When there is next something to send, or a channel to open; a time that has passed means now.
    ///
    /// # Errors
    /// When the store fails.
    pub fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let [sending, opening] = self.shared.store.read(outbox::next_due)?;
        let may_open = self.shared.opens.lock().next(self.shared.clock.now());
        let opening = opening.map(|at| at.max(may_open));
        Ok([sending, opening].into_iter().flatten().min())
    }

    /// Whether Discord takes the token no more, so that nothing is sent until a restart.
    #[must_use]
    pub fn is_barred(&self) -> bool {
        *self.shared.barred.borrow()
    }

    /// Gives couriers to those whose turn it is, and says how long to wait for the next turn.
    fn dispatch(&self, couriers: &mut Couriers) -> Result<Duration, StoreError> {
        let shared = &self.shared;
        if shared.is_stopping() {
            return Ok(LOOK);
        }
        let now = shared.clock.now();
        let mut wait = LOOK;
        for lane in [SENDING, OPENING] {
            // Behind those who are being served stand enough to fill every free place.
            let look = shared.limits.in_flight + couriers.busy.len() + 1;
            let turns = shared.store.read(|tx| TURNS.scan(tx, &lane, look))?;
            for ((_, at, to), ()) in turns {
                if !is_due(at, now) {
                    wait = wait.min(Duration::try_from(at.duration_since(now)).unwrap_or(LOOK));
                    break;
                }
                if couriers.busy.contains(&to) {
                    continue;
                }
                if couriers.busy.len() >= shared.limits.in_flight {
                    break;
                }
                if lane == OPENING {
                    let pace = shared.opens.lock().next(now).duration_since(now);
                    if couriers.opening.is_some() || pace.is_positive() {
                        let pace = Duration::try_from(pace).unwrap_or_default();
                        wait = wait.min(pace.max(Duration::from_millis(1)));
                        break;
                    }
                    shared.opens.lock().started(now);
                    couriers.opening = Some(to);
                }
                couriers.send_out(shared, lane, to);
            }
        }
        Ok(wait)
    }

    /// Drops old records of sent letters, some at a time.
    async fn tidy(&self, last: &mut Option<Instant>) {
        if last.is_some_and(|last| last.elapsed() < TIDY) {
            return;
        }
        *last = Some(Instant::now());
        let Ok(before) = self.shared.clock.now().checked_sub(KEEP_SENT) else { return };
        let before = Id::new(before);
        let tidied = self.shared.store.write(|tx| -> Result<(), StoreError> {
            for (id, _) in SENT.range(tx, ..before, 1_000)? {
                SENT.remove(tx, &id)?;
            }
            Ok(())
        });
        if let Err(error) = tidied.await {
            tracing::warn!(%error, "old records of letters could not be dropped");
        }
    }
}

impl Couriers {
    fn send_out(&mut self, shared: &Arc<Shared>, lane: Lane, to: To) {
        let shared = Arc::clone(shared);
        let task = self.tasks.spawn(async move {
            match to {
                To::Person(user) if lane == OPENING => courier::open(&shared, user).await,
                _ => courier::send_all(&shared, to).await,
            }
        });
        self.of.insert(task.id(), to);
        self.busy.insert(to);
    }

    /// A courier came back, or broke down; whether it was the latter.
    fn ended(&mut self, done: Result<(tokio::task::Id, Result<(), StoreError>), JoinError>) -> bool {
        let broke_down = done.is_err();
        let (id, trouble) = match done {
            Ok((id, Ok(()))) => (id, None),
            Ok((id, Err(error))) => (id, Some(error.to_string())),
            Err(error) => (error.id(), Some(error.to_string())),
        };
        let Some(to) = self.of.remove(&id) else { return broke_down };
        if self.opening == Some(to) {
            self.opening = None;
        }
        match trouble {
            None => {
                self.busy.remove(&to);
            }
            Some(error) => {
                tracing::error!(%to, error, "letters could not be handled; they come again");
                // Busy with resting, so that trouble that stays is not met without a pause.
                let rest = self.tasks.spawn(async {
                    tokio::time::sleep(REST).await;
                    Ok(())
                });
                self.of.insert(rest.id(), to);
            }
        }
        broke_down
    }
}
