//! Messages that Discord returns, as far as a letter is found again among them.

use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

use super::Letter;
use crate::id::UserId;

/// Discord's first moment in milliseconds since 1970 (Discord: "Reference", "Snowflakes").
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

/// A message in a channel.
#[derive(Debug, Deserialize)]
pub(super) struct Found {
    #[serde(deserialize_with = "snowflake")]
    pub(super) id: u64,
    author: Author,
    #[serde(default)]
    content: String,
    #[serde(default)]
    components: Vec<Value>,
    #[serde(default)]
    nonce: Option<Value>,
}

#[derive(Debug, Deserialize)]
struct Author {
    #[serde(deserialize_with = "snowflake")]
    id: u64,
}

impl Found {
    /// When it was sent, in milliseconds since 1970.
    pub(super) fn sent_ms(&self) -> i64 {
        made_ms(self.id)
    }

    /// Whether it is this letter, sent by `own_id`: by its nonce where Discord gives it, else by
    /// the custom id of its first button, else, for a letter without buttons, by its text.
    pub(super) fn is(&self, letter: &Letter, own_id: UserId) -> bool {
        if self.author.id != own_id.0 {
            return false;
        }
        if self.nonce.as_ref().and_then(Value::as_str) == Some(letter.nonce().as_str()) {
            return true;
        }
        match letter.message.first_custom_id() {
            Some(wanted) => self.components.iter().find_map(custom_id) == Some(wanted),
            None => self.components.is_empty() && self.content.trim() == letter.message.content.trim(),
        }
    }
}

/// The first custom id in a component or below it.
fn custom_id(component: &Value) -> Option<&str> {
    let own = component.get("custom_id").and_then(Value::as_str);
    own.or_else(|| component.get("components")?.as_array()?.iter().find_map(custom_id))
}

/// When something of Discord's came to be, by its id, in milliseconds since 1970.
pub(super) fn made_ms(id: u64) -> i64 {
    DISCORD_EPOCH_MS.saturating_add((id >> 22).cast_signed())
}

/// The first id of Discord's that something made at `ms` (milliseconds since 1970) can have.
pub(super) fn first_of(ms: i64) -> u64 {
    u64::try_from(ms.saturating_sub(DISCORD_EPOCH_MS)).unwrap_or(0) << 22
}

/// A snowflake: a number in a string.
pub(super) fn snowflake<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;
    use crate::delivery::To;
    use crate::discord::message::{Button, Message};

    fn found(author: &str, custom_id: &str) -> Found {
        serde_json::from_value(json!({
            "id": "175928847299117063",
            "author": { "id": author },
            "content": "Hello",
            "components": [{ "type": 1, "components": [
                { "type": 2, "style": 5, "url": "https://example.org", "label": "x" },
                { "type": 2, "custom_id": custom_id },
            ]}],
        }))
        .unwrap()
    }

    #[test]
    fn a_letter_is_known_by_its_first_custom_id_and_its_author() {
        let message = Message::new("Hello").buttons([Button::primary("Done", "1:done:a".to_owned())]);
        let letter = Letter::new(To::Person(UserId(5)), message, Timestamp::UNIX_EPOCH);
        assert!(found("9", "1:done:a").is(&letter, UserId(9)));
        assert!(!found("8", "1:done:a").is(&letter, UserId(9)));
        assert!(!found("9", "1:done:b").is(&letter, UserId(9)));
        let plain = Letter { message: Message::new("Hello "), ..letter };
        assert!(!found("9", "1:done:a").is(&plain, UserId(9)), "a message with buttons is another");
    }

    #[test]
    fn a_snowflake_tells_its_time() {
        // Discord's own example ("Reference", "Convert Snowflake to DateTime").
        assert_eq!(found("9", "x").sent_ms(), 1_462_015_105_796);
    }
}
