//! One run of group mentorship in a server: what it is, how far it is, and what may come next.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::matching::{Role, Weights};
use crate::id::{ChannelId, GuildId, Id, MessageId, RoleId, UserId};

/// Most topics, and most languages, of a round: as many as a menu shows.
pub const TOPICS: usize = 25;
/// Most questions of its own that a round asks who signs up.
pub const QUESTIONS: usize = 5;
/// Most characters in a round's name, so that a thread's name has room for it.
pub const NAME: usize = 60;
/// How long after a round's end feedback is waited for.
pub const FEEDBACK: SignedDuration = SignedDuration::from_hours(24 * 7);

/// One run of group mentorship in a server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// Its server.
    pub guild: GuildId,
    /// What it is called.
    pub name: String,
    /// What its groups are.
    pub shape: Shape,
    /// How far it is.
    pub stage: Stage,
    /// Where people sign up, and where its groups' threads are.
    pub channel: ChannelId,
    /// The organizer who opened it.
    pub by: UserId,
    /// The language of what is said in the channel.
    pub locale: String,
    /// The zone in which its times were set.
    pub zone: String,
    /// When sign-up ends.
    pub until: Timestamp,
    /// For how many weeks it runs, 1 to 52.
    pub weeks: u8,
    /// A group meets every so many weeks, 1 to 8.
    pub every: u8,
    /// What it is about, in the organizer's words.
    #[serde(default)]
    pub about: String,
    /// What people can choose from; empty where each names their own.
    #[serde(default)]
    pub topics: Vec<String>,
    /// The languages that people can choose from; empty where all speak one.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Who may sign up; empty for everybody.
    #[serde(default)]
    pub roles: Vec<RoleId>,
    /// What else is asked of who signs up.
    #[serde(default)]
    pub questions: Vec<String>,
    /// How many of a role there is room for.
    #[serde(default)]
    pub places: Vec<(Role, u16)>,
    /// What becomes of those who are left over.
    #[serde(default)]
    pub left_over: LeftOver,
    /// Where groups talk.
    #[serde(default)]
    pub rooms: Rooms,
    /// Whether mentors accept their group before it is published.
    #[serde(default)]
    pub accept: bool,
    /// Whether who took part gets a role at the end.
    #[serde(default)]
    pub badge: bool,
    /// What counts how much in matching.
    #[serde(default)]
    pub weights: Weights,
    /// The letter in the channel by which people sign up.
    #[serde(default)]
    pub board: Option<Id>,
    /// Where that letter stands: what is known of letters themselves is forgotten before a long round ends.
    #[serde(default)]
    pub stands: Option<Stands>,
    /// Whether its organizer was told that it is gone from the channel.
    #[serde(default)]
    pub board_lost: bool,
    /// Whether Kith may manage threads in the channel, so that nobody else need be able to add people to a group's.
    #[serde(default)]
    pub manages_threads: bool,
    /// What keeps its groups from being made.
    #[serde(default)]
    pub stopped: Option<Stopped>,
    /// Since when it runs.
    #[serde(default)]
    pub began: Option<Timestamp>,
    /// When its next step comes by itself: sign-up opens, or groups are published.
    #[serde(default)]
    pub later: Option<Timestamp>,
    /// The programme that it is a run of.
    #[serde(default)]
    pub programme: Option<Id>,
}

/// Where a message of Kith's stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stands {
    /// The channel.
    pub channel: ChannelId,
    /// The message.
    pub message: MessageId,
}

/// What Discord refused while a round's groups were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stopped {
    /// Kith lacks a permission in the channel, or does not see it.
    NotAllowed,
    /// The channel is gone.
    NoChannel,
    /// The server has as many active threads, or channels, as Discord allows.
    Full,
    /// Something else: Discord's code.
    Other(u64),
}

impl Stopped {
    /// What one of Discord's codes means here (Discord: "Opcodes and Status Codes", "JSON").
    #[must_use]
    pub fn of(code: u64) -> Self {
        match code {
            50_001 | 50_013 => Self::NotAllowed,
            10_003 | 10_004 | 50_024 => Self::NoChannel,
            160_006 | 30_013 => Self::Full,
            code => Self::Other(code),
        }
    }
}

/// What the groups of a round are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// One mentor with up to so many mentees, and a sponsor where there is one.
    MentorGroups(u8),
    /// Circles of so many peers, or one more.
    Circles(u8),
    /// Pairs of peers; one group of three where the count is odd.
    Pairs,
}

impl Shape {
    /// Every shape that can be chosen, each with the word by which it is.
    pub const ALL: [(Self, &'static str); 12] = [
        (Self::MentorGroups(1), "mentors-1"),
        (Self::MentorGroups(2), "mentors-2"),
        (Self::MentorGroups(3), "mentors-3"),
        (Self::MentorGroups(4), "mentors-4"),
        (Self::MentorGroups(5), "mentors-5"),
        (Self::MentorGroups(8), "mentors-8"),
        (Self::Circles(3), "circles-3"),
        (Self::Circles(4), "circles-4"),
        (Self::Circles(5), "circles-5"),
        (Self::Circles(6), "circles-6"),
        (Self::Circles(8), "circles-8"),
        (Self::Pairs, "pairs"),
    ];

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(it, _)| *it == self).map_or("", |(_, word)| word)
    }

    /// The shape behind a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(it, _)| *it)
    }

    /// As whom people can sign up.
    #[must_use]
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::MentorGroups(_) => &[Role::Mentor, Role::Mentee, Role::Sponsor],
            Self::Circles(_) | Self::Pairs => &[Role::Peer],
        }
    }
}

