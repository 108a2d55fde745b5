//! From an outcome to what is printed.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::words::{left_text, part_text, reason_text};
use crate::rounds::matching::{Group, Outcome};
use crate::say;
use crate::texts::{Words, shown};

/// An outcome as the matching file's contract has it.
#[must_use]
pub fn json(outcome: &Outcome, words: Words<'_>) -> Value {
    let left_over: Vec<Value> = outcome
        .left_over
        .iter()
        .map(|left| json!({"id": left.id, "reason": left_text(words, left.reason)}))
        .collect();
    json!({
        "groups": outcome.groups.iter().map(|one| group(one, words)).collect::<Vec<_>>(),
        "left_over": left_over,
        "placed": outcome.placed,
        "total": outcome.total,
        "bound": outcome.bound,
        "optimal": outcome.optimal,
        "worst": outcome.worst,
        "seed": outcome.seed,
        "ms": outcome.ms,
    })
}

fn group(group: &Group, words: Words<'_>) -> Value {
    let mut entries = Map::new();
    entries.insert("people".to_owned(), json!(group.people));
    for (key, somebody) in [("mentor", &group.mentor), ("sponsor", &group.sponsor)] {
        entries.extend(somebody.as_ref().map(|id| (key.to_owned(), json!(id))));
    }
    entries.insert("fit".to_owned(), json!(group.fit));
    let parts: Map<String, Value> =
        group.parts.iter().map(|(part, value)| (part.word().to_owned(), json!(value))).collect();
    entries.insert("parts".to_owned(), Value::Object(parts));
    let reasons: Vec<String> = group.reasons.iter().map(|reason| reason_text(words, reason)).collect();
    entries.insert("reasons".to_owned(), json!(reasons));
    Value::Object(entries)
}

/// An outcome as a table for somebody who plans a round.
#[must_use]
pub fn table(outcome: &Outcome, words: Words<'_>) -> String {
    let rows: Vec<[String; 3]> = outcome.groups.iter().map(|group| row(group, words)).collect();
    let heads =
        [words.say("match-table-fit"), words.say("match-table-people"), words.say("match-table-reasons")];
    let mut text = String::new();
    let width = |at: usize| rows.iter().chain([&heads]).map(|row| row[at].chars().count()).max().unwrap_or(0);
    let (fit, people) = (width(0), width(1));
    for row in [&heads].into_iter().chain(&rows).take(if rows.is_empty() { 0 } else { usize::MAX }) {
        let _ = writeln!(text, "{:<fit$}  {:<people$}  {}", row[0], row[1], row[2]);
    }
    if !outcome.left_over.is_empty() {
        let _ = writeln!(text, "\n{}", say!(words, "match-table-left", count = outcome.left_over.len()));
        for left in &outcome.left_over {
            let _ = writeln!(text, "  {}: {}", left.id, left_text(words, left.reason));
        }
    }
    let figures = say!(
        words,
        "match-table-figures",
        groups = outcome.groups.len(),
        placed = outcome.placed,
        total = shown(format_args!("{:.3}", outcome.total)),
        worst = shown(format_args!("{:.3}", outcome.worst)),
    );
    let _ = write!(text, "\n{figures}\n{}", proven(outcome, words));
    text
}

fn proven(outcome: &Outcome, words: Words<'_>) -> String {
    if outcome.optimal {
        return words.say("match-table-optimal");
    }
    let gap = if outcome.total > 0.0 { 100.0 * (outcome.bound / outcome.total - 1.0) } else { 0.0 };
    let bound = shown(format_args!("{:.3}", outcome.bound));
    say!(words, "match-table-bound", bound = bound, gap = shown(format_args!("{gap:.2}")))
}

fn row(group: &Group, words: Words<'_>) -> [String; 3] {
    let named = |id: &String| {
        if group.mentor.as_ref() == Some(id) {
            say!(words, "match-table-mentor", who = id.as_str())
        } else if group.sponsor.as_ref() == Some(id) {
            say!(words, "match-table-sponsor", who = id.as_str())
        } else {
            id.clone()
        }
    };
    let mut people: Vec<&String> = group.people.iter().collect();
    // Whoever leads stands first, whoever stands behind last.
    people.sort_by_key(|id| (group.mentor.as_ref() != Some(*id), group.sponsor.as_ref() == Some(*id)));
    let people: Vec<String> = people.into_iter().map(named).collect();
    let mut reasons: Vec<String> = group.reasons.iter().map(|reason| reason_text(words, reason)).collect();
    let weakest = group.parts.iter().min_by(|a, b| a.1.total_cmp(b.1));
    if let Some((part, value)) = weakest.filter(|(_, value)| **value < 0.25) {
        let part = part_text(words, *part);
        reasons.push(say!(words, "match-table-weak", part = part, value = shown(format_args!("{value:.2}"))));
    }
    [format!("{:.3}", group.fit), people.join(", "), reasons.join(" · ")]
}
