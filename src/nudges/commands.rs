//! `/nudge`: me, list, edit, cancel, snooze.

use futures_util::FutureExt as _;
use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use super::forms::{Read, TypedNudge};
use super::presses::{Draft, NudgePress, ask_which_moment, press, refuse, typed_of};
use super::{Kind, Nudge, due, list as nudge_list, store, views};
use crate::connections::commands::{network, nobody, rhythms, suggestions};
use crate::connections::views::which;
use crate::connections::who::{self, Meant};
use crate::connections::{self};
use crate::discord::answer::Show;
use crate::discord::app::Context;
use crate::discord::area::Area;
use crate::discord::choice::choices;
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::message::Message;
use crate::discord::registration::personal;
use crate::discord::text::cut;
use crate::id::{Id, UserId};
use crate::members::{Asking, command, drafts};
use crate::say;
use crate::store::Tx;
use crate::when;
use crate::words_as_choices;

words_as_choices!(Kind);

/// This area.
#[must_use]
pub fn area() -> Area {
    Area {
        commands: vec![personal(nudge())],
        presses: Some((NudgePress::AREA, |app, pressed| press(app, pressed).boxed())),
        due: Some(due::due),
        follow: Some(store::follow),
    }
}

#[poise::command(slash_command, subcommand_required, subcommands("me", "list", "edit", "cancel", "snooze"))]
#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn nudge(_: Context<'_>) -> Result<(), Failure> {
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
    command(ctx, move |tx, asking| plan_one(tx, asking, &typed, None)).await
}

#[poise::command(slash_command)]
async fn list(ctx: Context<'_>) -> Result<(), Failure> {
    command(ctx, |tx, asking| Ok(Show::Reply(nudge_list::page(tx, asking, 0)?))).await
}

#[poise::command(slash_command)]
async fn edit(ctx: Context<'_>, #[autocomplete = "planned"] nudge: Option<String>) -> Result<(), Failure> {
    command(ctx, move |tx, asking| picked(tx, asking, nudge.as_deref(), Then::Edit)).await
}

#[poise::command(slash_command)]
async fn cancel(ctx: Context<'_>, #[autocomplete = "planned"] nudge: Option<String>) -> Result<(), Failure> {
    command(ctx, move |tx, asking| picked(tx, asking, nudge.as_deref(), Then::Cancel)).await
}

