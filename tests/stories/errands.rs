//! Errands: what Kith was asked to do in a server is done there, once, whenever it is killed; and how it ended is known.

use std::time::Duration;

use jiff::SignedDuration;
use kith::delivery::{self, Errand, Outcome, What};
use kith::discord::message::Message;
use kith::id::{ChannelId, EventId, GuildId, Id, MessageId, RoleId, UserId};
use kith::store::Store;
use serde_json::{Value, json};

use crate::kit::{Pass, Program, Town, Wire, at};

/// When the story begins.
const BEGINS: &str = "2033-03-01T10:00:00Z";
/// ADMINISTRATOR.
const EVERYTHING: &str = "8";

fn number(id: &Value) -> u64 {
    id.as_str().unwrap().parse().unwrap()
}

/// A town in which Kith may do everything, and does not serve yet.
async fn town() -> (Town, GuildId, ChannelId) {
    let town = Town::without_kith().await;
    let role = town
        .post(&format!("/guilds/{}/roles", town.guild), json!({"name": "Kith", "permissions": EVERYTHING}))
        .await;
    let world = town.get("/world").await;
    let bot = world["bot"]["id"].as_str().unwrap();
    town.post(&format!("/guilds/{}/members/{bot}/roles", town.guild), json!({"add": [role["id"]]})).await;
    let (guild, general) = (town.guild.parse().unwrap(), town.general.parse().unwrap());
    (town, GuildId(guild), ChannelId(general))
}

/// Asks Kith, which does not serve, for errands. Their ids.
async fn asks(town: &Town, whats: impl IntoIterator<Item = What>) -> Vec<Id> {
    let now = at(BEGINS);
    let errands: Vec<Errand> = whats.into_iter().map(|what| Errand::new(what, now)).collect();
    let store = Store::open(&town.store()).unwrap();
    store.write(|tx| errands.iter().try_for_each(|it| delivery::ask(tx, it).map(drop))).await.unwrap();
    store.close().await.unwrap();
    errands.iter().map(|errand| errand.id).collect()
}

/// How they ended; Kith does not serve.
async fn outcomes(town: &Town, ids: &[Id]) -> Vec<Option<Outcome>> {
    let store = Store::open(&town.store()).unwrap();
    let all = ids.iter().map(|id| store.read(|tx| delivery::outcome(tx, *id)).unwrap()).collect();
    store.close().await.unwrap();
    all
}

/// Does errands one after the other: how each ended.
async fn does(town: &mut Town, whats: impl IntoIterator<Item = What>) -> Vec<Outcome> {
    let ids = asks(town, whats).await;
    town.start().await;
    town.passes("10s").await;
    town.stop().await;
    outcomes(town, &ids).await.into_iter().map(Option::unwrap).collect()
}

