//! Where nudges come: by DM, or in a private thread of a server.
//!
//! A thread takes two steps. First Discord is asked for it, outside any transaction, for a request must never wait in
//! one. Then one transaction remembers it, posts its first letter, and gives it what waits elsewhere. What a crash
//! between the two leaves stands in `discord::threads`; a repeat takes the same thread again.
//!
//! What is written there names people without mentioning them: a mention would bring them into the thread.
//!
//! A thread that is gone, or in which Kith may not write, is treated like closed DMs: letters for it are held and told
//! of at the next command, with what mends it.

use super::forms::Typed;
use super::press::MemberPress;
use super::{Asking, Found, Member, PrivateThread, letterbox, store, thread_views as views};
use crate::delivery::{self, Letter, To};
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::message::Message;
use crate::discord::person::Person;
use crate::discord::threads::{self, NoThread};
use crate::store::{StoreError, Tx};

/// Where nudges can come, as `/settings where:` offers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// By direct message.
    Dms,
    /// In a private thread of the channel where one asks.
    Thread,
}

impl Where {
    const ALL: &[(Self, &str)] = &[(Self::Dms, "direct_messages"), (Self::Thread, "a_private_thread_here")];
}

crate::words_as_choices!(Where);

/// Asks Discord for what `to` takes; `None` where nothing is to be changed, for what else was typed is refused.
///
/// # Errors
/// There can be no thread: the person is told why and the way on.
pub async fn find(
    app: &App,
    person: &Person,
    to: Option<Where>,
    typed: &Typed,
) -> Result<Option<Found>, Failure> {
    let Some(to) = to else { return Ok(None) };
    let member = app.store.read(|tx| store::seen(tx, app, person))?;
    if typed.read(&member).is_err() {
        return Ok(None);
    }
    match to {
        Where::Dms => Ok(Some(Found::Dms)),
        Where::Thread => Ok(Some(Found::Thread(thread(app, person, &member).await?))),
    }
}

/// The member's thread in the server where they act: the one they have, else a new one.
async fn thread(app: &App, person: &Person, member: &Member) -> Result<PrivateThread, Failure> {
    let words = app.texts.words(Some(&person.locale));
    let refused = |no| match no {
        NoThread::Broken(error) => Failure::from(*error),
        no => Failure::told(views::no_thread(words, &no)),
    };
    let place = person.place.as_ref();
    let guild = place.map(|place| place.guild);
    if let Some(known) = member.thread.filter(|known| Some(known.guild) == guild)
        && threads::stands(&app.discord, known.channel, person.id).await.map_err(refused)?
    {
        return Ok(PrivateThread { used: true, ..known });
    }
    let place = threads::allowed(place).map_err(refused)?;
    let name = views::name(words, &person.name);
    let channel = threads::private(&app.discord, place, &name, person.id).await.map_err(refused)?;
    tracing::info!(user = %person.id, guild = %place.guild, thread = %channel, "a private thread for nudges");
    Ok(PrivateThread { guild: place.guild, channel, used: true })
}

/// Keeps where a member's nudges come from now on, and gives what waits elsewhere to that place. Returns the member as
/// they are now.
///
/// # Errors
/// The store's.
pub fn keep(tx: &mut Tx<'_>, asking: &Asking<'_>, found: Found) -> Result<Member, StoreError> {
    let (user, now, mut member) = (asking.person.id, asking.now, asking.member.clone());
    let known = member.thread.map(|thread| thread.channel);
    match found {
        Found::Dms => member.thread = member.thread.map(|thread| PrivateThread { used: false, ..thread }),
        Found::Thread(thread) => member.thread = Some(thread),
    }
    store::put(tx, user, &member)?;
    let to = letterbox(&member, user);
    if let Found::Thread(thread) = found
        && known != Some(thread.channel)
    {
        let greeting = views::greeting(asking.words, &asking.person.name);
        delivery::post(tx, &Letter::new(to, greeting, now))?;
    }
    delivery::readdress(tx, To::Person(user), to, now)?;
    if let Some(known) = known {
        delivery::readdress(tx, To::Channel(known), to, now)?;
    }
    delivery::try_again(tx, to)?;
    Ok(member)
}

/// Adds to an answer what a member should hear of the place where their nudges come.
///
/// # Errors
/// The store's.
pub fn accompany(tx: &mut Tx<'_>, asking: &Asking<'_>, message: Message) -> Result<Message, StoreError> {
    // Read again: the work may have changed it.
    let member = store::get(tx, asking.person.id)?.unwrap_or_else(|| asking.member.clone());
    let to = letterbox(&member, asking.person.id);
    // What was in flight when they chose their thread, and was refused since.
    delivery::readdress(tx, To::Person(asking.person.id), to, asking.now)?;
    let says_so = message.bears(&MemberPress::TryDms.id()) || message.bears(&MemberPress::TryThread.id());
    if says_so || delivery::unreachable(tx, to)?.is_none() {
        return Ok(message);
    }
    let waiting = delivery::held(tx, to)?.iter().map(|letter| letter.brings).sum();
    let in_server = asking.person.place.as_ref().is_some_and(|place| place.installed);
    Ok(views::with_closed(asking.words, message, to, waiting, in_server))
}

/// Asks Discord for what a press takes; `None` where it takes nothing.
///
/// # Errors
/// As [`find`].
pub async fn asked(app: &App, person: &Person, press: &MemberPress) -> Result<Option<Found>, Failure> {
    let to = match press {
        MemberPress::Thread => Some(Where::Thread),
        MemberPress::Dms => Some(Where::Dms),
        _ => None,
    };
    find(app, person, to, &Typed::default()).await
}

/// Answers a press about where nudges come: another place, or the same one tried again. `shown` is the answer that bore
/// the button.
///
/// # Errors
/// The store's.
pub fn pressed(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    found: Option<Found>,
    shown: Message,
) -> Result<Show, Failure> {
    let text = match found {
        Some(found) => {
            keep(tx, asking, found)?;
            views::chosen(asking.words, &asking.member, found)
        }
        None => {
            let to = letterbox(&asking.member, asking.person.id);
            delivery::try_again(tx, to)?;
            views::trying(asking.words, to)
        }
    };
    Ok(Show::Update(views::settled(shown, &text)))
}
