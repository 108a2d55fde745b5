//! What people write is shown as text: nothing of theirs takes effect in what Kith writes.

use serde_json::json;

use crate::kit::{Message, Town};

/// Marks of every kind that would take effect, in few characters.
const NASTY: &str = "**b** _i_ ||x|| `c` [m](https://e.org) <@1> @here <t:1:R> :tada:\n# h\n> q\n- l";

/// Nothing in a message takes effect but Kith's own times, bold pairs, lines and commands.
fn harmless(message: &Message, of: &str) {
    let own = regex::Regex::new(r"\\.|<t:[0-9]+:[A-Za-z]>|\*\*|`/[a-z ]+`|(?m:^> |^- )").unwrap();
    for text in message.text().lines() {
        let rest = own.replace_all(text, "x").into_owned();
        let effect = rest.contains(['*', '|', '`', '[', ']', '<', '>', '@']);
        assert!(!effect && !rest.starts_with(['#', '-']), "{of}: {text}");
        assert!(!rest.contains("https:/e") && !rest.contains(":tada:"), "{of}: {text}");
    }
    assert!(!message.buttons().iter().chain(&message.lines()).any(|label| label.contains('\n')), "{of}");
    let pings = &message.json["mentions"];
    assert!(pings.as_array().is_none_or(Vec::is_empty), "{of}: {pings}");
}

#[tokio::test]
async fn text_from_people_is_shown_as_text_in_everything_that_kith_writes() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let runs = async |name: &str, options: serde_json::Value| {
        let message = ana.runs_with(name, options).await.message();
        harmless(&message, name);
        message
    };
    let name = |first: &str| format!("{first} {NASTY}");
    let tags = "**t** <@1>, [x](https://e.org)";
    for first in ["Uma", "Bo", "Chi", "Dan", "Eve", "Fay"] {
        let person = json!({"name": name(first), "every": "1 week", "tags": tags, "note": NASTY, "met": NASTY, "relationship": "mentor"});
        runs("connection add", person).await;
    }
    runs("log", json!({"who": "Uma", "what": "asked", "note": NASTY})).await;
    runs("connection show", json!({"who": "Uma"})).await;
    runs("connection list", json!({})).await;
    runs("connection search", json!({"text": NASTY})).await;
    runs("connection search", json!({"text": "<@1>"})).await;
    runs("connection list", json!({"tag": "[x](https://e.org)"})).await;
    runs("connection show", json!({"who": "**"})).await;
    runs("connection show", json!({"who": NASTY.replace("**b**", "**z**")})).await;
    let planned =
        runs("nudge me", json!({"about": NASTY, "when": "8 mar 2033", "who": "Uma", "kind": "ask_referral"}))
            .await;
    assert!(planned.text().contains("asked"), "give first: {}", planned.text());
    runs("nudge me", json!({"about": format!("{NASTY} {NASTY}"), "when": "8 mar 2033"})).await;
    runs("nudge date", json!({"who": "Bo", "what": format!("birthday {NASTY}"), "on": "8 mar"})).await;
    runs("nudge list", json!({})).await;
    runs("nudge why", json!({})).await;
    runs("nudge why", json!({"who": "Uma"})).await;
    runs("nudge calendar", json!({})).await;
    let move_there = runs("settings", json!({"timezone": "Asia/Tokyo"})).await;
    assert!(move_there.text().contains("→"), "{}", move_there.text());
    for (command, options) in [
        ("nudge me", json!({"about": "it", "when": NASTY})),
        ("nudge me", json!({"about": "it", "when": "friday", "repeat": NASTY})),
        ("nudge me", json!({"about": "it", "when": "friday", "who": "Zoe **z**\n# z"})),
        ("nudge date", json!({"who": "Bo", "what": "it", "on": NASTY})),
        ("nudge date", json!({"who": "Bo", "what": "it", "on": "friday", "before": NASTY})),
        ("nudge snooze", json!({"nudge": "birthday", "until": NASTY})),
        ("nudge pause", json!({"until": NASTY})),
        ("settings", json!({"timezone": NASTY})),
        ("settings", json!({"delivery_hour": NASTY})),
        ("settings", json!({"quiet_hours": NASTY})),
        ("settings", json!({"quiet_days": NASTY})),
        ("settings", json!({"relationship": "mentor", "every": NASTY})),
        ("log", json!({"who": "Uma", "when": NASTY})),
        ("connection add", json!({"name": "Zoe", "every": NASTY})),
        ("connection add", json!({"name": "Zoe", "tags": NASTY})),
    ] {
        let refused = runs(command, options).await;
        assert!(
            refused.text().contains("Nothing was") || refused.text().contains("No pause"),
            "{}",
            refused.text()
        );
    }
    let paused = runs("nudge pause", json!({"until": "9 mar 2033"})).await;
    harmless(&ana.presses(&paused, "Resume").await.message(), "resume");

    town.passes("7d").await;
    let digest = ana.latest().await;
    assert!(digest.lines().len() == 9, "{}", digest.seen());
    harmless(&digest, "digest");
    for line in digest.lines() {
        let letter = ana.chooses(&digest, &line).await.message();
        harmless(&letter, &line);
        harmless(&ana.presses(&letter, "Show all").await.message(), &line);
    }
    harmless(&ana.runs("/nudge inbox").await.message(), "inbox");
    for line in &digest.lines()[..5] {
        let letter = ana.chooses(&digest, line).await.message();
        // One that another answer has settled shows how it stands.
        if !letter.buttons().contains(&"Done".to_owned()) {
            harmless(&letter, "settled");
            ana.presses(&letter, "Show all").await;
            continue;
        }
        let form = ana.presses(&letter, "Done").await;
        let next = NASTY.replace('\n', " ");
        let said = [("What happened", NASTY), ("What next", next.as_str()), ("When", "tomorrow")];
        harmless(&ana.fills(&form, &said).await.message(), "done");
    }
    let eve = digest.lines().into_iter().find(|line| line.starts_with("Eve")).unwrap();
    let letter = ana.chooses(&digest, &eve).await.message();
    harmless(&ana.presses(&letter, "Snooze").await.message(), "snooze");
    harmless(&ana.chooses(&letter, "In 3 days").await.message(), "snoozed");
    runs("nudge suggest", json!({})).await;
    runs("nudge inbox", json!({})).await;
    runs("nudge why", json!({"who": "Uma"})).await;
    runs("connection remove", json!({"who": "Uma"})).await;
    runs("nudge cancel", json!({"nudge": "birthday"})).await;

    // By itself, and a few with a row of buttons each.
    town.passes("1d").await;
    harmless(&ana.latest().await, "what was to come next");
    ana.runs("/settings digest: each").await;
    runs("nudge me", json!({"about": NASTY, "when": "in 1 hour", "who": "Fay"})).await;
    town.passes("1h").await;
    let letter = ana.latest().await;
    harmless(&letter, "letter");
    harmless(&ana.presses(&letter, "Stop").await.message(), "stopped");
    town.close().await;
}
