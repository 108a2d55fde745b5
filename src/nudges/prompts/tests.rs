//! The file of texts, and how they are chosen.

use super::*;

const KINDS: [&str; 12] = [
    "follow_up",
    "give_value",
    "ask_feedback",
    "ask_referral",
    "check_in",
    "reflect",
    "birthday",
    "anniversary",
    "date",
    "birthday_after",
    "anniversary_after",
    "date_after",
];
/// What nobody says to a person they know.
const FORBIDDEN: &[&str] = &[
    "hope you",
    "doing well",
    "touch base",
    "touching base",
    "pick your brain",
    "reach out",
    "reaching out",
    "circle back",
    "checking in",
    "just wanted",
    "quick chat",
    "synergy",
    "catch up soon",
    "leverage",
    "network with",
    "at your earliest",
    "find this email",
    "happy to connect",
    "value add",
    "win-win",
    "!",
];
const RELATIONSHIPS: &[&str] = &[
    "mentor",
    "mentee",
    "sponsor",
    "protege",
    "manager",
    "report",
    "colleague",
    "peer",
    "client",
    "friend",
    "other",
    "alumni",
];

fn facts() -> PromptFacts<'static> {
    PromptFacts { name: "Grace", ..PromptFacts::default() }
}

#[test]
fn every_kind_has_twelve_that_fit_everybody_or_their_relationship() {
    let prompts = Prompts::embedded().unwrap();
    for kind in KINDS {
        let all = prompts.openers.iter().filter(|entry| entry.kind == kind).count();
        assert!(all >= 12, "{kind} has {all}");
    }
    for kind in KINDS.into_iter().filter(|kind| *kind != "reflect") {
        let tags = ["compilers".to_owned()];
        for relationship in RELATIONSHIPS {
            let facts = PromptFacts {
                relationship: Some(relationship),
                tags: &tags,
                note: Some("moving to compilers"),
                ..facts()
            };
            let fitting = prompts.choose(kind, &facts, &[], 1, 100).len();
            let least = if kind == "check_in" && !["mentor", "mentee", "sponsor"].contains(relationship) {
                8
            } else {
                12
            };
            assert!(fitting >= least, "{kind} for a {relationship}: {fitting}");
        }
    }
    assert!(prompts.ways.len() >= 12);
}

#[test]
fn entries_are_short_plain_and_say_nothing_empty() {
    let prompts = Prompts::embedded().unwrap();
    for entry in prompts.openers.iter().chain(&prompts.ways) {
        let lower = entry.text.to_lowercase();
        for phrase in FORBIDDEN {
            assert!(!lower.contains(phrase), "{} says \"{phrase}\"", entry.id);
        }
        assert!(entry.text.chars().count() <= 160, "{} is long", entry.id);
        assert!(entry.text.ends_with(['.', '?']), "{} does not end", entry.id);
        assert_eq!(
            entry.text.contains("{note}"),
            entry.text.contains("“{note}”"),
            "{} quotes notes",
            entry.id
        );
        for relationship in &entry.relationships {
            assert!(RELATIONSHIPS.contains(&relationship.as_str()), "{}: {relationship}", entry.id);
        }
        for what in &entry.what {
            let known = ["chat", "call", "met", "message", "gave", "received", "asked"];
            assert!(known.contains(&what.as_str()), "{}: {what}", entry.id);
        }
    }
    for entry in &prompts.openers {
        assert!(KINDS.contains(&entry.kind.as_str()), "{}: {}", entry.id, entry.kind);
        let alone = entry.kind == "reflect" || entry.text.contains("{name}");
        assert!(alone, "{} addresses nobody", entry.id);
    }
}

/// What Kith can't know of the member, so that nobody could send it as it is.
const INVENTS: &[&str] = &[
    "i have a ",
    "i have ten",
    "i found",
    "i met",
    "i saw",
    "i read something",
    "i made a",
    "i told",
    "i know somebody",
    "i kept my",
    "came across my",
    "asked me about",
    "i am meeting",
    "i am applying",
    "i am writing",
    "i was away",
    "i did what",
    "i tried what",
    "i used",
    "we built",
    "is coming up",
    "it went well",
    "than you think",
];

