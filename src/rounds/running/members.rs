//! What people do about their own part in a round that runs: skip a meeting, pause, leave, look at their group.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::course::{Left, Why};
use super::press::RunPress;
use super::{heard, parts, proposals, room, running, schedule, store, views};
use crate::agenda;
use crate::delivery::{self, Errand};
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::failure::Failure;
use crate::id::{Id, UserId};
use crate::members::undo::{in_time, too_late};
use crate::members::views::misread;
use crate::members::{Asking, UNDO, ask_back, drafts};
use crate::rounds::group::Group;
use crate::rounds::press::RoundPress;
use crate::rounds::round::{Round, Stage};
use crate::rounds::signup::State;
use crate::rounds::{joining, life, publish, store as rounds, views as shared};
use crate::store::{StoreError, Tx};
use crate::when;

/// Whose agenda entries these are: somebody left, and it can be undone no longer; the subject is the round and the
/// person.
pub const LEFT: &str = "round/running/left";
/// Somebody's pause ends; the subject is the same.
pub const RESUME: &str = "round/running/resume";

pub(super) fn due(app: &App) -> Vec<(&'static str, agenda::Handler)> {
    let (one, other) = (app.clone(), app.clone());
    vec![
        (LEFT, Box::new(move |tx, due| is_told(tx, &one, due))),
        (RESUME, Box::new(move |tx, due| pause_ends(tx, &other, due))),
    ]
}

/// Somebody's group in a round that runs; otherwise how things stand for them, at each stage of the round.
fn own_group(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<(Round, u16, Group), Failure> {
    let own = asking.person.id;
    let round = rounds::round(tx, id)?.filter(|round| {
        round.stage != Stage::Draft && asking.person.guild.is_none_or(|guild| guild == round.guild)
    });
    let round = round.ok_or_else(|| Failure::told(shared::no_such_round(asking.words)))?;
    let told = |message| Err(Failure::told(message));
    if round.stage < Stage::Running {
        return told(views::not_running_yet(asking.words, id, &round));
    }
    if round.stage > Stage::Running {
        return told(views::too_late(asking.words, &round));
    }
    if let Some((number, group)) = rounds::group_of(tx, id, own)? {
        return Ok((round, number, group));
    }
    match rounds::sign_up(tx, id, own)? {
        Some(it) if it.state == State::In => told(joining::waits(asking.words, id, &round, &it)),
        Some(it) if it.state == State::Left => told(views::left_already(asking.words, &round)),
        _ => told(views::takes_no_part(asking.words, &round)),
    }
}

/// What somebody is called in the server.
fn name(tx: &mut Tx<'_>, id: Id, user: UserId) -> Result<String, StoreError> {
    Ok(rounds::sign_up(tx, id, user)?.map_or_else(|| user.to_string(), |it| it.name))
}

/// `/mentorship mine` while the round runs: one's group, when it meets, how it went so far.
///
/// # Errors
/// They are in no group; the store's.
pub fn mine(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let (round, number, group) = own_group(tx, asking, id)?;
    let part = store::part(tx, id, asking.person.id)?;
    let course = store::course(tx, id, number)?;
    let meetings = store::meetings_of(tx, id, number)?;
    let names = super::check_ins::names(tx, id, group.others(asking.person.id))?;
    let next = (course.next <= round.meetings()).then_some(course.next);
    let seen = views::Seen {
        course: &course,
        part: &part,
        meetings: &meetings,
        names: &names,
        next,
        now: asking.now,
    };
    Ok(Show::Reply(views::mine(asking.words, (id, &round), (number, &group), &seen)))
}

/// `/mentorship skip`: somebody cannot come to the next meeting. The group is told, without the reason.
///
/// # Errors
/// They are in no group; the store's.
pub fn skip(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let (round, number, group) = own_group(tx, asking, id)?;
    let nth = store::course(tx, id, number)?.next;
    if nth > round.meetings() {
        return Ok(Show::Reply(views::no_meeting_left(asking.words, &round)));
    }
    let own = asking.person.id;
    let mut part = store::part(tx, id, own)?;
    part.heard(asking.now);
    let next = Next::of(&round, &group, nth, asking.now);
    if !part.skips.contains(&nth) {
        part.skips.push(nth);
        let message = views::skips(asking.app.texts.words(Some(&round.locale)), own, next, true);
        room::say(tx, (id, &round), (number, &group), message, asking.now)?;
    }
    store::put_part(tx, id, own, &part)?;
    Ok(Show::Reply(views::skipped(asking.words, (id, &round), nth, next)))
}

/// When a group meets next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// At the time that it agreed on.
    Agreed(Timestamp),
    /// It has agreed on none, and is to meet by that day.
    By(Timestamp),
}

