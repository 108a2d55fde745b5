//! Questions for a group's first meeting, from `config/prompts.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// The texts that the binary carries.
const EMBEDDED: &str = include_str!("../../../config/prompts.toml");

#[derive(Deserialize)]
struct Texts {
    #[serde(default)]
    ice_breaker: Vec<Text>,
}

#[derive(Deserialize)]
struct Text {
    text: String,
}

static KEPT: LazyLock<Vec<String>> = LazyLock::new(|| {
    let texts: Result<Texts, _> = toml::from_str(EMBEDDED);
    texts.map(|texts| texts.ice_breaker.into_iter().map(|it| it.text).collect()).unwrap_or_default()
});

/// So many of the questions, chosen by `seed`: groups side by side get different ones.
#[must_use]
pub fn some(seed: u64, count: usize) -> Vec<&'static str> {
    let all = &*KEPT;
    let Ok(length) = u64::try_from(all.len()) else { return vec![] };
    if length == 0 {
        return vec![];
    }
    let start = usize::try_from(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) % length).unwrap_or(0);
    // A step that is prime to no count below it comes by all of them before it comes again.
    let step = (1..all.len()).rev().find(|step| gcd(*step, all.len()) == 1).unwrap_or(1);
    (0..count.min(all.len())).map(|nth| all[(start + nth * step) % all.len()].as_str()).collect()
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_enough_and_none_comes_twice_to_a_group() {
        assert!(KEPT.len() >= 12, "{}", KEPT.len());
        for seed in 0..100 {
            let chosen = some(seed, 3);
            assert!(
                chosen.len() == 3
                    && chosen[0] != chosen[1]
                    && chosen[1] != chosen[2]
                    && chosen[0] != chosen[2]
            );
        }
    }

    #[test]
    fn each_is_a_sentence_that_fits_a_line() {
        for text in &*KEPT {
            assert!(text.chars().count() <= 160 && text.ends_with(['?', '.']), "{text}");
        }
    }
}
