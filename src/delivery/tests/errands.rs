//! Errands, whatever goes wrong on the way: each is done once, and its area is told how it ended.

use std::sync::Arc;

use jiff::SignedDuration;
use parking_lot::Mutex;
use serde_json::json;

use super::discord::{BOT, Discord, Fault, Route};
use super::{Bot, person, runtime, start};
use crate::agenda::{self, Agenda};
use crate::delivery::*;
use crate::discord::message::Message;
use crate::id::{ChannelId, EventId, GuildId, MessageId, RoleId, UserId};
use crate::store::Store;

pub(super) const GUILD: GuildId = GuildId(1);
pub(super) const THREADS: &str = "channels/7/threads";

pub(super) fn thread(name: &str) -> Errand {
    let name = name.to_owned();
    let (channel, private, invitable) = (ChannelId(7), true, false);
    let what = What::StartThread { guild: GUILD, channel, name, private, invitable };
    Errand::new(what, start()).telling(Tell::new("rounds", "r1"))
}

pub(super) fn errand(what: What) -> Errand {
    Errand::new(what, start())
}

impl Bot {
    pub(super) async fn asks(&self, errands: &[Errand]) {
        self.store.write(|tx| errands.iter().try_for_each(|it| ask(tx, it).map(drop))).await.unwrap();
    }

    pub(super) fn outcome(&self, errand: &Errand) -> Option<Outcome> {
        self.store.read(|tx| outcome(tx, errand.id)).unwrap()
    }

    async fn does(&self, errand: &Errand) -> Outcome {
        self.asks(std::slice::from_ref(errand)).await;
        self.settle().await;
        self.outcome(errand).unwrap()
    }
}

/// What areas were told, in order.
pub(super) async fn told(store: &Store, clock: &crate::clock::Clock) -> Vec<String> {
    let told = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&told);
    let handler: agenda::Handler = Box::new(move |_, due| {
        notes.lock().push(due.subject.clone());
        Ok(())
    });
    Agenda::new(store.clone(), clock.clone(), vec![("rounds", handler)]).run_due().await.unwrap();
    told.lock().clone()
}

fn refused(status: u16, code: u64) -> Outcome {
    Outcome::Refused { status, code, message: "refused".to_owned() }
}

#[test]
fn a_thread_is_started_once_and_its_area_is_told() {
    let discord = Discord::start(start());
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        let circle = thread("  Circle 1 ");
        assert!(bot.store.write(|tx| ask(tx, &circle)).await.unwrap());
        assert!(!bot.store.write(|tx| ask(tx, &circle)).await.unwrap());
        bot.idle().await;
        let made = discord.made(THREADS);
        assert_eq!(made.len(), 1);
        let as_asked = json!({ "name": "Circle 1", "type": 12, "invitable": false,
            "auto_archive_duration": 10_080, "id": made[0]["id"], "parent_id": "7",
            "owner_id": BOT.to_string(), "creator_id": BOT.to_string() });
        assert_eq!(made[0], as_asked);
        let id: u64 = made[0]["id"].as_str().unwrap().parse().unwrap();
        assert_eq!(bot.outcome(&circle), Some(Outcome::Made(id)));
        assert_eq!(told(&bot.store, &bot.clock).await, ["r1"]);
        assert!(!bot.store.write(|tx| ask(tx, &circle)).await.unwrap(), "it has ended");
        assert_eq!(discord.count(Route::Look), 0);
        assert!(bot.store.write(|tx| forget_outcome(tx, circle.id)).await.unwrap());
        assert_eq!(bot.outcome(&circle), None);
        bot.stop().await;
    });
}

