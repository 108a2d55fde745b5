mod discord;
mod errands;
mod errands_lost;
mod faults;
mod guild;
mod killed;
mod told;

use std::path::Path;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use self::discord::{Discord, Fault, Route, dm};
use super::*;
use crate::clock::Clock;
use crate::discord::message::Button;
use crate::shutdown::Shutdown;
use crate::store::Store;

fn start() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

fn letter(to: To, text: &str) -> Letter {
    let id = Id::new(start());
    let message = Message::new(text).buttons([Button::primary("Done", format!("1:done:{id}"))]);
    Letter::new(to, message, start()).with_id(id)
}

fn person(user: u64) -> To {
    To::Person(UserId(user))
}

/// A bot's part of this area, running.
struct Bot {
    store: Store,
    clock: Clock,
    delivery: Delivery,
    shutdown: Shutdown,
    task: tokio::task::JoinHandle<()>,
}

impl Bot {
    /// Must be called within a runtime.
    fn start(discord: &Discord, store: Store) -> Self {
        Self::over(&discord.base, store)
    }

    /// Must be called within a runtime.
    fn over(base: &str, store: Store) -> Self {
        let clock = Clock::fixed(start());
        let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(15));
        let transport = Transport::new(client, base, "the.token", 1_000).unwrap();
        let limits = Limits {
            opens: 1_000,
            open_pause: Duration::from_millis(20),
            last_wait: Duration::from_millis(100),
            ..Limits::default()
        };
        let delivery = Delivery::new(store.clone(), clock.clone(), transport, limits);
        let shutdown = Shutdown::new();
        let (running, stop) = (delivery.clone(), shutdown.clone());
        let task = tokio::spawn(async move { running.run(&stop).await });
        Self { store, clock, delivery, shutdown, task }
    }

    async fn post(&self, letters: &[Letter]) {
        self.store
            .write(|tx| letters.iter().try_for_each(|letter| post(tx, letter).map(drop)))
            .await
            .unwrap();
    }

    async fn idle(&self) {
        tokio::time::timeout(Duration::from_secs(20), self.delivery.idle()).await.unwrap().unwrap();
    }

    /// Lets all waits of the bot's own clock pass until nothing is left to do.
    async fn settle(&self) {
        loop {
            self.idle().await;
            match self.delivery.next_due().unwrap() {
                Some(next) if !self.delivery.is_barred() => self.clock.set(next.max(self.clock.now())),
                _ => return,
            }
        }
    }

    async fn stop(self) {
        self.shutdown.begin();
        tokio::time::timeout(Duration::from_secs(12), self.task).await.unwrap().unwrap();
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

fn open_store(path: &Path) -> Store {
    Store::open(path).unwrap()
}

#[test]
fn letters_arrive_in_order_and_are_noted() {
    let discord = Discord::start(start());
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        let letters: Vec<_> = (0..60).map(|n| letter(person(1 + n % 3), &n.to_string())).collect();
        let posts = letter(To::Channel(ChannelId(7)), "round");
        bot.post(&letters).await;
        bot.post(std::slice::from_ref(&posts)).await;
        bot.post(&letters[..5]).await;
        bot.idle().await;
        for user in 1..=3 {
            let wanted: Vec<_> = (0..60).filter(|n| 1 + n % 3 == user).map(|n| n.to_string()).collect();
            assert_eq!(discord.texts(dm(user)), wanted);
        }
        assert_eq!(discord.texts(7), ["round"]);
        assert_eq!(discord.count(Route::Open), 3);
        assert_eq!(discord.count(Route::List), 0);
        let noted = bot.store.read(|tx| sent(tx, posts.id)).unwrap().unwrap();
        assert_eq!((noted.channel, noted.at), (ChannelId(7), start()));
        assert!(!bot.store.write(|tx| post(tx, &posts)).await.unwrap(), "sent before");
        let headers = discord.world.lock().headers[0].clone();
        assert_eq!(headers["authorization"], "Bot the.token");
        assert!(headers["user-agent"].to_str().unwrap().starts_with("DiscordBot (https://"));
        bot.stop().await;
    });
}

