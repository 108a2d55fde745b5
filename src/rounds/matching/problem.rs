//! What is to be matched: people, what must not be, what they already did together, and the shape of the groups.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::outcome::Part;

/// Everything that a matching depends on, besides the seed. The order of people and of everything else in
/// it is of no account.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Problem {
    /// What kind of groups are made.
    pub shape: Shape,
    /// Who takes part.
    pub people: Vec<Person>,
    /// Pairs of ids that must not share a group.
    pub excluded: Vec<[String; 2]>,
    /// Who was in a group together before.
    pub history: Vec<Met>,
    /// How much each part of the fit counts.
    pub weights: Weights,
    /// Fits that are given, each over the computed one.
    pub given: Vec<Given>,
    /// Nothing is computed: a pair that is not [given](Self::given) is forbidden.
    pub fit_only: bool,
}

impl Problem {
    /// The problem of these people alone: what it says of others is left out.
    #[must_use]
    pub fn among(&self, ids: &[String]) -> Self {
        let only = |all: &[String]| all.iter().filter(|id| ids.contains(id)).cloned().collect::<Vec<_>>();
        let within = |pair: &[String; 2]| pair.iter().all(|id| ids.contains(id));
        let people = self.people.iter().filter(|it| ids.contains(&it.id)).map(|it| Person {
            wishes: only(&it.wishes),
            avoid: only(&it.avoid),
            ..it.clone()
        });
        let history = self.history.iter().map(|met| Met { people: only(&met.people), ..met.clone() });
        Self {
            shape: self.shape,
            people: people.collect(),
            excluded: self.excluded.iter().filter(|pair| within(pair)).cloned().collect(),
            history: history.filter(|met| met.people.len() > 1).collect(),
            weights: self.weights,
            given: self.given.iter().filter(|it| within(&it.pair)).cloned().collect(),
            fit_only: self.fit_only,
        }
    }
}

/// Somebody who takes part, with what they said of themselves.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Person {
    /// Who it is: unique in the problem.
    pub id: String,
    /// As what they take part.
    pub role: Role,
    /// How many mentees a mentor takes (else as many as the shape allows), how many groups a sponsor (else 1).
    pub capacity: Option<u32>,
    /// What they know or want to know, each with how much it matters, from 0 to [`MAX_TOPIC`].
    pub topics: BTreeMap<String, f64>,
    /// How far they are, from 0 to [`MAX_LEVEL`].
    pub level: Option<u8>,
    /// When they have time: 0 (Monday morning) to 20 (Sunday evening), three a day, all in one time zone.
    pub half_days: Vec<u8>,
    /// Languages they speak. Two who both name some need one in common.
    pub languages: Vec<String>,
    /// Their fields and backgrounds: different ones make a group diverse.
    pub fields: Vec<String>,
    /// What they want to reach: common ones bind.
    pub goals: Vec<String>,
    /// Ids of those with whom they would like to be.
    pub wishes: Vec<String>,
    /// Ids of those with whom they must not be.
    pub avoid: Vec<String>,
}

/// How many people a problem may have: the fits of all their pairs are kept in memory.
pub const MAX_PEOPLE: usize = 20_000;
/// The highest weight of a topic.
pub const MAX_TOPIC: f64 = 1_000.0;
/// The highest level.
pub const MAX_LEVEL: u8 = 100;
/// The last half-day of a week.
pub const LAST_HALF_DAY: u8 = 20;

/// As what somebody takes part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Leads a mentor group.
    Mentor,
    /// Is led in one.
    Mentee,
    /// Stands behind one or more mentor groups.
    Sponsor,
    /// Is with others on one level: in pairs and circles.
    #[default]
    Peer,
}

impl Role {
    /// The word for it in a matching file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Mentor => "mentor",
            Self::Mentee => "mentee",
            Self::Sponsor => "sponsor",
            Self::Peer => "peer",
        }
    }

    /// The role that a word means.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Mentor, Self::Mentee, Self::Sponsor, Self::Peer].into_iter().find(|role| role.word() == word)
    }
}

/// What kind of groups are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One mentor with mentees, and a sponsor where there is one.
    MentorGroups {
        /// No mentor gets more mentees, whatever their capacity; at least 1.
        max_mentees: u32,
    },
    /// Two peers each.
    Pairs {
        /// Of an odd count of peers, three make one group.
        trio: bool,
    },
    /// Peers in circles.
    Circles {
        /// The smallest circle; at least 2.
        min: u32,
        /// The largest one; at least [`min`](Self::Circles::min).
        max: u32,
    },
}

impl Default for Shape {
    fn default() -> Self {
        Self::Pairs { trio: false }
    }
}

impl Shape {
    /// Whether somebody in this role is placed in groups of this shape.
    #[must_use]
    pub fn has(self, role: Role) -> bool {
        matches!(self, Self::MentorGroups { .. }) == (role != Role::Peer)
    }
}

/// People who were in one group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Met {
    /// Their ids, at least two.
    pub people: Vec<String>,
    /// How many rounds ago: 1 is the last one.
    pub rounds_ago: u32,
}

/// The fit of a pair, as somebody gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Their ids.
    pub pair: [String; 2],
    /// In [0, 1], with up to 6 decimals.
    pub fit: f64,
}

/// How much each part of the fit counts: zero or more, at least one of them more.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    /// What they know and want to know.
    pub topics: f64,
    /// What they want to reach.
    pub goals: f64,
    /// Times that all have.
    pub half_days: f64,
    /// A gap of level that suits.
    pub level: f64,
    /// Wishes.
    pub wishes: f64,
    /// Not having met before.
    pub novelty: f64,
    /// Different fields and backgrounds.
    pub diversity: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            topics: 3.0,
            goals: 1.5,
            half_days: 2.0,
            level: 1.0,
            wishes: 1.5,
            novelty: 2.0,
            diversity: 1.0,
        }
    }
}

impl Weights {
    /// Each part with its weight, in the order of [`Part::COMPUTED`].
    pub(super) fn each(&self) -> [(Part, f64); 7] {
        let all =
            [self.topics, self.goals, self.half_days, self.level, self.wishes, self.novelty, self.diversity];
        let mut place = 0;
        Part::COMPUTED.map(|part| {
            place += 1;
            (part, all[place - 1])
        })
    }
}
