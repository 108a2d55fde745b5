//! What Discord demands of a command's options and choices (Application Commands → Option Structure).

use std::collections::HashSet;

use serde_json::Value;

use super::command::is_group;
use super::refusal::Form;
use super::{localizing, reading};

/// An option that is a text.
const TEXT: u64 = 3;
/// An option that is a whole number.
const INTEGER: u64 = 4;
/// An option that is a channel.
const CHANNEL: u64 = 7;
/// An option that is any number.
const NUMBER: u64 = 10;
/// The longest text that may be asked for.
const LENGTH_MOST: u64 = 6_000;
/// Numbers from here on are not told apart by everybody who reads JSON.
const FAR: u64 = 1 << 53;

/// Checks the options at one level; 0 is right below the command.
pub fn options_of(form: &mut Form, options: &[Value], path: &str, level: usize) {
    if options.len() > 25 {
        form.wrong(path, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
    }
    let mut names = HashSet::new();
    let mut optional = false;
    let mixed = options.iter().any(is_group) && !options.iter().all(is_group);
    if mixed {
        form.wrong(
            path,
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all other types",
        );
    }
    for (index, option) in options.iter().enumerate() {
        let at = format!("{path}.{index}");
        let name = option["name"].as_str().unwrap_or("");
        name_rule(form, name, &format!("{at}.name"));
        description(form, option["description"].as_str().unwrap_or(""), &format!("{at}.description"));
        localizing::check(form, option, "name_localizations", &at, name_rule);
        localizing::check(form, option, "description_localizations", &at, description);
        if !names.insert(name) {
            form.wrong(
                &format!("{at}.name"),
                "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED",
                "Option names must be unique",
            );
        }
        let required = option["required"] == true;
        if required && optional {
            form.wrong(
                &at,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            );
        }
        optional |= !required && !is_group(option);
        each(form, option, &at, level);
    }
}

/// Checks the name of a chat command or of an option.
pub fn name_rule(form: &mut Form, name: &str, path: &str) {
    form.length(path, name, 1, 32);
    if (1..=32).contains(&name.chars().count()) && twilight_validate::command::chat_input_name(name).is_err()
    {
        form.wrong(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
}

/// Checks the description of a chat command or of an option.
pub fn description(form: &mut Form, text: &str, path: &str) {
    form.length(path, text, 1, 100);
}

fn each(form: &mut Form, option: &Value, at: &str, level: usize) {
    let kind = option["type"].as_u64().unwrap_or(0);
    if !(1..=11).contains(&kind) {
        form.wrong(&format!("{at}.type"), "BASE_TYPE_CHOICES", "Value must be one of 1 to 11.");
    }
    if is_group(option) {
        let deepest = if kind == 2 { 0 } else { 1 };
        if level > deepest {
            form.wrong(
                &format!("{at}.type"),
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                "Sub-commands may not be nested this deep",
            );
        }
        let inner = option["options"].as_array().map_or(&[][..], Vec::as_slice);
        if kind == 2 && inner.iter().any(|one| one["type"] != 1) {
            form.wrong(
                &format!("{at}.options"),
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                "A group holds sub-commands only",
            );
        }
        options_of(form, inner, &format!("{at}.options"), level + 1);
        return;
    }
    let choices = option["choices"].as_array().map_or(&[][..], Vec::as_slice);
    if !choices.is_empty() && option["autocomplete"] == true {
        form.wrong(
            &format!("{at}.autocomplete"),
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
            "Autocomplete options cannot have choices",
        );
    }
    if option["autocomplete"] == true && !matches!(kind, TEXT | INTEGER | NUMBER) {
        form.wrong(
            &format!("{at}.autocomplete"),
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
            "Only text and numbers can be completed",
        );
    }
    choices_of(form, choices, kind, &format!("{at}.choices"));
    bounds(form, option, kind, at);
}

/// Checks what a value may be: how long a text, how large a number, which channels.
fn bounds(form: &mut Form, option: &Value, kind: u64, at: &str) {
    let keys: [(&str, &[u64]); 5] = [
        ("min_length", &[TEXT]),
        ("max_length", &[TEXT]),
        ("min_value", &[INTEGER, NUMBER]),
        ("max_value", &[INTEGER, NUMBER]),
        ("channel_types", &[CHANNEL]),
    ];
    for (key, kinds) in keys.into_iter().filter(|(key, _)| !option[*key].is_null()) {
        let (path, value) = (format!("{at}.{key}"), &option[key]);
        if !kinds.contains(&kind) {
            let message = format!("`{key}` is for options of another type.");
            form.wrong(&path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
            continue;
        }
        match key {
            "channel_types" => channel_types(form, value, &path),
            "min_length" | "max_length" => {
                let least = u64::from(key == "max_length");
                reading::within(form, &path, whole(value), value, least..=LENGTH_MOST);
            }
            _ if !is_number(value, kind) => {
                let message = format!("Value {value} is not of the option's type.");
                form.wrong(&path, "NUMBER_TYPE_COERCE", message);
            }
            _ => {}
        }
    }
    for (least, most) in [("min_length", "max_length"), ("min_value", "max_value")] {
        if let (Some(low), Some(high)) = (option[least].as_f64(), option[most].as_f64())
            && low > high
        {
            form.wrong(
                &format!("{at}.{least}"),
                "APPLICATION_COMMAND_OPTIONS_MIN_GREATER_THAN_MAX",
                format!("`{least}` is greater than `{most}`."),
            );
        }
    }
}

fn channel_types(form: &mut Form, given: &Value, path: &str) {
    let known = |one: &Value| matches!(one.as_u64(), Some(0..=5 | 10..=16));
    if !given.as_array().is_some_and(|list| list.iter().all(known)) {
        form.wrong(path, "BASE_TYPE_CHOICES", "Values are types of channels.");
    }
}

/// A whole number; 1.0 is one.
fn whole(value: &Value) -> Option<i64> {
    let written = || value.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < FAR as f64);
    value.as_i64().or_else(|| written().map(|number| number as i64))
}

/// Whether it is a number that an option of this type can have.
fn is_number(value: &Value, kind: u64) -> bool {
    match kind {
        INTEGER => whole(value).is_some_and(|number| number.unsigned_abs() < FAR),
        NUMBER => value.as_f64().is_some_and(|number| number.abs() <= FAR as f64),
        _ => false,
    }
}

/// Checks given choices, of an option or of an autocomplete answer.
pub fn choices_of(form: &mut Form, choices: &[Value], kind: u64, path: &str) {
    if choices.len() > 25 {
        form.wrong(path, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
    }
    let mut names = HashSet::new();
    for (index, choice) in choices.iter().enumerate() {
        let name = choice["name"].as_str().unwrap_or("");
        form.length(format_args!("{path}.{index}.name"), name, 1, 100);
        if !names.insert(name) {
            form.wrong(
                path,
                "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATE",
                "Choice names must be unique",
            );
        }
        let texts = |form: &mut Form, text: &str, path: &str| form.length(path, text, 1, 100);
        localizing::check(form, choice, "name_localizations", &format!("{path}.{index}"), texts);
        let at = format!("{path}.{index}.value");
        match (kind, &choice["value"]) {
            (TEXT, Value::String(text)) => form.length(&at, text, 1, 100),
            (_, value) if is_number(value, kind) => {}
            _ => form.wrong(&at, "BASE_TYPE_BAD_VALUE", "The value is not of the option's type."),
        }
    }
}
