//! Groups that somebody made by hand: how good they are, or which rule they break.

use std::collections::HashMap;

use super::known::{FORBIDDEN, Known};
use super::outcome::Outcome;
use super::problem::{Problem, Role, Shape};
use super::team::{Team, outcome, pairs};

/// A rule that a group breaks, which nothing makes up for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// Nobody has this id.
    #[error("nobody has the id {0:?}")]
    Unknown(String),
    /// Somebody is in two groups, or in one twice. (A sponsor may stand behind as many as they take.)
    #[error("{0:?} is in a group already")]
    Twice(String),
    /// Somebody's role has no place in groups of this shape.
    #[error("{0:?} has a role that these groups do not have")]
    RoleNotInShape(String),
    /// Somebody avoids somebody. Who avoids whom is private.
    #[error("{by:?} avoids {whom:?}")]
    Avoided {
        /// Who avoids.
        by: String,
        /// Whom.
        whom: String,
    },
    /// An organizer excluded this pair.
    #[error("{0:?} and {1:?} are not to be together")]
    Excluded(String, String),
    /// These two both name languages, but none in common.
    #[error("{0:?} and {1:?} have no language in common")]
    NoCommonLanguage(String, String),
    /// Only named pairs may be together, and this one is not.
    #[error("{0:?} and {1:?} are not a pair that was named")]
    NotNamed(String, String),
    /// A group without a mentor.
    #[error("the group of {0:?} has no mentor")]
    NoMentor(String),
    /// A group with two mentors.
    #[error("{0:?} and {1:?} are both mentors")]
    TwoMentors(String, String),
    /// A group with two sponsors.
    #[error("{0:?} and {1:?} are both sponsors")]
    TwoSponsors(String, String),
    /// A mentor, or a sponsor, alone.
    #[error("the group of {0:?} has no mentee")]
    NoMentee(String),
    /// More mentees than the mentor takes, or more groups than the sponsor does.
    #[error("{id:?} takes {room}, not {given}")]
    OverCapacity {
        /// The mentor or sponsor.
        id: String,
        /// How many they take.
        room: u32,
        /// How many they would have.
        given: usize,
    },
    /// A group with fewer people than the shape has.
    #[error("a group of {people} is too small: {least} at least")]
    TooSmall {
        /// How many are in it.
        people: usize,
        /// How many have to be.
        least: usize,
    },
    /// A group with more people than the shape has.
    #[error("a group of {people} is too large: {most} at most")]
    TooLarge {
        /// How many are in it.
        people: usize,
        /// How many may be.
        most: usize,
    },
}

/// What groups that were made by hand come to; the bound is unknown and stands as 0.
///
/// Each group is its people's ids: who is mentor or sponsor is told by their roles.
///
/// # Errors
/// All rules that are broken, group by group.
pub fn judge(problem: &Problem, groups: &[Vec<String>]) -> Result<Outcome, Vec<Broken>> {
    let known = Known::new(problem);
    teams(&known, groups).map(|teams| outcome(&known, teams))
}

/// Groups by number, once no rule is broken.
pub(super) fn teams(known: &Known<'_>, groups: &[Vec<String>]) -> Result<Vec<Team>, Vec<Broken>> {
    let mut broken = Vec::new();
    let mut seen: HashMap<u32, usize> = HashMap::new();
    let mut trios = 0;
    let mut teams = Vec::new();
    for ids in groups {
        let mut numbers = Vec::new();
        for id in ids {
            let Some(number) = known.number(id) else {
                broken.push(Broken::Unknown(id.clone()));
                continue;
            };
            let role = known.features[number as usize].role;
            if !known.problem.shape.has(role) {
                broken.push(Broken::RoleNotInShape(id.clone()));
            }
            let before = seen.entry(number).or_default();
            if numbers.contains(&number) || (*before > 0 && role != Role::Sponsor) {
                broken.push(Broken::Twice(id.clone()));
                continue;
            }
            *before += 1;
            numbers.push(number);
        }
        numbers.sort_unstable();
        let most_trios = trio_of(known);
        let team = split(known, &numbers, &mut broken);
        sizes(known, &team, trios < most_trios, &mut broken);
        trios += usize::from(team.members.len() == 3);
        together(known, &team, &mut broken);
        teams.push(team);
    }
    for (number, groups) in seen {
        let room = known.room(number);
        if known.features[number as usize].role == Role::Sponsor && groups > room as usize {
            broken.push(Broken::OverCapacity { id: known.id(number).to_owned(), room, given: groups });
        }
    }
    if broken.is_empty() { Ok(teams) } else { Err(broken) }
}

