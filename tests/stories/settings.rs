//! When and where Ana hears from Kith.

use crate::kit::{Person, Town, at};
use serde_json::json;

/// docs/nudges.md: delivery-hour
#[tokio::test]
async fn settings_are_shown_changed_and_refused() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let shown = ana.runs("/settings").await;
    assert!(shown.message().is_private());
    insta::assert_snapshot!(shown.message().seen());

    let saved = ana.runs("/settings timezone: sao paulo delivery_hour: 8:30 quiet_hours: 10pm to 7am").await;
    insta::assert_snapshot!(saved.message().seen());
    let form = ana.presses(&saved.message(), "Edit").await;
    assert_eq!(form.field("Time zone"), "America/Sao_Paulo");
    let refused = ana.fills(&form, &[("Delivery hour", "teatime")]).await;
    assert!(refused.text().starts_with("I can't read “teatime” as a time of day."), "{}", refused.text());
    let form = ana.presses(&refused.message(), "Try again").await;
    assert_eq!(form.field("Delivery hour"), "teatime");
    let saved = ana.fills(&form, &[("Delivery hour", "17:00"), ("Quiet hours", "off")]).await;
    assert!(
        saved.text().contains("at 17:00") && saved.text().contains("Quiet hours: none"),
        "{}",
        saved.text()
    );

    let mut told = Vec::new();
    for line in [
        "timezone: Atlantis",
        "timezone: Berlim",
        "delivery_hour: 25",
        "quiet_hours: often",
        "quiet_hours: 00:00-23:59",
    ] {
        told.push(ana.runs(&format!("/settings {line}")).await.message().seen());
    }
    insta::assert_snapshot!(told.join("\n\n"));
    let still = ana.runs("/settings").await.text();
    assert!(still.contains("America/Sao_Paulo") && still.contains("17:00"), "{still}");

    // The nearest zone is a button, which takes what else was typed along.
    let slip = ana.runs("/settings timezone: Berlim delivery_hour: 8").await.message();
    let set = ana.presses(&slip, "Europe/Berlin").await.message();
    assert!(
        set.text().starts_with("Saved. Nudges come to you at 08:00, Europe/Berlin time."),
        "{}",
        set.text()
    );
    assert_eq!(set.id, slip.id);
    town.close().await;
}

#[tokio::test]
async fn a_zone_is_found_by_its_city_while_one_types() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    for (typed, zone) in [("lisb", "Europe/Lisbon"), ("new y", "America/New_York"), ("Tokyo", "Asia/Tokyo")] {
        let offered = ana.is_offered(&format!("/settings timezone: {typed}"), "timezone").await;
        assert!(offered.iter().take(3).any(|(_, value)| value == zone), "{typed}: {offered:?}");
        assert!(offered.len() <= 25);
    }
    town.close().await;
}

/// docs/nudges.md: hour-change, zone-move, quiet-hours, hold-ends
#[tokio::test]
async fn what_is_planned_moves_along_with_hour_zone_and_quiet_hours() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Bo every: 1 week").await;
    let next = async || {
        let card = ana.runs("/connection show who: Bo").await;
        card.message().times()[0]
    };
    assert_eq!(next().await, at("2033-03-08T09:00:00Z"));
    let saved = ana.runs("/settings delivery_hour: 6pm").await;
    assert!(saved.text().contains("One planned nudge moved along."), "{}", saved.text());
    assert_eq!(next().await, at("2033-03-08T18:00:00Z"));
    // Another zone: what would move is shown first, with whom it is about.
    ana.runs("/nudge me about: the compiler team who: Bo when: 10 march").await;
    let shown = ana.runs("/settings timezone: New York").await;
    insta::assert_snapshot!("before_moving", shown.message().seen());
    assert_eq!(next().await, at("2033-03-08T18:00:00Z"));
    let stayed = ana.presses(&shown.message(), "Stay").await;
    assert!(stayed.text().contains("Europe/London"), "{}", stayed.text());
    let shown = ana.runs("/settings timezone: New York").await;
    let moved = ana.presses(&shown.message(), "Move").await;
    assert!(moved.text().contains("2 planned nudges moved along."), "{}", moved.text());
    assert_eq!(next().await, at("2033-03-08T23:00:00Z"));
    ana.runs("/settings quiet_hours: 17:00-19:30").await;
    assert_eq!(next().await, at("2033-03-09T00:30:00Z"));
    ana.runs("/settings quiet_hours: off").await;
    assert_eq!(next().await, at("2033-03-08T23:00:00Z"));
    ana.runs("/settings quiet_hours: 17:00-19:30").await;
    town.passes("7d14h").await;
    assert!(ana.inbox().await.is_empty());
    town.passes("1h").await;
    assert_eq!(ana.inbox().await.len(), 1, "once the quiet hours are over");
    town.close().await;
}