#[tokio::test]
async fn what_a_round_needs_is_done_in_the_server() {
    let (mut town, guild, channel) = town().await;
    let ana = town.stranger("Ana").await.id;
    let user = UserId(ana.parse().unwrap());
    let (starts, ends) = (at(BEGINS) + SignedDuration::from_hours(24), at("2033-03-02T11:00:00Z"));
    let text = |text: &str| text.to_owned();
    let made = does(
        &mut town,
        [
            What::StartThread { guild, channel, name: text("Circle 1"), private: true, invitable: false },
            What::StartThread { guild, channel, name: text("Open circle"), private: false, invitable: true },
            What::CreateChannel { guild, name: text("Circle 2"), parent: None, people: vec![user] },
            What::CreateRole { guild, name: text("Circles") },
            What::CreateEvent {
                guild,
                name: text("Circle 1 meets"),
                description: text("The first time."),
                location: text("In your thread"),
                starts,
                ends,
            },
        ],
    )
    .await;
    let made: Vec<u64> = made.iter().map(|it| it.made().unwrap()).collect();
    let [thread, open, room, role, event] = made[..] else { panic!("{made:?}") };
    let message = town.forges(&town.general, json!({"content": "Sign up"})).await;
    let (thread, role, event) = (ChannelId(thread), RoleId(role), EventId(event));
    let message = MessageId(message.parse().unwrap());
    let there = [
        What::FindMember { guild, user },
        What::FindMember { guild, user: UserId(5) },
        What::AddToThread { thread, user },
        What::GiveRole { guild, user, role },
        What::EditMessage { channel, message, content: Message::new("Full") },
        What::SetThread { thread: ChannelId(open), archived: true, locked: true },
    ];
    let done = does(&mut town, there).await;
    let gone =
        |outcome: &Outcome| matches!(outcome, Outcome::Refused { status: 404, code: 10_007 | 10_013, .. });
    assert!(gone(&done[1]), "{done:?}");
    assert!(done.iter().enumerate().all(|(n, it)| n == 1 || *it == Outcome::Done), "{done:?}");
    let is_seen = async |town: &Town, thread: u64| {
        town.with_id(&ana).threads().await.iter().any(|it| number(&it["id"]) == thread)
    };
    assert!(is_seen(&town, thread.0).await);
    assert_eq!(town.with_id(&ana).reads(&town.general.clone()).await[0].text(), "Full");

    let away = [
        What::RemoveFromThread { thread, user },
        What::RemoveFromThread { thread, user },
        What::TakeRole { guild, user, role },
        What::CancelEvent { guild, event },
        What::CancelEvent { guild, event },
        What::DeleteMessage { channel, message },
        What::DeleteMessage { channel, message },
        What::DeleteChannel { channel: ChannelId(room) },
        What::DeleteChannel { channel: ChannelId(room) },
        What::FindMember { guild, user },
    ];
    let done = does(&mut town, away).await;
    assert!(done.iter().all(|it| *it == Outcome::Done), "{done:?}");
    assert!(!is_seen(&town, thread.0).await);
    assert!(town.with_id(&ana).reads(&town.general.clone()).await.is_empty());
    town.close().await;
}

#[tokio::test]
async fn killed_at_any_moment_each_thread_is_started_once() {
    const THREADS: usize = 20;
    let (town, guild, channel) = town().await;
    let circle = |n: usize| {
        // Names repeat, as those of groups may.
        let name = format!("Circle {}", n % 7);
        What::StartThread { guild, channel, name, private: true, invitable: false }
    };
    let ids = asks(&town, (0..THREADS).map(circle)).await;
    let starts = || {
        let calls = town.sandbox.requests_since(0);
        calls.iter().filter(|call| call.route == "POST /channels/{channel.id}/threads").count()
    };
    let wire = Wire::to(&town.sandbox.url()).await;
    let mut kills = 0;
    while starts() < THREADS {
        let before = starts();
        // Slow enough that not all is done before the first kill.
        let way = [("KITH_DISCORD_API_URL", wire.url.as_str()), ("KITH_DISCORD_LETTERS_PER_SECOND", "10")];
        let kith = Program::start(&town, &["run"], &way).connected().await;
        let killed = async {
            town.sees(|| starts() > before).await;
            // What takes effect from here on is not heard of any more.
            wire.lets(Pass::NoAnswers);
            // Any moment of what is under way: the kill is to fall before, within and after a request.
            tokio::time::sleep(Duration::from_millis(rand::random_range(0..60))).await;
            kith.dies().await;
            wire.is_cut();
            wire.lets(Pass::All);
        };
        tokio::join!(town.passes("10s"), killed);
        kills += 1;
    }
    let kith = Program::run(&town).await;
    for _ in 0..4 {
        town.passes("10s").await;
    }
    kith.dies().await;
    let active = town.as_kith("GET", &format!("/guilds/{guild}/threads/active"), Value::Null).await;
    let mut there: Vec<u64> =
        active["threads"].as_array().unwrap().iter().map(|it| number(&it["id"])).collect();
    let ended = outcomes(&town, &ids).await;
    let mut noted: Vec<u64> = ended.iter().map(|it| it.as_ref().unwrap().made().unwrap()).collect();
    there.sort_unstable();
    noted.sort_unstable();
    assert_eq!(there, noted);
    assert_eq!(there.len(), THREADS);
    assert!(kills >= 2, "only {kills} kills came while threads were being started");
    town.close().await;
}
