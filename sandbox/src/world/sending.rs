//! The bot's own messages: sending, changing and deleting them, and what it may read (Message → Create, Edit, Delete
//! Message).

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::draft::{Draft, Reply};
use super::guild::ChannelKind;
use super::message::{Message, Place, REPLY};
use super::refusal::{
    CANNOT_SEND_TO_THIS_USER, DMS_TOO_FAST, EMPTY_MESSAGE, INVALID_RECIPIENT, MISSING_ACCESS,
    MISSING_PERMISSIONS, NOT_A_TEXT_CHANNEL, NOT_IN_A_DM, NOT_THE_AUTHOR, Refusal, SYSTEM_MESSAGE,
    THREAD_IS_ARCHIVED, THREAD_IS_LOCKED, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE,
};
use super::snowflake::Id;
use super::{World, permissions};

/// How long a nonce is remembered ("the past few minutes").
const NONCE_MEMORY: Duration = Duration::from_secs(5 * 60);
/// For how long the opening of a DM counts.
const DM_OPENS_WITHIN: Duration = Duration::from_secs(10 * 60);
/// How many nonces are remembered before those that are too old are looked for.
const NONCES_MOST: usize = 10_000;

/// The permissions that what a message brings with it takes.
fn carries(draft: &Draft) -> u64 {
    let files = if draft.uploads.is_empty() { 0 } else { permissions::ATTACH_FILES };
    let embeds = draft.embeds.as_ref().is_some_and(|embeds| !embeds.is_empty());
    files | if embeds { permissions::EMBED_LINKS } else { 0 }
}

impl World {
    /// Create DM. What is open already costs nothing; too many new ones in ten minutes are refused.
    pub fn create_dm(&mut self, user: Id) -> Result<Id, Refusal> {
        if !self.users.contains_key(&user) || user == self.bot.id {
            return Err(INVALID_RECIPIENT.into());
        }
        if let Some(open) = self.dms.get(&user) {
            return Ok(*open);
        }
        let now = self.now;
        let recent = |at: &Timestamp| now.duration_since(*at).unsigned_abs() < DM_OPENS_WITHIN;
        self.dm_opens.retain(recent);
        if self.dm_opens_most.is_some_and(|most| self.dm_opens.len() >= most) {
            return Err(DMS_TOO_FAST.into());
        }
        self.dm_opens.push_back(now);
        Ok(self.open_dm(user))
    }

    /// Sends the bot's message to a channel: Create Message.
    pub fn send(&mut self, channel: Id, draft: Draft) -> Result<Id, Refusal> {
        self.may_send(channel, &draft)?;
        if !draft.has_content() {
            return Err(EMPTY_MESSAGE.into());
        }
        if draft.enforce_nonce
            && let Some(sent) = self.with_nonce(channel, draft.nonce.as_ref())
        {
            return Ok(sent);
        }
        let mut place = Place::plain(channel, self.bot.id);
        if let Some(answered) = draft.reply_to {
            place.answers = self.answered(channel, answered)?;
            if place.answers.is_some() {
                place.kind = REPLY;
            }
        }
        let nonce = draft.nonce.clone();
        let id = self.write(place, draft)?;
        self.remember_nonce(channel, nonce.as_ref(), id);
        Ok(id)
    }

    /// The message that is answered; none where there is none and the answer does not hang on it.
    fn answered(&self, channel: Id, reply: Reply) -> Result<Option<Id>, Refusal> {
        let wrong = |code: &str, message: &str| Refusal::form("message_reference", code, message);
        let found = self.readable(channel, reply.to).ok();
        if found.is_some_and(Message::is_system) {
            return Err(wrong("REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", "Cannot reply to a system message"));
        }
        if found.is_none() && reply.strict {
            return Err(wrong("REPLIES_UNKNOWN_MESSAGE", "Unknown message"));
        }
        Ok(found.map(|message| message.id))
    }

    /// The message that was sent to the channel with this nonce in the past few minutes.
    fn with_nonce(&self, channel: Id, nonce: Option<&Value>) -> Option<Id> {
        let sent = self.nonces.get(&(channel, nonce?.to_string()))?;
        let message = self.messages.get(sent)?;
        self.is_recent(message).then_some(message.id)
    }

    fn is_recent(&self, message: &Message) -> bool {
        self.now.duration_since(message.created).unsigned_abs() < NONCE_MEMORY
    }

