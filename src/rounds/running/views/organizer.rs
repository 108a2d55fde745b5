//! What organizers read while a round runs. Nothing here tells who avoids whom, or who could not reach whom.

use super::{named, open_room};
use crate::discord::message::{Button, Choice, Embed, Menu, Message};
use crate::discord::text::cut;
use crate::id::{ChannelId, Id, UserId};
use crate::members::views::COLOR;
use crate::rounds::group::Group;
use crate::rounds::plan::views::mention;
use crate::rounds::round::Round;
use crate::rounds::running::course::{Left, Lost, Why};
use crate::rounds::running::press::RunPress as P;
use crate::rounds::running::proposal::{Need, Proposal, State};
use crate::rounds::views::bold;
use crate::say;
use crate::texts::Words;

/// What an organizer reads of a proposal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// The people of the group, by name.
    pub people: Vec<String>,
    /// Who would lose their place.
    pub outs: Vec<String>,
    /// Who would go into which group, and whether they come from the wait list.
    pub moves: Vec<(String, u16, bool)>,
    /// The group's room.
    pub room: Option<ChannelId>,
}

/// What is proposed for a group, or what became of it.
#[must_use]
pub fn proposal(
    words: Words<'_>,
    (id, round): (Id, &Round),
    number: u16,
    it: &Proposal,
    told: &Told,
) -> Message {
    let first = match it.state {
        State::Open => words.with(
            &format!("need-{}", need(it)),
            &[("name", bold(&round.name).into()), ("number", number.into())],
        ),
        State::NotNow(by) => {
            say!(words, "proposal-not-now", name = bold(&round.name), number = number, by = mention(by))
        }
        State::Done(by) => {
            say!(words, "proposal-done", name = bold(&round.name), number = number, by = mention(by))
        }
        State::Needless => say!(words, "proposal-needless", name = bold(&round.name), number = number),
    };
    let message = Message::new(first);
    if it.state == State::Needless {
        return message;
    }
    let message = message.embed(Embed::new(what(words, number, it, told)).color(COLOR));
    let decides = it.plan.is_some() && matches!(it.state, State::Open | State::NotNow(_));
    let do_it = decides.then(|| Button::primary(words.say("button-do-it"), P::DoIt(number, it.id).on(id)));
    let not_now = (it.state == State::Open && it.plan.is_some())
        .then(|| Button::secondary(words.say("button-decide-later"), P::NotNow(number, it.id).on(id)));
    let buttons: Vec<Button> = do_it.into_iter().chain(not_now).collect();
    if buttons.is_empty() { message } else { message.buttons(buttons) }
}

/// The word for what a group needs: a mentor who is silent is still in it.
fn need(it: &Proposal) -> &'static str {
    let silent = it.plan.as_ref().is_some_and(|plan| !plan.outs.is_empty());
    if it.need == Need::Mentor && silent { "silent-mentor" } else { it.need.word() }
}

fn what(words: Words<'_>, number: u16, it: &Proposal, told: &Told) -> String {
    let people = (!told.people.is_empty() && matches!(it.state, State::Open | State::NotNow(_)))
        .then(|| say!(words, "proposal-people", people = named(&told.people)));
    let out = if matches!(it.state, State::Done(_)) { "proposal-out-done" } else { "proposal-out" };
    let outs = told.outs.iter().map(|name| say!(words, out, name = bold(name)));
    let moves = told.moves.iter().map(|(name, to, waits)| match (*waits, *to == number) {
        (true, true) => say!(words, "proposal-from-list", name = bold(name)),
        _ => say!(words, "proposal-move", name = bold(name), number = *to),
    });
    let nobody = it.plan.is_none().then(|| words.say("proposal-nobody"));
    people.into_iter().chain(outs).chain(moves).chain(nobody).collect::<Vec<_>>().join("\n")
}

/// The facts changed, and so did what is proposed.
#[must_use]
pub fn changed(
    words: Words<'_>,
    (id, round): (Id, &Round),
    number: u16,
    it: &Proposal,
    told: &Told,
) -> Message {
    let mut message = proposal(words, (id, round), number, it, told);
    message.content = cut(&format!("{} {}", words.say("proposal-changed"), message.content), 2_000);
    message
}

