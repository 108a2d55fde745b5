//! Kith keeps people's professional networks alive: a Discord bot.

pub mod agenda;
pub mod check;
pub mod cli;
pub mod clock;
pub mod delivery;
pub mod discord;
pub mod id;
pub mod logging;
pub mod loopback;
pub mod settings;
pub mod shutdown;
pub mod store;
pub mod texts;
pub mod when;
