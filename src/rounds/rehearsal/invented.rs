//! People who take part in a rehearsal, and nowhere else. Pure.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::id::UserId;
use crate::rounds::half_days::HALF_DAYS;
use crate::rounds::matching::Role;
use crate::rounds::plan::problem::Taking;
use crate::rounds::round::{Round, Shape};
use crate::rounds::signup::{SignUp, State};

/// How many are invented.
const PEOPLE: usize = 14;
/// Thursday evening.
const EVENING: u8 = 11;
/// Where some of them live, beside the round's own zone.
const ZONES: [&str; 3] = ["Europe/Berlin", "America/New_York", "Asia/Kolkata"];

/// People who sign up for a round, with these names, the same each time.
#[must_use]
pub fn people(round: &Round, names: &[&str], own_topics: &[&str], now: Timestamp) -> Vec<Taking> {
    let topics: Vec<String> = if round.topics.is_empty() {
        own_topics.iter().map(|it| (*it).to_owned()).collect()
    } else {
        round.topics.clone()
    };
    (0..PEOPLE.min(names.len())).map(|nth| one(round, names[nth], &topics, nth, now)).collect()
}

/// Which of several things comes to somebody: spread, and the same each time.
fn spread(nth: usize, salt: usize, of: usize) -> usize {
    (nth * 7 + salt * 5 + nth * nth) % of.max(1)
}

fn one(round: &Round, name: &str, topics: &[String], nth: usize, now: Timestamp) -> Taking {
    let role = match round.shape {
        Shape::MentorGroups(_) => match nth % 7 {
            0 | 4 => Role::Mentor,
            6 if nth == 6 => Role::Sponsor,
            _ => Role::Mentee,
        },
        Shape::Circles(_) | Shape::Pairs => Role::Peer,
    };
    let mut sign_up = SignUp::new(role, name, now);
    sign_up.state = State::In;
    let picks = [spread(nth, 1, topics.len()), spread(nth, 2, topics.len())];
    for pick in picks {
        if let Some(topic) = topics.get(pick).filter(|topic| !sign_up.topics.contains(topic)) {
            sign_up.topics.push(topic.clone());
        }
    }
    let level = if role == Role::Mentor { 4 } else { 1 + nth % 3 };
    sign_up.level = u8::try_from(level).ok();
    let days = [0, 2, 4, 6, 8, 9, 11, 13].map(|salt| spread(nth, salt, usize::from(HALF_DAYS) - 6));
    sign_up.half_days = days.iter().filter_map(|day| u8::try_from(*day).ok()).collect();
    // An evening that most of the same zone have.
    sign_up.half_days.push(EVENING);
    sign_up.half_days.sort_unstable();
    sign_up.half_days.dedup();
    sign_up.languages.extend(round.languages.first().cloned());
    let zone = if nth % 3 == 2 { ZONES[nth % ZONES.len()] } else { round.zone.as_str() };
    // Far above every snowflake that Discord gives.
    let user = UserId(u64::MAX - u64::try_from(nth).unwrap_or(0));
    Taking { user, sign_up, zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC) }
}
