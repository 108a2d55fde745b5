//! What stories are told with: a town (a sandbox with a server, and Kith in it) and its people, who act
//! with verbs. When a town closes, every request of Kith's and every answer of the sandbox's is held to
//! Discord's own description.

mod answer;
mod page;
mod person;
mod program;
mod server;
mod town;
mod wire;

pub use answer::{Answer, Message};
pub use page::{LAPTOP, PHONE, Page, browsers};
pub use person::Person;
pub use program::Program;
pub use server::Server;
pub use town::Town;
pub use wire::{Pass, Wire};

/// A moment by UTC: `2033-03-01T10:00:00Z`.
pub fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}
