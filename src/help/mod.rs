//! `/help`: what Kith is for, by task, with buttons to start.

use crate::connections::press::ConnectionPress;
use crate::discord::answer::Show;
use crate::discord::app::Context;
use crate::discord::area::Area;
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::message::{Button, Embed, Message};
use crate::discord::registration::personal;
use crate::members::press::MemberPress;
use crate::members::{command, views::COLOR};
use crate::nudges::press::NudgePress;
use crate::texts::Words;

/// This area.
#[must_use]
pub fn area() -> Area {
    Area { commands: vec![personal(help())], ..Area::default() }
}

#[poise::command(slash_command)]
async fn help(ctx: Context<'_>) -> Result<(), Failure> {
    command(ctx, |_, asking| Ok(Show::Reply(view(asking.words)))).await
}

/// What one can do, by task.
#[must_use]
pub fn view(words: Words<'_>) -> Message {
    let tasks = [
        ("help-people", "help-people-how"),
        ("help-log", "help-log-how"),
        ("help-remind", "help-remind-how"),
        ("help-answer", "help-answer-how"),
        ("help-rounds", "help-rounds-how"),
        ("help-time", "help-time-how"),
        ("help-kith", "help-kith-how"),
    ];
    let embed = tasks.into_iter().fold(Embed::default().color(COLOR), |embed, (task, how)| {
        embed.field(words.with(task, &[]), words.with(how, &[]), false)
    });
    Message::new(words.say("help-first")).embed(embed.footer(words.say("help-footer"))).buttons([
        Button::primary(words.say("button-add-somebody"), ConnectionPress::Add.id()),
        Button::secondary(words.say("button-plan"), NudgePress::Plan.id()),
        Button::secondary(words.say("button-list"), ConnectionPress::list_all().id()),
        Button::secondary(words.say("button-settings"), MemberPress::Edit.id()),
    ])
}
