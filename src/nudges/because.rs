//! Why a nudge came, in words.

use super::Because;
use crate::connections::Relationship;
use crate::discord::text::{day, relative};
use crate::say;
use crate::texts::Words;

/// The reason, as the end of a sentence.
#[must_use]
pub fn because(words: Words<'_>, because: &Because) -> String {
    match *because {
        Because::Date { day: on, over: true, .. } => say!(words, "because-date-over", day = day(on)),
        Because::Date { day: on, before: 0, .. } => say!(words, "because-date", day = day(on)),
        Because::Date { day: on, .. } => {
            say!(words, "because-date-ahead", day = day(on), when = relative(on))
        }
        Because::Wanted => words.say("because-wanted"),
        Because::HadMore { asked, received, gave, since } => {
            let had = match (asked, received) {
                (asked, 0) => say!(words, "because-asked", count = asked),
                (0, received) => say!(words, "because-received", count = received),
                (asked, received) => say!(words, "because-had", asked = asked, received = received),
            };
            say!(words, "because-had-more", had = had, since = day(since), gave = gave)
        }
        Because::NoFeedback { last: Some(last), touches, .. } => {
            say!(words, "because-feedback-asked", last = relative(last), touches = touches)
        }
        Because::NoFeedback { last: None, added, touches } => {
            say!(words, "because-feedback-never", added = relative(added), touches = touches)
        }
        Because::Guidance(relationship) => words.say(match relationship {
            Relationship::Mentor => "because-mentor",
            Relationship::Mentee => "because-mentee",
            Relationship::Sponsor => "because-sponsor",
            _ => "because-protege",
        }),
        Because::Quiet { last: Some(last), .. } => say!(words, "because-quiet", last = relative(last)),
        Because::Quiet { last: None, added } => say!(words, "because-untouched", added = relative(added)),
    }
}
