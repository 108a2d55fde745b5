//! Finding a round's groups: the matching, what an organizer changes of it by hand, and what they see of it.

mod acts;
pub mod edit;
pub mod press;
pub mod problem;
pub mod views;
pub mod waiting;

pub(in crate::rounds) use acts::gathered;
pub use acts::{
    Prepared, excluded, found_of, groups_of, locked, moved, prepare, press, preview, publish, swapped,
    without,
};
