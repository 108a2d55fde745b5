//! Discord's objects as they go out, whole: libraries drop an event silently when a field is missing.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::guild::{Channel, ChannelKind, Guild, Member, Role, User};
use super::message::{Message, REPLY};
use super::snowflake::Id;
use super::{World, components, embed_rules, permissions};

/// A time as Discord writes it: microseconds and `+00:00`.
pub fn time(at: Timestamp) -> String {
    TimeZone::UTC.to_datetime(at).strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}

/// A user (User → User Object).
pub fn user(user: &User) -> Value {
    json!({
        "id": user.id, "username": user.username, "discriminator": if user.bot { "0001" } else { "0" },
        "global_name": if user.bot { Value::Null } else { json!(user.name) },
        "avatar": null, "banner": null, "accent_color": null, "avatar_decoration_data": null,
        "collectibles": null, "primary_guild": null, "bot": user.bot, "system": false,
        "flags": 0, "public_flags": 0,
    })
}

/// A role (Permissions → Role Object).
pub fn role(role: &Role) -> Value {
    json!({
        "id": role.id, "name": role.name, "permissions": role.permissions.to_string(),
        "position": role.position, "color": role.color,
        "colors": {"primary_color": role.color, "secondary_color": null, "tertiary_color": null},
        "hoist": role.hoist, "managed": role.managed, "mentionable": role.mentionable,
        "icon": null, "unicode_emoji": null, "flags": 0,
    })
}

/// A member without the user.
pub fn bare_member(member: &Member) -> Value {
    json!({
        "avatar": null, "avatar_decoration_data": null, "banner": null, "collectibles": null,
        "communication_disabled_until": member.timed_out.map(time), "flags": 0, "joined_at": time(member.joined), "nick": null,
        "pending": false, "premium_since": null, "roles": member.roles, "mute": false, "deaf": false,
    })
}

/// A server's fields that are the same for all of the sandbox.
fn guild_constants() -> Value {
    json!({
        "icon": null, "icon_hash": null, "description": null, "home_header": null, "splash": null,
        "discovery_splash": null, "features": [], "banner": null, "application_id": null, "region": "us-east",
        "afk_channel_id": null, "afk_timeout": 300, "system_channel_flags": 0, "widget_enabled": false,
        "widget_channel_id": null, "verification_level": 0, "default_message_notifications": 1, "mfa_level": 0,
        "explicit_content_filter": 0, "max_presences": null, "max_members": 25_000_000,
        "max_stage_video_channel_users": 50, "max_video_channel_users": 25, "vanity_url_code": null,
        "premium_tier": 0, "premium_subscription_count": 0, "preferred_locale": "en-US",
        "rules_channel_id": null, "safety_alerts_channel_id": null, "public_updates_channel_id": null,
        "premium_progress_bar_enabled": false, "premium_progress_bar_enabled_user_updated_at": null,
        "nsfw": false, "nsfw_level": 0, "emojis": [], "stickers": [], "incidents_data": null,
    })
}

impl World {
    /// A user by id; somebody who is gone still has a name.
    pub fn user_json(&self, id: Id) -> Value {
        match self.users.get(&id) {
            Some(known) => user(known),
            None => json!({
                "id": id, "username": "deleted_user", "discriminator": "0", "global_name": null, "avatar": null,
                "flags": 0, "public_flags": 0, "primary_guild": null,
            }),
        }
    }

    /// A member (Guild → Guild Member Object).
    pub fn member_json(&self, guild: &Guild, id: Id) -> Option<Value> {
        let mut member = bare_member(guild.members.get(&id)?);
        member["user"] = self.user_json(id);
        Some(member)
    }

    /// A member as events of messages carry it: without the user.
    pub fn partial_member_json(&self, guild: Id, id: Id) -> Option<Value> {
        self.guilds.get(&guild)?.members.get(&id).map(bare_member)
    }

    /// A server (Guild → Guild Object).
    pub fn guild_json(&self, guild: &Guild) -> Value {
        let mut shown = guild_constants();
        shown["id"] = json!(guild.id);
        shown["name"] = json!(guild.name);
        shown["owner_id"] = json!(guild.owner);
        shown["system_channel_id"] = json!(guild.channels.first());
        shown["roles"] = guild.roles.values().map(|role| self.role_json(role)).collect();
        shown
    }

