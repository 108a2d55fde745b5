use serde_json::Value;

/// What somebody sees after they acted.
#[derive(Debug)]
pub struct Answer(Value);

impl From<Value> for Answer {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

impl Answer {
    /// The message that they see, the last where there are several.
    pub fn message(&self) -> Message {
        let last = self.0["messages"].as_array().and_then(|all| all.last());
        last.unwrap_or_else(|| panic!("no message in {}", self.0)).clone().into()
    }

    /// The text of that message.
    pub fn text(&self) -> String {
        self.message().text()
    }

    /// The form that opened.
    pub fn form(&self) -> &Value {
        let form = &self.0["modal"];
        assert!(form.is_object(), "no form in {}", self.0);
        form
    }

    /// What stands in the form that opened: each input's label and text.
    pub fn fields(&self) -> Vec<(String, String)> {
        let rows = self.form()["components"].as_array().unwrap();
        let inputs = rows.iter().map(|row| &row["components"][0]);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        inputs.map(|input| (text(&input["label"]), text(&input["value"]))).collect()
    }

    /// What stands in an input of the form.
    pub fn field(&self, label: &str) -> String {
        let found = self.fields().into_iter().find(|(known, _)| known == label);
        found.unwrap_or_else(|| panic!("no {label} in {:?}", self.fields())).1
    }

    /// The form holds these texts, by labels.
    pub fn holds(&self, fields: &[(&str, &str)]) {
        for (label, text) in fields {
            assert_eq!(self.field(label), *text, "{label}");
        }
    }

    /// Everything, as the people side gave it.
    pub fn json(&self) -> &Value {
        &self.0
    }
}

/// A message as somebody sees it.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: String,
    pub json: Value,
}

impl From<Value> for Message {
    fn from(json: Value) -> Self {
        Self { id: json["id"].as_str().unwrap().to_owned(), json }
    }
}

impl Message {
    /// The line that a phone shows.
    pub fn first(&self) -> &str {
        self.json["content"].as_str().unwrap()
    }

    /// Everything that can be read: the content, and each embed's texts.
    pub fn text(&self) -> String {
        let mut parts = vec![self.first().to_owned()];
        for embed in self.json["embeds"].as_array().unwrap() {
            for text in [&embed["title"], &embed["description"]] {
                parts.extend(text.as_str().map(ToOwned::to_owned));
            }
            for field in embed["fields"].as_array().into_iter().flatten() {
                parts.push(format!(
                    "{}: {}",
                    field["name"].as_str().unwrap(),
                    field["value"].as_str().unwrap()
                ));
            }
            parts.extend(embed["footer"]["text"].as_str().map(ToOwned::to_owned));
        }
        parts.join("\n")
    }

    /// All that is seen, for snapshots: texts, then menus and buttons; times to the hour, and one mark for each opener and way,
    /// which chance chooses.
    pub fn seen(&self) -> String {
        let mut parts = vec![shown(&self.text())];
        for row in self.json["components"].as_array().unwrap() {
            let parts_of = row["components"].as_array().unwrap().iter().map(|it| match it["type"].as_u64() {
                Some(2) => format!("[{}]", it["label"].as_str().unwrap()),
                _ => {
                    let options = it["options"].as_array().cloned().unwrap_or_default();
                    let lines = options.iter().map(|option| {
                        let about = option["description"].as_str().unwrap_or_default();
                        format!("{} ({about})", option["label"].as_str().unwrap()).replace(" ()", "")
                    });
                    format!("<{}>", lines.collect::<Vec<_>>().join(" | "))
                }
            });
            parts.push(parts_of.collect::<Vec<_>>().join(" "));
        }
        parts.join("\n")
    }

    /// The openers that it offers.
    pub fn openers(&self) -> Vec<String> {
        self.text().lines().filter_map(|line| line.strip_prefix("> ")).map(ToOwned::to_owned).collect()
    }

    /// Whether only one person sees it.
    pub fn is_private(&self) -> bool {
        self.json["ephemeral"] == true
    }

    /// The labels of its buttons.
    pub fn buttons(&self) -> Vec<String> {
        self.components()
            .filter(|it| it["type"] == 2)
            .map(|it| it["label"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The custom id of a button.
    pub fn custom_id(&self, button: &str) -> String {
        let found = self.components().find(|it| it["label"] == button).unwrap();
        found["custom_id"].as_str().unwrap().to_owned()
    }

    /// The custom id of a menu, by what stands there before a choice.
    pub fn menu(&self, placeholder: &str) -> String {
        let found = self.components().find(|it| it["placeholder"] == placeholder);
        let found = found.unwrap_or_else(|| panic!("no menu {placeholder:?} in {}", self.json));
        found["custom_id"].as_str().unwrap().to_owned()
    }

    /// The lines of its menus.
    pub fn lines(&self) -> Vec<String> {
        let menus = self.components().filter(|it| it["type"] != 2);
        let options = menus.flat_map(|menu| menu["options"].as_array().cloned().unwrap_or_default());
        options.map(|option| option["label"].as_str().unwrap().to_owned()).collect()
    }

    /// The times in it, in the order in which they stand: `<t:…:…>`.
    pub fn times(&self) -> Vec<jiff::Timestamp> {
        let times = regex::Regex::new("<t:([0-9]+)").unwrap();
        let text = self.text();
        let seconds = times.captures_iter(&text).map(|found| found[1].parse().unwrap());
        seconds.map(|second| jiff::Timestamp::from_second(second).unwrap()).collect()
    }

    fn components(&self) -> impl Iterator<Item = &Value> {
        let rows = self.json["components"].as_array().unwrap();
        rows.iter().flat_map(|row| row["components"].as_array().unwrap())
    }
}

/// A text with its times to the hour, and one mark for each opener and way.
fn shown(text: &str) -> String {
    let times = regex::Regex::new("<t:([0-9]+):([A-Za-z])>").unwrap();
    let text = times.replace_all(text, |found: &regex::Captures<'_>| {
        let at = jiff::Timestamp::from_second(found[1].parse().unwrap()).unwrap();
        format!("<{} {}>", at.strftime("%Y-%m-%d %Hh"), &found[2])
    });
    let chosen = regex::Regex::new("(?m)^([->]) .*$").unwrap();
    chosen.replace_all(&text, "$1 (chosen)").into_owned()
}
