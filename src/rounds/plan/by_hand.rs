//! What an organizer changes of a round's groups by hand, as far as no rule is broken by it.

use jiff::Timestamp;

use super::acts::shown;
use super::edit::{Edit, changed};
use super::finding::{figures, gathered, groups_of, replace};
use super::problem::id as engine_id;
use super::views;
use crate::discord::answer::Show;
use crate::discord::failure::Failure;
use crate::id::{Id, UserId};
use crate::members::Asking;
use crate::rounds::group::{Found, Group};
use crate::rounds::matching::judge;
use crate::rounds::organizer::organized;
use crate::rounds::round::{Round, Stage};
use crate::rounds::signup::State;
use crate::rounds::store;
use crate::store::{StoreError, Tx};

/// A group is locked, or free again.
pub(super) fn lock(tx: &mut Tx<'_>, (id, round): (Id, &Round), number: u16) -> Result<(), Failure> {
    if round.stage == Stage::Matching
        && let Some(mut group) = store::group(tx, id, number)?
    {
        group.locked = !group.locked;
        store::put_group(tx, id, number, &group)?;
    }
    Ok(())
}

/// `/organize lock`.
///
/// # Errors
/// They may not organize here; there is no such group; the store's.
pub fn locked(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id, number: u16) -> Result<Show, Failure> {
    let round = matched(tx, asking, id)?;
    if store::group(tx, id, number)?.is_none() {
        return Err(Failure::told(views::no_such_group(asking.words, number)));
    }
    lock(tx, (id, &round), number)?;
    let is_locked = store::group(tx, id, number)?.is_some_and(|group| group.locked);
    let said = views::locked(asking.words, number, is_locked);
    Ok(shown(tx, asking, (id, &round), views::page_of(number))?.anew().beginning(said))
}

/// `/organize move`.
///
/// # Errors
/// They may not organize here; the change breaks a rule; the store's.
pub fn moved(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    id: Id,
    who: UserId,
    number: u16,
) -> Result<Show, Failure> {
    let edit = match usize::from(number).checked_sub(1) {
        Some(to) => Edit::Move(who, to),
        None => Edit::Out(who),
    };
    edited(tx, asking, id, edit)
}

/// `/organize swap`.
///
/// # Errors
/// They may not organize here; the change breaks a rule; the store's.
pub fn swapped(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    id: Id,
    one: UserId,
    other: UserId,
) -> Result<Show, Failure> {
    if one == other {
        return Err(Failure::told(views::one_person(asking.words)));
    }
    edited(tx, asking, id, Edit::Swap(one, other))
}

/// Somebody who no longer takes part is in no group any more; what is left of theirs stays where it still is a
/// group, and else its people are left over.
///
/// # Errors
/// The store's.
pub fn without(
    tx: &mut Tx<'_>,
    (id, round): (Id, &Round),
    user: UserId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let old = store::groups(tx, id)?;
    if !old.iter().any(|(_, group)| group.has(user)) {
        return Ok(());
    }
    let found = store::found(tx, id)?.unwrap_or_default();
    let problem = gathered(tx, id, round, (found.larger, now))?;
    let rest = old.iter().map(|(_, group)| -> Vec<String> {
        group.people.iter().filter(|it| **it != user).map(engine_id).collect()
    });
    let stand: Vec<Vec<String>> =
        rest.filter(|ids| judge(&problem, std::slice::from_ref(ids)).is_ok()).collect();
    let Ok(outcome) = judge(&problem, &stand) else { return Ok(()) };
    replace(tx, id, &groups_of(&outcome, &old))?;
    store::put_found(tx, id, &Found { edited: true, ..figures(found, &outcome) })
}

/// A round of theirs whose groups can be changed.
fn matched(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Round, Failure> {
    let round = organized(tx, asking, id)?;
    if round.stage == Stage::Matching {
        return Ok(round);
    }
    Err(Failure::told(views::not_changeable(asking.words, id, &round)))
}

/// The groups are changed by hand, where no rule is broken by it.
fn edited(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id, edit: Edit) -> Result<Show, Failure> {
    let round = matched(tx, asking, id)?;
    let found = store::found(tx, id)?.unwrap_or_default();
    let groups = store::groups(tx, id)?;
    let (Edit::Move(who, _) | Edit::Out(who) | Edit::Swap(who, _)) = edit;
    let people = if let Edit::Swap(_, other) = edit { vec![who, other] } else { vec![who] };
    for user in people {
        let takes_part = store::sign_up(tx, id, user)?.is_some_and(|it| it.state == State::In);
        if !takes_part {
            return Err(Failure::told(views::takes_no_part(asking.words, user)));
        }
    }
    let people: Vec<Vec<UserId>> = groups.iter().map(|(_, group)| group.people.clone()).collect();
    let locked: Vec<bool> = groups.iter().map(|(_, group)| group.locked).collect();
    let new = changed(&people, &locked, edit);
    let new = new.map_err(|not| Failure::told(views::not_possible(asking.words, not)))?;
    let problem = gathered(tx, id, &round, (found.larger, asking.now))?;
    let ids: Vec<Vec<String>> = new.iter().map(|group| group.iter().map(engine_id).collect()).collect();
    let outcome =
        judge(&problem, &ids).map_err(|broken| Failure::told(views::broken(asking.words, id, &broken)))?;
    // In the order in which the organizer knows them: the engine has one of its own.
    let judged = groups_of(&outcome, &groups);
    let same = |group: &Vec<UserId>| judged.iter().find(|it| group.iter().all(|user| it.has(*user)));
    let kept: Vec<Group> = new.iter().filter_map(same).cloned().collect();
    replace(tx, id, &kept)?;
    store::put_found(tx, id, &Found { at: asking.now, edited: true, ..figures(found, &outcome) })?;
    let now_in = kept.iter().position(|group| group.has(who)).and_then(|at| u16::try_from(at + 1).ok());
    shown(tx, asking, (id, &round), views::page_of(now_in.unwrap_or(1))).map(Show::anew)
}

/// `/organize exclude`: two people are kept apart from now on, or no longer.
///
/// # Errors
/// They may not organize here; the store's.
pub fn excluded(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    id: Id,
    (one, other): (UserId, UserId),
) -> Result<Show, Failure> {
    let round = organized(tx, asking, id)?;
    if !matches!(round.stage, Stage::SignUp | Stage::Matching) {
        return Err(Failure::told(views::not_changeable(asking.words, id, &round)));
    }
    if one == other {
        return Err(Failure::told(views::one_person(asking.words)));
    }
    let mut found = store::found(tx, id)?.unwrap_or_default();
    let pair = (one.min(other), one.max(other));
    let was = found.excluded.contains(&pair);
    if was {
        found.excluded.retain(|it| *it != pair);
    } else {
        found.excluded.push(pair);
    }
    store::put_found(tx, id, &found)?;
    let together =
        store::group_of(tx, id, one)?.filter(|(_, group)| group.has(other)).map(|(number, _)| number);
    Ok(Show::Reply(views::excluded(asking.words, id, pair, !was, together)))
}
