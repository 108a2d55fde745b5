//! Reading one moment, ahead or past.

use jiff::{
    SignedDuration, Timestamp, ToSpan, ZonedDateTime,
    civil::{Date, DateTime, Time},
};

use super::{
    Asker, Misread, Reading,
    cadence::plus,
    clock_time::{Candidate, ClockTime, Part, clock_time, part},
    day::{Dates, Day, Toward},
    grammar::{Piece, View, piece},
    idioms::of_moment,
    moment::{self, in_full},
    span::Length,
    vocabulary::{
        Token::{self, Mark, Number, Unit as U, Word},
        Unit,
    },
    words::{is_word, not_understood, tokens},
    zone,
};

/// The last year that is understood.
const LAST_YEAR: i16 = 2100;
/// The first year that is understood.
const FIRST_YEAR: i16 = 1900;
/// How many other readings are told.
const MAX_OTHERS: usize = 3;
/// "3m" is three minutes or three months; nobody means more months than this.
const MAX_SHORT_MONTHS: u32 = 12;

/// Reads a moment to come: "in 2 weeks", "tomorrow 9am", "next friday", "1 jan 2027". The result lies after `asker.now`.
///
/// # Errors
/// Says what is wrong with the phrase: see [`Misread`].
pub fn once(phrase: &str, asker: &Asker) -> Result<Reading, Misread> {
    read(phrase, asker, Toward::Future)
}

/// Reads a moment past, for what happened: "yesterday", "last friday", "3 weeks ago"; "on monday" is the last one. A day
/// without a time is its noon, today is now. The result does not lie after `asker.now`.
///
/// # Errors
/// Says what is wrong with the phrase: see [`Misread`].
pub fn past(phrase: &str, asker: &Asker) -> Result<Reading, Misread> {
    read(phrase, asker, Toward::Past)
}

/// Whether a phrase is a length of hours or minutes from now ("in 20 minutes", "2h"), not a day or a time of day.
#[must_use]
pub fn is_span(phrase: &str) -> bool {
    let view = View { toward: Toward::Future, em: Unit::Minute };
    tokens(phrase).is_ok_and(|it| Said::parse(&it, view).is_some_and(|said| said.exact.is_some()))
}

fn read(phrase: &str, asker: &Asker, toward: Toward) -> Result<Reading, Misread> {
    if let Some(at) = machine_written(phrase, asker) {
        return pick(vec![at], asker, toward);
    }
    if let Some((there, without)) = elsewhere(phrase, asker) {
        let moments = said(&without, &there, toward).map_err(|misread| match misread {
            Misread::NotUnderstood(_) => not_understood(phrase),
            other => other,
        })?;
        let here = moments.into_iter().map(|at| at.timestamp().to_zoned_datetime(asker.zone.clone()));
        return pick(here.collect(), asker, toward);
    }
    pick(said(phrase, asker, toward)?, asker, toward)
}

/// The moments that a phrase may mean, likelier first.
fn said(phrase: &str, asker: &Asker, toward: Toward) -> Result<Vec<ZonedDateTime>, Misread> {
    let mut tokens = tokens(phrase)?;
    // "week" alone is said for "in a week".
    if let ([U(_)], 3..) = (tokens.as_slice(), phrase.trim().len()) {
        tokens.insert(0, Token::Count(1));
    }
    let minutes = View { toward, em: Unit::Minute };
    let months = |pair: &[Token]| matches!(pair, [Number(1..=MAX_SHORT_MONTHS, _), U(Unit::Em)]);
    let mut moments = Vec::new();
    for tokens in of_moment(&tokens) {
        let said = Said::parse(&tokens, minutes).ok_or_else(|| not_understood(phrase))?;
        moments.extend(said.moments(asker, toward)?);
        if tokens.windows(2).any(months)
            && let Some(said) = Said::parse(&tokens, View { toward, em: Unit::Month })
        {
            moments.extend(said.moments(asker, toward)?);
        }
    }
    Ok(moments)
}

