//! The post office: gives each receiver whose turn it is a courier, and each errand a runner, so many of either
//! at a time. All share one pace, which serves requests in the order in which they are made, so neither letters
//! nor errands wait long for the others, however many there are; nor do the errands of one server for another's.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::crew::{Crew, Ended, REST};
use super::outbox::{self, OPENING, SENDING, SENT, TURNS};
use super::shared::{Limits, Shared};
use super::transport::Transport;
use super::tries::is_due;
use super::{To, courier, errands, found, refused, runner};
use crate::clock::Clock;
use crate::id::Id;
use crate::shutdown::Shutdown;
use crate::store::{Store, StoreError, Tx};

/// A look at the outbox happens this often even when nothing wakes it.
const LOOK: Duration = Duration::from_secs(60);
/// Records of sent and refused letters and of ended errands are kept for so long, and looked through this often.
const KEEP_SENT: SignedDuration = SignedDuration::from_hours(90 * 24);
const TIDY: Duration = Duration::from_secs(60 * 60);

/// What leaves the outbox goes through here. Its copies are the same one.
#[derive(Clone)]
pub struct Delivery {
    shared: Arc<Shared>,
}

/// Who is under way.
#[derive(Default)]
struct Staff {
    /// By receiver.
    couriers: Crew<To>,
    /// One DM channel is opened at a time.
    opening: Option<To>,
    /// By the channel or server of the errands, and what they are about.
    runners: Crew<(u64, String)>,
    /// Whose turn it is first at the next look.
    from: u64,
}

impl Delivery {
    /// A delivery; nothing leaves before `run`.
    #[must_use]
    pub fn new(store: Store, clock: Clock, transport: Transport, limits: Limits) -> Self {
        Self { shared: Arc::new(Shared::new(store, clock, transport, limits)) }
    }

    /// Sends what is due until a stop is asked for; requests under way get some seconds to end.
    pub async fn run(&self, shutdown: &Shutdown) {
        let shared = &self.shared;
        shared.stopping.store(false, Ordering::Relaxed);
        let mut staff = Staff::default();
        let mut moved = shared.clock.moved();
        let mut letters = shared.store.changes(&TURNS);
        let mut errands = shared.store.changes(&errands::TURNS);
        let mut barred = shared.barred.subscribe();
        let mut tidied = None;
        while !shutdown.is_requested() {
            moved.mark_unchanged();
            letters.mark_unchanged();
            errands.mark_unchanged();
            self.tidy(&mut tidied).await;
            let wait = self.dispatch(&mut staff).unwrap_or_else(|error| {
                if !matches!(error, StoreError::Closed) {
                    tracing::error!(%error, "the outbox could not be read");
                }
                REST
            });
            shared.busy.send_replace(staff.couriers.len() + staff.runners.len());
            tokio::select! {
                Some(ended) = staff.couriers.next() => staff.courier_ended(shared, ended),
                Some(ended) = staff.runners.next() => staff.runner_ended(shared, ended),
                _ = letters.changed() => {}
                _ = errands.changed() => {}
                _ = moved.changed() => {}
                _ = barred.changed() => {}
                () = tokio::time::sleep(wait) => {}
                () = shutdown.requested() => {}
            }
        }
        shared.stopping.store(true, Ordering::Relaxed);
        let all = async { tokio::join!(staff.couriers.all(), staff.runners.all()) };
        if tokio::time::timeout(shared.limits.last_wait, all).await.is_err() {
            tracing::warn!("letters or errands are left in flight; the next start looks for them");
        }
        staff.couriers.leave().await;
        staff.runners.leave().await;
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
        let mut letters = shared.store.changes(&TURNS);
        let mut errands = shared.store.changes(&errands::TURNS);
        let mut barred = shared.barred.subscribe();
        loop {
            letters.mark_unchanged();
            errands.mark_unchanged();
            let is_busy = *busy.borrow_and_update() > 0;
            let due = self.next_due()?.is_some_and(|at| is_due(at, shared.clock.now()));
            if !is_busy && !due || *barred.borrow_and_update() {
                return Ok(());
            }
            tokio::select! {
                _ = busy.changed() => {}
                _ = letters.changed() => {}
                _ = errands.changed() => {}
                _ = barred.changed() => {}
            }
        }
    }

