//! What a member is to get, worked out from what they did, minute by minute.
//!
//! It shares nothing with Kith: the rules are those of `docs/nudges.md`, in their plainest form.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};
use chrono_tz::Tz;

use super::local::{Minute, local, moment};
use super::rhythm::{Every, Rhythm, falls};

/// How a member wants to hear from Kith.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub zone: Tz,
    /// The delivery hour, as a minute of the day.
    pub hour: u32,
    /// From and to, as minutes of the day.
    pub quiet: Option<(u32, u32)>,
    pub quiet_days: Vec<Weekday>,
    pub digest: Digest,
    pub most: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Digest {
    Daily,
    Each,
    Weekly(Weekday),
}

/// What a nudge is about: the name of a connection, or what was written.
pub type Name = String;

/// Until when something is snoozed.
#[derive(Clone, Copy, Debug)]
pub enum Until {
    Days(u64),
    Months(u32),
}

/// When a planned nudge first comes.
#[derive(Clone, Copy, Debug)]
pub enum When {
    /// A time of a day.
    On(NaiveDate, u32),
    /// So many days from today, at the delivery hour.
    InDays(u64),
    /// So many minutes from now, whatever the clocks and settings do.
    InMinutes(i64),
    /// Where its rhythm first falls.
    Falls,
}

/// Something that a member did.
#[derive(Clone, Debug)]
pub enum Act {
    Set(Settings),
    Add {
        who: Name,
        every: Rhythm,
    },
    /// A touch, today or at noon so many days ago.
    Log {
        who: Name,
        days_ago: u64,
    },
    Plan {
        about: Name,
        when: When,
        repeat: Option<Rhythm>,
    },
    Done {
        of: Name,
    },
    Snooze {
        of: Name,
        until: Until,
    },
    Skip {
        of: Name,
    },
    Stop {
        of: Name,
    },
    /// From so many days from today (0: from now) until so many days from today.
    Pause {
        from: u64,
        until: u64,
    },
    Resume,
    /// Somebody whose nudge waits is removed, or a touch with them logged; the inbox is looked at, and it is taken back.
    Slip {
        of: Name,
        removes: bool,
    },
}

/// What is to come.
#[derive(Clone, Debug)]
struct Wish {
    due: Minute,
    kind: Kind,
    /// It waits for the next delivery hour on a day that is not quiet.
    until_delivery: bool,
    /// It is in the digest of its week.
    gathered: bool,
    /// It would have come, had Kith been running.
    missed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// By the rhythm of a connection.
    Rhythm,
    /// The same, at the time that the member snoozed it to.
    Snoozed,
    /// As the member planned.
    Planned,
    /// After a span of minutes.
    Span,
}

#[derive(Clone, Copy, Debug)]
struct Tie {
    every: Option<Rhythm>,
    added: Minute,
    last: Option<Minute>,
}

/// A nudge that repeats: its rhythm, the first day, the time of day.
type Row = (Rhythm, NaiveDate, Option<u32>);

/// What came, or is to come: at each minute, whose nudges.
pub type Coming = BTreeMap<Minute, BTreeSet<Name>>;

pub struct Oracle<'a> {
    settings: Settings,
    ties: BTreeMap<Name, Tie>,
    rows: BTreeMap<Name, Row>,
    wishes: BTreeMap<(Name, u32), Wish>,
    /// The digest of today is due, and held back.
    gathering: bool,
    pause: Option<(Minute, Minute)>,
    brought: BTreeMap<NaiveDate, usize>,
    seen: &'a Coming,
    coming: Coming,
    made: u32,
}

/// What is to come to a member who did this, until `end`, where Kith was not running in some stretches. Of what rhythms
/// bring, where that is more than the member takes a day, Kith chooses, so what was `seen` tells which it chose.
pub fn expected(history: &[(Minute, Act)], down: &[(Minute, Minute)], seen: &Coming, end: Minute) -> Coming {
    let Some((begin, Act::Set(settings))) = history.first().cloned() else { panic!("no settings") };
    let mut oracle = Oracle {
        settings,
        ties: BTreeMap::new(),
        rows: BTreeMap::new(),
        wishes: BTreeMap::new(),
        gathering: false,
        pause: None,
        brought: BTreeMap::new(),
        seen,
        coming: BTreeMap::new(),
        made: 0,
    };
    let mut acts = history.iter().skip(1).peekable();
    for now in begin..end {
        let is_down = down.iter().any(|(from, to)| (*from..*to).contains(&now));
        oracle.passes(now, is_down);
        while let Some((_, act)) = acts.next_if(|(at, _)| *at == now) {
            oracle.does(now, act);
            oracle.passes(now, is_down);
        }
    }
    oracle.coming
}

