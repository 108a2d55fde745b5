//! Modals sent off by people, held to what Discord's client lets them (Receiving and Responding → Modal).

use serde_json::{Map, Value, json};

use super::World;
use super::components::{LABEL, TEXT_INPUT, kind};
use super::interaction::{Kind, Start};
use super::people::No;
use super::snowflake::Id;

impl World {
    /// Sends off a modal that is open before the person.
    pub fn submit(&mut self, user: Id, modal: Id, fields: &Map<String, Value>) -> Result<Id, No> {
        self.person(user)?;
        let open = self
            .modals
            .get(&modal)
            .filter(|open| open.user == user)
            .ok_or_else(|| No::Missing(format!("There is no modal {modal} before this person.")))?;
        if open.sent {
            return Err(No::Conflict("The modal was sent off already.".to_owned()));
        }
        let rows = open.data["components"].as_array().map_or(&[][..], Vec::as_slice);
        let known = |name: &str| {
            labelled(rows).iter().any(|(label, input)| *label == Some(name) || input["custom_id"] == name)
        };
        if let Some(unknown) = fields.keys().find(|name| !known(name)) {
            return Err(No::bad(format!("The modal has no field \"{unknown}\".")));
        }
        let mut sent = Vec::new();
        for row in super::components::shown(rows) {
            sent.push(filled(&row, fields)?);
        }
        let start = Start {
            kind: Kind::Modal,
            user,
            guild: open.guild,
            channel: open.channel,
            data: json!({"custom_id": open.data["custom_id"], "components": sent}),
            owners: open.trigger["authorizing_integration_owners"].clone(),
            metadata: json!({"triggering_interaction_metadata": open.trigger}),
            source: open.source,
            answer_kind: if open.source.is_some() { 0 } else { 20 },
            completes: 0,
            modal: Some(modal),
        };
        if let Some(open) = self.modals.get_mut(&modal) {
            open.sent = true;
        }
        Ok(self.start(start))
    }
}

/// The fields of a modal, each with the label that the person reads.
fn labelled(rows: &[Value]) -> Vec<(Option<&str>, &Value)> {
    let mut found = Vec::new();
    for row in rows {
        if kind(row) == LABEL {
            found.push((row["label"].as_str(), &row["component"]));
        }
        for input in row["components"].as_array().into_iter().flatten() {
            found.push((input["label"].as_str(), input));
        }
    }
    found
}

/// One row or label of a modal as it is sent off.
fn filled(row: &Value, fields: &Map<String, Value>) -> Result<Value, No> {
    if kind(row) == LABEL {
        let component = field(&row["component"], row["label"].as_str(), fields)?;
        return Ok(json!({"type": LABEL, "id": row["id"], "component": component}));
    }
    let mut inner = Vec::new();
    for input in row["components"].as_array().into_iter().flatten() {
        inner.push(field(input, input["label"].as_str(), fields)?);
    }
    if inner.is_empty() {
        return Ok(json!({"type": row["type"], "id": row["id"]}));
    }
    Ok(json!({"type": row["type"], "id": row["id"], "components": inner}))
}

/// One field: what was typed, or else what it was filled with.
fn field(input: &Value, label: Option<&str>, fields: &Map<String, Value>) -> Result<Value, No> {
    let id = input["custom_id"].as_str().unwrap_or("");
    let name = label.unwrap_or(id);
    let given = fields.get(id).or_else(|| label.and_then(|label| fields.get(label)));
    let base = json!({"type": input["type"], "id": input["id"], "custom_id": id});
    if kind(input) != TEXT_INPUT {
        let values = match given {
            Some(Value::Array(values)) => values.clone(),
            Some(one) => vec![one.clone()],
            None => Vec::new(),
        };
        let mut sent = base;
        sent["values"] = json!(values);
        return Ok(sent);
    }
    let text = match given {
        Some(Value::String(text)) => text.as_str(),
        Some(_) => return Err(No::bad(format!("The field \"{name}\" takes a text."))),
        None => input["value"].as_str().unwrap_or(""),
    };
    let length = text.chars().count() as u64;
    let required = input["required"].as_bool().unwrap_or(true);
    if length == 0 && required {
        return Err(No::bad(format!("The field \"{name}\" is required.")));
    }
    let least = input["min_length"].as_u64().unwrap_or(0);
    let most = input["max_length"].as_u64().unwrap_or(4_000);
    if (length > 0 && length < least) || length > most {
        return Err(No::bad(format!(
            "The field \"{name}\" takes {least} to {most} characters, not {length}."
        )));
    }
    let mut sent = base;
    sent["value"] = json!(text);
    Ok(sent)
}
