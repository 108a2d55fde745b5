//! What somebody says of a round that they took part in.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::id::UserId;
use crate::rounds::group::Group;

/// Most characters in one of its texts.
pub const TEXT: u16 = 1_000;
/// How long after everybody was asked those are reminded who have not answered.
pub const REMIND: SignedDuration = SignedDuration::from_hours(24 * 4);
/// How long after `/organize close` the requests go out, so that it can be taken back.
pub const GRACE: SignedDuration = SignedDuration::from_mins(2);

/// What somebody says of a round, as far as they have.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Feedback {
    /// What they learned.
    #[serde(default)]
    pub learned: String,
    /// What they valued.
    #[serde(default)]
    pub valued: String,
    /// Whether they would do it again.
    #[serde(default)]
    pub again: Option<Again>,
    /// Who may read their words, and whether with their name.
    #[serde(default)]
    pub open: Open,
    /// When they answered first.
    #[serde(default)]
    pub answered: Option<Timestamp>,
    /// Whether they were reminded.
    #[serde(default)]
    pub reminded: bool,
    /// Whether they got the badge.
    #[serde(default)]
    pub badge: bool,
}

/// Whether somebody would do it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Again {
    /// Yes.
    Yes,
    /// Perhaps.
    Maybe,
    /// No.
    No,
}

impl Again {
    /// Each with its word.
    pub const ALL: [(Self, &'static str); 3] = [(Self::Yes, "yes"), (Self::Maybe, "maybe"), (Self::No, "no")];

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(it, _)| *it == self).map_or("", |(_, word)| word)
    }

    /// What it counts where answers are added up: 1, one half, 0.
    #[must_use]
    pub fn share(self) -> f64 {
        match self {
            Self::Yes => 1.0,
            Self::Maybe => 0.5,
            Self::No => 0.0,
        }
    }
}

/// Who reads somebody's words beside the organizers, who read all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Open {
    /// The organizers alone, without the name.
    #[default]
    Organizers,
    /// The mentor too, without the name.
    Unnamed,
    /// The mentor too, and everybody with the name.
    Named,
}

impl Open {
    /// Each with its word.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Organizers, "organizers"), (Self::Unnamed, "unnamed"), (Self::Named, "named")];

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(it, _)| *it == self).map_or("", |(_, word)| word)
    }

    /// What somebody in a group can choose. The only mentee of a mentor is known by what they write: they cannot
    /// choose to be unnamed there.
    #[must_use]
    pub fn choices(user: UserId, group: &Group) -> Vec<Self> {
        let mentees = mentees(group);
        match group.mentor {
            Some(_) if mentees.contains(&user) && mentees.len() > 1 => {
                vec![Self::Organizers, Self::Unnamed, Self::Named]
            }
            _ => vec![Self::Organizers, Self::Named],
        }
    }
}

/// Those of a group who are neither its mentor nor its sponsor.
#[must_use]
pub fn mentees(group: &Group) -> Vec<UserId> {
    let leads = |user: &UserId| group.mentor == Some(*user) || group.sponsor == Some(*user);
    group.people.iter().copied().filter(|user| group.mentor.is_some() && !leads(user)).collect()
}

impl Feedback {
    /// Whether there is something in it that others can read.
    #[must_use]
    pub fn has_words(&self) -> bool {
        !self.learned.is_empty() || !self.valued.is_empty()
    }

    /// Notes that something was answered.
    #[must_use]
    pub fn at(self, now: Timestamp) -> Self {
        let says = self.has_words() || self.again.is_some();
        Self { answered: self.answered.or(says.then_some(now)), ..self }
    }
}

/// What a mentor may read of their group: with the name where it was allowed, the others in an order that tells
/// nothing of who they are.
#[must_use]
pub fn for_mentor<'a>(
    group: &Group,
    of: impl Fn(UserId) -> Option<&'a Feedback>,
) -> Vec<(Option<UserId>, &'a Feedback)> {
    let said = mentees(group).into_iter().filter_map(|user| of(user).map(|it| (user, it)));
    let mut all: Vec<_> = said
        .filter(|(_, it)| it.has_words() && it.open != Open::Organizers)
        .map(|(user, it)| ((it.open == Open::Named).then_some(user), it))
        .collect();
    all.sort_by(|(one, its), (other, others)| {
        (other.is_some(), one, &its.learned, &its.valued).cmp(&(
            one.is_some(),
            other,
            &others.learned,
            &others.valued,
        ))
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const MENTOR: UserId = UserId(9);

    fn group(mentees: &[u64]) -> Group {
        let people = [MENTOR].into_iter().chain(mentees.iter().map(|id| UserId(*id))).collect();
        Group { people, mentor: Some(MENTOR), ..Group::default() }
    }

    fn said(learned: &str, open: Open) -> Feedback {
        Feedback { learned: learned.to_owned(), open, ..Feedback::default() }
    }

    #[test]
    fn a_mentor_reads_what_was_allowed_and_a_name_only_where_that_was() {
        let group = group(&[1, 2, 3, 4, 5]);
        let all = [
            said("much", Open::Unnamed),
            said("secret", Open::Organizers),
            said("a little", Open::Unnamed),
            said("to ask", Open::Named),
            said("", Open::Named),
        ];
        let read = for_mentor(&group, |user| all.get(usize::try_from(user.0).unwrap() - 1));
        let read: Vec<_> = read.iter().map(|(name, it)| (*name, it.learned.as_str())).collect();
        assert_eq!(read, [(Some(UserId(4)), "to ask"), (None, "a little"), (None, "much")]);
    }

    #[test]
    fn the_only_mentee_is_known_by_what_they_write() {
        assert_eq!(Open::choices(UserId(1), &group(&[1])), [Open::Organizers, Open::Named]);
        assert_eq!(Open::choices(UserId(1), &group(&[1, 2])).len(), 3);
        assert_eq!(Open::choices(MENTOR, &group(&[1, 2])).len(), 2);
    }

    #[test]
    fn who_chose_or_wrote_has_answered() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(Feedback::default().at(now).answered, None);
        assert_eq!(Feedback { again: Some(Again::No), ..Feedback::default() }.at(now).answered, Some(now));
        assert_eq!(said("much", Open::Named).at(now).answered, Some(now));
    }
}
