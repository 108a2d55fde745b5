//! What a member does about planned nudges, whether by a command, a button or a form.

use std::ops::ControlFlow;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::adding::Waits;
use super::dates::press::DatePress;
use super::forms::{self, Read, Refusal, TypedNudge};
use super::press::{Draft, NudgePress};
use super::{ABOUT, Kind, Nudge, adding, came, dates, give_first, modals, retry, store, views};
use crate::connections::What;
use crate::connections::acts::meant;
use crate::discord::answer::Show;
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::message::Button;
use crate::discord::text::relative;
use crate::id::{Id, UserId};
use crate::members::ask_back::Most;
use crate::members::undo::in_time;
use crate::members::{Asking, ask_back, drafts};
use crate::say;
use crate::store::{StoreError, Tx};
use crate::texts::Words;
use crate::when::{self, By, Coming};

/// What is to be done with a nudge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Then {
    /// Show it.
    Show,
    /// Show it as changed.
    Changed,
    /// Open the form to edit it.
    Edit,
    /// Cancel it.
    Cancel,
    /// Ask until when.
    Snooze,
    /// Snooze it until then.
    SnoozeUntil(String),
    /// Answer one that came: it is done.
    Done,
}

/// Does what was to be done with a planned nudge.
pub(super) fn go_on(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    mut nudge: Nudge,
    then: Then,
) -> Result<Show, Failure> {
    let words = asking.words;
    let connection = store::about(tx, asking.person.id, nudge.connection)?;
    match then {
        // One that is planned has not come yet, so there is nothing to answer.
        Then::Show | Then::Changed | Then::Done => {
            let when = relative(nudge.coming.at);
            let first = if then != Then::Changed {
                say!(words, "nudge-shown", when = when)
            } else {
                say!(words, "nudge-changed", when = when)
            };
            Ok(Show::Reply(views::card(words, &first, &nudge, connection.as_ref())))
        }
        Then::Edit => {
            if nudge.occasion.is_some() && nudge.of.is_none() {
                let typed = dates::TypedDate::of(&nudge);
                return Ok(Show::Modal(dates::views::form(words, DatePress::EditForm(nudge.id), &typed)));
            }
            let form = NudgePress::EditForm(nudge.id).id();
            Ok(Show::Modal(modals::edit_form(words, form, &TypedNudge::of(&nudge, &asking.member))))
        }
        Then::Cancel => {
            store::end(tx, asking.person.id, nudge.id)?;
            let draft = Draft::Cancelled(nudge.clone());
            let draft = drafts::keep(tx, asking.person.id, asking.now, &draft)?;
            Ok(Show::Reply(views::cancelled(words, &nudge, draft)))
        }
        Then::Snooze => {
            let first = say!(words, "nudge-shown", when = relative(nudge.coming.at));
            let shown = views::card(words, &first, &nudge, connection.as_ref());
            let (menu, back) =
                (NudgePress::SnoozePlannedTo(nudge.id).id(), NudgePress::BackPlanned(nudge.id).id());
            let asker = asking.member.asker(asking.now);
            Ok(Show::Reply(views::snooze_menu(words, &asker, shown, menu, back)))
        }
        Then::SnoozeUntil(phrase) => {
            match understood(tx, asking, &phrase, || Draft::SnoozePlanned(nudge.id, phrase.clone()))? {
                ControlFlow::Break(asked) => Ok(asked),
                ControlFlow::Continue((at, by)) => {
                    nudge.coming = asking.member.coming(at, by);
                    if nudge.occasion.is_some() {
                        nudge.coming = nudge.coming.chosen();
                    }
                    nudge.exact = by == By::Span;
                    store::put(tx, asking.person.id, &nudge)?;
                    go_on(tx, asking, nudge, Then::Changed)
                }
            }
        }
    }
}

/// The moment that a phrase means, and what brings it then; else what asks back: it means
/// none, or one of several. The draft keeps what was typed.
pub(super) fn understood(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    phrase: &str,
    draft: impl FnOnce() -> Draft,
) -> Result<ControlFlow<Show, (Timestamp, By)>, Failure> {
    let read = match when::once(phrase, &asking.member.asker(asking.now)) {
        Ok(read) => read.all(),
        Err(not) => {
            let refusal = Refusal::When(phrase.to_owned(), not);
            return refuse(tx, asking, &refusal, &draft()).map(ControlFlow::Break);
        }
    };
    match read[..] {
        [(at, _)] => Ok(ControlFlow::Continue((at, forms::by(phrase)))),
        _ => ask_which_moment(tx, asking, phrase, &read, &draft()).map(ControlFlow::Break),
    }
}

