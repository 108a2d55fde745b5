//! Times of day: "3pm", "14:30", "half past nine", "noon", "in the evening".

use jiff::civil::Time;

use super::{
    Asker, Misread,
    vocabulary::{
        Token::{self, Count, Mark, Number, Unit as U, Word},
        Unit,
    },
};

/// A time of day as it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClockTime {
    /// One that can be read in one way only.
    Sure(Time),
    /// "at 5": without am, pm or a leading zero, of twelve hours or of twenty-four.
    Bare {
        hour: i8,
        minute: i8,
    },
    Midnight,
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Afternoon,
    /// The end of the working day.
    Close,
    Evening,
    Night,
}

/// A time that a phrase may mean, on its day or so many days later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub time: Time,
    pub days_on: i64,
}

fn on_the_day(time: Time) -> Candidate {
    Candidate { time, days_on: 0 }
}

/// A whole hour and minute as a time; `None` for "25:00".
pub(super) fn hm(hour: u32, minute: u32) -> Option<Time> {
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
}

/// A time of day at the start of the tokens. `after_day`: a day came before, so "1430" can be no year.
pub(super) fn clock_time(tokens: &[Token], after_day: bool) -> Option<(ClockTime, &[Token])> {
    let (at, tokens) = match tokens {
        [Word("at" | "by"), Word("about"), rest @ ..] => (true, rest),
        [Word("at"), rest @ ..] | [Mark('@'), rest @ ..] => (true, rest),
        [Word("by" | "about" | "from"), rest @ ..] => (false, rest),
        rest => (after_day, rest),
    };
    match tokens {
        [Word("noon"), rest @ ..] => Some((ClockTime::Sure(hm(12, 0)?), rest)),
        [Word("midnight"), rest @ ..] => Some((ClockTime::Midnight, rest)),
        [Word("half"), Word("past"), rest @ ..] => spoken(rest, 30),
        [Word("half"), Number(1..=12, _) | Count(2..=12), after @ ..] if !matches!(after, [U(_), ..]) => {
            spoken(tokens.get(1..)?, 30)
        }
        [U(Unit::Quarter), Word("of"), Number(1..=12, 1..=2) | Count(2..=12), ..] => {
            spoken(tokens.get(2..)?, -15)
        }
        [U(Unit::Quarter), Word("past"), rest @ ..]
        | [Count(1), U(Unit::Quarter), Word("past"), rest @ ..] => spoken(rest, 15),
        [U(Unit::Quarter), Word("to"), rest @ ..] | [Count(1), U(Unit::Quarter), Word("to"), rest @ ..] => {
            spoken(rest, -15)
        }
        [Number(m @ 1..=59, _) | Count(m), Word("past"), rest @ ..] => spoken(rest, i32::try_from(*m).ok()?),
        [Number(m @ 1..=59, _) | Count(m), Word("to"), rest @ ..] => spoken(rest, -i32::try_from(*m).ok()?),
        [Number(h, _), Mark(':' | '.'), Number(m, 2), Word(half @ ("am" | "pm")), rest @ ..] => {
            Some((twelve(*h, *m, half)?, rest))
        }
        [Number(h, _), Word(half @ ("am" | "pm")), rest @ ..] => Some((twelve(*h, 0, half)?, rest)),
        [Number(h, digits), Mark(':'), Number(m, 2), Mark(':'), Number(_, 2), rest @ ..]
        | [Number(h, digits), Mark(':'), Number(m, 2), rest @ ..] => Some((written(*h, *m, *digits)?, rest)),
        [Number(h, digits), Mark('.'), Number(m, 2), rest @ ..] if at => {
            Some((written(*h, *m, *digits)?, rest))
        }
        [Number(h, _), U(Unit::Hour), Number(m, 2), rest @ ..] => Some((written(*h, *m, 2)?, rest)),
        [Number(hm, 4), rest @ ..] if at || !(1900..=2100).contains(hm) => {
            Some((written(hm / 100, hm % 100, 2)?, rest))
        }
        [Number(h, digits), Word("oclock"), rest @ ..] | [Number(h, digits @ 1..=2), rest @ ..]
            if !matches!(rest.first(), Some(Mark(_) | U(_) | Token::Month(_)))
                || rest.first() == Some(&Mark(',')) =>
        {
            Some((written(*h, 0, *digits)?, rest))
        }
        [Count(h), Word("oclock"), rest @ ..] => Some((written(*h, 0, 1)?, rest)),
        [Count(h @ 1..=12), Count(m @ (15 | 20 | 30 | 40 | 50)), Word(half @ ("am" | "pm")), rest @ ..] => {
            Some((twelve(*h, *m, half)?, rest))
        }
        [Count(h @ 1..=12), Count(m @ (15 | 20 | 30 | 40 | 50)), rest @ ..]
            if !matches!(rest, [U(_), ..]) =>
        {
            Some((written(*h, *m, 1)?, rest))
        }
        [Count(h @ 1..=12), rest @ ..] if at => match rest {
            [Word(half @ ("am" | "pm")), rest @ ..] => Some((twelve(*h, 0, half)?, rest)),
            rest => Some((written(*h, 0, 1)?, rest)),
        },
        [Count(h @ 1..=12), Word(half @ ("am" | "pm")), rest @ ..] => Some((twelve(*h, 0, half)?, rest)),
        _ => None,
    }
}

