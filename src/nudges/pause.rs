//! `/nudge pause` and `/nudge resume`: a stretch in which nothing comes, such as holidays.
//!
//! What falls due in it waits until its end, or comes at once where it is ended before.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::press::{Draft, NudgePress};
use super::{Nudge, dates, store};
use crate::connections::Connection;
use crate::connections::views::bold;
use crate::discord::answer::Show;
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::message::{Button, Input, Message, Modal};
use crate::discord::router::Pressed;
use crate::discord::text::{cut, moment, plain, relative};
use crate::id::Id;
use crate::members::views::misread;
use crate::members::{self, Asking, Member, Pause, Shift, ask_back, drafts};
use crate::say;
use crate::store::Tx;
use crate::texts::Words;
use crate::when::{self, Asker, By, Misread};

/// A pause as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedPause {
    /// When it ends.
    pub until: String,
    /// When it begins; empty for now.
    pub from: String,
}

/// Why a pause was not taken.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// A time of it is not understood.
    #[error("a time of the pause is not understood")]
    When(String, Misread),
    /// It ends before it begins.
    #[error("the pause ends before it begins")]
    EndsFirst,
}

/// What became of a pause as typed.
#[derive(Clone, Debug, PartialEq)]
pub enum Read {
    /// This one.
    Pause(Pause),
    /// Its end (`true`) or its beginning can be read in these ways.
    Several(bool, Vec<(Timestamp, String)>),
}

impl TypedPause {
    /// A pause as it was typed into its form.
    #[must_use]
    pub fn in_form(pressed: &Pressed) -> Self {
        Self { until: pressed.field("until").to_owned(), from: pressed.field("from").to_owned() }
    }

    /// The pause that is meant.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn read(&self, asker: &Asker) -> Result<Read, Refusal> {
        let once = |phrase: &str| {
            when::once(phrase, asker)
                .map(when::Reading::all)
                .map_err(|not| Refusal::When(phrase.to_owned(), not))
        };
        let until = once(&self.until)?;
        let [(until, _)] = until[..] else { return Ok(Read::Several(true, until)) };
        let from = if self.from.trim().is_empty() { vec![] } else { once(&self.from)? };
        let from = match from[..] {
            [] => asker.now,
            [(from, _)] => from,
            _ => return Ok(Read::Several(false, from)),
        };
        if until <= from { Err(Refusal::EndsFirst) } else { Ok(Read::Pause(Pause { from, until })) }
    }
}

/// Begins a pause, or plans one; without an end, shows the one that there is.
///
/// # Errors
/// The store's.
pub fn pause(tx: &mut Tx<'_>, asking: &Asking<'_>, typed: &TypedPause) -> Result<Show, Failure> {
    if typed.until.trim().is_empty() {
        return Ok(Show::Reply(shown(asking.words, &asking.member, asking.now)));
    }
    let draft = Draft::Pause(typed.clone());
    match typed.read(&asking.member.asker(asking.now)) {
        Ok(Read::Pause(pause)) => {
            let waiting = set(tx, asking, Some(pause))?;
            let dates = dates_in(tx, asking, pause)?;
            let change = drafts::keep(tx, asking.person.id, asking.now, &draft)?;
            let shown = paused(asking, pause, waiting, change);
            Ok(Show::Reply(with_dates(asking.words, shown, &dates)))
        }
        Ok(Read::Several(until, readings)) => {
            let phrase = if until { &typed.until } else { &typed.from };
            ask_back::which_moment(tx, asking, phrase, &readings, &draft, NudgePress::When)
        }
        Err(refusal) => ask_back::refuse(tx, asking, why(asking.words, &refusal), &draft, NudgePress::Again),
    }
}

/// The end or the beginning of a pause was chosen among several readings.
///
/// # Errors
/// The store's, or the question is too old.
pub fn chosen(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    typed: TypedPause,
    meant: impl Fn(&str) -> Result<String, Failure>,
) -> Result<Show, Failure> {
    let typed = match typed.read(&asking.member.asker(asking.now)) {
        Ok(Read::Several(false, _)) => TypedPause { from: meant(&typed.from)?, ..typed },
        _ => TypedPause { until: meant(&typed.until)?, ..typed },
    };
    pause(tx, asking, &typed)
}

/// Ends a pause, whether it has begun or not.
///
/// # Errors
/// The store's.
pub fn resume(tx: &mut Tx<'_>, asking: &Asking<'_>) -> Result<Show, Failure> {
    let was = asking.member.pause.filter(|pause| asking.now < pause.until);
    if was.is_none() {
        return Ok(Show::Reply(shown(asking.words, &asking.member, asking.now)));
    }
    let moved = set(tx, asking, None)?;
    Ok(Show::Reply(Message::new(say!(asking.words, "pause-ended", count = moved))))
}

/// The dates whose nudges a pause holds back, each with whose it is.
fn dates_in(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    pause: Pause,
) -> Result<Vec<(Nudge, Option<Connection>)>, Failure> {
    let held = |it: &Nudge| {
        let meant = it.coming.meant();
        it.by() == By::Date && pause.from <= meant && meant < pause.until && it.coming.at >= pause.until
    };
    let mut dates = Vec::new();
    for nudge in store::planned(tx, asking.person.id)?.into_iter().filter(held) {
        let connection = store::about(tx, asking.person.id, nudge.connection)?;
        dates.push((nudge, connection));
    }
    dates.sort_by_key(|(nudge, _)| nudge.coming.meant());
    Ok(dates)
}

/// How many dates in a pause are named.
const NAMED: usize = 5;

