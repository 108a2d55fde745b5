//! What people do: commands, buttons, menus, messages, held to what Discord's client lets them.

use axum::body::Bytes;
use serde_json::{Map, Value, json};

use super::World;
use super::choosing::pick;
use super::command::{CHAT_INPUT, USER};
use super::components::{BUTTON, all, kind};
use super::draft::Draft;
use super::guild::ChannelKind;
use super::interaction::{Kind, Start};
use super::message::{Message, Place};
use super::options::Filling;
use super::payload::Resolved;
use super::people::No;
use super::permissions::USE_APPLICATION_COMMANDS;
use super::snowflake::Id;

/// Where a person stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spot {
    /// The server.
    pub guild: Option<Id>,
    /// The channel.
    pub channel: Option<Id>,
    /// The DM with the bot.
    pub dm: bool,
}

/// A command as somebody typed it.
#[derive(Debug)]
pub struct Typed<'a> {
    /// Its name, with that of the subcommand.
    pub name: &'a str,
    /// The options by name.
    pub options: &'a Map<String, Value>,
    /// Files for options: option, name, content.
    pub files: &'a [(String, String, Bytes)],
    /// The option being typed, when it is not sent yet.
    pub focused: Option<&'a str>,
}

impl World {
    /// The server and channel where a person's act takes place.
    fn stand(&mut self, user: Id, spot: Spot) -> Result<(Option<Id>, Id), No> {
        self.person(user)?;
        if spot.dm {
            return Ok((None, self.open_dm(user)));
        }
        if let Some(channel) = spot.channel {
            let unseen = || No::Missing(format!("There is no channel {channel} that this person sees."));
            let found = self
                .channels
                .get(&channel)
                .filter(|_| self.sees_channel(user, channel))
                .ok_or_else(unseen)?;
            if spot.guild.is_some() && found.guild != spot.guild {
                return Err(unseen());
            }
            return Ok((found.guild, channel));
        }
        let guild = spot.guild.ok_or_else(|| No::bad("Say where: `guild`, `channel` or `dm: true`."))?;
        let found = self
            .guilds
            .get(&guild)
            .filter(|found| found.members.contains_key(&user))
            .ok_or_else(|| No::Missing(format!("There is no server {guild} that this person is in.")))?;
        let speaks = |id: &Id| self.channels.get(id).is_some_and(|found| found.kind == ChannelKind::Text);
        let channel = found.channels.iter().copied().find(|id| speaks(id) && self.sees_channel(user, *id));
        channel
            .map(|channel| (Some(guild), channel))
            .ok_or_else(|| No::bad("This person sees no channel there."))
    }

    fn may_command(&mut self, user: Id, channel: Id) -> Result<(), No> {
        if self.granted(channel, user) & USE_APPLICATION_COMMANDS == 0 {
            return Err(No::bad("This person may not use commands there."));
        }
        self.wake_for(user, channel)
    }

    /// Sends a slash command, or asks for completion of the option being typed.
    pub fn type_command(&mut self, user: Id, spot: Spot, typed: &Typed<'_>) -> Result<Id, No> {
        let (guild, channel) = self.stand(user, spot)?;
        self.may_command(user, channel)?;
        let command = self.find_command(user, guild, CHAT_INPUT, typed.name)?;
        let (path, defined) = command.below(typed.name)?;
        let mut resolved = Resolved::default();
        let filling = Filling {
            user,
            guild,
            channel,
            given: typed.options,
            files: typed.files,
            focused: typed.focused,
        };
        let mut options = self.fill_options(defined, filling, &mut resolved)?;
        for level in path.iter().rev() {
            options = vec![json!({"name": level["name"], "type": level["type"], "options": options})];
        }
        let completes = typed
            .focused
            .and_then(|name| defined.iter().find(|option| option["name"] == name))
            .and_then(|option| option["type"].as_u64());
        let mut data = json!({"id": command.id, "name": command.name(), "type": CHAT_INPUT});
        if !options.is_empty() {
            data["options"] = json!(options);
        }
        self.finish_data(&mut data, resolved, command.guild);
        let owners = self.owners(&command, user, guild).unwrap_or_default();
        Ok(self.start(Start {
            kind: if typed.focused.is_some() { Kind::Autocomplete } else { Kind::Command },
            user,
            guild,
            channel,
            data,
            owners: Value::Object(owners),
            metadata: Value::Null,
            source: None,
            answer_kind: 20,
            completes: completes.unwrap_or(0),
            modal: None,
        }))
    }

