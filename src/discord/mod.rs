//! What every area needs of Discord: what a message is, how an interaction is answered, what a
//! button means and to whom it goes.

pub mod answer;
pub mod app;
pub mod area;
pub mod choice;
pub mod client;
pub mod custom_id;
mod embed;
pub mod errors;
pub mod failure;
pub mod in_flight;
mod limiter;
#[cfg(test)]
pub mod limits;
mod menu;
pub mod message;
pub mod modal;
pub mod page;
pub mod person;
pub mod registration;
pub mod router;
pub mod text;
pub mod threads;
