//! What Kith says, in people's languages: fluent files under `config/locales/<language>/`, embedded.
//!
//! A view asks [`Words`] for a text by its key, best through [`say!`](crate::say!):
//!
//! ```
//! # fn main() -> Result<(), kith::texts::TextsError> {
//! let texts = kith::texts::Texts::read(&[("en/a.ftl", "people = { $count } people with { $name }")])?;
//! let words = texts.words(Some("en-GB"));
//! assert_eq!(kith::say!(words, "people", count = 3, name = "Bo"), "3 people with Bo");
//! # Ok(())
//! # }
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource};
use include_dir::{Dir, include_dir};
use unic_langid::LanguageIdentifier;

/// What can stand in a text: words or a number (which may choose a plural).
pub use fluent_bundle::FluentValue as Value;

/// The language that every text exists in.
pub const FALLBACK: &str = "en";

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/config/locales");

type Bundle = FluentBundle<FluentResource>;

/// All texts in all languages; cheap to clone.
#[derive(Clone)]
pub struct Texts {
    languages: Arc<BTreeMap<String, Bundle>>,
}

/// The files of texts that cannot be used, with everything that is wrong in them.
#[derive(Debug, thiserror::Error)]
#[error("the texts cannot be used:{}", .mistakes.iter().fold(String::new(), |all, one| all + "\n  " + one.as_str()))]
pub struct TextsError {
    /// One sentence for each mistake, beginning with `file:line` where the line is known.
    pub mistakes: Vec<String>,
}

impl Texts {
    /// The texts that are part of the program.
    ///
    /// # Errors
    /// When a file does not parse, a key stands twice in a language, or [`FALLBACK`] is missing.
    pub fn embedded() -> Result<Self, TextsError> {
        let mut files = Vec::new();
        let mut mistakes = Vec::new();
        for language in EMBEDDED.dirs() {
            for file in language.files().filter(|file| file.path().extension().is_some_and(|e| e == "ftl")) {
                match (file.path().to_str(), file.contents_utf8()) {
                    (Some(path), Some(text)) => files.push((path, text)),
                    _ => mistakes.push(format!("{}: not UTF-8", file.path().display())),
                }
            }
        }
        if mistakes.is_empty() { Self::read(&files) } else { Err(TextsError { mistakes }) }
    }

    /// Texts from files, each as its path `<language>/<name>.ftl` and its content.
    ///
    /// # Errors
    /// As [`embedded`](Self::embedded).
    pub fn read(files: &[(&str, &str)]) -> Result<Self, TextsError> {
        let mut languages = BTreeMap::new();
        let mut mistakes = Vec::new();
        for (path, text) in files {
            let language = path.split(['/', '\\']).next().unwrap_or_default();
            let Ok(id) = language.parse::<LanguageIdentifier>() else {
                mistakes.push(format!("{path}: {language:?} is no language"));
                continue;
            };
            let bundle = languages.entry(id.to_string()).or_insert_with(|| {
                let mut bundle = Bundle::new_concurrent(vec![id]);
                // People's names are isolated where that is needed; everywhere else the marks
                // would only spoil what is copied and searched for.
                bundle.set_use_isolating(false);
                if language == FALLBACK {
                    bundle.set_formatter(Some(grouped));
                }
                bundle
            });
            let resource = parse(path, text, &mut mistakes);
            for error in bundle.add_resource(resource).err().unwrap_or_default() {
                mistakes.push(match error {
                    FluentError::Overriding { id, .. } => format!("{path}: {id} stands twice in {language}"),
                    other => format!("{path}: {other}"),
                });
            }
        }
        if !languages.contains_key(FALLBACK) {
            mistakes.push(format!("there are no texts in {FALLBACK}"));
        }
        if mistakes.is_empty() {
            Ok(Self { languages: Arc::new(languages) })
        } else {
            Err(TextsError { mistakes })
        }
    }

    /// The words for a person with this Discord locale (`de`, `en-GB`, …), or in [`FALLBACK`].
    #[must_use]
    pub fn words<'a>(&'a self, locale: Option<&'a str>) -> Words<'a> {
        Words { texts: self, locale }
    }

    /// The text `key` (or `key.attribute`) with `args` put in.
    ///
    /// It is looked for in the locale, then in its language, then in [`FALLBACK`]. A key that is
    /// nowhere is answered with itself and logged as an error.
    #[must_use]
    pub fn get(&self, locale: Option<&str>, key: &str, args: &[(&str, Value<'_>)]) -> String {
        let language = locale.map(|locale| locale.split('-').next().unwrap_or(locale));
        [locale, language, Some(FALLBACK)]
            .into_iter()
            .flatten()
            .find_map(|name| self.format(name, key, args))
            .unwrap_or_else(|| {
                tracing::error!(key, "there is no such text");
                key.to_owned()
            })
    }

    /// The languages that there are texts in.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.keys().map(String::as_str)
    }

    fn format(&self, language: &str, key: &str, args: &[(&str, Value<'_>)]) -> Option<String> {
        let bundle = self.languages.get(language)?;
        let pattern = match key.split_once('.') {
            Some((key, attribute)) => bundle.get_message(key)?.get_attribute(attribute)?.value(),
            None => bundle.get_message(key)?.value()?,
        };
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        for error in errors {
            tracing::error!(key, language, %error, "a text is incomplete");
        }
        Some(text)
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.languages.keys()).finish()
    }
}

/// A number as it is written in English: 12,000. Other languages part digits in other ways, or by nothing.
fn grouped<M>(value: &Value<'_>, _: &M) -> Option<String> {
    let Value::Number(number) = value else { return None };
    let text = number.as_string();
    let (whole, rest) = text.find('.').map_or((text.as_ref(), ""), |at| text.split_at(at));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut all = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            all.push(',');
        }
        all.push(digit);
    }
    Some(all + rest)
}

/// The resource in `text`; what does not parse is added to `mistakes`.
fn parse(path: &str, text: &str, mistakes: &mut Vec<String>) -> FluentResource {
    FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, errors)| {
        mistakes.extend(errors.iter().map(|error| {
            let before = text.get(..error.pos.start).unwrap_or(text);
            format!("{path}:{}: {}", before.matches('\n').count() + 1, error.kind)
        }));
        resource
    })
}

/// The texts in one person's language: what a view is handed.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    texts: &'a Texts,
    locale: Option<&'a str>,
}

impl<'a> Words<'a> {
    /// The text `key`, which takes nothing.
    #[must_use]
    pub fn say(self, key: &str) -> String {
        self.texts.get(self.locale, key, &[])
    }

    /// The text `key` with what is put in; [`say!`](crate::say!) writes this shorter.
    #[must_use]
    pub fn with(self, key: &str, args: &[(&str, Value<'_>)]) -> String {
        self.texts.get(self.locale, key, args)
    }

    /// The locale that was asked for.
    #[must_use]
    pub fn locale(self) -> Option<&'a str> {
        self.locale
    }
}

/// Any text as a [`Value`], for types that only display themselves.
pub fn shown(value: impl fmt::Display) -> Value<'static> {
    Value::String(Cow::Owned(value.to_string()))
}

/// `say!(words, "key", name = "Bo", count = 3)`: the text `key` in the [`Words`] of a person.
#[macro_export]
macro_rules! say {
    ($words:expr, $key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $words.with($key, &[$((stringify!($name), $crate::texts::Value::from($value))),*])
    };
}

#[cfg(test)]
mod tests;
