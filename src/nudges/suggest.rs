//! `/nudge suggest`: whom to be in touch with now, and why; one press, and the nudge is there.

use super::rank::{self, Reason, Urgency};
use super::{Because, Came, because, due, store, views};
use crate::connections::press::ConnectionPress;
use crate::connections::views::{bold, last_line};
use crate::connections::{self, Connection, Turn};
use crate::discord::answer::Show;
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::message::{Button, Embed, Message, Style};
use crate::discord::page::Page;
use crate::discord::text::{cut, plain, relative};
use crate::id::Id;
use crate::members::Asking;
use crate::members::views::COLOR;
use crate::nudges::press::NudgePress;
use crate::say;
use crate::store::Tx;
use crate::texts::Words;

/// How many suggestions a page shows: a button for each, in one row.
const PAGE: usize = 5;
/// How many reasons a suggestion states.
const REASONS: usize = 2;

/// A page of the suggestions, from 0; one past the end shows the last.
///
/// # Errors
/// The store's.
pub fn page(tx: &mut Tx<'_>, asking: &Asking<'_>, page: u16) -> Result<Message, Failure> {
    let owner = asking.person.id;
    let network = connections::store::network(tx, owner)?;
    let next = network.iter().filter_map(|it| match it.turn {
        Turn::Planned(coming) => Some(coming.at),
        Turn::Off | Turn::Open(_) => None,
    });
    let (known, next) = (network.len(), next.min());
    let open = store::open(tx, owner)?;
    let runs = store::runs(tx, owner)?;
    let put_off = |it: &Connection| {
        open.iter().any(|came| came.connection == Some(it.id))
            || runs.get(&it.id).is_some_and(|run| run.is_put_off(it, asking.now))
    };
    let all = rank::suggestions(network, &put_off, asking.now);
    if !all.is_empty() {
        return Ok(view(asking.words, &all, page));
    }
    let text = if known == 0 {
        asking.words.say("suggest-empty-network")
    } else {
        let next = next.map_or_else(|| "none".to_owned(), relative);
        say!(asking.words, "suggest-empty", waiting = open.len(), next = next)
    };
    let add = Button::primary(asking.words.say("button-add-somebody"), ConnectionPress::Add.id());
    let list = Button::secondary(asking.words.say("button-list"), ConnectionPress::list_all().id());
    Ok(Message::new(text).buttons([add].into_iter().chain((known > 0).then_some(list))))
}

/// The nudge about a connection comes now, in place of the suggestions; one that waits is shown.
pub(super) fn take_up(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let owner = asking.person.id;
    let Some(mut connection) = connections::store::get(tx, owner, id)? else {
        return Err(Failure::told(Message::new(asking.words.say("connection-gone"))));
    };
    let waiting = match connection.turn {
        Turn::Open(waiting) => store::came(tx, owner, waiting)?,
        Turn::Off | Turn::Planned(_) => None,
    };
    let came = match waiting {
        Some(came) => came,
        None => come(tx, asking, &mut connection)?,
    };
    Ok(Show::Update(views::standing(asking.words, &came, Some(&connection), None)))
}

/// A connection's turn comes before its time.
fn come(tx: &mut Tx<'_>, asking: &Asking<'_>, connection: &mut Connection) -> Result<Came, Failure> {
    let owner = asking.person.id;
    // It is one of those that rhythms bring today.
    let today = asking.now.to_zoned_datetime(asking.member.zone()).date();
    store::count_brought(tx, owner, today, 1)?;
    let mut came = due::take_turn(tx, owner, connection, asking.now)?;
    due::keep(tx, owner, &mut came, Some(connection))?;
    Ok(came)
}

pub(super) fn view(words: Words<'_>, all: &[(Connection, Urgency)], page: u16) -> Message {
    let page = Page::of(all.len(), PAGE, page);
    let shown = page.shown(all);
    let lines: Vec<String> = shown.iter().map(|(it, urgency)| line(words, it, urgency)).collect();
    let footer = if page.count > 1 {
        say!(words, "suggest-footer-paged", page = page.number(), pages = page.count)
    } else {
        words.say("suggest-footer")
    };
    let name = |at: usize, it: &Connection| {
        let press = NudgePress::TakeUp(it.id).id();
        let name = cut(&it.name, 40);
        if at == 0 { Button::primary(name, press) } else { Button::secondary(name, press) }
    };
    Message::new(say!(words, "suggest-first", count = all.len()))
        .embed(Embed::new(lines.join("\n\n")).color(COLOR).footer(footer))
        .buttons(shown.iter().enumerate().map(|(at, (it, _))| name(at, it)))
        .buttons(page.turns(words, Style::Secondary, |to| NudgePress::Suggest(to).id()))
}

/// Who, why, and what was last.
fn line(words: Words<'_>, connection: &Connection, urgency: &Urgency) -> String {
    let silence = |reason: &Reason| matches!(reason, Reason::Overdue { .. } | Reason::Fading { .. });
    let mut reasons: Vec<String> = Vec::new();
    let mut told = false;
    for reason in urgency.reasons.iter().take(REASONS) {
        // How long one was silent is said once.
        let why =
            if told && silence(reason) { beside(words, reason) } else { why(words, connection, reason) };
        told |= silence(reason);
        reasons.push(if reasons.is_empty() { why } else { say!(words, "suggest-also", why = why) });
    }
    let first = format!("{}: {}", bold(&connection.name), reasons.join(" "));
    match &connection.last {
        Some(last) => format!("{first}\n{}", say!(words, "nudge-last", last = last_line(words, last))),
        None => first,
    }
}

/// A reason in words where it is said already since when one was silent.
fn beside(words: Words<'_>, reason: &Reason) -> String {
    match *reason {
        Reason::Overdue { every, .. } => say!(words, "suggest-beside-overdue", every = every.to_string()),
        Reason::Fading { close: Some(close), .. } => {
            say!(words, "suggest-beside-close", relationship = plain(close.word()))
        }
        Reason::Fading { touches, .. } => say!(words, "suggest-beside-many", touches = touches),
        Reason::HadMore { .. } => String::new(),
    }
}

/// A reason in words.
fn why(words: Words<'_>, connection: &Connection, reason: &Reason) -> String {
    let touched = connection.last.is_some();
    match *reason {
        Reason::Overdue { every, since, .. } => {
            let key = if touched { "suggest-overdue" } else { "suggest-overdue-untouched" };
            words.with(key, &[("every", every.to_string().into()), ("since", relative(since).into())])
        }
        Reason::HadMore { asked, received, gave, since } => {
            because::because(words, &Because::HadMore { asked, received, gave, since })
        }
        Reason::Fading { close: Some(close), since, .. } => {
            let key = if touched { "suggest-fading-close" } else { "suggest-fading-close-untouched" };
            words
                .with(key, &[("relationship", plain(close.word()).into()), ("since", relative(since).into())])
        }
        Reason::Fading { close: None, touches, since, .. } => {
            say!(words, "suggest-fading-many", touches = touches, since = relative(since))
        }
    }
}
