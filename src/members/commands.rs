//! `/settings`: when and where a member wants to hear from Kith.

use std::ops::ControlFlow;

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use super::forms::Typed;
use super::relationship::Relationship;
use super::thread::Where;
use super::{Asking, Digest, Shift, command_after, drafts, rhythms, store, thread, thread_views, views};
use crate::discord::answer::Show;
use crate::discord::app::Context;
use crate::discord::choice::choices;
use crate::discord::failure::Failure;
use crate::discord::person::Person;
use crate::store::Tx;
use crate::when::zone;
use crate::words_as_choices;

words_as_choices!(Digest);

#[poise::command(slash_command)]
#[expect(clippy::too_many_arguments, reason = "each is an option of the command")]
pub(super) async fn settings(
    ctx: Context<'_>,
    #[autocomplete = "zones"] timezone: Option<String>,
    delivery_hour: Option<String>,
    quiet_hours: Option<String>,
    #[rename = "where"] place: Option<Where>,
    quiet_days: Option<String>,
    digest: Option<Digest>,
    #[min = 1]
    #[max = 25]
    max_a_day: Option<u8>,
    relationship: Option<Relationship>,
    every: Option<String>,
) -> Result<(), Failure> {
    let typed = Typed {
        zone: timezone.unwrap_or_default(),
        hour: delivery_hour.unwrap_or_default(),
        quiet: quiet_hours.unwrap_or_default(),
        quiet_days: quiet_days.unwrap_or_default(),
        digest,
        most: max_a_day.map(|most| most.to_string()).unwrap_or_default(),
    };
    let person = Person::from(ctx.interaction);
    let wanted = typed.clone();
    let before = async move { thread::find(ctx.data(), &person, place, &wanted).await };
    command_after(ctx, before, move |tx, asking, found| {
        // Where the rest is refused, nothing is changed.
        let alone = typed == Typed::default();
        let said = match typed.read(&asking.member) {
            Ok(_) => rhythms::acts::typed(tx, asking, relationship, every.as_deref())?,
            Err(_) => ControlFlow::Continue(None),
        };
        let said = match said {
            ControlFlow::Continue(said) => said,
            ControlFlow::Break(asked) => return Ok(asked),
        };
        let show = match found {
            None => change(tx, asking, &typed)?,
            Some(found) => {
                let member = thread::keep(tx, asking, *found)?;
                let text = thread_views::chosen(asking.words, &asking.member, *found);
                let show = change(tx, &asking.with(member), &typed)?;
                views::saying(show, &text, alone)
            }
        };
        Ok(match said {
            Some(text) => views::saying(show, &text, alone && found.is_none()),
            None => show,
        })
    })
    .await
}

/// Completes time zones, by city too.
pub async fn zones<'a>(_: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    let zones = zone::search(partial, 25).into_iter();
    choices(zones.map(|zone| AutocompleteChoice::new(zone.clone(), zone)))
}

/// Keeps the settings and moves everything planned along.
pub(super) fn keep(tx: &mut Tx<'_>, asking: &Asking<'_>, shift: &Shift) -> Result<Show, Failure> {
    let moved = store::change(tx, asking.app, asking.person.id, shift)?;
    let view = views::settings(asking.words, &shift.new, asking.now, Some(moved.len()));
    Ok(Show::Reply(rhythms::acts::shown(tx, asking, view)?))
}

/// Takes what was typed, or shows the settings where nothing was. What moves along to another zone is
/// shown before it does.
pub(super) fn change(tx: &mut Tx<'_>, asking: &Asking<'_>, typed: &Typed) -> Result<Show, Failure> {
    if *typed == Typed::default() {
        let view = views::settings(asking.words, &asking.member, asking.now, None);
        return Ok(Show::Reply(rhythms::acts::shown(tx, asking, view)?));
    }
    match typed.read(&asking.member) {
        Ok(new) => {
            let shift = Shift::new(asking.member.clone(), new, asking.now);
            if shift.old.zone != shift.new.zone {
                let moved = store::would_move(tx, asking.app, asking.person.id, &shift)?;
                if !moved.is_empty() {
                    let draft = drafts::keep(tx, asking.person.id, asking.now, typed)?;
                    return Ok(Show::Reply(views::before_moving(asking.words, &shift, &moved, draft)));
                }
            }
            keep(tx, asking, &shift)
        }
        Err(refusal) => {
            let why = views::refusal(asking.words, &refusal);
            let draft = drafts::keep(tx, asking.person.id, asking.now, typed)?;
            Ok(Show::Reply(views::refused_settings(asking.words, why, &refusal, draft)))
        }
    }
}
