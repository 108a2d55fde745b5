//! docs/nudges.md, the rules as members read them: each is held by tests that name it, and some of these are here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::kit::{Message, Town, at};

/// What stands above a test that holds a rule, before the rule's name.
const NAMES: &str = "/// docs/nudges.md: ";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The rules of a page: each entry of its lists ends in the rule's name, `<!-- quiet-day -->`.
fn rules(page: &str) -> BTreeSet<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in page.lines() {
        match line.split_once(' ') {
            Some((mark, rest)) if mark == "*" || mark.strip_suffix('.').is_some_and(is_number) => {
                entries.push(rest.to_owned());
            }
            _ if line.starts_with("  ") => entries.last_mut().unwrap().push_str(line),
            _ => assert!(!line.contains("<!--"), "a rule outside of a list: {line}"),
        }
    }
    let mut names = BTreeSet::new();
    for entry in entries {
        let name = entry.strip_suffix(" -->").and_then(|entry| entry.split_once("<!-- "));
        let (_, name) = name.unwrap_or_else(|| panic!("a rule without a name: {entry}"));
        assert!(names.insert(name.to_owned()), "two rules are called {name}");
    }
    names
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// The rules that tests of a file name, each with these tests.
fn named(file: &Path, held: &mut BTreeMap<String, Vec<String>>) {
    let text = std::fs::read_to_string(file).unwrap();
    let (mut names, mut is_test) = (vec![], false);
    for line in text.lines().map(str::trim) {
        if let Some(more) = line.strip_prefix(NAMES) {
            names.extend(more.split(", ").map(ToOwned::to_owned));
        } else if line.starts_with("#[") {
            is_test |= line == "#[test]" || line == "#[tokio::test]";
        } else if !line.starts_with("///") {
            assert!(names.is_empty() || is_test, "{}: {names:?} stand above no test: {line}", file.display());
            for name in names.drain(..) {
                held.entry(name).or_default().push(format!("{}: {line}", file.display()));
            }
            is_test = false;
        }
    }
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            sources(&entry, found);
        } else if entry.extension().is_some_and(|it| it == "rs") {
            found.push(entry);
        }
    }
}

#[test]
fn every_rule_has_a_test_that_names_it_and_no_test_names_another() {
    let page = std::fs::read_to_string(root().join("docs/nudges.md")).unwrap();
    let rules = rules(&page);
    assert!(rules.len() > 50, "{rules:?}");
    let (mut files, mut held) = (vec![], BTreeMap::new());
    for folder in ["src", "tests"] {
        sources(&root().join(folder), &mut files);
    }
    for file in files {
        named(&file, &mut held);
    }
    let without: Vec<&String> = rules.iter().filter(|rule| !held.contains_key(*rule)).collect();
    assert!(without.is_empty(), "no test names these rules of docs/nudges.md: {without:?}");
    let unknown: Vec<_> = held.iter().filter(|(name, _)| !rules.contains(*name)).collect();
    assert!(unknown.is_empty(), "docs/nudges.md has no such rules: {unknown:#?}");
}

fn firsts(letters: &[Message]) -> Vec<&str> {
    letters.iter().map(Message::first).collect()
}

/// docs/nudges.md: own-time, calendar-rhythm
#[tokio::test]
async fn a_rhythm_with_a_day_and_a_time_of_its_own_keeps_them() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let saved = ana.runs("/connection add name: Bo every: every friday at 16:00").await;
    assert_eq!(saved.message().times(), [at("2033-03-04T16:00:00Z")], "{}", saved.text());
    // A talk on Thursday moves nothing.
    town.passes("2d").await;
    let talked = ana.runs("/log who: Bo").await;
    assert_eq!(talked.message().times()[1], at("2033-03-04T16:00:00Z"), "{}", talked.text());
    town.passes("1d5h59m").await;
    assert!(ana.letters().await.is_empty());
    town.passes("1m").await;
    assert_eq!(ana.letters().await.len(), 1);
    town.close().await;
}

