use jiff::{SignedDuration, Timestamp};
use kith::id::{Id, UserId};
use kith::nudges::{Kind, Nudge, store as nudges};
use kith::store::{Store, StoreError};
use kith::when::Coming;

/// Members among whom nudges are spread.
const MEMBERS: u64 = 500;

/// Plans so many nudges from tomorrow on, one each 10 seconds, as `/nudge me` does.
///
/// # Errors
/// The store's.
pub async fn plan_nudges(store: &Store, count: u64, now: Timestamp) -> anyhow::Result<()> {
    let all: Vec<u64> = (0..count).collect();
    for some in all.chunks(2_000) {
        store
            .write(|tx| -> Result<(), StoreError> {
                some.iter().try_for_each(|n| nudges::put(tx, UserId(1 + n % MEMBERS), &nudge(*n, now)))
            })
            .await?;
    }
    Ok(())
}

fn nudge(n: u64, now: Timestamp) -> Nudge {
    let later = SignedDuration::from_secs(86_400 + 10 * n.cast_signed());
    Nudge {
        id: Id::new(now),
        about: format!("ask Grace how number {n} went, and whether she wants to talk about it"),
        connection: None,
        kind: Kind::FollowUp,
        coming: Coming::at(now + later),
        repeat: None,
        exact: false,
        of: None,
        occasion: None,
    }
}
