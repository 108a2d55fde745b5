//! The network as a list: sorted, narrowed, searched, in pages.

use super::press::{ConnectionPress, Draft};
use super::query::{Query, sort};
use super::{Connection, Relationship, Turn, store, views, who};
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::message::{Button, Choice, Embed, Menu, Message, Style};
use crate::discord::page::Page;
use crate::discord::text::{cut, plain, relative};
use crate::id::{Id, UserId};
use crate::members::views::COLOR;
use crate::members::{Asking, drafts};
use crate::say;
use crate::store::{StoreError, Tx};
use crate::texts::Words;
use crate::when::Coming;

/// How many connections a page shows.
const PAGE: usize = 10;

/// Those of a network whom a query means, in its order.
fn matching(tx: &mut Tx<'_>, owner: UserId, query: &Query) -> Result<Vec<Connection>, StoreError> {
    let mut found = Vec::new();
    let text = query.text.as_deref().map(who::folded);
    for connection in store::network(tx, owner)? {
        let fits = query.relationship.is_none_or(|it| connection.relationship == Some(it))
            && query.tag.as_deref().is_none_or(|tag| views::bears(&connection, tag));
        let fits = fits
            && match &text {
                Some(text) => known_of(&connection, text) || noted_of(tx, owner, &connection, text)?,
                None => true,
            };
        if fits {
            found.push(connection);
        }
    }
    sort(&mut found, query.sort);
    Ok(found)
}

/// Whether a text stands in what is kept of a connection itself.
fn known_of(connection: &Connection, text: &str) -> bool {
    let texts = [Some(&connection.name), connection.met.as_ref(), connection.note.as_ref()];
    let relationship = connection.relationship.is_some_and(|it| who::folded(it.word()).contains(text));
    relationship
        || texts.into_iter().flatten().chain(&connection.tags).any(|it| who::folded(it).contains(text))
}

/// Whether a text stands in what was noted of the touches.
fn noted_of(tx: &mut Tx<'_>, owner: UserId, connection: &Connection, text: &str) -> Result<bool, StoreError> {
    let touches = store::touches(tx, owner, connection.id)?;
    Ok(touches
        .iter()
        .any(|(_, touch)| touch.note.as_deref().is_some_and(|note| who::folded(note).contains(text))))
}

/// The first page of a list. What a custom id has no room for is kept as a draft.
///
/// # Errors
/// The store's.
pub fn first(tx: &mut Tx<'_>, asking: &Asking<'_>, query: &Query) -> Result<Message, Failure> {
    let kept = if query.tag.is_some() || query.text.is_some() {
        Some(drafts::keep(tx, asking.person.id, asking.now, &Draft::List(query.clone()))?)
    } else {
        None
    };
    page(tx, asking, query, kept, 0)
}

/// A page of a list, from 0; one past the end shows the last.
///
/// # Errors
/// The store's.
pub fn page(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    query: &Query,
    kept: Option<Id>,
    page: u16,
) -> Result<Message, Failure> {
    let found = matching(tx, asking.person.id, query)?;
    let empty_network = found.is_empty() && store::network(tx, asking.person.id)?.is_empty();
    Ok(view(asking.words, query, &found, empty_network, kept, page))
}

fn view(
    words: Words<'_>,
    query: &Query,
    found: &[Connection],
    empty_network: bool,
    kept: Option<Id>,
    page: u16,
) -> Message {
    if found.is_empty() {
        return empty(words, query, empty_network);
    }
    let page = Page::of(found.len(), PAGE, page);
    let shown = page.shown(found);
    let lines: Vec<String> = shown.iter().map(|connection| line(words, connection)).collect();
    let mut embed = Embed::new(lines.join("\n")).color(COLOR);
    if page.count > 1 {
        embed = embed.footer(say!(words, "list-footer", page = page.number(), pages = page.count));
    }
    let open = found.iter().filter(|it| matches!(it.turn, Turn::Open(_))).count();
    let options = shown.iter().map(|connection| {
        Choice::new(cut(&connection.name, 100), connection.id.to_string())
            .description(views::summary(connection))
    });
    let turn = |page| match kept {
        Some(draft) => ConnectionPress::Kept(draft, page).id(),
        None => ConnectionPress::List { sort: query.sort, relationship: query.relationship, page }.id(),
    };
    Message::new(first_line(words, query, found.len(), open))
        .embed(embed)
        .menu(Menu::new(ConnectionPress::Open.id(), words.say("list-menu"), options))
        .buttons(page.turns(words, Style::Primary, turn))
}

fn first_line(words: Words<'_>, query: &Query, count: usize, open: usize) -> String {
    let relationship = query.relationship.map(Relationship::word);
    let first = match (&query.text, &query.tag, relationship) {
        (Some(text), ..) => say!(words, "list-found", text = plain(&cut(text, 60)), count = count),
        (None, Some(tag), _) => say!(words, "list-tagged", tag = plain(&cut(tag, 40)), count = count),
        (None, None, Some(relationship)) => {
            return say!(words, "list-related", relationship = relationship, count = count);
        }
        (None, None, None) => return say!(words, "list-first", count = count, open = open),
    };
    match relationship {
        Some(relationship) => say!(words, "list-narrowed", first = first, relationship = relationship),
        None => first,
    }
}

fn empty(words: Words<'_>, query: &Query, empty_network: bool) -> Message {
    if empty_network {
        return Message::new(words.say("list-empty"))
            .buttons([Button::primary(words.say("button-add-them"), ConnectionPress::Add.id())]);
    }
    let relationship = query.relationship.map(Relationship::word);
    let text = match (&query.text, &query.tag, relationship) {
        (Some(text), ..) => say!(words, "list-nothing-found", text = plain(&cut(text, 60))),
        (None, Some(tag), Some(relationship)) => {
            let tag = plain(&cut(tag, 40));
            say!(words, "list-nothing-tagged-related", tag = tag, relationship = relationship)
        }
        (None, Some(tag), None) => say!(words, "list-nothing-tagged", tag = plain(&cut(tag, 40))),
        (None, None, relationship) => {
            say!(words, "list-nothing", relationship = relationship.unwrap_or_default())
        }
    };
    Message::new(text)
        .buttons([Button::secondary(words.say("button-list"), ConnectionPress::list_all().id())])
}

/// One connection in the list.
fn line(words: Words<'_>, connection: &Connection) -> String {
    let name = views::bold(&connection.name);
    let relationship =
        connection.relationship.map(|it| format!(" · {}", plain(it.word()))).unwrap_or_default();
    let last = match &connection.last {
        Some(last) => say!(words, "list-last", when = relative(last.at)),
        None => words.say("list-untouched"),
    };
    let next = match connection.turn {
        Turn::Open(_) => words.say("list-open"),
        Turn::Planned(Coming { at, .. }) => say!(words, "list-next", when = relative(at)),
        Turn::Off => words.say("list-no-rhythm"),
    };
    format!("{name}{relationship} · {last} · {next}")
}
