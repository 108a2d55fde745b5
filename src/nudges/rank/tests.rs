use super::*;
use crate::connections::{Last, Ledger, What};
use crate::when::Coming;
use proptest::prelude::*;

fn day(n: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + n * 86_400).unwrap()
}

/// Somebody who was talked to on day 0, with no rhythm.
fn somebody(id: u64) -> Connection {
    Connection {
        last: Some(Last { what: What::Chat, at: day(0), note: None }),
        ..Connection::new(Id(id), format!("Somebody {id}"), day(-100))
    }
}

fn weekly(id: u64) -> Connection {
    Connection { every: Some(Cadence::weeks(1)), turn: Turn::Planned(Coming::at(day(7))), ..somebody(id) }
}

fn had(asked: u32, received: u32, gave: u32) -> Ledger {
    Ledger { asked, received, gave, had_since: Some(day(-9)), ..Ledger::default() }
}

fn score(connection: &Connection, on: i64) -> u32 {
    urgency(connection, day(on)).map_or(0, |urgency| urgency.score)
}

#[test]
fn nothing_speaks_for_somebody_in_their_rhythm_or_without_one() {
    assert_eq!(urgency(&weekly(1), day(6)), None);
    assert_eq!(urgency(&somebody(1), day(5_000)), None);
    let even = Connection { ledger: had(1, 1, 2), ..somebody(1) };
    assert_eq!(urgency(&even, day(3)), None);
}

/// docs/nudges.md: most-pressing
#[test]
fn overdue_says_by_how_much_of_the_rhythm() {
    let expected = |share| vec![Reason::Overdue { every: Cadence::weeks(1), since: day(0), share }];
    assert_eq!(urgency(&weekly(1), day(7)), Some(Urgency { score: 100, reasons: expected(100) }));
    assert_eq!(urgency(&weekly(1), day(14)), Some(Urgency { score: 200, reasons: expected(200) }));
    assert_eq!(urgency(&weekly(1), day(700)), Some(Urgency { score: 400, reasons: expected(10_000) }));
}

#[test]
fn before_the_first_touch_the_adding_counts() {
    let untouched = Connection { last: None, added: day(-7), ..weekly(1) };
    assert_eq!(score(&untouched, 0), 100);
    assert_eq!(score(&untouched, -1), 0);
}

#[test]
fn a_turn_that_has_come_is_due_even_where_the_rhythm_is_longer() {
    // "every friday", and they talked on Thursday.
    let planned = Connection { turn: Turn::Planned(Coming::at(day(1))), ..weekly(1) };
    assert_eq!((score(&planned, 0), score(&planned, 1)), (0, 100));
    let open = Connection { turn: Turn::Open(Id(5)), ..weekly(1) };
    assert_eq!(score(&open, 1), 100);
}

#[test]
fn a_tenth_of_a_long_rhythm_weighs_as_much_as_one_of_a_short() {
    let quarterly = Connection { every: Some(Cadence::days(90)), ..somebody(1) };
    assert_eq!(score(&quarterly, 99), 110);
    let every_ten_days = Connection { every: Some(Cadence::days(10)), ..somebody(2) };
    assert_eq!(score(&every_ten_days, 11), 110);
}

#[test]
fn what_is_owed_weighs_more_the_more_it_is() {
    let owing = |asked, received, gave| {
        let connection = Connection { ledger: had(asked, received, gave), ..somebody(1) };
        score(&connection, 0)
    };
    assert_eq!([owing(1, 0, 0), owing(0, 1, 0), owing(2, 1, 2)], [60, 60, 60]);
    assert_eq!([owing(2, 0, 0), owing(3, 3, 1), owing(90, 90, 0)], [80, 140, 140]);
    let ledger = had(2, 1, 1);
    let urgency = urgency(&Connection { ledger, ..somebody(1) }, day(0)).unwrap();
    assert_eq!(urgency.reasons, [Reason::HadMore { asked: 2, received: 1, gave: 1, since: day(-9) }]);
}

/// docs/nudges.md: most-pressing
#[test]
fn a_close_tie_fades_after_twice_its_rhythm_or_twice_the_usual_one() {
    // A mentor's usual rhythm is four weeks.
    let mentor = Connection { relationship: Some(Relationship::Mentor), ..somebody(1) };
    assert_eq!([score(&mentor, 55), score(&mentor, 56), score(&mentor, 84)], [0, 80, 120]);
    assert_eq!(score(&mentor, 5_000), 200);
    let weekly = Connection { relationship: Some(Relationship::Mentor), ..weekly(1) };
    assert_eq!(score(&weekly, 14), 200 + 80);
    let reasons = urgency(&mentor, day(56)).unwrap().reasons;
    let close = Some(Relationship::Mentor);
    assert_eq!(reasons, [Reason::Fading { close, touches: 0, since: day(0), share: 200 }]);
}

#[test]
fn many_touches_make_a_tie_strong_too() {
    let talked = |all| Connection { ledger: Ledger { all, ..Ledger::default() }, ..somebody(1) };
    // Six weeks are usual.
    assert_eq!([score(&talked(4), 500), score(&talked(5), 83), score(&talked(5), 84)], [0, 0, 80]);
    let reasons = urgency(&talked(5), day(84)).unwrap().reasons;
    assert_eq!(reasons, [Reason::Fading { close: None, touches: 5, since: day(0), share: 200 }]);
}

