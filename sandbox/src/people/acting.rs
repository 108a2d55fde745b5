//! Acting as a person, and waiting for what they would then see.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use base64::Engine as _;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::time::{Instant, timeout_at};

use super::{Answer, Form, Problem, ok};
use crate::app::App;
use crate::world::World;
use crate::world::acting::{Spot, Typed};
use crate::world::interaction::FIRST_RESPONSE;
use crate::world::people::No;
use crate::world::snowflake::Id;

/// How long a deferred answer is waited for, in milliseconds, unless said otherwise.
const WAIT_MS: u64 = 5_000;
/// The longest wait that one may ask for, in milliseconds.
const WAIT_MOST_MS: u64 = 120_000;

/// A file for an option.
#[derive(Deserialize)]
struct File {
    option: String,
    filename: String,
    content_base64: String,
}

/// `POST /command` and `POST /autocomplete`.
#[derive(Deserialize)]
pub struct CommandForm {
    #[serde(rename = "as")]
    user: Id,
    guild: Option<Id>,
    channel: Option<Id>,
    #[serde(default)]
    dm: bool,
    name: String,
    #[serde(default)]
    options: Map<String, Value>,
    #[serde(default)]
    attachments: Vec<File>,
    focused: Option<String>,
    wait_ms: Option<u64>,
}

impl CommandForm {
    fn files(&self) -> Result<Vec<(String, String, Bytes)>, No> {
        let engine = base64::engine::general_purpose::STANDARD;
        let read = |file: &File| match engine.decode(&file.content_base64) {
            Ok(bytes) => Ok((file.option.clone(), file.filename.clone(), Bytes::from(bytes))),
            Err(error) => Err(No::bad(format!("The file of \"{}\" is no base64: {error}.", file.option))),
        };
        self.attachments.iter().map(read).collect()
    }

    fn start(&self, app: &App, focused: Option<&str>) -> Result<Id, No> {
        let files = self.files()?;
        let spot = Spot { guild: self.guild, channel: self.channel, dm: self.dm };
        let typed = Typed { name: &self.name, options: &self.options, files: &files, focused };
        app.world(|world| world.type_command(self.user, spot, &typed))
    }
}

/// Sends a slash command.
pub async fn command(State(app): State<Arc<App>>, Form(form): Form<CommandForm>) -> Answer {
    let id = form.start(&app, None)?;
    answer(&app, id, form.wait_ms).await
}

/// Asks for completion of the option being typed.
pub async fn autocomplete(State(app): State<Arc<App>>, Form(form): Form<CommandForm>) -> Answer {
    let focused =
        form.focused.as_deref().ok_or_else(|| No::bad("Say which option is being typed: `focused`."))?;
    let id = form.start(&app, Some(focused))?;
    answer(&app, id, form.wait_ms).await
}

/// `POST /user-command`.
#[derive(Deserialize)]
pub struct MenuForm {
    #[serde(rename = "as")]
    user: Id,
    guild: Option<Id>,
    channel: Option<Id>,
    #[serde(default)]
    dm: bool,
    name: String,
    target: Id,
    wait_ms: Option<u64>,
}

/// Picks an entry of another person's menu.
pub async fn user_command(State(app): State<Arc<App>>, Form(form): Form<MenuForm>) -> Answer {
    let spot = Spot { guild: form.guild, channel: form.channel, dm: form.dm };
    let id = app.world(|world| world.use_on_person(form.user, spot, &form.name, form.target))?;
    answer(&app, id, form.wait_ms).await
}

/// `POST /click`.
#[derive(Deserialize)]
pub struct ClickForm {
    #[serde(rename = "as")]
    user: Id,
    message: Id,
    button: String,
    wait_ms: Option<u64>,
}

/// Presses a button.
pub async fn click(State(app): State<Arc<App>>, Form(form): Form<ClickForm>) -> Answer {
    let id = app.world(|world| world.click(form.user, form.message, &form.button))?;
    answer(&app, id, form.wait_ms).await
}

