//! Groups become real: threads, introductions, DMs.

use serde_json::json;

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
    assert!(asked.text().contains("2 groups of 4 people"), "{}", asked.text());
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
        assert_eq!(told[0].first(), "**Spring**: your group is there");
    }
    let thread = people[0].threads().await[0]["id"].as_str().unwrap().to_owned();
    let mut said = people[0].reads(&thread).await[0].seen();
    for (person, name) in people.iter().zip(["Ana", "Bo", "Cy", "Dee"]) {
        said = said.replace(&format!("<@{}>", person.id), name);
    }
    // Which questions, chance chooses.
    let first = said.lines().find(|line| line.starts_with("To begin with: ")).unwrap().to_owned();
    insta::assert_snapshot!("intro", said.replace(&first, "To begin with: - (chosen)"));
    assert_eq!(olga.latest().await.first(), "**Spring**: all 2 groups are made, and the round runs.");
    assert!(town.board(&olga).await.first().contains("**Spring** runs"));

    // Ana chooses a time; Bo makes it an event of the server.
    let intro = people[0].reads(&thread).await.remove(0);
    let line = intro.lines()[0].clone();
    people[0].chooses(&intro, &line).await;
    town.passes("2s").await;
    let suggested = people[0].reads(&thread).await.pop().unwrap();
    assert!(suggested.first().contains("suggests to meet"), "{}", suggested.first());
    town.close().await;
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
