//! When something is tried, and tried again.

use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBuilder};
use jiff::{SignedDuration, Timestamp};

/// A letter is looked for among messages from so long before its first request on: the clocks of
/// Discord and of this machine may differ.
pub(super) const SKEW: SignedDuration = SignedDuration::from_mins(15);
/// After so many refusals that say neither yes nor never, a letter is put aside.
pub(super) const MOST_REFUSALS: u32 = 12;

/// Whether a time has come, to the millisecond, as the turns' keys have it.
pub(super) fn is_due(at: Timestamp, now: Timestamp) -> bool {
    at.as_millisecond() <= now.as_millisecond()
}

/// The wait after so many failures, with jitter.
pub(super) fn backoff(tries: u32, first: Duration, longest: Duration) -> SignedDuration {
    let wait = ExponentialBuilder::new()
        .with_min_delay(first)
        .with_max_delay(longest)
        .without_max_times()
        .with_jitter()
        .build()
        .nth(tries.min(32) as usize)
        .unwrap_or(longest);
    SignedDuration::try_from(wait).unwrap_or(SignedDuration::from_mins(10))
}
