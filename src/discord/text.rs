//! Text from people, made safe to stand in what Kith writes; lengths as Discord counts them;
//! times that everybody reads in their own zone.

use jiff::Timestamp;

/// `text`, trimmed and cut at a word with "…" so that it has at most `most` characters.
#[must_use]
pub fn cut(text: &str, most: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let room: String = text.chars().take(most.saturating_sub(1)).collect();
    let at_word = room.rfind(char::is_whitespace).filter(|at| *at >= room.len() / 2);
    format!("{}…", room[..at_word.unwrap_or(room.len())].trim_end())
}

/// `text` so that Discord shows it as it was typed: no markdown, mention or link takes effect.
///
/// Line breaks become spaces, so that no quote, list or heading begins. Text that runs from right
/// to left is isolated (Unicode's FSI and PDI), so that it does not turn what stands around it.
#[must_use]
pub fn plain(text: &str) -> String {
    let spaced = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    let shown: String = spaced.filter(|c| !turns_text(*c)).collect();
    let text = shown.trim();
    let mut out = String::with_capacity(text.len() + 8);
    let mut begun = false;
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
    for (at, c) in text.char_indices() {
        let escaped = match c {
            // Between letters it is none of Discord's marks: Europe/Isle_of_Man.
            '_' => {
                !(within_a_word(&text[..at])
                    && text[at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric()))
            }
            '\\' | '*' | '~' | '`' | '|' | '<' | '>' | '[' | ']' | '@' => true,
            '#' | '-' | '+' => !begun,
            '.' => at > 0 && text.len() - at == numbered.len(),
            '/' => out.ends_with(':') || leads_to_a_server(&out),
            ':' => begins_emoji(&text[at + 1..]),
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        out.push(c);
        begun |= !matches!(c, ' ' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
    }
    if out.chars().any(runs_right_to_left) { format!("\u{2068}{out}\u{2069}") } else { out }
}

/// Control characters, and those that turn what stands around them.
fn turns_text(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a text so far ends as an invitation begins, which Discord shows as one without `https:` too.
fn leads_to_a_server(before: &str) -> bool {
    let ends = |end: &str| {
        let start = before.len().checked_sub(end.len());
        start.and_then(|start| before.get(start..)).is_some_and(|it| it.eq_ignore_ascii_case(end))
    };
    ends("discord.gg") || ends("discord.com") || ends("discordapp.com")
}

/// Whether a text so far ends in a letter or digit.
fn within_a_word(before: &str) -> bool {
    before.ends_with(|c: char| c.is_ascii_alphanumeric())
}

/// Whether `rest`, after a colon, completes an emoji's name such as `:tada:`.
fn begins_emoji(rest: &str) -> bool {
    let name =
        rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-' | '~'));
    name.len() < rest.len() && name.starts_with(':')
}

/// `text` in one line, its spaces single: for a label, which shows no other.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What Kith says, cut after a whole word with "…" so that it has at most `most` characters: no time in
/// it is cut in two.
#[must_use]
pub fn whole_words(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut room = most.saturating_sub(1);
    let fitting = text.split_inclusive(' ').take_while(|word| {
        let length = word.chars().count();
        let fits = length <= room + 1;
        room = room.saturating_sub(length);
        fits
    });
    let fitting: String = fitting.collect();
    let said = format!("{}…", fitting.trim_end());
    if said.chars().count() <= most { said } else { String::new() }
}

/// `text` as [`plain`] shows it, cut at a word with "…" so that what is written has at most `most`
/// characters: no escape and no isolation is cut in two.
#[must_use]
pub fn plain_within(text: &str, most: usize) -> String {
    let mut room = most;
    loop {
        let shown = plain(&cut(text, room));
        let length = shown.chars().count();
        if length <= most || room == 0 {
            return shown;
        }
        room = room.saturating_sub(length - most);
    }
}

/// Hebrew, Arabic and their neighbours, in the blocks that are in use.
fn runs_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// A day, as everybody reads it in their own zone and language (Discord: "Reference", "Timestamps").
#[must_use]
pub fn day(at: Timestamp) -> String {
    format!("<t:{}:D>", at.as_second())
}

/// A time of day.
#[must_use]
pub fn time(at: Timestamp) -> String {
    format!("<t:{}:t>", at.as_second())
}

/// A day with its weekday and time.
#[must_use]
pub fn moment(at: Timestamp) -> String {
    format!("<t:{}:F>", at.as_second())
}

/// How far away it is: "in 6 weeks", "3 days ago".
#[must_use]
pub fn relative(at: Timestamp) -> String {
    format!("<t:{}:R>", at.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cuts_at_a_word() {
        assert_eq!(cut("one two three", 9), "one two…");
        assert_eq!(cut("one two", 7), "one two");
        assert_eq!(cut("abcdefghij", 5), "abcd…");
    }

    #[test]
    fn nothing_of_theirs_takes_effect() {
        assert_eq!(plain("**Bo** <@1> @everyone"), r"\*\*Bo\*\* \<\@1\> \@everyone");
        assert_eq!(plain("# big\n- x"), r"\# big - x");
        assert_eq!(plain("[x](https://e.org)"), r"\[x\](https:\//e.org)");
        assert_eq!(plain("1. Bo"), r"1\. Bo");
        assert_eq!(plain("a_b_ _c_ __d__ e__f"), r"a_b\_ \_c\_ \_\_d\_\_ e\_\_f");
        assert_eq!(plain("Bo :tada: at 10:30"), r"Bo \:tada: at 10:30");
        assert_eq!(plain("Bo (v1.2)"), "Bo (v1.2)");
        assert_eq!(plain("\u{1}# big \u{202e}gib"), r"\# big gib");
        assert_eq!(plain("\u{200b}# big"), "\u{200b}\\# big");
        assert_eq!(plain("\u{1}\u{85}-# small"), r"\-# small");
        assert_eq!(plain("\u{202d}1. Bo"), r"1\. Bo");
        assert_eq!(plain("come to Discord.gg/abc"), r"come to Discord.gg\/abc");
        assert_eq!(plain("<t:1:R> <:a:1> </nudge me:1>"), r"\<t\:1:R\> \<\:a:1\> \</nudge me:1\>");
    }

    #[test]
    fn right_to_left_is_isolated() {
        assert_eq!(plain("\u{5e9}\u{5dc}"), "\u{2068}\u{5e9}\u{5dc}\u{2069}");
    }

    proptest! {
        #[test]
        fn never_longer_than_asked(text: String, most in 1usize..200) {
            prop_assert!(cut(&text, most).chars().count() <= most);
        }

        #[test]
        fn whole_words_fit_and_halve_no_time(words in prop::collection::vec("[a-z]{1,9}|<t:[0-9]{10}:R>[.;]?", 0..20), most in 0usize..120) {
            let said = whole_words(&words.join(" "), most);
            prop_assert!(said.chars().count() <= most);
            prop_assert!(said.split(' ').all(|it| it.is_empty() || words.iter().any(|word| it.trim_end_matches('…') == word) || it == "…"), "{said}");
        }

        #[test]
        fn nothing_begins_a_line_with_effect(text in "[\u{1}\u{200b}\u{202e} ]{0,3}[#>*+-]{1,3} [a-z]{1,5}") {
            let shown = plain(&text);
            let begins = shown.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{200b}');
            prop_assert!(begins.starts_with('\\'), "{shown:?}");
        }

        #[test]
        fn shown_as_typed_within_a_length_and_whole(text in "[a-z *_\u{5d0}:/]{0,80}", most in 3usize..100) {
            let shown = plain_within(&text, most);
            prop_assert!(shown.chars().count() <= most);
            prop_assert!(!shown.ends_with('\\'), "{shown}");
            prop_assert_eq!(shown.contains('\u{2068}'), shown.contains('\u{2069}'));
        }
    }
}
