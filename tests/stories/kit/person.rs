use serde_json::{Map, Value, json};

use super::answer::{Answer, Message};
use super::town::Town;

/// Somebody in the town.
pub struct Person<'a> {
    pub town: &'a Town,
    pub id: String,
}

impl Person<'_> {
    /// Types a command as one types it: `/connection add name: Grace every: 6 weeks`.
    pub async fn runs(&self, line: &str) -> Answer {
        let (name, options) = parsed(line);
        self.runs_with(&name, options).await
    }

    /// Runs a command with options that cannot be typed in a line.
    pub async fn runs_with(&self, name: &str, options: Value) -> Answer {
        let body = json!({"as": self.id, "guild": self.town.guild, "name": name, "options": options});
        self.town.post("/command", body).await.into()
    }

    /// Types a command in another server.
    pub async fn runs_at(&self, guild: &str, line: &str) -> Answer {
        let (name, options) = parsed(line);
        let body = json!({"as": self.id, "guild": guild, "name": name, "options": options});
        self.town.post("/command", body).await.into()
    }

    /// Runs a command in the DM with Kith.
    pub async fn runs_in_dm(&self, line: &str) -> Answer {
        let (name, options) = parsed(line);
        let body = json!({"as": self.id, "dm": true, "name": name, "options": options});
        self.town.post("/command", body).await.into()
    }

    /// What is offered while one types an option: `/log who: gra`, for `who`.
    pub async fn is_offered(&self, line: &str, focused: &str) -> Vec<(String, String)> {
        let (name, options) = parsed(line);
        let body = json!({
            "as": self.id, "guild": self.town.guild, "name": name, "options": options, "focused": focused,
        });
        let answer = self.town.post("/autocomplete", body).await;
        let choices = answer["choices"].as_array().unwrap().clone();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        choices.iter().map(|choice| (text(&choice["name"]), text(&choice["value"]))).collect()
    }

    /// Picks an entry of somebody's context menu.
    pub async fn picks(&self, entry: &str, target: &Person<'_>) -> Answer {
        let body = json!({"as": self.id, "guild": self.town.guild, "name": entry, "target": target.id});
        self.town.post("/user-command", body).await.into()
    }

    /// Presses a button of a message, by its label.
    pub async fn presses(&self, message: &Message, button: &str) -> Answer {
        let body = json!({"as": self.id, "message": message.id, "button": button});
        self.town.post("/click", body).await.into()
    }

    /// Presses a button twice at once, as an unsteady hand does: what comes of the one press and,
    /// where the button was still there, of the other.
    pub async fn presses_twice(&self, message: &Message, button: &str) -> Vec<Answer> {
        let body = json!({"as": self.id, "message": message.id, "button": button});
        self.twice("/click", body).await
    }

    /// Chooses a line of a message's menu twice at once.
    pub async fn chooses_twice(&self, message: &Message, line: &str) -> Vec<Answer> {
        let body = json!({"as": self.id, "message": message.id, "values": [line]});
        self.twice("/select", body).await
    }

    async fn twice(&self, path: &str, body: Value) -> Vec<Answer> {
        // Two connections that stand already, so that the second is no later than the first.
        tokio::join!(self.town.get("/clock"), self.town.get("/clock"));
        let (one, other) = tokio::join!(self.town.tries(path, body.clone()), self.town.tries(path, body));
        let seen = [one, other].into_iter().filter(|(status, _)| *status < 300);
        let seen: Vec<Answer> = seen.map(|(_, answer)| answer.into()).collect();
        assert!(!seen.is_empty());
        seen
    }

    /// Chooses a line of a message's menu.
    pub async fn chooses(&self, message: &Message, line: &str) -> Answer {
        let body = json!({"as": self.id, "message": message.id, "values": [line]});
        self.town.post("/select", body).await.into()
    }

    /// Chooses in one of a message's menus, by what stands there before a choice: lines, or people, roles and
    /// channels by id.
    pub async fn chooses_in(&self, message: &Message, menu: &str, values: &[&str]) -> Answer {
        let menu = message.menu(menu);
        let body = json!({"as": self.id, "message": message.id, "menu": menu, "values": values});
        self.town.post("/select", body).await.into()
    }

    /// Fills the form of an answer, by labels, and sends it.
    pub async fn fills(&self, answer: &Answer, fields: &[(&str, &str)]) -> Answer {
        let fields: Map<String, Value> =
            fields.iter().map(|(label, text)| ((*label).to_owned(), (*text).into())).collect();
        let body = json!({"as": self.id, "modal": answer.form()["id"], "fields": fields});
        self.town.post("/modal", body).await.into()
    }

    /// The DMs with Kith, oldest first.
    pub async fn inbox(&self) -> Vec<Message> {
        let inbox = self.town.get(&format!("/inbox?as={}", self.id)).await;
        inbox["messages"].as_array().unwrap().iter().cloned().map(Message::from).collect()
    }

    /// The DM channel with Kith.
    pub async fn dm(&self) -> String {
        let inbox = self.town.get(&format!("/inbox?as={}", self.id)).await;
        inbox["channel"].as_str().unwrap().to_owned()
    }

    /// Types a command in a channel or thread.
    pub async fn runs_in(&self, channel: &str, line: &str) -> Answer {
        let (name, options) = parsed(line);
        let body = json!({"as": self.id, "channel": channel, "name": name, "options": options});
        self.town.post("/command", body).await.into()
    }

    /// The threads of the server that they see, as the people side shows them.
    pub async fn threads(&self) -> Vec<Value> {
        let all = self.town.get(&format!("/channels?as={}&guild={}", self.id, self.town.guild)).await;
        let all = all.as_array().unwrap().iter();
        all.filter(|channel| channel["parent"].is_string()).cloned().collect()
    }

    /// What Kith sent unasked into a thread or channel, as far as they see it, oldest first.
    pub async fn reads(&self, channel: &str) -> Vec<Message> {
        let seen = self.town.get(&format!("/channels/{channel}/messages?as={}", self.id)).await;
        let seen = seen.as_array().unwrap().iter().filter(|message| message["system"] != true);
        seen.cloned().map(Message::from).filter(|message| !message.is_private()).collect()
    }

    /// The letters among them: what Kith sent unasked.
    pub async fn letters(&self) -> Vec<Message> {
        self.inbox().await.into_iter().filter(|message| !message.is_private()).collect()
    }

    /// The latest letter.
    pub async fn latest(&self) -> Message {
        self.letters().await.pop().unwrap()
    }
}

/// A command's name and options: an option begins with a word and a colon.
fn parsed(line: &str) -> (String, Value) {
    let line = line.strip_prefix('/').unwrap();
    let mut name = Vec::new();
    let mut options: Vec<(String, Vec<&str>)> = Vec::new();
    for word in line.split(' ') {
        match word
            .strip_suffix(':')
            .filter(|option| option.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        {
            Some(option) => options.push((option.to_owned(), vec![])),
            None => match options.last_mut() {
                Some((_, words)) => words.push(word),
                None => name.push(word),
            },
        }
    }
    let options: Map<String, Value> =
        options.into_iter().map(|(option, words)| (option, words.join(" ").into())).collect();
    (name.join(" "), options.into())
}
