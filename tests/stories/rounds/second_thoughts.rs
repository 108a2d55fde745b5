//! Ana and others think again while they sign up, and look at how they stand when no group had a place for them.

use super::MORNINGS;
use super::running::{MENTEE, MENTOR, runs, runs_by};
use crate::kit::Town;

/// What stands before somebody chooses whom they wish for.
pub const WISHES: &str = "Whom would you like to be with? Organizers read it where it comes true.";
const AVOIDS: &str = "Whom must you not be with? Nobody is told.";
const TOPICS: &str = "What do you want to talk about?";
const TIMES: &str = "When do you have time, most weeks?";

#[tokio::test]
async fn who_takes_part_is_asked_before_they_are_somebody_else() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let ana = town.member("Ana").await;
    let board = olga.opens_round("Spring", "one mentor with up to 3 mentees").await;
    ana.signs_up(&board, "Sign up as mentee", &["Rust"], &MORNINGS).await;

    let asked = ana.presses(&board, "Sign up as mentor").await.message();
    insta::assert_snapshot!("asked_as_whom", asked.seen());
    assert!(town.board(&ana).await.text().contains("0 mentors · one mentee"));
    let stays = ana.presses(&asked, "Stay mentee").await;
    assert!(stays.text().contains("You take part in **Spring** as mentee"), "{}", stays.text());
    assert_eq!(stays.message().id, asked.id, "the question gives way to the answer");

    let asked = ana.presses(&board, "Sign up as mentor").await.message();
    let form = ana.presses(&asked, "As mentor instead").await.message();
    assert!(form.first().contains("as mentor: you take part"), "{}", form.first());
    assert_eq!(form.buttons(), ["Done", "In my words", "More about me"]);
    assert!(town.board(&ana).await.text().contains("one mentor · 0 mentees"));
    let done = ana.presses(&form, "Done").await;
    assert!(done.text().contains("You take part in **Spring** as mentor"), "{}", done.text());
    assert!(done.text().contains("Topics: Rust"), "{}", done.text());
    town.close().await;
}

#[tokio::test]
async fn from_each_page_of_a_sign_up_one_gets_to_the_other() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let ana = town.member("Ana").await;
    let board = olga.opens_round("Spring", "pairs").await;
    let form = ana.presses(&board, "Sign up").await.message();
    let own = ana.presses(&form, "In my words").await;
    let form = ana.fills(&own, &[("Goals", "hire")]).await.message();
    let form = ana.chooses_in(&form, TOPICS, &["Rust"]).await.message();
    let second = ana.presses(&form, "More about me").await.message();
    let own = ana.presses(&second, "In my words").await;
    let second = ana.fills(&own, &[("Goals", "speak")]).await.message();
    second.menu(AVOIDS);
    let form = ana.presses(&second, "Back").await.message();
    let form = ana.chooses_in(&form, TIMES, &["Monday morning"]).await.message();
    let signed = ana.presses(&form, "Sign me up").await;
    assert!(signed.text().contains("Goals: speak"), "{}", signed.text());
    town.close().await;
}

#[tokio::test]
async fn a_full_role_leads_to_those_that_have_room_and_says_where_none_has() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let draft = olga.drafts_round("Spring", "one mentor with up to 3 mentees").await;
    let more = olga.presses(&draft, "More settings").await.message();
    let words = olga.presses(&more, "Languages, questions, places").await;
    let places = [("Places", "1 mentor, 1 mentee, 1 sponsor")];
    let more = olga.fills(&words, &places).await.message();
    olga.presses(&olga.presses(&more, "Back").await.message(), "Open sign-up").await;
    let board = town.board(&olga).await;
    let (max, ana, bo) = (town.member("Max").await, town.member("Ana").await, town.member("Bo").await);
    max.signs_up(&board, "Sign up as mentor", &["Rust"], &MORNINGS).await;
    ana.signs_up(&board, "Sign up as mentee", &["Rust"], &MORNINGS).await;
    let full = bo.presses(&board, "Sign up as mentor").await.message();
    assert!(full.first().contains("room for one mentor, and no more"), "{}", full.first());
    assert_eq!(full.buttons(), ["Sign up as sponsor"]);
    // Max has his place; the sponsor's is the only one that is left for him, too.
    assert_eq!(max.presses(&board, "Sign up as mentee").await.message().buttons(), ["Sign up as sponsor"]);
    bo.signs_up(&board, "Sign up as sponsor", &["Rust"], &MORNINGS).await;
    let cy = town.member("Cy").await;
    let full = cy.presses(&board, "Sign up as mentor").await.message();
    assert!(full.first().contains("**Spring** is full"), "{}", full.first());
    assert!(full.buttons().is_empty());
    town.close().await;
}

