//! Registered commands (Application Commands): keeping, showing and finding them.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::people::No;
use super::refusal::Refusal;
use super::snowflake::Id;
use super::{World, command_rules, permissions};

/// A server's command (an integration type).
const GUILD_INSTALL: u64 = 0;
/// A person's own command (an integration type).
const USER_INSTALL: u64 = 1;

/// A slash command.
pub const CHAT_INPUT: u64 = 1;
/// An entry of a person's menu.
pub const USER: u64 = 2;
/// An entry of a message's menu.
pub const MESSAGE: u64 = 3;

/// A command as registered.
#[derive(Clone, Debug)]
pub struct Command {
    /// The id; it stays while name and kind stay.
    pub id: Id,
    /// Changes with every change.
    pub version: Id,
    /// The server it is for, if for one only.
    pub guild: Option<Id>,
    /// What the bot said of it, without nulls and defaults.
    pub body: Arc<Map<String, Value>>,
}

impl Command {
    /// The name.
    pub fn name(&self) -> &str {
        self.body.get("name").and_then(Value::as_str).unwrap_or("")
    }

    /// Discord's number of its kind.
    pub fn kind(&self) -> u64 {
        self.body.get("type").and_then(Value::as_u64).unwrap_or(CHAT_INPUT)
    }

    /// Its options.
    pub fn options(&self) -> &[Value] {
        self.body.get("options").and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The subcommands that the words of `name` go through, and the options at their end.
    pub fn below(&self, name: &str) -> Result<(Vec<&Value>, &[Value]), No> {
        let mut path = Vec::new();
        let mut options = self.options();
        for word in words(name).skip(1) {
            let found = options.iter().find(|one| one["name"] == word && is_group(one));
            let below = found.ok_or_else(|| nothing_called(name))?;
            path.push(below);
            options = below["options"].as_array().map_or(&[], Vec::as_slice);
        }
        if options.iter().any(is_group) {
            return Err(No::bad(format!("\"{name}\" needs one of its subcommands.")));
        }
        Ok((path, options))
    }

    /// Whether it comes with the server's or the person's installation.
    fn installs(&self, kind: u64) -> bool {
        match self.body.get("integration_types").and_then(Value::as_array) {
            Some(list) => list.iter().any(|one| one.as_u64() == Some(kind)),
            None => kind == GUILD_INSTALL,
        }
    }

    /// Whether it is offered there: 0 servers, 1 the bot's DM, 2 other private places.
    fn offered_in(&self, context: u64) -> bool {
        if self.guild.is_some() {
            return context == 0;
        }
        match self.body.get("contexts").and_then(Value::as_array) {
            Some(list) => list.iter().any(|one| one.as_u64() == Some(context)),
            None => context == 0 || self.body.get("dm_permission") != Some(&Value::Bool(false)),
        }
    }

    /// What a member must be allowed to see it; none: everybody may.
    fn needs(&self) -> Option<u64> {
        self.body.get("default_member_permissions").and_then(Value::as_str)?.parse().ok()
    }

    /// As Discord shows it.
    pub fn shown(&self, application: Id) -> Value {
        let mut shown = Map::clone(&self.body);
        shown.insert("id".to_owned(), json!(self.id));
        shown.insert("version".to_owned(), json!(self.version));
        shown.insert("application_id".to_owned(), json!(application));
        for (key, default) in [
            ("type", json!(CHAT_INPUT)),
            ("description", json!("")),
            ("default_member_permissions", Value::Null),
            ("nsfw", json!(false)),
            ("name_localizations", Value::Null),
            ("description_localizations", Value::Null),
        ] {
            shown.entry(key).or_insert(default);
        }
        if let Some(guild) = self.guild {
            shown.insert("guild_id".to_owned(), json!(guild));
        } else {
            shown.entry("contexts").or_insert(Value::Null);
            shown.entry("dm_permission").or_insert(json!(true));
            shown.entry("integration_types").or_insert(json!([GUILD_INSTALL]));
        }
        Value::Object(shown)
    }
}

/// Who installed the bot, by the key of the kind of installation (`authorizing_integration_owners`).
pub type Owners = Map<String, Value>;

impl World {
    /// Bulk Overwrite Global or Guild Application Commands. A command stays the same one by the id that the bot knows,
    /// or by name and kind.
    pub fn overwrite_commands(&mut self, guild: Option<Id>, list: &Value) -> Result<(), Refusal> {
        let bodies = command_rules::check(list)?;
        let mut old = self.registered(guild).to_vec();
        let named: HashSet<Id> = bodies.iter().filter_map(|(id, _)| *id).collect();
        let mut commands = Vec::new();
        for (known, body) in bodies {
            let (id, version) = (self.mint.next(self.now), self.mint.next(self.now));
            let fresh = Command { id, version, guild, body: Arc::new(body) };
            let same = |one: &Command| one.name() == fresh.name() && one.kind() == fresh.kind();
            let at = old
                .iter()
                .position(|one| Some(one.id) == known)
                .or_else(|| old.iter().position(|one| same(one) && !named.contains(&one.id)));
            commands.push(match at.map(|at| old.swap_remove(at)) {
                Some(known) if known.body == fresh.body => known,
                Some(known) => Command { id: known.id, ..fresh },
                None => fresh,
            });
        }
        match guild {
            Some(guild) => {
                self.guild_commands.insert(guild, commands);
            }
            None => self.commands = commands,
        }
        Ok(())
    }

