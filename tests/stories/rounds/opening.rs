//! Olga sets a round up, mends what is wrong, and opens its sign-up.

use serde_json::json;

use crate::kit::Town;

#[tokio::test]
async fn a_round_is_set_up_in_two_forms_and_some_menus_and_stands_in_the_channel() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let form = olga.runs("/organize open").await;
    let fields = [
        ("Name", "Spring mentoring"),
        ("Sign-up until", "in 2 weeks"),
        ("Runs for how many weeks", "8 weeks"),
        ("Meets every how many weeks", "2"),
        ("Topics", "Rust, public speaking\nleading a team; Rust"),
    ];
    let draft = olga.fills(&form, &fields).await;
    assert!(draft.message().is_private());
    insta::assert_snapshot!("round_draft", draft.message().seen().replace(&town.general, "general"));
    assert!(olga.reads(&town.general).await.is_empty(), "nothing is in a channel yet");

    let draft = olga.chooses_in(&draft.message(), "What its groups are", &["pairs"]).await.message();
    assert!(draft.text().contains("Groups: pairs"), "{}", draft.text());
    let draft =
        olga.chooses_in(&draft, "What its groups are", &["one mentor with up to 3 mentees"]).await.message();
    let more = olga.presses(&draft, "More settings").await.message();
    let more =
        olga.chooses_in(&more, "What becomes of those left over", &["groups may be larger by one"]).await;
    let more = olga
        .chooses_in(
            &more.message(),
            "Private channels, mentors' consent, a role at the end",
            &["Mentors accept their group before it is published"],
        )
        .await;
    let words = olga.presses(&more.message(), "Languages, questions, places").await;
    let fields = [
        ("What it is about", "Twelve good hours."),
        ("Languages", "English, Deutsch"),
        ("Your own questions, one a line", "What would make it worth your time?"),
        ("Places", "2 mentors, 5 mentees"),
    ];
    let more = olga.fills(&words, &fields).await.message();
    insta::assert_snapshot!("round_more", more.seen().replace(&town.general, "general"));
    let draft = olga.presses(&more, "Back").await.message();
    let opened = olga.presses(&draft, "Open sign-up").await;
    insta::assert_snapshot!("round_opened", opened.message().seen().replace(&town.general, "general"));
    let board = town.board(&olga).await;
    assert!(!board.is_private());
    insta::assert_snapshot!("round_board", board.seen());
    // Pressed again, it is as it is, and no second board stands there.
    olga.presses(&olga.runs("/organize rounds").await.message(), "Spring mentoring").await;
    town.passes("5s").await;
    assert_eq!(olga.reads(&town.general).await.len(), 1);
    town.close().await;
}

#[tokio::test]
async fn what_was_typed_wrong_is_said_and_kept() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let wrong = [
        ("Sign-up until", "next fri-ish", "as a time"),
        ("Sign-up until", "yesterday", "has passed"),
        ("Runs for how many weeks", "200", "1 to 52 weeks"),
        ("Meets every how many weeks", "20", "every 1 to 8 weeks"),
    ];
    for (label, typed, said) in wrong {
        let form = olga.runs("/organize open").await;
        let mut fields = vec![("Name", "Spring"), ("Sign-up until", "in 2 weeks")];
        fields.retain(|(known, _)| *known != label);
        fields.push((label, typed));
        let refused = olga.fills(&form, &fields).await;
        assert!(refused.text().contains(said), "{}", refused.text());
        assert!(refused.text().contains("Nothing was changed"));
        let again = olga.presses(&refused.message(), "Try again").await;
        again.holds(&[("Name", "Spring"), (label, typed)]);
    }
    assert!(olga.runs("/organize rounds").await.text().contains("no round here yet"));
    // Two readings are asked back, and the one that is chosen counts.
    let form = olga.runs("/organize open").await;
    let asked = olga.fills(&form, &[("Name", "Spring"), ("Sign-up until", "next friday")]).await.message();
    assert_eq!(asked.buttons().len(), 2, "{}", asked.text());
    let draft = olga.presses(&asked, &asked.buttons()[1]).await;
    assert!(draft.text().contains("Spring"), "{}", draft.text());
    town.close().await;
}

