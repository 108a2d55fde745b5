//! What is kept of connections and touches. A connection and its next nudge on the agenda are
//! always written together.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::who::{self, Written};
use super::{Connection, Ledger, Touch, Turn, rhythm};
use crate::agenda;
use crate::discord::app::Keep;
use crate::id::{Id, Owned, UserId};
use crate::members::store::move_along;
use crate::members::{Member, UNDO};
use crate::store::{Index, Record, StoreError, Table, Tx};
use crate::when::{By, Coming, Moved};

/// Whose agenda entries say that a connection's nudge is due.
pub const TURN: &str = "turn";
/// Whose agenda entries say that a removed connection is to be forgotten.
pub const FORGET: &str = "forget";

/// A removed connection, kept while it can be taken back.
#[derive(Serialize, Deserialize)]
struct Removed {
    connection: Connection,
    touches: Vec<(Id, Touch)>,
    #[serde(default)]
    until: Option<Timestamp>,
}

/// As much of a connection as it takes to find it: a whole network is read many times faster so.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Named {
    /// Which.
    pub id: Id,
    /// What the member calls them.
    pub name: String,
    /// Their Discord user, where they have one.
    #[serde(default)]
    pub member: Option<UserId>,
}

impl Record for Connection {}
impl Record for Named {}
impl Record for Touch {}
impl Record for Removed {}

type Key = (UserId, Id);

const CONNECTIONS: Table<Key, Connection> =
    Table::new("connections").indexed(&[&BY_NAME, &BY_MEMBER, &BY_TURN]);
/// By owner and folded name. It only counts namesakes; finding folds the names themselves. Whoever changes the folding
/// gives this index another name and fills it anew: entries are taken off by the key that is worked out now.
const BY_NAME: Index<(UserId, String), Key, Connection> =
    Index::new("connections/name", |(owner, _), it| vec![(*owner, who::folded(&it.name))]);
/// How many each member has: counting them would read them all.
const COUNTS: Table<UserId, u64> = Table::new("connections/count");
/// By owner and Discord user.
const BY_MEMBER: Index<(UserId, UserId), Key, Connection> =
    Index::new("connections/member", |(owner, _), it| {
        it.member.map(|user| (*owner, user)).into_iter().collect()
    });
/// By owner and the time of the next nudge.
const BY_TURN: Index<(UserId, Timestamp), Key, Connection> =
    Index::new("connections/turn", |(owner, _), it| match it.turn {
        Turn::Planned(coming) => vec![(*owner, coming.at)],
        Turn::Off | Turn::Open(_) => vec![],
    });
/// The same records, read in part; never written so.
const NAMED: Table<Key, Named> = Table::new("connections");
const TOUCHES: Table<(UserId, Id, Id), Touch> = Table::new("touches");
const REMOVED: Table<(UserId, Id), Removed> = Table::new("removed");

/// A connection of a member's; `None` where it is gone or somebody else's.
///
/// # Errors
/// The store's.
pub fn get(tx: &mut Tx<'_>, owner: UserId, id: Id) -> Result<Option<Connection>, StoreError> {
    CONNECTIONS.get(tx, &(owner, id))
}

/// A member's whole network, oldest first.
///
/// # Errors
/// The store's.
pub fn network(tx: &mut Tx<'_>, owner: UserId) -> Result<Vec<Connection>, StoreError> {
    let all = CONNECTIONS.scan(tx, &owner, usize::MAX)?;
    Ok(all.into_iter().map(|(_, connection)| connection).collect())
}

/// Who is in a member's network, oldest first.
///
/// # Errors
/// The store's.
pub fn names(tx: &mut Tx<'_>, owner: UserId) -> Result<Vec<Named>, StoreError> {
    let all = NAMED.scan(tx, &owner, usize::MAX)?;
    Ok(all.into_iter().map(|(_, named)| named).collect())
}

/// How many connections a member has.
///
/// # Errors
/// The store's.
pub fn count(tx: &mut Tx<'_>, owner: UserId) -> Result<usize, StoreError> {
    Ok(usize::try_from(COUNTS.get(tx, &owner)?.unwrap_or_default()).unwrap_or(usize::MAX))
}

/// How many of a member's connections are called so, accents and case aside.
///
/// # Errors
/// The store's.
pub fn namesakes(tx: &mut Tx<'_>, owner: UserId, name: &str) -> Result<usize, StoreError> {
    BY_NAME.count(tx, &(owner, who::folded(name)))
}

/// A member's connection who is this Discord user.
///
/// # Errors
/// The store's.
pub fn of_user(tx: &mut Tx<'_>, owner: UserId, user: UserId) -> Result<Option<Connection>, StoreError> {
    match BY_MEMBER.find(tx, &(owner, user), 1)?.pop() {
        Some(key) => CONNECTIONS.get(tx, &key),
        None => Ok(None),
    }
}

