//! The model of Discord: what there is and the rules on it. It knows no sockets and reads no clock; the time
//! is put in before each act, and what happened is taken out of `events` after it.

pub mod acting;
pub mod channels;
mod choosing;
pub mod command;
pub mod command_rules;
mod component_rules;
pub mod components;
pub mod draft;
mod embed_rules;
pub mod event;
mod filling;
pub mod guild;
pub mod interaction;
pub mod localizing;
mod mentions;
mod menu_rules;
pub mod message;
mod modal_rules;
pub mod objects;
mod option_rules;
pub mod options;
pub mod payload;
pub mod people;
pub mod permissions;
mod pins;
pub mod reading;
pub mod refusal;
pub mod respond;
pub mod roles;
pub mod scheduled;
mod sending;
mod settling;
pub mod snowflake;
mod submitting;
pub mod thread;
mod thread_members;
pub mod threads;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::Instant;

use base64::Engine as _;
use jiff::Timestamp;
use serde_json::{Value, json};

use command::Command;
use event::{Event, intents};
use guild::{Channel, Guild, User};
use interaction::{Interactions, OpenModal};
use message::{Attachment, Message};
use snowflake::{Id, Mint};

/// The bot's id, also that of its application. It stays the same, so that a token stays good.
const BOT: Id = Id(1_100_000_000_000_135_168);

/// The bot that the sandbox waits for.
#[derive(Clone, Debug)]
pub struct Bot {
    /// Its user and application id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What it logs in with.
    pub token: String,
}

/// Everything there is.
#[derive(Debug)]
pub struct World {
    /// The time of the act that is going on.
    pub now: Timestamp,
    /// The same on the machine's own steady clock, for limits that hold in real time.
    pub instant: Instant,
    /// The sandbox's own address, for links.
    pub address: String,
    /// Whether the application has the privileged intents.
    pub privileged: bool,
    /// The bot.
    pub bot: Bot,
    /// Who has the sandbox's own servers.
    pub keeper: Id,
    pub(super) mint: Mint,
    /// Ids that the next things get, before new ones are made: of what was there before.
    given: VecDeque<Id>,
    /// People and the bot.
    pub users: BTreeMap<Id, User>,
    /// Servers.
    pub guilds: BTreeMap<Id, Guild>,
    /// Channels.
    pub channels: HashMap<Id, Channel>,
    /// Messages.
    pub messages: HashMap<Id, Message>,
    /// The DM channel of each person.
    pub dms: HashMap<Id, Id>,
    ephemeral: VecDeque<Id>,
    nonces: HashMap<(Id, String), Id>,
    /// No thread is archived of itself before this time.
    archive_next: Option<Timestamp>,
    /// No scheduled event begins or is over before this time.
    event_next: Option<Timestamp>,
    /// How many DMs the bot may open in ten minutes; none: as many as it likes.
    pub dm_opens_most: Option<usize>,
    /// When it opened them lately.
    dm_opens: VecDeque<Timestamp>,
    /// Commands for everywhere.
    pub commands: Vec<Command>,
    /// Commands of one server.
    pub guild_commands: BTreeMap<Id, Vec<Command>>,
    /// What people started.
    pub interactions: Interactions,
    /// The modals that are open before people.
    pub modals: HashMap<Id, OpenModal>,
    /// Files that came with commands.
    pub uploads: VecDeque<Attachment>,
    /// What is to be told.
    pub events: Vec<Event>,
}

impl World {
    /// An empty world with the bot in it.
    pub fn new(now: Timestamp, address: String, bot_name: &str, privileged: bool) -> Self {
        let id = BOT;
        let first = base64::engine::general_purpose::STANDARD_NO_PAD.encode(id.to_string());
        let token = format!("{first}.Sandbx.{}", "good-for-the-sandbox-only-and-no-secret");
        let mut mint = Mint::default();
        let keeper = mint.next(now);
        let mut world = Self {
            now,
            instant: Instant::now(),
            address,
            privileged,
            bot: Bot { id, name: bot_name.to_owned(), token },
            keeper,
            mint,
            given: VecDeque::new(),
            users: BTreeMap::new(),
            guilds: BTreeMap::new(),
            channels: HashMap::new(),
            messages: HashMap::new(),
            dms: HashMap::new(),
            ephemeral: VecDeque::new(),
            nonces: HashMap::new(),
            archive_next: None,
            event_next: None,
            dm_opens_most: None,
            dm_opens: VecDeque::new(),
            commands: Vec::new(),
            guild_commands: BTreeMap::new(),
            interactions: Interactions::default(),
            modals: HashMap::new(),
            uploads: VecDeque::new(),
            events: Vec::new(),
        };
        world.populate();
        world
    }

