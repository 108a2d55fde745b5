//! Starting, changing and archiving threads (Channel → Start Thread without Message, Modify Channel; Threads → Active &
//! Archived Threads, Editing & Deleting Threads).

use jiff::Timestamp;
use serde_json::{Value, json};

use super::World;
use super::draft::Draft;
use super::event::{Event, intents};
use super::guild::{Channel, ChannelKind};
use super::message::Place;
use super::people::No;
use super::permissions::{self, CREATE_PRIVATE_THREADS, CREATE_PUBLIC_THREADS, MANAGE_THREADS, VIEW_CHANNEL};
use super::reading;
use super::refusal::{
    Form, MISSING_ACCESS, MISSING_PERMISSIONS, Refusal, THREAD_IS_ARCHIVED, THREAD_IS_LOCKED,
    TOO_MANY_THREADS, UNKNOWN_CHANNEL, WRONG_CHANNEL_TYPE,
};
use super::snowflake::Id;
use super::thread::{ACTIVE_MOST, AUTO_ARCHIVE, Thread};

/// The time of rest where none is named, in minutes: what Discord's client offers.
const AUTO_ARCHIVE_DEFAULT: i64 = 4_320;
/// The longest pause between two messages that may be asked for, in seconds.
const SLOW_MOST: u64 = 21_600;

/// What was asked of a thread, new or not; a part that is absent stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// Its name.
    pub name: Option<String>,
    /// Discord's number for its kind; only of a new one.
    pub kind: Option<u64>,
    /// After how many minutes of rest it is archived.
    pub auto_archive: Option<i64>,
    /// Whether others than moderators may add people.
    pub invitable: Option<bool>,
    /// Seconds between two messages of a person.
    pub slow: Option<u64>,
    /// Whether it is archived.
    pub archived: Option<bool>,
    /// Whether it is locked.
    pub locked: Option<bool>,
}

impl Wish {
    /// Reads and checks a body; a new thread needs a name.
    pub fn read(body: &Value, new: bool) -> Result<Self, Refusal> {
        reading::serves(body, &["flags", "applied_tags"], "threads")?;
        let mut form = Form::default();
        let name = reading::text(&mut form, body, "name", 1, 100);
        if new && body["name"].is_null() {
            form.missing("name");
        }
        let wish = Self {
            name,
            kind: if new { reading::choice(&mut form, body, "type", &[10, 11, 12]) } else { None },
            auto_archive: reading::choice(&mut form, body, "auto_archive_duration", &AUTO_ARCHIVE)
                .and_then(|minutes| i64::try_from(minutes).ok()),
            invitable: reading::flag(&mut form, body, "invitable"),
            slow: reading::number(&mut form, body, "rate_limit_per_user", SLOW_MOST),
            archived: reading::flag(&mut form, body, "archived"),
            locked: reading::flag(&mut form, body, "locked"),
        };
        form.finish()?;
        Ok(wish)
    }
}

impl World {
    /// What writing takes in a channel or thread.
    pub(super) fn writing(&self, channel: Id) -> u64 {
        if self.thread(channel).is_some() {
            permissions::SEND_MESSAGES_IN_THREADS
        } else {
            permissions::SEND_MESSAGES
        }
    }

    /// Whether somebody is a moderator of a thread.
    pub(super) fn moderates(&self, thread: Id, user: Id) -> bool {
        self.granted(thread, user) & MANAGE_THREADS != 0
    }

    /// Whether the state of a thread lets somebody write there, who may write as such.
    pub(super) fn may_stir(&self, channel: Id, user: Id) -> Result<(), Refusal> {
        let Some(thread) = self.thread(channel) else { return Ok(()) };
        if thread.locked && !self.moderates(channel, user) {
            return Err(if thread.archived { THREAD_IS_ARCHIVED.into() } else { THREAD_IS_LOCKED.into() });
        }
        if thread.archived { self.has_room(channel) } else { Ok(()) }
    }

    /// What cannot be done in an archived thread is refused.
    pub(super) fn is_awake(&self, channel: Id) -> Result<(), Refusal> {
        let archived = self.thread(channel).is_some_and(|thread| thread.archived);
        if archived { Err(THREAD_IS_ARCHIVED.into()) } else { Ok(()) }
    }

