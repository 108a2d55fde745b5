//! `/settings`: when and where a member wants to hear from Kith.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use super::forms::Typed;
use super::press::MemberPress;
use super::thread::Where;
use super::{Asking, Shift, ask_back, command_after, store, thread, thread_views, views};
use crate::discord::answer::Show;
use crate::discord::app::Context;
use crate::discord::choice::choices;
use crate::discord::failure::Failure;
use crate::discord::person::Person;
use crate::store::Tx;
use crate::when::zone;

#[poise::command(slash_command)]
pub(super) async fn settings(
    ctx: Context<'_>,
    #[autocomplete = "zones"] timezone: Option<String>,
    delivery_hour: Option<String>,
    quiet_hours: Option<String>,
    #[rename = "where"] place: Option<Where>,
) -> Result<(), Failure> {
    let typed = Typed {
        zone: timezone.unwrap_or_default(),
        hour: delivery_hour.unwrap_or_default(),
        quiet: quiet_hours.unwrap_or_default(),
    };
    let person = Person::from(ctx.interaction);
    let wanted = typed.clone();
    let before = async move { thread::find(ctx.data(), &person, place, &wanted).await };
    command_after(ctx, before, move |tx, asking, found| match found {
        None => change(tx, asking, &typed),
        Some(found) => {
            let member = thread::keep(tx, asking, *found)?;
            let text = thread_views::chosen(asking.words, &asking.member, *found);
            let show = change(tx, &asking.with(member), &typed)?;
            Ok(views::saying(show, &text, typed == Typed::default()))
        }
    })
    .await
}

#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn zones<'a>(_: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    let zones = zone::search(partial, 25).into_iter();
    choices(zones.map(|zone| AutocompleteChoice::new(zone.clone(), zone)))
}

/// Takes what was typed, or shows the settings where nothing was.
pub(super) fn change(tx: &mut Tx<'_>, asking: &Asking<'_>, typed: &Typed) -> Result<Show, Failure> {
    if *typed == Typed::default() {
        return Ok(Show::Reply(views::settings(asking.words, &asking.member, asking.now, None)));
    }
    match typed.read(&asking.member) {
        Ok(new) => {
            let shift = Shift { old: asking.member.clone(), new };
            let moved = store::change(tx, asking.app, asking.person.id, &shift)?;
            let view = views::settings(asking.words, &shift.new, asking.now, Some(moved.len()));
            Ok(Show::Reply(view))
        }
        Err(refusal) => {
            let why = views::refusal(asking.words, &refusal);
            ask_back::refuse(tx, asking, why, typed, MemberPress::Again)
        }
    }
}
