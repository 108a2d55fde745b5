//! What Discord demands of embeds (Message → Embed Limits), as errors with paths.

use jiff::Timestamp;
use serde_json::{Value, json};
use twilight_model::channel::message::Embed;

use super::components::without_nulls;
use super::refusal::Form;

/// What all embeds of a message may hold together, in characters.
const ALL_TOGETHER: usize = 6_000;

/// Checks the embeds of a message.
pub fn check(form: &mut Form, embeds: &[Value]) {
    if embeds.len() > 10 {
        form.wrong("embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
    }
    let mut sum = 0;
    for (index, embed) in embeds.iter().enumerate() {
        let path = format!("embeds.{index}");
        if !embed.is_object() {
            form.wrong(&path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
            continue;
        }
        sum += one(form, embed, &path);
    }
    if sum > ALL_TOGETHER {
        form.wrong("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000");
    }
    if form.is_right() {
        second_opinion(form, embeds);
    }
}

/// Checks one and counts its characters.
fn one(form: &mut Form, embed: &Value, path: &str) -> usize {
    let mut sum = 0;
    let mut text = |form: &mut Form, value: &Value, at: &str, most: usize, needed: bool| {
        let length = value.as_str().map_or(0, |text| text.trim().chars().count());
        sum += length;
        if !value.is_null() && !value.is_string() {
            form.wrong(
                &format!("{path}.{at}"),
                "STRING_TYPE_CONVERT",
                "Could not interpret value as string.",
            );
        } else if length > most {
            form.too_long(&format!("{path}.{at}"), most);
        } else if needed && length == 0 {
            form.missing(&format!("{path}.{at}"));
        }
        length
    };
    let title = text(form, &embed["title"], "title", 256, false);
    let description = text(form, &embed["description"], "description", 4_096, false);
    for (key, part, most) in [("footer", "text", 2_048), ("author", "name", 256)] {
        if embed[key].is_object() {
            text(form, &embed[key][part], &format!("{key}.{part}"), most, true);
        }
    }
    let fields = embed["fields"].as_array().map_or(&[][..], Vec::as_slice);
    if fields.len() > 25 {
        form.wrong(&format!("{path}.fields"), "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
    }
    for (index, field) in fields.iter().enumerate() {
        text(form, &field["name"], &format!("fields.{index}.name"), 256, true);
        text(form, &field["value"], &format!("fields.{index}.value"), 1_024, true);
    }
    let pictured = ["image", "thumbnail", "author", "footer"].iter().any(|key| embed[*key].is_object());
    if title == 0 && description == 0 && fields.is_empty() && !pictured {
        form.missing(&format!("{path}.description"));
    }
    rest(form, embed, path);
    sum
}

/// Colour, time and addresses.
fn rest(form: &mut Form, embed: &Value, path: &str) {
    if !embed["color"].is_null() && embed["color"].as_u64().is_none_or(|colour| colour > 0xFF_FF_FF) {
        form.wrong(
            &format!("{path}.color"),
            "NUMBER_TYPE_MAX",
            "int value should be less than or equal to 16777215.",
        );
    }
    if let Some(time) = embed["timestamp"].as_str()
        && time.parse::<Timestamp>().is_err()
    {
        form.wrong(
            &format!("{path}.timestamp"),
            "DATETIME_TYPE_PARSE",
            "Could not parse. Should be ISO8601.",
        );
    }
    let mut address = |value: &Value, at: &str, attachment: bool| {
        let Some(url) = value.as_str() else { return };
        let right = url.starts_with("http://")
            || url.starts_with("https://")
            || (attachment && url.starts_with("attachment://"));
        if !right {
            let message =
                format!("Scheme \"{url}\" is not supported. Scheme must be one of ('http', 'https').");
            form.wrong(&format!("{path}.{at}"), "URL_TYPE_INVALID_SCHEME", message);
        }
    };
    address(&embed["url"], "url", false);
    address(&embed["author"]["url"], "author.url", false);
    for (key, part) in
        [("image", "url"), ("thumbnail", "url"), ("footer", "icon_url"), ("author", "icon_url")]
    {
        address(&embed[key][part], &format!("{key}.{part}"), true);
    }
}

/// Lets twilight read and judge the embeds too.
fn second_opinion(form: &mut Form, embeds: &[Value]) {
    let mut read = Vec::new();
    for (index, embed) in embeds.iter().enumerate() {
        let mut embed = shown(embed);
        if let Some(map) = embed.as_object_mut() {
            map.remove("timestamp");
        }
        match serde_json::from_value::<Embed>(embed) {
            Ok(embed) => read.push(embed),
            Err(error) => form.wrong(&format!("embeds.{index}"), "MODEL_TYPE_CONVERT", error.to_string()),
        }
    }
    if form.is_right()
        && let Err(error) = twilight_validate::message::embeds(&read)
    {
        form.wrong("embeds", "BASE_TYPE_BAD_VALUE", error.to_string());
    }
}

/// As Discord gives it back.
pub fn shown(embed: &Value) -> Value {
    let mut shown = without_nulls(embed);
    shown["type"] = json!("rich");
    if let Some(fields) = shown.get_mut("fields").and_then(Value::as_array_mut) {
        for field in fields {
            if field["inline"].is_null() {
                field["inline"] = json!(false);
            }
        }
    }
    if shown["fields"].as_array().is_some_and(Vec::is_empty)
        && let Some(map) = shown.as_object_mut()
    {
        map.remove("fields");
    }
    shown
}
