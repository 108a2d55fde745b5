//! Reading rhythms: "every 6 weeks", "quarterly", "every other friday at 4pm", "the first monday of the month".

use jiff::civil::{Time, Weekday};

use super::{
    Asker, Cadence, CadenceReading, Every, Misread, Weekdays,
    clock_time::{ClockTime, Part, clock_time, part},
    grammar::Read,
    idioms::of_rhythm,
    rhythm::{Core, core},
    rhythm_more::{except, on},
    vocabulary::Token::{self, Mark, Word},
    words::{not_understood, tokens},
};

/// Reads a rhythm. A time of day that is named stays with the rhythm.
///
/// # Errors
/// Says what is wrong with the phrase: see [`Misread`]. Rhythms of less than a day are [`Misread::TooOften`], of more
/// than ten years [`Misread::TooRare`].
pub fn repeat(phrase: &str, asker: &Asker) -> Result<CadenceReading, Misread> {
    let mut tokens = tokens(phrase)?;
    if let ([Token::Unit(_)], 3..) = (tokens.as_slice(), phrase.trim().len()) {
        tokens.insert(0, Word("every"));
    }
    let mut cadences = Vec::new();
    for tokens in of_rhythm(&tokens) {
        let said = Said::parse(&tokens).ok_or_else(|| not_understood(phrase))?;
        for every in said.every? {
            for at in said.time.times(said.part, asker)? {
                cadences.push(Cadence { every, at }.checked());
            }
        }
    }
    let mut cadences = cadences.into_iter();
    let cadence = cadences.next().unwrap_or_else(|| Err(not_understood(phrase)))?;
    let others = cadences.flatten().filter(|other| *other != cadence).map(|other| (other, other.to_string()));
    let others = others.collect();
    let first = cadence.first_after(asker.now, asker.hour, &asker.zone)?;
    Ok(CadenceReading { cadence, reading: cadence.to_string(), first, others })
}

/// The pieces of a phrase: rhythms, likelier first, and the time of day.
struct Said {
    every: Result<Vec<Every>, Misread>,
    part: Option<Part>,
    time: Timed,
}

struct Timed(Option<ClockTime>);

impl Timed {
    fn times(&self, part: Option<Part>, asker: &Asker) -> Result<Vec<Option<Time>>, Misread> {
        match (self.0, part) {
            (None, None) => Ok(vec![None]),
            (None, Some(part)) => Ok(vec![Some(part.time(asker)?)]),
            (Some(ClockTime::Midnight), _) => Ok(vec![Some(Time::midnight())]),
            (Some(time), part) => {
                let candidates = time.candidates(part);
                let riddle = matches!(time, ClockTime::Bare { hour: ..7, .. });
                Ok(candidates.iter().take(if riddle { 2 } else { 1 }).map(|c| Some(c.time)).collect())
            }
        }
    }
}

impl Said {
    fn parse(tokens: &[Token]) -> Option<Said> {
        let mut found: Option<Core> = None;
        let (mut said_part, mut said_time) = (None, None);
        let mut rest = tokens;
        while !rest.is_empty() {
            if let [Mark(','), after @ ..] | [Word("repeat" | "about"), after @ ..] = rest {
                rest = after;
            } else if let Some((every_part, after)) = each_part(rest).filter(|_| found.is_none()) {
                found = Some(Core::of(Every::Days(1)));
                said_part = Some(every_part);
                rest = after;
            } else if let Some((less, after)) = found.as_ref().and_then(|core| except(core, rest)) {
                found = Some(less);
                rest = after;
            } else if let Some((more, after)) = found.as_ref().and_then(|core| on(core, rest)) {
                found = Some(more);
                rest = after;
            } else if let Some((core, after)) = core(rest).filter(|_| found.is_none()) {
                found = Some(core);
                rest = after;
            } else if let Some((part, after)) = part(rest).filter(|_| said_part.is_none()) {
                said_part = Some(part);
                rest = after;
            } else {
                let (time, after) = clock_time(rest, found.is_some())?;
                if said_time.replace(time).is_some() {
                    return None;
                }
                rest = after;
            }
        }
        Some(Said { every: found?.every, part: said_part, time: Timed(said_time) })
    }
}

/// "every morning".
fn each_part(tokens: &[Token]) -> Read<'_, Part> {
    match tokens {
        [Word("every"), rest @ ..] => part(rest),
        _ => None,
    }
}

/// A list of weekdays at the start: "monday", "mon, wed and fri", "monday to friday".
pub(super) fn weekday_list(tokens: &[Token]) -> Read<'_, Weekdays> {
    let one = |tokens: &[Token]| match tokens {
        [Token::Weekday(day) | Token::Weekdays(day), ..] => Some(*day),
        _ => None,
    };
    let first = one(tokens)?;
    if let [_, Word("to") | Mark('-'), rest @ ..] = tokens
        && let Some(last) = one(rest)
    {
        let mut days = vec![first];
        let mut day: Weekday = first;
        while day != last {
            day = day.next();
            days.push(day);
        }
        return Some((Weekdays::of(&days), rest.get(1..)?));
    }
    let mut days = vec![first];
    let mut rest = tokens.get(1..)?;
    loop {
        let next = match rest {
            [Mark(','), Word("and"), next @ ..]
            | [Mark(',' | '/' | '&' | '+'), next @ ..]
            | [Word("and"), next @ ..] => next,
            next => next,
        };
        let next = match next {
            [Word("every" | "on"), after @ ..] => after,
            next => next,
        };
        let Some(day) = one(next) else { break };
        days.push(day);
        rest = next.get(1..)?;
    }
    Some((Weekdays::of(&days), rest))
}
