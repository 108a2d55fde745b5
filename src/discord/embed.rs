//! What stands below a message's first line (Discord: "Message", "Embed Object"). Its limits are met
//! when it is built.

use serde::{Deserialize, Serialize};

use super::text::cut;

/// Most characters in an embed's description.
pub const DESCRIPTION: usize = 4_096;

/// One embed (Discord: "Message", "Embed Object").
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Embed {
    /// The bold first line of the embed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// Its text.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub description: Option<String>,
    /// 0xRRGGBB.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub color: Option<u32>,
    /// Named values, 25 at most.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub fields: Vec<Field>,
    /// The small line at the end.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub footer: Option<Footer>,
    /// A picture below the text.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub image: Option<Image>,
}

/// A picture in an embed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Image {
    /// Where it is.
    pub url: String,
}

/// A named value in an embed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// At most 256 characters.
    pub name: String,
    /// At most 1,024 characters.
    pub value: String,
    /// Whether it may stand beside others.
    pub inline: bool,
}

/// An embed's last line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Footer {
    /// At most 2,048 characters.
    pub text: String,
}

impl Embed {
    /// An embed with a text.
    #[must_use]
    pub fn new(description: impl AsRef<str>) -> Self {
        Self { description: Some(cut(description.as_ref(), DESCRIPTION)), ..Self::default() }
    }

    /// In a colour, 0xRRGGBB.
    #[must_use]
    pub fn color(mut self, color: u32) -> Self {
        self.color = Some(color);
        self
    }

    /// With a title.
    #[must_use]
    pub fn title(mut self, title: impl AsRef<str>) -> Self {
        self.title = Some(cut(title.as_ref(), 256));
        self
    }

    /// With a named value; an empty one is left out, as Discord refuses it.
    #[must_use]
    pub fn field(mut self, name: impl AsRef<str>, value: impl AsRef<str>, inline: bool) -> Self {
        if !value.as_ref().trim().is_empty() && self.fields.len() < 25 {
            self.fields.push(Field {
                name: cut(name.as_ref(), 256),
                value: cut(value.as_ref(), 1_024),
                inline,
            });
        }
        self
    }

    /// With a picture that comes with the message as a file (Discord: "Reference", "Uploading Files").
    #[must_use]
    pub fn attached_image(mut self, file: &str) -> Self {
        self.image = Some(Image { url: format!("attachment://{file}") });
        self
    }

    /// With a last line.
    #[must_use]
    pub fn footer(mut self, text: impl AsRef<str>) -> Self {
        self.footer = Some(Footer { text: cut(text.as_ref(), 2_048) });
        self
    }
}
