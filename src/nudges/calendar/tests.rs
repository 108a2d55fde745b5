use icalendar::{CalendarComponent, Component as _};
use jiff::civil::Time;
use proptest::prelude::*;

use super::*;
use crate::id::UserId;
use crate::store::{Store, StoreError};
use crate::texts::Texts;
use crate::when::{Asker, QuietHours, repeat};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn member() -> Member {
    Member::new("Europe/Berlin", Time::constant(9, 0, 0, 0), "en-GB", Timestamp::UNIX_EPOCH)
}

fn connection(id: u64, name: &str, turn: Turn) -> Connection {
    Connection {
        note: Some("a secret note".to_owned()),
        turn,
        ..Connection::new(Id(id), name, Timestamp::UNIX_EPOCH)
    }
}

fn nudge(id: u64, at: Timestamp, phrase: Option<&str>) -> Nudge {
    let day = at.to_zoned_datetime(member().zone()).date();
    let asker = Asker::new(at, member().zone(), member().hour, "en-GB");
    Nudge {
        id: Id(id),
        about: "a secret plan".to_owned(),
        connection: None,
        kind: Kind::Custom,
        coming: Coming::at(at),
        repeat: phrase.map(|phrase| (repeat(phrase, &asker).unwrap().cadence, day)),
        exact: false,
        of: None,
        occasion: None,
    }
}

/// Each event's id, start and title, as a calendar reads the file.
fn read(text: &str) -> Vec<(String, String, String)> {
    let calendar: icalendar::Calendar = text.parse().unwrap();
    let events = calendar.components.iter().filter_map(|it| match it {
        CalendarComponent::Event(event) => Some(event),
        _ => None,
    });
    let value = |event: &icalendar::Event, key: &str| event.property_value(key).unwrap().to_owned();
    events.map(|it| (value(it, "UID"), value(it, "DTSTART"), value(it, "SUMMARY"))).collect()
}

fn written(nudges: &[Nudge], network: &[Connection], now: &str) -> String {
    let texts = Texts::embedded().unwrap();
    let (all, _) = coming(nudges, network, &member(), at(now));
    file(texts.words(Some("en-GB")), &all, network, &member(), at(now))
}

/// docs/nudges.md: calendar, summer-time
#[test]
fn a_year_ahead_across_the_changes_of_summer_time() {
    let monthly = nudge(7, at("2026-12-01T08:00:00Z"), Some("every month"));
    let network = [
        connection(1, "Grace Hopper", Turn::Planned(Coming::at(at("2026-12-08T08:00:00Z")))),
        connection(2, "Open", Turn::Open(Id(9))),
        connection(3, "Far", Turn::Planned(Coming::at(at("2027-12-08T08:00:00Z")))),
        connection(4, "Late", Turn::Planned(Coming::at(at("2026-11-20T08:00:00Z")))),
    ];
    let text =
        written(&[monthly, nudge(8, at("2026-12-24T14:30:00Z"), None)], &network, "2026-11-24T10:15:00Z");
    let events = read(&text);
    assert_eq!(events.len(), 12 + 2, "{text}");
    let one = |n: usize| (events[n].0.as_str(), events[n].1.as_str(), events[n].2.as_str());
    assert_eq!(one(0), ("7-20261201@kith", "20261201T080000Z", "📌 Your note to yourself"));
    assert_eq!(one(1), ("1@kith", "20261208T080000Z", "Grace Hopper · 👋 Be in touch"));
    assert_eq!(one(2), ("8@kith", "20261224T143000Z", "📌 Your note to yourself"));
    // Nine in the summer of Berlin.
    assert_eq!(one(7), ("7-20270501@kith", "20270501T070000Z", "📌 Your note to yourself"));
    assert!(!text.contains("secret"), "{text}");
    assert!(text.contains("X-WR-TIMEZONE:Europe/Berlin\r\n"));
}

