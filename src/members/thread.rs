//! Where nudges come: by DM, or in a private thread of a server.
//!
//! A thread takes two steps. First Discord is asked for it, outside any transaction, for a request must never wait in
//! one. Then one transaction remembers it, posts its first letter, and gives it what waits elsewhere. What a crash
//! between the two leaves stands in `discord::threads`; a repeat takes the same thread again.
//!
//! What is written there names people without mentioning them: a mention would bring them into the thread.
//!
//! A thread that is gone, that the member left, or in which Kith may not write, is treated like closed DMs: letters for it are held and told
//! of at the next command, with what mends it.
//!
//! Trying again takes two transactions: one lets go what was held; once that has ended one way or the other, the second
//! reads how everything stands and says so. Another place that is chosen meanwhile holds: what was on its way has arrived,
//! or goes there.

use std::time::Duration;

use jiff::Timestamp;

use super::ask_back::too_old;
use super::forms::Typed;
use super::press::MemberPress;
use super::thread_views::{self as views, Barrier};
use super::{Asking, Found, Member, PrivateThread, letterbox, serve, store};
use crate::delivery::{self, Letter, To};
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::message::Message;
use crate::discord::person::Person;
use crate::discord::router::Pressed;
use crate::discord::threads::{self, NoThread};
use crate::id::UserId;
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
    if let Found::Thread(thread) = found {
        delivery::read_by(tx, thread.channel, user)?;
    }
    delivery::readdress(tx, To::Person(user), to, now)?;
    if let Some(known) = known {
        delivery::readdress(tx, To::Channel(known), to, now)?;
    }
    reach(tx, asking.app, user, to, now)?;
    Ok(member)
}

/// Tries to reach a member again: what could not be brought meanwhile comes together, without what was answered.
///
/// # Errors
/// The store's.
pub fn reach(tx: &mut Tx<'_>, app: &App, user: UserId, to: To, now: Timestamp) -> Result<(), StoreError> {
    for bearer in app.bearers.iter() {
        (bearer.gathers)(tx, app, user, to, now)?;
    }
    delivery::try_again(tx, to)
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
    let message = with_refused(tx, asking, message, to)?;
    let says_so = [MemberPress::TryDms, MemberPress::TryThread, MemberPress::Thread];
    let says_so = says_so.iter().any(|press| message.bears(&press.id()));
    let barrier = if says_so { None } else { barrier(tx, to)? };
    let Some(barrier) = barrier else { return Ok(message) };
    let held = delivery::held(tx, to)?;
    let waiting = brought(tx, asking, &held)?;
    let in_server = asking.person.place.as_ref().is_some_and(|place| place.installed);
    Ok(views::with_barrier(asking.words, message, to, (barrier, waiting, false), in_server))
}

/// What holds up what is for a place; `None` where nothing does.
fn barrier(tx: &mut Tx<'_>, to: To) -> Result<Option<Barrier>, StoreError> {
    if delivery::unreachable(tx, to)?.is_none() {
        return Ok(None);
    }
    if delivery::is_left(tx, to)? {
        return Ok(Some(Barrier::Left));
    }
    Ok(Some(if delivery::is_apart(tx, to)? { Barrier::Apart } else { Barrier::Closed }))
}

/// Adds that Discord did not take what a letter was to bring, and where it is.
fn with_refused(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    message: Message,
    to: To,
) -> Result<Message, StoreError> {
    let mut waiting = 0;
    for letter in delivery::take_untold(tx, to)? {
        waiting += borne(tx, asking, &letter)?.unwrap_or(0);
    }
    Ok(if waiting > 0 { views::with_refused(asking.words, message, waiting) } else { message })
}

/// How long is waited for what is on its way, before the answer says that it is.
const PATIENCE: Duration = Duration::from_secs(10);

