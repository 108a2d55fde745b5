//! Nudges that are shown together: a digest, which came as one letter, and the inbox.
//!
//! A line each says who and why. Each has a row with its name and the buttons that its letter would
//! have; where rows run out, a menu picks the one to act on. One that is picked is shown as its
//! letter, with the way back below it.

pub mod acts;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::because::because;
use super::press::NudgePress;
use super::rank::Place;
use super::{Because, Came, Source, State, views};
use crate::connections::{Connection, Turn};
use crate::discord::answer::Show;
use crate::discord::custom_id::{CustomId, Press as _};
use crate::discord::message::{Button, Choice, Component, DESCRIPTION, Embed, Menu, Message, OPTIONS, Style};
use crate::discord::router::Pressed;
use crate::discord::text::{cut, day, plain, plain_within, relative, whole_words};
use crate::id::Id;
use crate::members::views::COLOR;
use crate::say;
use crate::texts::Words;

/// Most nudges in a digest: as many as a menu has room for.
pub const MOST: usize = OPTIONS;
/// Nudges on a page of the inbox.
pub const PAGE: usize = 10;
/// How long the names in the first line are together, in characters.
const NAMES: usize = 60;
/// How long a name on a button is, in characters: Discord takes 80, a phone shows fewer.
const NAME: usize = 30;
/// How long a reason is, and whom it is about, in characters; less where all lines would not fit into an embed.
const LINE: usize = 150;
/// Up to so many nudges have a row of buttons each; one row is kept for what concerns all.
const ROWS: usize = 4;

/// A digest: the nudges that came in it, in their order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Digest {
    /// Which.
    pub entries: Vec<Id>,
    /// Whether it is a week's.
    #[serde(default)]
    pub week: bool,
    /// Since when it waited to leave, where the member could not be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waited: Option<Timestamp>,
}

/// What nudges are shown together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bundle {
    /// Those of a digest.
    Digest(Id),
    /// A page of those that wait to be answered, from 0.
    Inbox(u16),
}

/// A nudge that came, and whom it is about.
pub type Entry = (Came, Option<Connection>);

impl Bundle {
    /// The bundle that a message shows, or shows a nudge of.
    #[must_use]
    pub fn of(message: &Message) -> Option<Self> {
        message.components.iter().flat_map(|row| &row.components).find_map(|component| {
            let custom_id = match component {
                Component::Menu(menu) => &menu.custom_id,
                Component::Button(button) => button.custom_id.as_ref()?,
            };
            match CustomId::parse(custom_id)?.press()? {
                NudgePress::Entry(bundle) | NudgePress::EntryOf(bundle, _) | NudgePress::Bundle(bundle) => {
                    Some(bundle)
                }
                _ => None,
            }
        })
    }
}

/// A digest, as it comes and as it stands.
#[must_use]
pub fn digest(words: Words<'_>, (id, of): (Id, &Digest), entries: &[Entry]) -> Message {
    let people = entries.iter().all(|(came, connection)| connection.is_some() && came.about.is_empty());
    let names = names(words, entries);
    let key = if people { "digest-first-people" } else { "digest-first" };
    let span = if of.week { "week" } else { "day" };
    let first =
        words.with(key, &[("count", entries.len().into()), ("names", names.into()), ("span", span.into())]);
    let late = entries.iter().filter_map(|(came, _)| came.late).min();
    let since = match (of.waited, late) {
        (Some(since), _) => Some(say!(words, "digest-waited", since = day(since), when = relative(since))),
        (None, Some(since)) => Some(say!(words, "digest-late", since = day(since), when = relative(since))),
        (None, None) => None,
    };
    let message = Message::new(first).embed(lines(words, entries, since));
    let message = to_act_on(words, message, Bundle::Digest(id), entries);
    if entries.iter().all(|(came, _)| came.state != State::Open) {
        return message;
    }
    let press = NudgePress::SnoozeAll(id).id();
    message.buttons([Button::secondary(words.say("button-snooze-all"), press)])
}