/// Those of a member's network whose next nudge comes at `now` or before, the earliest first.
///
/// # Errors
/// The store's.
pub fn due(tx: &mut Tx<'_>, owner: UserId, now: Timestamp) -> Result<Vec<Connection>, StoreError> {
    let mut due = Vec::new();
    for (_, key) in BY_TURN.range(tx, (owner, Timestamp::MIN)..=(owner, now), usize::MAX)? {
        due.extend(CONNECTIONS.get(tx, &key)?);
    }
    Ok(due)
}

/// Those of a member's network among whom `who` is to be found: the one that was picked, or all.
///
/// # Errors
/// The store's.
pub fn known(tx: &mut Tx<'_>, owner: UserId, who: &str) -> Result<Vec<Connection>, StoreError> {
    let one = match Written::of(who) {
        Written::Picked(id) => get(tx, owner, id)?,
        Written::Mention(user) => of_user(tx, owner, user)?,
        Written::Words(_) => return network(tx, owner),
    };
    Ok(one.into_iter().collect())
}

/// Keeps a connection, and its next nudge on the agenda.
///
/// # Errors
/// The store's.
pub fn put(tx: &mut Tx<'_>, owner: UserId, connection: &Connection) -> Result<(), StoreError> {
    let before = get(tx, owner, connection.id)?;
    if before.is_none() {
        recount_network(tx, owner, |count| count + 1)?;
    }
    let turn = before.map_or(Turn::Off, |before| before.turn);
    plan(tx, owner, connection.id, turn, connection.turn)?;
    CONNECTIONS.put(tx, &(owner, connection.id), connection)
}

fn recount_network(tx: &mut Tx<'_>, owner: UserId, change: fn(u64) -> u64) -> Result<(), StoreError> {
    let count = COUNTS.get(tx, &owner)?.unwrap_or_default();
    COUNTS.put(tx, &owner, &change(count))
}

/// Moves the agenda entry of a connection from one turn to another.
fn plan(tx: &mut Tx<'_>, owner: UserId, id: Id, before: Turn, after: Turn) -> Result<(), StoreError> {
    if before == after {
        return Ok(());
    }
    let subject = Owned { owner, id }.to_string();
    if let Turn::Planned(coming) = before {
        agenda::remove(tx, coming.at, TURN, &subject)?;
    }
    if let Turn::Planned(coming) = after {
        agenda::put(tx, coming.at, TURN, &subject)?;
    }
    Ok(())
}

/// The touches with a connection, by id.
///
/// # Errors
/// The store's.
pub fn touches(tx: &mut Tx<'_>, owner: UserId, connection: Id) -> Result<Vec<(Id, Touch)>, StoreError> {
    let all = TOUCHES.scan(tx, &(owner, connection), usize::MAX)?;
    Ok(all.into_iter().map(|((_, _, id), touch)| (id, touch)).collect())
}

/// Logs a touch: the ledger and the last touch follow, and the rhythm counts anew.
///
/// # Errors
/// The store's.
pub fn log(
    tx: &mut Tx<'_>,
    owner: UserId,
    member: &Member,
    connection: &mut Connection,
    touch: &Touch,
    now: Timestamp,
) -> Result<Id, StoreError> {
    let id = Id::new(now);
    let key = (owner, connection.id, id);
    let before = connection.turn;
    TOUCHES.put(tx, &key, touch)?;
    recount(tx, owner, member, connection, now)?;
    let turned = Some((before, connection.turn));
    TOUCHES.put(tx, &key, &Touch { turned, ..touch.clone() })?;
    Ok(id)
}

/// Takes a touch back: what was planned, or waited, before it was logged is so again, unless
/// something else has moved it since. Where that was a touch logged after it, taking that back, too, will do so.
/// Returns whether it was there.
///
/// # Errors
/// The store's.
pub fn unlog(
    tx: &mut Tx<'_>,
    owner: UserId,
    member: &Member,
    connection: &mut Connection,
    touch: Id,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let key = (owner, connection.id, touch);
    let Some(was) = TOUCHES.get(tx, &key)? else { return Ok(false) };
    TOUCHES.remove(tx, &key)?;
    let turn = connection.turn;
    recount(tx, owner, member, connection, now)?;
    let Some((before, after)) = was.turned else { return Ok(true) };
    let next = touches(tx, owner, connection.id)?.into_iter().find(|(id, _)| *id > touch);
    if let Some((id, next)) = next {
        if let Some((_, to)) = next.turned.filter(|(from, _)| *from == after) {
            TOUCHES.put(tx, &(owner, connection.id, id), &Touch { turned: Some((before, to)), ..next })?;
        }
    } else if turn == after && !matches!(before, Turn::Planned(coming) if coming.at <= now) {
        connection.turn = before;
        put(tx, owner, connection)?;
    }
    Ok(true)
}

/// A touch of a connection.
///
/// # Errors
/// The store's.
pub fn touch(tx: &mut Tx<'_>, owner: UserId, connection: Id, touch: Id) -> Result<Option<Touch>, StoreError> {
    TOUCHES.get(tx, &(owner, connection, touch))
}

