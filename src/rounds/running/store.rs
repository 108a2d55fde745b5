//! What is kept of a round while it runs, and after it.

use jiff::Timestamp;

use super::course::{Answer, CheckIn, Course, Part, Pulse, Why};
use super::proposal::Proposal;
use crate::id::{Id, UserId};
use crate::store::{Record, StoreError, Table, Tx};

impl Record for Course {}
impl Record for CheckIn {}
impl Record for Part {}
impl Record for Proposal {}

/// By the group's number.
const COURSES: Table<(Id, u16), Course> = Table::new("rounds/courses");
/// By the group's number, the number of its meeting from 1, and the person.
const CHECK_INS: Table<(Id, u16, u16, UserId), CheckIn> = Table::new("rounds/check-ins");
const PARTS: Table<(Id, UserId), Part> = Table::new("rounds/parts");
/// The last one for each group.
const PROPOSALS: Table<(Id, u16), Proposal> = Table::new("rounds/proposals");

/// How far a group is.
///
/// # Errors
/// The store's.
pub fn course(tx: &mut Tx<'_>, round: Id, group: u16) -> Result<Course, StoreError> {
    Ok(COURSES.get(tx, &(round, group))?.unwrap_or_default())
}

/// Keeps how far a group is.
///
/// # Errors
/// The store's.
pub fn put_course(tx: &mut Tx<'_>, round: Id, group: u16, course: &Course) -> Result<(), StoreError> {
    COURSES.put(tx, &(round, group), course)
}

/// Somebody's check-in about a meeting of a group: the group's number, and the meeting's from 1.
///
/// # Errors
/// The store's.
pub fn check_in(
    tx: &mut Tx<'_>,
    round: Id,
    (group, nth): (u16, u16),
    user: UserId,
) -> Result<Option<CheckIn>, StoreError> {
    CHECK_INS.get(tx, &(round, group, nth, user))
}

/// Keeps somebody's check-in.
///
/// # Errors
/// The store's.
pub fn put_check_in(
    tx: &mut Tx<'_>,
    round: Id,
    (group, nth): (u16, u16),
    user: UserId,
    check_in: &CheckIn,
) -> Result<(), StoreError> {
    CHECK_INS.put(tx, &(round, group, nth, user), check_in)
}

/// Somebody's part in a round.
///
/// # Errors
/// The store's.
pub fn part(tx: &mut Tx<'_>, round: Id, user: UserId) -> Result<Part, StoreError> {
    Ok(PARTS.get(tx, &(round, user))?.unwrap_or_default())
}

/// Keeps somebody's part in a round.
///
/// # Errors
/// The store's.
pub fn put_part(tx: &mut Tx<'_>, round: Id, user: UserId, part: &Part) -> Result<(), StoreError> {
    PARTS.put(tx, &(round, user), part)
}

/// Everybody's part in a round, of those of whom something is known, by their ids.
///
/// # Errors
/// The store's.
pub fn parts(tx: &mut Tx<'_>, round: Id) -> Result<Vec<(UserId, Part)>, StoreError> {
    let all = PARTS.scan(tx, &round, usize::MAX)?;
    Ok(all.into_iter().map(|((_, user), part)| (user, part)).collect())
}

/// What is proposed for a group.
///
/// # Errors
/// The store's.
pub fn proposal(tx: &mut Tx<'_>, round: Id, group: u16) -> Result<Option<Proposal>, StoreError> {
    PROPOSALS.get(tx, &(round, group))
}

/// Keeps what is proposed for a group.
///
/// # Errors
/// The store's.
pub fn put_proposal(tx: &mut Tx<'_>, round: Id, group: u16, it: &Proposal) -> Result<(), StoreError> {
    PROPOSALS.put(tx, &(round, group), it)
}

/// What is proposed for each group of a round, by its number.
///
/// # Errors
/// The store's.
pub fn proposals(tx: &mut Tx<'_>, round: Id) -> Result<Vec<(u16, Proposal)>, StoreError> {
    let all = PROPOSALS.scan(tx, &round, usize::MAX)?;
    Ok(all.into_iter().map(|((_, group), it)| (group, it)).collect())
}

/// A meeting of a group that people were asked about: for the report.
#[derive(Clone, Debug, PartialEq)]
pub struct Meeting {
    /// The group's number.
    pub group: u16,
    /// Which of its meetings, from 1.
    pub nth: u16,
    /// Whether they met: somebody says so.
    pub met: bool,
    /// Everybody who was asked, with what they answered last and when.
    pub answers: Vec<(UserId, CheckIn)>,
}

/// The meetings of a round that people were asked about, by group and number.
///
/// A group whose people all moved on has those that it had.
///
/// # Errors
/// The store's.
pub fn meetings(tx: &mut Tx<'_>, round: Id) -> Result<Vec<Meeting>, StoreError> {
    let mut all: Vec<Meeting> = Vec::new();
    for ((_, group, nth, user), check_in) in CHECK_INS.scan(tx, &round, usize::MAX)? {
        let met = matches!(check_in.answer, Some((Answer::Met, _)));
        match all.last_mut().filter(|it| it.group == group && it.nth == nth) {
            Some(meeting) => {
                meeting.met |= met;
                meeting.answers.push((user, check_in));
            }
            None => all.push(Meeting { group, nth, met, answers: vec![(user, check_in)] }),
        }
    }
    Ok(all)
}

/// The meetings of one group that people were asked about.
///
/// # Errors
/// The store's.
pub fn meetings_of(tx: &mut Tx<'_>, round: Id, group: u16) -> Result<Vec<Meeting>, StoreError> {
    let mut all = meetings(tx, round)?;
    all.retain(|meeting| meeting.group == group);
    Ok(all)
}

/// What people said in the middle of a round, each change of it, the latest last. Who said nothing is not in it.
///
/// # Errors
/// The store's.
pub fn pulses(tx: &mut Tx<'_>, round: Id) -> Result<Vec<(UserId, Vec<Pulse>)>, StoreError> {
    let all = parts(tx, round)?.into_iter().filter(|(_, part)| !part.pulses.is_empty());
    Ok(all.map(|(user, part)| (user, part.pulses)).collect())
}

/// Who left a round while it ran, when and why, by their ids.
///
/// # Errors
/// The store's.
pub fn leavers(tx: &mut Tx<'_>, round: Id) -> Result<Vec<(UserId, Why, Timestamp)>, StoreError> {
    let all = parts(tx, round)?.into_iter();
    Ok(all.filter_map(|(user, part)| part.left.map(|left| (user, left.why, left.at))).collect())
}

/// Who is a no-show as things stand now: others named them as not to be reached and they answered nothing for
/// `days`, or their place was given away for that.
///
/// # Errors
/// The store's.
pub fn no_shows(tx: &mut Tx<'_>, round: Id, days: u8, now: Timestamp) -> Result<Vec<UserId>, StoreError> {
    let gone = |part: &Part| part.left.as_ref().map(|left| left.why);
    let all = parts(tx, round)?.into_iter().filter(|(_, part)| match gone(part) {
        Some(why) => matches!(why, Why::NoShow | Why::Silent),
        None => part.is_no_show(days, now),
    });
    Ok(all.map(|(user, _)| user).collect())
}