#[test]
fn each_kind_does_what_it_says() {
    let discord = Discord::start(start());
    let (guild, thread, user) = (GUILD, ChannelId(5), UserId(3));
    let (role, channel, message) = (RoleId(4), ChannelId(7), MessageId(6));
    let in_thread = "channels/5/thread-members/3";
    let has_role = "guilds/1/members/3/roles/4";
    discord.world.lock().there.extend(["channels/7/messages/6".to_owned(), "guilds/1/members/3".to_owned()]);
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        let does = async |what: What| bot.does(&errand(what)).await;
        assert_eq!(does(What::AddToThread { thread, user }).await, Outcome::Done);
        assert!(discord.is_there(in_thread));
        assert_eq!(discord.world.lock().headers.last().unwrap()["content-length"], "0");
        for _ in 0..2 {
            assert_eq!(does(What::RemoveFromThread { thread, user }).await, Outcome::Done);
        }
        assert!(!discord.is_there(in_thread));
        assert_eq!(does(What::LetIntoChannel { channel, user }).await, Outcome::Done);
        assert!(discord.is_there("channels/7/permissions/3"));
        for _ in 0..2 {
            assert_eq!(does(What::ShutOutOfChannel { channel, user }).await, Outcome::Done);
        }
        assert_eq!(does(What::GiveRole { guild, user, role }).await, Outcome::Done);
        assert!(discord.is_there(has_role));
        for _ in 0..2 {
            assert_eq!(does(What::TakeRole { guild, user, role }).await, Outcome::Done);
            assert_eq!(does(What::DeleteMessage { channel, message }).await, Outcome::Done);
            assert_eq!(does(What::DeleteChannel { channel }).await, Outcome::Done);
            assert_eq!(does(What::CancelEvent { guild, event: EventId(8) }).await, Outcome::Done);
        }
        assert_eq!(does(What::FindMember { guild, user }).await, Outcome::Done);
        assert_eq!(does(What::FindMember { guild, user: UserId(9) }).await, refused(404, 10_007));
        let content = Message::new("Now it is full.");
        assert_eq!(does(What::EditMessage { channel, message, content }).await, Outcome::Done);
        assert_eq!(does(What::SetThread { thread, archived: true, locked: false }).await, Outcome::Done);
        let none = json!({ "content": "Now it is full.", "embeds": [], "components": [], "allowed_mentions": { "parse": [] } });
        let changed = discord.world.lock().changed.clone();
        assert_eq!(changed[0], ("channels/7/messages/6".to_owned(), none));
        assert_eq!(changed[1], ("channels/5".to_owned(), json!({ "archived": true, "locked": false })));
        bot.stop().await;
    });
}

#[test]
fn channels_roles_and_events_are_made_as_asked() {
    let discord = Discord::start(start());
    let (guild, starts) = (GUILD, start() + SignedDuration::from_hours(24));
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        let (parent, people) = (Some(ChannelId(2)), vec![UserId(3), UserId(BOT)]);
        let channel = What::CreateChannel { guild, name: "Circle 1".to_owned(), parent, people };
        assert!(bot.does(&errand(channel)).await.made().is_some());
        let made = &discord.made("guilds/1/channels")[0];
        assert_eq!((&made["type"], &made["parent_id"]), (&json!(0), &json!("2")));
        let overwrites = json!([
            { "id": "1", "type": 0, "allow": "0", "deny": "1024" },
            { "id": "99", "type": 1, "allow": "84992", "deny": "0" },
            { "id": "3", "type": 1, "allow": "84992", "deny": "0" },
        ]);
        assert_eq!(made["permission_overwrites"], overwrites);
        let role = What::CreateRole { guild, name: "x".repeat(120) };
        assert!(bot.does(&errand(role)).await.made().is_some());
        assert_eq!(discord.names("guilds/1/roles")[0].chars().count(), 100);
        let name = "Circle 1 meets".to_owned();
        let (description, location) = (String::new(), "In your thread".to_owned());
        let ends = starts + SignedDuration::from_hours(1);
        let event = What::CreateEvent { guild, name, description, location, starts, ends };
        assert!(bot.does(&errand(event)).await.made().is_some());
        let made = &discord.made("guilds/1/scheduled-events")[0];
        assert_eq!((&made["entity_type"], &made["privacy_level"]), (&json!(3), &json!(2)));
        assert_eq!(made["entity_metadata"], json!({ "location": "In your thread" }));
        assert_eq!(made["scheduled_start_time"], "2026-11-25T09:00:00Z");
        assert_eq!(made["scheduled_end_time"], "2026-11-25T10:00:00Z");
        assert!(made.get("description").is_none());
        bot.stop().await;
    });
}

