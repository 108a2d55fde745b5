//! What is said of programmes.

use jiff::Timestamp;

use super::cron::NotCron;
use super::forms::{Refusal, Typed};
use super::press::ProgrammePress as P;
use super::{Programme, State};
use crate::discord::message::{Button, Embed, Input, Menu, Message, Modal};
use crate::discord::text::{cut, moment, plain, plain_within, relative};
use crate::id::Id;
use crate::members::{self, views::COLOR};
use crate::rounds::round::Round;
use crate::rounds::views::{bold, line};
use crate::say;
use crate::texts::Words;

/// Discord's type of text channels ("Channel", "Channel Types").
const TEXT: u8 = 0;
/// Most rounds listed on a programme.
const LISTED: usize = 12;
/// Most characters of an expression that are shown.
const CRON: usize = 100;

/// Asks whether to keep a programme, with when it would come.
#[must_use]
pub fn ask_to_keep(words: Words<'_>, draft: Id, it: &Programme, some: &[Timestamp]) -> Message {
    let times: Vec<String> = some.iter().map(|at| format!("- {}", moment(*at))).collect();
    let facts = facts(words, it).field(words.say("programme-opens"), times.join("\n"), false);
    Message::new(say!(words, "programme-ask", name = bold(&it.name)))
        .embed(facts.footer(words.say("programme-ask-footer")))
        .buttons([
            Button::primary(words.say("button-keep-programme"), P::Keep.on(draft)),
            Button::secondary(words.say("button-change-programme"), P::Change.on(draft)),
            Button::secondary(words.say("button-not-now"), P::Drop.on(draft)),
        ])
}

fn facts(words: Words<'_>, it: &Programme) -> Embed {
    let when = format!("`{}` ({})", it.cron.replace('`', ""), plain(&it.zone));
    Embed::default()
        .color(COLOR)
        .field(words.say("programme-when"), cut(&when, 200), true)
        .field(words.say("programme-open"), say!(words, "programme-open-for", count = it.days), true)
        .field(words.say("round-channel"), format!("<#{}>", it.round.channel), true)
}

/// It is not kept.
#[must_use]
pub fn dropped(words: Words<'_>) -> Message {
    Message::new(words.say("programme-dropped"))
}

/// A programme as its organizers see it.
#[must_use]
pub fn shown(words: Words<'_>, (id, it): (Id, &Programme), all: &[(Id, Round)]) -> Message {
    let name = bold(&it.name);
    let first = match (it.state, it.next) {
        (State::On, Some(next)) => say!(words, "programme-on", name = name, next = relative(next)),
        (State::On, None) => say!(words, "programme-never", name = name),
        (State::Paused, _) => say!(words, "programme-paused", name = name),
        (State::Ended, _) => say!(words, "programme-ended", name = name),
    };
    let lines: Vec<String> = all.iter().rev().take(LISTED).map(|(_, round)| line(words, round)).collect();
    let next = it.next.map(moment).unwrap_or_default();
    let embed = facts(words, it)
        .field(words.say("programme-next"), next, true)
        .field(words.say("programme-rounds"), lines.join("\n"), false)
        .footer(words.say("programme-footer"));
    let message = Message::new(first).embed(embed);
    if it.state == State::Ended {
        return message;
    }
    let turn = if it.state == State::On {
        Button::secondary(words.say("button-pause-programme"), P::Pause.on(id))
    } else {
        Button::primary(words.say("button-resume-programme"), P::Resume.on(id))
    };
    let channel =
        Menu::channels(P::Channel.on(id), words.say("round-channel-menu"), &[TEXT], [it.round.channel]);
    message
        .buttons([
            Button::secondary(words.say("button-change-programme"), P::Change.on(id)),
            turn,
            Button::danger(words.say("button-end-programme"), P::End.on(id)),
        ])
        .menu(channel)
}

/// The form for when it comes, with what it holds at first.
#[must_use]
pub(super) fn form(words: Words<'_>, (id, name): (Id, &str), typed: &Typed) -> Modal {
    Modal::new(
        P::ChangeForm.on(id),
        say!(words, "programme-form", name = name),
        [
            Input::line("when", words.say("programme-when"))
                .required()
                .max(100)
                .placeholder(words.say("programme-when-example"))
                .value(&typed.when),
            Input::line("days", words.say("programme-days")).required().max(3).value(&typed.days),
        ],
    )
}

/// Asks whether to end it.
#[must_use]
pub fn ask_to_end(words: Words<'_>, (id, it): (Id, &Programme)) -> Message {
    Message::new(say!(words, "programme-ask-to-end", name = bold(&it.name))).buttons([
        Button::danger(words.say("button-end-programme"), P::EndYes.on(id)),
        Button::secondary(words.say("button-keep"), P::Show.on(id)),
    ])
}

/// A server's programmes.
#[must_use]
pub fn list(words: Words<'_>, all: &[(Id, Programme)]) -> Message {
    if all.is_empty() {
        return Message::new(words.say("programmes-none"));
    }
    let lines: Vec<String> = all
        .iter()
        .rev()
        .take(LISTED)
        .map(|(_, it)| match (it.state, it.next) {
            (State::On, Some(next)) => {
                say!(words, "programme-on", name = bold(&it.name), next = relative(next))
            }
            (State::On, None) => say!(words, "programme-never", name = bold(&it.name)),
            (State::Paused, _) => say!(words, "programme-paused", name = bold(&it.name)),
            (State::Ended, _) => say!(words, "programme-ended", name = bold(&it.name)),
        })
        .collect();
    let buttons =
        all.iter().rev().take(5).map(|(id, it)| Button::secondary(cut(&it.name, 80), P::Show.on(*id)));
    Message::new(say!(words, "programmes-first", count = all.len()))
        .embed(Embed::new(lines.join("\n")).color(COLOR))
        .buttons(buttons)
}

/// A round of it opened, for the organizer.
#[must_use]
pub fn opened(words: Words<'_>, it: &Programme, round: &Round) -> Message {
    let channel = format!("<#{}>", round.channel);
    let next = match it.next {
        Some(next) => say!(words, "programme-opened-next", next = moment(next)),
        None => words.say("programme-opened-last"),
    };
    let until = relative(round.until);
    Message::new(say!(words, "programme-opened", name = bold(&round.name), until = until)).embed(
        Embed::new(format!("{}\n{next}", say!(words, "programme-opened-how", channel = channel)))
            .color(COLOR),
    )
}

/// There is no such programme here.
#[must_use]
pub fn no_such_programme(words: Words<'_>) -> Message {
    Message::new(words.say("programme-gone"))
}

/// What it takes to make one.
#[must_use]
pub fn which_and_when(words: Words<'_>) -> Message {
    Message::new(words.say("programme-which-and-when"))
}

/// What was typed is not taken; `again` opens the form with it.
#[must_use]
pub(super) fn refused(words: Words<'_>, typed: &Typed, why: Refusal, again: String) -> Message {
    let key = match why {
        Refusal::When(NotCron::Unread) => "programme-not-cron",
        Refusal::When(NotCron::Never) => "programme-never-comes",
        Refusal::When(NotCron::TooOften) => "programme-too-often",
        Refusal::Days => {
            let (days, most) = (plain_within(&typed.days, CRON), *super::OPEN_DAYS.end());
            let why = say!(words, "programme-not-days", typed = days, most = most);
            return members::views::refused(words, why, again);
        }
    };
    let why = say!(words, key, typed = plain_within(&typed.when, CRON));
    members::views::refused(words, why, again).embed(Embed::new(words.say("programme-cron-how")).color(COLOR))
}
