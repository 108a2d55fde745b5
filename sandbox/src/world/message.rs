//! Messages: what they are, writing, changing and taking them away.

use axum::body::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::World;
use super::draft::Draft;
use super::event::{Change, Event};
use super::mentions::Mentions;
use super::pins::PINNED;
use super::refusal::{EMPTY_MESSAGE, Refusal, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE};
use super::snowflake::Id;

/// Flags: one person sees it.
pub const EPHEMERAL: u64 = 1 << 6;
/// Flags: the bot is "thinking".
pub const LOADING: u64 = 1 << 7;
/// Flags: components of the second kind.
pub const COMPONENTS_V2: u64 = 1 << 15;
/// The kind of a message that answers another one.
pub const REPLY: u8 = 19;
/// How many private notes are kept; the oldest go first.
const EPHEMERAL_MOST: usize = 10_000;
/// A file of a message.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// The id.
    pub id: Id,
    /// The name.
    pub filename: String,
    /// What it shows.
    pub description: Option<String>,
    /// The content.
    pub bytes: Bytes,
}

/// A message.
#[derive(Clone, Debug)]
pub struct Message {
    /// The id.
    pub id: Id,
    /// Where.
    pub channel: Id,
    /// Who wrote it.
    pub author: Id,
    /// Discord's number for its kind: 0 plain, 1 and 2 somebody came to and left a thread, 4 it was renamed, 6 something was
    /// pinned, 19 reply,
    /// 20 and 23 commands.
    pub kind: u8,
    /// When.
    pub created: Timestamp,
    /// When it was last changed.
    pub edited: Option<Timestamp>,
    /// The text.
    pub content: String,
    /// The embeds as sent.
    pub embeds: Vec<Value>,
    /// The components as sent.
    pub components: Vec<Value>,
    /// The files.
    pub attachments: Vec<Attachment>,
    /// The flags that Discord shows.
    pub flags: u64,
    /// Whom it names.
    pub mentions: Mentions,
    /// The sender's mark.
    pub nonce: Option<Value>,
    /// Read aloud.
    pub tts: bool,
    /// The one person who sees it.
    pub only_for: Option<Id>,
    /// The message it answers.
    pub answers: Option<Id>,
    /// `interaction_metadata`, when it came from an interaction.
    pub origin: Option<Value>,
}

impl Message {
    /// Whether Discord wrote it to tell what somebody did.
    pub fn is_system(&self) -> bool {
        matches!(self.kind, 1 | 2 | 4 | PINNED)
    }

    /// Whether it can be deleted; of what Discord wrote not everything can.
    pub fn is_deletable(&self) -> bool {
        !self.is_system() || self.kind == PINNED
    }

    /// Whether its components are of the second kind.
    pub fn is_v2(&self) -> bool {
        self.flags & COMPONENTS_V2 != 0
    }
}

/// Where a new message goes and what it comes from.
#[derive(Clone, Debug)]
pub struct Place {
    /// The channel.
    pub channel: Id,
    /// Who writes.
    pub author: Id,
    /// Who alone sees it.
    pub only_for: Option<Id>,
    /// Its kind.
    pub kind: u8,
    /// The message it answers.
    pub answers: Option<Id>,
    /// The interaction's metadata.
    pub origin: Option<Value>,
    /// More flags than the draft has.
    pub flags: u64,
    /// Whom it names where it has no text.
    pub names: Vec<Id>,
}

impl Place {
    /// A plain message.
    pub fn plain(channel: Id, author: Id) -> Self {
        Self {
            channel,
            author,
            only_for: None,
            kind: 0,
            answers: None,
            origin: None,
            flags: 0,
            names: Vec::new(),
        }
    }
}

