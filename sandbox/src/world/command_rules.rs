//! What Discord demands of commands (Application Commands), as errors with paths.

use std::collections::HashSet;

use serde_json::{Map, Value, json};
use twilight_model::application::command::Command as Read;

use super::command::{CHAT_INPUT, MESSAGE, USER};
use super::components::without_nulls;
use super::refusal::{Form, Refusal};
use super::snowflake::Id;
use super::{localizing, option_rules, reading};

/// A command that starts an app's Activity.
const ENTRY_POINT: u64 = 4;
/// All names, descriptions and values of a command together, in characters.
const CHARACTERS_MOST: usize = 8_000;

/// A command as it was sent: without nulls and defaults, and the id that the bot knows it by.
pub type Sent = (Option<Id>, Map<String, Value>);

/// Checks a whole list.
pub fn check(list: &Value) -> Result<Vec<Sent>, Refusal> {
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
        if body["type"] == ENTRY_POINT {
            return Err(Refusal::new(501, 0, "The sandbox does not serve commands that start an Activity."));
        }
        let known = reading::snowflake(&mut form, raw, "id", &format!("{path}.id"));
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
        bodies.push((known, body));
    }
    counts(&mut form, &bodies);
    form.finish()?;
    Ok(bodies)
}

fn counts(form: &mut Form, bodies: &[Sent]) {
    for (kind, most) in [(CHAT_INPUT, 100), (USER, 15), (MESSAGE, 15)] {
        if bodies.iter().filter(|(_, body)| body["type"] == kind).count() > most {
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
    if !matches!(body["type"].as_u64(), Some(CHAT_INPUT | USER | MESSAGE)) {
        form.wrong(&format!("{path}.type"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4}.");
    }
    let name_rule = if chat { option_rules::name_rule } else { menu_name };
    name_rule(form, name, &format!("{path}.name"));
    let whole = Value::Object(body.clone());
    localizing::check(form, &whole, "name_localizations", path, name_rule);
    localizing::check(form, &whole, "description_localizations", path, option_rules::description);
    if chat {
        option_rules::description(form, description, &format!("{path}.description"));
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
        option_rules::options_of(form, options, &format!("{path}.options"), 0);
    }
    if before && form.is_right() {
        second_opinion(form, body, path);
    }
}

/// Checks the name of an entry of a menu.
fn menu_name(form: &mut Form, name: &str, path: &str) {
    form.length(path, name, 1, 32);
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
