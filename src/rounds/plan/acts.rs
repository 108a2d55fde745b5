//! What organizers do to find a round's groups.

use super::by_hand::lock;
use super::finding::{Prepared, keep, prepare, prepare_where_none};
use super::press::PlanPress;
use super::views;
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::failure::Failure;
use crate::discord::router::Pressed;
use crate::id::Id;
use crate::members::{Asking, serve_press};
use crate::rounds::matching::Weights;
use crate::rounds::organizer::organized;
use crate::rounds::round::{Round, Stage};
use crate::rounds::{publish, store};
use crate::store::Tx;

/// `/organize preview`: the groups as they stand, found where there are none yet.
///
/// # Errors
/// They may not organize here; the store's.
pub fn preview(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    id: Id,
    prepared: Option<&Prepared>,
) -> Result<Show, Failure> {
    let round = organized(tx, asking, id)?;
    if round.stage < Stage::Matching {
        return Ok(Show::Reply(views::not_yet(asking.words, id, &round)));
    }
    found_now(tx, asking, (id, &round), prepared)?;
    shown(tx, asking, (id, &round), 0).map(Show::anew)
}

/// Keeps the groups that were found, where none had been since sign-up ended, and says whether none had.
fn found_now(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
    prepared: Option<&Prepared>,
) -> Result<bool, Failure> {
    let none = !store::found(tx, id)?.is_some_and(|found| found.is_there());
    if let Some(prepared) = prepared.filter(|_| none && round.stage == Stage::Matching) {
        keep(tx, asking, (id, round), prepared)?;
    }
    Ok(none)
}

/// `/organize publish`: asks whether to, where groups are found; finds and shows them where they are not.
///
/// # Errors
/// They may not organize here; the store's.
pub fn publish(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    id: Id,
    prepared: Option<&Prepared>,
) -> Result<Show, Failure> {
    let round = organized(tx, asking, id)?;
    if round.stage > Stage::Matching {
        return publish::progress(tx, asking, (id, &round)).map(Show::anew);
    }
    let is_new = found_now(tx, asking, (id, &round), prepared)?;
    if round.stage == Stage::Matching && !is_new && !store::groups(tx, id)?.is_empty() {
        return publish::ask(tx, asking, (id, &round)).map(Show::anew);
    }
    preview(tx, asking, id, None)
}

/// Answers a press about finding groups.
///
/// # Errors
/// They may not organize here, or the store fails.
pub async fn press(app: &App, pressed: &Pressed, id: Id, press: PlanPress) -> Result<Show, Failure> {
    let weights = match press {
        PlanPress::Weights => Some(views::weights(pressed.value())),
        _ => None,
    };
    let prepared = match press {
        PlanPress::Find | PlanPress::Weights => prepare(app, id, weights).await?,
        PlanPress::Preview | PlanPress::Publish | PlanPress::PublishYes => {
            prepare_where_none(app, id).await?
        }
        _ => None,
    };
    serve_press(app, pressed, |tx, asking| act(tx, asking, (id, press), weights, prepared.as_ref())).await
}

fn act(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, press): (Id, PlanPress),
    weights: Option<Weights>,
    prepared: Option<&Prepared>,
) -> Result<Show, Failure> {
    if let PlanPress::Accept(number) | PlanPress::Decline(number) = press {
        return publish::answered(tx, asking, id, number, matches!(press, PlanPress::Accept(_)));
    }
    let mut round = organized(tx, asking, id)?;
    match press {
        PlanPress::Show(page) => shown(tx, asking, (id, &round), page),
        PlanPress::Find | PlanPress::Weights => {
            round.weights = weights.unwrap_or(round.weights);
            if let Some(prepared) = prepared.filter(|_| round.stage == Stage::Matching) {
                keep(tx, asking, (id, &round), prepared)?;
                store::put_round(tx, id, &round)?;
            }
            shown(tx, asking, (id, &round), 0)
        }
        PlanPress::Lock(number) => {
            lock(tx, (id, &round), number)?;
            let page = views::page_of(number);
            shown(tx, asking, (id, &round), page)
        }
        PlanPress::Preview => preview(tx, asking, id, prepared).map(Show::in_place),
        // What was to be published is of before sign-up was opened again.
        PlanPress::Publish | PlanPress::PublishYes if found_now(tx, asking, (id, &round), prepared)? => {
            shown(tx, asking, (id, &round), 0)
        }
        PlanPress::Publish if round.stage == Stage::Matching => publish::ask(tx, asking, (id, &round)),
        PlanPress::PublishYes if round.stage == Stage::Matching => publish::begin(tx, asking, (id, round)),
        _ => shown(tx, asking, (id, &round), 0),
    }
}

/// The groups as they stand.
pub(super) fn shown(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
    page: u16,
) -> Result<Show, Failure> {
    let groups = store::groups(tx, id)?;
    let found = store::found(tx, id)?.unwrap_or_default();
    Ok(Show::Update(views::preview(asking.words, (id, round), &groups, &found, page)))
}
