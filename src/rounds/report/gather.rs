//! What is known of how a round went, read from what is kept.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::figures::{Group, Said, Seen};
use crate::id::{GuildId, Id, UserId};
use crate::rounds::closing::feedback::{Feedback, Open};
use crate::rounds::closing::store as closing;
use crate::rounds::programme::{Programme, store as programmes};
use crate::rounds::round::{Round, Stage};
use crate::rounds::running::store as running;
use crate::rounds::signup::{SignUp, State};
use crate::rounds::store;
use crate::store::{StoreError, Tx};

/// What running keeps of a round.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observed {
    /// The meetings that people were asked about: the group, which one from 1, whether they met, how many were asked
    /// and how many answered.
    pub meetings: Vec<Meeting>,
    /// What was said of how it was going: whose, when, 1 to 5.
    pub pulses: Vec<(UserId, Timestamp, u8)>,
    /// The word to it of each who wrote one, without whose.
    pub words: Vec<String>,
    /// Those who did not show up, where that is known.
    pub no_shows: Option<usize>,
}

/// A meeting that people were asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The group's number.
    pub group: u16,
    /// Which of its meetings, from 1.
    pub nth: u16,
    /// Whether somebody says that they met.
    pub met: bool,
    /// Who was asked: those who were to be there.
    pub asked: Vec<UserId>,
    /// How many answered.
    pub answered: usize,
}

/// What running keeps of a round.
///
/// # Errors
/// The store's.
pub fn observed(tx: &mut Tx<'_>, (id, round): (Id, &Round), now: Timestamp) -> Result<Observed, StoreError> {
    let meetings = running::meetings(tx, id)?.into_iter().map(|it| Meeting {
        group: it.group,
        nth: it.nth,
        met: it.met,
        answered: it.answers.iter().filter(|(_, check_in)| check_in.answer.is_some()).count(),
        asked: it.answers.into_iter().map(|(user, _)| user).collect(),
    });
    let meetings = meetings.collect();
    let said = running::pulses(tx, id)?;
    let last = said.iter().filter_map(|(_, all)| all.last());
    let words = last.map(|it| it.word.clone()).filter(|word| !word.is_empty()).collect();
    let said = said.into_iter();
    let pulses =
        said.flat_map(|(user, all)| all.into_iter().map(move |it| (user, it.at, it.score))).collect();
    // Nobody becomes silent once the round has ended.
    let until = round.began.map_or(now, |began| now.min(round.ends(began)));
    let days = store::setup(tx, round.guild)?.silent_days();
    let no_shows = running::no_shows(tx, id, days, until)?.len();
    Ok(Observed { meetings, pulses, words, no_shows: round.began.map(|_| no_shows) })
}

/// How often somebody met their group, where that is known.
///
/// # Errors
/// The store's.
pub fn met(tx: &mut Tx<'_>, (id, round): (Id, &Round), user: UserId) -> Result<Option<u16>, StoreError> {
    let observed = observed(tx, (id, round), round.until)?;
    Ok(met_by(&observed, user))
}

/// How often somebody met their group, or the groups they were in one after the other: the meetings to which they were
/// to come and of which somebody says that they met. Unknown where nobody says anything of any.
#[must_use]
pub fn met_by(observed: &Observed, user: UserId) -> Option<u16> {
    let theirs = |it: &&Meeting| it.answered > 0 && it.asked.contains(&user);
    let mut known = observed.meetings.iter().filter(theirs).peekable();
    known.peek()?;
    u16::try_from(known.filter(|it| it.met).count()).ok()
}

/// The round as it ran: for fewer weeks than it was set up for where an organizer ended it.
///
/// # Errors
/// The store's.
pub fn as_it_ran(tx: &mut Tx<'_>, (id, round): (Id, Round)) -> Result<Round, StoreError> {
    let asked = closing::closing(tx, id)?.and_then(|it| it.asked);
    let Some((began, asked)) = round.began.zip(asked) else { return Ok(round) };
    let days = asked.duration_since(began).as_hours() / 24;
    let weeks = u8::try_from((days + 3) / 7).unwrap_or(round.weeks).clamp(1, round.weeks.max(1));
    Ok(Round { weeks, ..round })
}

/// How often a group met by what its people say; unknown where none of them says anything.
#[must_use]
pub fn met_of(observed: &Observed, group: u16) -> Option<u16> {
    let mut known = observed.meetings.iter().filter(|it| it.group == group && it.answered > 0).peekable();
    known.peek()?;
    u16::try_from(known.filter(|it| it.met).count()).ok()
}

