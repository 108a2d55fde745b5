//! What people press works for as long as its message exists: every press there is, made by walking its type.

use std::fmt::Debug;

use proptest::prelude::*;
use serde::de::value::Error;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, SeqAccess, VariantAccess,
    Visitor,
};

use crate::about::AboutPress;
use crate::connections::press::ConnectionPress;
use crate::discord::custom_id::{CustomId, LENGTH, Press};
use crate::members::press::MemberPress;
use crate::nudges::press::NudgePress;
use crate::rounds::press::RoundPress;

/// Where a press comes from: which variant of so many, and each number that it carries.
struct Source<'a> {
    choose: &'a mut dyn FnMut(usize) -> usize,
    number: &'a mut dyn FnMut() -> u64,
}

/// A press carries ids, numbers and short keys only: whatever else is asked for is refused.
macro_rules! numbers {
    ($($method:ident $most:expr,)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.visit_u64((self.number)() & $most)
        })*
    };
}

impl<'de> Deserializer<'de> for &mut Source<'_> {
    type Error = Error;

    numbers! {
        deserialize_u8 u64::from(u8::MAX),
        deserialize_u16 u64::from(u16::MAX),
        deserialize_u32 u64::from(u32::MAX),
        deserialize_u64 u64::MAX,
        deserialize_i64 u64::MAX >> 1,
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("a press carries what is no number"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if (self.choose)(2) == 0 { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let chosen = (self.choose)(variants.len());
        visitor.visit_enum(Variant { chosen, source: self })
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i128 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple_struct
        map struct identifier ignored_any
    }
}

impl<'de> SeqAccess<'de> for Source<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        seed.deserialize(self).map(Some)
    }
}

struct Variant<'s, 'a> {
    chosen: usize,
    source: &'s mut Source<'a>,
}

impl<'de> EnumAccess<'de> for Variant<'_, '_> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        Ok((seed.deserialize((self.chosen as u64).into_deserializer())?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, '_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self.source)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(self.source)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_seq(self.source)
    }
}

/// Every press of an area, with these numbers in each: its first, its second, …
fn every<P: Press>(numbers: impl Fn(u64) -> u64) -> Vec<P> {
    let mut all = Vec::new();
    // The way that was taken, of how many, and what is next is the way after it.
    let mut way: Vec<(usize, usize)> = Vec::new();
    loop {
        let (mut at, mut nth) = (0, 0);
        let mut number = || {
            nth += 1;
            numbers(nth)
        };
        let mut choose = |of| {
            if at == way.len() {
                way.push((0, of));
            }
            at += 1;
            way[at - 1].0
        };
        all.push(P::deserialize(&mut Source { choose: &mut choose, number: &mut number }).unwrap());
        while way.pop_if(|(taken, of)| *taken + 1 == *of).is_some() {}
        match way.last_mut() {
            Some((taken, _)) => *taken += 1,
            None => return all,
        }
    }
}

fn means_the_same<P: Press + Debug + PartialEq>(press: &P) {
    let id = press.id();
    assert!(id.len() <= LENGTH, "{press:?}: {id}");
    let meant = CustomId::parse(&id).and_then(|id| id.press::<P>());
    assert_eq!(meant.as_ref(), Some(press), "{id}");
}

fn fits_when_it_is_longest<P: Press + Debug + PartialEq>() {
    for number in [0, u64::MAX, u64::MAX / 2] {
        every::<P>(|_| number).iter().for_each(means_the_same);
    }
}

#[test]
fn every_press_fits_into_a_custom_id_with_the_largest_numbers() {
    fits_when_it_is_longest::<MemberPress>();
    fits_when_it_is_longest::<ConnectionPress>();
    fits_when_it_is_longest::<NudgePress>();
    fits_when_it_is_longest::<RoundPress>();
    fits_when_it_is_longest::<AboutPress>();
}

/// The press that comes of these draws.
fn drawn<P: Press>(draws: &[u64]) -> P {
    let mut choices = draws.iter().copied().cycle();
    let mut numbers = draws.iter().copied().rev().cycle();
    let mut choose = |of: usize| usize::try_from(choices.next().unwrap() % of as u64).unwrap();
    let mut number = || numbers.next().unwrap();
    P::deserialize(&mut Source { choose: &mut choose, number: &mut number }).unwrap()
}

proptest! {
    #[test]
    fn whatever_is_pressed_means_the_same_when_it_comes_back(draws in prop::collection::vec(any::<u64>(), 5)) {
        means_the_same(&drawn::<MemberPress>(&draws));
        means_the_same(&drawn::<ConnectionPress>(&draws));
        means_the_same(&drawn::<NudgePress>(&draws));
        means_the_same(&drawn::<RoundPress>(&draws));
    }
}

fn lines<P: Press + Debug>() -> Vec<String> {
    every::<P>(|nth| nth).iter().map(|press| format!("{} {press:?}", press.id())).collect()
}

/// Buttons with these ids stand in people's messages. A line that changes breaks them: only new lines are right, each at
/// the end of its enum.
#[test]
fn what_stands_in_messages_means_what_it_meant() {
    let all = [
        lines::<AboutPress>(),
        lines::<ConnectionPress>(),
        lines::<MemberPress>(),
        lines::<NudgePress>(),
        lines::<RoundPress>(),
    ];
    insta::assert_snapshot!(all.concat().join("\n"));
}