#[tokio::test]
async fn only_organizers_organize_and_a_role_makes_one() {
    let town = Town::open().await;
    let (olga, ana) = (town.organizer("Olga").await, town.member("Ana").await);
    assert!(ana.runs("/organize open").await.text().contains("those who may manage the server"));
    assert!(ana.runs("/setup").await.text().contains("Only those who may manage"));
    let role = town.post(&format!("/guilds/{}/roles", town.guild), json!({"name": "Hosts"})).await;
    let role = role["id"].as_str().unwrap().to_owned();
    let set = olga.runs_with("setup", json!({"organizers": role})).await;
    assert!(set.text().contains(&format!("<@&{role}>")), "{}", set.text());
    let path = format!("/guilds/{}/members/{}/roles", town.guild, ana.id);
    town.post(&path, json!({"add": [role]})).await;
    ana.opens_round("Hosts' round", "pairs").await;
    // Somebody else's server is somebody else's.
    let other = town.post("/guilds", json!({"name": "Elsewhere"})).await["id"].as_str().unwrap().to_owned();
    let body = json!({"name": "Omar", "locale": "en-GB", "guilds": [other], "admin": true});
    let omar = town.post("/users", body).await["id"].as_str().unwrap().to_owned();
    let omar = town.with_id(&omar);
    assert!(omar.runs_at(&other, "/organize rounds").await.text().contains("no round here yet"));
    town.close().await;
}

#[tokio::test]
async fn what_kith_may_not_do_is_said_before_anything_is_posted() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let draft = olga.drafts_round("Spring", "pairs").await;
    let kith = town.get("/world").await["bot"]["id"].clone();
    let path = format!("/channels/{}/permissions", town.general);
    let create_private_threads = 1_u64 << 36;
    town.post(&path, json!({"of": kith, "deny": create_private_threads.to_string()})).await;
    let refused = olga.presses(&draft, "Open sign-up").await;
    assert!(refused.text().contains("**Create Private Threads**"), "{}", refused.text());
    assert!(olga.reads(&town.general).await.is_empty());
    town.post(&path, json!({"of": kith, "allow": create_private_threads.to_string()})).await;
    let opened = olga.presses(&refused.message(), "Try again").await;
    assert!(opened.text().contains("sign-up is open"), "{}", opened.text());
    town.close().await;
}

#[tokio::test]
async fn a_round_is_called_off_and_everybody_is_told() {
    let town = Town::open().await;
    let (olga, ana) = (town.organizer("Olga").await, town.member("Ana").await);
    let board = olga.opens_round("Spring", "pairs").await;
    ana.signs_up(&board, "Sign up", &["Rust"], &["Monday morning"]).await;
    let round = olga.presses(&olga.runs("/organize rounds").await.message(), "Spring").await.message();
    let asked = olga.presses(&round, "Call it off").await.message();
    olga.presses(&asked, "Call it off").await;
    town.passes("2s").await;
    assert_eq!(
        ana.latest().await.first(),
        "**Spring** was called off by its organizers. You don't need to do anything."
    );
    assert!(town.board(&ana).await.first().contains("was called off"));
    town.close().await;
}

#[tokio::test]
async fn a_server_with_many_rounds_lists_them_in_pages_and_asks_which_is_meant() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    for nth in 1..=7 {
        olga.opens_round(&format!("Round {nth}"), "pairs").await;
    }
    let list = olga.runs("/organize rounds").await.message();
    let newest = ["Round 7", "Round 6", "Round 5", "Round 4", "Round 3", "More"];
    assert_eq!(list.buttons(), newest);
    let rest = olga.presses(&list, "More").await.message();
    assert_eq!(rest.buttons(), ["Round 2", "Round 1", "Back"]);
    let asked = olga.runs("/organize preview").await;
    assert!(asked.text().contains("Which round? Name it with `round:`"), "{}", asked.text());
    let shown = olga.presses(&asked.message(), "Round 6").await;
    assert!(
        shown.message().buttons().contains(&"End sign-up now".to_owned()),
        "{:?}",
        shown.message().buttons()
    );
    let ana = town.member("Ana").await;
    let open = ana.runs("/mentorship rounds").await.message();
    assert_eq!(open.buttons(), newest);
    let nothing = olga.runs("/organize attention").await;
    assert!(nothing.text().contains("There is no round here for that now"), "{}", nothing.text());
    town.close().await;
}
