//! What an answer to a nudge does: done, snooze, skip, stop; and taking it back.
//!
//! Each runs in the transaction of the press. Pressed twice, the second finds the first's state and
//! changes nothing.

use jiff::Timestamp;

use super::forms::TypedDone;
use super::{Came, Kind, Nudge, Run, Source, State, Undo, dates, store};
use crate::connections::{self, Connection, Touch, Turn, What, rhythm};
use crate::id::{Id, UserId};
use crate::members::{Member, UNDO};
use crate::store::{StoreError, Tx};
use crate::when::{By, Cadence};

/// Whose nudge is answered, and when.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    /// Whose.
    pub owner: UserId,
    /// Them.
    pub member: &'a Member,
    /// When.
    pub now: Timestamp,
}

/// What is done where a nudge is done, so far as the ledger is concerned.
#[must_use]
pub fn touch_of(kind: Kind) -> What {
    match kind {
        Kind::GiveValue => What::Gave,
        Kind::AskFeedback | Kind::AskReferral => What::Asked,
        Kind::FollowUp | Kind::CheckIn | Kind::Reflect | Kind::Custom => What::Chat,
    }
}

impl Answer<'_> {
    /// It is done: a touch is logged, the rhythm counts anew, and what is to come is planned.
    /// Returns what was planned.
    ///
    /// # Errors
    /// The store's.
    pub fn done(
        self,
        tx: &mut Tx<'_>,
        came: &mut Came,
        typed: &TypedDone,
        at: Option<(Timestamp, By)>,
    ) -> Result<Option<Nudge>, StoreError> {
        let mut undo = Undo { was: Some(came.state), ..self.undo() };
        let mut touched = None;
        let (happened, next) = (typed.happened.trim(), typed.next.trim());
        // Done after all before it came again.
        if let (State::Snoozed(_), Some(id)) = (came.state, came.undo.as_ref().and_then(|undo| undo.planned))
        {
            undo.ended = store::end(tx, self.owner, id)?;
        }
        if let Some(mut connection) = self.connection(tx, came)? {
            let (turn, every) = (connection.turn, connection.every);
            let note = Some(typed.noted()).filter(|note| !note.is_empty());
            let what = touch_of(came.kind);
            let feedback = came.kind == Kind::AskFeedback;
            let touch = Touch { what, at: self.now, note, feedback, turned: None };
            let id = connections::store::log(tx, self.owner, self.member, &mut connection, &touch, self.now)?;
            touched = Some(id);
            if let Some((at, _)) = at.filter(|_| next.is_empty()) {
                connection.turn = Turn::Planned(self.member.coming(at, By::Plan).chosen());
                connections::store::put(tx, self.owner, &connection)?;
            } else if connection.turn == Turn::Open(came.id) {
                // Another touch of this very moment had counted already.
                connection.turn = rhythm::turn(&connection, self.member, self.now);
                connections::store::put(tx, self.owner, &connection)?;
            }
            undo.turn = Some((turn, every, connection.turn));
        }
        let planned = at.filter(|_| !next.is_empty() || came.connection.is_none()).map(|(at, by)| Nudge {
            id: Id::new(self.now),
            about: if next.is_empty() { came.about.clone() } else { next.to_owned() },
            connection: came.connection,
            kind: Kind::Custom,
            coming: self.member.coming(at, by),
            repeat: None,
            exact: by == By::Span,
            of: None,
            occasion: None,
        });
        if let Some(nudge) = &planned {
            store::put(tx, self.owner, nudge)?;
            undo.planned = Some(nudge.id);
        }
        came.state = State::Done(touched);
        came.happened = Some(happened).filter(|it| !it.is_empty()).map(ToOwned::to_owned);
        came.undo = Some(undo);
        store::put_came(tx, self.owner, came)?;
        Ok(planned)
    }

    /// It comes again at `at`, or once nothing holds it back. What a rhythm brings knows no spans.
    ///
    /// # Errors
    /// The store's.
    pub fn snooze(self, tx: &mut Tx<'_>, came: &mut Came, at: Timestamp, by: By) -> Result<(), StoreError> {
        let mut undo = self.undo();
        let by = if came.source == Source::Rhythm { By::Plan } else { by };
        let until = self.member.coming(at, by);
        match (came.source, self.connection(tx, came)?) {
            (Source::Rhythm, Some(connection)) => {
                undo.run = store::run(tx, self.owner, connection.id)?;
                let run = Run::snoozed(undo.run.as_ref(), &connection, self.now);
                store::put_run(tx, self.owner, connection.id, Some(&run))?;
                undo.turn = Some(self.turn(tx, connection, |it| it.turn = Turn::Planned(until.chosen()))?);
            }
            (Source::Rhythm, None) => {}
            (Source::Planned(of), _) => {
                let nudge = Nudge {
                    id: Id::new(self.now),
                    about: came.about.clone(),
                    connection: came.connection,
                    kind: came.kind,
                    coming: until,
                    repeat: None,
                    exact: by == By::Span,
                    of: Some(of),
                    occasion: dates::led_up_to(&came.because, self.member),
                };
                store::put(tx, self.owner, &nudge)?;
                undo.planned = Some(nudge.id);
            }
        }
        self.keep(tx, came, State::Snoozed(until.at), undo)
    }

    /// The rhythm of what is snoozed becomes longer. What comes next comes when its snooze is over, or later where the
    /// longer rhythm, counted from the last touch, brings it later. Undo of the snooze takes this back too.
    ///
    /// # Errors
    /// The store's.
    pub fn lengthen(
        self,
        tx: &mut Tx<'_>,
        came: &mut Came,
        connection: &mut Connection,
        longer: Cadence,
    ) -> Result<(), StoreError> {
        connection.every = Some(longer);
        if let (Turn::Planned(until), Some(next)) =
            (connection.turn, rhythm::next(connection, self.member, self.now))
        {
            let next = self.member.coming(next, By::Rhythm);
            connection.turn = Turn::Planned(if next.at > until.at { next } else { until });
        }
        connections::store::put(tx, self.owner, connection)?;
        if let Some((_, _, after)) = came.undo.as_mut().and_then(|undo| undo.turn.as_mut()) {
            *after = connection.turn;
        }
        if let Turn::Planned(coming) = connection.turn {
            came.state = State::Snoozed(coming.at);
        }
        store::put_came(tx, self.owner, came)
    }

    /// Not this time: a rhythm counts on from now.
    ///
    /// # Errors
    /// The store's.
    pub fn skip(self, tx: &mut Tx<'_>, came: &mut Came) -> Result<(), StoreError> {
        let mut undo = self.undo();
        if let (Source::Rhythm, Some(connection)) = (came.source, self.connection(tx, came)?) {
            undo.run = store::run(tx, self.owner, connection.id)?;
            let run = Run::skipped(&connection, self.now);
            store::put_run(tx, self.owner, connection.id, Some(&run))?;
            let from_now = Connection { added: self.now, last: None, ..connection.clone() };
            let turn = rhythm::turn(&from_now, self.member, self.now);
            undo.turn = Some(self.turn(tx, connection, |it| it.turn = turn)?);
        }
        self.keep(tx, came, State::Skipped, undo)
    }

    /// Not any more: the rhythm ends, or the planned nudge does, with what was snoozed of it.
    ///
    /// # Errors
    /// The store's.
    pub fn stop(self, tx: &mut Tx<'_>, came: &mut Came) -> Result<(), StoreError> {
        let mut undo = self.undo();
        match (came.source, self.connection(tx, came)?) {
            (Source::Rhythm, Some(connection)) => {
                undo.turn = Some(self.turn(tx, connection, |it| {
                    it.every = None;
                    it.turn = Turn::Off;
                })?);
            }
            (Source::Rhythm, None) => {}
            (Source::Planned(id), _) => {
                undo.ended = store::end(tx, self.owner, id)?;
                for snoozed in store::snoozed_of(tx, self.owner, id)? {
                    undo.also_ended.extend(store::end(tx, self.owner, snoozed.id)?);
                }
            }
        }
        self.keep(tx, came, State::Stopped, undo)
    }

    /// Takes the last answer back, so that the nudge is open again, or snoozed where it was done before it
    /// came again. `false` where it is too late.
    ///
    /// # Errors
    /// The store's.
    pub fn take_back(self, tx: &mut Tx<'_>, came: &mut Came) -> Result<bool, StoreError> {
        let Some(undo) = came.undo.clone().filter(|undo| self.now <= undo.at + UNDO) else {
            return Ok(false);
        };
        if let Some(mut connection) = self.connection(tx, came)? {
            let turn_now = connection.turn;
            if came.source == Source::Rhythm && matches!(came.state, State::Snoozed(_) | State::Skipped) {
                store::put_run(tx, self.owner, connection.id, undo.run.as_ref())?;
            }
            if let State::Done(Some(touch)) = came.state {
                connections::store::unlog(tx, self.owner, self.member, &mut connection, touch, self.now)?;
            }
            // Where something else has moved it since, that holds.
            if let Some((turn, every, after)) = undo.turn
                && turn_now == after
            {
                connection.every = every;
                connection.turn = turn;
                connections::store::put(tx, self.owner, &connection)?;
            }
        }
        if let Some(id) = undo.planned {
            store::end(tx, self.owner, id)?;
        }
        for nudge in undo.ended.iter().chain(&undo.also_ended) {
            store::put(tx, self.owner, nudge)?;
        }
        came.state = undo.was.unwrap_or(State::Open);
        came.happened = None;
        came.undo = None;
        store::put_came(tx, self.owner, came)?;
        Ok(true)
    }

    fn undo(self) -> Undo {
        Undo {
            at: self.now,
            was: None,
            turn: None,
            planned: None,
            ended: None,
            also_ended: vec![],
            run: None,
        }
    }

    fn connection(self, tx: &mut Tx<'_>, came: &Came) -> Result<Option<Connection>, StoreError> {
        store::about(tx, self.owner, came.connection)
    }

    /// Changes a connection's turn; answers with what it was and is, to take back.
    fn turn(
        self,
        tx: &mut Tx<'_>,
        mut connection: Connection,
        change: impl FnOnce(&mut Connection),
    ) -> Result<(Turn, Option<Cadence>, Turn), StoreError> {
        let before = (connection.turn, connection.every);
        change(&mut connection);
        connections::store::put(tx, self.owner, &connection)?;
        Ok((before.0, before.1, connection.turn))
    }

    fn keep(self, tx: &mut Tx<'_>, came: &mut Came, state: State, undo: Undo) -> Result<(), StoreError> {
        came.state = state;
        came.undo = Some(undo);
        store::put_came(tx, self.owner, came)
    }
}
