//! Kith.
