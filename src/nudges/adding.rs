//! A nudge or a date of somebody who is not in the network yet: it waits until they are added, and goes on then.

use serde::{Deserialize, Serialize};

use super::acts::{Of, plan_one};
use super::dates::TypedDate;
use super::dates::acts::plan_date;
use super::forms::TypedNudge;
use super::press::{Draft, NudgePress};
use crate::connections::acts::{Added, added, named};
use crate::connections::forms::Typed;
use crate::connections::sent::typed_in;
use crate::connections::{modals, views};
use crate::discord::answer::Show;
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::message::{Button, Message};
use crate::discord::router::Pressed;
use crate::id::Id;
use crate::members::ask_back::{self, Most, too_old};
use crate::members::views::saying;
use crate::members::{Asking, drafts};
use crate::say;
use crate::store::Tx;

/// What was typed and cannot be planned yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Waits {
    /// A nudge.
    Nudge(TypedNudge),
    /// A date.
    Date(TypedDate),
}

impl Waits {
    /// Plans it, with the id `id`.
    pub(super) fn plan(&self, tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
        match self {
            Self::Nudge(typed) => plan_one(tx, asking, typed, Of::New(id)),
            Self::Date(typed) => plan_date(tx, asking, typed, Of::New(id)),
        }
    }

    /// The same about a connection.
    fn about(self, connection: Id) -> Self {
        match self {
            Self::Nudge(typed) => Self::Nudge(TypedNudge { connection: Some(connection), ..typed }),
            Self::Date(typed) => Self::Date(TypedDate { connection: Some(connection), ..typed }),
        }
    }
}

/// Says that nobody is called so, and offers to add them first, or to do without.
pub(super) fn nobody(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    who: &str,
    waits: &Waits,
) -> Result<Show, Failure> {
    let draft = Draft::Adding(waits.clone(), named(who));
    let draft = drafts::keep(tx, asking.person.id, asking.now, &draft)?;
    let add = Button::primary(asking.words.say("button-add-them"), NudgePress::Again(draft).id());
    let message = Message::new(views::nobody(asking.words, who)).buttons([add]);
    Ok(Show::Reply(or_anyway(asking, message, waits, draft)))
}

/// A nudge can do without the person, a date of nobody's cannot.
fn or_anyway(asking: &Asking<'_>, message: Message, waits: &Waits, draft: Id) -> Message {
    match waits {
        Waits::Nudge(_) => {
            let press = NudgePress::Anyway(draft).id();
            message.and(Button::secondary(asking.words.say("button-plan-anyway"), press))
        }
        Waits::Date(_) => message,
    }
}

/// The form to add them.
pub(super) fn form(asking: &Asking<'_>, draft: Id, typed: &Typed) -> Show {
    let form = NudgePress::AddForm(draft).id();
    Show::Modal(modals::add_form(asking.words, form, typed, asking.app.limits.note_length))
}

/// That form was sent.
pub(super) fn sent(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    draft: Id,
    pressed: &Pressed,
) -> Result<Show, Failure> {
    let Some(Draft::Adding(waits, typed)) = drafts::get(tx, asking.person.id, draft)? else {
        return Err(too_old(asking));
    };
    add(tx, asking, draft, waits, &typed_in(pressed, typed))
}

/// Plans what waits without them.
pub(super) fn anyway(tx: &mut Tx<'_>, asking: &Asking<'_>, draft: Id) -> Result<Show, Failure> {
    match drafts::get(tx, asking.person.id, draft)? {
        Some(Draft::Adding(Waits::Nudge(typed), _)) => {
            Waits::Nudge(TypedNudge { who: String::new(), ..typed }).plan(tx, asking, draft)
        }
        _ => Err(too_old(asking)),
    }
}

/// Adds them, and goes on with what waits.
pub(super) fn add(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    draft: Id,
    waits: Waits,
    typed: &Typed,
) -> Result<Show, Failure> {
    match added(tx, asking, typed, draft)? {
        Added::New(connection, namesakes) => {
            let saved = views::saved_text(asking.words, &connection, namesakes);
            let show = waits.about(connection.id).plan(tx, asking, draft)?;
            Ok(saying(show, &saved, false))
        }
        Added::There(connection) => waits.about(connection.id).plan(tx, asking, draft),
        Added::Refused(refusal) => {
            let why = views::refusal(asking.words, &refusal);
            not_added(tx, asking, (why, refusal.most()), &waits, typed)
        }
        Added::Full => {
            let why = say!(asking.words, "connections-full", most = asking.app.limits.connections_per_member);
            not_added(tx, asking, (why, None), &waits, typed)
        }
    }
}

fn not_added(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (why, most): (String, Option<Most>),
    waits: &Waits,
    typed: &Typed,
) -> Result<Show, Failure> {
    let draft = Draft::Adding(waits.clone(), typed.clone());
    let mut kept = Id(0);
    let again = |draft| {
        kept = draft;
        NudgePress::Again(draft)
    };
    let show = match most {
        Some(most) => ask_back::refuse_too_long(tx, asking, (why, most), &draft, again, NudgePress::Cut)?,
        None => ask_back::refuse(tx, asking, why, &draft, again)?,
    };
    Ok(match show {
        Show::Reply(message) => Show::Reply(or_anyway(asking, message, waits, kept)),
        show => show,
    })
}
