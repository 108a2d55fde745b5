//! What people read of their own part in a round that runs.

use jiff::Timestamp;

use super::{open_room, which};
use crate::discord::message::{Button, Embed, Input, Message, Modal};
use crate::discord::text::{day, moment, relative};
use crate::id::{Id, UserId};
use crate::members::views::COLOR;
use crate::rounds::group::Group;
use crate::rounds::joining::press::JoinPress;
use crate::rounds::plan::views::mention;
use crate::rounds::round::Round;
use crate::rounds::running::course::{Course, Part};
use crate::rounds::running::members::Next;
use crate::rounds::running::press::RunPress as P;
use crate::rounds::running::schedule::planned;
use crate::rounds::running::store::Meeting;
use crate::rounds::views::bold;
use crate::say;
use crate::texts::Words;

/// What somebody's own view of their group is made of.
pub struct Seen<'a> {
    /// How far the group is.
    pub course: &'a Course,
    /// Their part in the round.
    pub part: &'a Part,
    /// The meetings that were asked about.
    pub meetings: &'a [Meeting],
    /// The others, with what they are called.
    pub names: &'a [(UserId, String)],
    /// Which meeting is next.
    pub next: Option<u16>,
    /// When it is looked at.
    pub now: Timestamp,
}

/// Somebody's group, when it meets, how it went so far.
#[must_use]
pub fn mine(
    words: Words<'_>,
    (id, round): (Id, &Round),
    (number, group): (u16, &Group),
    it: &Seen<'_>,
) -> Message {
    let people: Vec<String> = it
        .names
        .iter()
        .map(|(user, name)| {
            let role = if group.mentor == Some(*user) {
                words.say("intro-mentor")
            } else if group.sponsor == Some(*user) {
                words.say("intro-sponsor")
            } else {
                String::new()
            };
            format!("{} ({}){role}", bold(name), mention(*user))
        })
        .collect();
    let people = if people.is_empty() { words.say("mine-alone") } else { people.join("\n") };
    let agreed = group.meeting.map(|meeting| meeting.at).filter(|at| *at > it.now);
    let next = match (agreed, it.next.zip(round.began)) {
        (Some(at), _) => say!(words, "mine-agreed", at = moment(at), when = relative(at)),
        (None, Some((nth, began))) => say!(words, "mine-next", by = day(planned(round, began, nth))),
        (None, None) => words.say("mine-no-next"),
    };
    let skips = it.next.is_some_and(|nth| it.part.skips.contains(&nth));
    let pause = it.part.paused.filter(|until| *until > it.now);
    let own = [
        skips.then(|| words.say("mine-skips")),
        pause.map(|until| say!(words, "mine-pauses", until = moment(until))),
    ];
    let own: Vec<String> = own.into_iter().flatten().collect();
    let room = group.channel().map_or(words.say("mine-no-room"), |room| format!("<#{room}>"));
    let embed = Embed::new(people)
        .color(COLOR)
        .field(words.say("mine-room"), room, true)
        .field(words.say("mine-next-name"), next, true)
        .field(words.say("mine-so-far"), so_far(words, it.meetings), false)
        .field(words.say("mine-you"), own.join("\n"), false);
    let skip = match it.next {
        Some(nth) if skips => Some(Button::secondary(words.say("button-unskip"), P::Unskip(nth).on(id))),
        Some(_) => Some(Button::secondary(words.say("button-skip-meeting"), P::Skip.on(id))),
        None => None,
    };
    let pause = if pause.is_some() {
        Button::secondary(words.say("button-resume-round"), P::Resume.on(id))
    } else {
        Button::secondary(words.say("button-pause-round"), P::Pause.on(id))
    };
    let leave = Button::secondary(words.say("button-leave-round"), P::Leave.on(id));
    let buttons =
        skip.into_iter().chain([pause, leave]).chain(open_room(words, round.guild, group.channel()));
    Message::new(say!(words, "mine-first", name = bold(&round.name), number = number))
        .embed(embed)
        .buttons(buttons)
}

fn so_far(words: Words<'_>, meetings: &[Meeting]) -> String {
    if meetings.is_empty() {
        return words.say("mine-nothing-yet");
    }
    let each = meetings.iter().map(|meeting| {
        let answered = meeting.answers.iter().any(|(_, it)| it.answer.is_some());
        let key = match (meeting.met, answered) {
            (true, _) => "mine-met",
            (false, true) => "mine-not-met",
            (false, false) => "mine-no-answer",
        };
        say!(words, key, nth = meeting.nth)
    });
    each.collect::<Vec<_>>().join("\n")
}

/// The round has no groups yet.
#[must_use]
pub fn not_running_yet(words: Words<'_>, id: Id, round: &Round) -> Message {
    Message::new(say!(words, "run-not-yet", name = bold(&round.name)))
        .buttons([Button::secondary(words.say("button-my-sign-up"), JoinPress::Mine.on(id))])
}

