//! A transaction: reads of one state, and writes that are kept until it commits.

use super::StoreError;
use super::engine::{Pair, Reads, Scan, View, Writes};
use super::key::Span;

/// A transaction. It sees the store as it was at its beginning, and its own writes.
///
/// It is made by `Store::read` and `Store::write`; tables read and write through it.
pub struct Tx<'a> {
    view: View<'a>,
    /// What it rests on; `None` where it only reads.
    reads: Option<Reads>,
    writes: Writes,
}

/// What is left of a transaction for its commit.
pub(super) struct Parts {
    pub(super) seen: u64,
    pub(super) reads: Reads,
    pub(super) writes: Writes,
}

impl<'a> Tx<'a> {
    pub(super) fn reading(view: View<'a>) -> Self {
        Self { view, reads: None, writes: Writes::new() }
    }

    pub(super) fn writing(view: View<'a>) -> Self {
        Self { view, reads: Some(Reads::default()), writes: Writes::new() }
    }

    pub(super) fn into_parts(self) -> Parts {
        Parts { seen: self.view.seen(), reads: self.reads.unwrap_or_default(), writes: self.writes }
    }

    pub(super) fn get(&mut self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        match self.writes.get(key) {
            Some(own) => Ok(own.clone()),
            None => self.view.get(key, self.reads.as_mut()),
        }
    }

    /// Keeps a write until the commit.
    ///
    /// # Errors
    /// In a transaction that only reads: `StoreError::ReadOnly`.
    pub(super) fn write(&mut self, key: Vec<u8>, value: Option<Vec<u8>>) -> Result<(), StoreError> {
        if self.reads.is_none() {
            return Err(StoreError::ReadOnly);
        }
        self.writes.insert(key, value);
        Ok(())
    }

    pub(super) fn scan(
        &mut self,
        span: Span,
        limit: usize,
        backwards: bool,
    ) -> Result<Vec<Pair>, StoreError> {
        if span.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let own: Vec<_> = self
            .writes
            .range(span.from.clone()..span.to.clone())
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        // Each of our own writes can hide one stored pair at most.
        let wanted = limit.saturating_add(own.len());
        let mut pairs = self.view.scan(Scan { span, limit: wanted, backwards }, self.reads.as_mut())?;
        if own.is_empty() {
            return Ok(pairs);
        }
        let complete = pairs.len() < wanted;
        let edge = pairs.last().map(|(key, _)| key.clone());
        pairs.retain(|(key, _)| own.binary_search_by(|(ours, _)| ours.cmp(key)).is_err());
        pairs.extend(own.into_iter().filter_map(|(key, value)| {
            // Beyond the last pair read there may be stored ones that we have not seen.
            let seen = complete
                || edge.as_ref().is_some_and(|edge| if backwards { key >= *edge } else { key <= *edge });
            value.filter(|_| seen).map(|value| (key, value))
        }));
        pairs.sort_unstable_by(|(a, _), (b, _)| if backwards { b.cmp(a) } else { a.cmp(b) });
        pairs.truncate(limit);
        Ok(pairs)
    }
}
