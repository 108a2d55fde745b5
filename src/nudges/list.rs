//! `/nudge list`: what waits to be answered and what is planned, in pages.

use super::press::NudgePress;
use super::{Came, Nudge, store, views};
use crate::connections::views::bold;
use crate::connections::{self, Connection, Turn};
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::message::{Button, Choice, Embed, Menu, Message, Style};
use crate::discord::page::Page;
use crate::discord::text::{cut, day, plain_within, relative};
use crate::id::Id;
use crate::members::Asking;
use crate::members::views::COLOR;
use crate::say;
use crate::store::Tx;
use crate::texts::Words;

/// How many nudges a page shows.
const PAGE: usize = 10;

/// One line of the list.
pub(super) enum Entry {
    Open(Box<Came>),
    Planned(Nudge),
}

impl Entry {
    fn id(&self) -> Id {
        match self {
            Self::Open(came) => came.id,
            Self::Planned(nudge) => nudge.id,
        }
    }
}

/// A page of the list, from 0; one past the end shows the last.
///
/// # Errors
/// The store's.
pub fn page(tx: &mut Tx<'_>, asking: &Asking<'_>, page: u16) -> Result<Message, Failure> {
    let owner = asking.person.id;
    let network = connections::store::network(tx, owner)?;
    let open = store::open(tx, owner)?;
    let waiting = open.len();
    let by_rhythm = network.iter().filter(|it| matches!(it.turn, Turn::Planned(_))).count();
    let entries: Vec<Entry> = open
        .into_iter()
        .map(|came| Entry::Open(Box::new(came)))
        .chain(store::planned(tx, owner)?.into_iter().map(Entry::Planned))
        .collect();
    Ok(view(asking.words, &entries, (waiting, by_rhythm), &network, page))
}

pub(super) fn view(
    words: Words<'_>,
    entries: &[Entry],
    (waiting, by_rhythm): (usize, usize),
    network: &[Connection],
    page: u16,
) -> Message {
    if entries.is_empty() {
        return Message::new(say!(words, "nudges-empty", rhythms = by_rhythm))
            .buttons([Button::primary(words.say("button-plan"), NudgePress::Plan.id())]);
    }
    let page = Page::of(entries.len(), PAGE, page);
    let shown = page.shown(entries);
    let name = |id: Option<Id>| {
        let of = network.iter().find(|it| Some(it.id) == id);
        of.map(|it| it.name.as_str())
    };
    let line = |entry: &&Entry| match entry {
        Entry::Open(came) => open_line(words, came, name(came.connection)),
        Entry::Planned(nudge) => planned_line(words, nudge, name(nudge.connection)),
    };
    let label = |entry: &&Entry| {
        let (about, connection) = match entry {
            Entry::Open(came) => (&came.about, came.connection),
            Entry::Planned(nudge) => (&nudge.about, nudge.connection),
        };
        let parts = [name(connection).unwrap_or_default(), about.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        Choice::new(cut(&parts.join(": "), 100), entry.id().to_string())
    };
    let lines: Vec<String> = shown.iter().map(line).collect();
    let mut embed = Embed::new(lines.join("\n")).color(COLOR);
    if page.count > 1 {
        embed = embed.footer(say!(words, "list-footer", page = page.number(), pages = page.count));
    }
    let first = say!(
        words,
        "nudges-first",
        waiting = waiting,
        planned = entries.len() - waiting,
        rhythms = by_rhythm
    );
    Message::new(first)
        .embed(embed)
        .menu(Menu::new(NudgePress::Open.id(), words.say("nudges-menu"), shown.iter().map(label)))
        .buttons(page.turns(words, Style::Primary, |to| NudgePress::List(to).id()))
}

/// A nudge in a line of a list: when, about what, how it repeats.
fn planned_line(words: Words<'_>, nudge: &Nudge, name: Option<&str>) -> String {
    let about = plain_within(&cut(&nudge.about, 80), 100);
    let about = name.map_or(about.clone(), |name| format!("{}: {about}", bold(name)));
    let repeat = nudge.repeat.map(|(cadence, _)| format!(" · {cadence}")).unwrap_or_default();
    say!(
        words,
        "nudge-line",
        at = day(nudge.coming.at),
        when = relative(nudge.coming.at),
        about = about,
        repeat = repeat
    )
}

/// A nudge that waits to be answered, in a line of a list.
fn open_line(words: Words<'_>, came: &Came, name: Option<&str>) -> String {
    let about = match name {
        Some(name) if came.about.is_empty() => bold(name),
        Some(name) => format!("{}: {}", bold(name), plain_within(&cut(&came.about, 80), 100)),
        None => plain_within(&cut(&came.about, 80), 100),
    };
    say!(words, "nudge-open-line", kind = views::heading(words, came), about = about, since = since(came))
}

fn since(came: &Came) -> String {
    relative(came.id.time())
}
