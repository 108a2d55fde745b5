//! What members type of a nudge, read and checked.

use jiff::Timestamp;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::{ABOUT, Kind, Nudge};
use crate::connections::forms::{is_never, is_visible};
use crate::id::Id;
use crate::members::Member;
use crate::when::{self, By, Cadence, Misread};

/// A nudge as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedNudge {
    /// What it is about.
    pub about: String,
    /// When it comes.
    pub when: String,
    /// Whom it is about, as typed.
    pub who: String,
    /// Whom it is about, once that is clear.
    pub connection: Option<Id>,
    /// What it asks.
    pub kind: Option<Kind>,
    /// How it repeats, or nothing.
    pub repeat: String,
}

/// Why a nudge was not taken.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// It is about nothing.
    #[error("it is about nothing")]
    NoAbout,
    /// What it is about is too long: so many characters.
    #[error("it is too long")]
    TooLong(usize),
    /// Its time is not understood.
    #[error("its time is not understood")]
    When(String, Misread),
    /// Its rhythm is not understood.
    #[error("its rhythm is not understood")]
    Repeat(String, Misread),
    /// The date that it leads up to is not understood.
    #[error("its date is not understood")]
    On(String, Misread),
    /// How long before that date it comes is not understood.
    #[error("how long before is not understood")]
    Before(String),
}

/// What became of something typed.
#[derive(Clone, Debug, PartialEq)]
pub enum Read {
    /// This nudge.
    Nudge(Nudge),
    /// Its time can be read in these ways: ask back.
    Several(Vec<(Timestamp, String)>),
}

impl TypedNudge {
    /// The nudge that is meant, with the id `id`.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn read(&self, member: &Member, now: Timestamp, id: Id) -> Result<Read, Refusal> {
        let about = about(&self.about)?;
        let asker = member.asker(now);
        let mut repeat = self.cadence(&asker)?;
        let first = match when::once(&self.when, &asker) {
            Ok(read) => {
                let all = read.all();
                let [(at, _)] = all[..] else { return Ok(Read::Several(all)) };
                repeat = repeat.map(|cadence| at_its_time(cadence, at, member));
                at
            }
            // "every friday" says when, too.
            Err(not) => match when::repeat(&self.when, &asker) {
                Ok(read) if repeat.is_none() => {
                    repeat = Some(read.cadence);
                    read.first.timestamp()
                }
                _ => return Err(Refusal::When(self.when.clone(), not)),
            },
        };
        let by = by(&self.when);
        let coming = member.coming(first, by);
        let anchor = first.to_zoned_datetime(member.zone()).date();
        Ok(Read::Nudge(Nudge {
            id,
            about,
            connection: self.connection,
            kind: self.kind.unwrap_or(Kind::Custom),
            coming,
            repeat: repeat.map(|cadence| (cadence, anchor)),
            exact: by == By::Span,
            of: None,
            occasion: None,
        }))
    }

    /// A planned nudge, typed in the form to edit it.
    #[must_use]
    pub fn of(nudge: &Nudge, member: &Member) -> Self {
        let meant = nudge.coming.meant();
        let repeat = nudge.repeat.map(|(cadence, _)| typed_repeat(cadence, meant, member));
        Self {
            about: nudge.about.clone(),
            when: when::exactly(meant, &member.zone()),
            who: String::new(),
            connection: nudge.connection,
            kind: Some(nudge.kind),
            repeat: repeat.unwrap_or_default(),
        }
    }

    /// The planned nudge `known` as it is typed now. A time that is as it was stays what it was: a span that nothing holds
    /// back, or a moment that is over while something does. So does how it repeats.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn change(&self, known: &Nudge, member: &Member, now: Timestamp) -> Result<Read, Refusal> {
        let before = Self::of(known, member);
        if self.when.trim() != before.when {
            let read = self.read(member, now, known.id)?;
            let Read::Nudge(nudge) = read else { return Ok(read) };
            return Ok(Read::Nudge(Nudge { of: known.of, occasion: known.occasion, ..nudge }));
        }
        let meant = known.coming.meant();
        let repeat = if self.repeat.trim() == before.repeat {
            known.repeat
        } else {
            let anchor = meant.to_zoned_datetime(member.zone()).date();
            let cadence = self.cadence(&member.asker(now))?;
            cadence.map(|cadence| (at_its_time(cadence, meant, member), anchor))
        };
        let (about, kind) = (about(&self.about)?, self.kind.unwrap_or(known.kind));
        Ok(Read::Nudge(Nudge { about, kind, repeat, connection: self.connection, ..known.clone() }))
    }

    fn cadence(&self, asker: &when::Asker) -> Result<Option<Cadence>, Refusal> {
        let phrase = self.repeat.trim();
        if phrase.is_empty() || phrase.eq_ignore_ascii_case("once") || is_never(phrase) {
            return Ok(None);
        }
        let read = when::repeat(phrase, asker);
        read.map(|read| Some(read.cadence)).map_err(|not| Refusal::Repeat(phrase.to_owned(), not))
    }
}

