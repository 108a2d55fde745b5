//! How fast DM channels are opened: bots that open many at once are quarantined.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// The pace of opening DMs: so many in any ten minutes, at once while there is room.
pub(super) struct Opens {
    most: usize,
    pause: SignedDuration,
    /// When the last ones were opened, oldest first, by the clock.
    recent: VecDeque<Timestamp>,
    /// Not before this time.
    paused: Option<Timestamp>,
    /// How often in a row Discord found it too fast.
    slower: u32,
}

/// The stretch in which opened DMs are counted.
const OPENS_WITHIN: SignedDuration = SignedDuration::from_mins(10);

impl Opens {
    /// At most `most` in ten minutes; after a 40003 none for `pause`, and for twice as long after
    /// each further one.
    pub(super) fn new(most: usize, pause: Duration) -> Self {
        let pause = SignedDuration::try_from(pause).unwrap_or(OPENS_WITHIN);
        Self { most: most.max(1), pause, recent: VecDeque::new(), paused: None, slower: 0 }
    }

    /// When the next one may be opened; a time that has passed means now.
    pub(super) fn next(&self, now: Timestamp) -> Timestamp {
        let full = self.recent.len() >= self.most;
        let room = self.recent.front().filter(|_| full).map_or(now, |oldest| *oldest + OPENS_WITHIN);
        self.paused.map_or(room, |paused| paused.max(room))
    }

    pub(super) fn started(&mut self, now: Timestamp) {
        self.recent.push_back(now);
        while self.recent.len() > self.most {
            self.recent.pop_front();
        }
    }

    pub(super) fn succeeded(&mut self) {
        self.slower = 0;
        self.paused = None;
    }

    pub(super) fn failed(&mut self, now: Timestamp) {
        self.paused = Some(now + self.pause * (1 << self.slower.min(6)));
        self.slower = self.slower.saturating_add(1);
    }
}
