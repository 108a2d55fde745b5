//! Whom of their network a member means by what they typed.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::Connection;
use crate::id::{Id, UserId};

/// `text` without case, accents and repeated spaces, to compare by.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        if word.is_ascii() {
            out.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            let plain = word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
            plain.for_each(|c| match of_strokes(c) {
                Some(letters) => out.push_str(letters),
                None => out.push(c),
            });
        }
    }
    out
}

/// What one calls somebody of this name: its first word that is no title, or of "Hopper, Grace" the one after the comma.
/// A title and one name stay together: "Dr. Hopper".
#[must_use]
pub fn first_name(name: &str) -> &str {
    let mut parts = name.split(',').map(str::trim);
    let whole = parts.next().filter(|whole| !whole.is_empty()).unwrap_or(name);
    let given = parts.next().filter(|given| is_last_name(whole) && !is_suffix(given));
    let mut names = given.unwrap_or(whole).split_whitespace().filter(|word| !is_title(word));
    match (names.next(), names.next()) {
        (Some(first), more) if given.or(more).is_some() => first,
        _ => whole,
    }
}

/// Whether a title goes before names.
fn is_title(word: &str) -> bool {
    const TITLES: [&str; 18] = [
        "dr",
        "doctor",
        "prof",
        "professor",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "sir",
        "dame",
        "lord",
        "lady",
        "rev",
        "herr",
        "frau",
        "mme",
        "hon",
    ];
    TITLES.contains(&folded(word).trim_end_matches('.'))
}

/// Whether what stands before a comma is a last name: one word, beside titles and what goes before it ("van der Berg").
fn is_last_name(text: &str) -> bool {
    let small = |word: &str| word.starts_with(char::is_lowercase);
    text.split_whitespace().filter(|word| !is_title(word) && !small(word)).count() == 1
}

/// Whether what stands after a comma goes with the whole name: "Hopper, PhD".
fn is_suffix(text: &str) -> bool {
    const SUFFIXES: [&str; 10] = ["jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "esq", "msc"];
    let text = folded(text).replace('.', "");
    text.is_empty() || SUFFIXES.contains(&text.as_str())
}

/// Letters with a stroke or of two, which Unicode takes apart no further, as one types them without.
fn of_strokes(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        'þ' => "th",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        '’' => "'",
        _ => return None,
    })
}

/// How well what was typed fits a name: the smaller, the better. `None` where it does not.
///
/// 0: the name itself; 1: the name begins so; 2: every word typed begins a word of the name; 3: it
/// stands somewhere in the name.
#[must_use]
pub fn fit(typed: &str, name: &str) -> Option<u8> {
    if typed == name {
        return Some(0);
    }
    if name.starts_with(typed) {
        return Some(1);
    }
    let begins = |word: &str| {
        let parts = name.split(|c: char| !c.is_alphanumeric());
        parts.into_iter().any(|part| !part.is_empty() && part.starts_with(word))
    };
    if !typed.is_empty() && typed.split(' ').all(begins) {
        return Some(2);
    }
    name.contains(typed).then_some(3)
}

/// Those whom `typed` may mean, best fit first, at most `limit`; `of` tells their names and ids.
#[must_use]
pub fn search<'a, T>(
    typed: &str,
    network: &'a [T],
    of: impl Fn(&T) -> (&str, Id),
    limit: usize,
) -> Vec<&'a T> {
    let typed = folded(typed);
    let fitting = network.iter().filter_map(|it| {
        let (name, id) = of(it);
        let name = folded(name);
        fit(&typed, &name).map(|fit| (fit, name, id, it))
    });
    let mut found: Vec<(u8, String, Id, &T)> = fitting.collect();
    found.sort_unstable_by(|a, b| (a.0, &a.1, a.2).cmp(&(b.0, &b.1, b.2)));
    found.into_iter().take(limit).map(|(.., it)| it).collect()
}

/// Those of a network whom `typed` may mean, best fit first.
fn fitting<'a>(typed: &str, network: &'a [Connection]) -> Vec<&'a Connection> {
    search(typed, network, |it| (&it.name, it.id), usize::MAX)
}

