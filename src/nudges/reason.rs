//! Which kind of nudge a connection's rhythm brings, and why: the heart of the product.
//!
//! The first that holds:
//!
//! | the kind | when |
//! | --- | --- |
//! | *give value* | one has had (asked for or received) more than one gave |
//! | *ask for feedback* | the relationship carries it (mentor, sponsor, manager, colleague, peer) and none was asked for in [`FEEDBACK_AFTER_DAYS`], counted from the last question, else from the adding |
//! | *check in* | with mentors, mentees, sponsors and protégés |
//! | *follow up* | with everybody else |
//!
//! A kind that the member chose (`/nudge me kind:`) is not decided here: it wins.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Kind;
use crate::connections::{Connection, Relationship};

/// How long after one question for feedback the next one is due, in days.
pub const FEEDBACK_AFTER_DAYS: i64 = 90;

/// Why a nudge asks what it asks: the facts, which the letter states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// The member wanted it.
    Wanted,
    /// The member had more than they gave.
    HadMore {
        /// How often they asked.
        asked: u32,
        /// How often they received.
        received: u32,
        /// How often they gave.
        gave: u32,
        /// The first asking or receiving that they have not given something for.
        since: Timestamp,
    },
    /// The member did not ask for feedback for long.
    NoFeedback {
        /// When they last did; `None` for never.
        last: Option<Timestamp>,
        /// When the connection was added.
        added: Timestamp,
        /// How many touches there were since.
        touches: u32,
    },
    /// They guide each other.
    Guidance(Relationship),
    /// A date of theirs comes.
    Date {
        /// The day, at the member's delivery hour.
        day: Timestamp,
        /// How many days before it the nudge comes.
        before: u16,
        /// Whether it is their birthday.
        birthday: bool,
        /// Whether it comes every year.
        #[serde(default)]
        yearly: bool,
        /// Whether the day was over when the nudge came.
        #[serde(default)]
        over: bool,
    },
    /// It has been a while.
    Quiet {
        /// Since the last touch; `None` where there was none.
        last: Option<Timestamp>,
        /// When the connection was added.
        added: Timestamp,
    },
}

/// The kind of nudge for a connection whose turn has come at `now`, and why.
#[must_use]
pub fn choose(connection: &Connection, now: Timestamp) -> (Kind, Because) {
    let ledger = &connection.ledger;
    if ledger.had() > ledger.gave {
        let because = Because::HadMore {
            asked: ledger.asked,
            received: ledger.received,
            gave: ledger.gave,
            since: ledger.had_since.unwrap_or(connection.added),
        };
        return (Kind::GiveValue, because);
    }
    let feedback_due =
        ledger.feedback.unwrap_or(connection.added) + SignedDuration::from_hours(24 * FEEDBACK_AFTER_DAYS);
    if connection.relationship.is_some_and(carries_feedback) && now >= feedback_due {
        let because = Because::NoFeedback {
            last: ledger.feedback,
            added: connection.added,
            touches: ledger.since_feedback,
        };
        return (Kind::AskFeedback, because);
    }
    if let Some(relationship) = connection.relationship.filter(|it| guides(*it)) {
        return (Kind::CheckIn, Because::Guidance(relationship));
    }
    let last = connection.last.as_ref().map(|last| last.at);
    (Kind::FollowUp, Because::Quiet { last, added: connection.added })
}

/// Whether one asks such a person for feedback.
fn carries_feedback(relationship: Relationship) -> bool {
    match relationship {
        Relationship::Mentor
        | Relationship::Sponsor
        | Relationship::Manager
        | Relationship::Colleague
        | Relationship::Peer => true,
        Relationship::Mentee
        | Relationship::Protege
        | Relationship::Client
        | Relationship::Friend
        | Relationship::Other => false,
    }
}

/// Whether one of the two guides the other.
fn guides(relationship: Relationship) -> bool {
    matches!(
        relationship,
        Relationship::Mentor | Relationship::Mentee | Relationship::Sponsor | Relationship::Protege
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connections::{Last, Ledger, What};
    use crate::id::Id;
    use proptest::prelude::*;

    fn day(n: i64) -> Timestamp {
        Timestamp::from_second(1_780_000_000 + n * 86_400).unwrap()
    }

    fn connection(relationship: Option<Relationship>, ledger: Ledger) -> Connection {
        Connection {
            relationship,
            last: Some(Last { what: What::Chat, at: day(3), note: None }),
            ledger,
            ..Connection::new(Id(1), "Grace", day(0))
        }
    }

    fn kind(relationship: Option<Relationship>, ledger: Ledger, on: i64) -> Kind {
        choose(&connection(relationship, ledger), day(on)).0
    }

    /// docs/nudges.md: kind-give
    #[test]
    fn whoever_had_more_than_they_gave_gives_first() {
        let ledger = Ledger { asked: 1, received: 1, gave: 1, had_since: Some(day(2)), ..Ledger::default() };
        let (kind, because) = choose(&connection(Some(Relationship::Mentor), ledger), day(200));
        assert_eq!(kind, Kind::GiveValue);
        assert_eq!(because, Because::HadMore { asked: 1, received: 1, gave: 1, since: day(2) });
    }

    /// docs/nudges.md: kind-give
    #[test]
    fn even_is_even() {
        let even = Ledger { asked: 1, gave: 1, ..Ledger::default() };
        assert_eq!(kind(None, even, 10), Kind::FollowUp);
    }

    /// docs/nudges.md: kind-feedback
    #[test]
    fn feedback_is_asked_for_where_the_relationship_carries_it_after_three_months() {
        for (relationship, _) in Relationship::ALL {
            let early = kind(Some(*relationship), Ledger::default(), 89);
            let late = kind(Some(*relationship), Ledger::default(), 90);
            assert_ne!(early, Kind::AskFeedback);
            assert_eq!(late == Kind::AskFeedback, carries_feedback(*relationship), "{relationship:?}");
        }
        let asked = Ledger { asked: 1, gave: 1, feedback: Some(day(60)), ..Ledger::default() };
        assert_eq!(kind(Some(Relationship::Peer), asked.clone(), 149), Kind::FollowUp);
        assert_eq!(kind(Some(Relationship::Peer), asked, 150), Kind::AskFeedback);
    }

    /// docs/nudges.md: kind-check-in, kind-follow-up
    #[test]
    fn those_who_guide_each_other_check_in() {
        use Relationship as R;
        for relationship in [R::Mentor, R::Mentee, R::Sponsor, R::Protege] {
            assert_eq!(kind(Some(relationship), Ledger::default(), 10), Kind::CheckIn);
        }
        for relationship in [R::Peer, R::Manager, R::Colleague, R::Client, R::Friend, R::Other] {
            assert_eq!(kind(Some(relationship), Ledger::default(), 10), Kind::FollowUp);
        }
        assert_eq!(kind(None, Ledger::default(), 500), Kind::FollowUp);
    }

    proptest! {
        /// docs/nudges.md: kind-give
        #[test]
        fn giving_value_holds_exactly_when_more_was_had(asked in 0u32..9, received in 0u32..9, gave in 0u32..20, on in 0i64..900) {
            let ledger = Ledger { asked, received, gave, had_since: Some(day(1)), ..Ledger::default() };
            let chosen = kind(Some(Relationship::Mentor), ledger, on);
            prop_assert_eq!(chosen == Kind::GiveValue, asked + received > gave);
        }
    }
}
