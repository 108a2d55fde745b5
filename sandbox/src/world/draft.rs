//! What somebody sends as a message or as a change to one, read from a body and held to Discord's limits
//! (Message → Create Message, Edit Message; Receiving and Responding).

use axum::body::Bytes;
use serde_json::Value;
use twilight_model::channel::message::{AllowedMentions, MessageFlags};

use super::refusal::{Form, Refusal};
use super::snowflake::Id;
use super::{component_rules, components, embed_rules, reading};

/// A reference that forwards a message.
const FORWARD: u64 = 1;
/// One file, at most, in bytes.
pub const FILE_MOST: usize = 10 * 1024 * 1024;

/// How many files a message has.
pub const FILES_MOST: usize = 10;

/// A file as it came in.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The n of `files[n]`.
    pub number: u64,
    /// Its name.
    pub filename: String,
    /// Its content.
    pub bytes: Bytes,
}

/// What the form says about one attachment.
#[derive(Clone, Debug)]
pub struct AttachmentNote {
    /// The n of `files[n]`, or the id of a file that stays.
    pub id: u64,
    /// Another name.
    pub filename: Option<String>,
    /// What it shows.
    pub description: Option<String>,
}

/// Which message is answered.
#[derive(Clone, Copy, Debug)]
pub struct Reply {
    /// Its id.
    pub to: Id,
    /// Whether nothing is sent when there is no such message; else it is sent as a plain one.
    pub strict: bool,
}

/// A message to be; a part that is absent stays as it was.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The text, trimmed.
    pub content: Option<String>,
    /// The embeds, as they came.
    pub embeds: Option<Vec<Value>>,
    /// The components, as they came.
    pub components: Option<Vec<Value>>,
    /// Which files stay and what the new ones are called.
    pub attachments: Option<Vec<AttachmentNote>>,
    /// The flags.
    pub flags: Option<MessageFlags>,
    /// Who may be pinged; absent means everybody named.
    pub allowed_mentions: Option<AllowedMentions>,
    /// The sender's own mark.
    pub nonce: Option<Value>,
    /// Whether a message with that mark is returned instead of sending again.
    pub enforce_nonce: bool,
    /// Read aloud.
    pub tts: bool,
    /// The message answered.
    pub reply_to: Option<Reply>,
    /// The files.
    pub uploads: Vec<Upload>,
}

impl Draft {
    /// Reads and checks the body of a new message.
    pub fn read(body: Value, uploads: Vec<Upload>) -> Result<Self, Refusal> {
        Self::change(body, uploads, false)
    }

    /// Reads and checks a body; `v2` says whether the message that it changes has components of the second kind.
    pub fn change(mut body: Value, uploads: Vec<Upload>, v2: bool) -> Result<Self, Refusal> {
        let mut form = Form::default();
        serves(&body)?;
        let mut draft = Self {
            content: text(&mut form, &body),
            embeds: list(&mut form, &mut body, "embeds"),
            components: list(&mut form, &mut body, "components"),
            attachments: notes(&mut form, &mut body),
            flags: flags(&mut form, &body),
            nonce: nonce(&mut form, &body),
            enforce_nonce: body["enforce_nonce"].as_bool().unwrap_or(false),
            tts: body["tts"].as_bool().unwrap_or(false),
            reply_to: reply(&mut form, &body["message_reference"]),
            allowed_mentions: None,
            uploads,
        };
        let media = |one: &&Value| components::MEDIA.contains(&components::kind(one));
        if components::all(draft.components.as_deref().unwrap_or(&[])).iter().any(media) {
            return Err(Refusal::new(501, 0, "The sandbox does not serve pictures and files as components."));
        }
        draft.allowed_mentions = mentions(&mut form, &body);
        draft.check(&mut form, v2);
        form.finish()?;
        Ok(draft)
    }

    /// Whether its components are of the second kind.
    pub fn is_v2(&self) -> bool {
        self.flags.is_some_and(|flags| flags.contains(MessageFlags::IS_COMPONENTS_V2))
    }

    /// Whether it shall be seen by one person only.
    pub fn is_ephemeral(&self) -> bool {
        self.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL))
    }

    fn check(&self, form: &mut Form, v2: bool) {
        if let Some(embeds) = &self.embeds {
            embed_rules::check(form, embeds);
        }
        if let Some(list) = &self.components {
            component_rules::message(form, list, v2 || self.is_v2());
        }
        if self.uploads.len() > FILES_MOST {
            form.too_long("attachments", FILES_MOST);
        }
    }

    /// Whether there is anything to be read or seen; buttons alone are nothing.
    pub fn has_content(&self) -> bool {
        self.content.as_ref().is_some_and(|text| !text.is_empty())
            || self.embeds.as_ref().is_some_and(|list| !list.is_empty())
            || !self.uploads.is_empty()
            || (self.is_v2() && self.components.as_ref().is_some_and(|list| !list.is_empty()))
    }
}

