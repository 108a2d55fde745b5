//! One receiver's letters, one after the other.

use std::time::Duration;

use jiff::Timestamp;

use super::outbox::{
    LETTERS, Place, SENT, SENT_BY_MESSAGE, Standing, first, refuse, set_standing, set_turn, standing,
};
use super::shared::Shared;
use super::transport::Failure;
use super::tries::{MOST_REFUSALS, SKEW, backoff, is_due};
use super::verdict::{self, Verdict};
use super::{Letter, Sent, State, To};
use crate::id::{ChannelId, Id, MessageId, UserId};
use crate::store::{StoreError, Tx};

/// After so many channels in a row that were none, a person counts as unreachable.
const MOST_OPENS: u32 = 5;

/// Sends what is due for a receiver, in order, until nothing is, or one has to wait.
pub(super) async fn send_all(shared: &Shared, to: To) -> Result<(), StoreError> {
    while !shared.is_stopping() {
        let now = shared.clock.now();
        let next = shared.store.read(|tx| -> Result<_, StoreError> {
            let standing = standing(tx, to)?;
            let channel = match to {
                To::Person(_) => standing.channel,
                To::Channel(channel) => Some(channel),
            };
            let due = first(tx, to)?.filter(|(_, letter)| is_due(letter.not_before, now));
            let next = if standing.unreachable.is_none() { due.zip(channel) } else { None };
            Ok(next.map(|next| (next, standing.reader)))
        })?;
        let Some((((place, letter), channel), reader)) = next else { return Ok(()) };
        let waits = letter.state == State::Waiting;
        if let Some(reader) = reader.filter(|_| waits)
            && shared.transport.has_left(channel, reader).await
        {
            return left(shared, to).await;
        }
        send(shared, &place, letter, channel).await?;
    }
    Ok(())
}

/// Opens a person's DM channel, then sends what is due.
pub(super) async fn open(shared: &Shared, user: UserId) -> Result<(), StoreError> {
    let result = shared.transport.open_dm(user).await;
    let (to, now) = (To::Person(user), shared.clock.now());
    let known = |tx: &mut Tx<'_>| standing(tx, to);
    match result {
        Ok(channel) => {
            shared.opens.lock().succeeded();
            shared
                .store
                .write(|tx| {
                    let known = Standing { channel: Some(channel), open: None, ..known(tx)? };
                    set_standing(tx, to, &known)
                })
                .await?;
            send_all(shared, to).await
        }
        Err(Failure::Unauthorized) => {
            shared.stop_for_good();
            Ok(())
        }
        Err(failure) => {
            tracing::warn!(%to, ?failure, "a DM channel could not be opened");
            let verdict = match failure {
                Failure::Refused { code, .. } => verdict::on_open(code),
                _ => Verdict::Later,
            };
            if verdict == Verdict::Slower {
                shared.opens.lock().failed(now);
            }
            shared
                .store
                .write(|tx| {
                    let mut known = known(tx)?;
                    let apart = verdict == Verdict::Apart;
                    let hopeless = verdict == Verdict::Unreachable
                        || apart
                        || (matches!(failure, Failure::Refused { .. })
                            && verdict != Verdict::Slower
                            && known.tries >= MOST_REFUSALS);
                    if hopeless {
                        let channel = None;
                        known = Standing {
                            unreachable: Some(now),
                            open: None,
                            tries: 0,
                            channel,
                            apart,
                            ..known
                        };
                    } else {
                        known.open = Some(shared.later(now, known.tries, &failure));
                        known.tries = known.tries.saturating_add(1);
                    }
                    set_standing(tx, to, &known)
                })
                .await
        }
    }
}

/// One letter: looked for if it may be there already, else marked and sent.
async fn send(shared: &Shared, place: &Place, letter: Letter, channel: ChannelId) -> Result<(), StoreError> {
    if let State::InFlight { since, channel } = letter.state {
        match look(shared, &letter, channel, since).await? {
            Ok(Some(message)) => return arrived(shared, place, channel, message).await,
            Ok(None) => {}
            Err(failure) if looks_later(&letter, &failure) => {
                let unknown = Failure::Unknown(format!("it could not be looked for: {failure:?}"));
                return failed(shared, place, letter.state, unknown).await;
            }
            // A channel that cannot be read (any more) tells nothing; the nonce still protects.
            Err(Failure::Refused { code, .. }) => {
                tracing::warn!(letter = %letter.id, code, "a letter in flight cannot be looked for");
            }
            Err(failure) => return failed(shared, place, letter.state, failure).await,
        }
    }
    let before = letter.state;
    let Some(letter) = mark(shared, place, channel).await? else { return Ok(()) };
    match shared.transport.send(channel, &letter).await {
        Ok(message) => arrived(shared, place, channel, message).await,
        Err(failure) => failed(shared, place, before, failure).await,
    }
}

/// Whether a refused look may succeed later, so that it is worth the wait.
fn looks_later(letter: &Letter, failure: &Failure) -> bool {
    match failure {
        Failure::Refused { status, code, .. } => {
            verdict::on_message(letter.to, *status, *code) == Verdict::Later && letter.tries < MOST_REFUSALS
        }
        _ => false,
    }
}