/// Where a time of day is followed by a zone's short name ("9am EST", "14:00 UTC+2"): the asker as if they were there,
/// and the phrase without it.
fn elsewhere(phrase: &str, asker: &Asker) -> Option<(Asker, String)> {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let is_time = |word: &str| {
        let word = word.to_ascii_lowercase();
        let clock = word.contains(':') || word.ends_with("am") || word.ends_with("pm");
        clock && word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'a' | 'p'))
    };
    for (at, pair) in words.windows(2).enumerate() {
        let [time, name] = pair else { continue };
        let short = name.trim_end_matches([',', '.']);
        let letters = short.split(['+', '-']).next().unwrap_or_default();
        if is_time(time)
            && (2..=4).contains(&letters.len())
            && letters.chars().all(|c| c.is_ascii_alphabetic())
            && !is_word(letters)
            && let Ok(found) = zone::find(short)
        {
            let rest = words.iter().enumerate().filter(|(index, _)| *index != at + 1).map(|(_, word)| *word);
            return Some((Asker { zone: found.zone, ..asker.clone() }, rest.collect::<Vec<_>>().join(" ")));
        }
    }
    None
}

/// What programs write: RFC 3339, ISO 8601, Discord's `<t:…>`.
fn machine_written(phrase: &str, asker: &Asker) -> Option<ZonedDateTime> {
    let phrase = phrase.trim();
    if let Some(inner) = phrase.strip_prefix("<t:").and_then(|rest| rest.strip_suffix('>')) {
        let seconds = inner.split(':').next()?.parse().ok()?;
        return Some(Timestamp::from_second(seconds).ok()?.to_zoned_datetime(asker.zone.clone()));
    }
    if let Ok(at) = phrase.parse::<Timestamp>() {
        return Some(at.to_zoned_datetime(asker.zone.clone()));
    }
    // Only with a time: a date alone is at the delivery hour.
    if !phrase.contains(['T', 't', ' ']) || !phrase.is_ascii() {
        return None;
    }
    phrase.parse::<DateTime>().ok()?.to_zoned_datetime(asker.zone.clone()).ok()
}

/// The moments that lie the right way and within bounds, the first as the reading and the rest as other ones.
fn pick(moments: Vec<ZonedDateTime>, asker: &Asker, toward: Toward) -> Result<Reading, Misread> {
    let right = |at: &ZonedDateTime| (at.timestamp() > asker.now) == (toward == Toward::Future);
    let first = moments.first().cloned().ok_or(Misread::NoSuchDate)?;
    let mut kept: Vec<ZonedDateTime> = Vec::new();
    for at in moments {
        if right(&at) && (FIRST_YEAR..=LAST_YEAR).contains(&at.year()) && !kept.contains(&at) {
            kept.push(at);
        }
    }
    let mut kept = kept.into_iter();
    let Some(at) = kept.next() else {
        return Err(match toward {
            _ if !(FIRST_YEAR..=LAST_YEAR).contains(&first.year()) => Misread::TooFar,
            Toward::Future => Misread::InThePast(first),
            Toward::Past => Misread::InTheFuture(first),
        });
    };
    let others = kept
        .take(MAX_OTHERS)
        .map(|at| {
            let words = in_full(&at);
            (at, words)
        })
        .collect();
    Ok(Reading { reading: in_full(&at), at, others })
}

/// The pieces of a phrase.
#[derive(Debug, Default)]
struct Said {
    day: Option<Day>,
    exact: Option<(Length, bool)>,
    part: Option<Part>,
    time: Option<ClockTime>,
    now: bool,
    /// At the time of day that it is now: "this time tomorrow".
    same: bool,
}

impl Said {
    /// Takes the tokens apart; `None` where one is left over.
    fn parse(tokens: &[Token], view: View) -> Option<Said> {
        let mut said = Said::default();
        let mut rest = tokens;
        while !rest.is_empty() {
            rest = match rest {
                [Mark(','), after @ ..] if rest.len() < tokens.len() => after,
                [Word("just" | "about"), after @ ..] if !after.is_empty() => after,
                [Word("now"), after @ ..] => {
                    said.now = true;
                    after
                }
                [Word("same"), after @ ..] if !said.same => {
                    said.same = true;
                    after
                }
                _ => said.take(rest, view)?,
            };
        }
        let something = said.now
            || said.day.is_some()
            || said.exact.is_some()
            || said.part.is_some()
            || said.time.is_some();
        let timed = said.time.is_some() || said.part.is_some();
        let clash = (said.exact.is_some() || said.now) && (said.day.is_some() || timed || said.same)
            || said.same && timed;
        (something && !clash).then_some(said)
    }

