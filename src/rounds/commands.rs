//! `/organize`, for those who run rounds; `/mentorship`, for those who take part; `/setup`.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse, Role, User};

use super::closing::commands::close;
use super::programme::commands::programme;
use super::report::commands::{export, history, report};
use super::round::{Round, Stage};
use super::{joining, open, organizer, plan, rehearsal, store, views};
use crate::discord::answer::Show;
use crate::discord::app::Context;
use crate::discord::choice::choices;
use crate::discord::failure::Failure;
use crate::discord::text::cut;
use crate::id::{GuildId, Id, RoleId, UserId};
use crate::members::{Asking, command, command_after};
use crate::store::{StoreError, Tx};

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
        "programme"
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
    command(ctx, |tx, asking| {
        let guild = organizer::organizes(tx, asking)?;
        Ok(Show::Reply(views::list(asking.words, &store::rounds(tx, guild)?)))
    })
    .await
}

#[poise::command(slash_command)]
async fn preview(
    ctx: Context<'_>,
    #[autocomplete = "organized"] round: Option<String>,
) -> Result<(), Failure> {
    let app = ctx.data();
    let found = async {
        let Some(guild) = ctx.interaction.guild_id else { return Ok(None) };
        let meant =
            app.store.read(|tx| open_ones_named(tx, GuildId(guild.get()), round.as_deref(), is_planned))?;
        match meant[..] {
            [(id, _)] => plan::prepare(app, id, None).await,
            _ => Ok(None),
        }
    };
    command_after(ctx, found, |tx, asking, found| {
        with_round(tx, asking, round.as_deref(), is_planned, |tx, id| {
            plan::preview(tx, asking, id, found.as_ref())
        })
    })
    .await
}

#[poise::command(slash_command)]
async fn lock(
    ctx: Context<'_>,
    #[min = 1] group: u16,
    #[autocomplete = "organized"] round: Option<String>,
) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        with_round(tx, asking, round.as_deref(), is_planned, |tx, id| plan::locked(tx, asking, id, group))
    })
    .await
}

#[poise::command(slash_command, rename = "move")]
async fn move_one(
    ctx: Context<'_>,
    who: User,
    #[min = 0] group: u16,
    #[autocomplete = "organized"] round: Option<String>,
) -> Result<(), Failure> {
    let who = UserId(who.id.get());
    command(ctx, |tx, asking| {
        with_round(tx, asking, round.as_deref(), is_planned, |tx, id| plan::moved(tx, asking, id, who, group))
    })
    .await
}

#[poise::command(slash_command)]
async fn swap(
    ctx: Context<'_>,
    who: User,
    with: User,
    #[autocomplete = "organized"] round: Option<String>,
) -> Result<(), Failure> {
    let (who, with) = (UserId(who.id.get()), UserId(with.id.get()));
    command(ctx, |tx, asking| {
        with_round(tx, asking, round.as_deref(), is_planned, |tx, id| {
            plan::swapped(tx, asking, id, who, with)
        })
    })
    .await
}

#[poise::command(slash_command)]
async fn exclude(
    ctx: Context<'_>,
    who: User,
    and: User,
    #[autocomplete = "organized"] round: Option<String>,
) -> Result<(), Failure> {
    let pair = (UserId(who.id.get()), UserId(and.id.get()));
    command(ctx, |tx, asking| {
        with_round(tx, asking, round.as_deref(), is_planned, |tx, id| plan::excluded(tx, asking, id, pair))
    })
    .await
}

#[poise::command(slash_command)]
async fn publish(
    ctx: Context<'_>,
    #[autocomplete = "organized"] round: Option<String>,
) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        with_round(tx, asking, round.as_deref(), is_planned, |tx, id| plan::publish(tx, asking, id))
    })
    .await
}

#[poise::command(slash_command)]
async fn rehearse(
    ctx: Context<'_>,
    #[autocomplete = "rehearsable"] round: Option<String>,
) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        with_round(tx, asking, round.as_deref(), Stage::is_open, |tx, id| rehearsal::rehearse(tx, asking, id))
    })
    .await
}

/// Whether an organizer can look at a round's groups, or prepare them.
fn is_planned(stage: Stage) -> bool {
    stage > Stage::Draft && stage.is_open()
}

