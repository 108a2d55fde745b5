//! Interactions: what people start, from the first event to the last follow-up (Receiving and Responding).

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::World;
use super::snowflake::Id;

/// How long the first response may take, in real time.
pub const FIRST_RESPONSE: Duration = Duration::from_secs(3);
/// How long a token lives, on the sandbox's clock.
pub const TOKEN_LIFE: Duration = Duration::from_secs(15 * 60);
/// How many are remembered; the oldest go first.
const MOST: usize = 10_000;

/// The types of interaction, with Discord's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A slash command or a menu's entry.
    Command = 2,
    /// A button or a menu.
    Component = 3,
    /// An option being typed.
    Autocomplete = 4,
    /// A modal sent off.
    Modal = 5,
}

/// A modal before a person.
#[derive(Clone, Debug)]
pub struct OpenModal {
    /// Its handle on the people side.
    pub id: Id,
    /// Before whom.
    pub user: Id,
    /// Where it was opened.
    pub guild: Option<Id>,
    /// Where it was opened.
    pub channel: Id,
    /// Title, custom id, components.
    pub data: Value,
    /// The message whose component opened it.
    pub source: Option<Id>,
    /// The metadata of the interaction that opened it.
    pub trigger: Value,
    /// The interaction that it was last sent off with.
    pub sent: Option<Id>,
}

/// What an interaction starts from.
#[derive(Clone, Debug)]
pub struct Start {
    /// Its type.
    pub kind: Kind,
    /// Who acts.
    pub user: Id,
    /// In which server.
    pub guild: Option<Id>,
    /// In which channel.
    pub channel: Id,
    /// The payload's `data`.
    pub data: Value,
    /// By whose installation.
    pub owners: Value,
    /// What more the metadata says.
    pub metadata: Value,
    /// The message whose component was used, or whose component opened the modal.
    pub source: Option<Id>,
    /// The kind of message that an answer is.
    pub answer_kind: u8,
    /// The type of the option being completed.
    pub completes: u64,
    /// The modal that was sent off.
    pub modal: Option<Id>,
}

/// An interaction and how far it got.
#[derive(Clone, Debug)]
pub struct Interaction {
    /// The id.
    pub id: Id,
    /// The token.
    pub token: String,
    /// What it started from.
    pub start: Arc<Start>,
    /// When, on the sandbox's clock.
    pub created: Timestamp,
    /// When, in real time.
    pub began: Instant,
    /// The first response: its type, and after how long.
    pub ack: Option<(u8, Duration)>,
    /// Whether the person was told that nothing came.
    pub failed: bool,
    /// Whether more than a deferral came.
    pub settled: bool,
    /// The message that `@original` means.
    pub original: Option<Id>,
    /// The messages that came of it, or were changed by it, in order.
    pub touched: Vec<Id>,
    /// The choices of an autocomplete answer.
    pub choices: Option<Value>,
    /// The modal it opened.
    pub opened: Option<Id>,
}

impl Interaction {
    /// `interaction_metadata` of the messages that come of it.
    pub fn metadata(&self, world: &World) -> Value {
        let mut metadata = json!({
            "id": self.id, "type": self.start.kind as u8, "user": world.user_json(self.start.user),
            "authorizing_integration_owners": self.start.owners,
        });
        if let (Some(into), Some(from)) = (metadata.as_object_mut(), self.start.metadata.as_object()) {
            into.extend(from.clone());
        }
        metadata
    }

    /// Whether the first response only put off the answer.
    pub fn is_deferred(&self) -> bool {
        matches!(self.ack, Some((5 | 6, _)))
    }

    pub(super) fn touch(&mut self, message: Id) {
        if !self.touched.contains(&message) {
            self.touched.push(message);
        }
    }
}

/// All interactions that are remembered.
#[derive(Debug, Default)]
pub struct Interactions {
    all: HashMap<Id, Interaction>,
    by_token: HashMap<String, Id>,
    order: VecDeque<Id>,
}

impl Interactions {
    /// By id.
    pub fn get(&self, id: Id) -> Option<&Interaction> {
        self.all.get(&id)
    }

    /// By id, to change.
    pub fn get_mut(&mut self, id: Id) -> Option<&mut Interaction> {
        self.all.get_mut(&id)
    }

    /// By token.
    pub fn with_token(&self, token: &str) -> Option<&Interaction> {
        self.by_token.get(token).and_then(|id| self.all.get(id))
    }

    fn add(&mut self, interaction: Interaction) {
        self.order.push_back(interaction.id);
        self.by_token.insert(interaction.token.clone(), interaction.id);
        self.all.insert(interaction.id, interaction);
        while self.order.len() > MOST {
            if let Some(old) = self.order.pop_front().and_then(|id| self.all.remove(&id)) {
                self.by_token.remove(&old.token);
            }
        }
    }
}

impl World {
    /// Starts an interaction: the bot is told.
    pub fn start(&mut self, start: Start) -> Id {
        let id = self.mint.next(self.now);
        if start.owners.get("1").is_some()
            && let Some(user) = self.users.get_mut(&start.user)
        {
            user.installed = true;
        }
        let interaction = Interaction {
            id,
            token: token(id),
            created: self.now,
            began: self.instant,
            ack: None,
            failed: false,
            settled: false,
            original: None,
            touched: Vec::new(),
            choices: None,
            opened: None,
            start: Arc::new(start),
        };
        let payload = self.interaction_json(&interaction);
        let guild = interaction.start.guild;
        self.interactions.add(interaction);
        self.dispatch("INTERACTION_CREATE", 0, guild, payload);
        id
    }

    /// Gives up on a first response, unless it came. Says whether nothing came.
    pub fn give_up(&mut self, id: Id) -> bool {
        let Some(interaction) = self.interactions.get_mut(id) else { return true };
        interaction.failed |= interaction.ack.is_none();
        interaction.failed
    }

    /// Whether a first response can still come, whoever waits for it.
    pub(super) fn is_awaited(&self, id: Id) -> bool {
        self.interactions.get(id).is_some_and(|one| {
            let late = self.instant.saturating_duration_since(one.began) > FIRST_RESPONSE;
            one.ack.is_none() && !one.failed && !late
        })
    }
}

/// A token that cannot be guessed from the id.
fn token(id: Id) -> String {
    use base64::Engine as _;
    let secret: [u64; 8] = rand::random();
    let bytes: Vec<u8> = secret.iter().flat_map(|part| part.to_be_bytes()).collect();
    let engine = base64::engine::general_purpose::URL_SAFE_NO_PAD;
    engine.encode(format!("interaction:{id}:")) + &engine.encode(bytes)
}
