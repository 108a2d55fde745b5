//! `/log`: the daily act.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use super::What;
use super::acts::whom;
use super::commands::{asker, network};
use super::forms::TypedTouch;
use super::press::Then;
use crate::discord::app::{Command, Context};
use crate::discord::choice::choices;
use crate::discord::failure::Failure;
use crate::discord::text::cut;
use crate::members;
use crate::when;
use crate::words_as_choices;

words_as_choices!(What);

/// The command.
#[must_use]
pub fn command() -> Command {
    log_command()
}

#[poise::command(slash_command, rename = "log")]
async fn log_command(
    ctx: Context<'_>,
    #[autocomplete = "network"] who: String,
    what: Option<What>,
    #[autocomplete = "past"] when: Option<String>,
    note: Option<String>,
) -> Result<(), Failure> {
    let typed = TypedTouch {
        what: what.map(|what| what.word().to_owned()).unwrap_or_default(),
        when: when.unwrap_or_default(),
        note: note.unwrap_or_default(),
    };
    members::command(ctx, move |tx, asking| whom(tx, asking, &who, &Then::Log(typed.clone()))).await
}

/// Phrases that are often meant, offered while one types.
const OFTEN: [&str; 8] = [
    "today",
    "yesterday",
    "2 days ago",
    "3 days ago",
    "last friday",
    "last monday",
    "a week ago",
    "2 weeks ago",
];

/// What was understood of a moment past, and what else may be meant.
#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn past<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    let Some(asker) = asker(ctx) else { return choices([]) };
    let typed = partial.trim().to_lowercase();
    let often = OFTEN.into_iter().filter(|phrase| *phrase != typed && phrase.starts_with(&typed));
    let typed = (!typed.is_empty()).then_some(typed.as_str());
    let choice = |phrase: &str| {
        let read = when::past(phrase, &asker).ok()?;
        Some(AutocompleteChoice::new(cut(&format!("{phrase} → {}", read.reading), 100), cut(phrase, 100)))
    };
    choices(typed.into_iter().chain(often).filter_map(choice))
}
