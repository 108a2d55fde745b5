//! What is said while a round's groups are made, and to each group.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::ice_breakers;
use super::press::PublishPress;
use super::times::Offer;
use super::times_views;
use crate::discord::message::{Button, Embed, Message};
use crate::discord::text::{cut, moment, plain, relative};
use crate::id::{ChannelId, EventId, GuildId, Id, UserId};
use crate::members::views::COLOR;
use crate::rounds::group::{Group, Room};
use crate::rounds::joining;
use crate::rounds::later::press::LaterPress;
use crate::rounds::plan::press::PlanPress;
use crate::rounds::plan::views::mention;
use crate::rounds::round::{Round, Stopped};
use crate::rounds::signup::SignUp;
use crate::rounds::views::bold;
use crate::say;
use crate::texts::Words;

/// Somebody in a group, with what they said of themselves.
#[derive(Clone, Debug)]
pub struct Someone {
    /// Who.
    pub user: UserId,
    /// What they said when they signed up.
    pub sign_up: SignUp,
    /// Their zone.
    pub zone: TimeZone,
}

/// Most characters of what stands of one person in an introduction.
const EACH: usize = 420;
/// Questions for a first meeting.
const QUESTIONS: usize = 3;

/// Asks whether to publish.
#[must_use]
pub fn ask_to_publish(words: Words<'_>, (id, round): (Id, &Round), groups: &[(u16, Group)]) -> Message {
    let open: Vec<&(u16, Group)> =
        groups.iter().filter(|(_, group)| group.mentor.is_some() && group.accepted != Some(true)).collect();
    let people: usize = groups.iter().map(|(_, group)| group.people.len()).sum();
    let count = groups.len();
    let name = bold(&round.name);
    let first = if round.accept && !open.is_empty() {
        let declined = open.iter().filter(|(_, group)| group.accepted == Some(false)).count();
        say!(
            words,
            "publish-waits",
            name = name,
            open = open.len() - declined,
            declined = declined,
            count = count
        )
    } else {
        say!(words, "publish-ask", name = name, count = count, people = people)
    };
    let key = if round.accept && !open.is_empty() { "button-publish-anyway" } else { "button-publish" };
    Message::new(first).buttons([
        Button::primary(words.say(key), PlanPress::PublishYes.on(id)),
        Button::secondary(words.say("button-publish-later"), LaterPress::Ask.on(id)),
        Button::secondary(words.say("button-show-groups"), PlanPress::Show(0).on(id)),
    ])
}

/// How far publishing is.
#[must_use]
pub fn progress(words: Words<'_>, (id, round): (Id, &Round), groups: &[(u16, Group)]) -> Message {
    let made = groups.iter().filter(|(_, group)| matches!(group.room, Room::In(_))).count();
    let name = bold(&round.name);
    let first = say!(words, "publish-progress", name = name, made = made, count = groups.len());
    let message = Message::new(first);
    if made == groups.len() {
        return message;
    }
    match round.stopped {
        Some(why) => stopped(words, (id, round), why)
            .buttons([Button::primary(words.say("button-go-on"), PublishPress::GoOn.on(id))]),
        None => {
            message.buttons([Button::secondary(words.say("button-refresh"), PublishPress::Progress.on(id))])
        }
    }
}

/// Discord refused a room, for the organizer.
#[must_use]
pub fn stopped(words: Words<'_>, (_, round): (Id, &Round), why: Stopped) -> Message {
    let channel = format!("<#{}>", round.channel);
    let why = match why {
        Stopped::NotAllowed => say!(words, "stopped-not-allowed", channel = channel),
        Stopped::NoChannel => words.say("stopped-no-channel"),
        Stopped::Full => words.say("stopped-full"),
        Stopped::Other(code) => say!(words, "stopped-other", code = code),
    };
    Message::new(say!(words, "publish-stopped", name = bold(&round.name)))
        .embed(Embed::new(why).color(COLOR).footer(words.say("publish-stopped-how")))
}

/// All groups are made, for the organizer.
#[must_use]
pub fn published(words: Words<'_>, (_, round): (Id, &Round), count: usize) -> Message {
    Message::new(say!(words, "publish-done", name = bold(&round.name), count = count))
}