/// Which nudge is meant when one is typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Of {
    /// A new one with this id: planning it again plans no second one.
    New(Id),
    /// The one that there is.
    Known(Id),
}

impl Of {
    /// The nudge's id, and that of the one that there is.
    pub(super) fn ids(self) -> (Id, Option<Id>) {
        match self {
            Self::New(id) => (id, None),
            Self::Known(id) => (id, Some(id)),
        }
    }
}

/// Plans a nudge, or changes the one that there is.
pub(super) fn plan_one(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    typed: &TypedNudge,
    of: Of,
) -> Result<Show, Failure> {
    let (id, known) = of.ids();
    let mut typed = typed.clone();
    if typed.connection.is_none() && !typed.who.trim().is_empty() {
        let draft = || Draft::Plan(typed.clone(), known);
        let nobody = |tx: &mut Tx<'_>| adding::nobody(tx, asking, &typed.who, &Waits::Nudge(typed.clone()));
        match meant(tx, asking, &typed.who, draft, NudgePress::Pick, nobody)? {
            ControlFlow::Continue(connection) => typed.connection = Some(connection.id),
            ControlFlow::Break(asked) => return Ok(asked),
        }
    }
    let before = match known {
        Some(known) => store::get(tx, asking.person.id, known)?,
        None => None,
    };
    let read = match before {
        Some(before) => typed.change(&before, &asking.member, asking.now),
        None => typed.read(&asking.member, asking.now, id),
    };
    let nudge = match read {
        Ok(Read::Nudge(nudge)) => nudge,
        Ok(Read::Several(readings)) => {
            let draft = Draft::Plan(typed.clone(), known);
            return ask_which_moment(tx, asking, &typed.when, &readings, &draft);
        }
        Err(refusal) => return refuse(tx, asking, &refusal, &Draft::Plan(typed, known)),
    };
    keep_one(tx, asking, nudge, of, Some(Waits::Nudge(typed)))
}

/// Keeps a nudge, where there is room for it, and shows it; `typed` is what it was typed as.
pub(super) fn keep_one(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    nudge: Nudge,
    of: Of,
    typed: Option<Waits>,
) -> Result<Show, Failure> {
    let owner = asking.person.id;
    let (id, known) = of.ids();
    let most = asking.app.limits.open_nudges_per_member;
    let all = store::planned(tx, owner)?;
    if all.len() >= most && all.iter().all(|it| it.id != id) {
        return match typed {
            Some(typed) => retry::full(tx, asking, &Draft::Full(typed)),
            None => Err(retry::no_room(asking)),
        };
    }
    store::put(tx, owner, &nudge)?;
    if known.is_some() {
        return go_on(tx, asking, nudge, Then::Changed);
    }
    planned_one(tx, asking, &nudge)
}

/// Shows a nudge that was planned just now; of an ask, that something could be given first.
fn planned_one(tx: &mut Tx<'_>, asking: &Asking<'_>, nudge: &Nudge) -> Result<Show, Failure> {
    let connection = store::about(tx, asking.person.id, nudge.connection)?;
    let hold = asking.member.hold(nudge.coming, nudge.by());
    let shown = views::planned(asking.words, nudge, connection.as_ref());
    let shown = views::with_hold(asking.words, shown, hold, nudge.coming.meant());
    let open = connection
        .as_ref()
        .and_then(|connection| Some((connection, give_first::open(nudge.kind, connection)?)));
    let Some((connection, because)) = open else { return Ok(Show::Reply(shown)) };
    let all = store::planned(tx, asking.person.id)?;
    Ok(Show::Reply(if give_first::planned(nudge, &all).is_none() {
        views::with_give_first(asking.words, shown, nudge, connection, &because)
    } else {
        shown
    }))
}

