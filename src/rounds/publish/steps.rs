//! The steps of publishing, each in a transaction of its own.

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};

use super::acts::people;
use super::{meeting, times, views};
use crate::agenda;
use crate::delivery::{self, Errand, Letter, Outcome, Tell, To, What};
use crate::discord::app::App;
use crate::id::{ChannelId, Id, UserId};
use crate::rounds::group::{Group, Room};
use crate::rounds::round::{Rooms, Round, Stage, Stopped};
use crate::rounds::{board, life, running, store};
use crate::store::{StoreError, Tx};

/// Whose agenda entries these are; the subject is the round: ask for the rooms that are still to be made.
pub const GO_ON: &str = "round/publish";
/// The room of a group was made, or not; the subject is the round and the group.
pub const ROOM: &str = "round/publish/room";
/// Somebody was added to a room, or not; the subject is the round, the group, the person and the errand.
pub const ADDED: &str = "round/publish/added";
/// How long after something was refused Kith tries again.
const AGAIN: SignedDuration = SignedDuration::from_mins(10);
/// Discord's code: the thread is archived.
const RESTS: u64 = 50_083;
/// Discord's codes: unknown member, unknown user.
const UNKNOWN_MEMBER: u64 = 10_007;
const UNKNOWN_USER: u64 = 10_013;

pub(in crate::rounds) fn due(app: &App) -> Vec<(&'static str, agenda::Handler)> {
    let (one, other, third) = (app.clone(), app.clone(), app.clone());
    let mut all: Vec<(&'static str, agenda::Handler)> = vec![
        (GO_ON, Box::new(move |tx, due| ask_for_rooms(tx, &one, due))),
        (ROOM, Box::new(move |tx, due| room(tx, &other, due))),
        (ADDED, Box::new(move |tx, due| added(tx, &third, due))),
    ];
    all.extend(meeting::due(app));
    all
}

/// Goes on with whatever is still to be made.
///
/// # Errors
/// The store's.
pub fn go_on(tx: &mut Tx<'_>, id: Id, now: Timestamp) -> Result<(), StoreError> {
    agenda::put(tx, now, GO_ON, &id.to_string())
}

/// A round whose groups are being made, or that runs: then a group may need a new room.
fn publishing(tx: &mut Tx<'_>, id: Id) -> Result<Option<Round>, StoreError> {
    Ok(store::round(tx, id)?.filter(|round| matches!(round.stage, Stage::Publishing | Stage::Running)))
}

/// A room is asked for, for each group that has none.
fn ask_for_rooms(tx: &mut Tx<'_>, app: &App, due: &agenda::Due) -> anyhow::Result<()> {
    let id: Id = due.subject.parse()?;
    let Some(round) = publishing(tx, id)? else { return Ok(()) };
    let words = app.texts.words(Some(&round.locale));
    for (number, mut group) in store::groups(tx, id)? {
        if group.room != Room::None {
            continue;
        }
        let names: Vec<String> = people(tx, id, &group)?.into_iter().map(|it| it.sign_up.name).collect();
        let name = views::room_name(words, &round, number, &names);
        let what = match round.rooms {
            Rooms::Threads => What::StartThread {
                guild: round.guild,
                channel: round.channel,
                name,
                private: true,
                invitable: !round.manages_threads,
            },
            Rooms::Channels => {
                What::CreateChannel { guild: round.guild, name, parent: None, people: group.people.clone() }
            }
        };
        let errand = Id::new(due.now);
        let tell = Tell::new(ROOM, format!("{id} {number}"));
        delivery::ask(tx, &Errand::new(what, due.now).with_id(errand).telling(tell))?;
        group.room = Room::Asked(errand);
        store::put_group(tx, id, number, &group)?;
    }
    finish(tx, app, (id, round), due.now)
}

/// The room of a group was made, or refused.
fn room(tx: &mut Tx<'_>, app: &App, due: &agenda::Due) -> anyhow::Result<()> {
    let (id, number) = due.subject.split_once(' ').context("a round and a group")?;
    let (id, number): (Id, u16) = (id.parse()?, number.parse()?);
    let Some(mut group) = store::group(tx, id, number)? else { return Ok(()) };
    let Room::Asked(errand) = group.room else { return Ok(()) };
    let Some(outcome) = delivery::outcome(tx, errand)? else { return Ok(()) };
    delivery::forget_outcome(tx, errand)?;
    let Some(mut round) = store::round(tx, id)? else { return Ok(()) };
    match outcome {
        Outcome::Made(channel) => {
            group.room = Room::In(ChannelId(channel));
            if round.stage == Stage::Running && round.stopped.take().is_some() {
                store::put_round(tx, id, &round)?;
            }
            move_in(tx, app, (id, &round), (number, &mut group), due.now)?;
            store::put_group(tx, id, number, &group)?;
            board::changed(tx, id, due.now)?;
            finish(tx, app, (id, round), due.now)
        }
        Outcome::Done => anyhow::bail!("a room was done, and not made"),
        Outcome::Refused { code, .. } => {
            group.room = Room::None;
            store::put_group(tx, id, number, &group)?;
            let why = Stopped::of(code);
            if round.stopped != Some(why) {
                round.stopped = Some(why);
                store::put_round(tx, id, &round)?;
                life::tell(tx, app, round.by, due.now, |words| views::stopped(words, (id, &round), why))?;
            }
            Ok(agenda::put(tx, due.now + AGAIN, GO_ON, &id.to_string())?)
        }
    }
}

