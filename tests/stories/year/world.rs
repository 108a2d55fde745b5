//! The people in a town with Kith: they do what they do, and what reaches them is noted.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use chrono::Weekday;
use regex::Regex;
use serde_json::{Value, json};

use super::local::{Minute, clock};
use super::oracle::{Act, Coming, Digest, Name, Settings, Until, When};
use super::people::Somebody;
use crate::kit::{Answer, Message, Person, Town};

/// Where a nudge stands that waits for an answer.
#[derive(Clone, Debug)]
enum Place {
    /// It has a letter of its own.
    Letter,
    /// A row of a digest: its buttons, by label.
    Row(BTreeMap<String, String>),
    /// A line of a digest's menu.
    Line(String),
}

/// A member, and all that happened to them.
pub struct Living {
    pub id: String,
    channel: String,
    pub settings: Settings,
    pub history: Vec<(Minute, Act)>,
    ways: Somebody,
    known: Vec<Name>,
    open: BTreeMap<Name, (String, Place)>,
    /// Each message: its minute, and whose nudges it brought.
    pub got: Vec<(Minute, Vec<Name>)>,
}

impl Living {
    /// What came, by minute.
    pub fn seen(&self) -> Coming {
        let mut seen = Coming::new();
        for (at, names) in &self.got {
            seen.entry(*at).or_default().extend(names.iter().cloned());
        }
        seen
    }

    /// What came twice in a minute, or apart although it came together.
    pub fn faults(&self) -> Vec<(Minute, Name)> {
        let mut faults = Vec::new();
        let mut messages: BTreeMap<Minute, usize> = BTreeMap::new();
        let mut names = BTreeSet::new();
        for (at, those) in &self.got {
            *messages.entry(*at).or_default() += 1;
            for name in those {
                if !names.insert((*at, name.clone())) {
                    faults.push((*at, name.clone()));
                }
            }
        }
        let each =
            self.history.iter().any(|(_, act)| matches!(act, Act::Set(it) if it.digest == Digest::Each));
        let apart = messages.iter().filter(|(_, count)| **count > 1);
        if !each {
            faults.extend(apart.map(|(at, _)| (*at, "several messages".to_owned())));
        }
        faults
    }
}

pub struct World {
    pub town: Town,
    pub all: Vec<Living>,
    by_channel: BTreeMap<String, usize>,
    messages: BTreeSet<String>,
    seq: u64,
    /// The sandbox's clock when it was last set, in milliseconds, and when that was.
    set: (i64, Instant),
    names: Regex,
    pub acts: usize,
}

impl World {
    /// A world with so many members who have just begun to use Kith.
    pub async fn begin(town: Town, seed: u64, members: usize) -> Self {
        let mut world = Self {
            town,
            all: vec![],
            by_channel: BTreeMap::new(),
            messages: BTreeSet::new(),
            seq: 0,
            set: (0, Instant::now()),
            names: Regex::new("[pn][0-9]+x[0-9]+").unwrap(),
            acts: 0,
        };
        world.moves("2033-03-01T11:07:05Z".parse().unwrap()).await;
        for index in 0..members {
            world.joins(seed, index).await;
        }
        world.reads();
        world
    }

    async fn joins(&mut self, seed: u64, index: usize) {
        let mut ways = Somebody::new(seed, index);
        let settings = ways.settings();
        let id = self.town.stranger(&format!("Member {index}")).await.id;
        let now = self.now().await;
        let body = json!({"as": id, "dm": true, "name": "settings", "options": options(&settings)});
        let said: Answer = self.town.post("/command", body).await.into();
        assert!(!said.text().contains("Nothing was"), "{}", said.text());
        let channel = self.town.with_id(&id).dm().await;
        self.by_channel.insert(channel.clone(), index);
        let history = vec![(now, Act::Set(settings.clone()))];
        let (known, open, got) = (vec![], BTreeMap::new(), vec![]);
        let acts = ways.begins(&settings, now);
        self.all.push(Living { id, channel, settings, history, ways, known, open, got });
        for act in acts {
            self.does(index, act).await;
        }
    }

    /// Moves the clock.
    pub async fn moves(&mut self, to: jiff::Timestamp) {
        self.town.post("/clock", json!({"set": to.to_string()})).await;
        self.set = (to.as_millisecond(), Instant::now());
    }

