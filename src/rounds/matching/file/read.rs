//! From a matching file to a problem, with every mistake in it.

use std::collections::BTreeMap;

use super::json::Json;
use crate::rounds::matching::problem::MAX_PEOPLE;
use crate::rounds::matching::{
    Given, LAST_HALF_DAY, MAX_LEVEL, Met, Mistake, Person, Problem, Role, Shape, Weights, Wrong, check,
};

/// Why a file is no problem.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ReadError {
    /// There is nothing in it but blanks.
    #[error("the file is empty: it has to hold a JSON object with shape and people")]
    Empty,
    /// It is no text.
    #[error("the file is not UTF-8 text: byte {at} is wrong")]
    NotUtf8 {
        /// Where it stops being text.
        at: usize,
    },
    /// It is no JSON.
    #[error("the file is not JSON: {0} (JSON has no NaN, no comments, and no comma after the last item)")]
    NotJson(String),
    /// It is JSON with mistakes.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Wrong(Vec<Mistake>),
}

const TOP: &[&str] = &["shape", "people", "excluded", "history", "weights", "fit", "fit_only"];
const PERSON: &[&str] = &[
    "id",
    "role",
    "capacity",
    "topics",
    "level",
    "half_days",
    "languages",
    "fields",
    "goals",
    "wishes",
    "avoid",
];
const WEIGHTS: &[&str] = &["topics", "goals", "half_days", "level", "wishes", "novelty", "diversity"];

/// Reads a problem.
///
/// # Errors
/// When it is no JSON in UTF-8; else with every mistake there is, each with its place.
pub fn read(bytes: &[u8]) -> Result<Problem, ReadError> {
    let text = std::str::from_utf8(bytes).map_err(|error| ReadError::NotUtf8 { at: error.valid_up_to() })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\0').is_empty() {
        return Err(ReadError::Empty);
    }
    let json: Json = serde_json::from_str(text).map_err(|error| ReadError::NotJson(error.to_string()))?;
    let mut reader = Reader::default();
    let problem = reader.problem(&json);
    let mut mistakes = reader.mistakes;
    // What could not be read is not judged again by what stands in its place.
    let more: Vec<Mistake> = check(&problem)
        .into_iter()
        .filter(|one| {
            !mistakes.iter().any(|known| covers(&known.path, &one.path) || covers(&one.path, &known.path))
        })
        .collect();
    mistakes.extend(more);
    if mistakes.is_empty() { Ok(problem) } else { Err(ReadError::Wrong(mistakes)) }
}

/// Whether a path is another one or leads to it.
fn covers(path: &str, other: &str) -> bool {
    other
        .strip_prefix(path)
        .is_some_and(|rest| path.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']))
}

#[derive(Default)]
struct Reader {
    mistakes: Vec<Mistake>,
}

/// An object whose keys are all known.
struct Fields<'a>(BTreeMap<&'a str, &'a Json>);

impl<'a> Fields<'a> {
    fn get(&self, key: &str) -> Option<&'a Json> {
        self.0.get(key).copied()
    }
}

