//! Roles: making, changing, deleting, ordering and giving them (Guild → Create, Modify, Delete Guild Role, Modify Guild Role
//! Positions, Add and Remove Guild Member Role; Permissions → Permission Hierarchy).

use jiff::Timestamp;
use serde_json::{Value, json};

use super::World;
use super::event::{Event, intents};
use super::guild::{Guild, Role};
use super::objects;
use super::people::No;
use super::permissions::{self, ADMINISTRATOR, MANAGE_ROLES};
use super::reading;
use super::refusal::{
    Form, INVALID_ROLE, MISSING_ACCESS, MISSING_PERMISSIONS, Refusal, TOO_MANY_ROLES, UNKNOWN_GUILD,
    UNKNOWN_MEMBER, UNKNOWN_ROLE, UNKNOWN_USER,
};
use super::snowflake::Id;

/// How many roles a server holds.
const ROLES_MOST: usize = 250;
/// What a role is called that was given no name.
const NAMELESS: &str = "new role";

/// What was asked of a role, new or not; a part that is absent stays as it is.
#[derive(Clone, Debug, Default)]
pub struct RoleWish {
    /// Its name.
    pub name: Option<String>,
    /// What it allows.
    pub permissions: Option<u64>,
    /// Its colour.
    pub color: Option<u64>,
    /// Whether its members are listed apart.
    pub hoist: Option<bool>,
    /// Whether everybody may ping it.
    pub mentionable: Option<bool>,
}

impl RoleWish {
    /// Reads and checks a body.
    pub fn read(body: &Value) -> Result<Self, Refusal> {
        for unserved in ["icon", "unicode_emoji"] {
            if !body[unserved].is_null() {
                return Err(Refusal::new(
                    501,
                    0,
                    format!("The sandbox does not serve `{unserved}` of roles."),
                ));
            }
        }
        let mut form = Form::default();
        let colour = 0xff_ffff;
        let color = reading::number(&mut form, body, "color", colour);
        let colors = reading::number(&mut form, &body["colors"], "primary_color", colour);
        let wish = Self {
            name: reading::text(&mut form, body, "name", 0, 100).filter(|name| !name.is_empty()),
            permissions: reading::bits(&mut form, body, "permissions", "permissions"),
            color: colors.or(color),
            hoist: reading::flag(&mut form, body, "hoist"),
            mentionable: reading::flag(&mut form, body, "mentionable"),
        };
        form.finish()?;
        Ok(wish)
    }

    fn apply(&self, role: &mut Role) {
        if let Some(name) = &self.name {
            name.clone_into(&mut role.name);
        }
        role.permissions = self.permissions.unwrap_or(role.permissions);
        role.color = self.color.unwrap_or(role.color);
        role.hoist = self.hoist.unwrap_or(role.hoist);
        role.mentionable = self.mentionable.unwrap_or(role.mentionable);
    }
}

impl World {
    /// The server, if `by` is in it and may do in it what `needed` says.
    pub(super) fn server_for(&self, guild: Id, by: Id, needed: u64) -> Result<&Guild, Refusal> {
        let found = self.guilds.get(&guild).ok_or(UNKNOWN_GUILD)?;
        if !found.members.contains_key(&by) {
            return Err(MISSING_ACCESS.into());
        }
        if permissions::in_guild(found, by, self.now) & needed != needed {
            return Err(MISSING_PERMISSIONS.into());
        }
        Ok(found)
    }

    /// The role, if `by` manages roles and stands above it.
    fn role_for(&self, guild: Id, role: Id, by: Id) -> Result<&Role, Refusal> {
        let found = self.server_for(guild, by, MANAGE_ROLES)?;
        let role = found.roles.get(&role).ok_or(UNKNOWN_ROLE)?;
        if permissions::outranks(found, by, role.position) {
            Ok(role)
        } else {
            Err(MISSING_PERMISSIONS.into())
        }
    }

    /// One can only hand on what one has oneself.
    fn has_to_give(&self, guild: Id, by: Id, bits: u64) -> Result<(), Refusal> {
        let own = self.guilds.get(&guild).map_or(0, |found| permissions::in_guild(found, by, self.now));
        if bits & !own == 0 { Ok(()) } else { Err(MISSING_PERMISSIONS.into()) }
    }

    /// Create Guild Role. It stands at the bottom, right above `@everyone`.
    pub fn create_role(&mut self, guild: Id, by: Id, wish: &RoleWish) -> Result<Id, Refusal> {
        let found = self.server_for(guild, by, MANAGE_ROLES)?;
        if found.roles.len() >= ROLES_MOST {
            return Err(TOO_MANY_ROLES.into());
        }
        let everyone = found.roles.get(&guild).map_or(0, |role| role.permissions);
        self.has_to_give(guild, by, wish.permissions.unwrap_or(0))?;
        let id = self.id();
        let mut role = Role { permissions: everyone, position: 1, ..Role::new(id, NAMELESS) };
        wish.apply(&mut role);
        self.insert_role(guild, role);
        Ok(id)
    }