/// What was seen of a round.
///
/// # Errors
/// The store's.
pub fn seen(tx: &mut Tx<'_>, (id, round): (Id, &Round), now: Timestamp) -> Result<Seen, StoreError> {
    let sign_ups: BTreeMap<UserId, SignUp> = store::sign_ups(tx, id)?.into_iter().collect();
    let feedback: BTreeMap<UserId, Feedback> = closing::all_feedback(tx, id)?.into_iter().collect();
    let observed = observed(tx, (id, round), now)?;
    let again = |user: &UserId| feedback.get(user).and_then(|it| it.again);
    let groups = store::groups(tx, id)?;
    let groups: Vec<Group> = groups
        .iter()
        .map(|(number, group)| Group {
            people: group.people.len(),
            fit: group.fit,
            met: met_of(&observed, *number),
            again: group.people.iter().filter_map(again).collect(),
        })
        .collect();
    let of_state = |state| sign_ups.values().filter(|it| it.state == state).count();
    let signed_up = of_state(State::In) + of_state(State::Left);
    // Who left while they waited for a place came into no group.
    let parts = running::parts(tx, id)?;
    let left =
        parts.iter().filter(|(_, part)| part.left.as_ref().is_some_and(|it| it.group.is_some())).count();
    let in_groups: usize = groups.iter().map(|group| group.people).sum();
    let week = |at: Timestamp| {
        let since = round.began.map_or(0, |began| at.duration_since(began).as_secs() / (7 * 24 * 60 * 60));
        u16::try_from(since.max(0)).unwrap_or(u16::MAX).saturating_add(1)
    };
    Ok(Seen {
        signed_up,
        left_over: if round.began.is_some() { signed_up.saturating_sub(in_groups + left) } else { 0 },
        left,
        no_shows: observed.no_shows,
        meetings: round.meetings(),
        groups,
        pulses: observed.pulses.iter().map(|(user, at, score)| (user.0, week(*at), *score)).collect(),
        words: observed.words,
        asked: feedback.len(),
        said: said(&sign_ups, &feedback),
        badges: feedback.values().filter(|it| it.badge).count(),
    })
}

/// What people said, with the name where they allowed it.
fn said(sign_ups: &BTreeMap<UserId, SignUp>, feedback: &BTreeMap<UserId, Feedback>) -> Vec<Said> {
    let answered = feedback.iter().filter(|(_, it)| it.answered.is_some());
    answered
        .map(|(user, it)| Said {
            name: sign_ups.get(user).filter(|_| it.open == Open::Named).map(|it| it.name.clone()),
            learned: it.learned.clone(),
            valued: it.valued.clone(),
            again: it.again.map(crate::rounds::closing::feedback::Again::word),
        })
        .collect()
}

/// Whether there is something to look back on.
#[must_use]
pub fn has_run(round: &Round) -> bool {
    round.began.is_some() && round.stage >= Stage::Running
}

/// The round of a server that is named, by its id or its name; the latest that is `meant` where none is.
///
/// # Errors
/// The store's.
pub fn round_named(
    tx: &mut Tx<'_>,
    guild: GuildId,
    named: Option<&str>,
    meant: fn(&Round) -> bool,
) -> Result<Option<(Id, Round)>, StoreError> {
    let wanted = named.map(|named| named.trim().to_lowercase());
    let fits = |id: &Id, round: &Round| match &wanted {
        Some(wanted) => id.to_string() == *wanted || round.name.to_lowercase() == *wanted,
        None => meant(round),
    };
    Ok(store::rounds(tx, guild)?.into_iter().rev().find(|(id, round)| fits(id, round)))
}

/// A programme with its rounds that ran, the oldest first.
pub type ItsRounds = (Programme, Vec<(Id, Round)>);

/// A programme of a server that is named, by its id or its name, with its rounds that ran.
///
/// # Errors
/// The store's.
pub fn programme_named(
    tx: &mut Tx<'_>,
    guild: GuildId,
    named: &str,
) -> Result<Option<ItsRounds>, StoreError> {
    let wanted = named.trim().to_lowercase();
    let all = programmes::programmes(tx, guild)?;
    let fits = |(id, it): &(Id, Programme)| id.to_string() == wanted || it.name.to_lowercase() == wanted;
    let Some((id, programme)) = all.into_iter().rev().find(fits) else { return Ok(None) };
    let mut rounds = programmes::rounds_of(tx, id, &programme)?;
    rounds.retain(|(_, round)| has_run(round));
    Ok(Some((programme, rounds)))
}
