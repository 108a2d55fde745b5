//! What every step of a round says in the same way, and what stands in its channel.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::joining::press::JoinPress;
use super::matching::{LeftReason, Role};
use super::open::press::OpenPress;
use super::plan;
use super::plan::press::PlanPress;
use super::press::RoundPress;
use super::round::{LeftOver, Round, Shape, Stage};
use super::store::Setup;
use crate::discord::custom_id::Press as _;
use crate::discord::message::{Button, Embed, Message, Style};
use crate::discord::page::Page;
use crate::discord::text::{cut, moment, plain, relative};
use crate::id::{Id, RoleId};
use crate::members::views::COLOR;
use crate::say;
use crate::texts::Words;

/// A name in bold, as it was typed.
#[must_use]
pub fn bold(name: &str) -> String {
    format!("**{}**", plain(name))
}

/// A role, which this does not ping.
#[must_use]
pub fn role_mention(role: RoleId) -> String {
    format!("<@&{role}>")
}

/// A shape in words.
#[must_use]
pub fn shape(words: Words<'_>, shape: Shape) -> String {
    match shape {
        Shape::MentorGroups(most) => say!(words, "round-shape-mentors", most = most),
        Shape::Circles(size) => say!(words, "round-shape-circles", from = size, to = size + 1),
        Shape::Pairs => words.say("round-shape-pairs"),
    }
}

/// A role in words, as one of so many.
#[must_use]
pub fn role(words: Words<'_>, role: Role, count: usize) -> String {
    say!(words, &format!("round-count-{}", role.word()), count = count)
}

/// The board: what the round is, who takes part so far, and how one signs up; of how many groups how many are made.
#[must_use]
pub fn board(
    words: Words<'_>,
    id: Id,
    round: &Round,
    counts: &[(Role, usize)],
    (made, groups): (usize, usize),
) -> Message {
    let name = bold(&round.name);
    let first = match round.stage {
        Stage::SignUp | Stage::Draft => {
            say!(words, "board-first", name = name, until = relative(round.until))
        }
        Stage::Cancelled => say!(words, "board-cancelled", name = name),
        Stage::Closed => say!(words, "board-closed", name = name),
        Stage::Matching => say!(words, "board-matching", name = name),
        Stage::Publishing => say!(words, "board-publishing", name = name, made = made, count = groups),
        Stage::Running | Stage::Closing => say!(words, "board-running", name = name),
    };
    let runs = say!(words, "round-runs", weeks = round.weeks, every = round.every);
    let is_open = matches!(round.stage, Stage::Draft | Stage::SignUp);
    let until = if is_open { moment(round.until) } else { String::new() };
    let so_far: Vec<String> = counts
        .iter()
        .map(|(of, count)| match round.room_for(*of) {
            Some(most) => {
                say!(words, "board-of", count = role(words, *of, *count), most = most)
            }
            None => role(words, *of, *count),
        })
        .collect();
    let roles: Vec<String> = round.roles.iter().map(|role| role_mention(*role)).collect();
    let embed = if round.about.is_empty() { Embed::default() } else { Embed::new(plain(&round.about)) };
    let embed = embed
        .color(COLOR)
        .field(words.say("round-shape"), shape(words, round.shape), true)
        .field(words.say("round-until"), until, true)
        .field(words.say("round-runs-name"), runs, true)
        .field(words.say("round-topics"), plain(&cut(&round.topics.join(", "), 480)), false)
        .field(words.say("round-roles"), roles.join(" "), false)
        .field(words.say("board-so-far"), so_far.join(" · "), false)
        .footer(words.say("board-footer"));
    let message = Message::new(first).embed(embed);
    if round.stage == Stage::Cancelled {
        return message;
    }
    if round.stage != Stage::SignUp {
        return message.buttons([Button::secondary(words.say("button-my-sign-up"), JoinPress::Mine.on(id))]);
    }
    let ways = round.shape.roles().iter().enumerate().map(|(nth, role)| {
        let style = if nth == 0 { Style::Primary } else { Style::Secondary };
        let label = words.say(&format!("button-join-{}", role.word()));
        Button::new(style, label, JoinPress::As((*role).into()).on(id))
    });
    let mine = Button::secondary(words.say("button-my-sign-up"), JoinPress::Mine.on(id));
    message.buttons(ways.chain([mine]))
}

