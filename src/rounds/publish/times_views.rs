//! What is said of times to meet: those that would do, and the form in which somebody suggests another.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::press::PublishPress;
use super::times::Offer;
use crate::discord::message::{Button, Choice, Input, Menu, Message, Modal};
use crate::discord::text::moment;
use crate::id::Id;
use crate::rounds::group::Group;
use crate::rounds::plan::views::mention;
use crate::rounds::round::Round;
use crate::rounds::views::bold;
use crate::say;
use crate::texts::Words;
use crate::when::in_short;

/// The times that would do, as everybody reads their own; or that there are none, and what to do then.
#[must_use]
pub fn listed(words: Words<'_>, group: &Group, offer: &Offer) -> String {
    if offer.times.is_empty() {
        return words.say("intro-no-times");
    }
    let times = offer.times.iter().map(|at| format!("- {}", moment(*at)));
    let sponsor = group.sponsor.filter(|_| offer.but_sponsor);
    let sponsor = sponsor.map(|it| say!(words, "intro-times-sponsor", sponsor = mention(it)));
    times.chain(sponsor).collect::<Vec<_>>().join("\n")
}

/// What the times are called.
#[must_use]
pub fn name(offer: &Offer) -> &'static str {
    if offer.but_sponsor { "intro-times-others" } else { "intro-times" }
}

/// The message with a menu of the times that would do, where there are such, and the button to suggest another.
#[must_use]
pub fn with_choice(
    words: Words<'_>,
    message: Message,
    (id, round): (Id, &Round),
    number: u16,
    (offer, placeholder): (&Offer, &str),
) -> Message {
    let suggest = Button::secondary(words.say("button-suggest-time"), PublishPress::Suggest(number).on(id));
    if offer.times.is_empty() {
        return message.buttons([suggest]);
    }
    let zone = TimeZone::get(&round.zone).unwrap_or(TimeZone::UTC);
    let choices = offer.times.iter().map(|at| {
        let label = in_short(&at.to_zoned_datetime(zone.clone()), *at);
        Choice::new(format!("{label} ({})", round.zone), at.as_second().to_string())
    });
    let menu = Menu::new(PublishPress::Meet(number).on(id), words.say(placeholder), choices);
    message.menu(menu).buttons([suggest])
}

/// The form in which somebody suggests a time.
#[must_use]
pub fn form(words: Words<'_>, (id, number): (Id, u16), when: &str) -> Modal {
    let input = Input::line("when", words.say("field-suggest-time"))
        .required()
        .max(100)
        .value(when)
        .placeholder(words.say("field-suggest-time-example"));
    Modal::new(PublishPress::SuggestForm(number).on(id), words.say("form-suggest-time"), [input])
}

/// A time that was not taken as it was typed.
#[must_use]
pub fn misread(words: Words<'_>, why: &str) -> String {
    format!("{why} {}", words.say("suggest-time-try"))
}

/// A time after the round's end.
#[must_use]
pub fn too_late(words: Words<'_>, round: &Round, ends: Timestamp) -> String {
    say!(words, "suggest-time-too-late", name = bold(&round.name), ends = moment(ends))
}