/// Whom `who` means.
#[derive(Clone, Debug, PartialEq)]
pub enum Meant<'a> {
    /// This one.
    One(&'a Connection),
    /// One of these: ask back.
    Several(Vec<&'a Connection>),
    /// Nobody.
    Nobody,
}

/// Marks a value that was picked from the list of names: `=` and the connection's id.
const PICKED: char = '=';

/// What stands behind a name in the list.
#[must_use]
pub fn picked(id: Id) -> String {
    format!("{PICKED}{id}")
}

/// What stands in `who:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written<'a> {
    /// A name was picked from the list.
    Picked(Id),
    /// A Discord user was mentioned.
    Mention(UserId),
    /// Words were typed.
    Words(&'a str),
}

impl<'a> Written<'a> {
    /// What `who` is.
    #[must_use]
    pub fn of(who: &'a str) -> Self {
        let who = who.trim();
        if let Some(id) = who.strip_prefix(PICKED).and_then(|id| id.parse::<Id>().ok()) {
            return Self::Picked(id);
        }
        let user = who.strip_prefix("<@").and_then(|rest| rest.strip_suffix('>'));
        match user.and_then(|user| user.trim_start_matches('!').parse().ok()) {
            Some(user) => Self::Mention(UserId(user)),
            None => Self::Words(who),
        }
    }
}

/// Whom a member means: the one that was picked from the list, the one of exactly that name, the
/// only one that it fits, or several.
#[must_use]
pub fn resolve<'a>(who: &str, network: &'a [Connection]) -> Meant<'a> {
    let one = |found: Option<&'a Connection>| found.map_or(Meant::Nobody, Meant::One);
    match Written::of(who) {
        Written::Picked(id) => return one(network.iter().find(|it| it.id == id)),
        Written::Mention(user) => return one(network.iter().find(|it| it.member == Some(user))),
        Written::Words(_) => {}
    }
    let typed = folded(who);
    if typed.is_empty() {
        return Meant::Nobody;
    }
    let exact: Vec<&Connection> =
        network.iter().filter(|connection| folded(&connection.name) == typed).collect();
    let found = if exact.is_empty() { fitting(who, network) } else { exact };
    match found.as_slice() {
        [] => Meant::Nobody,
        [one] => Meant::One(one),
        _ => Meant::Several(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use jiff::Timestamp;

    fn network(names: &[&str]) -> Vec<Connection> {
        let named =
            |(n, name): (usize, &&str)| Connection::new(Id(n as u64 + 1), *name, Timestamp::UNIX_EPOCH);
        names.iter().enumerate().map(named).collect()
    }

    fn found(typed: &str, names: &[&str]) -> Vec<String> {
        fitting(typed, &network(names)).iter().map(|it| it.name.clone()).collect()
    }

    #[test]
    fn finds_by_prefix_and_by_any_word_accents_and_case_aside() {
        let names = ["Grace Hopper", "Ágnes Gráf", "Hopkins, Bo", "Jean-Luc Grand"];
        assert_eq!(found("gra", &names), ["Grace Hopper", "Ágnes Gráf", "Jean-Luc Grand"]);
        assert_eq!(found("agnes", &names), ["Ágnes Gráf"]);
        assert_eq!(found("hop gr", &names), ["Grace Hopper"]);
        assert_eq!(found("opp", &names), ["Grace Hopper"]);
        assert_eq!(found("", &names).len(), 4);
    }

    #[test]
    fn one_calls_people_by_their_first_name() {
        for (name, called) in [
            ("Grace Hopper", "Grace"),
            (" Grace ", "Grace"),
            ("Dr. Grace Hopper", "Grace"),
            ("Prof. Dr. Grace Hopper", "Grace"),
            ("PROFESSOR Grace Hopper", "Grace"),
            ("Mx Bo Hopkins", "Bo"),
            ("Dr. Hopper", "Dr. Hopper"),
            ("Dame Judi", "Dame Judi"),
            ("Sir", "Sir"),
            ("Hopkins, Bo", "Bo"),
            ("Hopper, Dr. Grace", "Grace"),
            ("Dr. Hopper, Grace Brewster", "Grace"),
            ("van der Berg, Anna", "Anna"),
            ("Hopkins,", "Hopkins"),
            ("Grace Hopper, PhD", "Grace"),
            ("Grace, Ph.D.", "Grace"),
            ("Hopper, Grace, PhD", "Grace"),
            // Whatever that is, it is no first name.
            ("Grace Hopper, Acme", "Grace"),
            ("Jean-Luc Picard", "Jean-Luc"),
            ("李小龍", "李小龍"),
        ] {
            assert_eq!(first_name(name), called, "{name}");
        }
    }

    #[test]
    fn letters_with_strokes_are_typed_without() {
        let names = ["Łukasz Grażyński", "Søren Strauß", "Seán O’Brien", "ŞİRİN  Işık"];
        assert_eq!(found("lukasz grazynski", &names), [names[0]]);
        assert_eq!(found("SOREN strauss", &names), [names[1]]);
        assert_eq!(found("o'brien", &names), [names[2]]);
        assert_eq!(found("sirin isik", &names), [names[3]]);
    }

    #[test]
    fn an_exact_name_wins_over_longer_ones() {
        let network = network(&["Bo", "Bo Jones"]);
        assert_eq!(resolve("bo", &network), Meant::One(&network[0]));
        assert!(matches!(resolve("b", &network), Meant::Several(all) if all.len() == 2));
        assert_eq!(resolve("zoe", &network), Meant::Nobody);
        assert_eq!(resolve("  ", &network), Meant::Nobody);
    }

    #[test]
    fn what_was_picked_is_meant_whatever_it_is_called() {
        let network = network(&["Bo", "Bo"]);
        assert_eq!(resolve(&picked(Id(2)), &network), Meant::One(&network[1]));
        assert_eq!(resolve(&picked(Id(9)), &network), Meant::Nobody);
    }
}
