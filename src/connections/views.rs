//! What a member sees of their connections.

use std::cmp::Ordering;

use jiff::Timestamp;

use super::forms::{Field, Refusal};
use super::press::ConnectionPress;
use super::who::Written;
use super::{Connection, Last, TAG, TAGS, TagsError, Touch, Turn, What, tags, who};
use crate::discord::custom_id::Press as _;
use crate::discord::message::{Button, Choice, Embed, Menu, Message, OPTIONS};
use crate::discord::text::{cut, day, plain, plain_within, relative, time};
use crate::id::Id;
use crate::members::views::{COLOR, misread, misread_rhythm};
use crate::say;
use crate::texts::Words;
use crate::when::Coming;

/// Most characters in a field of an embed.
const VALUE: usize = 1_024;

/// Most characters of a name in a sentence, with what keeps it from taking effect.
const BOLD: usize = 90;

/// A name, as it stands in sentences: bold, and shown as typed.
#[must_use]
pub fn bold(name: &str) -> String {
    bold_within(&cut(name, 60), BOLD)
}

/// A name as [`bold`] shows it, of at most so many characters between the marks.
#[must_use]
pub fn bold_within(name: &str, most: usize) -> String {
    format!("**{}**", plain_within(name, most))
}

/// The connection was added.
#[must_use]
pub fn saved(words: Words<'_>, connection: &Connection, namesakes: usize) -> Message {
    Message::new(saved_text(words, connection, namesakes)).buttons([
        Button::secondary(words.say("button-add-note"), ConnectionPress::Note(connection.id).id()),
        Button::secondary(words.say("button-change-rhythm"), ConnectionPress::Rhythm(connection.id).id()),
        Button::secondary(words.say("button-undo"), ConnectionPress::UndoAdd(connection.id).id()),
    ])
}

/// That a connection was added, when its first nudge comes, and that others are called so.
#[must_use]
pub fn saved_text(words: Words<'_>, connection: &Connection, namesakes: usize) -> String {
    let mut text = match (connection.turn, connection.every) {
        (Turn::Planned(Coming { at, .. }), Some(every)) => say!(
            words,
            "connection-saved",
            name = bold(&connection.name),
            day = day(at),
            every = every.to_string()
        ),
        _ => say!(words, "connection-saved-quietly", name = bold(&connection.name)),
    };
    if namesakes > 0 {
        text.push(' ');
        text.push_str(&say!(words, "connection-namesakes", count = namesakes));
    }
    text
}

/// A connection that is there already for the same Discord user.
#[must_use]
pub fn there_already(words: Words<'_>, connection: &Connection) -> Message {
    Message::new(say!(words, "connection-there-already", name = bold(&connection.name))).buttons([
        Button::primary(words.say("button-show"), ConnectionPress::Show(connection.id).id()),
        Button::secondary(words.say("button-edit"), ConnectionPress::Edit(connection.id).id()),
    ])
}

/// A connection with everything that is known of it; `first` says why it is shown.
#[must_use]
pub fn card(words: Words<'_>, first: &str, connection: &Connection, latest: &[Touch]) -> Message {
    let relationship = connection.relationship.map(|it| plain(it.word())).unwrap_or_default();
    let who = connection.member.map(|user| format!("<@{user}>")).unwrap_or_default();
    let tags: Vec<String> = connection.tags.iter().map(|tag| plain(tag)).collect();
    let every = connection.every.map_or_else(|| words.say("card-no-rhythm"), |every| every.to_string());
    let history = lines_within(latest.iter().map(|touch| line_of(words, touch)), VALUE);
    let embed = Embed::default()
        .color(COLOR)
        .field(words.say("card-relationship"), relationship, true)
        .field(words.say("card-member"), who, true)
        .field(
            words.say("card-met"),
            plain_within(connection.met.as_deref().unwrap_or_default(), VALUE),
            true,
        )
        .field(words.say("card-tags"), tags.join(", "), true)
        .field(words.say("card-rhythm"), every, true)
        .field(words.say("card-next"), next(words, connection), true)
        .field(words.say("card-balance"), balance(words, connection), false)
        .field(words.say("card-history"), history, false)
        .field(
            words.say("card-note"),
            plain_within(connection.note.as_deref().unwrap_or_default(), VALUE),
            false,
        );
    Message::new(first).embed(embed).buttons([
        Button::primary(words.say("button-log"), ConnectionPress::Log(connection.id).id()),
        Button::secondary(words.say("button-edit"), ConnectionPress::Edit(connection.id).id()),
        Button::secondary(words.say("button-note"), ConnectionPress::Note(connection.id).id()),
        Button::secondary(words.say("button-change-rhythm"), ConnectionPress::Rhythm(connection.id).id()),
        Button::danger(words.say("button-remove"), ConnectionPress::Remove(connection.id).id()),
    ])
}