/// What needs an organizer in a round.
#[must_use]
pub fn attention(
    words: Words<'_>,
    (id, round): (Id, &Round),
    open: &[(u16, Proposal, Told)],
    lost: &[(u16, Group, Lost)],
    silent: &[(UserId, u16)],
) -> Message {
    let count = open.len() + lost.len() + silent.len();
    let message = Message::new(say!(words, "attention-first", name = bold(&round.name), count = count));
    if count == 0 {
        return message;
    }
    let needs = open.iter().map(|(number, it, told)| {
        let need = words.say(&format!("attention-{}", need(it)));
        let what = what(words, *number, it, told).lines().last().unwrap_or_default().to_owned();
        say!(words, "attention-line", number = *number, need = need, what = what)
    });
    let rooms = lost.iter().map(|(number, _, why)| {
        say!(
            words,
            "attention-line",
            number = *number,
            need = words.say("attention-room"),
            what = lost_said(words, *why)
        )
    });
    let silent = silent
        .iter()
        .map(|(user, number)| say!(words, "attention-silent", number = *number, user = mention(*user)));
    let lines: Vec<String> = needs.chain(rooms).chain(silent).take(LISTED).collect();
    let mut message = message.embed(Embed::new(lines.join("\n")).color(COLOR));
    if !open.is_empty() {
        let choices = open.iter().map(|(number, it, _)| {
            let need = words.say(&format!("attention-{}", need(it)));
            Choice::new(say!(words, "attention-choice", number = *number, need = need), number.to_string())
        });
        message = message.menu(Menu::new(P::Chosen.on(id), words.say("attention-menu"), choices));
    }
    let rooms = lost.iter().take(5).map(|(number, ..)| {
        Button::secondary(say!(words, "button-new-room-for", number = *number), P::NewRoom(*number).on(id))
    });
    let rooms: Vec<Button> = rooms.collect();
    if rooms.is_empty() { message } else { message.buttons(rooms) }
}

/// Most lines of what needs an organizer.
const LISTED: usize = 25;

/// Somebody left, for the organizer.
#[must_use]
pub fn told_left(words: Words<'_>, (_, round): (Id, &Round), name: &str, left: &Left) -> Message {
    let key = match left.why {
        Why::Own => "told-left",
        Why::Server => "told-left-server",
        Why::NoShow | Why::Silent => "told-left-out",
    };
    let first = say!(words, key, name = bold(&round.name), who = bold(name));
    let message = Message::new(first);
    match left.group {
        Some(number) => {
            let key = if left.mentor { "told-left-mentor" } else { "told-left-group" };
            message.embed(Embed::new(say!(words, key, number = number)).color(COLOR))
        }
        None => message,
    }
}

fn lost_said(words: Words<'_>, why: Lost) -> String {
    words.say(match why {
        Lost::Gone => "lost-gone",
        Lost::Locked => "lost-locked",
        Lost::Asked | Lost::NotAllowed => "lost-not-allowed",
    })
}

/// Nothing can be said in a group's room, for the organizer.
#[must_use]
pub fn room_lost(
    words: Words<'_>,
    (id, round): (Id, &Round),
    (number, group): (u16, &Group),
    why: Lost,
) -> Message {
    let first = say!(words, "room-lost", name = bold(&round.name), number = number);
    let back = Button::primary(words.say("button-try-again"), P::RoomBack(number).on(id));
    let new = Button::secondary(words.say("button-new-room"), P::NewRoom(number).on(id));
    let buttons = if why == Lost::Gone { vec![new] } else { vec![back, new] };
    Message::new(first)
        .embed(Embed::new(lost_said(words, why)).color(COLOR).footer(words.say("room-lost-footer")))
        .buttons(buttons.into_iter().chain(open_room(words, round.guild, group.channel())))
}

/// What waits for a room is tried again.
#[must_use]
pub fn room_tried(words: Words<'_>, round: &Round, number: u16, room: ChannelId) -> Message {
    let room = format!("<#{room}>");
    Message::new(say!(words, "room-tried", name = bold(&round.name), number = number, room = room))
}

/// A new room is being made, or is there.
#[must_use]
pub fn room_is_made(words: Words<'_>, round: &Round, number: u16) -> Message {
    Message::new(say!(words, "room-is-made", name = bold(&round.name), number = number))
}

/// The round does not run.
#[must_use]
pub fn not_running(words: Words<'_>, round: &Round) -> Message {
    let stage = words.say(&format!("round-stage-{}", round.stage.word()));
    Message::new(say!(words, "attention-not-running", name = bold(&round.name), stage = stage))
}
