//! A rehearsal: a whole round with invented members, in a private thread, on fast-forward, before anybody real is
//! asked. What is shown is what people would read; its buttons do nothing.

mod acts;
pub mod invented;
mod script;

pub(super) use acts::due;
pub use acts::{REHEARSE, rehearse};
