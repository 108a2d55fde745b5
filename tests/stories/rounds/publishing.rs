//! Groups become real: threads, introductions, DMs.

use serde_json::{Value, json};

use super::MORNINGS;
use crate::kit::{Message, Person, Town};

/// Two pairs that are about to be published.
async fn ready<'a>(town: &'a Town, olga: &Person<'a>, names: &[&str]) -> (Vec<Person<'a>>, Message) {
    let board = olga.opens_round("Spring", "pairs").await;
    let mut people = Vec::new();
    for name in names {
        let person = town.member(name).await;
        person.signs_up(&board, "Sign up", &["Rust"], &MORNINGS).await;
        people.push(person);
    }
    town.passes("8d").await;
    let groups = olga.runs("/organize preview").await.message();
    (people, groups)
}

#[tokio::test]
async fn each_group_gets_a_thread_an_introduction_and_each_person_a_message() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let (people, groups) = ready(&town, &olga, &["Ana", "Bo", "Cy", "Dee"]).await;
    let asked = olga.presses(&groups, "Publish").await.message();
    assert!(asked.text().contains("2 groups get their rooms, and their 4 people"), "{}", asked.text());
    let begun = olga.presses(&asked, "Publish").await;
    assert!(begun.text().contains("of 2 groups are made"), "{}", begun.text());
    town.passes("10s").await;
    for person in &people {
        let threads = person.threads().await;
        assert_eq!(threads.len(), 1, "{threads:?}");
        assert_eq!(threads[0]["private"], json!(true));
        let thread = threads[0]["id"].as_str().unwrap();
        let said = person.reads(thread).await;
        assert_eq!(said.len(), 1);
        assert!(said[0].json["mentions"].as_array().is_none_or(|all| all.len() == 2));
        let told = person.letters().await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].first(), "**Spring**: your group is ready");
    }
    let thread = people[0].threads().await[0]["id"].as_str().unwrap().to_owned();
    let mut said = people[0].reads(&thread).await[0].seen();
    for (person, name) in people.iter().zip(["Ana", "Bo", "Cy", "Dee"]) {
        said = said.replace(&format!("<@{}>", person.id), name);
    }
    // Which questions, chance chooses.
    let first = said.lines().find(|line| line.starts_with("To begin with: ")).unwrap().to_owned();
    insta::assert_snapshot!("intro", said.replace(&first, "To begin with: - (chosen)"));
    assert_eq!(olga.latest().await.first(), "**Spring**: all 2 groups are made, and the round is running.");
    assert!(town.board(&olga).await.first().contains("**Spring** is running"));

    // Ana chooses a time; Bo makes it an event of the server.
    let intro = people[0].reads(&thread).await.remove(0);
    let line = intro.lines()[0].clone();
    people[0].chooses(&intro, &line).await;
    town.passes("2s").await;
    let suggested = people[0].reads(&thread).await.pop().unwrap();
    assert!(suggested.first().contains("suggests meeting"), "{}", suggested.first());
    town.lets_kith(CREATE_EVENTS).await;
    people[1].presses(&suggested, "Make it an event").await;
    let twice = people[0].presses(&suggested, "Make it an event").await;
    assert!(twice.text().contains("event"), "{}", twice.text());
    town.passes("5s").await;
    let made = people[0].reads(&thread).await.pop().unwrap();
    assert_eq!(made.first(), "The meeting is an event of the server now.");
    let events = town
        .as_kith("GET", &format!("/guilds/{}/scheduled-events", town.guild), serde_json::Value::Null)
        .await;
    assert_eq!(events.as_array().unwrap().len(), 1, "{events}");
    town.close().await;
}

