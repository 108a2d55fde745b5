//! What people and their servers are and how they come and go; what a person sees.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::World;
use super::channels::ChannelWish;
use super::event::intents;
use super::guild::{Channel, ChannelKind, Guild, Member, Overwrite, Role, User};
use super::message::{LOADING, Message};
use super::permissions::{EVERYONE_DEFAULT, READ_MESSAGE_HISTORY, VIEW_CHANNEL};
use super::refusal::Refusal;
use super::snowflake::Id;

/// Why a person's act is refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum No {
    /// It makes no sense or their client would not let them.
    #[error("{0}")]
    Bad(String),
    /// There is no such thing, as far as they see.
    #[error("{0}")]
    Missing(String),
    /// Not at this moment.
    #[error("{0}")]
    Conflict(String),
}

impl No {
    /// No such thing.
    pub fn missing(what: &str, id: impl std::fmt::Display) -> Self {
        Self::Missing(format!("There is no {what} {id}."))
    }

    /// Not allowed or not sensible.
    pub fn bad(sentence: impl Into<String>) -> Self {
        Self::Bad(sentence.into())
    }
}

impl From<Refusal> for No {
    fn from(refusal: Refusal) -> Self {
        match refusal.errors {
            Some(errors) => Self::bad(format!("{}: {errors}", refusal.message)),
            None => Self::bad(format!("{}.", refusal.message.trim_end_matches('.'))),
        }
    }
}

/// The unique name that goes with a display name.
pub fn username(name: &str, id: Id) -> String {
    let mut plain: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '.')
        .take(20)
        .collect::<String>()
        .to_lowercase();
    if plain.len() < 2 {
        plain = "person".to_owned();
    }
    format!("{plain}{}", (id.0 >> 8) % 10_000)
}

impl World {
    /// A person who can be acted as.
    pub fn person(&self, id: Id) -> Result<&User, No> {
        self.users.get(&id).filter(|user| !user.hidden && !user.bot).ok_or_else(|| No::missing("person", id))
    }

    pub(super) fn guild_named(&mut self, id: Id) -> Result<&mut Guild, No> {
        self.guilds.get_mut(&id).ok_or_else(|| No::missing("server", id))
    }

    pub(super) fn id(&mut self) -> Id {
        self.given.pop_front().unwrap_or_else(|| self.mint.next(self.now))
    }

    fn has_bot(&self, guild: Id) -> bool {
        self.guilds.get(&guild).is_some_and(|guild| guild.members.contains_key(&self.bot.id))
    }

    pub(super) fn tell_guild(&mut self, name: &'static str, needs: u64, guild: Id, data: Value) {
        if self.has_bot(guild) {
            self.dispatch(name, needs, Some(guild), data);
        }
    }

    /// Opens a server with `#general`, `@everyone`, its owner and the bot.
    pub fn add_guild(&mut self, name: &str, owner: Option<Id>) -> Result<Id, No> {
        let name = name.trim();
        if !(2..=100).contains(&name.chars().count()) {
            return Err(No::bad("A server's name has 2 to 100 characters."));
        }
        if let Some(owner) = owner {
            self.person(owner)?;
        }
        let id = self.id();
        let owner = owner.unwrap_or(self.keeper);
        let everyone = Role { permissions: EVERYONE_DEFAULT, ..Role::new(id, "@everyone") };
        let member = Member { roles: Vec::new(), joined: self.now, timed_out: None };
        let guild = Guild {
            id,
            name: name.to_owned(),
            owner,
            roles: [(id, everyone)].into(),
            members: [(owner, member)].into(),
            channels: Vec::new(),
            threads: Vec::new(),
            events: BTreeMap::new(),
        };
        self.guilds.insert(id, guild);
        // What it begins with is told with it.
        let told = self.events.len();
        self.add_channel(id, "general", false)?;
        self.events.truncate(told);
        self.invite_bot(id);
        Ok(id)
    }

    /// The bot comes into a server, and its own role with it.
    fn invite_bot(&mut self, guild: Id) {
        // Its id is none of those given, which are the server's and its channels'.
        let role = Role { managed: true, position: 1, ..Role::new(self.mint.next(self.now), &self.bot.name) };
        let member = Member { roles: vec![role.id], joined: self.now, timed_out: None };
        let bot = self.bot.id;
        let told = self.events.len();
        self.insert_role(guild, role);
        self.events.truncate(told);
        let Some(found) = self.guilds.get_mut(&guild) else { return };
        found.members.insert(bot, member);
        if let Some(found) = self.guilds.get(&guild) {
            let data = self.guild_create_json(found);
            self.dispatch("GUILD_CREATE", intents::GUILDS, Some(guild), data);
        }
    }

    /// Somebody who is there already, or the bot, comes into a server.
    pub fn enter_guild(&mut self, guild: Id, user: Id) -> Result<(), No> {
        if self.guild_named(guild)?.members.contains_key(&user) {
            return Err(No::Conflict("They are in that server already.".to_owned()));
        }
        if user == self.bot.id {
            self.invite_bot(guild);
            return Ok(());
        }
        self.person(user)?;
        self.join(guild, user, false)
    }

    /// Adds a text channel; a private one is closed to everybody without a role that opens it.
    pub fn add_channel(&mut self, guild: Id, name: &str, private: bool) -> Result<Id, No> {
        let owner = self.guild_named(guild)?.owner;
        let closed = Overwrite { id: guild, member: false, allow: 0, deny: VIEW_CHANNEL };
        let body = json!({"name": name.trim().trim_start_matches('#')});
        let mut wish = ChannelWish::read(&body, true)
            .map_err(|_| No::bad("A channel's name has 1 to 100 characters."))?;
        wish.overwrites = private.then(|| vec![closed]);
        Ok(self.create_channel(guild, owner, &wish)?)
    }

