//! `/organize report`, `/organize export`, `/mentorship history`.

use serenity::all::CreateAutocompleteResponse;

use super::export::{self, Export};
use super::figures::Figures;
use super::picture::Labels;
use super::{files, gather, history, picture, views};
use crate::discord::answer::Show;
use crate::discord::app::{App, Context};
use crate::discord::failure::Failure;
use crate::discord::message::File;
use crate::discord::person::Person;
use crate::discord::router::Pressed;
use crate::id::{GuildId, Id};
use crate::members::{Asking, command, command_after, serve_press};
use crate::rounds::organizer::{is_organizer, organizes};
use crate::rounds::programme::{self, Programme, commands::programmes};
use crate::rounds::round::{Round, Stage};
use crate::rounds::which::named;
use crate::rounds::{joining, store};
use crate::store::{StoreError, Tx};
use crate::texts::Words;

/// What was found to show.
enum Found {
    /// They may not organize, or there is nothing.
    Nothing,
    /// A round that has not begun.
    NotBegun(Round),
    /// A round, its figures and files.
    Round(Round, Figures, Vec<File>),
    /// A programme of which no round has begun.
    NoneBegun(Programme),
    /// A programme, its rounds with their figures, and files.
    Programme(Programme, Vec<(Round, Figures)>, Vec<File>),
    /// No such programme.
    NoProgramme,
    /// A round as files.
    Export(Round, Vec<File>),
}

#[poise::command(slash_command)]
pub(in crate::rounds) async fn report(
    ctx: Context<'_>,
    #[autocomplete = "looked_back_on"] round: Option<String>,
    #[autocomplete = "programmes"] programme: Option<String>,
) -> Result<(), Failure> {
    let app = ctx.data();
    let person = Person::from(ctx.interaction);
    let found = async {
        match &programme {
            Some(programme) => look_at_programme(app, &person, programme).await,
            None => look_at_round(app, &person, round.as_deref()).await,
        }
    };
    show(ctx, found).await
}

#[poise::command(slash_command)]
pub(in crate::rounds) async fn export(
    ctx: Context<'_>,
    #[autocomplete = "any"] round: Option<String>,
) -> Result<(), Failure> {
    let app = ctx.data();
    let person = Person::from(ctx.interaction);
    let found = async {
        let words = app.texts.words(Some(&person.locale));
        exported(app, &person, words, round.as_deref())
    };
    show(ctx, found).await
}

#[poise::command(slash_command)]
pub(in crate::rounds) async fn history(ctx: Context<'_>) -> Result<(), Failure> {
    command(ctx, history::history).await
}

async fn show(
    ctx: Context<'_>,
    found: impl Future<Output = Result<Found, Failure>> + Send,
) -> Result<(), Failure> {
    command_after(ctx, found, shown).await
}

/// Answers a press for the report on a round.
///
/// # Errors
/// They may not organize here; the store's.
pub async fn press(app: &App, pressed: &Pressed, id: Id) -> Result<Show, Failure> {
    let found = look_at_round(app, &pressed.person, Some(&id.to_string())).await?;
    serve_press(app, pressed, |tx, asking| shown(tx, asking, &found)).await
}

fn shown(tx: &mut Tx<'_>, asking: &Asking<'_>, found: &Found) -> Result<Show, Failure> {
    organizes(tx, asking)?;
    let words = asking.words;
    Ok(Show::Reply(match found {
        Found::Nothing => views::nothing_yet(words),
        Found::NotBegun(round) => views::not_begun(words, round),
        Found::Round(round, figures, files) => views::report(words, round, figures, files.clone()),
        Found::NoneBegun(it) => views::none_begun(words, it),
        Found::Programme(it, all, files) => views::programme(words, it, all, files.clone()),
        Found::NoProgramme => programme::views::no_such_programme(words),
        Found::Export(round, files) => views::export(words, round, files.clone()),
    }))
}

/// The server where somebody may organize.
fn organized(tx: &mut Tx<'_>, person: &Person) -> Result<Option<GuildId>, StoreError> {
    Ok(if is_organizer(tx, person)? { person.guild } else { None })
}

