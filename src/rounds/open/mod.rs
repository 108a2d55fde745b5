//! Setting a round up: two forms and some menus, then sign-up begins.

mod acts;
pub mod forms;
pub mod press;
pub mod views;

pub(super) use acts::{allow, asked};
pub use acts::{begin, press};
