//! What can be wrong with a problem.

use std::fmt;

use super::judge::Broken;
use super::progress::Cancelled;

/// Why there is no outcome.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// The problem is wrong: all that is, in the order of its parts.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Wrong(Vec<Mistake>),
    /// Groups that stand already break rules: all of them.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Broken(Vec<Broken>),
    /// Somebody asked for an end.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where in the matching file, as `people[3].capacity`; empty for the whole of it.
    pub path: String,
    /// What.
    pub wrong: Wrong,
}

/// What is wrong in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// A key that means nothing, and those that would mean something.
    UnknownKey(Vec<&'static str>),
    /// A key that has to be there.
    MissingKey,
    /// A key that was there before.
    KeyTwice,
    /// Something else was to be here: what, as "a number from 0 to 20".
    Expected(String),
    /// An id that is empty.
    EmptyId,
    /// An id that somebody before has: where.
    IdTwice(String),
    /// Nobody has this id.
    UnknownId(String),
    /// Somebody with themselves.
    SelfPair(String),
    /// The pair has another fit elsewhere: where.
    OtherFit(String),
    /// A group of fewer than two people.
    TooFewMet,
    /// The smallest circle is larger than the largest one.
    MinOverMax,
    /// Nothing counts: all weights are 0.
    NoWeight,
}

impl Mistake {
    /// A mistake at `path`.
    pub fn new(path: impl Into<String>, wrong: Wrong) -> Self {
        Self { path: path.into(), wrong }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            write!(f, "{}", self.wrong)
        } else {
            write!(f, "{}: {}", self.path, self.wrong)
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKey(known) => write!(f, "there is no such key; there are: {}", known.join(", ")),
            Self::MissingKey => f.write_str("is missing"),
            Self::KeyTwice => f.write_str("stands here twice"),
            Self::Expected(what) => write!(f, "has to be {what}"),
            Self::EmptyId => f.write_str("is empty, but an id has to name somebody"),
            Self::IdTwice(before) => write!(f, "is the id of somebody else already: {before}"),
            Self::UnknownId(id) => write!(f, "nobody has the id {id:?}"),
            Self::SelfPair(id) => write!(f, "names {id:?} together with themselves"),
            Self::OtherFit(before) => write!(f, "this pair has another fit already: {before}"),
            Self::TooFewMet => f.write_str("has to name at least two people"),
            Self::MinOverMax => f.write_str("min is more than max"),
            Self::NoWeight => f.write_str("at least one weight has to be more than 0"),
        }
    }
}
