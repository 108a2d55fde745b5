//! What is kept of nudges. A nudge and its agenda entry are always written together.

mod came;

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Nudge, Run};
use crate::agenda;
use crate::connections::{self, Connection};
use crate::discord::app::{Became, Keep};
use crate::id::{Id, Owned, UserId};
use crate::members::store::move_along;
use crate::store::{Index, Record, StoreError, Table, Tx};
use crate::when::{By, Coming, Moved};

pub use self::came::{came, digest, forget_digest, latest, open, pass, put_came, put_digest};

/// Whose agenda entries say that a planned nudge is due.
pub const NUDGE: &str = "nudge";
/// How many offered openers and ways are remembered for one connection: more than there are.
const REMEMBERED: usize = 500;

/// The last day, and those before it: another zone can lead back to them.
#[derive(Serialize, Deserialize)]
struct Brought {
    day: Date,
    count: usize,
    #[serde(default)]
    before: Vec<(Date, usize)>,
}

/// Zones lie 26 hours apart at most, so another one leads back by two days at most.
const DAYS_COUNTED: usize = 3;

impl Brought {
    fn days(self) -> BTreeMap<Date, usize> {
        self.before.into_iter().chain([(self.day, self.count)]).collect()
    }
}

impl Record for Brought {}
impl Record for Nudge {}
impl Record for Run {}
impl Record for Vec<String> {}
impl Record for Vec<Nudge> {}

const NUDGES: Table<(UserId, Id), Nudge> = Table::new("nudges").indexed(&[&BY_TIME]);
const BY_TIME: Index<(UserId, Timestamp), (UserId, Id), Nudge> =
    Index::new("nudges/time", |(owner, _), nudge| vec![(*owner, nudge.coming.at)]);
/// How many nudges rhythms brought each member on the last days on which they brought any.
const BROUGHT: Table<UserId, Brought> = Table::new("brought");
/// The openers and ways that were offered for a connection, the latest last.
const OFFERED: Table<(UserId, Id), Vec<String>> = Table::new("offered");
/// The dates of a connection that was removed, kept while it can be taken back.
const REMOVED: Table<(UserId, Id), Vec<Nudge>> = Table::new("removed-dates");
/// How each connection's nudges were put off lately.
const RUNS: Table<(UserId, Id), Run> = Table::new("runs");

/// A planned nudge of a member's.
///
/// # Errors
/// The store's.
pub fn get(tx: &mut Tx<'_>, owner: UserId, id: Id) -> Result<Option<Nudge>, StoreError> {
    NUDGES.get(tx, &(owner, id))
}

/// A member's planned nudges, the next one first.
///
/// # Errors
/// The store's.
pub fn planned(tx: &mut Tx<'_>, owner: UserId) -> Result<Vec<Nudge>, StoreError> {
    let all = NUDGES.scan(tx, &owner, usize::MAX)?;
    let mut all: Vec<Nudge> = all.into_iter().map(|(_, nudge)| nudge).collect();
    all.sort_by_key(|nudge| (nudge.coming.at, nudge.id));
    Ok(all)
}

/// A member's planned nudges that come at `now` or before, the earliest first.
///
/// # Errors
/// The store's.
pub fn due(tx: &mut Tx<'_>, owner: UserId, now: Timestamp) -> Result<Vec<Nudge>, StoreError> {
    let mut due = Vec::new();
    for (_, key) in BY_TIME.range(tx, (owner, Timestamp::MIN)..=(owner, now), usize::MAX)? {
        due.extend(NUDGES.get(tx, &key)?);
    }
    Ok(due)
}

/// Keeps a nudge, and when it comes on the agenda.
///
/// # Errors
/// The store's.
pub fn put(tx: &mut Tx<'_>, owner: UserId, nudge: &Nudge) -> Result<(), StoreError> {
    let subject = Owned { owner, id: nudge.id }.to_string();
    let at = nudge.coming.at;
    if let Some(before) = get(tx, owner, nudge.id)?.filter(|before| before.coming.at != at) {
        agenda::remove(tx, before.coming.at, NUDGE, &subject)?;
    }
    agenda::put(tx, at, NUDGE, &subject)?;
    NUDGES.put(tx, &(owner, nudge.id), nudge)
}

/// Ends a nudge: it does not come any more. Returns it.
///
/// # Errors
/// The store's.
pub fn end(tx: &mut Tx<'_>, owner: UserId, id: Id) -> Result<Option<Nudge>, StoreError> {
    let Some(nudge) = get(tx, owner, id)? else { return Ok(None) };
    agenda::remove(tx, nudge.coming.at, NUDGE, &Owned { owner, id }.to_string())?;
    NUDGES.remove(tx, &(owner, id))?;
    Ok(Some(nudge))
}

/// Those of a member's planned nudges that were snoozed of the nudge `row`.
///
/// # Errors
/// The store's.
pub fn snoozed_of(tx: &mut Tx<'_>, owner: UserId, row: Id) -> Result<Vec<Nudge>, StoreError> {
    let all = planned(tx, owner)?;
    Ok(all.into_iter().filter(|nudge| nudge.of == Some(row)).collect())
}

/// The connection that a nudge is about, where it is about one that is still there.
///
/// # Errors
/// The store's.
pub fn about(
    tx: &mut Tx<'_>,
    owner: UserId,
    connection: Option<Id>,
) -> Result<Option<Connection>, StoreError> {
    match connection {
        Some(id) => connections::store::get(tx, owner, id),
        None => Ok(None),
    }
}

