//! What Kith proposes to write to somebody fits what there was between the two.

use crate::kit::{Person, Town};

/// The openers of so many nudges about Bo, a day apart.
async fn offered(town: &Town, ana: &Person<'_>, days: usize) -> Vec<String> {
    let mut all = Vec::new();
    for _ in 0..days {
        town.passes("1d").await;
        let letter = ana.latest().await;
        all.extend(letter.openers());
        ana.presses(&letter, "Skip").await;
    }
    all
}

/// docs/nudges.md: openers-untouched
#[tokio::test]
async fn to_whom_one_never_talked_no_opener_speaks_of_a_talk() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Bo every: 1 day").await;
    let speaks = |opener: &String| opener.contains("last spoke") || opener.contains("our last talk");
    // More than there are, so that some come again.
    let all = offered(&town, &ana, 20).await;
    assert_eq!(all.len(), 40);
    assert_eq!(all.iter().find(|opener| speaks(opener)), None);
    ana.runs("/log who: Bo note: she is moving to compilers").await;
    let all = offered(&town, &ana, 8).await;
    assert!(all.iter().any(speaks), "{all:#?}");
    assert!(!all.iter().any(|opener| opener.contains("she is moving")), "{all:#?}");
    town.close().await;
}
