//! How a draft becomes, or changes, what a message says.

use super::World;
use super::draft::{Draft, FILE_MOST};
use super::message::{Attachment, COMPONENTS_V2, Message};
use super::refusal::{Refusal, TOO_LARGE};

/// Flags: embeds are not shown.
const SUPPRESS_EMBEDS: u64 = 1 << 2;
/// Flags: no push.
const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;

impl World {
    /// Puts what the draft says into the message; what it doesn't name stays.
    pub(super) fn fill(&mut self, message: &mut Message, draft: Draft) -> Result<(), Refusal> {
        self.attach(message, &draft)?;
        let says = draft.content.is_some() || draft.components.is_some();
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
        if says {
            message.mentions = self.mentioned(message, draft.allowed_mentions.as_ref());
        }
        Ok(())
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
        Ok(())
    }
}
