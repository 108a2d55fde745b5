//! Groups that cannot go on as they are: what Kith proposes, and what an organizer's press makes of it.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::facts::{Facts, fit};
use super::members::{announce, put_in, take_out};
use super::proposal::{Need, Plan, Proposal, Standing, State};
use super::{check_ins, room, running, store, views};
use crate::agenda;
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::failure::Failure;
use crate::id::{Id, UserId};
use crate::members::Asking;
use crate::rounds::matching::{Problem, Role};
use crate::rounds::organizer::organized;
use crate::rounds::round::{Round, Stage};
use crate::rounds::{life, publish, store as rounds};
use crate::store::{StoreError, Tx};

/// Whose agenda entries these are: a round's groups are looked at; the subject is the round.
pub const WATCH: &str = "round/running/watch";

pub(super) fn due(app: &App) -> Vec<(&'static str, agenda::Handler)> {
    let app = app.clone();
    vec![(WATCH, Box::new(move |tx, due| watch(tx, &app, due)))]
}

/// Looks at a round's groups in a moment.
///
/// # Errors
/// The store's.
pub(super) fn look_soon(tx: &mut Tx<'_>, id: Id, now: Timestamp) -> Result<(), StoreError> {
    agenda::put(tx, now, WATCH, &id.to_string())
}

/// Looks at all groups: what one needs is proposed to the organizer, once; a mentor's silence is told to the others.
fn watch(tx: &mut Tx<'_>, app: &App, due: &agenda::Due) -> anyhow::Result<()> {
    let id: Id = due.subject.parse()?;
    let Some((round, _)) = running(tx, id)? else { return Ok(()) };
    let facts = Facts::gather(tx, (id, &round), due.now)?;
    for standing in &facts.standings {
        silence(tx, app, (id, &round), standing, due.now)?;
        let number = standing.number;
        let known = store::proposal(tx, id, number)?;
        let Some((need, plan)) = facts.need(number, round.shape) else {
            if let Some(known) = known.filter(|it| matches!(it.state, State::Open | State::NotNow(_))) {
                store::put_proposal(tx, id, number, &Proposal { state: State::Needless, ..known })?;
            }
            continue;
        };
        if known.as_ref().is_some_and(|known| is_known(known, need, plan.as_ref())) {
            continue;
        }
        propose(tx, app, (id, &round), number, (need, plan), due.now)?;
    }
    Ok(())
}

/// Whether an organizer was told of this already, or does not want it.
fn is_known(known: &Proposal, need: Need, plan: Option<&Plan>) -> bool {
    match known.state {
        // What is to be done is looked at anew when it is approved; that somebody fits at all is news.
        State::Open => known.need == need && known.plan.is_some() == plan.is_some(),
        State::NotNow(_) => known.need == need && known.plan.as_ref() == plan,
        State::Done(_) | State::Needless => false,
    }
}

fn propose(
    tx: &mut Tx<'_>,
    app: &App,
    (id, round): (Id, &Round),
    number: u16,
    (need, plan): (Need, Option<Plan>),
    now: Timestamp,
) -> Result<(), StoreError> {
    let it = Proposal { id: Id::new(now), need, plan, made: now, state: State::Open };
    store::put_proposal(tx, id, number, &it)?;
    let told = told(tx, id, number, &it)?;
    life::tell(tx, app, round.by, now, |words| views::proposal(words, (id, round), number, &it, &told))
}

/// What an organizer reads of a proposal: people by name, rooms as links.
fn told(tx: &mut Tx<'_>, id: Id, number: u16, it: &Proposal) -> Result<views::Told, StoreError> {
    let group = rounds::group(tx, id, number)?.unwrap_or_default();
    let plan = it.plan.clone().unwrap_or_default();
    let mut moves = Vec::new();
    for (user, to) in plan.moves {
        let name =
            check_ins::names(tx, id, std::iter::once(user))?.pop().map(|(_, name)| name).unwrap_or_default();
        let waits = rounds::group_of(tx, id, user)?.is_none();
        moves.push((name, to, waits));
    }
    let outs = check_ins::names(tx, id, plan.outs.into_iter().map(|(user, _)| user))?;
    let people = check_ins::names(tx, id, group.people.iter().copied())?;
    let name = |all: Vec<(UserId, String)>| all.into_iter().map(|(_, name)| name).collect();
    Ok(views::Told { people: name(people), outs: name(outs), moves, room: group.channel() })
}

