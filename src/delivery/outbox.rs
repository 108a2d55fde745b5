//! The outbox's tables, and what areas do with them in their own transactions.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::tries::is_due;
use super::{Letter, Refused, Sent, State, To, refused};
use crate::clock::Clock;
use crate::id::{ChannelId, Id, MessageId, UserId};
use crate::store::{Index, Record, Store, StoreError, Table, Tx};

/// A letter's place: whom it is for, the time it was posted for, its number among those.
pub(super) type Place = (To, Timestamp, u64);

pub(super) const LETTERS: Table<Place, Letter> = Table::new("outbox").indexed(&[&BY_ID]);
const BY_ID: Index<Id, Place, Letter> = Index::new("outbox/id", |_, letter| vec![letter.id]);
/// To tell a letter from another one that bears the same button.
pub(super) const SENT_BY_MESSAGE: Index<MessageId, Id, Sent> =
    Index::new("outbox/sent/message", |_, sent| vec![sent.message]);
pub(super) const SENT: Table<Id, Sent> =
    Table::new("outbox/sent").indexed(&[&SENT_BY_CHANNEL, &SENT_BY_MESSAGE]);
const SENT_BY_CHANNEL: Index<ChannelId, Id, Sent> =
    Index::new("outbox/sent/channel", |_, sent| vec![sent.channel]);
const STANDING: Table<To, Standing> = Table::new("outbox/standing");
/// Whose turn is when: one entry for each receiver for whom there is something to do.
pub(super) const TURNS: Table<(Lane, Timestamp, To), ()> = Table::new("outbox/turns");
/// Each receiver's entry in `TURNS`, to find it by.
const TURN_OF: Table<To, (Lane, Timestamp)> = Table::new("outbox/turn-of");

impl Record for (Lane, Timestamp) {}

/// What a turn is for; opening DMs has a pace of its own.
pub(super) type Lane = u8;
/// Sending the first letter.
pub(super) const SENDING: Lane = 0;
/// Opening the DM channel.
pub(super) const OPENING: Lane = 1;

/// What is known of a receiver.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Standing {
    /// A person's DM channel.
    #[serde(default)]
    pub(super) channel: Option<ChannelId>,
    /// The DM channel is to be opened, not before this time.
    #[serde(default)]
    pub(super) open: Option<Timestamp>,
    /// How often opening it has failed.
    #[serde(default)]
    pub(super) tries: u32,
    /// Since when Discord refuses messages to this receiver.
    #[serde(default)]
    pub(super) unreachable: Option<Timestamp>,
    /// Whom what comes into this thread is for.
    #[serde(default)]
    pub(super) reader: Option<UserId>,
    /// It is unreachable because they left it.
    #[serde(default)]
    pub(super) left: bool,
    /// It is unreachable because they and the bot have no server in common.
    #[serde(default)]
    pub(super) apart: bool,
}
impl Record for Standing {}

/// Puts a letter into the outbox. Returns whether it is new: one whose id is known already, waiting
/// or sent, is not posted again.
///
/// # Errors
/// When the store fails.
pub fn post(tx: &mut Tx<'_>, letter: &Letter) -> Result<bool, StoreError> {
    if place(tx, letter.id)?.is_some() || SENT.get(tx, &letter.id)?.is_some() {
        return Ok(false);
    }
    put_last(tx, letter)?;
    set_turn(tx, letter.to)?;
    if standing(tx, letter.to)?.unreachable.is_some()
        && let Some(tell) = &letter.tell
    {
        tell.at(tx, letter.created)?;
    }
    Ok(true)
}

/// Puts a letter behind those for the same receiver and time.
fn put_last(tx: &mut Tx<'_>, letter: &Letter) -> Result<(), StoreError> {
    let range = (letter.to, letter.not_before);
    let number = LETTERS.last(tx, &range)?.map_or(0, |((_, _, last), _)| last + 1);
    LETTERS.put(tx, &(letter.to, letter.not_before, number), letter)
}

