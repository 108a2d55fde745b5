//! What goes wrong between sign-up and the groups: each has a clear answer, nothing is lost, and it goes on.

use serde_json::{Value, json};

use super::MORNINGS;
use crate::kit::{Message, Person, Town};

/// A round of pairs with these people, whose groups are found.
async fn found<'a>(town: &'a Town, olga: &Person<'a>, names: &[&str]) -> (Vec<Person<'a>>, Message) {
    let board = olga.opens_round("Spring", "pairs").await;
    let mut people = Vec::new();
    for name in names {
        let person = town.member(name).await;
        person.signs_up(&board, "Sign up", &["Rust"], &MORNINGS).await;
        people.push(person);
    }
    town.passes("8d").await;
    (people, olga.runs("/organize preview").await.message())
}

async fn publishes(olga: &Person<'_>, groups: &Message) {
    let asked = olga.presses(groups, "Publish").await.message();
    olga.presses(&asked, "Publish").await;
}

#[tokio::test]
async fn nobody_or_one_person_or_no_mentor_makes_no_group_and_says_why() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let (_, empty) = found(&town, &olga, &[]).await;
    assert!(empty.text().contains("no group, nobody in any; nobody is left over"), "{}", empty.text());
    assert!(!empty.buttons().contains(&"Publish".to_owned()));
    let refused = olga.runs("/organize publish").await;
    assert!(refused.text().contains("no group, nobody in any"), "{}", refused.text());
    olga.cancels("Spring").await;

    let (people, alone) = found(&town, &olga, &["Ana"]).await;
    let left = format!("<@{}>: there is nobody they can be with", people[0].id);
    assert!(alone.text().contains(&left), "{}", alone.text());
    olga.cancels("Spring").await;

    let board = olga.opens_round("Summer", "one mentor with up to 3 mentees").await;
    for name in ["Bo", "Cy"] {
        town.member(name).await.signs_up(&board, "Sign up as mentee", &["Rust"], &MORNINGS).await;
    }
    town.passes("8d").await;
    let without = olga.runs("/organize preview").await;
    assert!(without.text().contains("no group, nobody in any; 2 are left over"), "{}", without.text());
    town.close().await;
}

impl Person<'_> {
    /// Calls a round off.
    async fn cancels(&self, round: &str) {
        let shown = self.presses(&self.runs("/organize rounds").await.message(), round).await.message();
        let asked = self.presses(&shown, "Call it off").await.message();
        self.presses(&asked, "Call it off").await;
        self.town.passes("2s").await;
    }
}

#[tokio::test]
async fn who_is_left_over_is_told_why_and_may_leave_the_list_and_comes_first_next_time() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let board = olga.opens_round("Spring", "one mentor and one mentee").await;
    town.member("Max").await.signs_up(&board, "Sign up as mentor", &["Rust"], &MORNINGS).await;
    let (ana, bo) = (town.member("Ana").await, town.member("Bo").await);
    ana.signs_up(&board, "Sign up as mentee", &["Rust"], &MORNINGS).await;
    bo.signs_up(&board, "Sign up as mentee", &["Talks"], &["Monday morning"]).await;
    town.passes("8d").await;
    let groups = olga.runs("/organize preview").await.message();
    publishes(&olga, &groups).await;
    town.passes("10s").await;
    let told = bo.latest().await;
    insta::assert_snapshot!("left_over", told.seen());
    let off = bo.presses(&told, "Don't wait").await;
    assert!(off.text().contains("you are off the list"), "{}", off.text());
    assert!(bo.threads().await.is_empty());

    // In the next round Bo fits no better, and comes first; what he said is there already.
    let draft = olga.drafts_round("Summer", "one mentor and one mentee").await;
    olga.presses(&draft, "Open sign-up").await;
    let board = town.board(&olga).await;
    let max = town.person("Max").await;
    for (person, role) in [(&max, "mentor"), (&ana, "mentee"), (&bo, "mentee")] {
        let form = person.presses(&board, &format!("Sign up as {role}")).await.message();
        let signed = person.presses(&form, "Sign me up").await;
        assert!(signed.text().contains("You take part in **Summer**"), "{}", signed.text());
    }
    town.passes("8d").await;
    let groups = olga.runs_with("organize preview", json!({"round": "Summer"})).await.text();
    let group = groups.lines().find(|line| line.contains("fits")).unwrap();
    assert!(group.contains(&bo.id) && !group.contains(&ana.id), "{groups}");
    town.close().await;
}

#[tokio::test]
async fn an_organizer_whose_role_is_taken_away_can_do_nothing_more() {
    let town = Town::open().await;
    let (olga, ana) = (town.organizer("Olga").await, town.member("Ana").await);
    let role = town.post(&format!("/guilds/{}/roles", town.guild), json!({"name": "Hosts"})).await;
    olga.runs_with("setup", json!({"organizers": role["id"]})).await;
    let path = format!("/guilds/{}/members/{}/roles", town.guild, ana.id);
    town.post(&path, json!({"add": [role["id"]]})).await;
    let draft = ana.drafts_round("Spring", "pairs").await;
    town.post(&path, json!({"remove": [role["id"]]})).await;
    let refused = ana.presses(&draft, "Open sign-up").await;
    assert!(refused.text().contains("Rounds are run by those with"), "{}", refused.text());
    assert!(olga.reads(&town.general).await.is_empty());
    // Olga goes on with it.
    let shown = olga.presses(&olga.runs("/organize rounds").await.message(), "Spring").await.message();
    let opened = olga.presses(&shown, "Open sign-up").await;
    assert!(opened.text().contains("sign-up is open"), "{}", opened.text());
    town.close().await;
}