/// A mentor's people are told, once, that nothing came from them.
fn silence(
    tx: &mut Tx<'_>,
    app: &App,
    (id, round): (Id, &Round),
    standing: &Standing,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(group) = rounds::group(tx, id, standing.number)? else { return Ok(()) };
    let Some(mentor) = group.mentor.filter(|it| standing.absent.iter().any(|(user, _)| user == it)) else {
        return Ok(());
    };
    let since = store::part(tx, id, mentor)?.called;
    let mut course = store::course(tx, id, standing.number)?;
    if course.silence_told == since {
        return Ok(());
    }
    course.silence_told = since;
    store::put_course(tx, id, standing.number, &course)?;
    for (user, role) in &standing.present {
        if *role == Role::Mentee {
            check_ins::tell_by_day(tx, app, *user, now, |words| views::mentor_silent(words, round))?;
        }
    }
    Ok(())
}

/// A round that somebody organizes and that runs.
fn organizing(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Round, Failure> {
    let round = organized(tx, asking, id)?;
    if round.stage == Stage::Running {
        Ok(round)
    } else {
        Err(Failure::told(views::not_running(asking.words, &round)))
    }
}

/// `/organize attention`: what groups of a round need.
///
/// # Errors
/// They may not organize here; the store's.
pub fn attention(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let round = organizing(tx, asking, id)?;
    let days = rounds::setup(tx, round.guild)?.silent_days();
    let mut open = Vec::new();
    for (number, it) in store::proposals(tx, id)? {
        if matches!(it.state, State::Open | State::NotNow(_)) {
            let told = told(tx, id, number, &it)?;
            open.push((number, it, told));
        }
    }
    let mut lost = Vec::new();
    for (number, group) in rounds::groups(tx, id)? {
        if let Some(why) = store::course(tx, id, number)?.lost {
            lost.push((number, group, why));
        }
    }
    let mut silent = Vec::new();
    let named = |user: &UserId| {
        let plans = open.iter().filter_map(|(_, it, _)| it.plan.as_ref());
        plans.flat_map(|plan| &plan.outs).any(|(out, _)| out == user)
    };
    for user in store::no_shows(tx, id, days, asking.now)?.into_iter().filter(|user| !named(user)) {
        if let Some((number, _)) = rounds::group_of(tx, id, user)? {
            silent.push((user, number));
        }
    }
    Ok(Show::Reply(views::attention(asking.words, (id, &round), &open, &lost, &silent)))
}

/// An organizer looks at what one group needs.
pub(super) fn look(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id, number: u16) -> Result<Show, Failure> {
    let round = organizing(tx, asking, id)?;
    match store::proposal(tx, id, number)? {
        Some(it) => shown(tx, asking, (id, &round), number, &it),
        None => Ok(attention(tx, asking, id)?.in_place()),
    }
}

fn shown(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
    number: u16,
    it: &Proposal,
) -> Result<Show, Failure> {
    let told = told(tx, id, number, it)?;
    Ok(Show::Update(views::proposal(asking.words, (id, round), number, it, &told)))
}

/// An organizer does not want it now.
pub(super) fn not_now(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    id: Id,
    (number, proposal): (u16, Id),
) -> Result<Show, Failure> {
    let round = organizing(tx, asking, id)?;
    let Some(mut it) = store::proposal(tx, id, number)? else { return look(tx, asking, id, number) };
    if it.id == proposal && it.state == State::Open {
        it.state = State::NotNow(asking.person.id);
        store::put_proposal(tx, id, number, &it)?;
    }
    shown(tx, asking, (id, &round), number, &it)
}

/// An organizer approves: what was proposed is done, once, where it is still what the facts ask for; else what they
/// ask for now is proposed.
pub(super) fn approve(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    id: Id,
    (number, proposal): (u16, Id),
) -> Result<Show, Failure> {
    let round = organizing(tx, asking, id)?;
    let Some(known) = store::proposal(tx, id, number)? else { return look(tx, asking, id, number) };
    if !matches!(known.state, State::Open | State::NotNow(_)) {
        return shown(tx, asking, (id, &round), number, &known);
    }
    let facts = Facts::gather(tx, (id, &round), asking.now)?;
    let Some((need, plan)) = facts.need(number, round.shape) else {
        let it = Proposal { state: State::Needless, ..known };
        store::put_proposal(tx, id, number, &it)?;
        return shown(tx, asking, (id, &round), number, &it);
    };
    if known.id != proposal || (need, &plan) != (known.need, &known.plan) {
        let it = Proposal { id: Id::new(asking.now), need, plan, made: asking.now, state: State::Open };
        store::put_proposal(tx, id, number, &it)?;
        let told = told(tx, id, number, &it)?;
        return Ok(Show::Update(views::changed(asking.words, (id, &round), number, &it, &told)));
    }
    let told = told(tx, id, number, &known)?;
    let it = Proposal { state: State::Done(asking.person.id), ..known };
    if let Some(plan) = &it.plan {
        apply(tx, asking.app, (id, &round), plan, &facts.problem, asking.now)?;
    }
    store::put_proposal(tx, id, number, &it)?;
    Ok(Show::Update(views::proposal(asking.words, (id, &round), number, &it, &told)))
}

/// Puts everybody where the plan has them, and tells all whom it concerns.
fn apply(
    tx: &mut Tx<'_>,
    app: &App,
    (id, round): (Id, &Round),
    plan: &Plan,
    problem: &Problem,
    now: Timestamp,
) -> Result<(), StoreError> {
    for (user, why) in &plan.outs {
        if take_out(tx, id, *user, *why, now)?.is_some() {
            announce(tx, app, id, *user, now)?;
            life::tell(tx, app, *user, now, |words| views::place_given(words, round, *why))?;
        }
    }
    let numbers: BTreeSet<u16> = plan.moves.iter().map(|(_, to)| *to).collect();
    for number in numbers {
        let coming = plan.moves.iter().filter(|(_, to)| *to == number).map(|(user, _)| *user);
        welcome(tx, app, (id, round), number, &coming.collect::<Vec<_>>(), problem, now)?;
    }
    look_soon(tx, id, now)
}

/// People come into a group: it is told who they are, and each of all of them gets a message.
fn welcome(
    tx: &mut Tx<'_>,
    app: &App,
    (id, round): (Id, &Round),
    number: u16,
    coming: &[UserId],
    problem: &Problem,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut old_rooms = BTreeSet::new();
    for user in coming {
        if let Some((from, mut old)) = rounds::group_of(tx, id, *user)? {
            old.people.retain(|it| it != user);
            old.mentor = old.mentor.filter(|it| it != user);
            old.sponsor = old.sponsor.filter(|it| it != user);
            rounds::put_group(tx, id, from, &old)?;
            old_rooms.insert(from);
        }
        super::heard(tx, id, *user, now)?;
    }
    let Some(mut group) = rounds::group(tx, id, number)? else { return Ok(()) };
    for user in coming {
        let role = rounds::sign_up(tx, id, *user)?.map(|it| it.role);
        put_in(&mut group, *user, (role == Some(Role::Mentor), role == Some(Role::Sponsor)));
    }
    group.fit = fit(problem, &group.people).unwrap_or(group.fit);
    rounds::put_group(tx, id, number, &group)?;
    let channel = group.channel();
    if let Some(channel) = channel {
        for user in coming {
            publish::add(tx, (id, round, number), (channel, *user), (now, now + room::WAKES))?;
        }
    }
    let people = publish::people(tx, id, &group)?;
    let words = app.texts.words(Some(&round.locale));
    let message = views::welcome(words, round, &group, coming, &people);
    room::say(tx, (id, round), (number, &group), message, now)?;
    for from in old_rooms {
        if let Some(old) = rounds::group(tx, id, from)? {
            room::say(tx, (id, round), (from, &old), views::goes_on_in(words, coming, channel), now)?;
        }
    }
    let new: Vec<&str> =
        people.iter().filter(|it| coming.contains(&it.user)).map(|it| it.sign_up.name.as_str()).collect();
    for person in &people {
        if coming.contains(&person.user) {
            life::tell(tx, app, person.user, now, |words| {
                views::your_new_group(words, round, &group, (person, &people), channel)
            })?;
        } else {
            life::tell(tx, app, person.user, now, |words| views::joins_you(words, round, &new, channel))?;
        }
    }
    Ok(())
}
