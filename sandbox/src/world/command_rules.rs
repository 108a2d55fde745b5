//! What Discord demands of commands (Application Commands), as errors with paths.

use std::collections::HashSet;

use serde_json::{Map, Value, json};
use twilight_model::application::command::Command as Read;

use super::command::{CHAT_INPUT, USER, is_group};
use super::components::without_nulls;
use super::refusal::{Form, Refusal};

/// All names, descriptions and values of a command together, in characters.
const CHARACTERS_MOST: usize = 8_000;

/// Checks a whole list and returns it without nulls and defaults.
pub fn check(list: &Value) -> Result<Vec<Map<String, Value>>, Refusal> {
    let Some(list) = list.as_array() else {
        return Err(Refusal::form("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"));
    };
    let mut form = Form::default();
    let mut names = HashSet::new();
    let mut bodies = Vec::new();
    for (index, raw) in list.iter().enumerate() {
        let path = index.to_string();
        let Value::Object(mut body) = plain(&without_nulls(raw)) else {
            form.wrong(&path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
            continue;
        };
        body.entry("type").or_insert(json!(CHAT_INPUT));
        for own in ["id", "application_id", "guild_id", "version"] {
            body.remove(own);
        }
        one(&mut form, &body, &path);
        let key = (body["type"].clone().to_string(), body.get("name").cloned().unwrap_or_default());
        if !names.insert((key.0, key.1.to_string())) {
            form.wrong(
                &format!("{path}.name"),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            );
        }
        bodies.push(body);
    }
    counts(&mut form, &bodies);
    form.finish()?;
    Ok(bodies)
}

fn counts(form: &mut Form, bodies: &[Map<String, Value>]) {
    for (kind, most) in [(CHAT_INPUT, 100), (USER, 15), (3, 15)] {
        if bodies.iter().filter(|body| body["type"] == kind).count() > most {
            form.wrong("", "BASE_TYPE_MAX_LENGTH", format!("Must be {most} or fewer in length."));
        }
    }
}

/// Options without what Discord leaves out when it shows them: what is false or empty.
fn plain(value: &Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.iter()
                .filter(|(key, value)| {
                    let idle =
                        matches!(key.as_str(), "required" | "autocomplete") && **value == Value::Bool(false);
                    let empty = matches!(key.as_str(), "options" | "choices" | "channel_types")
                        && value.as_array().is_some_and(Vec::is_empty);
                    let none =
                        key.ends_with("_localizations") && value.as_object().is_some_and(Map::is_empty);
                    !(idle || empty || none)
                })
                .map(|(key, value)| (key.clone(), plain(value)))
                .collect(),
        ),
        Value::Array(list) => Value::Array(list.iter().map(plain).collect()),
        other => other.clone(),
    }
}

fn one(form: &mut Form, body: &Map<String, Value>, path: &str) {
    let name = body.get("name").and_then(Value::as_str).unwrap_or("");
    let description = body.get("description").and_then(Value::as_str).unwrap_or("");
    let chat = body["type"] == CHAT_INPUT;
    form.length(format_args!("{path}.name"), name, 1, 32);
    if chat {
        chat_name(form, name, &format!("{path}.name"));
        form.length(format_args!("{path}.description"), description, 1, 100);
    } else if !description.is_empty() {
        form.wrong(
            &format!("{path}.description"),
            "APPLICATION_COMMAND_INVALID_DESCRIPTION",
            "Context menu commands cannot have description",
        );
    }
    if !chat && body.contains_key("options") {
        form.wrong(
            &format!("{path}.options"),
            "APPLICATION_COMMAND_INVALID_OPTIONS",
            "Context menu commands cannot have options",
        );
    }
    settings(form, body, path);
    let before = form.is_right();
    if let Some(options) = body.get("options").and_then(Value::as_array) {
        options_of(form, options, &format!("{path}.options"), 0);
    }
    if before && form.is_right() {
        second_opinion(form, body, path);
    }
}

fn settings(form: &mut Form, body: &Map<String, Value>, path: &str) {
    for (key, most) in [("contexts", 2), ("integration_types", 1)] {
        let Some(given) = body.get(key) else { continue };
        let right = given.as_array().is_some_and(|list| {
            list.iter().all(|one| one.as_u64().is_some_and(|one| one <= most))
                && list.iter().map(Value::to_string).collect::<HashSet<_>>().len() == list.len()
                && !list.is_empty()
        });
        if !right {
            form.wrong(
                &format!("{path}.{key}"),
                "BASE_TYPE_CHOICES",
                format!("Values go from 0 to {most}, each once."),
            );
        }
    }
    if let Some(needed) = body.get("default_member_permissions")
        && needed.as_str().is_none_or(|bits| bits.parse::<u64>().is_err())
    {
        form.wrong(
            &format!("{path}.default_member_permissions"),
            "NUMBER_TYPE_COERCE",
            "Value is not a permission bit set.",
        );
    }
}

fn chat_name(form: &mut Form, name: &str, path: &str) {
    if !name.is_empty()
        && name.chars().count() <= 32
        && twilight_validate::command::chat_input_name(name).is_err()
    {
        form.wrong(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
}

/// Checks the options at one level; 0 is right below the command.
fn options_of(form: &mut Form, options: &[Value], path: &str, level: usize) {
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
        form.length(format_args!("{at}.name"), name, 1, 32);
        chat_name(form, name, &format!("{at}.name"));
        form.length(format_args!("{at}.description"), option["description"].as_str().unwrap_or(""), 1, 100);
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
    if option["autocomplete"] == true && !matches!(kind, 3 | 4 | 10) {
        form.wrong(
            &format!("{at}.autocomplete"),
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
            "Only text and numbers can be completed",
        );
    }
    choices_of(form, choices, kind, &format!("{at}.choices"));
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
        let at = format!("{path}.{index}.value");
        match (kind, &choice["value"]) {
            (3, Value::String(text)) => form.length(&at, text, 1, 100),
            (4, Value::Number(number)) if number.is_i64() || number.is_u64() => {}
            (10, Value::Number(_)) => {}
            _ => form.wrong(&at, "BASE_TYPE_BAD_VALUE", "The value is not of the option's type."),
        }
    }
}

/// Lets twilight read and judge the command too; the 8,000 characters are counted there.
fn second_opinion(form: &mut Form, body: &Map<String, Value>, path: &str) {
    let mut body = body.clone();
    body.insert("version".to_owned(), json!("1"));
    body.entry("description").or_insert(json!(""));
    body.entry("default_member_permissions").or_insert(Value::Null);
    match serde_json::from_value::<Read>(Value::Object(body)) {
        Ok(command) => {
            // Its `command` would hold to 4,000 characters, which is no longer so; its counting is right.
            if twilight_validate::command::command_characters(&command) > CHARACTERS_MOST {
                let message = format!("Command exceeds maximum size ({CHARACTERS_MOST})");
                form.wrong(path, "APPLICATION_COMMAND_TOO_LARGE", message);
            }
            if let Err(error) = twilight_validate::command::options(&command.options) {
                form.wrong(path, "APPLICATION_COMMAND_INVALID", error.to_string());
            }
        }
        Err(error) => form.wrong(path, "MODEL_TYPE_CONVERT", error.to_string()),
    }
}
