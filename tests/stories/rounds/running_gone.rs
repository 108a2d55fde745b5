//! People who are gone: one left the server, one cannot be reached; the wait list, one click, and what changes meanwhile.

use serde_json::json;

use super::running::{MENTEE, MENTOR, PEER, runs};
use crate::kit::{Person, Town};

/// Two pairs, and Eve who waits: she and the others avoid nobody, but pairs are two.
async fn pairs_and_one_who_waits<'a>(town: &'a Town, olga: &Person<'a>) -> Vec<Person<'a>> {
    let people = [
        ("Max", MENTOR, "Rust"),
        ("Mia", MENTOR, "Talks"),
        ("Ana", MENTEE, "Rust"),
        ("Bo", MENTEE, "Talks"),
        ("Eve", MENTEE, "Rust"),
    ];
    runs(town, olga, "one mentor and one mentee", &people).await
}

async fn leaves_the_server(town: &Town, person: &Person<'_>) {
    town.post(&format!("/guilds/{}/leave", town.guild), json!({"user": person.id})).await;
}

#[tokio::test]
async fn who_left_the_server_left_the_round_and_the_one_who_waits_takes_their_place() {
    let mut town = Town::open().await;
    let (ana_or_eve, waiting);
    {
        let olga = town.organizer("Olga").await;
        let people = pairs_and_one_who_waits(&town, &olga).await;
        let [max, _, ana, _, eve] = &people[..] else { unreachable!() };
        let (placed, waits) = if ana.threads().await.is_empty() { (eve, ana) } else { (ana, eve) };
        leaves_the_server(&town, placed).await;
        // Nobody tells Kith; it asks from day to day.
        town.passes("2d").await;
        let room = max.thread().await;
        assert!(max.last_in(&room).await.contains("no longer in this server"));
        olga.letter("has left the server").await;
        let asked = olga.letter("has no mentee").await;
        assert!(asked.text().contains("comes in from the wait list"), "{}", asked.text());
        ana_or_eve = placed.id.clone();
        waiting = waits.id.clone();
    }
    town.restart().await;
    let olga = town.person("Olga").await;
    let asked = olga.letter("has no mentee").await;
    let done = olga.presses(&asked, "Do it").await;
    assert!(done.text().contains("done, approved by"), "{}", done.text());
    town.passes("1m").await;
    let (max, new) = (town.person("Max").await, town.with_id(&waiting));
    let room = max.thread().await;
    assert_eq!(new.thread().await, room);
    assert!(max.last_in(&room).await.contains("joins you. Say hello"));
    new.letter("you have a place in a group").await;
    max.letter("joins your group").await;
    assert_eq!(town.with_id(&ana_or_eve).letters_with("did you meet").await.len(), 0);
    assert!(olga.runs("/organize attention").await.text().contains("nothing needs you"));
    town.passes("15d").await;
    new.letter("did you meet").await;
    town.close().await;
}

#[tokio::test]
async fn two_organizers_press_at_once_and_it_is_done_once() {
    let town = Town::open().await;
    let (olga, omar) = (town.organizer("Olga").await, town.organizer("Omar").await);
    let people = pairs_and_one_who_waits(&town, &olga).await;
    let [max, _, ana, _, eve] = &people[..] else { unreachable!() };
    let (placed, waits) = if ana.threads().await.is_empty() { (eve, ana) } else { (ana, eve) };
    leaves_the_server(&town, placed).await;
    town.passes("2d").await;
    let hers = olga.letter("has no mentee").await;
    let list = omar.runs("/organize attention").await.message();
    assert!(list.text().contains("one thing needs you"), "{}", list.text());
    let his = omar.chooses_in(&list, "Look at one", &[&list.lines()[0]]).await.message();
    let (one, other) = tokio::join!(olga.presses(&hers, "Do it"), omar.presses(&his, "Do it"));
    for answer in [one, other] {
        assert!(answer.text().contains("done, approved by"), "{}", answer.text());
    }
    town.passes("1m").await;
    waits.letter("you have a place in a group").await;
    let room = max.thread().await;
    let welcomes = max.reads(&room).await.into_iter().filter(|it| it.first().contains("joins you"));
    assert_eq!(welcomes.count(), 1);
    town.close().await;
}