/// How far a round is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stage {
    /// Only its organizers know of it.
    Draft,
    /// People sign up.
    SignUp,
    /// Sign-up is over; groups are being found.
    Matching,
    /// Its groups are being made in the server.
    Publishing,
    /// Its groups meet.
    Running,
    /// Its groups have met; everybody is asked for feedback.
    Closing,
    /// It is over.
    Closed,
    /// It was called off.
    Cancelled,
}

impl Stage {
    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::SignUp => "sign-up",
            Self::Matching => "matching",
            Self::Publishing => "publishing",
            Self::Running => "running",
            Self::Closing => "closing",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether a round may go from here to there. Forwards one step at a time; backwards only while
    /// nothing has gone out: sign-up can be opened again until groups are published.
    #[must_use]
    pub fn leads_to(self, next: Self) -> bool {
        use Stage as S;
        matches!(
            (self, next),
            (S::Draft, S::SignUp)
                | (S::SignUp, S::Matching)
                | (S::Matching, S::SignUp | S::Publishing)
                | (S::Publishing, S::Running)
                | (S::Running, S::Closing)
                | (S::Closing, S::Closed)
        ) || (next == S::Cancelled && self < S::Closed)
    }

    /// Whether the round still has something before it.
    #[must_use]
    pub fn is_open(self) -> bool {
        self < Self::Closed
    }
}

/// What becomes of those who are left over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LeftOver {
    /// They get the places that become free while the round runs.
    #[default]
    WaitList,
    /// Groups may be larger by one.
    LargerGroups,
    /// They are first in the next round.
    NextRound,
}

impl LeftOver {
    /// Each with its word.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::WaitList, "wait-list"),
        (Self::LargerGroups, "larger-groups"),
        (Self::NextRound, "next-round"),
    ];
}

/// Where groups talk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rooms {
    /// In private threads of the round's channel.
    #[default]
    Threads,
    /// In private channels.
    Channels,
}

impl Round {
    /// A round of a server as it is before anybody has said more: its channel, who opens it with their language and
    /// zone, and when.
    #[must_use]
    pub fn draft(
        (guild, channel): (GuildId, ChannelId),
        (by, locale, zone): (UserId, &str, &str),
        now: Timestamp,
    ) -> Self {
        Self {
            guild,
            name: String::new(),
            shape: Shape::MentorGroups(3),
            stage: Stage::Draft,
            channel,
            by,
            locale: locale.to_owned(),
            zone: zone.to_owned(),
            until: now,
            weeks: 12,
            every: 2,
            about: String::new(),
            topics: vec![],
            languages: vec![],
            roles: vec![],
            questions: vec![],
            places: vec![],
            left_over: LeftOver::default(),
            rooms: Rooms::default(),
            accept: false,
            badge: false,
            weights: Weights::default(),
            board: None,
            stands: None,
            board_lost: false,
            manages_threads: false,
            stopped: None,
            began: None,
            later: None,
            programme: None,
        }
    }

    /// When a round that began then ends.
    #[must_use]
    pub fn ends(&self, began: Timestamp) -> Timestamp {
        began + SignedDuration::from_hours(24 * 7 * i64::from(self.weeks))
    }

    /// When its groups are to have met for the `nth` time, from 1, in a round that began then.
    #[must_use]
    pub fn meets(&self, began: Timestamp, nth: u16) -> Timestamp {
        began + SignedDuration::from_hours(24 * 7 * i64::from(self.every) * i64::from(nth))
    }

    /// How often its groups meet.
    #[must_use]
    pub fn meetings(&self) -> u16 {
        u16::from(self.weeks / self.every.max(1)).max(1)
    }

    /// How many of a role there is room for; `None` where there is no end.
    #[must_use]
    pub fn room_for(&self, role: Role) -> Option<u16> {
        self.places.iter().find(|(of, _)| *of == role).map(|(_, most)| *most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_goes_forwards_and_sign_up_can_be_opened_again() {
        use Stage as S;
        let way = [S::Draft, S::SignUp, S::Matching, S::Publishing, S::Running, S::Closing, S::Closed];
        assert!(way.windows(2).all(|step| step[0].leads_to(step[1])));
        assert!(S::Matching.leads_to(S::SignUp) && !S::Running.leads_to(S::Matching));
        assert!(!S::Draft.leads_to(S::Running) && !S::Closed.leads_to(S::Cancelled));
        assert!(way[..6].iter().all(|stage| stage.leads_to(S::Cancelled)));
    }

    #[test]
    fn every_shape_has_a_word_of_its_own() {
        assert!(
            Shape::ALL.iter().all(|(shape, word)| Shape::of(word) == Some(*shape) && shape.word() == *word)
        );
    }
}
