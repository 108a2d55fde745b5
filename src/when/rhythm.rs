//! The grammar of rhythms, the time of day aside.

use jiff::civil::Weekday;

use super::{
    Every, Misread, Ordinals, Weekdays,
    day::Day,
    grammar::{Read, dated},
    repeat::weekday_list,
    rhythm_more::ordinals,
    span::halves,
    vocabulary::{
        Token::{
            self, Count, Mark, Month, Number, Ordinal, Rhythm, Unit as U, Weekday as D, Weekdays as DD, Word,
        },
        Unit,
    },
};

/// What repeats, likelier first; an error where it was understood and is not possible.
#[derive(Clone, Debug)]
pub(super) struct Core {
    pub every: Result<Vec<Every>, Misread>,
}

impl Core {
    pub(super) fn of(every: Every) -> Core {
        Core { every: Ok(vec![every]) }
    }

    fn either(likelier: Every, other: Every) -> Core {
        Core { every: Ok(vec![likelier, other]) }
    }

    pub(super) fn only(&self) -> Option<Every> {
        self.every.as_ref().ok().and_then(|every| every.first()).copied()
    }
}

/// A rhythm at the start of the tokens.
pub(super) fn core(tokens: &[Token]) -> Read<'_, Core> {
    let (every, rest) = match tokens {
        [Word("once"), Word("every" | "per"), rest @ ..] => (true, rest),
        [Word("once"), Count(1), rest @ ..] if matches!(rest, [U(_), ..]) => (true, rest),
        [Word("every"), Word("the"), rest @ ..] | [Word("every"), rest @ ..] => (true, rest),
        [Word("on"), Word("the"), rest @ ..] | [Word("on" | "the"), rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    adverb(rest)
        .or_else(|| times_per(tokens))
        .or_else(|| workdays(rest))
        .or_else(|| of_month(rest))
        .or_else(|| weekdays(rest, every))
        .or_else(|| interval(rest, every))
        .or_else(|| yearly(rest))
}

/// "quarterly", "half-yearly", "semi-annually".
fn adverb(tokens: &[Token]) -> Read<'_, Core> {
    match tokens {
        [Word("half"), Rhythm(1, Unit::Year), rest @ ..] => Some((Core::of(Every::Months(6)), rest)),
        // Every two of them or twice in one: dictionaries give both.
        [Rhythm(2, Unit::Month), rest @ ..] => Some((Core::either(Every::Months(2), Every::Days(15)), rest)),
        [Rhythm(2, Unit::Week), rest @ ..] => {
            let twice = Weekdays::of(&[Weekday::Monday, Weekday::Thursday]);
            Some((Core::either(Every::Weeks(2), Every::Weekdays { days: twice, weeks: 1 }), rest))
        }
        // "6-weekly"; "9 daily" is a time of day.
        [Number(n, _) | Count(n), Rhythm(1, unit), rest @ ..] if *unit != Unit::Day => {
            Some((Core { every: counted(i64::from(*n) * 2, *unit).map(|e| vec![e]) }, rest))
        }
        [Rhythm(n, unit), rest @ ..] => {
            Some((Core { every: counted(i64::from(*n) * 2, *unit).map(|e| vec![e]) }, rest))
        }
        _ => None,
    }
}

/// "twice a year", "3 times a month", "once per quarter".
fn times_per(tokens: &[Token]) -> Read<'_, Core> {
    let (times, rest) = match tokens {
        [Word("once"), rest @ ..] => (1, rest),
        [Word("twice"), rest @ ..] => (2, rest),
        [Word("thrice"), rest @ ..] => (3, rest),
        tokens => match halves(tokens)? {
            (halves, [Word("times"), rest @ ..]) if halves % 2 == 0 => (halves / 2, rest),
            _ => return None,
        },
    };
    let (unit, rest) = match rest {
        [Count(1) | Word("per" | "every") | Mark('/'), U(unit), rest @ ..] => (*unit, rest),
        [U(unit) | Rhythm(1, unit), rest @ ..] if !matches!(tokens, [Word("once"), ..]) => (*unit, rest),
        _ => return None,
    };
    let days = |n: i64| u16::try_from(n).map_err(|_| Misread::TooRare);
    let every = match (times, unit) {
        (0, _) => Err(Misread::TooRare),
        (1, unit) => counted(2, unit),
        (2, Unit::Week) => {
            Ok(Every::Weekdays { days: Weekdays::of(&[Weekday::Monday, Weekday::Thursday]), weeks: 1 })
        }
        (3, Unit::Week) => {
            let days = Weekdays::of(&[Weekday::Monday, Weekday::Wednesday, Weekday::Friday]);
            Ok(Every::Weekdays { days, weeks: 1 })
        }
        (5, Unit::Week) => Ok(Every::Workdays),
        (4..=6, Unit::Week) => Ok(Every::Days(1)),
        (7, Unit::Week) => Ok(Every::Days(1)),
        (n, Unit::Month) if n <= 30 => {
            days(30 / n).map(|n| if n % 7 <= 1 && n >= 7 { Every::Weeks(n / 7) } else { Every::Days(n) })
        }
        (n, Unit::Quarter) if n <= 90 => days(90 / n).map(|n| Every::Weeks((n / 7).max(1))),
        (n, Unit::Year) if 12 % n == 0 => days(12 / n).map(Every::Months),
        (n, Unit::Year) if n <= 52 => days(52 / n).map(Every::Weeks),
        (n, Unit::Year) if n <= 365 => days(365 / n).map(Every::Days),
        _ => Err(Misread::TooOften),
    };
    Some((Core { every: every.map(|every| vec![every]) }, rest))
}