    /// When there is next something to send or to do, or a channel to open; a time that has passed means now.
    ///
    /// # Errors
    /// When the store fails.
    pub fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let now = self.shared.clock.now();
        let both = |tx: &mut Tx<'_>| -> Result<_, StoreError> {
            Ok((outbox::next_due(tx)?, errands::next_due(tx, now)?))
        };
        let (letters, errand) = self.shared.store.read(both)?;
        let [sending, opening] = letters;
        let may_open = self.shared.opens.lock().next(now);
        let opening = opening.map(|at| at.max(may_open));
        Ok([sending, opening, errand].into_iter().flatten().min())
    }

    /// Whether Discord takes the token no more, so that nothing is sent until a restart.
    #[must_use]
    pub fn is_barred(&self) -> bool {
        *self.shared.barred.borrow()
    }

    /// Gives couriers and runners to those whose turn it is, and says how long to wait for the next turn.
    fn dispatch(&self, staff: &mut Staff) -> Result<Duration, StoreError> {
        let shared = &self.shared;
        if shared.is_stopping() {
            return Ok(LOOK);
        }
        let now = shared.clock.now();
        let mut wait = self.dispatch_errands(staff, now)?;
        for lane in [SENDING, OPENING] {
            // Behind those who are being served stand enough to fill every free place.
            let look = shared.limits.in_flight + staff.couriers.len() + 1;
            let turns = shared.store.read(|tx| TURNS.scan(tx, &lane, look))?;
            for ((_, at, to), ()) in turns {
                if !is_due(at, now) {
                    wait = wait.min(until(at, now));
                    break;
                }
                if staff.couriers.is_busy(&to) {
                    continue;
                }
                if staff.couriers.len() >= shared.limits.in_flight {
                    break;
                }
                if lane == OPENING {
                    let pace = shared.opens.lock().next(now).duration_since(now);
                    if staff.opening.is_some() || pace.is_positive() {
                        let pace = Duration::try_from(pace).unwrap_or_default();
                        wait = wait.min(pace.max(Duration::from_millis(1)));
                        break;
                    }
                    shared.opens.lock().started(now);
                    staff.opening = Some(to);
                }
                let shared = Arc::clone(shared);
                staff.couriers.send_out(to, async move {
                    match to {
                        To::Person(user) if lane == OPENING => courier::open(&shared, user).await,
                        _ => courier::send_all(&shared, to).await,
                    }
                });
            }
        }
        Ok(wait)
    }

    fn dispatch_errands(&self, staff: &mut Staff, now: Timestamp) -> Result<Duration, StoreError> {
        let shared = &self.shared;
        let free = shared.limits.errands.saturating_sub(staff.runners.len());
        let (from, busy) = (staff.from, staff.runners.busy());
        let chosen = shared.store.read(|tx| errands::choose(tx, now, (from, free), busy))?;
        staff.from = chosen.from;
        for turn in chosen.turns {
            let (shared, about) = (Arc::clone(shared), turn.1.clone());
            staff.runners.send_out(turn, async move { runner::run(&shared, &about).await });
        }
        Ok(chosen.next.map_or(LOOK, |at| until(at, now)))
    }

    /// Drops old records of sent letters and ended errands, some at a time.
    async fn tidy(&self, last: &mut Option<Instant>) {
        if last.is_some_and(|last| last.elapsed() < TIDY) {
            return;
        }
        *last = Some(Instant::now());
        let Ok(before) = self.shared.clock.now().checked_sub(KEEP_SENT) else { return };
        let (id, made) = (Id::new(before), found::first_of(before.as_millisecond()));
        let tidied = self.shared.store.write(|tx| -> Result<(), StoreError> {
            for (id, _) in SENT.range(tx, ..id, 1_000)? {
                SENT.remove(tx, &id)?;
            }
            refused::tidy(tx, id)?;
            errands::tidy(tx, id, made)
        });
        if let Err(error) = tidied.await {
            tracing::warn!(%error, "old records of letters could not be dropped");
        }
    }
}

/// The wait for a turn.
fn until(at: Timestamp, now: Timestamp) -> Duration {
    Duration::try_from(at.duration_since(now)).unwrap_or(LOOK).min(LOOK)
}

impl Staff {
    fn courier_ended(&mut self, shared: &Shared, ended: Ended<To>) {
        if self.opening.is_some() && self.opening == ended.about {
            self.opening = None;
        }
        if let (Some(to), Some(error)) = (ended.about, ended.trouble) {
            tracing::error!(%to, error, "letters could not be handled; they come again");
        }
        if ended.broke_down {
            shared.transport.renew_limiter();
        }
    }

    fn runner_ended(&mut self, shared: &Shared, ended: Ended<(u64, String)>) {
        if let Some(error) = ended.trouble {
            tracing::error!(error, "an errand could not be handled; it comes again");
        }
        if ended.broke_down {
            shared.transport.renew_limiter();
        }
    }
}
