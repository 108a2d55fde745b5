//! What Discord demands of components, as errors with paths. What twilight knows too is asked of it as well.

use std::collections::HashSet;

use serde_json::Value;
use twilight_model::channel::message::Component;

use super::components::{
    BUTTON, LABEL, ROW, TEXT_DISPLAY, TEXT_INPUT, all, given_id, is_select, kind, walk, without_nulls,
};
use super::menu_rules;
use super::refusal::Form;

/// The longest text of one component, and of all in a message.
pub(super) const TEXT_MOST: usize = 4_000;
const LINK: u64 = 5;
const PREMIUM: u64 = 6;

/// Checks the components of a message.
pub fn message(form: &mut Form, components: &[Value], v2: bool) {
    if v2 {
        if all(components).len() > 40 {
            form.wrong("components", "BASE_TYPE_MAX_LENGTH", "Must be 40 or fewer in length.");
        }
    } else {
        if components.len() > 5 {
            form.wrong("components", "BASE_TYPE_MAX_LENGTH", "Must be 5 or fewer in length.");
        }
        for (index, row) in components.iter().enumerate().filter(|(_, row)| kind(row) != ROW) {
            let message = format!("Value of field \"type\" must be one of (1,). It was {}.", kind(row));
            form.wrong(&format!("components.{index}.type"), "UNION_TYPE_CHOICES", message);
        }
    }
    walk(components, "components", &mut |component, path| each(form, component, path));
    unique_ids(form, components);
    if form.is_right() && text_of(components) > TEXT_MOST {
        form.wrong(
            "components",
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            format!("Total displayable text size must be {TEXT_MOST} or fewer."),
        );
    }
    if form.is_right() {
        second_opinion(form, components, v2);
    }
}

/// How many characters the texts among components have together.
fn text_of(components: &[Value]) -> usize {
    all(components).iter().filter(|one| kind(one) == TEXT_DISPLAY).map(|one| chars(&one["content"])).sum()
}

/// How many characters a text has; none is 0.
pub(super) fn chars(value: &Value) -> usize {
    value.as_str().map_or(0, |text| text.chars().count())
}

fn each(form: &mut Form, component: &Value, path: &str) {
    match kind(component) {
        ROW => row(form, component, path),
        BUTTON => button(form, component, path),
        TEXT_INPUT => {
            form.wrong(&format!("{path}.type"), "UNION_TYPE_CHOICES", "A text input is for modals only.");
        }
        _ if is_select(component) => menu_rules::select(form, component, path),
        LABEL => form.wrong(&format!("{path}.type"), "UNION_TYPE_CHOICES", "A label is for modals only."),
        TEXT_DISPLAY => {
            let text = component["content"].as_str().unwrap_or("");
            form.length(format_args!("{path}.content"), text, 1, TEXT_MOST);
        }
        _ => {}
    }
}

/// Checks a row: up to five buttons or one menu.
fn row(form: &mut Form, row: &Value, path: &str) {
    let at = format!("{path}.components");
    let Some(inner) = row["components"].as_array() else {
        form.missing(&at);
        return;
    };
    if !(1..=5).contains(&inner.len()) {
        form.bad_length(&at, 1, 5);
    }
    for (index, odd) in inner
        .iter()
        .enumerate()
        .filter(|(_, one)| kind(one) != BUTTON && !is_select(one) && kind(one) != TEXT_INPUT)
    {
        let message =
            format!("Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8). It was {}.", kind(odd));
        form.wrong(&format!("{at}.{index}.type"), "UNION_TYPE_CHOICES", message);
    }
    if inner.len() > 1 && inner.iter().any(is_select) {
        form.wrong(
            path,
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "The specified component exceeds the maximum width",
        );
    }
}

fn button(form: &mut Form, button: &Value, path: &str) {
    let style = button["style"].as_u64().unwrap_or(0);
    if !(1..=6).contains(&style) {
        form.wrong(&format!("{path}.style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}.");
        return;
    }
    if chars(&button["label"]) > 80 {
        form.too_long(&format!("{path}.label"), 80);
    }
    let bare = chars(&button["label"]) == 0 && button["emoji"].is_null();
    match style {
        LINK => {
            let url = button["url"].as_str().unwrap_or("");
            form.length(format_args!("{path}.url"), url, 1, 512);
            if !url.is_empty() && !["http://", "https://", "discord://"].iter().any(|it| url.starts_with(it))
            {
                form.wrong(
                    &format!("{path}.url"),
                    "URL_TYPE_INVALID_SCHEME",
                    "Scheme must be one of ('http', 'https', 'discord').",
                );
            }
            if !button["custom_id"].is_null() {
                form.wrong(
                    path,
                    "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                    "A custom id and url cannot both be specified",
                );
            }
        }
        PREMIUM => {}
        _ => {
            form.length(format_args!("{path}.custom_id"), button["custom_id"].as_str().unwrap_or(""), 1, 100);
            if !button["url"].is_null() {
                form.wrong(
                    path,
                    "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                    "A custom id and url cannot both be specified",
                );
            }
        }
    }
    if bare && style != PREMIUM {
        form.wrong(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A label or emoji is required");
    }
}

/// An id and a custom id stand once in a message or modal.
pub fn unique_ids(form: &mut Form, components: &[Value]) {
    let (mut seen, mut numbers) = (HashSet::new(), HashSet::new());
    walk(components, "components", &mut |component, path| {
        if let Some(number) = given_id(component)
            && !numbers.insert(number)
        {
            form.wrong(&format!("{path}.id"), "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated");
        }
        if let Some(id) = component["custom_id"].as_str()
            && !seen.insert(id)
        {
            form.wrong(
                &format!("{path}.custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            );
        }
    });
}

/// Lets twilight read and judge the components too.
fn second_opinion(form: &mut Form, components: &[Value], v2: bool) {
    let mut read = Vec::new();
    for (index, component) in components.iter().enumerate() {
        match serde_json::from_value::<Component>(shortened(&without_nulls(component))) {
            Ok(component) => read.push(component),
            Err(error) => form.wrong(&format!("components.{index}"), "UNION_TYPE_CHOICES", error.to_string()),
        }
    }
    if form.is_right()
        && let Err(error) = twilight_validate::message::components(&read, v2)
    {
        form.wrong("components", "BASE_TYPE_BAD_VALUE", error.to_string());
    }
}

/// The same with texts of one letter: how long they may be, twilight says otherwise than Discord does.
fn shortened(component: &Value) -> Value {
    match component {
        Value::Object(map) => {
            let text = kind(component) == TEXT_DISPLAY;
            let short = |key: &str, value: &Value| match value {
                Value::String(_) if text && key == "content" => Value::from("x"),
                other => shortened(other),
            };
            Value::Object(map.iter().map(|(key, value)| (key.clone(), short(key, value))).collect())
        }
        Value::Array(list) => Value::Array(list.iter().map(shortened).collect()),
        other => other.clone(),
    }
}
