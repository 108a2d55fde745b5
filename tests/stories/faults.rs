//! What goes wrong is answered: privately, with what it was and the way on.

use std::time::Duration;

use futures_util::FutureExt as _;
use kith::discord::answer::{Line, On, Show, answer};
use kith::discord::app::{App, Command, Context};
use kith::discord::client::{self, Serving};
use kith::discord::custom_id::Press;
use kith::discord::failure::Failure;
use kith::discord::message::{Button, Message};
use kith::discord::person::Person as Asker;
use kith::discord::registration;
use kith::discord::router::Router;
use kith::id::{Id, UserId};
use kith::shutdown::Shutdown;
use kith::store::{Record, Store, StoreError, Table};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::kit::{Person, Town};

/// What no Kith ever wrote.
#[derive(Serialize, Deserialize)]
struct Damaged(u8);
impl Record for Damaged {}
const DAMAGED: Table<(UserId, Id), Damaged> = Table::new("connections");

async fn somebody(town: &Town) -> String {
    let user = town.post("/users", json!({"name": "Ana", "locale": "en-GB", "guilds": [town.guild]})).await;
    user["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_record_that_cannot_be_read_ends_in_an_answer_with_a_code() {
    let mut town = Town::without_kith().await;
    let id = somebody(&town).await;
    let store = Store::open(&town.store()).unwrap();
    let key = (UserId(id.parse().unwrap()), Id(7));
    store.write(|tx| -> Result<(), StoreError> { DAMAGED.put(tx, &key, &Damaged(1)) }).await.unwrap();
    store.close().await.unwrap();
    drop(store);
    town.start().await;
    let ana = Person { town: &town, id };
    ana.runs("/settings timezone: London").await;

    let code = regex::Regex::new("code: `[0-9a-z]{8,13}`\\.$").unwrap();
    for line in ["/connection list", "/connection show who: Bo", "/log who: Bo", "/connection search text: x"]
    {
        let answer = ana.runs(line).await;
        assert!(answer.message().is_private());
        let text = answer.text();
        assert!(
            text.starts_with("That did not work, and the fault is mine.") && code.is_match(&text),
            "{text}"
        );
    }
    let help = ana.runs("/help").await.message();
    let pressed = ana.presses(&help, "Show my network").await;
    assert!(pressed.text().contains("the fault is mine"), "{}", pressed.text());
    assert_ne!(pressed.message().id, help.id, "the help stays");
    let offered = ana.is_offered("/log who: b", "who").await;
    assert!(offered.is_empty());
    town.close().await;
}

/// A bot of Kith's parts whose acts are slow or end badly.
#[derive(Serialize, Deserialize)]
enum SlowPress {
    Update,
    Form,
    Panic,
    Refused,
}

impl Press for SlowPress {
    const AREA: &'static str = "slow";
}

/// Takes its time
#[poise::command(slash_command)]
async fn slow(ctx: Context<'_>) -> Result<(), Failure> {
    let http = &ctx.serenity_context().http;
    let line = Line { http, id: ctx.interaction.id, token: &ctx.interaction.token, on: On::Command };
    let asker = Asker::from(ctx.interaction);
    answer(ctx.data(), line, &asker, async {
        // Slow on purpose, and longer than a handler may take before its answer is deferred.
        tokio::time::sleep(Duration::from_millis(2_000)).await;
        Ok(Show::Reply(Message::new("Slowly done.").buttons([
            Button::primary("Update", SlowPress::Update.id()),
            Button::secondary("Form", SlowPress::Form.id()),
            Button::secondary("Panic", SlowPress::Panic.id()),
            Button::secondary("Refused", SlowPress::Refused.id()),
        ])))
    })
    .await;
    Ok(())
}

/// Panics
#[poise::command(slash_command)]
#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn panics(_: Context<'_>) -> Result<(), Failure> {
    panic!("as a test")
}

fn commands(_: &App) -> Vec<Command> {
    vec![registration::personal(slow()), registration::personal(panics())]
}

async fn pressed(app: App, pressed: kith::discord::router::Pressed) -> Result<Show, Failure> {
    match pressed.press::<SlowPress>(&app)? {
        SlowPress::Panic => panic!("as a test"),
        SlowPress::Refused => {
            let same = || Button::primary("Same", SlowPress::Form.id());
            Ok(Show::Update(Message::new("Discord takes no two of one id.").buttons([same(), same()])))
        }
        SlowPress::Update => {
            // Slow on purpose, as above.
            tokio::time::sleep(Duration::from_millis(2_000)).await;
            Ok(Show::Update(Message::new("Updated.")))
        }
        SlowPress::Form => {
            // Slow on purpose, as above.
            tokio::time::sleep(Duration::from_millis(2_000)).await;
            let inputs = [kith::discord::message::Input::line("x", "X")];
            Ok(Show::Modal(kith::discord::message::Modal::new(SlowPress::Form.id(), "X", inputs)))
        }
    }
}

