//! Kith keeps people's professional networks alive: a Discord bot.

pub mod discord;
pub mod id;
