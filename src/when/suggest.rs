//! What to offer while somebody types a moment or a rhythm.

use std::collections::HashSet;

use super::{Asker, exactly, in_short, once, repeat, vocabulary::WORDS};

/// Discord shows this many choices.
const MAX: usize = 25;
/// Discord's limit for a choice's name and for its value.
const MAX_CHARS: usize = 100;
/// How many unfinished words are tried.
const MAX_FINISHED: usize = 12;

const MOMENTS: &[&str] = &[
    "tomorrow",
    "in 3 days",
    "next week",
    "in 2 weeks",
    "in a month",
    "in 6 weeks",
    "in 3 months",
    "tomorrow morning",
    "tomorrow afternoon",
    "tonight",
    "monday",
    "friday",
    "next monday",
    "next friday",
    "in 2 hours",
    "in 30 minutes",
    "in a week",
    "end of month",
    "end of week",
    "next month",
    "the 1st",
    "the 15th",
    "in 6 months",
    "in a year",
    "in a fortnight",
    "noon",
    "tuesday",
    "wednesday",
    "thursday",
    "saturday",
    "sunday",
    "next quarter",
    "next year",
    "mid january",
    "early march",
    "a week from now",
    "a week on monday",
    "end of year",
    "first monday of next month",
];
const RHYTHMS: &[&str] = &[
    "every 6 weeks",
    "every month",
    "every 3 months",
    "every week",
    "every 2 weeks",
    "quarterly",
    "every 6 months",
    "every year",
    "every weekday",
    "every monday",
    "every friday",
    "every other week",
    "every other friday",
    "first monday of the month",
    "last friday of the month",
    "the 1st of every month",
    "the 15th of every month",
    "twice a year",
    "monthly",
    "weekly",
    "biweekly",
    "yearly",
    "every day",
    "every 2 months",
    "every 4 weeks",
    "every tuesday",
    "every wednesday",
    "every thursday",
    "weekdays at 9",
    "every 3 weeks",
    "last day of the month",
];
const UNITS: &[&str] = &["days", "weeks", "months", "hours", "minutes", "years"];

/// One choice to offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What is shown, at most 100 characters: the phrase and what it was understood as.
    pub label: String,
    /// A phrase that reads back to what the label shows, at most 100 characters.
    pub value: String,
}

/// What to offer for an unfinished phrase: first what it means as it stands, each of its readings for itself, then
/// common phrases and endings that begin with it. At most 25; every value reads back.
#[must_use]
pub fn suggestions(partial: &str, asker: &Asker, for_repeat: bool) -> Vec<Suggestion> {
    let typed = partial.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut offer = Offer { asker, for_repeat, seen: HashSet::new(), made: Vec::new() };
    let mut phrases = finished(&typed, asker, for_repeat);
    // A number alone is rarely an hour, mostly the start of "2 weeks".
    let number = !typed.is_empty() && typed.chars().all(|c| c.is_ascii_digit());
    phrases.insert(if number { UNITS.len().min(phrases.len()) } else { 0 }, typed);
    for phrase in phrases {
        offer.add(&phrase);
    }
    offer.made
}

struct Offer<'a> {
    asker: &'a Asker,
    for_repeat: bool,
    seen: HashSet<String>,
    made: Vec<Suggestion>,
}

