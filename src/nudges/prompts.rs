//! Openers to send, ways to give and questions to oneself, chosen from `config/prompts.toml`. Pure.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::IgnoredAny;
use unicode_normalization::UnicodeNormalization;

/// The texts that the binary carries.
const EMBEDDED: &str = include_str!("../../config/prompts.toml");
/// A longer note, or one of several lines, does not fit into a sentence.
const MAX_NOTE_CHARS: usize = 120;

/// The texts could not be read, or break a rule.
#[derive(Debug, thiserror::Error)]
pub enum PromptsError {
    /// The file is no TOML of the expected shape.
    #[error("prompts.toml: {0}")]
    Format(#[from] toml::de::Error),
    /// An entry breaks a rule. Carries its id and the rule.
    #[error("prompts.toml: {id}: {rule}")]
    Entry {
        /// The entry's id.
        id: String,
        /// What it breaks.
        rule: &'static str,
    },
}

/// All texts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prompts {
    #[serde(rename = "opener")]
    openers: Vec<Entry>,
    #[serde(rename = "way")]
    ways: Vec<Entry>,
    /// The rounds' own (`rounds::publish::ice_breakers`).
    #[serde(rename = "ice_breaker", default)]
    _ice_breakers: Vec<IgnoredAny>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    #[serde(default)]
    kind: String,
    text: String,
    #[serde(default)]
    relationships: Vec<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    what: Vec<String>,
    /// It presupposes that they had to do with each other before.
    #[serde(default)]
    touched: bool,
}

/// What is known of the person and the last touch.
#[derive(Clone, Copy, Debug, Default)]
pub struct PromptFacts<'a> {
    /// What one calls the person.
    pub name: &'a str,
    /// `mentor`, `peer`, …
    pub relationship: Option<&'a str>,
    /// The person's tags, the most telling first.
    pub tags: &'a [String],
    /// The note to refer to: the last touch's, else the person's.
    pub note: Option<&'a str>,
    /// What the last touch was: `chat`, `call`, `met`, `message`, `gave`, `received`, `asked`; `None` where there was none.
    pub what: Option<&'a str>,
}

/// A chosen text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opener {
    /// Stable: to remember what was shown.
    pub id: String,
    /// The text with its placeholders filled in verbatim; escaping is the caller's.
    pub text: String,
}

impl Prompts {
    /// The texts of `config/prompts.toml` as they were when the binary was built.
    ///
    /// # Errors
    /// See [`PromptsError`]; a test holds the file to the rules.
    pub fn embedded() -> Result<Prompts, PromptsError> {
        Prompts::parse(EMBEDDED)
    }

    /// Those texts, read once; `None`, which is logged, where they break a rule.
    #[must_use]
    pub fn kept() -> Option<&'static Prompts> {
        static KEPT: LazyLock<Option<Prompts>> =
            LazyLock::new(|| Prompts::embedded().map_err(|error| tracing::error!(%error, "no prompts")).ok());
        KEPT.as_ref()
    }

    /// Reads texts of the same form.
    ///
    /// # Errors
    /// See [`PromptsError`].
    pub fn parse(toml: &str) -> Result<Prompts, PromptsError> {
        let prompts: Prompts = toml::from_str(toml)?;
        let mut ids = HashSet::new();
        for entry in prompts.openers.iter().chain(&prompts.ways) {
            let broken = |rule| Err(PromptsError::Entry { id: entry.id.clone(), rule });
            if !ids.insert(entry.id.as_str()) {
                return broken("the id is used twice");
            }
            if entry.text.trim().is_empty() {
                return broken("the text is empty");
            }
            if placeholders(&entry.text).any(|name| !matches!(name, "name" | "note" | "topic")) {
                return broken("only {name}, {note} and {topic} are filled in");
            }
        }
        Ok(prompts)
    }

    /// Up to `count` openers of a kind that fit the facts: unused before used, better fitting before general, the order
    /// among equals by `seed` (the same for the same seed). Two openers of one choice lean on different facts where
    /// that is possible.
    #[must_use]
    pub fn choose(
        &self,
        kind: &str,
        facts: &PromptFacts<'_>,
        used: &[String],
        seed: u64,
        count: usize,
    ) -> Vec<Opener> {
        // What is quoted to somebody must not speak of them.
        let note = facts.note.filter(|note| !speaks_of(note, facts.name));
        let facts = PromptFacts { note, ..*facts };
        pick(self.openers.iter().filter(|entry| entry.kind == kind), &facts, used, seed, count)
    }

    /// Up to `count` ways to give something to the person, addressed to the member; chosen as in [`Prompts::choose`].
    /// One of them is about a topic of theirs, where there is one that was not offered yet.
    #[must_use]
    pub fn ways(&self, facts: &PromptFacts<'_>, used: &[String], seed: u64, count: usize) -> Vec<Opener> {
        let about_topic = |entry: &&Entry| entry.text.contains("{topic}") || !entry.tags.is_empty();
        let mut chosen = pick(self.ways.iter(), facts, used, seed, count);
        let told = self.ways.iter().filter(about_topic).any(|way| chosen.iter().any(|it| it.id == way.id));
        let topical = pick(self.ways.iter().filter(about_topic), facts, used, seed, 1).pop();
        if let (false, Some(topical), Some(last)) = (told, topical, chosen.last_mut())
            && !used.contains(&topical.id)
        {
            *last = topical;
        }
        chosen
    }
}

