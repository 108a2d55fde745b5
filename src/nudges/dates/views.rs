//! What a member sees of dates.

use super::TypedDate;
use super::press::DatePress;
use crate::discord::custom_id::Press as _;
use crate::discord::message::{Field, Input, Modal};
use crate::discord::text::{cut, day, plain, relative};
use crate::nudges::press::NudgePress;
use crate::nudges::{ABOUT, Nudge};
use crate::say;
use crate::texts::Words;
use crate::when::Every;

/// Most characters in a field of an embed.
const VALUE: usize = 1_024;

/// The form of a date.
#[must_use]
pub fn form(words: Words<'_>, press: DatePress, typed: &TypedDate) -> Modal {
    Modal::new(
        NudgePress::Date(press).id(),
        words.say("form-date"),
        [
            Input::line("what", words.say("field-date-what"))
                .required()
                .max(ABOUT as u16)
                .value(&typed.what)
                .placeholder(words.say("field-date-what-example")),
            Input::line("on", words.say("field-date-on"))
                .required()
                .max(100)
                .value(&typed.on)
                .placeholder(words.say("field-date-on-example")),
            Input::line("before", words.say("field-date-before"))
                .max(60)
                .value(&typed.before)
                .placeholder(words.say("field-date-before-example")),
        ],
    )
}

/// The date that a planned nudge leads up to, for its card; empty where it leads up to none.
#[must_use]
pub fn leads_up_to(words: Words<'_>, nudge: &Nudge) -> String {
    let Some(occasion) = nudge.occasion.filter(|_| nudge.of.is_none()) else { return String::new() };
    say!(words, "date-on", on = when(nudge), before = occasion.before)
}

/// What kind of date a nudge leads up to, with its emoji.
#[must_use]
pub fn kind(words: Words<'_>, birthday: bool) -> String {
    words.say(if birthday { "kind-birthday" } else { "kind-date" })
}

/// What is to be said of a date that most years lack.
#[must_use]
pub fn leap_day(words: Words<'_>, nudge: &Nudge) -> Option<String> {
    let (cadence, _) = nudge.repeat.filter(|_| nudge.occasion.is_some())?;
    let leap = matches!(cadence.every, Every::Yearly { month: 2, day: 29 });
    leap.then(|| words.say("date-leap-day"))
}

/// The dates of a connection, for its card: as many lines as fit.
pub(super) fn card<'a>(words: Words<'_>, dates: impl Iterator<Item = &'a Nudge>) -> Option<Field> {
    let mut value = String::new();
    for nudge in dates {
        let what = plain(&cut(&nudge.about, 60));
        let line = say!(words, "date-line", what = what, on = when(nudge), when = relative(nudge.coming.at));
        if value.chars().count() + line.chars().count() < VALUE {
            value = if value.is_empty() { line } else { format!("{value}\n{line}") };
        }
    }
    (!value.is_empty()).then(|| Field { name: words.say("card-dates"), value, inline: false })
}

/// The day that a nudge leads up to, next.
pub(in crate::nudges) fn when(nudge: &Nudge) -> String {
    let ahead = nudge.occasion.map_or(0, |it| i64::from(it.before));
    day(nudge.coming.meant() + jiff::SignedDuration::from_hours(24 * ahead))
}
