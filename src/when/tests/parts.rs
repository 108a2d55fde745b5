//! Zones, hours, quiet hours, suggestions and what `kith when` prints.

use jiff::civil::{Date, date};

use super::*;

#[test]
fn delivery_hours_are_read() {
    for (text, expected) in [
        ("9", (9, 0)),
        ("9am", (9, 0)),
        ("08:30", (8, 30)),
        ("8.30", (8, 30)),
        ("21", (21, 0)),
        ("7 pm", (19, 0)),
        ("noon", (12, 0)),
        ("midnight", (0, 0)),
        ("0:00", (0, 0)),
        ("0800", (8, 0)),
        ("12am", (0, 0)),
        ("half past 8", (8, 30)),
        ("17h30", (17, 30)),
    ] {
        assert_eq!(parse_hour(text), Ok(time(expected.0, expected.1, 0, 0)), "{text}");
    }
    for text in ["", "25", "9:75", "13am", "friday", "9 10", "in 2 hours", "-1"] {
        assert!(parse_hour(text).is_err(), "{text}");
    }
}

/// docs/nudges.md: way-through
#[test]
fn quiet_hours_are_read_and_leave_an_hour() {
    for (text, expected) in [
        ("22:00-07:00", "22:00-07:00"),
        ("10pm to 7am", "22:00-07:00"),
        ("10pm-7am", "22:00-07:00"),
        ("22-7", "22:00-07:00"),
        ("from 22 until 7", "22:00-07:00"),
        ("22:00 – 07:30", "22:00-07:30"),
        ("13:00 to 14:00", "13:00-14:00"),
        ("midnight to 6", "00:00-06:00"),
        ("9pm - 8am", "21:00-08:00"),
    ] {
        let read = QuietHours::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(read.unwrap().to_string(), expected, "{text}");
    }
    assert_eq!(QuietHours::parse(" OFF "), Ok(None));
    for text in ["9-9", "00:00-23:30", "8:00-7:30"] {
        assert_eq!(QuietHours::parse(text), Err(NotQuietHours::NoHourLeft), "{text}");
    }
    for text in ["", "22:00", "night", "22-7-9", "25-7"] {
        assert!(matches!(QuietHours::parse(text), Err(NotQuietHours::NotUnderstood(_))), "{text}");
    }
}

/// docs/nudges.md: quiet-hours
#[test]
fn quiet_hours_hold_until_they_end() {
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    let quiet = QuietHours::parse("22:00-07:00").unwrap();
    let held = |at: &str| hold(at.parse().unwrap(), &berlin, quiet.as_ref()).to_string();
    assert_eq!(held("2026-11-24T20:59:00Z"), "2026-11-24T20:59:00Z");
    assert_eq!(held("2026-11-24T21:00:00Z"), "2026-11-25T06:00:00Z");
    assert_eq!(held("2026-11-25T05:59:00Z"), "2026-11-25T06:00:00Z");
    assert_eq!(held("2026-11-25T06:00:00Z"), "2026-11-25T06:00:00Z");
    // The night in which summer time begins is an hour shorter.
    assert_eq!(held("2027-03-27T22:00:00Z"), "2027-03-28T05:00:00Z");
    assert_eq!(
        hold("2026-11-24T23:00:00Z".parse().unwrap(), &berlin, None).to_string(),
        "2026-11-24T23:00:00Z"
    );
}