    fn populate(&mut self) {
        let user = |id, name: &str, bot, hidden| User {
            id,
            name: name.to_owned(),
            username: people::username(name, id),
            bot,
            locale: "en-US".to_owned(),
            dms_open: true,
            installed: false,
            hidden,
        };
        let bot = user(self.bot.id, &self.bot.name, true, false);
        let keeper = user(self.keeper, "Keeper", false, true);
        self.users.insert(bot.id, bot);
        self.users.insert(keeper.id, keeper);
    }

    /// Empties the world. The bot stays, and so do the commands it registered for everywhere.
    pub fn reset(&mut self) {
        for guild in self.guilds.keys().copied().collect::<Vec<_>>() {
            if self.guilds[&guild].members.contains_key(&self.bot.id) {
                self.dispatch("GUILD_DELETE", intents::GUILDS, Some(guild), json!({"id": guild}));
            }
        }
        self.users.clear();
        self.guilds.clear();
        self.channels.clear();
        self.messages.clear();
        self.dms.clear();
        self.ephemeral.clear();
        self.nonces.clear();
        self.archive_next = None;
        self.event_next = None;
        self.dm_opens.clear();
        self.guild_commands.clear();
        self.interactions = Interactions::default();
        self.modals.clear();
        self.uploads.clear();
        self.populate();
        self.events.push(Event::Anew);
    }

    /// What `user` may do in `channel`; in their own DM, what DMs allow.
    pub fn granted(&self, channel: Id, user: Id) -> u64 {
        let Some(found) = self.channels.get(&channel) else { return 0 };
        match found.guild.and_then(|guild| self.guilds.get(&guild)) {
            Some(guild) => match &found.thread {
                Some(thread) => self
                    .channels
                    .get(&thread.parent)
                    .map_or(0, |parent| permissions::in_thread(guild, parent, thread, user, self.now)),
                None => permissions::in_channel(guild, found, user, self.now),
            },
            None if found.recipient == Some(user) || user == self.bot.id => permissions::EVERYONE_DEFAULT,
            None => 0,
        }
    }

    /// When the world next does something of itself: a thread is archived, a scheduled event begins or is over.
    pub fn due(&self) -> Option<Timestamp> {
        let threads = self.guilds.values().flat_map(|guild| &guild.threads).filter_map(|id| self.thread(*id));
        let rests = threads.filter(|thread| !thread.archived).map(thread::Thread::rests_until);
        let events = self.guilds.values().flat_map(|guild| guild.events.values());
        let times = events.filter(|event| event.is_open()).flat_map(|event| [event.starts, event.ends]);
        rests.chain(times).filter(|at| *at > self.now).min()
    }

    /// Tells the bot something.
    pub fn dispatch(&mut self, name: &'static str, needs: u64, guild: Option<Id>, data: Value) {
        self.events.push(Event::Dispatch { name, needs, guild, data, closed: false });
    }

    /// Whether the bot sees a channel or thread.
    pub fn bot_sees(&self, channel: Id) -> bool {
        self.granted(channel, self.bot.id) & permissions::VIEW_CHANNEL != 0
    }

    /// Tells the bot of a message, if it sees where the message is.
    fn dispatch_message(&mut self, name: &'static str, channel: Id, data: Value, closed: bool) {
        if self.bot_sees(channel) {
            let guild = self.channels.get(&channel).and_then(|channel| channel.guild);
            let needs = if guild.is_some() { intents::GUILD_MESSAGES } else { intents::DIRECT_MESSAGES };
            self.events.push(Event::Dispatch { name, needs, guild, data, closed });
        }
    }
}