/// `POST /select`.
#[derive(Deserialize)]
pub struct SelectForm {
    #[serde(rename = "as")]
    user: Id,
    message: Id,
    menu: Option<String>,
    values: Vec<String>,
    wait_ms: Option<u64>,
}

/// Chooses from a menu.
pub async fn select(State(app): State<Arc<App>>, Form(form): Form<SelectForm>) -> Answer {
    let id = app.world(|world| world.select(form.user, form.message, form.menu.as_deref(), &form.values))?;
    answer(&app, id, form.wait_ms).await
}

/// `POST /modal`.
#[derive(Deserialize)]
pub struct ModalForm {
    #[serde(rename = "as")]
    user: Id,
    modal: Id,
    #[serde(default)]
    fields: Map<String, Value>,
    wait_ms: Option<u64>,
}

/// Sends off a modal.
pub async fn modal(State(app): State<Arc<App>>, Form(form): Form<ModalForm>) -> Answer {
    let id = app.world(|world| world.submit(form.user, form.modal, &form.fields))?;
    answer(&app, id, form.wait_ms).await
}

/// `POST /message`.
#[derive(Deserialize)]
pub struct MessageForm {
    #[serde(rename = "as")]
    user: Id,
    channel: Id,
    content: String,
}

/// Writes an ordinary message; it starts no interaction.
pub async fn message(State(app): State<Arc<App>>, Form(form): Form<MessageForm>) -> Answer {
    app.world(|world| {
        let id = world.say(form.user, form.channel, &form.content)?;
        let view = world.messages.get(&id).map(|message| world.message_view(message));
        ok(json!({"interaction": null, "messages": [view]}))
    })
}

/// Waits for the bot and tells what the person now sees.
async fn answer(app: &Arc<App>, id: Id, wait_ms: Option<u64>) -> Result<axum::Json<Value>, Problem> {
    let waiter = app.waits_for(id);
    let began = Instant::now();
    let state = || {
        app.world(|world| {
            let found = world.interactions.get(id);
            (found.is_some_and(|one| one.ack.is_some()), found.is_some_and(|one| one.settled))
        })
    };
    let first = began + FIRST_RESPONSE;
    let (mut acked, mut settled) = state();
    while !acked && timeout_at(first, waiter.turned()).await.is_ok() {
        (acked, settled) = state();
    }
    let gave_up = !acked && app.world(|world| world.give_up(id));
    let last = Instant::now() + Duration::from_millis(wait_ms.unwrap_or(WAIT_MS).min(WAIT_MOST_MS));
    while !gave_up && !settled && timeout_at(last, waiter.turned()).await.is_ok() {
        (_, settled) = state();
    }
    drop(waiter);
    ok(app.world(|world| outcome(world, id)))
}

/// The answer to an act.
fn outcome(world: &World, id: Id) -> Value {
    let Some(interaction) = world.interactions.get(id) else {
        return json!({"interaction": {"id": id}, "messages": []});
    };
    let user = interaction.start.user;
    let acked = interaction.ack.map(|(_, after)| u64::try_from(after.as_millis()).unwrap_or(u64::MAX));
    let mut outcome = json!({
        "interaction": {"id": id, "acked_ms": acked, "deferred": interaction.is_deferred()},
    });
    // Set, not named in `json!`: that copies every value it is given.
    outcome["messages"] = interaction
        .touched
        .iter()
        .filter_map(|id| world.messages.get(id))
        .filter(|message| world.sees(user, message))
        .map(|message| world.message_view(message))
        .collect();
    if interaction.failed {
        outcome["interaction"]["failed"] = json!("The application did not respond");
    }
    if let Some(choices) = &interaction.choices {
        outcome["choices"] = choices.clone();
    }
    if let Some(modal) = interaction.opened.and_then(|id| world.modals.get(&id)) {
        outcome["modal"] = json!({
            "id": modal.id, "title": modal.data["title"], "custom_id": modal.data["custom_id"],
            "components": modal.data["components"],
        });
    }
    outcome
}
