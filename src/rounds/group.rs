//! A group of a round: who is in it, where they talk, and how they are getting on.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::matching::{LeftReason, Reason};
use crate::id::{ChannelId, EventId, Id, UserId};

/// One group of a round.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Everybody in it: the mentor first where there is one, then the others, the sponsor last.
    pub people: Vec<UserId>,
    /// Their mentor.
    #[serde(default)]
    pub mentor: Option<UserId>,
    /// Their sponsor.
    #[serde(default)]
    pub sponsor: Option<UserId>,
    /// How well they fit: the total of what the round's shape counts.
    #[serde(default)]
    pub fit: f64,
    /// What that is made of, each in 0 to 1.
    #[serde(default)]
    pub parts: BTreeMap<String, f64>,
    /// Why they fit.
    #[serde(default)]
    pub reasons: Vec<Reason>,
    /// Whether matching anew leaves it as it is.
    #[serde(default)]
    pub locked: bool,
    /// Whether the mentor was asked for their consent.
    #[serde(default)]
    pub asked: bool,
    /// What the mentor said of it, where mentors accept first.
    #[serde(default)]
    pub accepted: Option<bool>,
    /// Where they talk.
    #[serde(default)]
    pub room: Room,
    /// Who was added to the room.
    #[serde(default)]
    pub added: Vec<UserId>,
    /// The letter that introduces them in their room.
    #[serde(default)]
    pub introduced: Option<Id>,
    /// When they agreed to meet next, and Discord's event of it.
    #[serde(default)]
    pub meeting: Option<Meeting>,
}

/// Where a group talks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Room {
    /// Nowhere yet.
    #[default]
    None,
    /// It was asked for: the errand.
    Asked(Id),
    /// In this thread or channel.
    In(ChannelId),
}

/// A meeting that a group agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// When.
    pub at: Timestamp,
    /// Whether Discord was asked for an event of it.
    #[serde(default)]
    pub asked: bool,
    /// Discord's event of it.
    pub event: Option<EventId>,
}

impl Group {
    /// Whether somebody is in it.
    #[must_use]
    pub fn has(&self, user: UserId) -> bool {
        self.people.contains(&user)
    }

    /// Everybody in it but one.
    pub fn others(&self, user: UserId) -> impl Iterator<Item = UserId> + '_ {
        self.people.iter().copied().filter(move |it| *it != user)
    }

    /// The room, once it is there.
    #[must_use]
    pub fn channel(&self) -> Option<ChannelId> {
        match self.room {
            Room::In(channel) => Some(channel),
            Room::None | Room::Asked(_) => None,
        }
    }
}

/// What matching found for a round, beside its groups.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// When; at the beginning of time where groups are to be found, first or anew.
    pub at: Timestamp,
    /// Who is in no group, and why.
    #[serde(default)]
    pub left_over: Vec<(UserId, LeftReason)>,
    /// Pairs that an organizer keeps apart.
    #[serde(default)]
    pub excluded: Vec<(UserId, UserId)>,
    /// How many are in a group.
    #[serde(default)]
    pub placed: usize,
    /// The total fit.
    #[serde(default)]
    pub total: f64,
    /// More than that is not possible.
    #[serde(default)]
    pub bound: f64,
    /// The fit of the group that fits worst.
    #[serde(default)]
    pub worst: f64,
    /// Whether it is proven that there is nothing better.
    #[serde(default)]
    pub optimal: bool,
    /// Whether groups may be larger by one, so that fewer are left over.
    #[serde(default)]
    pub larger: bool,
    /// What chance began with.
    #[serde(default)]
    pub seed: u64,
    /// Whether somebody changed it by hand since.
    #[serde(default)]
    pub edited: bool,
}

impl Found {
    /// Whether groups were found since sign-up ended.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.at != Timestamp::default()
    }
}