impl Next {
    fn of(round: &Round, group: &Group, nth: u16, now: Timestamp) -> Self {
        let agreed = group.meeting.map(|meeting| meeting.at).filter(|at| *at > now);
        let by = round.began.map_or(now, |began| schedule::planned(round, began, nth));
        agreed.map_or(Self::By(by), Self::Agreed)
    }
}

/// They come to it after all.
pub(super) fn unskip(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id, nth: u16) -> Result<Show, Failure> {
    let (round, number, group) = own_group(tx, asking, id)?;
    let own = asking.person.id;
    let mut part = store::part(tx, id, own)?;
    if store::course(tx, id, number)?.next != nth {
        return Ok(Show::Update(views::meeting_is_over(asking.words, &round)));
    }
    if part.skips.contains(&nth) {
        part.skips.retain(|it| *it != nth);
        part.heard(asking.now);
        store::put_part(tx, id, own, &part)?;
        let next = Next::of(&round, &group, nth, asking.now);
        let message = views::skips(asking.app.texts.words(Some(&round.locale)), own, next, false);
        room::say(tx, (id, &round), (number, &group), message, asking.now)?;
    }
    Ok(Show::Update(views::unskipped(asking.words, &round)))
}

/// `/mentorship leave`: asks first.
///
/// # Errors
/// They take no part; the store's.
pub fn leave(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let (round, _, group) = own_group(tx, asking, id)?;
    Ok(Show::Reply(views::ask_to_leave(asking.words, (id, &round), &group, asking.person.id)))
}

/// They leave. The others are told once it can be undone no longer.
pub(super) fn leaves(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let (round, _, _) = own_group(tx, asking, id)?;
    let own = asking.person.id;
    take_out(tx, id, own, Why::Own, asking.now)?;
    agenda::put(tx, asking.now + UNDO, LEFT, &format!("{id} {own}"))?;
    Ok(Show::Update(views::left(asking.words, (id, &round), asking.now + UNDO)))
}

/// They take leaving back.
pub(super) fn stays(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
) -> Result<Show, Failure> {
    let own = asking.person.id;
    let mut part = store::part(tx, id, own)?;
    let Some(left) = part.left.take() else {
        return Ok(mine(tx, asking, id)?.in_place());
    };
    in_time(asking, left.at)?;
    let group = left.group.map(|number| rounds::group(tx, id, number)).transpose()?.flatten();
    let (Some(number), Some(mut group)) = (left.group, group) else { return Err(too_late(asking)) };
    if left.told || left.why != Why::Own || round.stage != Stage::Running {
        return Err(too_late(asking));
    }
    // Their place may be somebody else's by now.
    if (left.mentor && group.mentor.is_some()) || (left.sponsor && group.sponsor.is_some()) {
        return Err(too_late(asking));
    }
    put_in(&mut group, own, (left.mentor, left.sponsor));
    rounds::put_group(tx, id, number, &group)?;
    if let Some(mut sign_up) = rounds::sign_up(tx, id, own)? {
        sign_up.state = State::In;
        rounds::put_sign_up(tx, id, own, &sign_up)?;
    }
    part.heard(asking.now);
    store::put_part(tx, id, own, &part)?;
    agenda::remove(tx, left.at + UNDO, LEFT, &format!("{id} {own}"))?;
    Ok(Show::Update(views::stays(asking.words, (id, round))))
}

