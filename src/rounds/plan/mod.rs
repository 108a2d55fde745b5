//! Finding a round's groups: the matching, what an organizer changes of it by hand, and what they see of it.

mod acts;
mod by_hand;
pub mod edit;
mod finding;
pub mod press;
pub mod problem;
pub mod views;
pub mod waiting;

pub use acts::{press, preview, publish};
pub use by_hand::{excluded, locked, moved, swapped, without};
pub use finding::{Prepared, find_anew, found_of, groups_of, prepare_where_none};
pub(in crate::rounds) use finding::{broken, gathered};
