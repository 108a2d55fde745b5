//! Who is in a thread: coming, going, being added and taken out (Channel → Join Thread, Add Thread Member, Leave Thread,
//! Remove Thread Member; Threads → Thread Membership).

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::World;
use super::draft::Draft;
use super::event::{Event, intents};
use super::message::Place;
use super::permissions::{SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL};
use super::refusal::{
    MISSING_ACCESS, MISSING_PERMISSIONS, Refusal, TOO_MANY_IN_THREAD, UNKNOWN_CHANNEL, UNKNOWN_MEMBER,
    UNKNOWN_USER, WRONG_CHANNEL_TYPE,
};
use super::snowflake::Id;
use super::thread::MEMBERS_MOST;

impl World {
    /// The thread, if `by` sees it and it is no archived one.
    fn open_thread(&self, id: Id, by: Id) -> Result<&super::thread::Thread, Refusal> {
        let channel = self.channels.get(&id).ok_or(UNKNOWN_CHANNEL)?;
        if self.granted(id, by) & VIEW_CHANNEL == 0 {
            return Err(MISSING_ACCESS.into());
        }
        let thread = channel.thread.as_ref().ok_or(WRONG_CHANNEL_TYPE)?;
        self.is_awake(id)?;
        Ok(thread)
    }

    /// Whether somebody is in the thread's server and sees the channel that it is in.
    fn could_enter(&self, thread: Id, user: Id) -> bool {
        self.thread(thread).is_some_and(|thread| self.granted(thread.parent, user) & VIEW_CHANNEL != 0)
    }

    /// Whether `by` may add people to a thread.
    fn may_add(&self, thread: Id, by: Id) -> bool {
        let open = self.thread(thread).is_some_and(|thread| !thread.private || thread.invitable);
        (open || self.moderates(thread, by)) && self.granted(thread, by) & SEND_MESSAGES_IN_THREADS != 0
    }

    /// Join Thread.
    pub fn join_thread(&mut self, id: Id, user: Id) -> Result<(), Refusal> {
        self.open_thread(id, user)?;
        self.enter(id, user);
        Ok(())
    }

    /// Add Thread Member.
    pub fn add_to_thread(&mut self, id: Id, user: Id, by: Id) -> Result<(), Refusal> {
        let thread = self.open_thread(id, by)?;
        if thread.members.contains_key(&user) {
            return Ok(());
        }
        if !self.users.contains_key(&user) {
            return Err(UNKNOWN_USER.into());
        }
        let guild = self.channels.get(&id).and_then(|channel| self.guilds.get(&channel.guild?));
        if guild.is_none_or(|guild| !guild.members.contains_key(&user)) {
            return Err(UNKNOWN_MEMBER.into());
        }
        if !self.may_add(id, by) {
            return Err(MISSING_PERMISSIONS.into());
        }
        if !self.could_enter(id, user) {
            return Err(MISSING_ACCESS.into());
        }
        if thread.members.len() >= MEMBERS_MOST {
            return Err(TOO_MANY_IN_THREAD.into());
        }
        self.brought_in(id, user, by);
        Ok(())
    }

    fn brought_in(&mut self, id: Id, user: Id, by: Id) {
        self.enter(id, user);
        if user != by {
            self.note_in_thread(id, 1, user, by);
        }
    }

    /// Who is pinged in a thread is in it from then on, where the writer may add people.
    pub(super) fn add_mentioned(&mut self, message: Id) {
        let Some(found) = self.messages.get(&message).filter(|message| !message.is_system()) else { return };
        let (id, by, users) = (found.channel, found.author, found.mentions.users.clone());
        if self.thread(id).is_none() || !self.may_add(id, by) {
            return;
        }
        for user in users {
            let inside = self.thread(id).is_some_and(|thread| {
                thread.members.contains_key(&user) || thread.members.len() >= MEMBERS_MOST
            });
            if !inside && self.could_enter(id, user) {
                self.brought_in(id, user, by);
            }
        }
    }

    /// Discord's own line in a thread: somebody came (1) or was taken out (2).
    fn note_in_thread(&mut self, id: Id, kind: u8, user: Id, by: Id) {
        let place = Place { kind, names: vec![user], ..Place::plain(id, by) };
        // What Discord itself writes is never refused.
        let _ = self.write(place, Draft::default());
    }

