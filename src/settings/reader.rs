//! Reads checked values out of the merged layers and collects every mistake on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use config::{Value, ValueKind};
use reqwest::Url;

use super::Secret;
use super::layers::{is_token, variable};
use crate::loopback::is_loopback;

/// One setting that cannot be used, as a sentence with the key, the value and what is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The setting, where it is one of them that is wrong.
    pub(super) key: Option<String>,
    sentence: String,
}

impl Mistake {
    pub(super) fn file(name: impl fmt::Display, what: &str) -> Self {
        Self { key: None, sentence: format!("{name} {what}.") }
    }

    /// `name` is no setting; of `known`, the one that was perhaps meant is named.
    pub(super) fn unknown<'a>(name: &str, origin: &str, known: impl Iterator<Item = &'a str>) -> Self {
        let nearest = known
            .map(|known| (strsim::normalized_damerau_levenshtein(known, name), known))
            .filter(|(likeness, _)| *likeness > 0.6)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let hint = match nearest {
            Some((_, known)) => format!("Did you mean {known}?"),
            None => "config/default.toml shows all.".to_owned(),
        };
        Self { key: None, sentence: format!("{name} in {origin} is no setting. {hint}") }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

/// Everything that is wrong in the settings.
#[derive(Debug, thiserror::Error)]
#[error("the settings cannot be used:{}", .0.iter().fold(String::new(), |all, one| format!("{all}\n  {one}")))]
pub struct Mistakes(pub Vec<Mistake>);

impl Mistakes {
    /// `value`, if there is no mistake in `all`.
    pub(super) fn none_in<T>(all: Vec<Mistake>, value: T) -> Result<T, Self> {
        if all.is_empty() { Ok(value) } else { Err(Self(all)) }
    }
}

/// The merged values and what was wrong with them so far.
pub(super) struct Reader {
    values: BTreeMap<String, Value>,
    origins: BTreeMap<String, String>,
    known: BTreeSet<String>,
    mistakes: Vec<Mistake>,
}

impl Reader {
    pub(super) fn new(
        values: BTreeMap<String, Value>,
        origins: BTreeMap<String, String>,
        known: BTreeSet<String>,
        mistakes: Vec<Mistake>,
    ) -> Self {
        Self { values, origins, known, mistakes }
    }

    /// All that was wrong, and what nobody asked for: keys that are no settings.
    pub(super) fn finish(mut self) -> Vec<Mistake> {
        for key in self.values.keys() {
            let origin = self.origins.get(key).map_or("config/default.toml", String::as_str);
            self.mistakes.push(Mistake::unknown(key, origin, self.known.iter().map(String::as_str)));
        }
        self.mistakes
    }

    fn take(&mut self, key: &str) -> ValueKind {
        self.values.remove(key).map_or(ValueKind::Nil, |value| value.kind)
    }

    fn mistake(&mut self, key: &str, value: &str, allowed: &str) {
        let variable = variable(key);
        let origin = match self.origins.get(key) {
            Some(file) if *file != variable => format!("{key} (in {file})"),
            _ => format!("{key} ({variable})"),
        };
        let sentence = format!("{origin} is {value}; allowed is {allowed}.");
        self.mistakes.push(Mistake { key: Some(key.to_owned()), sentence });
    }

    /// Text that may be empty.
    fn text(&mut self, key: &str, allowed: &str) -> Option<String> {
        match self.take(key) {
            ValueKind::String(text) => Some(text.trim().to_owned()),
            other => {
                self.mistake(key, &shown(&other), allowed);
                None
            }
        }
    }

    /// Text that is `None` when empty.
    pub(super) fn optional_text(&mut self, key: &str) -> Option<String> {
        self.text(key, "text").filter(|text| !text.is_empty())
    }

    /// Text that `right` accepts, described by `allowed`.
    pub(super) fn checked(&mut self, key: &str, allowed: &str, right: impl Fn(&str) -> bool) -> String {
        let text = self.text(key, allowed);
        if let Some(text) = text.as_ref().filter(|text| text.is_empty() || !right(text)) {
            self.mistake(key, &format!("{text:?}"), allowed);
        }
        text.unwrap_or_default()
    }

    /// A path that is not empty.
    pub(super) fn path(&mut self, key: &str) -> PathBuf {
        PathBuf::from(self.checked(key, "the path of a folder", |_| true))
    }

    /// A whole number in `range`, in digits or (from the environment) as text of digits.
    pub(super) fn whole<N>(&mut self, key: &str, range: RangeInclusive<N>) -> N
    where
        N: Copy + PartialOrd + fmt::Display + TryFrom<i64> + std::str::FromStr,
    {
        let value = self.take(key);
        let number = match &value {
            ValueKind::I64(number) => N::try_from(*number).ok(),
            ValueKind::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        number.filter(|number| range.contains(number)).unwrap_or_else(|| {
            let allowed = format!("a whole number from {} to {}", range.start(), range.end());
            self.mistake(key, &shown(&value), &allowed);
            *range.start()
        })
    }

    /// One of `choices`.
    pub(super) fn choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let names: Vec<String> = choices.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let named = |text: &str| choices.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        let text = self.checked(key, &names.join(" or "), |text| named(text).is_some());
        named(&text)
    }

    /// Another Discord's address: no path, and unencrypted only on this machine, for the token goes there.
    pub(super) fn address(&mut self, key: &str) -> Option<String> {
        let text = self.optional_text(key)?;
        let right = text.parse::<Url>().is_ok_and(|url| {
            let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
            let safe = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
            bare && safe && url.username().is_empty() && url.password().is_none()
        });
        if !right {
            let allowed =
                "an address without a path: https://HOST[:PORT], or http://127.0.0.1:PORT on this machine";
            self.mistake(key, &format!("{text:?}"), allowed);
        }
        Some(text.trim_end_matches('/').to_owned())
    }

    /// An address and port of this machine to listen on.
    pub(super) fn listen(&mut self, key: &str) -> Option<SocketAddr> {
        let text = self.optional_text(key)?;
        let listen = text.parse().ok();
        if listen.is_none() {
            let allowed = "an address and port of this machine, such as 127.0.0.1:8080 or 0.0.0.0:8080";
            self.mistake(key, &format!("{text:?}"), allowed);
        }
        listen
    }

    /// The address at which people reach what listens: encrypted but on this machine, for it holds secrets.
    pub(super) fn public_address(&mut self, key: &str, listen: Option<SocketAddr>) -> Option<String> {
        let allowed = "the address at which people reach http.listen: https://HOST[:PORT][/PATH], \
                       or http://127.0.0.1:PORT on this machine";
        let text = self.optional_text(key);
        let Some(text) = text else {
            if listen.is_some_and(|listen| !listen.ip().is_loopback()) {
                self.mistake(key, "not set", allowed);
            }
            return None;
        };
        let right = text.parse::<Url>().is_ok_and(|url| {
            let bare = url.query().is_none() && url.fragment().is_none();
            let safe = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
            bare && safe && url.username().is_empty() && url.password().is_none()
        });
        if !right {
            self.mistake(key, &format!("{text:?}"), allowed);
        }
        Some(text.trim_end_matches('/').to_owned())
    }

    /// The address of the sandbox's clock.
    pub(super) fn clock_address(&mut self, key: &str) -> Option<String> {
        let text = self.optional_text(key)?;
        if !cfg!(feature = "demo") {
            let allowed =
                "nothing: this Kith is built without the feature `demo`, so its clock is the system's";
            self.mistake(key, &format!("{text:?}"), allowed);
        } else if !text.parse::<Url>().is_ok_and(|url| url.scheme() == "http" && is_loopback(&url)) {
            let allowed = "a sandbox's clock on this machine: http://127.0.0.1:PORT/sandbox/v1/clock";
            self.mistake(key, &format!("{text:?}"), allowed);
        }
        Some(text)
    }

    /// The bot's token; another Discord's (`elsewhere`) may have a form of its own. It is never shown.
    pub(super) fn token(&mut self, key: &str, elsewhere: bool) -> Secret {
        let allowed = "a bot's token: three parts with dots between, about 70 characters, such as MTEx….GaBc1D.x0y1… \
                       (Discord's developer portal → your application → Bot → Reset Token)";
        let text = match self.take(key) {
            ValueKind::String(text) => text.trim().to_owned(),
            _ => String::new(),
        };
        let right = if elsewhere { !text.contains(char::is_whitespace) } else { is_token(&text) };
        if text.is_empty() {
            self.mistake(key, "not set", allowed);
        } else if text.starts_with("Bot ") {
            self.mistake(key, "set with \"Bot \" before it", "the token alone");
        } else if !right {
            self.mistake(key, "set, but is no token", allowed);
        }
        Secret::new(text)
    }
}

fn shown(value: &ValueKind) -> String {
    match value {
        ValueKind::Nil => "not set".to_owned(),
        ValueKind::String(text) => format!("{text:?}"),
        ValueKind::Table(_) => "a table".to_owned(),
        ValueKind::Array(_) => "a list".to_owned(),
        other => other.to_string(),
    }
}
