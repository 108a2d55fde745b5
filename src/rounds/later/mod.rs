//! A round's next step at a time that its organizer sets: a draft's sign-up opens, groups that were found are
//! published.
//!
//! The time stands on the round and on the agenda. Whatever takes that step before takes the time away. What the step
//! needs is looked at when its time comes; where that lacks, nothing is done and the organizer is told.

mod acts;
pub mod press;
pub mod views;

use jiff::Timestamp;

pub use acts::press;
pub(super) use acts::{STEP, due};

use super::round::{Round, Stage};

/// Whether a round has a step that can be planned.
#[must_use]
pub fn can_be(stage: Stage) -> bool {
    matches!(stage, Stage::Draft | Stage::Matching)
}

/// Whether its next step would come too late: sign-up cannot open when it is to be over.
#[must_use]
pub fn is_too_late(round: &Round, at: Timestamp) -> bool {
    round.stage == Stage::Draft && at >= round.until
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{ChannelId, GuildId, UserId};

    #[test]
    fn sign_up_opens_before_it_ends_and_groups_are_published_whenever() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let mut round = Round::draft((GuildId(1), ChannelId(2)), (UserId(3), "en", "UTC"), at(0));
        round.until = at(100);
        assert!(!is_too_late(&round, at(99)) && is_too_late(&round, at(100)));
        round.stage = Stage::Matching;
        assert!(!is_too_late(&round, at(1_000)));
        assert!(can_be(Stage::Draft) && can_be(Stage::Matching) && !can_be(Stage::SignUp));
    }
}
