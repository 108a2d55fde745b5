//! What an outcome says in words.

use crate::rounds::matching::{LeftReason, Part, Reason};
use crate::say;
use crate::texts::Words;

/// A reason in words, such as "3 shared topics".
#[must_use]
pub fn reason_text(words: Words<'_>, reason: &Reason) -> String {
    match reason {
        Reason::Given => words.say("match-reason-given"),
        Reason::WishedBy { by, whom } => {
            say!(words, "match-reason-wished", by = by.as_str(), whom = whom.as_str())
        }
        Reason::SharedTopics(count) => say!(words, "match-reason-topics", count = *count),
        Reason::SharedGoals(count) => say!(words, "match-reason-goals", count = *count),
        Reason::CommonHalfDays(count) => say!(words, "match-reason-half-days", count = *count),
        Reason::LevelSuits => words.say("match-reason-level"),
        Reason::Fields(count) => say!(words, "match-reason-fields", count = *count),
        Reason::NewToEachOther => words.say("match-reason-new"),
        Reason::MetBefore(rounds_ago) => say!(words, "match-reason-met", rounds = *rounds_ago),
    }
}

/// Why somebody is left over, as a sentence about them.
#[must_use]
pub fn left_text(words: Words<'_>, reason: LeftReason) -> String {
    words.say(match reason {
        LeftReason::RoleNotInShape => "match-left-role",
        LeftReason::NoCapacity => "match-left-capacity",
        LeftReason::NobodyPossible => "match-left-nobody",
        LeftReason::MentorsFull => "match-left-mentors-full",
        LeftReason::NoMenteeLeft => "match-left-no-mentee",
        LeftReason::NoGroupLeft => "match-left-no-group",
        LeftReason::NoPlaceLeft => "match-left-no-place",
    })
}

/// The name of a part of the fit.
#[must_use]
pub fn part_text(words: Words<'_>, part: Part) -> String {
    words.say(match part {
        Part::Topics => "match-part-topics",
        Part::Goals => "match-part-goals",
        Part::HalfDays => "match-part-half-days",
        Part::Level => "match-part-level",
        Part::Wishes => "match-part-wishes",
        Part::Novelty => "match-part-novelty",
        Part::Diversity => "match-part-diversity",
        Part::Given => "match-part-given",
    })
}
