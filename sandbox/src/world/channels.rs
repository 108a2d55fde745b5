//! A server's channels and categories and their overwrites (Guild → Create Guild Channel; Channel → Modify Channel,
//! Delete/Close Channel, Edit Channel Permissions, Delete Channel Permission).

use serde_json::{Value, json};

use super::World;
use super::event::{Event, intents};
use super::guild::{Channel, ChannelKind, Guild, Overwrite};
use super::people::No;
use super::permissions::{self, ADMINISTRATOR, MANAGE_CHANNELS, MANAGE_ROLES, MANAGE_THREADS, VIEW_CHANNEL};
use super::reading;
use super::refusal::{
    Form, MISSING_ACCESS, MISSING_PERMISSIONS, NOT_IN_A_DM, Refusal, TOO_MANY_CHANNELS, UNKNOWN_CHANNEL,
    UNKNOWN_OVERWRITE, UNKNOWN_ROLE, UNKNOWN_USER, WRONG_CHANNEL_TYPE,
};
use super::snowflake::Id;

/// How many channels a server holds, categories among them.
const CHANNELS_MOST: usize = 500;
/// How many channels a category holds.
const CHILDREN_MOST: usize = 50;
/// What channels have in Discord and not here.
const UNSERVED: [&str; 13] = [
    "nsfw",
    "flags",
    "bitrate",
    "user_limit",
    "rtc_region",
    "video_quality_mode",
    "default_auto_archive_duration",
    "default_thread_rate_limit_per_user",
    "default_reaction_emoji",
    "default_sort_order",
    "default_forum_layout",
    "default_tag_setting",
    "available_tags",
];
/// The longest pause between two messages that may be asked for, in seconds.
const SLOW_MOST: u64 = 21_600;

/// What was asked of a channel, new or not; a part that is absent stays as it is.
#[derive(Clone, Debug, Default)]
pub struct ChannelWish {
    /// Its name.
    pub name: Option<String>,
    /// Discord's number for its kind.
    pub kind: Option<u64>,
    /// What it is for; inner none: nothing.
    pub topic: Option<Option<String>>,
    /// Its place in the list.
    pub position: Option<usize>,
    /// Seconds between two messages of a person.
    pub slow: Option<u64>,
    /// The category; inner none: none.
    pub parent: Option<Option<Id>>,
    /// The exceptions to the roles, all of them.
    pub overwrites: Option<Vec<Overwrite>>,
}

impl ChannelWish {
    /// Reads and checks a body; a new channel needs a name.
    pub fn read(body: &Value, new: bool) -> Result<Self, Refusal> {
        reading::serves(body, &UNSERVED, "channels")?;
        let mut form = Form::default();
        let name = reading::text(&mut form, body, "name", 1, 100);
        if new && name.is_none() && body["name"].is_null() {
            form.missing("name");
        }
        let kind = reading::choice(&mut form, body, "type", &[0, 2, 4, 5, 13, 14, 15]);
        let topic = reading::text(&mut form, body, "topic", 0, 1_024).filter(|topic| !topic.is_empty());
        let parent = reading::snowflake(&mut form, body, "parent_id", "parent_id");
        let position = reading::number(&mut form, body, "position", u64::from(u16::MAX));
        let slow = reading::number(&mut form, body, "rate_limit_per_user", SLOW_MOST);
        let overwrites = overwrites(&mut form, body);
        form.finish()?;
        let said = |key: &str| body.get(key).is_some();
        Ok(Self {
            name,
            kind,
            topic: said("topic").then_some(topic),
            position: position.and_then(|position| usize::try_from(position).ok()),
            slow,
            parent: said("parent_id").then_some(parent),
            overwrites,
        })
    }
}

fn overwrites(form: &mut Form, body: &Value) -> Option<Vec<Overwrite>> {
    let list = match &body["permission_overwrites"] {
        Value::Null => return None,
        Value::Array(list) => list,
        _ => {
            form.wrong(
                "permission_overwrites",
                "LIST_TYPE_CONVERT",
                "Only iterables may be used in a ListType",
            );
            return None;
        }
    };
    let read = list
        .iter()
        .enumerate()
        .filter_map(|(index, one)| overwrite(form, one, None, &format!("permission_overwrites.{index}.")));
    Some(read.collect())
}

