//! What the bot answers to interactions: the first response and what follows (Receiving and Responding →
//! Responding to an Interaction, Followup Messages).

use serde_json::{Value, json};

use super::draft::{Draft, Upload};
use super::event::Event;
use super::interaction::{Interaction, Kind, OpenModal, TOKEN_LIFE};
use super::message::{LOADING, Message, Place};
use super::refusal::{
    ALREADY_ACKNOWLEDGED, DEAD_TOKEN, EMPTY_MESSAGE, Form, Refusal, UNKNOWN_INTERACTION, UNKNOWN_MESSAGE,
    UNKNOWN_WEBHOOK,
};
use super::snowflake::Id;
use super::{World, modal_rules, option_rules};

/// What the bot answers first.
#[derive(Debug)]
pub struct Callback {
    body: Value,
    /// What it says, where its type is one of those that say something.
    draft: Result<Draft, Refusal>,
}

impl Callback {
    /// Reads a body, and checks the message in it; `v2` says whether the message that it may change has components
    /// of the second kind.
    pub fn read(mut body: Value, uploads: Vec<Upload>, v2: bool) -> Self {
        let draft = match body["type"].as_u64() {
            Some(4 | 5) => Draft::read(body["data"].take(), uploads),
            Some(7) => Draft::change(body["data"].take(), uploads, v2),
            _ => Ok(Draft::default()),
        };
        Self { body, draft }
    }
}

impl World {
    /// Create Interaction Response.
    pub fn respond(&mut self, id: Id, token: &str, callback: Callback) -> Result<(), Refusal> {
        let found = self.interactions.get(id).filter(|one| one.token == token).ok_or(UNKNOWN_INTERACTION)?;
        if found.ack.is_some() {
            return Err(ALREADY_ACKNOWLEDGED.into());
        }
        let taken = self.instant.saturating_duration_since(found.began);
        if !self.is_awaited(id) {
            return Err(UNKNOWN_INTERACTION.into());
        }
        let found = found.clone();
        let Callback { body, draft } = callback;
        let kind = callback_kind(&found, &body)?;
        let data = &body["data"];
        let message = match kind {
            4 | 5 => Some(draft.and_then(|draft| self.answer(&found, kind, draft)).map_err(below_data)?),
            6 => found.start.source,
            7 => Some(draft.and_then(|draft| self.update(&found, draft)).map_err(below_data)?),
            8 => {
                self.complete(&found, data)?;
                None
            }
            _ => {
                self.open(&found, data)?;
                None
            }
        };
        if let Some(modal) = found.start.modal {
            self.modals.remove(&modal);
        }
        let interaction = self.interactions.get_mut(id).ok_or(UNKNOWN_INTERACTION)?;
        interaction.ack = Some((kind, taken));
        interaction.settled = !matches!(kind, 5 | 6);
        interaction.original = message;
        if let Some(message) = message.filter(|_| matches!(kind, 4 | 5 | 7)) {
            interaction.touch(message);
        }
        self.events.push(Event::Turn(id));
        Ok(())
    }

    /// Whether the message whose component was used has components of the second kind.
    pub fn source_is_v2(&self, id: Id) -> bool {
        let source = self.interactions.get(id).and_then(|found| self.messages.get(&found.start.source?));
        source.is_some_and(Message::is_v2)
    }

    fn answer(&mut self, to: &Interaction, kind: u8, draft: Draft) -> Result<Id, Refusal> {
        if kind == 4 && !draft.has_content() {
            return Err(EMPTY_MESSAGE.into());
        }
        let place = Place {
            channel: to.start.channel,
            author: self.bot.id,
            only_for: draft.is_ephemeral().then_some(to.start.user),
            kind: to.start.answer_kind,
            answers: to
                .start
                .source
                .filter(|id| self.messages.get(id).is_some_and(|source| source.only_for.is_none())),
            origin: Some(to.metadata(self)),
            flags: if kind == 5 { LOADING } else { 0 },
            names: Vec::new(),
        };
        self.write(place, if kind == 5 { Draft::default() } else { draft })
    }

    fn update(&mut self, to: &Interaction, draft: Draft) -> Result<Id, Refusal> {
        let source = to.start.source.ok_or(UNKNOWN_MESSAGE)?;
        self.rewrite(source, draft)?;
        Ok(source)
    }

    fn complete(&mut self, to: &Interaction, data: &Value) -> Result<(), Refusal> {
        let mut form = Form::default();
        match data["choices"].as_array() {
            Some(choices) => {
                option_rules::choices_of(&mut form, choices, to.start.completes, "data.choices");
            }
            None => form.missing("data.choices"),
        }
        form.finish()?;
        if let Some(interaction) = self.interactions.get_mut(to.id) {
            interaction.choices = Some(data["choices"].clone());
        }
        Ok(())
    }

    fn open(&mut self, to: &Interaction, data: &Value) -> Result<(), Refusal> {
        modal_rules::modal(data)?;
        let id = self.mint.next(self.now);
        let modal = OpenModal {
            id,
            user: to.start.user,
            guild: to.start.guild,
            channel: to.start.channel,
            data: data.clone(),
            source: to.start.source,
            trigger: to.metadata(self),
            sent: None,
        };
        self.modals.retain(|_, open| open.user != to.start.user);
        self.modals.insert(id, modal);
        if let Some(interaction) = self.interactions.get_mut(to.id) {
            interaction.opened = Some(id);
        }
        Ok(())
    }

