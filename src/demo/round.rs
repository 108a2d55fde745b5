//! A round of group mentorship whose sign-up is open, so that there is one to join, and for its organizer to match.

use jiff::{SignedDuration, Timestamp};

use crate::id::{ChannelId, GuildId, Id, UserId};
use crate::rounds::matching::Role;
use crate::rounds::round::{Round, Shape};
use crate::rounds::signup::{SignUp, State};
use crate::rounds::{life, store};
use crate::store::{StoreError, Tx};

/// How many of the people, from the first on, have not signed up: the first two are played.
const PLAYED: usize = 2;
/// What it is about.
const TOPICS: [&str; 5] = ["Giving talks", "Leading a team", "Rust", "Changing jobs", "Writing"];

/// Opens a round by `by`, for which everybody but the first two has signed up.
pub(super) fn seed(
    tx: &mut Tx<'_>,
    (guild, channel): (GuildId, ChannelId),
    everybody: &[(UserId, &'static str)],
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some((by, _)) = everybody.get(1) else { return Ok(()) };
    let id = Id::new(now);
    let mut round = Round {
        name: "Autumn mentoring".to_owned(),
        shape: Shape::MentorGroups(2),
        until: now + SignedDuration::from_hours(24 * 13),
        about: "An hour every two weeks with somebody who has done what you want to do.".to_owned(),
        topics: TOPICS.map(str::to_owned).to_vec(),
        ..Round::draft((guild, channel), (*by, super::LOCALE, super::ZONE), now)
    };
    for (nth, (user, name)) in everybody.iter().enumerate().skip(PLAYED) {
        let role = if nth % 3 == 2 { Role::Mentor } else { Role::Mentee };
        let mut sign_up = SignUp::new(role, name, now);
        sign_up.state = State::In;
        sign_up.topics = vec![TOPICS[nth % 5].to_owned(), TOPICS[(nth * 2 + 1) % 5].to_owned()];
        sign_up.topics.dedup();
        sign_up.level = Some(if role == Role::Mentor { 4 } else { 2 });
        // Weekday evenings, and a morning of their own.
        let morning = u8::try_from(nth % 5).unwrap_or(0) * 3;
        sign_up.half_days = vec![morning, 2, 5, 11];
        sign_up.half_days.sort_unstable();
        sign_up.half_days.dedup();
        store::put_sign_up(tx, id, *user, &sign_up)?;
    }
    life::open_sign_up(tx, id, &mut round, now)
}