#[tokio::test]
async fn the_board_is_deleted_and_put_up_again() {
    let town = Town::open().await;
    let (olga, ana) = (town.organizer("Olga").await, town.member("Ana").await);
    let board = olga.opens_round("Spring", "pairs").await;
    town.as_kith("DELETE", &format!("/channels/{}/messages/{}", town.general, board.id), Value::Null).await;
    ana.runs("/mentorship join").await;
    let form = ana.runs("/mentorship join").await.message();
    let form = ana.chooses_in(&form, "What do you want to talk about?", &["Rust"]).await.message();
    let form = ana.chooses_in(&form, "When do you have time, most weeks?", &MORNINGS).await.message();
    ana.presses(&form, "Sign me up").await;
    town.passes("5s").await;
    let told = olga.latest().await;
    assert!(told.first().contains("people can't sign up"), "{}", told.first());
    olga.presses(&told, "Put it up again").await;
    let board = town.board(&olga).await;
    assert!(board.text().contains("So far: one person"), "{}", board.text());
    town.close().await;
}

#[tokio::test]
async fn a_server_full_of_threads_stops_it_and_it_goes_on_when_there_is_room() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let (people, groups) = found(&town, &olga, &["Ana", "Bo"]).await;
    let mut last = String::new();
    for nth in 0..1_000 {
        let body = json!({"name": format!("Talk {nth}"), "type": 11, "auto_archive_duration": 10_080});
        let made = town.as_kith("POST", &format!("/channels/{}/threads", town.general), body).await;
        made["id"].as_str().unwrap().clone_into(&mut last);
    }
    publishes(&olga, &groups).await;
    town.passes("5s").await;
    let told = olga.latest().await;
    assert!(told.text().contains("as many active threads"), "{}", told.text());
    assert!(people[0].letters().await.is_empty());
    town.as_kith("PATCH", &format!("/channels/{last}"), json!({"archived": true})).await;
    town.passes("11m").await;
    assert_eq!(people[0].letters().await.len(), 1);
    assert!(town.board(&olga).await.first().contains("**Spring** is running"));
    town.close().await;
}

#[tokio::test]
async fn somebody_withdraws_while_an_organizer_moves_them() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let (people, _) = found(&town, &olga, &["Ana", "Bo", "Cy", "Dee"]).await;
    let [ana, bo, ..] = &people[..] else { unreachable!() };
    let mine = ana.runs("/mentorship mine").await.message();
    let asked = ana.presses(&mine, "Withdraw").await.message();
    let swap = json!({"who": ana.id, "with": bo.id});
    let (gone, edited) = tokio::join!(ana.presses(&asked, "Withdraw"), olga.runs_with("organize swap", swap));
    assert!(gone.text().contains("You no longer take part"), "{}", gone.text());
    let said = edited.text();
    let is_clear =
        ["with your changes by hand", "is not taking part", "is in that group already", "not possible"];
    assert!(is_clear.iter().any(|it| said.contains(it)), "{said}");
    let now = olga.runs("/organize preview").await;
    assert!(!now.text().contains(&ana.id), "{}", now.text());
    assert!(now.text().contains("one group, 2 people in all; one person is left over"), "{}", now.text());
    town.passes("1s").await;
    assert!(olga.latest().await.first().contains("**Ana** withdrew"), "{}", olga.latest().await.first());
    town.close().await;
}

#[tokio::test]
async fn the_channel_is_deleted_while_groups_are_about_to_be_made() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let (channel, board) = olga.opens_round_in_its_channel("Spring").await;
    let (ana, bo) = (town.member("Ana").await, town.member("Bo").await);
    for person in [&ana, &bo] {
        person.signs_up(&board, "Sign up", &["Rust"], &MORNINGS).await;
    }
    town.passes("8d").await;
    let groups = olga.runs("/organize preview").await.message();
    let kith = town.get("/world").await["bot"]["id"].clone();
    let manage_channels = (1_u64 << 4).to_string();
    town.post(&format!("/channels/{channel}/permissions"), json!({"of": kith, "allow": manage_channels}))
        .await;
    town.as_kith("DELETE", &format!("/channels/{channel}"), Value::Null).await;
    publishes(&olga, &groups).await;
    town.passes("5s").await;
    let told: Vec<String> = olga.letters().await.iter().map(Message::text).collect();
    assert!(told.iter().any(|it| it.contains("The round's channel is gone")), "{told:#?}");
    assert!(ana.letters().await.is_empty());
    let shown = olga.presses(&olga.runs("/organize rounds").await.message(), "Spring").await.message();
    olga.chooses_in(&shown, "Where people sign up", &[&town.general]).await;
    town.passes("10s").await;
    assert_eq!((ana.threads().await.len(), ana.letters().await.len()), (1, 1));
    assert!(town.board(&ana).await.first().contains("**Spring** is running"));
    town.close().await;
}