#[test]
fn what_is_posted_for_later_waits_for_the_clock() {
    let discord = Discord::start(start());
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        let later = start() + SignedDuration::from_hours(24);
        bot.post(&[letter(person(1), "tomorrow").not_before(later), letter(person(1), "today")]).await;
        bot.idle().await;
        assert_eq!(discord.texts(dm(1)), ["today"]);
        assert_eq!(bot.delivery.next_due().unwrap(), Some(later));
        bot.clock.set(later);
        bot.idle().await;
        assert_eq!(discord.texts(dm(1)), ["today", "tomorrow"]);
        bot.stop().await;
    });
}

#[test]
fn closed_dms_hold_letters_until_tried_again() {
    let discord = Discord::start(start());
    discord.world.lock().closed.push(dm(1));
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        bot.post(&[letter(person(1), "a"), letter(person(1), "b"), letter(person(2), "other")]).await;
        bot.settle().await;
        let read = |store: &Store| {
            let since = store.read(|tx| unreachable(tx, person(1))).unwrap();
            (since, store.read(|tx| held(tx, person(1))).unwrap().len())
        };
        assert_eq!(read(&bot.store), (Some(start()), 2));
        assert_eq!(discord.texts(dm(2)), ["other"]);
        bot.post(&[letter(person(1), "c")]).await;
        bot.settle().await;
        assert_eq!(discord.count(Route::Send), 2, "nobody keeps asking");
        discord.world.lock().closed.clear();
        bot.store.write(|tx| try_again(tx, person(1))).await.unwrap();
        bot.settle().await;
        assert_eq!(discord.texts(dm(1)), ["a", "b", "c"]);
        assert_eq!(read(&bot.store), (None, 0));
        bot.stop().await;
    });
}

#[test]
fn a_lost_dm_channel_is_opened_anew_and_a_closed_channel_holds() {
    let discord = Discord::start(start());
    discord.faults(Route::Send, [Some(Fault::Refuse(404, 10_003)), None, Some(Fault::Refuse(403, 50_013))]);
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        bot.store.write(|tx| remember_dm(tx, UserId(1), ChannelId(5))).await.unwrap();
        bot.post(&[letter(person(1), "a")]).await;
        bot.settle().await;
        assert_eq!(discord.texts(dm(1)), ["a"]);
        assert_eq!(bot.store.read(|tx| dm_channel(tx, UserId(1))).unwrap(), Some(ChannelId(dm(1))));
        bot.post(&[letter(To::Channel(ChannelId(7)), "x")]).await;
        bot.settle().await;
        assert!(bot.store.read(|tx| unreachable(tx, To::Channel(ChannelId(7)))).unwrap().is_some());
        bot.store.write(|tx| try_again(tx, To::Channel(ChannelId(7)))).await.unwrap();
        bot.settle().await;
        assert_eq!(discord.texts(7), ["x"]);
        bot.stop().await;
    });
}

#[test]
fn what_waits_is_given_over_in_order_and_what_is_in_flight_stays() {
    let mut discord = Discord::start(start());
    discord.world.lock().closed.push(dm(1));
    discord.faults(Route::Send, [None, Some(Fault::HangAfter)]);
    let thread = To::Channel(ChannelId(7));
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        bot.post(&[letter(person(1), "a"), letter(person(1), "b")]).await;
        bot.settle().await;
        assert_eq!(bot.store.read(|tx| held(tx, person(1))).unwrap().len(), 2);
        bot.post(&[letter(person(2), "c"), letter(person(2), "d")]).await;
        discord.hung.recv().await.unwrap();
        for from in [1, 2] {
            bot.store.write(|tx| readdress(tx, person(from), thread, start())).await.unwrap();
        }
        bot.post(&[letter(thread, "e")]).await;
        let store = bot.store.clone();
        bot.stop().await;
        let again = Bot::start(&discord, store);
        again.settle().await;
        assert_eq!(discord.texts(dm(2)), ["c"], "it was on its way");
        assert_eq!(discord.texts(7), ["a", "b", "d", "e"]);
        discord.world.lock().closed.clear();
        again.store.write(|tx| try_again(tx, person(1))).await.unwrap();
        again.settle().await;
        assert!(discord.texts(dm(1)).is_empty());
        again.stop().await;
    });
}

