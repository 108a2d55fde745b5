//! A whole round of circles, from `/organize open` to `/organize report`: somebody withdraws at the last moment, a circle
//! falls apart, Kith stands still at half-time, and the organizer waits no longer for what people say.

use serde_json::json;

use super::MORNINGS;
use super::report::{file, rows};
use super::running::PEER;
use super::whole::together;
use crate::kit::{Message, Town};

/// Those who take part; Kim withdraws, Lee does not finish.
const NAMES: [&str; 10] = ["Ana", "Bo", "Cy", "Dee", "Eve", "Fay", "Gus", "Hal", "Ida", "Jo"];

#[tokio::test]
async fn a_whole_round_of_circles() {
    let mut town = Town::for_a_whole_round().await;
    let board = olga_opens_it(&town).await;
    people_sign_up(&town, &board).await;
    kim_withdraws_when_groups_are_found(&town).await;
    it_is_published(&town).await;
    they_meet_or_not(&town).await;
    a_circle_falls_apart_and_bo_goes_on_in_another(&town).await;
    kith_stands_still_at_half_time(&mut town).await;
    they_go_on_to_the_end(&town).await;
    each_says_how_it_was_and_olga_waits_no_longer(&town).await;
    olga_looks_back(&town).await;
    nothing_came_twice_and_nothing_was_lost(&town).await;
    town.close().await;
}

/// Olga fills the form and chooses in the menus: eight weeks, a meeting every two.
async fn olga_opens_it(town: &Town) -> Message {
    let olga = town.organizer("Olga").await;
    let form = olga.runs("/organize open").await;
    let fields = [
        ("Name", "Circles"),
        ("Sign-up until", "in 1 week"),
        ("Runs for how many weeks", "8"),
        ("Meets every how many weeks", "2"),
        ("Topics", "Rust, Talks, Leading"),
    ];
    let draft = olga.fills(&form, &fields).await.message();
    let draft = olga.chooses_in(&draft, "What its groups are", &["circles of 3 to 4"]).await.message();
    let more = olga.presses(&draft, "More settings").await.message();
    let words = olga.presses(&more, "Languages, questions, places").await;
    let fields =
        [("What it is about", "Peers who listen."), ("Your own questions, one a line", "What would help?")];
    let more = olga.fills(&words, &fields).await.message();
    let draft = olga.presses(&more, "Back").await.message();
    let opened = olga.presses(&draft, "Open sign-up").await;
    assert!(opened.text().contains("sign-up is open"), "{}", opened.text());
    town.board(&olga).await
}

/// Ana and Bo avoid each other, Cy presses twice at once, Lee does not finish.
async fn people_sign_up(town: &Town, board: &Message) {
    let topics = ["Rust", "Rust", "Rust", "Talks", "Talks", "Talks", "Leading", "Leading", "Leading"];
    for (name, topic) in NAMES.into_iter().zip(topics.into_iter().chain(["Leading"])) {
        let person = town.member(name).await;
        let form = person.presses(board, PEER).await.message();
        let form = person.chooses_in(&form, "What do you want to talk about?", &[topic]).await.message();
        let form = person.chooses_in(&form, "When do you have time, most weeks?", &MORNINGS).await.message();
        let more = person.presses(&form, "More about me").await.message();
        let answers = person.presses(&more, "Questions").await;
        let form = person.fills(&answers, &[("What would help?", "To be asked")]).await.message();
        let signed = if name == "Cy" {
            person.presses_twice(&form, "Sign me up").await.remove(0)
        } else {
            person.presses(&form, "Sign me up").await
        };
        assert!(signed.text().contains("You take part in **Circles** as peer"), "{}", signed.text());
    }
    let (ana, bo) = (town.person("Ana").await, town.person("Bo").await);
    ana.avoids(board, &[&bo.id]).await;
    bo.avoids(board, &[&ana.id]).await;
    let kim = town.member("Kim").await;
    kim.signs_up(board, PEER, &["Talks"], &MORNINGS).await;
    town.member("Lee").await.presses(board, PEER).await;
    let board = town.board(&kim).await;
    assert!(board.text().contains("So far: 11 people"), "{}", board.text());
    town.passes("8d").await;
}

