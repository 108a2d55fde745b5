//! Dates of a connection's: birthdays and other yearly ones, and single ones ahead (an interview, an event) that one
//! wants to be in touch before. Pure; each is a planned nudge that knows the date it leads up to.
//!
//! | the date | when |
//! | --- | --- |
//! | yearly | where the phrase says so ("every 12 may"), or what it is does ([`is_yearly`]: birthday, anniversary); the year of birth is left out |
//! | single | else; it has to lie ahead |
//! | how long before | as named, in whole days; on the day for a yearly date, [`BEFORE`] days before a single one |
//! | too late for that | at the next delivery hour before it, else at its own time |
//! | 29 February | in common years on the 28th |
//!
//! The nudge comes at the member's delivery hour; where its day is a quiet one, on the last other day before, so that it
//! does not come after the date ([`Member::coming_of_date`]).

pub mod acts;
pub mod press;
pub mod views;

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan as _, ZonedDateTime, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::forms::{Refusal, about};
use super::{Because, Kind, Nudge};
use crate::connections::who::folded;
use crate::id::Id;
use crate::members::Member;
use crate::when::{self, Asker, Cadence, Every, Misread, moment};

/// How many days before a single date its nudge comes where nothing is said.
pub const BEFORE: u16 = 2;
/// Most days before a date.
pub const MOST_BEFORE: u16 = 365;

/// The date that a nudge leads up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occasion {
    /// The day: of a yearly date the next one.
    pub on: Date,
    /// How many days before it the nudge comes.
    pub before: u16,
    /// Whether it comes every year.
    #[serde(default)]
    pub yearly: bool,
}

impl Occasion {
    /// The first time after `now` at which the nudge of a yearly date comes, so many days `before` it, and the date that
    /// it leads up to then. Dates up to `anchor` are left out.
    #[must_use]
    pub fn next(
        before: u16,
        (cadence, anchor): (Cadence, Date),
        now: Timestamp,
        (hour, zone): (Time, &TimeZone),
    ) -> Option<(Timestamp, Self)> {
        let mut after = now;
        // A year is no shorter than the most days before, so the second date after now is late enough.
        for _ in 0..3 {
            let day = cadence.next_after(anchor, after, hour, zone).ok()?;
            let at = moment(earlier(day.date(), before)?, day.time(), zone).ok()?.timestamp();
            if at > now {
                return Some((at, Self { on: day.date(), before, yearly: true }));
            }
            after = day.timestamp();
        }
        None
    }
}

/// Why the nudge of a date comes at `now`; `None` for every other nudge.
#[must_use]
pub fn because(nudge: &Nudge, member: &Member, now: Timestamp) -> Option<Because> {
    let Occasion { on, yearly, .. } = nudge.occasion?;
    let day = moment(on, member.hour, &member.zone()).ok()?.timestamp();
    let ahead = (on - now.to_zoned_datetime(member.zone()).date()).get_days();
    let before = u16::try_from(ahead).unwrap_or(0);
    Some(Because::Date { day, before, birthday: is_birthday(&nudge.about), yearly, over: ahead < 0 })
}

/// The date that a nudge which came led up to, for when it is snoozed and comes again.
#[must_use]
pub fn led_up_to(because: &Because, member: &Member) -> Option<Occasion> {
    match *because {
        Because::Date { day, before, yearly, .. } => {
            Some(Occasion { on: day.to_zoned_datetime(member.zone()).date(), before, yearly })
        }
        _ => None,
    }
}

/// Whether what a date is means a birthday.
#[must_use]
pub fn is_birthday(what: &str) -> bool {
    has_word(what, &["birthday", "b-day", "bday", "birthdate"])
}

/// Whether what a date is means an anniversary.
#[must_use]
pub fn is_anniversary(what: &str) -> bool {
    has_word(what, &["anniversary", "jubilee"])
}

/// Whether what a date is comes every year.
#[must_use]
pub fn is_yearly(what: &str) -> bool {
    is_birthday(what) || is_anniversary(what) || has_word(what, &["nameday", "yearly", "annual"])
}

fn has_word(text: &str, words: &[&str]) -> bool {
    let text = folded(text).replace("birth day", "birthday").replace("name day", "nameday");
    text.split(|c: char| !(c.is_alphanumeric() || c == '-')).any(|word| words.contains(&word))
}

/// A date as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedDate {
    /// Whose, as typed.
    pub who: String,
    /// Whose, once that is clear.
    pub connection: Option<Id>,
    /// What it is.
    pub what: String,
    /// When it is.
    pub on: String,
    /// How long before it the nudge comes, or nothing.
    pub before: String,
}

/// What became of a date as typed.
#[derive(Clone, Debug, PartialEq)]
pub enum Read {
    /// This nudge.
    Nudge(Box<Nudge>),
    /// It can be read in these ways: ask back.
    Several(Vec<(Timestamp, String)>),
}

impl TypedDate {
    /// A planned date as one would type it.
    #[must_use]
    pub fn of(nudge: &Nudge) -> Self {
        let occasion = nudge.occasion;
        let on = match nudge.repeat {
            Some((cadence, _)) => cadence.to_string(),
            None => occasion.map(|it| it.on.to_string()).unwrap_or_default(),
        };
        Self {
            who: String::new(),
            connection: nudge.connection,
            what: nudge.about.clone(),
            on,
            before: occasion.map(|it| it.before.to_string()).unwrap_or_default(),
        }
    }

