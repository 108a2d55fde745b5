//! Pinned messages (Message → Get Channel Pins, Pin Message, Unpin Message).

use serde_json::{Value, json};

use super::World;
use super::event::intents;
use super::guild::Channel;
use super::message::{Message, Place};
use super::objects::time;
use super::permissions::PIN_MESSAGES;
use super::refusal::{MISSING_PERMISSIONS, Refusal, SYSTEM_MESSAGE, TOO_MANY_PINS, UNKNOWN_CHANNEL};
use super::snowflake::Id;

/// How many messages of a channel are pinned at most.
const PINS_MOST: usize = 250;
/// Discord's number for its own line that somebody pinned a message.
pub const PINNED: u8 = 6;

impl World {
    /// When something was pinned last.
    pub(super) fn last_pin(&self, channel: &Channel) -> Value {
        channel.pins.last().map_or(Value::Null, |(_, at)| json!(time(*at)))
    }

    /// Whether a message is pinned.
    pub(super) fn is_pinned(&self, message: &Message) -> bool {
        let channel = self.channels.get(&message.channel);
        channel.is_some_and(|channel| channel.pins.iter().any(|(id, _)| *id == message.id))
    }

    /// Pin Message, Unpin Message.
    pub fn pin(&mut self, channel: Id, id: Id, pin: bool) -> Result<(), Refusal> {
        let message = self.readable(channel, id)?;
        if pin && message.is_system() {
            return Err(SYSTEM_MESSAGE.into());
        }
        let found = self.channels.get(&channel).ok_or(UNKNOWN_CHANNEL)?;
        if found.guild.is_some() && self.granted(channel, self.bot.id) & PIN_MESSAGES == 0 {
            return Err(MISSING_PERMISSIONS.into());
        }
        self.is_awake(channel)?;
        let was = found.pins.iter().any(|(pinned, _)| *pinned == id);
        if was == pin {
            return Ok(());
        }
        if pin && found.pins.len() >= PINS_MOST {
            return Err(TOO_MANY_PINS.into());
        }
        let now = self.now;
        if let Some(found) = self.channels.get_mut(&channel) {
            found.pins.retain(|(pinned, _)| *pinned != id);
            if pin {
                found.pins.push((id, now));
            }
        }
        self.tell_pins(channel);
        self.retold(id);
        if pin {
            let place = Place { kind: PINNED, answers: Some(id), ..Place::plain(channel, self.bot.id) };
            // What Discord itself writes is never refused.
            let _ = self.write(place, super::draft::Draft::default());
        }
        Ok(())
    }

    fn tell_pins(&mut self, channel: Id) {
        let Some(found) = self.channels.get(&channel) else { return };
        let (guild, last) = (found.guild, self.last_pin(found));
        let mut data = json!({"channel_id": channel, "last_pin_timestamp": last});
        if let Some(guild) = guild {
            data["guild_id"] = json!(guild);
        }
        if self.bot_sees(channel) {
            let needs = if guild.is_some() { intents::GUILDS } else { intents::DIRECT_MESSAGES };
            self.dispatch("CHANNEL_PINS_UPDATE", needs, guild, data);
        }
    }

    /// A message that is gone is pinned no more.
    pub(super) fn unpinned(&mut self, message: &Message) {
        let Some(channel) = self.channels.get_mut(&message.channel) else { return };
        let before = channel.pins.len();
        channel.pins.retain(|(id, _)| *id != message.id);
        if channel.pins.len() != before {
            self.tell_pins(message.channel);
        }
    }
}
