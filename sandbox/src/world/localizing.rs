//! The languages of Discord's client, and what commands are called in them (Application Commands → Localization).

use serde_json::Value;

use super::refusal::Form;

/// The languages of Discord's client.
pub const LOCALES: [&str; 34] = [
    "ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he", "hi", "hr",
    "hu", "id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk",
    "vi", "zh-CN", "zh-TW",
];

/// Checks the texts for other languages at `key` of a command, an option or a choice: each language is one of
/// Discord's, each text is right for `rule`.
pub fn check(form: &mut Form, of: &Value, key: &str, path: &str, rule: impl Fn(&mut Form, &str, &str)) {
    let path = format!("{path}.{key}");
    let texts = match &of[key] {
        Value::Null => return,
        Value::Object(texts) => texts,
        _ => {
            form.wrong(&path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
            return;
        }
    };
    for (locale, text) in texts {
        let at = format!("{path}.{locale}");
        if !LOCALES.contains(&locale.as_str()) {
            form.wrong(&at, "ENUM_TYPE_COERCE", format!("Value \"{locale}\" is not a valid enum value."));
        }
        match text.as_str() {
            Some(text) => rule(form, text, &at),
            None => form.wrong(&at, "STRING_TYPE_CONVERT", "Could not interpret value as string."),
        }
    }
}

/// The same without the texts for other languages, at any depth.
pub fn without(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.iter().filter(|(key, _)| !key.ends_with("_localizations"));
            Value::Object(kept.map(|(key, value)| (key.clone(), without(value))).collect())
        }
        Value::Array(list) => Value::Array(list.iter().map(without).collect()),
        other => other.clone(),
    }
}
