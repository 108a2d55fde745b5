//! What goes wrong before a command's own function runs, or while choices are sought for one.

use serenity::all::{CommandInteraction, CreateAutocompleteResponse, CreateInteractionResponse, Http};

use super::answer::{Line, On, Show, answer, trace};
use super::app::App;
use super::failure::Failure;
use super::message::Message;
use super::person::Person;

/// Answers what poise reports: a panic, or a command that Discord still shows in an older form.
pub async fn on_error(error: poise::FrameworkError<'_, App, Failure>) {
    let (interaction, app, context) = match &error {
        poise::FrameworkError::UnknownInteraction { framework, interaction, .. } => {
            (*interaction, framework.user_data, framework.serenity_context)
        }
        other => {
            let Some(poise::Context::Application(ctx)) = other.ctx() else {
                tracing::error!("poise reported an error outside a command");
                return;
            };
            (ctx.interaction, ctx.framework.user_data, ctx.framework.serenity_context)
        }
    };
    if interaction.data.autocomplete().is_some() {
        tracing::warn!(
            trace = %trace(interaction.id), user = %interaction.user.id, %error, "nothing could be offered"
        );
        return offer_nothing(&context.http, interaction).await;
    }
    let person = Person::from(interaction);
    let failure = match &error {
        poise::FrameworkError::CommandPanic { payload, .. } => {
            Failure::Broken(anyhow::anyhow!("a command panicked: {}", payload.as_deref().unwrap_or("?")))
        }
        poise::FrameworkError::ArgumentParse { .. }
        | poise::FrameworkError::CommandStructureMismatch { .. }
        | poise::FrameworkError::UnknownInteraction { .. } => {
            tracing::warn!(
                trace = %trace(interaction.id), user = %person.id, command = interaction.data.name,
                "a command came in a form that is not registered"
            );
            let words = app.texts.words(Some(&person.locale));
            Failure::told(Message::new(words.say("error-outdated-command")))
        }
        _ => Failure::Broken(anyhow::anyhow!("poise refused a command")),
    };
    let line = Line { http: &context.http, id: interaction.id, token: &interaction.token, on: On::Command };
    answer(app, line, &person, async { Err::<Show, _>(failure) }).await;
}

/// Whoever types gets no choices, rather than Discord's word that loading them failed.
async fn offer_nothing(http: &Http, interaction: &CommandInteraction) {
    let nothing = CreateInteractionResponse::Autocomplete(CreateAutocompleteResponse::new());
    if let Err(error) = interaction.create_response(http, nothing).await {
        tracing::debug!(trace = %trace(interaction.id), %error, "nor that there is nothing");
    }
}