/// One overwrite; `of` where the path names it.
pub fn overwrite(form: &mut Form, body: &Value, of: Option<Id>, path: &str) -> Option<Overwrite> {
    let id = of.or_else(|| reading::snowflake(form, body, "id", &format!("{path}id")));
    if id.is_none() && body["id"].is_null() {
        form.missing(&format!("{path}id"));
    }
    let member = match &body["type"] {
        Value::Null => false,
        kind if *kind == 0 || *kind == "0" || *kind == "role" => false,
        kind if *kind == 1 || *kind == "1" || *kind == "member" => true,
        _ => {
            form.wrong(&format!("{path}type"), "BASE_TYPE_CHOICES", "Value must be one of {0, 1}.");
            false
        }
    };
    let mut bits = |key: &str| reading::bits(form, body, key, &format!("{path}{key}")).unwrap_or(0);
    let (allow, deny) = (bits("allow"), bits("deny"));
    id.map(|id| Overwrite { id, member, allow, deny })
}

/// A text channel's name as Discord writes it.
fn tidy(name: &str, kind: ChannelKind) -> String {
    if kind == ChannelKind::Text {
        name.trim_start_matches('#').to_lowercase().replace(char::is_whitespace, "-")
    } else {
        name.to_owned()
    }
}

impl World {
    /// Whether `by` may set these overwrites where `old` ones were: roles and people must be known, and one can only
    /// allow or deny what one may do oneself, in the server or the category, or all where the channel makes one the
    /// manager of its permissions.
    fn may_overwrite(
        &self,
        guild: &Guild,
        channel: Option<&Channel>,
        by: Id,
        new: &[Overwrite],
    ) -> Result<(), Refusal> {
        let old = channel.map_or(&[][..], |channel| &channel.overwrites);
        let own = permissions::in_guild(guild, by, self.now);
        let parent = channel.and_then(|channel| self.channels.get(&channel.parent?));
        let own = own | parent.map_or(0, |parent| permissions::in_channel(guild, parent, by, self.now));
        let roles = guild.members.get(&by).map_or(&[][..], |member| &member.roles);
        let manager =
            old.iter().any(|one| (one.id == by || roles.contains(&one.id)) && one.allow & MANAGE_ROLES != 0);
        for one in new {
            let was = old.iter().find(|old| old.id == one.id);
            if was.is_none() && !one.member && !guild.roles.contains_key(&one.id) {
                return Err(UNKNOWN_ROLE.into());
            }
            if was.is_none() && one.member && !self.users.contains_key(&one.id) {
                return Err(UNKNOWN_USER.into());
            }
            let (allow, deny) = was.map_or((0, 0), |was| (was.allow, was.deny));
            let changed = (one.allow ^ allow) | (one.deny ^ deny);
            let steward = changed & MANAGE_ROLES != 0 && own & ADMINISTRATOR == 0;
            if steward || (changed & !own != 0 && !manager) {
                return Err(MISSING_PERMISSIONS.into());
            }
        }
        Ok(())
    }

    /// The category of this id that takes one more channel.
    fn category(&self, guild: Id, id: Id) -> Result<&Channel, Refusal> {
        let wrong = |code: &str, message: &str| Refusal::form("parent_id", code, message);
        let found = self.channels.get(&id).filter(|found| found.guild == Some(guild));
        let found = found.ok_or_else(|| wrong("CHANNEL_PARENT_INVALID", "Category does not exist"))?;
        if found.kind != ChannelKind::Category {
            return Err(wrong("CHANNEL_PARENT_INVALID_TYPE", "Not a category"));
        }
        let children = self.channels.values().filter(|channel| channel.parent == Some(id)).count();
        if children >= CHILDREN_MOST {
            return Err(wrong(
                "CHANNEL_PARENT_MAX_CHANNELS",
                "Maximum number of channels in category reached (50)",
            ));
        }
        Ok(found)
    }

