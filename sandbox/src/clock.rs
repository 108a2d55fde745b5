//! The sandbox's clock. It ticks as the machine's does, so much ahead of it; people move it forward. Nothing else
//! in the crate asks the system for the time.
//!
//! # How a bot in another process follows it
//!
//! `GET /sandbox/v1/clock/follow` answers a stream that never ends: lines of JSON, and an empty line each second to
//! show that it lives. At the start and at each change comes `{"follower": "<id>", "now": "<RFC 3339>", "seq": N}`.
//! Once everything that is due at that `now` has run, and its requests are answered, the follower says so with
//! `POST /sandbox/v1/clock/follow/<id>` and `{"seq": N, "next": "<RFC 3339>" | null}`, `next` being when its next
//! thing is due. A move to T first asks everybody (a new `seq`, the time unmoved), then goes from one `next` to the
//! next up to T, waiting for everybody at each, and ends at T. What Discord does of itself on the way (a scheduled
//! event begins, a thread is archived) is a moment like these. A stream that closes is a follower gone.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio::sync::{mpsc, watch};

/// How many steps in a row may leave the time where it was.
const STILL_MOST: u32 = 1_000;
/// The clock goes this far: to the start of 2154, some months before Discord's ids can tell no later time.
const LATEST: Timestamp = Timestamp::constant(5_806_512_000, 0);
/// How long a follower may take for one step, in real time.
const ANSWER_WITHIN: Duration = Duration::from_secs(60);

/// Why the clock was not moved.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum Stuck {
    /// What was asked makes no sense.
    #[error("{0}")]
    Bad(String),
    /// Somebody does not come along.
    #[error("{0}")]
    Conflict(String),
}

/// How to move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Move {
    /// By so much, from one due thing to the next.
    Advance(SignedDuration),
    /// To a time, from one due thing to the next.
    Set(Timestamp),
    /// By so much, at once.
    Jump(SignedDuration),
    /// To the next thing that is due.
    Next,
}

#[derive(Debug)]
struct Follower {
    lines: mpsc::UnboundedSender<String>,
    answered: u64,
    next: Option<Timestamp>,
}

#[derive(Debug)]
struct Hands {
    /// What the clock showed at an instant; from there it ticks. Without an instant it stands.
    shown: Timestamp,
    at: Option<Instant>,
    seq: u64,
    followers: HashMap<String, Follower>,
    made: u64,
}

/// The clock and who follows it.
#[derive(Debug)]
pub struct Clock {
    hands: Mutex<Hands>,
    changed: watch::Sender<()>,
    turn: tokio::sync::Mutex<()>,
}

/// The machine's own time, for what holds in real time however far the clock was moved: rate limits.
pub fn machine() -> Timestamp {
    Timestamp::now()
}

impl Clock {
    /// A clock that shows the machine's time, or a later one where it must not show less.
    pub fn new(least: Option<Timestamp>) -> Self {
        let now = Timestamp::now();
        let hands = Hands {
            shown: to_millisecond(least.map_or(now, |least| least.max(now))),
            at: Some(Instant::now()),
            seq: 0,
            followers: HashMap::new(),
            made: 0,
        };
        Self { hands: Mutex::new(hands), changed: watch::Sender::new(()), turn: tokio::sync::Mutex::new(()) }
    }

    fn hands(&self) -> std::sync::MutexGuard<'_, Hands> {
        self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The time, to the millisecond.
    pub fn now(&self) -> Timestamp {
        self.hands().now()
    }

