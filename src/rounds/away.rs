//! Servers that Kith is not in any more: their rounds stand still, and go on when it is invited again.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::publish::steps;
use super::round::{Round, Stage};
use super::{board, closing, life, programme, publish, running, store, views};
use crate::agenda;
use crate::discord::app::{App, Servers};
use crate::id::{GuildId, Id};
use crate::members;
use crate::store::{Record, StoreError, Table, Tx};

const AWAY: Table<GuildId, Away> = Table::new("rounds/away");
/// How long what is due in such a server waits before it is looked at again.
const AGAIN: SignedDuration = SignedDuration::from_hours(1);
/// What tells how something ended: that is not kept for long, so it does not wait.
const ENDED: [&str; 10] = [
    board::STANDS,
    board::EDITED,
    steps::ROOM,
    steps::ADDED,
    publish::meeting::EVENT,
    running::room::SAID,
    running::room::LOOKED,
    running::presence::FOUND,
    closing::badge::MADE,
    closing::badge::GIVEN,
];

/// A server that Kith was removed from while it had rounds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Away {
    since: Timestamp,
}
impl Record for Away {}

/// Kith came into a server or was removed from one.
pub(super) fn moved(tx: &mut Tx<'_>, app: &App, servers: &Servers, now: Timestamp) -> Result<(), StoreError> {
    match servers {
        Servers::Came(guild) => came(tx, app, *guild, now),
        Servers::Went(guild) => went(tx, app, *guild, now),
        Servers::All(shard, there) => {
            let all = store::guilds(tx)?;
            for guild in all.into_iter().filter(|guild| shard.serves(*guild)) {
                if there.contains(&guild) {
                    came(tx, app, guild, now)?;
                } else {
                    went(tx, app, guild, now)?;
                }
            }
            Ok(())
        }
    }
}

/// A server's rounds that people know of and that are not over.
fn under_way(tx: &mut Tx<'_>, guild: GuildId) -> Result<Vec<(Id, Round)>, StoreError> {
    let mut all = store::open_rounds(tx, guild)?;
    all.retain(|(_, round)| round.stage > Stage::Draft);
    Ok(all)
}

fn went(tx: &mut Tx<'_>, app: &App, guild: GuildId, now: Timestamp) -> Result<(), StoreError> {
    if AWAY.get(tx, &guild)?.is_some() {
        return Ok(());
    }
    let rounds = under_way(tx, guild)?;
    if rounds.is_empty() && programme::store::programmes(tx, guild)?.is_empty() {
        return Ok(());
    }
    tracing::warn!(%guild, "removed from a server: its rounds stand still");
    AWAY.put(tx, &guild, &Away { since: now })?;
    for (_, round) in rounds {
        life::tell(tx, app, round.by, now, |words| views::away(words, &round, now))?;
    }
    Ok(())
}

/// Whatever could not reach a person or a room meanwhile is tried again.
fn came(tx: &mut Tx<'_>, app: &App, guild: GuildId, now: Timestamp) -> Result<(), StoreError> {
    let Some(away) = AWAY.get(tx, &guild)? else { return Ok(()) };
    AWAY.remove(tx, &guild)?;
    for (id, round) in under_way(tx, guild)? {
        let mut people: BTreeSet<_> = store::taking_part(tx, id)?.into_iter().map(|(user, _)| user).collect();
        people.insert(round.by);
        for user in people {
            if let Some(member) = members::store::get(tx, user)? {
                members::thread::reach(tx, app, user, members::letterbox(&member, user), now)?;
            }
        }
        for (number, group) in store::groups(tx, id)? {
            running::room::try_again(tx, id, (number, &group))?;
        }
        publish::go_on(tx, id, now)?;
        board::changed(tx, id, now)?;
        life::tell(tx, app, round.by, now, |words| views::back(words, &round, away.since))?;
    }
    Ok(())
}

/// What an area does when something is due, but for rounds and programmes of a server that Kith is not in: what is
/// theirs waits.
pub(super) fn held((name, handler): (&'static str, agenda::Handler)) -> (&'static str, agenda::Handler) {
    if ENDED.contains(&name) {
        return (name, handler);
    }
    let held: agenda::Handler = Box::new(move |tx, due| {
        let id: Option<Id> = due.subject.split(' ').next().and_then(|id| id.parse().ok());
        let guild = id.map(|id| guild_of(tx, id)).transpose()?.flatten();
        if guild.map(|guild| AWAY.get(tx, &guild)).transpose()?.flatten().is_some() {
            return Ok(agenda::put(tx, due.now + AGAIN, name, &due.subject)?);
        }
        handler(tx, due)
    });
    (name, held)
}

/// The server of a round or of a programme.
fn guild_of(tx: &mut Tx<'_>, id: Id) -> Result<Option<GuildId>, StoreError> {
    if let Some(round) = store::round(tx, id)? {
        return Ok(Some(round.guild));
    }
    Ok(programme::store::programme(tx, id)?.map(|programme| programme.guild))
}