    /// Puts a role in at its place; those that stood there or higher move up, of which nobody is told.
    pub(super) fn insert_role(&mut self, guild: Id, role: Role) {
        let data = json!({"guild_id": guild, "role": self.role_json(&role)});
        let Some(found) = self.guilds.get_mut(&guild) else { return };
        for other in found.roles.values_mut().filter(|other| other.position >= role.position) {
            other.position += 1;
        }
        found.roles.insert(role.id, role);
        self.tell_guild("GUILD_ROLE_CREATE", intents::GUILDS, guild, data);
        self.events.push(Event::Places(guild));
    }

    /// Modify Guild Role.
    pub fn change_role(&mut self, guild: Id, role: Id, by: Id, wish: &RoleWish) -> Result<(), Refusal> {
        let found = self.role_for(guild, role, by)?;
        let changed = wish.permissions.map_or(0, |bits| bits ^ found.permissions);
        self.has_to_give(guild, by, changed)?;
        let before = self.bot_channels(guild);
        if let Some(found) = self.guilds.get_mut(&guild).and_then(|guild| guild.roles.get_mut(&role)) {
            wish.apply(found);
        }
        self.tell_role(guild, role);
        self.sync_threads(guild, &before);
        self.events.push(Event::Places(guild));
        Ok(())
    }

    fn tell_role(&mut self, guild: Id, role: Id) {
        if let Some(found) = self.guilds.get(&guild).and_then(|guild| guild.roles.get(&role)) {
            let data = json!({"guild_id": guild, "role": self.role_json(found)});
            self.tell_guild("GUILD_ROLE_UPDATE", intents::GUILDS, guild, data);
        }
    }

    /// A role (Permissions → Role Object), with whose it is.
    pub fn role_json(&self, role: &Role) -> Value {
        let mut shown = objects::role(role);
        if role.managed {
            shown["tags"] = json!({"bot_id": self.bot.id});
        }
        shown
    }

    /// Delete Guild Role. Nobody has it any more, and no channel knows it.
    pub fn delete_role(&mut self, guild: Id, role: Id, by: Id) -> Result<(), Refusal> {
        let found = self.role_for(guild, role, by)?;
        if found.id == guild || found.managed {
            return Err(INVALID_ROLE.into());
        }
        let before = self.bot_channels(guild);
        let place = found.position;
        let Some(found) = self.guilds.get_mut(&guild) else { return Ok(()) };
        found.roles.remove(&role);
        for other in found.roles.values_mut().filter(|other| other.position > place) {
            other.position -= 1;
        }
        let channels = found.channels.clone();
        let holders: Vec<Id> =
            found.members.iter().filter(|(_, it)| it.roles.contains(&role)).map(|(id, _)| *id).collect();
        for holder in &holders {
            if let Some(member) = found.members.get_mut(holder) {
                member.roles.retain(|one| *one != role);
            }
        }
        for channel in channels {
            if let Some(channel) = self.channels.get_mut(&channel) {
                channel.overwrites.retain(|one| one.id != role);
            }
        }
        self.tell_guild(
            "GUILD_ROLE_DELETE",
            intents::GUILDS,
            guild,
            json!({"guild_id": guild, "role_id": role}),
        );
        for holder in holders {
            self.tell_member(guild, holder);
        }
        self.sync_threads(guild, &before);
        self.events.push(Event::Places(guild));
        Ok(())
    }

    /// Modify Guild Role Positions: each goes to its new place, the lowest first; the others make room.
    pub fn move_roles(&mut self, guild: Id, by: Id, moves: &[(Id, usize)]) -> Result<(), Refusal> {
        let found = self.server_for(guild, by, MANAGE_ROLES)?;
        for (role, to) in moves {
            let role = found.roles.get(role).ok_or(UNKNOWN_ROLE)?;
            if role.id == guild {
                return Err(INVALID_ROLE.into());
            }
            if !permissions::outranks(found, by, role.position) || !permissions::outranks(found, by, *to) {
                return Err(MISSING_PERMISSIONS.into());
            }
        }
        let mut order: Vec<(usize, Id)> =
            found.roles.values().filter(|role| role.id != guild).map(|it| (it.position, it.id)).collect();
        order.sort_unstable();
        let mut order: Vec<Id> = order.into_iter().map(|(_, id)| id).collect();
        let mut moves = moves.to_vec();
        moves.sort_unstable_by_key(|(_, to)| *to);
        order.retain(|id| !moves.iter().any(|(moved, _)| moved == id));
        for (role, to) in moves {
            order.insert(to.saturating_sub(1).min(order.len()), role);
        }
        let mut moved = Vec::new();
        if let Some(found) = self.guilds.get_mut(&guild) {
            for (index, id) in order.into_iter().enumerate() {
                if let Some(role) = found.roles.get_mut(&id).filter(|role| role.position != index + 1) {
                    role.position = index + 1;
                    moved.push(id);
                }
            }
        }
        for role in moved {
            self.tell_role(guild, role);
        }
        Ok(())
    }

