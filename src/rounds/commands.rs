//! `/organize`, for those who run rounds; `/mentorship`, for those who take part; `/setup`.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse, Role};

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
    #[autocomplete = "participants"] who: String,
    #[min = 0] group: u16,
    #[autocomplete = "organized"] round: Option<String>,
) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        with_round(tx, asking, round.as_deref(), is_planned, |tx, id| {
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
    #[autocomplete = "organized"] round: Option<String>,
) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        with_round(tx, asking, round.as_deref(), is_planned, |tx, id| {
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
    #[autocomplete = "organized"] round: Option<String>,
) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        with_round(tx, asking, round.as_deref(), is_planned, |tx, id| {
            let pair = (participant(tx, asking, id, &who)?, participant(tx, asking, id, &and)?);
            plan::excluded(tx, asking, id, pair)
        })
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

#[poise::command(slash_command)]
async fn attention(
    ctx: Context<'_>,
    #[autocomplete = "organized"] round: Option<String>,
) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        organizer::organizes(tx, asking)?;
        let runs = |stage| stage == Stage::Running;
        with_round(tx, asking, round.as_deref(), runs, |tx, id| super::running::attention(tx, asking, id))
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
async fn skip(ctx: Context<'_>, #[autocomplete = "running"] round: Option<String>) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        with_own(tx, asking, round.as_deref(), |tx, id| super::running::skip(tx, asking, id))
    })
    .await
}

#[poise::command(slash_command)]
async fn leave(ctx: Context<'_>, #[autocomplete = "running"] round: Option<String>) -> Result<(), Failure> {
    command(ctx, |tx, asking| {
        with_own(tx, asking, round.as_deref(), |tx, id| super::running::leave(tx, asking, id))
    })
    .await
}

#[poise::command(slash_command)]
async fn pause(
    ctx: Context<'_>,
    until: Option<String>,
    #[autocomplete = "running"] round: Option<String>,
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
) -> Result<(), Failure> {
    let role = organizers.map(|role| RoleId(role.id.get()));
    command(ctx, move |tx, asking| {
        let guild = here(asking)?;
        if !organizer::manages(asking.person) {
            return Err(Failure::told(views::not_a_manager(asking.words)));
        }
        let mut setup = store::setup(tx, guild)?;
        if role.is_some() || silence.is_some() {
            setup.organizers = role.or(setup.organizers);
            setup.silent_days = silence.or(setup.silent_days);
            store::put_setup(tx, guild, setup)?;
        }
        Ok(Show::Reply(views::setup(asking.words, setup.organizers, setup.silent_days())))
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

/// Does something with a round in which somebody takes part: the one that was named, or the only one that runs,
/// else the only one that is open.
fn with_own(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    named: Option<&str>,
    work: impl FnOnce(&mut Tx<'_>, Id) -> Result<Show, Failure>,
) -> Result<Show, Failure> {
    let own = asking.person.id;
    let mut all = open_ones_named(tx, here(asking)?, named, is_planned)?;
    if named.is_none() {
        let mut theirs = Vec::new();
        for (id, round) in all.iter().filter(|(_, round)| round.stage == Stage::Running) {
            if store::group_of(tx, *id, own)?.is_some() {
                theirs.push((*id, round.clone()));
            }
        }
        if !theirs.is_empty() {
            all = theirs;
        }
    }
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

/// Who is meant of those who signed up for a round: by the id that was chosen, by a mention, or by name.
fn participant(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id, named: &str) -> Result<UserId, Failure> {
    let all = store::sign_ups(tx, id)?;
    let user: Option<u64> = named.trim().trim_matches(['<', '@', '>']).parse().ok();
    let wanted = named.trim().to_lowercase();
    let found: Vec<UserId> = all
        .into_iter()
        .filter(|(known, it)| Some(known.0) == user || it.name.to_lowercase() == wanted)
        .map(|(known, _)| known)
        .collect();
    match found[..] {
        [only] => Ok(only),
        _ => Err(Failure::told(views::no_such_participant(asking.words, named))),
    }
}

/// Those who take part in the round that is named, or in any that is planned, with their group.
#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn participants<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    let Some(guild) = ctx.interaction.guild_id else { return choices([]) };
    let typed = partial.to_lowercase();
    let found = ctx.data().store.read(|tx| -> Result<_, StoreError> {
        let mut all = Vec::new();
        for (id, round) in store::rounds(tx, GuildId(guild.get()))? {
            if !matches!(round.stage, Stage::SignUp | Stage::Matching) {
                continue;
            }
            let groups = store::groups(tx, id)?;
            for (user, sign_up) in store::taking_part(tx, id)? {
                let group = groups.iter().find(|(_, group)| group.has(user)).map(|(number, _)| *number);
                all.push((user, sign_up.name, group));
            }
        }
        Ok(all)
    });
    let mut found = found.unwrap_or_else(|error| {
        tracing::error!(%error, "participants could not be completed");
        vec![]
    });
    found.retain(|(_, name, _)| name.to_lowercase().contains(&typed));
    found.sort_by_cached_key(|(_, name, _)| name.to_lowercase());
    found.dedup_by_key(|(user, _, _)| *user);
    let words = ctx.data().texts.words(Some(&ctx.interaction.locale));
    choices(found.into_iter().map(|(user, name, group)| {
        let label = views::participant(words, &name, group);
        AutocompleteChoice::new(cut(&label, 100), user.to_string())
    }))
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
