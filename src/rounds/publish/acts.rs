//! What organizers, mentors and groups do about groups that are published.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::meeting::Typed;
use super::press::PublishPress;
use super::{meeting, steps, views};
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::failure::Failure;
use crate::discord::router::Pressed;
use crate::id::{Id, UserId};
use crate::members::{Asking, serve_press};
use crate::rounds::group::Group;
use crate::rounds::organizer::organized;
use crate::rounds::plan;
use crate::rounds::round::{Round, Stage};
use crate::rounds::{board, life, store, views as shared};
use crate::store::{StoreError, Tx};

/// Asks whether to publish; where mentors accept first, they are asked, and this says how far that is.
///
/// # Errors
/// The store's.
pub fn ask(tx: &mut Tx<'_>, asking: &Asking<'_>, (id, round): (Id, &Round)) -> Result<Show, Failure> {
    let broken = plan::broken(tx, (id, round), asking.now)?;
    if !broken.is_empty() {
        return Err(Failure::told(plan::views::not_published(asking.words, id, &broken)));
    }
    let groups = store::groups(tx, id)?;
    if round.accept {
        for (number, mut group) in groups.clone() {
            let Some(mentor) = group.mentor.filter(|_| !group.asked && group.accepted.is_none()) else {
                continue;
            };
            group.asked = true;
            let people = people(tx, id, &group)?;
            life::tell(tx, asking.app, mentor, asking.now, |words| {
                views::ask_mentor(words, (id, round), number, &group, &people)
            })?;
            store::put_group(tx, id, number, &group)?;
        }
    }
    Ok(Show::Update(views::ask_to_publish(asking.words, (id, round), &groups)))
}

/// Those of a group, with what they said of themselves.
pub(in crate::rounds) fn people(
    tx: &mut Tx<'_>,
    id: Id,
    group: &Group,
) -> Result<Vec<views::Someone>, StoreError> {
    let mut all = Vec::new();
    for user in &group.people {
        let zone = crate::members::store::get(tx, *user)?.map(|member| member.zone());
        let zone = zone.unwrap_or(jiff::tz::TimeZone::UTC);
        all.extend(store::sign_up(tx, id, *user)?.map(|sign_up| views::Someone {
            user: *user,
            sign_up,
            zone,
        }));
    }
    Ok(all)
}

/// The groups are made from now on.
///
/// # Errors
/// The store's.
pub fn begin(tx: &mut Tx<'_>, asking: &Asking<'_>, (id, mut round): (Id, Round)) -> Result<Show, Failure> {
    let groups = store::groups(tx, id)?;
    if groups.is_empty() {
        return plan::preview(tx, asking, id, None).map(Show::in_place);
    }
    let broken = plan::broken(tx, (id, &round), asking.now)?;
    if !broken.is_empty() {
        return Err(Failure::told(plan::views::not_published(asking.words, id, &broken)));
    }
    start(tx, asking.app, (id, &mut round), asking.now)?;
    Ok(Show::Update(views::progress(asking.words, (id, &round), &groups)))
}

/// The groups of a round are made from now on; who is in none is told why.
///
/// # Errors
/// The store's.
pub fn start(
    tx: &mut Tx<'_>,
    app: &App,
    (id, round): (Id, &mut Round),
    now: Timestamp,
) -> Result<(), StoreError> {
    round.stage = Stage::Publishing;
    round.later = None;
    store::put_round(tx, id, round)?;
    let all = store::taking_part(tx, id)?;
    let placed: BTreeSet<UserId> =
        store::groups(tx, id)?.into_iter().flat_map(|(_, group)| group.people).collect();
    for (user, why) in store::found(tx, id)?.unwrap_or_default().left_over {
        let role = all.iter().find(|(it, _)| *it == user).map(|(_, it)| it.role);
        let like: Vec<_> = all.iter().filter(|(_, it)| Some(it.role) == role).collect();
        let counts = (like.len(), like.iter().filter(|(it, _)| placed.contains(it)).count());
        life::tell(tx, app, user, now, |words| shared::left_over(words, (id, round), why, counts))?;
    }
    steps::go_on(tx, id, now)?;
    board::changed(tx, id, now)
}

/// How far publishing is.
///
/// # Errors
/// The store's.
pub fn progress(tx: &mut Tx<'_>, asking: &Asking<'_>, (id, round): (Id, &Round)) -> Result<Show, Failure> {
    let groups = store::groups(tx, id)?;
    Ok(Show::Update(views::progress(asking.words, (id, round), &groups)))
}

/// A mentor accepts or declines their group.
///
/// # Errors
/// The store's.
pub fn answered(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    id: Id,
    number: u16,
    yes: bool,
) -> Result<Show, Failure> {
    let round = store::round(tx, id)?.ok_or_else(|| Failure::told(shared::no_such_round(asking.words)))?;
    let group = store::group(tx, id, number)?;
    let theirs = group.filter(|group| group.mentor == Some(asking.person.id) && group.asked);
    let Some(mut group) = theirs.filter(|_| round.stage == Stage::Matching) else {
        return Ok(Show::Update(views::too_late(asking.words, &round)));
    };
    let is_new = group.accepted != Some(yes);
    group.accepted = Some(yes);
    store::put_group(tx, id, number, &group)?;
    if is_new && !yes {
        let mentor = asking.person.id;
        life::tell(tx, asking.app, round.by, asking.now, |words| {
            views::declined(words, (id, &round), mentor, number)
        })?;
    }
    Ok(Show::Update(views::answered(asking.words, &round, yes)))
}

/// Answers a press about published groups.
///
/// # Errors
/// They may not, or the store fails.
pub async fn press(app: &App, pressed: &Pressed, id: Id, press: PublishPress) -> Result<Show, Failure> {
    serve_press(app, pressed, |tx, asking| match press {
        PublishPress::Progress => {
            let round = organized(tx, asking, id)?;
            progress(tx, asking, (id, &round))
        }
        PublishPress::GoOn => {
            let mut round = organized(tx, asking, id)?;
            if round.stage == Stage::Publishing {
                round.stopped = None;
                store::put_round(tx, id, &round)?;
                steps::go_on(tx, id, asking.now)?;
            }
            progress(tx, asking, (id, &round))
        }
        PublishPress::Meet(number) => meeting::chosen(tx, asking, (id, number), pressed.value()),
        PublishPress::Event(number, at) => meeting::event(tx, asking, (id, number), at),
        PublishPress::Suggest(number) => meeting::form(tx, asking, (id, number), None),
        PublishPress::SuggestAgain(number, draft) => meeting::form(tx, asking, (id, number), Some(draft)),
        PublishPress::SuggestForm(number) => {
            let typed = Typed { when: pressed.field("when").to_owned() };
            meeting::suggested(tx, asking, (id, number), &typed)
        }
        PublishPress::SuggestWhen(number, draft, nth) => {
            meeting::suggested_one(tx, asking, (id, number), (draft, nth))
        }
    })
    .await
}