/// Puts somebody into a group: the mentor first, the sponsor last.
pub(super) fn put_in(group: &mut Group, user: UserId, (mentor, sponsor): (bool, bool)) {
    if group.has(user) {
        return;
    }
    if mentor {
        group.mentor = Some(user);
        group.people.insert(0, user);
    } else if sponsor {
        group.sponsor = Some(user);
        group.people.push(user);
    } else {
        let before = group.sponsor.and_then(|sponsor| group.people.iter().position(|it| *it == sponsor));
        group.people.insert(before.unwrap_or(group.people.len()), user);
    }
}

/// Takes somebody out of a round and of their group; returns that they left, where they had not before.
///
/// # Errors
/// The store's.
pub(super) fn take_out(
    tx: &mut Tx<'_>,
    id: Id,
    user: UserId,
    why: Why,
    now: Timestamp,
) -> Result<Option<Left>, StoreError> {
    let Some(mut sign_up) = rounds::sign_up(tx, id, user)?.filter(|it| it.state != State::Left) else {
        return Ok(None);
    };
    sign_up.state = State::Left;
    rounds::put_sign_up(tx, id, user, &sign_up)?;
    let mut left = Left { at: now, why, group: None, mentor: false, sponsor: false, told: false };
    if let Some((number, mut group)) = rounds::group_of(tx, id, user)? {
        group.people.retain(|it| *it != user);
        left.group = Some(number);
        left.mentor = group.mentor == Some(user);
        left.sponsor = group.sponsor == Some(user);
        group.mentor = group.mentor.filter(|it| *it != user);
        group.sponsor = group.sponsor.filter(|it| *it != user);
        rounds::put_group(tx, id, number, &group)?;
    }
    let mut part = store::part(tx, id, user)?;
    part.left = Some(left.clone());
    store::put_part(tx, id, user, &part)?;
    Ok(Some(left))
}

/// Somebody left, and it can be undone no longer: the others are told.
fn is_told(tx: &mut Tx<'_>, app: &App, due: &agenda::Due) -> anyhow::Result<()> {
    let [id, user] = parts(&due.subject)?;
    let (id, user): (Id, UserId) = (id.parse()?, UserId(user.parse()?));
    Ok(announce(tx, app, id, user, due.now)?)
}

/// Tells a group and its organizer that somebody left, once, and takes them out of the room.
///
/// # Errors
/// The store's.
pub(super) fn announce(
    tx: &mut Tx<'_>,
    app: &App,
    id: Id,
    user: UserId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(round) = rounds::round(tx, id)?.filter(|round| round.stage.is_open()) else { return Ok(()) };
    let mut part = store::part(tx, id, user)?;
    let Some(left) = part.left.as_mut().filter(|left| !left.told) else { return Ok(()) };
    left.told = true;
    let left = left.clone();
    store::put_part(tx, id, user, &part)?;
    let name = name(tx, id, user)?;
    let organizer = |words: crate::texts::Words<'_>| views::told_left(words, (id, &round), &name, &left);
    life::tell(tx, app, round.by, now, organizer)?;
    let Some(number) = left.group else { return Ok(()) };
    let Some(group) = rounds::group(tx, id, number)? else { return Ok(()) };
    if !group.people.is_empty() {
        let words = app.texts.words(Some(&round.locale));
        room::say(tx, (id, &round), (number, &group), views::room_left(words, &name, left.why), now)?;
    }
    if let Some(room) = group.channel().filter(|_| left.why != Why::Server) {
        let mut errand = Errand::new(publish::way_out(round.rooms, room, user), now);
        errand.not_before = now + room::WAKES;
        delivery::ask(tx, &errand)?;
    }
    if round.stage == Stage::Running { proposals::look_soon(tx, id, now) } else { Ok(()) }
}

/// A pause as it was typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Typed {
    /// Of which round.
    pub round: Id,
    /// When it ends.
    pub until: String,
}

