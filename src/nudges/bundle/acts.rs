//! What a member does in a digest or the inbox.

use std::ops::ControlFlow;

use super::{Bundle, Digest, Entry, PAGE, all_snoozed, digest, inbox, sort};
use crate::discord::answer::Show;
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::message::Message;
use crate::discord::router::Pressed;
use crate::id::Id;
use crate::members::Asking;
use crate::nudges::acts::understood;
use crate::nudges::came::{answering, came, connection_of, gone, standing};
use crate::nudges::press::{Draft, NudgePress};
use crate::nudges::{Came, State, bend_views, modals, store, views};
use crate::store::Tx;

/// A bundle as it stands.
pub fn shown(tx: &mut Tx<'_>, asking: &Asking<'_>, bundle: Bundle) -> Result<Message, Failure> {
    match bundle {
        Bundle::Digest(id) => {
            let of = of(tx, asking, id)?;
            Ok(digest(asking.words, (id, &of), &entries(tx, asking, bundle)?))
        }
        Bundle::Inbox(page) => {
            let all = waiting(tx, asking)?;
            let page = page.min(u16::try_from(all.len().saturating_sub(1) / PAGE).unwrap_or(u16::MAX));
            let shown = on_page(&all, page);
            Ok(inbox(asking.words, page, all.len(), &shown))
        }
    }
}

/// One of a bundle was chosen: it is shown as it stands.
pub fn chosen(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let came = came(tx, asking, id)?;
    standing(tx, asking, &came)
}

/// What is shown once a nudge is answered: of one that came in a digest and was answered there, the
/// digest as it stands then.
pub fn after_answer(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (of, press): (Id, &NudgePress),
    pressed: &Pressed,
    show: Show,
) -> Result<Show, Failure> {
    let bundle = pressed.message.as_ref().and_then(Bundle::of);
    let (Show::Update(message), Some(bundle @ Bundle::Digest(_))) = (&show, bundle) else { return Ok(show) };
    if bend_views::asks_for_longer(message) {
        return Ok(show);
    }
    let came = store::came(tx, asking.person.id, of)?;
    let planned = came.as_ref().and_then(|came| came.undo.as_ref()?.planned);
    let is_settled = came.is_some_and(|came| came.state != State::Open)
        || matches!(press, NudgePress::Undo(_) | NudgePress::Back(_));
    if !is_settled {
        return Ok(show);
    }
    let mut digest = shown(tx, asking, bundle)?;
    if let (NudgePress::DoneForm(_), Some(id)) = (press, planned)
        && let Some(nudge) = store::get(tx, asking.person.id, id)?
    {
        digest.content = format!("{}\n{}", digest.content, views::then(asking.words, &nudge));
    }
    Ok(Show::Update(digest))
}

/// Asks until when all of a digest are to be snoozed.
pub fn snoozing_all(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let shown = shown(tx, asking, Bundle::Digest(id))?;
    let (menu, back) = (NudgePress::SnoozeAllTo(id).id(), NudgePress::Bundle(Bundle::Digest(id)).id());
    let asker = asking.member.asker(asking.now);
    Ok(Show::Update(views::snooze_menu(asking.words, &asker, shown, menu, back)))
}

/// All of a digest that wait come again when `phrase` says.
pub fn snooze_all(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id, phrase: &str) -> Result<Show, Failure> {
    if phrase == views::OTHER {
        let form = NudgePress::SnoozeAllForm(id).id();
        return Ok(Show::Modal(modals::snooze_form(asking.words, form, "")));
    }
    let (at, by) = match understood(tx, asking, phrase, || Draft::SnoozeAll(id, phrase.to_owned()))? {
        ControlFlow::Continue(until) => until,
        ControlFlow::Break(asked) => return Ok(asked),
    };
    for (mut came, _) in entries(tx, asking, Bundle::Digest(id))? {
        if came.state == State::Open {
            answering(asking).snooze(tx, &mut came, at, by)?;
        }
    }
    let of = of(tx, asking, id)?;
    let entries = entries(tx, asking, Bundle::Digest(id))?;
    Ok(Show::Update(all_snoozed(asking.words, (id, &of), &entries)))
}

/// All of a digest that were snoozed just now wait again.
pub fn undo_snooze_all(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    for (mut came, _) in entries(tx, asking, Bundle::Digest(id))? {
        if matches!(came.state, State::Snoozed(_)) {
            answering(asking).take_back(tx, &mut came)?;
        }
    }
    Ok(Show::Update(shown(tx, asking, Bundle::Digest(id))?))
}

/// A digest of the one who acts.
fn of(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Digest, Failure> {
    store::digest(tx, asking.person.id, id)?.ok_or_else(|| gone(asking))
}

/// The nudges of a bundle as they stand. Of somebody else's digest there are none.
fn entries(tx: &mut Tx<'_>, asking: &Asking<'_>, bundle: Bundle) -> Result<Vec<Entry>, Failure> {
    let id = match bundle {
        Bundle::Digest(id) => id,
        Bundle::Inbox(page) => return Ok(on_page(&waiting(tx, asking)?, page)),
    };
    let digest = of(tx, asking, id)?;
    let mut all = Vec::with_capacity(digest.entries.len());
    for id in digest.entries {
        if let Some(came) = store::came(tx, asking.person.id, id)? {
            all.push(with_connection(tx, asking, came)?);
        }
    }
    Ok(all)
}

/// Everything that waits to be answered.
fn waiting(tx: &mut Tx<'_>, asking: &Asking<'_>) -> Result<Vec<Entry>, Failure> {
    let mut all = Vec::new();
    for came in store::open(tx, asking.person.id)? {
        all.push(with_connection(tx, asking, came)?);
    }
    sort(&mut all, asking.now);
    Ok(all)
}

fn with_connection(tx: &mut Tx<'_>, asking: &Asking<'_>, came: Came) -> Result<Entry, Failure> {
    let connection = connection_of(tx, asking, &came)?;
    Ok((came, connection))
}

fn on_page(all: &[Entry], page: u16) -> Vec<Entry> {
    all.iter().skip(usize::from(page) * PAGE).take(PAGE).cloned().collect()
}
