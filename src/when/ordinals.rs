//! A set of ordinal numbers, as "the 1st and 15th" names one.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// Some of the numbers 1 to 31. In JSON a list of them, the smallest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ordinals(u32);

impl Ordinals {
    /// The set of these; `None` where one is none of 1 to 31.
    #[must_use]
    pub fn of(numbers: &[i8]) -> Option<Ordinals> {
        let bit = |number: &i8| (1..=31).contains(number).then(|| 1_u32 << (number - 1));
        numbers.iter().try_fold(0, |bits, number| Some(bits | bit(number)?)).map(Ordinals)
    }

    /// The numbers, the smallest first.
    pub fn iter(self) -> impl Iterator<Item = i8> {
        (1..=31_i8).filter(move |number| self.0 & (1 << (number - 1)) != 0)
    }
}

impl Serialize for Ordinals {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Ordinals {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let numbers = Vec::<i8>::deserialize(deserializer)?;
        let set = Ordinals::of(&numbers).filter(|set| set.0 != 0);
        set.ok_or_else(|| D::Error::custom("ordinals are some of 1 to 31"))
    }
}
