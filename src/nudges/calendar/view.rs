//! `/nudge calendar`: the file, and the address at which a calendar finds it live.

use jiff::Timestamp;

use super::{NAME, address, coming, file};
use crate::connections;
use crate::discord::answer::Show;
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::message::{Button, File, Message};
use crate::discord::text::day;
use crate::members::Asking;
use crate::nudges::press::NudgePress;
use crate::nudges::store;
use crate::say;
use crate::store::Tx;
use crate::texts::Words;

/// The calendar of the one who asks, as a file.
///
/// # Errors
/// The store's.
pub fn calendar(tx: &mut Tx<'_>, asking: &Asking<'_>) -> Result<Show, Failure> {
    let (owner, words) = (asking.person.id, asking.words);
    let network = connections::store::network(tx, owner)?;
    let (all, more) = coming(&store::planned(tx, owner)?, &network, &asking.member, asking.now);
    let since = address::since(tx, owner)?;
    let mut text = match (all.len(), more) {
        (0, _) => words.say("calendar-empty"),
        (most, true) => say!(words, "calendar-file-cut", count = most),
        (count, false) => say!(words, "calendar-file", count = count),
    };
    if asking.app.address.is_some() {
        text.push_str("\n\n");
        text.push_str(&match since {
            Some(since) => say!(words, "calendar-has-address", since = day(since)),
            None => words.say("calendar-no-address"),
        });
    }
    let mut message = Message::new(text).buttons(buttons(asking, since, all.is_empty()));
    if !all.is_empty() {
        let bytes = file(words, &all, &network, &asking.member, asking.now).into_bytes();
        message = message.file(File { name: NAME.to_owned(), bytes });
    }
    Ok(Show::Reply(message))
}

/// A new address, shown this once; the one before leads nowhere any more.
///
/// # Errors
/// No addresses are given here, or the store's.
pub fn renew(tx: &mut Tx<'_>, asking: &Asking<'_>) -> Result<Show, Failure> {
    let Some(base) = &asking.app.address else {
        return Err(Failure::told(Message::new(asking.words.say("calendar-off"))));
    };
    let token = address::renew(tx, asking.person.id, asking.now)?;
    let address = format!("{base}{}", super::feed::path(&token));
    let text = say!(asking.words, "calendar-address", address = address);
    Ok(Show::Update(Message::new(text).buttons([revoke_button(asking.words)])))
}

/// The address leads nowhere any more.
///
/// # Errors
/// The store's.
pub fn revoke(tx: &mut Tx<'_>, asking: &Asking<'_>) -> Result<Show, Failure> {
    address::revoke(tx, asking.person.id)?;
    let message = Message::new(asking.words.say("calendar-revoked"));
    Ok(Show::Update(message.buttons(buttons(asking, None, false))))
}

fn buttons(asking: &Asking<'_>, since: Option<Timestamp>, empty: bool) -> Vec<Button> {
    let words = asking.words;
    let plan = empty.then(|| Button::primary(words.say("button-plan"), NudgePress::Plan.id()));
    let get = asking.app.address.as_ref().map(|_| {
        let label = if since.is_some() { "button-new-address" } else { "button-get-address" };
        Button::secondary(words.say(label), NudgePress::Address.id())
    });
    // Also where no new ones are given: it would lead somewhere again once they are.
    let revoke = since.map(|_| revoke_button(words));
    plan.into_iter().chain(get).chain(revoke).collect()
}

fn revoke_button(words: Words<'_>) -> Button {
    Button::danger(words.say("button-revoke"), NudgePress::RevokeAddress.id())
}
