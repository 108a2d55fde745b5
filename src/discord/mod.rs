//! What every area needs of Discord.

pub mod message;
pub mod text;
