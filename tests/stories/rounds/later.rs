//! A round's next step comes at a time that its organizer set: sign-up opens, groups are published.

use super::MORNINGS;
use crate::kit::Town;

#[tokio::test]
async fn sign_up_opens_and_groups_are_published_at_their_planned_time_across_restarts() {
    let mut town = Town::open().await;
    let id = town.organizer("Olga").await.id;
    {
        let olga = town.with_id(&id);
        let draft = olga.drafts_round("Spring", "pairs").await;
        let form = olga.presses(&draft, "Open later").await;
        let late = olga.fills(&form, &[("When", "in 3 weeks")]).await;
        assert!(late.text().contains("so it has to open before that"), "{}", late.text());
        let form = olga.presses(&draft, "Open later").await;
        let planned = olga.fills(&form, &[("When", "in 2 days")]).await.message();
        insta::assert_snapshot!("planned", planned.seen());
        assert!(olga.reads(&town.general).await.is_empty());
    }
    town.restart().await;
    town.passes("2d").await;
    {
        let olga = town.with_id(&id);
        olga.letter("sign-up is open in").await;
        let board = town.board(&olga).await;
        for name in ["Ana", "Bo"] {
            town.member(name).await.signs_up(&board, "Sign up", &["Rust"], &MORNINGS).await;
        }
        town.passes("6d").await;
        let groups = olga.runs("/organize preview").await.message();
        let asked = olga.presses(&groups, "Publish").await.message();
        let form = olga.presses(&asked, "Later").await;
        let planned = olga.fills(&form, &[("When", "in 3 days")]).await.message();
        assert!(planned.first().contains("published by themselves"), "{}", planned.first());
        assert!(town.person("Ana").await.threads().await.is_empty());
    }
    town.restart().await;
    town.passes("3d").await;
    town.passes("10s").await;
    let olga = town.with_id(&id);
    olga.letter("its groups are being made now, as you planned").await;
    olga.letter("the round is running").await;
    assert_eq!(town.person("Ana").await.threads().await.len(), 1);
    town.close().await;
}

#[tokio::test]
async fn what_was_planned_is_taken_back_or_waits_where_something_lacks() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let draft = olga.drafts_round("Spring", "pairs").await;
    let form = olga.presses(&draft, "Open later").await;
    let planned = olga.fills(&form, &[("When", "in 2 days")]).await.message();
    let draft = olga.presses(&planned, "Not by itself").await.message();
    assert!(draft.buttons().contains(&"Open later".to_owned()));
    town.passes("3d").await;
    assert!(olga.reads(&town.general).await.is_empty());

    // By hand before its time: nothing comes twice.
    let form = olga.presses(&draft, "Open later").await;
    olga.fills(&form, &[("When", "in 2 days")]).await;
    let shown = olga.presses(&olga.runs("/organize rounds").await.message(), "Spring").await.message();
    assert!(shown.text().contains("Next step by itself"), "{}", shown.text());
    olga.presses(&shown, "Open sign-up").await;
    let board = town.board(&olga).await;
    for name in ["Ana", "Bo"] {
        town.member(name).await.signs_up(&board, "Sign up", &["Rust"], &MORNINGS).await;
    }
    town.passes("5d").await;
    assert!(olga.letters_with("sign-up is open in").await.is_empty());
    assert_eq!(olga.reads(&town.general).await.len(), 1);

    // Sign-up is opened again after publishing was planned: it is not published over people's heads.
    let groups = olga.runs("/organize preview").await.message();
    let asked = olga.presses(&groups, "Publish").await.message();
    let form = olga.presses(&asked, "Later").await;
    olga.fills(&form, &[("When", "in 2 hours")]).await;
    let shown = olga.presses(&olga.runs("/organize rounds").await.message(), "Spring").await.message();
    olga.presses(&shown, "Open sign-up again").await;
    town.passes("3h").await;
    assert!(town.person("Ana").await.threads().await.is_empty());
    town.close().await;
}
