//! Buttons, menus and the rest (Components → Component Reference): finding and showing them.
//! They are kept as the bot sent them; the rules on them are in `component_rules`.

use std::collections::HashSet;

use serde_json::{Value, json};

/// An action row.
pub const ROW: u64 = 1;
/// A button.
pub const BUTTON: u64 = 2;
/// A menu of given options.
pub const STRING_SELECT: u64 = 3;
/// A text field of a modal.
pub const TEXT_INPUT: u64 = 4;
/// A menu of people.
pub const USER_SELECT: u64 = 5;
/// A menu of roles.
pub const ROLE_SELECT: u64 = 6;
/// A menu of people and roles.
pub const MENTIONABLE_SELECT: u64 = 7;
/// A menu of channels.
pub const CHANNEL_SELECT: u64 = 8;
/// Menus of people, roles, both, channels.
const ENTITY_SELECTS: std::ops::RangeInclusive<u64> = USER_SELECT..=CHANNEL_SELECT;
/// A text of components v2.
pub const TEXT_DISPLAY: u64 = 10;
/// Components v2 that show pictures and files: not served.
pub const MEDIA: std::ops::RangeInclusive<u64> = 11..=13;
/// A line between parts of components v2.
const SEPARATOR: u64 = 14;
/// A frame around parts of components v2.
const CONTAINER: u64 = 17;
/// What holds one field of a modal.
pub const LABEL: u64 = 18;

/// The number that says what a component is; 0 where there is none.
pub fn kind(component: &Value) -> u64 {
    component["type"].as_u64().unwrap_or(0)
}

/// Whether it is a menu.
pub fn is_select(component: &Value) -> bool {
    let kind = kind(component);
    kind == STRING_SELECT || ENTITY_SELECTS.contains(&kind)
}

/// Visits every component at any depth with its path (`components.0.components.1`).
pub fn walk<'a>(components: &'a [Value], path: &str, visit: &mut impl FnMut(&'a Value, &str)) {
    for (index, component) in components.iter().enumerate() {
        one(component, &format!("{path}.{index}"), visit);
    }
}

fn one<'a>(component: &'a Value, path: &str, visit: &mut impl FnMut(&'a Value, &str)) {
    visit(component, path);
    if let Some(inner) = component["components"].as_array() {
        walk(inner, &format!("{path}.components"), visit);
    }
    for key in ["accessory", "component"] {
        if component[key].is_object() {
            one(&component[key], &format!("{path}.{key}"), visit);
        }
    }
}

/// Every component at any depth.
pub fn all(components: &[Value]) -> Vec<&Value> {
    let mut found = Vec::new();
    walk(components, "components", &mut |component, _| found.push(component));
    found
}

/// The same without the keys that hold null, at any depth.
pub fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| (key.clone(), without_nulls(value)))
                .collect(),
        ),
        Value::Array(list) => Value::Array(list.iter().map(without_nulls).collect()),
        other => other.clone(),
    }
}

/// The id that a component was given; 0 is none.
pub fn given_id(component: &Value) -> Option<u64> {
    component["id"].as_u64().filter(|id| *id != 0)
}

/// The ids of components that were given none: one after the other, without those that were given.
struct Numbers {
    given: HashSet<u64>,
    last: u64,
}

impl Numbers {
    fn next(&mut self) -> u64 {
        self.last += 1;
        while self.given.contains(&self.last) {
            self.last += 1;
        }
        self.last
    }
}

/// As Discord gives them back: numbered, with what was left to default filled in.
pub fn shown(components: &[Value]) -> Vec<Value> {
    let mut numbers = Numbers { given: HashSet::new(), last: 0 };
    walk(components, "", &mut |component, _| numbers.given.extend(given_id(component)));
    components.iter().map(|component| show(component, &mut numbers)).collect()
}

fn show(component: &Value, numbers: &mut Numbers) -> Value {
    let mut shown = without_nulls(component);
    if given_id(component).is_none() {
        shown["id"] = json!(numbers.next());
    }
    if is_select(&shown) {
        for key in ["min_values", "max_values"] {
            if shown[key].is_null() {
                shown[key] = json!(1);
            }
        }
    }
    let defaults: Vec<(&str, Value)> = match kind(&shown) {
        CONTAINER => vec![("accent_color", Value::Null), ("spoiler", Value::Bool(false))],
        SEPARATOR => vec![("spacing", json!(1)), ("divider", Value::Bool(true))],
        _ => Vec::new(),
    };
    if let Some(map) = shown.as_object_mut() {
        for (key, default) in defaults {
            map.entry(key).or_insert(default);
        }
    }
    if let Some(inner) = component["components"].as_array() {
        shown["components"] = inner.iter().map(|inner| show(inner, numbers)).collect();
    }
    for key in ["accessory", "component"] {
        if component[key].is_object() {
            shown[key] = show(&component[key], numbers);
        }
    }
    shown
}
