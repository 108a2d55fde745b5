//! What a member sees of a rhythm that could be longer.

use super::Came;
use super::press::NudgePress;
use crate::connections::Connection;
use crate::discord::custom_id::{CustomId, Press as _};
use crate::discord::message::{Button, Message};
use crate::say;
use crate::texts::Words;
use crate::when::Cadence;

/// What was snoozed again and again, with the question whether its rhythm should be longer.
#[must_use]
pub fn with_bend(
    words: Words<'_>,
    mut shown: Message,
    came: &Came,
    connection: &Connection,
    longer: Cadence,
) -> Message {
    let every = connection.every.map(|every| every.to_string()).unwrap_or_default();
    let longer = longer.to_string();
    let question = say!(words, "bend-question", every = every, longer = longer.as_str());
    shown.content = format!("{}\n{question}", shown.content);
    let rest = std::mem::take(&mut shown.components);
    let capital = longer.chars().take(1).flat_map(char::to_uppercase).chain(longer.chars().skip(1));
    let mut message = shown.buttons([
        Button::primary(capital.collect::<String>(), NudgePress::Longer(came.id).id()),
        Button::secondary(words.say("button-keep-it"), NudgePress::KeepRhythm(came.id).id()),
    ]);
    message.components.extend(rest);
    message
}

/// Whether a message asks for a longer rhythm.
#[must_use]
pub fn asks_for_longer(message: &Message) -> bool {
    let first = message.first_custom_id().and_then(CustomId::parse).and_then(|id| id.press());
    matches!(first, Some(NudgePress::Longer(_)))
}

/// What is snoozed, its rhythm longer now.
#[must_use]
pub fn bent(words: Words<'_>, mut shown: Message, longer: Cadence) -> Message {
    let key = if longer.is_interval() { "bend-done" } else { "bend-done-fixed" };
    let said = words.with(key, &[("longer", longer.to_string().into())]);
    shown.content = format!("{}\n{said}", shown.content);
    shown
}