async fn look_at_round(app: &App, person: &Person, named: Option<&str>) -> Result<Found, Failure> {
    let now = app.clock.now();
    let found = app.store.read(|tx| {
        let Some(guild) = organized(tx, person)? else { return Ok(None) };
        let Some((id, round)) = gather::round_named(tx, guild, named, gather::has_run)? else {
            return Ok(None);
        };
        let round = gather::as_it_ran(tx, (id, round))?;
        let seen = gather::seen(tx, (id, &round), now)?;
        Ok::<_, StoreError>(Some((round, seen)))
    })?;
    let Some((round, seen)) = found else { return Ok(Found::Nothing) };
    if !gather::has_run(&round) {
        return Ok(Found::NotBegun(round));
    }
    let figures = Figures::of(&seen);
    let labels = views::labels(app.texts.words(Some(&person.locale)), &round.name);
    let of = figures.clone();
    let mut all = drawn(labels, move |labels| picture::of_round(labels, &of)).await;
    all.extend(files::of_round(&round, &figures)?);
    Ok(Found::Round(round, figures, all))
}

async fn look_at_programme(app: &App, person: &Person, named: &str) -> Result<Found, Failure> {
    let now = app.clock.now();
    let found = app.store.read(|tx| {
        let Some(guild) = organized(tx, person)? else { return Ok(None) };
        let Some((programme, rounds)) = gather::programme_named(tx, guild, named)? else { return Ok(None) };
        let mut all = Vec::new();
        for (id, round) in rounds {
            let round = gather::as_it_ran(tx, (id, round))?;
            let figures = Figures::of(&gather::seen(tx, (id, &round), now)?);
            all.push((round, figures));
        }
        Ok::<_, StoreError>(Some((programme, all)))
    })?;
    let Some((programme, all)) = found else { return Ok(Found::NoProgramme) };
    if all.is_empty() {
        return Ok(Found::NoneBegun(programme));
    }
    let labels = views::labels(app.texts.words(Some(&person.locale)), &programme.name);
    let drawn_of: Vec<(String, Figures)> =
        all.iter().map(|(round, figures)| (round.name.clone(), figures.clone())).collect();
    let mut attached = drawn(labels, move |labels| picture::of_programme(labels, &drawn_of)).await;
    attached.extend(files::of_programme(&programme.name, &all)?);
    Ok(Found::Programme(programme, all, attached))
}

/// Draws the picture beside the async threads. Without one the report is still whole.
async fn drawn(
    labels: Labels,
    draw: impl FnOnce(&Labels) -> Result<Vec<u8>, picture::NotDrawn> + Send + 'static,
) -> Vec<File> {
    let drawn = tokio::task::spawn_blocking(move || draw(&labels)).await;
    match drawn {
        Ok(Ok(bytes)) => vec![File { name: views::PICTURE.to_owned(), bytes }],
        Ok(Err(error)) => {
            tracing::error!(%error, "the picture of a report");
            vec![]
        }
        Err(error) => {
            tracing::error!(%error, "the picture of a report");
            vec![]
        }
    }
}

fn exported(app: &App, person: &Person, words: Words<'_>, named: Option<&str>) -> Result<Found, Failure> {
    let now = app.clock.now();
    let half_days = |days: &[u8]| joining::views::half_days(words, days);
    let found = app.store.read(|tx| {
        let Some(guild) = organized(tx, person)? else { return Ok(None) };
        let Some((id, round)) = gather::round_named(tx, guild, named, |_| true)? else { return Ok(None) };
        let (sign_ups, groups) = (store::sign_ups(tx, id)?, store::groups(tx, id)?);
        let observed = gather::observed(tx, (id, &round), now)?;
        let figures = Figures::of(&gather::seen(tx, (id, &round), now)?);
        Ok::<_, StoreError>(Some((round, sign_ups, groups, observed, figures)))
    })?;
    let Some((round, sign_ups, groups, observed, figures)) = found else { return Ok(Found::Nothing) };
    let it = Export {
        round: &round,
        sign_ups: &sign_ups,
        groups: &groups,
        observed: &observed,
        figures: &figures,
    };
    let files = export::files(&it, &half_days)?;
    Ok(Found::Export(round, files))
}

#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn looked_back_on<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    named(ctx, partial, |stage| matches!(stage, Stage::Running | Stage::Closing | Stage::Closed))
}

#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn any<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    named(ctx, partial, |_| true)
}
