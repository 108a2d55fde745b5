//! What a person fills into a command, held to what their client would let them (Application Commands →
//! Application Command Option Structure).

use axum::body::Bytes;
use serde_json::{Map, Value, json};

use super::World;
use super::message::Attachment;
use super::payload::Resolved;
use super::people::No;
use super::snowflake::Id;

/// The largest whole number that a client sends.
const INTEGER_MOST: i64 = (1 << 53) - 1;
/// How many files that came with commands are kept.
const UPLOADS_MOST: usize = 200;

/// Who fills in, where.
#[derive(Clone, Copy, Debug)]
pub struct Filling<'a> {
    /// The person.
    pub user: Id,
    /// The server.
    pub guild: Option<Id>,
    /// The channel.
    pub channel: Id,
    /// The options by name.
    pub given: &'a Map<String, Value>,
    /// The files: option, name, content.
    pub files: &'a [(String, String, Bytes)],
    /// The option that is being typed, if the command is not sent yet.
    pub focused: Option<&'a str>,
}

impl World {
    /// The payload's `options` for what was filled in, in the order in which the command has them.
    pub fn fill_options(
        &mut self,
        defined: &[Value],
        filling: Filling<'_>,
        resolved: &mut Resolved,
    ) -> Result<Vec<Value>, No> {
        let known = |name: &str| defined.iter().any(|option| option["name"] == name);
        let files = filling.files.iter().map(|(option, ..)| option.as_str());
        if let Some(unknown) = filling
            .given
            .keys()
            .map(String::as_str)
            .chain(files)
            .chain(filling.focused)
            .find(|name| !known(name))
        {
            return Err(No::bad(format!("This command has no option \"{unknown}\".")));
        }
        let mut filled = Vec::new();
        for option in defined {
            let name = option["name"].as_str().unwrap_or("");
            let file = filling.files.iter().find(|(option, ..)| option == name);
            let value = filling.given.get(name).filter(|value| !value.is_null());
            if filling.focused == Some(name) {
                filled.push(typed(option, value)?);
                continue;
            }
            let value = match (value, file) {
                (_, Some((_, filename, bytes))) => self.take_file(option, filename, bytes, resolved)?,
                (Some(value), None) if filling.focused.is_some() => typed_in(option, value),
                (Some(value), None) => self.value(option, value, filling, resolved)?,
                (None, None) if option["required"] == true && filling.focused.is_none() => {
                    return Err(No::bad(format!("The option \"{name}\" is required.")));
                }
                (None, None) => continue,
            };
            filled.push(json!({"name": name, "type": option["type"], "value": value}));
        }
        Ok(filled)
    }

    fn take_file(
        &mut self,
        option: &Value,
        filename: &str,
        bytes: &Bytes,
        resolved: &mut Resolved,
    ) -> Result<Value, No> {
        if option["type"] != 11 {
            return Err(No::bad(format!("The option {} takes no file.", option["name"])));
        }
        if bytes.len() > super::draft::FILE_MOST {
            return Err(No::bad("A file may have 10 MiB at most."));
        }
        let id = self.mint.next(self.now);
        let url = format!("{}/sandbox/v1/uploads/{id}", self.address);
        resolved.add("attachments", id, json!({
            "id": id, "filename": filename, "size": bytes.len(), "url": url, "proxy_url": url, "ephemeral": true,
            "content_type": mime_guess::from_path(filename).first_or_octet_stream().to_string(),
        }));
        let file = Attachment { id, filename: filename.to_owned(), description: None, bytes: bytes.clone() };
        self.uploads.push_back(file);
        if self.uploads.len() > UPLOADS_MOST {
            self.uploads.pop_front();
        }
        Ok(json!(id))
    }

    fn value(
        &self,
        option: &Value,
        value: &Value,
        filling: Filling<'_>,
        resolved: &mut Resolved,
    ) -> Result<Value, No> {
        let value = &typed_in(option, value);
        match option["type"].as_u64() {
            Some(3) => text(option, value),
            Some(4) => integer(option, value),
            Some(10) => number(option, value),
            Some(5) => value.as_bool().map(Value::Bool).ok_or_else(|| wrong(option, "true or false")),
            Some(6..=9) => self.entity(option, value, filling, resolved),
            Some(11) => Err(wrong(option, "a file, in `attachments`")),
            _ => Err(wrong(option, "something that the sandbox knows")),
        }
    }

