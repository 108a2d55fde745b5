//! What somebody says of themselves to take part in a round.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::matching::Role;
use super::round::{Round, Stage};
use crate::id::{RoleId, UserId};

/// Most people that somebody can wish for, and that they can avoid.
pub const PEOPLE: u8 = 10;
/// Most topics of their own, goals, and fields.
pub const WORDS: usize = 10;
/// Most characters of one of them, and of an answer.
pub const WORD: usize = 100;
/// Most mentees that a mentor can take, and groups that a sponsor can.
pub const CAPACITY: u8 = 20;

/// Somebody's sign-up for a round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignUp {
    /// As whom.
    pub role: Role,
    /// What they are called in the server.
    pub name: String,
    /// How far it is.
    pub state: State,
    /// When they began, or last took part again.
    pub since: Timestamp,
    /// What they want to talk about.
    #[serde(default)]
    pub topics: Vec<String>,
    /// How far they are, 1 to 5.
    #[serde(default)]
    pub level: Option<u8>,
    /// What they want to reach.
    #[serde(default)]
    pub goals: Vec<String>,
    /// Where they work, or come from.
    #[serde(default)]
    pub fields: Vec<String>,
    /// When they have time: half-days of their own week.
    #[serde(default)]
    pub half_days: Vec<u8>,
    /// Which of the round's languages they speak.
    #[serde(default)]
    pub languages: Vec<String>,
    /// How many mentees, or groups, they take; `None` for what is usual.
    #[serde(default)]
    pub capacity: Option<u8>,
    /// With whom they would like to be. Organizers see it where it comes true: as a reason for a group.
    #[serde(default)]
    pub wishes: Vec<UserId>,
    /// With whom they must not be. Nobody else ever sees it.
    #[serde(default)]
    pub avoid: Vec<UserId>,
    /// What they answered to the round's own questions.
    #[serde(default)]
    pub answers: Vec<String>,
    /// In how many rounds before they were left over in a row: they come first.
    #[serde(default)]
    pub waited: u8,
    /// Whether they, left over, do not want to wait for a place.
    #[serde(default)]
    pub off_list: bool,
    /// Whether those who did not finish were reminded.
    #[serde(default)]
    pub reminded: bool,
}

/// How far a sign-up is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// They began, and have not said that it is all.
    Begun,
    /// They take part.
    In,
    /// They took it back.
    Withdrawn,
    /// They left a round that ran, or the server.
    Left,
}

/// Why somebody cannot sign up so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The round has not begun to take people.
    #[error("sign-up has not begun")]
    NotYet,
    /// Sign-up is over.
    #[error("sign-up is over")]
    Over,
    /// They have none of the roles that may sign up.
    #[error("only for some roles")]
    NotForThem,
    /// The round has no such role.
    #[error("the round has no such role")]
    NoSuchRole,
    /// There is no room for more of their role.
    #[error("no room for more")]
    Full(Role, u16),
    /// They wish for a bot, or avoid one.
    #[error("a bot takes no part")]
    Bot(UserId),
    /// They named themselves as wished for or to be avoided.
    #[error("they named themselves")]
    Themselves,
    /// They wish for somebody and avoid them.
    #[error("both wished for and avoided")]
    Both(UserId),
    /// Something that a match needs is missing.
    #[error("something is missing")]
    Missing(Missing),
}

/// What a match needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Something to talk about.
    Topics,
    /// A time to meet.
    HalfDays,
    /// A language.
    Languages,
}

impl SignUp {
    /// A sign-up that was just begun.
    #[must_use]
    pub fn new(role: Role, name: &str, now: Timestamp) -> Self {
        Self {
            role,
            name: name.to_owned(),
            state: State::Begun,
            since: now,
            topics: vec![],
            level: None,
            goals: vec![],
            fields: vec![],
            half_days: vec![],
            languages: vec![],
            capacity: None,
            wishes: vec![],
            avoid: vec![],
            answers: vec![],
            waited: 0,
            off_list: false,
            reminded: false,
        }
    }

    /// Whether nothing in it contradicts itself, where `own` is whose it is.
    ///
    /// # Errors
    /// They named themselves, or somebody as both wished for and avoided.
    pub fn consistent(&self, own: UserId) -> Result<(), Refusal> {
        if self.wishes.contains(&own) || self.avoid.contains(&own) {
            return Err(Refusal::Themselves);
        }
        match self.wishes.iter().find(|user| self.avoid.contains(user)) {
            Some(both) => Err(Refusal::Both(*both)),
            None => Ok(()),
        }
    }

    /// Whether it can be taken as it is: what a match needs is there, and nothing contradicts itself.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn complete(&self, round: &Round, own: UserId) -> Result<(), Refusal> {
        self.consistent(own)?;
        let missing = if self.topics.is_empty() {
            Some(Missing::Topics)
        } else if self.half_days.is_empty() {
            Some(Missing::HalfDays)
        } else if round.languages.len() > 1 && self.languages.is_empty() {
            Some(Missing::Languages)
        } else {
            None
        };
        missing.map_or(Ok(()), |missing| Err(Refusal::Missing(missing)))
    }
}

/// Whether somebody with these roles in the server may sign up as `role` now, where `taken` of the role
/// are in already. In a DM Discord tells of no roles: who began in the server goes on there.
///
/// # Errors
/// See [`Refusal`].
pub fn may(
    round: &Round,
    role: Role,
    roles: Option<&[RoleId]>,
    taken: usize,
    now: Timestamp,
) -> Result<(), Refusal> {
    match round.stage {
        Stage::Draft => return Err(Refusal::NotYet),
        Stage::SignUp if now < round.until => {}
        _ => return Err(Refusal::Over),
    }
    let fits = roles.is_none_or(|roles| round.roles.iter().any(|of| roles.contains(of)));
    if !round.roles.is_empty() && !fits {
        return Err(Refusal::NotForThem);
    }
    if !round.shape.roles().contains(&role) {
        return Err(Refusal::NoSuchRole);
    }
    match round.room_for(role) {
        Some(most) if taken >= usize::from(most) => Err(Refusal::Full(role, most)),
        _ => Ok(()),
    }
}

/// What was typed as a list: by commas, semicolons or lines, each once, at most [`WORDS`] of at most
/// [`WORD`] characters.
#[must_use]
pub fn words(typed: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for word in typed.split([',', ';', '\n']) {
        let word: String = word.split_whitespace().collect::<Vec<_>>().join(" ");
        let known = all.iter().any(|it| it.to_lowercase() == word.to_lowercase());
        if !word.is_empty() && !known && all.len() < WORDS {
            all.push(word.chars().take(WORD).collect());
        }
    }
    all
}
