//! Group mentorship rounds: from sign-up to report.
//!
//! A round's life, each step by command or at its planned time:
//!
//! | step | where | what it does |
//! | --- | --- | --- |
//! | draft, sign-up | [`open`] | an organizer sets a round up and opens it |
//! | sign-up | [`joining`], [`board`] | people say who they are and with whom they would like to be |
//! | matching | [`plan`], [`matching`] | groups are found, looked at and changed by hand |
//! | before any of it | [`rehearsal`] | the whole round with invented members, for its organizer |
//! | publishing | [`publish`] | each group gets its room and its introduction |
//! | running | [`running`] | its groups meet |
//! | closing | [`closing`], [`report`] | people say how it was; organizers look back |
//! | any | [`later`] | the next step comes at a time that was set |
//! | again | [`programme`] | the same round opens again and again |
//!
//! A round is its server's; who may organize there stands in [`organizer`], what becomes of it while Kith is not
//! in that server in `away`. How far it is changes only
//! through [`life`].

pub mod area;
mod away;
pub mod board;
pub mod closing;
pub mod commands;
pub mod group;
pub mod half_days;
pub mod joining;
pub mod later;
pub mod life;
pub mod matching;
pub mod open;
pub mod organizer;
pub mod plan;
pub mod press;
pub mod programme;
pub mod publish;
pub mod rehearsal;
pub mod report;
pub mod round;
pub mod running;
mod setup;
pub mod signup;
pub mod store;
pub mod views;
mod which;

pub use self::area::area;
