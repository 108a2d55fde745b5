//! The loop: looks for what is due, and hands each entry to its area.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBuilder};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Mutex, Notify, watch};
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};

use super::{At, Due, ENTRIES, Entry, Handler, PUT_OFF, at, next_due};
use crate::clock::Clock;
use crate::id::Id;
use crate::shutdown::Shutdown;
use crate::store::{Store, StoreError, Tx};

/// Entries taken in one look.
const LOOK: usize = 64;
/// Entries handled in one run at most; the next run goes on. A handler that always puts a next
/// entry for now would else never let the loop see a stop.
const RUN: usize = 10_000;
/// The first wait after a failure, and the longest.
const FIRST_WAIT: Duration = Duration::from_secs(30);
const LONGEST_WAIT: Duration = Duration::from_secs(6 * 60 * 60);

/// The agenda at work.
pub struct Agenda {
    store: Store,
    clock: Clock,
    handlers: Vec<(&'static str, Handler)>,
    /// Counts the commits that changed the agenda.
    changes: watch::Receiver<u64>,
    /// One run at a time; it knows what the last one found.
    running: Mutex<Option<Looked>>,
}

/// A look that found nothing due: it holds until its time has come or the agenda is changed.
#[derive(Clone, Copy)]
struct Looked {
    changes: u64,
    next: Option<Timestamp>,
}

/// What a run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ran {
    /// Entries whose handler succeeded.
    pub done: usize,
    /// Entries that were put off: their handler failed, or nobody knows their area.
    pub put_off: usize,
    /// Whether more is due: the run had reached its limit.
    pub more: bool,
}

/// How an entry's transaction ended.
enum End {
    Done,
    /// Another entry's handler, or a person, took it away meanwhile.
    Gone,
    NobodyKnows,
}