/// As many of the lines, whole, as have at most `most` characters together.
fn lines_within(lines: impl Iterator<Item = String>, most: usize) -> String {
    let mut room = most;
    let fitting = lines.take_while(|line| {
        let length = line.chars().count() + 1;
        let fits = length <= room;
        room = room.saturating_sub(length);
        fits
    });
    fitting.collect::<Vec<_>>().join("\n")
}

/// When the next nudge comes.
fn next(words: Words<'_>, connection: &Connection) -> String {
    match connection.turn {
        Turn::Off => words.say("card-no-next"),
        Turn::Planned(Coming { at, .. }) => format!("{} ({})", day(at), relative(at)),
        Turn::Open(_) => words.say("card-open"),
    }
}

/// Who gave and who got, in a line, and whose turn it is.
#[must_use]
pub fn balance(words: Words<'_>, connection: &Connection) -> String {
    let ledger = &connection.ledger;
    if ledger.had() + ledger.gave == 0 {
        return words.say("card-balance-none");
    }
    let line = say!(
        words,
        "card-balance-line",
        asked = ledger.asked,
        received = ledger.received,
        gave = ledger.gave
    );
    let turn = words.say(match ledger.had().cmp(&ledger.gave) {
        Ordering::Greater => "card-balance-give",
        Ordering::Equal => "card-balance-even",
        Ordering::Less => "card-balance-gave",
    });
    format!("{line} · {turn}")
}

fn line_of(words: Words<'_>, touch: &Touch) -> String {
    last_line(
        words,
        &Last { what: touch.what, at: touch.at, note: touch.note.as_deref().map(|note| cut(note, 120)) },
    )
}

/// A touch in a line: what, when, and what was noted.
#[must_use]
pub fn last_line(words: Words<'_>, last: &Last) -> String {
    let what = what(words, last.what);
    match &last.note {
        Some(note) => {
            say!(
                words,
                "touch-line-noted",
                what = what,
                when = relative(last.at),
                note = plain_within(note, 200)
            )
        }
        None => say!(words, "touch-line", what = what, when = relative(last.at)),
    }
}

/// What a touch was, as a noun.
#[must_use]
pub fn what(words: Words<'_>, what: What) -> String {
    words.say(match what {
        What::Chat => "touch-chat",
        What::Call => "touch-call",
        What::Met => "touch-met",
        What::Message => "touch-message",
        What::Gave => "touch-gave",
        What::Received => "touch-received",
        What::Asked => "touch-asked",
    })
}

/// A touch was logged: the next nudge's new date and, where something was given or had, the balance.
#[must_use]
pub fn logged(words: Words<'_>, connection: &Connection, (id, touch): (Id, &Touch)) -> Message {
    let name = bold(&connection.name);
    let what = what(words, touch.what);
    let first = say!(words, "touch-logged", name = name, what = what, when = relative(touch.at));
    let mut text = format!("{first} {}", next_sentence(words, connection));
    if matches!(touch.what, What::Gave | What::Received | What::Asked) {
        let balance = say!(words, "touch-balance", balance = balance(words, connection));
        text.push('\n');
        text.push_str(&balance);
    }
    Message::new(text).buttons([
        Button::secondary(
            words.say(if touch.note.is_some() { "button-edit-note" } else { "button-add-note" }),
            ConnectionPress::TouchNote(connection.id, id).id(),
        ),
        Button::secondary(words.say("button-show"), ConnectionPress::Show(connection.id).id()),
        Button::secondary(words.say("button-undo"), ConnectionPress::UndoLog(connection.id, id).id()),
    ])
}

/// When the next nudge of a connection comes, as a sentence.
fn next_sentence(words: Words<'_>, connection: &Connection) -> String {
    match connection.turn {
        Turn::Planned(Coming { at, .. }) => say!(words, "touch-next", day = day(at), when = relative(at)),
        Turn::Open(_) => words.say("touch-next-open"),
        Turn::Off => words.say("touch-no-next"),
    }
}

/// A touch was taken back.
#[must_use]
pub fn unlogged(words: Words<'_>, connection: &Connection) -> Message {
    let text = say!(words, "touch-undone", name = bold(&connection.name));
    Message::new(format!("{text} {}", next_sentence(words, connection)))
        .buttons([Button::secondary(words.say("button-show"), ConnectionPress::Show(connection.id).id())])
}

/// Whether a connection is to be removed.
#[must_use]
pub fn remove_question(words: Words<'_>, connection: &Connection, touches: usize) -> Message {
    Message::new(say!(words, "connection-remove-question", name = bold(&connection.name), count = touches))
        .buttons([
            Button::danger(words.say("button-remove"), ConnectionPress::RemoveYes(connection.id).id()),
            Button::secondary(words.say("button-keep"), ConnectionPress::Keep(connection.id).id()),
        ])
}

/// A connection was not removed.
#[must_use]
pub fn kept(words: Words<'_>, connection: &Connection) -> Message {
    Message::new(say!(words, "connection-kept", name = bold(&connection.name)))
        .buttons([Button::secondary(words.say("button-show"), ConnectionPress::Show(connection.id).id())])
}