/// What a group's thread or channel is called.
#[must_use]
pub fn room_name(words: Words<'_>, round: &Round, number: u16, names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| first_name(name)).collect();
    cut(
        &say!(words, "room-name", round = round.name.as_str(), number = number, names = names.join(", ")),
        100,
    )
}

fn first_name(name: &str) -> String {
    name.split_whitespace().next().unwrap_or(name).to_owned()
}

/// What a group reads first in its room: everybody is mentioned, and pinged.
#[must_use]
pub fn introduction(
    words: Words<'_>,
    (id, round): (Id, &Round),
    (number, group): (u16, &Group),
    people: &[Someone],
    offer: &Offer,
) -> Message {
    let all: Vec<String> = group.people.iter().map(|user| mention(*user)).collect();
    let first = say!(words, "intro-first", name = bold(&round.name), people = all.join(" "));
    let each: Vec<String> = people.iter().map(|it| introduced(words, group, it)).collect();
    let questions = ice_breakers::some(id.0.wrapping_add(u64::from(number)), QUESTIONS);
    let questions: Vec<String> = questions.iter().map(|it| format!("- {}", plain(it))).collect();
    let steps = say!(words, "intro-steps", weeks = round.weeks, every = round.every);
    let embed = Embed::new(each.join("\n\n"))
        .color(COLOR)
        .field(words.say("intro-steps-name"), steps, false)
        .field(words.say("intro-questions"), questions.join("\n"), false)
        .field(words.say(times_views::name(offer)), times_views::listed(words, group, offer), false)
        .footer(words.say("intro-footer"));
    let message = Message::new(first).embed(embed).pinging(group.people.iter().copied());
    times_views::with_choice(words, message, (id, round), number, (offer, "intro-times-menu"))
}