impl Offer<'_> {
    fn add(&mut self, phrase: &str) {
        if self.made.len() >= MAX || phrase.chars().count() > MAX_CHARS {
            return;
        }
        if self.for_repeat {
            let Ok(read) = repeat(phrase, self.asker) else { return };
            let riddle = !read.others.is_empty();
            self.push(phrase, &read.reading, riddle.then(|| read.reading.clone()));
            for (_, words) in &read.others {
                self.push(phrase, words, Some(words.clone()));
            }
        } else {
            let Ok(read) = once(phrase, self.asker) else { return };
            let riddle = !read.others.is_empty();
            for at in std::iter::once(&read.at).chain(read.others.iter().map(|(at, _)| at)) {
                let exactly = riddle.then(|| exactly(at.timestamp(), at.time_zone()));
                self.push(phrase, &in_short(at, self.asker.now), exactly);
            }
        }
    }

    /// Adds a choice unless the same meaning is offered already.
    fn push(&mut self, phrase: &str, meaning: &str, value: Option<String>) {
        if self.made.len() >= MAX || !self.seen.insert(meaning.to_owned()) {
            return;
        }
        let label =
            if phrase.eq_ignore_ascii_case(meaning) { meaning.to_owned() } else { labelled(phrase, meaning) };
        self.made.push(Suggestion { label, value: value.unwrap_or_else(|| phrase.to_owned()) });
    }
}

/// "next friday → Fri 27 November, 09:00", the phrase cut where both would be too long.
fn labelled(phrase: &str, meaning: &str) -> String {
    let room = MAX_CHARS.saturating_sub(meaning.chars().count() + 3);
    if phrase.chars().count() <= room {
        return format!("{phrase} → {meaning}");
    }
    let cut: String = phrase.chars().take(room.saturating_sub(1)).collect();
    let label = format!("{cut}… → {meaning}");
    label.chars().take(MAX_CHARS).collect()
}

/// Whole phrases that begin with what was typed.
fn finished(typed: &str, asker: &Asker, for_repeat: bool) -> Vec<String> {
    let common = if for_repeat { RHYTHMS } else { MOMENTS };
    let typed = typed.to_lowercase();
    let mut phrases: Vec<String> = common
        .iter()
        .filter(|phrase| phrase.starts_with(&typed))
        .map(|phrase| (*phrase).to_owned())
        .collect();
    if typed.is_empty() {
        return phrases;
    }
    let (before, last) = typed.split_at(typed.rfind([' ', '-']).map_or(0, |joint| joint + 1));
    let lead = |before: &str| match (for_repeat, before.chars().all(|c| c.is_ascii_digit())) {
        (false, true) => "in ",
        (true, true) => "every ",
        (_, false) => "",
    };
    if last.chars().all(|c| c.is_ascii_digit()) {
        let lead = if before.is_empty() { lead(last) } else { "" };
        phrases.extend(UNITS.iter().map(|unit| format!("{lead}{typed} {unit}")));
    } else if let number = before.trim_end_matches([' ', '-'])
        && number.ends_with(|c: char| c.is_ascii_digit())
    {
        // "6 we" is the start of "6 weeks" before it is a Wednesday at six.
        let lead = lead(number);
        let units = UNITS.iter().filter(|unit| unit.starts_with(last));
        phrases.extend(units.map(|unit| format!("{lead}{before}{unit}")));
        // In a rhythm the number counts and is no hour: "1 week" does not begin "weekly at one".
        let counts = |phrase: &String| repeat(phrase, asker).is_ok_and(|read| read.cadence.at.is_none());
        let words = words_from(last).map(|word| format!("{before}{word}"));
        phrases.extend(words.filter(|phrase| !for_repeat || counts(phrase)));
    } else if last.len() >= 2 || !before.is_empty() {
        phrases.extend(words_from(last).map(|word| format!("{before}{word}")));
    }
    if !before.is_empty() {
        phrases.extend(
            common.iter().filter(|phrase| phrase.contains(&typed)).map(|phrase| (*phrase).to_owned()),
        );
    } else {
        let word = |phrase: &&&str| phrase.split(' ').any(|word| word.starts_with(&typed));
        phrases.extend(common.iter().filter(word).map(|phrase| (*phrase).to_owned()));
    }
    phrases
}

/// Words that begin so.
fn words_from(last: &str) -> impl Iterator<Item = &'static str> {
    let words =
        WORDS.iter().map(|(word, _)| *word).filter(move |word| word.len() > 3 && word.starts_with(last));
    words.take(MAX_FINISHED)
}