/// Kim is in a group already; Olga hears of it, keeps one circle as it is, and the others are found anew.
async fn kim_withdraws_when_groups_are_found(town: &Town) {
    let (olga, kim) = (town.person("Olga").await, town.person("Kim").await);
    let groups = olga.runs("/organize preview").await;
    assert!(groups.text().contains("3 groups, 11 people in all; nobody is left over"), "{}", groups.text());
    let shown = town.previewed(&groups.text()).await;
    assert!(!together(&shown, "Ana", "Bo"));
    let without_kim = shown.iter().position(|circle| !circle.contains(&"Kim".to_owned())).unwrap();
    olga.presses(&groups.message(), &format!("Lock {}", without_kim + 1)).await;
    let asked = kim.presses(&kim.runs("/mentorship mine").await.message(), "Withdraw").await.message();
    kim.presses(&asked, "Withdraw").await;
    town.passes("2s").await;
    let told = olga.letter("**Kim** withdrew").await;
    assert!(told.text().contains("/organize preview"), "{}", told.text());
    let now = olga.runs("/organize preview").await;
    let anew = olga.presses(&now.message(), "Find groups anew").await;
    let found = town.previewed(&anew.text()).await;
    assert!(anew.text().contains("3 groups, 10 people in all; nobody is left over"), "{}", anew.text());
    assert!(found.contains(&shown[without_kim]) && !together(&found, "Ana", "Bo"), "{}", anew.text());
}

/// Olga lets some change places, and publishes.
async fn it_is_published(town: &Town) {
    let olga = town.person("Olga").await;
    let shown = olga.runs("/organize preview").await.message();
    let free = shown.buttons().into_iter().find(|it| it.starts_with("Free ")).unwrap();
    olga.presses(&shown, &free).await;
    for places in ["who: Fay with: Gus", "who: Ana with: Fay"] {
        let swapped = olga.runs(&format!("/organize swap {places}")).await;
        assert!(swapped.text().contains("with your changes by hand"), "{}", swapped.text());
    }
    let asked = olga.runs("/organize publish").await.message();
    olga.presses(&asked, "Publish").await;
    town.passes("1m").await;
}

/// The first circle agrees on a time, and on another one; the others answer each in their way, and Fay is there after all.
async fn they_meet_or_not(town: &Town) {
    let circles = [vec!["Bo", "Cy", "Gus"], vec!["Dee", "Eve", "Fay"], vec!["Ana", "Hal", "Ida", "Jo"]];
    assert_eq!(town.groups(&NAMES).await, circles);
    let (ana, dee, fay) = (town.person("Ana").await, town.person("Dee").await, town.person("Fay").await);
    let intro = ana.reads(&ana.thread().await).await.remove(0);
    let lines = intro.lines();
    ana.chooses(&intro, &lines[0]).await;
    town.passes("1h").await;
    town.person("Hal").await.chooses(&intro, lines.last().unwrap()).await;
    town.passes("14d23h").await;
    for (name, answer) in
        [("Ana", "Yes"), ("Hal", "Yes"), ("Bo", "Not yet"), ("Cy", "Yes"), ("Eve", "Not yet")]
    {
        town.person(name).await.answers(answer).await;
    }
    let whom = dee.answers("I can't reach them").await;
    dee.chooses_in(&whom, "Choose one or more", &["Fay"]).await;
    town.passes("1m").await;
    let asked = fay.letter("your group can't reach you").await;
    assert!(!asked.text().contains("Dee"), "{}", asked.text());
    fay.presses(&asked, "I'm here").await;
    town.passes("2s").await;
    assert!(dee.last_in(&dee.thread().await).await.contains("is still there."));
}

