//! A whole round of pairs, from `/organize open` to `/organize report`: sign-up ends too early and is opened again,
//! Kith is killed while groups are made, somebody does not show up, and the organizer ends it by hand.

use serde_json::json;

use super::MORNINGS;
use super::interrupted::killed;
use super::running::PEER;
use super::whole::together;
use crate::kit::{Person, Program, Town, Wire};

/// Those who take part; Fay begins and does not finish.
const NAMES: [&str; 7] = ["Ana", "Bo", "Cy", "Dee", "Eve", "Hal", "Gil"];

#[tokio::test]
async fn a_whole_round_of_pairs() {
    let mut town = Town::for_a_whole_round().await;
    people_sign_up(&town).await;
    sign_up_ends_too_early_and_then_in_time(&town).await;
    who_is_late_comes_in_when_sign_up_is_opened_again(&town).await;
    olga_changes_her_mind(&town).await;
    published_while_kith_is_killed(&mut town).await;
    let groups = town.groups(&NAMES).await;
    assert_eq!(groups, [vec!["Ana", "Cy"], vec!["Bo", "Dee"], vec!["Eve", "Gil", "Hal"]]);
    they_meet_or_not(&town).await;
    bo_does_not_show_up_and_dee_gets_other_company(&town).await;
    half_way_and_on(&town).await;
    olga_ends_it_by_hand(&town).await;
    each_says_how_it_was(&town).await;
    olga_looks_back(&town).await;
    nothing_came_twice_and_nothing_was_lost(&town).await;
    town.close().await;
}

/// Olga opens the round; Ana and Bo avoid each other, Bo signs up twice, Fay does not finish.
async fn people_sign_up(town: &Town) {
    let olga = town.organizer("Olga").await;
    let board = olga.opens_round("Spring", "pairs").await;
    let topics = [("Ana", "Rust"), ("Bo", "Rust"), ("Cy", "Rust"), ("Dee", "Talks"), ("Eve", "Talks")];
    for (name, topic) in topics {
        town.member(name).await.signs_up(&board, PEER, &[topic], &MORNINGS).await;
    }
    let (ana, bo) = (town.person("Ana").await, town.person("Bo").await);
    ana.avoids(&board, &[&bo.id]).await;
    bo.avoids(&board, &[&ana.id]).await;
    let twice = bo.presses(&board, PEER).await;
    assert!(twice.text().contains("You take part in **Spring** as peer"), "{}", twice.text());
    town.member("Fay").await.presses(&board, PEER).await;
    let board = town.board(&olga).await;
    assert!(board.text().contains("So far: 5 people"), "{}", board.text());
}

/// Olga ends sign-up by hand and takes it back: Hal, who came in between, signs up after all.
async fn sign_up_ends_too_early_and_then_in_time(town: &Town) {
    let (olga, hal) = (town.person("Olga").await, town.member("Hal").await);
    town.passes("2d").await;
    let ended = olga.presses(&olga.looks_at("Spring").await, "End sign-up now").await.message();
    let board = town.board(&hal).await;
    assert_eq!(board.buttons(), ["My sign-up"]);
    let over = hal.presses(&board, "My sign-up").await;
    assert!(over.text().contains("sign-up is over"), "{}", over.text());
    let opened = olga.presses(&ended, "Open sign-up again").await;
    assert!(opened.text().contains("sign-up is open"), "{}", opened.text());
    let board = town.board(&hal).await;
    hal.signs_up(&board, PEER, &["Leading"], &MORNINGS).await;
    town.passes("6d").await;
    assert!(town.board(&olga).await.first().contains("the groups come next"));
}

