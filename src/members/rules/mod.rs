//! A zone's clock rules as Kith last knew them. Governments change them, and a new Kith knows the new ones; what was
//! planned for 09:00 there is still to come at 09:00 there.
//!
//! For each member is kept by which rules their times were planned. At the start those whose zone has others now are
//! moved along, each in one transaction with the note of the new rules. So a crash between two members leaves the one
//! done and the other not, and the next start goes on; and rules that change twice meanwhile move each from its own.

pub mod store;

use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The first moment of which rules are kept: 2020-01-01T00:00:00Z. What is planned lies later.
const FROM: i64 = 1_577_836_800;
/// The last one: 2101-01-01T00:00:00Z. Nothing is planned later than 2100.
const UNTIL: i64 = 4_133_980_800;

/// When a zone's clocks stand how far from UTC, from 2020 until 2101.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// The offset at the beginning, in seconds east of UTC.
    pub offset: i32,
    /// Each change after that: the second since 1970 of which it holds, and the offset from then on.
    pub changes: Vec<(i64, i32)>,
}

impl Rules {
    /// The rules of a zone.
    #[must_use]
    pub fn of(zone: &TimeZone) -> Self {
        let from = Timestamp::from_second(FROM).unwrap_or(Timestamp::UNIX_EPOCH);
        let offset = zone.to_offset(from).seconds();
        let (mut changes, mut last) = (Vec::new(), offset);
        for change in zone.following(from) {
            let (at, offset) = (change.timestamp().as_second(), change.offset().seconds());
            if at >= UNTIL {
                break;
            }
            // Some changes are only of a name.
            if offset != last {
                changes.push((at, offset));
                last = offset;
            }
        }
        Self { offset, changes }
    }

    /// How far the clocks stand from UTC at a moment.
    #[must_use]
    pub fn offset_at(&self, at: Timestamp) -> SignedDuration {
        let passed = self.changes.partition_point(|(change, _)| *change <= at.as_second());
        let last = passed.checked_sub(1).and_then(|index| self.changes.get(index));
        SignedDuration::from_secs(i64::from(last.map_or(self.offset, |(_, offset)| *offset)))
    }

    /// Where something planned for `at` by these rules is in a zone as it is now: at the same time of the same day. A
    /// time that does not exist there any more moves forward; one that exists twice is the first.
    #[must_use]
    pub fn moved(&self, at: Timestamp, zone: &TimeZone) -> Timestamp {
        let known = self.offset_at(at);
        if zone.to_offset(at).seconds() == i32::try_from(known.as_secs()).unwrap_or_default() {
            return at;
        }
        let there = at.checked_add(known).map(|local| Offset::UTC.to_datetime(local));
        let moved = there.and_then(|there| there.to_zoned_datetime(zone.clone()));
        moved.map_or(at, |moved| moved.timestamp())
    }

    /// The name under which they are kept: the same for the same rules.
    #[must_use]
    pub fn name(&self) -> String {
        let mut digest = Sha256::new();
        digest.update(self.offset.to_be_bytes());
        for (at, offset) in &self.changes {
            digest.update(at.to_be_bytes());
            digest.update(offset.to_be_bytes());
        }
        digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests;
