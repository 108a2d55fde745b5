//! The badge: a role for who took part in a round to its end.
//!
//! It is made once for all rounds of a name, so that the rounds of a programme share one. Making and giving it are
//! errands; what Discord refuses the organizer reads once, with what to do.

use anyhow::Context as _;
use jiff::Timestamp;

use super::store::Badge;
use super::{store, views};
use crate::agenda;
use crate::delivery::{self, Errand, Outcome, Tell, What};
use crate::discord::app::App;
use crate::id::{Id, RoleId, UserId};
use crate::rounds::programme;
use crate::rounds::round::{Round, Stage};
use crate::rounds::signup::State;
use crate::rounds::{life, store as rounds};
use crate::store::{StoreError, Tx};

/// Whose agenda entries these are: the role was made, or not; the subject is the round and the errand.
pub const MADE: &str = "round/badge/made";
/// The role was given, or not; the subject is the round, the person, the role and the errand.
pub const GIVEN: &str = "round/badge/given";
/// Discord's codes: unknown member, unknown role, unknown user.
const UNKNOWN_MEMBER: u64 = 10_007;
const UNKNOWN_ROLE: u64 = 10_011;
const UNKNOWN_USER: u64 = 10_013;

pub(super) fn due(app: &App) -> Vec<(&'static str, agenda::Handler)> {
    let (one, other) = (app.clone(), app.clone());
    vec![
        (MADE, Box::new(move |tx, due| made(tx, &one, due))),
        (GIVEN, Box::new(move |tx, due| given(tx, &other, due))),
    ]
}

/// What a round's badge is called.
fn name(tx: &mut Tx<'_>, round: &Round) -> Result<String, StoreError> {
    let programme = match round.programme {
        Some(id) => programme::store::programme(tx, id)?,
        None => None,
    };
    Ok(programme.map_or_else(|| round.name.clone(), |it| it.name))
}

/// Gives the badge to all who took part in a round and do not have it yet; makes the role where there is none.
///
/// # Errors
/// The store's.
pub fn award(tx: &mut Tx<'_>, (id, round): (Id, &Round), now: Timestamp) -> Result<(), StoreError> {
    if !round.badge {
        return Ok(());
    }
    let name = name(tx, round)?;
    match store::badge(tx, round.guild, &name)? {
        Some(Badge { role: Some(role), .. }) => give(tx, (id, round), role, now),
        Some(mut badge) => {
            if !badge.waiting.contains(&id) {
                badge.waiting.push(id);
            }
            store::put_badge(tx, round.guild, &name, &badge)
        }
        None => {
            store::put_badge(tx, round.guild, &name, &Badge { role: None, waiting: vec![id] })?;
            let errand = Id::new(now);
            let what = What::CreateRole { guild: round.guild, name };
            let tell = Tell::new(MADE, format!("{id} {errand}"));
            delivery::ask(tx, &Errand::new(what, now).with_id(errand).telling(tell)).map(drop)
        }
    }
}

fn give(tx: &mut Tx<'_>, (id, round): (Id, &Round), role: RoleId, now: Timestamp) -> Result<(), StoreError> {
    for (user, feedback) in store::all_feedback(tx, id)? {
        let stayed = rounds::sign_up(tx, id, user)?.is_some_and(|it| it.state == State::In);
        if feedback.badge || !stayed {
            continue;
        }
        let errand = Id::new(now);
        let what = What::GiveRole { guild: round.guild, user, role };
        let tell = Tell::new(GIVEN, format!("{id} {user} {role} {errand}"));
        delivery::ask(tx, &Errand::new(what, now).with_id(errand).telling(tell))?;
    }
    Ok(())
}