    /// Tells when the clock was moved, or a follower came, answered or went.
    pub fn changed(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    /// A new follower: its id, and the lines that it is to be sent.
    pub fn follow(&self) -> (String, mpsc::UnboundedReceiver<String>) {
        let (lines, receiver) = mpsc::unbounded_channel();
        let mut hands = self.hands();
        hands.made += 1;
        let id = format!("f{}", hands.made);
        hands.followers.insert(id.clone(), Follower { lines, answered: 0, next: None });
        if hands.seq == 0 {
            hands.seq = 1;
        }
        hands.tell(&id);
        drop(hands);
        self.changed.send_replace(());
        (id, receiver)
    }

    /// A follower is gone.
    pub fn unfollow(&self, id: &str) {
        self.hands().followers.remove(id);
        self.changed.send_replace(());
    }

    /// A follower is done with step `seq`. False when there is no such follower.
    pub fn answer(&self, id: &str, seq: u64, next: Option<Timestamp>) -> bool {
        let mut hands = self.hands();
        let Some(follower) = hands.followers.get_mut(id) else { return false };
        if seq >= follower.answered {
            follower.answered = seq;
            follower.next = next;
        }
        drop(hands);
        self.changed.send_replace(());
        true
    }

    /// Moves the clock and waits until everything that fell due on the way is done. `connected` tells whether a
    /// bot is on the gateway: one that does not follow could not come along. `own` lets the world do what is due by
    /// now, and says when it does something next.
    pub async fn shift(
        &self,
        how: Move,
        connected: impl Fn() -> bool,
        own: impl Fn() -> Option<Timestamp>,
    ) -> Result<Timestamp, Stuck> {
        let _turn = self.turn.lock().await;
        let start = self.now();
        if connected() && self.hands().followers.is_empty() {
            return Err(Stuck::Conflict(
                "A bot is connected that does not follow the sandbox's clock, so it cannot be moved."
                    .to_owned(),
            ));
        }
        let target = match how {
            Move::Advance(by) | Move::Jump(by) => start.checked_add(by).map_err(|_| far())?,
            Move::Set(to) => to,
            Move::Next => {
                let own = self.step(None, &own).await?;
                let none = || Stuck::Conflict("Nothing is planned, so there is no next event.".to_owned());
                self.due(own).ok_or_else(none)?.max(start)
            }
        };
        if target < start {
            return Err(Stuck::Bad(format!("The clock shows {start} and does not go back.")));
        }
        if target > LATEST {
            return Err(Stuck::Bad(format!(
                "The clock goes to {LATEST}: Discord's ids can tell no later time."
            )));
        }
        if !matches!(how, Move::Jump(_)) {
            self.walk(target, &own).await?;
        }
        self.step(Some(target), &own).await?;
        Ok(target)
    }

    /// When the next thing is due, the followers' or the world's own.
    fn due(&self, own: Option<Timestamp>) -> Option<Timestamp> {
        self.hands().followers.values().filter_map(|follower| follower.next).chain(own).min()
    }

    /// Goes from one due thing to the next, up to `target`.
    async fn walk(&self, target: Timestamp, own: &impl Fn() -> Option<Timestamp>) -> Result<(), Stuck> {
        let mut still = 0;
        let mut next = self.step(None, own).await?;
        loop {
            let (due, now) = (self.due(next), self.now());
            let Some(due) = due.filter(|due| *due <= target) else { return Ok(()) };
            still = if due > now { 0 } else { still + 1 };
            if still > STILL_MOST {
                return Err(Stuck::Conflict(format!(
                    "The bot says again and again that its next thing was due at {due}; the clock shows {now}."
                )));
            }
            next = self.step(Some(due), own).await?;
        }
    }

    /// Puts the clock to `to` unless it shows more already, lets the world do what is due, tells everybody and waits
    /// for them. Says when the world does something next.
    async fn step(
        &self,
        to: Option<Timestamp>,
        own: &impl Fn() -> Option<Timestamp>,
    ) -> Result<Option<Timestamp>, Stuck> {
        let mut changed = self.changed.subscribe();
        self.put(to);
        own();
        let seq = {
            let mut hands = self.hands();
            hands.at.get_or_insert_with(Instant::now);
            hands.seq += 1;
            let ids: Vec<String> = hands.followers.keys().cloned().collect();
            for id in &ids {
                hands.tell(id);
            }
            hands.seq
        };
        self.changed.send_replace(());
        let all_answered = async {
            loop {
                if self.hands().followers.values().all(|follower| follower.answered >= seq) {
                    return;
                }
                if changed.changed().await.is_err() {
                    return;
                }
            }
        };
        tokio::time::timeout(ANSWER_WITHIN, all_answered).await.map_err(|_| {
            let seconds = ANSWER_WITHIN.as_secs();
            Stuck::Conflict(format!("The bot that follows the clock has not answered for {seconds} s."))
        })?;
        // Asked again: what the followers did may have changed it.
        Ok(own())
    }

    /// Puts the clock to `to` unless it shows more already; it stands there until everybody is told.
    fn put(&self, to: Option<Timestamp>) {
        let mut hands = self.hands();
        if let Some(to) = to.filter(|to| *to > hands.now()) {
            (hands.shown, hands.at) = (to, None);
        }
    }
}

impl Hands {
    fn now(&self) -> Timestamp {
        let gone = self.at.map_or(Duration::ZERO, |at| at.elapsed());
        let gone = SignedDuration::try_from(gone).unwrap_or(SignedDuration::ZERO);
        to_millisecond(self.shown.checked_add(gone).unwrap_or(Timestamp::MAX))
    }