/// The board is gone from its channel, or Kith may not write there: for the organizer.
#[must_use]
pub fn board_lost(words: Words<'_>, id: Id, round: &Round) -> Message {
    let channel = format!("<#{}>", round.channel);
    Message::new(say!(words, "board-lost", name = bold(&round.name), channel = channel))
        .buttons([Button::primary(words.say("button-put-up"), OpenPress::PutUp.on(id))])
}

/// The round was called off.
#[must_use]
pub fn cancelled(words: Words<'_>, round: &Round) -> Message {
    Message::new(say!(words, "round-told-cancelled", name = bold(&round.name)))
}

/// Kith was removed from the round's server then, for the organizer.
#[must_use]
pub fn away(words: Words<'_>, round: &Round, since: Timestamp) -> Message {
    Message::new(say!(words, "round-told-away", name = bold(&round.name), since = relative(since)))
        .embed(Embed::new(words.say("round-told-away-how")).color(COLOR))
}

/// Kith is back in the round's server, after it was removed at `since`, for the organizer.
#[must_use]
pub fn back(words: Words<'_>, round: &Round, since: Timestamp) -> Message {
    Message::new(say!(words, "round-told-back", name = bold(&round.name)))
        .embed(Embed::new(say!(words, "round-told-back-how", since = relative(since))).color(COLOR))
}

/// Sign-up is over, for the one who opened the round.
#[must_use]
pub fn sign_up_over(words: Words<'_>, id: Id, round: &Round, count: usize) -> Message {
    let how = say!(words, "round-told-over-how", channel = format!("<#{}>", round.channel));
    Message::new(say!(words, "round-told-over", name = bold(&round.name), count = count))
        .embed(Embed::new(how).color(COLOR))
        .buttons([Button::primary(words.say("button-show-groups"), PlanPress::Preview.on(id))])
}

/// Rounds are only in servers.
#[must_use]
pub fn only_in_servers(words: Words<'_>) -> Message {
    Message::new(words.say("round-only-in-servers"))
}

/// Somebody may not organize here.
#[must_use]
pub fn not_an_organizer(words: Words<'_>, organizers: Option<RoleId>) -> Message {
    Message::new(match organizers {
        Some(role) => say!(words, "round-not-an-organizer-but", role = role_mention(role)),
        None => words.say("round-not-an-organizer"),
    })
}

/// There is no such round here.
#[must_use]
pub fn no_such_round(words: Words<'_>) -> Message {
    Message::new(words.say("round-gone"))
}

/// Which rounds a list has, and where its buttons lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Listed {
    /// All of a server's: to what their organizers see.
    All,
    /// Those that members can see: to what is one's own there.
    Open,
}

/// A page of rounds, the newest first, with a way into each.
#[must_use]
pub fn list(words: Words<'_>, rounds: &[(Id, Round)], listed: Listed, page: u16) -> Message {
    let (none, first) = match listed {
        Listed::All => ("rounds-none", "rounds-first"),
        Listed::Open => ("rounds-none-open", "rounds-first-open"),
    };
    if rounds.is_empty() {
        return Message::new(words.say(none));
    }
    let newest: Vec<&(Id, Round)> = rounds.iter().rev().collect();
    let page = Page::of(newest.len(), PAGE, page);
    let shown = page.shown(&newest);
    let lines: Vec<String> = shown.iter().map(|(_, round)| line(words, round)).collect();
    let ways = shown.iter().map(|(id, round)| {
        let press = match listed {
            Listed::All => OpenPress::Show.on(*id),
            Listed::Open => JoinPress::Mine.on(*id),
        };
        Button::secondary(cut(&round.name, 80), press)
    });
    let message = Message::new(say!(words, first, count = rounds.len()))
        .embed(Embed::new(lines.join("\n")).color(COLOR))
        .buttons(ways);
    if page.count == 1 {
        return message;
    }
    message.buttons(page.turns(words, Style::Secondary, |to| RoundPress::List(listed, to).id()))
}

