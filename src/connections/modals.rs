//! The forms of connections and touches.

use std::collections::BTreeMap;

use super::forms::{Typed, TypedTouch};
use super::press::ConnectionPress;
use super::{MET, NAME};
use crate::discord::custom_id::Press as _;
use crate::discord::message::{Input, Modal};
use crate::discord::modal::INPUT;
use crate::discord::text::cut;
use crate::id::Id;
use crate::say;
use crate::texts::Words;

/// The inputs of a note: one that is longer than an input holds goes on in the second.
const NOTE: [&str; 2] = ["note", "note2"];

/// The form to add somebody; `longest` is how long a note may be.
///
/// A form holds five inputs. Where they met, and a note that is longer than an input, stay in the
/// draft; where they met takes the note's place where it is what has to be mended.
#[must_use]
pub fn add_form(words: Words<'_>, custom_id: String, typed: &Typed, longest: usize) -> Modal {
    let length = typed.note.trim().chars().count();
    let note_waits = length > usize::from(INPUT) && length <= longest;
    let last = if note_waits || typed.met.trim().chars().count() > MET {
        met_input(words).value(&typed.met)
    } else {
        note_input(words, NOTE[0], "field-note").value(&typed.note)
    };
    Modal::new(
        custom_id,
        words.say("form-add"),
        [
            name_input(words).value(&typed.name),
            relationship_input(words).value(&typed.relationship),
            Input::line("tags", words.say("field-tags")).max(450).value(&typed.tags),
            every_input(words).value(&typed.every),
            last,
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
            name_input(words).value(&typed.name),
            relationship_input(words).value(&typed.relationship),
            met_input(words).value(&typed.met),
            Input::line("tags", words.say("field-tags")).max(450).value(&typed.tags),
            every_input(words).value(&typed.every),
        ],
    )
}

fn name_input(words: Words<'_>) -> Input {
    Input::line("name", words.say("field-name")).required().max(NAME as u16)
}

fn met_input(words: Words<'_>) -> Input {
    Input::line("met", words.say("field-met")).max(MET as u16)
}

fn relationship_input(words: Words<'_>) -> Input {
    Input::line("relationship", words.say("field-relationship"))
        .max(20)
        .placeholder(words.say("field-relationship-example"))
}

fn every_input(words: Words<'_>) -> Input {
    Input::line("every", words.say("field-every")).max(60).placeholder(words.say("field-every-example"))
}

fn note_input(words: Words<'_>, input: &str, label: &str) -> Input {
    Input::paragraph(input, words.with(label, &[])).max(INPUT)
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

/// The form for a note.
#[must_use]
pub fn note_form(words: Words<'_>, custom_id: String, note: &str) -> Modal {
    Modal::new(custom_id, words.say("form-note"), note_inputs(words, note))
}

/// The form to log a touch.
#[must_use]
pub fn log_form(words: Words<'_>, name: &str, id: Id, typed: &TypedTouch) -> Modal {
    let what = Input::line("what", words.say("field-what"))
        .max(20)
        .value(&typed.what)
        .placeholder(words.say("field-what-example"));
    let when = Input::line("when", words.say("field-when"))
        .max(60)
        .value(&typed.when)
        .placeholder(words.say("field-when-example"));
    Modal::new(
        ConnectionPress::LogForm(id).id(),
        say!(words, "form-log", name = cut(name, 30)),
        [what, when].into_iter().chain(note_inputs(words, &typed.note)),
    )
}

/// A note in as many inputs as it needs.
fn note_inputs(words: Words<'_>, note: &str) -> Vec<Input> {
    let (first, rest) = halves(note.trim());
    let mut inputs = vec![note_input(words, NOTE[0], "field-note").value(first)];
    if !rest.is_empty() {
        inputs.push(note_input(words, NOTE[1], "field-note-on").value(rest));
    }
    inputs
}

/// A note as far as one input holds it, parted after a word where there is one, and the rest.
fn halves(note: &str) -> (&str, &str) {
    let Some((end, _)) = note.char_indices().nth(usize::from(INPUT)) else { return (note, "") };
    let at_word = note[..end].rfind(char::is_whitespace).filter(|at| *at >= end / 2);
    let end = at_word.and_then(|at| note[at..].chars().next().map(|c| at + c.len_utf8())).unwrap_or(end);
    note.split_at(end)
}

/// The note that was sent with a form, from all its inputs; `None` where the form has none.
#[must_use]
pub fn note_of(fields: &BTreeMap<String, String>) -> Option<String> {
    let mut parts = NOTE.iter().filter_map(|input| fields.get(*input));
    let mut note = parts.next()?.clone();
    for part in parts {
        let cut_within_a_word = note.chars().count() == usize::from(INPUT);
        let spaced = note.ends_with(char::is_whitespace) || part.starts_with(char::is_whitespace);
        if !cut_within_a_word && !spaced && !note.is_empty() {
            note.push(' ');
        }
        note.push_str(part);
    }
    Some(note.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sent(first: &str, rest: &str) -> BTreeMap<String, String> {
        NOTE.iter().zip([first, rest]).map(|(input, text)| ((*input).to_owned(), text.to_owned())).collect()
    }

    proptest! {
        #[test]
        fn a_note_goes_through_a_form_and_back(word in "[a-zé]{1,12}", times in 1usize..700, gap in "[ \n]{1,2}") {
            let note = vec![word; times].join(&gap);
            let (first, rest) = halves(&note);
            prop_assert!(first.chars().count() <= usize::from(INPUT));
            prop_assert_eq!(note_of(&sent(first, rest)), Some(note.clone()));
            // Whoever trims the inputs glues no words.
            let trimmed = note_of(&sent(first.trim(), rest.trim())).unwrap_or_default();
            prop_assert!(trimmed.split_whitespace().eq(note.split_whitespace()));
        }
    }

    #[test]
    fn one_long_word_is_parted_and_joined() {
        let note = "é".repeat(6_000);
        let (first, rest) = halves(&note);
        assert_eq!((first.chars().count(), rest.chars().count()), (4_000, 2_000));
        assert_eq!(note_of(&sent(first, rest)), Some(note.clone()));
    }
}
