//! What somebody typed, kept while Kith asks back: which of two people, which of two dates, or the
//! same again with a mistake mended. A custom id has no room for it.

use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::agenda;
use crate::discord::app::App;
use crate::id::{Id, Owned, UserId};
use crate::store::{Record, StoreError, Table, Tx};

/// How long a draft is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(48);
/// Whose agenda entries these are.
const DUE: &str = "draft";

#[derive(Serialize, Deserialize)]
struct Draft(Value);

impl Record for Draft {}

const DRAFTS: Table<(UserId, Id), Draft> = Table::new("drafts");

/// Keeps something typed for two days; its id goes into a button.
///
/// # Errors
/// The store's, or the draft cannot be written as JSON.
pub fn keep(
    tx: &mut Tx<'_>,
    owner: UserId,
    now: Timestamp,
    typed: &impl Serialize,
) -> Result<Id, StoreError> {
    let id = Id::new(now);
    put(tx, owner, id, typed)?;
    agenda::put(tx, now + KEPT, DUE, &Owned { owner, id }.to_string())?;
    Ok(id)
}

/// Puts something else in a draft's place, such as what came of it.
///
/// # Errors
/// The store's, or the draft cannot be written as JSON.
pub fn put(tx: &mut Tx<'_>, owner: UserId, id: Id, typed: &impl Serialize) -> Result<(), StoreError> {
    let json = serde_json::to_value(typed)
        .map_err(|error| StoreError::Value { table: "drafts", detail: error.to_string() })?;
    DRAFTS.put(tx, &(owner, id), &Draft(json))
}

/// What `owner` typed; `None` where it is gone or somebody else's.
///
/// # Errors
/// The store's.
pub fn get<T: DeserializeOwned>(tx: &mut Tx<'_>, owner: UserId, id: Id) -> Result<Option<T>, StoreError> {
    Ok(DRAFTS.get(tx, &(owner, id))?.and_then(|draft| serde_json::from_value(draft.0).ok()))
}

/// Forgets drafts whose time is over.
#[must_use]
pub fn due(_: &App) -> Vec<(&'static str, agenda::Handler)> {
    let forget = |tx: &mut Tx<'_>, due: &agenda::Due| -> anyhow::Result<()> {
        let Owned { owner, id } = due.subject.parse()?;
        DRAFTS.remove(tx, &(owner, id))?;
        Ok(())
    };
    vec![(DUE, Box::new(forget))]
}