    /// Puts somebody into a thread.
    pub(super) fn enter(&mut self, id: Id, user: Id) {
        let now = self.now;
        let Some(thread) = self.thread_mut(id) else { return };
        if thread.members.contains_key(&user) {
            return;
        }
        thread.members.insert(user, now);
        let private = thread.private;
        let mut member = self.whole_thread_member_json(id, user).unwrap_or(Value::Null);
        member["presence"] = Value::Null;
        self.tell_members(id, user, json!({"added_members": [member]}));
        if user == self.bot.id && private {
            self.dispatch_thread(id, "THREAD_CREATE");
        }
    }

    fn dispatch_thread(&mut self, id: Id, name: &'static str) {
        let Some(channel) = self.channels.get(&id) else { return };
        let (guild, data) = (channel.guild, self.channel_json(channel));
        self.dispatch(name, intents::GUILDS, guild, data);
    }

    /// Thread Members Update: of other people only those hear who may hear of members at all.
    fn tell_members(&mut self, id: Id, user: Id, mut data: Value) {
        let Some(channel) = self.channels.get(&id) else { return };
        let guild = channel.guild;
        data["id"] = json!(id);
        data["guild_id"] = json!(guild);
        data["member_count"] =
            channel.thread.as_ref().map_or(0, |thread| thread.members.len().min(50)).into();
        let own = user == self.bot.id;
        if own || self.bot_sees(id) {
            let needs = if own { intents::GUILDS } else { intents::GUILD_MEMBERS };
            self.dispatch("THREAD_MEMBERS_UPDATE", needs, guild, data);
        }
        self.events.extend(guild.map(Event::Places));
    }

    /// Leave Thread, Remove Thread Member.
    pub fn take_from_thread(&mut self, id: Id, user: Id, by: Id) -> Result<(), Refusal> {
        let thread = self.open_thread(id, by)?;
        let own = thread.private && thread.owner == by;
        if user != by && !own && !self.moderates(id, by) {
            return Err(MISSING_PERMISSIONS.into());
        }
        if !thread.members.contains_key(&user) {
            return if user == by { Ok(()) } else { Err(UNKNOWN_MEMBER.into()) };
        }
        if user != by {
            self.note_in_thread(id, 2, user, by);
        }
        self.out_of_thread(id, user);
        Ok(())
    }

    fn out_of_thread(&mut self, id: Id, user: Id) {
        if self.thread_mut(id).is_some_and(|thread| thread.members.remove(&user).is_some()) {
            self.tell_members(id, user, json!({"removed_member_ids": [user]}));
        }
    }

    /// Who left a server is in none of its threads any more.
    pub(super) fn leave_threads(&mut self, guild: Id, user: Id) {
        let threads = self.guilds.get(&guild).map(|guild| guild.threads.clone()).unwrap_or_default();
        for thread in threads {
            if user == self.bot.id {
                if let Some(thread) = self.thread_mut(thread) {
                    thread.members.remove(&user);
                }
            } else {
                self.out_of_thread(thread, user);
            }
        }
    }

    /// The channels of a server that the bot sees.
    pub(super) fn bot_channels(&self, guild: Id) -> BTreeSet<Id> {
        let channels = self.guilds.get(&guild).map(|guild| guild.channels.as_slice()).unwrap_or_default();
        channels.iter().copied().filter(|id| self.bot_sees(*id)).collect()
    }

    /// Thread List Sync: the threads of the channels that the bot sees now and did not before.
    pub(super) fn sync_threads(&mut self, guild: Id, before: &BTreeSet<Id>) {
        let after = self.bot_channels(guild);
        let gained: Vec<Id> = after.difference(before).copied().collect();
        let Some(found) = self.guilds.get(&guild).filter(|_| !gained.is_empty()) else { return };
        let threads: Vec<Id> = self
            .active_threads(found)
            .filter(|channel| channel.thread.as_ref().is_some_and(|it| gained.contains(&it.parent)))
            .map(|channel| channel.id)
            .collect();
        let shown: Vec<Value> = threads
            .iter()
            .filter_map(|id| self.channels.get(id))
            .map(|channel| self.channel_json(channel))
            .collect();
        let members: Vec<Value> =
            threads.iter().filter_map(|id| self.thread_member_json(*id, self.bot.id)).collect();
        let data = json!({"guild_id": guild, "channel_ids": gained, "threads": shown, "members": members});
        self.dispatch("THREAD_LIST_SYNC", intents::GUILDS, Some(guild), data);
    }
}
