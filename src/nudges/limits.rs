//! The longest that people may write, in every message about nudges: Discord takes it, and nothing of it takes effect.

use jiff::Timestamp;

use super::bundle::{Digest, Entry, MOST, PAGE, digest, inbox};
use super::rank::{Reason, Urgency};
use super::why::Finding;
use super::{ABOUT, Because, Came, Kind, Nudge, Opener, Source, State, list, suggest, views, why};
use crate::connections::views as connection_views;
use crate::connections::{Connection, Last, Ledger, MET, NAME, Relationship, TAG, TAGS, Touch, What};
use crate::discord::limits::{NASTY, holds, long};
use crate::id::{Id, UserId};
use crate::members::Hold;
use crate::texts::Texts;
use crate::when::{Cadence, Coming};

fn now() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

fn longest(nasty: &str, id: u64) -> Connection {
    let last = Last { what: What::Received, at: now(), note: Some(long(nasty, 6_000)) };
    Connection {
        member: Some(UserId(1)),
        relationship: Some(Relationship::Mentor),
        met: Some(long(nasty, MET)),
        tags: vec![long(nasty, TAG); TAGS],
        every: Some(Cadence::weeks(6)),
        note: Some(long(nasty, 6_000)),
        last: Some(last),
        ledger: Ledger { asked: 99_999, received: 99_999, gave: 99_999, ..Ledger::default() },
        ..Connection::new(Id(id), format!("x{}", long(nasty, NAME - 1)), now())
    }
}

fn came(nasty: &str, id: u64, about: bool, state: State) -> Came {
    let offered = |id: &str| Opener { id: id.to_owned(), text: long(nasty, 400) };
    let because = Because::HadMore { asked: 99_999, received: 99_999, gave: 99_999, since: now() };
    Came {
        about: if about { format!("x{}", long(nasty, ABOUT - 1)) } else { String::new() },
        connection: Some(Id(1)),
        kind: Kind::AskFeedback,
        because,
        openers: vec![offered("a"), offered("b"), offered("c")],
        ways: vec![offered("d"), offered("e"), offered("f")],
        late: Some(now()),
        state,
        happened: Some(long(nasty, 2_000)),
        ..Came::new(Id(id), Source::Rhythm)
    }
}

const STATES: [State; 6] = [
    State::Open,
    State::Done(None),
    State::Snoozed(Timestamp::UNIX_EPOCH),
    State::Skipped,
    State::Stopped,
    State::Passed,
];

#[test]
fn every_entry_of_the_longest_digest_and_inbox_has_its_line() {
    let texts = Texts::embedded().unwrap();
    let words = texts.words(None);
    let of_a_week = Digest { week: true, ..Digest::default() };
    for nasty in NASTY {
        for state in STATES {
            for (about, known) in [(true, true), (false, true), (true, false), (false, false)] {
                for count in [1, 2, 4, 5, PAGE, MOST] {
                    let entry = |id: u64| -> Entry {
                        (came(nasty, id, about, state), known.then(|| longest(nasty, id)))
                    };
                    let entries: Vec<Entry> = (1..=count as u64).map(entry).collect();
                    let of = format!("{count} of {nasty:?}, {state:?}, {about}, {known}");
                    let shown = digest(words, (Id(99), &of_a_week), &entries);
                    holds(&shown, &of);
                    let lines = shown.embeds[0].description.as_deref().unwrap().lines();
                    assert_eq!(lines.filter(|line| !line.is_empty()).count(), count + 1, "{of}");
                    if count <= PAGE {
                        holds(&inbox(words, 1, 23, &entries), &of);
                    }
                    holds(&views::standing(words, &entries[0].0, entries[0].1.as_ref(), None), &of);
                }
            }
        }
    }
}

#[test]
fn the_longest_suggestions_reasons_lists_and_cards_fit() {
    let texts = Texts::embedded().unwrap();
    let words = texts.words(None);
    let far = Coming::held(now(), now());
    for nasty in NASTY {
        let reasons = vec![
            Reason::HadMore { asked: 99_999, received: 99_999, gave: 99_999, since: now() },
            Reason::Overdue { every: Cadence::weeks(6), since: now(), share: 400 },
        ];
        let urgent = Urgency { score: 1, reasons };
        let all: Vec<_> = (1..=12).map(|id| (longest(nasty, id), urgent.clone())).collect();
        let suggested = suggest::view(words, &all, 1);
        holds(&suggested, nasty);
        let text = suggested.embeds[0].description.clone().unwrap();
        assert_eq!(text.split("\n\n").count(), 5, "{nasty:?}");

        let about = long(nasty, ABOUT);
        let findings = [
            Finding::Unreachable(crate::delivery::To::Person(UserId(1)), 9_999),
            Finding::Paused(now()),
            Finding::Waiting(9_999),
            Finding::Open(Id(1)),
            Finding::Next(about.clone(), far),
            Finding::Held(Hold::Full, now()),
            Finding::Counts { every: "every 6 weeks".to_owned(), since: now(), touched: true },
            Finding::NoRhythm(Id(1)),
            Finding::Nothing,
            Finding::Last(Box::new(came(nasty, 1, true, State::Open)), about.clone()),
        ];
        let why = why::view(words, Some(&longest(nasty, 1)), &findings);
        holds(&why, nasty);
        assert_eq!(why.embeds[0].description.as_ref().unwrap().lines().count(), findings.len());

        let nudge = |id: u64| Nudge {
            id: Id(id),
            about: format!("x{}", long(nasty, ABOUT - 1)),
            connection: Some(Id(1)),
            kind: Kind::AskFeedback,
            coming: far,
            repeat: None,
            exact: false,
            of: None,
            occasion: None,
        };
        let network = [longest(nasty, 1)];
        let open = (1..=5).map(|id| list::Entry::Open(Box::new(came(nasty, id, true, State::Open))));
        let entries: Vec<_> = open.chain((6..=30).map(|id| list::Entry::Planned(nudge(id)))).collect();
        let listed = list::view(words, &entries, (5, 1), &network, 0);
        holds(&listed, nasty);
        assert_eq!(listed.embeds[0].description.as_ref().unwrap().lines().count(), 10);
        holds(&views::planned(words, &nudge(1), Some(&network[0])), nasty);
        holds(&views::cancelled(words, &nudge(1), Id(2)), nasty);
        let done = came(nasty, 1, true, State::Done(None));
        holds(&views::standing(words, &done, Some(&network[0]), Some(&nudge(1))), nasty);

        let touch = Touch {
            what: What::Received,
            at: now(),
            note: Some(long(nasty, 6_000)),
            feedback: false,
            turned: None,
        };
        let first = connection_views::bold(&network[0].name);
        let mut unmentioned = network[0].clone();
        unmentioned.member = None;
        holds(&connection_views::card(words, &first, &unmentioned, &vec![touch; 5]), nasty);
    }
}
