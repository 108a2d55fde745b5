//! What is kept of a member's own rhythms.

use super::Rhythms;
use crate::id::UserId;
use crate::store::{Record, StoreError, Table, Tx};

impl Record for Rhythms {}

const RHYTHMS: Table<UserId, Rhythms> = Table::new("members/rhythms");

/// A member's own rhythms.
///
/// # Errors
/// The store's.
pub fn get(tx: &mut Tx<'_>, user: UserId) -> Result<Rhythms, StoreError> {
    Ok(RHYTHMS.get(tx, &user)?.unwrap_or_default())
}

/// Keeps a member's own rhythms.
///
/// # Errors
/// The store's.
pub fn put(tx: &mut Tx<'_>, user: UserId, rhythms: &Rhythms) -> Result<(), StoreError> {
    RHYTHMS.put(tx, &user, rhythms)
}
