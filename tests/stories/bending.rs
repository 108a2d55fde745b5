//! A rhythm that is snoozed three times running: would a longer one be better?

use crate::kit::{Message, Person, Town};

/// Snoozes the latest nudge for a day, lets the day pass, and answers with what was said.
async fn snoozes(town: &Town, ana: &Person<'_>) -> Message {
    let nudge = ana.latest().await;
    ana.presses(&nudge, "Snooze").await;
    let snoozed = ana.chooses(&nudge, "Tomorrow").await.message();
    town.passes("1d").await;
    snoozed
}

/// Ana's nudge about Grace, every four weeks, has come.
async fn nudged(town: &Town) -> Person<'_> {
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Grace Hopper every: 4 weeks").await;
    town.passes("28d").await;
    ana
}

fn asks(message: &Message) -> bool {
    message.buttons().contains(&"Every 6 weeks".to_owned())
}

/// docs/nudges.md: three-snoozes
#[tokio::test]
async fn the_third_snooze_running_asks_whether_the_rhythm_should_be_longer() {
    let town = Town::open().await;
    let ana = nudged(&town).await;
    assert!(!asks(&snoozes(&town, &ana).await));
    assert!(!asks(&snoozes(&town, &ana).await));
    let nudge = ana.latest().await;
    ana.presses(&nudge, "Snooze").await;
    let asked = ana.chooses(&nudge, "Tomorrow").await.message();
    insta::assert_snapshot!("asked", asked.seen());

    let bent = ana.presses(&asked, "Every 6 weeks").await.message();
    insta::assert_snapshot!("bent", bent.seen());
    assert_eq!(bent.id, nudge.id);
    let shown = ana.runs("/connection show who: Grace").await;
    assert!(shown.text().contains("every 6 weeks"), "{}", shown.text());
    // Six weeks from the adding: nothing before.
    let letters = ana.letters().await.len();
    town.passes("10d").await;
    assert_eq!(ana.letters().await.len(), letters);
    town.passes("2d").await;
    assert_eq!(ana.letters().await.len(), letters + 1);
    town.close().await;
}

#[tokio::test]
async fn it_is_taken_back_with_the_snooze_and_pressed_twice_it_bends_once() {
    let town = Town::open().await;
    let ana = nudged(&town).await;
    snoozes(&town, &ana).await;
    snoozes(&town, &ana).await;
    let nudge = ana.latest().await;
    ana.presses(&nudge, "Snooze").await;
    let asked = ana.chooses(&nudge, "Tomorrow").await.message();
    ana.presses_twice(&asked, "Every 6 weeks").await;
    let shown = ana.runs("/connection show who: Grace").await;
    assert!(shown.text().contains("every 6 weeks"), "{}", shown.text());

    let back = ana.presses(&nudge, "Undo").await.message();
    assert_eq!(back.buttons(), ["Done", "Snooze", "Skip", "Stop", "Show"]);
    let shown = ana.runs("/connection show who: Grace").await;
    assert!(shown.text().contains("every 4 weeks"), "{}", shown.text());
    // The snooze that was taken back counts no more: the next one is the third again.
    ana.presses(&nudge, "Snooze").await;
    assert!(asks(&ana.chooses(&nudge, "Tomorrow").await.message()));
    town.close().await;
}

/// docs/nudges.md: three-snoozes
#[tokio::test]
async fn keeping_it_asks_again_only_after_three_more() {
    let town = Town::open().await;
    let ana = nudged(&town).await;
    snoozes(&town, &ana).await;
    snoozes(&town, &ana).await;
    let nudge = ana.latest().await;
    ana.presses(&nudge, "Snooze").await;
    let asked = ana.chooses(&nudge, "Tomorrow").await.message();
    let kept = ana.presses(&asked, "Keep it").await.message();
    assert!(kept.text().starts_with("**Snoozed:** **Grace Hopper**"), "{}", kept.text());
    assert!(!asks(&kept));
    town.passes("1d").await;
    assert!(!asks(&snoozes(&town, &ana).await));
    assert!(!asks(&snoozes(&town, &ana).await));
    assert!(asks(&snoozes(&town, &ana).await));
    town.close().await;
}

/// docs/nudges.md: three-snoozes
#[tokio::test]
async fn talking_skipping_and_done_begin_a_new_run() {
    let town = Town::open().await;
    let ana = nudged(&town).await;
    for answer in ["log", "skip", "done"] {
        snoozes(&town, &ana).await;
        snoozes(&town, &ana).await;
        let nudge = ana.latest().await;
        match answer {
            "log" => drop(ana.runs("/log who: Grace").await),
            "skip" => drop(ana.presses(&nudge, "Skip").await),
            _ => {
                let form = ana.presses(&nudge, "Done").await;
                ana.fills(&form, &[]).await;
            }
        }
        town.passes("28d").await;
    }
    assert!(!asks(&snoozes(&town, &ana).await));
    assert!(!asks(&snoozes(&town, &ana).await));
    assert!(asks(&snoozes(&town, &ana).await));
    town.close().await;
}

#[tokio::test]
async fn what_was_planned_by_hand_and_what_has_no_rhythm_is_not_asked_about() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/nudge me about: the plants when: tomorrow").await;
    town.passes("1d").await;
    for _ in 0..3 {
        assert_eq!(snoozes(&town, &ana).await.buttons(), ["Done", "Undo"]);
    }
    town.close().await;
}