#[tokio::test]
async fn without_the_permission_for_events_the_group_is_told_kindly() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let (people, groups) = ready(&town, &olga, &["Ana", "Bo"]).await;
    let asked = olga.presses(&groups, "Publish").await.message();
    olga.presses(&asked, "Publish").await;
    town.passes("10s").await;
    let thread = people[0].threads().await[0]["id"].as_str().unwrap().to_owned();
    let intro = people[0].reads(&thread).await.remove(0);
    people[0].chooses(&intro, &intro.lines()[0].clone()).await;
    town.passes("2s").await;
    let suggested = people[0].reads(&thread).await.pop().unwrap();
    let refusal = json!({
        "kind": "status", "route": "POST /guilds/{guild.id}/scheduled-events", "status": 403,
        "body": {"code": 50_013, "message": "Missing Permissions"}, "count": 1,
    });
    town.post("/faults", refusal).await;
    people[0].presses(&suggested, "Make it an event").await;
    town.passes("5s").await;
    let told = people[0].reads(&thread).await.pop().unwrap();
    assert!(told.first().contains("I may not create events"), "{}", told.first());
    town.close().await;
}

#[tokio::test]
async fn mentors_accept_their_group_first_and_one_declines() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let draft = olga.drafts_round("Spring", "one mentor and one mentee").await;
    let more = olga.presses(&draft, "More settings").await.message();
    let accept = "Mentors accept their group before it is published";
    let menu = "Private channels, mentors' consent, a role at the end";
    let more = olga.chooses_in(&more, menu, &[accept]).await.message();
    let draft = olga.presses(&more, "Back").await.message();
    olga.presses(&draft, "Open sign-up").await;
    let board = town.board(&olga).await;
    let (max, mia) = (town.member("Max").await, town.member("Mia").await);
    let (ana, bo) = (town.member("Ana").await, town.member("Bo").await);
    for (person, role) in [(&max, "mentor"), (&mia, "mentor"), (&ana, "mentee"), (&bo, "mentee")] {
        person.signs_up(&board, &format!("Sign up as {role}"), &["Rust"], &MORNINGS).await;
    }
    town.passes("8d").await;
    let groups = olga.runs("/organize preview").await.message();
    let waits = olga.presses(&groups, "Publish").await;
    assert!(waits.text().contains("2 mentors have not answered yet"), "{}", waits.text());
    town.passes("2s").await;
    let asked = max.latest().await;
    assert_eq!(asked.first(), "**Spring**: would you take this mentee?");
    assert!(ana.letters().await.is_empty(), "nobody is told before");
    max.presses(&asked, "Accept").await;
    mia.presses(&mia.latest().await, "Decline").await;
    town.passes("2s").await;
    assert!(olga.latest().await.first().contains("declined group"), "{}", olga.latest().await.first());
    let again = olga.runs("/organize publish").await;
    assert!(again.text().contains("every mentor has answered, and one declined"), "{}", again.text());
    olga.presses(&again.message(), "Publish without waiting").await;
    town.passes("10s").await;
    assert_eq!(ana.threads().await.len() + bo.threads().await.len(), 2);
    town.close().await;
}

#[tokio::test]
async fn groups_talk_in_private_channels_where_the_organizer_likes_that_better() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let stranger = town.member("Sam").await;
    town.lets_kith(MANAGE_CHANNELS | MANAGE_ROLES).await;
    let board = olga.opens_round_in_channels("Spring", "pairs").await;
    let (ana, bo) = (town.member("Ana").await, town.member("Bo").await);
    for person in [&ana, &bo] {
        person.signs_up(&board, "Sign up", &["Rust"], &MORNINGS).await;
    }
    town.passes("8d").await;
    let groups = olga.runs("/organize preview").await.message();
    let asked = olga.presses(&groups, "Publish").await.message();
    olga.presses(&asked, "Publish").await;
    town.passes("10s").await;
    let seen = (ana.channels("spring").await, bo.channels("spring").await, stranger.channels("spring").await);
    assert_eq!((seen.0.len(), seen.1.len(), seen.2.len()), (1, 1, 0));
    town.close().await;
}