    /// The minute, which does not end for a while.
    pub async fn now(&mut self) -> Minute {
        let (set, at) = self.set;
        let now = set + i64::try_from(at.elapsed().as_millis()).unwrap();
        if now % 60_000 > 50_000 {
            let next = (now / 60_000 + 1) * 60_000 + 5_000;
            self.moves(jiff::Timestamp::from_millisecond(next).unwrap()).await;
            return next / 60_000;
        }
        now / 60_000
    }

    /// Everybody does what they do today.
    pub async fn lives(&mut self) {
        self.reads();
        for index in 0..self.all.len() {
            let now = self.now().await;
            let living = &mut self.all[index];
            let open: Vec<Name> = living.open.keys().cloned().collect();
            let acts = living.ways.day(&living.settings, &living.known, &open, now);
            for act in acts {
                self.does(index, act).await;
            }
        }
        self.reads();
    }

    async fn does(&mut self, index: usize, act: Act) {
        let now = self.now().await;
        self.acts += 1;
        let living = &self.all[index];
        let person = self.town.with_id(&living.id);
        match &act {
            Act::Set(new) => {
                let said = person.runs_with("settings", options(new)).await;
                if said.message().buttons().contains(&"Move".to_owned()) {
                    person.presses(&said.message(), "Move").await;
                } else {
                    assert!(!said.text().contains("Nothing"), "{}", said.text());
                }
            }
            Act::Add { who, every } => {
                let said = person.runs(&format!("/connection add name: {who} every: {}", every.said)).await;
                assert!(said.text().starts_with("Saved"), "{every:?}: {}", said.text());
            }
            Act::Log { who, days_ago } => {
                let when = if *days_ago == 0 { String::new() } else { format!(" when: {days_ago} days ago") };
                let said = person.runs(&format!("/log who: {who}{when}")).await;
                assert!(said.text().starts_with("Logged"), "{}", said.text());
            }
            Act::Plan { about, when, repeat } => {
                let said =
                    person.runs(&format!("/nudge me about: {about} {}", planned(*when, *repeat))).await;
                assert!(said.text().starts_with("I'll remind you"), "{act:?}: {}", said.text());
            }
            Act::Done { of } => {
                let form = presses(&person, &living.open[of], "Done").await;
                person.fills(&form, &[]).await;
            }
            Act::Snooze { of, until } => {
                let (message, _) = &living.open[of];
                presses(&person, &living.open[of], "Snooze").await;
                let until = match until {
                    Until::Days(1) => "Tomorrow",
                    Until::Days(3) => "In 3 days",
                    Until::Days(_) => "Next week",
                    Until::Months(_) => "In a month",
                };
                let body = json!({"as": person.id, "message": message, "values": [until]});
                let said: Answer = self.town.post("/select", body).await.into();
                // Whether the rhythm should be longer is asked in the place of the digest.
                if said.message().buttons().contains(&"Show all".to_owned()) {
                    person.presses(&said.message(), "Show all").await;
                }
            }
            Act::Pause { from, until } => {
                let from = if *from == 0 { String::new() } else { format!(" from: in {from} days") };
                let said = person.runs(&format!("/nudge pause until: in {until} days{from}")).await;
                assert!(!said.text().contains("No pause"), "{act:?}: {}", said.text());
            }
            Act::Resume => drop(person.runs("/nudge resume").await),
            Act::Slip { of, removes } => slips(&person, of, *removes).await,
            Act::Skip { of } => drop(presses(&person, &living.open[of], "Skip").await),
            Act::Stop { of } => drop(presses(&person, &living.open[of], "Stop").await),
        }
        let living = &mut self.all[index];
        match &act {
            Act::Set(new) => living.settings = new.clone(),
            Act::Add { who, .. } => living.known.push(who.clone()),
            Act::Log { who: of, .. }
            | Act::Done { of }
            | Act::Snooze { of, .. }
            | Act::Skip { of }
            | Act::Stop { of } => drop(living.open.remove(of)),
            Act::Plan { .. } | Act::Pause { .. } | Act::Resume | Act::Slip { .. } => {}
        }
        living.history.push((now, act));
    }

    /// Notes what has reached people since the last time.
    pub fn reads(&mut self) {
        let calls = self.town.sandbox.requests_since(self.seq);
        assert!(calls.first().is_none_or(|call| call.seq == self.seq + 1), "some calls were not kept");
        for call in calls {
            self.seq = call.seq;
            if call.route != "POST /channels/{channel.id}/messages" || call.status >= 300 {
                continue;
            }
            // One that is sent again is the one that there is.
            let message = Message::from(call.response);
            if self.messages.insert(message.id.clone()) {
                self.arrives(&message);
            }
        }
    }

