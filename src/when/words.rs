//! From a phrase to tokens: case, accents and punctuation aside, typing mistakes mended.

use unicode_normalization::UnicodeNormalization;

use super::{
    Misread,
    idioms::written_out,
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
    let plain = written_out(&plain.replace('⁄', "/"));
    let plain = plain
        .replace("bi-", "bi")
        .replace("semi-", "semi")
        .replace("semi ", "semi")
        .replace("o clock", "oclock");
    let mut tokens = Vec::new();
    let mut rest = plain.as_str();
    let mut after_digit = false;
    while let Some(first) = rest.chars().next() {
        let len = run(rest, first);
        let (piece, after) = rest.split_at(len);
        if first.is_ascii_digit() {
            // What no number holds is still a number, and too large for everything it may count.
            tokens.push(Token::Number(piece.parse().unwrap_or(u32::MAX), piece.len()));
        } else if first.is_alphabetic() {
            word(piece, after_digit, &mut tokens).ok_or_else(|| not_understood(phrase))?;
        } else if !first.is_whitespace() && !matches!(first, '"' | '!' | '?' | '“' | '”') {
            tokens.push(Token::Mark(first));
        }
        after_digit = first.is_ascii_digit();
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

/// Adds what a word is; `None` for a word that nothing is near. `glued`: it stands right behind a digit.
fn word(piece: &str, glued: bool, tokens: &mut Vec<Token>) -> Option<()> {
    if let (Some(Token::Number(n, _)), "st" | "nd" | "rd" | "th") = (tokens.last(), piece) {
        let ordinal = Token::Ordinal(*n);
        tokens.pop();
        tokens.push(ordinal);
        return Some(());
    }
    let behind_digit = match piece {
        "a" => Some(Token::Word("am")),
        "p" => Some(Token::Word("pm")),
        "x" => Some(Token::Word("times")),
        _ => None,
    };
    let token = behind_digit.filter(|_| glued).or_else(|| known(piece));
    tokens.push(token.or_else(|| mended(piece, tokens.last()))?);
    Some(())
}

/// Whether it is a word of time.
pub(super) fn is_word(word: &str) -> bool {
    known(&word.to_ascii_lowercase()).is_some()
}

fn known(piece: &str) -> Option<Token> {
    WORDS.iter().find(|(word, _)| *word == piece).map(|(_, token)| *token)
}

/// The one word that a misspelt one is nearest to: a slip in four to six letters, two in longer ones, the first letter
/// right (or swapped with the second). Where two words are as near, none; but behind a number the one that is a unit.
fn mended(piece: &str, before: Option<&Token>) -> Option<Token> {
    let length = piece.chars().count();
    let allowed = match length {
        ..4 => return None,
        4..7 => 1,
        _ => 2,
    };
    let mut initials = piece.chars();
    let (first, second) = (initials.next(), initials.next());
    let counted = matches!(before, Some(Token::Number(..) | Token::Count(_) | Token::Word("few" | "couple")));
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
            Some((nearest, found)) if distance == nearest && found == *token => {}
            Some((nearest, found)) if distance == nearest && counted && is_unit(found) != is_unit(*token) => {
                if is_unit(*token) {
                    (best, tied) = (Some((nearest, *token)), false);
                }
            }
            Some((nearest, _)) if distance == nearest => tied = true,
            _ => (best, tied) = (Some((distance, *token)), false),
        }
    }
    best.filter(|_| !tied).map(|(_, token)| token)
}

fn is_unit(token: Token) -> bool {
    matches!(token, Token::Unit(_))
}

/// Drops hyphens that only join words ("mid-january"), keeps those of "2027-01-01", "mon-fri" and "9-"; drops full stops
/// behind words ("dec. 8").
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
            // That of an abbreviation, or the end of a sentence.
            (Mark('.'), Some(Number(..) | Mark(_)) | None, _) => false,
            (Mark('.'), ..) => true,
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
