//! Three hundred people, and what they do: all of it follows from a seed.

use chrono::{Days, Weekday};
use chrono_tz::Tz;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};

use super::local::{Minute, local};
use super::oracle::{Act, Digest, Name, Settings, Until, When};
use super::rhythm::{COUNTED, FIXED, RHYTHMS};

/// Zones with every way of changing clocks: both hemispheres, half an hour, at midnight, none.
pub const ZONES: [Tz; 40] = [
    Tz::Europe__Berlin,
    Tz::Europe__London,
    Tz::Europe__Lisbon,
    Tz::Europe__Athens,
    Tz::Europe__Dublin,
    Tz::Europe__Istanbul,
    Tz::America__New_York,
    Tz::America__Chicago,
    Tz::America__Denver,
    Tz::America__Phoenix,
    Tz::America__Los_Angeles,
    Tz::America__Anchorage,
    Tz::America__St_Johns,
    Tz::America__Halifax,
    Tz::America__Santiago,
    Tz::America__Sao_Paulo,
    Tz::America__Nuuk,
    Tz::Asia__Tokyo,
    Tz::Asia__Kolkata,
    Tz::Asia__Kathmandu,
    Tz::Asia__Jerusalem,
    Tz::Asia__Beirut,
    Tz::Asia__Shanghai,
    Tz::Asia__Dubai,
    Tz::Africa__Cairo,
    Tz::Africa__Lagos,
    Tz::Africa__Johannesburg,
    Tz::Atlantic__Azores,
    Tz::Australia__Sydney,
    Tz::Australia__Adelaide,
    Tz::Australia__Lord_Howe,
    Tz::Australia__Perth,
    Tz::Pacific__Auckland,
    Tz::Pacific__Chatham,
    Tz::Pacific__Honolulu,
    Tz::Pacific__Apia,
    Tz::Pacific__Norfolk,
    Tz::Antarctica__Troll,
    Tz::Pacific__Easter,
    Tz::America__Miquelon,
];

/// Delivery hours; those at night are the ones that a change of summer time skips or repeats.
const HOURS: [u32; 12] = [9 * 60, 9 * 60, 9 * 60, 9 * 60, 8 * 60, 450, 18 * 60, 12 * 60, 0, 30, 90, 150];
const QUIET: [(u32, u32); 4] =
    [(22 * 60, 7 * 60), (21 * 60 + 30, 6 * 60 + 15), (12 * 60, 13 * 60 + 30), (8 * 60, 9 * 60 + 45)];
const QUIET_DAYS: [&[Weekday]; 4] = [
    &[Weekday::Sat, Weekday::Sun],
    &[Weekday::Fri],
    &[Weekday::Sun],
    &[Weekday::Mon, Weekday::Tue, Weekday::Wed],
];
const DIGEST_DAYS: [Weekday; 4] = [Weekday::Mon, Weekday::Thu, Weekday::Fri, Weekday::Sun];

/// Somebody's ways.
pub struct Somebody {
    rng: StdRng,
    index: usize,
    /// How likely they answer what waits, each day.
    diligence: f64,
    made: usize,
}

impl Somebody {
    pub fn new(seed: u64, index: usize) -> Self {
        let mut rng = StdRng::seed_from_u64(seed.wrapping_mul(1_000_003).wrapping_add(index as u64));
        let diligence = rng.random_range(0.05..0.7);
        Self { rng, index, diligence, made: 0 }
    }

    /// How they want to hear from Kith at first.
    pub fn settings(&mut self) -> Settings {
        let rng = &mut self.rng;
        let zone = ZONES[self.index % ZONES.len()];
        let plain = Settings {
            zone,
            hour: *HOURS.choose(rng).unwrap(),
            quiet: None,
            quiet_days: vec![],
            digest: Digest::Daily,
            most: 10,
        };
        let quiet = rng.random_bool(0.4).then(|| *QUIET.choose(rng).unwrap());
        let quiet_days = if rng.random_bool(0.3) { QUIET_DAYS.choose(rng).unwrap().to_vec() } else { vec![] };
        let most = if rng.random_bool(0.2) { rng.random_range(1..4) } else { 10 };
        let digest = self.digest(&quiet_days);
        Settings { quiet, quiet_days, most, digest, ..plain }
    }

    fn digest(&mut self, quiet_days: &[Weekday]) -> Digest {
        let rng = &mut self.rng;
        match rng.random_range(0..10) {
            0..=5 => Digest::Daily,
            6..=7 => Digest::Each,
            _ => {
                let free = DIGEST_DAYS.iter().filter(|day| !quiet_days.contains(day));
                Digest::Weekly(*free.collect::<Vec<_>>().choose(rng).copied().unwrap())
            }
        }
    }

