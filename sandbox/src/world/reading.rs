//! Reading the parts of a body, each with Discord's own words for what is wrong with it.

use jiff::Timestamp;
use serde_json::Value;

use super::permissions;
use super::refusal::{Form, Refusal};
use super::snowflake::Id;

/// Refuses what the sandbox does not serve, so that it is not passed over; what asks for nothing may stand there.
pub fn serves(body: &Value, unserved: &[&str], of: &str) -> Result<(), Refusal> {
    let idle = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::Number(number) => number.as_u64() == Some(0),
        Value::Array(list) => list.is_empty(),
        _ => false,
    };
    match unserved.iter().find(|key| !idle(&body[**key])) {
        Some(key) => Err(Refusal::new(501, 0, format!("The sandbox does not serve `{key}` of {of}."))),
        None => Ok(()),
    }
}

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
    within(form, key, value.as_i64(), value, 0..=most)
}

/// A whole number within these bounds; `given` is what was written.
pub fn within(
    form: &mut Form,
    key: &str,
    number: Option<i64>,
    given: impl std::fmt::Display,
    bounds: std::ops::RangeInclusive<u64>,
) -> Option<u64> {
    let (least, most) = (bounds.start(), bounds.end());
    let wrong = match number {
        None => ("NUMBER_TYPE_COERCE", format!("Value {given} is not int.")),
        Some(number) => match u64::try_from(number) {
            Ok(number) if bounds.contains(&number) => return Some(number),
            Ok(number) if number > *most => {
                ("NUMBER_TYPE_MAX", format!("int value should be less than or equal to {most}."))
            }
            _ => ("NUMBER_TYPE_MIN", format!("int value should be greater than or equal to {least}.")),
        },
    };
    form.wrong(key, wrong.0, wrong.1);
    None
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
