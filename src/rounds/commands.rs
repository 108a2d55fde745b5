//! `/organize`, for those who run rounds; `/mentorship`, for those who take part; `/setup`.

use serenity::all::Role;

use super::closing::commands::close;
use super::programme::commands::programme;
use super::report::commands::{export, history, report};
use super::round::Stage;
use super::setup::{Typed, change};
use super::views::Listed;
use super::which::{is_planned, meant, participant, participants, planned, rehearsable, signing_up};
use super::which::{with_organized, with_own, with_round};
use super::{joining, open, organizer, plan, rehearsal, which};
use crate::discord::app::Context;
use crate::discord::failure::Failure;
use crate::discord::person::Person;
use crate::id::RoleId;
use crate::members::commands::zones;
use crate::members::{command, command_after};
use crate::store::StoreError;

#[poise::command(
    slash_command,
    subcommand_required,
    subcommands(
        "open_round",
        "rounds",
        "preview",
        "lock",
        "move_one",
        "swap",
        "exclude",
        "publish",
        "rehearse",
        "close",
        "report",
        "export",
        "programme",
        "attention"
    )
)]
#[expect(clippy::unused_async, reason = "poise awaits it")]
pub(super) async fn organize(_: Context<'_>) -> Result<(), Failure> {
    Ok(())
}

#[poise::command(slash_command, rename = "open")]
async fn open_round(ctx: Context<'_>) -> Result<(), Failure> {
    command(ctx, open::begin).await
}

#[poise::command(slash_command)]
async fn rounds(ctx: Context<'_>) -> Result<(), Failure> {
    command(ctx, |tx, asking| which::list(tx, asking, Listed::All, 0)).await
}

#[poise::command(slash_command)]
async fn preview(ctx: Context<'_>, #[autocomplete = "planned"] round: Option<String>) -> Result<(), Failure> {
    let found = found(ctx, round.as_deref());
    command_after(ctx, found, |tx, asking, found| {
        with_organized(tx, asking, round.as_deref(), is_planned, |tx, id| {
            plan::preview(tx, asking, id, found.as_ref())
        })
    })
    .await
}

#[poise::command(slash_command)]
async fn lock(
    ctx: Context<'_>,
    #[min = 1] group: u16,
    #[autocomplete = "planned"] round: Option<String>,
) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        with_organized(tx, asking, round.as_deref(), is_planned, |tx, id| plan::locked(tx, asking, id, group))
    })
    .await
}

#[poise::command(slash_command, rename = "move")]
async fn move_one(
    ctx: Context<'_>,
    #[autocomplete = "participants"] who: String,
    #[min = 0] group: u16,
    #[autocomplete = "planned"] round: Option<String>,
) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        with_organized(tx, asking, round.as_deref(), is_planned, |tx, id| {
            let who = participant(tx, asking, id, &who)?;
            plan::moved(tx, asking, id, who, group)
        })
    })
    .await
}

#[poise::command(slash_command)]
async fn swap(
    ctx: Context<'_>,
    #[autocomplete = "participants"] who: String,
    #[autocomplete = "participants"] with: String,
    #[autocomplete = "planned"] round: Option<String>,
) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        with_organized(tx, asking, round.as_deref(), is_planned, |tx, id| {
            let (who, with) = (participant(tx, asking, id, &who)?, participant(tx, asking, id, &with)?);
            plan::swapped(tx, asking, id, who, with)
        })
    })
    .await
}

#[poise::command(slash_command)]
async fn exclude(
    ctx: Context<'_>,
    #[autocomplete = "participants"] who: String,
    #[autocomplete = "participants"] and: String,
    #[autocomplete = "planned"] round: Option<String>,
) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        with_organized(tx, asking, round.as_deref(), is_planned, |tx, id| {
            let pair = (participant(tx, asking, id, &who)?, participant(tx, asking, id, &and)?);
            plan::excluded(tx, asking, id, pair)
        })
    })
    .await
}

#[poise::command(slash_command)]
async fn publish(ctx: Context<'_>, #[autocomplete = "planned"] round: Option<String>) -> Result<(), Failure> {
    let found = found(ctx, round.as_deref());
    command_after(ctx, found, |tx, asking, found| {
        with_organized(tx, asking, round.as_deref(), is_planned, |tx, id| {
            plan::publish(tx, asking, id, found.as_ref())
        })
    })
    .await
}

