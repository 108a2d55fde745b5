//! What a user would tell of Kith, story by story. One binary, for linking is what costs.
#![expect(clippy::unwrap_used, reason = "a story ends where something is not as it should be")]

mod answers;
mod first_week;
mod kit;
mod planned;
mod process;
mod reasons;
