//! Typed tables and indexes over the map of bytes.

use std::marker::PhantomData;
use std::ops::{RangeBounds, RangeInclusive};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::key::{Key, PrefixOf, Span};
use super::{StoreError, Tx};

/// A value of a table, kept as JSON with the version of its shape: `[version, value]`.
///
/// A new field with `#[serde(default)]` needs no new version. Where the shape changes otherwise,
/// raise `VERSION` and turn older values into today's in `upgrade`; they are rewritten when they
/// are next put.
pub trait Record: Serialize + DeserializeOwned {
    /// The version of today's shape.
    const VERSION: u16 = 1;

    /// A value as version `from` wrote it, in today's shape.
    ///
    /// # Errors
    /// A sentence that says why it cannot be done; without an implementation, always.
    fn upgrade(from: u16, value: serde_json::Value) -> Result<serde_json::Value, String> {
        let _ = value;
        Err(format!("no way from version {from} to {}", Self::VERSION))
    }
}

impl Record for () {}
impl Record for bool {}
impl Record for u64 {}
impl Record for String {}
impl Record for jiff::Timestamp {}
impl Record for crate::id::Id {}

/// Values of type `V` under keys of type `K`, in the order of the keys.
pub struct Table<K: 'static, V: 'static> {
    name: &'static str,
    indexes: &'static [&'static dyn Follows<K, V>],
    types: PhantomData<fn() -> (K, V)>,
}

/// An index of a table: finds the keys of values by something in them.
///
/// It is kept by the table it is given to (`Table::indexed`), in the same transaction.
pub struct Index<I: 'static, K: 'static, V: 'static> {
    name: &'static str,
    of: fn(&K, &V) -> Vec<I>,
}

/// What a table tells its indexes.
pub trait Follows<K, V> {
    /// The raw entries that a value has in this index.
    fn entries(&self, key: &K, value: &V) -> Vec<Vec<u8>>;
}

/// The space of one table or index: its name, which has no zero byte, then a zero byte.
fn space(name: &str) -> Vec<u8> {
    let mut raw = Vec::with_capacity(name.len() + 1 + 32);
    raw.extend_from_slice(name.as_bytes());
    raw.push(0);
    raw
}

