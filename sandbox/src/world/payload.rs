//! The payload of Interaction Create (Receiving and Responding → Interaction Object).

use serde_json::{Map, Value, json};

use super::World;
use super::draft::FILE_MOST;
use super::interaction::{Interaction, Kind};
use super::message::EPHEMERAL;
use super::permissions;
use super::snowflake::Id;

/// What the options of a command point to.
#[derive(Debug, Default)]
pub struct Resolved {
    parts: Map<String, Value>,
}

impl Resolved {
    /// Adds one object.
    pub fn add(&mut self, part: &str, id: Id, object: Value) {
        let entry = self.parts.entry(part).or_insert_with(|| json!({}));
        entry[id.to_string()] = object;
    }

    /// The payload's `resolved`; none when nothing is pointed to.
    pub fn finish(self) -> Option<Value> {
        (!self.parts.is_empty()).then_some(Value::Object(self.parts))
    }
}

impl World {
    /// Resolves a user, and the member where there is a server.
    pub fn resolve_user(&self, resolved: &mut Resolved, guild: Option<Id>, channel: Id, user: Id) {
        resolved.add("users", user, self.user_json(user));
        let member = guild
            .and_then(|id| self.guilds.get(&id))
            .and_then(|guild| self.acting_member_json(guild, user, channel));
        if let Some(mut member) = member {
            if let Some(map) = member.as_object_mut() {
                for part in ["user", "mute", "deaf"] {
                    map.remove(part);
                }
            }
            resolved.add("members", user, member);
        }
    }

    /// The whole payload.
    pub(super) fn interaction_json(&self, interaction: &Interaction) -> Value {
        let start = &interaction.start;
        let user = self.users.get(&start.user);
        let mut payload = json!({
            "id": interaction.id, "application_id": self.bot.id, "type": start.kind as u8,
            "token": interaction.token, "version": 1, "data": start.data, "channel_id": start.channel,
            "locale": user.map_or("en-US", |user| user.locale.as_str()),
            "app_permissions": self.bot_permissions(start.guild, start.channel).to_string(),
            "authorizing_integration_owners": start.owners, "entitlements": [], "entitlement_sku_ids": [],
            "context": if start.guild.is_some() { 0 } else { 1 }, "attachment_size_limit": FILE_MOST,
        });
        if let Some(channel) = self.channels.get(&start.channel) {
            payload["channel"] = self.partial_channel_json(channel, start.user);
        }
        match start.guild.and_then(|id| self.guilds.get(&id)) {
            Some(guild) => {
                payload["guild_id"] = json!(guild.id);
                payload["guild"] = json!({"id": guild.id, "locale": "en-US", "features": []});
                payload["guild_locale"] = json!("en-US");
                payload["member"] =
                    self.acting_member_json(guild, start.user, start.channel).unwrap_or(Value::Null);
            }
            None => payload["user"] = self.user_json(start.user),
        }
        if matches!(start.kind, Kind::Component | Kind::Modal)
            && let Some(message) = start.source.and_then(|id| self.messages.get(&id))
        {
            payload["message"] = self.message_json(message);
            if message.only_for.is_some() {
                payload["message"]["flags"] = json!(message.flags | EPHEMERAL);
            }
        }
        payload
    }

    fn bot_permissions(&self, guild: Option<Id>, channel: Id) -> u64 {
        let inside =
            guild.and_then(|id| self.guilds.get(&id)).is_some_and(|it| it.members.contains_key(&self.bot.id));
        if guild.is_none() || inside {
            self.granted(channel, self.bot.id)
        } else {
            // Installed by the person only: what answering takes.
            permissions::EMBED_LINKS | permissions::ATTACH_FILES | permissions::MENTION_EVERYONE
        }
    }
}