    /// Add Guild Member Role, Remove Guild Member Role.
    pub fn give_role(&mut self, guild: Id, user: Id, role: Id, by: Id, give: bool) -> Result<(), Refusal> {
        let found = self.role_for(guild, role, by)?;
        if found.id == guild || found.managed {
            return Err(INVALID_ROLE.into());
        }
        if !self.users.contains_key(&user) {
            return Err(UNKNOWN_USER.into());
        }
        let inside = self.guilds.get(&guild).and_then(|guild| guild.members.get(&user));
        let has = inside.ok_or(UNKNOWN_MEMBER)?.roles.contains(&role);
        if has != give {
            let (add, remove): (&[Id], &[Id]) = if give { (&[role], &[]) } else { (&[], &[role]) };
            self.set_roles(guild, user, add, remove);
        }
        Ok(())
    }

    /// Modify Guild Member, of whom the bot may only set the roles: those that change must all be in its reach.
    pub fn assign_roles(&mut self, guild: Id, user: Id, by: Id, roles: &[Id]) -> Result<(), Refusal> {
        let found = self.server_for(guild, by, MANAGE_ROLES)?;
        let member = found.members.get(&user).ok_or(UNKNOWN_MEMBER)?;
        let add: Vec<Id> = roles.iter().copied().filter(|role| !member.roles.contains(role)).collect();
        let remove: Vec<Id> = member.roles.iter().copied().filter(|role| !roles.contains(role)).collect();
        for role in add.iter().chain(&remove) {
            let role = self.role_for(guild, *role, by)?;
            if role.id == guild || role.managed {
                return Err(INVALID_ROLE.into());
            }
        }
        if !add.is_empty() || !remove.is_empty() {
            self.set_roles(guild, user, &add, &remove);
        }
        Ok(())
    }

    /// Gives and takes roles, as the server's owner does. The roles that can be taken, afterwards.
    pub fn change_roles(&mut self, guild_id: Id, user: Id, add: &[Id], remove: &[Id]) -> Result<Vec<Id>, No> {
        let guild = self.guild_named(guild_id)?;
        let own = |role: &Id| guild.roles.get(role).is_none_or(|found| found.id == guild_id || found.managed);
        if let Some(unknown) = add.iter().chain(remove).find(|role| own(role)) {
            return Err(No::missing("role that can be given", unknown));
        }
        if !guild.members.contains_key(&user) {
            return Err(No::missing("member", user));
        }
        let roles = self.set_roles(guild_id, user, add, remove);
        let managed = |role: &Id| self.guilds[&guild_id].roles.get(role).is_some_and(|found| found.managed);
        Ok(roles.into_iter().filter(|role| !managed(role)).collect())
    }

    fn set_roles(&mut self, guild: Id, user: Id, add: &[Id], remove: &[Id]) -> Vec<Id> {
        let before = self.bot_channels(guild);
        let member = self.guilds.get_mut(&guild).and_then(|guild| guild.members.get_mut(&user));
        let Some(member) = member else { return Vec::new() };
        member.roles.retain(|role| !remove.contains(role));
        for role in add {
            if !member.roles.contains(role) {
                member.roles.push(*role);
            }
        }
        let roles = member.roles.clone();
        self.tell_member(guild, user);
        if user == self.bot.id {
            self.sync_threads(guild, &before);
        }
        self.events.push(Event::Places(guild));
        roles
    }

    /// Guild Member Update: of others only who may hear of members hears.
    pub(super) fn tell_member(&mut self, guild: Id, user: Id) {
        let Some(mut data) = self.guilds.get(&guild).and_then(|guild| self.member_json(guild, user)) else {
            return;
        };
        data["guild_id"] = json!(guild);
        let needs = if user == self.bot.id { intents::GUILDS } else { intents::GUILD_MEMBERS };
        self.tell_guild("GUILD_MEMBER_UPDATE", needs, guild, data);
    }

    /// Puts somebody into time-out until a time, or takes them out of it, as the server's owner does.
    pub fn time_out(&mut self, guild: Id, user: Id, until: Option<Timestamp>) -> Result<(), No> {
        let before = self.bot_channels(guild);
        let member = self.guild_named(guild)?.members.get_mut(&user);
        member.ok_or_else(|| No::missing("member", user))?.timed_out = until;
        self.tell_member(guild, user);
        self.sync_threads(guild, &before);
        Ok(())
    }

    /// The role that makes administrators of people; the first one needed makes it.
    pub(super) fn admin_role(&mut self, guild: Id) -> Result<Id, No> {
        let found = self.guild_named(guild)?;
        let owner = found.owner;
        let admin = found.roles.values().find(|role| role.permissions & ADMINISTRATOR != 0 && !role.managed);
        match admin.map(|role| role.id) {
            Some(id) => Ok(id),
            None => {
                let name = Some("Admin".to_owned());
                let wish = RoleWish { name, permissions: Some(ADMINISTRATOR), ..RoleWish::default() };
                Ok(self.create_role(guild, owner, &wish)?)
            }
        }
    }
}
