//! Every kind of nudge in every state, as a person sees it. Whoever changes a text reads here what comes of it.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::*;
use crate::connections::Last;
use crate::connections::{Ledger, Relationship, What};
use crate::discord::message::Component;
use crate::nudges::prompts::{PromptFacts, Prompts};
use crate::nudges::{Opener, Source, Undo};
use crate::texts::Texts;
use crate::when::{By, Cadence};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Grace, a mentor, met on 3 November 2026 and due every six weeks.
fn grace() -> Connection {
    let hour = jiff::civil::Time::constant(9, 0, 0, 0);
    let member = crate::members::Member::new("Europe/Berlin", hour, "en-GB", Timestamp::UNIX_EPOCH);
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
        turn: Turn::Planned(member.coming(at("2026-12-29T08:00:00Z"), By::Rhythm)),
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
        ("birthday", Kind::Custom, "birthday", Because::Date { day, before: 0, birthday: true, over: false }),
        (
            "birthday after",
            Kind::Custom,
            "birthday",
            Because::Date { day, before: 0, birthday: true, over: true },
        ),
        (
            "date",
            Kind::Custom,
            "interview at Acme",
            Because::Date { day, before: 2, birthday: false, over: false },
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
    came.openers = kept(prompts.choose(came.openers_of(), &facts, &[], 5, if ways > 0 { 1 } else { 2 }));
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
