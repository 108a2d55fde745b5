//! Wherever an errand breaks off, it is done once.

use std::time::Duration;

use proptest::prelude::*;

use super::discord::{Discord, Fault, Route};
use super::errands::{GUILD, THREADS, errand, thread, told};
use super::{Bot, open_store, runtime, start};
use crate::delivery::*;
use crate::id::{ChannelId, RoleId, UserId};
use crate::store::Store;

/// The process dies at every request in turn, before and after Discord has done it.
#[test]
fn a_crash_at_each_request_neither_loses_nor_doubles_an_errand() {
    let crashes = [
        (Route::Make, Fault::HangBefore),
        (Route::Make, Fault::HangAfter),
        (Route::Look, Fault::HangBefore),
        (Route::Change, Fault::HangBefore),
        (Route::Change, Fault::HangAfter),
    ];
    for (route, fault) in crashes {
        for nth in [0, 1, 7] {
            let mut discord = Discord::start(start());
            let directory = tempfile::tempdir().unwrap();
            discord.faults(route, std::iter::repeat_n(None, nth).chain([Some(fault.clone())]));
            if route == Route::Look {
                // So that there is something to look for.
                discord.faults(Route::Make, vec![Some(Fault::CutAfter); 12]);
            }
            let threads: Vec<_> = (0..20).map(|n| thread(&format!("Circle {}", n % 10))).collect();
            let adds: Vec<_> = (0..10)
                .map(|n| errand(What::AddToThread { thread: ChannelId(n), user: UserId(3) }))
                .collect();
            let first = runtime();
            let met = first.block_on(async {
                let bot = Bot::start(&discord, open_store(directory.path()));
                bot.asks(&threads).await;
                bot.asks(&adds).await;
                tokio::select! {
                    met = discord.hung.recv() => met.is_some(),
                    () = bot.settle() => false,
                }
            });
            first.shutdown_timeout(Duration::from_secs(5));
            assert!(met, "{route:?} {nth}");
            discord.world.lock().faults.clear();
            runtime().block_on(async {
                let bot = Bot::start(&discord, open_store(directory.path()));
                bot.settle().await;
                once_each(&discord, &bot, &threads);
                assert!(adds.iter().all(|it| bot.outcome(it) == Some(Outcome::Done)));
                bot.stop().await;
            });
        }
    }
}

/// What the process before may have left on the way is not looked for at once: it could take effect behind the look.
#[test]
fn after_a_start_what_is_on_the_way_may_arrive_first() {
    let mut discord = Discord::start(start());
    discord.faults(Route::Make, [Some(Fault::HangBefore)]);
    runtime().block_on(async {
        let bot = Bot::start(&discord, Store::temporary().unwrap());
        let circle = thread("Circle");
        bot.asks(std::slice::from_ref(&circle)).await;
        discord.hung.recv().await.unwrap();
        let store = bot.store.clone();
        bot.stop().await;
        let again = Bot::start(&discord, store);
        again.idle().await;
        assert_eq!(discord.count(Route::Look), 0);
        discord.has(
            THREADS,
            serde_json::json!({
                "id": "1574711171481600001", "name": "Circle", "type": 12, "owner_id": "99", "parent_id": "7",
            }),
        );
        again.settle().await;
        assert_eq!(again.outcome(&circle), Some(Outcome::Made(1_574_711_171_481_600_001)));
        assert_eq!(discord.made(THREADS).len(), 1);
        again.stop().await;
    });
}

/// Each thread was made once, and each errand knows another one.
fn once_each(discord: &Discord, bot: &Bot, threads: &[Errand]) {
    let mut noted: Vec<u64> = threads.iter().filter_map(|it| bot.outcome(it)?.made()).collect();
    let mut made: Vec<u64> =
        discord.made(THREADS).iter().map(|it| it["id"].as_str().unwrap().parse().unwrap()).collect();
    noted.sort_unstable();
    made.sort_unstable();
    assert_eq!(made, noted);
    assert_eq!(made.len(), threads.len());
}

fn fault() -> impl Strategy<Value = Option<Fault>> {
    prop_oneof![
        2 => Just(None),
        1 => Just(Some(Fault::CutBefore)),
        2 => Just(Some(Fault::CutAfter)),
        1 => Just(Some(Fault::Refuse(500, 0))),
        1 => Just(Some(Fault::Refuse(403, 20_028))),
        1 => Just(Some(Fault::Limit { ms: 50, global: false })),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever goes wrong on the way, in whatever order: each is made once, though names repeat.
    #[test]
    fn each_errand_is_done_once(
        makes in prop::collection::vec(fault(), 0..12),
        looks in prop::collection::vec(fault(), 0..8),
        changes in prop::collection::vec(fault(), 0..6),
    ) {
        let discord = Discord::start(start());
        discord.faults(Route::Make, makes);
        discord.faults(Route::Look, looks);
        discord.faults(Route::Change, changes);
        runtime().block_on(async {
            let bot = Bot::start(&discord, Store::temporary().unwrap());
            let threads: Vec<_> = (0..8).map(|n| thread(&format!("Circle {}", n % 3))).collect();
            let (guild, role) = (GUILD, RoleId(4));
            let roles: Vec<_> = (0..4).map(|n| errand(What::GiveRole { guild, user: UserId(n), role })).collect();
            bot.asks(&threads).await;
            bot.asks(&roles).await;
            bot.settle().await;
            once_each(&discord, &bot, &threads);
            assert!(roles.iter().all(|it| bot.outcome(it) == Some(Outcome::Done)));
            assert!(!told(&bot.store, &bot.clock).await.is_empty());
            bot.stop().await;
        });
    }
}
