//! `/connection`: add, edit, show, list, search, remove.

use futures_util::FutureExt as _;
use serde::{Deserialize, Serialize};
use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse, User};

use super::forms::{Typed, TypedTouch};
use super::list::{self, Query, Sort};
use super::log::{self, log};
use super::presses::{ConnectionPress, Draft, press, refuse};
use super::who::{self, Meant};
use super::{Connection, Ledger, Relationship, Touch, Turn, menus, rhythm, store, views};
use crate::agenda;
use crate::discord::answer::Show;
use crate::discord::app::{App, Context};
use crate::discord::area::Area;
use crate::discord::choice::{CHOICES, choices};
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::message::Message;
use crate::discord::person::Person;
use crate::discord::registration::personal;
use crate::discord::text::cut;
use crate::id::{Id, Owned, UserId};
use crate::members::{self, Asking, command, drafts};
use crate::say;
use crate::store::Tx;
use crate::when;
use crate::words_as_choices;

/// How many of the latest touches a card shows.
const LATEST: usize = 5;

words_as_choices!(Relationship);
words_as_choices!(Sort);

/// This area.
#[must_use]
pub fn area() -> Area {
    let [add_menu, log_menu] = menus::commands();
    Area {
        commands: vec![
            personal(connection()),
            personal(log::command()),
            personal(add_menu),
            personal(log_menu),
        ],
        presses: Some((ConnectionPress::AREA, |app, pressed| press(app, pressed).boxed())),
        due: Some(due),
        follow: Some(store::follow),
    }
}

fn due(_: &App) -> Vec<(&'static str, agenda::Handler)> {
    let forget = |tx: &mut Tx<'_>, due: &agenda::Due| -> anyhow::Result<()> {
        let Owned { owner, id } = due.subject.parse()?;
        Ok(store::forget(tx, owner, id)?)
    };
    vec![(store::FORGET, Box::new(forget))]
}

#[poise::command(
    slash_command,
    subcommand_required,
    subcommands("add", "edit", "show", "list", "search", "remove")
)]
#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn connection(_: Context<'_>) -> Result<(), Failure> {
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
    #[autocomplete = "rhythms"] every: Option<String>,
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
    command(ctx, move |tx, asking| add_one(tx, asking, &typed)).await
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
#[expect(clippy::unused_async, reason = "poise awaits it")]
pub async fn network<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    let owner = UserId(ctx.interaction.user.id.get());
    let network = match ctx.data().store.read(|tx| store::network(tx, owner)) {
        Ok(network) => network,
        Err(error) => {
            tracing::error!(%error, "names could not be completed");
            return choices([]);
        }
    };
    let found = who::search(partial, &network, CHOICES);
    let choice = |connection: &Connection| {
        let summary = views::summary(connection);
        let label = if summary.is_empty() {
            connection.name.clone()
        } else {
            format!("{} · {summary}", connection.name)
        };
        AutocompleteChoice::new(cut(&label, 100), who::picked(connection.id))
    };
    choices(found.into_iter().map(choice))
}

/// The tags of the member's network, for `tag:`.
#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn known_tags<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    let owner = UserId(ctx.interaction.user.id.get());
    let network = ctx.data().store.read(|tx| store::network(tx, owner)).unwrap_or_default();
    let typed = who::folded(partial);
    let mut tags: Vec<String> = network.into_iter().flat_map(|connection| connection.tags).collect();
    tags.sort_by_cached_key(|tag| who::folded(tag));
    tags.dedup_by_key(|tag| who::folded(tag));
    let fitting = tags.into_iter().filter(|tag| who::folded(tag).contains(&typed));
    choices(fitting.map(|tag| AutocompleteChoice::new(tag.clone(), tag)))
}

/// Rhythms as they are understood while one types, for `every:` and `repeat:`.
#[expect(clippy::unused_async, reason = "poise awaits it")]
pub async fn rhythms<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    suggestions(ctx, partial, true)
}

/// Phrases of time as they are understood while one types.
#[must_use]
pub fn suggestions(ctx: Context<'_>, partial: &str, repeat: bool) -> CreateAutocompleteResponse {
    let Some(asker) = asker(ctx) else { return choices([]) };
    let suggestions = when::suggestions(partial, &asker, repeat);
    choices(suggestions.into_iter().map(|it| AutocompleteChoice::new(it.label, it.value)))
}

/// What a typing member's phrases are read against.
#[must_use]
pub fn asker(ctx: Context<'_>) -> Option<when::Asker> {
    let app = ctx.data();
    let person = Person::from(ctx.interaction);
    let member = app.store.read(|tx| members::store::seen(tx, app, &person));
    member.map(|member| member.asker(app.clock.now())).ok()
}

/// What is to be done with the one who is meant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Then {
    /// Show them.
    Show,
    /// Open the form to edit them.
    Edit,
    /// Ask whether to remove them.
    Remove,
    /// Log a touch with them.
    Log(TypedTouch),
}

/// Goes on with the one who is meant by `who`, or asks back who it is.
pub(super) fn whom(tx: &mut Tx<'_>, asking: &Asking<'_>, who: &str, then: &Then) -> Result<Show, Failure> {
    let owner = asking.person.id;
    let network = store::network(tx, owner)?;
    match who::resolve(who, &network) {
        Meant::One(connection) => go_on(tx, asking, connection.clone(), then),
        Meant::Several(found) => {
            let draft = drafts::keep(tx, owner, asking.now, &Draft::Then(then.clone()))?;
            let pick = ConnectionPress::Pick(draft).id();
            Ok(Show::Reply(views::which(asking.words, who, &found, pick)))
        }
        Meant::Nobody => nobody(tx, asking, who),
    }
}