/// A digest all of which was snoozed just now.
#[must_use]
pub fn all_snoozed(words: Words<'_>, of: (Id, &Digest), entries: &[Entry]) -> Message {
    let press = NudgePress::UndoSnoozeAll(of.0).id();
    digest(words, of, entries).buttons([Button::secondary(words.say("button-undo"), press)])
}

/// A page of the inbox: `all` waits, of which `entries` are shown.
#[must_use]
pub fn inbox(words: Words<'_>, page: u16, all: usize, entries: &[Entry]) -> Message {
    if entries.is_empty() {
        return Message::new(words.say("inbox-empty"))
            .buttons([Button::primary(words.say("button-list-nudges"), NudgePress::List(0).id())]);
    }
    let pages = all.div_ceil(PAGE);
    let mut embed = lines(words, entries, None);
    if pages > 1 {
        embed = embed.footer(say!(words, "list-footer", page = page + 1, pages = pages));
    }
    let first = say!(words, "inbox-first", count = all, names = names(words, entries));
    let message = to_act_on(words, Message::new(first).embed(embed), Bundle::Inbox(page), entries);
    let turn = |to: u16| NudgePress::Bundle(Bundle::Inbox(to)).id();
    let back = (page > 0).then(|| Button::secondary(words.say("button-back"), turn(page - 1)));
    let more = usize::from(page) + 1 < pages;
    let more = more.then(|| Button::primary(words.say("button-more"), turn(page + 1)));
    let turns: Vec<Button> = back.into_iter().chain(more).collect();
    if turns.is_empty() { message } else { message.buttons(turns) }
}

/// What a press in a bundle shows, with the way back to the bundle below it.
#[must_use]
pub fn keep(words: Words<'_>, show: Show, pressed: &Pressed) -> Show {
    match (show, pressed.message.as_ref().and_then(Bundle::of)) {
        (Show::Update(shown), Some(bundle)) if Bundle::of(&shown).is_none() => {
            let back = Button::secondary(words.say("button-all"), NudgePress::Bundle(bundle).id());
            Show::Update(shown.buttons([back]))
        }
        (show, _) => show,
    }
}

/// `message` with what one can do about each nudge.
fn to_act_on(words: Words<'_>, message: Message, bundle: Bundle, entries: &[Entry]) -> Message {
    if entries.len() > ROWS {
        return message.menu(menu(words, bundle, entries));
    }
    let done = if entries.len() == 1 { Style::Primary } else { Style::Secondary };
    entries.iter().fold(message, |message, (came, connection)| {
        let name = label(words, came, connection.as_ref(), NAME);
        let name = Button::secondary(name, NudgePress::EntryOf(bundle, came.id).id());
        message.buttons([name].into_iter().chain(views::answers(words, came, done)))
    })
}

/// Who it is about, cut where the first line would grow too long.
fn names(words: Words<'_>, entries: &[Entry]) -> String {
    let mut shown: Vec<String> = Vec::new();
    let mut length = 0;
    for (came, connection) in entries {
        let name = label(words, came, connection.as_ref(), 40);
        length += name.chars().count() + 2;
        if length > NAMES && !shown.is_empty() {
            let rest = entries.len() - shown.len();
            return say!(words, "digest-and-more", names = shown.join(", "), count = rest);
        }
        shown.push(plain(&name));
    }
    shown.join(", ")
}

/// A nudge in a few words, as people wrote them.
pub(super) fn label(words: Words<'_>, came: &Came, connection: Option<&Connection>, most: usize) -> String {
    match connection {
        Some(connection) if came.about.is_empty() => cut(&connection.name, most),
        Some(connection) => cut(&format!("{}: {}", connection.name, came.about), most),
        None if came.about.is_empty() => words.say("nudge-gone-about"),
        None => cut(&came.about, most),
    }
}

fn lines(words: Words<'_>, entries: &[Entry], above: Option<String>) -> Embed {
    let taken = above.as_ref().map_or(0, |above| above.chars().count() + 2);
    let room = DESCRIPTION.saturating_sub(taken) / entries.len().max(1);
    let line = |(came, connection): &Entry| line(words, came, connection.as_ref(), room.saturating_sub(1));
    let lines: Vec<String> = entries.iter().map(line).collect();
    let parts: Vec<String> = above.into_iter().chain([lines.join("\n")]).collect();
    Embed::new(parts.join("\n\n")).color(COLOR)
}