    /// Takes one piece from the start of the tokens.
    fn take<'a>(&mut self, tokens: &'a [Token], view: View) -> Option<&'a [Token]> {
        // "tonight", "this evening" and "last night" name a day and a part of it.
        let (day, rest) = match tokens {
            [Word("tonight"), rest @ ..] => (Some((0, Part::Night)), rest),
            [Word("this"), rest @ ..] => {
                (part(rest).map(|(part, _)| (0, part)), rest.get(1..).unwrap_or_default())
            }
            [Word("last"), Word("night"), rest @ ..] => (Some((-1, Part::Night)), rest),
            rest => (None, rest),
        };
        if let Some((days, part)) = day {
            if self.part.replace(part).is_some()
                || self.day.as_ref().is_some_and(|day| *day != Day::Today(days))
            {
                return None;
            }
            self.day = Some(Day::Today(days));
            return Some(rest);
        }
        if self.part.is_none()
            && let Some((part, rest)) = part(tokens)
        {
            self.part = Some(part);
            return Some(rest);
        }
        // "17h30" is no length, "17h" is.
        let french = matches!(tokens, [Number(..), U(Unit::Hour), Number(_, 2), rest @ ..] if !matches!(rest, [U(_), ..]));
        if (self.day.is_some() || french)
            && self.time.is_none()
            && let Some((time, rest)) = clock_time(tokens, true)
        {
            self.time = Some(time);
            return Some(rest);
        }
        match piece(tokens, view) {
            Some((Piece::Day(day), rest)) if self.exact.is_none() => {
                self.day = Some(joined(self.day.take(), day)?);
                return Some(rest);
            }
            Some((Piece::Exact { by, back }, rest)) if self.exact.is_none() && self.day.is_none() => {
                self.exact = Some((by, back));
                return Some(rest);
            }
            _ => {}
        }
        let (time, rest) = clock_time(tokens, self.day.is_some())?;
        if self.time.replace(time).is_some() { None } else { Some(rest) }
    }

    fn moments(&self, asker: &Asker, toward: Toward) -> Result<Vec<ZonedDateTime>, Misread> {
        let here = asker.here();
        if self.now {
            return Ok(vec![here]);
        }
        if let Some((by, back)) = self.exact {
            let span = by.span().ok_or(Misread::TooFar)?;
            let at = if back { here.checked_sub(span) } else { here.checked_add(span) };
            return Ok(vec![at.map_err(|_| Misread::TooFar)?]);
        }
        let timed = self.time.is_some() || self.part.is_some() || self.same;
        let dates = match &self.day {
            Some(day) => day.dates(here.date(), toward, timed, asker.day_first)?,
            // A time alone is the next one (or the last).
            None => {
                let step = if toward == Toward::Future { 1 } else { -1 };
                Dates::Row(vec![
                    here.date(),
                    plus(here.date(), Ok(step.days()))?,
                    plus(here.date(), Ok((2 * step).days()))?,
                ])
            }
        };
        let mut times = self.times(asker, &here, toward)?;
        if self.day.is_none() && self.time == Some(ClockTime::Midnight) {
            times.truncate(1);
        }
        combine(&dates, &times, asker, toward, toward == Toward::Past && !timed)
    }

    /// The times of day it may be, likelier first.
    fn times(&self, asker: &Asker, here: &ZonedDateTime, toward: Toward) -> Result<Vec<Candidate>, Misread> {
        let only = |time: Time| Ok(vec![Candidate { time, days_on: 0 }]);
        let today = self.day == Some(Day::Today(0));
        if self.same {
            return only(here.time().with().second(0).subsec_nanosecond(0).build().unwrap_or(here.time()));
        }
        if let Some(time) = self.time {
            let mut times = time.candidates(self.part);
            // "today at 9" in the afternoon can only be nine in the evening; a plain "tomorrow at 9" is no riddle.
            let open = today
                || self.day.is_none()
                || matches!(time, ClockTime::Bare { hour: ..7, .. } | ClockTime::Midnight);
            if !open {
                times.truncate(1);
            }
            return Ok(times);
        }
        match self.part {
            Some(part) => {
                let time = part.time(asker)?;
                // "tonight", said at nine in the evening, is later that evening.
                if today && part != Part::Morning && toward == Toward::Future && here.time() >= time {
                    return only(next_hour(here.time()).unwrap_or(time));
                }
                if today && toward == Toward::Past && here.time() < time {
                    return only(here.time());
                }
                only(time)
            }
            None if toward == Toward::Past && today => only(here.time()),
            None if toward == Toward::Past => only(Time::constant(12, 0, 0, 0)),
            None if today && here.time() >= asker.hour => only(next_hour(here.time()).unwrap_or(asker.hour)),
            None => only(asker.hour),
        }
    }
}