/// Looks for a letter in the channel; messages that are known to be other letters don't count.
async fn look(
    shared: &Shared,
    letter: &Letter,
    channel: ChannelId,
    since: Timestamp,
) -> Result<Result<Option<MessageId>, Failure>, StoreError> {
    let since_ms = since.as_millisecond().saturating_sub(i64::try_from(SKEW.as_millis()).unwrap_or(0));
    let candidates = match shared.transport.find(channel, letter, since_ms).await {
        Ok(candidates) => candidates,
        Err(failure) => return Ok(Err(failure)),
    };
    shared.store.read(|tx| {
        for message in candidates {
            let others = SENT_BY_MESSAGE.find(tx, &message, 1)?;
            if others.iter().all(|id| *id == letter.id) {
                return Ok(Ok(Some(message)));
            }
        }
        Ok(Ok(None))
    })
}

/// Marks a letter as in flight, durably; `None` where it was taken back meanwhile.
async fn mark(shared: &Shared, place: &Place, channel: ChannelId) -> Result<Option<Letter>, StoreError> {
    let now = shared.clock.now();
    shared
        .store
        .write(|tx| {
            let Some(mut letter) = LETTERS.get(tx, place)? else { return Ok(None) };
            letter.state = match letter.state {
                earlier @ State::InFlight { channel: same, .. } if same == channel => earlier,
                _ => State::InFlight { since: now, channel },
            };
            LETTERS.put(tx, place, &letter)?;
            Ok(Some(letter))
        })
        .await
}

/// Notes a letter as sent.
async fn arrived(
    shared: &Shared,
    place: &Place,
    channel: ChannelId,
    message: MessageId,
) -> Result<(), StoreError> {
    let at = shared.clock.now();
    let letter = shared
        .store
        .write(|tx| -> Result<Option<Id>, StoreError> {
            // Who was forgotten meanwhile leaves no record.
            let Some(letter) = LETTERS.get(tx, place)? else { return Ok(None) };
            SENT.put(tx, &letter.id, &Sent { channel, message, at })?;
            LETTERS.remove(tx, place)?;
            if let Some(tell) = &letter.tell {
                tell.at(tx, at)?;
            }
            let known = standing(tx, place.0)?;
            if known.tries > 0 {
                set_standing(tx, place.0, &Standing { tries: 0, ..known })?;
            }
            set_turn(tx, place.0)?;
            Ok(Some(letter.id))
        })
        .await?;
    if let Some(letter) = letter {
        tracing::debug!(%letter, to = %place.0, %message, "a letter arrived");
    }
    Ok(())
}

/// What a failure leaves; `before` is the letter's state before this request.
async fn failed(shared: &Shared, place: &Place, before: State, failure: Failure) -> Result<(), StoreError> {
    let (to, now) = (place.0, shared.clock.now());
    let verdict = match &failure {
        Failure::Refused { status, code, .. } => verdict::on_message(to, *status, *code),
        _ => Verdict::Later,
    };
    if failure == Failure::Unauthorized {
        shared.stop_for_good();
    }
    tracing::warn!(%to, ?failure, ?verdict, "a letter did not arrive");
    shared
        .store
        .write(|tx| {
            let Some(mut letter) = LETTERS.get(tx, place)? else { return Ok(()) };
            letter.state = match &failure {
                Failure::Unknown(_) => letter.state,
                Failure::Refused { .. } => State::Waiting,
                _ => before,
            };
            match verdict {
                Verdict::Never => return refuse(tx, place, &format!("{failure:?}"), now),
                Verdict::Unreachable => lose_touch(tx, to, now, false)?,
                Verdict::Apart => lose_touch(tx, to, now, true)?,
                Verdict::ChannelLost => reopen(tx, to, now)?,
                Verdict::Slower | Verdict::Later if failure == Failure::Unauthorized => {}
                Verdict::Slower | Verdict::Later => {
                    let refused = matches!(failure, Failure::Refused { .. });
                    if refused && letter.tries >= MOST_REFUSALS {
                        return refuse(tx, place, &format!("{failure:?}"), now);
                    }
                    letter.not_before = shared.later(now, letter.tries, &failure);
                    letter.tries = letter.tries.saturating_add(1);
                }
            }
            LETTERS.put(tx, place, &letter)?;
            set_turn(tx, to)
        })
        .await
}

/// What is for a thread is held, because the one whom it is for has left it.
async fn left(shared: &Shared, to: To) -> Result<(), StoreError> {
    let now = shared.clock.now();
    tracing::info!(%to, "somebody has left their thread");
    let note = |tx: &mut Tx<'_>| {
        let known = standing(tx, to)?;
        set_standing(tx, to, &Standing { unreachable: Some(now), left: true, ..known })
    };
    shared.store.write(note).await
}

/// Marks a receiver as unreachable: what is for them is held. Whether it is because there is no server in common.
fn lose_touch(tx: &mut Tx<'_>, to: To, now: Timestamp, apart: bool) -> Result<(), StoreError> {
    let known = standing(tx, to)?;
    set_standing(tx, to, &Standing { unreachable: Some(now), open: None, apart, ..known })
}

/// Forgets a DM channel that is none any more and asks for a new one.
fn reopen(tx: &mut Tx<'_>, to: To, now: Timestamp) -> Result<(), StoreError> {
    let known = standing(tx, to)?;
    if known.tries >= MOST_OPENS {
        return lose_touch(tx, to, now, false);
    }
    let tries = known.tries.saturating_add(1);
    let at = now.checked_add(backoff(tries, Duration::from_secs(1), Duration::from_secs(600))).unwrap_or(now);
    set_standing(tx, to, &Standing { channel: None, open: Some(at), tries, unreachable: None, ..known })
}