/// A group moves into its room: its people are added, and introduced to each other.
fn move_in(
    tx: &mut Tx<'_>,
    app: &App,
    (id, round): (Id, &Round),
    (number, group): (u16, &mut Group),
    now: Timestamp,
) -> anyhow::Result<()> {
    let Room::In(channel) = group.room else { return Ok(()) };
    if round.rooms == Rooms::Threads {
        for user in &group.people {
            add(tx, (id, round, number), (channel, *user), (now, now))?;
        }
    }
    let people = people(tx, id, group)?;
    let by = running::meets_by(tx, (id, round), number, now)?;
    let offer = times::offer(round, &times_of(group, &people), now, by);
    let words = app.texts.words(Some(&round.locale));
    let letter = Id::new(now);
    let message = views::introduction(words, (id, round), (number, group), &people, &offer);
    delivery::post(tx, &Letter::new(To::Channel(channel), message, now).with_id(letter))?;
    group.introduced = Some(letter);
    for person in &people {
        life::tell(tx, app, person.user, now, |words| {
            views::your_group(words, (id, round), group, (person, &people), channel)
        })?;
    }
    Ok(())
}

/// When people have time, as they said when they signed up.
#[must_use]
pub fn times_of(group: &Group, people: &[views::Someone]) -> Vec<times::Has> {
    let has = |it: &views::Someone| times::Has {
        sponsor: group.sponsor == Some(it.user),
        half_days: it.sign_up.half_days.clone(),
        zone: it.zone.clone(),
    };
    people.iter().map(has).collect()
}

/// How somebody gets into a group's room.
#[must_use]
pub fn way_in(rooms: Rooms, room: ChannelId, user: UserId) -> What {
    match rooms {
        Rooms::Threads => What::AddToThread { thread: room, user },
        Rooms::Channels => What::LetIntoChannel { channel: room, user },
    }
}

/// How somebody gets out of a group's room.
#[must_use]
pub fn way_out(rooms: Rooms, room: ChannelId, user: UserId) -> What {
    match rooms {
        Rooms::Threads => What::RemoveFromThread { thread: room, user },
        Rooms::Channels => What::ShutOutOfChannel { channel: room, user },
    }
}

/// Somebody is to be added to a group's room, not before `at`.
///
/// # Errors
/// The store's.
pub fn add(
    tx: &mut Tx<'_>,
    (id, round, number): (Id, &Round, u16),
    (room, user): (ChannelId, UserId),
    (now, at): (Timestamp, Timestamp),
) -> Result<(), StoreError> {
    let errand = Id::new(now);
    let tell = Tell::new(ADDED, format!("{id} {number} {user} {errand}"));
    let what = way_in(round.rooms, room, user);
    let mut errand = Errand::new(what, now).with_id(errand).telling(tell);
    errand.not_before = at;
    delivery::ask(tx, &errand).map(drop)
}

/// Somebody was added to a room; who is no member of the server any more has left the round.
fn added(tx: &mut Tx<'_>, app: &App, due: &agenda::Due) -> anyhow::Result<()> {
    let parts: Vec<&str> = due.subject.split(' ').collect();
    let [id, number, user, errand] = parts[..] else {
        anyhow::bail!("a round, a group, a person and an errand")
    };
    let (id, number, errand): (Id, u16, Id) = (id.parse()?, number.parse()?, errand.parse()?);
    let user = UserId(user.parse()?);
    let outcome = delivery::outcome(tx, errand)?;
    delivery::forget_outcome(tx, errand)?;
    let Some(mut group) = store::group(tx, id, number)? else { return Ok(()) };
    match outcome {
        Some(Outcome::Refused { code: UNKNOWN_MEMBER | UNKNOWN_USER, .. }) => {
            running::has_left(tx, app, id, user, due.now)?;
        }
        // It rests again, or still: what is said in it next wakes it.
        Some(Outcome::Refused { code: RESTS, .. }) => {
            let round = publishing(tx, id)?.filter(|_| group.has(user));
            if let (Some(round), Some(room)) = (round, group.channel()) {
                add(tx, (id, &round, number), (room, user), (due.now, due.now + AGAIN))?;
            }
        }
        // They do not see the channel, or Kith may not add anybody: the introduction mentions them.
        Some(Outcome::Refused { code, .. }) => {
            tracing::warn!(round = %id, %user, code, "not added to a thread");
        }
        _ => {
            if !group.added.contains(&user) {
                group.added.push(user);
                store::put_group(tx, id, number, &group)?;
            }
        }
    }
    Ok(())
}

/// Once each group is in its room the round runs.
fn finish(tx: &mut Tx<'_>, app: &App, (id, mut round): (Id, Round), now: Timestamp) -> anyhow::Result<()> {
    let groups = store::groups(tx, id)?;
    let all_in = groups.iter().all(|(_, group)| group.channel().is_some());
    if round.stage != Stage::Publishing || !all_in {
        return Ok(());
    }
    round.stage = Stage::Running;
    round.stopped = None;
    round.began = Some(now);
    store::put_round(tx, id, &round)?;
    running::begin(tx, app, id, &round, now)?;
    life::tell(tx, app, round.by, now, |words| views::published(words, (id, &round), groups.len()))?;
    board::changed(tx, id, now)?;
    Ok(())
}