fn workdays(tokens: &[Token]) -> Read<'_, Core> {
    match tokens {
        [U(Unit::Workday), rest @ ..] | [Word("working"), U(Unit::Day), rest @ ..] => {
            Some((Core::of(Every::Workdays), rest))
        }
        [U(Unit::Weekend), rest @ ..] => {
            let (both, first) = (Weekdays::END, Weekdays::of(&[Weekday::Saturday]));
            let of = |days| Every::Weekdays { days, weeks: 1 };
            Some((Core::either(of(first), of(both)), rest))
        }
        _ => None,
    }
}

/// "the 15th of every month", "last day of the month", "first monday of every quarter".
pub(super) fn of_month(tokens: &[Token]) -> Read<'_, Core> {
    let day = |day: i8, months: u16, rest| Some((Core::of(Every::DayOfMonth { day, months }), rest));
    match tokens {
        [Word("eom"), rest @ ..] | [U(Unit::Month), Word("end"), rest @ ..] => return day(31, 1, rest),
        [Word("end"), rest @ ..] | [Word("last"), U(Unit::Day), rest @ ..] => {
            let (months, rest) = months(rest)?;
            return day(31, months, rest);
        }
        [Word("start"), rest @ ..] => {
            let (months, rest) = months(rest)?;
            return day(1, months, rest);
        }
        [Word("mid"), rest @ ..] => {
            let (months, rest) = months(rest)?;
            return day(15, months, rest);
        }
        _ => {}
    }
    if let Some((some, rest)) = ordinals(tokens) {
        return of_months(some, rest);
    }
    let (nth, rest) = match tokens {
        [Ordinal(n @ 1..=31), rest @ ..] => (i8::try_from(*n).ok()?, rest),
        [Word("last"), rest @ ..] => (-1, rest),
        _ => return None,
    };
    if let [D(weekday), rest @ ..] = rest {
        let of = |months| Every::NthWeekday { nth, weekday: *weekday, months };
        if let Some((months, rest)) = months(rest) {
            return Some((
                Core { every: if nth <= 5 { Ok(vec![of(months)]) } else { Err(Misread::NoSuchDate) } },
                rest,
            ));
        }
        let weekly = |weeks| Every::Weekdays { days: Weekdays::of(&[*weekday]), weeks };
        return match nth {
            -1 | 1 => Some((Core::of(of(1)), rest)),
            2 => Some((Core::either(weekly(2), of(1)), rest)),
            3..=5 => Some((Core::either(of(1), weekly(u16::try_from(nth).ok()?)), rest)),
            _ => None,
        };
    }
    if let [Word("working"), U(Unit::Day), rest @ ..] | [U(Unit::Workday), rest @ ..] = rest {
        let (months, rest) = months(rest)?;
        return Some((Core::of(Every::NthWorkday { nth, months }), rest));
    }
    if nth < 1
        || matches!(rest, [U(_) | Month(_), ..] | [Word("of"), Month(_), ..])
            && !matches!(rest, [U(Unit::Day), ..])
    {
        return None;
    }
    let rest = match rest {
        [U(Unit::Day), rest @ ..] if matches!(rest, [Word("of"), ..]) => rest,
        [U(Unit::Day), ..] => return None,
        rest => rest,
    };
    match months(rest) {
        Some((months, rest)) => day(nth, months, rest),
        None => day(nth, 1, rest),
    }
}

/// "1st and 15th of the month", "second and fourth tuesday".
fn of_months(some: Ordinals, tokens: &[Token]) -> Read<'_, Core> {
    if let [D(weekday) | DD(weekday), rest @ ..] = tokens {
        let (months, rest) = months(rest).unwrap_or((1, rest));
        return Some((Core::of(Every::NthWeekdays { nths: some, weekday: *weekday, months }), rest));
    }
    let (months, rest) = match tokens {
        [U(Unit::Day), rest @ ..] => months(rest)?,
        rest => months(rest).unwrap_or((1, rest)),
    };
    Some((Core::of(Every::DaysOfMonth { days: some, months }), rest))
}

