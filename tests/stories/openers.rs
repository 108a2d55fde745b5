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
    let speaks = |opener: &String| opener.contains("last spoke") || opener.contains("last talked");
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

/// docs/nudges.md: openers-own
#[tokio::test]
async fn people_are_called_by_their_first_name_and_ones_own_note_is_left_as_it_is() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs("/connection add name: Dr. Grace Hopper every: 1 day").await;
    ana.runs("/connection add name: Hopkins, Bo every: 1 day").await;
    ana.runs("/settings digest: each").await;
    town.passes("1d").await;
    for (whom, called) in [("**Dr. Grace Hopper**", "Grace"), ("**Hopkins, Bo**", "Bo")] {
        let openers = ana.letter(whom).await.openers();
        assert_eq!(openers.len(), 2);
        for opener in &openers {
            assert!(opener.contains(called), "{opener}");
            assert!(!opener.contains("Dr.") && !opener.contains("Hop"), "{opener}");
        }
    }
    ana.runs("/nudge me about: send the contract when: in 20 minutes who: Grace").await;
    town.passes("20m").await;
    let own = ana.letter("send the contract").await;
    assert_eq!(own.first(), "**Dr. Grace Hopper**: send the contract");
    assert_eq!(own.openers(), [""; 0]);
    town.close().await;
}
