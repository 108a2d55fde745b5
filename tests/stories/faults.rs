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
use serenity::all::CreateAutocompleteResponse;

use crate::kit::{Person, Program, Town};

/// What no Kith ever wrote.
#[derive(Serialize, Deserialize)]
struct Damaged(u8);
impl Record for Damaged {}
const DAMAGED: Table<(UserId, Id), Damaged> = Table::new("connections");

async fn somebody(town: &Town) -> String {
    let user = town.post("/users", json!({"name": "Ana", "locale": "en-GB", "guilds": [town.guild]})).await;
    user["id"].as_str().unwrap().to_owned()
}

/// A town in which what is kept of Ana's network cannot be read; and her id.
async fn damaged() -> (Town, String) {
    let town = Town::without_kith().await;
    let id = somebody(&town).await;
    let store = Store::open(&town.store()).unwrap();
    let key = (UserId(id.parse().unwrap()), Id(7));
    store.write(|tx| -> Result<(), StoreError> { DAMAGED.put(tx, &key, &Damaged(1)) }).await.unwrap();
    store.close().await.unwrap();
    (town, id)
}

#[tokio::test]
async fn a_record_that_cannot_be_read_ends_in_an_answer_with_a_code() {
    let (mut town, id) = damaged().await;
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

/// Whoever runs Kith finds what somebody tells them of.
#[tokio::test]
async fn the_code_in_an_answer_stands_in_the_log_and_what_got_none_does_too() {
    let (town, id) = damaged().await;
    let kith = Program::run(&town).await;
    let ana = Person { town: &town, id };
    let answer = ana.runs("/connection list").await.text();
    let code = regex::Regex::new("code: `([0-9a-z]+)`").unwrap().captures(&answer).unwrap()[1].to_owned();
    kith.says(&format!("trace={code} user={} ", ana.id)).await;
    for (option, line) in [("tag", "/connection list tag: r"), ("who", "/connection show who: b")] {
        assert!(ana.is_offered(line, option).await.is_empty());
    }
    kith.says("nothing could be offered").await;
    for custom_id in ["k1:none:AA", "k1:c:____", "anything"] {
        let press = json!({"type": 2, "style": 1, "label": "Press", "custom_id": custom_id});
        let row = json!([{"type": 1, "components": [press]}]);
        town.forges(&town.general, json!({"content": "Forged", "components": row})).await;
        let forged = ana.reads(&town.general).await.pop().unwrap();
        let answer = ana.presses(&forged, "Press").await;
        assert!(answer.text().starts_with("This button is from an older version"), "{}", answer.text());
        kith.says(&format!("user={} custom_id=\"{custom_id}\"", ana.id)).await;
    }
    town.close().await;
}

/// A bot of Kith's parts whose acts are slow or end badly.
#[derive(Serialize, Deserialize)]
enum SlowPress {
    Update,
    Form,
    Panic,
    Refused,
    RefusedForm,
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
            Button::secondary("Refused form", SlowPress::RefusedForm.id()),
        ])))
    })
    .await;
    Ok(())
}

/// Panics
#[poise::command(slash_command)]
#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn panics(_: Context<'_>, #[autocomplete = "trips"] who: Option<String>) -> Result<(), Failure> {
    panic!("as a test: {who:?}")
}

#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn trips<'a>(_: Context<'a>, _: &'a str) -> CreateAutocompleteResponse {
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
        SlowPress::RefusedForm => {
            let same = || kith::discord::message::Input::line("x", "X");
            Ok(Show::Modal(kith::discord::message::Modal::new(SlowPress::Form.id(), "X", [same(), same()])))
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
    let refused = ana.presses(&message, "Refused form").await;
    assert!(refused.text().contains("Nothing was changed"), "{}", refused.text());
    let panicked = ana.runs("/panics").await;
    assert!(panicked.text().contains("the fault is mine") && panicked.message().is_private());
    assert!(ana.is_offered("/panics who: b", "who").await.is_empty());
    let calls = town.sandbox.requests_since(0);
    let answers = calls.iter().filter(|it| it.path.ends_with("/callback") && it.request["type"] == 8);
    assert_eq!(answers.map(|it| it.status).collect::<Vec<_>>(), [204]);
    let updated = ana.presses(&message, "Update").await;
    assert!(deferred(updated.json()));
    assert_eq!((updated.message().id, updated.text()), (message.id, "Updated.".to_owned()));

    shutdown.begin();
    gateway.await.unwrap().unwrap();
    store.close().await.unwrap();
    town.close().await;
}