#[test]
fn quiet_hours_hold_events_back_as_they_hold_nudges() {
    let member = Member { quiet: QuietHours::parse("8:00-10:00").unwrap(), ..member() };
    let daily = nudge(7, at("2026-11-25T09:00:00Z"), Some("every day"));
    let (all, more) = coming(&[daily], &[], &member, at("2026-11-24T10:15:00Z"));
    assert_eq!((all.len(), more), (365, false));
    // Ten o'clock there, in winter and in summer.
    assert_eq!(all[0].at, at("2026-11-25T09:00:00Z"));
    assert!(all.iter().any(|it| it.at == at("2027-07-01T08:00:00Z")));
}

#[test]
fn more_than_a_file_holds_is_cut_after_the_next_ones() {
    let daily: Vec<Nudge> =
        (1..=5).map(|id| nudge(id, at("2026-11-25T08:00:00Z"), Some("every day"))).collect();
    let (all, more) = coming(&daily, &[], &member(), at("2026-11-24T10:15:00Z"));
    assert_eq!((all.len(), more), (MOST, true));
    assert_eq!(all.last().unwrap().at, at("2027-06-12T07:00:00Z"));
}

#[test]
fn an_event_that_moved_keeps_its_id() {
    let moved =
        |to: &str| read(&written(&[nudge(8, at(to), None)], &[], "2026-11-24T10:15:00Z"))[0].0.clone();
    assert_eq!(moved("2026-12-24T14:30:00Z"), moved("2027-01-24T09:00:00Z"));
}

proptest! {
    /// Whatever a name holds: each line ends as lines of the format end, is no longer than 75 bytes, and the name
    /// reads back but for control characters.
    #[test]
    fn every_name_is_written_so_that_it_reads_back(name in "[^\u{0}]{0,100}") {
        let network = [connection(1, &name, Turn::Planned(Coming::at(at("2026-12-08T08:00:00Z"))))];
        let text = written(&[], &network, "2026-11-24T10:15:00Z");
        prop_assert!(text.ends_with("END:VCALENDAR\r\n"));
        let lines = text.strip_suffix("\r\n").unwrap();
        for line in lines.split("\r\n") {
            prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{:?}", line);
        }
        let unfolded = lines.replace("\r\n ", "");
        let title = unfolded.split("\r\n").find_map(|line| line.strip_prefix("SUMMARY:")).unwrap();
        let (mut read, mut escaped) = (String::new(), false);
        for c in title.chars() {
            if !escaped && c == '\\' {
                escaped = true;
                continue;
            }
            prop_assert!(escaped || !matches!(c, ',' | ';'), "{}", title);
            (read, escaped) = (read + &c.to_string(), false);
        }
        let plain: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        // Fluent marks where a name begins and ends in a text; what is seen is the same.
        prop_assert_eq!(read.replace(['\u{2068}', '\u{2069}'], ""), format!("{plain} · 👋 Be in touch").replace(['\u{2068}', '\u{2069}'], ""));
    }
}

/// docs/nudges.md: calendar-address
#[tokio::test]
async fn a_secret_opens_one_calendar_until_it_is_renewed_or_revoked() {
    let store = Store::temporary().unwrap();
    let (ana, bo) = (UserId(1), UserId(2));
    let renew = |owner| store.write(move |tx| address::renew(tx, owner, at("2026-11-24T10:15:00Z")));
    let owner = |secret: &str| store.read(|tx| address::owner(tx, secret)).unwrap();
    let (one, bos) = (renew(ana).await.unwrap(), renew(bo).await.unwrap());
    assert_eq!((owner(&one), owner(&bos), owner("")), (Some(ana), Some(bo), None));
    assert_eq!(one.len(), 43);
    let other = renew(ana).await.unwrap();
    assert_eq!((owner(&one), owner(&other)), (None, Some(ana)));
    assert!(store.write(|tx| address::revoke(tx, ana)).await.unwrap());
    assert!(!store.write(|tx| address::revoke(tx, ana)).await.unwrap());
    assert_eq!((owner(&other), owner(&bos)), (None, Some(bo)));
    let since =
        store.read(|tx| -> Result<_, StoreError> { Ok((address::since(tx, ana)?, address::since(tx, bo)?)) });
    assert_eq!(since.unwrap(), (None, Some(at("2026-11-24T10:15:00Z"))));
}
