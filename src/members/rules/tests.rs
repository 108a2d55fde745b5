use jiff::civil::Time;
use proptest::prelude::*;

use super::*;
use crate::clock::Clock;
use crate::connections::{self, Connection, Turn};
use crate::discord::app::App;
use crate::id::{Id, UserId};
use crate::members::{self, Member};
use crate::nudges::{self, Kind, Nudge};
use crate::settings::Settings;
use crate::shutdown::Shutdown;
use crate::store::{Store, StoreError};
use crate::when::Coming;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

/// Berlin as it would be without summer time from 2027 on.
fn berlin_without_summer() -> Rules {
    let now = Rules::of(&zone("Europe/Berlin"));
    let end = at("2027-01-01T00:00:00Z").as_second();
    Rules { changes: now.changes.into_iter().filter(|(at, _)| *at < end).collect(), ..now }
}

/// docs/nudges.md: zone-rules
#[test]
fn nine_there_stays_nine_there() {
    let (old, berlin) = (berlin_without_summer(), zone("Europe/Berlin"));
    // In winter the rules agree.
    assert_eq!(old.moved(at("2027-12-01T08:00:00Z"), &berlin), at("2027-12-01T08:00:00Z"));
    assert_eq!(old.moved(at("2027-07-01T08:00:00Z"), &berlin), at("2027-07-01T07:00:00Z"));
}

#[test]
fn a_time_that_is_no_more_moves_forward_and_one_that_is_twice_is_the_first() {
    let (old, berlin) = (berlin_without_summer(), zone("Europe/Berlin"));
    // 02:30 on the last Sunday of March: by the old rules it is there, by the new ones it is 03:30.
    assert_eq!(old.moved(at("2027-03-28T01:30:00Z"), &berlin), at("2027-03-28T01:30:00Z"));
    // 02:30 on the last Sunday of October, which is there twice now; the second is what was meant before.
    assert_eq!(old.moved(at("2027-10-31T01:30:00Z"), &berlin), at("2027-10-31T01:30:00Z"));
    assert_eq!(old.moved(at("2027-10-31T00:59:00Z"), &berlin), at("2027-10-30T23:59:00Z"));
}

#[test]
fn rules_of_a_zone_without_changes_are_short_and_names_tell_rules_apart() {
    assert_eq!(Rules::of(&zone("Asia/Kathmandu")), Rules { offset: 20_700, changes: vec![] });
    let names = ["Asia/Kathmandu", "Asia/Kolkata", "Europe/Berlin"].map(|it| Rules::of(&zone(it)).name());
    assert!(names[0] != names[1] && names[1] != names[2]);
    // Two names of the same clocks.
    assert_eq!(Rules::of(&zone("Europe/Berlin")).name(), Rules::of(&zone("Europe/Vienna")).name());
    assert_ne!(berlin_without_summer().name(), Rules::of(&zone("Europe/Berlin")).name());
}

const ZONES: &[&str] = &[
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "America/Santiago",
];

proptest! {
    #[test]
    fn kept_rules_say_what_the_zone_says(name in prop::sample::select(ZONES), second in FROM..UNTIL) {
        let (zone, at) = (zone(name), Timestamp::from_second(second).unwrap());
        let rules = Rules::of(&zone);
        prop_assert_eq!(rules.offset_at(at).as_secs(), i64::from(zone.to_offset(at).seconds()));
        prop_assert_eq!(rules.moved(at, &zone), at);
        let json = serde_json::to_string(&rules).unwrap();
        prop_assert_eq!(serde_json::from_str::<Rules>(&json).unwrap(), rules);
    }

    /// From any rules to any others the time of day stays, but for times that are no more.
    #[test]
    fn the_time_of_day_stays(
        name in prop::sample::select(ZONES), second in FROM..UNTIL,
        offset in -14i32..=14, changes in prop::collection::btree_map(FROM..UNTIL, -14i32..=14, 0..6),
    ) {
        let changes = changes.into_iter().map(|(at, hours)| (at, hours * 3_600)).collect();
        let old = Rules { offset: offset * 3_600, changes };
        let (zone, at) = (zone(name), Timestamp::from_second(second).unwrap());
        let local = Offset::UTC.to_datetime(at + old.offset_at(at));
        let moved = old.moved(at, &zone);
        let there = moved.to_zoned_datetime(zone.clone()).datetime();
        if zone.to_ambiguous_zoned_datetime(local).is_ambiguous() {
            prop_assert!(there >= local, "{} {}", there, local);
        } else {
            prop_assert_eq!(there, local);
        }
    }
}

