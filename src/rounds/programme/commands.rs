//! `/organize programme`.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use super::{acts, store, views};
use crate::discord::app::Context;
use crate::discord::choice::{choices, read_or_none};
use crate::discord::failure::Failure;
use crate::discord::text::cut;
use crate::id::GuildId;
use crate::members::command;
use crate::rounds::round::Stage;
use crate::rounds::which::named;

#[poise::command(slash_command)]
pub(in crate::rounds) async fn programme(
    ctx: Context<'_>,
    #[autocomplete = "repeatable"] round: Option<String>,
    when: Option<String>,
    #[autocomplete = "programmes"] programme: Option<String>,
) -> Result<(), Failure> {
    command(ctx, |tx, asking| match (round.as_deref(), when.as_deref(), programme.as_deref()) {
        (None, None, named) => acts::list(tx, asking, named),
        (Some(round), _, Some(programme)) => {
            let of = acts::round_named(tx, asking, round)?;
            acts::settings_of(tx, asking, programme, of)
        }
        (Some(round), Some(when), None) => {
            let of = acts::round_named(tx, asking, round)?;
            acts::propose(tx, asking, of, when)
        }
        _ => Err(Failure::told(views::which_and_when(asking.words))),
    })
    .await
}

#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn repeatable<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    named(ctx, partial, |stage| stage != Stage::Cancelled)
}

/// The programmes of this server whose name holds what was typed.
pub(in crate::rounds) async fn programmes<'a>(
    ctx: Context<'a>,
    partial: &'a str,
) -> CreateAutocompleteResponse {
    let Some(guild) = ctx.interaction.guild_id else { return choices([]) };
    let all = ctx.data().store.read(|tx| store::programmes(tx, GuildId(guild.get())));
    let all = read_or_none(ctx, all);
    let typed = partial.to_lowercase();
    let fits = all.into_iter().rev().filter(|(_, it)| it.name.to_lowercase().contains(&typed));
    choices(fits.map(|(id, it)| AutocompleteChoice::new(cut(&it.name, 100), id.to_string())))
}