    /// A server as the bot lists its own (User → Get Current User Guilds).
    pub fn own_guild_json(&self, guild: &Guild) -> Value {
        json!({
            "id": guild.id, "name": guild.name, "icon": null, "banner": null, "features": [],
            "owner": guild.owner == self.bot.id,
            "permissions": permissions::in_guild(guild, self.bot.id, self.now).to_string(),
        })
    }

    /// What Guild Create says.
    pub fn guild_create_json(&self, guild: &Guild) -> Value {
        let mut shown = self.guild_json(guild);
        let bot = guild.members.get(&self.bot.id);
        shown["joined_at"] = json!(time(bot.map_or(self.now, |member| member.joined)));
        shown["large"] = json!(false);
        shown["unavailable"] = json!(false);
        shown["member_count"] = json!(guild.members.len());
        shown["members"] = json!([self.member_json(guild, self.bot.id)]);
        shown["channels"] = guild
            .channels
            .iter()
            .filter_map(|id| self.channels.get(id))
            .map(|channel| self.channel_json(channel))
            .collect();
        for empty in ["voice_states", "presences", "stage_instances", "soundboard_sounds"] {
            shown[empty] = json!([]);
        }
        let events = self.open_events(guild).into_iter();
        shown["guild_scheduled_events"] =
            events.map(|event| self.scheduled_json(guild.id, event, true)).collect();
        shown["threads"] = self.guild_create_threads(guild);
        shown
    }

    /// A channel (Channel → Channel Object).
    pub fn channel_json(&self, channel: &Channel) -> Value {
        let last = channel.messages.last();
        if let Some(thread) = &channel.thread {
            return self.thread_json(channel, thread);
        }
        if channel.kind == ChannelKind::Dm {
            return json!({
                "id": channel.id, "type": 1, "last_message_id": last, "flags": 0,
                "last_pin_timestamp": self.last_pin(channel),
                "recipients": [channel.recipient.map(|id| self.user_json(id))],
            });
        }
        let mut shown = json!({
            "id": channel.id, "type": channel.kind as u8, "flags": 0, "guild_id": channel.guild,
            "name": channel.name, "parent_id": channel.parent, "position": channel.position, "nsfw": false,
            "permission_overwrites": channel.overwrites.iter().map(|one| json!({
                "id": one.id, "type": u8::from(one.member),
                "allow": one.allow.to_string(), "deny": one.deny.to_string(),
            })).collect::<Vec<_>>(),
        });
        if channel.kind == ChannelKind::Text {
            shown["last_message_id"] = json!(last);
            shown["last_pin_timestamp"] = self.last_pin(channel);
            shown["rate_limit_per_user"] = json!(channel.slow);
            shown["topic"] = json!(channel.topic);
        }
        shown
    }

    /// A channel as interactions carry it.
    pub fn partial_channel_json(&self, channel: &Channel, user: Id) -> Value {
        let mut shown = self.channel_json(channel);
        if channel.guild.is_some() {
            shown["permissions"] = json!(self.granted(channel.id, user).to_string());
        }
        shown
    }

    /// A message (Message → Message Object) as the bot sees it, with the one that it answers.
    pub fn message_json(&self, message: &Message) -> Value {
        let mut shown = self.single_json(message);
        if let Some(answered) = message.answers.filter(|_| message.kind == REPLY) {
            let answered = self.messages.get(&answered);
            shown["referenced_message"] =
                answered.map_or(Value::Null, |answered| self.read(self.single_json(answered), answered));
        }
        shown
    }

    fn single_json(&self, message: &Message) -> Value {
        let mut shown = json!({
            "id": message.id, "channel_id": message.channel, "type": message.kind,
            "author": self.user_json(message.author), "content": message.content,
            "timestamp": time(message.created), "edited_timestamp": message.edited.map(time),
            "tts": message.tts, "mention_everyone": message.mentions.everyone,
            "mentions": message.mentions.users.iter().map(|id| self.user_json(*id)).collect::<Vec<_>>(),
            "mention_roles": message.mentions.roles, "pinned": self.is_pinned(message), "flags": message.flags,
            "attachments": message.attachments.iter().enumerate()
                .map(|(index, _)| self.attachment_json(message, index)).collect::<Vec<_>>(),
        });
        // Set, not named in `json!`: that copies every value it is given.
        shown["embeds"] = message.embeds.iter().map(embed_rules::shown).collect();
        shown["components"] = components::shown(&message.components).into();
        if let Some(nonce) = &message.nonce {
            shown["nonce"] = nonce.clone();
        }
        if let Some(origin) = &message.origin {
            shown["interaction_metadata"] = origin.clone();
            shown["application_id"] = json!(self.bot.id);
            shown["webhook_id"] = json!(self.bot.id);
        }
        if let Some(answered) = message.answers {
            let guild = self.channels.get(&message.channel).and_then(|channel| channel.guild);
            shown["message_reference"] =
                json!({"type": 0, "channel_id": message.channel, "message_id": answered});
            if let Some(guild) = guild {
                shown["message_reference"]["guild_id"] = json!(guild);
            }
        }
        shown
    }

