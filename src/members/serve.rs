//! Serving a member: everything that one asks for is done in one transaction with what it shows.

use jiff::Timestamp;

use super::{Member, rules, store, thread, views};
use crate::discord::answer::{Line, On, Show, answer};
use crate::discord::app::{App, Context};
use crate::discord::failure::Failure;
use crate::discord::person::Person;
use crate::discord::router::Pressed;
use crate::store::Tx;
use crate::texts::Words;

/// Somebody who asks for something, and what is needed to serve them.
pub struct Asking<'a> {
    /// What a handler may use.
    pub app: &'a App,
    /// Who asks.
    pub person: &'a Person,
    /// Them as a member.
    pub member: Member,
    /// When they asked.
    pub now: Timestamp,
    /// What is said, in their language.
    pub words: Words<'a>,
}

impl<'a> Asking<'a> {
    /// The same for the member as they are now.
    #[must_use]
    pub fn with(&self, member: Member) -> Self {
        Self { app: self.app, person: self.person, member, now: self.now, words: self.words }
    }
}

/// Runs `work` for a person in one transaction, durable when this returns.
///
/// # Errors
/// Those of `work`, with nothing kept.
pub async fn serve<F>(app: &App, person: &Person, mut work: F) -> Result<Show, Failure>
where
    F: FnMut(&mut Tx<'_>, &Asking<'_>) -> Result<Show, Failure> + Send,
{
    app.store
        .write(|tx| {
            let member = store::meet(tx, app, person)?;
            let words = app.texts.words(Some(&person.locale));
            work(tx, &Asking { app, person, member, now: app.clock.now(), words })
        })
        .await
}

/// Runs `work` for a press in one transaction. A new member whose first answer comes of a form is
/// asked for their zone there, and the question stays below a message until it is answered.
///
/// # Errors
/// Those of `work`, with nothing kept.
pub async fn serve_press<F>(app: &App, pressed: &Pressed, mut work: F) -> Result<Show, Failure>
where
    F: FnMut(&mut Tx<'_>, &Asking<'_>) -> Result<Show, Failure> + Send,
{
    let asks = pressed.message.as_ref().is_some_and(views::asks_for_zone);
    serve(app, &pressed.person, |tx, asking| match work(tx, asking)? {
        Show::Update(message) if asks && message.components.len() < ROWS => {
            let message = views::with_zone_question(asking.words, message, &asking.member, asking.now);
            Ok(Show::Update(message))
        }
        show => ask_for_zone(tx, asking, show),
    })
    .await
}

/// Runs a slash command or context menu command for its member, asks new members for their zone
/// once, and tells those whose DMs are closed.
///
/// # Errors
/// None: every failure is answered. The type is poise's.
pub async fn command<F>(ctx: Context<'_>, mut work: F) -> Result<(), Failure>
where
    F: FnMut(&mut Tx<'_>, &Asking<'_>) -> Result<Show, Failure> + Send,
{
    command_after(ctx, async { Ok(()) }, move |tx, asking, ()| work(tx, asking)).await
}

/// The same, where something must be asked of Discord first: `before` runs outside the transaction, and
/// what it found is `work`'s to keep.
///
/// # Errors
/// As [`command`].
pub async fn command_after<B, T, F>(ctx: Context<'_>, before: B, mut work: F) -> Result<(), Failure>
where
    B: Future<Output = Result<T, Failure>> + Send,
    T: Send + Sync,
    F: FnMut(&mut Tx<'_>, &Asking<'_>, &T) -> Result<Show, Failure> + Send,
{
    let app = ctx.data();
    let person = Person::from(ctx.interaction);
    let line = Line {
        http: &ctx.serenity_context().http,
        id: ctx.interaction.id,
        token: &ctx.interaction.token,
        on: On::Command,
    };
    let work = async {
        let found = before.await?;
        serve(app, &person, |tx, asking| {
            let show = work(tx, asking, &found)?;
            accompany(tx, asking, show)
        })
        .await
    };
    answer(app, line, &person, work).await;
    Ok(())
}

/// Most rows of components in a message.
const ROWS: usize = 5;

/// Adds to an answer what this member should hear beside it.
fn accompany(tx: &mut Tx<'_>, asking: &Asking<'_>, show: Show) -> Result<Show, Failure> {
    let show = match show {
        Show::Reply(message) => match rules::store::take_untold(tx, asking.person.id)? {
            Some(untold) => Show::Reply(views::with_moved_rules(asking.words, message, &untold)),
            None => Show::Reply(message),
        },
        show => show,
    };
    match ask_for_zone(tx, asking, show)? {
        Show::Reply(message) if message.components.len() < ROWS && !views::asks_for_zone(&message) => {
            Ok(Show::Reply(thread::accompany(tx, asking, message)?))
        }
        show => Ok(show),
    }
}

/// Adds the question for their zone to the first answer to a new member.
fn ask_for_zone(tx: &mut Tx<'_>, asking: &Asking<'_>, show: Show) -> Result<Show, Failure> {
    let Show::Reply(message) = show else { return Ok(show) };
    // Read again: the work may have changed it.
    let member = store::get(tx, asking.person.id)?.unwrap_or_else(|| asking.member.clone());
    if member.asked_zone || message.components.len() == ROWS {
        return Ok(Show::Reply(message));
    }
    let message = views::with_zone_question(asking.words, message, &member, asking.now);
    store::put(tx, asking.person.id, &Member { asked_zone: true, ..member })?;
    Ok(Show::Reply(message))
}
