//! What a member does about rhythms of their own.

use std::ops::ControlFlow;

use super::{TypedRhythm, store, views};
use crate::discord::answer::Show;
use crate::discord::failure::Failure;
use crate::discord::message::Message;
use crate::id::Id;
use crate::members::ask_back::{self, too_old};
use crate::members::press::MemberPress;
use crate::members::relationship::Relationship;
use crate::members::views::misread_rhythm;
use crate::members::{Asking, drafts};
use crate::store::Tx;

/// Takes what was typed of a rhythm, where anything was. Goes on with what is to be said of it; else what asks back.
pub(in crate::members) fn typed(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    relationship: Option<Relationship>,
    every: Option<&str>,
) -> Result<ControlFlow<Show, Option<String>>, Failure> {
    let words = asking.words;
    let (relationship, every) = match (relationship, every) {
        (None, None) => return Ok(ControlFlow::Continue(None)),
        (Some(relationship), Some(every)) => (relationship, every.to_owned()),
        (Some(_), None) => return Ok(ControlFlow::Break(half(words.say("rhythm-own-no-every")))),
        (None, Some(_)) => return Ok(ControlFlow::Break(half(words.say("rhythm-own-for-whom")))),
    };
    take(tx, asking, &TypedRhythm { relationship, every })
}

fn half(why: String) -> Show {
    Show::Reply(Message::new(why))
}

fn take(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    typed: &TypedRhythm,
) -> Result<ControlFlow<Show, Option<String>>, Failure> {
    let words = asking.words;
    match typed.read(&asking.member.asker(asking.now)) {
        Ok(wanted) => {
            let mut rhythms = store::get(tx, asking.person.id)?;
            rhythms.set(typed.relationship, wanted);
            store::put(tx, asking.person.id, &rhythms)?;
            Ok(ControlFlow::Continue(Some(views::taken(words, typed.relationship, wanted))))
        }
        Err(not) => {
            let why =
                format!("{} {}", misread_rhythm(words, &typed.every, &not), words.say("rhythm-own-try"));
            ask_back::refuse(tx, asking, why, typed, MemberPress::RhythmAgain).map(ControlFlow::Break)
        }
    }
}

/// Opens the form of a draft, to mend it.
pub(in crate::members) fn again(tx: &mut Tx<'_>, asking: &Asking<'_>, draft: Id) -> Result<Show, Failure> {
    let typed: TypedRhythm = drafts::get(tx, asking.person.id, draft)?.ok_or_else(|| too_old(asking))?;
    Ok(Show::Modal(views::form(asking.words, &typed)))
}

/// That form was sent.
pub(in crate::members) fn sent(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    relationship: Relationship,
    every: &str,
) -> Result<Show, Failure> {
    match take(tx, asking, &TypedRhythm { relationship, every: every.to_owned() })? {
        ControlFlow::Continue(said) => Ok(Show::Update(Message::new(said.unwrap_or_default()))),
        ControlFlow::Break(show) => Ok(show.in_place()),
    }
}

/// The settings with the member's own rhythms in them.
pub(in crate::members) fn shown(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    mut settings: Message,
) -> Result<Message, Failure> {
    let rhythms = store::get(tx, asking.person.id)?;
    if let Some(embed) = settings.embeds.pop() {
        settings.embeds.push(views::field(asking.words, embed, &rhythms));
    }
    Ok(settings)
}