/// What a nudge is about, as it is kept.
///
/// # Errors
/// [`Refusal::NoAbout`] and [`Refusal::TooLong`].
pub fn about(typed: &str) -> Result<String, Refusal> {
    let about = typed.trim();
    match about.chars().count() {
        _ if !about.chars().any(is_visible) => Err(Refusal::NoAbout),
        length if length > ABOUT => Err(Refusal::TooLong(length)),
        _ => Ok(about.to_owned()),
    }
}

/// A rhythm without a time of its own goes on at the time of day at which it begins, unless that is the delivery hour.
fn at_its_time(cadence: Cadence, first: Timestamp, member: &Member) -> Cadence {
    let here = first.to_zoned_datetime(member.zone());
    if cadence.at.is_some() || member.delivery(here.date()) == Some(first) {
        return cadence;
    }
    Cadence { at: Time::new(here.hour(), here.minute(), 0, 0).ok(), ..cadence }
}

/// A rhythm as it is typed beside the moment `at` at which it comes: without a time that this says already.
#[must_use]
pub fn typed_repeat(cadence: Cadence, at: Timestamp, member: &Member) -> String {
    let bare = Cadence { at: None, ..cadence };
    if at_its_time(bare, at, member) == cadence { bare.to_string() } else { cadence.to_string() }
}

/// What brings something that is planned with a phrase: a span of hours or minutes is held back and moved by nothing.
#[must_use]
pub fn by(phrase: &str) -> By {
    if when::is_span(phrase) { By::Span } else { By::Plan }
}

/// What is to come after a nudge that is done, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedDone {
    /// What happened.
    pub happened: String,
    /// What is to come.
    pub next: String,
    /// When that is to come.
    pub when: String,
}

impl TypedDone {
    /// What is noted of it: what happened, and what is to come.
    #[must_use]
    pub fn noted(&self) -> String {
        match (self.happened.trim(), self.next.trim()) {
            (happened, "") => happened.to_owned(),
            ("", next) => format!("→ {next}"),
            (happened, next) => format!("{happened} → {next}"),
        }
    }

    /// Whether it says what is to come, and not when.
    #[must_use]
    pub fn lacks_a_time(&self) -> bool {
        !self.next.trim().is_empty() && self.when.trim().is_empty()
    }

    /// The same with that noted, to come at no time.
    #[must_use]
    pub fn noted_only(&self) -> Self {
        Self { happened: self.noted(), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn member() -> Member {
        Member::new("Europe/Berlin", Time::constant(2, 30, 0, 0), "de", Timestamp::UNIX_EPOCH)
    }

    /// How a nudge repeats that is planned for `when`, and how that is typed when it is edited.
    fn repeats(when: &str, repeat: &str) -> (String, String) {
        let typed = TypedNudge {
            about: "the plants".to_owned(),
            when: when.to_owned(),
            repeat: repeat.to_owned(),
            ..TypedNudge::default()
        };
        let read = typed.read(&member(), at("2033-03-01T10:00:00Z"), Id(1)).unwrap();
        let Read::Nudge(Nudge { coming, repeat: Some((cadence, _)), .. }) = read else { panic!("{read:?}") };
        (cadence.to_string(), typed_repeat(cadence, coming.meant(), &member()))
    }

    #[test]
    fn what_begins_at_a_time_of_day_repeats_at_that_time() {
        let both = |kept: &str, typed: &str| (kept.to_owned(), typed.to_owned());
        let (kept, typed) = ("every 2 weeks at 15:00", "every 2 weeks");
        assert_eq!(repeats("tomorrow 3pm", "every 2 weeks"), both(kept, typed));
        assert_eq!(repeats("in 2 hours", "every day"), both("every day at 13:00", "every day"));
        let (kept, typed) = ("every 2 weeks at 16:00", "every 2 weeks at 16:00");
        assert_eq!(repeats("tomorrow 3pm", "every 2 weeks at 4pm"), both(kept, typed));
    }

    #[test]
    fn what_begins_at_the_delivery_hour_follows_it() {
        let plain = ("every 2 weeks".to_owned(), "every 2 weeks".to_owned());
        assert_eq!(repeats("tomorrow", "every 2 weeks"), plain);
        // The clock skips the delivery hour that day.
        assert_eq!(repeats("27 march 2033", "every 2 weeks"), plain);
    }
}
