//! `/about`: what Kith is, which version runs, and where its source and its rules on privacy are.

use futures_util::FutureExt as _;
use serde::{Deserialize, Serialize};

use crate::discord::answer::Show;
use crate::discord::app::Context;
use crate::discord::area::Area;
use crate::discord::custom_id::Press;
use crate::discord::failure::Failure;
use crate::discord::message::{Button, Embed, Message};
use crate::discord::registration::personal;
use crate::help;
use crate::members::{command, serve, views::COLOR};
use crate::say;
use crate::texts::Words;

/// Where the source is.
const SOURCE: &str = env!("CARGO_PKG_REPOSITORY");
/// Where it is said what is kept of people.
const PRIVACY: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/PRIVACY.md");

/// This area.
#[must_use]
pub fn area() -> Area {
    Area {
        commands: vec![personal(about())],
        presses: Some((AboutPress::AREA, |app, pressed| {
            async move {
                let AboutPress::Help = pressed.press(&app)?;
                serve(&app, &pressed.person, |_, asking| Ok(Show::Reply(help::view(asking.words)))).await
            }
            .boxed()
        })),
        ..Area::default()
    }
}

/// What can be pressed here. New ones go to the end (see `discord::custom_id`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum AboutPress {
    /// Show what Kith can do.
    Help,
}

impl Press for AboutPress {
    const AREA: &'static str = "about";
}

#[poise::command(slash_command)]
async fn about(ctx: Context<'_>) -> Result<(), Failure> {
    command(ctx, |_, asking| Ok(Show::Reply(view(asking.words)))).await
}

fn view(words: Words<'_>) -> Message {
    let embed = Embed::default()
        .color(COLOR)
        .field(words.say("about-what"), words.say("about-what-how"), false)
        .field(words.say("about-data"), words.say("about-data-how"), false)
        .footer(say!(words, "about-footer", licence = env!("CARGO_PKG_LICENSE")));
    Message::new(say!(words, "about-first", version = env!("CARGO_PKG_VERSION"))).embed(embed).buttons([
        Button::primary(words.say("button-help"), AboutPress::Help.id()),
        Button::link(words.say("about-source"), SOURCE),
        Button::link(words.say("about-privacy"), PRIVACY),
    ])
}