/// Gus leaves, stays, and leaves after all; Cy leaves the server. Bo is alone: Olga does not want it now, and then does.
async fn a_circle_falls_apart_and_bo_goes_on_in_another(town: &Town) {
    let (olga, bo, gus) = (town.person("Olga").await, town.person("Bo").await, town.person("Gus").await);
    let asked = gus.runs("/mentorship leave").await.message();
    let left = gus.presses(&asked, "Leave").await.message();
    let stays = gus.presses(&left, "Undo").await;
    assert!(stays.text().contains("Nobody was told anything"), "{}", stays.text());
    let asked = gus.runs("/mentorship leave").await.message();
    gus.presses(&asked, "Leave").await;
    town.passes("11m").await;
    assert!(bo.last_in(&bo.thread().await).await.contains("**Gus** has left the round"));
    let cy = town.person("Cy").await.id;
    town.post(&format!("/guilds/{}/leave", town.guild), json!({"user": cy})).await;
    town.passes("2d").await;
    let asked = olga.letter("one person is left in group").await;
    assert!(asked.text().contains("**Bo** goes into group"), "{}", asked.text());
    olga.presses(&asked, "Not now").await;
    let list = olga.runs("/organize attention").await.message();
    let one = olga.chooses_in(&list, "Look at one", &[&list.lines()[0]]).await.message();
    let done = olga.presses(&one, "Do it").await;
    assert!(done.text().contains("done, approved by"), "{}", done.text());
    town.passes("1m").await;
    assert_eq!(town.groups(&["Bo", "Dee", "Eve", "Fay"]).await.last().unwrap(), &["Bo", "Dee", "Eve", "Fay"]);
    let ida = town.person("Ida").await;
    ida.runs("/mentorship pause until: in 4 weeks").await;
}

/// Ida is back sooner. Kith is away for four days, over half-time and a meeting: each is asked once when it is back.
async fn kith_stands_still_at_half_time(town: &mut Town) {
    town.passes("8d").await;
    {
        let ida = town.person("Ida").await;
        let paused = ida.runs("/mentorship pause").await.message();
        let back = ida.presses(&paused, "I'm back").await;
        assert!(!back.text().contains("You are pausing"), "{}", back.text());
        town.passes("2s").await;
    }
    town.stop().await;
    town.post("/clock", json!({"advance": "4d"})).await;
    town.start().await;
    town.passes("1d").await;
    for (name, score, word) in [
        ("Ana", "5 · very well", "Honest"),
        ("Bo", "4", "Better now"),
        ("Eve", "3 · so-so", "Slow"),
        ("Hal", "4", ""),
    ] {
        town.person(name).await.says_how_it_goes(score, word).await;
    }
    for name in ["Ana", "Bo", "Dee"] {
        town.person(name).await.answers("Yes").await;
    }
}

/// Two more meetings, and the round ends as it was set up to.
async fn they_go_on_to_the_end(town: &Town) {
    town.passes("13d").await;
    town.person("Hal").await.answers("Yes").await;
    town.person("Eve").await.answers("Not yet").await;
    town.passes("12d").await;
    for name in ["Ana", "Fay"] {
        town.person(name).await.answers("Yes").await;
    }
    town.passes("1d").await;
}

/// Four say how it was; then Olga closes it, and Eve is too late.
async fn each_says_how_it_was_and_olga_waits_no_longer(town: &Town) {
    let (named, unnamed) = ("The organizers, with my name", "The organizers, without my name");
    for (name, again, open, learned) in [
        ("Ana", "I would do it again", named, "To ask"),
        ("Bo", "I would do it again", unnamed, "To move on"),
        ("Dee", "Perhaps I would do it again", named, "To write first"),
        ("Hal", "I would do it again", unnamed, "To say no"),
    ] {
        let person = town.person(name).await;
        person.says(&person.asked_how_it_was().await, again, open, learned, "Peers").await;
    }
    let (olga, eve, dee) = (town.person("Olga").await, town.person("Eve").await, town.person("Dee").await);
    let dees = dee.letter("I keep what you say").await;
    dee.presses(&dees, "Stay in touch: Bo").await;
    let ask = olga.runs("/organize close").await.message();
    assert!(ask.text().contains("4 of 8 have answered"), "{}", ask.text());
    olga.presses(&ask, "Close it now").await;
    town.passes("10s").await;
    let late = eve.presses(&eve.asked_how_it_was().await, "Say how it was").await;
    assert!(late.text().contains("is closed, so I can't take any more"), "{}", late.text());
    assert!(town.board(&eve).await.first().contains("**Circles** is over"));
}

