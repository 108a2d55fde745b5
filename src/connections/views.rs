//! What a member sees of their connections.

use jiff::Timestamp;

use super::forms::{Field, Refusal, Typed, TypedTouch};
use super::press::ConnectionPress;
use super::{Connection, Last, MET, NAME, TAG, TAGS, TagsError, Touch, Turn, What, tags, who};
use crate::discord::custom_id::Press as _;
use crate::discord::message::{Button, Choice, Embed, Input, Menu, Message, Modal, OPTIONS};
use crate::discord::text::{cut, day, moment, plain, relative};
use crate::id::Id;
use crate::members::views::{COLOR, misread};
use crate::say;
use crate::texts::Words;

/// A name, as it stands in sentences: bold, and shown as typed.
#[must_use]
pub fn bold(name: &str) -> String {
    format!("**{}**", plain(&cut(name, 60)))
}

/// The connection was added.
#[must_use]
pub fn saved(words: Words<'_>, connection: &Connection, namesakes: usize) -> Message {
    let mut text = match (connection.turn, connection.every) {
        (Turn::Planned(at), Some(every)) => say!(
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
    Message::new(text).buttons([
        Button::secondary(words.say("button-add-note"), ConnectionPress::Note(connection.id).id()),
        Button::secondary(words.say("button-change-rhythm"), ConnectionPress::Rhythm(connection.id).id()),
        Button::secondary(words.say("button-undo"), ConnectionPress::UndoAdd(connection.id).id()),
    ])
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
    let history: Vec<String> = latest.iter().map(|touch| line_of(words, touch)).collect();
    let embed = Embed::default()
        .color(COLOR)
        .field(words.say("card-relationship"), relationship, true)
        .field(words.say("card-member"), who, true)
        .field(words.say("card-met"), plain(connection.met.as_deref().unwrap_or_default()), true)
        .field(words.say("card-tags"), tags.join(", "), true)
        .field(words.say("card-rhythm"), every, true)
        .field(words.say("card-next"), next(words, connection), true)
        .field(words.say("card-balance"), balance(words, connection), false)
        .field(words.say("card-history"), history.join("\n"), false)
        .field(words.say("card-note"), plain(connection.note.as_deref().unwrap_or_default()), false);
    Message::new(first).embed(embed).buttons([
        Button::primary(words.say("button-log"), ConnectionPress::Log(connection.id).id()),
        Button::secondary(words.say("button-edit"), ConnectionPress::Edit(connection.id).id()),
        Button::secondary(words.say("button-note"), ConnectionPress::Note(connection.id).id()),
        Button::secondary(words.say("button-change-rhythm"), ConnectionPress::Rhythm(connection.id).id()),
        Button::danger(words.say("button-remove"), ConnectionPress::Remove(connection.id).id()),
    ])
}

/// When the next nudge comes.
fn next(words: Words<'_>, connection: &Connection) -> String {
    match connection.turn {
        Turn::Off => words.say("card-no-next"),
        Turn::Planned(at) => format!("{} ({})", day(at), relative(at)),
        Turn::Open(_) => words.say("card-open"),
    }
}

/// Who gave and who got, in a line; empty before anything was given or had.
#[must_use]
pub fn balance(words: Words<'_>, connection: &Connection) -> String {
    let ledger = &connection.ledger;
    if ledger.had() + ledger.gave == 0 {
        return String::new();
    }
    say!(words, "card-balance-line", asked = ledger.asked, received = ledger.received, gave = ledger.gave)
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
                note = plain(&cut(note, 200))
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

/// A touch was logged.
#[must_use]
pub fn logged(words: Words<'_>, connection: &Connection, (id, touch): (Id, &Touch)) -> Message {
    let name = bold(&connection.name);
    let what = what(words, touch.what);
    let first = say!(words, "touch-logged", name = name, what = what, when = relative(touch.at));
    let next = match connection.turn {
        Turn::Planned(at) => say!(words, "touch-next", day = day(at), when = relative(at)),
        Turn::Open(_) => words.say("touch-next-open"),
        Turn::Off => words.say("touch-no-next"),
    };
    Message::new(format!("{first} {next}")).buttons([
        Button::secondary(
            words.say(if touch.note.is_some() { "button-edit-note" } else { "button-add-note" }),
            ConnectionPress::TouchNote(connection.id, id).id(),
        ),
        Button::secondary(words.say("button-show"), ConnectionPress::Show(connection.id).id()),
        Button::secondary(words.say("button-undo"), ConnectionPress::UndoLog(connection.id, id).id()),
    ])
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

/// A connection was removed.
#[must_use]
pub fn removed(words: Words<'_>, connection: &Connection, until: Timestamp) -> Message {
    Message::new(say!(words, "connection-removed", name = bold(&connection.name), until = relative(until)))
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
        say!(words, "which-of-many", typed = plain(typed), count = found.len())
    } else {
        say!(words, "which", typed = plain(typed), count = found.len())
    };
    let menu = Menu::new(pick, words.say("which-menu"), options);
    Message::new(text).menu(menu)
}

/// A connection in a few words, for the second line of a menu.
#[must_use]
pub fn summary(connection: &Connection) -> String {
    let relationship = connection.relationship.map(|it| it.word().to_owned());
    let parts = relationship.into_iter().chain(connection.met.clone()).chain(connection.tags.iter().cloned());
    parts.collect::<Vec<_>>().join(" · ")
}

/// Nobody in the network is called so.
#[must_use]
pub fn nobody(words: Words<'_>, typed: &str, draft: Id) -> Message {
    let typed = typed.strip_prefix('=').map_or(typed, |_| "");
    let text = if typed.is_empty() {
        words.say("nobody-any-more")
    } else {
        say!(words, "nobody", typed = plain(&cut(typed, 60)))
    };
    offering_to_add(words, text, draft)
}

/// A text with the offer to add the one who is meant; the draft holds what is known of them.
#[must_use]
pub fn offering_to_add(words: Words<'_>, text: String, draft: Id) -> Message {
    Message::new(text).buttons([
        Button::primary(words.say("button-add-them"), ConnectionPress::Again(draft).id()),
        Button::secondary(words.say("button-list"), ConnectionPress::list_all().id()),
    ])
}

/// Something typed was not taken: what was wrong, what would be right, and that nothing was lost.
#[must_use]
pub fn refused(words: Words<'_>, refusal: &Refusal, draft: Id) -> Message {
    Message::new(refusal_text(words, refusal))
        .buttons([Button::primary(words.say("button-try-again"), ConnectionPress::Again(draft).id())])
}

fn refusal_text(words: Words<'_>, refusal: &Refusal) -> String {
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
            let why = misread(words, phrase, not);
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

/// Which of two moments is meant.
#[must_use]
pub fn which_moment(
    words: Words<'_>,
    phrase: &str,
    readings: &[(Timestamp, String)],
    press: impl Fn(u8) -> String,
) -> Message {
    let buttons = (0_u8..4).zip(readings).map(|(n, (_, reading))| match n {
        0 => Button::primary(reading, press(n)),
        _ => Button::secondary(reading, press(n)),
    });
    let all: Vec<String> = readings.iter().map(|(at, _)| moment(*at)).collect();
    let text = say!(words, "which-moment", phrase = plain(&cut(phrase, 60)), all = all.join(" · "));
    Message::new(text).buttons(buttons)
}

/// The form to add somebody.
#[must_use]
pub fn add_form(words: Words<'_>, typed: &Typed, draft: Id) -> Modal {
    Modal::new(
        ConnectionPress::AddForm(draft).id(),
        words.say("form-add"),
        [
            Input::line("name", words.say("field-name")).required().max(NAME as u16).value(&typed.name),
            relationship_input(words).value(&typed.relationship),
            Input::line("tags", words.say("field-tags")).max(400).value(&typed.tags),
            every_input(words).value(&typed.every),
            Input::paragraph("note", words.say("field-note")).max(4_000).value(&typed.note),
        ],
    )
}

/// The form to edit somebody.
#[must_use]
pub fn edit_form(words: Words<'_>, id: Id, typed: &Typed) -> Modal {
    Modal::new(
        ConnectionPress::EditForm(id).id(),
        words.say("form-edit"),
        [
            Input::line("name", words.say("field-name")).required().max(NAME as u16).value(&typed.name),
            relationship_input(words).value(&typed.relationship),
            Input::line("met", words.say("field-met")).max(MET as u16).value(&typed.met),
            Input::line("tags", words.say("field-tags")).max(400).value(&typed.tags),
            every_input(words).value(&typed.every),
        ],
    )
}

fn relationship_input(words: Words<'_>) -> Input {
    Input::line("relationship", words.say("field-relationship"))
        .max(20)
        .placeholder(words.say("field-relationship-example"))
}

fn every_input(words: Words<'_>) -> Input {
    Input::line("every", words.say("field-every")).max(60).placeholder(words.say("field-every-example"))
}

/// The form to change a rhythm.
#[must_use]
pub fn rhythm_form(words: Words<'_>, id: Id, every: &str) -> Modal {
    Modal::new(
        ConnectionPress::RhythmForm(id).id(),
        words.say("form-rhythm"),
        [every_input(words).required().value(every)],
    )
}

/// The form for a note. A note that is longer than a form can hold is kept and added to.
#[must_use]
pub fn note_form(words: Words<'_>, custom_id: String, note: Option<&str>) -> Modal {
    let note = note.unwrap_or_default();
    let input = Input::paragraph("note", words.say("field-note")).max(4_000);
    let input = if note.chars().count() > 4_000 {
        input.placeholder(words.say("field-note-add"))
    } else {
        input.value(note)
    };
    Modal::new(custom_id, words.say("form-note"), [input])
}

/// The form to log a touch.
#[must_use]
pub fn log_form(words: Words<'_>, name: &str, draft: Id, typed: &TypedTouch) -> Modal {
    Modal::new(
        ConnectionPress::LogForm(draft).id(),
        say!(words, "form-log", name = cut(name, 30)),
        [
            Input::line("what", words.say("field-what"))
                .max(20)
                .value(&typed.what)
                .placeholder(words.say("field-what-example")),
            Input::line("when", words.say("field-when"))
                .max(60)
                .value(&typed.when)
                .placeholder(words.say("field-when-example")),
            Input::paragraph("note", words.say("field-note")).max(4_000).value(&typed.note),
        ],
    )
}

/// The typed form of what is kept, to edit.
#[must_use]
pub fn typed_of(connection: &Connection) -> Typed {
    Typed {
        name: connection.name.clone(),
        member: connection.member,
        relationship: connection.relationship.map(|it| it.word().to_owned()).unwrap_or_default(),
        met: connection.met.clone().unwrap_or_default(),
        tags: connection.tags.join(", "),
        every: connection.every.map_or_else(|| "never".to_owned(), |every| every.to_string()),
        note: connection.note.clone().unwrap_or_default(),
    }
}

/// Whether a connection bears a tag, accents and case aside.
#[must_use]
pub fn bears(connection: &Connection, tag: &str) -> bool {
    let wanted = tags(tag).ok().and_then(|tags| tags.into_iter().next()).unwrap_or_default();
    connection.tags.iter().any(|it| who::folded(it) == who::folded(&wanted))
}