    /// The commands for everywhere, or of one server.
    pub fn registered(&self, guild: Option<Id>) -> &[Command] {
        match guild {
            Some(guild) => self.guild_commands.get(&guild).map_or(&[], Vec::as_slice),
            None => &self.commands,
        }
    }

    /// The commands that a person sees in a server, or in the DM with the bot.
    pub fn commands_for(&self, user: Id, guild: Option<Id>) -> Vec<&Command> {
        let local = guild.map_or(&[][..], |guild| self.registered(Some(guild)));
        local
            .iter()
            .chain(&self.commands)
            .filter(|command| self.owners(command, user, guild).is_some())
            .collect()
    }

    /// By whose installation `user` may use the command there; nothing if not at all.
    pub fn owners(&self, command: &Command, user: Id, guild: Option<Id>) -> Option<Owners> {
        let context = if guild.is_some() { 0 } else { 1 };
        if !command.offered_in(context) {
            return None;
        }
        let mut owners = Owners::new();
        let inside = guild
            .and_then(|id| self.guilds.get(&id))
            .filter(|guild| guild.members.contains_key(&self.bot.id));
        if command.installs(GUILD_INSTALL) {
            if let Some(guild) = inside {
                let granted = permissions::in_guild(guild, user, self.now);
                let needed = command.needs();
                let allowed = granted & permissions::ADMINISTRATOR != 0
                    || needed.is_none_or(|needed| needed != 0 && granted & needed == needed);
                if !allowed {
                    return None;
                }
                owners.insert("0".to_owned(), json!(guild.id));
            } else if guild.is_none() {
                owners.insert("0".to_owned(), json!("0"));
            }
        }
        if command.installs(USER_INSTALL) {
            owners.insert("1".to_owned(), json!(user));
        }
        (!owners.is_empty()).then_some(owners)
    }

    /// The command whose name begins "connection add"; [`Command::below`] goes on from there.
    pub fn find_command(&self, user: Id, guild: Option<Id>, kind: u64, name: &str) -> Result<Command, No> {
        let first = if kind == CHAT_INPUT { words(name).next().unwrap_or_default() } else { name };
        let fits = |one: &&Command| one.kind() == kind && one.name() == first;
        let found = self.commands_for(user, guild).into_iter().find(fits);
        found.cloned().ok_or_else(|| nothing_called(name))
    }
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.trim_start_matches('/').split_whitespace()
}

fn nothing_called(name: &str) -> No {
    No::Missing(format!("There is no command \"{name}\" that this person sees here."))
}

/// Whether an option is a subcommand or a group of them.
pub fn is_group(option: &Value) -> bool {
    matches!(option["type"].as_u64(), Some(1 | 2))
}
