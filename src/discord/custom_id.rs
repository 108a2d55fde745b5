//! What a button, a menu or a form means, written into its custom id.
//!
//! `k1:<area>:<payload>`: a version, the area that owns the meaning, and the area's own press as
//! postcard in base64. A custom id has at most 100 characters (Discord: "Component Reference") and
//! works for as long as its message exists, so an area's press may grow new variants at its end,
//! but never lose, reorder or change one: that is a new version.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

const VERSION: &str = "k1";
/// Most characters in a custom id.
pub const LENGTH: usize = 100;

/// What can be pressed, chosen or sent in one area.
pub trait Press: Serialize + DeserializeOwned {
    /// The area's name in custom ids, short, without a colon.
    const AREA: &'static str;

    /// The custom id that means this press.
    ///
    /// A press carries ids, numbers and short keys only, so it always fits. Should one not, it is
    /// logged and the id it gets answers as an outdated button does.
    fn id(&self) -> String {
        let payload = postcard::to_allocvec(self).unwrap_or_default();
        let id = format!("{VERSION}:{}:{}", Self::AREA, URL_SAFE_NO_PAD.encode(payload));
        if id.len() > LENGTH {
            tracing::error!(area = Self::AREA, length = id.len(), "a custom id is too long");
            return format!("{VERSION}:{}:", Self::AREA);
        }
        id
    }
}

/// A custom id taken apart: whose it is and what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomId<'a> {
    /// The area that owns it.
    pub area: &'a str,
    payload: &'a str,
}

impl<'a> CustomId<'a> {
    /// Takes a custom id apart; `None` where it is of another version or none of Kith's.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let (version, rest) = text.split_once(':')?;
        let (area, payload) = rest.split_once(':')?;
        (version == VERSION).then_some(Self { area, payload })
    }

    /// What it means in its area; `None` where it says nothing that is known there.
    #[must_use]
    pub fn press<P: Press>(&self) -> Option<P> {
        if self.area != P::AREA {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(self.payload).ok()?;
        let (press, rest) = postcard::take_from_bytes(&bytes).ok()?;
        rest.is_empty().then_some(press)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::Deserialize;

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    enum Sample {
        Open { of: u64, page: u16 },
        Close,
        Find(Option<u64>, i8),
    }

    impl Press for Sample {
        const AREA: &'static str = "s";
    }

    fn samples() -> impl Strategy<Value = Sample> {
        prop_oneof![
            (any::<u64>(), any::<u16>()).prop_map(|(of, page)| Sample::Open { of, page }),
            Just(Sample::Close),
            (any::<Option<u64>>(), any::<i8>()).prop_map(|(a, b)| Sample::Find(a, b)),
        ]
    }

    proptest! {
        #[test]
        fn round_trips(press in samples()) {
            let id = press.id();
            prop_assert!(id.len() <= LENGTH);
            prop_assert_eq!(CustomId::parse(&id).and_then(|id| id.press::<Sample>()), Some(press));
        }

        #[test]
        fn never_trips_over_anything(text in "\\PC{0,120}", payload in "[A-Za-z0-9_-]{0,80}") {
            if let Some(id) = CustomId::parse(&text) {
                let _ = id.press::<Sample>();
            }
            let forged = format!("k1:s:{payload}");
            let _ = CustomId::parse(&forged).and_then(|id| id.press::<Sample>());
        }
    }

    #[test]
    fn another_area_or_version_means_nothing() {
        let id = Sample::Close.id().replace(":s:", ":t:");
        assert_eq!(CustomId::parse(&id).and_then(|id| id.press::<Sample>()), None);
        assert_eq!(CustomId::parse("k0:s:AQ"), None);
    }
}
