//! A small Discord on loopback.

#[cfg(feature = "judge")]
pub mod judge;