/// As many rounds as a page of a list shows: each has a button.
const PAGE: usize = 5;

/// Several rounds can be meant: the lines of those, with a way into each.
#[must_use]
pub fn which(words: Words<'_>, rounds: &[(Id, Round)], listed: Listed) -> Message {
    let message = list(words, rounds, listed, 0);
    match (rounds, listed) {
        ([], Listed::All) => Message::new(words.say("rounds-none-meant")),
        ([], Listed::Open) => message,
        _ => Message { content: words.say("rounds-which"), ..message },
    }
}

/// A round in a line.
#[must_use]
pub fn line(words: Words<'_>, round: &Round) -> String {
    let name = bold(&round.name);
    if round.stage == Stage::SignUp {
        let shape = shape(words, round.shape);
        return say!(words, "rounds-line-open", name = name, shape = shape, until = relative(round.until));
    }
    let stage = words.say(&format!("round-stage-{}", round.stage.word()));
    say!(words, "rounds-line", name = name, stage = stage)
}

/// Only who may manage the server may set it up.
#[must_use]
pub fn not_a_manager(words: Words<'_>) -> Message {
    Message::new(words.say("setup-not-a-manager"))
}

/// How the server is set up.
#[must_use]
pub fn setup(words: Words<'_>, setup: &Setup) -> Message {
    let who = match setup.organizers {
        Some(role) => say!(words, "setup-role", role = role_mention(role)),
        None => words.say("setup-no-role"),
    };
    let silence = say!(words, "setup-silence", days = setup.silent_days());
    let zone = match &setup.zone {
        Some(zone) => say!(words, "setup-zone", zone = plain(zone)),
        None => words.say("setup-no-zone"),
    };
    Message::new([who, silence, zone].join("\n"))
}

/// What was typed for it was not taken.
#[must_use]
pub fn not_set_up(why: String) -> Message {
    Message::new(why)
}

/// Somebody is left over: why, and what becomes of them.
#[must_use]
pub fn left_over(
    words: Words<'_>,
    (id, round): (Id, &Round),
    why: LeftReason,
    counts: (usize, usize),
) -> Message {
    let first = say!(words, "left-over-first", name = bold(&round.name));
    let how = match round.left_over {
        LeftOver::WaitList => "left-over-wait-list",
        LeftOver::LargerGroups | LeftOver::NextRound => "left-over-next-round",
    };
    let why = plan::views::left_told(words, why, counts);
    let leave = (round.left_over == LeftOver::WaitList)
        .then(|| Button::secondary(words.say("button-leave-list"), JoinPress::OffList.on(id)));
    Message::new(first).embed(Embed::new(format!("{why}\n{}", words.say(how))).color(COLOR)).buttons(leave)
}

/// Somebody withdrew after groups were found, for the organizer.
#[must_use]
pub fn withdrew(words: Words<'_>, round: &Round, who: &str, number: u16) -> Message {
    Message::new(say!(
        words,
        "round-told-withdrew",
        name = bold(&round.name),
        who = bold(who),
        number = number
    ))
    .embed(Embed::new(words.say("round-told-withdrew-how")).color(COLOR))
}

/// Nobody who signed up is called so, or several are.
#[must_use]
pub fn no_such_participant(words: Words<'_>, named: &str) -> Message {
    Message::new(say!(words, "round-no-such-participant", named = plain(&cut(named, 60))))
}

/// Somebody who takes part, as one of a list of choices, with their group.
#[must_use]
pub fn participant(words: Words<'_>, name: &str, group: Option<u16>) -> String {
    match group {
        Some(number) => say!(words, "round-participant", name = name, number = number),
        None => name.to_owned(),
    }
}