#[poise::command(slash_command)]
async fn snooze(
    ctx: Context<'_>,
    #[autocomplete = "planned"] nudge: Option<String>,
    #[autocomplete = "moments"] until: Option<String>,
) -> Result<(), Failure> {
    command(ctx, move |tx, asking| {
        let then = until.as_ref().map_or(Then::Snooze, |until| Then::SnoozeUntil(until.clone()));
        picked(tx, asking, nudge.as_deref(), then)
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
    let owner = UserId(ctx.interaction.user.id.get());
    let all = ctx.data().store.read(|tx| store::planned(tx, owner)).unwrap_or_default();
    let typed = who::folded(partial);
    let fitting = all.into_iter().filter(|nudge| who::folded(&nudge.about).contains(&typed));
    choices(fitting.map(|nudge| AutocompleteChoice::new(cut(&nudge.about, 100), who::picked(nudge.id))))
}

/// What is to be done with a planned nudge.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Then {
    /// Show it.
    Show,
    /// Show it as changed.
    Changed,
    /// Open the form to edit it.
    Edit,
    /// Cancel it.
    Cancel,
    /// Ask until when.
    Snooze,
    /// Snooze it until then.
    SnoozeUntil(String),
}

/// Goes on with the nudge that was picked or typed; without one, shows the list to pick from.
fn picked(tx: &mut Tx<'_>, asking: &Asking<'_>, nudge: Option<&str>, then: Then) -> Result<Show, Failure> {
    let all = store::planned(tx, asking.person.id)?;
    let id: Option<Id> = nudge.and_then(|typed| typed.strip_prefix('=')).and_then(|id| id.parse().ok());
    let typed = who::folded(nudge.unwrap_or_default());
    let mut fitting = all.into_iter().filter(|it| match id {
        Some(id) => it.id == id,
        None => !typed.is_empty() && who::folded(&it.about).contains(&typed),
    });
    match (fitting.next(), fitting.next()) {
        (Some(one), None) => go_on(tx, asking, one, then),
        _ => Ok(Show::Reply(nudge_list::page(tx, asking, 0)?)),
    }
}

/// Does what was to be done with a planned nudge.
pub(super) fn go_on(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    mut nudge: Nudge,
    then: Then,
) -> Result<Show, Failure> {
    let words = asking.words;
    let connection = match nudge.connection {
        Some(id) => connections::store::get(tx, asking.person.id, id)?,
        None => None,
    };
    match then {
        Then::Show | Then::Changed => {
            let when = crate::discord::text::relative(nudge.at);
            let first = if then == Then::Show {
                say!(words, "nudge-shown", when = when)
            } else {
                say!(words, "nudge-changed", when = when)
            };
            Ok(Show::Reply(views::card(words, &first, &nudge, connection.as_ref())))
        }
        Then::Edit => {
            let form = NudgePress::EditForm(nudge.id).id();
            Ok(Show::Modal(views::edit_form(words, form, &typed_of(asking, &nudge))))
        }
        Then::Cancel => {
            store::end(tx, asking.person.id, nudge.id)?;
            let draft = Draft::Cancelled(nudge.clone());
            let draft = drafts::keep(tx, asking.person.id, asking.now, &draft)?;
            Ok(Show::Reply(views::cancelled(words, &nudge, draft)))
        }
        Then::Snooze => {
            let first = say!(words, "nudge-shown", when = crate::discord::text::relative(nudge.at));
            let shown = views::card(words, &first, &nudge, connection.as_ref());
            let (menu, back) =
                (NudgePress::SnoozePlannedTo(nudge.id).id(), NudgePress::BackPlanned(nudge.id).id());
            let asker = asking.member.asker(asking.now);
            Ok(Show::Reply(views::snooze_menu(words, &asker, shown, menu, back)))
        }
        Then::SnoozeUntil(phrase) => match when::once(&phrase, &asking.member.asker(asking.now)) {
            Ok(read) => {
                nudge.at = asking.member.hold(read.at.timestamp());
                store::put(tx, asking.person.id, &nudge)?;
                go_on(tx, asking, nudge, Then::Changed)
            }
            Err(not) => {
                let refusal = super::forms::Refusal::When(phrase.clone(), not);
                refuse(tx, asking, &refusal, &Draft::SnoozePlanned(nudge.id, phrase))
            }
        },
    }
}

/// Plans a nudge, or changes the one with the id `of`.
pub(super) fn plan_one(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    typed: &TypedNudge,
    of: Option<Id>,
) -> Result<Show, Failure> {
    let owner = asking.person.id;
    let mut typed = typed.clone();
    if typed.connection.is_none() && !typed.who.trim().is_empty() {
        let network = connections::store::network(tx, owner)?;
        match who::resolve(&typed.who, &network) {
            Meant::One(connection) => typed.connection = Some(connection.id),
            Meant::Several(found) => {
                let draft = drafts::keep(tx, owner, asking.now, &Draft::Plan(typed.clone(), of))?;
                let pick = NudgePress::Pick(draft).id();
                return Ok(Show::Reply(which(asking.words, &typed.who, &found, pick)));
            }
            Meant::Nobody => return nobody(tx, asking, &typed.who),
        }
    }
    let nudge = match typed.read(&asking.member, asking.now, of.unwrap_or_else(|| Id::new(asking.now))) {
        Ok(Read::Nudge(nudge)) => nudge,
        Ok(Read::Several(readings)) => {
            let draft = Draft::Plan(typed.clone(), of);
            return ask_which_moment(tx, asking, &typed.when, &readings, &draft);
        }
        Err(refusal) => return refuse(tx, asking, &refusal, &Draft::Plan(typed, of)),
    };
    let most = asking.app.limits.open_nudges_per_member;
    if of.is_none() && store::planned(tx, owner)?.len() >= most {
        return Err(Failure::told(Message::new(say!(asking.words, "nudges-full", most = most))));
    }
    store::put(tx, owner, &nudge)?;
    if of.is_some() {
        return go_on(tx, asking, nudge, Then::Changed);
    }
    let connection = match nudge.connection {
        Some(id) => connections::store::get(tx, owner, id)?,
        None => None,
    };
    Ok(Show::Reply(views::planned(asking.words, &nudge, connection.as_ref())))
}
