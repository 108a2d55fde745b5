use super::*;
use crate::nudges::{Came, Source};
use crate::when::Coming;
use jiff::civil::date;
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Somebody in Berlin who gets nudges at nine.
fn member() -> Member {
    Member::new("Europe/Berlin", Time::constant(9, 0, 0, 0), "en-GB", Timestamp::UNIX_EPOCH)
}

/// Tuesday 24 November 2026, 11:15 in Berlin.
const NOW: &str = "2026-11-24T10:15:00Z";

fn typed(what: &str, on: &str, before: &str) -> TypedDate {
    TypedDate { what: what.to_owned(), on: on.to_owned(), before: before.to_owned(), ..TypedDate::default() }
}

fn read(what: &str, on: &str, before: &str) -> Result<Read, Refusal> {
    typed(what, on, before).read(&member(), at(NOW), Id(1))
}

fn nudge(what: &str, on: &str, before: &str) -> Nudge {
    match read(what, on, before) {
        Ok(Read::Nudge(nudge)) => *nudge,
        other => panic!("{what} on {on:?} {before:?}: {other:?}"),
    }
}

/// When the nudge comes, its day and how it repeats.
fn comes(what: &str, on: &str, before: &str) -> (String, String, Option<String>) {
    let nudge = nudge(what, on, before);
    let repeat = nudge.repeat.map(|(cadence, _)| cadence.to_string());
    (nudge.coming.at.to_string(), nudge.occasion.unwrap().on.to_string(), repeat)
}

fn is(what: (&str, &str, Option<&str>)) -> (String, String, Option<String>) {
    (what.0.to_owned(), what.1.to_owned(), what.2.map(ToOwned::to_owned))
}

/// docs/nudges.md: yearly-date
#[test]
fn a_birthday_is_yearly_on_its_day_whatever_year_is_named() {
    let expected = is(("2027-05-12T07:00:00Z", "2027-05-12", Some("every year on 12 May")));
    for on in ["12 may", "may 12", "12 may 1980", "every 12 may", "1980-05-12"] {
        assert_eq!(comes("birthday", on, ""), expected, "{on}");
    }
    assert_eq!(comes("Her B-day", "12 may", "").2, expected.2);
    assert_eq!(comes("work anniversary", "12 may", "").2, expected.2);
    assert_eq!(comes("the fair", "every 12 may", "").2, expected.2);
    assert_eq!(comes("the fair", "12 may", "").2, None);
}

#[test]
fn today_counts_while_the_delivery_hour_is_ahead() {
    let early = |now: &str| match typed("birthday", "24 nov", "").read(&member(), at(now), Id(1)) {
        Ok(Read::Nudge(nudge)) => nudge.coming.at,
        other => panic!("{other:?}"),
    };
    assert_eq!(early("2026-11-24T07:00:00Z"), at("2026-11-24T08:00:00Z"));
    assert_eq!(early(NOW), at("2027-11-24T08:00:00Z"));
}

/// docs/nudges.md: single-date
#[test]
fn a_single_date_comes_two_days_before_or_as_named() {
    assert_eq!(comes("interview", "12 dec", ""), is(("2026-12-10T08:00:00Z", "2026-12-12", None)));
    for (before, on) in [
        ("1 week", "2026-12-05"),
        ("a week before", "2026-12-05"),
        ("3 days before", "2026-12-09"),
        ("3", "2026-12-09"),
        ("the day before", "2026-12-11"),
        ("day before", "2026-12-11"),
        ("on the day", "2026-12-12"),
        ("0", "2026-12-12"),
        ("2w", "2026-11-28"),
    ] {
        assert_eq!(comes("interview", "12 dec", before).0, format!("{on}T08:00:00Z"), "{before}");
    }
}

/// docs/nudges.md: single-date
#[test]
fn where_it_is_too_late_for_that_it_comes_as_early_as_there_is_time() {
    assert_eq!(comes("interview", "tomorrow at 3pm", "").0, "2026-11-25T08:00:00Z");
    assert_eq!(comes("interview", "tomorrow at 8am", "").0, "2026-11-25T07:00:00Z");
    assert_eq!(comes("interview", "today at 3pm", "").0, "2026-11-24T14:00:00Z");
    assert_eq!(comes("interview", "thursday", "1 week").0, "2026-11-25T08:00:00Z");
}

/// docs/nudges.md: leap-day
#[test]
fn before_a_yearly_date_reaches_across_the_new_year_and_leap_days() {
    let expected = is(("2026-12-25T08:00:00Z", "2027-01-01", Some("every year on 1 January")));
    assert_eq!(comes("birthday", "1 jan", "7 days"), expected);
    // It is a week before the end of November: this year's is over for a nudge, so next year's.
    assert_eq!(comes("birthday", "30 nov", "1 week").1, "2027-11-30");
    let leap = nudge("birthday", "29 feb", "2 days");
    let mut now = leap.coming.at;
    let mut all = vec![leap.coming.at.to_string()];
    for _ in 0..3 {
        let occasion = leap.occasion.unwrap();
        let hours = (member().hour, &member().zone());
        let next = Occasion::next(occasion.before, leap.repeat.unwrap(), now, hours).unwrap();
        now = next.0;
        all.push(now.to_string());
    }
    let days = ["2027-02-26", "2028-02-27", "2029-02-26", "2030-02-26"];
    assert_eq!(all, days.map(|day| format!("{day}T08:00:00Z")));
}