/// An error of a handler, apart from the store's own.
enum Fault {
    Store(StoreError),
    Handler(anyhow::Error),
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Agenda {
    /// An agenda with each area's handler under the area's name.
    #[must_use]
    pub fn new(store: Store, clock: Clock, handlers: Vec<(&'static str, Handler)>) -> Self {
        let changes = store.changes(&ENTRIES);
        Self { store, clock, handlers, changes, running: Mutex::new(None) }
    }

    /// Handles everything that is due now, in order, each entry in a transaction of its own.
    ///
    /// With nothing due it costs one seek, and none when the agenda was not changed since the last.
    /// A second call waits for the first.
    ///
    /// # Errors
    /// When the store fails. Failures of handlers are logged and their entries put off.
    pub async fn run_due(&self) -> Result<Ran, StoreError> {
        let mut looked = self.running.lock().await;
        let mut ran = Ran::default();
        loop {
            let now = self.clock.now();
            // Counted before the look: what is committed after it is looked for again.
            let changes = *self.changes.borrow();
            if looked.is_some_and(|last| last.changes == changes && last.next.is_none_or(|next| next > now)) {
                return Ok(ran);
            }
            *looked = None;
            let due = self.store.read(|tx| ENTRIES.range(tx, ..=end_of(now), LOOK))?;
            if due.is_empty() {
                *looked = Some(Looked { changes, next: self.next_due()? });
                return Ok(ran);
            }
            for (at, _) in due {
                if ran.done + ran.put_off >= RUN {
                    ran.more = true;
                    return Ok(ran);
                }
                match self.run_one(&at, now).await? {
                    Some(true) => ran.done += 1,
                    Some(false) => ran.put_off += 1,
                    None => {}
                }
            }
        }
    }

    /// When the next entry is due.
    ///
    /// # Errors
    /// When the store fails.
    pub fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        self.store.read(next_due)
    }

    /// Whether something is due now.
    ///
    /// # Errors
    /// When the store fails.
    pub fn is_due(&self) -> Result<bool, StoreError> {
        let now = self.clock.now();
        Ok(!self.store.read(|tx| ENTRIES.range(tx, ..=end_of(now), 1))?.is_empty())
    }

    /// Runs what is due, until a stop is asked for: each second, when the clock was moved, and when
    /// a commit brought something that is due at once.
    ///
    /// # Errors
    /// When the scheduler cannot be started.
    pub async fn run(&self, shutdown: &Shutdown) -> Result<(), JobSchedulerError> {
        let tick = Arc::new(Notify::new());
        let mut scheduler = every_second(Arc::clone(&tick)).await?;
        let mut moved = self.clock.moved();
        let mut changes = self.changes.clone();
        while !shutdown.is_requested() {
            moved.mark_unchanged();
            changes.mark_unchanged();
            match self.run_due().await {
                Ok(Ran { more: true, .. }) => continue,
                Ok(_) | Err(StoreError::Closed) => {}
                Err(error) => tracing::error!(%error, "the agenda could not be read"),
            }
            tokio::select! {
                () = tick.notified() => {}
                _ = moved.changed() => {}
                _ = changes.changed() => {}
                () = shutdown.requested() => {}
            }
        }
        scheduler.shutdown().await
    }

    /// Handles one entry: whether it succeeded, `None` where it was gone already.
    async fn run_one(&self, at: &At, now: Timestamp) -> Result<Option<bool>, StoreError> {
        let end = self
            .store
            .write(|tx| {
                let Some(entry) = ENTRIES.get(tx, at)? else { return Ok(End::Gone) };
                let due = due(at, &entry, now);
                let Some((_, handler)) = self.handlers.iter().find(|(area, _)| *area == at.1) else {
                    return Ok(End::NobodyKnows);
                };
                take(tx, at, &entry)?;
                call(handler, tx, &due).map_err(fault)?;
                Ok(End::Done)
            })
            .await;
        match end {
            Ok(End::Done) => Ok(Some(true)),
            Ok(End::Gone) => Ok(None),
            Ok(End::NobodyKnows) => {
                let trace = Id::new(now);
                tracing::error!(
                    %trace, area = at.1, "nobody knows this area of the agenda; its entry is put off"
                );
                self.put_off(at, now).await.map(|()| Some(false))
            }
            Err(Fault::Handler(error)) => {
                let trace = Id::new(now);
                tracing::error!(
                    %trace, area = at.1, error = format!("{error:#}"), "what was due failed; it is put off"
                );
                self.put_off(at, now).await.map(|()| Some(false))
            }
            Err(Fault::Store(error)) => Err(error),
        }
    }

    /// Moves an entry to a later time, its failures counted.
    async fn put_off(&self, at_now: &At, now: Timestamp) -> Result<(), StoreError> {
        self.store
            .write(|tx| {
                let Some(entry) = ENTRIES.get(tx, at_now)? else { return Ok(()) };
                take(tx, at_now, &entry)?;
                let (time, area, subject) = at_now;
                let was = entry.was.unwrap_or(*time);
                let later = now.checked_add(wait_after(entry.tries)).unwrap_or(Timestamp::MAX);
                // To the millisecond, as the key is: both tables must name the same moment.
                let later = Timestamp::from_millisecond(later.as_millisecond()).unwrap_or(later);
                let entry = Entry { tries: entry.tries.saturating_add(1), was: Some(was) };
                ENTRIES.put(tx, &at(later, area, subject), &entry)?;
                PUT_OFF.put(tx, &(area.clone(), subject.clone(), was), &later)
            })
            .await
    }
}

/// A store that is gone is nobody's failure: the entry stays as it is.
fn fault(error: anyhow::Error) -> Fault {
    match error.downcast::<StoreError>() {
        Ok(gone @ (StoreError::Closed | StoreError::Broken(_) | StoreError::Engine(_))) => Fault::Store(gone),
        Ok(other) => Fault::Handler(other.into()),
        Err(error) => Fault::Handler(error),
    }
}

/// Removes an entry and what is kept about it.
fn take(tx: &mut Tx<'_>, at: &At, entry: &Entry) -> Result<(), StoreError> {
    ENTRIES.remove(tx, at)?;
    if let Some(was) = entry.was {
        PUT_OFF.remove(tx, &(at.1.clone(), at.2.clone(), was))?;
    }
    Ok(())
}

fn due((time, area, subject): &At, entry: &Entry, now: Timestamp) -> Due {
    Due { due: entry.was.unwrap_or(*time), area: area.clone(), subject: subject.clone(), now }
}

/// Calls a handler; one that panics has failed and takes nobody with it.
fn call(handler: &Handler, tx: &mut Tx<'_>, due: &Due) -> anyhow::Result<()> {
    match catch_unwind(AssertUnwindSafe(|| handler(tx, due))) {
        Ok(result) => result,
        Err(_) => Err(anyhow::anyhow!("the handler panicked")),
    }
}

/// The last key of a moment, for practical purposes: no area's name begins with such a character.
fn end_of(now: Timestamp) -> At {
    (now, char::MAX.to_string(), String::new())
}

/// The wait after so many failures, with jitter.
fn wait_after(tries: u32) -> SignedDuration {
    let wait = ExponentialBuilder::new()
        .with_min_delay(FIRST_WAIT)
        .with_max_delay(LONGEST_WAIT)
        .without_max_times()
        .with_jitter()
        .build()
        .nth(tries.min(32) as usize)
        .unwrap_or(LONGEST_WAIT);
    SignedDuration::try_from(wait).unwrap_or(SignedDuration::from_hours(6))
}

/// A job that pokes `tick` each second, and does nothing else (the scheduler's jobs live in memory).
async fn every_second(tick: Arc<Notify>) -> Result<JobScheduler, JobSchedulerError> {
    let scheduler = JobScheduler::new().await?;
    scheduler.add(Job::new("* * * * * *", move |_, _| tick.notify_one())?).await?;
    scheduler.start().await?;
    Ok(scheduler)
}
