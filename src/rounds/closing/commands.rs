//! `/organize close`.

use super::acts;
use crate::discord::app::Context;
use crate::discord::failure::Failure;
use crate::members::command;
use crate::rounds::round::Stage;
use crate::rounds::which::{named, with_organized};
use serenity::all::CreateAutocompleteResponse;

#[poise::command(slash_command)]
pub(in crate::rounds) async fn close(
    ctx: Context<'_>,
    #[autocomplete = "closing"] round: Option<String>,
) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        with_organized(tx, asking, round.as_deref(), closes, |tx, id| acts::close(tx, asking, id))
    })
    .await
}

fn closes(stage: Stage) -> bool {
    matches!(stage, Stage::Running | Stage::Closing)
}

#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn closing<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    named(ctx, partial, closes)
}
