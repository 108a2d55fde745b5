//! Whom the people of the demo know, as if they had used Kith for a while.

use std::path::Path;

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};

use super::round;
use crate::connections::forms::Typed;
use crate::connections::{self, Connection, Touch, What, rhythm};
use crate::id::{ChannelId, GuildId, Id, UserId};
use crate::members::{self, Member};
use crate::store::{Store, StoreError, Tx};

/// How many people the first person knows, and how many the others.
const KNOWN: (usize, usize) = (4, 3);

/// The people of the demo: all, and those of them who have no network yet.
#[derive(Default)]
pub(super) struct Newcomers {
    /// Ids and names.
    pub everybody: Vec<(UserId, &'static str)>,
    /// Who is new.
    pub new: Vec<UserId>,
    /// The server and its second channel, where they are new.
    pub place: Option<(GuildId, ChannelId)>,
}

/// Gives those who are new a network.
pub(super) async fn seed(path: &Path, people: &Newcomers, now: Timestamp) -> anyhow::Result<()> {
    if people.new.is_empty() {
        return Ok(());
    }
    let store = Store::open(path)?;
    store
        .write(|tx| -> Result<(), StoreError> {
            for (at, (user, _)) in people.everybody.iter().enumerate() {
                if people.new.contains(user) {
                    settle(tx, *user, &network(at, &people.everybody), now)?;
                }
            }
            if let Some(place) = people.place {
                round::seed(tx, place, &people.everybody, now)?;
            }
            Ok(())
        })
        .await?;
    store.close().await?;
    Ok(())
}

/// Makes somebody a member who knows these people.
fn settle(tx: &mut Tx<'_>, user: UserId, network: &[Known], now: Timestamp) -> Result<(), StoreError> {
    let hour = Time::constant(9, 0, 0, 0);
    let member = Member::new(super::ZONE, hour, super::LOCALE, days_before(now, 120));
    members::store::put(tx, user, &member)?;
    crate::delivery::open_dm(tx, user, now)?;
    network.iter().try_for_each(|known| introduce(tx, user, &member, known, now))
}

fn days_before(now: Timestamp, days: i64) -> Timestamp {
    now - SignedDuration::from_hours(24 * days)
}

/// Somebody in a network of the demo, and the touches there were: what, how many days ago, what was noted.
struct Known {
    typed: Typed,
    added: i64,
    touches: &'static [(What, i64, &'static str)],
}

/// The network of the person with the number `of`: some of those outside, and the next one in the server.
fn network(of: usize, everybody: &[(UserId, &str)]) -> Vec<Known> {
    let (from, count) = if of == 0 { (0, KNOWN.0) } else { (of * 2 + 1, KNOWN.1) };
    let outside = acquaintances();
    let places = outside.len();
    let mut chosen: Vec<usize> = (from..from + count).map(|place| place % places).collect();
    chosen.sort_unstable();
    let mut all: Vec<Known> = outside
        .into_iter()
        .enumerate()
        .filter(|(place, _)| chosen.contains(place))
        .map(|(_, known)| known)
        .collect();
    if let Some((user, name)) = everybody.get((of + 1) % everybody.len()) {
        let mut peer = known(name, "peer", ("this server", "open source", "every 6 weeks"), 20, &[]);
        peer.typed.member = Some(*user);
        all.push(peer);
    }
    all
}

fn known(
    name: &str,
    relationship: &str,
    (met, tags, every): (&str, &str, &str),
    added: i64,
    touches: &'static [(What, i64, &'static str)],
) -> Known {
    let typed = Typed {
        name: name.to_owned(),
        relationship: relationship.to_owned(),
        met: met.to_owned(),
        tags: tags.to_owned(),
        every: every.to_owned(),
        ..Typed::default()
    };
    Known { typed, added, touches }
}