    /// Whether the server of a channel or thread takes one more active thread.
    fn has_room(&self, channel: Id) -> Result<(), Refusal> {
        let guild = self.channels.get(&channel).and_then(|channel| self.guilds.get(&channel.guild?));
        let active = guild.map_or(0, |guild| {
            guild.threads.iter().filter_map(|id| self.thread(*id)).filter(|thread| !thread.archived).count()
        });
        if active < ACTIVE_MOST { Ok(()) } else { Err(TOO_MANY_THREADS.into()) }
    }

    /// Somebody writes: a thread wakes, they are in it from now on, and it rests anew.
    pub(super) fn stirred(&mut self, channel: Id, author: Option<Id>) {
        if self.thread(channel).is_some_and(|thread| thread.archived) {
            self.wake(channel);
        }
        if let Some(author) = author {
            self.enter(channel, author);
        }
        let now = self.now;
        if let Some(thread) = self.thread_mut(channel) {
            thread.active = now;
            thread.sent += 1;
        }
    }

    pub(super) fn thread_mut(&mut self, id: Id) -> Option<&mut Thread> {
        self.channels.get_mut(&id)?.thread.as_mut()
    }

    /// Opens an archived thread again.
    fn wake(&mut self, id: Id) {
        let now = self.now;
        let Some(thread) = self.thread_mut(id) else { return };
        (thread.archived, thread.archive_changed, thread.active) = (false, now, now);
        let until = thread.rests_until();
        self.archive_next = Some(self.archive_next.map_or(until, |next| next.min(until)));
        self.tell_thread("THREAD_UPDATE", id);
        let guild = self.channels.get(&id).and_then(|channel| channel.guild);
        if let Some(mut member) = self.thread_member_json(id, self.bot.id) {
            member["guild_id"] = json!(guild);
            self.dispatch("THREAD_MEMBER_UPDATE", intents::GUILDS, guild, member);
        }
    }

    /// Before somebody uses a command or a button in an archived thread, their client wakes it.
    pub(super) fn wake_for(&mut self, user: Id, channel: Id) -> Result<(), No> {
        if self.is_awake(channel).is_ok() {
            return Ok(());
        }
        let may = self.granted(channel, user) & self.writing(channel) != 0;
        if !may || self.may_stir(channel, user).is_err() {
            return Err(No::bad("The thread is archived, and this person may not wake it."));
        }
        self.wake(channel);
        Ok(())
    }

    /// Tells the bot of a thread as it is now, and people that their list of channels is another one.
    fn tell_thread(&mut self, name: &'static str, id: Id) {
        let Some(channel) = self.channels.get(&id) else { return };
        let (guild, mut data) = (channel.guild, self.channel_json(channel));
        if name == "THREAD_CREATE" {
            data["newly_created"] = json!(true);
        }
        if self.bot_sees(id) {
            self.dispatch(name, intents::GUILDS, guild, data);
        }
        self.events.extend(guild.map(Event::Places));
    }

    /// Archives the threads that have rested long enough, each at its own time.
    pub fn archive_idle(&mut self) {
        let now = self.now;
        if self.archive_next.is_none_or(|next| next > now) {
            return;
        }
        let awake = self.channels.values().filter_map(|channel| Some((channel.thread.as_ref()?, channel.id)));
        let mut all: Vec<(Timestamp, Id)> =
            awake.filter(|(it, _)| !it.archived).map(|(it, id)| (it.rests_until(), id)).collect();
        all.sort();
        let later = all.partition_point(|(until, _)| *until <= now);
        self.archive_next = all.get(later).map(|(until, _)| *until);
        for (until, id) in all.into_iter().take(later) {
            if let Some(thread) = self.thread_mut(id) {
                (thread.archived, thread.archive_changed) = (true, until);
            }
            self.tell_thread("THREAD_UPDATE", id);
        }
    }