#[test]
fn openers_state_nothing_that_only_the_member_can_know() {
    let prompts = Prompts::embedded().unwrap();
    for entry in &prompts.openers {
        let text = entry.text.to_lowercase();
        let invented = INVENTS.iter().find(|phrase| text.contains(*phrase));
        assert_eq!(invented, None, "{}: {}", entry.id, entry.text);
    }
}

#[test]
fn what_needs_a_note_or_a_topic_waits_for_one() {
    let prompts = Prompts::embedded().unwrap();
    let plain = prompts.choose("follow_up", &facts(), &[], 7, 100);
    assert!(plain.iter().all(|opener| !opener.text.contains('“') && !opener.text.contains("{")));
    let noted = PromptFacts { note: Some("wants {name} to call.\n"), ..facts() };
    let first = prompts.choose("follow_up", &noted, &[], 7, 1);
    assert!(first[0].text.contains("“wants {name} to call”"), "{}", first[0].text);
    let long = "x".repeat(MAX_NOTE_CHARS + 1);
    let noted = PromptFacts { note: Some(&long), ..facts() };
    assert_eq!(prompts.choose("follow_up", &noted, &[], 7, 100), plain);
}

#[test]
fn fitting_ones_come_first_and_others_relationships_never() {
    let prompts = Prompts::embedded().unwrap();
    let protege = PromptFacts { relationship: Some("Protégé"), ..facts() };
    let first = prompts.choose("check_in", &protege, &[], 3, 1);
    let entry = prompts.openers.iter().find(|entry| entry.id == first[0].id).unwrap();
    assert!(entry.relationships.contains(&"protege".to_owned()));
    let all = prompts.choose("check_in", &protege, &[], 3, 100);
    assert!(all.iter().all(|opener| !opener.id.contains("mentor")));
}

#[test]
fn none_comes_twice_while_unused_ones_are_left() {
    let prompts = Prompts::embedded().unwrap();
    let tags = ["rust".to_owned()];
    let facts = PromptFacts { tags: &tags, note: Some("compilers"), relationship: Some("mentor"), ..facts() };
    let all = prompts.choose("ask_feedback", &facts, &[], 0, 100).len();
    let mut used: Vec<String> = Vec::new();
    for seed in 0..all as u64 {
        let next = prompts.choose("ask_feedback", &facts, &used, seed, 1).remove(0);
        assert!(!used.contains(&next.id));
        used.push(next.id);
    }
    assert_eq!(prompts.choose("ask_feedback", &facts, &used, 0, 2).len(), 2);
}

#[test]
fn the_same_seed_chooses_the_same_and_seeds_differ() {
    let prompts = Prompts::embedded().unwrap();
    let choose = |seed| prompts.choose("follow_up", &facts(), &[], seed, 2);
    assert_eq!(choose(5), choose(5));
    let firsts: HashSet<String> = (0..50).map(|seed| choose(seed).remove(0).id).collect();
    assert!(firsts.len() > 4);
}

#[test]
fn two_at_once_lean_on_different_facts() {
    let prompts = Prompts::embedded().unwrap();
    let noted = PromptFacts { note: Some("moving to compilers"), ..facts() };
    for seed in 0..20 {
        let two = prompts.choose("follow_up", &noted, &[], seed, 2);
        assert_eq!(two.iter().filter(|opener| opener.text.contains('“')).count(), 1);
    }
}

#[test]
fn mistakes_in_the_file_are_named() {
    let twice = "[[opener]]\nid='a'\nkind='x'\ntext='b'\n[[opener]]\nid='a'\nkind='x'\ntext='c'\n[[way]]\nid='w'\ntext='t'\n";
    assert!(Prompts::parse(twice).unwrap_err().to_string().contains("used twice"));
    let unknown = "[[opener]]\nid='a'\nkind='x'\ntext='Hi {nmae}'\n[[way]]\nid='w'\ntext='t'\n";
    assert!(Prompts::parse(unknown).is_err());
}

#[test]
fn twelve_of_a_kind_fit_somebody_of_whom_only_the_name_is_known() {
    let prompts = Prompts::embedded().unwrap();
    for kind in KINDS {
        let fitting = prompts.choose(kind, &facts(), &[], 1, 100).len();
        assert!(fitting >= 12, "{kind}: {fitting}");
    }
}

