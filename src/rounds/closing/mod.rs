//! The end of a round: everybody is asked how it was, thanked, and can stay in touch.
//!
//! | when | what happens |
//! | --- | --- |
//! | the round's planned end, or two minutes after `/organize close` | each who took part is asked by DM, who took part gets the badge, each group reads that its thread is put away soon |
//! | four days later | who has not answered is reminded, once |
//! | seven days later, or `/organize close` once more | mentors read what they may, threads are put away, the round is closed |
//!
//! What a mentee lets their mentor read, the mentor reads when the round is closed: then a mentee can still change
//! their mind until the end, and no time of arrival tells who wrote what.

mod acts;
pub mod badge;
pub mod commands;
mod end;
pub mod feedback;
pub mod press;
pub mod store;
pub mod views;

pub use acts::{is, press};
pub(super) use end::due;
pub use end::plan;
