//! What people read while a round runs.

mod organizer;
mod part;

use jiff::Timestamp;

pub use organizer::{
    Told, attention, changed, not_running, proposal, room_is_made, room_lost, room_tried, told_left,
};
pub use part::{
    Seen, ask_to_leave, left, left_already, meeting_is_over, mine, no_meeting_left, not_running_yet,
    pause_form, pause_misread, pause_over, pause_too_long, paused, skipped, stays, takes_no_part, unskipped,
};

use super::course::{Answer, Pulse, Why};
use super::members::Next;
use super::press::{RunPress as P, Said};
use crate::discord::message::{Button, Choice, Embed, Input, Menu, Message, Modal};
use crate::discord::text::{day, moment, plain, relative};
use crate::id::{ChannelId, GuildId, Id, UserId};
use crate::members::views::COLOR;
use crate::rounds::group::Group;
use crate::rounds::plan::views::mention;
use crate::rounds::publish::press::PublishPress;
use crate::rounds::publish::times::Offer;
use crate::rounds::publish::times_views;
use crate::rounds::publish::views::{Someone, introduced, others};
use crate::rounds::round::Round;
use crate::rounds::views::bold;
use crate::say;
use crate::texts::Words;

fn open_room(words: Words<'_>, guild: GuildId, room: Option<ChannelId>) -> Option<Button> {
    let url = room.map(|room| format!("https://discord.com/channels/{guild}/{room}"));
    url.map(|url| Button::link(words.say("button-open-room"), &url))
}

fn named(names: &[String]) -> String {
    names.iter().map(|name| bold(name)).collect::<Vec<_>>().join(", ")
}

/// Asks somebody whether their group met.
#[must_use]
pub fn check_in(
    words: Words<'_>,
    (id, round): (Id, &Round),
    (number, group): (u16, &Group),
    nth: u16,
    to: UserId,
) -> Message {
    let others: Vec<String> = group.others(to).map(mention).collect();
    let first = say!(words, "check-in-first", name = bold(&round.name));
    let how = say!(
        words,
        "check-in-how",
        people = others.join(", "),
        nth = nth,
        meetings = round.meetings(),
        room = group.channel().map(|room| format!("<#{room}>")).unwrap_or_default()
    );
    Message::new(first)
        .embed(Embed::new(how).color(COLOR).footer(words.say("check-in-footer")))
        .buttons(answers(words, id, (number, nth), None))
}

/// The buttons for what somebody can answer, without what they did.
fn answers(
    words: Words<'_>,
    id: Id,
    (number, nth): (u16, u16),
    given: Option<Answer>,
) -> impl Iterator<Item = Button> {
    Answer::ALL.into_iter().filter(move |(it, _)| Some(*it) != given).map(move |(it, word)| {
        let label = words.say(&format!("button-{word}"));
        let press = P::Answer(number, nth, Said::from(it)).on(id);
        if it == Answer::Met { Button::primary(label, press) } else { Button::secondary(label, press) }
    })
}

/// A check-in was answered; `next` is by when the group is to meet next.
#[must_use]
pub fn answered(
    words: Words<'_>,
    (id, round): (Id, &Round),
    (number, group): (u16, &Group),
    nth: u16,
    answer: Answer,
    next: Option<Timestamp>,
) -> Message {
    let first = words.say(&format!("check-in-said-{}", answer.word()));
    let next = next.map_or(words.say("check-in-no-next"), |at| say!(words, "check-in-next", at = day(at)));
    let next = if answer == Answer::NotYet {
        format!("{}\n{next}", words.say("check-in-not-yet-how"))
    } else {
        next
    };
    let change = Button::secondary(words.say("button-other-answer"), P::Ask(number, nth).on(id));
    let suggest = (answer == Answer::NotYet)
        .then(|| Button::primary(words.say("button-suggest-time"), PublishPress::Suggest(number).on(id)));
    let room = open_room(words, round.guild, group.channel());
    let buttons = suggest.into_iter().chain([change]).chain(room);
    Message::new(first).embed(Embed::new(next).color(COLOR)).buttons(buttons)
}

/// Asks whom somebody cannot reach.
#[must_use]
pub fn whom(words: Words<'_>, id: Id, (number, nth): (u16, u16), names: &[(UserId, String)]) -> Message {
    let choices = names.iter().map(|(user, name)| Choice::new(name, user.to_string()));
    let most = u8::try_from(names.len()).unwrap_or(u8::MAX);
    let message = Message::new(words.say("check-in-whom"));
    let message = if names.is_empty() {
        message
    } else {
        message.menu(
            Menu::new(P::Who(number, nth).on(id), words.say("check-in-whom-menu"), choices).many(1, most),
        )
    };
    message.buttons(answers(words, id, (number, nth), Some(Answer::CannotReach)))
}

