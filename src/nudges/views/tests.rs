//! Every kind of nudge in every state, as a person sees it. Whoever changes a text reads here what comes of it.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::*;
use crate::connections::Last;
use crate::connections::{Ledger, Relationship, What};
use crate::discord::message::Component;
use crate::members::Member;
use crate::nudges::prompts::{PromptFacts, Prompts};
use crate::nudges::{Opener, Source, Undo, bend_views, bundle};
use crate::texts::Texts;
use crate::when::{By, Cadence};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn member() -> Member {
    let hour = jiff::civil::Time::constant(9, 0, 0, 0);
    Member::new("Europe/Berlin", hour, "en-GB", Timestamp::UNIX_EPOCH)
}

/// Grace, a mentor, met on 3 November 2026 and due every six weeks.
fn grace() -> Connection {
    Connection {
        relationship: Some(Relationship::Mentor),
        tags: vec!["compilers".to_owned()],
        every: Some(Cadence::weeks(6)),
        note: Some("likes the mountains".to_owned()),
        last: Some(Last {
            what: What::Met,
            at: at("2026-11-03T10:00:00Z"),
            note: Some("moving to compilers".to_owned()),
        }),
        ledger: Ledger { asked: 2, received: 1, gave: 1, ..Ledger::default() },
        turn: Turn::Planned(member().coming(at("2026-12-29T08:00:00Z"), By::Rhythm)),
        ..Connection::new(Id(1), "Grace Hopper", at("2026-09-01T10:00:00Z"))
    }
}

/// A nudge of each kind as it comes: one that a rhythm brings where it can, else one that was planned.
fn kinds() -> Vec<(&'static str, Came)> {
    let since = at("2026-10-06T10:00:00Z");
    let touched = at("2026-11-03T10:00:00Z");
    let added = at("2026-09-01T10:00:00Z");
    let day = at("2026-12-16T08:00:00Z");
    let had = Because::HadMore { asked: 2, received: 1, gave: 1, since };
    let all = [
        ("follow up", Kind::FollowUp, "", Because::Quiet { last: Some(touched), added }),
        ("give value", Kind::GiveValue, "", had),
        (
            "ask for feedback",
            Kind::AskFeedback,
            "",
            Because::NoFeedback { last: Some(since), added, touches: 2 },
        ),
        ("ask for a referral", Kind::AskReferral, "the compiler team", Because::Wanted),
        ("check in", Kind::CheckIn, "", Because::Guidance(Relationship::Mentor)),
        ("reflect", Kind::Reflect, "the year", Because::Wanted),
        ("custom", Kind::Custom, "send the slides", Because::Wanted),
        (
            "birthday",
            Kind::Custom,
            "birthday",
            Because::Date { day, before: 0, birthday: true, yearly: true, over: false },
        ),
        (
            "birthday after",
            Kind::Custom,
            "birthday",
            Because::Date { day, before: 0, birthday: true, yearly: true, over: true },
        ),
        (
            "date",
            Kind::Custom,
            "interview at Acme",
            Because::Date { day, before: 2, birthday: false, yearly: false, over: false },
        ),
    ];
    let came = |(name, kind, about, because): (&'static str, Kind, &str, Because)| {
        let source = if about.is_empty() { Source::Rhythm } else { Source::Planned(Id(7)) };
        let about = about.to_owned();
        let came = Came { kind, about, because, connection: Some(Id(1)), ..Came::new(Id(9), source) };
        (name, offered(came))
    };
    all.map(came).to_vec()
}

