//! The parts of one exchange, each against its schema.

use serde_json::Value;

use super::routes::Operation;
use super::{Finding, Judge, Part, blame, deviations};

/// One exchange being judged.
pub(super) struct Case<'a> {
    pub judge: &'a Judge,
    pub operation: &'a Operation,
    pub findings: Vec<Finding>,
}

impl Case<'_> {
    fn find(&mut self, part: Part, at: impl Into<String>, message: impl Into<String>) {
        let operation = self.operation.name.clone();
        self.findings.push(Finding { operation, part, at: at.into(), message: message.into() });
    }

    /// The ids and names within the path.
    pub(super) fn path(&mut self, arguments: &[(String, &str)]) {
        let described = self.arguments("path");
        for (name, value) in arguments {
            if let Some((_, pointer, _)) = described.iter().find(|(known, _, _)| known == name) {
                self.argument(Part::Path, name, value, pointer);
            }
        }
    }

    /// The query: only described arguments, each of its type. Optional ones may be empty, as the description's
    /// nullable types mean no more than that.
    pub(super) fn query(&mut self, query: &str) {
        let described = self.arguments("query");
        let given: Vec<(&str, &str)> = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .collect();
        for (name, value) in &given {
            match described.iter().find(|(known, _, _)| known == name) {
                None => self.find(Part::Query, *name, "Discord describes no such argument"),
                Some((_, _, required)) if value.is_empty() && !required => {}
                Some((_, pointer, _)) => self.argument(Part::Query, name, value, pointer),
            }
        }
        for (name, _, _) in described.iter().filter(|(_, _, required)| *required) {
            if !given.iter().any(|(known, _)| known == name) {
                self.find(Part::Query, name, "is required");
            }
        }
    }

    /// Name, pointer to the schema and whether it is required, of each argument that stands `place`.
    fn arguments(&self, place: &str) -> Vec<(String, String, bool)> {
        let mut out = Vec::new();
        for owner in [&self.operation.path_pointer, &self.operation.pointer] {
            let pointer = format!("{owner}/parameters");
            let count = self.judge.at(&pointer).and_then(|(_, list)| list.as_array()).map_or(0, Vec::len);
            for index in 0..count {
                let Some((pointer, one)) = self.judge.at(&format!("{pointer}/{index}")) else { continue };
                let name = one.get("name").and_then(Value::as_str).unwrap_or_default();
                if one.get("in").and_then(Value::as_str) == Some(place) {
                    let required = one.get("required").and_then(Value::as_bool).unwrap_or(false);
                    out.push((name.to_owned(), format!("{pointer}/schema"), required));
                }
            }
        }
        out
    }

    /// An argument is text; it is right when any reading of that text is.
    fn argument(&mut self, part: Part, name: &str, value: &str, pointer: &str) {
        let text = Value::from(value);
        let read = serde_json::from_str::<Value>(value).ok().filter(|read| !read.is_string());
        let items: Vec<Value> = value.split(',').map(Value::from).collect();
        let readings = [Some(text), read, Some(Value::Array(items))];
        match self.judge.validator(pointer) {
            Err(error) => self.find(part, name, error),
            Ok(validator) => {
                if !readings.iter().flatten().any(|reading| validator.is_valid(reading)) {
                    self.find(part, name, format!("{value:?} does not fit"));
                }
            }
        }
    }

    /// The body that was sent.
    pub(super) fn request(&mut self, body: Option<&Value>) {
        let body = body.filter(|body| !is_nothing(body));
        let pointer = format!("{}/requestBody", self.operation.pointer);
        let Some((pointer, described)) = self.judge.at(&pointer) else {
            if body.is_some() {
                self.find(Part::Request, "", "Discord describes no body for this call");
            }
            return;
        };
        let required = described.get("required").and_then(Value::as_bool).unwrap_or(false);
        let Some(body) = body else {
            if required && !self.allows_nothing(&pointer) {
                self.find(Part::Request, "", "a body is required");
            }
            return;
        };
        let Some(schema) = self.schema_of(&pointer) else { return };
        let schema = self.variant(&schema, body);
        self.against(Part::Request, &schema, body);
    }

    /// Whether an empty object would do, so that sending nothing says the same.
    fn allows_nothing(&self, pointer: &str) -> bool {
        let schema = self.schema_of(pointer).and_then(|schema| self.judge.validator(&schema).ok());
        schema.is_some_and(|schema| schema.is_valid(&Value::Object(serde_json::Map::new())))
    }

    /// The answer, by its status.
    pub(super) fn response(&mut self, status: u16, body: Option<&Value>) {
        let body = body.filter(|body| !is_nothing(body));
        let exact = format!("{}/responses/{status}", self.operation.pointer);
        let class = format!("{}/responses/{}XX", self.operation.pointer, status / 100);
        let Some((pointer, _)) = self.judge.at(&exact).or_else(|| self.judge.at(&class)) else {
            return self.find(
                Part::Status,
                status.to_string(),
                "Discord describes no such answer to this call",
            );
        };
        match (self.schema_of(&pointer), body) {
            (Some(schema), Some(body)) => self.against(Part::Response, &schema, body),
            (Some(_), None) => self.find(Part::Response, "", format!("{status} comes with a body")),
            (None, Some(_)) => self.find(Part::Response, "", format!("{status} comes without a body")),
            (None, None) => {}
        }
    }

    /// Pointer to the schema of a body: JSON's if there is one, since multipart is judged by its `payload_json`.
    fn schema_of(&self, owner: &str) -> Option<String> {
        ["application~1json", "multipart~1form-data"]
            .iter()
            .map(|kind| format!("{owner}/content/{kind}/schema"))
            .find(|pointer| self.judge.at(pointer).is_some())
    }

    /// Where the schema is a choice told apart by `type` (interaction callbacks), the one that is meant.
    fn variant(&self, pointer: &str, body: &Value) -> String {
        let whole = pointer.to_owned();
        let Some(wanted) = body.get("type") else { return whole };
        let Some((at, schema)) = self.judge.at(pointer) else { return whole };
        for choice in ["anyOf", "oneOf"] {
            let count = schema.get(choice).and_then(Value::as_array).map_or(0, Vec::len);
            for index in 0..count {
                let pointer = format!("{at}/{choice}/{index}");
                let types = self.judge.at(&pointer).and_then(|(_, one)| one.pointer("/properties/type/enum"));
                if types.and_then(Value::as_array).is_some_and(|types| types.contains(wanted)) {
                    return pointer;
                }
            }
        }
        whole
    }

    fn against(&mut self, part: Part, schema: &str, body: &Value) {
        let validator = match self.judge.validator(schema) {
            Ok(validator) => validator,
            Err(error) => return self.find(part, "", error),
        };
        let mut reasons = Vec::new();
        let body = deviations::as_described(part, body);
        for error in validator.iter_errors(&body) {
            blame::reasons(&error, &mut reasons);
        }
        for (at, message) in reasons {
            self.find(part, at, message);
        }
    }
}

/// No body, or one that says nothing.
fn is_nothing(body: &Value) -> bool {
    body.is_null() || body.as_str() == Some("")
}