/// An entry that fits, with what ranks it.
struct Fit<'a> {
    entry: &'a Entry,
    topic: Option<&'a str>,
    used: bool,
    score: u32,
    order: u64,
}

fn pick<'a>(
    entries: impl Iterator<Item = &'a Entry>,
    facts: &PromptFacts<'_>,
    used: &[String],
    seed: u64,
    count: usize,
) -> Vec<Opener> {
    let mut fits: Vec<Fit<'_>> = entries.filter_map(|entry| fit(entry, facts, used, seed)).collect();
    fits.sort_by_key(|fit| (fit.used, std::cmp::Reverse(fit.score), fit.order));
    let mut chosen: Vec<Fit<'_>> = Vec::new();
    while chosen.len() < count && !fits.is_empty() {
        let leans = |fit: &Fit<'_>| (fit.entry.text.contains("{note}"), fit.entry.text.contains("{topic}"));
        let repeats =
            |fit: &Fit<'_>| leans(fit) != (false, false) && chosen.iter().any(|had| leans(had) == leans(fit));
        let unused = |fit: &Fit<'_>| !fit.used || fits.first().is_some_and(|first| first.used);
        let next = fits.iter().position(|fit| unused(fit) && !repeats(fit)).unwrap_or(0);
        chosen.push(fits.remove(next));
    }
    chosen.iter().map(|fit| filled(fit, facts)).collect()
}

/// Whether an entry fits the facts, and how well: a relationship counts most, then what happened last, then the note
/// and the topic.
fn fit<'a>(entry: &'a Entry, facts: &PromptFacts<'a>, used: &[String], seed: u64) -> Option<Fit<'a>> {
    let mut score = 0;
    if entry.touched {
        facts.what?;
    }
    for (asked, known, weight) in
        [(&entry.relationships, facts.relationship, 4), (&entry.what, facts.what, 3)]
    {
        if !asked.is_empty() {
            let known = folded(known?);
            asked.iter().find(|one| folded(one) == known)?;
            score += weight;
        }
    }
    let mut topic = facts.tags.iter().map(String::as_str).find(|tag| !tag.trim().is_empty());
    if !entry.tags.is_empty() {
        let known = |tag: &&String| entry.tags.iter().any(|one| folded(one) == folded(tag));
        topic = Some(facts.tags.iter().find(known)?.as_str());
        score += 3;
    }
    if entry.text.contains("{topic}") {
        topic?;
        score += 2;
    }
    if entry.text.contains("{note}") {
        usable(facts.note)?;
        score += 2;
    }
    let order = shuffled(seed, &entry.id);
    Some(Fit { entry, topic, used: used.contains(&entry.id), score, order })
}

/// The note, where it is short enough to stand in a sentence.
fn usable(note: Option<&str>) -> Option<&str> {
    let note = note?.trim().trim_end_matches('.');
    let fits = !note.is_empty() && !note.contains('\n') && note.chars().count() <= MAX_NOTE_CHARS;
    fits.then_some(note)
}

/// Whether a note is about the person, as people write for themselves: "she is moving", "Grace is moving".
fn speaks_of(note: &str, name: &str) -> bool {
    const THEM: [&str; 13] = [
        "he",
        "him",
        "his",
        "himself",
        "she",
        "her",
        "hers",
        "herself",
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
    ];
    let (note, name) = (folded(note), folded(name));
    let words = |text| str::split(text, |c: char| !c.is_alphanumeric());
    words(&note).any(|word| THEM.contains(&word) || word.len() > 1 && words(&name).any(|it| it == word))
}

/// Fills the placeholders in one pass, so that braces in what people wrote stay as they are.
fn filled(fit: &Fit<'_>, facts: &PromptFacts<'_>) -> Opener {
    let mut text = String::new();
    let mut rest = fit.entry.text.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(match name {
            "name" => facts.name,
            "note" => usable(facts.note).unwrap_or_default(),
            "topic" => fit.topic.unwrap_or_default(),
            _ => "",
        });
        rest = behind;
    }
    text.push_str(rest);
    Opener { id: fit.entry.id.clone(), text }
}

fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).map(|part| part.split('}').next().unwrap_or_default())
}

/// Case and accents aside: "Protégé" is "protege".
fn folded(text: &str) -> String {
    text.trim().nfkd().flat_map(char::to_lowercase).filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect()
}

/// A number from seed and id that looks random and is the same on every machine (FNV-1a, then the finish of
/// SplitMix64).
fn shuffled(seed: u64, id: &str) -> u64 {
    let mut hash = id.bytes().fold(0xcbf2_9ce4_8422_2325 ^ seed, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests;
