//! A round as the matching engine takes it. Pure.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::id::UserId;
use crate::rounds::half_days::{next_monday, there};
use crate::rounds::matching::{self, Met, Problem};
use crate::rounds::round::{Round, Shape};
use crate::rounds::signup::SignUp;

/// Somebody who takes part, with the zone of their half-days.
#[derive(Clone, Debug)]
pub struct Taking {
    /// Who.
    pub user: UserId,
    /// What they said of themselves.
    pub sign_up: SignUp,
    /// Their zone.
    pub zone: TimeZone,
}

/// People who were in one group, so many rounds ago.
pub type Before = (u32, Vec<UserId>);

/// The round as the engine takes it; `larger` lets groups be larger by one.
#[must_use]
pub fn problem(
    round: &Round,
    people: &[Taking],
    history: &[Before],
    excluded: &[(UserId, UserId)],
    (larger, now): (bool, Timestamp),
) -> Problem {
    let zone = TimeZone::get(&round.zone).unwrap_or(TimeZone::UTC);
    let monday = next_monday(now, &zone);
    let known = |user: &UserId| people.iter().any(|it| it.user == *user);
    let ids = |all: &[UserId]| all.iter().filter(|user| known(user)).map(id).collect::<Vec<_>>();
    let more = u32::from(larger);
    let people = people.iter().map(|it| {
        let said = &it.sign_up;
        matching::Person {
            id: id(&it.user),
            role: said.role,
            capacity: said.capacity.map(|most| u32::from(most) + more),
            topics: said.topics.iter().map(|topic| (topic.to_lowercase(), 1.0)).collect(),
            level: said.level,
            half_days: there(&said.half_days, &it.zone, &zone, monday),
            languages: if round.languages.len() < 2 { vec![] } else { said.languages.clone() },
            fields: lower(&said.fields),
            goals: lower(&said.goals),
            wishes: ids(&said.wishes),
            avoid: ids(&said.avoid),
        }
    });
    let people: Vec<matching::Person> = people.collect();
    let history = history.iter().filter_map(|(rounds_ago, group)| {
        let people = ids(group);
        (people.len() > 1).then_some(Met { people, rounds_ago: *rounds_ago })
    });
    let excluded = excluded.iter().filter(|(a, b)| known(a) && known(b));
    Problem {
        shape: shape(round.shape, larger),
        history: history.collect(),
        excluded: excluded.map(|(a, b)| [id(a), id(b)]).collect(),
        weights: round.weights,
        people,
        ..Problem::default()
    }
}

/// The shape as the engine has it.
#[must_use]
pub fn shape(shape: Shape, larger: bool) -> matching::Shape {
    let more = u32::from(larger);
    match shape {
        Shape::MentorGroups(most) => matching::Shape::MentorGroups { max_mentees: u32::from(most) + more },
        Shape::Circles(size) => {
            matching::Shape::Circles { min: u32::from(size), max: u32::from(size) + 1 + more }
        }
        Shape::Pairs => matching::Shape::Pairs { trio: true },
    }
}

fn lower(all: &[String]) -> Vec<String> {
    all.iter().map(|it| it.to_lowercase()).collect()
}

/// Somebody's id as the engine has it.
#[must_use]
pub fn id(user: &UserId) -> String {
    user.to_string()
}

/// Who an id of the engine's is.
#[must_use]
pub fn user(id: &str) -> Option<UserId> {
    id.parse().ok().map(UserId)
}
