//! What the stories of whole rounds share: what people do in any of them, and what each of them got.

use std::collections::BTreeMap;

use serde_json::Value;

use super::report::file;
use crate::kit::{Answer, Message, Person, Town};

/// What letters are, by what stands in their first line: the first that fits. One that was answered says so in it.
const KINDS: [(&str, &str); 37] = [
    ("sign-up is not finished", "unfinished"),
    ("your group is ready", "group"),
    ("You are not in a group", "left over"),
    ("you are off the list", "left over"),
    ("would you take", "consent"),
    ("You'll hear from me once the groups", "consent"),
    ("find another way", "consent"),
    ("did you meet?", "check-in"),
    ("Noted", "check-in"),
    ("You are no longer in group", "check-in"),
    ("half-way", "half-way"),
    ("Thank you. For", "half-way"),
    ("your group can't reach you", "are you there"),
    ("I told your group that you are still there", "are you there"),
    ("your break is over", "break over"),
    ("your mentor has been quiet", "quiet mentor"),
    ("your place has gone", "place given"),
    ("you have a place in a group", "new group"),
    ("your group", "joined by"),
    ("How was it?", "how was it"),
    ("how was it? You can say it until", "how was it"),
    ("I keep what you say", "how was it"),
    ("what your mentees say", "mentees' words"),
    ("ends <t:", "sign-up ends soon"),
    ("Sign-up for", "sign-up over"),
    ("is over: ", "all asked"),
    ("declined group", "declined"),
    ("withdrew", "withdrew"),
    ("and the round is running", "runs"),
    ("has left the", "left"),
    ("has lost their place", "left"),
    ("is left in group", "proposal"),
    ("has no ment", "proposal"),
    ("is free in group", "proposal"),
    ("done, approved by", "proposal"),
    ("not now, says", "proposal"),
    ("is closed: ", "closed"),
];

/// The same of what is said in a group's room.
const SAID: [(&str, &str); 14] = [
    ("this is your group", "introduction"),
    ("thank you all", "over"),
    ("suggests meeting", "time"),
    ("no time is agreed on", "reminder"),
    ("you meet", "reminder"),
    ("can't come to the", "skip"),
    ("takes a break", "pause"),
    ("is back.", "back"),
    ("joins you", "welcome"),
    ("no longer in this group", "gone"),
    ("no longer in this server", "gone"),
    ("has left the round", "gone"),
    ("on in <#", "moved on"),
    ("is still there.", "here"),
];

/// How many messages there are of each kind.
fn counted(messages: &[Message], kinds: &[(&str, &str)]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for first in messages.iter().map(Message::first) {
        let kind = kinds.iter().find(|(part, _)| first.contains(part));
        *counts.entry(kind.unwrap_or_else(|| panic!("{first}")).1).or_default() += 1;
    }
    let counts: Vec<String> = counts.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    counts.join(", ")
}

impl Town {
    /// A town in which Kith serves and sends at once: in months it asks Discord more than a story has time for.
    pub async fn for_a_whole_round() -> Self {
        let mut town = Self::without_kith().await;
        town.sends(1_000);
        town.start().await;
        town
    }

    /// What people are called, by their ids.
    pub async fn names(&self) -> BTreeMap<String, String> {
        let world = self.get("/world").await;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        world["users"].as_array().unwrap().iter().map(|it| (text(&it["id"]), text(&it["name"]))).collect()
    }

    /// How many letters of each kind each of these people has: one line for each of them.
    pub async fn letters_of(&self, names: &[&str]) -> String {
        let mut lines = Vec::new();
        for name in names {
            let letters = self.person(name).await.letters().await;
            lines.push(format!("{name}: {}", counted(&letters, &KINDS)));
        }
        lines.join("\n")
    }

    /// How many messages of each kind there are in the rooms of these people.
    pub async fn said_to(&self, names: &[&str]) -> String {
        let mut lines = Vec::new();
        for name in names {
            let person = self.person(name).await;
            let said = person.reads(&person.thread().await).await;
            lines.push(format!("{name}: {}", counted(&said, &SAID)));
        }
        lines.join("\n")
    }

    /// The groups that people are in, by their threads: each sorted, those with most people last.
    pub async fn groups(&self, names: &[&str]) -> Vec<Vec<String>> {
        let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for name in names {
            for thread in self.person(name).await.threads().await {
                let id = thread["id"].as_str().unwrap().to_owned();
                groups.entry(id).or_default().push((*name).to_owned());
            }
        }
        let mut groups: Vec<Vec<String>> = groups.into_values().collect();
        groups.iter_mut().for_each(|group| group.sort());
        groups.sort_by_key(|group| (group.len(), group.clone()));
        groups
    }

    /// The groups that a preview shows, each sorted, in its order.
    pub async fn previewed(&self, preview: &str) -> Vec<Vec<String>> {
        let names = self.names().await;
        let mention = regex::Regex::new("<@([0-9]+)>").unwrap();
        let lines = preview.lines().filter(|line| line.contains(" · fits "));
        let groups = lines.map(|line| {
            let mut group: Vec<String> =
                mention.captures_iter(line).map(|found| names[&found[1]].clone()).collect();
            group.sort();
            group
        });
        groups.collect()
    }

    /// Nothing that Kith ever put into a channel, a thread or a message tells that somebody avoids anybody.
    pub fn nobody_learns_who_is_avoided(&self) {
        for call in self.sandbox.requests_since(0) {
            let is_said =
                call.route.starts_with("POST /channels/") || call.route.starts_with("PATCH /channels/");
            let said = call.request.to_string().replace("Whom you avoid stays with me", "");
            assert!(!is_said || !said.contains("avoid"), "{} {said}", call.path);
        }
    }

    /// The figures of a round's report, as its file has them.
    pub async fn figures(&self, report: &Answer, name: &str) -> Value {
        let files = self.files(report).await;
        let mut all: Value = serde_json::from_slice(file(&files, name)).unwrap();
        all["figures"].take()
    }
}

/// Whether two are together in one of these groups.
pub fn together(groups: &[Vec<String>], one: &str, other: &str) -> bool {
    groups.iter().any(|group| group.iter().any(|it| it == one) && group.iter().any(|it| it == other))
}

impl Person<'_> {
    /// Looks at a round in the list of the server's.
    pub async fn looks_at(&self, round: &str) -> Message {
        self.presses(&self.runs("/organize rounds").await.message(), round).await.message()
    }

    /// Says, after signing up, whom they must not be with.
    pub async fn avoids(&self, board: &Message, whom: &[&str]) {
        let mine = self.presses(board, "My sign-up").await.message();
        let form = self.presses(&mine, "Edit").await.message();
        let kept = self.chooses_in(&form, "Whom must you not be with? Nobody is told.", whom).await;
        assert!(kept.text().contains("You avoid"), "{}", kept.text());
    }

    /// Answers the latest question whether they met.
    pub async fn answers(&self, answer: &str) -> Message {
        let asked = self.letters_with("did you meet").await.pop().unwrap();
        self.presses(&asked, answer).await.message()
    }

    /// Says half-way how it is going, with a word where they like.
    pub async fn says_how_it_goes(&self, score: &str, word: &str) {
        let asked = self.letter("half-way").await;
        let said = self.presses(&asked, score).await.message();
        if !word.is_empty() {
            let form = self.presses(&said, "Add a word").await;
            self.fills(&form, &[("What works, what doesn't?", word)]).await;
        }
    }
}
