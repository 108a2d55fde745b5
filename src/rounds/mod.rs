//! Group mentorship rounds.

pub mod matching;