#[test]
fn a_bad_letter_is_put_aside_and_a_bad_token_stops_all() {
    let discord = Discord::start(start());
    discord.faults(Route::Send, [Some(Fault::Refuse(400, 50_035)), None, Some(Fault::Refuse(401, 0))]);
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        bot.post(&[letter(person(1), "bad"), letter(person(1), "good")]).await;
        bot.settle().await;
        assert_eq!(discord.texts(dm(1)), ["good"]);
        let aside = bot.store.read(|tx| refused(tx, 10)).unwrap();
        assert_eq!(aside.len(), 1);
        assert_eq!(aside[0].letter.message.content, "bad");
        bot.post(&[letter(person(1), "later"), letter(person(2), "later")]).await;
        bot.idle().await;
        assert!(bot.delivery.is_barred());
        let store = bot.store.clone();
        bot.stop().await;
        let again = Bot::start(&discord, store);
        again.settle().await;
        assert_eq!(discord.texts(dm(1)), ["good", "later"]);
        assert_eq!(discord.texts(dm(2)), ["later"]);
        again.stop().await;
    });
}

#[test]
fn a_channel_is_opened_once_when_asked_for() {
    let discord = Discord::start(start());
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        bot.store.write(|tx| open_dm(tx, UserId(1), start())).await.unwrap();
        bot.idle().await;
        bot.store.write(|tx| open_dm(tx, UserId(1), start())).await.unwrap();
        bot.post(&[letter(person(1), "a")]).await;
        bot.idle().await;
        assert_eq!((discord.count(Route::Open), discord.texts(dm(1)).len()), (1, 1));
        let withdrawn = letter(person(1), "never").not_before(start() + SignedDuration::from_hours(1));
        bot.post(std::slice::from_ref(&withdrawn)).await;
        assert!(bot.store.write(|tx| withdraw(tx, withdrawn.id)).await.unwrap());
        assert_eq!(bot.delivery.next_due().unwrap(), None);
        bot.store.write(|tx| forget(tx, person(1))).await.unwrap();
        assert_eq!(bot.store.read(|tx| outbox::SENT.count(tx, &())).unwrap(), 0);
        assert_eq!(bot.store.read(|tx| dm_channel(tx, UserId(1))).unwrap(), None);
        bot.stop().await;
    });
}

/// The process dies at every request in turn, before and after Discord has done it.
#[test]
fn a_crash_at_each_request_neither_loses_nor_doubles() {
    let crashes = [
        (Route::Open, Fault::HangBefore),
        (Route::Open, Fault::HangAfter),
        (Route::Send, Fault::HangBefore),
        (Route::Send, Fault::HangAfter),
        (Route::List, Fault::HangBefore),
    ];
    for (route, fault) in crashes {
        for nth in 0..4 {
            let mut discord = Discord::start(start());
            let directory = tempfile::tempdir().unwrap();
            let before = std::iter::repeat_n(None, nth);
            discord.faults(route, before.chain([Some(fault.clone())]));
            if route == Route::List {
                // So that there is something to look for.
                discord.faults(Route::Send, vec![Some(Fault::CutAfter); 8]);
            }
            let first = runtime();
            let met = first.block_on(async {
                let bot = Bot::start(&discord, open_store(directory.path()));
                let letters: Vec<_> = (0..6).map(|n| letter(person(1 + n % 2), &n.to_string())).collect();
                bot.post(&letters).await;
                tokio::select! {
                    met = discord.hung.recv() => met.is_some(),
                    () = bot.settle() => false,
                }
            });
            first.shutdown_timeout(Duration::from_secs(5));
            assert_eq!(met, route != Route::Open || nth < 2, "{route:?} {nth}");
            discord.world.lock().faults.clear();
            runtime().block_on(async {
                let bot = Bot::start(&discord, open_store(directory.path()));
                bot.settle().await;
                bot.stop().await;
            });
            assert_eq!(discord.texts(dm(1)), ["0", "2", "4"], "{route:?} {fault:?} {nth}");
            assert_eq!(discord.texts(dm(2)), ["1", "3", "5"], "{route:?} {fault:?} {nth}");
        }
    }
}

