//! When something planned comes, and when it was meant to.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// When something comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coming {
    /// When it comes.
    pub at: Timestamp,
    /// When it was to come, where it is held back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meant: Option<Timestamp>,
    /// When it should have come, where it was missed in a standstill and then held back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed: Option<Timestamp>,
    /// The member chose this moment for what a rhythm had brought: no weekly digest holds it back.
    #[serde(default)]
    pub chosen: bool,
}

impl Coming {
    /// At exactly this moment.
    #[must_use]
    pub fn at(at: Timestamp) -> Self {
        Self { at, meant: None, missed: None, chosen: false }
    }

    /// At `at` instead of `meant`.
    #[must_use]
    pub fn held(meant: Timestamp, at: Timestamp) -> Self {
        Self { meant: Some(meant).filter(|meant| *meant != at), ..Self::at(at) }
    }

    /// The same, chosen by the member.
    #[must_use]
    pub fn chosen(self) -> Self {
        Self { chosen: true, ..self }
    }

    /// When it was to come.
    #[must_use]
    pub fn meant(&self) -> Timestamp {
        self.meant.unwrap_or(self.at)
    }
}

/// What brings something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The member planned it for a day or a time of day.
    Plan,
    /// A date that the member wants to be in touch by.
    Date,
    /// The member set it for a span of hours or minutes.
    Span,
    /// A connection's rhythm.
    Rhythm,
}

/// Something planned that a change puts elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// What it is, in a few words.
    pub about: String,
    /// When it would have come.
    pub from: Timestamp,
    /// When it comes now.
    pub to: Timestamp,
}