    fn arrives(&mut self, message: &Message) {
        let channel = message.json["channel_id"].as_str().unwrap();
        let at: jiff::Timestamp = message.json["timestamp"].as_str().unwrap().parse().unwrap();
        let living = &mut self.all[self.by_channel[channel]];
        assert_eq!(living.channel, channel);
        let is_digest = [" today**", " this week**"].iter().any(|span| message.first().contains(span));
        let text = message.json["embeds"][0]["description"].as_str().unwrap_or_default().to_owned();
        let lines: Vec<&str> =
            if is_digest { text.lines().collect() } else { message.first().lines().take(1).collect() };
        let names: Vec<Name> =
            lines.iter().filter_map(|line| Some(self.names.find(line)?.as_str().to_owned())).collect();
        assert!(!names.is_empty(), "{}", message.seen());
        for name in &names {
            let place = if is_digest { in_digest(message, name) } else { Place::Letter };
            living.open.insert(name.clone(), (message.id.clone(), place));
        }
        living.got.push((at.as_second().div_euclid(60), names));
    }
}

/// Where a nudge stands in a digest.
fn in_digest(message: &Message, name: &str) -> Place {
    let rows = message.json["components"].as_array().unwrap();
    let is_it = |label: &Value| {
        label.as_str().is_some_and(|label| label.starts_with(name) && label.len() == name.len())
    };
    for row in rows {
        let parts = row["components"].as_array().unwrap();
        if is_it(&parts[0]["label"]) {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let buttons = parts.iter().skip(1).map(|it| (text(&it["label"]), text(&it["custom_id"])));
            return Place::Row(buttons.collect());
        }
    }
    Place::Line(name.to_owned())
}

/// Presses an answer to a nudge where it stands.
async fn presses(person: &Person<'_>, (message, place): &(String, Place), button: &str) -> Answer {
    let button = match place {
        Place::Letter => button.to_owned(),
        Place::Row(buttons) => buttons[button].clone(),
        Place::Line(line) => {
            let body = json!({"as": person.id, "message": message, "values": [line]});
            person.town.post("/select", body).await;
            button.to_owned()
        }
    };
    let body = json!({"as": person.id, "message": message, "button": button});
    person.town.post("/click", body).await.into()
}

/// Removes somebody, or logs a touch with them, looks at what waits, and takes it back.
async fn slips(person: &Person<'_>, of: &Name, removes: bool) {
    let slip = if removes {
        let asked = person.runs(&format!("/connection remove who: {of}")).await;
        person.presses(&asked.message(), "Remove").await
    } else {
        person.runs(&format!("/log who: {of}")).await
    };
    person.runs("/nudge inbox").await;
    person.presses(&slip.message(), "Undo").await;
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "monday",
        Weekday::Tue => "tuesday",
        Weekday::Wed => "wednesday",
        Weekday::Thu => "thursday",
        Weekday::Fri => "friday",
        Weekday::Sat => "saturday",
        Weekday::Sun => "sunday",
    }
}

/// The options of `/settings` for these.
fn options(settings: &Settings) -> Value {
    let off = || "off".to_owned();
    let days: Vec<&str> = settings.quiet_days.iter().map(|day| weekday(*day)).collect();
    json!({
        "timezone": settings.zone.name(),
        "delivery_hour": clock(settings.hour),
        "quiet_hours": settings.quiet.map_or_else(off, |(from, to)| format!("{}-{}", clock(from), clock(to))),
        "quiet_days": if days.is_empty() { off() } else { days.join(" and ") },
        "digest": match settings.digest {
            Digest::Daily => "daily".to_owned(),
            Digest::Each => "each".to_owned(),
            Digest::Weekly(day) => format!("weekly_{}", weekday(day)),
        },
        "max_a_day": settings.most,
    })
}

fn planned(when: When, repeat: Option<super::rhythm::Rhythm>) -> String {
    match (when, repeat) {
        (When::Falls, Some(rhythm)) => format!("when: {}", rhythm.said),
        (When::Falls, None) => panic!("no rhythm"),
        (When::On(day, minute), None) => format!("when: {day} {}", clock(minute)),
        (When::On(day, minute), Some(rhythm)) => {
            format!("when: {day} {} repeat: {}", clock(minute), rhythm.said)
        }
        (When::InDays(days), _) => format!("when: in {days} days"),
        (When::InMinutes(minutes), repeat) => {
            let repeat = repeat.map(|rhythm| format!(" repeat: {}", rhythm.said)).unwrap_or_default();
            format!("when: in {minutes} minutes{repeat}")
        }
    }
}
