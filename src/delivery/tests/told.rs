//! Letters that tell their area what became of them.

use super::discord::{Discord, Fault, Route, dm};
use super::errands::told;
use jiff::{SignedDuration, Timestamp};

use super::{Bot, letter, person, runtime, start};
use crate::delivery::*;
use crate::discord::message::Message;
use crate::id::{ChannelId, Id};
use crate::store::{Store, StoreError};

fn telling(to: To, subject: &str) -> Letter {
    letter(to, subject).telling(Tell::new("rounds", subject))
}

#[test]
fn whoever_asked_is_told_of_arrival_refusal_and_silence() {
    let discord = Discord::start(start());
    let thread = To::Channel(ChannelId(7));
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        let arrives = telling(person(1), "arrives");
        bot.post(&[arrives.clone(), letter(person(1), "tells nobody")]).await;
        bot.settle().await;
        assert_eq!(told(&bot.store, &bot.clock).await, ["arrives"]);
        assert!(bot.store.read(|tx| sent(tx, arrives.id)).unwrap().is_some());

        discord.faults(Route::Send, [Some(Fault::Refuse(400, 50_035))]);
        let bad = telling(person(1), "bad");
        bot.post(std::slice::from_ref(&bad)).await;
        bot.settle().await;
        assert_eq!(told(&bot.store, &bot.clock).await, ["bad"]);
        assert!(bot.store.read(|tx| refusal(tx, bad.id)).unwrap().is_some());
        assert!(bot.store.read(|tx| refusal(tx, arrives.id)).unwrap().is_none());

        discord.faults(Route::Send, [Some(Fault::Refuse(404, 10_003))]);
        bot.post(&[telling(thread, "first"), telling(thread, "second")]).await;
        bot.settle().await;
        assert_eq!(told(&bot.store, &bot.clock).await, ["first", "second"], "both are held");
        bot.post(&[telling(thread, "third")]).await;
        bot.settle().await;
        assert_eq!(told(&bot.store, &bot.clock).await, ["third"], "it is held from the start");
        bot.store.write(|tx| try_again(tx, thread)).await.unwrap();
        bot.settle().await;
        assert_eq!(discord.texts(7), ["first", "second", "third"]);
        assert_eq!(told(&bot.store, &bot.clock).await, ["first", "second", "third"]);
        assert_eq!(discord.texts(dm(1)), ["arrives", "tells nobody"]);
        bot.stop().await;
    });
}

#[test]
fn a_refused_letter_is_not_kept_for_ever() {
    runtime().block_on(async {
        let store = Store::temporary().unwrap();
        let refused_at = |at: Timestamp| Refused {
            letter: Letter::new(person(1), Message::new("what Discord did not take"), at),
            reason: "Invalid Form Body".to_owned(),
            at,
            told: true,
        };
        let (old, new) = (refused_at(start()), refused_at(start() + SignedDuration::from_hours(24)));
        let before = Id::new(start() + SignedDuration::from_hours(12));
        let kept = store.write(|tx| {
            refused::put(tx, &old)?;
            refused::put(tx, &new)?;
            refused::tidy(tx, before)?;
            Ok::<_, StoreError>(refused(tx, 10)?.len())
        });
        assert_eq!(kept.await.unwrap(), 1);
        assert!(store.read(|tx| refusal(tx, new.letter.id)).unwrap().is_some());
    });
}

#[test]
fn closed_dms_are_told_of_too() {
    let discord = Discord::start(start());
    discord.faults(Route::Open, [Some(Fault::Refuse(403, 50_007))]);
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        bot.post(&[telling(person(1), "unopened")]).await;
        bot.settle().await;
        assert_eq!(told(&bot.store, &bot.clock).await, ["unopened"]);
        bot.stop().await;
    });
}

/// Letters and their messages as earlier versions kept them.
#[test]
fn letters_of_old_stores_open() {
    let kept = r#"{"id":5,"to":{"Person":7},"message":{"content":"Hello","embeds":[],"components":[{"type":1,
        "components":[{"type":3,"custom_id":"1:m","placeholder":"Choose","options":[{"label":"A","value":"a"}]}]},
        {"type":1,"components":[{"type":2,"style":1,"label":"Done","custom_id":"1:done:5"}]}],
        "allowed_mentions":{"parse":[]}},"created":"2026-11-24T09:00:00Z","not_before":"2026-11-24T09:00:00Z",
        "state":"Waiting","tries":0,"brings":1}"#;
    let letter: Letter = serde_json::from_str(kept).unwrap();
    assert_eq!(letter.tell, None);
    let (old, new): (serde_json::Value, _) =
        (serde_json::from_str(kept).unwrap(), serde_json::to_value(&letter.message).unwrap());
    assert_eq!(new, old["message"], "and are sent as they were");
}