/// With openers, as `due` offers them.
fn offered(mut came: Came) -> Came {
    let prompts = Prompts::kept().unwrap();
    let tags = ["compilers".to_owned()];
    let facts =
        PromptFacts { name: "Grace", relationship: Some("mentor"), tags: &tags, ..PromptFacts::default() };
    let kept = |all: Vec<crate::nudges::prompts::Opener>| -> Vec<Opener> {
        all.into_iter().map(|it| Opener { id: it.id, text: it.text }).collect()
    };
    let ways = if came.kind == Kind::GiveValue { 2 } else { 0 };
    came.ways = kept(prompts.ways(&facts, &[], 5, ways));
    let openers = if ways > 0 { 1 } else { 2 };
    let kind = came.openers_of();
    came.openers = kept(kind.map_or_else(Vec::new, |it| prompts.choose(it, &facts, &[], 5, openers)));
    came
}

fn states() -> [(&'static str, State); 6] {
    [
        ("open", State::Open),
        ("done", State::Done(Some(Id(3)))),
        ("snoozed", State::Snoozed(at("2026-12-18T08:00:00Z"))),
        ("skipped", State::Skipped),
        ("stopped", State::Stopped),
        ("passed", State::Passed),
    ]
}

fn seen(message: &Message) -> String {
    let mut text = format!("{}\n", message.content);
    for embed in &message.embeds {
        let footer = embed.footer.as_ref().map(|footer| footer.text.as_str()).unwrap_or_default();
        let _ = writeln!(
            text,
            "#{:06x}\n{}\n{footer}",
            embed.color.unwrap(),
            embed.description.as_ref().unwrap()
        );
    }
    for row in &message.components {
        let labels = row.components.iter().map(|it| match it {
            Component::Button(button) => format!("[{}]", button.label),
            Component::Menu(_) => "<menu>".to_owned(),
        });
        text.push_str(&labels.collect::<Vec<_>>().join(" "));
    }
    text.trim().replace("\n\n", "\n")
}

fn standing_as(came: &Came, state: State, grace: Option<&Connection>) -> String {
    let undo = Undo {
        at: at("2026-12-14T09:00:00Z"),
        was: None,
        turn: None,
        planned: None,
        ended: None,
        also_ended: vec![],
        run: None,
    };
    let undo = (!matches!(state, State::Open | State::Passed)).then_some(undo);
    let happened = matches!(state, State::Done(_)).then(|| "coffee; she starts in May".to_owned());
    let off = Connection { every: None, turn: Turn::Off, ..self::grace() };
    let connection = grace.map(|grace| if state == State::Stopped { &off } else { grace });
    let texts = Texts::embedded().unwrap();
    let came = Came { state, undo, happened, ..came.clone() };
    seen(&standing(texts.words(None), &came, connection, None))
}

#[test]
fn each_kind_in_each_state() {
    let grace = grace();
    let mut all = String::new();
    for (kind, came) in kinds() {
        for (name, state) in states() {
            let _ = writeln!(all, "=== {kind}, {name}\n{}\n", standing_as(&came, state, Some(&grace)));
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn what_is_about_nobody_in_each_state() {
    let mut all = String::new();
    for (kind, came) in kinds().into_iter().filter(|(kind, _)| ["reflect", "custom"].contains(kind)) {
        let openers = if came.kind == Kind::Reflect { came.openers.clone() } else { vec![] };
        let came = Came { connection: None, openers, ..came };
        for (name, state) in states() {
            let _ = writeln!(all, "=== {kind} about nobody, {name}\n{}\n", standing_as(&came, state, None));
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn the_first_line_is_under_ninety_characters_whatever_was_written() {
    let texts = Texts::embedded().unwrap();
    let words = texts.words(None);
    let long = "call the landlord about the heating in the kitchen, the noise upstairs and the letter box";
    let letter_of = |name: &str, about: &str, kind| {
        let connection = Connection::new(Id(1), name, Timestamp::UNIX_EPOCH);
        let came = Came { kind, about: about.to_owned(), ..Came::new(Id(9), Source::Rhythm) };
        letter(words, &came, Some(&connection).filter(|_| !name.is_empty()))
    };
    for about in ["", long, &"*".repeat(1_000), &"x".repeat(1_000)] {
        for name in ["", "Bo", &"Wolfeschlegelsteinhausen ".repeat(4), &"_".repeat(100)] {
            for (kind, _) in Kind::ALL {
                let first = letter_of(name, about, *kind).content;
                assert!(first.chars().count() < 90, "{first}");
            }
        }
    }
    let alone = letter_of("", long, Kind::Custom);
    assert_eq!(
        alone.content,
        "call the landlord about the heating in the kitchen, the noise upstairs…: your reminder"
    );
    let with_bo = letter_of("Bo", long, Kind::Custom);
    assert_eq!(
        with_bo.content,
        "**Bo**: call the landlord about the heating in the kitchen, the noise upstairs and the…"
    );
    for message in [alone, with_bo] {
        assert!(message.embeds[0].description.as_ref().unwrap().contains(long), "all of it stands below");
    }
    let short = letter_of("Bo", "send the slides", Kind::Custom);
    assert!(!short.embeds[0].description.as_ref().unwrap().contains("send the slides"), "once is enough");
}

#[test]
fn the_footer_says_when_it_comes_again() {
    let texts = Texts::embedded().unwrap();
    let words = texts.words(None);
    let footer = |came: &Came, every: Option<Cadence>| {
        let connection = Connection { every, ..grace() };
        letter(words, came, Some(&connection)).embeds[0].footer.as_ref().map(|footer| footer.text.clone())
    };
    let asker = member().asker(at("2026-12-14T09:00:00Z"));
    let fridays = crate::when::repeat("every friday", &asker).unwrap().cadence;
    let rhythm = Came::new(Id(9), Source::Rhythm);
    let says = |text: &str| Some(text.to_owned());
    assert_eq!(
        footer(&rhythm, Some(Cadence::weeks(6))),
        says("Comes every 6 weeks, counted from your last touch.")
    );
    assert_eq!(footer(&rhythm, Some(fridays)), says("Comes every Friday."));
    assert_eq!(footer(&rhythm, None), None);
    let planned = Came { about: "water the plants".to_owned(), ..Came::new(Id(9), Source::Planned(Id(7))) };
    assert_eq!(footer(&planned, Some(fridays)), None);
    let again = Came { repeat: Some(Cadence::months(3)), ..planned.clone() };
    assert_eq!(footer(&again, None), says("Comes every 3 months."));
    let date = |yearly| Because::Date {
        day: at("2026-12-16T08:00:00Z"),
        before: 2,
        birthday: false,
        yearly,
        over: false,
    };
    assert_eq!(footer(&Came { because: date(true), ..again.clone() }, None), says("Comes every year."));
    assert_eq!(footer(&Came { because: date(false), ..planned }, None), None);
}

#[test]
fn one_button_at_most_is_the_likeliest() {
    let texts = Texts::embedded().unwrap();
    let words = texts.words(None);
    let likeliest =
        |message: &Message| serde_json::to_string(message).unwrap().matches(r#""style":1,"#).count();
    for count in 1..=5 {
        let one = |n: u64| (Came::new(Id(n), Source::Rhythm), Some(Connection { id: Id(n), ..grace() }));
        let entries: Vec<bundle::Entry> = (0..count).map(one).collect();
        assert!(
            likeliest(&bundle::digest(words, (Id(99), &bundle::Digest::default()), &entries)) <= 1,
            "{count}"
        );
        assert!(likeliest(&bundle::inbox(words, 0, entries.len(), &entries)) <= 1, "{count}");
    }
    let (came, connection) = (Came::new(Id(9), Source::Rhythm), grace());
    assert_eq!(likeliest(&letter(words, &came, Some(&connection))), 1);
    let snoozed = Came { state: State::Snoozed(at("2026-12-18T08:00:00Z")), ..came };
    let shown = standing(words, &snoozed, Some(&connection), None);
    let asks = bend_views::with_bend(words, shown, &snoozed, &connection, Cadence::weeks(12));
    assert_eq!(likeliest(&asks), 1);
}
