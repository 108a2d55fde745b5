//! How a draft becomes, or changes, what a message says.

use super::World;
use super::draft::{Draft, FILE_MOST, FILES_MOST};
use super::message::{Attachment, COMPONENTS_V2, Message};
use super::refusal::{Form, Refusal, TOO_LARGE};

/// Flags: embeds are not shown.
const SUPPRESS_EMBEDS: u64 = 1 << 2;
/// Flags: no push.
const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;

impl World {
    /// Puts what the draft says into the message; what it doesn't name stays. Says whether the message's text is
    /// another one, so that whom it names was read anew.
    pub(super) fn fill(&mut self, message: &mut Message, draft: Draft) -> Result<bool, Refusal> {
        self.attach(message, &draft)?;
        let (content, components) = (draft.content.is_some(), draft.components.is_some());
        if let Some(content) = draft.content {
            message.content = content;
        }
        if let Some(embeds) = draft.embeds {
            message.embeds = embeds;
        }
        if let Some(components) = draft.components {
            message.components = components;
        }
        if let Some(flags) = draft.flags {
            let settable = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2;
            message.flags |= flags.bits() & settable;
            if flags.bits() & SUPPRESS_EMBEDS == 0 {
                message.flags &= !SUPPRESS_EMBEDS;
            }
        }
        legacy(message)?;
        let says = content || (components && message.is_v2());
        if says {
            message.mentions = self.mentioned(message, draft.allowed_mentions.as_ref());
        }
        Ok(says)
    }

    fn attach(&mut self, message: &mut Message, draft: &Draft) -> Result<(), Refusal> {
        if draft.uploads.iter().any(|upload| upload.bytes.len() > FILE_MOST) {
            return Err(TOO_LARGE.into());
        }
        if let Some(notes) = &draft.attachments {
            message.attachments.retain(|kept| notes.iter().any(|note| note.id == kept.id.0));
        }
        for upload in &draft.uploads {
            let note = draft.attachments.iter().flatten().find(|note| note.id == upload.number);
            let name = note.and_then(|note| note.filename.clone()).unwrap_or_else(|| upload.filename.clone());
            message.attachments.push(Attachment {
                id: self.mint.next(self.now),
                filename: name
                    .chars()
                    .map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' })
                    .collect(),
                description: note.and_then(|note| note.description.clone()),
                bytes: upload.bytes.clone(),
            });
        }
        let mut form = Form::default();
        if message.attachments.len() > FILES_MOST {
            form.too_long("attachments", FILES_MOST);
        }
        form.finish()
    }
}

/// A message with components of the second kind has nothing beside them.
fn legacy(message: &Message) -> Result<(), Refusal> {
    let mut form = Form::default();
    let used = [("content", !message.content.is_empty()), ("embeds", !message.embeds.is_empty())];
    for (path, _) in used.iter().filter(|(_, used)| *used && message.is_v2()) {
        form.wrong(
            path,
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            format!("The '{path}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"),
        );
    }
    form.finish()
}