/// docs/nudges.md: most-a-day
#[tokio::test]
async fn rhythms_bring_ten_a_day_where_nothing_else_is_said() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    for n in 0..12 {
        ana.runs(&format!("/connection add name: P{n:02} every: 1 week")).await;
    }
    ana.runs("/nudge me about: the accounts when: 8 mar 2033").await;
    town.passes("7d").await;
    assert!(ana.latest().await.first().starts_with("**11 nudges today**"), "{}", ana.latest().await.first());
    town.passes("1d").await;
    assert_eq!(ana.latest().await.first(), "**2 people today**: P10, P11");
    for most in ["0", "26", "ten"] {
        let settings = ana.runs("/settings").await.message();
        let form = ana.presses(&settings, "Edit").await;
        let refused = ana.fills(&form, &[("Most nudges a day from rhythms", most)]).await;
        assert!(refused.text().contains("It can be 1 to 25."), "{most}: {}", refused.text());
    }
    town.close().await;
}

/// docs/nudges.md: quiet-snooze
#[tokio::test]
async fn what_is_snoozed_until_a_quiet_time_comes_after_it() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/settings quiet_days: weekends quiet_hours: 22:00-07:00").await;
    ana.runs("/connection add name: Bo every: 3 days").await;
    ana.runs("/nudge me about: the rent when: friday").await;
    ana.runs("/settings digest: each").await;
    town.passes("3d").await;
    let letters = ana.letters().await;
    let [rent, bo] = &letters[..] else { panic!("{letters:#?}") };
    // Friday, the 4th.
    ana.presses(bo, "Snooze").await;
    let snoozed = ana.chooses(bo, "Tomorrow").await;
    assert_eq!(snoozed.message().times()[0], at("2033-03-07T09:00:00Z"), "Monday: {}", snoozed.text());
    ana.presses(rent, "Snooze").await;
    let form = ana.chooses(rent, "Another time…").await;
    let snoozed = ana.fills(&form, &[("When", "monday 11pm")]).await;
    assert_eq!(snoozed.message().times()[0], at("2033-03-08T07:00:00Z"), "{}", snoozed.text());
    town.passes("3d").await;
    assert_eq!(ana.letters().await.len(), 3);
    town.passes("21h").await;
    assert_eq!(ana.letters().await.len(), 4);
    town.close().await;
}

/// docs/nudges.md: standstill, standstill-repeat
#[tokio::test]
async fn after_a_standstill_one_message_comes_even_to_whoever_likes_each_by_itself() {
    let mut town = Town::open().await;
    let ana = town.member("Ana").await;
    let id = ana.id.clone();
    ana.runs("/settings digest: each").await;
    ana.runs("/nudge me about: the plants when: every day").await;
    ana.runs("/nudge me about: the rent when: thursday").await;
    ana.runs("/connection add name: Bo every: 2 days").await;
    town.stop().await;
    town.post("/clock", serde_json::json!({"jump": "3d"})).await;
    town.start().await;
    town.passes("1s").await;
    let letters = town.with_id(&id).letters().await;
    assert_eq!(firsts(&letters), ["**3 nudges today**: the plants, the rent, Bo"]);
    assert!(letters[0].text().contains("while I was not running"), "{}", letters[0].text());
    assert_eq!(letters[0].text().matches("the plants").count(), 2, "once in the first line, once below it");
    town.close().await;
}

/// docs/nudges.md: standstill
#[tokio::test]
async fn what_was_missed_and_waits_for_quiet_hours_to_end_still_says_so() {
    let mut town = Town::open().await;
    let ana = town.member("Ana").await;
    let id = ana.id.clone();
    ana.runs("/settings digest: each quiet_hours: 22:00-07:00").await;
    ana.runs("/nudge me about: the plants when: tomorrow").await;
    ana.runs("/connection add name: Bo every: 1 day").await;
    town.stop().await;
    // It is up again at eleven in the evening.
    town.post("/clock", serde_json::json!({"jump": "1d13h"})).await;
    town.start().await;
    town.passes("7h").await;
    assert!(town.with_id(&id).letters().await.is_empty());
    town.passes("1h").await;
    let letters = town.with_id(&id).letters().await;
    assert_eq!(firsts(&letters), ["**2 nudges today**: the plants, Bo"]);
    assert_eq!(letters[0].times()[0], at("2033-03-02T09:00:00Z"), "{}", letters[0].text());
    assert!(letters[0].text().contains("while I was not running"), "{}", letters[0].text());
    town.close().await;
}