fn within(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

impl Reader {
    fn wrong(&mut self, path: &str, wrong: Wrong) {
        self.mistakes.push(Mistake::new(path, wrong));
    }

    fn expected(&mut self, path: &str, what: impl Into<String>) {
        self.wrong(path, Wrong::Expected(what.into()));
    }

    fn object<'a>(&mut self, json: &'a Json, path: &str, known: &'static [&'static str]) -> Fields<'a> {
        let mut fields = BTreeMap::new();
        let Json::Object(entries) = json else {
            self.expected(path, format!("an object with {}", known.join(", ")));
            return Fields(fields);
        };
        for (key, value) in entries {
            let path = within(path, key);
            if !known.contains(&key.as_str()) {
                self.wrong(&path, Wrong::UnknownKey(known.to_vec()));
            } else if fields.insert(key.as_str(), value).is_some() {
                self.wrong(&path, Wrong::KeyTwice);
            }
        }
        Fields(fields)
    }

    fn list<'a>(&mut self, json: &'a Json, path: &str, of: &str) -> &'a [Json] {
        if let Json::List(items) = json {
            return items;
        }
        self.expected(path, format!("a list of {of}"));
        &[]
    }

    fn text(&mut self, json: &Json, path: &str) -> Option<String> {
        if let Json::Text(text) = json {
            return Some(text.clone());
        }
        self.expected(path, "text");
        None
    }

    fn texts(&mut self, json: Option<&Json>, path: &str) -> Vec<String> {
        let Some(json) = json else { return Vec::new() };
        let items = self.list(json, path, "texts");
        // What is no text leaves its place to nothing, so that the others keep theirs.
        let one = |(index, item)| self.text(item, &format!("{path}[{index}]")).unwrap_or_default();
        items.iter().enumerate().map(one).collect()
    }

    fn whole(&mut self, json: &Json, path: &str, least: u32, most: u32) -> Option<u32> {
        match json {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in between")]
            Json::Number(number)
                if number.fract() == 0.0 && (f64::from(least)..=f64::from(most)).contains(number) =>
            {
                Some(*number as u32)
            }
            _ => {
                let upto = if most == u32::MAX { String::new() } else { format!(" to {most}") };
                self.expected(path, format!("a whole number from {least}{upto}"));
                None
            }
        }
    }

    fn number(&mut self, json: &Json, path: &str) -> Option<f64> {
        if let Json::Number(number) = json {
            return Some(*number);
        }
        self.expected(path, "a number");
        None
    }

    fn bool(&mut self, json: &Json, path: &str) -> bool {
        if let Json::Bool(value) = json {
            return *value;
        }
        self.expected(path, "true or false");
        false
    }

    fn problem(&mut self, json: &Json) -> Problem {
        let fields = self.object(json, "", TOP);
        if !matches!(json, Json::Object(_)) {
            return Problem::default();
        }
        for key in ["shape", "people"] {
            if fields.get(key).is_none() {
                self.wrong(key, Wrong::MissingKey);
            }
        }
        let people = fields.get("people").map_or(&[][..], |people| self.list(people, "people", "people"));
        if people.len() > MAX_PEOPLE {
            self.expected("people", format!("a list of at most {MAX_PEOPLE} people"));
            return Problem::default();
        }
        Problem {
            shape: fields.get("shape").map(|shape| self.shape(shape)).unwrap_or_default(),
            people: people
                .iter()
                .enumerate()
                .map(|(index, person)| self.person(person, &format!("people[{index}]")))
                .collect(),
            excluded: self.excluded(fields.get("excluded")),
            history: self.history(fields.get("history")),
            weights: fields.get("weights").map(|weights| self.weights(weights)).unwrap_or_default(),
            given: self.given(fields.get("fit")),
            fit_only: fields.get("fit_only").is_some_and(|only| self.bool(only, "fit_only")),
        }
    }

    fn shape(&mut self, json: &Json) -> Shape {
        const ALL: &[&str] = &["kind", "max_mentees", "trio", "min", "max"];
        let kind = match json {
            Json::Object(entries) => entries.iter().find(|(key, _)| key == "kind").map(|(_, kind)| kind),
            _ => None,
        };
        let known = match kind {
            Some(Json::Text(kind)) if kind == "mentor_groups" => &["kind", "max_mentees"][..],
            Some(Json::Text(kind)) if kind == "pairs" => &["kind", "trio"],
            Some(Json::Text(kind)) if kind == "circles" => &["kind", "min", "max"],
            _ => ALL,
        };
        let fields = self.object(json, "shape", known);
        let whole = |reader: &mut Self, key: &str, least| match fields.get(key) {
            Some(json) => reader.whole(json, &within("shape", key), least, u32::MAX),
            None => {
                reader.wrong(&within("shape", key), Wrong::MissingKey);
                None
            }
        };
        match known {
            ["kind", "max_mentees"] => {
                Shape::MentorGroups { max_mentees: whole(self, "max_mentees", 1).unwrap_or(1) }
            }
            ["kind", "trio"] => {
                Shape::Pairs { trio: fields.get("trio").is_some_and(|trio| self.bool(trio, "shape.trio")) }
            }
            ["kind", "min", "max"] => {
                let (min, max) = (whole(self, "min", 2), whole(self, "max", 2));
                let min = min.or(max).unwrap_or(2);
                Shape::Circles { min, max: max.unwrap_or(min) }
            }
            _ => {
                match kind {
                    None if matches!(json, Json::Object(_)) => self.wrong("shape.kind", Wrong::MissingKey),
                    None => {}
                    Some(_) => self.expected("shape.kind", "mentor_groups, pairs or circles"),
                }
                Shape::default()
            }
        }
    }

    fn person(&mut self, json: &Json, path: &str) -> Person {
        let fields = self.object(json, path, PERSON);
        let at = |key: &str| within(path, key);
        if fields.get("id").is_none() && matches!(json, Json::Object(_)) {
            self.wrong(&at("id"), Wrong::MissingKey);
        }
        let level = fields.get("level");
        let level = level.and_then(|level| self.whole(level, &at("level"), 0, u32::from(MAX_LEVEL)));
        Person {
            id: fields.get("id").and_then(|id| self.text(id, &at("id"))).unwrap_or_default(),
            role: fields.get("role").map(|role| self.role(role, &at("role"))).unwrap_or_default(),
            capacity: fields
                .get("capacity")
                .and_then(|capacity| self.whole(capacity, &at("capacity"), 0, u32::MAX)),
            topics: self.topics(fields.get("topics"), &at("topics")),
            level: level.and_then(|level| u8::try_from(level).ok()),
            half_days: self.half_days(fields.get("half_days"), &at("half_days")),
            languages: self.texts(fields.get("languages"), &at("languages")),
            fields: self.texts(fields.get("fields"), &at("fields")),
            goals: self.texts(fields.get("goals"), &at("goals")),
            wishes: self.texts(fields.get("wishes"), &at("wishes")),
            avoid: self.texts(fields.get("avoid"), &at("avoid")),
        }
    }

    fn role(&mut self, json: &Json, path: &str) -> Role {
        let role = match json {
            Json::Text(word) => Role::from_word(word),
            _ => None,
        };
        role.unwrap_or_else(|| {
            self.expected(path, "mentor, mentee, sponsor or peer");
            Role::default()
        })
    }

    fn topics(&mut self, json: Option<&Json>, path: &str) -> BTreeMap<String, f64> {
        let mut topics = BTreeMap::new();
        match json {
            None => {}
            Some(Json::Object(entries)) => {
                for (topic, weight) in entries {
                    let path = within(path, topic);
                    let weight = self.number(weight, &path);
                    if topics.insert(topic.clone(), weight.unwrap_or_default()).is_some() {
                        self.wrong(&path, Wrong::KeyTwice);
                    }
                }
            }
            Some(_) => self.expected(path, "an object of topics, each with its weight"),
        }
        topics
    }

    fn half_days(&mut self, json: Option<&Json>, path: &str) -> Vec<u8> {
        let Some(json) = json else { return Vec::new() };
        let items = self.list(json, path, "half-days, each a whole number from 0 to 20").iter().enumerate();
        let most = u32::from(LAST_HALF_DAY);
        let one = |(index, item)| self.whole(item, &format!("{path}[{index}]"), 0, most);
        items.filter_map(one).filter_map(|day| u8::try_from(day).ok()).collect()
    }

    fn excluded(&mut self, json: Option<&Json>) -> Vec<[String; 2]> {
        let Some(json) = json else { return Vec::new() };
        let items = self.list(json, "excluded", "pairs of ids").iter().enumerate();
        items
            .map(|(index, pair)| self.pair(pair, &format!("excluded[{index}]"), "a pair of ids", 2))
            .collect()
    }

    /// The two ids with which a list of `length` begins.
    fn pair(&mut self, json: &Json, path: &str, what: &str, length: usize) -> [String; 2] {
        match json {
            Json::List(items) if items.len() == length => {
                [0, 1].map(|at| self.text(&items[at], &format!("{path}[{at}]")).unwrap_or_default())
            }
            _ => {
                self.expected(path, what);
                Default::default()
            }
        }
    }

    fn history(&mut self, json: Option<&Json>) -> Vec<Met> {
        let Some(json) = json else { return Vec::new() };
        let items = self.list(json, "history", "groups that met").iter().enumerate();
        let one = |(index, item)| {
            let path = format!("history[{index}]");
            let fields = self.object(item, &path, &["people", "rounds_ago"]);
            for key in ["people", "rounds_ago"] {
                if fields.get(key).is_none() && matches!(item, Json::Object(_)) {
                    self.wrong(&within(&path, key), Wrong::MissingKey);
                }
            }
            let people = self.texts(fields.get("people"), &within(&path, "people"));
            let rounds_ago = fields.get("rounds_ago");
            let rounds_ago =
                rounds_ago.and_then(|ago| self.whole(ago, &within(&path, "rounds_ago"), 0, u32::MAX));
            Met { people, rounds_ago: rounds_ago.unwrap_or(1) }
        };
        items.map(one).collect()
    }

    fn weights(&mut self, json: &Json) -> Weights {
        let fields = self.object(json, "weights", WEIGHTS);
        let mut weights = Weights::default();
        let each = [
            ("topics", &mut weights.topics),
            ("goals", &mut weights.goals),
            ("half_days", &mut weights.half_days),
            ("level", &mut weights.level),
            ("wishes", &mut weights.wishes),
            ("novelty", &mut weights.novelty),
            ("diversity", &mut weights.diversity),
        ];
        for (key, weight) in each {
            if let Some(json) = fields.get(key)
                && let Some(number) = self.number(json, &within("weights", key))
            {
                *weight = number;
            }
        }
        weights
    }

    fn given(&mut self, json: Option<&Json>) -> Vec<Given> {
        let Some(json) = json else { return Vec::new() };
        let items = self.list(json, "fit", "pairs of ids, each with a fit").iter().enumerate();
        let one = |(index, item)| {
            let path = format!("fit[{index}]");
            let pair = self.pair(item, &path, "a list of two ids and their fit", 3);
            let fit = match item {
                Json::List(items) if items.len() == 3 => self.number(&items[2], &format!("{path}[2]")),
                _ => None,
            };
            Given { pair, fit: fit.unwrap_or_default() }
        };
        items.map(one).collect()
    }
}