/// The report says what happened, the export has it too, and each one's history is their own.
async fn olga_looks_back(town: &Town) {
    let olga = town.person("Olga").await;
    let report = olga.runs("/organize report").await;
    let said = report.text();
    for part in [
        "10 signed up, 10 got into a group, 0 were left over, 2 left along the way. Everybody showed up.",
        "3 of 3 met, 2 of them at least half the times they were to; 2.3 times on average.",
        "4.0 in week 5, as 4 say.",
        "“Better now”\n“Honest”\n“Slow”",
        "4 of 8 said how it was.",
        "Do it again: 3 yes, 1 perhaps, 0 no.",
        "for 8 weeks",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(said.contains("**Ana**") && said.contains("**Dee**"), "{said}");
    assert!(!said.contains("**Bo") && !said.contains("**Hal"), "{said}");
    let export = town.files(&olga.runs("/organize export").await).await;
    assert!(export.iter().all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("avoid")));
    let sign_ups = rows(file(&export, "circles-sign-ups.csv"));
    let of = |state: &str| sign_ups.iter().filter(|row| row["state"] == state).count();
    assert_eq!((of("in"), of("left"), of("withdrawn"), of("begun")), (8, 2, 1, 1));
    let check_ins = rows(file(&export, "circles-check-ins.csv"));
    assert_eq!(check_ins.len(), 9, "four of two circles, one of the third");
    let bo = town.person("Bo").await.runs("/mentorship history").await.text();
    assert!(bo.contains("With **Dee**, **Eve**, **Fay**\nYou met 3 times."), "{bo}");
    let kim = town.person("Kim").await.runs("/mentorship history").await.text();
    assert!(kim.contains("You have not taken part in a round yet"), "{kim}");
}

/// Each got what was theirs, once; and nothing comes after the end.
async fn nothing_came_twice_and_nothing_was_lost(town: &Town) {
    let letters = "\
Ana: check-in 4, group 1, half-way 1, how was it 1
Bo: check-in 4, group 1, half-way 1, how was it 1, new group 1
Cy: check-in 1, group 1
Dee: check-in 4, group 1, half-way 1, how was it 1, joined by 1
Eve: check-in 4, group 1, half-way 1, how was it 1, joined by 1
Fay: are you there 1, check-in 4, group 1, half-way 1, how was it 1, joined by 1
Gus: check-in 1, group 1
Hal: check-in 4, group 1, half-way 1, how was it 1
Ida: check-in 4, group 1, half-way 1, how was it 1
Jo: check-in 4, group 1, half-way 1, how was it 1
Kim: 
Lee: unfinished 1
Olga: all asked 1, closed 1, left 2, proposal 1, runs 1, sign-up ends soon 1, sign-up over 1, withdrew 1";
    let everybody: Vec<&str> = NAMES.into_iter().chain(["Kim", "Lee", "Olga"]).collect();
    assert_eq!(town.letters_of(&everybody).await, letters);
    let rooms = "\
Ana: back 1, introduction 1, over 1, pause 1, reminder 4, time 2
Dee: here 1, introduction 1, over 1, reminder 4, welcome 1";
    assert_eq!(town.said_to(&["Ana", "Dee"]).await, rooms);
    town.passes("20d").await;
    assert_eq!(town.letters_of(&everybody).await, letters);
    town.nobody_learns_who_is_avoided();
}
