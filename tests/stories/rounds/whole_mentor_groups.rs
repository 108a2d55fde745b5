//! A whole round of mentor groups, from `/organize open` to `/organize report`: there are more mentees than places, one
//! who waits gets the place of one who leaves, and a mentor falls silent.

use serde_json::json;

use super::MORNINGS;
use super::report::{file, rows};
use super::running::{MENTEE, MENTOR};
use super::whole::together;
use crate::kit::{Message, Town};

/// Those who take part: three mentors with seven places, and nine mentees. Lee does not finish, Kim is late.
const NAMES: [&str; 12] = ["Max", "Mia", "Moe", "Ana", "Bo", "Cy", "Dee", "Eve", "Fay", "Gus", "Hal", "Ida"];

#[tokio::test]
async fn a_whole_round_of_mentor_groups() {
    let town = Town::for_a_whole_round().await;
    let board = olga_opens_it(&town).await;
    people_sign_up(&town, &board).await;
    kim_is_late(&town).await;
    olga_changes_her_mind(&town).await;
    mentors_are_asked_and_it_is_published(&town).await;
    some_get_places_and_some_read_why_not(&town).await;
    dee_leaves_and_ana_gets_her_place(&town).await;
    cy_and_gus_leave_the_server(&town).await;
    moe_falls_silent_and_ida_gets_another_mentor(&town).await;
    half_way_and_on(&town).await;
    each_says_how_it_was(&town).await;
    olga_looks_back(&town).await;
    nothing_came_twice_and_nothing_was_lost(&town).await;
    town.close().await;
}

/// Olga opens the round; mentors accept first, and who took part gets a role.
async fn olga_opens_it(town: &Town) -> Message {
    let olga = town.organizer("Olga").await;
    town.lets_kith_give_roles().await;
    let draft = olga.drafts_round("Spring", "one mentor with up to 3 mentees").await;
    let more = olga.presses(&draft, "More settings").await.message();
    let menu = "Private channels, mentors' consent, a role at the end";
    let options =
        ["Mentors accept their group before it is published", "Whoever took part gets a role at the end"];
    let more = olga.chooses_in(&more, menu, &options).await.message();
    let draft = olga.presses(&more, "Back").await.message();
    let opened = olga.presses(&draft, "Open sign-up").await;
    assert!(opened.text().contains("sign-up is open"), "{}", opened.text());
    town.board(&olga).await
}

/// Moe takes one mentee; Ana must not be with Max, Bo and Cy not with each other; Dee presses twice, Lee does not finish.
async fn people_sign_up(town: &Town, board: &Message) {
    let topics = ["Rust", "Talks", "Leading", "Rust", "Rust", "Rust", "Talks", "Talks", "Leading", "Rust"];
    let topics = topics.into_iter().chain(["Talks", "Leading"]);
    for (nth, (name, topic)) in NAMES.into_iter().zip(topics).enumerate() {
        let how = if nth < 3 { MENTOR } else { MENTEE };
        town.member(name).await.signs_up(board, how, &[topic], &MORNINGS).await;
    }
    let moe = town.person("Moe").await;
    let mine = moe.presses(board, "My sign-up").await.message();
    let form = moe.presses(&mine, "Edit").await.message();
    let words = moe.presses(&form, "In my words").await;
    moe.fills(&words, &[("How many you take", "1")]).await;
    let (ana, bo, cy) = (town.person("Ana").await, town.person("Bo").await, town.person("Cy").await);
    ana.avoids(board, &[&town.person("Max").await.id]).await;
    bo.avoids(board, &[&cy.id]).await;
    let dee = town.person("Dee").await;
    let again = dee.presses(board, MENTEE).await;
    assert!(again.text().contains("You take part in **Spring** as mentee"), "{}", again.text());
    town.member("Lee").await.presses(board, MENTEE).await;
    let board = town.board(&dee).await;
    assert!(board.text().contains("3 mentors · 9 mentees"), "{}", board.text());
    town.passes("8d").await;
}

/// Kim reads why not; Olga leaves it so.
async fn kim_is_late(town: &Town) {
    let kim = town.member("Kim").await;
    let over = kim.presses(&town.board(&kim).await, "My sign-up").await;
    let next = "sign-up is over. The next round is announced in the server";
    assert!(over.text().contains(next), "{}", over.text());
}