    /// Create Guild Channel. In a category it has that one's overwrites, unless it was given its own.
    pub fn create_channel(&mut self, guild: Id, by: Id, wish: &ChannelWish) -> Result<Id, Refusal> {
        let found = self.server_for(guild, by, MANAGE_CHANNELS)?;
        if found.channels.len() >= CHANNELS_MOST {
            return Err(TOO_MANY_CHANNELS.into());
        }
        let kind = match wish.kind {
            None | Some(0) => ChannelKind::Text,
            Some(4) => ChannelKind::Category,
            Some(_) => {
                return Err(Refusal::new(501, 0, "The sandbox has text channels and categories only."));
            }
        };
        let parent = wish.parent.flatten();
        let mut overwrites = wish.overwrites.clone();
        if let Some(parent) = parent {
            let category = self.category(guild, parent)?;
            overwrites.get_or_insert_with(|| category.overwrites.clone());
        }
        if let Some(given) = &wish.overwrites {
            self.may_overwrite(found, None, by, given)?;
        }
        let position = wish.position.unwrap_or(found.channels.len());
        let id = self.id();
        let mut channel = Channel::new(id, kind);
        channel.guild = Some(guild);
        channel.name = tidy(wish.name.as_deref().unwrap_or(""), kind);
        channel.position = position;
        channel.parent = parent;
        channel.topic = wish.topic.clone().flatten();
        channel.slow = wish.slow.unwrap_or(0);
        channel.overwrites = overwrites.unwrap_or_default();
        let data = self.channel_json(&channel);
        self.channels.insert(id, channel);
        if let Some(guild) = self.guilds.get_mut(&guild) {
            guild.channels.push(id);
        }
        self.tell_guild("CHANNEL_CREATE", intents::GUILDS, guild, data);
        self.events.push(Event::Places(guild));
        Ok(id)
    }

    /// The channel of a server that is no thread, with the server, if `by` may do there what `needed` says.
    fn channel_for(&self, id: Id, by: Id, needed: u64) -> Result<(&Channel, &Guild), Refusal> {
        let found = self.channels.get(&id).ok_or(UNKNOWN_CHANNEL)?;
        let granted = self.granted(id, by);
        if granted & VIEW_CHANNEL == 0 {
            return Err(MISSING_ACCESS.into());
        }
        let guild = found.guild.ok_or(NOT_IN_A_DM)?;
        let guild = self.guilds.get(&guild).filter(|_| found.thread.is_none()).ok_or(WRONG_CHANNEL_TYPE)?;
        if granted & needed != needed { Err(MISSING_PERMISSIONS.into()) } else { Ok((found, guild)) }
    }

    /// Modify Channel, of a channel that is no thread.
    pub fn change_channel(&mut self, id: Id, by: Id, wish: &ChannelWish) -> Result<(), Refusal> {
        let (found, guild) = self.channel_for(id, by, MANAGE_CHANNELS)?;
        let kind = found.kind;
        if wish.kind.is_some_and(|kind| kind != found.kind as u64) {
            return Err(Refusal::new(501, 0, "The sandbox changes no channel's type."));
        }
        if let Some(parent) = wish.parent.flatten().filter(|parent| found.parent != Some(*parent)) {
            self.category(guild.id, parent)?;
        }
        if let Some(new) = &wish.overwrites {
            if self.granted(id, by) & MANAGE_ROLES == 0 {
                return Err(MISSING_PERMISSIONS.into());
            }
            self.may_overwrite(guild, Some(found), by, new)?;
        }
        let guild = guild.id;
        let before = self.bot_channels(guild);
        let Some(channel) = self.channels.get_mut(&id) else { return Ok(()) };
        if let Some(name) = &wish.name {
            channel.name = tidy(name, kind);
        }
        channel.position = wish.position.unwrap_or(channel.position);
        channel.slow = wish.slow.unwrap_or(channel.slow);
        channel.parent = wish.parent.unwrap_or(channel.parent);
        if let Some(topic) = &wish.topic {
            channel.topic.clone_from(topic);
        }
        if let Some(new) = &wish.overwrites {
            channel.overwrites.clone_from(new);
        }
        self.channel_changed(guild, id, &before);
        Ok(())
    }

    /// Tells of a channel as it is now.
    fn channel_changed(&mut self, guild: Id, id: Id, before: &std::collections::BTreeSet<Id>) {
        if let Some(channel) = self.channels.get(&id) {
            let data = self.channel_json(channel);
            self.tell_guild("CHANNEL_UPDATE", intents::GUILDS, guild, data);
        }
        self.sync_threads(guild, before);
        self.events.push(Event::Places(guild));
    }

    /// Edit Channel Permissions.
    pub fn overwrite(&mut self, id: Id, by: Id, new: Overwrite) -> Result<(), Refusal> {
        let (found, guild) = self.channel_for(id, by, MANAGE_ROLES)?;
        self.may_overwrite(guild, Some(found), by, std::slice::from_ref(&new))?;
        let guild = guild.id;
        self.put_overwrite(guild, id, new);
        Ok(())
    }

