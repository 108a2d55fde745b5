//! What became of a round, and of all rounds of a programme: figures, a picture, files. And for each member the story
//! of their own rounds.
//!
//! What people said is shown without their names unless they allowed it, and where fewer than three answered, nothing
//! of what one of them said is shown at all.

pub mod commands;
pub mod export;
pub mod figures;
pub mod files;
pub mod gather;
pub mod history;
pub mod picture;
pub mod table;
pub mod views;