/// Plans to give something before an ask comes; where that is planned, shows it.
pub(super) fn give_first(tx: &mut Tx<'_>, asking: &Asking<'_>, ask: &Nudge) -> Result<Show, Failure> {
    let owner = asking.person.id;
    let all = store::planned(tx, owner)?;
    let give = match give_first::planned(ask, &all) {
        Some(known) => known.clone(),
        None if all.len() >= asking.app.limits.open_nudges_per_member => return Err(retry::no_room(asking)),
        None => {
            let at = give_first::before(ask.coming.at, &asking.member, asking.now);
            let give = to_give(asking, ask.connection, at);
            store::put(tx, owner, &give)?;
            give
        }
    };
    let connection = store::about(tx, owner, ask.connection)?;
    Ok(Show::Reply(views::give_and_ask(asking.words, &give, ask, connection.as_ref())))
}

/// The button to plan giving something back, once an asking was logged that leaves more had than given, unless that is
/// planned.
pub(super) fn offer_to_give(
    tx: &mut Tx<'_>,
    owner: UserId,
    (connection, what): (Id, &'static str),
    words: Words<'_>,
) -> Result<Option<Button>, StoreError> {
    let Some(connection) = store::about(tx, owner, Some(connection))?.filter(|_| what == What::Asked.word())
    else {
        return Ok(None);
    };
    let owes = connection.ledger.had() > connection.ledger.gave;
    let gives = |nudge: &Nudge| nudge.kind == Kind::GiveValue && nudge.connection == Some(connection.id);
    let offers = owes && !store::planned(tx, owner)?.iter().any(gives);
    let give = || Button::secondary(words.say("button-give"), NudgePress::GiveTo(connection.id).id());
    Ok(offers.then(give))
}

/// Plans to give something to somebody at the next delivery hour; where that is planned, shows it.
pub(super) fn give_back(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let connection = store::about(tx, asking.person.id, Some(id))?.ok_or_else(|| came::gone(asking))?;
    let gives = |nudge: &Nudge| nudge.kind == Kind::GiveValue && nudge.connection == Some(id);
    if let Some(known) = store::planned(tx, asking.person.id)?.into_iter().find(gives) {
        return go_on(tx, asking, known, Then::Show);
    }
    let at = give_first::before(Timestamp::MAX, &asking.member, asking.now);
    let about = asking.words.say("give-back-about");
    let nudge = Nudge { about, ..to_give(asking, Some(connection.id), at) };
    let of = Of::New(nudge.id);
    keep_one(tx, asking, nudge, of, None)
}

/// A nudge to give something to somebody.
fn to_give(asking: &Asking<'_>, connection: Option<Id>, coming: Coming) -> Nudge {
    Nudge {
        id: Id::new(asking.now),
        about: asking.words.say("give-first-about"),
        connection,
        kind: Kind::GiveValue,
        coming,
        repeat: None,
        exact: false,
        of: None,
        occasion: None,
    }
}

/// Takes giving something first back: the ask is there as it was planned.
pub(super) fn ask_alone(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    give: Id,
    ask: &Nudge,
) -> Result<Show, Failure> {
    in_time(asking, give.time())?;
    store::end(tx, asking.person.id, give)?;
    planned_one(tx, asking, ask)
}

/// Says why something was not taken; what was typed is kept for another try.
fn refuse(tx: &mut Tx<'_>, asking: &Asking<'_>, refusal: &Refusal, draft: &Draft) -> Result<Show, Failure> {
    let why = views::refusal(asking.words, refusal);
    let show = match refusal {
        Refusal::TooLong(_) => {
            let why = (why, Most::Characters(ABOUT));
            ask_back::refuse_too_long(tx, asking, why, draft, NudgePress::Again, NudgePress::Cut)?
        }
        _ => ask_back::refuse(tx, asking, why, draft, NudgePress::Again)?,
    };
    Ok(with_way_back(asking, show, draft))
}

/// Asks which of several moments is meant.
fn ask_which_moment(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    phrase: &str,
    readings: &[(Timestamp, String)],
    draft: &Draft,
) -> Result<Show, Failure> {
    let show = ask_back::which_moment(tx, asking, phrase, readings, draft, NudgePress::When)?;
    Ok(with_way_back(asking, show, draft))
}

/// What asks back stands in the place of a nudge, which must not be lost with it.
pub(super) fn with_way_back(asking: &Asking<'_>, show: Show, draft: &Draft) -> Show {
    match (show, draft.way_back()) {
        (Show::Reply(message), Some(back)) => {
            Show::Reply(message.and(Button::secondary(asking.words.say("button-back"), back.id())))
        }
        (show, _) => show,
    }
}