impl Person<'_> {
    /// Opens a round whose groups talk in private channels; sees the board.
    pub async fn opens_round_in_channels(&self, name: &str, shape: &str) -> Message {
        let draft = self.drafts_round(name, shape).await;
        let more = self.presses(&draft, "More settings").await.message();
        let menu = "Private channels, mentors' consent, a role at the end";
        let more = self.chooses_in(&more, menu, &["Groups talk in private channels"]).await.message();
        let draft = self.presses(&more, "Back").await.message();
        let opened = self.presses(&draft, "Open sign-up").await;
        assert!(opened.text().contains("sign-up is open"), "{}", opened.text());
        self.town.board(self).await
    }

    /// The channels that they see whose name begins so.
    pub async fn channels(&self, name: &str) -> Vec<String> {
        let all = self.town.get(&format!("/channels?as={}&guild={}", self.id, self.town.guild)).await;
        let begins = |it: &&Value| it["name"].as_str().unwrap().starts_with(name);
        let ids = all.as_array().unwrap().iter().filter(begins);
        ids.map(|it| it["id"].as_str().unwrap().to_owned()).collect()
    }
}

pub const MANAGE_CHANNELS: u64 = 1 << 4;
pub const MANAGE_ROLES: u64 = 1 << 28;
const CREATE_EVENTS: u64 = 1 << 44;

impl Town {
    /// Gives Kith a role with these permissions.
    pub async fn lets_kith(&self, permissions: u64) {
        let kith = self.get("/world").await["bot"]["id"].as_str().unwrap().to_owned();
        let role = json!({"name": "Kith", "permissions": permissions.to_string()});
        let role = self.post(&format!("/guilds/{}/roles", self.guild), role).await;
        let path = format!("/guilds/{}/members/{kith}/roles", self.guild);
        self.post(&path, json!({"add": [role["id"]]})).await;
    }
}

#[tokio::test]
async fn a_permission_that_is_missing_stops_it_and_it_goes_on_when_it_is_back() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let (people, groups) = ready(&town, &olga, &["Ana", "Bo", "Cy", "Dee"]).await;
    let kith = town.get("/world").await["bot"]["id"].clone();
    let path = format!("/channels/{}/permissions", town.general);
    let create_private_threads = 1_u64 << 36;
    town.post(&path, json!({"of": kith, "deny": create_private_threads.to_string()})).await;
    let asked = olga.presses(&groups, "Publish").await.message();
    olga.presses(&asked, "Publish").await;
    town.passes("5s").await;
    let told: Vec<String> = olga.letters().await.iter().map(|it| it.first().to_owned()).collect();
    let stopped = told.iter().filter(|it| it.contains("Discord did not let me make the groups")).count();
    assert_eq!(stopped, 1, "{told:?}");
    assert!(people[0].threads().await.is_empty());
    town.post(&path, json!({"of": kith, "allow": create_private_threads.to_string()})).await;
    town.passes("11m").await;
    for person in &people {
        assert_eq!(person.threads().await.len(), 1);
        assert_eq!(person.letters().await.len(), 1);
    }
    town.close().await;
}

#[tokio::test]
async fn two_organizers_publish_at_once_and_each_group_is_made_once() {
    let town = Town::open().await;
    let (olga, omar) = (town.organizer("Olga").await, town.organizer("Omar").await);
    let (people, groups) = ready(&town, &olga, &["Ana", "Bo"]).await;
    let hers = olga.presses(&groups, "Publish").await.message();
    let his = omar.presses(&omar.runs("/organize preview").await.message(), "Publish").await.message();
    let (one, other) = tokio::join!(olga.presses(&hers, "Publish"), omar.presses(&his, "Publish"));
    assert!(one.text().contains("Spring") && other.text().contains("Spring"));
    town.passes("10s").await;
    assert_eq!(people[0].threads().await.len(), 1);
    assert_eq!(people[1].letters().await.len(), 1);
    town.close().await;
}
