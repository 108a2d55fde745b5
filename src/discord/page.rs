//! A list that is longer than a message shows, in pages.

use super::message::{Button, Style};
use crate::texts::Words;

/// One page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Which, from 0.
    at: usize,
    /// How many there are, one at least.
    pub count: usize,
    /// How many entries a page shows.
    size: usize,
}

impl Page {
    /// Page `wanted`, from 0, of a list with `entries`, of which a page shows `size`; one past the end
    /// is the last.
    #[must_use]
    pub fn of(entries: usize, size: usize, wanted: u16) -> Self {
        let count = entries.div_ceil(size).max(1);
        Self { at: usize::from(wanted).min(count - 1), count, size }
    }

    /// Which it is, as people count, from 1.
    #[must_use]
    pub fn number(self) -> usize {
        self.at + 1
    }

    /// The entries of a list that it shows.
    #[must_use]
    pub fn shown<T>(self, all: &[T]) -> Vec<&T> {
        all.iter().skip(self.at * self.size).take(self.size).collect()
    }

    /// The buttons that turn to the pages before and after it, where there are any.
    #[must_use]
    pub fn turns(self, words: Words<'_>, more: Style, press: impl Fn(u16) -> String) -> Vec<Button> {
        let press = |to: usize| press(u16::try_from(to).unwrap_or(u16::MAX));
        let back = self.at.checked_sub(1).map(|to| Button::secondary(words.say("button-back"), press(to)));
        let on = (self.number() < self.count)
            .then(|| Button::new(more, words.say("button-more"), press(self.at + 1)));
        back.into_iter().chain(on).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_stands_on_one_page() {
        let all: Vec<u8> = (0..23).collect();
        let shown: Vec<u8> = (0..3).flat_map(|at| Page::of(all.len(), 10, at).shown(&all)).copied().collect();
        assert_eq!(shown, all);
        let past = Page::of(all.len(), 10, 9);
        assert_eq!((past.number(), past.count, past.shown(&all).len()), (3, 3, 3));
        assert_eq!(Page::of(0, 10, 4).number(), 1);
    }
}