/// A second day beside the first: "friday" and "27 november", "next week" and "monday".
fn joined(before: Option<Day>, day: Day) -> Option<Day> {
    use super::day::{Period, Place, Which};
    match (before, day) {
        (None, day) => Some(day),
        (
            Some(Day::Weekday { weekday, which: Which::Bare }),
            date @ (Day::Date { .. } | Day::Slashed { .. } | Day::OfMonth { .. }),
        ) => Some(Day::Checked { weekday, date: Box::new(date) }),
        (Some(date @ Day::Date { .. }), Day::Weekday { weekday, which: Which::Bare }) => {
            Some(Day::Checked { weekday, date: Box::new(date) })
        }
        (
            Some(Day::Place { place: Place::Whole, of: Period::Week(weeks) }),
            Day::Weekday { weekday, which: Which::Bare },
        ) => Some(Day::InWeek { weekday, weeks }),
        (Some(Day::Place { place: Place::Whole, of }), Day::OfMonth { day, of: None }) => {
            Some(Day::OfMonth { day, of: Some(of) })
        }
        (Some(Day::Place { place: Place::Whole, of: Period::Year(years) }), day)
        | (Some(day), Day::Place { place: Place::Whole, of: Period::Year(years) })
            if day.has_no_year() =>
        {
            Some(Day::InYear { day: Box::new(day), years })
        }
        (Some(Day::Today(days)), Day::Today(same)) if days == same => Some(Day::Today(days)),
        _ => None,
    }
}

/// A whole hour at least an hour on, if the day has one.
fn next_hour(time: Time) -> Option<Time> {
    let later = time.checked_add(SignedDuration::from_mins(119)).ok()?;
    Time::new(later.hour(), 0, 0, 0).ok()
}

/// Days and times put together, likelier first. `till_now`: today is no later than now, whatever its time.
fn combine(
    dates: &Dates,
    times: &[Candidate],
    asker: &Asker,
    toward: Toward,
    till_now: bool,
) -> Result<Vec<ZonedDateTime>, Misread> {
    let here = asker.here();
    let at = |date: Date, candidate: &Candidate| -> Result<ZonedDateTime, Misread> {
        let at = moment::at(plus(date, Ok(candidate.days_on.days()))?, candidate.time, &asker.zone)?;
        Ok(if till_now && date == here.date() && at > here { here.clone() } else { at })
    };
    let mut moments = Vec::new();
    match dates {
        Dates::Row(row) => {
            for candidate in times {
                let all = row.iter().map(|date| at(*date, candidate)).collect::<Result<Vec<_>, _>>()?;
                let right = |at: &&ZonedDateTime| (at.timestamp() > asker.now) == (toward == Toward::Future);
                moments.extend(all.iter().find(right).or(all.first()).cloned());
            }
        }
        Dates::Readings(readings) => {
            if let Some(likelier) = times.first() {
                for date in readings {
                    moments.push(at(*date, likelier)?);
                }
            }
            if let Some(date) = readings.first() {
                for candidate in times.iter().skip(1) {
                    moments.push(at(*date, candidate)?);
                }
            }
        }
    }
    Ok(moments)
}
