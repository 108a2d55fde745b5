//! Whatever goes wrong between here and Discord: each letter arrives once.

use proptest::prelude::*;

use super::discord::{Discord, Fault, Route, dm};
use super::{Bot, letter, person, runtime, start};
use crate::store::Store;

/// Each fault, alone and one after the other: every letter arrives once, in order, though the
/// other side compares no nonces.
#[test]
fn faults_neither_lose_nor_double() {
    use Fault::{CutAfter, CutBefore, Limit, Refuse};
    let limit = |ms| Limit { ms, global: false };
    let global = Limit { ms: 60, global: true };
    let cases: Vec<Vec<Fault>> = vec![
        vec![CutBefore],
        vec![CutAfter],
        vec![limit(60)],
        vec![global.clone()],
        vec![Refuse(500, 0)],
        vec![Refuse(502, 0), CutAfter],
        vec![Refuse(403, 20_028), Refuse(404, 0)],
        vec![CutBefore, limit(50), CutBefore, Refuse(503, 0), global, CutAfter],
    ];
    for case in cases {
        let discord = Discord::start(start());
        discord.faults(Route::Send, case.iter().cloned().map(Some));
        discord.faults(Route::List, [Some(CutBefore), Some(Refuse(500, 0))]);
        discord.faults(Route::Open, [Some(CutAfter), Some(Refuse(429, 40_003)), Some(Refuse(500, 0))]);
        runtime().block_on(async {
            let bot = Bot::start(&discord, Store::temporary().unwrap());
            bot.post(&[letter(person(1), "a"), letter(person(1), "b"), letter(person(1), "c")]).await;
            bot.settle().await;
            assert_eq!(discord.texts(dm(1)), ["a", "b", "c"], "{case:?}");
            bot.stop().await;
        });
    }
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

    /// Whatever goes wrong on the way, in whatever order: each letter arrives once, in order.
    #[test]
    fn each_letter_arrives_once(
        sends in prop::collection::vec(fault(), 0..10),
        opens in prop::collection::vec(fault(), 0..4),
        lists in prop::collection::vec(fault(), 0..6),
        compares_nonces: bool,
    ) {
        let discord = Discord::start(start());
        discord.world.lock().compares_nonces = compares_nonces;
        discord.faults(Route::Send, sends);
        discord.faults(Route::Open, opens);
        discord.faults(Route::List, lists);
        runtime().block_on(async {
            let bot = Bot::start(&discord, Store::temporary().unwrap());
            let letters: Vec<_> = (0..8).map(|n| letter(person(1 + n % 2), &n.to_string())).collect();
            bot.post(&letters).await;
            bot.settle().await;
            assert_eq!(discord.texts(dm(1)), ["0", "2", "4", "6"]);
            assert_eq!(discord.texts(dm(2)), ["1", "3", "5", "7"]);
            bot.stop().await;
        });
    }
}
