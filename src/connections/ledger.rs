//! Who gave and who got: the balance between a member and a connection.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Last, Touch, What};

/// What the touches with one connection add up to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    /// How often the member asked for something.
    pub asked: u32,
    /// How often the member received something.
    pub received: u32,
    /// How often the member gave something.
    pub gave: u32,
    /// The first asking or receiving that the member has not given something for: what one gives
    /// makes good for the oldest. `None` where they are even.
    #[serde(default)]
    pub had_since: Option<Timestamp>,
    /// When the member last asked for feedback.
    #[serde(default)]
    pub feedback: Option<Timestamp>,
    /// How many touches there were since then, or in all where there was no such question.
    #[serde(default)]
    pub since_feedback: u32,
    /// How many touches there were in all; 0 in what was kept before this was counted, until the next one.
    #[serde(default)]
    pub all: u32,
}

impl Ledger {
    /// The ledger and the last touch of `touches`, in whatever order they are.
    #[must_use]
    pub fn of(touches: &[Touch]) -> (Self, Option<Last>) {
        let mut touches: Vec<&Touch> = touches.iter().collect();
        touches.sort_by_key(|touch| touch.at);
        let all = u32::try_from(touches.len()).unwrap_or(u32::MAX);
        let mut ledger = Self { all, ..Self::default() };
        let mut had = Vec::new();
        for touch in &touches {
            match touch.what {
                What::Gave => ledger.gave += 1,
                What::Asked | What::Received => {
                    *(if touch.what == What::Asked { &mut ledger.asked } else { &mut ledger.received }) += 1;
                    had.push(touch.at);
                }
                What::Chat | What::Call | What::Met | What::Message => {}
            }
            if touch.feedback {
                ledger.feedback = Some(touch.at);
                ledger.since_feedback = 0;
            } else {
                ledger.since_feedback += 1;
            }
        }
        ledger.had_since = had.get(ledger.gave as usize).copied();
        let last =
            touches.last().map(|touch| Last { what: touch.what, at: touch.at, note: touch.note.clone() });
        (ledger, last)
    }

    /// Whether nothing was counted yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How many touches there were, as far as is known.
    #[must_use]
    pub fn touches(&self) -> u32 {
        self.all.max(self.since_feedback).max(self.had() + self.gave)
    }

    /// How often the member had something of this connection: asked for or received.
    #[must_use]
    pub fn had(&self) -> u32 {
        self.asked + self.received
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touch(what: What, day: i64) -> Touch {
        Touch { what, at: at(day), note: None, feedback: false, turned: None }
    }

    fn at(day: i64) -> Timestamp {
        Timestamp::from_second(day * 86_400).unwrap()
    }

    #[test]
    fn counts_both_sides_in_the_order_of_time() {
        let touches = [
            touch(What::Asked, 9),
            touch(What::Received, 7),
            touch(What::Gave, 5),
            touch(What::Asked, 3),
            touch(What::Chat, 10),
        ];
        let (ledger, last) = Ledger::of(&touches);
        assert_eq!((ledger.had(), ledger.gave), (3, 1));
        assert_eq!(ledger.had_since, Some(at(7)));
        assert_eq!(last.map(|last| last.at), Some(at(10)));
    }

    #[test]
    fn what_is_given_makes_good_for_the_oldest() {
        let touches = [touch(What::Asked, 3), touch(What::Received, 7), touch(What::Gave, 9)];
        assert_eq!(Ledger::of(&touches).0.had_since, Some(at(7)));
        let even = [touch(What::Gave, 1), touch(What::Asked, 3)];
        assert_eq!(Ledger::of(&even).0.had_since, None);
    }

    #[test]
    fn knows_when_feedback_was_last_asked_for() {
        let asked = Touch { feedback: true, ..touch(What::Asked, 4) };
        let (ledger, _) = Ledger::of(&[touch(What::Chat, 1), asked, touch(What::Met, 6)]);
        assert_eq!((ledger.feedback, ledger.since_feedback, ledger.touches()), (Some(at(4)), 1, 3));
    }
}
