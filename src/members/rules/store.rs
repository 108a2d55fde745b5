//! By which clock rules each member's times were planned, and moving them along where a zone has others now.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::Rules;
use crate::discord::app::{App, Keep};
use crate::id::UserId;
use crate::members;
use crate::shutdown::Shutdown;
use crate::store::{Record, StoreError, Table, Tx};
use crate::when::{By, Coming};

/// The rules that a member's times were planned by.
#[derive(Serialize, Deserialize)]
struct PlannedBy {
    zone: String,
    rules: String,
}

/// What a member has not been told yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Untold {
    /// The zone whose rules changed.
    pub zone: String,
    /// How many planned things moved.
    pub moved: usize,
}

impl Record for Rules {}
impl Record for PlannedBy {}
impl Record for Untold {}

/// By their names.
const RULES: Table<String, Rules> = Table::new("zone-rules");
const PLANNED_BY: Table<UserId, PlannedBy> = Table::new("members/planned-by");
const UNTOLD: Table<UserId, Untold> = Table::new("members/untold-rules");

/// Notes that a member's times are planned in a zone, by its rules of now, unless it is noted of that zone already.
///
/// # Errors
/// The store's.
pub fn note(tx: &mut Tx<'_>, user: UserId, zone: &str) -> Result<(), StoreError> {
    if PLANNED_BY.get(tx, &user)?.is_some_and(|noted| noted.zone == zone) {
        return Ok(());
    }
    match TimeZone::get(zone) {
        Ok(found) => put(tx, user, zone, &Rules::of(&found)),
        // One that is not known has no rules to change.
        Err(_) => Ok(()),
    }
}

/// Notes by which rules a member's times are planned.
///
/// # Errors
/// The store's.
pub fn put(tx: &mut Tx<'_>, user: UserId, zone: &str, rules: &Rules) -> Result<(), StoreError> {
    let name = rules.name();
    if RULES.get(tx, &name)?.is_none() {
        RULES.put(tx, &name, rules)?;
    }
    PLANNED_BY.put(tx, &user, &PlannedBy { zone: zone.to_owned(), rules: name })
}

/// What a member has not been told yet, once.
///
/// # Errors
/// The store's.
pub fn take_untold(tx: &mut Tx<'_>, user: UserId) -> Result<Option<Untold>, StoreError> {
    let untold = UNTOLD.get(tx, &user)?;
    if untold.is_some() {
        UNTOLD.remove(tx, &user)?;
    }
    Ok(untold)
}

/// Moves what every member planned whose zone has other rules now than it was planned by. To be run before anything
/// falls due. Returns how many members something moved for; a stop leaves the rest to the next start.
///
/// # Errors
/// The store's.
pub async fn catch_up(app: &App, shutdown: &Shutdown) -> Result<usize, StoreError> {
    let mut moved = 0;
    let mut names = HashMap::new();
    for (user, member) in app.store.read(members::store::all)? {
        if shutdown.is_requested() {
            break;
        }
        let now = names.entry(member.zone.clone()).or_insert_with(|| {
            let zone = TimeZone::get(&member.zone).ok()?;
            Some(Rules::of(&zone).name())
        });
        let Some(now) = now else { continue };
        let noted = app.store.read(|tx| PLANNED_BY.get(tx, &user))?;
        let changed = noted.is_none_or(|noted| noted.zone != member.zone || noted.rules != *now);
        if changed && app.store.write(|tx| follow(tx, app, user)).await? > 0 {
            moved += 1;
        }
    }
    if moved > 0 {
        tracing::info!(
            members = moved,
            "zones changed their clock rules; what was planned there moved along"
        );
    }
    Ok(moved)
}

/// Moves what one member planned, notes the rules of now, and keeps what is to be told. Returns how much moved.
///
/// # Errors
/// The store's.
pub fn follow(tx: &mut Tx<'_>, app: &App, user: UserId) -> Result<usize, StoreError> {
    let Some(member) = members::store::get(tx, user)? else { return Ok(0) };
    let Ok(zone) = TimeZone::get(&member.zone) else { return Ok(0) };
    let noted = PLANNED_BY.get(tx, &user)?.filter(|noted| noted.zone == member.zone);
    let known = match noted {
        Some(noted) => RULES.get(tx, &noted.rules)?,
        None => None,
    };
    let mut moved = 0;
    if let Some(known) = known {
        for follow in app.followers.iter() {
            let now = app.clock.now();
            let moves = |coming: Coming, by: By| {
                let meant = known.moved(coming.meant(), &zone);
                let stays = by == By::Span || meant == coming.meant();
                if stays { coming } else { member.replanned(coming, meant, meant.min(now), by) }
            };
            moved += follow(tx, user, &moves, Keep::Done)?.len();
        }
    }
    put(tx, user, &member.zone, &Rules::of(&zone))?;
    if moved > 0 {
        let before = UNTOLD.get(tx, &user)?.map_or(0, |untold| untold.moved);
        UNTOLD.put(tx, &user, &Untold { zone: member.zone, moved: moved + before })?;
    }
    Ok(moved)
}