/// The groups of the round that an organizer means, where none were found since its sign-up ended.
async fn found(ctx: Context<'_>, round: Option<&str>) -> Result<Option<plan::Prepared>, Failure> {
    let app = ctx.data();
    let person = Person::from(ctx.interaction);
    let Some(guild) = person.guild else { return Ok(None) };
    let found = app.store.read(|tx| -> Result<_, StoreError> {
        let may = organizer::is_organizer(tx, &person)?;
        if may { meant(tx, guild, round, is_planned) } else { Ok(vec![]) }
    })?;
    match found[..] {
        [(id, _)] => plan::prepare_where_none(app, id).await,
        _ => Ok(None),
    }
}

#[poise::command(slash_command)]
async fn rehearse(
    ctx: Context<'_>,
    #[autocomplete = "rehearsable"] round: Option<String>,
) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        with_organized(tx, asking, round.as_deref(), Stage::is_open, |tx, id| {
            rehearsal::rehearse(tx, asking, id)
        })
    })
    .await
}

#[poise::command(slash_command)]
async fn attention(
    ctx: Context<'_>,
    #[autocomplete = "planned"] round: Option<String>,
) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        organizer::organizes(tx, asking)?;
        let runs = |stage| stage == Stage::Running;
        with_organized(tx, asking, round.as_deref(), runs, |tx, id| super::running::attention(tx, asking, id))
    })
    .await
}

#[poise::command(
    slash_command,
    subcommand_required,
    subcommands("open_ones", "join", "mine", "skip", "leave", "pause", "history")
)]
#[expect(clippy::unused_async, reason = "poise awaits it")]
pub(super) async fn mentorship(_: Context<'_>) -> Result<(), Failure> {
    Ok(())
}

#[poise::command(slash_command, rename = "rounds")]
async fn open_ones(ctx: Context<'_>) -> Result<(), Failure> {
    command(ctx, |tx, asking| which::list(tx, asking, Listed::Open, 0)).await
}

#[poise::command(slash_command)]
async fn join(ctx: Context<'_>, #[autocomplete = "signing_up"] round: Option<String>) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        let is_open = |stage| stage == Stage::SignUp;
        with_round(tx, asking, round.as_deref(), is_open, |tx, id| joining::join(tx, asking, id))
    })
    .await
}

#[poise::command(slash_command)]
async fn mine(ctx: Context<'_>, #[autocomplete = "planned"] round: Option<String>) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        with_round(tx, asking, round.as_deref(), is_planned, |tx, id| joining::mine(tx, asking, id))
    })
    .await
}

#[poise::command(slash_command)]
async fn skip(ctx: Context<'_>, #[autocomplete = "planned"] round: Option<String>) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        with_own(tx, asking, round.as_deref(), |tx, id| super::running::skip(tx, asking, id))
    })
    .await
}

#[poise::command(slash_command)]
async fn leave(ctx: Context<'_>, #[autocomplete = "planned"] round: Option<String>) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        with_own(tx, asking, round.as_deref(), |tx, id| super::running::leave(tx, asking, id))
    })
    .await
}

#[poise::command(slash_command)]
async fn pause(
    ctx: Context<'_>,
    until: Option<String>,
    #[autocomplete = "planned"] round: Option<String>,
) -> Result<(), Failure> {
    let until = until.unwrap_or_default();
    command(ctx, |tx, asking| {
        with_own(tx, asking, round.as_deref(), |tx, id| {
            super::running::pause(tx, asking, &super::running::Typed { round: id, until: until.clone() })
        })
    })
    .await
}

#[poise::command(slash_command)]
pub(super) async fn setup(
    ctx: Context<'_>,
    organizers: Option<Role>,
    #[min = 3]
    #[max = 90]
    silence: Option<u8>,
    #[autocomplete = "zones"] timezone: Option<String>,
) -> Result<(), Failure> {
    let organizers = organizers.map(|role| RoleId(role.id.get()));
    let typed = Typed { organizers, silence, timezone };
    command(ctx, |tx, asking| change(tx, asking, &typed)).await
}