/// A nudge in a line of at most `room` characters: whom it is about first, then as much of the reason as fits.
fn line(words: Words<'_>, came: &Came, connection: Option<&Connection>, room: usize) -> String {
    let because = match came.state {
        State::Open => whole_words(&because(words, &came.because), LINE),
        _ => String::new(),
    };
    let whole = told(words, came, connection, (&who(words, came, connection, LINE), &because));
    if whole.chars().count() <= room {
        return whole;
    }
    let left = room.saturating_sub(told(words, came, connection, ("", "")).chars().count());
    let because = whole_words(&because, left / 2);
    let who = who(words, came, connection, left - because.chars().count());
    told(words, came, connection, (&who, &because))
}

/// Whom a nudge is about, and what, in at most `most` characters.
fn who(words: Words<'_>, came: &Came, connection: Option<&Connection>, most: usize) -> String {
    let about = cut(&came.about, 60);
    let name = |name: &str, most: usize| {
        format!("**{}**", plain_within(&cut(name, 60), most.saturating_sub("****".len())))
    };
    match connection {
        Some(connection) if about.is_empty() => name(&connection.name, most),
        Some(connection) => {
            let name = name(&connection.name, most / 2);
            let left = most.saturating_sub(name.chars().count() + ": ".len());
            format!("{name}: {}", plain_within(&about, left))
        }
        None if about.is_empty() => whole_words(&words.say("nudge-gone-about"), most),
        None => plain_within(&about, most),
    }
}

/// What there is to say of a nudge as it stands.
fn told(
    words: Words<'_>,
    came: &Came,
    connection: Option<&Connection>,
    (who, because): (&str, &str),
) -> String {
    match came.state {
        State::Open if came.because == Because::Wanted => {
            say!(words, "digest-line-wanted", kind = views::heading(words, came), who = who)
        }
        State::Open => {
            let kind = views::heading(words, came);
            say!(words, "digest-line", kind = kind, who = who, because = because)
        }
        State::Done(_) => {
            let next = match connection.map(|connection| connection.turn) {
                Some(Turn::Planned(coming)) => relative(coming.at),
                _ => "none".to_owned(),
            };
            say!(words, "digest-line-done", who = who, next = next)
        }
        State::Snoozed(until) => say!(words, "digest-line-snoozed", who = who, until = relative(until)),
        State::Skipped => say!(words, "digest-line-skipped", who = who),
        State::Stopped => say!(words, "digest-line-stopped", who = who),
        State::Passed => say!(words, "digest-line-passed", who = who),
    }
}

fn menu(words: Words<'_>, bundle: Bundle, entries: &[Entry]) -> Menu {
    let choice = |(came, connection): &Entry| {
        let label = label(words, came, connection.as_ref(), 100);
        Choice::new(label, came.id.to_string()).description(standing(words, came))
    };
    Menu::new(NudgePress::Entry(bundle).id(), words.say("digest-menu"), entries.iter().map(choice))
}

fn standing(words: Words<'_>, came: &Came) -> String {
    match came.state {
        State::Open => views::heading(words, came),
        State::Done(_) => words.say("digest-state-done"),
        State::Snoozed(_) => words.say("digest-state-snoozed"),
        State::Skipped => words.say("digest-state-skipped"),
        State::Stopped => words.say("digest-state-stopped"),
        State::Passed => words.say("digest-state-passed"),
    }
}

/// The order of the inbox: what came first comes first, and of one moment what is most pressing.
pub fn sort(entries: &mut [Entry], now: Timestamp) {
    entries.sort_by_cached_key(|(came, connection)| {
        let at = came.id.time();
        let place = match connection {
            Some(connection) if came.source == Source::Rhythm => Place::of(connection, now),
            _ => Place::planned(at, came.id),
        };
        (at, place)
    });
}
