//! The ids that Kith works with: Discord's, and its own.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

macro_rules! discord_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

discord_id! {
    /// A Discord user, as a snowflake (Discord: "Reference", "Snowflakes").
    UserId
}
discord_id! {
    /// A Discord channel: a server's, a thread or a DM.
    ChannelId
}
discord_id! {
    /// A Discord server.
    GuildId
}
discord_id! {
    /// A Discord message.
    MessageId
}
discord_id! {
    /// A role of a Discord server.
    RoleId
}
discord_id! {
    /// A scheduled event of a Discord server.
    EventId
}

/// The id of something that Kith keeps: a connection, a touch, a nudge, a letter.
///
/// Later ids are larger to the millisecond. It is written in base 36 for people and custom ids.
/// It is no secret: whoever acts on a record is checked against its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(pub u64);

/// Low bits that tell the ids of a millisecond apart; the milliseconds since 2020 stand above them.
const LOW_BITS: u32 = 22;
/// From one id's low bits to the next one's: odd, so that all others come before the same come again.
const STEP: u64 = 0x9E37_79B9;
/// The low bits of the next id. The start is chance, so that two processes seldom meet.
static NEXT: LazyLock<AtomicU64> = LazyLock::new(|| AtomicU64::new(rand::random()));
/// 2020-01-01T00:00:00Z in milliseconds.
const EPOCH_MS: i64 = 1_577_836_800_000;

impl Id {
    /// A new id for something that comes to be at `now`, unlike every other that this process makes:
    /// four million of one millisecond are told apart.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        let ms = u64::try_from(now.as_millisecond() - EPOCH_MS).unwrap_or(0);
        let low = NEXT.fetch_add(STEP, Ordering::Relaxed) & ((1 << LOW_BITS) - 1);
        Self((ms << LOW_BITS) | low)
    }
}

impl Id {
    /// When the thing came to be, to the millisecond.
    #[must_use]
    pub fn time(self) -> Timestamp {
        let ms = i64::try_from(self.0 >> LOW_BITS).unwrap_or(i64::MAX);
        Timestamp::from_millisecond(ms.saturating_add(EPOCH_MS)).unwrap_or(Timestamp::MAX)
    }
}

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        let mut text = Vec::with_capacity(13);
        loop {
            text.push(DIGITS[(rest % 36) as usize]);
            rest /= 36;
            if rest == 0 {
                break;
            }
        }
        text.reverse();
        f.write_str(&String::from_utf8_lossy(&text))
    }
}

impl FromStr for Id {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(text, 36).map(Self)
    }
}

/// Something of one member's, as the agenda names it: `<owner> <id>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owned {
    /// Whose it is.
    pub owner: UserId,
    /// Which.
    pub id: Id,
}

impl fmt::Display for Owned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.owner, self.id)
    }
}

/// A text names nothing of a member's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("that names nothing of a member's")]
pub struct NotOwned;

impl FromStr for Owned {
    type Err = NotOwned;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (owner, id) = text.split_once(' ').ok_or(NotOwned)?;
        let owner = UserId(owner.parse().map_err(|_| NotOwned)?);
        Ok(Self { owner, id: id.parse().map_err(|_| NotOwned)? })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn reads_back(n: u64) {
            prop_assert_eq!(Id(n).to_string().parse::<Id>(), Ok(Id(n)));
        }
    }

    /// By chance alone, a thousand of these would be another's.
    #[test]
    fn of_one_moment_no_two_are_the_same() {
        let now: Timestamp = "2026-11-24T06:00:00Z".parse().unwrap();
        let all: HashSet<Id> = (0..100_000).map(|_| Id::new(now)).collect();
        assert_eq!(all.len(), 100_000);
    }

    #[test]
    fn later_is_larger() {
        let earlier: Timestamp = "2026-11-24T06:00:00Z".parse().unwrap();
        let later: Timestamp = "2026-11-24T06:00:00.001Z".parse().unwrap();
        assert!(Id::new(earlier) < Id::new(later));
        assert_eq!(Id::new(later).time(), later);
    }
}