/// Whom they cannot reach is noted: what follows.
#[must_use]
pub fn noted_whom(
    words: Words<'_>,
    id: Id,
    (number, nth): (u16, u16),
    names: &[String],
    pausing: &[(String, Timestamp)],
    days: u8,
) -> Message {
    let how = say!(words, "check-in-noted-how", people = named(names), days = days);
    let pausing = pausing
        .iter()
        .map(|(name, until)| say!(words, "check-in-pauses", name = bold(name), until = moment(*until)));
    let lines: Vec<String> = std::iter::once(how).chain(pausing).collect();
    Message::new(words.say("check-in-noted"))
        .embed(Embed::new(lines.join("\n")).color(COLOR))
        .buttons([Button::secondary(words.say("button-other-answer"), P::Ask(number, nth).on(id))])
}

/// Somebody is told that their group cannot reach them; not who said so.
#[must_use]
pub fn not_reached(words: Words<'_>, (id, round): (Id, &Round), room: Option<ChannelId>) -> Message {
    let buttons = [
        Button::primary(words.say("button-here"), P::Here.on(id)),
        Button::secondary(words.say("button-pause-round"), P::Pause.on(id)),
        Button::secondary(words.say("button-leave-round"), P::Leave.on(id)),
    ];
    Message::new(say!(words, "not-reached-first", name = bold(&round.name)))
        .embed(Embed::new(words.say("not-reached-how")).color(COLOR))
        .buttons(buttons.into_iter().chain(open_room(words, round.guild, room)))
}

/// The group reads that somebody is there.
#[must_use]
pub fn is_here(words: Words<'_>, user: UserId, group: &Group) -> Message {
    Message::new(say!(words, "room-here", user = mention(user))).pinging(group.others(user))
}

/// They said that they are there.
#[must_use]
pub fn told_here(words: Words<'_>, round: &Round, group: &Group) -> Message {
    Message::new(words.say("here-told")).buttons(open_room(words, round.guild, group.channel()))
}

/// There is nothing of theirs to answer.
#[must_use]
pub fn nothing_to_answer(words: Words<'_>) -> Message {
    Message::new(words.say("run-nothing-to-answer"))
}

/// The round does not run any more.
#[must_use]
pub fn too_late(words: Words<'_>, round: &Round) -> Message {
    let key = if round.stage.is_open() { "run-too-late" } else { "run-over" };
    Message::new(say!(words, key, name = bold(&round.name)))
}

/// They are in another group by now, or in none.
#[must_use]
pub fn no_longer_in(words: Words<'_>, round: &Round, number: u16) -> Message {
    Message::new(say!(words, "run-no-longer-in", name = bold(&round.name), number = number))
}

/// A group is reminded of a meeting that it agreed on.
#[must_use]
pub fn reminder_of(words: Words<'_>, round: &Round, at: Timestamp, who: &[UserId]) -> Message {
    let people: Vec<String> = who.iter().copied().map(mention).collect();
    let first = say!(
        words,
        "room-remind-agreed",
        name = bold(&round.name),
        people = people.join(" "),
        at = moment(at),
        when = relative(at)
    );
    Message::new(first).pinging(who.iter().copied())
}

/// A group is reminded to agree on a time, with those that would do for all.
#[must_use]
pub fn reminder(
    words: Words<'_>,
    (id, round): (Id, &Round),
    (number, group): (u16, &Group),
    (by, offer): (Timestamp, &Offer),
    who: &[UserId],
) -> Message {
    let people: Vec<String> = who.iter().copied().map(mention).collect();
    let (name, people) = (bold(&round.name), people.join(" "));
    let first = if offer.late {
        say!(words, "room-remind-late", name = name, people = people)
    } else {
        say!(words, "room-remind", name = name, people = people, by = day(by))
    };
    let listed = times_views::listed(words, group, offer);
    let embed = if offer.times.is_empty() {
        Embed::new(listed)
    } else {
        Embed::default().field(words.say(times_views::name(offer)), listed, false)
    };
    let message = Message::new(first).pinging(who.iter().copied()).embed(embed.color(COLOR));
    times_views::with_choice(words, message, (id, round), number, (offer, "room-times-menu"))
}

/// Asks somebody how it is going.
#[must_use]
pub fn pulse(words: Words<'_>, (id, round): (Id, &Round)) -> Message {
    let scores = (1..=5_u8)
        .map(|score| Button::secondary(words.say(&format!("button-pulse-{score}")), P::Pulse(score).on(id)));
    Message::new(say!(words, "pulse-first", name = bold(&round.name)))
        .embed(Embed::new(words.say("pulse-how")).color(COLOR))
        .buttons(scores)
}

/// They said how it is going.
#[must_use]
pub fn pulse_said(words: Words<'_>, (id, round): (Id, &Round), said: &Pulse) -> Message {
    let score = words.say(&format!("button-pulse-{}", said.score));
    let message = Message::new(say!(words, "pulse-said", name = bold(&round.name), score = score));
    let message = if said.word.is_empty() {
        message
    } else {
        message.embed(Embed::new(format!("> {}", plain(&said.word))).color(COLOR))
    };
    let key = if said.word.is_empty() { "button-word" } else { "button-edit-word" };
    message.buttons([
        Button::primary(words.say(key), P::Word.on(id)),
        Button::secondary(words.say("button-other-answer"), P::PulseAgain.on(id)),
    ])
}