    /// Other settings than these.
    fn other(&mut self, now: &Settings) -> Settings {
        let mut new = now.clone();
        match self.rng.random_range(0..10) {
            0..=4 => new.zone = *ZONES.choose(&mut self.rng).unwrap(),
            5 => new.hour = *HOURS.choose(&mut self.rng).unwrap(),
            6 => new.quiet = self.rng.random_bool(0.6).then(|| *QUIET.choose(&mut self.rng).unwrap()),
            7 => {
                let days = QUIET_DAYS.choose(&mut self.rng).unwrap();
                let some = self.rng.random_bool(0.6)
                    && !matches!(new.digest, Digest::Weekly(it) if days.contains(&it));
                new.quiet_days = if some { days.to_vec() } else { vec![] };
            }
            8 => new.digest = self.digest(&now.quiet_days),
            _ => new.most = self.rng.random_range(1..=10),
        }
        new
    }

    fn name(&mut self, letter: char) -> Name {
        self.made += 1;
        format!("{letter}{}x{}", self.index, self.made)
    }

    fn adds(&mut self) -> Act {
        let every = *RHYTHMS.choose(&mut self.rng).unwrap();
        Act::Add { who: self.name('p'), every }
    }

    fn plans(&mut self, settings: &Settings, now: Minute) -> Act {
        let about = self.name('n');
        let (today, _) = local(settings.zone, now);
        let rng = &mut self.rng;
        let day = today + Days::new(rng.random_range(2..60));
        let minute = rng.random_range(0..96) * 15 + 3;
        let (when, repeat) = match rng.random_range(0..10) {
            0..=2 => (When::On(day, minute), None),
            3..=4 => (When::InDays(rng.random_range(1..40)), None),
            5 => (When::InMinutes(100), rng.random_bool(0.5).then(|| *COUNTED.choose(rng).unwrap())),
            6..=7 => (When::Falls, FIXED.choose(rng).copied()),
            _ => (When::On(day, minute), COUNTED.choose(rng).copied()),
        };
        Act::Plan { about, when, repeat }
    }

    /// What they do when they first use Kith.
    pub fn begins(&mut self, settings: &Settings, now: Minute) -> Vec<Act> {
        let people = self.rng.random_range(1..5);
        let mut acts: Vec<Act> = (0..people).map(|_| self.adds()).collect();
        if self.rng.random_bool(0.5) {
            acts.push(self.plans(settings, now));
        }
        acts
    }

    /// What they do on a day, where `known` are their connections and `open` is what waits for their answer.
    pub fn day(&mut self, settings: &Settings, known: &[Name], open: &[Name], now: Minute) -> Vec<Act> {
        let mut acts = Vec::new();
        for of in open.iter().cloned() {
            if !self.rng.random_bool(self.diligence) {
                if of.starts_with('p') && self.rng.random_bool(0.02) {
                    acts.push(Act::Slip { of, removes: self.rng.random_bool(0.5) });
                }
                continue;
            }
            let until = match self.rng.random_range(0..4) {
                0 => Until::Days(1),
                1 => Until::Days(3),
                2 => Until::Days(7),
                _ => Until::Months(1),
            };
            acts.push(match self.rng.random_range(0..20) {
                0..=7 => Act::Done { of },
                8..=12 => Act::Snooze { of, until },
                13..=17 => Act::Skip { of },
                18 if of.starts_with('p') => Act::Log { who: of, days_ago: 0 },
                _ => Act::Stop { of },
            });
        }
        if self.rng.random_bool(0.015) {
            let who = known.choose(&mut self.rng).unwrap().clone();
            if !open.contains(&who) {
                let days_ago = *[0, 0, 1, 3].choose(&mut self.rng).unwrap();
                acts.push(Act::Log { who, days_ago });
            }
        }
        if self.rng.random_bool(0.007) {
            let new = self.other(settings);
            acts.push(Act::Set(new));
        } else if self.rng.random_bool(0.012) {
            acts.push(self.plans(settings, now));
        } else if self.rng.random_bool(0.003) {
            let from = if self.rng.random_bool(0.5) { 0 } else { self.rng.random_range(1..20) };
            acts.push(Act::Pause { from, until: from + self.rng.random_range(2..25) });
        } else if self.rng.random_bool(0.0015) {
            acts.push(Act::Resume);
        } else if self.rng.random_bool(0.004) && known.len() < 12 {
            acts.push(self.adds());
        }
        acts
    }
}