/// How many groups of three there may be among pairs.
pub(super) fn trio_of(known: &Known<'_>) -> usize {
    let odd = known.all(Role::Peer).len() % 2 == 1;
    usize::from(matches!(known.problem.shape, Shape::Pairs { trio: true }) && odd)
}

/// Who is who in a group.
fn split(known: &Known<'_>, numbers: &[u32], broken: &mut Vec<Broken>) -> Team {
    let mut team = Team::default();
    let id = |number: u32| known.id(number).to_owned();
    for number in numbers.iter().copied() {
        match known.features[number as usize].role {
            Role::Mentor => match team.mentor {
                Some(before) => broken.push(Broken::TwoMentors(id(before), id(number))),
                None => team.mentor = Some(number),
            },
            Role::Sponsor => match team.sponsor {
                Some(before) => broken.push(Broken::TwoSponsors(id(before), id(number))),
                None => team.sponsor = Some(number),
            },
            Role::Mentee | Role::Peer => team.members.push(number),
        }
    }
    team
}

fn sizes(known: &Known<'_>, team: &Team, trio: bool, broken: &mut Vec<Broken>) {
    let people = team.members.len();
    let (least, most) = match known.problem.shape {
        Shape::MentorGroups { .. } => {
            let first = team.people().first().map(|number| known.id(*number).to_owned()).unwrap_or_default();
            match team.mentor {
                None => broken.push(Broken::NoMentor(first)),
                Some(_) if people == 0 => broken.push(Broken::NoMentee(first)),
                Some(mentor) if people > known.room(mentor) as usize => {
                    let (id, room) = (known.id(mentor).to_owned(), known.room(mentor));
                    broken.push(Broken::OverCapacity { id, room, given: people });
                }
                Some(_) => {}
            }
            return;
        }
        Shape::Pairs { .. } => (2, 2 + usize::from(trio)),
        Shape::Circles { min, max } => (min as usize, max as usize),
    };
    if people < least {
        broken.push(Broken::TooSmall { people, least });
    } else if people > most {
        broken.push(Broken::TooLarge { people, most });
    }
}

/// Whether all in a group may be together.
fn together(known: &Known<'_>, team: &Team, broken: &mut Vec<Broken>) {
    let sponsored =
        team.sponsor.into_iter().flat_map(|sponsor| team.members.iter().map(move |m| (sponsor, *m)));
    let counted: Vec<(u32, u32)> = team.pairs().into_iter().chain(sponsored).collect();
    for (a, b) in pairs(&team.people()) {
        let (of_a, of_b) = (known.people[a as usize], known.people[b as usize]);
        let ids = || (of_a.id.clone(), of_b.id.clone());
        if of_a.avoid.contains(&of_b.id) {
            broken.push(Broken::Avoided { by: of_a.id.clone(), whom: of_b.id.clone() });
        } else if of_b.avoid.contains(&of_a.id) {
            broken.push(Broken::Avoided { by: of_b.id.clone(), whom: of_a.id.clone() });
        } else if known.between(a, b).apart {
            let (a, b) = ids();
            broken.push(Broken::Excluded(a, b));
        } else if !known.talk(a, b) {
            let (a, b) = ids();
            broken.push(Broken::NoCommonLanguage(a, b));
        } else if (counted.contains(&(a, b)) || counted.contains(&(b, a))) && known.fit(a, b) == FORBIDDEN {
            let (a, b) = ids();
            broken.push(Broken::NotNamed(a, b));
        }
    }
}
