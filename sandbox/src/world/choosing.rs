//! Choosing from menus, in messages and in modals, held to what Discord's client offers (Component Reference → String
//! Select … Channel Select).

use serde_json::{Value, json};

use super::World;
use super::components::{
    CHANNEL_SELECT, MENTIONABLE_SELECT, ROLE_SELECT, STRING_SELECT, USER_SELECT, all, is_select, kind,
};
use super::guild::Guild;
use super::payload::Resolved;
use super::people::No;
use super::snowflake::Id;

/// Who chooses, where.
#[derive(Clone, Copy, Debug)]
pub struct Chooser {
    /// The person.
    pub user: Id,
    /// The server.
    pub guild: Option<Id>,
    /// The channel.
    pub channel: Id,
}

/// The one with this custom id, or else with this text.
pub(super) fn pick<'a>(list: &[&'a Value], name: &str, text: &str) -> Option<&'a Value> {
    list.iter()
        .find(|one| one["custom_id"] == name)
        .or_else(|| list.iter().find(|one| one[text] == name))
        .copied()
}

/// What is chosen before anybody chooses.
pub(super) fn preset(menu: &Value) -> Vec<String> {
    let (list, key) =
        if kind(menu) == STRING_SELECT { ("options", "value") } else { ("default_values", "id") };
    let all = menu[list].as_array().map_or(&[][..], Vec::as_slice);
    let chosen = all.iter().filter(|one| list == "default_values" || one["default"] == true);
    chosen.filter_map(|one| one[key].as_str().map(str::to_owned)).collect()
}

impl World {
    /// Chooses from a menu of a message.
    pub fn select(&mut self, user: Id, message: Id, menu: Option<&str>, values: &[String]) -> Result<Id, No> {
        self.person(user)?;
        let seen = self.seen(user, message)?;
        let menus: Vec<&Value> = all(&seen.components).into_iter().filter(|one| is_select(one)).collect();
        let found = match menu {
            Some(menu) => pick(&menus, menu, "placeholder"),
            None if menus.len() == 1 => menus.first().copied(),
            None if menus.is_empty() => None,
            None => return Err(No::bad("The message has several menus; say which with `menu`.")),
        };
        let found = found.ok_or_else(|| No::Missing("The message has no such menu.".to_owned()))?;
        if found["disabled"] == true {
            return Err(No::bad("The menu is disabled."));
        }
        let guild = self.channels.get(&seen.channel).and_then(|channel| channel.guild);
        let chooser = Chooser { user, guild, channel: seen.channel };
        let mut resolved = Resolved::default();
        let least = found["min_values"].as_u64().unwrap_or(1);
        let values = self.chosen(chooser, found, values, least, &mut resolved)?;
        let mut data = json!({
            "custom_id": found["custom_id"], "component_type": found["type"], "id": 0, "values": values,
        });
        if let Some(resolved) = resolved.finish() {
            data["resolved"] = resolved;
        }
        let start = self.component_start(user, seen, data);
        self.wake_for(user, start.channel)?;
        Ok(self.start(start))
    }

    /// The values that a choice sends, named by value, id or what the client shows; what they point to is put into
    /// `resolved`.
    pub(super) fn chosen(
        &self,
        chooser: Chooser,
        menu: &Value,
        values: &[String],
        least: u64,
        resolved: &mut Resolved,
    ) -> Result<Vec<String>, No> {
        let most = menu["max_values"].as_u64().unwrap_or(1);
        if !(least..=most).contains(&(values.len() as u64)) {
            return Err(No::bad(format!("The menu takes {least} to {most} values, not {}.", values.len())));
        }
        let mut chosen = Vec::new();
        for value in values {
            let sent = if kind(menu) == STRING_SELECT {
                let options = menu["options"].as_array().map_or(&[][..], Vec::as_slice);
                let option = options
                    .iter()
                    .find(|one| one["value"] == *value)
                    .or_else(|| options.iter().find(|one| one["label"] == *value));
                let option = option.ok_or_else(|| No::bad(format!("The menu has no option \"{value}\".")))?;
                option["value"].as_str().unwrap_or("").to_owned()
            } else {
                self.offered(chooser, menu, value, resolved)?.to_string()
            };
            if chosen.contains(&sent) {
                return Err(No::bad(format!("\"{value}\" is chosen twice.")));
            }
            chosen.push(sent);
        }
        Ok(chosen)
    }

    /// A person, role or channel that the menu offers, by id or by name.
    fn offered(
        &self,
        chooser: Chooser,
        menu: &Value,
        value: &str,
        resolved: &mut Resolved,
    ) -> Result<Id, No> {
        let guild = chooser.guild.and_then(|guild| self.guilds.get(&guild));
        let mut offered = Vec::new();
        if matches!(kind(menu), USER_SELECT | MENTIONABLE_SELECT) {
            offered.extend(self.people_offered(chooser, guild).map(|(id, name)| ("users", id, name)));
        }
        if let Some(guild) = guild.filter(|_| matches!(kind(menu), ROLE_SELECT | MENTIONABLE_SELECT)) {
            let roles = guild.roles.values();
            offered.extend(roles.map(|role| ("roles", role.id, role.name.trim_start_matches('@'))));
        }
        if let Some(guild) = guild.filter(|_| kind(menu) == CHANNEL_SELECT) {
            let places = guild.channels.iter().chain(&guild.threads).filter_map(|id| self.channels.get(id));
            let types = menu["channel_types"].as_array().map_or(&[][..], Vec::as_slice);
            let fits = |kind: u8| types.is_empty() || types.iter().any(|one| *one == kind);
            let places =
                places.filter(|place| fits(place.kind as u8) && self.sees_channel(chooser.user, place.id));
            offered.extend(places.map(|place| ("channels", place.id, place.name.as_str())));
        }
        let by_id = offered.iter().copied().find(|(_, id, _)| id.to_string() == value);
        let plain = value.trim_start_matches(['@', '#']);
        let named: Vec<_> = offered.iter().copied().filter(|(_, _, name)| *name == plain).collect();
        let (part, id, _) = match (by_id, named.as_slice()) {
            (Some(found), _) => found,
            (None, [found]) => *found,
            (None, []) => return Err(No::bad(format!("\"{value}\" is nothing that this menu offers."))),
            (None, _) => return Err(No::bad(format!("Several are called \"{value}\"; say the id."))),
        };
        match part {
            "users" => self.resolve_user(resolved, chooser.guild, chooser.channel, id),
            "roles" => {
                if let Some(role) = guild.and_then(|guild| guild.roles.get(&id)) {
                    resolved.add(part, id, self.role_json(role));
                }
            }
            _ => {
                if let Some(place) = self.channels.get(&id) {
                    resolved.add(part, id, self.partial_channel_json(place, chooser.user));
                }
            }
        }
        Ok(id)
    }

    /// The people of the server; in a DM the two who talk.
    fn people_offered<'a>(
        &'a self,
        chooser: Chooser,
        guild: Option<&'a Guild>,
    ) -> impl Iterator<Item = (Id, &'a str)> {
        let inside = move |id: Id| match guild {
            Some(guild) => guild.members.contains_key(&id),
            None => id == chooser.user || id == self.bot.id,
        };
        let people = self.users.values().filter(move |user| !user.hidden && inside(user.id));
        people.map(|user| (user.id, user.name.as_str()))
    }
}