/// A connection was removed.
#[must_use]
pub fn removed(words: Words<'_>, connection: &Connection, until: Timestamp) -> Message {
    Message::new(say!(words, "connection-removed", name = bold(&connection.name), until = time(until)))
        .buttons([Button::secondary(
            words.say("button-undo"),
            ConnectionPress::UndoRemove(connection.id).id(),
        )])
}

/// Which of several people is meant.
#[must_use]
pub fn which(words: Words<'_>, typed: &str, found: &[&Connection], pick: String) -> Message {
    let options = found.iter().take(OPTIONS).map(|connection| {
        Choice::new(cut(&connection.name, 100), connection.id.to_string()).description(summary(connection))
    });
    let text = if found.len() > OPTIONS {
        say!(words, "which-of-many", typed = plain(&cut(typed, 60)), count = found.len())
    } else {
        say!(words, "which", typed = plain(&cut(typed, 60)), count = found.len())
    };
    let menu = Menu::new(pick, words.say("which-menu"), options);
    Message::new(text).menu(menu)
}

/// A connection in a few words, for the second line of a menu: what tells namesakes apart.
#[must_use]
pub fn summary(connection: &Connection) -> String {
    let relationship = connection.relationship.map(|it| it.word().to_owned());
    let parts = relationship.into_iter().chain(connection.met.clone()).chain(connection.tags.iter().cloned());
    let known = parts.collect::<Vec<_>>().join(" · ");
    match &connection.note {
        Some(note) if known.is_empty() => cut(&note.split_whitespace().collect::<Vec<_>>().join(" "), 60),
        _ => known,
    }
}

/// Nobody in the network is meant by what was typed.
#[must_use]
pub fn nobody(words: Words<'_>, typed: &str) -> String {
    match Written::of(typed) {
        Written::Picked(_) => words.say("nobody-any-more"),
        Written::Mention(user) => say!(words, "nobody-mentioned", name = format!("<@{user}>")),
        Written::Words(typed) => say!(words, "nobody", typed = plain(&cut(typed, 60))),
    }
}

/// A text with the offer to add the one who is meant; the draft holds what is known of them.
#[must_use]
pub fn offering_to_add(words: Words<'_>, text: String, draft: Id) -> Message {
    Message::new(text).buttons([
        Button::primary(words.say("button-add-them"), ConnectionPress::Again(draft).id()),
        Button::secondary(words.say("button-list"), ConnectionPress::list_all().id()),
    ])
}

/// The network is full; the draft holds who was to be added.
#[must_use]
pub fn full(words: Words<'_>, most: usize, draft: Id) -> Message {
    Message::new(say!(words, "connections-full", most = most)).buttons([
        Button::primary(words.say("button-try-again"), ConnectionPress::Again(draft).id()),
        Button::secondary(words.say("button-list"), ConnectionPress::list_all().id()),
    ])
}

/// Why something typed was not taken: what was wrong, what would be right, and that nothing was lost.
#[must_use]
pub fn refusal(words: Words<'_>, refusal: &Refusal) -> String {
    match refusal {
        Refusal::NoName => words.say("refused-no-name"),
        Refusal::TooLong(field, length, most) => {
            let field = words.say(match field {
                Field::Name => "field-name",
                Field::Met => "field-met",
                Field::Note => "field-note",
            });
            say!(words, "refused-too-long", field = field, length = *length, most = *most)
        }
        Refusal::Relationship(word) => {
            let all = super::Relationship::ALL.iter().map(|(_, word)| *word).collect::<Vec<_>>().join(", ");
            say!(words, "refused-relationship", word = plain(&cut(word, 60)), all = all)
        }
        Refusal::Tags(TagsError::TooLong(tag)) => {
            say!(words, "refused-tag", tag = plain(&cut(tag, 60)), most = TAG)
        }
        Refusal::Tags(TagsError::TooMany(count)) => {
            say!(words, "refused-tags", count = *count, most = TAGS)
        }
        Refusal::Every(phrase, not) => {
            let why = misread_rhythm(words, phrase, not);
            format!("{why} {}", words.say("refused-every-try"))
        }
        Refusal::When(phrase, not) => {
            let why = misread(words, phrase, not);
            format!("{why} {}", words.say("refused-past-try"))
        }
        Refusal::What(word) => {
            let all = What::ALL.iter().map(|(_, word)| *word).collect::<Vec<_>>().join(", ");
            say!(words, "refused-what", word = plain(&cut(word, 60)), all = all)
        }
    }
}

/// Whether a connection bears a tag, accents and case aside.
#[must_use]
pub fn bears(connection: &Connection, tag: &str) -> bool {
    let wanted = tags(tag).ok().and_then(|tags| tags.into_iter().next()).unwrap_or_default();
    connection.tags.iter().any(|it| who::folded(it) == who::folded(&wanted))
}