/// Somebody as they introduced themselves when they signed up.
#[must_use]
pub fn introduced(words: Words<'_>, group: &Group, it: &Someone) -> String {
    let said = &it.sign_up;
    let role = if group.mentor == Some(it.user) {
        words.say("intro-mentor")
    } else if group.sponsor == Some(it.user) {
        words.say("intro-sponsor")
    } else {
        String::new()
    };
    let listed = |key: &str, all: &[String]| {
        (!all.is_empty()).then(|| say!(words, key, all = plain(&cut(&all.join(", "), 160))))
    };
    let times = joining::views::half_days(words, &said.half_days);
    let zone = it.zone.iana_name().unwrap_or_default().to_owned();
    let lines = [
        listed("intro-topics", &said.topics),
        listed("intro-goals", &said.goals),
        listed("intro-fields", &said.fields),
        (!said.half_days.is_empty())
            .then(|| say!(words, "intro-has-time", times = times, zone = plain(&zone))),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    cut(&format!("{}{role}\n{}", mention(it.user), lines.join("\n")), EACH)
}

/// Everybody in a group but one, by name, the mentor first; with who is mentor and who sponsor.
#[must_use]
pub fn others(words: Words<'_>, group: &Group, to: &Someone, people: &[Someone]) -> String {
    let named = |it: &Someone| {
        let name = bold(&cut(&it.sign_up.name, 60));
        if group.mentor == Some(it.user) {
            say!(words, "your-group-mentor", name = name)
        } else if group.sponsor == Some(it.user) {
            say!(words, "your-group-sponsor", name = name)
        } else {
            name
        }
    };
    let others = people.iter().filter(|it| it.user != to.user);
    others.map(named).collect::<Vec<_>>().join(", ")
}

/// A DM to somebody about their group.
#[must_use]
pub fn your_group(
    words: Words<'_>,
    (_, round): (Id, &Round),
    group: &Group,
    (to, people): (&Someone, &[Someone]),
    room: ChannelId,
) -> Message {
    let first = say!(words, "your-group-first", name = bold(&round.name));
    let others = others(words, group, to, people);
    let how = say!(words, "your-group-how", people = others, room = format!("<#{room}>"));
    let url = format!("https://discord.com/channels/{}/{room}", round.guild);
    Message::new(first)
        .embed(Embed::new(how).color(COLOR).footer(words.say("your-group-footer")))
        .buttons([Button::link(words.say("button-open-room"), &url)])
}

/// Asks a mentor whether they take a group.
#[must_use]
pub fn ask_mentor(
    words: Words<'_>,
    (id, round): (Id, &Round),
    number: u16,
    group: &Group,
    people: &[Someone],
) -> Message {
    let each: Vec<String> = people
        .iter()
        .filter(|it| group.mentor != Some(it.user))
        .map(|it| introduced(words, group, it))
        .collect();
    Message::new(say!(words, "accept-first", name = bold(&round.name), count = each.len()))
        .embed(Embed::new(each.join("\n\n")).color(COLOR).footer(words.say("accept-footer")))
        .buttons([
            Button::primary(words.say("button-accept"), PlanPress::Accept(number).on(id)),
            Button::secondary(words.say("button-decline"), PlanPress::Decline(number).on(id)),
        ])
}

/// A mentor has answered.
#[must_use]
pub fn answered(words: Words<'_>, round: &Round, yes: bool) -> Message {
    let key = if yes { "accept-accepted" } else { "accept-declined" };
    Message::new(say!(words, key, name = bold(&round.name)))
}

/// A mentor declined, for the organizer.
#[must_use]
pub fn declined(words: Words<'_>, (_, round): (Id, &Round), mentor: UserId, number: u16) -> Message {
    let mentor = mention(mentor);
    Message::new(say!(words, "accept-told", name = bold(&round.name), mentor = mentor, number = number))
        .embed(Embed::new(words.say("accept-told-how")).color(COLOR))
}

/// What a mentor answers to is another by now.
#[must_use]
pub fn too_late(words: Words<'_>, round: &Round) -> Message {
    Message::new(say!(words, "accept-too-late", name = bold(&round.name)))
}

/// It is another group's.
#[must_use]
pub fn not_your_group(words: Words<'_>) -> Message {
    Message::new(words.say("meeting-not-yours"))
}

/// The time is over.
#[must_use]
pub fn time_is_over(words: Words<'_>) -> Message {
    Message::new(words.say("meeting-over"))
}

/// A time was chosen.
#[must_use]
pub fn time_chosen(words: Words<'_>, at: Timestamp) -> Message {
    Message::new(say!(words, "meeting-chosen", at = moment(at)))
}

/// The group reads that somebody chose a time; `event` is the press that makes it an event.
#[must_use]
pub fn meeting(words: Words<'_>, by: UserId, group: &Group, at: Timestamp, event: String) -> Message {
    let first = say!(words, "meeting-said", by = mention(by), at = moment(at), when = relative(at));
    Message::new(first)
        .pinging(group.others(by))
        .buttons([Button::secondary(words.say("button-make-event"), event)])
}

/// What a meeting's event is called.
#[must_use]
pub fn event_name(words: Words<'_>, round: &Round, number: u16) -> String {
    cut(&say!(words, "event-name", round = round.name.as_str(), number = number), 100)
}

/// What it is about.
#[must_use]
pub fn event_about(words: Words<'_>, round: &Round) -> String {
    say!(words, "event-about", round = round.name.as_str())
}

/// Where it is. Names are private to the group, and everybody in the server sees the event.
#[must_use]
pub fn event_place(words: Words<'_>, group: &Group) -> String {
    match group.channel() {
        Some(channel) => format!("<#{channel}>"),
        None => words.say("event-place"),
    }
}

/// The event was asked for.
#[must_use]
pub fn event_asked(words: Words<'_>) -> Message {
    Message::new(words.say("event-asked"))
}

fn event_url(guild: GuildId, event: EventId) -> String {
    format!("https://discord.com/events/{guild}/{event}")
}

/// The event is there already.
#[must_use]
pub fn event_is_there(words: Words<'_>, guild: GuildId, event: EventId) -> Message {
    let url = event_url(guild, event);
    Message::new(words.say("event-is-there")).buttons([Button::link(words.say("button-open-event"), &url)])
}

/// The event was made, for the group.
#[must_use]
pub fn event_made(words: Words<'_>, guild: GuildId, event: EventId) -> Message {
    let url = event_url(guild, event);
    Message::new(words.say("event-made")).buttons([Button::link(words.say("button-open-event"), &url)])
}

/// The event was refused, for the group.
#[must_use]
pub fn event_refused(words: Words<'_>, why: Stopped) -> Message {
    Message::new(words.say(match why {
        Stopped::NotAllowed => "event-not-allowed",
        _ => "event-refused",
    }))
}
