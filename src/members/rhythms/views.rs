//! What a member sees of rhythms of their own.

use super::{Rhythms, TypedRhythm, Wanted};
use crate::discord::custom_id::Press as _;
use crate::discord::message::{Embed, Input, Modal};
use crate::discord::text::plain;
use crate::members::press::MemberPress;
use crate::members::relationship::{Relationship, usual_rhythm};
use crate::say;
use crate::texts::Words;
use crate::when::Cadence;

/// What was changed, and for whom it holds.
#[must_use]
pub fn taken(words: Words<'_>, relationship: Relationship, wanted: Wanted) -> String {
    let said = match wanted {
        Wanted::Own(Some(every)) => {
            say!(
                words,
                "rhythm-own-set",
                relationship = plain(relationship.word()),
                every = every.to_string()
            )
        }
        Wanted::Own(None) => say!(words, "rhythm-own-never", relationship = plain(relationship.word())),
        Wanted::Usual => {
            let every = usual_rhythm(Some(relationship)).to_string();
            say!(words, "rhythm-own-off", relationship = plain(relationship.word()), every = every)
        }
    };
    format!("{said} {}", words.say("rhythm-own-others-stay"))
}

/// The settings' field of them; none where there are none.
#[must_use]
pub fn field(words: Words<'_>, settings: Embed, rhythms: &Rhythms) -> Embed {
    let every =
        |every: Option<Cadence>| every.map_or_else(|| words.say("rhythm-own-none"), |it| it.to_string());
    let lines: Vec<String> =
        rhythms.own().map(|(it, own)| format!("{}: {}", plain(it.word()), every(own))).collect();
    settings.field(words.say("settings-rhythms"), lines.join("\n"), false)
}

/// The form to mend a rhythm.
#[must_use]
pub fn form(words: Words<'_>, typed: &TypedRhythm) -> Modal {
    let input = Input::line("every", words.say("field-every"))
        .required()
        .max(60)
        .value(&typed.every)
        .placeholder(words.say("field-every-example"));
    let title = say!(words, "form-rhythm-own", relationship = typed.relationship.word());
    Modal::new(MemberPress::RhythmForm(typed.relationship).id(), title, [input])
}