    /// Adds a person to the world and to servers.
    pub fn add_user(&mut self, name: &str, locale: &str, guilds: &[Id], admin: bool) -> Result<Id, No> {
        let name = name.trim();
        if !(1..=32).contains(&name.chars().count()) {
            return Err(No::bad("A person's name has 1 to 32 characters."));
        }
        for guild in guilds {
            self.guild_named(*guild)?;
        }
        let id = self.id();
        let user = User {
            id,
            name: name.to_owned(),
            username: username(name, id),
            bot: false,
            locale: locale.to_owned(),
            dms_open: true,
            installed: false,
            hidden: false,
        };
        self.users.insert(id, user);
        for guild in guilds {
            self.join(*guild, id, admin)?;
        }
        Ok(id)
    }

    fn join(&mut self, guild_id: Id, user: Id, admin: bool) -> Result<(), No> {
        let role = if admin { Some(self.admin_role(guild_id)?) } else { None };
        let member = Member { roles: role.into_iter().collect(), joined: self.now, timed_out: None };
        self.guild_named(guild_id)?.members.insert(user, member);
        if let Some(mut data) = self.member_json(&self.guilds[&guild_id], user) {
            data["guild_id"] = json!(guild_id);
            self.tell_guild("GUILD_MEMBER_ADD", intents::GUILD_MEMBERS, guild_id, data);
        }
        Ok(())
    }

    /// Somebody leaves a server.
    pub fn leave(&mut self, guild_id: Id, user: Id) -> Result<(), No> {
        let bot = self.bot.id;
        let guild = self.guild_named(guild_id)?;
        if !guild.members.contains_key(&user) {
            return Err(No::missing("member", user));
        }
        if guild.owner == user {
            return Err(No::bad("A server's owner cannot leave it."));
        }
        guild.members.remove(&user);
        self.leave_threads(guild_id, user);
        if user == bot {
            self.guild_commands.remove(&guild_id);
            self.guild_named(guild_id)?.roles.retain(|_, role| !role.managed);
            self.dispatch("GUILD_DELETE", intents::GUILDS, Some(guild_id), json!({"id": guild_id}));
        } else {
            let data = json!({"guild_id": guild_id, "user": self.user_json(user)});
            self.tell_guild("GUILD_MEMBER_REMOVE", intents::GUILD_MEMBERS, guild_id, data);
        }
        Ok(())
    }

    /// The DM channel between the bot and a person: Create DM.
    pub fn open_dm(&mut self, user: Id) -> Id {
        if let Some(channel) = self.dms.get(&user) {
            return *channel;
        }
        let id = self.id();
        let mut channel = Channel::new(id, ChannelKind::Dm);
        channel.recipient = Some(user);
        self.channels.insert(id, channel);
        self.dms.insert(user, id);
        id
    }

    /// Whether a person sees a channel.
    pub fn sees_channel(&self, user: Id, channel: Id) -> bool {
        self.granted(channel, user) & VIEW_CHANNEL != 0
    }

    /// Whether a person sees a message. An answer that is still awaited is none yet.
    pub fn sees(&self, user: Id, message: &Message) -> bool {
        message.flags & LOADING == 0
            && message.only_for.is_none_or(|only| only == user)
            && self.sees_channel(user, message.channel)
            && (self.granted(message.channel, user) & READ_MESSAGE_HISTORY != 0 || message.only_for.is_some())
    }

    /// The message, as far as this person sees it.
    pub fn seen(&self, user: Id, id: Id) -> Result<&Message, No> {
        self.messages
            .get(&id)
            .filter(|message| self.sees(user, message))
            .ok_or_else(|| No::Missing(format!("There is no message {id} that this person sees.")))
    }

    /// A message as people read it.
    pub fn message_view(&self, message: &Message) -> Value {
        let mut view = json!({
            "id": message.id, "channel": message.channel, "author": message.author,
            "created": message.created.to_string(), "ephemeral": message.only_for.is_some(),
            "content": self.shown_text(message), "embeds": message.embeds, "components": message.components,
            "attachments": message.attachments.iter().enumerate().map(|(index, file)| json!({
                "filename": file.filename, "size": file.bytes.len(),
                "url": format!("{}/sandbox/v1/messages/{}/attachments/{index}", self.address, message.id),
            })).collect::<Vec<_>>(),
        });
        if let Some(edited) = message.edited {
            view["edited"] = json!(edited.to_string());
        }
        if let Some(nonce) = &message.nonce {
            view["nonce"] = nonce.clone();
        }
        if message.is_system() {
            view["system"] = json!(true);
        }
        view
    }

    /// What a person sees in a channel, oldest first.
    pub fn channel_view(&self, user: Id, channel: Id) -> Result<Vec<Value>, No> {
        let found =
            self.channels.get(&channel).filter(|_| self.sees_channel(user, channel)).ok_or_else(|| {
                No::Missing(format!("There is no channel {channel} that this person sees."))
            })?;
        let mut messages: Vec<&Message> = found
            .messages
            .iter()
            .chain(&found.notes)
            .filter_map(|id| self.messages.get(id))
            .filter(|message| self.sees(user, message))
            .collect();
        messages.sort_by_key(|message| message.id);
        Ok(messages.into_iter().map(|message| self.message_view(message)).collect())
    }
}