impl<K: Key + 'static, V: Record + 'static> Table<K, V> {
    /// A table. Names are for good: they stand in every key on disk.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, indexes: &[], types: PhantomData }
    }

    /// With indexes that it keeps.
    #[must_use]
    pub const fn indexed(self, indexes: &'static [&'static dyn Follows<K, V>]) -> Self {
        Self { indexes, ..self }
    }

    /// The value of a key.
    ///
    /// # Errors
    /// When the engine fails or the value cannot be read.
    pub fn get(&self, tx: &mut Tx<'_>, key: &K) -> Result<Option<V>, StoreError> {
        let raw = self.raw(key);
        tx.get(&raw)?.map(|value| self.value(&value)).transpose()
    }

    /// Sets the value of a key.
    ///
    /// # Errors
    /// When the engine fails, or in a transaction that only reads.
    pub fn put(&self, tx: &mut Tx<'_>, key: &K, value: &V) -> Result<(), StoreError> {
        let raw = self.raw(key);
        self.reindex(tx, &raw, key, Some(value))?;
        let bytes = encode(value).map_err(|error| self.damaged(error.to_string()))?;
        tx.write(raw, Some(bytes))
    }

    /// Removes a key and says whether it was there.
    ///
    /// # Errors
    /// When the engine fails, or in a transaction that only reads.
    pub fn remove(&self, tx: &mut Tx<'_>, key: &K) -> Result<bool, StoreError> {
        let raw = self.raw(key);
        let was_there = tx.get(&raw)?.is_some();
        if was_there {
            self.reindex(tx, &raw, key, None)?;
            tx.write(raw, None)?;
        }
        Ok(was_there)
    }

    /// The first `limit` pairs whose key begins with `prefix` (`&()` for all), in order.
    ///
    /// # Errors
    /// When the engine fails or a value cannot be read.
    pub fn scan(
        &self,
        tx: &mut Tx<'_>,
        prefix: &impl PrefixOf<K>,
        limit: usize,
    ) -> Result<Vec<(K, V)>, StoreError> {
        self.pairs(tx, self.span(prefix), limit, false)
    }

    /// The last `limit` pairs whose key begins with `prefix`, the last one first.
    ///
    /// # Errors
    /// When the engine fails or a value cannot be read.
    pub fn scan_back(
        &self,
        tx: &mut Tx<'_>,
        prefix: &impl PrefixOf<K>,
        limit: usize,
    ) -> Result<Vec<(K, V)>, StoreError> {
        self.pairs(tx, self.span(prefix), limit, true)
    }

    /// The first `limit` pairs whose key begins with `prefix` and comes after `key`: the next page.
    ///
    /// # Errors
    /// When the engine fails or a value cannot be read.
    pub fn scan_after(
        &self,
        tx: &mut Tx<'_>,
        prefix: &impl PrefixOf<K>,
        key: &K,
        limit: usize,
    ) -> Result<Vec<(K, V)>, StoreError> {
        let mut from = self.raw(key);
        from.push(0);
        let span = self.span(prefix);
        self.pairs(tx, Span { from: from.max(span.from), to: span.to }, limit, false)
    }

    /// The first `limit` pairs with keys in `range`, in order.
    ///
    /// # Errors
    /// When the engine fails or a value cannot be read.
    pub fn range(
        &self,
        tx: &mut Tx<'_>,
        range: impl RangeBounds<K>,
        limit: usize,
    ) -> Result<Vec<(K, V)>, StoreError> {
        self.pairs(tx, Span::within(&space(self.name), &range), limit, false)
    }

    /// The first pair whose key begins with `prefix`.
    ///
    /// # Errors
    /// When the engine fails or the value cannot be read.
    pub fn first(&self, tx: &mut Tx<'_>, prefix: &impl PrefixOf<K>) -> Result<Option<(K, V)>, StoreError> {
        Ok(self.scan(tx, prefix, 1)?.pop())
    }

    /// The last pair whose key begins with `prefix`.
    ///
    /// # Errors
    /// When the engine fails or the value cannot be read.
    pub fn last(&self, tx: &mut Tx<'_>, prefix: &impl PrefixOf<K>) -> Result<Option<(K, V)>, StoreError> {
        Ok(self.scan_back(tx, prefix, 1)?.pop())
    }

    /// How many keys begin with `prefix`. It reads them all.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn count(&self, tx: &mut Tx<'_>, prefix: &impl PrefixOf<K>) -> Result<usize, StoreError> {
        Ok(tx.scan(self.span(prefix), usize::MAX, false)?.len())
    }

    /// The beginning of all its keys, by which the store tells of commits that touch it.
    pub(super) fn space(&self) -> Vec<u8> {
        space(self.name)
    }

    fn raw(&self, key: &K) -> Vec<u8> {
        let mut raw = space(self.name);
        key.encode(&mut raw);
        raw
    }

    fn span(&self, prefix: &impl PrefixOf<K>) -> Span {
        let mut raw = space(self.name);
        prefix.encode_prefix(&mut raw);
        Span::beginning_with(raw)
    }

    fn pairs(
        &self,
        tx: &mut Tx<'_>,
        span: Span,
        limit: usize,
        backwards: bool,
    ) -> Result<Vec<(K, V)>, StoreError> {
        let pairs = tx.scan(span, limit, backwards)?;
        pairs.into_iter().map(|(key, value)| Ok((self.key(&key)?, self.value(&value)?))).collect()
    }

    fn key(&self, raw: &[u8]) -> Result<K, StoreError> {
        read_key(self.name, raw)
    }

    fn value(&self, raw: &[u8]) -> Result<V, StoreError> {
        decode(raw).map_err(|detail| self.damaged(detail))
    }

    fn damaged(&self, detail: String) -> StoreError {
        StoreError::Value { table: self.name, detail }
    }

    /// Replaces the old value's entries in all indexes by the new one's.
    fn reindex(&self, tx: &mut Tx<'_>, raw: &[u8], key: &K, new: Option<&V>) -> Result<(), StoreError> {
        if self.indexes.is_empty() {
            return Ok(());
        }
        let old = tx.get(raw)?.map(|value| self.value(&value)).transpose()?;
        for index in self.indexes {
            let before = old.as_ref().map(|value| index.entries(key, value)).unwrap_or_default();
            let after = new.map(|value| index.entries(key, value)).unwrap_or_default();
            for entry in before.iter().filter(|entry| !after.contains(entry)) {
                tx.write(entry.clone(), None)?;
            }
            for entry in after.into_iter().filter(|entry| !before.contains(entry)) {
                tx.write(entry, Some(Vec::new()))?;
            }
        }
        Ok(())
    }
}