#[test]
fn a_refusal_is_an_outcome_and_a_limit_is_none() {
    let discord = Discord::start(start());
    let cases = [(404, 10_003), (403, 50_001), (403, 50_013), (400, 160_006), (400, 50_035)];
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        for (status, code) in cases {
            discord.faults(Route::Make, [Some(Fault::Refuse(status, code))]);
            assert_eq!(bot.does(&thread("Circle")).await, refused(status, code));
            assert_eq!(told(&bot.store, &bot.clock).await, ["r1"]);
        }
        let later =
            [Fault::Refuse(403, 20_028), Fault::Limit { ms: 50, global: false }, Fault::Refuse(503, 0)];
        discord.faults(Route::Make, later.into_iter().map(Some));
        assert!(bot.does(&thread("Circle")).await.made().is_some());
        assert_eq!(discord.made(THREADS).len(), 1);
        bot.stop().await;
    });
}

#[test]
fn a_bad_token_stops_errands_and_the_next_start_goes_on() {
    let discord = Discord::start(start());
    discord.faults(Route::Make, [Some(Fault::Refuse(401, 0))]);
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        bot.asks(&[thread("Circle")]).await;
        bot.idle().await;
        assert!(bot.delivery.is_barred());
        let store = bot.store.clone();
        bot.stop().await;
        let again = Bot::start(&discord, store);
        again.settle().await;
        assert_eq!((discord.made(THREADS).len(), discord.count(Route::Look)), (1, 0));
        again.stop().await;
    });
}

#[test]
fn what_waits_is_called_off_and_what_is_under_way_is_not() {
    let mut discord = Discord::start(start());
    discord.faults(Route::Make, [Some(Fault::HangAfter)]);
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        let (first, second) = (thread("Circle"), thread("circle!"));
        bot.asks(&[first.clone(), second.clone()]).await;
        discord.hung.recv().await.unwrap();
        let off = async |errand: &Errand| bot.store.write(|tx| call_off(tx, errand.id)).await.unwrap();
        assert!(!off(&first).await, "it may have been made");
        assert!(off(&second).await, "one of a likeness at a time");
        assert!(!off(&second).await);
        let asked = |errand: &Errand| bot.store.read(|tx| is_asked(tx, errand.id)).unwrap();
        assert_eq!((asked(&first), asked(&second)), (true, false));
        let store = bot.store.clone();
        bot.stop().await;
        let again = Bot::start(&discord, store);
        again.settle().await;
        assert_eq!(discord.names(THREADS), ["Circle"]);
        assert!(again.outcome(&first).unwrap().made().is_some());
        again.stop().await;
    });
}

/// What looks like it is not it: by whom, where, when, and what other errands have made.
#[test]
fn only_what_this_errand_made_is_taken_for_it() {
    let discord = Discord::start(start());
    let old = 1_u64 << 22;
    let like = |id: u64, owner: u64, parent: &str| json!({ "id": id.to_string(), "owner_id": owner.to_string(), "parent_id": parent, "name": "Circle", "type": 12 });
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        let circle = thread("Circle");
        let first = bot.does(&circle).await;
        bot.store.write(|tx| forget_outcome(tx, circle.id)).await.unwrap();
        let now = first.made().unwrap() + 1_000;
        discord.has(THREADS, like(old, BOT, "7"));
        discord.has(THREADS, like(now, 98, "7"));
        discord.has(THREADS, like(now + 1, BOT, "8"));
        let before = discord.made(THREADS).len();
        discord.faults(Route::Make, [Some(Fault::CutBefore)]);
        let second = bot.does(&thread("Circle")).await;
        assert_eq!(discord.made(THREADS).len(), before + 1, "it was not there");
        assert_ne!(first, second);
        discord.faults(Route::Make, [Some(Fault::CutAfter)]);
        let third = thread("Circle");
        bot.asks(std::slice::from_ref(&third)).await;
        bot.idle().await;
        discord.world.lock().made.last_mut().unwrap().1["archived"] = json!(true);
        bot.settle().await;
        let it = discord.made(THREADS).last().unwrap()["id"].as_str().unwrap().parse().unwrap();
        assert_eq!(bot.outcome(&third), Some(Outcome::Made(it)), "found among the archived ones");
        assert_eq!(discord.made(THREADS).len(), before + 2);
        bot.stop().await;
    });
}