/// Says that nobody is called so, and offers to add them.
///
/// # Errors
/// The store's.
pub fn nobody(tx: &mut Tx<'_>, asking: &Asking<'_>, who: &str) -> Result<Show, Failure> {
    let name = who.strip_prefix('=').map_or(who, |_| "").to_owned();
    let draft = Draft::Add(Typed { name, ..Typed::default() });
    let draft = drafts::keep(tx, asking.person.id, asking.now, &draft)?;
    Ok(Show::Reply(views::nobody(asking.words, who, draft)))
}

/// Does what was to be done with the one who is meant.
pub(super) fn go_on(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    connection: Connection,
    then: &Then,
) -> Result<Show, Failure> {
    match then {
        Then::Show => show_one(tx, asking, &connection),
        Then::Edit => {
            let typed = views::typed_of(&connection);
            Ok(Show::Modal(views::edit_form(asking.words, connection.id, &typed)))
        }
        Then::Remove => ask_to_remove(tx, asking, &connection),
        Then::Log(typed) => log(tx, asking, connection, typed, false),
    }
}

/// Adds somebody.
pub(super) fn add_one(tx: &mut Tx<'_>, asking: &Asking<'_>, typed: &Typed) -> Result<Show, Failure> {
    let owner = asking.person.id;
    let limits = &asking.app.limits;
    let fields = match typed.read(&asking.member.asker(asking.now), limits.note_length) {
        Ok(fields) => fields,
        Err(refusal) => return refuse(tx, asking, &refusal, &Draft::Add(typed.clone())),
    };
    let network = store::network(tx, owner)?;
    if network.len() >= limits.connections_per_member {
        let text = say!(asking.words, "connections-full", most = limits.connections_per_member);
        return Err(Failure::told(Message::new(text)));
    }
    let same = |it: &&Connection| typed.member.is_some() && it.member == typed.member;
    if let Some(there) = network.iter().find(same) {
        return Ok(Show::Reply(views::there_already(asking.words, there)));
    }
    let folded = who::folded(&fields.name);
    let namesakes = network.iter().filter(|it| who::folded(&it.name) == folded).count();
    let mut connection = Connection {
        id: Id::new(asking.now),
        name: fields.name,
        member: typed.member,
        relationship: fields.relationship,
        met: fields.met,
        tags: fields.tags,
        every: fields.every,
        note: fields.note,
        added: asking.now,
        last: None,
        ledger: Ledger::default(),
        turn: Turn::Off,
    };
    connection.turn = rhythm::turn(&connection, &asking.member, asking.now);
    store::put(tx, owner, &connection)?;
    Ok(Show::Reply(views::saved(asking.words, &connection, namesakes)))
}

/// Takes a sent edit form.
pub(super) fn edited(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    mut connection: Connection,
    typed: &Typed,
) -> Result<Show, Failure> {
    // A note that is kept was taken once: its length is no reason to refuse the rest.
    let fields = match typed.read(&asking.member.asker(asking.now), usize::MAX) {
        Ok(fields) => fields,
        Err(refusal) => return refuse(tx, asking, &refusal, &Draft::Edit(connection.id, typed.clone())),
    };
    let rhythm_changed = fields.every != connection.every;
    connection.name = fields.name;
    connection.relationship = fields.relationship;
    connection.met = fields.met;
    connection.tags = fields.tags;
    if rhythm_changed {
        connection.every = fields.every;
        connection.turn = rhythm::turn(&connection, &asking.member, asking.now);
    }
    store::put(tx, asking.person.id, &connection)?;
    let first = say!(asking.words, "connection-changed", name = views::bold(&connection.name));
    Ok(Show::Reply(card(tx, asking, &connection, &first)?))
}

/// Shows a connection.
pub(super) fn show_one(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    connection: &Connection,
) -> Result<Show, Failure> {
    let name = views::bold(&connection.name);
    let first = match &connection.last {
        Some(last) => {
            let when = crate::discord::text::relative(last.at);
            say!(asking.words, "card-first", name = name, when = when)
        }
        None => say!(asking.words, "card-first-untouched", name = name),
    };
    Ok(Show::Reply(card(tx, asking, connection, &first)?))
}

/// A connection's card with its latest touches.
pub(super) fn card(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    connection: &Connection,
    first: &str,
) -> Result<Message, Failure> {
    let touches = store::touches(tx, asking.person.id, connection.id)?;
    let mut latest: Vec<Touch> = touches.into_iter().map(|(_, touch)| touch).collect();
    latest.sort_by_key(|touch| std::cmp::Reverse(touch.at));
    latest.truncate(LATEST);
    Ok(views::card(asking.words, first, connection, &latest))
}

/// Asks whether a connection is to be removed.
pub(super) fn ask_to_remove(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    connection: &Connection,
) -> Result<Show, Failure> {
    let touches = store::touches(tx, asking.person.id, connection.id)?.len();
    Ok(Show::Reply(views::remove_question(asking.words, connection, touches)))
}