fn app() -> App {
    let fixed = [("discord.token", "any"), ("discord.api_url", "http://127.0.0.1:1")];
    let settings = Settings::load_with(&fixed).unwrap();
    crate::bot::app(&settings, Store::temporary().unwrap(), Clock::system()).unwrap()
}

fn member(zone: &str) -> Member {
    Member::new(zone, Time::constant(9, 0, 0, 0), "en-GB", Timestamp::UNIX_EPOCH)
}

const SUMMER: &str = "2027-07-01T08:00:00Z";

/// A member with a nudge, one set for a span, and a turn, all in summer.
async fn planned(app: &App, user: UserId, zone: &str) {
    let nudge = |id, exact| Nudge {
        id: Id(id),
        about: String::new(),
        connection: None,
        kind: Kind::Custom,
        coming: Coming::at(at(SUMMER)),
        repeat: None,
        exact,
        of: None,
        occasion: None,
    };
    let connection = Connection {
        turn: Turn::Planned(Coming::at(at(SUMMER))),
        ..Connection::new(Id(3), "Grace", Timestamp::UNIX_EPOCH)
    };
    let kept = app.store.write(|tx| -> Result<_, StoreError> {
        members::store::put(tx, user, &member(zone))?;
        nudges::store::put(tx, user, &nudge(1, false))?;
        nudges::store::put(tx, user, &nudge(2, true))?;
        connections::store::put(tx, user, &connection)
    });
    kept.await.unwrap();
}

/// When the nudge, the one set for a span, and the turn come.
fn come(app: &App, user: UserId) -> [String; 3] {
    let read = app.store.read(|tx| -> Result<_, StoreError> {
        let nudge =
            |tx: &mut _, id| Ok::<_, StoreError>(nudges::store::get(tx, user, Id(id))?.unwrap().coming.at);
        let Turn::Planned(turn) = connections::store::get(tx, user, Id(3))?.unwrap().turn else { panic!() };
        Ok([nudge(tx, 1)?, nudge(tx, 2)?, turn.at])
    });
    read.unwrap().map(|at| at.to_string())
}

async fn knew(app: &App, user: UserId, zone: &str, rules: &Rules) {
    app.store.write(|tx| store::put(tx, user, zone, rules)).await.unwrap();
}

#[tokio::test]
async fn each_member_of_the_zone_is_moved_once_whenever_it_stops() {
    let app = app();
    let (ana, bo, cy) = (UserId(1), UserId(2), UserId(3));
    for user in [ana, bo] {
        planned(&app, user, "Europe/Berlin").await;
        knew(&app, user, "Europe/Berlin", &berlin_without_summer()).await;
    }
    planned(&app, cy, "Asia/Tokyo").await;
    // Stopped between the two.
    assert_eq!(app.store.write(|tx| store::follow(tx, &app, ana)).await.unwrap(), 2);
    let moved = ["2027-07-01T07:00:00Z", SUMMER, "2027-07-01T07:00:00Z"].map(ToOwned::to_owned);
    let before = [SUMMER; 3].map(ToOwned::to_owned);
    assert_eq!((come(&app, ana), come(&app, bo)), (moved.clone(), before.clone()));
    let stopped = Shutdown::new();
    stopped.begin();
    assert_eq!(store::catch_up(&app, &stopped).await.unwrap(), 0);
    assert_eq!(store::catch_up(&app, &Shutdown::new()).await.unwrap(), 1);
    assert_eq!(store::catch_up(&app, &Shutdown::new()).await.unwrap(), 0);
    assert_eq!((come(&app, ana), come(&app, bo), come(&app, cy)), (moved.clone(), moved, before));

    let untold = |user| app.store.write(move |tx| store::take_untold(tx, user));
    let told = store::Untold { zone: "Europe/Berlin".to_owned(), moved: 2 };
    assert_eq!(untold(ana).await.unwrap(), Some(told));
    assert_eq!((untold(ana).await.unwrap(), untold(cy).await.unwrap()), (None, None));
}

#[tokio::test]
async fn who_was_never_noted_is_noted_and_not_moved() {
    let app = app();
    planned(&app, UserId(1), "Europe/Berlin").await;
    // A zone of which nothing is noted, as of a member of an older Kith.
    knew(&app, UserId(1), "Europe/Paris", &berlin_without_summer()).await;
    assert_eq!(store::catch_up(&app, &Shutdown::new()).await.unwrap(), 0);
    assert_eq!(come(&app, UserId(1)), [SUMMER; 3]);
    knew(&app, UserId(1), "Europe/Berlin", &berlin_without_summer()).await;
    assert_eq!(store::catch_up(&app, &Shutdown::new()).await.unwrap(), 1);
}
