//! What a slash command option offers: a fixed list of words, or choices while one types.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use super::answer::trace;
use super::app::Context;
use crate::store::StoreError;

/// Most choices that autocomplete may give (Discord: "Receiving and Responding").
pub const CHOICES: usize = 25;

/// The first of the choices, as many as Discord takes.
pub fn choices(of: impl IntoIterator<Item = AutocompleteChoice>) -> CreateAutocompleteResponse {
    CreateAutocompleteResponse::new().set_choices(of.into_iter().take(CHOICES).collect())
}

/// What was read to choose from; nothing where that failed, which is logged.
pub fn read_or_none<T: Default>(ctx: Context<'_>, read: Result<T, StoreError>) -> T {
    let it = ctx.interaction;
    let logged = |error: &StoreError| {
        tracing::error!(
            trace = %trace(it.id), user = %it.user.id, command = it.data.name, %error, "nothing could be offered"
        );
    };
    read.inspect_err(logged).unwrap_or_default()
}

/// Makes an enum an option with choices that are words, so that what is stored, typed and shown is
/// one thing. (poise's own choices are numbers.)
///
/// The enum names its words with `ALL: &[(Self, &str)]`.
#[macro_export]
macro_rules! words_as_choices {
    ($type:ty) => {
        #[serenity::async_trait]
        impl poise::SlashArgument for $type {
            async fn extract(
                _: &serenity::all::Context,
                _: &serenity::all::CommandInteraction,
                value: &serenity::all::ResolvedValue<'_>,
            ) -> Result<Self, poise::SlashArgError> {
                match value {
                    serenity::all::ResolvedValue::String(word) => {
                        <$type>::ALL.iter().find(|(_, known)| known == word).map(|(it, _)| *it)
                    }
                    _ => None,
                }
                .ok_or(poise::SlashArgError::new_command_structure_mismatch("not one of the choices"))
            }

            fn create(option: serenity::all::CreateCommandOption) -> serenity::all::CreateCommandOption {
                <$type>::ALL
                    .iter()
                    .fold(option.kind(serenity::all::CommandOptionType::String), |option, (_, word)| {
                        option.add_string_choice(word.replace('_', " "), *word)
                    })
            }
        }
    };
}