/// docs/nudges.md: suggest
#[tokio::test]
async fn nobody_is_suggested_to_whoever_does_not_ask() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace relationship: mentor every: never").await;
    ana.runs("/log who: Grace what: asked").await;
    town.passes("365d").await;
    assert!(ana.letters().await.is_empty());
    let suggested = ana.runs("/nudge suggest").await;
    assert_eq!(suggested.message().buttons(), ["Grace"], "{}", suggested.text());
    town.close().await;
}

/// docs/nudges.md: span
#[tokio::test]
async fn hours_and_minutes_are_held_by_nothing_however_they_are_said() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/settings quiet_hours: 10:05-23:00").await;
    ana.runs("/nudge me about: the oven when: in 20m").await;
    ana.runs("/nudge me about: the dough when: in 2h").await;
    town.passes("20m").await;
    let oven = ana.latest().await;
    assert_eq!(oven.first(), "the oven: your reminder");
    ana.presses(&oven, "Snooze").await;
    let form = ana.chooses(&oven, "Another time…").await;
    ana.fills(&form, &[("When", "in 10 minutes")]).await;
    town.passes("10m").await;
    assert_eq!(ana.letters().await.len(), 2);
    let form = ana.presses(&ana.latest().await, "Done").await;
    ana.fills(&form, &[("What next", "the glaze"), ("When", "in half an hour")]).await;
    town.passes("30m").await;
    assert_eq!(ana.latest().await.first(), "the glaze: your reminder");
    town.passes("1h").await;
    assert_eq!(ana.latest().await.first(), "the dough: your reminder");

    // Snoozed until a day it is planned for that day, and no span any more.
    ana.runs("/nudge me about: the bread when: in 5 hours").await;
    ana.runs("/nudge snooze nudge: bread until: tomorrow 9:15").await;
    let shown = ana.runs("/settings timezone: Berlin").await;
    ana.presses(&shown.message(), "Move").await;
    let list = ana.runs("/nudge list").await;
    let next = list.message().times().into_iter().find(|time| *time > at("2033-03-02T00:00:00Z"));
    assert_eq!(next, Some(at("2033-03-02T08:15:00Z")), "{}", list.text());
    town.close().await;
}

/// docs/nudges.md: removed
#[tokio::test]
async fn whoever_is_removed_takes_their_dates_along() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace every: never").await;
    ana.runs("/nudge date who: Grace what: birthday on: 12 march").await;
    ana.runs("/nudge me about: the compiler when: 12 march who: Grace").await;
    ana.runs("/connection add name: Bo every: never").await;
    ana.runs("/nudge date who: Bo what: anniversary on: 13 march").await;
    let shown = async || ana.runs("/nudge list").await.text();
    let asked = ana.runs("/connection remove who: Grace").await;
    let removed = ana.presses(&asked.message(), "Remove").await;
    let list = shown().await;
    assert!(!list.contains("birthday") && list.contains("the compiler"), "{list}");
    ana.presses(&removed.message(), "Undo").await;
    assert!(shown().await.contains("**Grace**: birthday"), "{}", shown().await);
    let asked = ana.runs("/connection remove who: Grace").await;
    ana.presses(&asked.message(), "Remove").await;
    let asked = ana.runs("/connection remove who: Bo").await;
    ana.presses(&asked.message(), "Remove").await;
    town.passes("800d").await;
    assert_eq!(firsts(&ana.letters().await), ["the compiler: your reminder"]);
    let list = ana.runs("/nudge list").await;
    assert!(!list.text().contains("birthday"), "{}", list.text());
    town.close().await;
}