impl Oracle<'_> {
    fn passes(&mut self, now: Minute, is_down: bool) {
        let weekly = matches!(self.settings.digest, Digest::Weekly(_));
        // While nothing is due, nothing comes.
        if !weekly && self.wishes.values().all(|wish| wish.due > now) {
            return;
        }
        let settings = self.settings.clone();
        let (day, minute) = local(settings.zone, now);
        let is_quiet_day = settings.quiet_days.contains(&day.weekday());
        let is_delivery = moment(settings.zone, day, settings.hour) == now;
        let is_quiet = settings.quiet.is_some_and(|(from, to)| {
            if from <= to { from <= minute && minute < to } else { from <= minute || minute < to }
        });
        let is_paused = self.pause.is_some_and(|(from, until)| from <= now && now < until);
        if is_delivery && settings.digest == Digest::Weekly(day.weekday()) {
            self.gathering = true;
        }
        if settings.digest != Digest::Weekly(day.weekday()) {
            self.gathering = false;
        }
        let mut ready = Vec::new();
        for (key, wish) in &mut self.wishes {
            if wish.due > now {
                continue;
            }
            if is_delivery && !is_quiet_day {
                wish.until_delivery = false;
            }
            if is_quiet_day && !is_paused && !(is_down && wish.missed) {
                wish.until_delivery = true;
            }
            wish.gathered |= self.gathering;
            let waits = wish.until_delivery || is_quiet || is_paused;
            let gathers = weekly && wish.kind == Kind::Rhythm && !wish.gathered && !wish.missed;
            if wish.kind == Kind::Span || !waits && !gathers {
                if is_down {
                    wish.missed = true;
                } else {
                    ready.push((key.clone(), wish.kind));
                }
            }
        }
        if !is_quiet && !is_quiet_day && !is_paused {
            self.gathering = false;
        }
        let by_rhythm = |kind: &Kind| matches!(kind, Kind::Rhythm | Kind::Snoozed);
        let most = if weekly { 7 * settings.most } else { settings.most };
        let room = most.saturating_sub(self.brought.get(&day).copied().unwrap_or(0));
        let mut turns: Vec<_> = ready.iter().filter(|(_, kind)| by_rhythm(kind)).cloned().collect();
        if turns.len() > room {
            let seen = self.seen.get(&now);
            turns.sort_by_key(|((name, _), _)| !seen.is_some_and(|seen| seen.contains(name)));
            for (key, kind) in turns.split_off(room) {
                let wish = self.wishes.get_mut(&key).unwrap();
                *wish = Wish { until_delivery: true, gathered: false, missed: false, ..wish.clone() };
                ready.retain(|it| *it != (key.clone(), kind));
            }
        }
        *self.brought.entry(day).or_default() += turns.len();
        for (key, _) in ready {
            self.wishes.remove(&key);
            self.coming.entry(now).or_default().insert(key.0.clone());
            // The first of a row brings the next; what was snoozed is no row's.
            if key.1 == 0
                && let Some((rhythm, first, at)) = self.rows.get(&key.0).copied()
            {
                let time = at.unwrap_or(self.settings.hour);
                let next = self.first_after(rhythm.every, first, time, now);
                self.wishes.insert(key, wish(next, Kind::Planned));
            }
        }
    }

    fn does(&mut self, now: Minute, act: &Act) {
        match act {
            Act::Set(new) => self.moves(now, new.clone()),
            Act::Add { who, every } => {
                self.ties.insert(who.clone(), Tie { every: Some(*every), added: now, last: None });
                self.counts_anew(now, who, None);
            }
            Act::Log { who, days_ago } => {
                let (today, _) = local(self.settings.zone, now);
                let noon = || moment(self.settings.zone, today - Days::new(*days_ago), 12 * 60);
                let at = if *days_ago == 0 { now } else { noon() };
                self.touched(now, who, at);
            }
            Act::Plan { about, when, repeat } => self.plans(now, about, *when, *repeat),
            Act::Done { of } => self.touched(now, of, now),
            Act::Skip { of } if self.ties.contains_key(of) => self.counts_anew(now, of, Some(now)),
            Act::Skip { .. } | Act::Slip { .. } => {}
            Act::Stop { of } => {
                if let Some(tie) = self.ties.get_mut(of) {
                    tie.every = None;
                }
                self.rows.remove(of);
                self.wishes.retain(|(name, _), _| name != of);
            }
            Act::Pause { from, until } => {
                let (today, _) = local(self.settings.zone, now);
                let delivery = |days| moment(self.settings.zone, today + Days::new(days), self.settings.hour);
                let from = if *from == 0 { now } else { delivery(*from) };
                let pause = Some((from, delivery(*until)));
                self.pause = pause;
                self.moves(now, self.settings.clone());
            }
            // Where there is no pause, none is ended.
            Act::Resume if self.pause.is_none_or(|(_, until)| until <= now) => {}
            Act::Resume => {
                self.pause = None;
                self.moves(now, self.settings.clone());
            }
            Act::Snooze { of, until } => {
                let (today, _) = local(self.settings.zone, now);
                let day = match until {
                    Until::Days(days) => today + Days::new(*days),
                    Until::Months(months) => today + Months::new(*months),
                };
                let due = moment(self.settings.zone, day, self.settings.hour);
                let kind = if self.ties.contains_key(of) { Kind::Snoozed } else { Kind::Planned };
                let key = if kind == Kind::Snoozed { 0 } else { self.made + 1 };
                self.made += 1;
                self.wishes.insert((of.clone(), key), wish(due, kind));
            }
        }
    }

    /// A talk: the rhythm counts from its day, unless a later one is known.
    fn touched(&mut self, now: Minute, who: &Name, at: Minute) {
        let Some(tie) = self.ties.get_mut(who) else { return };
        if tie.last.is_none_or(|last| last < at) {
            tie.last = Some(at);
            self.counts_anew(now, who, None);
        }
    }

    /// The rhythm of a connection counts from the last touch, or from `from`.
    fn counts_anew(&mut self, now: Minute, who: &Name, from: Option<Minute>) {
        let tie = self.ties[who];
        self.wishes.retain(|(name, _), _| name != who);
        let Some(rhythm) = tie.every else { return };
        let from = from.or(tie.last).unwrap_or(tie.added);
        // A member's day begins at the delivery hour.
        let (mut day, minute) = local(self.settings.zone, from);
        if minute < self.settings.hour {
            day = day.pred_opt().unwrap();
        }
        let time = rhythm.at.unwrap_or(self.settings.hour);
        let mut due = self.first_after(rhythm.every, day, time, from);
        if due <= now {
            let (today, _) = local(self.settings.zone, now);
            due = self.first_after(Every::Days(1), today.pred_opt().unwrap(), time, now);
        }
        self.wishes.insert((who.clone(), 0), wish(due, Kind::Rhythm));
    }

    /// The first moment after `after` at which a rhythm that counts from a day falls.
    fn first_after(&self, every: Every, from: NaiveDate, time: u32, after: Minute) -> Minute {
        let days = from.iter_days().skip(1).filter(|day| falls(every, from, *day));
        let mut moments = days.map(|day| moment(self.settings.zone, day, time));
        moments.find(|at| *at > after).unwrap()
    }

    fn plans(&mut self, now: Minute, about: &Name, when: When, repeat: Option<Rhythm>) {
        let (zone, hour) = (self.settings.zone, self.settings.hour);
        let (today, _) = local(zone, now);
        let (due, at) = match (when, repeat) {
            (When::On(day, minute), _) => (moment(zone, day, minute), Some(minute)),
            (When::InDays(days), _) => (moment(zone, today + Days::new(days), hour), None),
            (When::InMinutes(minutes), _) => (now + minutes, Some(local(zone, now + minutes).1)),
            (When::Falls, Some(rhythm)) => {
                let time = rhythm.at.unwrap_or(hour);
                (self.first_after(rhythm.every, today.pred_opt().unwrap(), time, now), rhythm.at)
            }
            (When::Falls, None) => panic!("no rhythm"),
        };
        if let Some(rhythm) = repeat {
            self.rows.insert(about.clone(), (rhythm, local(zone, due).0, at));
        }
        let kind = if matches!(when, When::InMinutes(_)) { Kind::Span } else { Kind::Planned };
        self.wishes.insert((about.clone(), 0), wish(due, kind));
    }

    /// Other settings: what is to come keeps its day and its time of day, or has the new delivery hour.
    fn moves(&mut self, now: Minute, new: Settings) {
        let old = std::mem::replace(&mut self.settings, new);
        self.gathering = false;
        let (zone, hour) = (self.settings.zone, self.settings.hour);
        let moved = |at: Minute| {
            let (day, minute) = local(old.zone, at);
            let there = moment(zone, day, if minute == old.hour { hour } else { minute });
            if at > now { there } else { at }
        };
        self.pause = self.pause.map(|(from, until)| (moved(from), moved(until)));
        let (settings, pause) = (&self.settings, self.pause);
        for wish in self.wishes.values_mut().filter(|wish| wish.kind != Kind::Span) {
            wish.due = moved(wish.due);
            // As it would be, had these been the settings since it was due.
            let (mut waits, mut gathered, mut came) = (false, false, false);
            for at in wish.due..now {
                let (day, minute) = local(settings.zone, at);
                let is_quiet_day = settings.quiet_days.contains(&day.weekday());
                let is_paused = pause.is_some_and(|(from, until)| from <= at && at < until);
                let is_quiet = settings.quiet.is_some_and(|(from, to)| {
                    if from <= to { from <= minute && minute < to } else { from <= minute || minute < to }
                });
                let is_delivery = moment(settings.zone, day, settings.hour) == at;
                waits = if is_quiet_day { waits || !is_paused } else { waits && !is_delivery };
                gathered |= is_delivery && settings.digest == Digest::Weekly(day.weekday());
                // Its week's message was held by nothing, so the next one brings it.
                came |= gathered && !(waits || is_quiet_day || is_paused || is_quiet);
            }
            wish.until_delivery = waits;
            wish.gathered = gathered && !came;
        }
    }
}

fn wish(due: Minute, kind: Kind) -> Wish {
    Wish { due, kind, until_delivery: false, gathered: false, missed: false }
}
