//! Whether a round's people are still in the server. Discord does not tell (research: no privileged intents), so
//! Kith asks: each once a day, spread over it, and a group's before each step.

use jiff::{SignedDuration, Timestamp};

use super::course::Why;
use super::{members, parts, proposals, running, schedule};
use crate::agenda;
use crate::delivery::{self, Errand, Outcome, Tell, What};
use crate::discord::app::App;
use crate::id::{GuildId, Id, UserId};
use crate::rounds::round::Round;
use crate::rounds::{board, store as rounds};
use crate::store::{StoreError, Tx};

/// Whose agenda entries these are: a group's people are looked for; the subject is the round, the group and which of
/// its meetings.
pub const LOOK: &str = "round/running/look";
/// Everybody is looked for at once; the subject is the round.
pub const LOOK_ALL: &str = "round/running/look-all";
/// A day of a round has passed; the subject is the round.
pub const DAY: &str = "round/running/day";
/// Somebody was found in the server, or not; the subject is the round, the person and the errand.
pub const FOUND: &str = "round/running/found";
const ONE_DAY: SignedDuration = SignedDuration::from_hours(24);
/// So long before a step everybody is looked for.
const BEFORE: SignedDuration = SignedDuration::from_hours(1);
/// Discord's codes: unknown member, unknown user.
const UNKNOWN: [u64; 2] = [10_007, 10_013];

pub(super) fn due(app: &App) -> Vec<(&'static str, agenda::Handler)> {
    let app = app.clone();
    vec![
        (LOOK, Box::new(look)),
        (LOOK_ALL, Box::new(look_all)),
        (DAY, Box::new(day)),
        (FOUND, Box::new(move |tx, due| found(tx, &app, due))),
    ]
}

/// Plans when a round's people are looked for: from day to day, before half-time and before its end.
pub(super) fn plan(tx: &mut Tx<'_>, (id, round): (Id, &Round), began: Timestamp) -> Result<(), StoreError> {
    let subject = id.to_string();
    agenda::put(tx, began + ONE_DAY, DAY, &subject)?;
    agenda::put(tx, schedule::half_time(round, began) - BEFORE, LOOK_ALL, &subject)?;
    agenda::put(tx, round.ends(began) - BEFORE, LOOK_ALL, &subject)
}

/// Looks for people in a server, spread over so long from now on.
///
/// # Errors
/// The store's.
pub fn look_for(
    tx: &mut Tx<'_>,
    (id, guild): (Id, GuildId),
    users: &[UserId],
    (now, over): (Timestamp, SignedDuration),
) -> Result<(), StoreError> {
    let step = i32::try_from(users.len()).map_or(SignedDuration::ZERO, |count| over / count.max(1));
    let mut at = now;
    for user in users {
        let errand = Id::new(now);
        let tell = Tell::new(FOUND, format!("{id} {user} {errand}"));
        let what = What::FindMember { guild, user: *user };
        let mut errand = Errand::new(what, now).with_id(errand).telling(tell);
        errand.not_before = at;
        delivery::ask(tx, &errand)?;
        at += step;
    }
    Ok(())
}

fn look(tx: &mut Tx<'_>, due: &agenda::Due) -> anyhow::Result<()> {
    let [id, number, _] = parts(&due.subject)?;
    let (id, number): (Id, u16) = (id.parse()?, number.parse()?);
    let Some((round, _)) = running(tx, id)? else { return Ok(()) };
    let Some(group) = rounds::group(tx, id, number)? else { return Ok(()) };
    Ok(look_for(tx, (id, round.guild), &group.people, (due.now, SignedDuration::ZERO))?)
}

/// Everybody who takes part, also those who wait for a place.
fn everybody(tx: &mut Tx<'_>, id: Id) -> Result<Vec<UserId>, StoreError> {
    Ok(rounds::taking_part(tx, id)?.into_iter().map(|(user, _)| user).collect())
}

fn look_all(tx: &mut Tx<'_>, due: &agenda::Due) -> anyhow::Result<()> {
    let id: Id = due.subject.parse()?;
    let Some((round, _)) = running(tx, id)? else { return Ok(()) };
    let all = everybody(tx, id)?;
    Ok(look_for(tx, (id, round.guild), &all, (due.now, BEFORE / 2))?)
}

/// A day has passed: people are looked for, groups looked at.
fn day(tx: &mut Tx<'_>, due: &agenda::Due) -> anyhow::Result<()> {
    let id: Id = due.subject.parse()?;
    let Some((round, began)) = running(tx, id)? else { return Ok(()) };
    let all = everybody(tx, id)?;
    look_for(tx, (id, round.guild), &all, (due.now, ONE_DAY / 2))?;
    proposals::look_soon(tx, id, due.now)?;
    // After a standstill one day is as good as several.
    let mut next = due.due + ONE_DAY;
    while next <= due.now {
        next += ONE_DAY;
    }
    if next < round.ends(began) {
        agenda::put(tx, next, DAY, &due.subject)?;
    }
    Ok(())
}

fn found(tx: &mut Tx<'_>, app: &App, due: &agenda::Due) -> anyhow::Result<()> {
    let [id, user, errand] = parts(&due.subject)?;
    let (id, user, errand): (Id, UserId, Id) = (id.parse()?, UserId(user.parse()?), errand.parse()?);
    let outcome = delivery::outcome(tx, errand)?;
    delivery::forget_outcome(tx, errand)?;
    match outcome {
        Some(Outcome::Refused { code, .. }) if UNKNOWN.contains(&code) => {
            Ok(has_left(tx, app, id, user, due.now)?)
        }
        _ => Ok(()),
    }
}

/// Somebody is no member of the server any more: they have left the round, and the others are told.
///
/// # Errors
/// The store's.
pub fn has_left(tx: &mut Tx<'_>, app: &App, id: Id, user: UserId, now: Timestamp) -> Result<(), StoreError> {
    let open = rounds::round(tx, id)?.is_some_and(|round| round.stage.is_open());
    if !open || members::take_out(tx, id, user, Why::Server, now)?.is_none() {
        return Ok(());
    }
    board::changed(tx, id, now)?;
    members::announce(tx, app, id, user, now)
}
