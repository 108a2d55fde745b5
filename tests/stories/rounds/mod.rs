//! Rounds of group mentorship, as organizers and members live them.

mod agreeing;
mod closing;
mod going_wrong;
mod groups;
mod interrupted;
mod later;
mod opening;
mod programme;
mod publishing;
mod rehearsing;
mod report;
mod running;
mod running_gone;
mod running_mentor;
mod running_part;
mod running_rooms;
mod running_whole;
mod second_thoughts;
mod signing_up;
mod taken_away;
mod whole;
mod whole_circles;
mod whole_mentor_groups;
mod whole_pairs;

use serde_json::json;

use crate::kit::{Answer, Message, Person, Town};

/// When somebody has time who has it most weekday mornings.
pub const MORNINGS: [&str; 3] = ["Monday morning", "Wednesday morning", "Friday morning"];

impl Town {
    /// Somebody who may manage the server, and so organizes.
    pub async fn organizer(&self, name: &str) -> Person<'_> {
        let body = json!({"name": name, "locale": "en-GB", "guilds": [self.guild], "admin": true});
        let user = self.post("/users", body).await;
        let person = Person { town: self, id: user["id"].as_str().unwrap().to_owned() };
        person.runs("/settings timezone: Europe/London").await;
        person
    }

    /// The board in the channel, as somebody sees it.
    pub async fn board(&self, person: &Person<'_>) -> Message {
        self.passes("2s").await;
        person.reads(&self.general).await.pop().unwrap()
    }
}

impl Person<'_> {
    /// Sets a round up and sees its draft.
    pub async fn drafts_round(&self, name: &str, shape: &str) -> Message {
        let form = self.runs("/organize open").await;
        let fields = [("Name", name), ("Sign-up until", "in 1 week"), ("Topics", "Rust, Talks, Leading")];
        let draft = self.fills(&form, &fields).await.message();
        self.chooses_in(&draft, "What its groups are", &[shape]).await.message()
    }

    /// Sets a round up and opens its sign-up; sees the board.
    pub async fn opens_round(&self, name: &str, shape: &str) -> Message {
        let draft = self.drafts_round(name, shape).await;
        let opened = self.presses(&draft, "Open sign-up").await;
        assert!(opened.text().contains("sign-up is open"), "{}", opened.text());
        self.town.board(self).await
    }

    /// Finds the groups, looks at them and publishes them.
    pub async fn publishes(&self) {
        let groups = self.runs("/organize preview").await.message();
        let asked = self.presses(&groups, "Publish").await.message();
        self.presses(&asked, "Publish").await;
        self.town.passes("1m").await;
    }

    /// Sets a round of pairs up in a channel of its own and opens its sign-up; sees the channel and the board.
    pub async fn opens_round_in_its_channel(&self, name: &str) -> (String, Message) {
        let path = format!("/guilds/{}/channels", self.town.guild);
        let channel = self.town.post(&path, json!({"name": "mentoring"})).await;
        let channel = channel["id"].as_str().unwrap().to_owned();
        let draft = self.drafts_round(name, "pairs").await;
        let draft = self.chooses_in(&draft, "Where people sign up", &[&channel]).await.message();
        self.presses(&draft, "Open sign-up").await;
        self.town.passes("2s").await;
        let board = self.reads(&channel).await.pop().unwrap();
        (channel, board)
    }

    /// Signs up on the board, with topics and half-days.
    pub async fn signs_up(&self, board: &Message, how: &str, topics: &[&str], days: &[&str]) -> Answer {
        let form = self.presses(board, how).await.message();
        let form = self.chooses_in(&form, "What do you want to talk about?", topics).await.message();
        let form = self.chooses_in(&form, "When do you have time, most weeks?", days).await.message();
        let signed = self.presses(&form, "Sign me up").await;
        assert!(signed.text().contains("You take part in"), "{}", signed.text());
        signed
    }
}
