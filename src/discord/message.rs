//! A message as Discord takes it: plain data, for replies and for letters alike.
//!
//! Serialised, it is the body of "Create Message" and the `data` of an interaction's callback
//! (Discord: "Message", "Component Reference", "Receiving and Responding"). Limits are met when
//! it is built: text is cut at a word with "…", never refused by Discord.

use serde::{Deserialize, Serialize};

use super::text::{cut, one_line};
use crate::id::UserId;

pub use super::embed::{DESCRIPTION, Embed, Field, Footer, Image};
pub use super::menu::{Choice, Menu, OPTIONS};
pub use super::modal::{Input, Modal};

/// Most characters in a message's content.
pub const CONTENT: usize = 2_000;
/// Most buttons in one row.
pub const BUTTONS: usize = 5;

/// A message: its first line is what a phone shows, so it says who and why.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The first line, shown in a notification.
    pub content: String,
    /// What stands below it: none or one.
    pub embeds: Vec<Embed>,
    /// Rows of buttons and menus, five at most.
    pub components: Vec<Row>,
    /// Whom it pings: nobody, unless they are named.
    #[serde(default)]
    pub allowed_mentions: Mentions,
    /// Files that come with it, in an answer; a message that is kept keeps none.
    #[serde(skip)]
    pub files: Vec<File>,
}

/// A file that comes with a message (Discord: "Reference", "Uploading Files").
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// What it is called, with its ending.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Most people that a message can ping (Discord: "Message", "Allowed Mentions Object").
pub const PINGED: usize = 100;

/// `allowed_mentions` with an empty `parse`: nothing in the message pings but the mentions of these
/// people (Discord: "Message", "Allowed Mentions Object").
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mentions {
    #[serde(skip_deserializing)]
    parse: [(); 0],
    /// Who is pinged where the message mentions them, as Discord writes ids.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    users: Vec<String>,
}

impl Message {
    /// A message of one line.
    #[must_use]
    pub fn new(content: impl AsRef<str>) -> Self {
        Self { content: cut(content.as_ref(), CONTENT), ..Self::default() }
    }

    /// With an embed below it.
    #[must_use]
    pub fn embed(mut self, embed: Embed) -> Self {
        self.embeds.push(embed);
        self
    }

    /// That pings these people where it mentions them, 100 at most; further ones are mentioned without.
    #[must_use]
    pub fn pinging(mut self, users: impl IntoIterator<Item = UserId>) -> Self {
        for user in users {
            let user = user.to_string();
            if self.allowed_mentions.users.len() < PINGED && !self.allowed_mentions.users.contains(&user) {
                self.allowed_mentions.users.push(user);
            }
        }
        self
    }

    /// That pings nobody after all.
    #[must_use]
    pub fn pinging_nobody(self) -> Self {
        Self { allowed_mentions: Mentions::default(), ..self }
    }

    /// With each text that people read put through `change`: content and embeds.
    #[must_use]
    pub fn map_texts(mut self, change: impl Fn(&str) -> String) -> Self {
        self.content = change(&self.content);
        for embed in &mut self.embeds {
            let texts = [&mut embed.title, &mut embed.description];
            texts.into_iter().flatten().for_each(|text| *text = change(text));
            embed.fields.iter_mut().for_each(|field| field.value = change(&field.value));
            embed.footer.iter_mut().for_each(|footer| footer.text = change(&footer.text));
        }
        self
    }

    /// With a file.
    #[must_use]
    pub fn file(mut self, file: File) -> Self {
        self.files.push(file);
        self
    }

    /// With a row of buttons, in rows of five where there are more.
    #[must_use]
    pub fn buttons(mut self, buttons: impl IntoIterator<Item = Button>) -> Self {
        let buttons: Vec<Button> = buttons.into_iter().collect();
        for row in buttons.chunks(BUTTONS) {
            self.components.push(Row::new(row.iter().cloned().map(Component::Button).collect()));
        }
        self
    }

    /// With one more button beside the last ones, where there is room for it.
    #[must_use]
    pub fn and(mut self, button: Button) -> Self {
        match self.components.last_mut().map(|row| &mut row.components) {
            Some(row) if row.len() < BUTTONS && matches!(row[..], [Component::Button(_), ..]) => {
                row.push(Component::Button(button));
                self
            }
            _ => self.buttons([button]),
        }
    }

    /// With a row that holds a select menu.
    #[must_use]
    pub fn menu(mut self, menu: Menu) -> Self {
        self.components.push(Row::new(vec![Component::Menu(menu)]));
        self
    }

    /// Whether a button or menu has this custom id; Discord takes each once in a message.
    #[must_use]
    pub fn bears(&self, custom_id: &str) -> bool {
        self.components.iter().flat_map(|row| &row.components).any(|component| match component {
            Component::Button(button) => button.custom_id.as_deref() == Some(custom_id),
            Component::Menu(menu) => menu.custom_id == custom_id,
        })
    }

    /// The custom id of the first button or menu, by which the message can be found again.
    #[must_use]
    pub fn first_custom_id(&self) -> Option<&str> {
        self.components.iter().flat_map(|row| &row.components).find_map(|component| match component {
            Component::Button(button) => button.custom_id.as_deref(),
            Component::Menu(menu) => Some(menu.custom_id.as_str()),
        })
    }
}

/// A row of components.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    #[serde(rename = "type")]
    kind: u8,
    /// Five buttons at most, or one menu.
    pub components: Vec<Component>,
}

impl Row {
    fn new(components: Vec<Component>) -> Self {
        Self { kind: 1, components }
    }
}