    /// What `with_response` shows of a first response.
    pub fn callback_json(&self, id: Id) -> Value {
        let Some(interaction) = self.interactions.get(id) else { return Value::Null };
        let kind = interaction.ack.map_or(0, |(kind, _)| kind);
        let mut shown = json!({"interaction": {
            "id": id, "type": interaction.start.kind as u8, "channel_id": interaction.start.channel,
        }});
        if let Some(guild) = interaction.start.guild {
            shown["interaction"]["guild_id"] = json!(guild);
        }
        let Some(message) = interaction.original.and_then(|id| self.messages.get(&id)) else { return shown };
        if matches!(kind, 4 | 5 | 7) {
            shown["interaction"]["response_message_id"] = json!(message.id);
            shown["interaction"]["response_message_loading"] = json!(kind == 5);
            shown["interaction"]["response_message_ephemeral"] = json!(message.only_for.is_some());
        }
        if matches!(kind, 4 | 7) {
            shown["resource"] = json!({"type": kind, "message": self.message_json(message)});
        }
        shown
    }

    /// The interaction behind a webhook's token, as long as that lives.
    fn webhook(&self, application: Id, token: &str) -> Result<&Interaction, Refusal> {
        if application != self.bot.id {
            return Err(UNKNOWN_WEBHOOK.into());
        }
        let found = self.interactions.with_token(token).ok_or(DEAD_TOKEN)?;
        if self.now.duration_since(found.created).unsigned_abs() >= TOKEN_LIFE {
            return Err(DEAD_TOKEN.into());
        }
        if found.ack.is_none() {
            return Err(UNKNOWN_WEBHOOK.into());
        }
        Ok(found)
    }

    /// The message of an interaction: `@original` when none is named.
    pub fn webhook_message(&self, application: Id, token: &str, named: Option<Id>) -> Result<Id, Refusal> {
        let interaction = self.webhook(application, token)?;
        let id = match named {
            Some(id) if interaction.touched.contains(&id) || interaction.original == Some(id) => id,
            Some(_) => return Err(UNKNOWN_MESSAGE.into()),
            None => interaction.original.ok_or(UNKNOWN_MESSAGE)?,
        };
        if self.messages.contains_key(&id) { Ok(id) } else { Err(UNKNOWN_MESSAGE.into()) }
    }

    /// Edit Original Interaction Response, Edit Followup Message.
    pub fn webhook_edit(
        &mut self,
        application: Id,
        token: &str,
        named: Option<Id>,
        draft: Draft,
    ) -> Result<Id, Refusal> {
        let id = self.webhook_message(application, token, named)?;
        self.rewrite(id, draft)?;
        self.got_on(token, Some(id));
        Ok(id)
    }

    /// Delete Original Interaction Response, Delete Followup Message.
    pub fn webhook_delete(&mut self, application: Id, token: &str, named: Option<Id>) -> Result<(), Refusal> {
        let id = self.webhook_message(application, token, named)?;
        self.erase(id)?;
        self.got_on(token, None);
        Ok(())
    }

    /// Create Followup Message. Right after a deferral it is the answer itself.
    pub fn follow_up(&mut self, application: Id, token: &str, draft: Draft) -> Result<Id, Refusal> {
        let interaction = self.webhook(application, token)?;
        if !draft.has_content() {
            return Err(EMPTY_MESSAGE.into());
        }
        let awaited = interaction
            .original
            .filter(|id| self.messages.get(id).is_some_and(|message| message.flags & LOADING != 0));
        let id = match awaited {
            Some(id) => {
                self.rewrite(id, draft)?;
                id
            }
            None => {
                let mut origin = interaction.metadata(self);
                if let Some(original) = interaction.original {
                    origin["original_response_message_id"] = json!(original);
                }
                let place = Place {
                    only_for: draft.is_ephemeral().then_some(interaction.start.user),
                    origin: Some(origin),
                    ..Place::plain(interaction.start.channel, self.bot.id)
                };
                self.write(place, draft)?
            }
        };
        self.got_on(token, Some(id));
        Ok(id)
    }

    fn got_on(&mut self, token: &str, message: Option<Id>) {
        let Some(id) = self.interactions.with_token(token).map(|one| one.id) else { return };
        if let Some(interaction) = self.interactions.get_mut(id) {
            interaction.settled = true;
            if let Some(message) = message {
                interaction.touch(message);
            }
        }
        self.events.push(Event::Turn(id));
    }
}

/// The response's type, if it may follow this interaction.
fn callback_kind(to: &Interaction, body: &Value) -> Result<u8, Refusal> {
    let Some(kind) = body["type"].as_u64() else {
        return Err(Refusal::form("type", "BASE_TYPE_REQUIRED", "This field is required"));
    };
    let allowed: &[u64] = match to.start.kind {
        Kind::Command => &[4, 5, 9],
        Kind::Component => &[4, 5, 6, 7, 9],
        Kind::Autocomplete => &[8],
        Kind::Modal if to.start.source.is_some() => &[4, 5, 6, 7],
        Kind::Modal => &[4, 5],
    };
    match u8::try_from(kind) {
        Ok(kind) if allowed.contains(&u64::from(kind)) => Ok(kind),
        _ => {
            let list: Vec<String> = allowed.iter().map(u64::to_string).collect();
            let message = format!("Value must be one of {{{}}}.", list.join(", "));
            Err(Refusal::form("type", "BASE_TYPE_CHOICES", message))
        }
    }
}

/// The same error with its paths below `data`.
fn below_data(mut refusal: Refusal) -> Refusal {
    if let Some(errors) = refusal.errors.take() {
        refusal.errors = Some(json!({"data": errors}));
    }
    refusal
}
