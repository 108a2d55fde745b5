//! Check-ins: after each meeting each person of a group is asked whether they met.

use jiff::{SignedDuration, Timestamp};

use super::course::{Answer, CheckIn};
use super::press::{RunPress, Said};
use super::{parts, presence, proposals, reminders, running, schedule, store, views};
use crate::agenda;
use crate::delivery::{self, Letter};
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::failure::Failure;
use crate::discord::message::Message;
use crate::discord::router::Pressed;
use crate::id::{Id, UserId};
use crate::members::{self, Asking};
use crate::rounds::group::Group;
use crate::rounds::round::{Round, Stage};
use crate::rounds::signup::State;
use crate::rounds::store as rounds;
use crate::store::{StoreError, Tx};
use crate::texts::Words;
use crate::when;

/// Whose agenda entries these are: people may have to be asked; the subject is the round, the group and which of
/// its meetings.
pub const CHECK_IN: &str = "round/running/check-in";
/// So long before that they are looked for in the server.
const LOOKED_FOR: SignedDuration = SignedDuration::from_hours(1);

pub(super) fn due(app: &App) -> Vec<(&'static str, agenda::Handler)> {
    let app = app.clone();
    vec![(CHECK_IN, Box::new(move |tx, due| check_in(tx, &app, due)))]
}

/// Plans what comes before and after the next meeting of a group.
///
/// # Errors
/// The store's.
pub(super) fn plan_next(
    tx: &mut Tx<'_>,
    (id, round): (Id, &Round),
    (number, group): (u16, &Group),
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(began) = round.began else { return Ok(()) };
    let course = store::course(tx, id, number)?;
    if course.next > round.meetings() {
        return Ok(());
    }
    let agreed = group.meeting.map(|meeting| meeting.at);
    let since = course.asked.unwrap_or(began);
    let asks = schedule::asks(round, (began, since), course.next, agreed);
    let subject = format!("{id} {number} {}", course.next);
    agenda::put(tx, asks.max(now), CHECK_IN, &subject)?;
    if asks - LOOKED_FOR > now {
        agenda::put(tx, asks - LOOKED_FOR, presence::LOOK, &subject)?;
    }
    reminders::plan(tx, (round, began), (&course, agreed), &subject, now)
}

/// The people of a group may have to be asked about a meeting.
fn check_in(tx: &mut Tx<'_>, app: &App, due: &agenda::Due) -> anyhow::Result<()> {
    let [id, number, nth] = parts(&due.subject)?;
    let (id, number, nth): (Id, u16, u16) = (id.parse()?, number.parse()?, nth.parse()?);
    let Some((round, began)) = running(tx, id)? else { return Ok(()) };
    let Some(group) = rounds::group(tx, id, number)? else { return Ok(()) };
    let mut course = store::course(tx, id, number)?;
    if course.next != nth || nth > round.meetings() {
        return Ok(());
    }
    let agreed = group.meeting.map(|meeting| meeting.at);
    let since = course.asked.unwrap_or(began);
    if schedule::asks(&round, (began, since), nth, agreed) > due.now {
        // Another time was agreed on since: its own entry comes.
        return Ok(plan_next(tx, (id, &round), (number, &group), due.now)?);
    }
    // After a standstill people are asked about the last meeting alone.
    let over = |nth| nth <= round.meetings() && schedule::planned(&round, began, nth) <= due.now;
    let mut nth = nth;
    while over(nth + 1) {
        nth += 1;
    }
    ask(tx, app, (id, &round), (number, &group), nth, due.now)?;
    course.next = nth + 1;
    course.asked = Some(due.now);
    store::put_course(tx, id, number, &course)?;
    Ok(plan_next(tx, (id, &round), (number, &group), due.now)?)
}

/// Asks each person of a group about a meeting: nobody twice, nobody who pauses, skipped it or is alone.
fn ask(
    tx: &mut Tx<'_>,
    app: &App,
    (id, round): (Id, &Round),
    (number, group): (u16, &Group),
    nth: u16,
    now: Timestamp,
) -> Result<(), StoreError> {
    if group.people.len() < 2 {
        return Ok(());
    }
    for user in &group.people {
        let mut part = store::part(tx, id, *user)?;
        let is_in = rounds::sign_up(tx, id, *user)?.is_some_and(|it| it.state == State::In);
        let asked = store::check_in(tx, id, (number, nth), *user)?.is_some();
        if !is_in || asked || part.pauses(now) || part.skips.contains(&nth) {
            continue;
        }
        part.called(now);
        store::put_part(tx, id, *user, &part)?;
        store::put_check_in(tx, id, (number, nth), *user, &CheckIn { asked: now, answer: None })?;
        tell_by_day(tx, app, *user, now, |words| {
            views::check_in(words, (id, round), (number, group), nth, *user)
        })?;
    }
    Ok(())
}