    /// A message as Get Channel Message answers it: the text of others is closed to an application without the
    /// intent for it, except in DMs and where the bot is named.
    pub fn read_json(&self, message: &Message) -> Value {
        self.read(self.message_json(message), message)
    }

    fn read(&self, mut shown: Value, message: &Message) -> Value {
        let open = self.privileged
            || message.author == self.bot.id
            || self.channels.get(&message.channel).is_some_and(|channel| channel.guild.is_none())
            || message.mentions.users.contains(&self.bot.id);
        if !open {
            close(&mut shown);
        }
        if let Some(map) = shown.as_object_mut() {
            map.remove("nonce");
        }
        shown
    }

    /// One file of a message (Message → Attachment Object).
    pub fn attachment_json(&self, message: &Message, index: usize) -> Value {
        let file = &message.attachments[index];
        let url = format!("{}/sandbox/v1/messages/{}/attachments/{index}", self.address, message.id);
        let mut shown = json!({
            "id": file.id, "filename": file.filename, "size": file.bytes.len(), "url": url, "proxy_url": url,
            "content_type": mime_guess::from_path(&file.filename).first_or_octet_stream().to_string(),
        });
        if let Some(description) = &file.description {
            shown["description"] = json!(description);
        }
        if let Some((width, height)) = png_size(&file.bytes) {
            shown["width"] = json!(width);
            shown["height"] = json!(height);
        }
        if message.only_for.is_some() {
            shown["ephemeral"] = json!(true);
        }
        shown
    }

    /// The application (Application → Application Object).
    pub fn application_json(&self) -> Value {
        let guilds = self.guilds.values().filter(|guild| guild.members.contains_key(&self.bot.id));
        let install = json!({"oauth2_install_params": {"scopes": ["applications.commands", "bot"], "permissions": "0"}});
        json!({
            "id": self.bot.id, "name": self.bot.name, "icon": null, "description": "", "type": null,
            "bot": self.user_json(self.bot.id), "bot_public": true, "bot_require_code_grant": false,
            "verify_key": "0".repeat(64), "flags": if self.privileged { 557_056 } else { 0 }, "flags_new": if self.privileged { "557056" } else { "0" },
            "redirect_uris": [], "interactions_endpoint_url": null, "role_connections_verification_url": null,
            "owner": self.user_json(self.keeper), "approximate_guild_count": guilds.count(),
            "approximate_user_install_count": 0, "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0, "team": null, "eligible_oauth2_scopes": [],
            "integration_types_config": {"0": install, "1": {"oauth2_install_params": {"scopes": ["applications.commands"], "permissions": "0"}}},
        })
    }

    /// The bot's own user, as it reads itself.
    pub fn me_json(&self) -> Value {
        let mut me = self.user_json(self.bot.id);
        me["mfa_enabled"] = json!(false);
        me["locale"] = json!("en-US");
        me["premium_type"] = json!(0);
        me["email"] = Value::Null;
        me["verified"] = json!(true);
        me
    }

    /// A member as interactions carry it, with what they may do in the channel.
    pub fn acting_member_json(&self, guild: &Guild, id: Id, channel: Id) -> Option<Value> {
        let mut member = self.member_json(guild, id)?;
        let granted = match self.channels.get(&channel) {
            Some(_) => self.granted(channel, id),
            None => permissions::in_guild(guild, id, self.now),
        };
        member["permissions"] = json!(granted.to_string());
        Some(member)
    }
}

/// Takes out what a message says.
pub fn close(message: &mut Value) {
    message["content"] = json!("");
    for list in ["embeds", "attachments", "components"] {
        message[list] = json!([]);
    }
}

/// Width and height of a PNG picture.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let head = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let number = |at: usize| head.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    Some((number(8)?, number(12)?))
}
