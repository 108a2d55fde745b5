//! A reminder in a group's room before its next meeting. It wakes a thread that rests (Discord: "Threads").

use jiff::Timestamp;

use super::course::Course;
use super::{parts, room, running, schedule, store, views};
use crate::agenda;
use crate::discord::app::App;
use crate::id::{Id, UserId};
use crate::rounds::round::Round;
use crate::rounds::{publish, store as rounds};
use crate::store::{StoreError, Tx};

/// Whose agenda entries these are: a group may have to be reminded; the subject is the round, the group and which
/// of its meetings.
pub const REMIND: &str = "round/running/remind";

pub(super) fn due(app: &App) -> Vec<(&'static str, agenda::Handler)> {
    let app = app.clone();
    vec![(REMIND, Box::new(move |tx, due| remind(tx, &app, due)))]
}

/// Plans the reminders of a group's next meeting.
pub(super) fn plan(
    tx: &mut Tx<'_>,
    (round, began): (&Round, Timestamp),
    (course, agreed): (&Course, Option<Timestamp>),
    subject: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let planned = schedule::reminds(round, began, course.next);
    let times = [Some(planned), agreed.map(schedule::reminds_of)];
    for at in times.into_iter().flatten().filter(|at| *at > now) {
        agenda::put(tx, at, REMIND, subject)?;
    }
    Ok(())
}

/// A group is reminded of its next meeting: at the time it agreed on, or that it has agreed on none yet.
fn remind(tx: &mut Tx<'_>, app: &App, due: &agenda::Due) -> anyhow::Result<()> {
    let [id, number, nth] = parts(&due.subject)?;
    let (id, number, nth): (Id, u16, u16) = (id.parse()?, number.parse()?, nth.parse()?);
    let Some((round, began)) = running(tx, id)? else { return Ok(()) };
    let Some(group) = rounds::group(tx, id, number)?.filter(|group| group.people.len() > 1) else {
        return Ok(());
    };
    let mut course = store::course(tx, id, number)?;
    let words = app.texts.words(Some(&round.locale));
    let mut who: Vec<UserId> = Vec::new();
    for user in &group.people {
        let part = store::part(tx, id, *user)?;
        if !part.pauses(due.now) && !part.skips.contains(&nth) {
            who.push(*user);
        }
    }
    let agreed = group.meeting.map(|meeting| meeting.at).filter(|at| *at > due.now);
    let message = match agreed {
        Some(at) => {
            let is_time = schedule::reminds_of(at) <= due.now && course.reminded_of != Some(at);
            if !is_time {
                return Ok(());
            }
            course.reminded_of = Some(at);
            views::reminder_of(words, &round, at, &who)
        }
        None => {
            let is_time = schedule::reminds(&round, began, nth) <= due.now;
            if !is_time || course.next != nth || course.reminded >= nth {
                return Ok(());
            }
            course.reminded = nth;
            let people = publish::people(tx, id, &group)?;
            let by = schedule::planned(&round, began, nth);
            let offer = publish::times::offer(&round, &publish::times_of(&group, &people), due.now, by);
            views::reminder(words, (id, &round), (number, &group), (by, &offer), &who)
        }
    };
    store::put_course(tx, id, number, &course)?;
    Ok(room::say(tx, (id, &round), (number, &group), message, due.now)?)
}