impl World {
    /// Writes a message without asking whether it may be.
    pub fn write(&mut self, place: Place, draft: Draft) -> Result<Id, Refusal> {
        let id = self.mint.next(self.now);
        let mut message = Message {
            id,
            channel: place.channel,
            author: place.author,
            kind: place.kind,
            created: self.now,
            edited: None,
            content: String::new(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            flags: place.flags,
            mentions: Mentions { users: place.names, ..Mentions::default() },
            nonce: draft.nonce.clone(),
            tts: draft.tts,
            only_for: place.only_for,
            answers: place.answers,
            origin: place.origin,
        };
        if place.only_for.is_some() {
            message.flags |= EPHEMERAL;
        }
        self.fill(&mut message, draft)?;
        let only = message.only_for;
        if only.is_none() {
            self.stirred(place.channel, (!message.is_system()).then_some(place.author));
        }
        let channel = self.channels.get_mut(&place.channel).ok_or(UNKNOWN_CHANNEL)?;
        if only.is_some() {
            channel.notes.push(id);
        } else {
            channel.messages.push(id);
        }
        self.messages.insert(id, message);
        if only.is_some() {
            self.ephemeral.push_back(id);
            self.drop_old_notes();
        } else {
            self.tell_bot("MESSAGE_CREATE", id);
            self.add_mentioned(id);
        }
        self.events.push(Event::Seen { change: Change::Created, channel: place.channel, message: id, only });
        Ok(id)
    }

    fn drop_old_notes(&mut self) {
        while self.ephemeral.len() > EPHEMERAL_MOST {
            if let Some(old) = self.ephemeral.pop_front() {
                self.forget_message(old);
            }
        }
    }

    fn forget_message(&mut self, id: Id) -> Option<Message> {
        let message = self.messages.remove(&id)?;
        self.unpinned(&message);
        if let Some(channel) = self.channels.get_mut(&message.channel) {
            let list = if message.only_for.is_some() { &mut channel.notes } else { &mut channel.messages };
            if let Ok(at) = list.binary_search(&id) {
                list.remove(at);
            }
        }
        Some(message)
    }

    /// Changes a message; an answer that was awaited stops loading.
    pub fn rewrite(&mut self, id: Id, draft: Draft) -> Result<(), Refusal> {
        let mut message = self.messages.get(&id).cloned().ok_or(UNKNOWN_MESSAGE)?;
        let says = self.fill(&mut message, draft)?;
        let v2 = message.is_v2() && !message.components.is_empty();
        if message.content.is_empty() && message.embeds.is_empty() && message.attachments.is_empty() && !v2 {
            return Err(EMPTY_MESSAGE.into());
        }
        let awaited = message.flags & LOADING != 0;
        message.flags &= !LOADING;
        if !awaited {
            message.edited = Some(self.now);
        }
        let (channel, only) = (message.channel, message.only_for);
        self.messages.insert(id, message);
        if only.is_none() {
            self.tell_bot("MESSAGE_UPDATE", id);
            if says {
                self.add_mentioned(id);
            }
        }
        let change = if awaited { Change::Created } else { Change::Edited };
        self.events.push(Event::Seen { change, channel, message: id, only });
        Ok(())
    }

    /// Tells of a message that is another one now, without having been edited.
    pub(super) fn retold(&mut self, id: Id) {
        let Some(channel) = self.messages.get(&id).map(|message| message.channel) else { return };
        self.tell_bot("MESSAGE_UPDATE", id);
        self.events.push(Event::Seen { change: Change::Edited, channel, message: id, only: None });
    }

    /// Takes a message away.
    pub fn erase(&mut self, id: Id) -> Result<(), Refusal> {
        let message = self.forget_message(id).ok_or(UNKNOWN_MESSAGE)?;
        let (channel, only) = (message.channel, message.only_for);
        if only.is_none() {
            let guild = self.channels.get(&channel).and_then(|channel| channel.guild);
            let mut data = json!({"id": id, "channel_id": channel});
            if let Some(guild) = guild {
                data["guild_id"] = json!(guild);
            }
            self.dispatch_message("MESSAGE_DELETE", channel, data, false);
        }
        self.events.push(Event::Seen { change: Change::Deleted, channel, message: id, only });
        Ok(())
    }

    fn tell_bot(&mut self, name: &'static str, id: Id) {
        let Some(message) = self.messages.get(&id) else { return };
        let channel = message.channel;
        let guild = self.channels.get(&channel).and_then(|channel| channel.guild);
        let open =
            message.author == self.bot.id || guild.is_none() || message.mentions.users.contains(&self.bot.id);
        let mut data = self.message_json(message);
        if let Some(guild) = guild {
            data["guild_id"] = json!(guild);
            if let Some(member) = self.partial_member_json(guild, message.author) {
                data["member"] = member;
            }
        }
        self.dispatch_message(name, channel, data, !open);
    }
}
