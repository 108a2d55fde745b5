//! The engine against every way there is, and against what always has to hold.

mod brute;
mod exact;
mod laws;
mod made;
mod world;