    /// A person, channel, role, or person or role.
    fn entity(
        &self,
        option: &Value,
        value: &Value,
        filling: Filling<'_>,
        resolved: &mut Resolved,
    ) -> Result<Value, No> {
        let kind = option["type"].as_u64().unwrap_or(0);
        let id: Id = value.as_str().and_then(|id| id.parse().ok()).ok_or_else(|| wrong(option, "an id"))?;
        let guild = filling.guild.and_then(|guild| self.guilds.get(&guild));
        if matches!(kind, 6 | 9) && self.users.get(&id).is_some_and(|user| !user.hidden) {
            self.resolve_user(resolved, filling.guild, filling.channel, id);
            return Ok(json!(id));
        }
        if matches!(kind, 8 | 9)
            && let Some(role) = guild.and_then(|guild| guild.roles.get(&id))
        {
            resolved.add("roles", id, self.role_json(role));
            return Ok(json!(id));
        }
        if kind == 7
            && let Some(channel) = self.channels.get(&id).filter(|channel| {
                channel.guild.is_some()
                    && channel.guild == filling.guild
                    && self.sees_channel(filling.user, id)
            })
        {
            let kinds = option["channel_types"].as_array();
            if kinds.is_some_and(|kinds| !kinds.iter().any(|one| *one == channel.kind as u8)) {
                return Err(wrong(option, "a channel of another type"));
            }
            resolved.add("channels", id, self.partial_channel_json(channel, filling.user));
            return Ok(json!(id));
        }
        Err(wrong(option, "the id of something that this person can pick"))
    }
}

fn wrong(option: &Value, wanted: &str) -> No {
    No::bad(format!("The option {} wants {wanted}.", option["name"]))
}

/// The option being typed: always as text.
fn typed(option: &Value, value: Option<&Value>) -> Result<Value, No> {
    if option["autocomplete"] != true {
        return Err(No::bad(format!("The option {} does not complete what one types.", option["name"])));
    }
    let text = match value {
        None => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    Ok(json!({"name": option["name"], "type": option["type"], "value": text, "focused": true}))
}

/// What a person's keys make of a value: digits in a text option are text, digits in a number option a number.
fn typed_in(option: &Value, value: &Value) -> Value {
    match (option["type"].as_u64(), value) {
        (Some(3), Value::Number(number)) => json!(number.to_string()),
        (Some(4), Value::String(text)) => {
            text.parse::<i64>().map_or_else(|_| value.clone(), |number| json!(number))
        }
        (Some(10), Value::String(text)) => {
            text.parse::<f64>().map_or_else(|_| value.clone(), |number| json!(number))
        }
        _ => value.clone(),
    }
}

fn text(option: &Value, value: &Value) -> Result<Value, No> {
    let text = value.as_str().ok_or_else(|| wrong(option, "a text"))?;
    if let Some(chosen) = choice(option, value)? {
        return Ok(chosen);
    }
    let length = text.chars().count() as u64;
    let least = option["min_length"].as_u64().unwrap_or(0).max(1);
    let most = option["max_length"].as_u64().unwrap_or(6_000);
    if !(least..=most).contains(&length) {
        return Err(wrong(option, &format!("{least} to {most} characters, not {length}")));
    }
    Ok(json!(text))
}

fn integer(option: &Value, value: &Value) -> Result<Value, No> {
    if let Some(chosen) = choice(option, value)? {
        return Ok(chosen);
    }
    let given = value.as_i64().filter(|given| (-INTEGER_MOST..=INTEGER_MOST).contains(given));
    let given = given.ok_or_else(|| wrong(option, "a whole number"))?;
    within(option, given as f64)?;
    Ok(json!(given))
}

fn number(option: &Value, value: &Value) -> Result<Value, No> {
    if let Some(chosen) = choice(option, value)? {
        return Ok(chosen);
    }
    let given = value.as_f64().ok_or_else(|| wrong(option, "a number"))?;
    within(option, given)?;
    Ok(value.clone())
}

fn within(option: &Value, given: f64) -> Result<(), No> {
    let least = option["min_value"].as_f64().unwrap_or(f64::NEG_INFINITY);
    let most = option["max_value"].as_f64().unwrap_or(f64::INFINITY);
    if (least..=most).contains(&given) {
        Ok(())
    } else {
        Err(wrong(option, &format!("{least} to {most}, not {given}")))
    }
}

/// Where choices are given, the one meant, by its value or the name that the client shows.
fn choice(option: &Value, value: &Value) -> Result<Option<Value>, No> {
    let Some(choices) = option["choices"].as_array().filter(|choices| !choices.is_empty()) else {
        return Ok(None);
    };
    let chosen = choices
        .iter()
        .find(|one| one["value"] == *value)
        .or_else(|| choices.iter().find(|one| one["name"] == *value));
    match chosen {
        Some(chosen) => Ok(Some(chosen["value"].clone())),
        None => {
            let list: Vec<&str> = choices.iter().filter_map(|one| one["name"].as_str()).collect();
            Err(wrong(option, &format!("one of its choices: {}", list.join(", "))))
        }
    }
}