/// Sends somebody a message that can wait until their quiet hours are over.
///
/// # Errors
/// The store's.
pub(super) fn tell_by_day(
    tx: &mut Tx<'_>,
    app: &App,
    user: UserId,
    now: Timestamp,
    message: impl FnOnce(Words<'_>) -> Message,
) -> Result<(), StoreError> {
    let Some(member) = members::store::get(tx, user)? else { return Ok(()) };
    let words = app.texts.words(Some(&member.locale));
    let at = when::hold(now, &member.zone(), member.quiet.as_ref());
    let letter = Letter::new(members::letterbox(&member, user), message(words), now).not_before(at);
    delivery::post(tx, &letter).map(drop)
}

/// Somebody answers a check-in, or looks at it again.
///
/// # Errors
/// The store's.
pub(super) fn press(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
    press: RunPress,
    pressed: &Pressed,
) -> Result<Show, Failure> {
    let (RunPress::Answer(number, nth, _) | RunPress::Ask(number, nth) | RunPress::Who(number, nth)) = press
    else {
        return Err(Failure::told(views::nothing_to_answer(asking.words)));
    };
    let (words, own) = (asking.words, asking.person.id);
    let known = store::check_in(tx, id, (number, nth), own)?;
    let Some((mut check_in, group)) = known.zip(rounds::group(tx, id, number)?) else {
        return Err(Failure::told(views::nothing_to_answer(words)));
    };
    if round.stage != Stage::Running {
        return Ok(Show::Update(views::too_late(words, round)));
    }
    if !group.has(own) {
        return Ok(Show::Update(views::no_longer_in(words, round, number)));
    }
    match press {
        RunPress::Answer(_, _, said) => {
            let answer = Answer::from(said);
            check_in.answer = Some((answer, asking.now));
            store::put_check_in(tx, id, (number, nth), own, &check_in)?;
            super::heard(tx, id, own, asking.now)?;
            if answer != Answer::CannotReach {
                unname(tx, id, &group, own)?;
            }
            Ok(Show::Update(answered(tx, asking, (id, round), (number, &group), nth, said)?))
        }
        RunPress::Who(..) => named(tx, asking, (id, round), (number, &group), nth, pressed),
        _ => Ok(Show::Update(views::check_in(words, (id, round), (number, &group), nth, own))),
    }
}

fn answered(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
    (number, group): (u16, &Group),
    nth: u16,
    said: Said,
) -> Result<Message, Failure> {
    let course = store::course(tx, id, number)?;
    let next = (course.next <= round.meetings()).then_some(course.next);
    let next = next.zip(round.began).map(|(next, began)| schedule::planned(round, began, next));
    match said {
        Said::CannotReach => {
            let names = names(tx, id, group.others(asking.person.id))?;
            Ok(views::whom(asking.words, id, (number, nth), &names))
        }
        said => Ok(views::answered(asking.words, (id, round), (number, group), nth, said.into(), next)),
    }
}

/// People with what they are called in the server.
pub(super) fn names(
    tx: &mut Tx<'_>,
    id: Id,
    people: impl Iterator<Item = UserId>,
) -> Result<Vec<(UserId, String)>, StoreError> {
    let mut all = Vec::new();
    for user in people {
        let name = rounds::sign_up(tx, id, user)?.map(|it| it.name);
        all.push((user, name.unwrap_or_else(|| user.to_string())));
    }
    Ok(all)
}

/// Somebody says whom they cannot reach: those are asked, and what follows where they do not answer is said.
fn named(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
    (number, group): (u16, &Group),
    nth: u16,
    pressed: &Pressed,
) -> Result<Show, Failure> {
    let own = asking.person.id;
    let chosen = pressed.values.iter().filter_map(|it| it.parse().ok().map(UserId));
    let chosen: Vec<UserId> = chosen.filter(|user| *user != own && group.has(*user)).collect();
    unname(tx, id, group, own)?;
    for user in &chosen {
        let mut part = store::part(tx, id, *user)?;
        let is_first = part.named_by.is_empty();
        part.named(own, asking.now);
        store::put_part(tx, id, *user, &part)?;
        if is_first && !part.pauses(asking.now) {
            tell_by_day(tx, asking.app, *user, asking.now, |words| {
                views::not_reached(words, (id, round), group.channel())
            })?;
        }
    }
    let days = rounds::setup(tx, round.guild)?.silent_days();
    let mut pausing = Vec::new();
    for (user, name) in names(tx, id, chosen.iter().copied())? {
        if let Some(until) = store::part(tx, id, user)?.paused.filter(|until| *until > asking.now) {
            pausing.push((name, until));
        }
    }
    let names = names(tx, id, chosen.into_iter())?;
    let names: Vec<String> = names.into_iter().map(|(_, name)| name).collect();
    proposals::look_soon(tx, id, asking.now)?;
    Ok(Show::Update(views::noted_whom(asking.words, id, (number, nth), &names, &pausing, days)))
}

/// Somebody can reach the others of their group after all.
fn unname(tx: &mut Tx<'_>, id: Id, group: &Group, by: UserId) -> Result<(), StoreError> {
    for user in group.others(by) {
        let mut part = store::part(tx, id, user)?;
        if part.named_by.contains(&by) {
            part.named_by.retain(|it| *it != by);
            store::put_part(tx, id, user, &part)?;
        }
    }
    Ok(())
}

/// Somebody whom others could not reach says that they are there: the group reads it.
///
/// # Errors
/// The store's.
pub(super) fn here(tx: &mut Tx<'_>, asking: &Asking<'_>, (id, round): (Id, &Round)) -> Result<Show, Failure> {
    let own = asking.person.id;
    let Some((number, group)) = rounds::group_of(tx, id, own)?.filter(|_| round.stage == Stage::Running)
    else {
        return Ok(Show::Update(views::too_late(asking.words, round)));
    };
    super::heard(tx, id, own, asking.now)?;
    let words = asking.app.texts.words(Some(&round.locale));
    let message = views::is_here(words, own, &group);
    super::room::say(tx, (id, round), (number, &group), message, asking.now)?;
    Ok(Show::Update(views::told_here(asking.words, round, &group)))
}
