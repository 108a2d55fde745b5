//! `/organize rehearse`.

use anyhow::Context as _;
use jiff::SignedDuration;

use super::script::script;
use crate::agenda;
use crate::delivery::{self, Errand, Letter, Outcome, Tell, To, What};
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::failure::Failure;
use crate::discord::message::Message;
use crate::id::{ChannelId, Id, UserId};
use crate::members::Asking;
use crate::rounds::organizer::organized;
use crate::rounds::round::Stopped;
use crate::rounds::views::bold;
use crate::rounds::{life, store};
use crate::say;
use crate::store::Tx;

/// Whose agenda entries these are: the thread was made, or not; the subject is the round, the organizer and the errand.
pub const REHEARSE: &str = "round/rehearsal";
/// Time between what is shown: long enough to read, short enough to wait for.
const BEAT: SignedDuration = SignedDuration::from_secs(8);

/// A thread for the rehearsal is asked for.
///
/// # Errors
/// They may not organize here; the store's.
pub fn rehearse(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let round = organized(tx, asking, id)?;
    let words = asking.words;
    let errand = Id::new(asking.now);
    let what = What::StartThread {
        guild: round.guild,
        channel: round.channel,
        name: say!(words, "rehearsal-thread", name = round.name.as_str()),
        private: true,
        invitable: true,
    };
    let tell = Tell::new(REHEARSE, format!("{id} {} {errand}", asking.person.id));
    delivery::ask(tx, &Errand::new(what, asking.now).with_id(errand).telling(tell))?;
    Ok(Show::Reply(Message::new(say!(words, "rehearsal-asked", name = bold(&round.name)))))
}

pub(in crate::rounds) fn due(app: &App) -> agenda::Handler {
    let app = app.clone();
    Box::new(move |tx, due| {
        let parts: Vec<&str> = due.subject.split(' ').collect();
        let [id, organizer, errand] = parts[..] else { anyhow::bail!("a round, an organizer and an errand") };
        let (id, errand): (Id, Id) = (id.parse()?, errand.parse()?);
        let organizer = UserId(organizer.parse()?);
        let outcome = delivery::outcome(tx, errand)?.context("an errand without an end")?;
        delivery::forget_outcome(tx, errand)?;
        let Some(round) = store::round(tx, id)? else { return Ok(()) };
        let Outcome::Made(room) = outcome else {
            let Outcome::Refused { code, .. } = outcome else { return Ok(()) };
            let why = Stopped::of(code);
            life::tell(tx, &app, organizer, due.now, |words| {
                crate::rounds::publish::views::stopped(words, (id, &round), why)
            })?;
            return Ok(());
        };
        let room = ChannelId(room);
        delivery::ask(tx, &Errand::new(What::AddToThread { thread: room, user: organizer }, due.now))?;
        let words = app.texts.words(Some(&round.locale));
        let mut at = due.now;
        for (nth, mut message) in script(words, (id, &round), room, due.now).into_iter().enumerate() {
            if nth == 0 {
                message.content = format!("<@{organizer}> {}", message.content);
                message = message.pinging([organizer]);
            }
            delivery::post(tx, &Letter::new(To::Channel(room), message, due.now).not_before(at))?;
            at += BEAT;
        }
        Ok(())
    })
}
