//! What Discord demands of modals (Receiving and Responding → Modal; Component Reference → Label, Text Input).

use serde_json::Value;

use super::component_rules::{TEXT_MOST, chars, unique_ids};
use super::components::{LABEL, ROW, TEXT_DISPLAY, TEXT_INPUT, is_select, kind};
use super::menu_rules;
use super::refusal::{Form, Refusal};

/// Fields of modals that the sandbox does not serve: files, radio buttons, boxes to tick.
const UNSERVED: [u64; 4] = [19, 21, 22, 23];

/// Checks a modal: its title, its id and its fields.
pub fn modal(data: &Value) -> Result<(), Refusal> {
    let mut form = Form::default();
    form.length("data.custom_id", data["custom_id"].as_str().unwrap_or(""), 1, 100);
    form.length("data.title", data["title"].as_str().unwrap_or(""), 1, 45);
    let rows = data["components"].as_array().map_or(&[][..], Vec::as_slice);
    if !(1..=5).contains(&rows.len()) {
        form.bad_length("data.components", 1, 5);
    }
    for (index, one) in rows.iter().enumerate() {
        let path = format!("data.components.{index}");
        match kind(one) {
            ROW => row(&mut form, one, &path),
            LABEL => label(&mut form, one, &path)?,
            TEXT_DISPLAY => {
                let text = one["content"].as_str().unwrap_or("");
                form.length(format_args!("{path}.content"), text, 1, TEXT_MOST);
            }
            other => {
                let message = format!("Value of field \"type\" must be one of (1, 10, 18). It was {other}.");
                form.wrong(&format!("{path}.type"), "UNION_TYPE_CHOICES", message);
            }
        }
    }
    unique_ids(&mut form, rows);
    form.finish()
}

/// A row: one text field with a label of its own, the older form.
fn row(form: &mut Form, row: &Value, path: &str) {
    let inner = row["components"].as_array().map_or(&[][..], Vec::as_slice);
    if inner.len() != 1 {
        form.bad_length(&format!("{path}.components"), 1, 1);
    }
    for (index, input) in inner.iter().enumerate() {
        let at = format!("{path}.components.{index}");
        if kind(input) != TEXT_INPUT {
            let message = format!("Value of field \"type\" must be one of (4,). It was {}.", kind(input));
            form.wrong(&format!("{at}.type"), "UNION_TYPE_CHOICES", message);
            continue;
        }
        form.length(format_args!("{at}.label"), input["label"].as_str().unwrap_or(""), 1, 45);
        text_input(form, input, &at);
    }
}

/// A label with one field, of whatever kind.
fn label(form: &mut Form, label: &Value, path: &str) -> Result<(), Refusal> {
    form.length(format_args!("{path}.label"), label["label"].as_str().unwrap_or(""), 1, 45);
    if chars(&label["description"]) > 100 {
        form.too_long(&format!("{path}.description"), 100);
    }
    let (field, at) = (&label["component"], format!("{path}.component"));
    match kind(field) {
        TEXT_INPUT => text_input(form, field, &at),
        _ if is_select(field) => menu(form, field, &at),
        unserved if UNSERVED.contains(&unserved) => {
            let message = format!("The sandbox does not serve components of type {unserved}.");
            return Err(Refusal::new(501, 0, message));
        }
        0 => form.missing(&at),
        other => {
            let message =
                format!("Value of field \"type\" must be one of (3, 4, 5, 6, 7, 8). It was {other}.");
            form.wrong(&format!("{at}.type"), "UNION_TYPE_CHOICES", message);
        }
    }
    Ok(())
}

/// A menu of a modal: never disabled, and where something must be chosen, at least one is.
fn menu(form: &mut Form, menu: &Value, path: &str) {
    menu_rules::select(form, menu, path);
    if menu["disabled"] == true {
        let message = "Modals cannot have disabled components.";
        form.wrong(&format!("{path}.disabled"), "MODAL_COMPONENT_DISABLED", message);
    }
    if menu["required"] != false && menu["min_values"] == 0 {
        let message = "int value should be greater than or equal to 1 where the menu is required.";
        form.wrong(&format!("{path}.min_values"), "NUMBER_TYPE_MIN", message);
    }
}

fn text_input(form: &mut Form, input: &Value, path: &str) {
    form.length(format_args!("{path}.custom_id"), input["custom_id"].as_str().unwrap_or(""), 1, 100);
    if !matches!(input["style"].as_u64(), Some(1 | 2)) {
        form.wrong(&format!("{path}.style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.");
    }
    if chars(&input["placeholder"]) > 100 {
        form.too_long(&format!("{path}.placeholder"), 100);
    }
    let least = input["min_length"].as_u64().unwrap_or(0);
    let most = input["max_length"].as_u64().unwrap_or(4_000);
    if least > 4_000 || !(1..=4_000).contains(&most) || least > most {
        form.wrong(
            &format!("{path}.max_length"),
            "NUMBER_TYPE_MAX",
            "Lengths go from 0 to 4000, the least first.",
        );
    }
    if chars(&input["value"]) as u64 > most {
        form.too_long(&format!("{path}.value"), usize::try_from(most).unwrap_or(4_000));
    }
}
