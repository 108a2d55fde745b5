//! The matching file: a problem as JSON in, an outcome as JSON out. docs/matching.md shows both.

mod json;
mod read;
mod words;
mod write;

pub use read::{ReadError, read};
pub use words::{left_text, part_text, reason_text};
pub use write::{json, table};

#[cfg(test)]
mod tests;