/// The role was made, or refused.
fn made(tx: &mut Tx<'_>, app: &App, due: &agenda::Due) -> anyhow::Result<()> {
    let (id, errand) = due.subject.split_once(' ').context("a round and an errand")?;
    let (id, errand): (Id, Id) = (id.parse()?, errand.parse()?);
    let Some(outcome) = delivery::outcome(tx, errand)? else { return Ok(()) };
    delivery::forget_outcome(tx, errand)?;
    let Some(round) = rounds::round(tx, id)? else { return Ok(()) };
    let name = name(tx, &round)?;
    let waiting = store::badge(tx, round.guild, &name)?.unwrap_or_default().waiting;
    match outcome {
        Outcome::Made(role) => {
            let role = RoleId(role);
            store::put_badge(tx, round.guild, &name, &Badge { role: Some(role), waiting: vec![] })?;
            for id in waiting {
                if let Some(round) = rounds::round(tx, id)? {
                    give(tx, (id, &round), role, due.now)?;
                }
            }
        }
        Outcome::Done => anyhow::bail!("a role was done, and not made"),
        Outcome::Refused { code, .. } => {
            store::forget_badge(tx, round.guild, &name)?;
            for id in waiting {
                refused(tx, app, id, code, due.now)?;
            }
        }
    }
    Ok(())
}

/// The role was given to somebody, or refused.
fn given(tx: &mut Tx<'_>, app: &App, due: &agenda::Due) -> anyhow::Result<()> {
    let parts: Vec<&str> = due.subject.split(' ').collect();
    let [id, user, role, errand] = parts[..] else {
        anyhow::bail!("a round, a person, a role and an errand")
    };
    let (id, errand): (Id, Id) = (id.parse()?, errand.parse()?);
    let (user, role) = (UserId(user.parse()?), RoleId(role.parse()?));
    let Some(outcome) = delivery::outcome(tx, errand)? else { return Ok(()) };
    delivery::forget_outcome(tx, errand)?;
    let Some(round) = rounds::round(tx, id)? else { return Ok(()) };
    match outcome {
        Outcome::Done | Outcome::Made(_) => {
            if let Some(mut feedback) = store::feedback(tx, id, user)? {
                feedback.badge = true;
                store::put_feedback(tx, id, user, &feedback)?;
            }
        }
        // They have left the server meanwhile.
        Outcome::Refused { code: UNKNOWN_MEMBER | UNKNOWN_USER, .. } => {}
        Outcome::Refused { code: UNKNOWN_ROLE, .. } => {
            let name = name(tx, &round)?;
            // Of all who were to get it, the first to learn that it is gone makes it anew.
            if store::badge(tx, round.guild, &name)?.is_some_and(|it| it.role == Some(role)) {
                store::forget_badge(tx, round.guild, &name)?;
            }
            award(tx, (id, &round), due.now)?;
        }
        Outcome::Refused { code, .. } => refused(tx, app, id, code, due.now)?,
    }
    Ok(())
}

/// Tells the organizer that Discord refused it, once.
fn refused(tx: &mut Tx<'_>, app: &App, id: Id, code: u64, now: Timestamp) -> Result<(), StoreError> {
    let Some(round) = rounds::round(tx, id)?.filter(|it| it.stage != Stage::Cancelled) else { return Ok(()) };
    let mut closing = store::closing(tx, id)?.unwrap_or_default();
    if closing.refused.is_some() {
        return Ok(());
    }
    tracing::warn!(round = %id, code, "a round's badge was refused");
    closing.refused = Some(code);
    store::put_closing(tx, id, &closing)?;
    life::tell(tx, app, round.by, now, |words| views::badge_refused(words, (id, &round), code))
}

/// Tries once more, after Discord refused it.
///
/// # Errors
/// The store's.
pub fn try_again(tx: &mut Tx<'_>, (id, round): (Id, &Round), now: Timestamp) -> Result<(), StoreError> {
    let mut closing = store::closing(tx, id)?.unwrap_or_default();
    closing.refused = None;
    store::put_closing(tx, id, &closing)?;
    award(tx, (id, round), now)
}
