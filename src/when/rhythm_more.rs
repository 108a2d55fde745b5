//! What follows a rhythm to say more of it: on which day, but not then, how often.

use super::{
    Every, Misread, Ordinals, Weekdays,
    grammar::Read,
    repeat::weekday_list,
    rhythm::{Core, core, of_month, yearly},
    vocabulary::{
        Token::{self, Count, Mark, Ordinal, Rhythm, Unit as U, Word},
        Unit,
    },
};

/// "every 2 weeks on friday", "monthly on the 15th", "yearly on 12 may"; "12 may every year", "fridays biweekly".
pub(super) fn on<'a>(core: &Core, tokens: &'a [Token]) -> Read<'a, Core> {
    if matches!(tokens, [Word("every"), ..] | [Rhythm(..), ..]) {
        return how_often(core, tokens);
    }
    let rest = match tokens {
        [Word("on"), Word("the"), rest @ ..]
        | [Word("on"), Count(1), rest @ ..]
        | [Word("on" | "the"), rest @ ..] => rest,
        [Word("starting" | "from"), Word("on"), rest @ ..] | [Word("starting" | "from"), rest @ ..] => {
            let Every::Weeks(weeks) = core.only()? else { return None };
            let (days, rest) = weekday_list(rest)?;
            return Some((Core::of(Every::Weekdays { days, weeks }), rest));
        }
        rest => rest,
    };
    match core.only()? {
        Every::Weeks(weeks) => {
            let (days, rest) = weekday_list(rest)?;
            Some((Core::of(Every::Weekdays { days, weeks }), rest))
        }
        Every::Months(months) => match (of_month(rest), rest) {
            (Some((Core { every: Ok(found) }, rest)), _) => {
                let every = found.into_iter().find(|every| every.in_months(0) != *every)?;
                Some((Core::of(every.in_months(months)), rest))
            }
            (None, [Word("last"), U(Unit::Day), rest @ ..]) => {
                Some((Core::of(Every::DayOfMonth { day: 31, months }), rest))
            }
            _ => None,
        },
        Every::Years(1) => yearly(rest),
        _ => None,
    }
}

/// "12 may every year", "last friday monthly", "fridays every 2 weeks".
fn how_often<'a>(of: &Core, tokens: &'a [Token]) -> Read<'a, Core> {
    let (again, rest) = core(tokens)?;
    let again = again.only()?;
    let every = of.every.as_ref().ok()?.iter().find_map(|every| match (*every, again) {
        (Every::Weekdays { days, weeks: 1 }, Every::Weeks(weeks)) => Some(Every::Weekdays { days, weeks }),
        (yearly @ Every::Yearly { .. }, Every::Years(1)) => Some(yearly),
        (every, Every::Months(months)) => Some(every.in_months(months)).filter(|it| it.in_months(0) != *it),
        _ => None,
    })?;
    Some((Core::of(every), rest))
}

/// "every weekday except friday", "every day but sundays".
pub(super) fn except<'a>(core: &Core, tokens: &'a [Token]) -> Read<'a, Core> {
    let [Word("except"), rest @ ..] = tokens else { return None };
    let rest = match rest {
        [Word("on" | "every"), Word("the"), rest @ ..] | [Word("on" | "every" | "the"), rest @ ..] => rest,
        rest => rest,
    };
    let (but, rest) = match rest {
        [U(Unit::Weekend), rest @ ..] => (Weekdays::END, rest),
        rest => weekday_list(rest)?,
    };
    let (days, weeks) = match core.only()? {
        Every::Days(1) => (Weekdays::ALL, 1),
        Every::Workdays => (Weekdays::WORK, 1),
        Every::Weekdays { days, weeks } => (days, weeks),
        _ => return None,
    };
    let days = days.without(but);
    let every = match (days, weeks) {
        (Weekdays::WORK, 1) => Every::Workdays,
        (days, weeks) => Every::Weekdays { days, weeks },
    };
    let every = if days.is_empty() { Err(Misread::NoSuchDate) } else { Ok(vec![every]) };
    Some((Core { every }, rest))
}

/// Two ordinals or more at the start: "1st and 15th", "first, second and third".
pub(super) fn ordinals(tokens: &[Token]) -> Read<'_, Ordinals> {
    let [Ordinal(first), rest @ ..] = tokens else { return None };
    let mut numbers = vec![i8::try_from(*first).ok()?];
    let mut rest = rest;
    loop {
        let next = match rest {
            [Mark(','), Word("and"), next @ ..] | [Mark(',' | '&' | '+' | '/'), next @ ..] => next,
            [Word("and"), next @ ..] => next,
            _ => break,
        };
        let next = match next {
            [Word("the"), next @ ..] => next,
            next => next,
        };
        let [Ordinal(number), next @ ..] = next else { break };
        numbers.push(i8::try_from(*number).ok()?);
        rest = next;
    }
    if numbers.len() < 2 { None } else { Some((Ordinals::of(&numbers)?, rest)) }
}
