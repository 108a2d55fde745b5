//! What is said of a round's next step at its time.

use jiff::Timestamp;

use super::press::LaterPress as P;
use crate::discord::message::{Button, Embed, Input, Message, Modal};

use crate::discord::text::{moment, relative};
use crate::id::Id;
use crate::members::views::COLOR;
use crate::rounds::open::press::OpenPress;
use crate::rounds::plan::press::PlanPress;
use crate::rounds::round::{Round, Stage};
use crate::rounds::views::bold;
use crate::say;
use crate::texts::Words;

/// What became of a step whose time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Sign-up is open.
    Opened,
    /// Sign-up would be over already.
    SignUpIsOver,
    /// Groups are being made.
    Publishes,
    /// No groups are found yet.
    NoGroups,
    /// Some mentors have not accepted their group.
    MentorsWait,
    /// A group breaks a rule by now.
    BreaksARule,
}

/// The form in which one says when.
#[must_use]
pub fn form(words: Words<'_>, (id, round): (Id, &Round), when: &str) -> Modal {
    let title = if round.stage == Stage::Draft { "form-open-later" } else { "form-publish-later" };
    let input = Input::line("when", words.say("field-later"))
        .required()
        .max(100)
        .value(when)
        .placeholder(words.say("field-later-example"));
    Modal::new(P::Form.on(id), words.say(title), [input])
}

/// The step comes at its time.
#[must_use]
pub fn planned(words: Words<'_>, (id, round): (Id, &Round), at: Timestamp) -> Message {
    let draft = round.stage == Stage::Draft;
    let first = if draft { "later-opens" } else { "later-publishes" };
    let how = if draft { "later-opens-how" } else { "later-publishes-how" };
    Message::new(say!(words, first, name = bold(&round.name), at = relative(at)))
        .embed(Embed::new(say!(words, how, at = moment(at))).color(COLOR))
        .buttons([
            Button::secondary(words.say("button-show"), OpenPress::Show.on(id)),
            Button::secondary(words.say("button-change-time"), P::Ask.on(id)),
            not_by_itself(words, id),
        ])
}

/// The button by which a step does not come by itself any more.
#[must_use]
pub fn not_by_itself(words: Words<'_>, id: Id) -> Button {
    Button::secondary(words.say("button-not-by-itself"), P::Forget.on(id))
}

/// Sign-up would open when it is to be over.
#[must_use]
pub fn too_late(words: Words<'_>, round: &Round) -> String {
    say!(words, "later-too-late", name = bold(&round.name), until = moment(round.until))
}

/// What became of it, for the organizer.
#[must_use]
pub fn told(words: Words<'_>, (id, round): (Id, &Round), told: Told) -> Message {
    let key = match told {
        Told::Opened => "later-told-opened",
        Told::SignUpIsOver => "later-told-over",
        Told::Publishes => "later-told-publishes",
        Told::NoGroups => "later-told-no-groups",
        Told::MentorsWait => "later-told-mentors",
        Told::BreaksARule => "later-told-rule",
    };
    let channel = format!("<#{}>", round.channel);
    let message = Message::new(say!(words, key, name = bold(&round.name), channel = channel));
    match told {
        Told::Opened | Told::Publishes => message,
        Told::SignUpIsOver => {
            message.buttons([Button::primary(words.say("button-edit"), OpenPress::Edit.on(id))])
        }
        Told::NoGroups => {
            message.buttons([Button::primary(words.say("button-find-anew"), PlanPress::Find.on(id))])
        }
        Told::MentorsWait | Told::BreaksARule => {
            message.buttons([Button::primary(words.say("button-publish"), PlanPress::Publish.on(id))])
        }
    }
}
