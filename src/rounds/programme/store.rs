//! What is kept of programmes.

use super::Programme;
use crate::id::{GuildId, Id};
use crate::rounds::round::Round;
use crate::rounds::store as rounds;
use crate::store::{Index, Record, StoreError, Table, Tx};

impl Record for Programme {}

const PROGRAMMES: Table<Id, Programme> = Table::new("rounds/programmes").indexed(&[&BY_GUILD]);
const BY_GUILD: Index<GuildId, Id, Programme> =
    Index::new("rounds/programmes/by-guild", |_, programme| vec![programme.guild]);

/// A programme.
///
/// # Errors
/// The store's.
pub fn programme(tx: &mut Tx<'_>, id: Id) -> Result<Option<Programme>, StoreError> {
    PROGRAMMES.get(tx, &id)
}

/// Keeps a programme as it is now.
///
/// # Errors
/// The store's.
pub fn put(tx: &mut Tx<'_>, id: Id, programme: &Programme) -> Result<(), StoreError> {
    PROGRAMMES.put(tx, &id, programme)
}

/// A server's programmes, the oldest first.
///
/// # Errors
/// The store's.
pub fn programmes(tx: &mut Tx<'_>, guild: GuildId) -> Result<Vec<(Id, Programme)>, StoreError> {
    let mut all = Vec::new();
    for id in BY_GUILD.find(tx, &guild, usize::MAX)? {
        all.extend(PROGRAMMES.get(tx, &id)?.map(|programme| (id, programme)));
    }
    Ok(all)
}

/// The rounds of a programme, the oldest first.
///
/// # Errors
/// The store's.
pub fn rounds_of(tx: &mut Tx<'_>, id: Id, programme: &Programme) -> Result<Vec<(Id, Round)>, StoreError> {
    let mut all = rounds::rounds(tx, programme.guild)?;
    all.retain(|(_, round)| round.programme == Some(id));
    Ok(all)
}