/// Whom an organizer may not put together, what is locked and is kept apart after all, and other weights.
async fn olga_changes_her_mind(town: &Town) {
    let olga = town.person("Olga").await;
    let groups = olga.runs("/organize preview").await.message();
    assert!(groups.text().contains("3 groups, 10 people in all; 2 are left over"), "{}", groups.text());
    let at_first = town.previewed(&groups.text()).await;
    let refused = olga.runs("/organize move who: Ana group: 1").await;
    assert!(refused.text().contains("can't be in one group. The reason stays with me"), "{}", refused.text());
    let anew = olga.chooses_in(&groups, "What counts most", &["times in common"]).await;
    let shown = town.previewed(&anew.text()).await;
    assert!(!together(&shown, "Ana", "Max") && !together(&shown, "Bo", "Cy"), "{}", anew.text());
    let usual = olga.chooses_in(&anew.message(), "What counts most", &["everything, as usual"]).await;
    assert_eq!(town.previewed(&usual.text()).await, at_first);

    // A group that is locked and that may not be any more is found anew as the others are.
    olga.presses(&usual.message(), "Lock 1").await;
    let apart = olga.runs("/organize exclude who: Bo and: Gus").await.message();
    assert!(apart.text().contains("They are both in group 1 now"), "{}", apart.text());
    let anew = olga.presses(&apart, "Find groups anew").await.text();
    assert!(!together(&town.previewed(&anew).await, "Bo", "Gus"), "{anew}");
    let free = olga.runs("/organize exclude who: Bo and: Gus").await.message();
    let anew = olga.presses(&free, "Find groups anew").await.text();
    assert_eq!(town.previewed(&anew).await, at_first);
}

/// Max and Mia accept their groups, Moe does not answer, and Olga waits no longer.
async fn mentors_are_asked_and_it_is_published(town: &Town) {
    let olga = town.person("Olga").await;
    let groups = olga.runs("/organize preview").await.message();
    let waits = olga.presses(&groups, "Publish").await;
    assert!(waits.text().contains("3 mentors have not answered yet"), "{}", waits.text());
    town.passes("2s").await;
    for name in ["Max", "Mia"] {
        let mentor = town.person(name).await;
        mentor.presses(&mentor.letter("would you take").await, "Accept").await;
    }
    let again = olga.runs("/organize publish").await;
    assert!(again.text().contains("one mentor has not answered yet"), "{}", again.text());
    olga.presses(&again.message(), "Publish without waiting").await;
    town.passes("1m").await;
}

/// Ana and Cy are left over: they read why, and wait.
async fn some_get_places_and_some_read_why_not(town: &Town) {
    let groups = [vec!["Ida", "Moe"], vec!["Bo", "Fay", "Gus", "Max"], vec!["Dee", "Eve", "Hal", "Mia"]];
    assert_eq!(town.groups(&NAMES).await, groups);
    for name in ["Ana", "Cy"] {
        let person = town.person(name).await;
        let told = person.letter("You are not in a group").await.text();
        assert!(told.contains("There were 9 mentees for 7 places"), "{told}");
        assert!(told.contains("in line for a place that becomes free"), "{told}");
        let waits = person.runs("/mentorship skip").await;
        assert!(waits.text().contains("in line for a place"), "{}", waits.text());
    }
    town.passes("15d").await;
    for (name, answer) in [("Max", "Yes"), ("Bo", "Yes"), ("Mia", "Yes"), ("Eve", "Yes"), ("Ida", "Not yet")]
    {
        town.person(name).await.answers(answer).await;
    }
}

/// Dee leaves: one press of Olga's, and Ana has her place.
async fn dee_leaves_and_ana_gets_her_place(town: &Town) {
    let (olga, ana, dee) = (town.person("Olga").await, town.person("Ana").await, town.person("Dee").await);
    let asked = dee.runs("/mentorship leave").await.message();
    dee.presses(&asked, "Leave").await;
    town.passes("11m").await;
    let free = olga.letter("a place is free in group 2").await;
    assert!(free.text().contains("**Ana** comes in from the wait list."), "{}", free.text());
    let list = olga.runs("/organize attention").await;
    assert!(list.text().contains("one thing needs you") && list.text().contains("a free place"));
    olga.presses(&free, "Do it").await;
    town.passes("1m").await;
    ana.letter("you have a place in a group").await;
    let group = ["Ana", "Eve", "Hal", "Mia"];
    assert_eq!(town.groups(&NAMES).await.last().unwrap(), &["Bo", "Fay", "Gus", "Max"]);
    assert_eq!(town.groups(&group).await, [group]);
    assert!(olga.runs("/organize attention").await.text().contains("nothing needs you"));
}

