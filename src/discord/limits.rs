//! For tests: what Discord takes, and that nothing of people's takes effect.

use super::message::{BUTTONS, CONTENT, Component, DESCRIPTION, Message, OPTIONS};

/// What people may write that would take effect, or take up room.
pub const NASTY: [&str; 18] = [
    "*",
    "_",
    "\\",
    "`",
    "**bold** ",
    "__under__ ",
    "~~gone~~ ",
    "||spoiler|| ",
    "[masked](https://e.org) ",
    "https://e.org ",
    "<@1> @everyone ",
    "<t:1:R> <#1> </nudge me:1> ",
    "<:a:1> :tada: ",
    "a\n# head\n> quote\n- list\n",
    "```\ncode\n``` ",
    "word ",
    "👩‍🚀 ",
    "שלום ",
];

/// A text of `length` characters that repeats another.
#[must_use]
pub fn long(text: &str, length: usize) -> String {
    text.chars().cycle().take(length).collect()
}

/// The message is within all of Discord's limits, and nothing in it takes effect but what Kith says.
pub fn holds(message: &Message, of: &str) {
    let count = |text: &str| text.chars().count();
    assert!((1..=CONTENT).contains(&count(&message.content)), "{of}: content");
    says_nothing_else(&message.content, of);
    assert!(message.embeds.len() <= 1, "{of}");
    for embed in &message.embeds {
        let description = embed.description.as_deref().unwrap_or_default();
        assert!(count(description) <= DESCRIPTION, "{of}: {}", count(description));
        says_nothing_else(description, of);
        let footer = embed.footer.as_ref().map_or(0, |footer| count(&footer.text));
        let fields: usize = embed.fields.iter().map(|it| count(&it.name) + count(&it.value)).sum();
        assert!(footer <= 2_048 && embed.fields.len() <= 25, "{of}");
        assert!(count(description) + footer + fields <= 6_000, "{of}: {fields}");
        for field in &embed.fields {
            assert!((1..=1_024).contains(&count(&field.value)), "{of}: {}", field.name);
            says_nothing_else(&field.value, of);
        }
    }
    assert!(message.components.len() <= 5, "{of}: {} rows", message.components.len());
    let mut ids = Vec::new();
    for row in &message.components {
        assert!((1..=BUTTONS).contains(&row.components.len()), "{of}");
        for component in &row.components {
            match component {
                Component::Button(button) => {
                    assert!((1..=80).contains(&count(button.label.trim())), "{of}: {}", button.label);
                    assert!(!button.label.contains('\n'), "{of}: {}", button.label);
                    ids.extend(button.custom_id.as_deref());
                }
                Component::Menu(menu) => {
                    ids.push(&menu.custom_id);
                    let options = if menu.is_of_texts() { 1..=OPTIONS } else { 0..=0 };
                    assert!(options.contains(&menu.options.len()), "{of}");
                    for option in &menu.options {
                        assert!((1..=100).contains(&count(option.label.trim())), "{of}: {}", option.label);
                        assert!(!option.label.contains('\n') && count(&option.value) <= 100, "{of}");
                        assert!(count(option.description.as_deref().unwrap_or_default()) <= 100, "{of}");
                    }
                }
            }
        }
    }
    assert!(ids.iter().all(|id| count(id) <= 100), "{of}");
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "{of}: a custom id stands twice");
}

/// Nothing stands in a text with effect but Kith's own marks: bold pairs, times, commands, and the
/// beginning of its own lines.
fn says_nothing_else(text: &str, of: &str) {
    for line in text.lines() {
        let own = line.strip_prefix("> ").or_else(|| line.strip_prefix("- ")).unwrap_or(line);
        assert!(!own.starts_with(['#', '>', '-', '+']), "{of}: {line}");
        let mut bare = String::new();
        let mut chars = own.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => bare.extend(chars.next().map(|_| 'x').or(Some('\\'))),
                _ => bare.push(c),
            }
        }
        assert_eq!(bare.matches("**").count() % 2, 0, "{of}: {line}");
        let rest = bare.replace("**", "");
        let marks = ['*', '~', '|', '[', ']', '@', '\\'];
        assert!(!rest.contains(marks), "{of}: {line}");
        assert!(!rest.contains("https:/") && !rest.contains(":tada:"), "{of}: {line}");
        let times = rest.matches("<t:").count();
        assert_eq!(rest.matches('<').count(), times, "{of}: {line}");
        assert_eq!(rest.matches('>').count(), times, "{of}: {line}");
    }
}
