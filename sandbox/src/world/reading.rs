//! Reading the parts of a body, each with Discord's own words for what is wrong with it.

use jiff::Timestamp;
use serde_json::Value;

use super::permissions;
use super::refusal::Form;
use super::snowflake::Id;

/// A flag; none where it is absent or null.
pub fn flag(form: &mut Form, body: &Value, key: &str) -> Option<bool> {
    match &body[key] {
        Value::Null => None,
        Value::Bool(flag) => Some(*flag),
        _ => {
            form.wrong(key, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
            None
        }
    }
}

/// A text, trimmed, of so many characters.
pub fn text(form: &mut Form, body: &Value, key: &str, least: usize, most: usize) -> Option<String> {
    match &body[key] {
        Value::Null => None,
        Value::String(text) => {
            let text = text.trim();
            form.length(key, text, least, most);
            Some(text.to_owned())
        }
        _ => {
            form.wrong(key, "STRING_TYPE_CONVERT", "Could not interpret value as string.");
            None
        }
    }
}

/// A whole number from `0` to `most`.
pub fn number(form: &mut Form, body: &Value, key: &str, most: u64) -> Option<u64> {
    let value = &body[key];
    if value.is_null() {
        return None;
    }
    let number = value.as_u64().filter(|number| *number <= most);
    if number.is_none() {
        form.wrong(key, "NUMBER_TYPE_MAX", format!("int value should be between 0 and {most}."));
    }
    number
}

/// One of a few numbers.
pub fn choice(form: &mut Form, body: &Value, key: &str, choices: &[u64]) -> Option<u64> {
    let value = &body[key];
    if value.is_null() {
        return None;
    }
    let chosen = value.as_u64().filter(|chosen| choices.contains(chosen));
    if chosen.is_none() {
        let list: Vec<String> = choices.iter().map(u64::to_string).collect();
        form.wrong(key, "BASE_TYPE_CHOICES", format!("Value must be one of {{{}}}.", list.join(", ")));
    }
    chosen
}

/// A bit set of permissions, a string or a number; bits without a meaning are dropped.
pub fn bits(form: &mut Form, body: &Value, key: &str, path: &str) -> Option<u64> {
    let read = match &body[key] {
        Value::Null => return None,
        Value::String(bits) => bits.parse::<u64>().ok(),
        other => other.as_u64(),
    };
    if read.is_none() {
        form.wrong(path, "NUMBER_TYPE_COERCE", "Value is not int.");
    }
    read.map(|bits| bits & permissions::ALL)
}

/// An id, a string or a number.
pub fn snowflake(form: &mut Form, body: &Value, key: &str, path: &str) -> Option<Id> {
    let read = match &body[key] {
        Value::Null => return None,
        Value::String(id) => id.parse::<Id>().ok(),
        other => other.as_u64().map(Id),
    };
    if read.is_none() {
        form.wrong(path, "NUMBER_TYPE_COERCE", format!("Value {} is not snowflake.", body[key]));
    }
    read
}

/// A time in ISO 8601.
pub fn time(form: &mut Form, body: &Value, key: &str) -> Option<Timestamp> {
    let value = &body[key];
    if value.is_null() {
        return None;
    }
    let read = value.as_str().and_then(|text| text.parse().ok());
    if read.is_none() {
        form.wrong(key, "DATE_TIME_TYPE_PARSE", format!("Could not parse {value}. Should be ISO8601."));
    }
    read
}
