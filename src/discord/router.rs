//! From a press, a choice or a sent form to the area that it belongs to.
//!
//! Nothing waits in memory: what a component means is in its custom id, so it works weeks and
//! restarts later.

use std::collections::{BTreeMap, HashMap};

use futures_util::future::BoxFuture;
use serenity::all::{
    ActionRowComponent, CommandDataResolved, ComponentInteraction, ComponentInteractionDataKind, Http,
    Interaction, ModalInteraction,
};

use super::answer::{Line, On, Show, answer, trace};
use super::app::App;
use super::custom_id::{CustomId, Press};
use super::failure::Failure;
use super::message::Message;
use super::person::Person;
use crate::id::Id;

/// A component that was used, or a form that was sent.
#[derive(Clone, Debug)]
pub struct Pressed {
    /// What it is called in the log.
    trace: Id,
    /// Who did it.
    pub person: Person,
    custom_id: String,
    /// What was chosen in a menu: the choices' values, or the ids of people, roles or channels.
    pub values: Vec<String>,
    /// Which of the people that were chosen are bots, by their ids.
    pub bots: Vec<String>,
    /// What was typed into a form, by the input's custom id.
    pub fields: BTreeMap<String, String>,
    /// The message that bears the component, as it stands now.
    pub message: Option<Message>,
}

impl Pressed {
    /// What it means in an area; otherwise the answer for an outdated button.
    ///
    /// # Errors
    /// The custom id says nothing that the area knows.
    pub fn press<P: Press>(&self, app: &App) -> Result<P, Failure> {
        CustomId::parse(&self.custom_id).and_then(|id| id.press()).ok_or_else(|| self.outdated(app))
    }

    /// The answer where it means nothing any more.
    fn outdated(&self, app: &App) -> Failure {
        let (trace, person, custom_id) = (self.trace, &self.person, &self.custom_id);
        tracing::warn!(%trace, user = %person.id, custom_id, "a component means nothing any more");
        let words = app.texts.words(Some(&person.locale));
        Failure::told(Message::new(words.say("error-outdated-button")))
    }

    /// Something pressed or sent, as an area's own tests need it.
    #[cfg(test)]
    #[must_use]
    pub fn of(person: Person, press: &impl Press, values: Vec<String>, fields: &[(&str, &str)]) -> Self {
        let fields = fields.iter().map(|(input, text)| ((*input).to_owned(), (*text).to_owned()));
        Self {
            trace: Id(0),
            person,
            custom_id: press.id(),
            values,
            bots: vec![],
            fields: fields.collect(),
            message: None,
        }
    }

    /// The one value that was chosen in a menu.
    #[must_use]
    pub fn value(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }

    /// What was typed into an input, trimmed; empty where nothing was.
    #[must_use]
    pub fn field(&self, input: &str) -> &str {
        self.fields.get(input).map_or("", |text| text.trim())
    }
}

/// What an area does about its presses.
pub type Handler = fn(App, Pressed) -> BoxFuture<'static, Result<Show, Failure>>;

/// The presses of all areas.
#[derive(Clone, Debug, Default)]
pub struct Router {
    routes: HashMap<&'static str, Handler>,
}

impl Router {
    /// A router over each area's name in custom ids and what the area does.
    #[must_use]
    pub fn new(routes: impl IntoIterator<Item = (&'static str, Handler)>) -> Self {
        Self { routes: routes.into_iter().collect() }
    }

    /// Answers a component or a form; other interactions are not its own.
    pub async fn dispatch(&self, app: &App, http: &Http, interaction: &Interaction) {
        match interaction {
            Interaction::Component(it) => {
                let line = Line { http, id: it.id, token: &it.token, on: On::Message };
                self.route(app, line, component(it)).await;
            }
            Interaction::Modal(it) => {
                let on = if it.message.is_some() { On::Message } else { On::Command };
                let line = Line { http, id: it.id, token: &it.token, on };
                self.route(app, line, form(it)).await;
            }
            _ => {}
        }
    }

    async fn route(&self, app: &App, line: Line<'_>, pressed: Pressed) {
        let person = pressed.person.clone();
        let handler = CustomId::parse(&pressed.custom_id).and_then(|id| self.routes.get(id.area).copied());
        answer(app, line, &person, async {
            match handler {
                Some(handler) => handler(app.clone(), pressed).await,
                None => Err(pressed.outdated(app)),
            }
        })
        .await;
    }
}

fn component(it: &ComponentInteraction) -> Pressed {
    Pressed {
        trace: trace(it.id),
        person: it.into(),
        custom_id: it.data.custom_id.clone(),
        values: chosen(&it.data.kind),
        bots: bots(&it.data.resolved),
        fields: BTreeMap::new(),
        message: as_message(&it.message),
    }
}

/// What was chosen in a menu: the choices' values, or ids.
fn chosen(kind: &ComponentInteractionDataKind) -> Vec<String> {
    fn texts<T: ToString>(values: &[T]) -> Vec<String> {
        values.iter().map(ToString::to_string).collect()
    }
    match kind {
        ComponentInteractionDataKind::StringSelect { values } => values.clone(),
        ComponentInteractionDataKind::UserSelect { values } => texts(values),
        ComponentInteractionDataKind::RoleSelect { values } => texts(values),
        ComponentInteractionDataKind::ChannelSelect { values } => texts(values),
        ComponentInteractionDataKind::MentionableSelect { .. }
        | ComponentInteractionDataKind::Button
        | ComponentInteractionDataKind::Unknown(_) => vec![],
    }
}

/// Those of the people that were chosen who are bots.
fn bots(resolved: &CommandDataResolved) -> Vec<String> {
    resolved.users.values().filter(|user| user.bot).map(|user| user.id.to_string()).collect()
}

fn form(it: &ModalInteraction) -> Pressed {
    let fields =
        it.data.components.iter().flat_map(|row| &row.components).filter_map(|component| match component {
            ActionRowComponent::InputText(input) => {
                Some((input.custom_id.clone(), input.value.clone().unwrap_or_default()))
            }
            _ => None,
        });
    Pressed {
        trace: trace(it.id),
        person: it.into(),
        custom_id: it.data.custom_id.clone(),
        values: vec![],
        bots: vec![],
        fields: fields.collect(),
        message: it.message.as_deref().and_then(as_message),
    }
}

/// A message of Kith's as Kith made it; `None` where it holds something that Kith does not make.
fn as_message(message: &serenity::all::Message) -> Option<Message> {
    serde_json::to_value(message).and_then(serde_json::from_value).ok()
}
