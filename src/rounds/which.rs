//! Which round is meant, and who of it: as it was named, as there is only one, or as it is completed while one types.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use super::organizer::organizes;
use super::round::{Round, Stage};
use super::views::Listed;
use super::{store, views};
use crate::discord::answer::Show;
use crate::discord::app::Context;
use crate::discord::choice::{choices, read_or_none};
use crate::discord::failure::Failure;
use crate::discord::text::cut;
use crate::id::{GuildId, Id, UserId};
use crate::members::Asking;
use crate::store::{StoreError, Tx};

/// The server where somebody acts.
///
/// # Errors
/// They act in none.
pub(super) fn here(asking: &Asking<'_>) -> Result<GuildId, Failure> {
    asking.person.guild.ok_or_else(|| Failure::told(views::only_in_servers(asking.words)))
}

/// A page of the rounds of the server where somebody acts.
///
/// # Errors
/// They act in none, or may not organize there where all are asked for; the store's.
pub(super) fn list(tx: &mut Tx<'_>, asking: &Asking<'_>, listed: Listed, page: u16) -> Result<Show, Failure> {
    let all = match listed {
        Listed::All => {
            let guild = organizes(tx, asking)?;
            store::rounds(tx, guild)?
        }
        Listed::Open => meant(tx, here(asking)?, None, is_planned)?,
    };
    Ok(Show::Reply(views::list(asking.words, &all, listed, page)))
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
    let all = meant(tx, here(asking)?, named, stages)?;
    with_only((tx, asking), (&all, Listed::Open), named, work)
}

/// The same for those who organize: they are shown which there are as organizers see them.
///
/// # Errors
/// They may not organize here; those of [`with_round`].
pub(super) fn with_organized(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    named: Option<&str>,
    stages: impl Fn(Stage) -> bool,
    work: impl FnOnce(&mut Tx<'_>, Id) -> Result<Show, Failure>,
) -> Result<Show, Failure> {
    let guild = organizes(tx, asking)?;
    let all = meant(tx, guild, named, stages)?;
    with_only((tx, asking), (&all, Listed::All), named, work)
}

fn with_only(
    (tx, asking): (&mut Tx<'_>, &Asking<'_>),
    (all, listed): (&[(Id, Round)], Listed),
    named: Option<&str>,
    work: impl FnOnce(&mut Tx<'_>, Id) -> Result<Show, Failure>,
) -> Result<Show, Failure> {
    match all {
        [(id, _)] => work(tx, *id),
        [] if named.is_some() => Err(Failure::told(views::no_such_round(asking.words))),
        _ => Ok(Show::Reply(views::which(asking.words, all, listed))),
    }
}

/// Does something with a round in which somebody takes part: the one that was named, or the only one that runs,
/// else the only one that is open.
///
/// # Errors
/// There is no such round; those of `work`.
pub(super) fn with_own(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    named: Option<&str>,
    work: impl FnOnce(&mut Tx<'_>, Id) -> Result<Show, Failure>,
) -> Result<Show, Failure> {
    let own = asking.person.id;
    let mut all = meant(tx, here(asking)?, named, is_planned)?;
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
    with_only((tx, asking), (&all, Listed::Open), named, work)
}

/// The rounds of a server in such a stage, by the id or the name that was typed.
///
/// # Errors
/// The store's.
pub(super) fn meant(
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

/// Whether an organizer can look at a round's groups, or prepare them.
pub(super) fn is_planned(stage: Stage) -> bool {
    stage > Stage::Draft && stage.is_open()
}

/// Completes the rounds in which one can sign up.
pub(super) async fn signing_up<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    named(ctx, partial, |stage| stage == Stage::SignUp)
}

/// Completes the rounds that are under way.
pub(super) async fn planned<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    named(ctx, partial, is_planned)
}

/// Completes the rounds that can be rehearsed.
pub(super) async fn rehearsable<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    named(ctx, partial, Stage::is_open)
}

/// Who is meant of those who signed up for a round: by the id that was chosen, by a mention, or by name.
///
/// # Errors
/// Nobody, or several are called so; the store's.
pub(super) fn participant(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    id: Id,
    named: &str,
) -> Result<UserId, Failure> {
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
pub(super) async fn participants<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
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
    let mut found = read_or_none(ctx, found);
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
    let rounds = read_or_none(ctx, rounds);
    let typed = partial.to_lowercase();
    let fits = rounds.into_iter().rev().filter(|(_, round)| stages(round.stage));
    let fits = fits.filter(|(_, round)| round.name.to_lowercase().contains(&typed));
    choices(fits.map(|(id, round)| AutocompleteChoice::new(cut(&round.name, 100), id.to_string())))
}