/// Nudges are to come at another place, as a press says.
///
/// # Errors
/// As [`find`], or the store's.
pub async fn choose(app: &App, pressed: &Pressed, press: &MemberPress) -> Result<Show, Failure> {
    let to = if *press == MemberPress::Thread { Where::Thread } else { Where::Dms };
    let found = find(app, &pressed.person, Some(to), &Typed::default()).await?;
    let mut before = None;
    let show = serve(app, &pressed.person, |tx, asking| {
        let Some(found) = found else { return Err(too_old(asking)) };
        before = Some(letterbox(&asking.member, asking.person.id));
        keep(tx, asking, found)?;
        let text = views::chosen(asking.words, &asking.member, found);
        Ok(Show::Update(views::settled(pressed.message.clone().unwrap_or_default(), &text)))
    })
    .await?;
    if let Some(before) = before
        && let Err(error) = bring_along(app, &pressed.person, before).await
    {
        // The choice is kept; what is left behind arrives there, or comes along at the next command.
        tracing::error!(user = %pressed.person.id, %error, "what was on its way was not brought along");
    }
    Ok(show)
}

/// What was on its way to the place `before` when another was chosen goes there, unless it has arrived.
async fn bring_along(app: &App, person: &Person, before: To) -> Result<(), StoreError> {
    if app.store.read(|tx| delivery::pending(tx, before))?.is_empty() {
        return Ok(());
    }
    delivery::tried(&app.store, &app.clock, before, PATIENCE).await?;
    let moved = |tx: &mut Tx<'_>| -> Result<(), StoreError> {
        let Some(member) = store::get(tx, person.id)? else { return Ok(()) };
        delivery::readdress(tx, before, letterbox(&member, person.id), app.clock.now())
    };
    app.store.write(moved).await
}

/// The place where nudges come is tried again, and the answer says what came of it.
///
/// # Errors
/// The store's.
pub async fn try_again(app: &App, pressed: &Pressed) -> Result<Show, Failure> {
    let mut tried = None;
    serve(app, &pressed.person, |tx, asking| {
        let to = letterbox(&asking.member, asking.person.id);
        reach(tx, asking.app, asking.person.id, to, asking.now)?;
        let pending = delivery::pending(tx, to)?;
        tried = Some((to, brought(tx, asking, &pending)?));
        Ok(Show::Update(Message::default()))
    })
    .await?;
    if let Some((to, _)) = tried {
        delivery::tried(&app.store, &app.clock, to, PATIENCE).await?;
    }
    serve(app, &pressed.person, |tx, asking| {
        let (to, waited) = tried.ok_or_else(|| too_old(asking))?;
        let shown = pressed.message.clone().unwrap_or_default();
        came_of_it(tx, asking, (to, waited), shown)
    })
    .await
}

/// Says how things stand once `to`, for which so many things waited, was tried again.
fn came_of_it(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (to, waited): (To, usize),
    shown: Message,
) -> Result<Show, Failure> {
    let words = asking.words;
    // From `/nudge why`, which stays as it was when it was asked.
    let answer = |text: &str| {
        let told = views::tells(&shown);
        let message = if told { views::settled(shown.clone(), text) } else { Message::new(text) };
        if told { Show::Update(message) } else { Show::Reply(message) }
    };
    let now = letterbox(&asking.member, asking.person.id);
    if now != to {
        delivery::readdress(tx, to, now, asking.now)?;
        return Ok(answer(&views::meanwhile(words, &asking.member)));
    }
    let pending = delivery::pending(tx, to)?;
    let waiting = brought(tx, asking, &pending)?;
    if let Some(barrier) = barrier(tx, to)? {
        let in_server = asking.person.place.as_ref().is_some_and(|place| place.installed);
        let still =
            |message: Message| views::with_barrier(words, message, to, (barrier, waiting, true), in_server);
        return Ok(if views::tells(&shown) {
            Show::Update(still(views::untold(shown)))
        } else {
            Show::Reply(still(Message::default()))
        });
    }
    Ok(answer(&views::tried(words, to, waited, waiting)))
}

/// How many things letters still bring, as their receiver counts them.
///
/// # Errors
/// The store's.
pub fn brought(tx: &mut Tx<'_>, asking: &Asking<'_>, letters: &[Letter]) -> Result<usize, StoreError> {
    let mut all = 0;
    for letter in letters {
        all += borne(tx, asking, letter)?.unwrap_or(letter.brings);
    }
    Ok(all)
}

/// How many things a letter still brings of an area that knows.
fn borne(tx: &mut Tx<'_>, asking: &Asking<'_>, letter: &Letter) -> Result<Option<usize>, StoreError> {
    for bearer in asking.app.bearers.iter() {
        if let Some(count) = (bearer.brings)(tx, asking.person.id, letter)? {
            return Ok(Some(count));
        }
    }
    Ok(None)
}