    fn tell(&mut self, id: &str) {
        let now = self.now();
        let seq = self.seq;
        if let Some(follower) = self.followers.get(id) {
            let line = json!({"follower": id, "now": now.to_string(), "seq": seq}).to_string();
            if follower.lines.send(line + "\n").is_err() {
                self.followers.remove(id);
            }
        }
    }
}

fn to_millisecond(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}

fn far() -> Stuck {
    Stuck::Bad("That is further than the calendar goes.".to_owned())
}

/// Reads `7d4h30m`: weeks, days, hours, minutes, seconds, milliseconds.
pub fn duration(text: &str) -> Result<SignedDuration, Stuck> {
    let bad = || Stuck::Bad(format!("\"{text}\" is no duration; write it like 7d4h30m (w, d, h, m, s, ms)."));
    let mut rest = text.trim();
    let mut sum = SignedDuration::ZERO;
    if rest.is_empty() {
        return Err(bad());
    }
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number: i64 = rest[..digits].parse().map_err(|_| bad())?;
        rest = rest[digits..].trim_start();
        let letters = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let unit = match &rest[..letters] {
            "w" => 7 * 24 * 3_600_000,
            "d" => 24 * 3_600_000,
            "h" => 3_600_000,
            "m" => 60_000,
            "s" => 1_000,
            "ms" => 1,
            _ => return Err(bad()),
        };
        let part = number.checked_mul(unit).ok_or_else(far)?;
        sum = sum.checked_add(SignedDuration::from_millis(part)).ok_or_else(far)?;
        rest = rest[letters..].trim_start();
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(duration("7d4h30m"), Ok(SignedDuration::from_mins(7 * 1440 + 4 * 60 + 30)));
        assert_eq!(duration("1w 90s 5ms"), Ok(SignedDuration::from_millis(604_800_000 + 90_005)));
        for wrong in ["", "7", "d", "-1d", "1y", "99999999999999999999d", "9000000000000w"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[tokio::test]
    async fn moves_by_itself_when_nobody_is_there_and_never_back() {
        let clock = Clock::new(None);
        let target: Timestamp = "2099-01-01T00:00:00Z".parse().unwrap();
        let nothing = || None;
        assert_eq!(clock.shift(Move::Set(target), || false, nothing).await, Ok(target));
        assert!(clock.now() >= target);
        let past = clock.shift(Move::Set("2020-01-01T00:00:00Z".parse().unwrap()), || false, nothing).await;
        assert!(matches!(past, Err(Stuck::Bad(_))));
        let far = clock.shift(Move::Set("2154-01-01T00:00:01Z".parse().unwrap()), || false, nothing).await;
        assert!(matches!(far, Err(Stuck::Bad(_))));
        assert_eq!(LATEST.to_string(), "2154-01-01T00:00:00Z");
        let alone = clock.shift(Move::Advance(SignedDuration::from_hours(1)), || true, nothing).await;
        assert!(matches!(alone, Err(Stuck::Conflict(_))));
    }
}