#[test]
fn zones_are_found_by_what_people_call_them() {
    for (text, expected) in [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("Köln", "Europe/Berlin"),
        ("munich", "Europe/Berlin"),
        ("sao paulo", "America/Sao_Paulo"),
        ("São Paulo", "America/Sao_Paulo"),
        ("New York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("nyc", "America/New_York"),
        ("Germany", "Europe/Berlin"),
        ("japan", "Asia/Tokyo"),
        ("UK", "Europe/London"),
        ("Bangalore", "Asia/Kolkata"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("US/Eastern", "America/New_York"),
        ("CET", "Europe/Berlin"),
        ("pst", "America/Los_Angeles"),
        ("utc", "UTC"),
        ("GMT", "UTC"),
        ("UTC+2", "Etc/GMT-2"),
        ("utc -5", "Etc/GMT+5"),
        ("gmt+05:00", "Etc/GMT-5"),
        ("+0300", "Etc/GMT-3"),
        ("UTC+0", "UTC"),
        ("Kiev", "Europe/Kyiv"),
        ("Łódź", "Europe/Warsaw"),
        ("Zürich", "Europe/Zurich"),
        ("ho chi minh", "Asia/Ho_Chi_Minh"),
        ("Singapore", "Asia/Singapore"),
        ("Mexico City", "America/Mexico_City"),
        ("San Francisco", "America/Los_Angeles"),
    ] {
        let found = zone::find(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        assert_eq!(found.name, expected, "{text}");
        assert_eq!(TimeZone::get(&found.name).unwrap(), found.zone);
    }
    let miss = zone::find("Berlon").unwrap_err();
    assert_eq!(miss.nearest.first().map(String::as_str), Some("Europe/Berlin"));
    assert!(zone::find("brazil").unwrap_err().nearest.contains(&"America/Sao_Paulo".to_owned()));
    for (slip, meant) in [
        ("Amsterdm", "Europe/Amsterdam"),
        ("san fransico", "America/Los_Angeles"),
        ("Istambul", "Europe/Istanbul"),
        ("Johanesburg", "Africa/Johannesburg"),
    ] {
        assert_eq!(zone::find(slip).unwrap_err().nearest, [meant], "{slip}");
    }
    for nowhere in ["xyzzy", "Atlantis", "Narnia", "Gotham", "home", "here"] {
        assert_eq!(zone::find(nowhere).unwrap_err().nearest, [""; 0], "{nowhere}");
    }
    assert!(zone::find("").is_err());
    assert!(zone::find("UTC+99").is_err());
}

#[test]
fn every_name_in_the_tables_is_a_zone() {
    for (alias, name) in super::super::zone_names::ALIASES {
        assert!(TimeZone::get(name).is_ok(), "{alias}: {name}");
        assert_eq!(zone::find(alias).map(|zone| zone.name), Ok((*name).to_owned()), "{alias}");
    }
    for (locale, zones) in super::super::zone_names::LOCALES {
        for name in *zones {
            assert_eq!(zone::find(name).map(|zone| zone.name), Ok((*name).to_owned()), "{locale}");
        }
        assert!(!zones.is_empty() && zones.len() <= 20, "{locale}");
    }
    for (country, code) in super::super::zone_names::COUNTRIES {
        assert!(!zone::search(country, 25).is_empty(), "{country} {code}");
    }
}

#[test]
fn zones_are_guessed_from_a_locale_and_searched() {
    assert_eq!(zone::guess("en-GB")[0], "Europe/London");
    assert_eq!(zone::guess("de")[0], "Europe/Berlin");
    assert_eq!(zone::guess("pt-BR")[0], "America/Sao_Paulo");
    assert_eq!(zone::guess("xx")[0], zone::guess("en-US")[0]);
    assert_eq!(zone::search("ber", 25)[0], "Europe/Berlin");
    assert!(zone::search("united st", 25).contains(&"America/Chicago".to_owned()));
    assert_eq!(zone::search("", 25).len(), 25);
    assert!(zone::all().count() > 300);
    assert!(zone::all().all(|name| TimeZone::get(name).is_ok()));
}

#[test]
fn suggestions_show_what_is_understood() {
    let first = &suggestions("next friday", &asker(), false)[..2];
    assert_eq!(first[0].label, "next friday → Fri 27 November, 09:00");
    assert_eq!(first[0].value, "2026-11-27 09:00");
    assert_eq!(first[1].label, "next friday → Fri 4 December, 09:00");
    let values = |partial: &str, repeat| -> Vec<String> {
        suggestions(partial, &asker(), repeat).into_iter().map(|one| one.value).collect()
    };
    assert_eq!(values("tomorow 9am", false)[0], "tomorow 9am");
    assert!(values("2", false).contains(&"in 2 weeks".to_owned()));
    assert_eq!(values("2", false)[0], "in 2 days");
    assert_eq!(values("m", false)[0], "monday");
    assert_eq!(suggestions("every monday", &asker(), true)[0].label, "every Monday");
    assert_eq!(suggestions("6 we", &asker(), true)[0].value, "every 6 weeks");
    assert_eq!(suggestions("6 we", &asker(), false)[0].value, "in 6 weeks");
    assert_eq!(values("in 2 w", false)[0], "in 2 w");
    assert!(values("in 2", false).contains(&"in 2 weeks".to_owned()));
    assert!(values("fri", false).contains(&"fri".to_owned()));
    assert!(
        values("mid-f", false).iter().any(|value| value == "mid-february"),
        "{:?}",
        values("mid-f", false)
    );
    assert!(values("every 3", true).contains(&"every 3 months".to_owned()));
    assert!(values("quar", true).contains(&"quarterly".to_owned()));
    assert!(values("", false).len() > 20 && values("", true).len() > 20);
    assert!(values("gibberish", false).is_empty());
}

#[test]
fn a_number_before_a_unit_of_a_rhythm_is_no_hour() {
    for partial in ["1 week", "1 w", "2 mont", "every 1 week", "every 2 mo", "1-week", "3 d", "every 3 da"] {
        let offered = suggestions(partial, &asker(), true);
        assert!(!offered.is_empty() && offered.iter().all(|one| !one.label.contains(" at ")), "{offered:#?}");
    }
    assert_eq!(
        suggestions("weekdays at 9", &asker(), true)[0].label,
        "weekdays at 9 → every weekday at 09:00"
    );
}

#[test]
fn a_moment_written_exactly_is_read_as_that_one() {
    // In Berlin 02:30 comes twice on 25 October 2026.
    for (at, written) in [
        ("2026-11-27T08:00:00Z", "2026-11-27 09:00"),
        ("2026-10-25T00:30:00Z", "2026-10-25 02:30"),
        ("2026-10-25T01:30:00Z", "2026-10-25T01:30:00Z"),
    ] {
        let at: Timestamp = at.parse().unwrap();
        let phrase = exactly(at, &TimeZone::get("Europe/Berlin").unwrap());
        assert_eq!(phrase, written);
        let before = Asker { now: "2026-10-01T00:00:00Z".parse().unwrap(), ..asker() };
        let after = Asker { now: "2026-12-01T00:00:00Z".parse().unwrap(), ..asker() };
        assert_eq!(once(&phrase, &before).map(|read| (read.at.timestamp(), read.others)), Ok((at, vec![])));
        assert_eq!(past(&phrase, &after).map(|read| (read.at.timestamp(), read.others)), Ok((at, vec![])));
    }
}

#[test]
fn the_shell_explains_a_phrase() {
    let now: Timestamp = "2026-11-24T10:15:00Z".parse().unwrap();
    let explain = |phrase: &str| cli::explain(phrase, now, "Europe/Berlin", "en-GB", time(9, 0, 0, 0));
    assert_eq!(
        explain("in 2 weeks").unwrap(),
        serde_json::json!({"kind": "once", "at": "2026-12-08T09:00:00+01:00", "reading": "Tuesday 8 December 2026, 09:00", "others": []})
    );
    let repeat = explain("every 3 months").unwrap();
    assert_eq!(repeat["kind"], "repeat");
    let next = [
        "2027-02-24T09:00:00+01:00",
        "2027-05-24T09:00:00+02:00",
        "2027-08-24T09:00:00+02:00",
        "2027-11-24T09:00:00+01:00",
        "2028-02-24T09:00:00+01:00",
    ];
    assert_eq!(repeat["next"], serde_json::json!(next));
    assert_eq!(explain("next friday").unwrap()["others"][0]["at"], "2026-12-04T09:00:00+01:00");
    assert!(explain("every other friday").unwrap()["next"][1].as_str().unwrap().starts_with("2026-12-11"));
    assert!(explain("gibberish").unwrap_err().contains("\"gibberish\" reads as no time"));
    assert!(explain("yesterday").unwrap_err().contains("in the past"));
    assert!(explain("every hour").unwrap_err().contains("shorter than a day"));
    assert!(explain("every 20 years").unwrap_err().contains("ten years"));
    assert!(
        cli::explain("friday", now, "Nowhere", "en", time(9, 0, 0, 0)).unwrap_err().contains("no time zone")
    );
}

fn row(cadence: Cadence, anchor: Date, count: usize) -> Vec<String> {
    let utc = TimeZone::UTC;
    let mut after = anchor.at(9, 0, 0, 0).to_zoned_datetime(utc.clone()).unwrap().timestamp();
    let mut days = Vec::new();
    for _ in 0..count {
        let next = cadence.next_after(anchor, after, time(9, 0, 0, 0), &utc).unwrap();
        days.push(next.date().to_string());
        after = next.timestamp();
    }
    days
}

#[test]
fn a_set_of_ordinals_is_kept_as_a_list() {
    let cadence = repeat("every 1st and 15th", &asker()).unwrap().cadence;
    let json = serde_json::to_string(&cadence).unwrap();
    assert_eq!(json, r#"{"every":{"days_of_month":{"days":[1,15],"months":1}}}"#);
    for wrong in ["[]", "[0]", "[32]"] {
        assert!(serde_json::from_str::<Ordinals>(wrong).is_err(), "{wrong}");
    }
}

/// docs/nudges.md: rhythm-length
#[test]
fn the_shell_says_the_rule_of_what_it_refuses() {
    let refused = |phrase: &str| {
        let now = "2026-11-24T10:15:00Z".parse().unwrap();
        cli::explain(phrase, now, "Europe/Berlin", "en-GB", time(9, 0, 0, 0)).unwrap_err()
    };
    for (phrase, rule) in [
        ("every 12 hours", "a rhythm can be no shorter than a day."),
        ("every 11 years", "a rhythm can be no longer than ten years."),
        ("1 jan 2101", "that is too far away (the years 1900 to 2100 are understood)."),
        ("31 april", "there is no such date."),
    ] {
        assert_eq!(refused(phrase), rule, "{phrase}");
    }
    assert!(refused("yesterday").contains("only what is still to come"));
    assert!(refused("soon").contains("reads as no time; try"));
}

/// docs/nudges.md: summer-time, skipped-time, repeated-time
#[test]
fn the_shell_shows_five_turns_across_the_changes_of_summer_time() {
    let next = |phrase: &str, now: &str, zone: &str| {
        let read = cli::explain(phrase, now.parse().unwrap(), zone, "en-GB", time(9, 0, 0, 0)).unwrap();
        assert_eq!(read["kind"], "repeat");
        read["next"].as_array().unwrap().iter().map(|at| at.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    // Half an hour on Lord Howe; 02:15 does not exist on the 4th of October 2026.
    let lord_howe = next("every day at 02:15", "2026-10-02T00:00:00Z", "Australia/Lord_Howe");
    assert_eq!(
        lord_howe,
        [
            "2026-10-03T02:15:00+10:30",
            "2026-10-04T02:45:00+11:00",
            "2026-10-05T02:15:00+11:00",
            "2026-10-06T02:15:00+11:00",
            "2026-10-07T02:15:00+11:00",
        ]
    );
    let chatham = next("every sunday", "2027-03-28T00:00:00Z", "Pacific/Chatham");
    assert_eq!(chatham[0], "2027-04-04T09:00:00+12:45");
    assert_eq!(next("weekly", "2027-03-24T00:00:00Z", "Pacific/Chatham")[0], "2027-03-31T09:00:00+13:45");
    let kathmandu = next("every month", "2026-11-24T00:00:00Z", "Asia/Kathmandu");
    assert!(kathmandu.len() == 5 && kathmandu.iter().all(|at| at.ends_with("T09:00:00+05:45")));
    // 02:30 is there twice: the first.
    let berlin = next("every day at 02:30", "2026-10-24T12:00:00Z", "Europe/Berlin");
    assert_eq!(berlin[..2], ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"]);
    assert!(
        next("every day", "2026-11-24T00:00:00Z", "Pacific/Apia").iter().all(|at| at.ends_with("+13:00"))
    );
}

/// docs/nudges.md: missing-day, leap-day
#[test]
fn cadences_clamp_to_the_ends_of_months_and_leap_years() {
    assert_eq!(row(Cadence::months(1), date(2027, 1, 31), 3), ["2027-02-28", "2027-03-31", "2027-04-30"]);
    assert_eq!(row(Cadence::months(3), date(2026, 11, 30), 3), ["2027-02-28", "2027-05-30", "2027-08-30"]);
    let leap = Cadence::from(Every::Yearly { month: 2, day: 29 });
    assert_eq!(row(leap, date(2026, 6, 1), 3), ["2027-02-28", "2028-02-29", "2029-02-28"]);
    assert_eq!(
        row(Every::Years(1).into(), date(2028, 2, 29), 4),
        ["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]
    );
    let last_day = Cadence::from(Every::DayOfMonth { day: 31, months: 1 });
    assert_eq!(row(last_day, date(2027, 1, 31), 2), ["2027-02-28", "2027-03-31"]);
    let fifth = Cadence::from(Every::NthWeekday { nth: 5, weekday: jiff::civil::Weekday::Friday, months: 1 });
    assert_eq!(row(fifth, date(2026, 11, 1), 2), ["2027-01-29", "2027-04-30"]);
}

#[test]
fn every_other_friday_keeps_its_weeks() {
    let fridays = Weekdays::of(&[jiff::civil::Weekday::Friday]);
    let other = Cadence::from(Every::Weekdays { days: fridays, weeks: 2 });
    assert_eq!(row(other, date(2026, 11, 27), 3), ["2026-12-11", "2026-12-25", "2027-01-08"]);
    // After a talk on a Tuesday it is not this week's Friday.
    assert_eq!(row(other, date(2026, 11, 24), 2), ["2026-12-04", "2026-12-18"]);
}

/// docs/nudges.md: calendar-rhythm
#[test]
fn a_talk_today_puts_off_what_was_due_today() {
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    let touch: Timestamp = "2026-11-24T07:00:00Z".parse().unwrap();
    let next = |cadence: Cadence| {
        cadence.next_after_touch(touch, time(9, 0, 0, 0), &berlin).unwrap().date().to_string()
    };
    assert_eq!(next(Every::Workdays.into()), "2026-11-25");
    assert_eq!(next(Cadence::weeks(6)), "2027-01-05");
}

/// docs/nudges.md: skipped-time, repeated-time
#[test]
fn times_that_summer_time_skips_or_repeats() {
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    let at = |day, hour| moment(day, time(hour, 30, 0, 0), &berlin).unwrap().timestamp().to_string();
    // 02:30 does not exist: it moves forward. In autumn it exists twice: the first.
    assert_eq!(at(date(2027, 3, 28), 2), "2027-03-28T01:30:00Z");
    assert_eq!(at(date(2026, 10, 25), 2), "2026-10-25T00:30:00Z");
}

#[test]
fn json_of_a_cadence_is_stable() {
    let fridays =
        Cadence { every: Every::Weekdays { days: Weekdays::WORK, weeks: 2 }, at: Some(time(16, 0, 0, 0)) };
    let json = r#"{"every":{"weekdays":{"days":["monday","tuesday","wednesday","thursday","friday"],"weeks":2}},"at":"16:00:00"}"#;
    assert_eq!(serde_json::to_string(&fridays).unwrap(), json);
    assert_eq!(serde_json::to_string(&Cadence::weeks(6)).unwrap(), r#"{"every":{"weeks":6}}"#);
    let nth = Cadence::from(Every::NthWeekday { nth: -1, weekday: jiff::civil::Weekday::Friday, months: 1 });
    assert_eq!(
        serde_json::to_string(&nth).unwrap(),
        r#"{"every":{"nth_weekday":{"nth":-1,"weekday":"friday","months":1}}}"#
    );
    assert!(serde_json::from_str::<Cadence>(r#"{"every":{"weekdays":{"days":[],"weeks":1}}}"#).is_err());
}

/// docs/nudges.md: span
#[test]
fn a_length_of_hours_or_minutes_is_a_span_and_nothing_else_is() {
    for phrase in
        ["in 20 minutes", "in 2h", "90 mins", "half an hour", "an hour from now", "in 2 days and 3 hours"]
    {
        assert!(is_span(phrase), "{phrase}");
    }
    for phrase in
        ["in 2 days", "tomorrow 17h30", "17h30", "friday 3pm", "noon", "in a month", "2033-03-01 09:00", ""]
    {
        assert!(!is_span(phrase), "{phrase}");
    }
}
