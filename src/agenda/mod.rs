//! What is to happen when, and the loop that makes it happen.
//!
//! An area puts an entry in the transaction that makes it necessary: a time, the area's name and a
//! subject that only the area understands. When the time has come, the area's handler runs in one
//! transaction with the removal of the entry.
//!
//! What a crash leaves:
//!
//! | moment | state | who goes on |
//! | --- | --- | --- |
//! | before a due entry's transaction is durable | the entry, as it was | the first look after the start |
//! | after it | no entry; what the handler wrote | the next entry's own time, the outbox for letters |
//! | a handler failed, its entry not yet put off | the entry, still due | the first look after the start |

mod run;

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use run::{Agenda, Ran};

use crate::store::{Record, StoreError, Table, Tx};

/// An entry's place: when it is looked at, its area, its subject.
type At = (Timestamp, String, String);

const ENTRIES: Table<At, Entry> = Table::new("agenda");
/// For entries that were put off after a failure: area, subject and the time they were due → the
/// time they now stand at.
const PUT_OFF: Table<(String, String, Timestamp), Timestamp> = Table::new("agenda/put-off");

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Entry {
    /// How often its handler has failed.
    #[serde(default)]
    tries: u32,
    /// When it was due at first, where it was put off.
    #[serde(default)]
    was: Option<Timestamp>,
}
impl Record for Entry {}

/// An entry whose time has come, as its handler sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// When it was to happen, to the millisecond.
    pub due: Timestamp,
    /// The area that put it.
    pub area: String,
    /// What the area understands by it.
    pub subject: String,
    /// The time now: after a downtime much later than `due`.
    pub now: Timestamp,
}

/// What an area does when an entry of its own is due: reads and writes of one transaction.
///
/// The entry is removed already, so a next one may be put, at the same time even. It may run again
/// after a conflict. An error undoes all that it wrote; the entry comes again later.
pub type Handler = Box<dyn Fn(&mut Tx<'_>, &Due) -> anyhow::Result<()> + Send + Sync>;

/// Notes that something is to happen. Noting the same again changes nothing.
///
/// # Errors
/// When the store fails.
pub fn put(tx: &mut Tx<'_>, due: Timestamp, area: &str, subject: &str) -> Result<(), StoreError> {
    // One that failed and was put off begins anew.
    remove(tx, due, area, subject)?;
    ENTRIES.put(tx, &at(due, area, subject), &Entry::default())
}

/// Takes an entry off the agenda, also one that was put off, and says whether it was there.
///
/// # Errors
/// When the store fails.
pub fn remove(tx: &mut Tx<'_>, due: Timestamp, area: &str, subject: &str) -> Result<bool, StoreError> {
    let key = (area.to_owned(), subject.to_owned(), due);
    let stands_at = match PUT_OFF.get(tx, &key)? {
        Some(later) => {
            PUT_OFF.remove(tx, &key)?;
            later
        }
        None => due,
    };
    ENTRIES.remove(tx, &at(stands_at, area, subject))
}

/// When the next entry is to be looked at.
///
/// # Errors
/// When the store fails.
pub fn next_due(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    Ok(ENTRIES.first(tx, &())?.map(|((due, _, _), _)| due))
}

fn at(due: Timestamp, area: &str, subject: &str) -> At {
    (due, area.to_owned(), subject.to_owned())
}
