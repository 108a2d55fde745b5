//! Idioms: turns of speech, told as the grammar tells them ("end of day" is "eod", "the 1st thing" the morning), and
//! phrases that say two things at once ("in 2 or 3 weeks").

use jiff::civil::Weekday as Day;

use super::vocabulary::{
    Token::{self, Count, Mark, Month, Number, Ordinal, Rhythm, Unit as U, Weekday, Weekdays, Word},
    Unit,
};

/// Words that stand for several, to be read as if those had been written.
const WRITTEN_OUT: &[(&str, &str)] = &[
    ("2moro", "tomorrow"),
    ("2morrow", "tomorrow"),
    ("2morow", "tomorrow"),
    ("2mrw", "tomorrow"),
    ("2nite", "tonight"),
    ("2night", "tonight"),
    ("2day", "today"),
    ("m-f", "mon-fri"),
    ("mwf", "mon wed fri"),
    ("tth", "tue thu"),
    ("w/c", "week of"),
];

/// The phrase with such words written out; they may end a sentence or stand before a comma.
pub(super) fn written_out(phrase: &str) -> String {
    let word = |word: &str| {
        let bare = word.trim_end_matches([',', '.', '!', '?']);
        match WRITTEN_OUT.iter().find(|(short, _)| *short == bare) {
            Some((_, long)) => format!("{long}{}", word.get(bare.len()..).unwrap_or_default()),
            None => word.to_owned(),
        }
    };
    phrase.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// What a phrase about a moment may say, likelier first.
pub(super) fn of_moment(tokens: &[Token]) -> Vec<Vec<Token>> {
    alternatives(&told(tokens, false))
}

/// What a phrase about a rhythm may say, likelier first.
pub(super) fn of_rhythm(tokens: &[Token]) -> Vec<Vec<Token>> {
    alternatives(&told(tokens, true))
}

fn told(tokens: &[Token], rhythm: bool) -> Vec<Token> {
    let mut told: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut rest = tokens;
    while let Some(first) = rest.first() {
        let before = told.last();
        let found = filler(rest, before)
            .or_else(|| of_day(rest, before))
            .or_else(|| from_to(rest).filter(|_| !matches!(before, Some(Month(_)))))
            .or_else(|| of_calendar(rest, before))
            .or_else(|| of_several(rest, before, rhythm));
        let (taken, instead) = found.unwrap_or_else(|| (1, vec![*first]));
        told.extend(instead);
        rest = rest.get(taken..).unwrap_or_default();
    }
    told
}

/// How many tokens an idiom takes, and what it says.
type Idiom = Option<(usize, Vec<Token>)>;

fn says(taken: usize, tokens: &[Token]) -> Idiom {
    Some((taken, tokens.to_vec()))
}

/// What says nothing of time.
fn filler(tokens: &[Token], before: Option<&Token>) -> Idiom {
    match tokens {
        [Word("filler" | "remind"), ..] | [Mark('~'), ..] => says(1, &[]),
        [Word("at"), Word("least" | "most"), ..] | [Word("or"), Word("so"), ..] => says(2, &[]),
        [Word("ish"), ..] if matches!(before, Some(Number(..) | Word("am" | "pm" | "noon"))) => says(1, &[]),
        [Word("every"), Word("and"), Word("every"), ..] => says(3, &[Word("every")]),
        _ => None,
    }
}

/// Parts of a day and times of it.
fn of_day(tokens: &[Token], before: Option<&Token>) -> Idiom {
    let named = |rest: &[Token]| rest.contains(&Word("morning")) || before == Some(&Word("morning"));
    match tokens {
        [Ordinal(1), Word("thing"), rest @ ..] if named(rest) => says(2, &[]),
        [Ordinal(1), Word("thing"), ..] => says(2, &[Word("morning")]),
        [Word("end" | "close"), Word("of"), Word("the"), Word("working"), U(Unit::Day), ..] => {
            says(5, &[Word("eod")])
        }
        [Word("end" | "close"), Word("of"), Word("the"), U(Unit::Day) | Word("working"), ..]
        | [Word("end" | "close"), Word("of"), Word("working"), U(Unit::Day), ..] => says(4, &[Word("eod")]),
        [Word("end" | "close"), Word("of"), U(Unit::Day) | Word("working"), ..] => says(3, &[Word("eod")]),
        [Word("late" | "later"), Word("tonight"), ..] => says(2, &[Word("tonight")]),
        [Word("after"), Word("lunch"), ..] => says(2, &[Word("afternoon")]),
        [Word("after"), Word("working"), rest @ ..] if !matches!(rest, [U(_), ..]) => {
            says(2, &[Word("evening")])
        }
        [Word("before"), Word("working"), rest @ ..] if !matches!(rest, [U(_), ..]) => {
            says(2, &[Word("morning")])
        }
        [Word("lunch"), ..] => says(1, &[Word("noon")]),
        [Word("this" | "same"), Word("time"), Word("next"), U(unit), ..] => {
            says(4, &[Word("same"), Word("in"), Count(1), U(*unit)])
        }
        [Word("this" | "same"), Word("time"), ..] => says(2, &[Word("same")]),
        [Word("this" | "same"), U(Unit::Day), Word("next"), U(unit), ..] => {
            says(4, &[Word("in"), Count(1), U(*unit)])
        }
        _ => None,
    }
}

/// From when to when, of which the beginning is meant: "2-4pm", "14:00 to 16:00", "between 2 and 4".
fn from_to(tokens: &[Token]) -> Idiom {
    let half = |token: &Token| matches!(token, Word("am" | "pm"));
    match tokens {
        [Word("between"), from @ Number(..), Word("and"), Number(..), end, ..] if half(end) => {
            says(5, &[*from, *end])
        }
        [Word("between"), from @ Number(..), Word("and"), Number(..), ..] => says(4, &[Word("at"), *from]),
        // "10 to 5pm" is ten minutes before.
        [Number(from, digits), Mark('-'), Number(to, _), end, ..] if half(end) && *from <= 12 => {
            // "11-1pm" begins in the morning.
            let other = from % 12 > to % 12;
            let end = if other && *end == Word("pm") { Word("am") } else { *end };
            says(4, &[Number(*from, *digits), end])
        }
        [from @ Number(..), one, Number(..), end, ..] if half(one) && half(end) => says(4, &[*from, *one]),
        [from @ Number(..), one, Word("to"), Number(..), end, ..] if half(one) && half(end) => {
            says(5, &[*from, *one])
        }
        [
            from @ Number(..),
            Mark(':'),
            minutes @ Number(_, 2),
            Mark('-') | Word("to"),
            Number(..),
            Mark(':'),
            Number(_, 2),
            ..,
        ] => says(7, &[*from, Mark(':'), *minutes]),
        _ => None,
    }
}

/// Days and stretches of the calendar.
fn of_calendar(tokens: &[Token], before: Option<&Token>) -> Idiom {
    match tokens {
        [Word("later"), Word("this"), U(_), ..] => says(1, &[]),
        [Word("earlier"), Word("next" | "this"), U(_), ..] => says(1, &[Word("early")]),
        [Word("at" | "over"), Word("the"), U(Unit::Weekend), ..] => says(2, &[Word("the")]),
        [Word("in"), Word("the"), Word("new"), U(Unit::Year), ..] => says(2, &[]),
        [Word("of" | "in"), Word("next" | "this"), U(Unit::Year), ..]
            if matches!(before, Some(Month(_) | Ordinal(_) | Number(..))) =>
        {
            says(1, &[])
        }
        [Word("thanksgiving"), U(Unit::Day), ..] => says(2, &THANKSGIVING),
        [Word("thanksgiving"), ..] => says(1, &THANKSGIVING),
        _ => None,
    }
}

/// As the United States keep it.
const THANKSGIVING: [Token; 4] = [Ordinal(4), Weekday(Day::Thursday), Word("of"), Month(11)];

/// Numbers, and what is meant of many: "weekdays" is a rhythm, "5 weekdays" a length.
fn of_several(tokens: &[Token], before: Option<&Token>, rhythm: bool) -> Idiom {
    let counted = matches!(before, Some(Number(..) | Count(_) | Word("few" | "couple" | "of")));
    match tokens {
        [Count(tens @ (20 | 30)), Ordinal(ones @ 1..=9), ..] => says(2, &[Ordinal(tens + ones)]),
        [Word("weekdays"), ..] if rhythm || counted => says(1, &[U(Unit::Workday)]),
        [Word("weekends"), ..] if rhythm => says(1, &[U(Unit::Weekend)]),
        [Word("mornings"), ..] if rhythm && before.is_none() => says(1, &[Word("every"), Word("morning")]),
        [Word("evenings"), ..] if rhythm && before.is_none() => says(1, &[Word("every"), Word("evening")]),
        [Word("mornings"), ..] if rhythm => says(1, &[Word("morning")]),
        [Word("afternoons"), ..] if rhythm => says(1, &[Word("afternoon")]),
        [Word("evenings"), ..] if rhythm => says(1, &[Word("evening")]),
        [Word("nights"), ..] if rhythm => says(1, &[Word("night")]),
        _ => None,
    }
}

/// Takes "2 or 3 weeks", "2-3 weeks", "a week or two" and "sat or sun" apart.
fn alternatives(tokens: &[Token]) -> Vec<Vec<Token>> {
    for at in 0..tokens.len() {
        let (head, tail) = tokens.split_at(at);
        let with = |instead: &[Token], rest: &[Token]| [head, instead, rest].concat();
        match tail {
            [
                one @ (Number(a, _) | Count(a)),
                Word("or" | "to") | Mark('-'),
                other @ (Number(b, _) | Count(b)),
                rest @ ..,
            ] if a < b && matches!(rest, [U(_) | Rhythm(..), ..]) => {
                return vec![with(&[*one], rest), with(&[*other], rest)];
            }
            [
                one @ (Number(a, _) | Count(a)),
                unit @ U(_),
                Word("or"),
                other @ (Number(b, _) | Count(b)),
                rest @ ..,
            ] if a < b => {
                let rest = if let [U(_), after @ ..] = rest { after } else { rest };
                return vec![with(&[*one, *unit], rest), with(&[*other, *unit], rest)];
            }
            [one @ (Weekday(_) | Weekdays(_)), Word("or"), other @ (Weekday(_) | Weekdays(_)), rest @ ..] => {
                return vec![with(&[*one], rest), with(&[*other], rest)];
            }
            _ => {}
        }
    }
    vec![tokens.to_vec()]
}
