//! The forms of nudges.

use super::forms::{TypedDone, TypedNudge};
use super::press::NudgePress;
use super::{ABOUT, Came};
use crate::discord::custom_id::Press as _;
use crate::discord::message::{Input, Modal};
use crate::discord::text::cut;
use crate::say;
use crate::texts::Words;

/// The form for a time to snooze until.
#[must_use]
pub fn snooze_form(words: Words<'_>, custom_id: String, typed: &str) -> Modal {
    let input = Input::line("when", words.say("field-until"))
        .required()
        .max(60)
        .value(typed)
        .placeholder(words.say("field-until-example"));
    Modal::new(custom_id, words.say("form-snooze"), [input])
}

/// The form for what happened and what is to come.
#[must_use]
pub fn done_form(words: Words<'_>, came: &Came, name: Option<&str>, typed: &TypedDone) -> Modal {
    let title = match name {
        Some(name) => say!(words, "form-done-with", name = cut(name, 30)),
        None => words.say("form-done"),
    };
    let [happened, next, when] = if name.is_some() {
        ["field-happened-example", "field-next-example", "field-next-when-example"]
    } else {
        ["field-happened-own-example", "field-next-own-example", "field-next-when-own-example"]
    };
    Modal::new(
        NudgePress::DoneForm(came.id).id(),
        title,
        [
            Input::paragraph("happened", words.say("field-happened"))
                .max(2_000)
                .value(&typed.happened)
                .placeholder(words.with(happened, &[])),
            Input::line("next", words.say("field-next"))
                .max(300)
                .value(&typed.next)
                .placeholder(words.with(next, &[])),
            Input::line("when", words.say("field-next-when"))
                .max(60)
                .value(&typed.when)
                .placeholder(words.with(when, &[])),
        ],
    )
}

/// The form to edit a planned nudge.
#[must_use]
pub fn edit_form(words: Words<'_>, custom_id: String, typed: &TypedNudge) -> Modal {
    Modal::new(
        custom_id,
        words.say("form-nudge"),
        [
            Input::paragraph("about", words.say("field-about"))
                .required()
                .max(ABOUT as u16)
                .value(&typed.about),
            Input::line("when", words.say("field-until"))
                .required()
                .max(100)
                .value(&typed.when)
                .placeholder(words.say("field-until-example")),
            Input::line("repeat", words.say("field-repeat"))
                .max(60)
                .value(&typed.repeat)
                .placeholder(words.say("field-every-example")),
        ],
    )
}
