//! Select menus.

use serde::{Deserialize, Serialize};

use super::text::{cut, one_line};
use crate::id::{ChannelId, RoleId, UserId};

/// Most options in one select menu, and most that can be chosen in one.
pub const OPTIONS: usize = 25;

/// A menu of texts, people, roles or channels (Discord: "Component Reference", "String Select" … "Channel
/// Select"). What was chosen comes back as values: the choices' own, or ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Menu {
    #[serde(rename = "type")]
    kind: u8,
    /// What a choice means (see `custom_id`).
    pub custom_id: String,
    /// What stands there before a choice.
    pub placeholder: String,
    /// What can be chosen in a menu of texts.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub options: Vec<Choice>,
    /// Who or what is chosen already, where Discord itself knows what there is to choose.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    default_values: Vec<Chosen>,
    /// The kinds of channels that can be chosen; all where it is empty.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    channel_types: Vec<u8>,
    /// Whether it is shown grey and takes no choice.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub disabled: bool,
    /// How many must be chosen; one where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    min_values: Option<u8>,
    /// How many can be chosen; one where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    max_values: Option<u8>,
}

/// Somebody or something that is chosen already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Chosen {
    id: String,
    #[serde(rename = "type")]
    kind: String,
}

/// One line of a menu.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// What people read, at most 100 characters.
    pub label: String,
    /// What comes back, at most 100 characters.
    pub value: String,
    /// A second, smaller line.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub description: Option<String>,
    /// Whether it is chosen already.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub default: bool,
}

impl Choice {
    /// A line with its value.
    #[must_use]
    pub fn new(label: impl AsRef<str>, value: impl Into<String>) -> Self {
        Self {
            label: cut(&one_line(label.as_ref()), 100),
            value: value.into(),
            description: None,
            default: false,
        }
    }

    /// Chosen already.
    #[must_use]
    pub fn chosen(self) -> Self {
        Self { default: true, ..self }
    }

    /// With a second line.
    #[must_use]
    pub fn description(mut self, text: impl AsRef<str>) -> Self {
        self.description = Some(cut(&one_line(text.as_ref()), 100)).filter(|text| !text.is_empty());
        self
    }
}

/// Kinds of menus (Discord: "Component Reference", "Component Types").
const OF_TEXTS: u8 = 3;
const OF_PEOPLE: u8 = 5;
const OF_ROLES: u8 = 6;
const OF_CHANNELS: u8 = 8;

impl Menu {
    /// A menu of texts; options beyond Discord's 25 are left out, so longer lists page.
    #[must_use]
    pub fn new(
        custom_id: String,
        placeholder: impl AsRef<str>,
        options: impl IntoIterator<Item = Choice>,
    ) -> Self {
        let options = options.into_iter().take(OPTIONS).collect();
        Self { options, ..Self::of(OF_TEXTS, custom_id, placeholder) }
    }

    /// A menu of the people in the server, of whom some are chosen already.
    #[must_use]
    pub fn users(
        custom_id: String,
        placeholder: impl AsRef<str>,
        chosen: impl IntoIterator<Item = UserId>,
    ) -> Self {
        Self::of(OF_PEOPLE, custom_id, placeholder).presets("user", chosen.into_iter().map(|it| it.0))
    }

    /// A menu of the server's roles, of which some are chosen already.
    #[must_use]
    pub fn roles(
        custom_id: String,
        placeholder: impl AsRef<str>,
        chosen: impl IntoIterator<Item = RoleId>,
    ) -> Self {
        Self::of(OF_ROLES, custom_id, placeholder).presets("role", chosen.into_iter().map(|it| it.0))
    }

    /// A menu of the server's channels of these kinds (0: text, 4: category; all where there is none), of which
    /// some are chosen already.
    #[must_use]
    pub fn channels(
        custom_id: String,
        placeholder: impl AsRef<str>,
        kinds: &[u8],
        chosen: impl IntoIterator<Item = ChannelId>,
    ) -> Self {
        let menu = Self::of(OF_CHANNELS, custom_id, placeholder);
        Self { channel_types: kinds.to_vec(), ..menu }.presets("channel", chosen.into_iter().map(|it| it.0))
    }

    /// In which several can be chosen, or none where `min` is 0; `max` is 1 to 25, and no more than there is to
    /// choose from in a menu of texts.
    #[must_use]
    pub fn many(self, min: u8, max: u8) -> Self {
        let most = if self.kind == OF_TEXTS { self.options.len() } else { OPTIONS };
        let max = max.min(u8::try_from(most).unwrap_or(u8::MAX)).max(1);
        let mut menu = Self { min_values: Some(min.min(max)), max_values: Some(max), ..self };
        menu.default_values.truncate(usize::from(max));
        menu
    }

    /// Whether it is one of texts, which needs options.
    #[must_use]
    pub fn is_of_texts(&self) -> bool {
        self.kind == OF_TEXTS
    }

    fn of(kind: u8, custom_id: String, placeholder: impl AsRef<str>) -> Self {
        Self {
            kind,
            custom_id,
            placeholder: cut(placeholder.as_ref(), 150),
            options: Vec::new(),
            default_values: Vec::new(),
            channel_types: Vec::new(),
            disabled: false,
            min_values: None,
            max_values: None,
        }
    }

    fn presets(self, kind: &str, chosen: impl Iterator<Item = u64>) -> Self {
        let chosen = chosen.take(OPTIONS).map(|id| Chosen { id: id.to_string(), kind: kind.to_owned() });
        let default_values: Vec<Chosen> = chosen.collect();
        // Discord takes no more than can be chosen.
        let max_values = u8::try_from(default_values.len()).ok().filter(|count| *count > 1);
        Self { default_values, max_values, ..self }
    }
}