/// What only somebody can say who had to do with them.
const PRESUPPOSES: &[&str] = &[
    "last spoke",
    "last talk",
    "last time",
    "last talked",
    "we spoke",
    "we talked",
    "we met",
    "our conversation",
    "our rhythm",
    "told me",
    "you suggested",
    "seen me",
    "seen of me",
    "know me",
    "known me",
    "opened a door",
    "learned from you",
    "come back to you",
    "owe you",
    "we work on together",
    "we built",
    "what i sent",
    "do you still want",
];

/// docs/nudges.md: openers-untouched
#[test]
fn twelve_of_a_kind_fit_somebody_whom_one_never_had_to_do_with_and_none_says_otherwise() {
    let prompts = Prompts::embedded().unwrap();
    let tags = ["compilers".to_owned()];
    let relationships = RELATIONSHIPS.iter().map(|it| Some(*it)).chain([None]);
    for relationship in relationships {
        for (tags, what) in
            [(&[][..], None), (&tags[..], None), (&[][..], Some("chat")), (&tags[..], Some("chat"))]
        {
            let facts = PromptFacts { relationship, tags, what, ..facts() };
            for kind in KINDS {
                let fitting = prompts.choose(kind, &facts, &[], 1, 200);
                assert!(fitting.len() >= 12, "{kind} for {relationship:?}, {what:?}: {}", fitting.len());
                for opener in fitting.iter().filter(|_| what.is_none()) {
                    let text = opener.text.to_lowercase();
                    let said = PRESUPPOSES.iter().find(|phrase| text.contains(*phrase));
                    assert_eq!(said, None, "{}: {}", opener.id, opener.text);
                }
            }
        }
    }
    let spoken = PromptFacts { what: Some("chat"), ..facts() };
    let all = prompts.choose("follow_up", &spoken, &[], 1, 200);
    assert!(all.iter().any(|opener| opener.text.contains("last spoke")));
}

#[test]
fn a_note_about_them_is_quoted_to_nobody_but_the_member() {
    let prompts = Prompts::embedded().unwrap();
    for note in ["she is moving to compilers", "He's off to Oslo", "Grace moves to Oslo", "met their team"] {
        let facts = PromptFacts { note: Some(note), what: Some("chat"), ..facts() };
        for kind in KINDS {
            let all = prompts.choose(kind, &facts, &[], 1, 200);
            assert!(all.iter().all(|opener| !opener.text.contains(note)), "{kind}: {note}");
        }
        assert!(prompts.ways(&facts, &[], 1, 200).iter().any(|way| way.text.contains(note)), "{note}");
    }
    let facts = PromptFacts { note: Some("the move to compilers"), what: Some("chat"), ..facts() };
    assert!(prompts.choose("follow_up", &facts, &[], 1, 1)[0].text.contains("“the move to compilers”"));
}

#[test]
fn ways_to_give_lean_on_what_somebody_is_good_to_talk_to_about() {
    let prompts = Prompts::embedded().unwrap();
    let tags = ["compilers".to_owned()];
    for seed in 0..50 {
        for relationship in [None, Some("mentor"), Some("mentee"), Some("client")] {
            for what in [None, Some("received")] {
                let tagged = PromptFacts { relationship, what, tags: &tags, ..facts() };
                let ways = prompts.ways(&tagged, &[], seed, 2);
                assert!(ways.iter().any(|way| way.text.contains("compilers")), "{ways:?}");
                assert_ne!(ways[0].id, ways[1].id);
            }
        }
        let plain = prompts.ways(&facts(), &[], seed, 2);
        assert_eq!(plain.len(), 2);
    }
    // Until all of them were offered.
    let mentor = PromptFacts { relationship: Some("mentor"), tags: &tags, ..facts() };
    let mut used: Vec<String> = vec![];
    for _ in 0..prompts.ways(&mentor, &[], 1, 100).len() / 2 {
        for way in prompts.ways(&mentor, &used, 1, 2) {
            assert!(!used.contains(&way.id), "{} again", way.id);
            used.push(way.id);
        }
    }
}
