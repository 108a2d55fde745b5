//! What one can do with a person from their context menu.

use serenity::all::User;

use super::acts::open_add;
use super::forms::{Typed, TypedTouch};
use super::press::Draft;
use super::{modals, store, views};
use crate::discord::answer::Show;
use crate::discord::app::{Command, Context};
use crate::discord::failure::Failure;
use crate::discord::message::Message;
use crate::discord::person::called;
use crate::id::UserId;
use crate::members::{Asking, command, drafts};
use crate::say;

/// The context menu commands: to add somebody, and to log a touch with them.
#[must_use]
pub fn commands() -> [Command; 2] {
    [add_to_my_network(), log_a_touch()]
}

#[poise::command(context_menu_command = "Add to my network")]
async fn add_to_my_network(ctx: Context<'_>, user: User) -> Result<(), Failure> {
    let (id, name) = target(&user);
    command(ctx, move |tx, asking| {
        not_oneself(asking, id)?;
        if let Some(there) = store::of_user(tx, asking.person.id, id)? {
            return Ok(Show::Reply(views::there_already(asking.words, &there)));
        }
        open_add(tx, asking, &Typed { name: name.clone(), member: Some(id), ..Typed::default() })
    })
    .await
}

#[poise::command(context_menu_command = "Log a touch")]
async fn log_a_touch(ctx: Context<'_>, user: User) -> Result<(), Failure> {
    let (id, name) = target(&user);
    command(ctx, move |tx, asking| {
        not_oneself(asking, id)?;
        if let Some(there) = store::of_user(tx, asking.person.id, id)? {
            let form = modals::log_form(asking.words, &there.name, there.id, &TypedTouch::default());
            return Ok(Show::Modal(form));
        }
        let typed = Typed { name: name.clone(), member: Some(id), ..Typed::default() };
        let draft = drafts::keep(tx, asking.person.id, asking.now, &Draft::Add(typed))?;
        let text = say!(asking.words, "menu-not-in-network", name = views::bold(&name));
        Ok(Show::Reply(views::offering_to_add(asking.words, text, draft)))
    })
    .await
}

/// Nobody is in their own network.
fn not_oneself(asking: &Asking<'_>, picked: UserId) -> Result<(), Failure> {
    if picked == asking.person.id {
        return Err(Failure::told(Message::new(asking.words.say("menu-yourself"))));
    }
    Ok(())
}

/// Who was picked, and what they are called here.
fn target(user: &User) -> (UserId, String) {
    (UserId(user.id.get()), called(user))
}