    fn remember_nonce(&mut self, channel: Id, nonce: Option<&Value>, id: Id) {
        let Some(nonce) = nonce else { return };
        if self.nonces.len() >= NONCES_MOST {
            let mut nonces = std::mem::take(&mut self.nonces);
            nonces.retain(|_, id| self.messages.get(id).is_some_and(|message| self.is_recent(message)));
            self.nonces = nonces;
        }
        self.nonces.insert((channel, nonce.to_string()), id);
    }

    fn may_send(&self, channel: Id, draft: &Draft) -> Result<(), Refusal> {
        let found = self.channels.get(&channel).ok_or(UNKNOWN_CHANNEL)?;
        if found.kind == ChannelKind::Dm {
            let reachable = found.recipient.is_some_and(|user| self.is_reachable(user));
            return if reachable { Ok(()) } else { Err(CANNOT_SEND_TO_THIS_USER.into()) };
        }
        let granted = self.granted(channel, self.bot.id);
        if granted & permissions::VIEW_CHANNEL == 0 {
            return Err(MISSING_ACCESS.into());
        }
        if found.kind == ChannelKind::Category {
            return Err(NOT_A_TEXT_CHANNEL.into());
        }
        let mut needed = self.writing(channel) | carries(draft);
        if draft.reply_to.is_some() {
            needed |= permissions::READ_MESSAGE_HISTORY;
        }
        if granted & needed != needed {
            return Err(MISSING_PERMISSIONS.into());
        }
        self.may_stir(channel, self.bot.id)
    }

    /// Whether the bot's DMs get through to `user`: they take DMs and share a server or installed the bot.
    pub fn is_reachable(&self, user: Id) -> bool {
        let bot = self.bot.id;
        self.users.get(&user).is_some_and(|person| {
            person.dms_open
                && (person.installed
                    || self
                        .guilds
                        .values()
                        .any(|guild| guild.members.contains_key(&user) && guild.members.contains_key(&bot)))
        })
    }

    /// The message, if the bot may read it through the channel; private notes are none of its reading.
    pub fn readable(&self, channel: Id, id: Id) -> Result<&Message, Refusal> {
        self.may_read(channel)?;
        self.messages
            .get(&id)
            .filter(|message| message.channel == channel && message.only_for.is_none())
            .ok_or_else(|| UNKNOWN_MESSAGE.into())
    }

    /// Whether the bot may read what was written in the channel before.
    pub fn remembers(&self, channel: Id) -> bool {
        self.granted(channel, self.bot.id) & permissions::READ_MESSAGE_HISTORY != 0
    }

    /// Whether the bot may see what is written in the channel.
    pub fn may_read(&self, channel: Id) -> Result<(), Refusal> {
        if !self.channels.contains_key(&channel) {
            return Err(UNKNOWN_CHANNEL.into());
        }
        if self.granted(channel, self.bot.id) & permissions::VIEW_CHANNEL == 0 {
            return Err(MISSING_ACCESS.into());
        }
        Ok(())
    }

    /// Edit Message.
    pub fn edit_own(&mut self, channel: Id, id: Id, draft: Draft) -> Result<(), Refusal> {
        let message = self.readable(channel, id)?;
        if message.author != self.bot.id {
            return Err(NOT_THE_AUTHOR.into());
        }
        if message.is_system() {
            return Err(SYSTEM_MESSAGE.into());
        }
        self.is_awake(channel)?;
        if self.thread(channel).is_some_and(|thread| thread.locked) && !self.moderates(channel, self.bot.id) {
            return Err(THREAD_IS_LOCKED.into());
        }
        let needed = carries(&draft);
        if self.granted(channel, self.bot.id) & needed != needed {
            return Err(MISSING_PERMISSIONS.into());
        }
        self.rewrite(id, draft)
    }

    /// Delete Message.
    pub fn delete(&mut self, channel: Id, id: Id) -> Result<(), Refusal> {
        let found = self.readable(channel, id)?;
        if !found.is_deletable() {
            return Err(SYSTEM_MESSAGE.into());
        }
        let own = found.author == self.bot.id;
        let closed = self.thread(channel).is_some_and(|thread| thread.locked && thread.archived);
        if closed && !self.moderates(channel, self.bot.id) {
            return Err(THREAD_IS_ARCHIVED.into());
        }
        if !own {
            if self.channels.get(&channel).is_some_and(|channel| channel.kind == ChannelKind::Dm) {
                return Err(NOT_IN_A_DM.into());
            }
            if self.granted(channel, self.bot.id) & permissions::MANAGE_MESSAGES == 0 {
                return Err(MISSING_PERMISSIONS.into());
            }
        }
        self.erase(id)
    }
}
