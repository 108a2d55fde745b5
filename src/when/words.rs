//! From a phrase to tokens: case, accents and punctuation aside, typing mistakes mended.

use unicode_normalization::UnicodeNormalization;

use super::{
    Misread,
    vocabulary::{Token, Unit, WORDS},
};

/// Longer phrases are not looked at.
const MAX_CHARS: usize = 200;
/// How much of a phrase an error repeats.
const SHOWN_CHARS: usize = 100;

/// The tokens of a phrase.
pub(super) fn tokens(phrase: &str) -> Result<Vec<Token>, Misread> {
    if phrase.trim().is_empty() {
        return Err(Misread::Empty);
    }
    if phrase.chars().count() > MAX_CHARS {
        return Err(not_understood(phrase));
    }
    let plain: String = phrase
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c) && !matches!(c, '\'' | '’' | '‘' | '`'))
        .collect();
    let plain = plain.replace("a.m.", "am").replace("p.m.", "pm").replace(['–', '—', '−', '‐', '‑'], "-");
    let plain = plain.replace("bi-", "bi").replace("semi-", "semi").replace("o clock", "oclock");
    let mut tokens = Vec::new();
    let mut rest = plain.as_str();
    while let Some(first) = rest.chars().next() {
        let len = run(rest, first);
        let (piece, after) = rest.split_at(len);
        if first.is_ascii_digit() {
            // What no number holds is still a number, and too large for everything it may count.
            tokens.push(Token::Number(piece.parse().unwrap_or(u32::MAX), piece.len()));
        } else if first.is_alphabetic() {
            word(piece, &mut tokens).ok_or_else(|| not_understood(phrase))?;
        } else if !first.is_whitespace() && !matches!(first, '"' | '!' | '?' | '“' | '”') {
            tokens.push(Token::Mark(first));
        }
        rest = after;
    }
    let tokens = joined(&tokens);
    if tokens.is_empty() { Err(not_understood(phrase)) } else { Ok(tokens) }
}

/// The error for a phrase that reads as no time.
pub(super) fn not_understood(phrase: &str) -> Misread {
    let phrase = phrase.trim();
    match phrase.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => Misread::NotUnderstood(format!("{}…", phrase.get(..end).unwrap_or_default())),
        None => Misread::NotUnderstood(phrase.to_owned()),
    }
}

/// How many bytes belong together from the start: a number, a word, else one character.
fn run(text: &str, first: char) -> usize {
    let same: fn(char) -> bool = if first.is_ascii_digit() {
        |c| c.is_ascii_digit()
    } else if first.is_alphabetic() {
        char::is_alphabetic
    } else {
        return first.len_utf8();
    };
    text.find(|c: char| !same(c)).unwrap_or(text.len())
}

/// Adds what a word is; `None` for a word that nothing is near.
fn word(piece: &str, tokens: &mut Vec<Token>) -> Option<()> {
    if let (Some(Token::Number(n, _)), "st" | "nd" | "rd" | "th") = (tokens.last(), piece) {
        let ordinal = Token::Ordinal(*n);
        tokens.pop();
        tokens.push(ordinal);
        return Some(());
    }
    tokens.push(known(piece).or_else(|| mended(piece))?);
    Some(())
}

fn known(piece: &str) -> Option<Token> {
    WORDS.iter().find(|(word, _)| *word == piece).map(|(_, token)| *token)
}

/// The one word that a misspelt one is nearest to: a slip in four to six letters, two in longer ones, the first letter
/// right (or swapped with the second). Where two words are as near, none.
fn mended(piece: &str) -> Option<Token> {
    let length = piece.chars().count();
    let allowed = match length {
        ..4 => return None,
        4..7 => 1,
        _ => 2,
    };
    let mut initials = piece.chars();
    let (first, second) = (initials.next(), initials.next());
    let mut best: Option<(usize, Token)> = None;
    let mut tied = false;
    for (word, token) in WORDS.iter().filter(|(word, _)| word.len() >= 4) {
        let mut letters = word.chars();
        let (one, two) = (letters.next(), letters.next());
        if one != first && (one, two) != (second, first) {
            continue;
        }
        let distance = strsim::osa_distance(piece, word);
        match best {
            _ if distance > allowed => {}
            Some((nearest, _)) if distance > nearest => {}
            Some((nearest, found)) if distance == nearest => tied |= found != *token,
            _ => (best, tied) = (Some((distance, *token)), false),
        }
    }
    best.filter(|_| !tied).map(|(_, token)| token)
}

/// Drops hyphens that only join words ("mid-january"), keeps those of "2027-01-01", "mon-fri" and "9-".
fn joined(tokens: &[Token]) -> Vec<Token> {
    use Token::{Mark, Number, Ordinal, Weekday};
    let mut kept = Vec::with_capacity(tokens.len());
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|i| tokens.get(i));
        let joins = match (token, before, tokens.get(index + 1)) {
            (Mark('-'), Some(Number(..)), Some(Number(..))) => false,
            (Mark('-'), Some(Weekday(_)), Some(Weekday(_))) => false,
            (Mark('-'), Some(Mark(_)) | None, _) | (Mark('-'), _, Some(Mark(_)) | None) => false,
            (Mark('-'), Some(Ordinal(_)), Some(Ordinal(_))) => false,
            (Mark('-' | '@'), ..) => true,
            _ => false,
        };
        if !joins {
            kept.push(*token);
        }
    }
    kept
}

/// Whether a unit is shorter than a day.
pub(super) fn shorter_than_day(unit: Unit) -> bool {
    matches!(unit, Unit::Second | Unit::Minute | Unit::Hour)
}