    fn put_overwrite(&mut self, guild: Id, id: Id, new: Overwrite) {
        let before = self.bot_channels(guild);
        if let Some(channel) = self.channels.get_mut(&id) {
            channel.overwrites.retain(|one| one.id != new.id);
            channel.overwrites.push(new);
        }
        self.channel_changed(guild, id, &before);
    }

    /// Delete Channel Permission.
    pub fn drop_overwrite(&mut self, id: Id, by: Id, of: Id) -> Result<(), Refusal> {
        let (found, guild) = self.channel_for(id, by, MANAGE_ROLES)?;
        let was = found.overwrites.iter().find(|one| one.id == of).ok_or(UNKNOWN_OVERWRITE)?;
        let none = Overwrite { allow: 0, deny: 0, ..was.clone() };
        self.may_overwrite(guild, Some(found), by, &[none])?;
        let guild = guild.id;
        let before = self.bot_channels(guild);
        if let Some(channel) = self.channels.get_mut(&id) {
            channel.overwrites.retain(|one| one.id != of);
        }
        self.channel_changed(guild, id, &before);
        Ok(())
    }

    /// Sets what a role, a person or the bot may do in a channel beside what roles allow, whoever does it.
    pub fn set_overwrite(&mut self, channel: Id, of: Id, allow: u64, deny: u64) -> Result<(), No> {
        let no = || No::missing("channel of a server", channel);
        let found = self.channels.get(&channel).filter(|found| found.thread.is_none()).ok_or_else(no)?;
        let id = found.guild.ok_or_else(no)?;
        let guild = self.guilds.get(&id).ok_or_else(no)?;
        let member = guild.members.contains_key(&of);
        if !member && !guild.roles.contains_key(&of) {
            return Err(No::missing("role or member", of));
        }
        self.put_overwrite(id, channel, Overwrite { id: of, member, allow, deny });
        Ok(())
    }

    /// Delete/Close Channel. Answers with what it was.
    pub fn delete_channel(&mut self, id: Id, by: Id) -> Result<Value, Refusal> {
        let found = self.channels.get(&id).ok_or(UNKNOWN_CHANNEL)?;
        let (guild, was) = (found.guild, self.channel_json(found));
        let granted = self.granted(id, by);
        if granted & VIEW_CHANNEL == 0 {
            return Err(MISSING_ACCESS.into());
        }
        // A DM is closed on the bot's side only, which nobody notices.
        let Some(guild) = guild else { return Ok(was) };
        let needed = if found.thread.is_some() { MANAGE_THREADS } else { MANAGE_CHANNELS };
        if granted & needed == 0 {
            return Err(MISSING_PERMISSIONS.into());
        }
        let threads = self.guilds.get(&guild).map(|guild| guild.threads.clone()).unwrap_or_default();
        for thread in threads {
            if self.thread(thread).is_some_and(|thread| thread.parent == id) {
                self.take_away(guild, thread);
            }
        }
        let mut children: Vec<Id> =
            self.channels.values().filter(|channel| channel.parent == Some(id)).map(|it| it.id).collect();
        children.sort_unstable();
        self.take_away(guild, id);
        for child in children {
            let before = self.bot_channels(guild);
            if let Some(channel) = self.channels.get_mut(&child) {
                channel.parent = None;
            }
            self.channel_changed(guild, child, &before);
        }
        Ok(was)
    }

    fn take_away(&mut self, guild: Id, id: Id) {
        let Some(channel) = self.channels.get(&id) else { return };
        match &channel.thread {
            Some(thread) => {
                let kind = channel.kind as u8;
                let data = json!({"id": id, "guild_id": guild, "parent_id": thread.parent, "type": kind});
                if self.bot_sees(id) {
                    self.dispatch("THREAD_DELETE", intents::GUILDS, Some(guild), data);
                }
            }
            None => {
                let data = self.channel_json(channel);
                self.tell_guild("CHANNEL_DELETE", intents::GUILDS, guild, data);
            }
        }
        if let Some(channel) = self.channels.remove(&id) {
            for message in channel.messages.iter().chain(&channel.notes) {
                self.messages.remove(message);
            }
        }
        if let Some(guild) = self.guilds.get_mut(&guild) {
            guild.threads.retain(|thread| *thread != id);
            guild.channels.retain(|channel| *channel != id);
        }
        self.events.push(Event::Places(guild));
    }
}
