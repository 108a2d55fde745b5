//! `/connection`: add, edit, show, list, search, remove.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse, User};

use super::acts::{add_one, whom};
use super::forms::{Typed, is_never};
use super::list;
use super::press::Then;
use super::query::{Query, Sort};
use super::{Connection, Relationship, store, views, who};
use crate::discord::answer::Show;
use crate::discord::app::Context;
use crate::discord::choice::{CHOICES, choices, read_or_none};
use crate::discord::failure::Failure;
use crate::discord::person::Person;
use crate::discord::text::cut;
use crate::id::{Id, UserId};
use crate::members::{self, command};
use crate::store::{StoreError, Tx};
use crate::when;
use crate::words_as_choices;

words_as_choices!(Relationship);
words_as_choices!(Sort);

#[poise::command(
    slash_command,
    subcommand_required,
    subcommands("add", "edit", "show", "list", "search", "remove")
)]
#[expect(clippy::unused_async, reason = "poise awaits it")]
pub(super) async fn connection(_: Context<'_>) -> Result<(), Failure> {
    Ok(())
}

#[poise::command(slash_command)]
#[expect(clippy::too_many_arguments, reason = "they are the command's options")]
async fn add(
    ctx: Context<'_>,
    name: String,
    member: Option<User>,
    relationship: Option<Relationship>,
    met: Option<String>,
    tags: Option<String>,
    #[autocomplete = "every"] every: Option<String>,
    note: Option<String>,
) -> Result<(), Failure> {
    let typed = Typed {
        name,
        member: member.map(|user| UserId(user.id.get())),
        relationship: relationship.map(|it| it.word().to_owned()).unwrap_or_default(),
        met: met.unwrap_or_default(),
        tags: tags.unwrap_or_default(),
        every: every.unwrap_or_default(),
        note: note.unwrap_or_default(),
    };
    command(ctx, move |tx, asking| add_one(tx, asking, &typed, Id::new(asking.now), None)).await
}

#[poise::command(slash_command)]
async fn edit(ctx: Context<'_>, #[autocomplete = "network"] who: String) -> Result<(), Failure> {
    command(ctx, move |tx, asking| whom(tx, asking, &who, &Then::Edit)).await
}

#[poise::command(slash_command)]
async fn show(ctx: Context<'_>, #[autocomplete = "network"] who: String) -> Result<(), Failure> {
    command(ctx, move |tx, asking| whom(tx, asking, &who, &Then::Show)).await
}

#[poise::command(slash_command)]
async fn remove(ctx: Context<'_>, #[autocomplete = "network"] who: String) -> Result<(), Failure> {
    command(ctx, move |tx, asking| whom(tx, asking, &who, &Then::Remove)).await
}

#[poise::command(slash_command)]
async fn list(
    ctx: Context<'_>,
    #[autocomplete = "known_tags"] tag: Option<String>,
    relationship: Option<Relationship>,
    sort: Option<Sort>,
) -> Result<(), Failure> {
    let query = Query { sort: sort.unwrap_or_default(), relationship, tag, text: None };
    command(ctx, move |tx, asking| Ok(Show::Reply(list::first(tx, asking, &query)?))).await
}

#[poise::command(slash_command)]
async fn search(ctx: Context<'_>, text: String) -> Result<(), Failure> {
    let query = Query { text: Some(text), ..Query::default() };
    command(ctx, move |tx, asking| Ok(Show::Reply(list::first(tx, asking, &query)?))).await
}

/// The member's network by name, for `who:`.
pub async fn network<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    let owner = UserId(ctx.interaction.user.id.get());
    let named = |tx: &mut Tx<'_>| -> Result<Vec<Connection>, StoreError> {
        let names = store::names(tx, owner)?;
        let found = who::search(partial, &names, |it| (&it.name, it.id), CHOICES);
        let found: Result<Vec<_>, _> = found.iter().map(|it| store::get(tx, owner, it.id)).collect();
        Ok(found?.into_iter().flatten().collect())
    };
    let choice = |connection: &Connection| {
        let summary = views::summary(connection);
        let label = if summary.is_empty() {
            connection.name.clone()
        } else {
            format!("{} · {summary}", connection.name)
        };
        AutocompleteChoice::new(cut(&label, 100), who::picked(connection.id))
    };
    choices(read_or_none(ctx, ctx.data().store.read(named)).iter().map(choice))
}

/// The tags of the member's network, for `tag:`.
#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn known_tags<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    let owner = UserId(ctx.interaction.user.id.get());
    let network = read_or_none(ctx, ctx.data().store.read(|tx| store::network(tx, owner)));
    let typed = who::folded(partial);
    let mut tags: Vec<String> = network.into_iter().flat_map(|connection| connection.tags).collect();
    tags.sort_by_cached_key(|tag| who::folded(tag));
    tags.dedup_by_key(|tag| who::folded(tag));
    let fitting = tags.into_iter().filter(|tag| who::folded(tag).contains(&typed));
    choices(fitting.map(|tag| AutocompleteChoice::new(tag.clone(), tag)))
}

/// Rhythms for `every:`, and that there may be none.
async fn every<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    let typed = partial.trim().to_lowercase();
    if !typed.is_empty() && "never".starts_with(&typed) {
        let words = ctx.data().texts.words(Some(&ctx.interaction.locale));
        return choices([AutocompleteChoice::new(words.say("every-never"), "never")]);
    }
    rhythms(ctx, partial).await
}

/// Rhythms as they are understood while one types, for `every:` and `repeat:`.
pub async fn rhythms<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    suggestions(ctx, partial, true)
}

/// Phrases of time as they are understood while one types.
pub fn suggestions(ctx: Context<'_>, partial: &str, repeat: bool) -> CreateAutocompleteResponse {
    let Some(asker) = asker(ctx) else { return choices([]) };
    let suggestions = when::suggestions(partial, &asker, repeat);
    if suggestions.is_empty() && !partial.trim().is_empty() {
        let words = ctx.data().texts.words(Some(&ctx.interaction.locale));
        let key = match repeat {
            true if is_never(partial) => "suggest-never",
            true => "suggest-no-rhythm",
            false => "suggest-no-time",
        };
        let name = words.with(key, &[("phrase", cut(partial.trim(), 40).into())]);
        return choices([AutocompleteChoice::new(cut(&name, 100), cut(partial, 100))]);
    }
    choices(suggestions.into_iter().map(|it| AutocompleteChoice::new(it.label, it.value)))
}

/// What a typing member's phrases are read against.
#[must_use]
pub fn asker(ctx: Context<'_>) -> Option<when::Asker> {
    let app = ctx.data();
    let person = Person::from(ctx.interaction);
    let member = app.store.read(|tx| members::store::seen(tx, app, &person));
    read_or_none(ctx, member.map(|member| Some(member.asker(app.clock.now()))))
}
