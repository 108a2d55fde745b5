//! Asking back: what was typed is kept as a draft, and the answer bears the buttons that go on with it.

use jiff::Timestamp;
use serde::Serialize;

use super::{Asking, drafts, views};
use crate::discord::answer::Show;
use crate::discord::custom_id::Press;
use crate::discord::failure::Failure;
use crate::discord::message::{Button, Message};
use crate::id::Id;
use crate::say;
use crate::store::Tx;
use crate::when::{Asker, Misread, Reading, exactly};

/// Says `why` something was not taken; `again` is the press that opens the draft, to mend it.
///
/// # Errors
/// The store's.
pub fn refuse<P: Press>(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    why: String,
    draft: &impl Serialize,
    again: impl FnOnce(Id) -> P,
) -> Result<Show, Failure> {
    let draft = drafts::keep(tx, asking.person.id, asking.now, draft)?;
    Ok(Show::Reply(views::refused(asking.words, why, again(draft).id())))
}

/// To what something that is too long can be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Most {
    /// A text to so many characters.
    Characters(usize),
    /// Tags to so many characters each.
    EachTag(usize),
    /// Tags to the first so many.
    Tags(usize),
}

/// The same of what is too long: `cut` is the press that takes the draft with it cut to what fits.
///
/// # Errors
/// The store's.
pub fn refuse_too_long<P: Press>(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (why, most): (String, Most),
    draft: &impl Serialize,
    again: impl FnOnce(Id) -> P,
    cut: impl FnOnce(Id) -> P,
) -> Result<Show, Failure> {
    let draft = drafts::keep(tx, asking.person.id, asking.now, draft)?;
    let label = match most {
        Most::Characters(most) => say!(asking.words, "button-cut", most = most),
        Most::EachTag(most) => say!(asking.words, "button-cut-tag", most = most),
        Most::Tags(most) => say!(asking.words, "button-cut-tags", most = most),
    };
    let cut = Button::secondary(label, cut(draft).id());
    Ok(Show::Reply(views::refused(asking.words, why, again(draft).id()).and(cut)))
}

/// Asks which of several moments `phrase` means; `press` is what chooses one for the draft.
///
/// # Errors
/// The store's.
pub fn which_moment<P: Press>(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    phrase: &str,
    readings: &[(Timestamp, String)],
    draft: &impl Serialize,
    press: impl Fn(Id, u8) -> P,
) -> Result<Show, Failure> {
    let draft = drafts::keep(tx, asking.person.id, asking.now, draft)?;
    let press = |n| press(draft, n).id();
    Ok(Show::Reply(views::which_moment(asking.words, phrase, readings, press)))
}

/// The moment that was chosen, as a phrase with that one reading. It is read as it was when it was
/// asked back for: days later "next friday" is another.
///
/// # Errors
/// There is no such moment.
pub fn chosen_moment(
    asking: &Asking<'_>,
    draft: Id,
    chosen: u8,
    read: impl FnOnce(&Asker) -> Result<Reading, Misread>,
) -> Result<String, Failure> {
    let all = read(&asking.member.asker(draft.time())).map(Reading::all).unwrap_or_default();
    let (at, _) = all.into_iter().nth(usize::from(chosen)).ok_or_else(|| too_old(asking))?;
    Ok(exactly(at, &asking.member.zone()))
}

/// A draft is gone.
#[must_use]
pub fn too_old(asking: &Asking<'_>) -> Failure {
    Failure::told(Message::new(asking.words.say("draft-too-old")))
}