/// Gil is late and reads why not; Olga opens sign-up again. Meanwhile Dee thinks of somebody whom she must not be with:
/// the one with whom the groups would have been.
async fn who_is_late_comes_in_when_sign_up_is_opened_again(town: &Town) {
    let (olga, gil, dee) = (town.person("Olga").await, town.member("Gil").await, town.person("Dee").await);
    let groups = olga.runs("/organize preview").await;
    let pairs = town.previewed(&groups.text()).await;
    assert_eq!(pairs.len(), 3, "{}", groups.text());
    assert!(!together(&pairs, "Ana", "Bo"));
    let none = gil.runs("/mentorship join").await;
    assert!(none.text().contains("No round is open here now"), "{}", none.text());
    let over = gil.presses(&town.board(&gil).await, "My sign-up").await;
    assert!(
        over.text().contains("You did not sign up for **Spring**, and sign-up is over"),
        "{}",
        over.text()
    );

    olga.presses(&olga.looks_at("Spring").await, "Open sign-up again").await;
    let board = town.board(&gil).await;
    gil.signs_up(&board, PEER, &["Leading"], &MORNINGS).await;
    let with_dee = pairs.iter().find(|pair| pair.contains(&"Dee".to_owned())).unwrap();
    let other = with_dee.iter().find(|name| *name != "Dee").unwrap().clone();
    dee.avoids(&board, &[&town.person(&other).await.id]).await;
    olga.presses(&olga.looks_at("Spring").await, "End sign-up now").await;
    // What was found before is not published: groups are found anew and shown.
    let groups = olga.runs("/organize publish").await;
    assert!(groups.text().contains("3 groups, 7 people in all; nobody is left over"), "{}", groups.text());
    let pairs = town.previewed(&groups.text()).await;
    assert!(!together(&pairs, "Dee", &other) && !together(&pairs, "Ana", "Bo"), "{}", groups.text());
}

/// Other weights, two kept apart and let together again, a lock, two who change places and back, and a change that is
/// refused without the reason.
async fn olga_changes_her_mind(town: &Town) {
    let olga = town.person("Olga").await;
    let groups = olga.runs("/organize preview").await.message();
    let anew = olga.chooses_in(&groups, "What counts most", &["topics in common"]).await.message();
    let at_first = town.previewed(&anew.text()).await;
    let (gil, hal, bo, eve) = (
        town.person("Gil").await,
        town.person("Hal").await,
        town.person("Bo").await,
        town.person("Eve").await,
    );
    let pair = json!({"who": gil.id, "and": hal.id});
    let apart = olga.runs_with("organize exclude", pair.clone()).await.message();
    assert!(apart.text().contains("They are both in group"), "{}", apart.text());
    let anew = olga.presses(&apart, "Find groups anew").await.text();
    assert!(!together(&town.previewed(&anew).await, "Gil", "Hal"), "{anew}");
    let free = olga.runs_with("organize exclude", pair).await.message();
    let anew = olga.presses(&free, "Find groups anew").await.message();
    assert_eq!(town.previewed(&anew.text()).await, at_first);

    let locked = olga.presses(&anew, "Lock 1").await.message();
    let refused = olga.runs("/organize move who: Ana group: 2").await;
    assert!(refused.text().contains("Group 1 is locked"), "{}", refused.text());
    olga.presses(&locked, "Free 1").await;
    let places = |one: &Person<'_>, other: &Person<'_>| json!({"who": one.id, "with": other.id});
    let refused = olga.runs_with("organize swap", places(&bo, &eve)).await;
    assert!(refused.text().contains("can't be in one group. The reason stays with me"), "{}", refused.text());
    let swapped = olga.runs_with("organize swap", places(&bo, &hal)).await;
    assert!(together(&town.previewed(&swapped.text()).await, "Dee", "Hal"), "{}", swapped.text());
    let back = olga.runs_with("organize swap", places(&hal, &bo)).await;
    assert_eq!(town.previewed(&back.text()).await, at_first);
}

/// The groups are made while Kith is killed again and again.
async fn published_while_kith_is_killed(town: &mut Town) {
    town.stop().await;
    let wire = Wire::to(&town.sandbox.url()).await;
    let kith = Program::run_over(town, &wire.url).await;
    {
        let olga = town.person("Olga").await;
        let asked = olga.runs("/organize publish").await.message();
        assert!(asked.text().contains("3 groups get their rooms, and their 7 people"), "{}", asked.text());
        olga.presses(&asked, "Publish").await;
    }
    let kith = killed(town, &wire, kith, (4, "1s")).await;
    town.passes("5m").await;
    kith.dies().await;
    town.start().await;
}

