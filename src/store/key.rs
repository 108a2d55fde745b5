//! Keys whose bytes sort as their values do, so that ranges of a table are ranges of values.

use std::ops::{Bound, RangeBounds};

use jiff::Timestamp;

use crate::id::{ChannelId, EventId, GuildId, Id, MessageId, RoleId, UserId};

/// A key of a table: `a < b` holds exactly when the bytes of `a` sort before those of `b`.
///
/// An encoding ends by itself: none is the beginning of another key's of the same type. So keys can
/// stand one after the other in a tuple and still sort as the tuple does.
pub trait Key: Sized {
    /// Appends the key's bytes.
    fn encode(&self, out: &mut Vec<u8>);

    /// Takes the key from the front of `input`; `None` where the bytes are not those of such a key.
    fn decode(input: &mut &[u8]) -> Option<Self>;
}

/// What a key of type `K` may begin with: nothing, or the first parts of a tuple.
pub trait PrefixOf<K> {
    /// Appends the prefix's bytes.
    fn encode_prefix(&self, out: &mut Vec<u8>);
}

fn take<const N: usize>(input: &mut &[u8]) -> Option<[u8; N]> {
    let (head, rest) = input.split_first_chunk::<N>()?;
    *input = rest;
    Some(*head)
}

macro_rules! unsigned {
    ($($type:ty),*) => {$(
        impl Key for $type {
            fn encode(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_be_bytes());
            }
            fn decode(input: &mut &[u8]) -> Option<Self> {
                take(input).map(<$type>::from_be_bytes)
            }
        }
    )*};
}
unsigned!(u8, u16, u32, u64);

macro_rules! id {
    ($($type:ident),*) => {$(
        impl Key for $type {
            fn encode(&self, out: &mut Vec<u8>) {
                self.0.encode(out);
            }
            fn decode(input: &mut &[u8]) -> Option<Self> {
                u64::decode(input).map($type)
            }
        }
    )*};
}
id!(Id, UserId, ChannelId, GuildId, MessageId, RoleId, EventId);

impl Key for i64 {
    fn encode(&self, out: &mut Vec<u8>) {
        (self.cast_unsigned() ^ (1 << 63)).encode(out);
    }
    fn decode(input: &mut &[u8]) -> Option<Self> {
        Some((u64::decode(input)? ^ (1 << 63)).cast_signed())
    }
}

