//! Olga finds a round's groups, looks at them, and changes them by hand.

use serde_json::json;

use super::MORNINGS;
use super::running::{PEER, runs};
use crate::kit::{Message, Person, Town};

/// A round of mentor groups with Max and Mia as mentors, and mentees who signed up.
async fn signed_up<'a>(town: &'a Town, olga: &Person<'a>, mentees: &[&str]) -> Vec<Person<'a>> {
    let board = olga.opens_round("Spring", "one mentor with up to 2 mentees").await;
    let mut all = Vec::new();
    for (name, topic) in [("Max", "Rust"), ("Mia", "Talks")] {
        let mentor = town.member(name).await;
        mentor.signs_up(&board, "Sign up as mentor", &[topic], &MORNINGS).await;
        all.push(mentor);
    }
    for (nth, name) in mentees.iter().enumerate() {
        let mentee = town.member(name).await;
        let topic = if nth % 2 == 0 { "Rust" } else { "Talks" };
        mentee.signs_up(&board, "Sign up as mentee", &[topic], &MORNINGS).await;
        all.push(mentee);
    }
    town.passes("8d").await;
    all
}

fn seen(message: &Message, people: &[Person<'_>], names: &[&str]) -> String {
    let mut seen = message.seen();
    for (person, name) in people.iter().zip(names) {
        seen = seen.replace(&format!("<@{}>", person.id), name);
    }
    seen
}

#[tokio::test]
async fn groups_are_found_with_reasons_and_who_is_left_over_and_why() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let names = ["Max", "Mia", "Ana", "Bo", "Cy", "Dee", "Eve"];
    let people = signed_up(&town, &olga, &names[2..]).await;
    let groups = olga.runs("/organize preview").await;
    assert!(groups.message().is_private());
    insta::assert_snapshot!("plan_preview", seen(&groups.message(), &people, &names));

    // A group that is locked stays; the others are found anew.
    let locked = olga.presses(&groups.message(), "Lock 1").await.message();
    assert!(locked.text().contains("🔒"), "{}", locked.text());
    let anew = olga.chooses_in(&locked, "What counts most", &["times in common"]).await.message();
    assert!(anew.text().contains("🔒"), "{}", anew.text());
    town.close().await;
}

#[tokio::test]
async fn people_are_moved_and_swapped_and_what_breaks_a_rule_is_refused() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let names = ["Max", "Mia", "Ana", "Bo", "Cy", "Dee"];
    let people = signed_up(&town, &olga, &names[2..]).await;
    let [max, mia, mentees @ ..] = &people[..] else { unreachable!() };
    let groups = olga.runs("/organize preview").await.text();
    let line_of = |who: &Person<'_>| {
        groups.lines().find(|line| line.contains(&format!("<@{}>", who.id))).unwrap().to_owned()
    };
    let (hers, his): (Vec<_>, Vec<_>) = mentees.iter().partition(|it| line_of(it) == line_of(mia));
    let ([ana, cy], [bo, _]) = (&his[..], &hers[..]) else { panic!("{groups}") };
    let of_mia: u8 = line_of(mia).split('*').nth(2).unwrap().trim().parse().unwrap();
    let of = |who: &Person<'_>, with: &Person<'_>| json!({"who": who.id, "with": with.id});
    let swapped = olga.runs_with("organize swap", of(ana, bo)).await;
    assert!(swapped.text().contains("with your changes by hand"), "{}", swapped.text());
    let full = olga.runs_with("organize move", json!({"who": cy.id, "group": of_mia})).await;
    assert!(full.text().contains("takes 2, and would have 3"), "{}", full.text());
    let two = olga.runs_with("organize swap", of(max, ana)).await;
    assert!(two.text().contains("That is not possible"), "{}", two.text());
    let out = olga.runs_with("organize move", json!({"who": cy.id, "group": 0})).await;
    assert!(out.text().contains("one person is left over"), "{}", out.text());
    let nobody = olga.runs_with("organize move", json!({"who": olga.id, "group": 1})).await;
    assert!(nobody.text().contains("Choose from the list"), "{}", nobody.text());
    let offered = olga.is_offered("/organize swap who: a", "who").await;
    let offered: Vec<&str> = offered.iter().map(|(label, _)| label.as_str()).collect();
    assert!(offered.iter().any(|label| label.starts_with("Ana · group")), "{offered:?}");
    let apart = olga.runs_with("organize exclude", json!({"who": mia.id, "and": ana.id})).await;
    assert!(apart.text().contains("They are both in group"), "{}", apart.text());
    let anew = olga.presses(&apart.message(), "Find groups anew").await;
    assert!(anew.text().contains("Kept apart by you"), "{}", anew.text());
    let refused = olga.runs_with("organize swap", of(ana, bo)).await;
    assert!(refused.text().contains("can't be in one group") || refused.text().contains("there already"));
    town.close().await;
}

