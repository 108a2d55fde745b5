//! Which nudge a command means: the one that was picked, the only one that fits what was typed, or the only one there is.
//! Where several fit, Kith asks.

use jiff::Timestamp;

use super::acts::{Then, go_on};
use super::bundle::{self, label};
use super::forms::TypedDone;
use super::press::{Draft, NudgePress};
use super::{Came, Nudge, State, came, list, modals, store};
use crate::connections::{Connection, who};
use crate::discord::answer::Show;
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::message::{Choice, Menu, Message, OPTIONS};
use crate::discord::text::{cut, plain};
use crate::id::{Id, UserId};
use crate::members::ask_back::too_old;
use crate::members::{Asking, Member, drafts};
use crate::say;
use crate::store::{StoreError, Tx};
use crate::texts::Words;
use crate::when::in_short;

/// One that can be meant, and whom it is about.
pub(super) enum One {
    /// It waits for an answer.
    Waits(Box<Came>, Option<Connection>),
    /// It is planned.
    Planned(Box<Nudge>, Option<Connection>),
}

impl One {
    /// Its id.
    pub(super) fn id(&self) -> Id {
        match self {
            Self::Waits(came, _) => came.id,
            Self::Planned(nudge, _) => nudge.id,
        }
    }

    /// What it is about, in at most `most` characters.
    pub(super) fn label(&self, words: Words<'_>, most: usize) -> String {
        match self {
            Self::Waits(came, connection) => label(words, came, connection.as_ref(), most),
            Self::Planned(nudge, Some(connection)) => {
                cut(&format!("{}: {}", connection.name, nudge.about), most)
            }
            Self::Planned(nudge, None) => cut(&nudge.about, most),
        }
    }

    fn standing(&self, words: Words<'_>, member: &Member, now: Timestamp) -> String {
        match self {
            Self::Waits(..) => words.say("which-waits"),
            Self::Planned(nudge, _) => {
                let at = in_short(&nudge.coming.at.to_zoned_datetime(member.zone()), now);
                say!(words, "which-comes", at = at)
            }
        }
    }
}

/// Those with which something can be done: what waits first, then what comes next.
pub(super) fn all(tx: &mut Tx<'_>, owner: UserId, then: &Then) -> Result<Vec<One>, StoreError> {
    let mut all = Vec::new();
    if matches!(then, Then::Done | Then::Snooze | Then::SnoozeUntil(_)) {
        for came in store::open(tx, owner)? {
            let connection = store::about(tx, owner, came.connection)?;
            all.push(One::Waits(Box::new(came), connection));
        }
    }
    if *then != Then::Done {
        for nudge in store::planned(tx, owner)? {
            let connection = store::about(tx, owner, nudge.connection)?;
            all.push(One::Planned(Box::new(nudge), connection));
        }
    }
    Ok(all)
}

/// Goes on with the one that is meant by what was picked or typed, or asks which one it is.
pub(super) fn picked(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    typed: Option<&str>,
    then: Then,
) -> Result<Show, Failure> {
    let mut all = all(tx, asking.person.id, &then)?;
    let typed = typed.unwrap_or_default().trim();
    let id: Option<Id> = typed.strip_prefix('=').and_then(|id| id.parse().ok());
    let folded = who::folded(typed);
    let fits = |one: &One| match id {
        Some(id) => one.id() == id,
        None => who::folded(&one.label(asking.words, usize::MAX)).contains(&folded),
    };
    let fitting: Vec<One> = all.extract_if(.., |one| fits(one)).collect();
    let (shown, fits) = if fitting.is_empty() { (all, false) } else { (fitting, true) };
    match <[One; 1]>::try_from(shown) {
        Ok([one]) if fits => go_on_with(tx, asking, one, then),
        Ok([one]) => ask(tx, asking, &[one], typed, then),
        Err(none) if none.is_empty() => nothing(tx, asking, &then),
        Err(several) => ask(tx, asking, &several, if fits { "" } else { typed }, then),
    }
}

/// There is none with which that can be done.
fn nothing(tx: &mut Tx<'_>, asking: &Asking<'_>, then: &Then) -> Result<Show, Failure> {
    Ok(Show::Reply(match then {
        Then::Done => bundle::inbox(asking.words, 0, 0, &[]),
        _ => list::page(tx, asking, 0)?,
    }))
}

/// Asks which one is meant; nothing fits what was `unfitting`.
fn ask(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    all: &[One],
    unfitting: &str,
    then: Then,
) -> Result<Show, Failure> {
    let words = asking.words;
    let draft = drafts::keep(tx, asking.person.id, asking.now, &Draft::Which(then))?;
    let choice = |one: &One| {
        let standing = one.standing(words, &asking.member, asking.now);
        Choice::new(one.label(words, 100), one.id().to_string()).description(standing)
    };
    let key = if unfitting.is_empty() { "which-nudge" } else { "which-nudge-else" };
    let typed = plain(&cut(unfitting, 60));
    let mut text = words.with(key, &[("count", all.len().into()), ("typed", typed.into())]);
    if all.len() > OPTIONS {
        text = format!("{text} {}", words.say("which-nudge-of-many"));
    }
    let menu =
        Menu::new(NudgePress::Which(draft).id(), words.say("which-nudge-menu"), all.iter().map(choice));
    Ok(Show::Reply(Message::new(text).menu(menu)))
}

/// One was chosen.
pub(super) fn chosen(tx: &mut Tx<'_>, asking: &Asking<'_>, draft: Id, id: Id) -> Result<Show, Failure> {
    let Some(Draft::Which(then)) = drafts::get(tx, asking.person.id, draft)? else {
        return Err(too_old(asking));
    };
    let owner = asking.person.id;
    if let Some(came) = store::came(tx, owner, id)? {
        let connection = store::about(tx, owner, came.connection)?;
        return go_on_with(tx, asking, One::Waits(Box::new(came), connection), then);
    }
    let nudge = store::get(tx, owner, id)?.ok_or_else(|| came::gone(asking))?;
    go_on(tx, asking, nudge, then)
}

fn go_on_with(tx: &mut Tx<'_>, asking: &Asking<'_>, one: One, then: Then) -> Result<Show, Failure> {
    let (came, connection) = match one {
        One::Planned(nudge, _) => return go_on(tx, asking, *nudge, then),
        One::Waits(came, connection) => (*came, connection),
    };
    match then {
        Then::Done if came.is_answerable() => {
            let name = connection.as_ref().map(|connection| connection.name.as_str());
            Ok(Show::Modal(modals::done_form(asking.words, &came, name, &TypedDone::default())))
        }
        Then::Snooze if came.state == State::Open => {
            Ok(Show::Reply(came::snoozing(asking, &came, connection.as_ref())))
        }
        Then::SnoozeUntil(phrase) if came.state == State::Open => came::snooze(tx, asking, came, &phrase),
        _ => came::standing(tx, asking, &came),
    }
}