/// What the sandbox does not serve is not passed over.
fn serves(body: &Value) -> Result<(), Refusal> {
    reading::serves(body, &["poll", "shared_client_theme", "sticker_ids"], "messages")?;
    if body["message_reference"]["type"].as_u64() == Some(FORWARD) {
        return Err(Refusal::new(501, 0, "The sandbox does not serve messages that are forwarded."));
    }
    Ok(())
}

fn reply(form: &mut Form, reference: &Value) -> Option<Reply> {
    if reference.is_null() {
        return None;
    }
    let to = reading::snowflake(form, reference, "message_id", "message_reference.message_id");
    if reference["message_id"].is_null() {
        form.missing("message_reference.message_id");
    }
    Some(Reply { to: to?, strict: reference["fail_if_not_exists"] != false })
}

fn text(form: &mut Form, body: &Value) -> Option<String> {
    match body.get("content")? {
        Value::Null => Some(String::new()),
        Value::String(text) => {
            let text = text.trim();
            if twilight_validate::message::content(text).is_err() {
                form.too_long("content", 2_000);
            }
            Some(text.to_owned())
        }
        Value::Number(number) => Some(number.to_string()),
        _ => {
            form.wrong("content", "STRING_TYPE_CONVERT", "Could not interpret value as string.");
            None
        }
    }
}

fn list(form: &mut Form, body: &mut Value, key: &str) -> Option<Vec<Value>> {
    match body.get_mut(key)?.take() {
        Value::Null => Some(Vec::new()),
        Value::Array(list) => Some(list),
        _ => {
            form.wrong(key, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
            None
        }
    }
}

fn notes(form: &mut Form, body: &mut Value) -> Option<Vec<AttachmentNote>> {
    let listed = list(form, body, "attachments")?;
    let mut notes = Vec::new();
    for (index, note) in listed.iter().enumerate() {
        let id = note["id"].as_u64().or_else(|| note["id"].as_str().and_then(|id| id.parse().ok()));
        let Some(id) = id else {
            form.missing(&format!("attachments.{index}.id"));
            continue;
        };
        let owned = |key: &str| note[key].as_str().map(str::to_owned);
        let description = owned("description");
        if let Some(text) = &description
            && twilight_validate::message::attachment_description(text).is_err()
        {
            form.too_long(&format!("attachments.{index}.description"), 1_024);
        }
        notes.push(AttachmentNote { id, filename: owned("filename"), description });
    }
    Some(notes)
}

fn flags(form: &mut Form, body: &Value) -> Option<MessageFlags> {
    match body.get("flags")? {
        Value::Null => None,
        value => match value.as_u64() {
            Some(bits) => Some(MessageFlags::from_bits_retain(bits)),
            None => {
                form.wrong("flags", "NUMBER_TYPE_COERCE", "Value is not int.");
                None
            }
        },
    }
}

fn nonce(form: &mut Form, body: &Value) -> Option<Value> {
    let nonce = body.get("nonce").filter(|nonce| !nonce.is_null())?;
    match nonce {
        Value::Number(_) => {}
        Value::String(text) if text.chars().count() <= 25 => {}
        Value::String(_) => {
            form.wrong("nonce", "NONCE_TYPE_TOO_LONG", "Nonce must be 25 characters or fewer.");
        }
        _ => form.wrong("nonce", "NONCE_TYPE_INVALID", "Nonce must be a string or an integer."),
    }
    Some(nonce.clone())
}

fn mentions(form: &mut Form, body: &Value) -> Option<AllowedMentions> {
    let given = body.get("allowed_mentions").filter(|given| !given.is_null())?;
    let allowed: AllowedMentions = match serde_json::from_value(components::without_nulls(given)) {
        Ok(allowed) => allowed,
        Err(error) => {
            form.wrong("allowed_mentions", "MODEL_TYPE_CONVERT", error.to_string());
            return None;
        }
    };
    for (key, count) in [("users", allowed.users.len()), ("roles", allowed.roles.len())] {
        if count > 100 {
            form.wrong(
                &format!("allowed_mentions.{key}"),
                "BASE_TYPE_MAX_LENGTH",
                "Must be 100 or fewer in length.",
            );
        }
        let all = given["parse"].as_array().is_some_and(|parse| parse.iter().any(|kind| kind == key));
        if all && count > 0 {
            form.wrong(
                "allowed_mentions",
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                format!("parse:[\"{key}\"] and {key}: [ids...] are mutually exclusive."),
            );
        }
    }
    Some(allowed)
}
