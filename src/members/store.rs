//! What is kept of members.

use jiff::civil::Time;

use super::{Member, Shift, rules};
use crate::delivery;
use crate::discord::app::{App, Keep};
use crate::discord::person::Person;
use crate::id::UserId;
use crate::store::{Record, StoreError, Table, Tx};
use crate::when::{By, Coming, Moved, zone};

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
    let zone = guess.map_or_else(|| app.defaults.zone.clone(), ToString::to_string);
    let hour = Time::new(app.defaults.delivery_hour, 0, 0, 0).unwrap_or_default();
    Member { asked_zone: false, ..Member::new(zone, hour, &person.locale, app.clock.now()) }
}

/// Keeps a member's new settings and moves everything planned along. Returns what moved.
///
/// # Errors
/// The store's.
pub fn change(tx: &mut Tx<'_>, app: &App, user: UserId, shift: &Shift) -> Result<Vec<Moved>, StoreError> {
    put(tx, user, &shift.new)?;
    follow(tx, app, user, shift, Keep::Done)
}

/// What would move along with a change, the next first.
///
/// # Errors
/// The store's.
pub fn would_move(tx: &mut Tx<'_>, app: &App, user: UserId, shift: &Shift) -> Result<Vec<Moved>, StoreError> {
    follow(tx, app, user, shift, Keep::Look)
}

fn follow(
    tx: &mut Tx<'_>,
    app: &App,
    user: UserId,
    shift: &Shift,
    keep: Keep,
) -> Result<Vec<Moved>, StoreError> {
    let mut moved = Vec::new();
    for follow in app.followers.iter() {
        moved.extend(follow(tx, user, &|coming, by| shift.coming(coming, by), keep)?);
    }
    moved.sort_by_key(|moved| moved.from);
    Ok(moved)
}

/// How every area follows a change: what of `planned` comes at another time now is put there by
/// `put`. Returns what does, with what it was called.
///
/// # Errors
/// The store's.
pub fn move_along<T>(
    tx: &mut Tx<'_>,
    planned: impl IntoIterator<Item = (String, (Coming, By), T)>,
    moved: &dyn Fn(Coming, By) -> Coming,
    put: impl Fn(&mut Tx<'_>, T, Coming) -> Result<(), StoreError>,
) -> Result<Vec<Moved>, StoreError> {
    let mut all = Vec::new();
    for (about, (coming, by), it) in planned {
        let to = moved(coming, by);
        if to != coming {
            put(tx, it, to)?;
        }
        if to.at != coming.at {
            all.push(Moved { about, from: coming.at, to: to.at });
        }
    }
    Ok(all)
}
