//! `/log`: the daily act.

use super::commands::{Then, asker, network, whom};
use super::forms::{At, TypedTouch};
use super::presses::{ConnectionPress, Draft, refuse};
use super::{Connection, Touch, What, store, views};
use crate::discord::answer::Show;
use crate::discord::app::{Command, Context};
use crate::discord::choice::choices;
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::text::cut;
use crate::members::{self, Asking, drafts};
use crate::store::Tx;
use crate::when;
use crate::words_as_choices;
use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

words_as_choices!(What);

/// The command.
#[must_use]
pub fn command() -> Command {
    log_command()
}

#[poise::command(slash_command, rename = "log")]
async fn log_command(
    ctx: Context<'_>,
    #[autocomplete = "network"] who: String,
    what: Option<What>,
    #[autocomplete = "past"] when: Option<String>,
    note: Option<String>,
) -> Result<(), Failure> {
    let typed = TypedTouch {
        what: what.map(|what| what.word().to_owned()).unwrap_or_default(),
        when: when.unwrap_or_default(),
        reading: 0,
        note: note.unwrap_or_default(),
    };
    members::command(ctx, move |tx, asking| whom(tx, asking, &who, &Then::Log(typed.clone()))).await
}

/// Phrases that are often meant, offered while one types.
const OFTEN: [&str; 8] = [
    "today",
    "yesterday",
    "2 days ago",
    "3 days ago",
    "last friday",
    "last monday",
    "a week ago",
    "2 weeks ago",
];

/// What was understood of a moment past, and what else may be meant.
#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn past<'a>(ctx: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    let Some(asker) = asker(ctx) else { return choices([]) };
    let typed = partial.trim().to_lowercase();
    let often = OFTEN.into_iter().filter(|phrase| *phrase != typed && phrase.starts_with(&typed));
    let typed = (!typed.is_empty()).then_some(typed.as_str());
    let choice = |phrase: &str| {
        let read = when::past(phrase, &asker).ok()?;
        Some(AutocompleteChoice::new(cut(&format!("{phrase} → {}", read.reading), 100), cut(phrase, 100)))
    };
    choices(typed.into_iter().chain(often).filter_map(choice))
}

/// Logs a touch; `asked` says that its moment was asked back for.
pub(super) fn log(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    mut connection: Connection,
    typed: &TypedTouch,
    asked: bool,
) -> Result<Show, Failure> {
    let owner = asking.person.id;
    let asker = asking.member.asker(asking.now);
    let read = typed
        .what()
        .and_then(|what| Ok((what, typed.note(asking.app.limits.note_length)?, typed.at(&asker, asked)?)));
    match read {
        Err(refusal) => refuse(tx, asking, &refusal, &Draft::Log(connection.id, typed.clone())),
        Ok((_, _, At::Several(readings))) => {
            let draft = Draft::Log(connection.id, typed.clone());
            let draft = drafts::keep(tx, owner, asking.now, &draft)?;
            let press = |n| ConnectionPress::When(draft, n).id();
            Ok(Show::Reply(views::which_moment(asking.words, &typed.when, &readings, press)))
        }
        Ok((what, note, At::One(at))) => {
            let touch = Touch { what, at, note, feedback: false };
            let id = store::log(tx, owner, &asking.member, &mut connection, &touch, asking.now)?;
            Ok(Show::Reply(views::logged(asking.words, &connection, (id, &touch))))
        }
    }
}