/// `message` with the dates that fall into a pause.
fn with_dates(words: Words<'_>, mut message: Message, dates: &[(Nudge, Option<Connection>)]) -> Message {
    if dates.is_empty() {
        return message;
    }
    let named = dates.iter().take(NAMED).map(|(nudge, connection)| {
        let name = connection.as_ref().map(|it| bold(&it.name)).unwrap_or_default();
        let what = plain(&cut(&nudge.about, 40));
        say!(words, "pause-date", name = name, what = what, on = dates::views::when(nudge))
    });
    let mut all = named.collect::<Vec<_>>().join(" · ");
    if dates.len() > NAMED {
        all = say!(words, "pause-dates-more", dates = all, count = dates.len() - NAMED);
    }
    let said = say!(words, "pause-dates", count = dates.len(), dates = all);
    message.content = format!("{}\n{said}", message.content);
    message
}

/// Keeps a pause; returns how many nudges come at another time for it.
fn set(tx: &mut Tx<'_>, asking: &Asking<'_>, pause: Option<Pause>) -> Result<usize, Failure> {
    let new = Member { pause, ..asking.member.clone() };
    let shift = Shift::new(asking.member.clone(), new, asking.now);
    Ok(members::store::change(tx, asking.app, asking.person.id, &shift)?.len())
}

fn shown(words: Words<'_>, member: &Member, now: Timestamp) -> Message {
    let open = Button::primary(words.say("button-pause"), NudgePress::Pause.id());
    match member.pause.filter(|pause| now < pause.until) {
        None => Message::new(words.say("pause-none")).buttons([open]),
        Some(pause) => {
            let key = if pause.from <= now { "pause-on" } else { "pause-planned" };
            let text = words
                .with(key, &[("from", moment(pause.from).into()), ("until", moment(pause.until).into())]);
            Message::new(text).buttons([resume_button(words)])
        }
    }
}

/// From so far ahead on the year is said: "20 mar" was this year's when it was over, and is the next one's.
const FAR: SignedDuration = SignedDuration::from_hours(24 * 183);

fn paused(asking: &Asking<'_>, pause: Pause, waiting: usize, change: Id) -> Message {
    let (words, now) = (asking.words, asking.now);
    let until = (moment(pause.until), relative(pause.until));
    let text = if pause.from <= now {
        say!(words, "pause-begun", until = until.0, when = until.1, count = waiting)
    } else {
        say!(words, "pause-set", from = moment(pause.from), until = until.0, count = waiting)
    };
    let year = |at: Timestamp| at.to_zoned_datetime(asking.member.zone()).year().to_string();
    let far = |at: Timestamp| at.duration_since(now) > FAR;
    let mind = if far(pause.from) {
        format!(" {}", say!(words, "pause-far-from", year = year(pause.from), when = relative(pause.from)))
    } else if far(pause.until) {
        format!(" {}", say!(words, "pause-far-until", year = year(pause.until), when = relative(pause.until)))
    } else {
        String::new()
    };
    let change = Button::secondary(words.say("button-change"), NudgePress::Again(change).id());
    Message::new(text + &mind).buttons([change, resume_button(words)])
}

/// The button that ends a pause.
#[must_use]
pub fn resume_button(words: Words<'_>) -> Button {
    Button::secondary(words.say("button-resume"), NudgePress::Resume.id())
}

/// The form for a pause.
#[must_use]
pub fn form(words: Words<'_>, typed: &TypedPause) -> Modal {
    Modal::new(
        NudgePress::PauseForm.id(),
        words.say("form-pause"),
        [
            Input::line("until", words.say("field-pause-until"))
                .required()
                .max(100)
                .value(&typed.until)
                .placeholder(words.say("field-pause-until-example")),
            Input::line("from", words.say("field-pause-from"))
                .max(100)
                .value(&typed.from)
                .placeholder(words.say("field-pause-from-example")),
        ],
    )
}

fn why(words: Words<'_>, refusal: &Refusal) -> String {
    match refusal {
        Refusal::When(phrase, not) => {
            format!("{} {}", misread(words, phrase, not), words.say("refused-pause-try"))
        }
        Refusal::EndsFirst => words.say("refused-pause-ends-first"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::Time;
    use jiff::tz::TimeZone;

    fn asker() -> Asker {
        let now = "2026-11-24T12:00:00Z".parse().unwrap();
        Asker::new(now, TimeZone::UTC, Time::constant(9, 0, 0, 0), "en-GB")
    }

    fn read(until: &str, from: &str) -> Result<Read, Refusal> {
        TypedPause { until: until.to_owned(), from: from.to_owned() }.read(&asker())
    }

    #[test]
    fn a_pause_begins_now_or_when_it_is_said_and_ends_at_the_delivery_hour() {
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let pause = |from: &str, until: &str| Ok(Read::Pause(Pause { from: at(from), until: at(until) }));
        assert_eq!(read("5 jan", ""), pause("2026-11-24T12:00:00Z", "2027-01-05T09:00:00Z"));
        assert_eq!(read("5 jan", "20 dec"), pause("2026-12-20T09:00:00Z", "2027-01-05T09:00:00Z"));
    }

    #[test]
    fn a_pause_that_ends_before_it_begins_is_none() {
        assert_eq!(read("1 dec", "20 dec"), Err(Refusal::EndsFirst));
        assert_eq!(read("20 dec", "20 dec"), Err(Refusal::EndsFirst));
        assert!(matches!(read("yesterday", ""), Err(Refusal::When(_, Misread::InThePast(_)))));
        assert!(matches!(read("1 jan 2200", ""), Err(Refusal::When(_, Misread::TooFar))));
        assert!(matches!(read("soonish", ""), Err(Refusal::When(_, Misread::NotUnderstood(_)))));
    }
}
