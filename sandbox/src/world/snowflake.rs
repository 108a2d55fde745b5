//! Discord's ids (Reference → Snowflakes): milliseconds since 2015, a worker, a process, a counter.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// The first second of 2015, in milliseconds since 1970.
const EPOCH_MS: i64 = 1_420_070_400_000;
/// Worker and process, as Discord's machines put theirs between time and counter.
const PLACE: u64 = (1 << 17) | (1 << 12);

/// A snowflake. In JSON a string of digits, as Discord writes it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u64);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Id {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Text(String),
            Number(u64),
        }
        match Either::deserialize(deserializer)? {
            Either::Text(text) => text.parse().map_err(D::Error::custom),
            Either::Number(number) => Ok(Self(number)),
        }
    }
}

/// Makes ids that grow with time and never repeat.
#[derive(Debug, Default)]
pub struct Mint {
    millisecond: u64,
    counter: u64,
}

impl Mint {
    /// Makes only ids that come after this one from now on.
    pub fn pass(&mut self, id: Id) {
        let millisecond = id.0 >> 22;
        if millisecond >= self.millisecond {
            self.millisecond = millisecond + 1;
            self.counter = 0;
        }
    }

    /// The next id, for something made at `now`.
    pub fn next(&mut self, now: Timestamp) -> Id {
        let at = u64::try_from(now.as_millisecond() - EPOCH_MS).unwrap_or(0);
        if at > self.millisecond {
            self.millisecond = at;
            self.counter = 0;
        } else {
            self.counter += 1;
            if self.counter == 1 << 12 {
                self.millisecond += 1;
                self.counter = 0;
            }
        }
        Id((self.millisecond << 22) | PLACE | self.counter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_even_within_one_millisecond_and_tell_their_time() {
        let now: Timestamp = "2027-03-28T00:59:00.123Z".parse().unwrap();
        let mut mint = Mint::default();
        let mut last = mint.next(now);
        assert_eq!(i64::try_from(last.0 >> 22).unwrap() + EPOCH_MS, now.as_millisecond());
        for _ in 0..10_000 {
            let id = mint.next(now);
            assert!(id > last);
            last = id;
        }
    }

    #[test]
    fn reads_strings_and_numbers() {
        assert_eq!(serde_json::from_str::<Id>("\"41771983423143937\"").unwrap(), Id(41_771_983_423_143_937));
        assert_eq!(serde_json::from_str::<Id>("7").unwrap(), Id(7));
        assert_eq!(serde_json::to_string(&Id(7)).unwrap(), "\"7\"");
    }
}