/// The openers that were offered for a connection.
///
/// # Errors
/// The store's.
pub fn offered(tx: &mut Tx<'_>, owner: UserId, connection: Id) -> Result<Vec<String>, StoreError> {
    Ok(OFFERED.get(tx, &(owner, connection))?.unwrap_or_default())
}

/// Remembers openers that are offered for a connection.
///
/// # Errors
/// The store's.
pub fn offer<'a>(
    tx: &mut Tx<'_>,
    owner: UserId,
    connection: Id,
    openers: impl IntoIterator<Item = &'a str>,
) -> Result<(), StoreError> {
    let mut all = offered(tx, owner, connection)?;
    for id in openers {
        all.retain(|known| known != id);
        all.push(id.to_owned());
    }
    let too_many = all.len().saturating_sub(REMEMBERED);
    all.drain(..too_many);
    OFFERED.put(tx, &(owner, connection), &all)
}

/// How a connection's nudges were put off lately.
///
/// # Errors
/// The store's.
pub fn run(tx: &mut Tx<'_>, owner: UserId, connection: Id) -> Result<Option<Run>, StoreError> {
    RUNS.get(tx, &(owner, connection))
}

/// How the nudges of a member's connections were put off lately.
///
/// # Errors
/// The store's.
pub fn runs(tx: &mut Tx<'_>, owner: UserId) -> Result<HashMap<Id, Run>, StoreError> {
    let all = RUNS.scan(tx, &owner, usize::MAX)?;
    Ok(all.into_iter().map(|((_, connection), run)| (connection, run)).collect())
}

/// Keeps how a connection's nudges were put off; `None` for not at all.
///
/// # Errors
/// The store's.
pub fn put_run(tx: &mut Tx<'_>, owner: UserId, connection: Id, run: Option<&Run>) -> Result<(), StoreError> {
    match run {
        Some(run) => RUNS.put(tx, &(owner, connection), run),
        None => RUNS.remove(tx, &(owner, connection)).map(drop),
    }
}

/// How many nudges rhythms have brought a member on a day.
///
/// # Errors
/// The store's.
pub fn brought(tx: &mut Tx<'_>, owner: UserId, day: Date) -> Result<usize, StoreError> {
    let days = BROUGHT.get(tx, &owner)?.map(Brought::days).unwrap_or_default();
    Ok(days.get(&day).copied().unwrap_or_default())
}

/// Counts nudges that rhythms brought a member on a day.
///
/// # Errors
/// The store's.
pub fn count_brought(tx: &mut Tx<'_>, owner: UserId, day: Date, more: usize) -> Result<(), StoreError> {
    let mut days = BROUGHT.get(tx, &owner)?.map(Brought::days).unwrap_or_default();
    *days.entry(day).or_default() += more;
    while days.len() > DAYS_COUNTED {
        days.pop_first();
    }
    let Some((day, count)) = days.pop_last() else { return Ok(()) };
    BROUGHT.put(tx, &owner, &Brought { day, count, before: days.into_iter().collect() })
}

/// What becomes of the dates of a connection, and of what is remembered of its nudges, with it.
///
/// # Errors
/// The store's.
pub fn fate(tx: &mut Tx<'_>, owner: UserId, connection: Id, became: Became) -> Result<(), StoreError> {
    let key = (owner, connection);
    match became {
        Became::Removed => {
            let mut dates = planned(tx, owner)?;
            dates.retain(|nudge| nudge.connection == Some(connection) && nudge.occasion.is_some());
            for nudge in &dates {
                end(tx, owner, nudge.id)?;
            }
            if dates.is_empty() { Ok(()) } else { REMOVED.put(tx, &key, &dates) }
        }
        Became::Back => {
            for nudge in REMOVED.get(tx, &key)?.unwrap_or_default() {
                put(tx, owner, &nudge)?;
            }
            REMOVED.remove(tx, &key).map(drop)
        }
        Became::Forgotten => {
            came::forget(tx, owner, connection)?;
            REMOVED.remove(tx, &key)?;
            OFFERED.remove(tx, &key)?;
            RUNS.remove(tx, &key).map(drop)
        }
    }
}

/// Moves a member's planned nudges to where `moved` puts them.
///
/// # Errors
/// The store's.
pub fn follow(
    tx: &mut Tx<'_>,
    owner: UserId,
    moved: &dyn Fn(Coming, By) -> Coming,
    keep: Keep,
) -> Result<Vec<Moved>, StoreError> {
    let mut all = Vec::new();
    for nudge in planned(tx, owner)? {
        let name = about(tx, owner, nudge.connection)?.map(|connection| connection.name);
        let about = name.map_or_else(|| nudge.about.clone(), |name| format!("{name}: {}", nudge.about));
        all.push((about, (nudge.coming, nudge.by()), nudge));
    }
    move_along(tx, all, moved, |tx, nudge, coming| match keep {
        Keep::Done => put(tx, owner, &Nudge { coming, ..nudge }),
        Keep::Look => Ok(()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// docs/nudges.md: most-a-day
    #[tokio::test]
    async fn a_day_that_another_zone_leads_back_to_has_brought_what_it_brought() {
        let store = crate::store::Store::temporary().unwrap();
        let day = |day| Date::constant(2033, 12, day);
        let counted = store.write(|tx| {
            for (day, more) in [(day(28), 4), (day(29), 1), (day(30), 2), (day(29), 3), (day(31), 1)] {
                count_brought(tx, UserId(1), day, more)?;
            }
            [28, 29, 30, 31].into_iter().map(|it| brought(tx, UserId(1), day(it))).collect()
        });
        let counted: Result<Vec<usize>, StoreError> = counted.await;
        assert_eq!(counted.unwrap(), [0, 4, 2, 1]);
    }
}
