//! Making a round's groups real: a room for each, an introduction in it, a DM to each person.
//!
//! Nothing is sent from here: rooms are errands, introductions and DMs letters. What ended comes back as an entry
//! of the agenda, and each step begins where the group stands, so it goes on wherever it was interrupted:
//!
//! | a group | what is next |
//! | --- | --- |
//! | has no room | the room is asked for |
//! | has asked for one | the errand's end is waited for |
//! | is in its room | its people are added, the introduction and the DMs are posted, once |
//!
//! Where Discord refuses, Kith stops, tells the organizer what is missing, and tries again every ten minutes.

mod acts;
pub mod ice_breakers;
pub mod meeting;
pub mod press;
pub mod steps;
pub mod times;
pub mod times_views;
pub mod views;

pub(in crate::rounds) use acts::people;
pub use acts::{answered, ask, begin, press, progress, start};
pub(super) use steps::due;
pub use steps::{add, go_on, times_of, way_in, way_out};
