//! `/nudge`: me, list, inbox, done, snooze, edit, cancel, suggest, why, pause, resume, calendar, date.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use super::acts::{Of, Then, plan_one};
use super::bundle::{self, Bundle};
use super::dates::TypedDate;
use super::dates::acts::plan_date;
use super::forms::TypedNudge;
use super::pause::{self as nudge_pause, TypedPause};
use super::{
    Kind, calendar as nudge_calendar, list as nudge_list, suggest as nudge_suggest, which, why as nudge_why,
};
use crate::connections::commands::{network, rhythms, suggestions};
use crate::connections::who;
use crate::discord::answer::Show;
use crate::discord::app::Context;
use crate::discord::choice::{choices, read_or_none};
use crate::discord::failure::Failure;
use crate::discord::text::one_line;
use crate::id::{Id, UserId};
use crate::members::command;
use crate::words_as_choices;

words_as_choices!(Kind);

#[poise::command(
    slash_command,
    subcommand_required,
    subcommands(
        "me", "list", "inbox", "done", "snooze", "edit", "cancel", "suggest", "calendar", "date", "why",
        "pause", "resume"
    )
)]
#[expect(clippy::unused_async, reason = "poise awaits it")]
pub(super) async fn nudge(_: Context<'_>) -> Result<(), Failure> {
    Ok(())
}

#[poise::command(slash_command)]
async fn me(
    ctx: Context<'_>,
    about: String,
    #[autocomplete = "moments"] when: String,
    #[autocomplete = "network"] who: Option<String>,
    kind: Option<Kind>,
    #[autocomplete = "rhythms"] repeat: Option<String>,
) -> Result<(), Failure> {
    let typed = TypedNudge {
        about,
        when,
        who: who.unwrap_or_default(),
        kind,
        repeat: repeat.unwrap_or_default(),
        ..TypedNudge::default()
    };
    command(ctx, move |tx, asking| plan_one(tx, asking, &typed, Of::New(Id::new(asking.now)))).await
}

#[poise::command(slash_command)]
async fn list(ctx: Context<'_>) -> Result<(), Failure> {
    command(ctx, |tx, asking| Ok(Show::Reply(nudge_list::page(tx, asking, 0)?))).await
}

#[poise::command(slash_command)]
async fn date(
    ctx: Context<'_>,
    #[autocomplete = "network"] who: String,
    what: String,
    on: String,
    before: Option<String>,
) -> Result<(), Failure> {
    let typed = TypedDate { who, what, on, before: before.unwrap_or_default(), connection: None };
    command(ctx, move |tx, asking| plan_date(tx, asking, &typed, Of::New(Id::new(asking.now)))).await
}

#[poise::command(slash_command)]
async fn suggest(ctx: Context<'_>) -> Result<(), Failure> {
    command(ctx, |tx, asking| Ok(Show::Reply(nudge_suggest::page(tx, asking, 0)?))).await
}

#[poise::command(slash_command)]
async fn inbox(ctx: Context<'_>) -> Result<(), Failure> {
    command(ctx, |tx, asking| Ok(Show::Reply(bundle::acts::shown(tx, asking, Bundle::Inbox(0))?))).await
}

#[poise::command(slash_command)]
async fn why(ctx: Context<'_>, #[autocomplete = "network"] who: Option<String>) -> Result<(), Failure> {
    command(ctx, move |tx, asking| nudge_why::why(tx, asking, who.as_deref().unwrap_or_default())).await
}

#[poise::command(slash_command)]
async fn pause(
    ctx: Context<'_>,
    #[autocomplete = "moments"] until: Option<String>,
    #[autocomplete = "moments"] from: Option<String>,
) -> Result<(), Failure> {
    let typed = TypedPause { until: until.unwrap_or_default(), from: from.unwrap_or_default() };
    command(ctx, move |tx, asking| nudge_pause::pause(tx, asking, &typed)).await
}

#[poise::command(slash_command)]
async fn resume(ctx: Context<'_>) -> Result<(), Failure> {
    command(ctx, nudge_pause::resume).await
}

#[poise::command(slash_command)]
async fn calendar(ctx: Context<'_>) -> Result<(), Failure> {
    command(ctx, nudge_calendar::view::calendar).await
}

#[poise::command(slash_command)]
async fn edit(ctx: Context<'_>, #[autocomplete = "planned"] nudge: Option<String>) -> Result<(), Failure> {
    command(ctx, move |tx, asking| which::picked(tx, asking, nudge.as_deref(), Then::Edit)).await
}

#[poise::command(slash_command)]
async fn cancel(ctx: Context<'_>, #[autocomplete = "planned"] nudge: Option<String>) -> Result<(), Failure> {
    command(ctx, move |tx, asking| which::picked(tx, asking, nudge.as_deref(), Then::Cancel)).await
}

#[poise::command(slash_command)]
async fn done(ctx: Context<'_>, #[autocomplete = "waiting"] nudge: Option<String>) -> Result<(), Failure> {
    command(ctx, move |tx, asking| which::picked(tx, asking, nudge.as_deref(), Then::Done)).await
}

#[poise::command(slash_command)]
async fn snooze(
    ctx: Context<'_>,
    #[autocomplete = "to_snooze"] nudge: Option<String>,
    #[autocomplete = "moments"] until: Option<String>,
) -> Result<(), Failure> {
    command(ctx, move |tx, asking| {
        let then = until.as_ref().map_or(Then::Snooze, |until| Then::SnoozeUntil(until.clone()));
        which::picked(tx, asking, nudge.as_deref(), then)
    })
    .await
}

#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn moments<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    suggestions(ctx, partial, false)
}

/// The member's planned nudges by what they are about.
#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn planned<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    offered(ctx, partial, &Then::Edit)
}

/// Those that wait for an answer.
#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn waiting<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    offered(ctx, partial, &Then::Done)
}

/// Both.
#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn to_snooze<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    offered(ctx, partial, &Then::Snooze)
}

fn offered(ctx: Context<'_>, partial: &str, then: &Then) -> CreateAutocompleteResponse {
    let owner = UserId(ctx.interaction.user.id.get());
    let words = ctx.data().texts.words(Some(&ctx.interaction.locale));
    let all = read_or_none(ctx, ctx.data().store.read(|tx| which::all(tx, owner, then)));
    let typed = who::folded(partial);
    let named = all.into_iter().map(|one| (one.id(), one_line(&one.label(words, 100))));
    let fitting = named.filter(|(_, label)| who::folded(label).contains(&typed));
    choices(fitting.map(|(id, label)| AutocompleteChoice::new(label, who::picked(id))))
}
