//! Kith keeps people's professional networks alive: a Discord bot.

pub mod about;
pub mod agenda;
pub mod bot;
pub mod check;
pub mod cli;
pub mod clock;
pub mod connections;
pub mod delivery;
#[cfg(feature = "demo")]
pub mod demo;
pub mod discord;
pub mod help;
pub mod http;
pub mod id;
pub mod logging;
pub mod loopback;
pub mod members;
pub mod nudges;
pub mod rounds;
pub mod settings;
pub mod shutdown;
pub mod store;
pub mod texts;
pub mod when;