#[tokio::test]
async fn what_is_slow_is_deferred_and_a_panic_is_answered() {
    let town = Town::without_kith().await;
    let settings = town.settings(&town.store());
    let store = Store::open(&town.store()).unwrap();
    let app = kith::bot::app(&settings, store.clone(), kith::clock::Clock::system()).unwrap();
    let network = client::Network::default();
    let http = client::http(&settings.discord, &network, None).unwrap();
    let application = http.get_current_application_info().await.unwrap().id;
    let http = client::http(&settings.discord, &network, Some(application)).unwrap();
    registration::register(&http, application, &commands(&app)).await.unwrap();
    let (ready, mut is_ready) = tokio::sync::watch::channel(false);
    let router = Router::new([(
        SlowPress::AREA,
        (|app, it| pressed(app, it).boxed()) as kith::discord::router::Handler,
    )]);
    let serving = Serving { app, commands, router, application, network, ready };
    let shutdown = Shutdown::new();
    let gateway = tokio::spawn(client::serve(settings.discord.clone(), serving, shutdown.clone()));
    is_ready.wait_for(|ready| *ready).await.unwrap();

    let id = somebody(&town).await;
    let ana = Person { town: &town, id };
    let deferred = |answer: &Value| answer["interaction"]["deferred"] == true;
    let slow = ana.runs("/slow").await;
    assert!(deferred(slow.json()), "{:?}", slow.json());
    assert_eq!(slow.text(), "Slowly done.");
    assert!(slow.message().is_private());
    let message = slow.message();
    let form = ana.presses(&message, "Form").await;
    assert!(
        deferred(form.json()) && form.text().starts_with("I was too slow to open the form."),
        "{}",
        form.text()
    );
    assert!(form.message().is_private() && form.message().id != message.id);
    let panicked = ana.presses(&message, "Panic").await;
    assert!(panicked.text().contains("the fault is mine"), "{}", panicked.text());
    let refused = ana.presses(&message, "Refused").await;
    assert!(refused.text().starts_with("That was done, but Discord would not show"), "{}", refused.text());
    assert!(refused.message().is_private() && refused.message().id != message.id);
    let panicked = ana.runs("/panics").await;
    assert!(panicked.text().contains("the fault is mine") && panicked.message().is_private());
    let updated = ana.presses(&message, "Update").await;
    assert!(deferred(updated.json()));
    assert_eq!((updated.message().id, updated.text()), (message.id, "Updated.".to_owned()));

    shutdown.begin();
    gateway.await.unwrap().unwrap();
    store.close().await.unwrap();
    town.close().await;
}

#[tokio::test]
async fn commands_are_registered_once_and_anew_when_something_changed() {
    let mut town = Town::open().await;
    let written = |town: &Town| {
        let calls = town.sandbox.requests_since(0);
        calls.iter().filter(|call| call.method == "PUT" && call.path.ends_with("/commands")).count()
    };
    assert_eq!(written(&town), 1);
    town.restart().await;
    assert_eq!(written(&town), 1, "nothing changed");

    // Somebody changed one of them by hand.
    let calls = town.sandbox.requests_since(0);
    let put = calls.iter().find(|call| call.method == "PUT" && call.path.ends_with("/commands")).unwrap();
    let path = put.path.clone();
    let address = format!("{}{path}", town.sandbox.url());
    let authorization = format!("Bot {}", town.sandbox.token());
    let registered: Value = {
        let asked = town.client.get(&address).header("authorization", &authorization).send().await.unwrap();
        asked.json().await.unwrap()
    };
    let mut changed = registered.as_array().unwrap().clone();
    changed.pop();
    let kept: Vec<Value> = changed
        .iter()
        .map(|command| {
            let mut command = command.clone();
            for added in ["id", "version", "application_id"] {
                command.as_object_mut().unwrap().remove(added);
            }
            command
        })
        .collect();
    let mut kept = kept;
    kept.push(json!({"name": "gone", "description": "A command of an older Kith"}));
    let put = town.client.put(&address).header("authorization", &authorization).json(&kept);
    assert!(put.send().await.unwrap().status().is_success());
    assert_eq!(written(&town), 2);
    let outdated = town.stranger("Ana").await.runs("/gone").await;
    assert!(outdated.text().starts_with("Your Discord still shows an older form"), "{}", outdated.text());
    assert!(outdated.message().is_private());
    town.restart().await;
    assert_eq!(written(&town), 3, "what was missing is there again");
    town.close().await;
}
