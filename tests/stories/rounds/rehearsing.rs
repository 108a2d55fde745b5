//! Olga sees the whole round played with invented people before anybody real is asked.

use crate::kit::Town;

#[tokio::test]
async fn a_round_is_played_in_a_private_thread_and_nobody_else_hears_of_it() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let ana = town.member("Ana").await;
    olga.drafts_round("Spring", "one mentor with up to 3 mentees").await;
    let asked = olga.runs("/organize rehearse").await;
    assert!(asked.text().contains("I am opening a private thread"), "{}", asked.text());
    town.passes("5m").await;
    let threads = olga.threads().await;
    assert_eq!(threads.len(), 1);
    assert_eq!(threads[0]["name"], "Rehearsal: Spring");
    let played = olga.reads(threads[0]["id"].as_str().unwrap()).await;
    let all: Vec<String> = played.iter().map(crate::kit::Message::seen).collect();
    let all = all.join("\n---\n").replace(&format!("<@{}>", olga.id), "@Olga");
    assert!(!all.contains("<@1844"), "the invented are called by their names: {all}");
    let first = all.lines().find(|line| line.starts_with("To begin with: ")).unwrap().to_owned();
    let thread = threads[0]["id"].as_str().unwrap();
    insta::assert_snapshot!(
        "rehearsal",
        all.replace(&first, "To begin with: - (chosen)").replace(thread, "thread")
    );
    // Its buttons do nothing.
    let board = played.iter().find(|it| it.buttons().contains(&"Sign up as mentor".to_owned())).unwrap();
    let body = serde_json::json!({"as": olga.id, "message": board.id, "button": "Sign up as mentor"});
    assert_eq!(town.tries("/click", body).await.0, 400);
    assert!(ana.threads().await.is_empty() && ana.letters().await.is_empty());
    assert!(olga.reads(&town.general).await.is_empty(), "nothing is in the channel");
    // But for the last ones.
    olga.presses(played.last().unwrap(), "Open sign-up").await;
    town.passes("3s").await;
    let board = olga.reads(&town.general).await.remove(0);
    assert!(board.buttons().contains(&"Sign up as mentor".to_owned()), "{}", board.seen());
    town.close().await;
}