/// Takes back a letter that has not left, and says whether that was possible.
///
/// # Errors
/// When the store fails.
pub fn withdraw(tx: &mut Tx<'_>, id: Id) -> Result<bool, StoreError> {
    let Some(place) = place(tx, id)? else { return Ok(false) };
    match LETTERS.get(tx, &place)? {
        Some(Letter { state: State::Waiting, .. }) => {
            LETTERS.remove(tx, &place)?;
            set_turn(tx, place.0)?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// Where and when a letter arrived; `None` while it has not (or long after).
///
/// # Errors
/// When the store fails.
pub fn sent(tx: &mut Tx<'_>, id: Id) -> Result<Option<Sent>, StoreError> {
    SENT.get(tx, &id)
}

/// Asks for a person's DM channel: called when they first act, so that it is there when the first
/// letter is. Asking again, or when it is open, changes nothing.
///
/// # Errors
/// When the store fails.
pub fn open_dm(tx: &mut Tx<'_>, user: UserId, now: Timestamp) -> Result<(), StoreError> {
    let to = To::Person(user);
    let standing = standing(tx, to)?;
    if standing.channel.is_some() || standing.open.is_some() {
        return Ok(());
    }
    set_standing(tx, to, &Standing { open: Some(now), ..standing })
}

/// Notes a person's DM channel, seen when they use a command or a button there.
///
/// # Errors
/// When the store fails.
pub fn remember_dm(tx: &mut Tx<'_>, user: UserId, channel: ChannelId) -> Result<(), StoreError> {
    let to = To::Person(user);
    let standing = standing(tx, to)?;
    if standing.channel == Some(channel) {
        return Ok(());
    }
    set_standing(tx, to, &Standing { channel: Some(channel), open: None, tries: 0, ..standing })
}

/// A person's DM channel, where it is known.
///
/// # Errors
/// When the store fails.
pub fn dm_channel(tx: &mut Tx<'_>, user: UserId) -> Result<Option<ChannelId>, StoreError> {
    Ok(standing(tx, To::Person(user))?.channel)
}

/// Since when Discord refuses messages to a person or in a channel; `None` while it does not.
///
/// # Errors
/// When the store fails.
pub fn unreachable(tx: &mut Tx<'_>, to: To) -> Result<Option<Timestamp>, StoreError> {
    Ok(standing(tx, to)?.unreachable)
}

/// Notes whom what comes into a thread is for: once they have left it, what is for it is held.
///
/// # Errors
/// When the store fails.
pub fn read_by(tx: &mut Tx<'_>, thread: ChannelId, reader: UserId) -> Result<(), StoreError> {
    let to = To::Channel(thread);
    let known = standing(tx, to)?;
    set_standing(tx, to, &Standing { reader: Some(reader), ..known })
}

/// Whether what is for a thread is held because the one whom it is for has left it.
///
/// # Errors
/// When the store fails.
pub fn is_left(tx: &mut Tx<'_>, to: To) -> Result<bool, StoreError> {
    Ok(standing(tx, to)?.left)
}

/// Whether what is for a person is held because they and the bot have no server in common.
///
/// # Errors
/// When the store fails.
pub fn is_apart(tx: &mut Tx<'_>, to: To) -> Result<bool, StoreError> {
    Ok(standing(tx, to)?.apart)
}

/// The letters that wait because their receiver cannot be reached, in the order in which they would go.
///
/// # Errors
/// When the store fails.
pub fn held(tx: &mut Tx<'_>, to: To) -> Result<Vec<Letter>, StoreError> {
    if standing(tx, to)?.unreachable.is_none() {
        return Ok(Vec::new());
    }
    pending(tx, to)
}

/// The letters for somebody that have not arrived, in the order in which they go.
///
/// # Errors
/// When the store fails.
pub fn pending(tx: &mut Tx<'_>, to: To) -> Result<Vec<Letter>, StoreError> {
    Ok(LETTERS.scan(tx, &to, usize::MAX)?.into_iter().map(|(_, letter)| letter).collect())
}

/// Comes back once nothing is on its way to a receiver: it has arrived, is held, or was put off. After `patience` at the
/// latest.
///
/// # Errors
/// When the store fails.
pub async fn tried(store: &Store, clock: &Clock, to: To, patience: Duration) -> Result<(), StoreError> {
    let mut committed = store.changes(&TURNS);
    let over = async {
        loop {
            committed.mark_unchanged();
            let turn = store.read(|tx| TURN_OF.get(tx, &to))?;
            if turn.is_none_or(|(_, at)| !is_due(at, clock.now())) || committed.changed().await.is_err() {
                return Ok(());
            }
        }
    };
    tokio::time::timeout(patience, over).await.unwrap_or(Ok(()))
}

/// Tries to reach a person or a channel again: what was held goes out.
///
/// # Errors
/// When the store fails.
pub fn try_again(tx: &mut Tx<'_>, to: To) -> Result<(), StoreError> {
    reopen(tx, to)
}

/// Gives the letters that wait for `from` to `to`, behind what waits there, in their order. One that
/// is in flight stays: where it is can only be told when its request has ended. What becomes of it
/// then is that it has arrived, or that it waits for `from` and can be given over like the others.
///
/// # Errors
/// When the store fails.
pub fn readdress(tx: &mut Tx<'_>, from: To, to: To, now: Timestamp) -> Result<(), StoreError> {
    if from == to {
        return Ok(());
    }
    let mut moved = false;
    for (place, letter) in LETTERS.scan(tx, &from, usize::MAX)? {
        if letter.state != State::Waiting {
            continue;
        }
        LETTERS.remove(tx, &place)?;
        let not_before = letter.not_before.max(now);
        put_last(tx, &Letter { to, not_before, tries: 0, ..letter })?;
        moved = true;
    }
    if moved {
        set_turn(tx, from)?;
        set_turn(tx, to)?;
    }
    Ok(())
}

/// Erases what is kept of a receiver: their letters, sent and unsent, and what is known of them.
///
/// # Errors
/// When the store fails.
pub fn forget(tx: &mut Tx<'_>, to: To) -> Result<(), StoreError> {
    for (place, _) in LETTERS.scan(tx, &to, usize::MAX)? {
        LETTERS.remove(tx, &place)?;
    }
    refused::forget(tx, to)?;
    let channel = match to {
        To::Person(_) => standing(tx, to)?.channel,
        To::Channel(channel) => Some(channel),
    };
    if let Some(channel) = channel {
        for id in SENT_BY_CHANNEL.find(tx, &channel, usize::MAX)? {
            SENT.remove(tx, &id)?;
        }
    }
    STANDING.remove(tx, &to)?;
    set_turn(tx, to)
}

/// When there is next a letter to send, and a channel to open.
///
/// # Errors
/// When the store fails.
pub(super) fn next_due(tx: &mut Tx<'_>) -> Result<[Option<Timestamp>; 2], StoreError> {
    let mut next = [None; 2];
    for (next, lane) in next.iter_mut().zip([SENDING, OPENING]) {
        *next = TURNS.first(tx, &lane)?.map(|((_, at, _), ())| at);
    }
    Ok(next)
}

/// The place of a letter in the outbox.
pub(super) fn place(tx: &mut Tx<'_>, id: Id) -> Result<Option<Place>, StoreError> {
    Ok(BY_ID.find(tx, &id, 1)?.pop())
}

/// The next letter for a receiver.
pub(super) fn first(tx: &mut Tx<'_>, to: To) -> Result<Option<(Place, Letter)>, StoreError> {
    LETTERS.first(tx, &to)
}

/// What is known of a receiver.
pub(super) fn standing(tx: &mut Tx<'_>, to: To) -> Result<Standing, StoreError> {
    Ok(STANDING.get(tx, &to)?.unwrap_or_default())
}

/// Notes what is known of a receiver, and their turn by it. When they cannot be reached any more, those
/// are told whose letters wait for them.
pub(super) fn set_standing(tx: &mut Tx<'_>, to: To, new: &Standing) -> Result<(), StoreError> {
    let old = standing(tx, to)?;
    if let (Some(since), None) = (new.unreachable, old.unreachable) {
        for (_, letter) in LETTERS.scan(tx, &to, usize::MAX)? {
            if let Some(tell) = &letter.tell {
                tell.at(tx, since)?;
            }
        }
    }
    STANDING.put(tx, &to, new)?;
    set_turn(tx, to)
}

/// Puts a letter aside that Discord will never take.
pub(super) fn refuse(tx: &mut Tx<'_>, place: &Place, reason: &str, now: Timestamp) -> Result<(), StoreError> {
    if let Some(letter) = LETTERS.get(tx, place)? {
        LETTERS.remove(tx, place)?;
        if let Some(tell) = &letter.tell {
            tell.at(tx, now)?;
        }
        refused::put(tx, &Refused { letter, reason: reason.to_owned(), at: now, told: false })?;
        set_turn(tx, place.0)?;
    }
    Ok(())
}

/// Brings a receiver's turn in line with their letters and standing.
pub(super) fn set_turn(tx: &mut Tx<'_>, to: To) -> Result<(), StoreError> {
    let turn = turn(tx, to)?;
    let old = TURN_OF.get(tx, &to)?;
    if turn == old {
        return Ok(());
    }
    if let Some((lane, at)) = old {
        TURNS.remove(tx, &(lane, at, to))?;
        TURN_OF.remove(tx, &to)?;
    }
    if let Some((lane, at)) = turn {
        TURNS.put(tx, &(lane, at, to), &())?;
        TURN_OF.put(tx, &to, &(lane, at))?;
    }
    Ok(())
}

fn turn(tx: &mut Tx<'_>, to: To) -> Result<Option<(Lane, Timestamp)>, StoreError> {
    let standing = standing(tx, to)?;
    if standing.unreachable.is_some() {
        return Ok(None);
    }
    let letter = first(tx, to)?.map(|(_, letter)| letter.not_before);
    let turn = match (to, standing.channel) {
        (To::Channel(_), _) | (To::Person(_), Some(_)) => letter.map(|at| (SENDING, at)),
        (To::Person(_), None) => standing.open.or(letter).map(|at| (OPENING, at)),
    };
    Ok(turn)
}

fn reopen(tx: &mut Tx<'_>, to: To) -> Result<(), StoreError> {
    let known = standing(tx, to)?;
    if known.unreachable.is_none() {
        return Ok(());
    }
    set_standing(tx, to, &Standing { unreachable: None, left: false, apart: false, tries: 0, ..known })
}
