//! Modals sent off by people, held to what Discord's client lets them (Receiving and Responding → Modal).

use serde_json::{Map, Value, json};

use super::World;
use super::choosing::{Chooser, preset};
use super::components::{LABEL, TEXT_INPUT, kind};
use super::interaction::{Kind, Start};
use super::payload::Resolved;
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
        if open.sent.is_some_and(|sent| self.is_awaited(sent)) {
            return Err(No::Conflict("The modal was sent off already.".to_owned()));
        }
        let rows = open.data["components"].as_array().map_or(&[][..], Vec::as_slice);
        let known = |name: &str| {
            labelled(rows).iter().any(|(label, input)| *label == Some(name) || input["custom_id"] == name)
        };
        if let Some(unknown) = fields.keys().find(|name| !known(name)) {
            return Err(No::bad(format!("The modal has no field \"{unknown}\".")));
        }
        let chooser = Chooser { user, guild: open.guild, channel: open.channel };
        let mut resolved = Resolved::default();
        let mut sent = Vec::new();
        for row in super::components::shown(rows) {
            sent.push(self.filled(chooser, &row, fields, &mut resolved)?);
        }
        let mut data = json!({"custom_id": open.data["custom_id"], "components": sent});
        if let Some(resolved) = resolved.finish() {
            data["resolved"] = resolved;
        }
        let start = Start {
            kind: Kind::Modal,
            user,
            guild: open.guild,
            channel: open.channel,
            data,
            owners: open.trigger["authorizing_integration_owners"].clone(),
            metadata: json!({"triggering_interaction_metadata": open.trigger}),
            source: open.source,
            answer_kind: if open.source.is_some() { 0 } else { 20 },
            completes: 0,
            modal: Some(modal),
        };
        let id = self.start(start);
        if let Some(open) = self.modals.get_mut(&modal) {
            open.sent = Some(id);
        }
        Ok(id)
    }

    /// One row, label or text of a modal as it is sent off.
    fn filled(
        &self,
        chooser: Chooser,
        row: &Value,
        fields: &Map<String, Value>,
        resolved: &mut Resolved,
    ) -> Result<Value, No> {
        if kind(row) == LABEL {
            let label = row["label"].as_str();
            let component = self.field(chooser, &row["component"], label, fields, resolved)?;
            return Ok(json!({"type": LABEL, "id": row["id"], "component": component}));
        }
        let mut inner = Vec::new();
        for input in row["components"].as_array().into_iter().flatten() {
            inner.push(self.field(chooser, input, input["label"].as_str(), fields, resolved)?);
        }
        if inner.is_empty() {
            return Ok(json!({"type": row["type"], "id": row["id"]}));
        }
        Ok(json!({"type": row["type"], "id": row["id"], "components": inner}))
    }

    /// One field: what was typed or chosen, or else what it was filled with.
    fn field(
        &self,
        chooser: Chooser,
        input: &Value,
        label: Option<&str>,
        fields: &Map<String, Value>,
        resolved: &mut Resolved,
    ) -> Result<Value, No> {
        let id = input["custom_id"].as_str().unwrap_or("");
        let given = fields.get(id).or_else(|| label.and_then(|label| fields.get(label)));
        let mut sent = json!({"type": input["type"], "id": input["id"], "custom_id": id});
        let name = label.unwrap_or(id);
        if kind(input) == TEXT_INPUT {
            sent["value"] = json!(typed(input, name, given)?);
            return Ok(sent);
        }
        let values = match given {
            None => preset(input),
            Some(Value::String(one)) if one.is_empty() => Vec::new(),
            Some(Value::String(one)) => vec![one.clone()],
            Some(Value::Array(list)) => {
                list.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect()
            }
            Some(_) => return Err(No::bad(format!("The field \"{name}\" takes a text or a list of texts."))),
        };
        let required = input["required"].as_bool().unwrap_or(true);
        if values.is_empty() && required {
            return Err(No::bad(format!("The field \"{name}\" is required.")));
        }
        let least = if values.is_empty() { 0 } else { input["min_values"].as_u64().unwrap_or(1) };
        sent["values"] = json!(self.chosen(chooser, input, &values, least, resolved)?);
        Ok(sent)
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

/// What was typed into a text field, or else what it was filled with.
fn typed<'a>(input: &'a Value, name: &str, given: Option<&'a Value>) -> Result<&'a str, No> {
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
    Ok(text)
}
