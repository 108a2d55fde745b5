//! What is kept of members.

use jiff::Timestamp;
use jiff::civil::Time;

use super::{Member, Shift, rules};
use crate::delivery;
use crate::discord::app::App;
use crate::discord::person::Person;
use crate::id::UserId;
use crate::store::{Record, StoreError, Table, Tx};
use crate::when::zone;

impl Record for Member {}

const MEMBERS: Table<UserId, Member> = Table::new("members");

/// The member behind a user, if they ever used Kith.
///
/// # Errors
/// The store's.
pub fn get(tx: &mut Tx<'_>, user: UserId) -> Result<Option<Member>, StoreError> {
    MEMBERS.get(tx, &user)
}

/// Keeps what a member is now.
///
/// # Errors
/// The store's.
pub fn put(tx: &mut Tx<'_>, user: UserId, member: &Member) -> Result<(), StoreError> {
    rules::store::note(tx, user, &member.zone)?;
    MEMBERS.put(tx, &user, member)
}

/// Every member.
///
/// # Errors
/// The store's.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<(UserId, Member)>, StoreError> {
    MEMBERS.scan(tx, &(), usize::MAX)
}

/// The member behind a person who acts, made where they are new: with a zone guessed from their
/// locale, and with their DM channel asked for, now that they have acted.
///
/// # Errors
/// The store's.
pub fn meet(tx: &mut Tx<'_>, app: &App, person: &Person) -> Result<Member, StoreError> {
    if let Some(dm) = person.dm
        && delivery::dm_channel(tx, person.id)? != Some(dm)
    {
        delivery::remember_dm(tx, person.id, dm)?;
    }
    if let Some(mut member) = MEMBERS.get(tx, &person.id)? {
        if member.locale != person.locale {
            member.locale.clone_from(&person.locale);
            MEMBERS.put(tx, &person.id, &member)?;
        }
        return Ok(member);
    }
    if person.dm.is_none() {
        delivery::open_dm(tx, person.id, app.clock.now())?;
    }
    let member = new(app, person);
    put(tx, person.id, &member)?;
    Ok(member)
}

/// The member behind a person, as they would be if they acted: for what is shown while they type.
///
/// # Errors
/// The store's.
pub fn seen(tx: &mut Tx<'_>, app: &App, person: &Person) -> Result<Member, StoreError> {
    Ok(MEMBERS.get(tx, &person.id)?.unwrap_or_else(|| new(app, person)))
}

fn new(app: &App, person: &Person) -> Member {
    let guess = zone::guess(&person.locale).into_iter().next();
    Member {
        zone: guess.map_or_else(|| app.defaults.zone.clone(), ToString::to_string),
        asked_zone: false,
        hour: Time::new(app.defaults.delivery_hour, 0, 0, 0).unwrap_or_default(),
        quiet: None,
        locale: person.locale.clone(),
        since: app.clock.now(),
        thread: None,
    }
}

/// Keeps a member's new settings and moves everything planned along. Returns what moved: from when
/// to when.
///
/// # Errors
/// The store's.
pub fn change(
    tx: &mut Tx<'_>,
    app: &App,
    user: UserId,
    shift: &Shift,
) -> Result<Vec<(Timestamp, Timestamp)>, StoreError> {
    put(tx, user, &shift.new)?;
    let mut moved = Vec::new();
    for follow in app.followers.iter() {
        moved.extend(follow(tx, user, &|at| shift.moved(at))?);
    }
    Ok(moved)
}

/// How every area follows a change: what of `planned` belongs elsewhere now is put there by `put`.
/// Returns what moved: from when to when.
///
/// # Errors
/// The store's.
pub fn move_along<T>(
    tx: &mut Tx<'_>,
    planned: impl IntoIterator<Item = (Timestamp, T)>,
    moved: &dyn Fn(Timestamp) -> Timestamp,
    put: impl Fn(&mut Tx<'_>, T, Timestamp) -> Result<(), StoreError>,
) -> Result<Vec<(Timestamp, Timestamp)>, StoreError> {
    let mut all = Vec::new();
    for (at, it) in planned {
        let to = moved(at);
        if to != at {
            put(tx, it, to)?;
            all.push((at, to));
        }
    }
    Ok(all)
}