    fn finish_data(&self, data: &mut Value, resolved: Resolved, guild: Option<Id>) {
        if let Some(resolved) = resolved.finish() {
            data["resolved"] = resolved;
        }
        if let Some(guild) = guild {
            data["guild_id"] = json!(guild);
        }
    }

    /// Picks an entry of another person's menu.
    pub fn use_on_person(&mut self, user: Id, spot: Spot, name: &str, target: Id) -> Result<Id, No> {
        let (guild, channel) = self.stand(user, spot)?;
        self.may_command(user, channel)?;
        let there = match guild.and_then(|guild| self.guilds.get(&guild)) {
            Some(guild) => guild.members.contains_key(&target),
            None => target == user || target == self.bot.id,
        };
        if !there || self.users.get(&target).is_none_or(|target| target.hidden) {
            return Err(No::Missing(format!("There is no person {target} there.")));
        }
        let command = self.find_command(user, guild, USER, name)?;
        let mut resolved = Resolved::default();
        self.resolve_user(&mut resolved, guild, channel, target);
        let mut data = json!({"id": command.id, "name": command.name(), "type": USER, "target_id": target});
        self.finish_data(&mut data, resolved, command.guild);
        let owners = self.owners(&command, user, guild).unwrap_or_default();
        Ok(self.start(Start {
            kind: Kind::Command,
            user,
            guild,
            channel,
            data,
            owners: Value::Object(owners),
            metadata: json!({"target_user": self.user_json(target)}),
            source: None,
            answer_kind: 23,
            completes: 0,
            modal: None,
        }))
    }

    /// Presses a button, named by its label or custom id.
    pub fn click(&mut self, user: Id, message: Id, button: &str) -> Result<Id, No> {
        self.person(user)?;
        let seen = self.seen(user, message)?;
        let buttons: Vec<&Value> =
            all(&seen.components).into_iter().filter(|one| kind(one) == BUTTON).collect();
        let found = pick(&buttons, button, "label").ok_or_else(|| {
            let labels: Vec<&str> = buttons.iter().filter_map(|one| one["label"].as_str()).collect();
            No::Missing(format!("The message has no button \"{button}\"; it has: {}.", labels.join(", ")))
        })?;
        if found["disabled"] == true {
            return Err(No::bad(format!("The button \"{button}\" is disabled.")));
        }
        let Some(custom_id) = found["custom_id"].as_str() else {
            return Err(No::bad(format!("The button \"{button}\" is a link; the bot is not told.")));
        };
        let data = json!({"custom_id": custom_id, "component_type": BUTTON, "id": 0});
        let start = self.component_start(user, seen, data);
        self.wake_for(user, start.channel)?;
        Ok(self.start(start))
    }

    pub(super) fn component_start(&self, user: Id, message: &Message, mut data: Value) -> Start {
        let guild = self.channels.get(&message.channel).and_then(|channel| channel.guild);
        let shown = super::components::shown(&message.components);
        if let Some(component) = all(&shown).into_iter().find(|one| one["custom_id"] == data["custom_id"]) {
            data["id"] = component["id"].clone();
        }
        let owners = message
            .origin
            .as_ref()
            .map(|origin| origin["authorizing_integration_owners"].clone())
            .unwrap_or_else(|| guild.map_or_else(|| json!({"0": "0"}), |guild| json!({"0": guild})));
        Start {
            kind: Kind::Component,
            user,
            guild,
            channel: message.channel,
            data,
            owners,
            metadata: json!({"interacted_message_id": message.id}),
            source: Some(message.id),
            answer_kind: 0,
            completes: 0,
            modal: None,
        }
    }

    /// Writes an ordinary message.
    pub fn say(&mut self, user: Id, channel: Id, content: &str) -> Result<Id, No> {
        self.person(user)?;
        let (_, channel) = self.stand(user, Spot { channel: Some(channel), ..Spot::default() })?;
        let speaks = self.channels.get(&channel).is_some_and(|found| found.kind != ChannelKind::Category);
        if !speaks || self.granted(channel, user) & self.writing(channel) == 0 {
            return Err(No::bad("This person may not write there."));
        }
        self.may_stir(channel, user).map_err(|refusal| No::bad(format!("{}.", refusal.message)))?;
        let content = content.trim();
        if !(1..=2_000).contains(&content.chars().count()) {
            return Err(No::bad("A message has 1 to 2000 characters."));
        }
        if self.channels.get(&channel).is_some_and(|channel| channel.kind == ChannelKind::Dm)
            && let Some(user) = self.users.get_mut(&user)
        {
            user.installed = true;
        }
        let draft = Draft { content: Some(content.to_owned()), ..Draft::default() };
        self.write(Place::plain(channel, user), draft).map_err(|refusal| No::bad(refusal.message))
    }
}