#[poise::command(slash_command, subcommand_required, subcommands("open_ones", "join", "mine", "history"))]
#[expect(clippy::unused_async, reason = "poise awaits it")]
pub(super) async fn mentorship(_: Context<'_>) -> Result<(), Failure> {
    Ok(())
}

#[poise::command(slash_command, rename = "rounds")]
async fn open_ones(ctx: Context<'_>) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        let guild = here(asking)?;
        let mut all = store::open_rounds(tx, guild)?;
        all.retain(|(_, round)| round.stage > Stage::Draft);
        Ok(Show::Reply(views::open_rounds(asking.words, &all)))
    })
    .await
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
async fn mine(ctx: Context<'_>, #[autocomplete = "running"] round: Option<String>) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        with_round(tx, asking, round.as_deref(), is_planned, |tx, id| joining::mine(tx, asking, id))
    })
    .await
}

#[poise::command(slash_command)]
pub(super) async fn setup(ctx: Context<'_>, organizers: Option<Role>) -> Result<(), Failure> {
    let role = organizers.map(|role| RoleId(role.id.get()));
    command(ctx, move |tx, asking| {
        let guild = here(asking)?;
        if !organizer::manages(asking.person) {
            return Err(Failure::told(views::not_a_manager(asking.words)));
        }
        let mut setup = store::setup(tx, guild)?;
        if role.is_some() {
            setup.organizers = role;
            store::put_setup(tx, guild, setup)?;
        }
        Ok(Show::Reply(views::setup(asking.words, setup.organizers)))
    })
    .await
}

fn here(asking: &Asking<'_>) -> Result<GuildId, Failure> {
    asking.person.guild.ok_or_else(|| Failure::told(views::only_in_servers(asking.words)))
}

/// Does something with the round that was named, or with the only one in such a stage; else shows which there are.
///
/// # Errors
/// There is no such round; those of `work`.
pub(super) fn with_round(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    named: Option<&str>,
    stages: impl Fn(Stage) -> bool,
    work: impl FnOnce(&mut Tx<'_>, Id) -> Result<Show, Failure>,
) -> Result<Show, Failure> {
    let all = open_ones_named(tx, here(asking)?, named, stages)?;
    match &all[..] {
        [(id, _)] => work(tx, *id),
        [] if named.is_some() => Err(Failure::told(views::no_such_round(asking.words))),
        _ => Ok(Show::Reply(views::open_rounds(asking.words, &all))),
    }
}

/// The rounds of a server in such a stage, by the id or the name that was typed.
fn open_ones_named(
    tx: &mut Tx<'_>,
    guild: GuildId,
    named: Option<&str>,
    stages: impl Fn(Stage) -> bool,
) -> Result<Vec<(Id, Round)>, StoreError> {
    let mut all = store::rounds(tx, guild)?;
    all.retain(|(_, round)| stages(round.stage));
    if let Some(named) = named {
        let wanted = named.trim().to_lowercase();
        all.retain(|(id, round)| id.to_string() == wanted || round.name.to_lowercase() == wanted);
    }
    Ok(all)
}

#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn signing_up<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    named(ctx, partial, |stage| stage == Stage::SignUp)
}

#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn running<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    named(ctx, partial, is_planned)
}

#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn organized<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    named(ctx, partial, is_planned)
}

#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn rehearsable<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    named(ctx, partial, Stage::is_open)
}

/// The rounds of this server in such a stage whose name holds what was typed.
pub(super) fn named(
    ctx: Context<'_>,
    partial: &str,
    stages: impl Fn(Stage) -> bool,
) -> CreateAutocompleteResponse {
    let Some(guild) = ctx.interaction.guild_id else { return choices([]) };
    let rounds = ctx.data().store.read(|tx| store::rounds(tx, GuildId(guild.get())));
    let rounds = rounds.unwrap_or_else(|error| {
        tracing::error!(%error, "rounds could not be completed");
        vec![]
    });
    let typed = partial.to_lowercase();
    let fits = rounds.into_iter().rev().filter(|(_, round)| stages(round.stage));
    let fits = fits.filter(|(_, round)| round.name.to_lowercase().contains(&typed));
    choices(fits.map(|(id, round)| AutocompleteChoice::new(cut(&round.name, 100), id.to_string())))
}