/// What stands in a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Component {
    /// A menu (told apart by its placeholder).
    Menu(Menu),
    /// A button.
    Button(Button),
}

/// A button's look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The one that is likeliest meant.
    Primary,
    /// All others.
    Secondary,
    /// Where something is lost.
    Danger,
}

/// A button.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Button {
    #[serde(rename = "type")]
    kind: u8,
    style: u8,
    /// One or two words, at most 80 characters.
    pub label: String,
    /// What a press means (see `custom_id`).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub custom_id: Option<String>,
    /// Where a link leads.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
    /// Whether it is shown grey and takes no press.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub disabled: bool,
}

impl Button {
    /// A button of a style.
    #[must_use]
    pub fn new(style: Style, label: impl AsRef<str>, custom_id: String) -> Self {
        let style = match style {
            Style::Primary => 1,
            Style::Secondary => 2,
            Style::Danger => 4,
        };
        Self {
            kind: 2,
            style,
            label: cut(&one_line(label.as_ref()), 80),
            custom_id: Some(custom_id),
            url: None,
            disabled: false,
        }
    }

    /// Shown grey, and without effect.
    #[must_use]
    pub fn disabled(self) -> Self {
        Self { disabled: true, ..self }
    }

    /// The button that is likeliest meant; one in a message.
    #[must_use]
    pub fn primary(label: impl AsRef<str>, custom_id: String) -> Self {
        Self::new(Style::Primary, label, custom_id)
    }

    /// An ordinary button.
    #[must_use]
    pub fn secondary(label: impl AsRef<str>, custom_id: String) -> Self {
        Self::new(Style::Secondary, label, custom_id)
    }

    /// A button that leads to an address.
    #[must_use]
    pub fn link(label: impl AsRef<str>, url: &str) -> Self {
        let (label, url) = (cut(label.as_ref(), 80), Some(url.to_owned()));
        Self { kind: 2, style: 5, label, custom_id: None, url, disabled: false }
    }

    /// A button by which something is lost.
    #[must_use]
    pub fn danger(label: impl AsRef<str>, custom_id: String) -> Self {
        Self::new(Style::Danger, label, custom_id)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::id::{ChannelId, RoleId};

    /// As it is kept and read again, and as Discord gets it.
    fn kept(message: &Message) -> Value {
        let json = serde_json::to_value(message).unwrap();
        assert_eq!(&serde_json::from_value::<Message>(json.clone()).unwrap(), message);
        json
    }

    #[test]
    fn nobody_is_pinged_but_who_is_named() {
        let silent = Message::new("Hello <@1>");
        assert_eq!(kept(&silent)["allowed_mentions"], json!({ "parse": [] }));
        let loud = silent.pinging([UserId(1), UserId(2), UserId(1)]);
        assert_eq!(kept(&loud)["allowed_mentions"], json!({ "parse": [], "users": ["1", "2"] }));
        let many = Message::new("all").pinging((0..150).map(UserId));
        assert_eq!(kept(&many)["allowed_mentions"]["users"].as_array().unwrap().len(), PINGED);
        let old: Message =
            serde_json::from_value(json!({ "content": "a", "embeds": [], "components": [] })).unwrap();
        assert_eq!(old, Message::new("a"));
    }

    #[test]
    fn menus_of_all_kinds_are_kept_and_found_again() {
        let choices = ["a", "b", "c"].map(|it| Choice::new(it, it));
        let [a, b, c] = choices;
        let message = Message::new("Choose")
            .menu(Menu::new("1:t".to_owned(), "Texts", [a, b.chosen(), c]).many(0, 9))
            .menu(Menu::users("1:u".to_owned(), "People", [UserId(1), UserId(2)]))
            .menu(Menu::roles("1:r".to_owned(), "Roles", []).many(2, 30))
            .menu(Menu::channels("1:c".to_owned(), "Channels", &[0, 4], [ChannelId(3)]).many(0, 1))
            .buttons([Button::primary("Off", "1:off".to_owned()).disabled()]);
        let json = kept(&message);
        let component = |row: usize| &json["components"][row]["components"][0];
        assert_eq!(component(0)["options"][1]["default"], true);
        assert_eq!((&component(0)["min_values"], &component(0)["max_values"]), (&json!(0), &json!(3)));
        let people = json!({ "type": 5, "custom_id": "1:u", "placeholder": "People", "max_values": 2,
            "default_values": [{ "id": "1", "type": "user" }, { "id": "2", "type": "user" }] });
        assert_eq!(component(1), &people);
        let roles = json!({ "type": 6, "custom_id": "1:r", "placeholder": "Roles", "min_values": 2, "max_values": 25 });
        assert_eq!(component(2), &roles);
        let channels = json!({ "type": 8, "custom_id": "1:c", "placeholder": "Channels", "channel_types": [0, 4],
            "min_values": 0, "max_values": 1, "default_values": [{ "id": "3", "type": "channel" }] });
        assert_eq!(component(3), &channels);
        assert_eq!(component(4)["disabled"], true);
        assert!(["1:t", "1:u", "1:r", "1:c", "1:off"].iter().all(|id| message.bears(id)));
        super::super::limits::holds(&message, "all menus");
    }

    #[test]
    fn fewer_can_be_chosen_than_were() {
        let menu = Menu::roles("1:r".to_owned(), "Roles", (1..5).map(RoleId)).many(0, 2);
        let json = serde_json::to_value(&menu).unwrap();
        assert_eq!(json["default_values"].as_array().unwrap().len(), 2);
    }
}