    /// The nudge that is meant, with the id `id`.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn read(&self, member: &Member, now: Timestamp, id: Id) -> Result<Read, Refusal> {
        let asker = member.asker(now);
        let what = about(&self.what)?;
        let before = before(&self.before, &asker)?;
        let refuse = |not: Misread| Refusal::On(self.on.clone(), not);
        let said = folded(&self.on);
        let every = ["every", "each", "year", "annual"].iter().any(|word| said.contains(word));
        let (at, yearly) = if every || is_yearly(&what) {
            match self.yearly(&asker).map_err(refuse)? {
                Yearly::Cadence(cadence) => {
                    let before = before.unwrap_or(0);
                    let anchor = asker.here().date().yesterday().map_err(|_| refuse(Misread::TooFar))?;
                    let hours = (member.hour, &member.zone());
                    let next = Occasion::next(before, (cadence, anchor), now, hours);
                    (next.ok_or_else(|| refuse(Misread::TooFar))?, Some((cadence, anchor)))
                }
                Yearly::Several(all) => return Ok(Read::Several(all)),
            }
        } else {
            let read = when::once(&self.on, &asker).map_err(refuse)?;
            if !read.others.is_empty() {
                return Ok(Read::Several(read.all()));
            }
            let before = before.unwrap_or(BEFORE);
            (single(&read.at, before, member, now).ok_or_else(|| refuse(Misread::TooFar))?, None)
        };
        let (at, occasion) = at;
        Ok(Read::Nudge(Box::new(Nudge {
            id,
            about: what,
            connection: self.connection,
            kind: Kind::Custom,
            coming: member.coming_of_date(at, now),
            repeat: yearly,
            exact: false,
            of: None,
            occasion: Some(occasion),
        })))
    }

    /// The day of the year that is meant: "every 12 may", "12 may", "12 may 1980".
    fn yearly(&self, asker: &Asker) -> Result<Yearly, Misread> {
        let yearly = |at: &ZonedDateTime| {
            let every = Every::Yearly { month: at.month(), day: at.day() };
            Yearly::Cadence(every.into())
        };
        match when::repeat(&self.on, asker) {
            Ok(read) if matches!(read.cadence.every, Every::Yearly { .. }) && read.others.is_empty() => {
                return Ok(Yearly::Cadence(read.cadence));
            }
            Err(Misread::NoSuchDate) => return Err(Misread::NoSuchDate),
            _ => {}
        }
        match when::once(&self.on, asker) {
            Ok(read) if read.others.is_empty() => Ok(yearly(&read.at)),
            Ok(read) => Ok(Yearly::Several(read.all())),
            Err(Misread::InThePast(at)) => Ok(yearly(&at)),
            Err(not) => Err(not),
        }
    }
}

enum Yearly {
    Cadence(Cadence),
    Several(Vec<(Timestamp, String)>),
}

/// When the nudge of a single date comes: so many days before, else as early as there is time for.
fn single(
    event: &ZonedDateTime,
    before: u16,
    member: &Member,
    now: Timestamp,
) -> Option<(Timestamp, Occasion)> {
    let zone = member.zone();
    let at_hour = |day: Date| Some(moment(day, member.hour, &zone).ok()?.timestamp());
    let wanted = at_hour(earlier(event.date(), before)?)?;
    let today = now.to_zoned_datetime(zone.clone()).date();
    let soonest = [at_hour(today)?, at_hour(today.tomorrow().ok()?)?].into_iter().find(|at| *at > now)?;
    let at = wanted.max(soonest).min(event.timestamp());
    Some((at, Occasion { on: event.date(), before, yearly: false }))
}

fn earlier(day: Date, before: u16) -> Option<Date> {
    day.checked_sub(i64::from(before).days()).ok()
}

/// "2 days", "a week before", "on the day", "the day before"; `None` where nothing is said.
fn before(typed: &str, asker: &Asker) -> Result<Option<u16>, Refusal> {
    let text = folded(typed);
    let span = ["before", "earlier", "ahead"]
        .iter()
        .fold(text.as_str(), |text, word| text.strip_suffix(word).map_or(text, str::trim_end));
    let refuse = || Refusal::Before(typed.trim().to_owned());
    let days = match span {
        "" if text.is_empty() => return Ok(None),
        "0" | "on the day" | "that day" | "same day" | "the same day" | "none" | "no" | "at" => 0,
        "" | "day" | "the day" | "the eve" => 1,
        span if ["hour", "minute", "min"].iter().any(|unit| span.contains(unit)) => return Err(refuse()),
        span => {
            let number: Option<i32> = span.parse().ok();
            let read = || {
                let read = when::once(&format!("in {}", span.trim_start_matches("in ")), asker).ok()?;
                Some((read.at.date() - asker.here().date()).get_days())
            };
            number.or_else(read).ok_or_else(refuse)?
        }
    };
    u16::try_from(days).ok().filter(|days| *days <= MOST_BEFORE).map(Some).ok_or_else(refuse)
}

#[cfg(test)]
mod tests;