#[tokio::test]
async fn an_organizer_presses_while_somebody_leaves_and_sees_what_is_right_now() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let people = pairs_and_one_who_waits(&town, &olga).await;
    let [max, _, ana, _, eve] = &people[..] else { unreachable!() };
    let (placed, waits) = if ana.threads().await.is_empty() { (eve, ana) } else { (ana, eve) };
    leaves_the_server(&town, placed).await;
    town.passes("2d").await;
    let asked = olga.letter("has no mentee").await;
    let later = olga.presses(&asked, "Not now").await.message();
    assert!(later.text().contains("not now, says"), "{}", later.text());
    // The one who waited does not want to wait any more.
    let told = waits.letter("You are not in a group").await;
    waits.presses(&told, "Don't wait").await;
    let anew = olga.presses(&later, "Do it").await.message();
    assert!(anew.text().contains("nothing was done yet"), "{}", anew.text());
    assert!(waits.threads().await.is_empty());
    // Nobody fits any more; and when the mentor leaves too, nothing is needed.
    assert!(anew.text().contains("Nobody on the wait list"), "{}", anew.text());
    leaves_the_server(&town, max).await;
    town.passes("2d").await;
    assert!(olga.runs("/organize attention").await.text().contains("nothing needs you"));
    town.close().await;
}

#[tokio::test]
async fn whom_others_cannot_reach_is_asked_and_after_two_weeks_replaced_with_one_click() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let people = [("Ana", PEER, "Rust"), ("Bo", PEER, "Rust"), ("Cy", PEER, "Talks"), ("Dee", PEER, "Talks")];
    let people = runs(&town, &olga, "pairs", &people).await;
    let ana = &people[0];
    town.passes("15d").await;
    let asked = ana.letter("did you meet").await;
    let whom = ana.presses(&asked, "I can't reach them").await.message();
    let other = whom.lines()[0].clone();
    let noted = ana.chooses_in(&whom, "Choose one or more", &[&other]).await.message();
    assert!(noted.text().contains("14 days"), "{}", noted.text());
    let gone = town.person(&other).await;
    town.passes("1m").await;
    let told = gone.letter("your group can't reach you").await;
    assert!(!told.text().contains("Ana"), "{}", told.text());
    town.passes("12d").await;
    assert!(olga.letters_with("one person is left").await.is_empty());
    town.passes("3d").await;
    let asked = olga.letter("one person is left").await;
    assert!(asked.text().contains(&format!("**{other}** would lose their place")), "{}", asked.text());
    assert!(asked.text().contains("**Ana** goes into group"), "{}", asked.text());
    olga.presses(&asked, "Do it").await;
    town.passes("1m").await;
    gone.letter("your place has gone to somebody else").await;
    ana.letter("you have a place in a group").await;
    assert_eq!(ana.threads().await.len(), 2, "the old thread stays to be read");
    town.close().await;
}

#[tokio::test]
async fn one_press_of_somebody_who_was_named_is_enough() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let people = runs(&town, &olga, "pairs", &[("Ana", PEER, "Rust"), ("Bo", PEER, "Rust")]).await;
    let [ana, bo] = &people[..] else { unreachable!() };
    town.passes("15d").await;
    let asked = ana.letter("did you meet").await;
    let whom = ana.presses(&asked, "I can't reach them").await.message();
    ana.chooses_in(&whom, "Choose one or more", &["Bo"]).await;
    town.passes("1m").await;
    let told = bo.letter("your group can't reach you").await;
    bo.presses(&told, "I'm here").await;
    town.passes("2s").await;
    let room = ana.thread().await;
    assert!(ana.last_in(&room).await.contains("is still there."));
    town.passes("13d").await;
    assert!(olga.letters_with("one person is left").await.is_empty());
    town.close().await;
}