/// Changes a touch, such as its note.
///
/// # Errors
/// The store's.
pub fn change_touch(
    tx: &mut Tx<'_>,
    owner: UserId,
    member: &Member,
    connection: &mut Connection,
    (id, touch): (Id, &Touch),
    now: Timestamp,
) -> Result<(), StoreError> {
    TOUCHES.put(tx, &(owner, connection.id, id), touch)?;
    recount(tx, owner, member, connection, now)
}

/// Works the ledger, the last touch and the next nudge out anew from the touches.
fn recount(
    tx: &mut Tx<'_>,
    owner: UserId,
    member: &Member,
    connection: &mut Connection,
    now: Timestamp,
) -> Result<(), StoreError> {
    let all: Vec<Touch> = touches(tx, owner, connection.id)?.into_iter().map(|(_, touch)| touch).collect();
    let (ledger, last) = Ledger::of(&all);
    let counts_anew = last.as_ref().map(|last| last.at) != connection.last.as_ref().map(|last| last.at);
    connection.ledger = ledger;
    connection.last = last;
    if counts_anew {
        connection.turn = rhythm::turn(connection, member, now);
    }
    put(tx, owner, connection)
}

/// Removes a connection with its touches, to be taken back within [`UNDO`].
///
/// # Errors
/// The store's.
pub fn remove(
    tx: &mut Tx<'_>,
    owner: UserId,
    connection: Connection,
    now: Timestamp,
) -> Result<(), StoreError> {
    let id = connection.id;
    let touches = touches(tx, owner, id)?;
    for (touch, _) in &touches {
        TOUCHES.remove(tx, &(owner, id, *touch))?;
    }
    plan(tx, owner, id, connection.turn, Turn::Off)?;
    if CONNECTIONS.remove(tx, &(owner, id))? {
        recount_network(tx, owner, |count| count.saturating_sub(1))?;
    }
    let until = now + UNDO;
    REMOVED.put(tx, &(owner, id), &Removed { connection, touches, until: Some(until) })?;
    agenda::put(tx, until, FORGET, &Owned { owner, id }.to_string())
}

/// A removed connection that can still be taken back, and until when.
///
/// # Errors
/// The store's.
pub fn removed(
    tx: &mut Tx<'_>,
    owner: UserId,
    id: Id,
    now: Timestamp,
) -> Result<Option<(Connection, Timestamp)>, StoreError> {
    let removed = REMOVED.get(tx, &(owner, id))?;
    Ok(removed.map(|it| (it.connection, it.until.unwrap_or(now))).filter(|(_, until)| now <= *until))
}

/// Takes a removed connection back as it was; a nudge that should have come meanwhile comes at the
/// next delivery hour. `None` where it is too late.
///
/// # Errors
/// The store's.
pub fn restore(
    tx: &mut Tx<'_>,
    owner: UserId,
    member: &Member,
    id: Id,
    now: Timestamp,
) -> Result<Option<Connection>, StoreError> {
    let Some(Removed { mut connection, touches, until }) = REMOVED.get(tx, &(owner, id))? else {
        return Ok(None);
    };
    // The agenda forgets it in time, but may have stood still.
    if until.is_some_and(|until| until < now) {
        return Ok(None);
    }
    REMOVED.remove(tx, &(owner, id))?;
    if let Some(until) = until {
        agenda::remove(tx, until, FORGET, &Owned { owner, id }.to_string())?;
    }
    for (touch, what) in &touches {
        TOUCHES.put(tx, &(owner, id, *touch), what)?;
    }
    if matches!(connection.turn, Turn::Planned(coming) if coming.at <= now) {
        connection.turn = rhythm::turn(&connection, member, now);
    }
    put(tx, owner, &connection)?;
    Ok(Some(connection))
}

/// Forgets a removed connection for good.
///
/// # Errors
/// The store's.
pub fn forget(tx: &mut Tx<'_>, owner: UserId, id: Id) -> Result<(), StoreError> {
    REMOVED.remove(tx, &(owner, id))?;
    Ok(())
}

/// Moves the planned nudges of a member's network to where `moved` puts them.
///
/// # Errors
/// The store's.
pub fn follow(
    tx: &mut Tx<'_>,
    owner: UserId,
    moved: &dyn Fn(Coming, By) -> Coming,
    keep: Keep,
) -> Result<Vec<Moved>, StoreError> {
    let planned = network(tx, owner)?.into_iter().filter_map(|connection| match connection.turn {
        Turn::Planned(coming) => Some((connection.name.clone(), (coming, By::Rhythm), connection)),
        Turn::Off | Turn::Open(_) => None,
    });
    move_along(tx, planned, moved, |tx, connection, to| match keep {
        Keep::Done => put(tx, owner, &Connection { turn: Turn::Planned(to), ..connection }),
        Keep::Look => Ok(()),
    })
}