impl<I: Key + 'static, K: Key + 'static, V: Record + 'static> Index<I, K, V> {
    /// An index by what `of` takes from a value: nothing, one thing or several.
    #[must_use]
    pub const fn new(name: &'static str, of: fn(&K, &V) -> Vec<I>) -> Self {
        Self { name, of }
    }

    /// The first `limit` entries that begin with `prefix`: what was indexed, and the key of its value.
    ///
    /// # Errors
    /// When the engine fails or an entry cannot be read.
    pub fn scan(
        &self,
        tx: &mut Tx<'_>,
        prefix: &impl PrefixOf<(I, K)>,
        limit: usize,
    ) -> Result<Vec<(I, K)>, StoreError> {
        let pairs = tx.scan(self.span(prefix), limit, false)?;
        pairs.into_iter().map(|(key, _)| read_key(self.name, &key)).collect()
    }

    /// The first `limit` entries that were indexed by something in `range`.
    ///
    /// # Errors
    /// When the engine fails or an entry cannot be read.
    pub fn range(
        &self,
        tx: &mut Tx<'_>,
        range: RangeInclusive<I>,
        limit: usize,
    ) -> Result<Vec<(I, K)>, StoreError> {
        let mut from = space(self.name);
        range.start().encode(&mut from);
        // Whatever key follows it, an entry begins with what it was indexed by.
        let mut last = space(self.name);
        range.end().encode(&mut last);
        let pairs = tx.scan(Span { from, to: Span::beginning_with(last).to }, limit, false)?;
        pairs.into_iter().map(|(key, _)| read_key(self.name, &key)).collect()
    }

    /// How many entries begin with `prefix`, without a look at their values.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn count(&self, tx: &mut Tx<'_>, prefix: &impl PrefixOf<(I, K)>) -> Result<usize, StoreError> {
        Ok(tx.scan(self.span(prefix), usize::MAX, false)?.len())
    }

    /// The first `limit` keys under exactly `by`.
    ///
    /// # Errors
    /// When the engine fails or an entry cannot be read.
    pub fn find(&self, tx: &mut Tx<'_>, by: &I, limit: usize) -> Result<Vec<K>, StoreError> {
        Ok(self.scan(tx, by, limit)?.into_iter().map(|(_, key)| key).collect())
    }

    fn span(&self, prefix: &impl PrefixOf<(I, K)>) -> Span {
        let mut raw = space(self.name);
        prefix.encode_prefix(&mut raw);
        Span::beginning_with(raw)
    }
}

impl<I: Key, K: Key, V> Follows<K, V> for Index<I, K, V> {
    fn entries(&self, key: &K, value: &V) -> Vec<Vec<u8>> {
        let entry = |by: I| {
            let mut raw = space(self.name);
            by.encode(&mut raw);
            key.encode(&mut raw);
            raw
        };
        (self.of)(key, value).into_iter().map(entry).collect()
    }
}

fn read_key<K: Key>(table: &'static str, raw: &[u8]) -> Result<K, StoreError> {
    let mut rest = raw.get(table.len() + 1..).unwrap_or_default();
    K::decode(&mut rest)
        .filter(|_| rest.is_empty())
        .ok_or_else(|| StoreError::Value { table, detail: "a key has another shape".to_owned() })
}

fn encode<V: Record>(value: &V) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = format!("[{},", V::VERSION).into_bytes();
    serde_json::to_writer(&mut bytes, value)?;
    bytes.push(b']');
    Ok(bytes)
}

/// Reads `[version, value]` without building the value twice.
fn decode<V: Record>(bytes: &[u8]) -> Result<V, String> {
    let inner = bytes.strip_prefix(b"[").and_then(|rest| rest.strip_suffix(b"]"));
    let parts = inner.and_then(|inner| {
        let comma = inner.iter().position(|&byte| byte == b',')?;
        let version: u16 = std::str::from_utf8(inner.get(..comma)?).ok()?.parse().ok()?;
        Some((version, inner.get(comma + 1..)?))
    });
    let Some((version, value)) = parts else {
        return Err("a value does not begin with its version".to_owned());
    };
    if version == V::VERSION {
        return serde_json::from_slice(value).map_err(|error| error.to_string());
    }
    if version > V::VERSION {
        return Err(format!("a value has version {version}, newer than this Kith's {}", V::VERSION));
    }
    let old = serde_json::from_slice(value).map_err(|error| error.to_string())?;
    let new = V::upgrade(version, old)?;
    serde_json::from_value(new).map_err(|error| error.to_string())
}
