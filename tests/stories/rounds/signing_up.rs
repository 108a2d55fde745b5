//! Ana, Bo and others sign up for a round, change their minds, and meet its limits.

use crate::kit::Town;

use super::second_thoughts::WISHES;

#[tokio::test]
async fn people_sign_up_change_it_and_withdraw_and_the_board_counts() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let (ana, bo) = (town.member("Ana").await, town.member("Bo").await);
    let board = olga.opens_round("Spring", "one mentor with up to 3 mentees").await;
    let form = ana.presses(&board, "Sign up as mentor").await;
    assert!(form.message().is_private());
    insta::assert_snapshot!("join_form", form.message().seen());
    let form = ana.chooses_in(&form.message(), "What do you want to talk about?", &["Rust", "Talks"]).await;
    let unready = ana.presses(&form.message(), "Sign me up").await;
    assert!(unready.text().contains("A match needs one half-day"), "{}", unready.text());
    let form =
        ana.chooses_in(&form.message(), "When do you have time, most weeks?", &["Monday morning"]).await;
    let second = ana.presses(&form.message(), "More about me").await.message();
    insta::assert_snapshot!("join_second", second.seen());
    let second =
        ana.chooses_in(&second, "How far along are you in what you do?", &["leading others"]).await.message();
    let second = ana.chooses_in(&second, WISHES, &[&bo.id]).await.message();
    let words = ana.presses(&second, "In my words").await;
    let fields = [
        ("Goals", "speak in public, hire"),
        ("Fields and backgrounds", "systems"),
        ("How many you take", "2"),
    ];
    let second = ana.fills(&words, &fields).await.message();
    let signed = ana.presses(&second, "Sign me up").await;
    insta::assert_snapshot!("join_saved", signed.message().seen().replace(&bo.id, "bo"));
    bo.signs_up(&board, "Sign up as mentee", &["Rust"], &["Monday morning", "Sunday evening"]).await;
    let now = town.board(&ana).await;
    assert!(now.text().contains("one mentor · one mentee"), "{}", now.text());

    // Pressed once more it shows what stands; what is changed counts at once.
    let mine = ana.presses(&now, "My sign-up").await;
    assert!(mine.text().contains("You take part in **Spring** as mentor"), "{}", mine.text());
    let edit = ana.presses(&mine.message(), "Edit").await.message();
    let edit = ana.chooses_in(&edit, "How far along are you in what you do?", &["experienced"]).await;
    assert!(edit.text().contains("What you change here counts at once"), "{}", edit.text());
    let mine = ana.runs("/mentorship mine").await;
    assert!(mine.text().contains("experienced"), "{}", mine.text());

    let asked = bo.presses(&bo.runs("/mentorship mine").await.message(), "Withdraw").await.message();
    let gone = bo.presses(&asked, "Withdraw").await;
    assert!(gone.text().contains("You no longer take part"), "{}", gone.text());
    let now = town.board(&ana).await;
    assert!(now.text().contains("one mentor · 0 mentees"), "{}", now.text());
    town.close().await;
}

#[tokio::test]
async fn what_cannot_be_is_said_and_changes_nothing() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let (ana, bo) = (town.member("Ana").await, town.member("Bo").await);
    let draft = olga.drafts_round("Spring", "one mentor with up to 3 mentees").await;
    let more = olga.presses(&draft, "More settings").await.message();
    let words = olga.presses(&more, "Languages, questions, places").await;
    let more = olga.fills(&words, &[("Places", "1 mentor")]).await.message();
    let draft = olga.presses(&more, "Back").await.message();
    olga.presses(&draft, "Open sign-up").await;
    let board = town.board(&olga).await;
    ana.signs_up(&board, "Sign up as mentor", &["Rust"], &["Monday morning"]).await;
    let full = bo.presses(&board, "Sign up as mentor").await;
    assert!(full.text().contains("has room for one mentor, and no more"), "{}", full.text());
    assert_eq!(full.message().buttons(), ["Sign up as mentee", "Sign up as sponsor"]);

    let form = bo.presses(&full.message(), "Sign up as mentee").await.message();
    let second = bo.presses(&form, "More about me").await.message();
    let own = bo.chooses_in(&second, WISHES, &[&bo.id]).await;
    assert!(own.text().contains("You chose yourself"), "{}", own.text());
    let own = bo.chooses_in(&second, "Whom must you not be with? Nobody is told.", &[&bo.id]).await;
    assert!(own.text().contains("You chose yourself"), "{}", own.text());
    let second = bo.chooses_in(&second, WISHES, &[&ana.id]).await.message();
    let both = bo.chooses_in(&second, "Whom must you not be with? Nobody is told.", &[&ana.id]).await;
    assert!(both.text().contains("You both wish for"), "{}", both.text());
    let words = bo.presses(&second, "In my words").await;
    assert!(words.fields().iter().all(|(label, _)| label != "How many you take"), "a mentee takes nobody");

    town.passes("8d").await;
    let late = bo.presses(&second, "Sign me up").await;
    assert!(late.text().contains("Sign-up for **Spring** ended"), "{}", late.text());
    let none = bo.runs("/mentorship join").await;
    assert!(none.text().contains("No round is open"), "{}", none.text());
    let mine = bo.runs("/mentorship mine").await;
    assert!(mine.text().contains("You did not sign up for **Spring**"), "{}", mine.text());
    town.close().await;
}

#[tokio::test]
async fn who_did_not_finish_is_reminded_once_and_the_organizer_hears_how_it_stands() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let (ana, bo) = (town.member("Ana").await, town.member("Bo").await);
    let board = olga.opens_round("Spring", "pairs").await;
    ana.signs_up(&board, "Sign up", &["Rust"], &["Monday morning"]).await;
    bo.presses(&board, "Sign up").await;
    town.passes("6d").await;
    assert!(ana.letters().await.is_empty());
    let reminded = bo.letters().await;
    assert_eq!(reminded.len(), 1);
    assert!(reminded[0].first().contains("your sign-up is not finished"));
    let told = olga.latest().await;
    insta::assert_snapshot!("round_ends_soon", told.seen());
    let form = bo.presses(&reminded[0], "Go on").await;
    let form = bo.presses(&form.message(), "In my words").await;
    bo.fills(&form, &[("Goals", "hire")]).await;
    town.passes("1d").await;
    assert_eq!(bo.letters().await.len(), 1, "reminded once");
    assert!(olga.latest().await.first().contains("one person takes part"));
    town.close().await;
}