    /// Start Thread without Message.
    pub fn start_thread(&mut self, parent: Id, owner: Id, wish: &Wish) -> Result<Id, Refusal> {
        let found = self.channels.get(&parent).ok_or(UNKNOWN_CHANNEL)?;
        let granted = self.granted(parent, owner);
        if granted & VIEW_CHANNEL == 0 {
            return Err(MISSING_ACCESS.into());
        }
        let kind = match wish.kind {
            None | Some(12) => ChannelKind::PrivateThread,
            Some(11) => ChannelKind::PublicThread,
            Some(_) => return Err(WRONG_CHANNEL_TYPE.into()),
        };
        let (Some(guild), ChannelKind::Text) = (found.guild, found.kind) else {
            return Err(WRONG_CHANNEL_TYPE.into());
        };
        let private = kind == ChannelKind::PrivateThread;
        if granted & (if private { CREATE_PRIVATE_THREADS } else { CREATE_PUBLIC_THREADS }) == 0 {
            return Err(MISSING_PERMISSIONS.into());
        }
        self.has_room(parent)?;
        let (id, now) = (self.id(), self.now);
        let thread = Thread {
            parent,
            owner,
            private,
            invitable: wish.invitable.unwrap_or(true),
            auto_archive: wish.auto_archive.unwrap_or(AUTO_ARCHIVE_DEFAULT),
            archived: false,
            locked: false,
            archive_changed: now,
            active: now,
            created: now,
            slow: wish.slow.unwrap_or(0),
            sent: 0,
            members: [(owner, now)].into(),
        };
        let until = thread.rests_until();
        self.archive_next = Some(self.archive_next.map_or(until, |next| next.min(until)));
        let mut channel = Channel::new(id, kind);
        channel.guild = Some(guild);
        channel.name = wish.name.clone().unwrap_or_default();
        channel.thread = Some(thread);
        self.channels.insert(id, channel);
        if let Some(guild) = self.guilds.get_mut(&guild) {
            guild.threads.push(id);
        }
        self.tell_thread("THREAD_CREATE", id);
        Ok(id)
    }

    /// Whether somebody may change a thread as they wish.
    fn may_change(&self, id: Id, by: Id, wish: &Wish) -> Result<(), Refusal> {
        let thread = self.thread(id).ok_or(UNKNOWN_CHANNEL)?;
        let granted = self.granted(id, by);
        if granted & VIEW_CHANNEL == 0 {
            return Err(MISSING_ACCESS.into());
        }
        if thread.archived && wish.archived != Some(false) {
            return Err(THREAD_IS_ARCHIVED.into());
        }
        if thread.archived {
            self.has_room(id)?;
        }
        if self.moderates(id, by) {
            return Ok(());
        }
        if thread.locked {
            return Err(if thread.archived { THREAD_IS_ARCHIVED.into() } else { THREAD_IS_LOCKED.into() });
        }
        let waking = thread.archived && wish.archived == Some(false);
        let owners = wish.name.is_some() || wish.auto_archive.is_some() || wish.invitable.is_some();
        let owners = owners || wish.archived == Some(true);
        let moderators = wish.locked.is_some() || wish.slow.is_some();
        let may_wake = !waking || granted & permissions::SEND_MESSAGES_IN_THREADS != 0;
        if moderators || (owners && thread.owner != by) || !may_wake {
            return Err(MISSING_PERMISSIONS.into());
        }
        Ok(())
    }

    /// Modify Channel, of a thread.
    pub fn change_thread(&mut self, id: Id, by: Id, wish: &Wish) -> Result<(), Refusal> {
        self.may_change(id, by, wish)?;
        let now = self.now;
        if wish.archived == Some(false) && self.is_awake(id).is_err() {
            self.wake(id);
        }
        let thread = self.thread_mut(id).ok_or(UNKNOWN_CHANNEL)?;
        thread.locked = wish.locked.unwrap_or(thread.locked);
        thread.slow = wish.slow.unwrap_or(thread.slow);
        thread.invitable = wish.invitable.unwrap_or(thread.invitable);
        if let Some(minutes) = wish.auto_archive {
            (thread.auto_archive, thread.active, thread.archive_changed) = (minutes, now, now);
            // A shorter rest may end before all others.
            self.archive_next = Some(now);
        }
        if let Some(name) = &wish.name {
            self.rename(id, by, name);
        }
        if wish.archived == Some(true)
            && let Some(thread) = self.thread_mut(id)
        {
            (thread.archived, thread.archive_changed) = (true, now);
        }
        self.tell_thread("THREAD_UPDATE", id);
        Ok(())
    }

    fn rename(&mut self, id: Id, by: Id, name: &str) {
        let Some(channel) = self.channels.get_mut(&id).filter(|channel| channel.name != name) else { return };
        name.clone_into(&mut channel.name);
        let draft = Draft { content: Some(name.to_owned()), ..Draft::default() };
        // What Discord itself writes is never refused.
        let _ = self.write(Place { kind: 4, ..Place::plain(id, by) }, draft);
    }
}
