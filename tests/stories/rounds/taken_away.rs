//! What is taken away in the middle of a round: Kith itself, the channel, a permission. Kith stops there, says what to
//! do, and goes on when it is back.

use serde_json::{Value, json};

use super::MORNINGS;
use super::running::{PEER, runs};
use crate::kit::{Person, Town};

const PAIR: [(&str, &str, &str); 2] = [("Ana", PEER, "Rust"), ("Bo", PEER, "Rust")];

impl Town {
    /// The server removes Kith, which notices.
    async fn removes_kith(&self) {
        self.post(&format!("/guilds/{}/leave", self.guild), json!({"bot": true})).await;
        self.reads_of_kith("I was removed from the server").await;
    }

    /// The server invites Kith again, which notices.
    async fn invites_kith(&self) {
        self.post(&format!("/guilds/{}/join", self.guild), json!({"bot": true})).await;
        self.reads_of_kith("I am back in the server").await;
        self.passes("10s").await;
    }

    /// Waits until Kith tries to write something like that, whether it arrives or not.
    async fn reads_of_kith(&self, part: &str) {
        let says = |it: &Value| it["content"].as_str().is_some_and(|it| it.contains(part));
        self.sees(|| self.sandbox.requests_since(0).iter().any(|it| says(&it.request))).await;
    }
}

#[tokio::test]
async fn a_server_removes_kith_while_people_sign_up_and_it_goes_on_when_it_is_back() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let board = olga.opens_round("Spring", "pairs").await;
    let (ana, bo) = (town.member("Ana").await, town.member("Bo").await);
    ana.signs_up(&board, "Sign up", &["Rust"], &MORNINGS).await;
    town.removes_kith().await;
    // Sign-up would have ended meanwhile.
    town.passes("9d").await;
    town.invites_kith().await;
    olga.letter("I was removed from the server of **Spring**").await;
    let back = olga.letter("I am back in the server of **Spring**").await;
    insta::assert_snapshot!("kith_is_back", back.seen());
    town.passes("1h").await;
    let over = olga.letter("Sign-up for **Spring** is over").await;
    insta::assert_snapshot!("sign_up_is_over", over.seen().replace(&town.general, "channel"));
    // Nobody was lost, and it can be opened again.
    let shown = olga.presses(&olga.runs("/organize rounds").await.message(), "Spring").await.message();
    olga.presses(&shown, "Open sign-up again").await;
    let board = town.board(&olga).await;
    bo.signs_up(&board, "Sign up", &["Rust"], &MORNINGS).await;
    assert!(town.board(&olga).await.text().contains("2 people"), "{}", town.board(&olga).await.text());
    town.close().await;
}

#[tokio::test]
async fn a_server_removes_kith_while_groups_meet_and_each_is_asked_once_when_it_is_back() {
    let mut town = Town::open().await;
    {
        let olga = town.organizer("Olga").await;
        runs(&town, &olga, "pairs", &PAIR).await;
    }
    // While Kith is down, so that it hears of it at its start alone.
    town.stop().await;
    town.post(&format!("/guilds/{}/leave", town.guild), json!({"bot": true})).await;
    town.start().await;
    town.reads_of_kith("I was removed from the server").await;
    town.passes("35d").await;
    let (ana, bo, olga) = (town.person("Ana").await, town.person("Bo").await, town.person("Olga").await);
    let before = ana.letters().await.len();
    town.invites_kith().await;
    town.passes("2d").await;
    // Two meetings have passed: people are asked about the last one, and nobody counts as gone.
    assert_eq!(ana.letters_with("did you meet").await.len(), 1);
    assert_eq!(bo.letters_with("did you meet").await.len(), 1);
    assert_eq!(ana.letters().await.len(), before + 1, "nothing else has come");
    assert!(olga.letters_with("left").await.is_empty());
    // A thread that it is no longer in is told when there is something to say in it.
    ana.runs("/mentorship skip").await;
    town.passes("1m").await;
    let told = olga.letter("I can't write to group 1").await;
    olga.presses(&told, "Make a new thread").await;
    town.passes("1m").await;
    let new = ana.thread().await;
    assert!(ana.reads(&new).await[0].first().contains("this is your group"));
    town.close().await;
}

#[tokio::test]
async fn the_channel_of_a_round_that_runs_is_deleted_and_its_groups_go_on_in_another() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let (channel, board) = olga.opens_round_in_its_channel("Spring").await;
    let people = super::running::runs_by(&town, &olga, &board, &PAIR).await;
    let [ana, bo] = &people[..] else { unreachable!() };
    let room = ana.thread().await;
    let kith = town.get("/world").await["bot"]["id"].clone();
    let manage_channels = (1_u64 << 4).to_string();
    town.post(&format!("/channels/{channel}/permissions"), json!({"of": kith, "allow": manage_channels}))
        .await;
    town.as_kith("DELETE", &format!("/channels/{channel}"), Value::Null).await;
    // Check-ins are direct messages: they come as they did.
    town.passes("15d").await;
    ana.letter("did you meet").await;
    let told = olga.letter("I can't write to group 1").await;
    olga.presses(&told, "Make a new thread").await;
    town.passes("10s").await;
    let told = olga.letter("did not let me make the groups").await;
    assert!(told.text().contains("The round's channel is gone"), "{}", told.text());
    let shown = olga.presses(&olga.runs("/organize rounds").await.message(), "Spring").await.message();
    olga.chooses_in(&shown, "Where people sign up", &[&town.general]).await;
    town.passes("1m").await;
    let new = bo.thread().await;
    assert_ne!(new, room);
    assert!(ana.reads(&new).await[0].first().contains("this is your group"));
    assert!(olga.runs("/organize attention").await.text().contains("nothing needs you"));
    assert!(town.board(&olga).await.first().contains("**Spring** is running"));
    town.close().await;
}

#[tokio::test]
async fn only_the_roles_that_a_round_is_for_can_sign_up() {
    let town = Town::open().await;
    let (olga, ana, bo) = (town.organizer("Olga").await, town.member("Ana").await, town.member("Bo").await);
    let role = town.post(&format!("/guilds/{}/roles", town.guild), json!({"name": "Alumni"})).await;
    let role = role["id"].as_str().unwrap();
    let has = async |person: &Person<'_>, change: Value| {
        town.post(&format!("/guilds/{}/members/{}/roles", town.guild, person.id), change).await;
    };
    has(&ana, json!({"add": [role]})).await;
    let draft = olga.drafts_round("Spring", "pairs").await;
    let draft =
        olga.chooses_in(&draft, "Who may sign up (nobody chosen: everybody)", &[role]).await.message();
    olga.presses(&draft, "Open sign-up").await;
    let board = town.board(&olga).await;
    assert!(board.text().contains(&format!("<@&{role}>")), "{}", board.text());
    let refused = bo.presses(&board, "Sign up").await;
    insta::assert_snapshot!("not_for_this_role", refused.message().seen().replace(role, "role"));
    // A role that is taken away between the form and its button counts, too.
    let form = ana.presses(&board, "Sign up").await.message();
    let form = ana.chooses_in(&form, "What do you want to talk about?", &["Rust"]).await.message();
    let form = ana.chooses_in(&form, "When do you have time, most weeks?", &MORNINGS).await.message();
    has(&ana, json!({"remove": [role]})).await;
    let late = ana.presses(&form, "Sign me up").await;
    assert_eq!(late.text(), refused.text());
    has(&ana, json!({"add": [role]})).await;
    let signed = ana.presses(&form, "Sign me up").await;
    assert!(signed.text().contains("You take part in"), "{}", signed.text());
    town.close().await;
}