/// "of the month", "of every other month", "of each quarter": how many months apart.
fn months(tokens: &[Token]) -> Read<'_, u16> {
    let rest = match tokens {
        [Word("of" | "in"), rest @ ..] => rest,
        [Word("every"), ..] | [U(Unit::Month | Unit::Quarter), ..] => tokens,
        _ => return None,
    };
    let rest = match rest {
        [Word("every" | "the"), rest @ ..] | [Count(1), rest @ ..] => rest,
        rest => rest,
    };
    let (n, unit, rest) = match rest {
        [Word("other"), U(unit), rest @ ..] => (2, unit, rest),
        [Number(n, _) | Ordinal(n) | Count(n), U(unit), rest @ ..] => (*n, unit, rest),
        [U(unit), rest @ ..] => (1, unit, rest),
        _ => return None,
    };
    let n = u16::try_from(n).ok().filter(|n| (1..1_000).contains(n))?;
    match unit {
        Unit::Month => Some((n, rest)),
        // Which month of the quarter would be a guess.
        _ => None,
    }
}

/// "every monday and thursday", "fridays", "every other friday", "every 3 weeks on friday" (see [`on`]).
fn weekdays(tokens: &[Token], every: bool) -> Read<'_, Core> {
    let (weeks, rest) = match tokens {
        [Word("other"), rest @ ..] => (2, rest),
        [Number(n, _) | Count(n), rest @ ..] if every => (u16::try_from(*n).ok()?, rest),
        rest => (1, rest),
    };
    if !every && weeks == 1 && !matches!(rest, [D(_) | DD(_), ..]) {
        return None;
    }
    let (days, rest) = weekday_list(rest)?;
    let every = if weeks == 0 { Err(Misread::TooOften) } else { Ok(vec![Every::Weekdays { days, weeks }]) };
    let every = every.map(|mut list| {
        if days == Weekdays::WORK && weeks == 1 {
            list = vec![Every::Workdays];
        }
        list
    });
    Some((Core { every }, rest))
}

/// "every 6 weeks", "every other month", "6 weeks", "every year".
fn interval(tokens: &[Token], every: bool) -> Read<'_, Core> {
    let (halves, rest) = match tokens {
        [U(_), ..] if every => (2, tokens),
        [Word("other"), rest @ ..] => (4, rest),
        [Ordinal(n), rest @ ..] if every && matches!(rest, [U(_), ..]) => (i64::from(*n) * 2, rest),
        [Word("few"), rest @ ..] => (6, rest),
        tokens => halves(tokens)?,
    };
    let (unit, rest) = match rest {
        [U(unit), rest @ ..] => (*unit, rest),
        _ => return None,
    };
    Some((Core { every: counted(halves, unit).map(|every| vec![every]) }, rest))
}

/// So many halves of a unit as an interval.
fn counted(halves: i64, unit: Unit) -> Result<Every, Misread> {
    if halves < 1 {
        return Err(Misread::TooOften);
    }
    let whole = halves % 2 == 0;
    let n = |n: i64| u16::try_from(n).map_err(|_| Misread::TooRare);
    match unit {
        Unit::Second | Unit::Minute => Err(Misread::TooOften),
        Unit::Hour if halves % 48 == 0 => n(halves / 48).map(Every::Days),
        Unit::Hour | Unit::Day if !whole || unit == Unit::Hour => Err(Misread::TooOften),
        Unit::Hour | Unit::Day => n(halves / 2).map(Every::Days),
        Unit::Workday if halves == 2 => Ok(Every::Workdays),
        Unit::Workday | Unit::Weekend => Err(Misread::NoSuchDate),
        Unit::Week if whole => n(halves / 2).map(Every::Weeks),
        Unit::Week => n(halves * 7 / 2 + 1).map(Every::Days),
        Unit::Fortnight => n(halves).map(Every::Weeks),
        Unit::Month | Unit::Em if whole => n(halves / 2).map(Every::Months),
        Unit::Month | Unit::Em => n(halves * 15).map(Every::Days),
        Unit::Quarter if whole => n(halves / 2 * 3).map(Every::Months),
        Unit::Quarter => n(halves * 45).map(Every::Days),
        Unit::Year if whole => n(halves / 2).map(Every::Years),
        Unit::Year => n(halves * 6).map(Every::Months),
        Unit::Decade => n(halves * 5).map(Every::Years),
    }
}

/// "12 may", "may 12", "every january".
pub(super) fn yearly(tokens: &[Token]) -> Read<'_, Core> {
    match dated(tokens) {
        Some((Day::Date { year: None, month, day }, rest)) => {
            Some((Core::of(Every::Yearly { month, day }), rest))
        }
        _ => match tokens {
            [Month(month), rest @ ..] => Some((Core::of(Every::Yearly { month: *month, day: 1 }), rest)),
            _ => None,
        },
    }
}