#[test]
fn the_relationships_that_fade_are_those_that_much_hangs_on() {
    use Relationship as R;
    for (relationship, _) in R::ALL {
        let known = Connection { relationship: Some(*relationship), ..somebody(1) };
        let close =
            matches!(relationship, R::Mentor | R::Mentee | R::Sponsor | R::Protege | R::Manager | R::Friend);
        assert_eq!(score(&known, 1_000) > 0, close, "{relationship:?}");
    }
}

#[test]
fn the_weightiest_reason_comes_first() {
    let mentor = Connection { relationship: Some(Relationship::Mentor), ledger: had(1, 0, 0), ..somebody(1) };
    let kinds = |on| -> Vec<&str> {
        let reasons = urgency(&mentor, day(on)).unwrap().reasons;
        reasons
            .iter()
            .map(|it| match it {
                Reason::Overdue { .. } => "overdue",
                Reason::HadMore { .. } => "had more",
                Reason::Fading { .. } => "fading",
            })
            .collect()
    };
    assert_eq!(kinds(0), ["had more"]);
    assert_eq!(kinds(56), ["fading", "had more"]);
}

/// docs/nudges.md: most-pressing, one-message
#[test]
fn who_is_due_comes_before_who_is_owed_and_what_is_planned_before_both() {
    let due = weekly(1);
    let owed = Connection { ledger: had(2, 0, 0), ..somebody(2) };
    let fading = Connection { relationship: Some(Relationship::Friend), ..somebody(3) };
    let nothing = somebody(4);
    let now = day(7);
    let later = day(6_000);
    let mut places = [
        (Place::of(&nothing, now), "nothing"),
        (Place::of(&owed, now), "owed"),
        (Place::of(&due, now), "due"),
        (Place::planned(now, Id(9)), "planned"),
        (Place::planned(day(6), Id(10)), "planned earlier"),
    ];
    places.sort();
    let order = places.map(|(_, what)| what);
    assert_eq!(order, ["planned earlier", "planned", "due", "owed", "nothing"]);
    assert!(Place::of(&fading, later) < Place::of(&owed, later));
}

#[test]
fn among_equals_the_longer_silence_comes_first_then_who_was_added_first() {
    let longer = Connection { last: Some(Last { what: What::Met, at: day(-1), note: None }), ..somebody(7) };
    let mut all = [somebody(2), somebody(1), longer];
    all.sort_by_key(|it| Place::of(it, day(1)));
    assert_eq!(all.map(|it| it.id), [Id(7), Id(1), Id(2)]);
}

fn any_connection() -> impl Strategy<Value = Connection> {
    let every = prop_oneof![
        Just(None),
        (1u16..60).prop_map(|n| Some(Cadence::days(n))),
        (1u16..20).prop_map(|n| Some(Cadence::months(n))),
    ];
    let relationship = prop::option::of(prop::sample::select(Relationship::ALL));
    let turn = prop_oneof![
        Just(Turn::Off),
        (-10i64..300).prop_map(|n| Turn::Planned(Coming::at(day(n)))),
        Just(Turn::Open(Id(1))),
    ];
    let last =
        prop::option::of((-400i64..20).prop_map(|n| Last { what: What::Chat, at: day(n), note: None }));
    let ledger = (0u32..6, 0u32..6, 0u32..6, 0u32..12);
    (1u64..6, every, relationship, turn, last, ledger).prop_map(
        |(id, every, relationship, turn, last, ledger)| {
            let (asked, received, gave, all) = ledger;
            let ledger = Ledger { all, ..had(asked, received, gave) };
            Connection {
                every,
                relationship: relationship.map(|(it, _)| it),
                turn,
                last,
                ledger,
                ..somebody(id)
            }
        },
    )
}

fn overdue_share(connection: &Connection, now: Timestamp) -> Option<u32> {
    let reasons = urgency(connection, now).map(|it| it.reasons).unwrap_or_default();
    reasons.into_iter().find_map(|it| if let Reason::Overdue { share, .. } = it { Some(share) } else { None })
}

proptest! {
    #[test]
    fn the_order_is_total(a in any_connection(), b in any_connection(), c in any_connection(), on in -20i64..900) {
        let (a, b, c) = (Place::of(&a, day(on)), Place::of(&b, day(on)), Place::of(&c, day(on)));
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert!(!(a <= b && b <= c) || a <= c);
        prop_assert_eq!(a == b, a.cmp(&b).is_eq());
    }

    #[test]
    fn two_people_are_never_in_the_same_place(a in any_connection(), b in any_connection(), on in -20i64..900) {
        prop_assume!(a.id != b.id);
        prop_assert_ne!(Place::of(&a, day(on)), Place::of(&b, day(on)));
    }

    #[test]
    fn a_later_moment_never_lowers_anything(it in any_connection(), on in -20i64..900, later in 0i64..900) {
        let (now, then) = (day(on), day(on + later));
        prop_assert!(overdue_share(&it, now) <= overdue_share(&it, then));
        let score = |at| urgency(&it, at).map_or(0, |urgency| urgency.score);
        prop_assert!(score(now) <= score(then));
    }

    #[test]
    fn a_score_is_the_sum_of_its_reasons_and_never_empty(it in any_connection(), on in -20i64..900) {
        if let Some(urgency) = urgency(&it, day(on)) {
            prop_assert!(urgency.score > 0);
            prop_assert_eq!(urgency.score, urgency.reasons.iter().map(Reason::points).sum::<u32>());
            prop_assert!(urgency.reasons.windows(2).all(|two| two[0].points() >= two[1].points()));
        } else {
            prop_assert!(it.ledger.had() <= it.ledger.gave);
        }
    }
}