/// Cy waits no longer and Gus does not go on: both leave the server, and Kith finds out.
async fn cy_and_gus_leave_the_server(town: &Town) {
    for name in ["Cy", "Gus"] {
        let id = town.person(name).await.id;
        town.post(&format!("/guilds/{}/leave", town.guild), json!({"user": id})).await;
    }
    town.passes("2d").await;
    let olga = town.person("Olga").await;
    for name in ["Cy", "Gus"] {
        olga.letter(&format!("**{name}** has left the server")).await;
    }
    let max = town.person("Max").await;
    assert!(max.last_in(&max.thread().await).await.contains("**Gus** is no longer in this server"));
    assert!(olga.runs("/organize attention").await.text().contains("nothing needs you"));
}

/// Nothing comes from Moe. Ida is told kindly; one press, and she is with Max.
async fn moe_falls_silent_and_ida_gets_another_mentor(town: &Town) {
    let (olga, ida, moe) = (town.person("Olga").await, town.person("Ida").await, town.person("Moe").await);
    town.passes("13d").await;
    let told = ida.letter("your mentor has been quiet for a while").await;
    assert!(told.text().contains("it is not about you"), "{}", told.text());
    let asked = olga.letter("the mentor of group 3 does not answer").await;
    assert!(asked.text().contains("**Moe** would lose their place"), "{}", asked.text());
    assert!(asked.text().contains("**Ida** goes into group 1"), "{}", asked.text());
    olga.presses(&asked, "Do it").await;
    town.passes("1m").await;
    moe.letter("your place has gone to somebody else").await;
    assert!(moe.threads().await.is_empty());
    let new = ida.letter("you have a place in a group").await;
    assert!(new.text().contains("**Max**"), "{}", new.text());
    for name in ["Max", "Mia", "Hal"] {
        town.person(name).await.answers("Yes").await;
    }
    let eve = town.person("Eve").await;
    let paused = eve.runs("/mentorship pause until: in 3 weeks").await;
    assert!(paused.text().contains("you pause until"), "{}", paused.text());
}

/// Half-way seven say how it is going; meetings go on, some answer and some don't.
async fn half_way_and_on(town: &Town) {
    town.passes("13d").await;
    for (name, score, word) in [
        ("Max", "4", ""),
        ("Bo", "4", "*Much* to do"),
        ("Fay", "3 · so-so", ""),
        ("Ida", "5 · very well", "Glad to be here"),
        ("Mia", "4", ""),
        ("Hal", "2", ""),
        ("Ana", "5 · very well", ""),
    ] {
        town.person(name).await.says_how_it_goes(score, word).await;
    }
    assert!(town.person("Eve").await.letters_with("half-way").await.is_empty());
    let answers: [(&[&str], &str); 4] = [
        (&["Bo", "Mia"], "14d"),
        (&["Max", "Mia", "Ida"], "14d"),
        (&["Mia"], "12d12h"),
        (&["Max", "Mia"], "1d"),
    ];
    for (names, then) in answers {
        for name in names {
            town.person(name).await.answers("Yes").await;
        }
        town.passes(then).await;
    }
}

/// What mentees let their mentor read, and what not; who took part to the end has the role.
async fn each_says_how_it_was(town: &Town) {
    let named = "My mentor too, and with my name";
    let unnamed = "My mentor too, without my name";
    let (yes, maybe) = ("I would do it again", "Perhaps I would do it again");
    for (name, again, open, learned) in [
        ("Bo", yes, named, "Ownership"),
        ("Fay", maybe, unnamed, "To slow down"),
        ("Ida", "I would not do it again", "Only the organizers, without my name", "Not for Max"),
        ("Eve", yes, named, "To speak up"),
        ("Hal", maybe, unnamed, "To pause"),
        ("Max", yes, "The organizers, with my name", "To ask first"),
    ] {
        let person = town.person(name).await;
        let asked = person.asked_how_it_was().await;
        person.says(&asked, again, open, learned, "").await;
    }
    let ida = town.person("Ida").await.letter("I keep what you say").await;
    assert!(ida.text().contains("You met 3 times."), "those to which she was to come: {}", ida.text());
    let bo = town.person("Bo").await;
    let asked = bo.letter("I keep what you say").await;
    assert!(asked.text().contains("You met 5 times."), "{}", asked.text());
    let kept = bo.presses(&asked, "Stay in touch: Max").await;
    assert!(kept.text().starts_with("Saved **Max**"), "{}", kept.text());
    for name in ["Max", "Mia", "Ana", "Bo", "Eve", "Fay", "Hal", "Ida"] {
        assert_eq!(town.roles_of(&town.person(name).await).await, ["Spring"], "{name}");
    }
    for name in ["Moe", "Dee"] {
        assert!(town.roles_of(&town.person(name).await).await.is_empty(), "{name}");
    }
    assert!(town.person("Max").await.letters_with("what your mentees say").await.is_empty());
    town.passes("7d1h").await;
    let read = town.person("Max").await.letter("what your mentees say").await.text();
    assert!(read.contains("**Bo**") && read.contains("Ownership") && read.contains("To slow down"), "{read}");
    assert!(!read.contains("Fay") && !read.contains("Not for Max"), "{read}");
}