/// Ana and Cy agree on a time and meet; Dee can't reach Bo; the three answer each in their way, and Hal skips the next.
async fn they_meet_or_not(town: &Town) {
    let (ana, dee, hal) = (town.person("Ana").await, town.person("Dee").await, town.person("Hal").await);
    let intro = ana.reads(&ana.thread().await).await.remove(0);
    ana.chooses(&intro, &intro.lines()[0]).await;
    town.passes("15d").await;
    for (name, answer) in [("Ana", "Yes"), ("Cy", "Yes"), ("Eve", "Not yet"), ("Gil", "Yes")] {
        town.person(name).await.answers(answer).await;
    }
    let whom = dee.answers("I can't reach them").await;
    let noted = dee.chooses_in(&whom, "Choose one or more", &["Bo"]).await;
    assert!(noted.text().contains("Nobody learns that it was you"), "{}", noted.text());
    hal.runs("/mentorship skip").await;
    town.passes("14d").await;
    assert!(hal.letters_with("did you meet").await.len() == 1, "the one before, which nobody answered");
    town.person("Ana").await.answers("Yes").await;
    town.person("Gil").await.answers("Not yet").await;
}

/// Nothing came from Bo for two weeks: one press of Olga's, and Dee is with Ana and Cy.
async fn bo_does_not_show_up_and_dee_gets_other_company(town: &Town) {
    let (olga, dee, bo) = (town.person("Olga").await, town.person("Dee").await, town.person("Bo").await);
    town.passes("1d").await;
    let asked = olga.letter("one person is left in group 2").await;
    assert!(asked.text().contains("**Bo** would lose their place"), "{}", asked.text());
    assert!(asked.text().contains("**Dee** goes into group 1"), "{}", asked.text());
    olga.presses(&asked, "Do it").await;
    town.passes("1m").await;
    bo.letter("your place has gone to somebody else").await;
    assert!(bo.threads().await.is_empty());
    let old = dee.letter("did you meet").await;
    let late = dee.presses(&old, "Yes").await;
    assert!(late.text().contains("You are no longer in group 2"), "{}", late.text());
    assert_eq!(town.groups(&["Ana", "Cy", "Dee"]).await.last().unwrap(), &["Ana", "Cy", "Dee"]);
    assert!(olga.runs("/organize attention").await.text().contains("nothing needs you"));
}

/// Half-way four say how it is going, and the meetings go on.
async fn half_way_and_on(town: &Town) {
    town.passes("13d").await;
    for (name, score, word) in [
        ("Ana", "4", "Three is fine"),
        ("Cy", "5 · very well", ""),
        ("Dee", "3 · so-so", "Late, but here"),
        ("Eve", "2", "We hardly find a time"),
    ] {
        town.person(name).await.says_how_it_goes(score, word).await;
    }
    for (name, answer) in [("Ana", "Yes"), ("Dee", "Yes"), ("Gil", "Yes")] {
        town.person(name).await.answers(answer).await;
    }
    town.passes("14d").await;
    for name in ["Ana", "Gil"] {
        town.person(name).await.answers("Yes").await;
    }
}

/// Olga ends it early, takes it back, and ends it after all.
async fn olga_ends_it_by_hand(town: &Town) {
    let (olga, ana) = (town.person("Olga").await, town.person("Ana").await);
    town.passes("3d").await;
    let ask = olga.runs("/organize close").await.message();
    assert!(ask.text().contains("ask 6 people how it was"), "{}", ask.text());
    let closes = olga.presses(&ask, "End it now").await.message();
    town.passes("1m").await;
    olga.presses(&closes, "Undo").await;
    town.passes("1d").await;
    assert!(ana.letters_with("How was it?").await.is_empty());
    let ask = olga.runs("/organize close").await.message();
    olga.presses(&ask, "End it now").await;
    town.passes("3m").await;
}

