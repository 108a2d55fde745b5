//! One errand: looked for if it may be there already, else marked and done; and what came of it.

use jiff::{SignedDuration, Timestamp};

use super::errand::{Errand, InFlight, Outcome};
use super::errands::{self, Place};
use super::shared::Shared;
use super::transport::Failure;
use super::tries::{MOST_REFUSALS, SKEW, is_due};
use super::verdict::{self, Verdict};
use crate::store::StoreError;

/// What may have been made is looked for so long after its request broke off, or after the start where an earlier run
/// made it: what is still under way then must not take effect behind the look.
const SETTLING: SignedDuration = SignedDuration::from_secs(5);

/// Does the errand whose turn it is among those about something.
pub(super) async fn run(shared: &Shared, about: &str) -> Result<(), StoreError> {
    let now = shared.clock.now();
    let next = shared.store.read(|tx| errands::first(tx, about))?;
    let Some((place, errand)) = next.filter(|(_, errand)| is_due(errand.not_before, now)) else {
        return Ok(());
    };
    if let Some(earlier) = errand.in_flight.filter(|_| errand.what.makes()) {
        let settled = after(shared.started, SETTLING);
        if earlier.since <= shared.started && !is_due(settled, now) {
            let put_off = |errand: &mut Errand| errand.not_before = settled;
            return shared.store.write(|tx| errands::change(tx, &place, errand.id, put_off).map(drop)).await;
        }
        match look(shared, &errand, earlier.since).await? {
            Ok(Some(made)) => return end(shared, &place, &errand, Outcome::Made(made)).await,
            Ok(None) => {}
            Err(failure) => return failed(shared, &place, &errand, errand.in_flight, failure).await,
        }
    }
    let before = errand.in_flight;
    let Some(errand) = mark(shared, &place, &errand).await? else { return Ok(()) };
    match shared.transport.carry_out(&errand.what).await {
        Ok(outcome) => end(shared, &place, &errand, outcome).await,
        Err(failure) => {
            let left = match failure {
                Failure::Unknown(_) => errand.in_flight,
                Failure::Refused { .. } => None,
                Failure::NotSent(_) | Failure::Limited(_) | Failure::Unauthorized => before,
            };
            failed(shared, &place, &errand, left, failure).await
        }
    }
}

/// Looks for what an errand may have made; what others have made doesn't count.
async fn look(
    shared: &Shared,
    errand: &Errand,
    since: Timestamp,
) -> Result<Result<Option<u64>, Failure>, StoreError> {
    let since = since.checked_sub(SKEW).unwrap_or(Timestamp::MIN);
    match shared.transport.traces(&errand.what, since).await {
        Ok(found) => shared.store.read(|tx| errands::unclaimed(tx, &found, errand.id)).map(Ok),
        Err(failure) => Ok(Err(failure)),
    }
}

/// Marks an errand as in flight, durably; `None` where it was called off meanwhile.
async fn mark(shared: &Shared, place: &Place, errand: &Errand) -> Result<Option<Errand>, StoreError> {
    let now = shared.clock.now();
    let mark = |errand: &mut Errand| {
        errand.in_flight = errand.in_flight.or(Some(InFlight { since: now }));
    };
    shared.store.write(|tx| errands::change(tx, place, errand.id, mark)).await
}

/// Notes how an errand ended.
async fn end(shared: &Shared, place: &Place, errand: &Errand, outcome: Outcome) -> Result<(), StoreError> {
    let now = shared.clock.now();
    shared.store.write(|tx| errands::end(tx, place, errand.id, &outcome, now)).await?;
    tracing::debug!(errand = %errand.id, what = errand.what.kind(), ?outcome, "an errand ended");
    Ok(())
}

/// What a failure leaves; `left` is what may be in flight after it.
async fn failed(
    shared: &Shared,
    place: &Place,
    errand: &Errand,
    left: Option<InFlight>,
    failure: Failure,
) -> Result<(), StoreError> {
    let now = shared.clock.now();
    if failure == Failure::Unauthorized {
        shared.stop_for_good();
    }
    if let Failure::Refused { status, code, message } = &failure {
        if verdict::is_so_already(&errand.what, *status) {
            return end(shared, place, errand, Outcome::Done).await;
        }
        let never = verdict::on_errand(*code) == Verdict::Never || errand.tries >= MOST_REFUSALS;
        if never {
            let outcome = Outcome::Refused { status: *status, code: *code, message: message.clone() };
            return end(shared, place, errand, outcome).await;
        }
    }
    tracing::warn!(errand = %errand.id, what = errand.what.kind(), ?failure, "an errand was not done");
    let change = |errand: &mut Errand| {
        errand.in_flight = left;
        if failure != Failure::Unauthorized {
            errand.not_before = shared.later(now, errand.tries, &failure);
            if matches!(failure, Failure::Unknown(_)) && errand.what.makes() {
                errand.not_before = errand.not_before.max(after(now, SETTLING));
            }
            errand.tries = errand.tries.saturating_add(1);
        }
    };
    shared.store.write(|tx| errands::change(tx, place, errand.id, change).map(drop)).await
}

fn after(time: Timestamp, wait: SignedDuration) -> Timestamp {
    time.checked_add(wait).unwrap_or(Timestamp::MAX)
}