#[test]
fn what_may_have_been_made_is_found_whatever_it_is() {
    let discord = Discord::start(start());
    let (guild, starts) = (GUILD, start() + SignedDuration::from_hours(24));
    let ends = starts + SignedDuration::from_hours(1);
    let text = |text: &str| text.to_owned();
    let all = [
        (THREADS, thread("Circle").what),
        (
            "guilds/1/channels",
            What::CreateChannel { guild, name: text("My Circle"), parent: None, people: vec![] },
        ),
        ("guilds/1/roles", What::CreateRole { guild, name: text("Mentors") }),
        (
            "guilds/1/scheduled-events",
            What::CreateEvent {
                guild,
                name: text("a"),
                description: text("b"),
                location: text("c"),
                starts,
                ends,
            },
        ),
    ];
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        for (path, what) in all {
            discord.faults(Route::Make, [Some(Fault::CutAfter), Some(Fault::CutBefore)]);
            let made: Vec<_> = [bot.does(&errand(what.clone())).await, bot.does(&errand(what)).await].into();
            let there: Vec<_> = discord
                .made(path)
                .iter()
                .map(|it| Outcome::Made(it["id"].as_str().unwrap().parse().unwrap()))
                .collect();
            assert_eq!(made, there, "{path}");
        }
        bot.stop().await;
    });
}

/// Neither keeps the other waiting: letters come in between the errands, and errands between the letters.
#[test]
fn letters_and_errands_take_turns() {
    let discord = Discord::start(start());
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        let dms: Vec<u64> = (1..=300).collect();
        let known = |tx: &mut crate::store::Tx<'_>| {
            dms.iter().try_for_each(|n| remember_dm(tx, UserId(*n), ChannelId(1_000 + n)))
        };
        bot.store.write(known).await.unwrap();
        let (guild, role) = (GUILD, RoleId(4));
        let gives = |n| errand(What::AddToThread { thread: ChannelId(n), user: UserId(3) });
        let errands: Vec<_> = (1..=300).map(gives).collect();
        let letters: Vec<_> = dms.iter().map(|n| super::letter(person(*n), "morning")).collect();
        bot.asks(&errands).await;
        bot.post(&letters).await;
        bot.asks(&[errand(What::GiveRole { guild, user: UserId(3), role })]).await;
        bot.idle().await;
        let requests = discord.world.lock().requests.clone();
        let place = |route: Route, nth: usize| {
            let of_it = requests.iter().enumerate().filter(|(_, (met, _))| *met == route);
            of_it.map(|(place, _)| place).nth(nth).unwrap()
        };
        assert!(place(Route::Send, 100) < place(Route::Change, 290), "letters come in between");
        assert!(place(Route::Change, 100) < place(Route::Send, 290), "errands come in between");
        bot.stop().await;
    });
}

#[test]
fn what_one_server_asks_for_does_not_keep_another_waiting() {
    let discord = Discord::start(start());
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        let many: Vec<_> = (0..200).map(|n| thread(&format!("Circle {n}"))).collect();
        bot.asks(&many).await;
        let (user, role) = (UserId(3), RoleId(4));
        for guild in [GuildId(2), GuildId(9)] {
            bot.asks(&[errand(What::GiveRole { guild, user, role })]).await;
        }
        bot.idle().await;
        let requests = discord.world.lock().requests.clone();
        let gives = requests.iter().enumerate().filter(|(_, (route, _))| *route == Route::Change);
        assert!(gives.map(|(place, _)| place).max().unwrap() < 60, "they come in between");
        assert_eq!(discord.made(THREADS).len(), 200);
        bot.stop().await;
    });
}

#[test]
fn the_next_turn_is_told_to_whoever_moves_the_clock() {
    let discord = Discord::start(start());
    discord.faults(Route::Make, [Some(Fault::CutAfter)]);
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        bot.asks(&[thread("Circle")]).await;
        bot.idle().await;
        let next = bot.delivery.next_due().unwrap().unwrap();
        assert!(next > start(), "it is put off");
        bot.clock.set(start() + SignedDuration::from_secs(4));
        bot.idle().await;
        assert_eq!(discord.count(Route::Look), 0, "a request under way could still take effect");
        bot.settle().await;
        assert_eq!(bot.delivery.next_due().unwrap(), None);
        assert_eq!(discord.made(THREADS).len(), 1);
        bot.stop().await;
    });
}