/// People outside the server. The first ones are the first person's, and their turns come for different reasons.
fn acquaintances() -> Vec<Known> {
    vec![
        known(
            "Grace Hopper",
            "mentor",
            ("the compiler meetup", "compilers, careers", "every 6 weeks"),
            110,
            &[
                (What::Met, 90, "coffee; she is moving to compilers"),
                (What::Asked, 60, "a review of my talk"),
                (What::Received, 40, "three pages of notes on the talk"),
            ],
        ),
        known(
            "Sam Okafor",
            "colleague",
            ("the platform team", "rust, databases", "every month"),
            100,
            &[(What::Chat, 25, "the migration went well"), (What::Gave, 20, "an introduction to Priya")],
        ),
        known(
            "Priya Nair",
            "peer",
            ("RustConf", "rust, public speaking", "every 8 weeks"),
            80,
            &[(What::Call, 45, "she plans a workshop on async")],
        ),
        known(
            "Tomás Ruiz",
            "mentee",
            ("the spring round", "first job", "every 2 weeks"),
            30,
            &[(What::Call, 9, "he has two interviews next week")],
        ),
        known(
            "Lena Fischer",
            "manager",
            ("my last team", "hiring, planning", "every 2 months"),
            115,
            &[(What::Met, 50, "lunch; she builds a team in Porto")],
        ),
        known(
            "Marcus Webb",
            "sponsor",
            ("the architecture guild", "databases, careers", "every 6 weeks"),
            90,
            &[
                (What::Received, 70, "he put my name forward for the guild"),
                (What::Gave, 33, "numbers for his talk"),
            ],
        ),
        known(
            "Yuki Tanaka",
            "peer",
            ("a hackathon in Lyon", "accessibility, web", "every 10 weeks"),
            60,
            &[(What::Message, 21, "her library has its first release")],
        ),
        known(
            "Omar Haddad",
            "mentee",
            ("the winter round", "go, interviews", "every 3 weeks"),
            45,
            &[(What::Call, 12, "he wants to practise system design")],
        ),
    ]
}

fn introduce(
    tx: &mut Tx<'_>,
    owner: UserId,
    member: &Member,
    one: &Known,
    now: Timestamp,
) -> Result<(), StoreError> {
    // Each of them can be read: a test looks.
    let Ok(fields) = one.typed.read(&member.asker(now), usize::MAX) else { return Ok(()) };
    let mut connection = Connection {
        member: one.typed.member,
        relationship: fields.relationship,
        met: fields.met,
        tags: fields.tags,
        every: fields.every,
        note: fields.note,
        ..Connection::new(Id::new(now), fields.name, days_before(now, one.added))
    };
    connection.turn = rhythm::turn(&connection, member, now);
    connections::store::put(tx, owner, &connection)?;
    for (what, days, note) in one.touches {
        let at = days_before(now, *days);
        let touch = Touch { what: *what, at, note: Some((*note).to_owned()), feedback: false, turned: None };
        connections::store::log(tx, owner, member, &mut connection, &touch, now)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn everybody_new_gets_a_network_and_nobody_gets_one_twice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store");
        let now: Timestamp = "2033-03-01T10:00:00Z".parse().unwrap();
        let everybody = vec![(UserId(1), "Ana"), (UserId(2), "Ben"), (UserId(3), "Chloé")];
        let people = |new: &[u64]| Newcomers {
            place: None,
            everybody: everybody.clone(),
            new: new.iter().copied().map(UserId).collect(),
        };
        seed(&path, &people(&[1, 2]), now).await.unwrap();
        seed(&path, &people(&[]), now).await.unwrap();
        seed(&path, &people(&[3]), now).await.unwrap();
        let store = Store::open(&path).unwrap();
        let of = |user| store.read(|tx| connections::store::network(tx, UserId(user))).unwrap().len();
        assert_eq!((of(1), of(2), of(3)), (5, 4, 4));
    }

    #[test]
    fn all_that_is_told_of_them_can_be_read() {
        let now = Timestamp::UNIX_EPOCH;
        let asker =
            crate::when::Asker::new(now, jiff::tz::TimeZone::UTC, Time::constant(9, 0, 0, 0), "en-GB");
        for one in acquaintances() {
            assert!(one.typed.read(&asker, 6000).is_ok(), "{}", one.typed.name);
        }
    }
}
