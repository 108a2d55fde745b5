//! What a user would tell of Kith, story by story. One binary, for linking is what costs.
#![expect(clippy::unwrap_used, reason = "a story ends where something is not as it should be")]

mod first_week;
mod kit;
mod process;
mod reasons;