#[tokio::test]
async fn who_is_left_over_reads_how_they_stand_and_goes_off_the_list_and_back() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let people = [("Max", MENTOR, "Rust"), ("Ana", MENTEE, "Rust"), ("Eve", MENTEE, "Rust")];
    let people = runs(&town, &olga, "one mentor and one mentee", &people).await;
    let [_, ana, eve] = &people[..] else { unreachable!() };
    let eve = if eve.threads().await.is_empty() { eve } else { ana };
    let mine = eve.runs("/mentorship mine").await.message();
    insta::assert_snapshot!("waits", mine.seen());
    let off = eve.presses(&mine, "Don't wait").await.message();
    assert!(off.first().contains("you are off the list"), "{}", off.first());
    let mine = eve.runs("/mentorship mine").await.message();
    insta::assert_snapshot!("off_the_list", mine.seen());
    let back = eve.presses(&mine, "Wait for a place").await.message();
    assert_eq!(back.buttons(), ["Don't wait"]);
    // An older answer's button says the same once more.
    let late = eve.presses(&off, "Wait for a place").await.message();
    assert!(late.text().contains("in line for a place"), "{}", late.text());
    town.close().await;
}

#[tokio::test]
async fn where_nobody_waits_for_a_place_who_is_left_over_reads_that_they_come_first_next_time() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let draft = olga.drafts_round("Spring", "one mentor and one mentee").await;
    let more = olga.presses(&draft, "More settings").await.message();
    let next = ["are first in the next round"];
    let more = olga.chooses_in(&more, "What becomes of those left over", &next).await.message();
    olga.presses(&olga.presses(&more, "Back").await.message(), "Open sign-up").await;
    let people = [("Max", MENTOR, "Rust"), ("Ana", MENTEE, "Rust"), ("Eve", MENTEE, "Rust")];
    let people = runs_by(&town, &olga, &town.board(&olga).await, &people).await;
    let eve = if people[2].threads().await.is_empty() { &people[2] } else { &people[1] };
    let told = eve.letter("You are not in a group").await;
    let (mine, skip) = (eve.runs("/mentorship mine").await, eve.runs("/mentorship skip").await);
    for message in [told, mine.message(), skip.message()] {
        assert!(message.text().contains("You come first in the next round"), "{}", message.text());
        assert!(message.buttons().is_empty(), "{:?}", message.buttons());
    }
    town.close().await;
}

#[tokio::test]
async fn nobody_wishes_for_a_bot_or_avoids_one() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let ana = town.member("Ana").await;
    let board = olga.opens_round("Spring", "pairs").await;
    let form = ana.presses(&board, "Sign up").await.message();
    let second = ana.presses(&form, "More about me").await.message();
    let kith = town.get("/world").await["bot"]["id"].as_str().unwrap().to_owned();
    for menu in [WISHES, AVOIDS] {
        let refused = ana.chooses_in(&second, menu, &[&kith]).await;
        assert!(refused.text().contains("is a bot and can't take part"), "{}", refused.text());
    }
    assert!(!ana.runs("/mentorship mine").await.text().contains(&kith));
    town.close().await;
}

#[tokio::test]
async fn who_withdrew_signs_up_again_by_one_word() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let ana = town.member("Ana").await;
    let board = olga.opens_round("Spring", "pairs").await;
    let signed = ana.signs_up(&board, "Sign up", &["Rust"], &MORNINGS).await.message();
    let asked = ana.presses(&signed, "Withdraw").await.message();
    let gone = ana.presses(&asked, "Withdraw").await.message();
    let mine = ana.runs("/mentorship mine").await.message();
    assert_eq!((gone.buttons(), mine.buttons()), (vec!["Sign up again".to_owned()], gone.buttons()));
    for message in [gone, mine] {
        let form = ana.presses(&message, "Sign up again").await.message();
        assert!(form.buttons().contains(&"Sign me up".to_owned()), "{:?}", form.buttons());
    }
    town.close().await;
}