/// What they say, with and without their names; who says nothing is reminded once.
async fn each_says_how_it_was(town: &Town) {
    for (name, again, open, learned) in [
        ("Ana", "I would do it again", "The organizers, with my name", "To listen first"),
        ("Cy", "Perhaps I would do it again", "The organizers, without my name", "Rust's borrows"),
        ("Eve", "I would not do it again", "The organizers, without my name", "That I have no time"),
        ("Gil", "I would do it again", "The organizers, without my name", ""),
    ] {
        let person = town.person(name).await;
        let asked = person.asked_how_it_was().await;
        person.says(&asked, again, open, learned, "").await;
    }
    let ana = town.person("Ana").await;
    let asked = ana.letter("I keep what you say").await;
    assert!(asked.text().contains("with **Cy**, **Dee**, for 9 weeks"), "{}", asked.text());
    assert!(asked.text().contains("You met 4 times."), "{}", asked.text());
    let kept = ana.presses(&asked, "Stay in touch: Cy").await;
    assert!(kept.text().starts_with("Saved **Cy**"), "{}", kept.text());
    // Dee came to them on the way.
    let asked = town.person("Dee").await.asked_how_it_was().await;
    assert!(asked.text().contains("You met 2 times."), "{}", asked.text());
    town.passes("8d").await;
    assert!(town.board(&ana).await.first().contains("**Spring** is over"));
}

/// Olga's report says what happened, and so does each one's own history.
async fn olga_looks_back(town: &Town) {
    let olga = town.person("Olga").await;
    let report = olga.runs("/organize report").await;
    let said = report.text();
    for part in [
        "7 signed up, 7 got into a group, 0 were left over, 1 left along the way. One did not show up.",
        "2 of 3 met, 2 of them at least half the times they were to; 2.3 times on average.",
        "3.5 in week 7, as 4 say.",
        "4 of 6 said how it was.",
        "Do it again: 2 yes, 1 perhaps, 1 no.",
        "“To listen first”, **Ana**",
        "“That I have no time”",
        "for 9 weeks",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("Cy") && !said.contains("Eve") && !said.contains("Bo"), "{said}");
    let figures = town.figures(&report, "spring-report.json").await;
    assert_eq!(figures["words"], json!(["Late, but here", "Three is fine", "We hardly find a time"]));
    let dee = town.person("Dee").await.runs("/mentorship history").await.text();
    assert!(dee.contains("With **Ana**, **Cy**\nYou met 2 times."), "{dee}");
    let bo = town.person("Bo").await.runs("/mentorship history").await.text();
    assert!(bo.contains("You left along the way."), "{bo}");
}

/// Each got what was theirs, once; and nothing comes after the end.
async fn nothing_came_twice_and_nothing_was_lost(town: &Town) {
    let letters = "\
Ana: check-in 4, group 1, half-way 1, how was it 1, joined by 1
Bo: are you there 1, check-in 2, group 1, place given 1
Cy: check-in 4, group 1, half-way 1, how was it 1, joined by 1
Dee: check-in 4, group 1, half-way 1, how was it 2, new group 1
Eve: check-in 4, group 1, half-way 1, how was it 1
Hal: check-in 3, group 1, half-way 1, how was it 2
Gil: check-in 4, group 1, half-way 1, how was it 1
Fay: unfinished 1
Olga: all asked 1, closed 1, left 1, proposal 1, runs 1, sign-up ends soon 1, sign-up over 1";
    let everybody: Vec<&str> = NAMES.into_iter().chain(["Fay", "Olga"]).collect();
    assert_eq!(town.letters_of(&everybody).await, letters);
    let rooms = "\
Ana: introduction 1, over 1, reminder 4, time 1, welcome 1
Eve: introduction 1, over 1, reminder 4, skip 1";
    assert_eq!(town.said_to(&["Ana", "Eve"]).await, rooms);
    town.passes("15d").await;
    assert_eq!(town.letters_of(&everybody).await, letters);
    assert_eq!(town.said_to(&["Ana", "Eve"]).await, rooms);
    town.nobody_learns_who_is_avoided();
}