impl Key for bool {
    fn encode(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
    fn decode(input: &mut &[u8]) -> Option<Self> {
        match u8::decode(input)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

/// A time, to the millisecond: what is finer is cut off.
impl Key for Timestamp {
    fn encode(&self, out: &mut Vec<u8>) {
        // Every timestamp's milliseconds fit.
        i64::try_from(self.as_nanosecond().div_euclid(1_000_000)).unwrap_or(i64::MAX).encode(out);
    }
    fn decode(input: &mut &[u8]) -> Option<Self> {
        Timestamp::from_millisecond(i64::decode(input)?).ok()
    }
}

/// Ends with two zero bytes; a zero byte within is followed by 0xFF.
impl Key for String {
    fn encode(&self, out: &mut Vec<u8>) {
        for &byte in self.as_bytes() {
            out.push(byte);
            if byte == 0 {
                out.push(0xFF);
            }
        }
        out.extend_from_slice(&[0, 0]);
    }
    fn decode(input: &mut &[u8]) -> Option<Self> {
        let mut text = Vec::new();
        loop {
            let [byte] = take(input)?;
            if byte == 0 {
                match take(input)? {
                    [0] => return String::from_utf8(text).ok(),
                    [0xFF] => {}
                    _ => return None,
                }
            }
            text.push(byte);
        }
    }
}

macro_rules! tuple {
    ($($name:ident)+) => {
        impl<$($name: Key),+> Key for ($($name,)+) {
            #[expect(non_snake_case, reason = "each part is named after its type")]
            fn encode(&self, out: &mut Vec<u8>) {
                let ($($name,)+) = self;
                $($name.encode(out);)+
            }
            fn decode(input: &mut &[u8]) -> Option<Self> {
                Some(($($name::decode(input)?,)+))
            }
        }
    };
}
tuple!(A B);
tuple!(A B C);
tuple!(A B C D);

impl<K: Key> PrefixOf<K> for () {
    fn encode_prefix(&self, _: &mut Vec<u8>) {}
}

macro_rules! prefix {
    ($($prefix:ty => $whole:ty [$($name:ident)+];)*) => {$(
        impl<$($name: Key),+> PrefixOf<$whole> for $prefix {
            fn encode_prefix(&self, out: &mut Vec<u8>) {
                self.encode(out);
            }
        }
    )*};
}
prefix! {
    A => (A, B) [A B];
    A => ((A, B), C) [A B C];
    A => (A, B, C) [A B C];
    (A, B) => (A, B, C) [A B C];
    A => (A, B, C, D) [A B C D];
    (A, B) => (A, B, C, D) [A B C D];
    (A, B, C) => (A, B, C, D) [A B C D];
}

/// A range of raw keys, from the first to before the last.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Span {
    pub(crate) from: Vec<u8>,
    pub(crate) to: Vec<u8>,
}

impl Span {
    /// Every key that begins with `prefix`, which must not consist of 0xFF alone.
    pub(crate) fn beginning_with(prefix: Vec<u8>) -> Self {
        let mut to = prefix.clone();
        while let Some(last) = to.pop() {
            if last < 0xFF {
                to.push(last + 1);
                break;
            }
        }
        Self { from: prefix, to }
    }

    /// The keys of `range` within the space that begins with `prefix`.
    pub(crate) fn within<K: Key>(prefix: &[u8], range: &impl RangeBounds<K>) -> Self {
        let whole = Self::beginning_with(prefix.to_vec());
        let raw = |key: &K, after: bool| {
            let mut out = prefix.to_vec();
            key.encode(&mut out);
            if after {
                // Encodings end by themselves, so nothing lies between a key and this.
                out.push(0);
            }
            out
        };
        let from = match range.start_bound() {
            Bound::Included(key) => raw(key, false),
            Bound::Excluded(key) => raw(key, true),
            Bound::Unbounded => whole.from,
        };
        let to = match range.end_bound() {
            Bound::Included(key) => raw(key, true),
            Bound::Excluded(key) => raw(key, false),
            Bound::Unbounded => whole.to,
        };
        Self { from, to }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.from >= self.to
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use proptest::prelude::*;

    use super::*;

    fn bytes(key: &impl Key) -> Vec<u8> {
        let mut out = Vec::new();
        key.encode(&mut out);
        out
    }

    fn holds<K: Key + Ord + Debug>(a: &K, b: &K) -> Result<(), TestCaseError> {
        prop_assert_eq!(bytes(a).cmp(&bytes(b)), a.cmp(b), "{:?} {:?}", a, b);
        let mut raw = bytes(a);
        raw.extend_from_slice(b"rest");
        let mut input = raw.as_slice();
        let back = K::decode(&mut input);
        prop_assert_eq!(back.as_ref(), Some(a));
        prop_assert_eq!(input, b"rest");
        Ok(())
    }

    /// Short texts over few letters, so that one is often the beginning of another.
    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            proptest::collection::vec(prop_oneof![Just('\0'), Just('\u{1}'), Just('a'), Just('ÿ')], 0..4)
                .prop_map(|letters| letters.into_iter().collect()),
            any::<String>(),
        ]
    }

    fn time() -> impl Strategy<Value = Timestamp> {
        (-300_000_000_000_i64..4_000_000_000_000).prop_map(|ms| Timestamp::from_millisecond(ms).unwrap())
    }

    proptest! {
        #[test]
        fn numbers(a: u64, b: u64, c: i64, d: i64, e: u8, f: u8, g: u32, h: u32, i: bool, j: bool) {
            holds(&a, &b)?;
            holds(&c, &d)?;
            holds(&e, &f)?;
            holds(&g, &h)?;
            holds(&i, &j)?;
            holds(&UserId(a), &UserId(b))?;
            holds(&Id(a), &Id(b))?;
        }

        #[test]
        fn texts(a in text(), b in text()) {
            holds(&a, &b)?;
        }

        #[test]
        fn times(a in time(), b in time()) {
            holds(&a, &b)?;
        }

        #[test]
        fn tuples(a in (text(), text()), b in (text(), text()), n: [u8; 4], t in (time(), time())) {
            holds(&a, &b)?;
            holds(&(a.0.clone(), n[0], b.0.clone()), &(a.1.clone(), n[1], b.1.clone()))?;
            holds(&(a.0.clone(), a.1.clone(), n[0]), &(b.0.clone(), b.1.clone(), n[1]))?;
            holds(&(t.0, a.0, a.1, n[2]), &(t.1, b.0, b.1, n[3]))?;
        }

        #[test]
        fn a_prefix_spans_exactly_its_keys(a in text(), b in text(), n: u8) {
            let mut prefix = b"table\0".to_vec();
            PrefixOf::<(String, u8)>::encode_prefix(&a, &mut prefix);
            let span = Span::beginning_with(prefix);
            let mut raw = b"table\0".to_vec();
            (b.clone(), n).encode(&mut raw);
            prop_assert_eq!(span.from <= raw && raw < span.to, a == b);
        }

        #[test]
        fn a_range_spans_exactly_its_keys(from: u8, to: u8, key: u8) {
            let raw = [b"t\0".as_slice(), &[key]].concat();
            let inside = |span: Span| span.from <= raw && raw < span.to;
            prop_assert_eq!(inside(Span::within(b"t\0", &(from..to))), (from..to).contains(&key));
            prop_assert_eq!(inside(Span::within(b"t\0", &(from..=to))), (from..=to).contains(&key));
            prop_assert_eq!(inside(Span::within::<u8>(b"t\0", &(..to))), key < to);
            let after = (Bound::Excluded(from), Bound::Unbounded);
            prop_assert_eq!(inside(Span::within(b"t\0", &after)), key > from);
        }
    }

    #[test]
    fn a_time_is_cut_to_the_millisecond() {
        let time: Timestamp = "1969-12-31T23:59:59.9995Z".parse().unwrap();
        let back = Timestamp::decode(&mut bytes(&time).as_slice()).unwrap();
        assert_eq!(back.to_string(), "1969-12-31T23:59:59.999Z");
    }
}
