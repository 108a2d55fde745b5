//! Letters that Discord will never take as they are.

use super::{Letter, Refused, To};
use crate::id::Id;
use crate::store::{Index, StoreError, Table, Tx};

const REFUSED: Table<Id, Refused> = Table::new("outbox/refused").indexed(&[&UNTOLD]);
/// Those of which their receiver has not been told.
const UNTOLD: Index<To, Id, Refused> =
    Index::new("outbox/refused/untold", |_, it| if it.told { vec![] } else { vec![it.letter.to] });

/// Letters that Discord will never take as they are, the oldest first.
///
/// # Errors
/// When the store fails.
pub fn refused(tx: &mut Tx<'_>, limit: usize) -> Result<Vec<Refused>, StoreError> {
    Ok(REFUSED.scan(tx, &(), limit)?.into_iter().map(|(_, refused)| refused).collect())
}

/// What Discord said to a letter that it will never take; `None` for any other.
///
/// # Errors
/// When the store fails.
pub fn refusal(tx: &mut Tx<'_>, id: Id) -> Result<Option<Refused>, StoreError> {
    REFUSED.get(tx, &id)
}

/// Those of these letters of which their receiver has not been told: they are told now.
///
/// # Errors
/// When the store fails.
pub fn take_untold(tx: &mut Tx<'_>, to: To) -> Result<Vec<Letter>, StoreError> {
    let mut letters = Vec::new();
    for id in UNTOLD.find(tx, &to, usize::MAX)? {
        if let Some(refused) = REFUSED.get(tx, &id)? {
            letters.push(refused.letter.clone());
            REFUSED.put(tx, &id, &Refused { told: true, ..refused })?;
        }
    }
    Ok(letters)
}

/// Keeps one.
pub(super) fn put(tx: &mut Tx<'_>, refused: &Refused) -> Result<(), StoreError> {
    REFUSED.put(tx, &refused.letter.id, refused)
}

/// Forgets those from before an id, so many at a time.
pub(super) fn tidy(tx: &mut Tx<'_>, before: Id) -> Result<(), StoreError> {
    for (id, _) in REFUSED.range(tx, ..before, 1_000)? {
        REFUSED.remove(tx, &id)?;
    }
    Ok(())
}

/// Erases those for a receiver.
pub(super) fn forget(tx: &mut Tx<'_>, to: To) -> Result<(), StoreError> {
    for (id, refused) in REFUSED.scan(tx, &(), usize::MAX)? {
        if refused.letter.to == to {
            REFUSED.remove(tx, &id)?;
        }
    }
    Ok(())
}