/// The form for a word to it.
#[must_use]
pub fn word_form(words: Words<'_>, id: Id, last: &Pulse) -> Modal {
    let input = Input::paragraph("word", words.say("field-word")).max(super::pulse::WORD).value(&last.word);
    Modal::new(P::WordForm.on(id), words.say("form-word"), [input])
}

/// The group reads that somebody cannot come, or can after all. Nobody is told why.
#[must_use]
pub fn skips(words: Words<'_>, user: UserId, next: Next, skips: bool) -> Message {
    let key = if skips { "room-skips" } else { "room-comes" };
    Message::new(say!(words, key, user = mention(user), meeting = which(words, next)))
}

/// Which meeting is meant: its time where one is agreed on, else the day by which it is to be.
fn which(words: Words<'_>, next: Next) -> String {
    match next {
        Next::Agreed(at) => say!(words, "meeting-agreed", at = moment(at)),
        Next::By(by) => say!(words, "meeting-planned", by = day(by)),
    }
}

/// The group reads that somebody pauses, or is back.
#[must_use]
pub fn pauses(words: Words<'_>, user: UserId, until: Option<Timestamp>) -> Message {
    Message::new(match until {
        Some(until) => say!(words, "room-pauses", user = mention(user), until = moment(until)),
        None => say!(words, "room-back", user = mention(user)),
    })
}

/// The group reads that somebody left.
#[must_use]
pub fn room_left(words: Words<'_>, name: &str, why: Why) -> Message {
    let key = match why {
        Why::Own => "room-left",
        Why::Server => "room-left-server",
        Why::NoShow | Why::Silent => "room-left-out",
    };
    Message::new(say!(words, key, name = bold(name)))
}

/// A mentor's people are told that nothing came from them for a while.
#[must_use]
pub fn mentor_silent(words: Words<'_>, round: &Round) -> Message {
    Message::new(say!(words, "mentor-silent", name = bold(&round.name)))
        .embed(Embed::new(words.say("mentor-silent-how")).color(COLOR))
}

/// Somebody's place was given away.
#[must_use]
pub fn place_given(words: Words<'_>, round: &Round, why: Why) -> Message {
    let how = if why == Why::Silent { "place-given-silent" } else { "place-given-no-show" };
    Message::new(say!(words, "place-given", name = bold(&round.name)))
        .embed(Embed::new(words.say(how)).color(COLOR))
}

/// A group reads who comes into it.
#[must_use]
pub fn welcome(
    words: Words<'_>,
    round: &Round,
    group: &Group,
    coming: &[UserId],
    people: &[Someone],
) -> Message {
    let new: Vec<&Someone> = people.iter().filter(|it| coming.contains(&it.user)).collect();
    let mentions: Vec<String> = new.iter().map(|it| mention(it.user)).collect();
    let each: Vec<String> = new.iter().map(|it| introduced(words, group, it)).collect();
    let first =
        say!(words, "room-welcome", name = bold(&round.name), people = mentions.join(" "), count = new.len());
    Message::new(first)
        .embed(Embed::new(each.join("\n\n")).color(COLOR).footer(words.say("room-welcome-footer")))
        .pinging(group.people.iter().copied())
}

/// A room reads that people of it go on in another one.
#[must_use]
pub fn goes_on_in(words: Words<'_>, people: &[UserId], room: Option<ChannelId>) -> Message {
    let people: Vec<String> = people.iter().copied().map(mention).collect();
    let (people, count) = (people.join(" "), people.len());
    Message::new(match room {
        Some(room) => {
            say!(words, "room-goes-on", people = people, count = count, room = format!("<#{room}>"))
        }
        None => say!(words, "room-goes-on-elsewhere", people = people, count = count),
    })
}

/// Somebody has a place in a group by now.
#[must_use]
pub fn your_new_group(
    words: Words<'_>,
    round: &Round,
    group: &Group,
    (to, people): (&Someone, &[Someone]),
    room: Option<ChannelId>,
) -> Message {
    let others = others(words, group, to, people);
    let room_link = room.map(|room| format!("<#{room}>")).unwrap_or_default();
    let how = say!(words, "your-group-how", people = others, room = room_link);
    Message::new(say!(words, "your-new-group", name = bold(&round.name)))
        .embed(Embed::new(how).color(COLOR).footer(words.say("your-group-footer")))
        .buttons(open_room(words, round.guild, room))
}

/// People come into somebody's group.
#[must_use]
pub fn joins_you(words: Words<'_>, round: &Round, new: &[&str], room: Option<ChannelId>) -> Message {
    let names: Vec<String> = new.iter().map(|name| bold(name)).collect();
    let first =
        say!(words, "joins-you", name = bold(&round.name), people = names.join(", "), count = new.len());
    Message::new(first).buttons(open_room(words, round.guild, room))
}