/// Two letters with the same first button: the one that arrived is not taken for the other.
#[test]
fn an_earlier_letter_with_the_same_button_is_not_mistaken() {
    let discord = Discord::start(start());
    discord.faults(Route::Send, [None, Some(Fault::CutBefore)]);
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        let message = |text| Message::new(text).buttons([Button::primary("Done", "1:done:same".to_owned())]);
        bot.post(&[Letter::new(person(1), message("a"), start())]).await;
        bot.settle().await;
        bot.post(&[Letter::new(person(1), message("b"), start())]).await;
        bot.settle().await;
        assert_eq!(discord.texts(dm(1)), ["a", "b"]);
        bot.stop().await;
    });
}

/// A stop waits for what is under way, but not for ever; what is left in flight arrives once.
#[test]
fn a_stop_leaves_nothing_behind_that_the_next_start_does_not_find() {
    let mut discord = Discord::start(start());
    discord.faults(Route::Send, [None, Some(Fault::HangAfter)]);
    let directory = tempfile::tempdir().unwrap();
    let letters: Vec<_> = (0..4).map(|n| letter(person(1), &n.to_string())).collect();
    runtime().block_on(async {
        let bot = Bot::start(&discord, open_store(directory.path()));
        bot.post(&letters).await;
        tokio::time::timeout(Duration::from_secs(10), discord.hung.recv()).await.unwrap();
        let store = bot.store.clone();
        bot.stop().await;
        let left = store.read(|tx| outbox::first(tx, person(1))).unwrap().unwrap().1;
        assert_eq!(left.state, State::InFlight { since: start(), channel: ChannelId(dm(1)) });
        store.close().await.unwrap();
    });
    runtime().block_on(async {
        let bot = Bot::start(&discord, open_store(directory.path()));
        bot.settle().await;
        assert_eq!(discord.texts(dm(1)), ["0", "1", "2", "3"]);
        bot.stop().await;
    });
}

#[test]
fn a_long_limit_is_not_asked_against() {
    let discord = Discord::start(start());
    discord.faults(Route::Send, [Some(Fault::Limit { ms: 3_600_000, global: false })]);
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        bot.store.write(|tx| remember_dm(tx, UserId(1), ChannelId(dm(1)))).await.unwrap();
        bot.store.write(|tx| remember_dm(tx, UserId(2), ChannelId(dm(2)))).await.unwrap();
        bot.post(&[letter(person(1), "a")]).await;
        bot.idle().await;
        bot.post(&[letter(person(2), "b")]).await;
        bot.idle().await;
        assert_eq!(discord.world.lock().requests.len(), 1);
        let next = bot.delivery.next_due().unwrap().unwrap();
        assert!(next > start() + SignedDuration::from_mins(59), "{next}");
        bot.stop().await;
    });
}

/// Many people at once: all is sent, and nobody waits for another's limit.
#[test]
fn a_morning_of_many() {
    let discord = Discord::start(start());
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        let letters: Vec<_> = (0..400).map(|n| letter(person(n), "morning")).collect();
        bot.store
            .write(|tx| (0..400).try_for_each(|n| remember_dm(tx, UserId(n), ChannelId(dm(n)))))
            .await
            .unwrap();
        bot.post(&letters).await;
        bot.idle().await;
        let others = (0..400).map(|n| discord.texts(dm(n))).filter(|texts| texts != &["morning"]);
        assert_eq!(others.collect::<Vec<_>>(), Vec::<Vec<String>>::new());
        bot.stop().await;
    });
}
