//! A form as Discord takes it: plain data, as [`super::message`] is.

use serde::Serialize;

use super::text::{cut, one_line};

/// Most characters in one input of a form.
pub const INPUT: u16 = 4_000;

/// A form that pops up (Discord: "Receiving and Responding", "Modal").
///
/// It holds text inputs only, the one kind that serenity can read back.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Modal {
    /// What sending it means (see `custom_id`).
    pub custom_id: String,
    /// At most 45 characters.
    pub title: String,
    components: Vec<InputRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct InputRow {
    #[serde(rename = "type")]
    kind: u8,
    components: [Input; 1],
}

/// One line or paragraph of a form.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Input {
    #[serde(rename = "type")]
    kind: u8,
    custom_id: String,
    style: u8,
    label: String,
    required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_length: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    placeholder: Option<String>,
}

impl Input {
    /// A single line that may stay empty.
    #[must_use]
    pub fn line(custom_id: &str, label: impl AsRef<str>) -> Self {
        Self {
            kind: 4,
            custom_id: custom_id.to_owned(),
            style: 1,
            label: cut(label.as_ref(), 45),
            required: false,
            max_length: None,
            value: None,
            placeholder: None,
        }
    }

    /// A paragraph that may stay empty.
    #[must_use]
    pub fn paragraph(custom_id: &str, label: impl AsRef<str>) -> Self {
        Self { style: 2, ..Self::line(custom_id, label) }
    }

    /// It must be filled.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The most characters that it takes, [`INPUT`] at most.
    #[must_use]
    pub fn max(mut self, characters: u16) -> Self {
        self.max_length = Some(characters.min(INPUT));
        self
    }

    /// What stands in it already. A text that is longer than the input takes is shown as far as a form
    /// can hold it, so that it can be shortened there rather than typed anew.
    #[must_use]
    pub fn value(mut self, text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        let fits = text.chars().count() <= usize::from(INPUT);
        let text = if fits { text.to_owned() } else { cut(text, usize::from(INPUT)) };
        let length = u16::try_from(text.chars().count()).unwrap_or(INPUT);
        self.max_length = self.max_length.map(|most| most.max(length));
        self.value = Some(text).filter(|text| !text.is_empty());
        self
    }

    /// What stands in it, grey, while it is empty.
    #[must_use]
    pub fn placeholder(mut self, text: impl AsRef<str>) -> Self {
        self.placeholder = Some(cut(text.as_ref(), 100));
        self
    }
}

impl Modal {
    /// A form of one to five inputs.
    #[must_use]
    pub fn new(custom_id: String, title: impl AsRef<str>, inputs: impl IntoIterator<Item = Input>) -> Self {
        let components =
            inputs.into_iter().take(5).map(|input| InputRow { kind: 1, components: [input] }).collect();
        Self { custom_id, title: cut(&one_line(title.as_ref()), 45), components }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_can_be_shortened_in_the_form() {
        let input = Input::line("name", "Name").max(10).value("x".repeat(15));
        assert_eq!((input.max_length, input.value.map(|it| it.len())), (Some(15), Some(15)));
        let input = Input::line("name", "Name").max(10).value("x".repeat(5_000));
        assert_eq!((input.max_length, input.value.map(|it| it.chars().count())), (Some(4_000), Some(4_000)));
    }
}
