//! Whatever a member does and takes back: who has a rhythm is heard of again.

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::answers::Answer;
use super::forms::TypedDone;
use super::{State, due, store};
use crate::connections::{self, Connection, Touch, Turn, What, rhythm};
use crate::id::{Id, UserId};
use crate::members::Member;
use crate::store::{Store, StoreError, Tx};
use crate::when::{By, Cadence};

const ANA: UserId = UserId(1);
const GRACE: Id = Id(7);

/// What can happen; of nudges and touches, which one of those there were.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// The next nudge comes, if one is planned.
    Comes,
    Minutes(i64),
    Looks(usize),
    Done(usize),
    Snoozes(usize),
    Skips(usize),
    TakesBack(usize),
    Logs,
    Unlogs(usize),
    Removes,
    Restores,
}

fn act() -> impl Strategy<Value = Act> {
    let which = 0..4_usize;
    prop_oneof![
        4 => Just(Act::Comes),
        2 => (1..15_i64).prop_map(Act::Minutes),
        3 => which.clone().prop_map(Act::Looks),
        2 => which.clone().prop_map(Act::Done),
        2 => which.clone().prop_map(Act::Snoozes),
        2 => which.clone().prop_map(Act::Skips),
        3 => which.clone().prop_map(Act::TakesBack),
        2 => Just(Act::Logs),
        3 => which.prop_map(Act::Unlogs),
        2 => Just(Act::Removes),
        3 => Just(Act::Restores),
    ]
}

struct Life {
    member: Member,
    now: Timestamp,
    came: Vec<Id>,
    touches: Vec<Id>,
}

impl Life {
    fn begins(tx: &mut Tx<'_>) -> Result<Self, StoreError> {
        let now: Timestamp = "2033-03-01T10:00:00Z".parse().unwrap();
        let member = Member::new("Europe/Berlin", Time::constant(9, 0, 0, 0), "en-GB", now);
        let mut grace = Connection { every: Some(Cadence::weeks(1)), ..Connection::new(GRACE, "Grace", now) };
        grace.turn = rhythm::turn(&grace, &member, now);
        connections::store::put(tx, ANA, &grace)?;
        Ok(Self { member, now, came: vec![], touches: vec![] })
    }

    fn does(&mut self, tx: &mut Tx<'_>, act: Act) -> Result<(), StoreError> {
        let answer = Answer { owner: ANA, member: &self.member, now: self.now };
        let last = |all: &[Id], back: usize| all.iter().rev().nth(back).copied();
        let grace = connections::store::get(tx, ANA, GRACE)?;
        match (act, grace) {
            (Act::Minutes(minutes), _) => self.now += SignedDuration::from_mins(minutes),
            (Act::Comes, Some(mut grace)) => {
                let Turn::Planned(coming) = grace.turn else { return Ok(()) };
                self.now = self.now.max(coming.at);
                let mut came = due::take_turn(tx, ANA, &mut grace, self.now)?;
                due::keep(tx, ANA, &mut came, Some(&grace))?;
                self.came.push(came.id);
            }
            (Act::Logs, Some(mut grace)) => {
                let touch =
                    Touch { what: What::Chat, at: self.now, note: None, feedback: false, turned: None };
                let id = connections::store::log(tx, ANA, &self.member, &mut grace, &touch, self.now)?;
                self.touches.push(id);
            }
            (Act::Unlogs(back), Some(mut grace)) => {
                let Some(id) = last(&self.touches, back) else { return Ok(()) };
                connections::store::unlog(tx, ANA, &self.member, &mut grace, id, self.now)?;
            }
            (Act::Removes, Some(grace)) => connections::store::remove(tx, ANA, grace, self.now)?,
            (Act::Restores, None) => {
                connections::store::restore(tx, ANA, &self.member, GRACE, self.now)?;
            }
            (
                Act::Looks(back)
                | Act::Done(back)
                | Act::Snoozes(back)
                | Act::Skips(back)
                | Act::TakesBack(back),
                _,
            ) => {
                let Some(id) = last(&self.came, back) else { return Ok(()) };
                let Some(mut came) = store::came(tx, ANA, id)? else { return Ok(()) };
                let open = came.state == State::Open;
                match act {
                    Act::Done(_) if came.is_answerable() => {
                        answer.done(tx, &mut came, &TypedDone::default(), None)?;
                    }
                    Act::Snoozes(_) if open => {
                        let tomorrow = self.now + SignedDuration::from_hours(24);
                        answer.snooze(tx, &mut came, tomorrow, By::Plan)?;
                    }
                    Act::Skips(_) if open => answer.skip(tx, &mut came)?,
                    Act::TakesBack(_) if !open => drop(answer.take_back(tx, &mut came)?),
                    _ => {}
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// One comes, or one can be answered and is in the inbox.
    fn holds(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
        let open = store::open(tx, ANA)?;
        let Some(grace) = connections::store::get(tx, ANA, GRACE)? else { return Ok(open.is_empty()) };
        Ok(match grace.turn {
            Turn::Off => false,
            Turn::Planned(_) => open.is_empty(),
            Turn::Open(id) => {
                let came = store::came(tx, ANA, id)?;
                came.is_some_and(|came| came.state == State::Open) && open.iter().map(|it| it.id).eq([id])
            }
        })
    }
}

/// What a life comes to: where the law broke, and the turn at the end.
fn lived(acts: &[Act]) -> (Option<usize>, Option<Turn>) {
    let store = Store::temporary().unwrap();
    let lived = store.write(|tx| -> Result<_, StoreError> {
        let mut life = Life::begins(tx)?;
        for (at, act) in acts.iter().enumerate() {
            life.does(tx, *act)?;
            if !Life::holds(tx)? {
                return Ok((Some(at), None));
            }
        }
        Ok((None, connections::store::get(tx, ANA, GRACE)?.map(|grace| grace.turn)))
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(lived).unwrap()
}

/// docs/nudges.md: undo
#[test]
fn a_nudge_waits_again_once_all_that_answered_it_is_taken_back() {
    use Act::{Comes, Done, Logs, Minutes, Unlogs};
    let waits = |acts: &[Act]| {
        let (broken, turn) = lived(acts);
        assert_eq!(broken, None, "{acts:?}");
        matches!(turn, Some(Turn::Open(_)))
    };
    assert!(waits(&[Comes, Logs, Unlogs(0)]));
    assert!(!waits(&[Comes, Logs, Minutes(1), Logs, Unlogs(1)]), "the second talk still counts");
    assert!(waits(&[Comes, Logs, Minutes(1), Logs, Unlogs(1), Unlogs(0)]));
    assert!(waits(&[Comes, Logs, Minutes(1), Logs, Unlogs(0), Unlogs(1)]));
    // All in one moment, whose touches have no order.
    assert!(!waits(&[Comes, Logs, Logs, Unlogs(1), Done(0)]));
}

proptest! {
    /// docs/nudges.md: undo, one-at-a-time
    #[test]
    fn who_has_a_rhythm_is_heard_of_again(acts in prop::collection::vec(act(), 1..40)) {
        prop_assert_eq!(lived(&acts).0, None);
    }
}