/// `/mentorship pause`: somebody takes no part until a day; without one, the form, or the pause that there is.
///
/// # Errors
/// They are in no group; the store's.
pub fn pause(tx: &mut Tx<'_>, asking: &Asking<'_>, typed: &Typed) -> Result<Show, Failure> {
    let id = typed.round;
    let (round, number, group) = own_group(tx, asking, id)?;
    let own = asking.person.id;
    let mut part = store::part(tx, id, own)?;
    if typed.until.trim().is_empty() {
        return Ok(match part.paused.filter(|until| *until > asking.now) {
            Some(until) => Show::Reply(views::paused(asking.words, (id, &round), until)),
            None => Show::Modal(views::pause_form(asking.words, id, "")),
        });
    }
    let again = |draft| RoundPress::Run(id, RunPress::PauseAgain(draft));
    let readings = match when::once(&typed.until, &asking.member.asker(asking.now)) {
        Ok(reading) => reading.all(),
        Err(not) => {
            let why = views::pause_misread(asking.words, &misread(asking.words, &typed.until, &not));
            return ask_back::refuse(tx, asking, why, typed, again);
        }
    };
    let [(until, _)] = readings[..] else {
        let press = |draft, nth| RoundPress::Run(id, RunPress::PauseUntil(draft, nth));
        return ask_back::which_moment(tx, asking, &typed.until, &readings, typed, press);
    };
    let ends = round.began.map_or(round.until, |began| round.ends(began));
    if until >= ends {
        return ask_back::refuse(tx, asking, views::pause_too_long(asking.words, &round, ends), typed, again);
    }
    part.heard(asking.now);
    part.paused = Some(until);
    store::put_part(tx, id, own, &part)?;
    agenda::put(tx, until, RESUME, &format!("{id} {own}"))?;
    let message = views::pauses(asking.app.texts.words(Some(&round.locale)), own, Some(until));
    room::say(tx, (id, &round), (number, &group), message, asking.now)?;
    Ok(Show::Reply(views::paused(asking.words, (id, &round), until)))
}

/// One of several moments was chosen for the end of a pause.
pub(super) fn pause_until(tx: &mut Tx<'_>, asking: &Asking<'_>, draft: Id, nth: u8) -> Result<Show, Failure> {
    let typed: Option<Typed> = drafts::get(tx, asking.person.id, draft)?;
    let typed = typed.ok_or_else(|| ask_back::too_old(asking))?;
    let until = ask_back::chosen_moment(asking, draft, nth, |asker| when::once(&typed.until, asker))?;
    Ok(pause(tx, asking, &Typed { until, ..typed })?.in_place())
}

/// What was typed is to be mended.
pub(super) fn pause_again(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id, draft: Id) -> Result<Show, Failure> {
    let typed: Option<Typed> = drafts::get(tx, asking.person.id, draft)?;
    let until = typed.map(|typed| typed.until).unwrap_or_default();
    Ok(Show::Modal(views::pause_form(asking.words, id, &until)))
}

/// Somebody ends their pause.
pub(super) fn resume(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let (round, number, group) = own_group(tx, asking, id)?;
    let own = asking.person.id;
    let mut part = store::part(tx, id, own)?;
    if part.paused.take().is_some_and(|until| until > asking.now) {
        part.heard(asking.now);
        store::put_part(tx, id, own, &part)?;
        let message = views::pauses(asking.app.texts.words(Some(&round.locale)), own, None);
        room::say(tx, (id, &round), (number, &group), message, asking.now)?;
    }
    Ok(mine(tx, asking, id)?.in_place())
}

/// A pause ends as it was planned: they hear of it.
fn pause_ends(tx: &mut Tx<'_>, app: &App, due: &agenda::Due) -> anyhow::Result<()> {
    let [id, user] = parts(&due.subject)?;
    let (id, user): (Id, UserId) = (id.parse()?, UserId(user.parse()?));
    let Some((round, _)) = running(tx, id)? else { return Ok(()) };
    let Some((number, group)) = rounds::group_of(tx, id, user)? else { return Ok(()) };
    let part = store::part(tx, id, user)?;
    // It was ended, or moved, meanwhile.
    if part.paused.is_none_or(|until| until > due.now) {
        return Ok(());
    }
    heard(tx, id, user, due.now)?;
    let mut part = store::part(tx, id, user)?;
    part.paused = None;
    store::put_part(tx, id, user, &part)?;
    let nth = store::course(tx, id, number)?.next;
    let next = (nth <= round.meetings()).then(|| Next::of(&round, &group, nth, due.now));
    super::check_ins::tell_by_day(tx, app, user, due.now, |words| {
        views::pause_over(words, (id, &round), &group, next)
    })?;
    Ok(())
}
