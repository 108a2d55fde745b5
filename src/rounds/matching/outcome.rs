//! What comes of a matching.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Groups, who is left over, and how good it is. Every fit is in [0, 1] with 6 decimals.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// The groups, by the lowest id in each.
    pub groups: Vec<Group>,
    /// Everybody who is in none, by id.
    pub left_over: Vec<LeftOver>,
    /// How many people are in a group, sponsors not counted.
    pub placed: usize,
    /// What is greatest: the sum of the pairs' fit (mentor and mentee; pairs and a trio), for circles each
    /// one's mean fit times its people.
    pub total: f64,
    /// An upper bound on `total` with as many people placed (and mentors with a mentee), which is proven.
    pub bound: f64,
    /// `total` equals `bound`, so nothing is better.
    pub optimal: bool,
    /// The lowest [`Group::fit`]; 0 without a group.
    pub worst: f64,
    /// What chance was drawn from.
    pub seed: u64,
    /// How long it took, in milliseconds: 0 from [`solve`](super::solve), which knows no clock; whoever
    /// calls it measures.
    pub ms: u64,
}

/// One group.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Group {
    /// Everybody in it, by id, mentor and sponsor too.
    pub people: Vec<String>,
    /// Who leads it, in a mentor group.
    pub mentor: Option<String>,
    /// Who stands behind it, in a mentor group that has somebody.
    pub sponsor: Option<String>,
    /// The mean fit of its pairs: of mentor and mentee in a mentor group, of all pairs elsewhere.
    pub fit: f64,
    /// The mean of each part of the fit over the same pairs.
    pub parts: BTreeMap<Part, f64>,
    /// What speaks for it, the strongest first.
    pub reasons: Vec<Reason>,
}

/// How well two people fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// In [0, 1].
    pub fit: f64,
    /// What it is made of; where the fit is given, what it would have been made of.
    pub parts: BTreeMap<Part, f64>,
    /// What speaks for it, the strongest first.
    pub reasons: Vec<Reason>,
}

/// A named part of the fit, in [0, 1].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// What they know and want to know.
    Topics,
    /// What they want to reach.
    Goals,
    /// Times that both have.
    HalfDays,
    /// A gap of level that suits.
    Level,
    /// One wished for the other.
    Wishes,
    /// They did not meet before, or long ago.
    Novelty,
    /// Different fields and backgrounds.
    Diversity,
    /// What was given, where nothing is computed.
    Given,
}

impl Part {
    /// The parts that are computed, in the order of their names here.
    pub const COMPUTED: [Self; 7] = [
        Self::Topics,
        Self::Goals,
        Self::HalfDays,
        Self::Level,
        Self::Wishes,
        Self::Novelty,
        Self::Diversity,
    ];

    /// The word for it in a matching file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Topics => "topics",
            Self::Goals => "goals",
            Self::HalfDays => "half_days",
            Self::Level => "level",
            Self::Wishes => "wishes",
            Self::Novelty => "novelty",
            Self::Diversity => "diversity",
            Self::Given => "given",
        }
    }
}

/// What speaks for people being together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// Their fit was given.
    Given,
    /// Somebody wished for somebody else here: who, and for whom.
    WishedBy {
        /// Who wished.
        by: String,
        /// For whom.
        whom: String,
    },
    /// So many topics are shared: by the mentor and a mentee, or by two.
    SharedTopics(usize),
    /// So many goals are shared, likewise.
    SharedGoals(usize),
    /// So many half-days that everybody has who named some, the sponsor aside.
    CommonHalfDays(usize),
    /// The mentor is ahead by a step or more, not by too much; peers are about as far.
    LevelSuits,
    /// They bring so many different fields.
    Fields(usize),
    /// There is a history, and no two of them were in a group before.
    NewToEachOther,
    /// Two of them were in a group together, so many rounds ago (the last time that happened).
    MetBefore(u32),
}

/// Somebody who is in no group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOver {
    /// Who.
    pub id: String,
    /// Why.
    pub reason: LeftReason,
}

/// Why somebody is in no group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LeftReason {
    /// Groups of this shape have nobody in this role.
    RoleNotInShape,
    /// They offered no place.
    NoCapacity,
    /// There is nobody with whom they may be: nobody else in the right role, or all are avoided, excluded,
    /// without a common language, or not named where only named pairs may be.
    NobodyPossible,
    /// A mentee: each mentor with whom they may be has no place left for them.
    MentorsFull,
    /// A mentor: each mentee with whom they may be is with another one.
    NoMenteeLeft,
    /// A sponsor: each group with which they may be has one.
    NoGroupLeft,
    /// A peer: those with whom they may be are in groups without them; the number does not come out even, or
    /// too many must not be together.
    NoPlaceLeft,
}