/// "half past nine", "quarter to 10 pm".
fn spoken(tokens: &[Token], minutes: i32) -> Option<(ClockTime, &[Token])> {
    let (hour, rest) = match tokens {
        [Number(h @ 0..=23, _), rest @ ..] | [Count(h @ 1..=12), rest @ ..] => (*h, rest),
        [Word("noon"), rest @ ..] => return Some((ClockTime::Sure(shift(12, minutes)?), rest)),
        _ => return None,
    };
    let whole = |hour: u32| shift(i32::try_from(hour).ok()?, minutes);
    match rest {
        [Word("am"), rest @ ..] if (1..=12).contains(&hour) => {
            Some((ClockTime::Sure(whole(hour % 12)?), rest))
        }
        [Word("pm"), rest @ ..] if (1..=12).contains(&hour) => {
            Some((ClockTime::Sure(whole(hour % 12 + 12)?), rest))
        }
        rest => {
            let time = whole(hour)?;
            Some((written(u32::try_from(time.hour()).ok()?, u32::try_from(time.minute()).ok()?, 1)?, rest))
        }
    }
}

fn shift(hour: i32, minutes: i32) -> Option<Time> {
    let total = (hour * 60 + minutes).rem_euclid(24 * 60);
    hm(u32::try_from(total / 60).ok()?, u32::try_from(total % 60).ok()?)
}

fn twelve(hour: u32, minute: u32, half: &str) -> Option<ClockTime> {
    let hour = match (hour, half) {
        (1..=12, "am") => hour % 12,
        (1..=12, _) => hour % 12 + 12,
        // "14:30 pm" is said, and clear.
        (13..=23, "pm") => hour,
        _ => return None,
    };
    hm(hour, minute).map(ClockTime::Sure)
}

fn written(hour: u32, minute: u32, digits: usize) -> Option<ClockTime> {
    let time = hm(if hour == 24 && minute == 0 { return Some(ClockTime::Midnight) } else { hour }, minute)?;
    Some(if (1..=12).contains(&hour) && digits == 1 || matches!(hour, 10..=12) {
        ClockTime::Bare { hour: time.hour(), minute: time.minute() }
    } else {
        ClockTime::Sure(time)
    })
}

/// A part of the day at the start of the tokens.
pub(super) fn part(tokens: &[Token]) -> Option<(Part, &[Token])> {
    let tokens = match tokens {
        [Word("in" | "at" | "by" | "on"), Word("the"), rest @ ..] | [Word("in" | "at" | "by"), rest @ ..] => {
            rest
        }
        [Word("early" | "late"), rest @ ..] => rest,
        rest => rest,
    };
    let (word, rest) = match tokens {
        [Word(word), rest @ ..] => (*word, rest),
        _ => return None,
    };
    let part = match word {
        "morning" | "am" => Part::Morning,
        "afternoon" | "pm" => Part::Afternoon,
        "evening" | "eve" => Part::Evening,
        "night" => Part::Night,
        "eod" => Part::Close,
        _ => return None,
    };
    Some((part, rest))
}

impl Part {
    /// The time that stands for the part of the day.
    pub(super) fn time(self, asker: &Asker) -> Result<Time, Misread> {
        let morning = asker.hour.hour() >= 4 && asker.hour.hour() < 12;
        let hour = match self {
            Part::Morning if morning => return Ok(asker.hour),
            Part::Morning => 9,
            Part::Afternoon => 14,
            Part::Close => 17,
            Part::Evening => 18,
            Part::Night => 20,
        };
        hm(hour, 0).ok_or(Misread::NoSuchDate)
    }
}

impl ClockTime {
    /// The times it may be, likelier first. Hours of work are likelier than those of sleep.
    pub(super) fn candidates(self, part: Option<Part>) -> Vec<Candidate> {
        let (hour, minute) = match self {
            ClockTime::Sure(time) => return vec![on_the_day(time)],
            ClockTime::Midnight => {
                let midnight = Time::midnight();
                return vec![Candidate { time: midnight, days_on: 1 }, on_the_day(midnight)];
            }
            ClockTime::Bare { hour, minute } => (hour, minute),
        };
        let at = |hour: i8| Time::new(hour, minute, 0, 0).ok().map(on_the_day);
        let (am, pm) = (at(hour % 12), at(hour % 12 + 12));
        let times = match part {
            Some(Part::Morning) => [am, None],
            Some(Part::Night) if hour == 12 => [am.map(|c| Candidate { days_on: 1, ..c }), None],
            Some(_) => [pm, None],
            None if hour == 12 => [pm, None],
            None if hour < 7 => [pm, am],
            None => [am, pm],
        };
        times.into_iter().flatten().collect()
    }
}