/// docs/nudges.md: quiet-day-date
#[test]
fn on_a_quiet_day_it_comes_on_the_last_other_day_before_and_once() {
    let weekends = Member { quiet_days: when::parse_quiet_days("weekends").unwrap(), ..member() };
    let planned = |on: &str, now: &str| match typed("birthday", on, "").read(&weekends, at(now), Id(1)) {
        Ok(Read::Nudge(nudge)) => *nudge,
        other => panic!("{other:?}"),
    };
    // Sunday, 6 December 2026.
    let nudge = planned("6 dec", NOW);
    assert_eq!(nudge.coming, Coming::held(at("2026-12-06T08:00:00Z"), at("2026-12-04T08:00:00Z")));
    let hold = weekends.hold(nudge.coming, nudge.by());
    assert_eq!(hold, Some(crate::members::Hold::BeforeQuietDay));
    let next = crate::nudges::due::next(&nudge, &weekends, nudge.coming.at).unwrap();
    assert_eq!((next.coming.at, next.occasion.unwrap().on), (at("2027-12-06T08:00:00Z"), date(2027, 12, 6)));
    // Said on Saturday, Friday is over.
    let late = planned("6 dec", "2026-12-05T10:00:00Z");
    assert_eq!(late.coming.at, at("2026-12-07T08:00:00Z"));
    // Once the days are quiet no more it comes on its day.
    let shift = crate::members::Shift::new(weekends.clone(), member(), at(NOW));
    assert_eq!(shift.coming(nudge.coming, nudge.by()), Coming::at(at("2026-12-06T08:00:00Z")));
    let back = crate::members::Shift::new(member(), weekends.clone(), at(NOW));
    assert_eq!(back.coming(Coming::at(at("2026-12-06T08:00:00Z")), nudge.by()), nudge.coming);
    // A pause over Friday keeps the rule.
    let pause = crate::members::Pause { from: at("2026-12-03T08:00:00Z"), until: at("2026-12-05T08:00:00Z") };
    let paused = Member { pause: Some(pause), ..weekends };
    assert_eq!(paused.coming_of_date(at("2026-12-06T08:00:00Z"), at(NOW)).at, at("2026-12-07T08:00:00Z"));
}

#[test]
fn what_is_no_date_is_refused_with_its_reason() {
    let refused = |what: &str, on: &str, before: &str| read(what, on, before).unwrap_err();
    assert!(matches!(refused("birthday", "31 february", ""), Refusal::On(_, Misread::NoSuchDate)));
    assert!(matches!(refused("interview", "31 february", ""), Refusal::On(_, Misread::NoSuchDate)));
    assert!(matches!(refused("interview", "yesterday", ""), Refusal::On(_, Misread::InThePast(_))));
    assert!(matches!(refused("interview", "1 jan 2101", ""), Refusal::On(_, Misread::TooFar)));
    assert!(matches!(refused("birthday", "soonish", ""), Refusal::On(_, Misread::NotUnderstood(_))));
    assert!(matches!(refused("", "12 may", ""), Refusal::NoAbout));
    for before in ["3 hours", "2 years", "soonish", "-1", "in the past"] {
        assert!(matches!(refused("birthday", "12 may", before), Refusal::Before(_)), "{before}");
    }
}

#[test]
fn what_it_is_says_whether_it_comes_every_year() {
    for yearly in ["birthday", "Grace's Birthday", "birth day", "bday", "wedding anniversary", "name day"] {
        assert!(is_yearly(yearly), "{yearly}");
    }
    for single in ["interview", "birthdays of others are no word of it", "start at Acme"] {
        assert!(!is_yearly(single), "{single}");
    }
}

proptest! {
    #[test]
    fn the_next_one_lies_ahead_and_so_many_days_before_its_day(
        second in 1_700_000_000_i64..2_500_000_000, month in 1i8..=12, day in 1i8..=28, before in 0u16..=365,
    ) {
        let now = Timestamp::from_second(second).unwrap();
        let zone = member().zone();
        let anchor = now.to_zoned_datetime(zone.clone()).date().yesterday().unwrap();
        let cadence: Cadence = Every::Yearly { month, day }.into();
        let (at, occasion) =
            Occasion::next(before, (cadence, anchor), now, (member().hour, &zone)).unwrap();
        prop_assert!(at > now);
        prop_assert!(at < now + jiff::SignedDuration::from_hours(24 * 367));
        prop_assert_eq!((occasion.on.month(), occasion.on.day()), (month, day));
        let came = at.to_zoned_datetime(zone).date();
        prop_assert_eq!((occasion.on - came).get_days(), i32::from(before));
    }
}

#[test]
fn what_one_could_write_fits_the_date_ahead_and_over_and_snoozed() {
    for (what, on, fits) in [
        ("birthday", "12 may", Some(["birthday", "birthday_after"])),
        ("work anniversary", "12 may", Some(["anniversary", "anniversary_after"])),
        ("interview at Acme", "12 may", Some(["date", "date_after"])),
        // A fair, a day of remembrance: nobody but the member knows what one says then.
        ("the day we met", "every 12 may", None),
    ] {
        let nudge = nudge(what, on, "");
        let openers = |nudge: &Nudge, now: Timestamp| {
            let because = because(nudge, &member(), now).unwrap();
            let came =
                Came { about: what.to_owned(), because, ..Came::new(Id(9), Source::Planned(nudge.id)) };
            (came.openers_of(), led_up_to(&came.because, &member()))
        };
        let (ahead, led_up_to) = openers(&nudge, nudge.coming.at);
        let (after, _) = openers(&nudge, at("2027-05-14T07:00:00Z"));
        assert_eq!(ahead.zip(after), fits.map(|[ahead, after]| (ahead, after)), "{what}");
        let snoozed = Nudge { repeat: None, of: Some(nudge.id), occasion: led_up_to, ..nudge.clone() };
        assert_eq!(openers(&snoozed, nudge.coming.at).0, ahead, "{what}");
    }
}
