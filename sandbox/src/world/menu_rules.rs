//! What Discord demands of menus (Component Reference → String Select … Channel Select).

use std::collections::HashSet;

use serde_json::Value;

use super::component_rules::chars;
use super::components::{CHANNEL_SELECT, MENTIONABLE_SELECT, ROLE_SELECT, STRING_SELECT, USER_SELECT, kind};
use super::refusal::Form;

/// The most that a menu offers, and that can be chosen.
const MOST: u64 = 25;
/// The kinds of channel that there are.
const CHANNEL_TYPES: [u64; 13] = [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16];

/// Checks a menu, of a message or modal.
pub fn select(form: &mut Form, select: &Value, path: &str) {
    form.length(format_args!("{path}.custom_id"), select["custom_id"].as_str().unwrap_or(""), 1, 100);
    if chars(&select["placeholder"]) > 150 {
        form.too_long(&format!("{path}.placeholder"), 150);
    }
    let count = |form: &mut Form, key: &str, least: u64| {
        let number = match &select[key] {
            Value::Null => Some(1),
            value => value.as_u64().filter(|number| (least..=MOST).contains(number)),
        };
        if number.is_none() {
            let message = format!("int value should be between {least} and {MOST}.");
            form.wrong(&format!("{path}.{key}"), "NUMBER_TYPE_MAX", message);
        }
        number
    };
    let (least, most) = (count(form, "min_values", 0), count(form, "max_values", 1));
    let (Some(least), Some(most)) = (least, most) else { return };
    if least > most {
        form.wrong(
            &format!("{path}.min_values"),
            "SELECT_COMPONENT_MIN_VALUES_EXCEEDS_MAX_VALUES",
            "The minimum number of values is more than the maximum.",
        );
    }
    match kind(select) {
        STRING_SELECT => options(form, select, path, most),
        _ => defaults(form, select, path, least, most),
    }
    if kind(select) == CHANNEL_SELECT {
        channel_types(form, select, path);
    }
}

fn options(form: &mut Form, select: &Value, path: &str, most: u64) {
    let at = format!("{path}.options");
    let options = select["options"].as_array().map_or(&[][..], Vec::as_slice);
    if !(1..=25).contains(&options.len()) {
        form.bad_length(&at, 1, 25);
    }
    if most > options.len() as u64 {
        form.wrong(
            &format!("{path}.max_values"),
            "SELECT_COMPONENT_MAX_VALUES_EXCEEDS_OPTIONS",
            "The maximum number of values is more than the options.",
        );
    }
    let mut values = HashSet::new();
    for (index, option) in options.iter().enumerate() {
        let value = option["value"].as_str().unwrap_or("");
        form.length(format_args!("{at}.{index}.label"), option["label"].as_str().unwrap_or(""), 1, 100);
        form.length(format_args!("{at}.{index}.value"), value, 1, 100);
        if chars(&option["description"]) > 100 {
            form.too_long(&format!("{at}.{index}.description"), 100);
        }
        if !values.insert(value) {
            form.wrong(
                &format!("{at}.{index}.value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            );
        }
    }
    let preset = options.iter().filter(|option| option["default"] == true).count() as u64;
    if preset > most {
        form.wrong(
            &at,
            "SELECT_COMPONENT_TOO_MANY_DEFAULT_OPTIONS",
            "More options are the default than can be chosen.",
        );
    }
}

/// Checks what is chosen to begin with: of the right kind, and as many as may be chosen.
fn defaults(form: &mut Form, select: &Value, path: &str, least: u64, most: u64) {
    let at = format!("{path}.default_values");
    let list = match &select["default_values"] {
        Value::Null => return,
        Value::Array(list) => list,
        _ => {
            form.wrong(&at, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
            return;
        }
    };
    let kinds: &[&str] = match kind(select) {
        USER_SELECT => &["user"],
        ROLE_SELECT => &["role"],
        MENTIONABLE_SELECT => &["user", "role"],
        _ => &["channel"],
    };
    if !list.is_empty() && !(least..=most).contains(&(list.len() as u64)) {
        let number = |count: u64| usize::try_from(count).unwrap_or(25);
        form.bad_length(&at, number(least), number(most));
    }
    for (index, one) in list.iter().enumerate() {
        if !one["type"].as_str().is_some_and(|kind| kinds.contains(&kind)) {
            let message = format!("Value must be one of ('{}',).", kinds.join("', '"));
            form.wrong(&format!("{at}.{index}.type"), "BASE_TYPE_CHOICES", message);
        }
        let id = one["id"].as_u64().or_else(|| one["id"].as_str().and_then(|id| id.parse().ok()));
        if id.is_none() {
            let message = format!("Value {} is not snowflake.", one["id"]);
            form.wrong(&format!("{at}.{index}.id"), "NUMBER_TYPE_COERCE", message);
        }
    }
}

fn channel_types(form: &mut Form, select: &Value, path: &str) {
    for (index, one) in select["channel_types"].as_array().into_iter().flatten().enumerate() {
        if !one.as_u64().is_some_and(|kind| CHANNEL_TYPES.contains(&kind)) {
            let message =
                format!("Value must be one of {{{}}}.", CHANNEL_TYPES.map(|it| it.to_string()).join(", "));
            form.wrong(&format!("{path}.channel_types.{index}"), "BASE_TYPE_CHOICES", message);
        }
    }
}