#[tokio::test]
async fn nobody_learns_who_avoids_whom_and_those_who_do_are_never_together() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let (ana, bo) = (town.member("Ana").await, town.member("Bo").await);
    let board = olga.opens_round("Spring", "pairs").await;
    for (one, other) in [(&ana, &bo), (&bo, &ana)] {
        let form = one.presses(&board, "Sign up").await.message();
        let form = one.chooses_in(&form, "What do you want to talk about?", &["Rust"]).await.message();
        let form = one.chooses_in(&form, "When do you have time, most weeks?", &MORNINGS).await.message();
        let second = one.presses(&form, "More about me").await.message();
        let menu = "Whom must you not be with? Nobody is told.";
        let second = one.chooses_in(&second, menu, &[&other.id]).await.message();
        one.presses(&second, "Sign me up").await;
    }
    town.passes("8d").await;
    let groups = olga.runs("/organize preview").await;
    assert!(groups.text().contains("no group, nobody in any; 2 are left over"), "{}", groups.text());
    assert!(!groups.text().contains("avoid"), "{}", groups.text());
    assert!(!groups.message().buttons().contains(&"Publish".to_owned()));
    town.close().await;
}

#[tokio::test]
async fn two_who_are_kept_apart_after_groups_were_found_are_not_published_together() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let board = olga.opens_round("Spring", "pairs").await;
    let (ana, bo) = (town.member("Ana").await, town.member("Bo").await);
    for person in [&ana, &bo] {
        person.signs_up(&board, "Sign up", &["Rust"], &MORNINGS).await;
    }
    town.passes("8d").await;
    // The message that sign-up is over leads to the groups.
    let over = olga.letter("Sign-up for **Spring** is over").await;
    let groups = olga.presses(&over, "Show the groups").await.message();
    assert!(groups.text().contains("one group, 2 people in all"), "{}", groups.text());
    let apart = olga.runs_with("organize exclude", json!({"who": ana.id, "and": bo.id})).await;
    assert!(apart.text().contains("They are both in group 1 now"), "{}", apart.text());
    let refused = olga.runs("/organize publish").await;
    assert!(refused.text().contains("it breaks a rule now"), "{}", refused.text());
    let anew = olga.presses(&refused.message(), "Find groups anew").await;
    assert!(anew.text().contains("no group, nobody in any; 2 are left over"), "{}", anew.text());
    town.close().await;
}

#[tokio::test]
async fn a_round_leads_on_from_where_it_is_by_buttons() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let people = [("Ana", PEER, "Rust"), ("Bo", PEER, "Rust")];
    runs(&town, &olga, "pairs", &people).await;
    let published = olga.runs("/organize publish").await;
    assert!(published.text().contains("1 of 1"), "{}", published.text());
    let round = olga.presses(&olga.runs("/organize rounds").await.message(), "Spring").await.message();
    let attention = olga.presses(&round, "What needs me").await;
    assert!(attention.text().contains("nothing needs you"), "{}", attention.text());
    let round = olga.presses(&olga.runs("/organize rounds").await.message(), "Spring").await.message();
    let report = olga.presses(&round, "Report").await;
    assert!(report.text().contains("Spring"), "{}", report.text());
    let asked = olga.presses(&round, "End it now").await;
    assert!(asked.message().buttons().contains(&"End it now".to_owned()), "{:?}", asked.message().buttons());
    town.close().await;
}
