//! A round while its groups meet.
//!
//! | what | when | where |
//! | --- | --- | --- |
//! | a reminder in the group's room | before each meeting | `reminders` |
//! | "did you meet?" by DM | after each meeting, once for each person | `check_ins` |
//! | "how is it going?" by DM | half-way, once | `pulse` |
//! | whether people are still in the server | once a day, and before each of these | `presence` |
//! | who skips, pauses, leaves | when they say so | `members` |
//! | groups that cannot go on as they are | once a day, and when somebody left | `proposals` |
//!
//! Everything that is to come stands on the agenda, for each group its next meeting alone. An entry says what
//! could be due; whether it is, the handler reads from what is kept, so an entry too many does nothing. Rules are
//! pure: `schedule` when something comes, `course` who is silent, `proposal` who could go where (of the `facts`).

mod check_ins;
pub mod course;
mod facts;
mod members;
pub mod presence;
pub mod press;
mod presses;
pub mod proposal;
pub mod proposals;
mod pulse;
mod reminders;
pub mod room;
pub mod schedule;
pub mod store;
pub mod views;

use anyhow::Context as _;
use jiff::Timestamp;

pub use members::{Typed, leave, mine, pause, skip};
pub use presence::{has_left, look_for};
pub use presses::press;
pub use proposals::attention;

use super::closing;
use super::group::Group;
use super::round::{Round, Stage};
use crate::agenda;
use crate::discord::app::App;
use crate::id::{Id, UserId};
use crate::store::{StoreError, Tx};

/// What happens while a round runs, by its names on the agenda.
pub(super) fn due(app: &App) -> Vec<(&'static str, agenda::Handler)> {
    let mut all = check_ins::due(app);
    all.extend(reminders::due(app));
    all.extend(room::due(app));
    all.extend(pulse::due(app));
    all.extend(presence::due(app));
    all.extend(members::due(app));
    all.extend(proposals::due(app));
    all
}

/// A round begins to run: its groups are in their rooms.
///
/// # Errors
/// The store's.
pub fn begin(tx: &mut Tx<'_>, _: &App, id: Id, round: &Round, now: Timestamp) -> Result<(), StoreError> {
    closing::plan(tx, id, round, now)?;
    let Some(began) = round.began else { return Ok(()) };
    for (number, group) in super::store::groups(tx, id)? {
        check_ins::plan_next(tx, (id, round), (number, &group), now)?;
    }
    agenda::put(tx, schedule::half_time(round, began), pulse::PULSE, &id.to_string())?;
    presence::plan(tx, (id, round), began)?;
    proposals::look_soon(tx, id, now)
}

/// A group agreed on a time to meet.
///
/// # Errors
/// The store's.
pub fn agreed(
    tx: &mut Tx<'_>,
    (id, round): (Id, &Round),
    (number, group): (u16, &Group),
    by: UserId,
    now: Timestamp,
) -> Result<(), StoreError> {
    heard(tx, id, by, now)?;
    if round.stage == Stage::Running {
        check_ins::plan_next(tx, (id, round), (number, group), now)
    } else {
        Ok(())
    }
}

/// By when a group is to meet next; in a round that does not run yet, as if it began now.
///
/// # Errors
/// The store's.
pub fn meets_by(
    tx: &mut Tx<'_>,
    (id, round): (Id, &Round),
    number: u16,
    now: Timestamp,
) -> Result<Timestamp, StoreError> {
    let nth = store::course(tx, id, number)?.next;
    Ok(schedule::planned(round, round.began.unwrap_or(now), nth))
}

/// Somebody gave a sign of life.
fn heard(tx: &mut Tx<'_>, id: Id, user: UserId, now: Timestamp) -> Result<(), StoreError> {
    let mut part = store::part(tx, id, user)?;
    part.heard(now);
    store::put_part(tx, id, user, &part)
}

/// A round that runs, with when it began.
fn running(tx: &mut Tx<'_>, id: Id) -> Result<Option<(Round, Timestamp)>, StoreError> {
    let round = super::store::round(tx, id)?.filter(|round| round.stage == Stage::Running);
    Ok(round.and_then(|round| round.began.map(|began| (round, began))))
}

/// The parts of an entry's subject, which are so many.
fn parts<const N: usize>(subject: &str) -> anyhow::Result<[&str; N]> {
    let parts: Vec<&str> = subject.split(' ').collect();
    parts.try_into().ok().context("a subject of another kind")
}