/// Somebody has left already.
#[must_use]
pub fn left_already(words: Words<'_>, round: &Round) -> Message {
    Message::new(say!(words, "join-left", name = bold(&round.name)))
}

/// Somebody takes no part.
#[must_use]
pub fn takes_no_part(words: Words<'_>, round: &Round) -> Message {
    Message::new(say!(words, "run-no-part", name = bold(&round.name)))
}

/// There is no meeting left.
#[must_use]
pub fn no_meeting_left(words: Words<'_>, round: &Round) -> Message {
    Message::new(say!(words, "skip-none-left", name = bold(&round.name)))
}

/// A meeting is skipped.
#[must_use]
pub fn skipped(words: Words<'_>, (id, round): (Id, &Round), nth: u16, next: Next) -> Message {
    Message::new(say!(words, "skip-done", name = bold(&round.name), meeting = which(words, next)))
        .buttons([Button::secondary(words.say("button-unskip"), P::Unskip(nth).on(id))])
}

/// It is not skipped any more.
#[must_use]
pub fn unskipped(words: Words<'_>, round: &Round) -> Message {
    Message::new(say!(words, "skip-undone", name = bold(&round.name)))
}

/// That meeting is over.
#[must_use]
pub fn meeting_is_over(words: Words<'_>, round: &Round) -> Message {
    Message::new(say!(words, "skip-over", name = bold(&round.name)))
}

/// Asks whether somebody leaves.
#[must_use]
pub fn ask_to_leave(words: Words<'_>, (id, round): (Id, &Round), group: &Group, own: UserId) -> Message {
    let key = if group.mentor == Some(own) { "leave-ask-mentor" } else { "leave-ask-how" };
    Message::new(say!(words, "leave-ask", name = bold(&round.name)))
        .embed(Embed::new(words.say(key)).color(COLOR))
        .buttons([
            Button::danger(words.say("button-leave-round"), P::LeaveYes.on(id)),
            Button::secondary(words.say("button-pause-instead"), P::Pause.on(id)),
            Button::secondary(words.say("button-keep"), P::Mine.on(id)),
        ])
}

/// They left.
#[must_use]
pub fn left(words: Words<'_>, (id, round): (Id, &Round), told: Timestamp) -> Message {
    Message::new(say!(words, "leave-done", name = bold(&round.name), at = relative(told)))
        .buttons([Button::secondary(words.say("button-undo"), P::Stay.on(id))])
}

/// They took it back.
#[must_use]
pub fn stays(words: Words<'_>, (id, round): (Id, &Round)) -> Message {
    Message::new(say!(words, "leave-undone", name = bold(&round.name)))
        .buttons([Button::secondary(words.say("button-my-group"), P::Mine.on(id))])
}

/// Somebody pauses.
#[must_use]
pub fn paused(words: Words<'_>, (id, round): (Id, &Round), until: Timestamp) -> Message {
    Message::new(say!(words, "pause-round-set", name = bold(&round.name), until = moment(until)))
        .buttons([Button::secondary(words.say("button-resume-round"), P::Resume.on(id))])
}

/// The form for a pause.
#[must_use]
pub fn pause_form(words: Words<'_>, id: Id, until: &str) -> Modal {
    let input = Input::line("until", words.say("field-pause-until"))
        .required()
        .max(100)
        .value(until)
        .placeholder(words.say("field-pause-until-example"));
    Modal::new(P::PauseForm.on(id), words.say("form-pause-round"), [input])
}

/// A pause that was not understood.
#[must_use]
pub fn pause_misread(words: Words<'_>, why: &str) -> String {
    format!("{why} {}", words.say("pause-round-try"))
}

/// A pause that would last longer than the round.
#[must_use]
pub fn pause_too_long(words: Words<'_>, round: &Round, ends: Timestamp) -> String {
    say!(words, "pause-round-too-long", name = bold(&round.name), ends = moment(ends))
}

/// A pause is over, by when the group meets next.
#[must_use]
pub fn pause_over(words: Words<'_>, (id, round): (Id, &Round), group: &Group, next: Option<Next>) -> Message {
    let first = say!(words, "pause-round-over", name = bold(&round.name));
    let how = match next {
        Some(Next::Agreed(at)) => say!(words, "check-in-next-agreed", at = moment(at)),
        Some(Next::By(by)) => say!(words, "check-in-next", at = day(by)),
        None => words.say("check-in-no-next"),
    };
    let mine = Button::primary(words.say("button-my-group"), P::Mine.on(id));
    let buttons = std::iter::once(mine).chain(open_room(words, round.guild, group.channel()));
    Message::new(first).embed(Embed::new(how).color(COLOR)).buttons(buttons)
}
