//! Phrases that people try, and what each is read as. The tables are agreements: a change of a line is a change of what
//! members get.

use super::*;

fn kind(misread: &Misread) -> &'static str {
    match misread {
        Misread::Empty => "empty",
        Misread::NotUnderstood(_) => "not understood",
        Misread::InThePast(_) => "past",
        Misread::InTheFuture(_) => "future",
        Misread::TooFar => "too far",
        Misread::TooOften => "too often",
        Misread::TooRare => "too rare",
        Misread::NoSuchDate => "no such date",
    }
}

fn moments(phrase: &str, read: Result<Reading, Misread>) -> String {
    let row = |read: Reading| {
        let others = read.others.into_iter().map(|(at, _)| at);
        let all = std::iter::once(read.at).chain(others);
        all.map(|at| format!(" | {}", at.strftime("%a %Y-%m-%d %H:%M"))).collect::<String>()
    };
    format!("{phrase}{}", read.map_or_else(|misread| format!(" ! {}", kind(&misread)), row))
}

fn rhythms(phrase: &str, read: Result<CadenceReading, Misread>) -> String {
    let row = |read: CadenceReading| {
        let others = read.others.into_iter().map(|(_, words)| words);
        std::iter::once(read.reading).chain(others).map(|words| format!(" | {words}")).collect::<String>()
    };
    format!("{phrase}{}", read.map_or_else(|misread| format!(" ! {}", kind(&misread)), row))
}

/// Holds every line of a table to what is read today.
fn held(table: &str, read: impl Fn(&str) -> String, at_least: usize) {
    let lines: Vec<&str> = table.lines().filter(|line| !line.starts_with('#')).collect();
    let phrase =
        |line: &str| line.split(" | ").next().unwrap_or(line).split(" ! ").next().unwrap_or(line).to_owned();
    let read: Vec<String> = lines.iter().map(|line| read(&phrase(line))).collect();
    let wrong: Vec<_> = lines.iter().zip(&read).filter(|(line, read)| **line != read.as_str()).collect();
    assert!(wrong.is_empty(), "expected, read: {wrong:#?}");
    assert!(lines.len() >= at_least);
}

#[test]
fn moments_to_come() {
    held(include_str!("once.txt"), |phrase| moments(phrase, once(phrase, &asker())), 800);
}

#[test]
fn moments_past() {
    held(include_str!("past.txt"), |phrase| moments(phrase, past(phrase, &asker())), 90);
}

#[test]
fn rhythms_of_all_kinds() {
    held(include_str!("repeat.txt"), |phrase| rhythms(phrase, repeat(phrase, &asker())), 400);
}

#[test]
fn who_writes_the_month_first_is_read_so() {
    let american = Asker { day_first: day_first("en-US"), ..asker() };
    assert_eq!(once("3/4/2027", &american).unwrap().reading, "Thursday 4 March 2027, 09:00");
    assert_eq!(once("3/4/2027", &asker()).unwrap().reading, "Saturday 3 April 2027, 09:00");
    assert!(day_first("en-GB") && day_first("de") && !day_first("ja"));
}

#[test]
fn a_weekday_said_on_that_day() {
    // Friday at 08:00: the delivery hour is still ahead.
    let friday = Asker { now: "2026-11-27T07:00:00Z".parse().unwrap(), ..asker() };
    let read = |phrase| moments("", once(phrase, &friday));
    assert_eq!(read("friday"), " | Fri 2026-12-04 09:00 | Fri 2026-11-27 09:00");
    assert_eq!(read("friday 3pm"), " | Fri 2026-11-27 15:00 | Fri 2026-12-04 15:00");
    assert_eq!(read("today"), " | Fri 2026-11-27 09:00");
    assert_eq!(read("next friday"), " | Fri 2026-12-04 09:00");
    let first = |phrase| repeat(phrase, &friday).unwrap().first.strftime("%a %Y-%m-%d %H:%M").to_string();
    assert_eq!(first("every friday"), "Fri 2026-11-27 09:00");
    assert_eq!(first("every day at 7"), "Sat 2026-11-28 07:00");
    assert_eq!(first("daily"), "Fri 2026-11-27 09:00");
}

#[test]
fn late_at_night() {
    let night = Asker { now: "2026-11-24T22:45:00Z".parse().unwrap(), ..asker() };
    let read = |phrase| moments("", once(phrase, &night));
    assert_eq!(read("tonight"), " ! past");
    assert_eq!(read("today"), " ! past");
    assert_eq!(read("midnight"), " | Wed 2026-11-25 00:00");
    assert_eq!(read("in 2 hours"), " | Wed 2026-11-25 01:45");
}

#[test]
fn long_or_empty_phrases_are_refused_and_cut() {
    assert_eq!(once("  ", &asker()), Err(Misread::Empty));
    let long = "blah ".repeat(100);
    let Err(Misread::NotUnderstood(shown)) = once(&long, &asker()) else { panic!("read") };
    assert_eq!(shown.chars().count(), 101);
}