#[tokio::test]
async fn a_new_member_is_asked_for_their_zone_once_and_goes_on() {
    let town = Town::open().await;
    let ana = town.stranger("Ana").await;
    let saved = ana.runs("/connection add name: Bo every: 1 week").await.message();
    assert!(saved.text().starts_with("Saved **Bo**. First nudge"), "{}", saved.text());
    assert_eq!(saved.times(), [at("2033-03-08T09:00:00Z")], "by a guess from their locale");
    let lines = saved.lines();
    assert_eq!(lines[0], "Europe/London", "{lines:?}");
    assert_eq!(lines.last().map(String::as_str), Some("Another one…"));
    insta::assert_snapshot!(saved.seen().lines().take(3).collect::<Vec<_>>().join("\n"));

    // Whatever else is pressed, the question stays until it is answered.
    let form = ana.presses(&saved, "Add a note").await;
    let noted = ana.fills(&form, &[("Note", "tea")]).await.message();
    assert!(
        noted.text().contains("Is that right?") && noted.text().contains("Note: tea"),
        "{}",
        noted.text()
    );

    // Choosing moves what is shown in the same message.
    let form = ana.chooses(&noted, "Another one…").await;
    let chosen = ana.fills(&form, &[("Time zone", "Berlin")]).await.message();
    assert_eq!(chosen.id, saved.id);
    assert!(chosen.text().contains("Your times are in Europe/Berlin"), "{}", chosen.text());
    assert!(chosen.text().contains("Note: tea") && chosen.lines().is_empty(), "{}", chosen.text());
    assert_eq!(chosen.times()[0], at("2033-03-08T08:00:00Z"));

    let second = ana.runs("/connection add name: Cy every: 1 week").await;
    assert!(!second.text().contains("Is that right?"), "asked once: {}", second.text());
    assert_eq!(second.message().times(), [at("2033-03-08T08:00:00Z")]);
    town.close().await;
}

#[tokio::test]
async fn the_question_is_answered_by_the_menu() {
    let town = Town::open().await;
    let ana = town.stranger("Ana").await;
    let ben = town.stranger("Ben").await;
    // Her first answer comes of a form.
    let form = ana.picks("Add to my network", &ben).await;
    let saved = ana.fills(&form, &[("How often to be in touch", "1 week")]).await.message();
    assert!(saved.text().contains("Is that right?"), "{}", saved.text());
    let chosen = ana.chooses(&saved, "Europe/London").await;
    assert_eq!(chosen.message().id, saved.id);
    insta::assert_snapshot!(chosen.message().seen());
    let list = ana.runs("/connection list").await;
    assert!(!list.text().contains("Is that right?"));

    let user = json!({"name": "Dee", "locale": "en-US", "guilds": [town.guild]});
    let user = town.post("/users", user).await;
    let dee = Person { town: &town, id: user["id"].as_str().unwrap().to_owned() };
    let saved = dee.runs("/connection add name: Bo every: 1 week").await.message();
    assert_eq!(saved.times(), [at("2033-03-07T14:00:00Z")], "at nine in New York");
    let chosen = dee.chooses(&saved, "America/Los_Angeles").await.message();
    assert_eq!((&chosen.id, chosen.times()), (&saved.id, vec![at("2033-03-07T17:00:00Z")]));
    assert!(chosen.lines().is_empty() && chosen.buttons() == saved.buttons(), "{}", chosen.seen());
    town.close().await;
}

#[tokio::test]
async fn personal_commands_work_in_the_dm_and_anywhere_and_only_their_user_sees_the_answers() {
    let town = Town::open().await;
    // A server that Kith is not in: Ana has Kith installed for herself.
    let other = town.post("/guilds", json!({"name": "Elsewhere"})).await;
    let other = other["id"].as_str().unwrap().to_owned();
    let user = town.post("/users", json!({"name": "Ana", "guilds": [town.guild, other]})).await;
    let ana = Person { town: &town, id: user["id"].as_str().unwrap().to_owned() };
    town.post(&format!("/guilds/{other}/leave"), json!({"bot": true})).await;

    let added = ana.runs_in_dm("/connection add name: Bo every: 1 week").await;
    assert!(added.text().starts_with("Saved **Bo**."), "{}", added.text());
    assert!(added.message().is_private());
    let listed = ana.runs_at(&other, "/connection list").await;
    assert!(listed.text().contains("**Bo**"), "{}", listed.text());
    assert!(listed.message().is_private());
    for line in ["/help", "/settings", "/connection show who: Bo", "/log who: Bo", "/nudge list"] {
        assert!(ana.runs(line).await.message().is_private(), "{line}");
    }
    town.passes("8d").await;
    assert_eq!(ana.inbox().await.iter().filter(|message| !message.is_private()).count(), 1);
    town.close().await;
}

/// docs/nudges.md: closed, try-again
#[tokio::test]
async fn closed_dms_are_told_at_the_next_command_and_tried_again() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Bo every: 1 week").await;
    town.post(&format!("/users/{}/dms", ana.id), json!({"open": false})).await;
    town.passes("8d").await;
    let listed = ana.runs("/connection list").await.message();
    insta::assert_snapshot!(listed.seen());
    town.post(&format!("/users/{}/dms", ana.id), json!({"open": true})).await;
    let trying = ana.presses(&listed, "Try again").await;
    assert!(trying.text().contains("\n\nYour DMs are open: what waited here has come."), "{}", trying.text());
    assert!(ana.latest().await.text().contains("**Bo**"));
    let listed = ana.runs("/connection list").await.message();
    assert!(!listed.text().contains("closed"), "{}", listed.text());
    town.close().await;
}
