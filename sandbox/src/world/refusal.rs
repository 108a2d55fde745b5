//! Discord's errors: status, `code`, `message` and, for a bad form, where in it what is wrong.
//! (Opcodes and Status Codes → JSON; Reference → Error Messages.)

use std::fmt;

use serde_json::{Map, Value, json};

/// An error as Discord's REST API answers it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{status}: {message} (code {code})")]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// Discord's own code; 0 where there is none.
    pub code: u32,
    /// The sentence.
    pub message: String,
    /// The tree of what is wrong with a form.
    pub errors: Option<Value>,
}

impl Refusal {
    /// Any error.
    pub fn new(status: u16, code: u32, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), errors: None }
    }

    /// The body that goes out.
    pub fn body(&self) -> Value {
        let mut body = json!({"message": self.message, "code": self.code});
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }

    /// A form with one thing wrong.
    pub fn form(path: &str, code: &str, message: impl Into<String>) -> Self {
        let mut form = Form::default();
        form.wrong(path, code, message);
        form.refusal()
    }
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $status:literal, $code:literal, $message:literal;)*) => {
        $($(#[$doc])* pub const $name: Known = Known($status, $code, $message);)*
    };
}

/// One of Discord's errors that say nothing but themselves.
#[derive(Clone, Copy, Debug)]
pub struct Known(u16, u32, &'static str);

impl From<Known> for Refusal {
    fn from(known: Known) -> Self {
        Self::new(known.0, known.1, known.2)
    }
}

refusals! {
    UNAUTHORIZED = 401, 0, "401: Unauthorized";
    UNKNOWN_CHANNEL = 404, 10003, "Unknown Channel";
    UNKNOWN_GUILD = 404, 10004, "Unknown Guild";
    UNKNOWN_MEMBER = 404, 10007, "Unknown Member";
    UNKNOWN_MESSAGE = 404, 10008, "Unknown Message";
    UNKNOWN_OVERWRITE = 404, 10009, "Unknown Overwrite";
    UNKNOWN_ROLE = 404, 10011, "Unknown Role";
    UNKNOWN_USER = 404, 10013, "Unknown User";
    UNKNOWN_WEBHOOK = 404, 10015, "Unknown Webhook";
    UNKNOWN_INTERACTION = 404, 10062, "Unknown interaction";
    UNKNOWN_EVENT = 404, 10070, "Unknown Guild Scheduled Event";
    NOT_THIS_APPLICATION = 403, 20012, "You are not authorized to perform this action on this application";
    TOO_MANY_PINS = 400, 30003, "Maximum number of pins reached for the channel (250)";
    TOO_MANY_ROLES = 400, 30005, "Maximum number of server roles reached (250)";
    TOO_MANY_CHANNELS = 400, 30013, "Maximum number of server channels reached (500)";
    TOO_MANY_EVENTS = 400, 30038, "Maximum number of uncompleted guild scheduled events reached (100)";
    DMS_TOO_FAST = 403, 40003, "You are opening direct messages too fast.";
    ALREADY_ACKNOWLEDGED = 400, 40060, "Interaction has already been acknowledged.";
    TOO_MANY_IN_THREAD = 400, 30033, "Maximum number of thread participants reached (1000)";
    MISSING_ACCESS = 403, 50001, "Missing Access";
    NOT_IN_A_DM = 403, 50003, "Cannot execute action on a DM channel";
    NOT_THE_AUTHOR = 403, 50005, "Cannot edit a message authored by another user";
    EMPTY_MESSAGE = 400, 50006, "Cannot send an empty message";
    CANNOT_SEND_TO_THIS_USER = 403, 50007, "Cannot send messages to this user";
    NOT_A_TEXT_CHANNEL = 400, 50008, "Cannot send messages in a non-text channel";
    MISSING_PERMISSIONS = 403, 50013, "Missing Permissions";
    WRONG_CHANNEL_TYPE = 400, 50024, "Cannot execute action on this channel type";
    DEAD_TOKEN = 401, 50027, "Invalid Webhook Token";
    SYSTEM_MESSAGE = 403, 50021, "Cannot execute action on a system message";
    INVALID_ROLE = 400, 50028, "Invalid Role";
    INVALID_RECIPIENT = 400, 50033, "Invalid Recipient(s)";
    THREAD_IS_ARCHIVED = 400, 50083, "Thread is archived";
    INVALID_JSON = 400, 50109, "The request body contains invalid JSON.";
    TOO_LARGE = 413, 40005, "Request entity too large";
    THREAD_IS_LOCKED = 403, 160005, "Thread is locked";
    EVENT_IS_OVER = 400, 180000, "Cannot update a finished event";
    TOO_MANY_THREADS = 400, 160006, "Maximum number of active threads reached";
}

/// Collects what is wrong with a form; the paths have dots (`embeds.0.title`).
#[derive(Debug, Default)]
pub struct Form {
    errors: Map<String, Value>,
}

impl Form {
    /// Notes one thing.
    pub fn wrong(&mut self, path: &str, code: &str, message: impl Into<String>) {
        let mut at = &mut self.errors;
        for part in path.split('.').filter(|part| !part.is_empty()) {
            let entry = at.entry(part.to_owned()).or_insert_with(|| Value::Object(Map::new()));
            let Value::Object(inner) = entry else { return };
            at = inner;
        }
        let list = at.entry("_errors").or_insert_with(|| json!([]));
        if let Value::Array(list) = list {
            list.push(json!({"code": code, "message": message.into()}));
        }
    }

    /// Notes a text that has more than `most` characters.
    pub fn too_long(&mut self, path: &str, most: usize) {
        self.wrong(path, "BASE_TYPE_MAX_LENGTH", format!("Must be {most} or fewer in length."));
    }

    /// Notes a text whose length is outside `least..=most`.
    pub fn bad_length(&mut self, path: &str, least: usize, most: usize) {
        self.wrong(path, "BASE_TYPE_BAD_LENGTH", format!("Must be between {least} and {most} in length."));
    }

    /// Notes what must be there and is not.
    pub fn missing(&mut self, path: &str) {
        self.wrong(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// Checks the length of a text in characters.
    pub fn length(&mut self, path: impl fmt::Display, text: &str, least: usize, most: usize) {
        if !(least..=most).contains(&text.chars().count()) {
            let path = path.to_string();
            if text.is_empty() {
                self.missing(&path);
            } else {
                self.bad_length(&path, least, most);
            }
        }
    }

    /// Whether nothing was noted.
    pub fn is_right(&self) -> bool {
        self.errors.is_empty()
    }

    /// The error with everything noted, or nothing.
    pub fn finish(self) -> Result<(), Refusal> {
        if self.is_right() { Ok(()) } else { Err(self.refusal()) }
    }

    fn refusal(self) -> Refusal {
        Refusal { errors: Some(Value::Object(self.errors)), ..Refusal::new(400, 50035, "Invalid Form Body") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_where() {
        let mut form = Form::default();
        form.too_long("embeds.0.title", 256);
        form.missing("content");
        let body = form.refusal().body();
        assert_eq!(body["code"], 50035);
        assert_eq!(body["errors"]["embeds"]["0"]["title"]["_errors"][0]["code"], "BASE_TYPE_MAX_LENGTH");
        assert_eq!(body["errors"]["content"]["_errors"][0]["message"], "This field is required");
    }
}
