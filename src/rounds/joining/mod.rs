//! Signing up: as whom, for what, when one has time, with whom and with whom not.

mod acts;
mod left_over;
pub mod press;
pub mod views;

pub(super) use acts::remind;
pub use acts::{BEFORE, REMIND, join, mine, press};
pub use left_over::waits;