/// The report says what happened; the export has it too, and nothing of whom people avoid.
async fn olga_looks_back(town: &Town) {
    let olga = town.person("Olga").await;
    let report = olga.runs("/organize report").await;
    let said = report.text();
    for part in [
        "12 signed up, 11 got into a group, 1 were left over, 3 left along the way. One did not show up.",
        "2 of 3 met, 2 of them at least half the times they were to; 3.7 times on average.",
        "3.9 in week 7, as 7 say.",
        "6 of 8 said how it was.",
        "Do it again: 3 yes, 2 perhaps, 1 no.",
        "for 12 weeks",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("Glad to be here"), "two words are too few to show: {said}");
    let figures = town.figures(&report, "spring-report.json").await;
    assert_eq!((&figures["badges"], &figures["left_over"]), (&json!(8), &json!(1)));
    let export = town.files(&olga.runs("/organize export").await).await;
    for (name, bytes) in &export {
        assert!(!String::from_utf8_lossy(bytes).contains("avoid"), "{name}");
    }
    let sign_ups = rows(file(&export, "spring-sign-ups.csv"));
    assert_eq!(sign_ups.len(), NAMES.len() + 1, "Lee began");
    let ana = town.person("Ana").await.runs("/mentorship history").await.text();
    assert!(ana.contains("With **Mia**, **Eve**, **Hal**\nYou met 5 times."), "{ana}");
    let dee = town.person("Dee").await.runs("/mentorship history").await.text();
    assert!(dee.contains("You left along the way."), "{dee}");
}

/// Each got what was theirs, once; and nothing comes after the end.
async fn nothing_came_twice_and_nothing_was_lost(town: &Town) {
    let letters = "\
Max: check-in 6, consent 1, group 1, half-way 1, how was it 1, joined by 1, mentees' words 1
Mia: check-in 6, consent 1, group 1, half-way 1, how was it 2, joined by 1, mentees' words 1
Moe: check-in 2, consent 1, group 1, place given 1
Ana: check-in 5, half-way 1, how was it 2, left over 1, new group 1
Bo: check-in 6, group 1, half-way 1, how was it 1, joined by 1
Cy: left over 1
Dee: check-in 1, group 1
Eve: break over 1, check-in 5, group 1, how was it 1, joined by 1
Fay: check-in 6, group 1, half-way 1, how was it 1, joined by 1
Gus: check-in 1, group 1
Hal: check-in 6, group 1, half-way 1, how was it 1, joined by 1
Ida: check-in 6, group 1, half-way 1, how was it 1, new group 1, quiet mentor 1
Lee: unfinished 1
Kim: 
Olga: all asked 1, closed 1, left 4, proposal 2, runs 1, sign-up ends soon 1, sign-up over 1";
    let everybody: Vec<&str> = NAMES.into_iter().chain(["Lee", "Kim", "Olga"]).collect();
    assert_eq!(town.letters_of(&everybody).await, letters);
    let rooms = "\
Max: gone 1, introduction 1, over 1, reminder 6, welcome 1
Mia: gone 1, introduction 1, over 1, pause 1, reminder 6, welcome 1";
    assert_eq!(town.said_to(&["Max", "Mia"]).await, rooms);
    town.passes("5d").await;
    assert_eq!(town.letters_of(&everybody).await, letters);
    town.nobody_learns_who_is_avoided();
}
