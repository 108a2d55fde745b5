//! What somebody is to a member, and the rhythm that fits. It stands here rather than among connections because a member
//! has settings for it.

use serde::{Deserialize, Serialize};

use crate::when::Cadence;

/// What a connection is to the member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relationship {
    /// Guides the member.
    Mentor,
    /// Is guided by the member.
    Mentee,
    /// Speaks for the member where the member is not.
    Sponsor,
    /// Is spoken for by the member.
    Protege,
    /// At eye level.
    Peer,
    /// Leads the member.
    Manager,
    /// Works with the member.
    Colleague,
    /// Pays for the member's work.
    Client,
    /// A friend.
    Friend,
    /// Anything else.
    Other,
}

impl Relationship {
    /// Every relationship with its word.
    pub const ALL: &[(Self, &str)] = &[
        (Self::Mentor, "mentor"),
        (Self::Mentee, "mentee"),
        (Self::Sponsor, "sponsor"),
        (Self::Protege, "protégé"),
        (Self::Peer, "peer"),
        (Self::Manager, "manager"),
        (Self::Colleague, "colleague"),
        (Self::Client, "client"),
        (Self::Friend, "friend"),
        (Self::Other, "other"),
    ];

    /// Its word, as in commands.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(it, _)| *it == self).map_or("", |(_, word)| word)
    }
}

/// The rhythm of a connection for whom none was named: closer where more hangs on it.
#[must_use]
pub fn usual_rhythm(relationship: Option<Relationship>) -> Cadence {
    match relationship {
        Some(Relationship::Mentee) => Cadence::weeks(2),
        Some(Relationship::Mentor | Relationship::Protege | Relationship::Manager) => Cadence::weeks(4),
        Some(Relationship::Sponsor | Relationship::Friend) => Cadence::weeks(8),
        _ => Cadence::weeks(6),
    }
}
